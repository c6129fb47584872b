"""Putting encoded segments behind each other without touching a sample.

The result is a list of extents: a new index (`ftyp`, `moov`), then stretches of the
segments' own files, picture and sound in turns of a second. Serving, seeking and
copying all work on that list; a film of ten minutes is spliced in milliseconds.

The picture's samples keep their order and composition offsets; one edit list moves the
first frame to time 0. The index comes first, so a browser plays at once.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, groupby
from pathlib import Path
from typing import Final

from clipbot.errors import SegmentMismatch
from clipbot.media.audio import Stretch, stretch
from clipbot.media.format import Format
from clipbot.media.mp4 import Track, box, full_box

_UNITY: Final = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_UNDETERMINED: Final = 0x55C4
"""Language `und`, packed as ISO 639-2 codes are."""
_WIDE_MDAT_HEADER_BYTES: Final = 16
_NARROW_LIMIT: Final = 0xF0000000
"""Bytes of samples up to which offsets fit 32 bits, with room for any index before them."""

Samples = list[tuple[Path, int, int]]
"""File, offset and size of each sample."""


@dataclass(frozen=True, slots=True)
class Extent:
    """A stretch of a film's bytes."""

    bytes_count: int
    path: Path | None = None
    """The file it lies in; `None` for bytes held in memory."""
    offset: int = 0
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class _Row:
    """One track of the film, ready to be written down."""

    handler: bytes
    timescale: int
    ticks: int
    """Length of its samples, in its own timescale."""
    shown: int
    """Length of what is shown, in the film's timescale."""
    first_tick: int
    """The edit list's beginning."""
    stsd: bytes
    deltas: tuple[tuple[int, int], ...]
    samples: Samples
    turns: tuple[tuple[int, int], ...]
    """Samples [start, stop) of each turn."""
    shifts: tuple[int, ...] = ()
    sync: tuple[int, ...] = ()


def splice(
    picture: Format, segments: Sequence[Track], song: Track | None, start: Fraction, frames: int
) -> list[Extent]:
    """Return the extents of a film.

    Args:
        picture: Format of all segments.
        segments: Their picture tracks, in order.
        song: The encoded song, or `None` for a silent film.
        start: Where in the song the film begins, in seconds.
        frames: What the segments must add up to.

    Raises:
        SegmentMismatch: Frames do not add up, or a segment has other parameter sets.
    """
    video = _picture(picture, segments, frames)
    rows = [video]
    if song is not None:
        heard = stretch(song, start, frames / picture.rate)
        if heard.samples:
            rows.append(_sound(picture, song, heard, video))
    turns = _interleaved(rows)
    ftyp = box(b"ftyp", b"isom", struct.pack(">I", 0x200), b"isomiso2avc1mp41")
    media = sum(size for row in rows for _, _, size in row.samples)
    head = _header(picture, rows, turns, ftyp, media)
    return [Extent(len(head), content=head), *_extents(rows, turns)]


def _picture(picture: Format, segments: Sequence[Track], frames: int) -> _Row:
    if any(track.stsd != segments[0].stsd for track in segments):
        raise SegmentMismatch("Two segments were encoded with other settings.")
    if any(track.timescale != picture.timescale for track in segments):
        raise SegmentMismatch("A segment counts time in other units than the film.")
    count = sum(len(track.sizes) for track in segments)
    if count != frames:
        raise SegmentMismatch(f"The segments have {count} frames, the film needs {frames}.")
    delay = max(track.first_tick for track in segments)
    firsts = accumulate((len(track.sizes) for track in segments), initial=0)
    per_turn = max(1, round(picture.rate))
    ticks = frames * picture.ticks_per_frame
    return _Row(
        handler=b"vide",
        timescale=picture.timescale,
        ticks=ticks,
        shown=ticks,
        first_tick=delay,
        stsd=segments[0].stsd,
        deltas=((frames, picture.ticks_per_frame),),
        samples=[sample for track in segments for sample in _samples(track)],
        turns=tuple((at, min(at + per_turn, frames)) for at in range(0, frames, per_turn)),
        shifts=tuple(
            shift + delay - track.first_tick for track in segments for shift in track.shifts
        ),
        sync=tuple(
            first + sample
            for first, track in zip(firsts, segments, strict=False)
            for sample in sorted(track.sync)
        ),
    )


def _samples(track: Track) -> Iterator[tuple[Path, int, int]]:
    for offset, size in zip(track.offsets, track.sizes, strict=True):
        yield track.path, offset, size


