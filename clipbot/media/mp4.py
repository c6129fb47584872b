"""MP4 boxes: reading the index of a file, and the two helpers that write boxes.

Reading is plain Python over the `moov` box; no sample is decoded, so a hostile file
can at worst be refused. Every count is checked against the bytes that are there
before anything is allocated for it. Names follow ISO/IEC 14496-12.

Only what footage and segments need is read: fragmented files, several sample entries
and edit lists of more than one edit are recognised, not interpreted.
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
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

_BOX: Final = struct.Struct(">I4s")
_LONG: Final = struct.Struct(">Q")

Span = tuple[int, int]
"""Start and stop of a box's content, in the bytes of the index."""
Boxes = Mapping[bytes, Span]
"""The first box of each kind within another."""


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


@lru_cache(maxsize=1024)
def _load_tracks(path: Path, size: int, changed_ns: int) -> tuple[Track, ...]:  # noqa: ARG001
    index = _read_index(path, size)
    try:
        boxes = list(_boxes(index, (0, len(index))))
        header, _ = _need(dict(reversed(boxes)), b"mvhd")
        (film_scale,) = struct.unpack_from(">I", index, header + (20 if index[header] else 12))
        traks = [_within(index, span) for kind, span in boxes if kind == b"trak"]
        medias = [(trak, _within(index, _need(trak, b"mdia"))) for trak in traks]
        handlers = [(trak, mdia, _handler(index, mdia)) for trak, mdia in medias]
        return tuple(
            _track(path, size, index, (trak, mdia), handler, film_scale or 1)
            for trak, mdia, handler in handlers
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
            kind, head, length = _head(file.read(16), 0, size - at)
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


def _head(data: bytes, at: int, left: int) -> tuple[bytes, int, int]:
    """Return kind, bytes of the header and bytes of the whole box that begins at `at`.

    Args:
        data: At least 8 bytes from there.
        at: Where the box begins.
        left: Bytes up to the end of what holds the box; a length of 0 means all of them.
    """
    length, kind = _BOX.unpack_from(data, at)
    if length == 1 and min(left, len(data) - at) >= 16:  # noqa: PLR2004 - the longer header
        return kind, 16, _LONG.unpack_from(data, at + 8)[0]
    return kind, 8, length or left


def _boxes(data: bytes, span: Span) -> Iterator[tuple[bytes, Span]]:
    """Yield the kinds and contents of the boxes within `span`."""
    at, stop = span
    while at + 8 <= stop:
        kind, head, length = _head(data, at, stop - at)
        if not head <= length <= stop - at:
            raise NotMp4("has a damaged index")
        yield kind, (at + head, at + length)
        at += length


def _within(data: bytes, span: Span) -> Boxes:
    """Return the boxes within `span`, up to the first damaged one."""
    found: dict[bytes, Span] = {}
    with suppress(NotMp4):
        for kind, inner in _boxes(data, span):
            found.setdefault(kind, inner)
    return found


def _need(boxes: Boxes, kind: bytes) -> Span:
    if kind not in boxes:
        raise NotMp4("has a damaged index")
    return boxes[kind]


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


def _handler(data: bytes, mdia: Boxes) -> str:
    start, _ = _need(mdia, b"hdlr")
    return data[start + 8 : start + 12].decode("latin-1")


def _track(
    path: Path, size: int, data: bytes, at: tuple[Boxes, Boxes], handler: str, film_scale: int
) -> Track:
    trak, mdia = at
    header, _ = _need(mdia, b"mdhd")
    (timescale,) = struct.unpack_from(">I", data, header + (20 if data[header] else 12))
    minf = _within(data, _need(mdia, b"minf"))
    stbl = _within(data, _need(minf, b"stbl"))
    start, stop = _need(stbl, b"stsd")
    sizes = _sizes(data, _need(stbl, b"stsz"), size)
    stss = stbl.get(b"stss")
    marked = frozenset(number - 1 for (number,) in _table(data, stss, "I"))
    width, height = struct.unpack_from(">HH", data, start + 40) if handler == "vide" else (0, 0)
    _, end_of_header = _need(trak, b"tkhd")
    matrix = data[end_of_header - 44 : end_of_header - 8]
    return Track(
        path=path,
        handler=handler,
        codec=data[start + 12 : start + 16].decode("latin-1"),
        stsd=data[start - 8 : stop],
        timescale=timescale or 1,
        sizes=sizes,
        offsets=_offsets(data, stbl, sizes),
        deltas=tuple((row[0], row[1]) for row in _table(data, _need(stbl, b"stts"), "II")),
        shifts=_runs(_table(data, stbl.get(b"ctts"), "Ii"), len(sizes)),
        sync=marked if stss else frozenset(range(len(sizes))),
        edits=_edits(data, trak, timescale or 1, film_scale),
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


def _runs(rows: Sequence[tuple[int, ...]], wanted: int) -> tuple[int, ...]:
    """Return one value per sample of a run-length table, zeroes where it is too short."""
    left, runs = wanted, []
    for count, value in rows:
        runs.append(repeat(value, min(count, left)))
        left -= min(count, left)
    return tuple(chain(chain.from_iterable(runs), repeat(0, left)))


def _offsets(data: bytes, stbl: Boxes, sizes: Sequence[int]) -> tuple[int, ...]:
    """Return where each sample begins, from the chunks that hold them."""
    narrow = stbl.get(b"stco")
    wide = None if narrow else _need(stbl, b"co64")
    chunks = _table(data, narrow, "I") or _table(data, wide, "Q")
    spread = _table(data, _need(stbl, b"stsc"), "III")
    ends = [*(row[0] for row in spread[1:]), len(chunks) + 1]
    offsets: list[int] = []
    for (first, per_chunk, _), end in zip(spread, ends, strict=False):
        for (at,) in chunks[first - 1 : end - 1]:
            held = sizes[len(offsets) : len(offsets) + per_chunk]
            offsets.extend(accumulate(held[:-1], initial=at) if held else ())
    if len(offsets) != len(sizes):
        raise NotMp4("has a damaged index")
    return tuple(offsets)


def _edits(
    data: bytes, trak: Boxes, timescale: int, film_scale: int
) -> tuple[tuple[int, int], ...]:
    """Return the edit list; its durations are given in the film's timescale."""
    span = _within(data, trak[b"edts"]).get(b"elst") if b"edts" in trak else None
    if span is None:
        return ()
    row = "Qqhh" if data[span[0]] else "Iihh"
    rows = _table(data, span, row)
    return tuple((round(Fraction(edit[0] * timescale, film_scale)), edit[1]) for edit in rows)


def forget() -> None:
    """Forget all indexes that were read; for measurements of a first opening."""
    _load_tracks.cache_clear()
