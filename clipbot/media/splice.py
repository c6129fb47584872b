"""Putting encoded segments behind each other without touching a sample.

The result is a list of extents: a new index (`ftyp`, `moov`), then stretches of the
segments' own files, picture and sound in turns of a second. Serving, seeking and
copying all work on that list; a film of ten minutes is spliced in milliseconds.

The picture's samples keep their order and composition offsets; one edit list moves the
first frame to time 0. The index comes first, so a browser plays at once.
"""

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, chain
from pathlib import Path
from typing import Final

import numpy as np

from clipbot.errors import SegmentMismatch
from clipbot.media import index
from clipbot.media.audio import Stretch, stretch
from clipbot.media.format import Format
from clipbot.media.index import Numbers
from clipbot.media.mp4 import Track, box, full_box

_WIDE_MDAT_HEADER_BYTES: Final = 16
_NARROW_LIMIT: Final = 0xF0000000
"""Bytes of samples up to which offsets fit 32 bits, with room for any index before them."""


@dataclass(frozen=True, slots=True)
class Extent:
    """A stretch of a film's bytes."""

    bytes_count: int
    path: Path | None = None
    """The file it lies in; `None` for bytes held in memory."""
    offset: int = 0
    content: bytes = b""


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Where the samples of a track of the film lie, one number each."""

    files: tuple[Path, ...]
    owners: Numbers
    """Which of `files` holds it."""
    offsets: Numbers
    sizes: Numbers

    @classmethod
    def of(cls, tracks: Sequence[Track]) -> "Samples":
        """Return those of tracks behind each other."""
        counts = [len(track.sizes) for track in tracks]
        count = sum(counts)
        return cls(
            files=tuple(track.path for track in tracks),
            owners=np.repeat(np.arange(len(tracks)), counts),
            offsets=_numbers((track.offsets for track in tracks), count),
            sizes=_numbers((track.sizes for track in tracks), count),
        )

    def part(self, first: int, stop: int) -> "Samples":
        """Return the samples `[first, stop)`."""
        span = slice(first, stop)
        return Samples(self.files, self.owners[span], self.offsets[span], self.sizes[span])


@dataclass(frozen=True, slots=True, eq=False)
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
    shifts: Numbers | None = None
    sync: Numbers | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Layout:
    """All samples in the order of the file."""

    files: tuple[Path, ...]
    owners: Numbers
    offsets: Numbers
    sizes: Numbers
    chunks: tuple[Numbers, ...]
    """By row: where each turn begins, from the first sample."""

    @property
    def media_bytes(self) -> int:
        return int(self.sizes.sum())


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
    layout = _interleaved(rows)
    head = _header(picture, rows, layout)
    runs = joined(layout.files, layout.owners, layout.offsets, layout.sizes)
    return [Extent(len(head), content=head), *runs]


def _numbers(rows: Iterable[Iterable[int]], count: int) -> Numbers:
    return np.fromiter(chain.from_iterable(rows), np.int64, count)


def check(picture: Format, segments: Sequence[Track], frames: int) -> None:
    """Raise unless segments can be put behind each other, and are `frames` long together.

    Raises:
        SegmentMismatch: Frames do not add up, or a segment has other parameter sets.
    """
    if any(track.stsd != segments[0].stsd for track in segments):
        raise SegmentMismatch("Two segments were encoded with other settings.")
    if any(track.timescale != picture.timescale for track in segments):
        raise SegmentMismatch("A segment counts time in other units than the film.")
    count = sum(len(track.sizes) for track in segments)
    if count != frames:
        raise SegmentMismatch(f"The segments have {count} frames, the film needs {frames}.")


def _picture(picture: Format, segments: Sequence[Track], frames: int) -> _Row:
    check(picture, segments, frames)
    delay = max(track.first_tick for track in segments)
    counts = [len(track.sizes) for track in segments]
    later = np.repeat([delay - track.first_tick for track in segments], counts)
    firsts = accumulate(counts, initial=0)
    sync = [
        first + sample
        for first, track in zip(firsts, segments, strict=False)
        for sample in sorted(track.sync)
    ]
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
        samples=Samples.of(segments),
        turns=tuple((at, min(at + per_turn, frames)) for at in range(0, frames, per_turn)),
        shifts=_numbers((track.shifts for track in segments), frames) + later,
        sync=np.array(sync, np.int64),
    )


def _sound(picture: Format, song: Track, heard: Stretch, video: _Row) -> _Row:
    per_packet = song.deltas[0][1]
    count = heard.stop - heard.first
    marks = packet_marks(picture, song, heard, [stop for _, stop in video.turns])
    return _Row(
        handler=b"soun",
        timescale=song.timescale,
        ticks=count * per_packet,
        shown=heard.samples * picture.timescale // song.timescale,
        first_tick=heard.skip,
        stsd=song.stsd,
        deltas=((count, per_packet),),
        samples=Samples.of([song]).part(heard.first, heard.stop),
        turns=tuple(zip([0, *marks[:-1]], marks, strict=True)),
    )


def packet_marks(picture: Format, song: Track, heard: Stretch, stops: Sequence[int]) -> list[int]:
    """Return how many packets of a stretch are out by each of the frames `stops`.

    A packet goes with the pictures among which it is heard first; the last ones take all.
    """
    per_packet, count = song.deltas[0][1], heard.stop - heard.first
    per_frame, timescale = picture.ticks_per_frame, picture.timescale
    ends = [stop * per_frame * song.timescale // timescale + heard.skip for stop in stops]
    return [min(count, end // per_packet + 1) for end in ends[:-1]] + [count]


def _interleaved(rows: Sequence[_Row]) -> _Layout:
    """Put the samples of all rows in the order of the file: turn by turn, row by row."""
    turns = np.concatenate([_turns(row, number, len(rows)) for number, row in enumerate(rows)])
    order = np.argsort(turns, kind="stable")
    shift = np.cumsum([0, *(len(row.samples.files) for row in rows[:-1])])
    owners = [row.samples.owners + shift[number] for number, row in enumerate(rows)]
    sizes = np.concatenate([row.samples.sizes for row in rows])[order]
    turns = turns[order]
    begins = np.flatnonzero(np.diff(turns, prepend=-1))
    places = (np.cumsum(sizes) - sizes)[begins]
    speakers = turns[begins] % len(rows)
    return _Layout(
        files=tuple(path for row in rows for path in row.samples.files),
        owners=np.concatenate(owners)[order],
        offsets=np.concatenate([row.samples.offsets for row in rows])[order],
        sizes=sizes,
        chunks=tuple(places[speakers == number] for number in range(len(rows))),
    )


def _turns(row: _Row, number: int, rows: int) -> Numbers:
    """Return the turn of each sample, counted over all rows."""
    lengths = [stop - start for start, stop in row.turns]
    return np.repeat(np.arange(len(lengths)) * rows + number, lengths)


def joined(
    files: Sequence[Path], owners: Numbers, offsets: Numbers, sizes: Numbers
) -> Iterator[Extent]:
    """Yield the stretches of files in which samples lie behind each other."""
    ends = offsets + sizes
    breaks = (offsets[1:] != ends[:-1]) | (owners[1:] != owners[:-1])
    firsts = np.concatenate(([0], np.flatnonzero(breaks) + 1))
    lasts = np.append(firsts[1:], len(offsets)) - 1
    places = zip(
        owners[firsts].tolist(), offsets[firsts].tolist(), ends[lasts].tolist(), strict=True
    )
    for owner, start, stop in places:
        if stop > start:
            yield Extent(stop - start, files[owner], start)


def _header(picture: Format, rows: Sequence[_Row], layout: _Layout) -> bytes:
    """Return everything before the first sample.

    Offsets are part of the index and the index decides the offsets; but its length does
    not depend on them, and all that is long in it is made once.
    """
    ftyp = box(b"ftyp", b"isom", struct.pack(">I", 0x200), b"isomiso2avc1mp41")
    media = layout.media_bytes
    wide = media > _NARROW_LIMIT
    tables = [_tables(row) for row in rows]
    draft = _moov(picture, rows, tables, [_places(each, wide=wide) for each in layout.chunks])
    begin = len(ftyp) + len(draft) + _WIDE_MDAT_HEADER_BYTES
    places = [_places(chunks + begin, wide=wide) for chunks in layout.chunks]
    mdat = struct.pack(">I4sQ", 1, b"mdat", media + _WIDE_MDAT_HEADER_BYTES)
    return ftyp + _moov(picture, rows, tables, places) + mdat


def _moov(
    picture: Format,
    rows: Sequence[_Row],
    tables: Sequence[tuple[bytes, bytes]],
    places: Sequence[bytes],
) -> bytes:
    traks = [
        index.trak(
            number,
            picture if row.handler == b"vide" else None,
            index.Times(row.timescale, row.ticks, row.shown, row.first_tick),
            box(b"stbl", before, place, after),
        )
        for number, (row, (before, after), place) in enumerate(
            zip(rows, tables, places, strict=True), 1
        )
    ]
    return box(b"moov", index.mvhd(picture.timescale, rows[0].shown, len(rows)), *traks)


def _tables(row: _Row) -> tuple[bytes, bytes]:
    """Return the tables of a track that stand before and after where its chunks lie."""
    lengths = [stop - start for start, stop in row.turns if start < stop]
    runs = [(1 + at, n, 1) for at, n in enumerate(lengths) if not at or lengths[at - 1] != n]
    sizes = row.samples.sizes
    before = [
        row.stsd,
        index.table(b"stts", np.array(row.deltas)),
        index.table(b"stsc", np.array(runs)),
        full_box(b"stsz", 0, struct.pack(">II", 0, len(sizes)), sizes.astype(">u4").tobytes()),
    ]
    after = []
    if row.shifts is not None and row.sync is not None:
        firsts = np.flatnonzero(np.diff(row.shifts, prepend=-1))
        counts = np.diff(firsts, append=len(row.shifts))
        after.append(index.table(b"ctts", np.stack((counts, row.shifts[firsts]), axis=1)))
        after.append(index.table(b"stss", row.sync + 1))
    return b"".join(before), b"".join(after)


def _places(chunks: Numbers, *, wide: bool) -> bytes:
    return index.table(b"co64", chunks, ">u8") if wide else index.table(b"stco", chunks)