def _sound(picture: Format, song: Track, heard: Stretch, video: _Row) -> _Row:
    per_packet = song.deltas[0][1]
    count = heard.stop - heard.first
    ends = [
        stop * picture.ticks_per_frame * song.timescale // picture.timescale + heard.skip
        for _, stop in video.turns
    ]
    # A packet goes with the second of picture in which it is heard first.
    marks = [min(count, end // per_packet + 1) for end in ends[:-1]] + [count]
    return _Row(
        handler=b"soun",
        timescale=song.timescale,
        ticks=count * per_packet,
        shown=heard.samples * picture.timescale // song.timescale,
        first_tick=heard.skip,
        stsd=song.stsd,
        deltas=((count, per_packet),),
        samples=list(_samples(song))[heard.first : heard.stop],
        turns=tuple(zip([0, *marks[:-1]], marks, strict=True)),
    )


def _interleaved(rows: Sequence[_Row]) -> list[tuple[int, int, int]]:
    """Return (row, start, stop) of each turn, in the order of the file."""
    return [
        (number, *row.turns[turn])
        for turn in range(len(rows[0].turns))
        for number, row in enumerate(rows)
        if row.turns[turn][0] < row.turns[turn][1]
    ]


def _extents(rows: Sequence[_Row], turns: Sequence[tuple[int, int, int]]) -> Iterator[Extent]:
    """Join samples that lie behind each other in one file."""
    path, start, stop = Path(), 0, 0
    for number, first, last in turns:
        for file, offset, size in rows[number].samples[first:last]:
            if offset == stop and file is path:
                stop += size
                continue
            if stop > start:
                yield Extent(stop - start, path, start)
            path, start, stop = file, offset, offset + size
    yield Extent(stop - start, path, start)


def _header(
    picture: Format,
    rows: Sequence[_Row],
    turns: Sequence[tuple[int, int, int]],
    ftyp: bytes,
    media: int,
) -> bytes:
    """Return everything before the first sample.

    Offsets are part of the index and the index decides the offsets; but its length does
    not depend on them, so a first index with offsets from 0 tells where they begin.
    """
    wide = media > _NARROW_LIMIT
    draft = _moov(picture, rows, turns, 0, wide=wide)
    begin = len(ftyp) + len(draft) + _WIDE_MDAT_HEADER_BYTES
    moov = _moov(picture, rows, turns, begin, wide=wide)
    mdat = struct.pack(">I4sQ", 1, b"mdat", media + _WIDE_MDAT_HEADER_BYTES)
    return ftyp + moov + mdat


def _moov(
    picture: Format,
    rows: Sequence[_Row],
    turns: Sequence[tuple[int, int, int]],
    begin: int,
    *,
    wide: bool,
) -> bytes:
    chunks: list[list[int]] = [[] for _ in rows]
    at = begin
    for number, first, last in turns:
        chunks[number].append(at)
        at += sum(size for _, _, size in rows[number].samples[first:last])
    mvhd = full_box(
        b"mvhd",
        0,
        struct.pack(">IIIIIH10x", 0, 0, picture.timescale, rows[0].shown, 0x10000, 0x100),
        _UNITY,
        bytes(24),
        struct.pack(">I", len(rows) + 1),
    )
    traks = [
        _trak(picture, number, row, offsets, wide=wide)
        for number, (row, offsets) in enumerate(zip(rows, chunks, strict=True), 1)
    ]
    return box(b"moov", mvhd, *traks)


def _trak(picture: Format, number: int, row: _Row, offsets: Sequence[int], *, wide: bool) -> bytes:
    is_video = row.handler == b"vide"
    size = (picture.width << 16, picture.height << 16) if is_video else (0, 0)
    volume = 0 if is_video else 0x100
    tkhd = struct.pack(">IIIIIQHHHH", 0, 0, number, 0, row.shown, 0, 0, 0, volume, 0)
    edit = struct.pack(">IIiHH", 1, row.shown, row.first_tick, 1, 0)
    mdhd = struct.pack(">IIIIHH", 0, 0, row.timescale, row.ticks, _UNDETERMINED, 0)
    kind = full_box(b"vmhd", 1, bytes(8)) if is_video else full_box(b"smhd", 0, bytes(4))
    here = full_box(b"dref", 0, struct.pack(">I", 1), full_box(b"url ", 1))
    hdlr = struct.pack(">I4s12x", 0, row.handler) + b"clipbot\0"
    minf = box(b"minf", kind, box(b"dinf", here), _stbl(row, offsets, wide=wide))
    return box(
        b"trak",
        full_box(b"tkhd", 3, tkhd, _UNITY, struct.pack(">II", *size)),
        box(b"edts", full_box(b"elst", 0, edit)),
        box(b"mdia", full_box(b"mdhd", 0, mdhd), full_box(b"hdlr", 0, hdlr), minf),
    )


def _stbl(row: _Row, offsets: Sequence[int], *, wide: bool) -> bytes:
    lengths = [stop - start for start, stop in row.turns if start < stop]
    runs = [(1 + at, n) for at, n in enumerate(lengths) if not at or lengths[at - 1] != n]
    sizes = [size for _, _, size in row.samples]
    content = [
        row.stsd,
        _table(b"stts", row.deltas),
        _table(b"stsc", [(first, per_chunk, 1) for first, per_chunk in runs]),
        full_box(b"stsz", 0, struct.pack(f">II{len(sizes)}I", 0, len(sizes), *sizes)),
        _table(b"co64" if wide else b"stco", [(at,) for at in offsets], "Q" if wide else "I"),
    ]
    if row.shifts:
        shifts = [(len(list(same)), shift) for shift, same in groupby(row.shifts)]
        content += [_table(b"ctts", shifts), _table(b"stss", [(n + 1,) for n in row.sync])]
    return box(b"stbl", *content)


def _table(kind: bytes, rows: Sequence[tuple[int, ...]], cell: str = "I") -> bytes:
    flat = [value for row in rows for value in row]
    return full_box(kind, 0, struct.pack(f">I{len(flat)}{cell}", len(rows), *flat))
