"""The same film in fragments: what phones and object storages want (HLS with fMP4, CMAF).

One media segment per segment of the film, cut where the film is cut: each begins with a
picture that needs no other. Nothing is encoded again: a fragment is a small index of its
own (`moof`) and the extents of the very samples that the whole film shows. What an edit
leaves alone keeps its name and its bytes, so only new segments need to be uploaded.

As in the whole film, edit lists say what is shown first: pictures are decoded a little
before they are shown, and the sound begins within a packet (CMAF's brand `cmfc`). Signed
offsets instead would make ffmpeg, and players built on it, show pictures late. The
last packet says that it ends with the film; players that play packets whole (ffmpeg) are
heard for up to 21 ms longer.
"""

import hashlib
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import Final

import numpy as np

from clipbot.errors import SegmentNotFound
from clipbot.media import index
from clipbot.media.audio import Stretch, stretch
from clipbot.media.files import appearing
from clipbot.media.film import VirtualFilm
from clipbot.media.format import Format
from clipbot.media.index import Times
from clipbot.media.mp4 import Track, box, full_box
from clipbot.media.splice import Extent, Samples, check, joined, packet_marks

_PICTURES: Final = 1
_SOUND: Final = 2
"""Numbers of the tracks."""
_IS_SYNC: Final = 0x02000000
_IS_NOT_SYNC: Final = 0x01010000
"""Flags of samples: depends on no other; depends on others and is no entry point."""
_TFHD: Final = 0x020000 | 0x08
"""Offsets count from the moof; a default duration is given."""
_TYPES: Final = b"iso6cmfcmp41"


@dataclass(frozen=True, slots=True)
class Fragment:
    """One media segment."""

    key: str
    """Names its bytes: 32 hexadecimal digits."""
    frames: int
    extents: tuple[Extent, ...]

    def open(self) -> VirtualFilm:
        """Return it, ready to be read."""
        return VirtualFilm(self.extents, self.key)


@dataclass(frozen=True, slots=True)
class FragmentedFilm:
    """A film as an initialisation and media segments; immutable."""

    rate: Fraction
    init: bytes
    fragments: tuple[Fragment, ...]
    whole: VirtualFilm
    """All of it behind each other, which is a file that plays, too."""

    def is_intact(self) -> bool:
        """Return whether all files are there and as they were when the film was opened."""
        return self.whole.is_intact()

    def fragment(self, number: int) -> Fragment:
        """Return a media segment, counted from 0.

        Raises:
            SegmentNotFound: There are not so many.
        """
        if not 0 <= number < len(self.fragments):
            raise SegmentNotFound(number, len(self.fragments))
        return self.fragments[number]

    def playlist(self, init: str, fragments: Sequence[str]) -> str:
        """Return the playlist (RFC 8216).

        Args:
            init: Address of the initialisation.
            fragments: Addresses of the media segments.
        """
        seconds = [fragment.frames / self.rate for fragment in self.fragments]
        entries = [
            f"#EXTINF:{float(length):.6f},\n{address}"
            for length, address in zip(seconds, fragments, strict=True)
        ]
        head = (
            "#EXTM3U",
            "#EXT-X-VERSION:7",
            f"#EXT-X-TARGETDURATION:{ceil(max(seconds))}",
            "#EXT-X-PLAYLIST-TYPE:VOD",
            "#EXT-X-INDEPENDENT-SEGMENTS",
            f'#EXT-X-MAP:URI="{init}"',
        )
        return "\n".join((*head, *entries, "#EXT-X-ENDLIST", ""))

    def write(self, playlist: Path) -> None:
        """Write the playlist, and beside it what it names; what is there already stays.

        Names say what is in the files, so that a folder, or an object storage that is
        kept like it, serves several versions of a film, and an edit adds its own segments.

        Raises:
            StorageFull: There is no room; the playlist was not written.
            BlobNotFound: A segment was removed meanwhile; the playlist was not written.
        """
        named = f"{hashlib.blake2b(self.init, digest_size=16).hexdigest()}.mp4"
        names = [f"{fragment.key}.m4s" for fragment in self.fragments]
        _write(playlist.with_name(named), self.init)
        for name, fragment in zip(names, self.fragments, strict=True):
            if not playlist.with_name(name).exists():
                fragment.open().write(playlist.with_name(name))
        with appearing(playlist) as part:
            part.write_text(self.playlist(named, names), encoding="utf-8")


def _write(path: Path, content: bytes) -> None:
    if not path.exists():
        with appearing(path) as part:
            part.write_bytes(content)


def fragment(
    picture: Format, segments: Sequence[Track], song: Track | None, start: Fraction, frames: int
) -> FragmentedFilm:
    """Return a film in fragments.

    Args:
        picture: Format of all segments.
        segments: Their picture tracks, in order.
        song: The encoded song, or `None` for a silent film.
        start: Where in the song the film begins, in seconds.
        frames: What the segments must add up to.

    Raises:
        SegmentMismatch: Frames do not add up, or a segment has other parameter sets.
    """
    check(picture, segments, frames)
    heard = stretch(song, start, frames / picture.rate) if song else Stretch(0, 0, 0, 0)
    song = song if heard.samples else None
    delay = max(track.first_tick for track in segments)
    init = _init(picture, (segments[0].stsd, delay), song, heard)
    fragments = tuple(_fragments(picture, segments, delay, song, heard))
    extents = [extent for each in fragments for extent in each.extents]
    whole = VirtualFilm([Extent(len(init), content=init), *extents], "fragments")
    return FragmentedFilm(picture.rate, init, fragments, whole)


