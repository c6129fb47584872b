"""From a timeline and footage to a film, encoding only what was never encoded.

`plan` decides which segments the film needs; `prepare` encodes those that the cache
lacks; `open` splices. The cache is a folder of files named by content key: it can be
shared between processes, and whatever is removed from it is encoded again. Between hosts
the pieces go through a pool (`pieces.py`).
"""

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, Final, Self

from clipbot.domain.timeline import Timeline
from clipbot.errors import BlobNotFound
from clipbot.media import audio, ffmpeg
from clipbot.media.batches import Encoder, batches, check, load, name_of
from clipbot.media.files import digest, sweep
from clipbot.media.film import VirtualFilm
from clipbot.media.format import Format
from clipbot.media.fragments import FragmentedFilm, fragment
from clipbot.media.mp4 import Track
from clipbot.media.parallel import Tally, at_once
from clipbot.media.pieces import Pieces, Pool
from clipbot.media.room import Room
from clipbot.media.segments import Footage, Segment, segments_of
from clipbot.media.splice import splice

_SPLICER: Final = "clipbot-splice/1"
"""Raised whenever the same segments would be spliced to other bytes."""


@dataclass(frozen=True, slots=True)
class FilmPlan:
    """What a film is made of; equal plans make equal films."""

    segments: tuple[Segment, ...]
    song_key: str | None
    frames: int
    format: Format
    song_start_seconds: Fraction = Fraction(0)
    """Where in the song the film begins."""
    song: Path | None = field(default=None, compare=False)
    """To be encoded if the cache lacks it; not part of the stored plan."""

    @property
    def fingerprint(self) -> str:
        """Digest over segments and song: 64 hexadecimal digits."""
        text = json.dumps(self.to_json(), sort_keys=True, separators=(",", ":"))
        return hashlib.blake2b(text.encode(), digest_size=32).hexdigest()

    @property
    def names(self) -> list[str]:
        """File names of all pieces that the film is spliced from."""
        song = [audio.name_of(self.song_key)] if self.song_key else []
        return [*(name_of(segment.key) for segment in self.segments), *song]

    def to_json(self) -> dict[str, Any]:
        """Return what is needed to open the film again, as JSON values."""
        return {
            "splicer": _SPLICER,
            "segments": [[segment.key, segment.frames] for segment in self.segments],
            "song": self.song_key,
            "song_start": str(self.song_start_seconds),
            "frames": self.frames,
            "format": {
                "width": self.format.width,
                "height": self.format.height,
                "rate": str(self.format.rate),
                "crf": self.format.crf,
                "preset": self.format.preset,
                "threads": self.format.threads,
            },
        }

    @classmethod
    def from_json(cls, doc: Mapping[str, Any]) -> Self:
        """Read back what `to_json` returned. The plan can be opened, not encoded.

        Raises:
            KeyError: Something is missing in `doc`.
            ValueError: Something in it has a wrong form.
        """
        return cls(
            segments=tuple(Segment(str(key), int(frames)) for key, frames in doc["segments"]),
            song_key=doc["song"],
            frames=int(doc["frames"]),
            format=Format(**{**doc["format"], "rate": Fraction(doc["format"]["rate"])}),
            song_start_seconds=Fraction(doc["song_start"]),
        )


@dataclass(frozen=True, slots=True)
class Prepared:
    """What `prepare` had to do."""

    encoded_frames: int
    encode_seconds: float
    song_seconds: float


