"""MP4 boxes: reading the index of a file, and the two helpers that write boxes.

Reading is plain Python over the `moov` box; no sample is decoded, so a hostile file
can at worst be refused. Every count is checked against the bytes that are there
before anything is allocated for it. Names follow ISO/IEC 14496-12.

Only what footage and segments need is read: fragmented files, several sample entries
and edit lists of more than one edit are recognised, not interpreted.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate, chain, repeat
from pathlib import Path
from typing import Final

_MAX_INDEX_BYTES: Final = 64 * 1024 * 1024
"""A moov of an hour of film has 3 MB."""
_FIRST_BOXES: Final = frozenset({b"ftyp", b"moov", b"mdat", b"free", b"wide", b"skip"})
"""What an MP4 or QuickTime file begins with."""
_UNTURNED: Final = struct.pack(">9i", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)

Span = tuple[int, int]
"""Start and stop of a box's content, in the bytes of the index."""


class NotMp4(ValueError):
    """The file is no MP4 that can be read; the message completes "the footage ..."."""


@dataclass(frozen=True, slots=True)
class Track:
    """The index of one track: where its samples lie and when they are shown."""

    path: Path
    handler: str
    """`vide` or `soun`."""
    codec: str
    """Four-character code of the first sample entry, such as `avc1`."""
    stsd: bytes
    """The whole sample description box; equal boxes can share one track."""
    timescale: int
    """Ticks per second of all times below."""
    sizes: tuple[int, ...]
    """Bytes of each sample, in decoding order."""
    offsets: tuple[int, ...]
    """Where each sample begins in the file."""
    deltas: tuple[tuple[int, int], ...]
    """Runs of (samples, ticks from one sample to the next)."""
    shifts: tuple[int, ...]
    """Ticks from decoding to showing, by sample."""
    sync: frozenset[int]
    """Samples that can be decoded without others, from 0."""
    edits: tuple[tuple[int, int], ...]
    """(ticks shown, 0 for all there are; first tick shown, -1 for nothing)."""
    width: int
    height: int
    is_turned: bool
    """Whether a player shows the picture turned by a quarter."""

    @property
    def ticks(self) -> int:
        """Sum of the samples' durations."""
        return sum(count * delta for count, delta in self.deltas)

    @property
    def first_tick(self) -> int:
        """The tick at which the only edit begins; 0 without an edit list."""
        return max(0, self.edits[0][1]) if self.edits else 0

    def shown_at(self) -> tuple[int, ...]:
        """Return the tick at which each sample is shown, in decoding order."""
        every = chain.from_iterable(repeat(delta, count) for count, delta in self.deltas)
        decoded = accumulate(every, initial=0)
        return tuple(tick + shift for tick, shift in zip(decoded, self.shifts, strict=False))


def box(kind: bytes, *content: bytes) -> bytes:
    """Return a box."""
    body = b"".join(content)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def full_box(kind: bytes, flags: int, *content: bytes) -> bytes:
    """Return a box of version 0 with flags."""
    return box(kind, struct.pack(">I", flags), *content)


def load_track(path: Path, handler: str = "vide") -> Track:
    """Return the index of the first track of its kind.

    Remembered by path, size and time of change.

    Raises:
        NotMp4: The file has no such track, or no readable index.
        OSError: The file cannot be opened.
    """
    for track in load_tracks(path):
        if track.handler == handler:
            return track
    kind = {"vide": "picture", "soun": "sound"}.get(handler, handler)
    raise NotMp4(f"has no {kind}")


def load_tracks(path: Path) -> tuple[Track, ...]:
    """Return the indexes of all tracks of picture and sound, in the file's order.

    Raises:
        NotMp4: The file has no readable index.
        OSError: The file cannot be opened.
    """
    status = path.stat()
    return _load_tracks(path, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=512)
def _load_tracks(path: Path, size: int, changed_ns: int) -> tuple[Track, ...]:  # noqa: ARG001
    index = _read_index(path, size)
    try:
        header, _ = _need(index, (0, len(index)), b"mvhd")
        (film_scale,) = struct.unpack_from(">I", index, header + (20 if index[header] else 12))
        traks = [span for kind, span in _boxes(index, (0, len(index))) if kind == b"trak"]
        handlers = [(_handler(index, trak), trak) for trak in traks]
        return tuple(
            _track(path, size, index, trak, handler, film_scale or 1)
            for handler, trak in handlers
            if handler in {"vide", "soun"}
        )
    except (struct.error, IndexError, UnicodeDecodeError, OverflowError) as error:
        raise NotMp4("has a damaged index") from error


def _read_index(path: Path, size: int) -> bytes:
    """Return the content of a file's moov box without reading its samples."""
    at = 0
    with path.open("rb") as file:
        while at + 8 <= size:
            file.seek(at)
            kind, head, length = _head(file.read(16), size - at)
            if at == 0 and kind not in _FIRST_BOXES:
                raise NotMp4("is not a video file")
            if length < head:
                raise NotMp4("has a damaged index")
            if kind == b"moov":
                if length > min(size - at, _MAX_INDEX_BYTES):
                    raise NotMp4("is cut off")
                file.seek(at + head)
                return file.read(length - head)
            at += length
    raise NotMp4("is empty" if not size else "is cut off: its index is missing")


def _head(data: bytes, left: int) -> tuple[bytes, int, int]:
    """Return kind, bytes of the header and bytes of the whole box that begins `data`.

    Args:
        data: At least 8 bytes.
        left: Bytes up to the end of what holds the box; a length of 0 means all of them.
    """
    length, kind = struct.unpack_from(">I4s", data)
    if length == 1 and len(data) >= 16:  # noqa: PLR2004 - the longer header
        return kind, 16, struct.unpack_from(">Q", data, 8)[0]
    return kind, 8, length or left