def _init(
    picture: Format, pictures: tuple[bytes, int], song: Track | None, heard: Stretch
) -> bytes:
    stsd, delay = pictures
    times = Times(picture.timescale, 0, 0, delay)
    traks = [index.trak(_PICTURES, picture, times, _stbl(stsd))]
    defaults = [struct.pack(">5I", _PICTURES, 1, 0, 0, _IS_NOT_SYNC)]
    if song is not None:
        shown = heard.samples * picture.timescale // song.timescale
        times = Times(song.timescale, 0, shown, heard.skip)
        traks.append(index.trak(_SOUND, None, times, _stbl(song.stsd)))
        defaults.append(struct.pack(">5I", _SOUND, 1, 0, 0, _IS_SYNC))
    trex = [full_box(b"trex", 0, each) for each in defaults]
    moov = box(
        b"moov",
        index.mvhd(picture.timescale, 0, len(traks)),
        *traks,
        box(b"mvex", *trex),
    )
    return box(b"ftyp", b"iso6", struct.pack(">I", 0), _TYPES) + moov


def _stbl(stsd: bytes) -> bytes:
    """Return the tables of a track whose samples are all in fragments."""
    nothing = np.zeros(0, np.int64)
    empty = [index.table(kind, nothing) for kind in (b"stts", b"stsc")]
    sizes = full_box(b"stsz", 0, struct.pack(">II", 0, 0))
    return box(b"stbl", stsd, *empty, sizes, index.table(b"stco", nothing))


def _fragments(
    picture: Format, segments: Sequence[Track], delay: int, song: Track | None, heard: Stretch
) -> Iterator[Fragment]:
    ends = np.cumsum([len(track.sizes) for track in segments]).tolist()
    marks = packet_marks(picture, song, heard, ends) if song else [0] * len(ends)
    sound = Samples.of([song]).part(heard.first, heard.stop) if song else None
    for number, track in enumerate(segments):
        frame = ends[number - 1] if number else 0
        run = _Run(_PICTURES, Samples.of([track]), frame * picture.ticks_per_frame)
        trafs = [(run, _pictures(track, delay, picture))]
        first = marks[number - 1] if number else 0
        if song is not None and sound is not None and first < marks[number]:
            per_packet = song.deltas[0][1]
            part = sound.part(first, marks[number])
            left = heard.skip + heard.samples - first * per_packet
            trafs.append((_Run(_SOUND, part, first * per_packet), _packets(part, per_packet, left)))
        head = _head(number + 1, trafs)
        stretches = [stretch for run, _ in trafs for stretch in run.stretches()]
        names = [extent.path.name for extent in stretches if extent.path]
        key = hashlib.blake2b(head + "\0".join(names).encode(), digest_size=16).hexdigest()
        yield Fragment(key, len(track.sizes), (Extent(len(head), content=head), *stretches))


@dataclass(frozen=True, slots=True, eq=False)
class _Run:
    """The samples of one track in one fragment."""

    track: int
    samples: Samples
    begins: int
    """Tick at which the first is decoded."""

    def stretches(self) -> Iterator[Extent]:
        samples = self.samples
        return joined(samples.files, samples.owners, samples.offsets, samples.sizes)


def _pictures(track: Track, delay: int, picture: Format) -> tuple[int, int, bytes]:
    """Return default duration, flags and rows of a `trun`: size, flags, offset of each."""
    flags = np.full(len(track.sizes), _IS_NOT_SYNC, np.int64)
    flags[sorted(track.sync)] = _IS_SYNC
    shifts = np.array(track.shifts, np.int64) + (delay - track.first_tick)
    rows = np.stack((np.array(track.sizes, np.int64), flags, shifts), axis=1)
    return picture.ticks_per_frame, 0x200 | 0x400 | 0x800, rows.astype(">u4").tobytes()


def _packets(part: Samples, per_packet: int, left: int) -> tuple[int, int, bytes]:
    """Return default duration, flags and rows of a `trun`: duration, size of each.

    Args:
        part: The packets.
        per_packet: Samples of sound in each.
        left: How many are heard from the first one on; the last packet ends there.
    """
    lengths = np.full(len(part.sizes), per_packet, np.int64)
    lengths[-1] = min(per_packet, left - per_packet * (len(lengths) - 1))
    rows = np.stack((lengths, part.sizes), axis=1)
    return per_packet, 0x100 | 0x200, rows.astype(">u4").tobytes()


def _head(number: int, trafs: Sequence[tuple[_Run, tuple[int, int, bytes]]]) -> bytes:
    """Return everything before the samples of a fragment."""
    media = sum(int(run.samples.sizes.sum()) for run, _ in trafs)
    draft = _moof(number, trafs, 0)
    moof = _moof(number, trafs, len(draft) + 8)
    styp = box(b"styp", b"msdh", struct.pack(">I", 0), b"msdhmsixcmfc")
    return styp + moof + struct.pack(">I4s", 8 + media, b"mdat")


def _moof(number: int, trafs: Sequence[tuple[_Run, tuple[int, int, bytes]]], at: int) -> bytes:
    boxes = [full_box(b"mfhd", 0, struct.pack(">I", number))]
    for run, (duration, flags, rows) in trafs:
        count = len(run.samples.sizes)
        tfhd = full_box(b"tfhd", _TFHD, struct.pack(">II", run.track, duration))
        tfdt = box(b"tfdt", struct.pack(">IQ", 1 << 24, run.begins))
        head = struct.pack(">III", flags | 0x01, count, at)
        boxes.append(box(b"traf", tfhd, tfdt, box(b"trun", head, rows)))
        at += int(run.samples.sizes.sum())
    return box(b"moof", *boxes)