@dataclass(frozen=True, slots=True)
class FilmEngine:
    """Makes films out of footage. Safe to share between threads and processes.

    Args:
        cache: Folder of the encoded segments and songs.
        pool: Where other hosts have theirs; None: there are no others.
        encoders: ffmpeg processes at a time, of one film.
    """

    cache: Path
    pool: Pool | None = None
    encoders: int = 1

    @property
    def pieces(self) -> Pieces:
        """Return the encoded segments and songs."""
        return Pieces(self.cache, self.pool)

    @property
    def room(self) -> Room:
        """Return what removes pieces that nobody needs."""
        return Room(self.cache)

    def plan(
        self,
        timeline: Timeline,
        footage: Mapping[int, Footage],
        song: Path | None,
        format: Format,  # noqa: A002 - the word of the house for it
    ) -> FilmPlan:
        """Decide what a film is made of; nothing is encoded.

        Args:
            timeline: At the rate of `format`.
            footage: By clip index; a clip without shows its neighbour's nearest frame.
            song: Any file that ffmpeg reads; `None` for a silent film.
            format: Picture format of the whole film.

        Raises:
            FootageMissing: No clip has footage.
            ValueError: The timeline has another rate than `format`.
        """
        if timeline.rate != format.rate:
            raise ValueError(f"timeline at {timeline.rate}, format at {format.rate} frames/s")
        return FilmPlan(
            segments=segments_of(timeline, footage, format),
            song_key=audio.key_of(digest(song)) if song else None,
            frames=timeline.frames,
            format=format,
            song_start_seconds=timeline.start / timeline.rate,
            song=song,
        )

    def missing(self, plan: FilmPlan) -> tuple[Segment, ...]:
        """Return the segments that the cache lacks, each once, in the film's order."""
        wanted = {segment.key: segment for segment in plan.segments}
        return tuple(segment for segment in wanted.values() if not self._path(segment.key).exists())

    def prepare(
        self,
        plan: FilmPlan,
        *,
        cancelled: Callable[[], bool] = ffmpeg.never,
        on_progress: Callable[[float], None] = lambda _: None,
    ) -> Prepared:
        """Encode what the cache and the pool lack of a film; afterwards, both have all of it.

        Whatever was finished before an error stays in the cache and is not encoded
        again.

        Args:
            plan: From `plan`; one from `from_json` can only be opened.
            cancelled: Asked about ten times a second while something is encoded.
            on_progress: Told the encoded share of the missing frames, 0..1, rising.

        Raises:
            EditCancelled: `cancelled` said so.
            EncodingFailed: Footage is damaged or gone.
            StorageFull: There is no room.
            BlobNotFound: The plan cannot be encoded, or its footage is not there.
            BlobError: The pool cannot be reached.
            SegmentMismatch: The encoder made another number of frames.
        """
        began = time.perf_counter()
        sweep(self.cache)
        self.room.mark(plan.names)
        self.pieces.bring(plan.names)
        self._song(plan, cancelled)
        song_done = time.perf_counter()
        missing = self.missing(plan)
        total = sum(segment.frames for segment in missing)
        self._encode(plan, missing, cancelled, lambda frames: on_progress(min(1.0, frames / total)))
        self.pieces.give(plan.names)
        on_progress(1.0)
        ended = time.perf_counter()
        return Prepared(total, ended - song_done, song_done - began)

    def open(self, plan: FilmPlan) -> VirtualFilm:
        """Return the film, spliced from what is in the cache.

        Raises:
            BlobNotFound: A segment or the song is nowhere; `prepare` first.
            BlobError: The pool cannot be reached.
            SegmentMismatch: A segment does not fit the film.
        """
        tracks, song = self._tracks(plan)
        extents = splice(plan.format, tracks, song, plan.song_start_seconds, plan.frames)
        return VirtualFilm(extents, plan.fingerprint)

    def open_fragments(self, plan: FilmPlan) -> FragmentedFilm:
        """Return the film in fragments, from the same segments.

        Raises:
            BlobNotFound: A segment or the song is nowhere; `prepare` first.
            BlobError: The pool cannot be reached.
            SegmentMismatch: A segment does not fit the film.
        """
        tracks, song = self._tracks(plan)
        return fragment(plan.format, tracks, song, plan.song_start_seconds, plan.frames)

    def _tracks(self, plan: FilmPlan) -> tuple[list[Track], Track | None]:
        """Return the pictures of all segments, and the song."""
        self.room.mark(plan.names)
        self.pieces.bring(plan.names)
        tracks = [self._track(segment) for segment in plan.segments]
        if plan.song_key is None:
            return tracks, None
        return tracks, load(self.pieces.path(audio.name_of(plan.song_key)), "soun")

    def _path(self, key: str) -> Path:
        return self.pieces.path(name_of(key))

    def _song(self, plan: FilmPlan, cancelled: Callable[[], bool]) -> None:
        if plan.song_key is None or self.pieces.path(audio.name_of(plan.song_key)).exists():
            return
        if plan.song is None:
            raise BlobNotFound(plan.song_key)
        audio.ensure(plan.song, digest(plan.song), self.pieces, cancelled=cancelled)

    def _encode(
        self,
        plan: FilmPlan,
        missing: Sequence[Segment],
        cancelled: Callable[[], bool],
        on_frames: Callable[[int], None],
    ) -> None:
        """Encode some segments of a film, several batches at a time."""
        encoder = Encoder(self.pieces, plan.format, cancelled)
        tally = Tally(on_frames)
        todo = list(batches(plan.segments, {segment.key for segment in missing}))
        at_once(self.encoders, [partial(encoder.encode, batch, tally.place()) for batch in todo])

    def _track(self, segment: Segment) -> Track:
        track = load(self._path(segment.key))
        check(track, segment)
        return track
