"""The song of a film: encoded once as a whole, cut by edit list.

A film shows a stretch of the song. Its bytes are taken from the one encoding, a few
packets early, and the edit list says from which sample on they are heard: no
re-encoding, exact to the sample, and another stretch costs nothing.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

from clipbot.media import ffmpeg
from clipbot.media.mp4 import Track
from clipbot.media.pieces import Pieces

SAMPLE_RATE: Final = 48_000
_SETTINGS: Final = (
    *("-c:a", "aac", "-aac_coder", "twoloop", "-b:a", "192k", "-ar", str(SAMPLE_RATE), "-ac", "2"),
    # Noise substitution is drawn by the decoder, so a stretch would sound unlike the whole.
    *("-aac_pns", "0"),
    *("-fflags", "+bitexact", "-flags:a", "+bitexact", "-write_btrt", "0", "-f", "ipod"),
)
_PREROLL: Final = 2
"""Packets decoded before the first one heard: AAC overlaps each with the one before."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The packets of a song that a film needs."""

    first: int
    """Packet, from 0."""
    stop: int
    """First packet after them."""
    skip: int
    """Samples of these packets that are decoded and not heard."""
    samples: int
    """Samples heard; fewer than asked for where the song ends early, 0 after its end."""


def key_of(digest: str) -> str:
    """Return the key of the encoding of a song with this digest."""
    parts = "\0".join(("song", *_SETTINGS, ffmpeg.build(), digest))
    return hashlib.blake2b(parts.encode(), digest_size=20).hexdigest()


def name_of(key: str) -> str:
    """Return the file name of the encoding with this key."""
    return f"{key}.m4a"


def encode(song: Path, part: Path, *, cancelled: Callable[[], bool] = ffmpeg.never) -> None:
    """Encode a song.

    Args:
        song: Any file that ffmpeg reads.
        part: Where to.
        cancelled: Asked about ten times a second.

    Raises:
        EncodingFailed: The file is no song that ffmpeg can read.
        StorageFull: There is no room.
        EditCancelled: `cancelled` said so.
    """
    source = [*ffmpeg.SAFE_SOUND, "-i", str(song), "-map", "0:a:0", "-map_metadata", "-1"]
    ffmpeg.run(
        [*source, "-map_chapters", "-1", *_SETTINGS, str(part)], cancelled=cancelled, strict=False
    )


def ensure(
    song: Path, digest: str, pieces: Pieces, *, cancelled: Callable[[], bool] = ffmpeg.never
) -> str:
    """Encode a song unless that was done before; return its key.

    Raises:
        EncodingFailed: The file is no song that ffmpeg can read.
        StorageFull: There is no room; nothing was kept.
        EditCancelled: `cancelled` said so; nothing was kept.
    """
    key = key_of(digest)
    if not pieces.path(name_of(key)).exists():
        with pieces.making(name_of(key)) as part:
            encode(song, part, cancelled=cancelled)
    return key


def stretch(track: Track, start_seconds: Fraction, seconds: Fraction) -> Stretch:
    """Choose the packets that hold a stretch of an encoded song.

    Args:
        track: Of the encoding; all packets have the same length but the last.
        start_seconds: Where in the song the film begins, at least 0.
        seconds: Length of the film.
    """
    per_packet = track.deltas[0][1]
    begin = track.first_tick + round(start_seconds * track.timescale)
    end = min(begin + round(seconds * track.timescale), track.ticks)
    if end <= begin:
        return Stretch(0, 0, 0, 0)
    first = max(0, begin // per_packet - _PREROLL)
    stop = min(len(track.sizes), -(-end // per_packet))
    return Stretch(first, stop, begin - first * per_packet, end - begin)