def _boxes(data: bytes, span: Span) -> Iterator[tuple[bytes, Span]]:
    """Yield the kinds and contents of the boxes within `span`."""
    at, stop = span
    while at + 8 <= stop:
        kind, head, length = _head(data[at : at + 16], stop - at)
        if not head <= length <= stop - at:
            raise NotMp4("has a damaged index")
        yield kind, (at + head, at + length)
        at += length


def _find(data: bytes, span: Span, *path: bytes) -> Span | None:
    """Return the content of the first box at a path of kinds."""
    for kind, inner in _boxes(data, span):
        if kind == path[0]:
            return inner if len(path) == 1 else _find(data, inner, *path[1:])
    return None


def _need(data: bytes, span: Span, *path: bytes) -> Span:
    found = _find(data, span, *path)
    if found is None:
        raise NotMp4("has a damaged index")
    return found


def _table(data: bytes, span: Span | None, row: str) -> list[tuple[int, ...]]:
    """Return the rows of a counted table, after version and flags."""
    if span is None:
        return []
    start, stop = span
    (count,) = struct.unpack_from(">I", data, start + 4)
    width = struct.calcsize(">" + row)
    if start + 8 + count * width > stop:
        raise NotMp4("has a damaged index")
    return list(struct.iter_unpack(">" + row, data[start + 8 : start + 8 + count * width]))


def _handler(data: bytes, trak: Span) -> str:
    start, _ = _need(data, trak, b"mdia", b"hdlr")
    return data[start + 8 : start + 12].decode("latin-1")


def _track(path: Path, size: int, data: bytes, trak: Span, handler: str, film_scale: int) -> Track:
    header, _ = _need(data, trak, b"mdia", b"mdhd")
    (timescale,) = struct.unpack_from(">I", data, header + (20 if data[header] else 12))
    stbl = _need(data, trak, b"mdia", b"minf", b"stbl")
    start, stop = _need(data, stbl, b"stsd")
    sizes = _sizes(data, _need(data, stbl, b"stsz"), size)
    shifts = _runs(_table(data, _find(data, stbl, b"ctts"), "Ii"), len(sizes))
    stss = _find(data, stbl, b"stss")
    marked = frozenset(number - 1 for (number,) in _table(data, stss, "I"))
    width, height = struct.unpack_from(">HH", data, start + 40) if handler == "vide" else (0, 0)
    _, end_of_header = _need(data, trak, b"tkhd")
    matrix = data[end_of_header - 44 : end_of_header - 8]
    return Track(
        path=path,
        handler=handler,
        codec=data[start + 12 : start + 16].decode("latin-1"),
        stsd=data[start - 8 : stop],
        timescale=timescale or 1,
        sizes=sizes,
        offsets=_offsets(data, stbl, sizes),
        deltas=tuple((row[0], row[1]) for row in _table(data, _need(data, stbl, b"stts"), "II")),
        shifts=tuple(shifts),
        sync=marked if stss else frozenset(range(len(sizes))),
        edits=_edits(data, trak, Fraction(timescale or 1, film_scale)),
        width=width,
        height=height,
        is_turned=matrix != _UNTURNED and struct.unpack_from(">i", matrix)[0] == 0,
    )


def _sizes(data: bytes, span: Span, file_bytes: int) -> tuple[int, ...]:
    same, count = map(int, struct.unpack_from(">II", data, span[0] + 4))
    if not same:
        start, stop = span
        if start + 12 + 4 * count > stop:
            raise NotMp4("has a damaged index")
        sizes: tuple[int, ...] = struct.unpack_from(f">{count}I", data, start + 12)
        return sizes
    if same * count > file_bytes:
        raise NotMp4("is cut off")
    return (same,) * count


def _runs(rows: Sequence[tuple[int, ...]], wanted: int) -> Iterator[int]:
    """Yield one value per sample of a run-length table, zeroes where it is too short."""
    left = wanted
    for count, value in rows:
        yield from repeat(value, min(count, left))
        left -= min(count, left)
    yield from repeat(0, left)


def _offsets(data: bytes, stbl: Span, sizes: Sequence[int]) -> tuple[int, ...]:
    """Return where each sample begins, from the chunks that hold them."""
    narrow = _find(data, stbl, b"stco")
    wide = None if narrow else _need(data, stbl, b"co64")
    chunks = _table(data, narrow, "I") or _table(data, wide, "Q")
    spread = _table(data, _need(data, stbl, b"stsc"), "III")
    ends = [*(row[0] for row in spread[1:]), len(chunks) + 1]
    offsets: list[int] = []
    for (first, per_chunk, _), end in zip(spread, ends, strict=False):
        for (at,) in chunks[first - 1 : end - 1]:
            held = sizes[len(offsets) : len(offsets) + per_chunk]
            offsets.extend(at + before for before in accumulate(held[:-1], initial=0) if held)
    if len(offsets) != len(sizes):
        raise NotMp4("has a damaged index")
    return tuple(offsets)


def _edits(data: bytes, trak: Span, scale: Fraction) -> tuple[tuple[int, int], ...]:
    """Return the edit list; its durations are given in the film's timescale."""
    span = _find(data, trak, b"edts", b"elst")
    if span is None:
        return ()
    row = "Qqhh" if data[span[0]] else "Iihh"
    return tuple((round(edit[0] * scale), edit[1]) for edit in _table(data, span, row))


def forget() -> None:
    """Forget all indexes that were read; for measurements of a first opening."""
    _load_tracks.cache_clear()
