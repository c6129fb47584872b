"""Which segments one ffmpeg process encodes, and encoding them.

A batch is a clip's core with the junctions beside it: they show the same footage, which
is decoded once, by one process. The first encoding of a film is a batch for each clip,
an edit is one batch.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from clipbot.errors import BlobNotFound, EncodingFailed, SegmentMismatch
from clipbot.media import edges, ffmpeg
from clipbot.media.encode import Work, seek_of, together
from clipbot.media.files import appearing
from clipbot.media.format import Format
from clipbot.media.mp4 import NotMp4, Track, load_track
from clipbot.media.pieces import Pieces
from clipbot.media.segments import Segment, Shot

_MOST: Final = 4
"""Encoders of one process: a junction, a core, a junction or the tail, and one to spare."""

Batch = tuple[Segment, ...]
"""Segments that one process encodes, in the film's order."""


def batches(segments: Sequence[Segment], missing: Collection[str]) -> Iterator[Batch]:
    """Group the missing segments of a film, each once.

    Args:
        segments: All of the film, in order.
        missing: Keys of those to encode.
    """
    batch: list[Segment] = []
    left = set(missing)
    for segment in segments:
        is_wanted = segment.key in left
        if batch and not (is_wanted and _joins(batch, segment)):
            yield tuple(batch)
            batch = []
        if is_wanted:
            left.discard(segment.key)
            batch.append(segment)
    if batch:
        yield tuple(batch)


def _joins(batch: Sequence[Segment], segment: Segment) -> bool:
    """Tell whether a segment belongs to the batch before it: a second clip's core does not."""
    cores = [one.shots[0].footage.digest for one in batch if len(one.shots) == 1]
    is_core = len(segment.shots) == 1
    is_other = is_core and bool(cores) and segment.shots[0].footage.digest not in cores
    return bool(segment.shots) and len(batch) < _MOST and not is_other


@dataclass(frozen=True, slots=True)
class Encoder:
    """Encodes batches into a cache. Safe to share between threads."""

    pieces: Pieces
    picture: Format
    cancelled: Callable[[], bool] = ffmpeg.never

    def encode(self, batch: Batch, on_frames: Callable[[int], None] = lambda _: None) -> None:
        """Encode segments, and keep what a later edit will want of them.

        Args:
            batch: What to encode.
            on_frames: Told how many frames are encoded, more or less, never falling.

        Raises:
            EditCancelled: `cancelled` said so.
            EncodingFailed: Footage is damaged or gone.
            StorageFull: There is no room.
            BlobNotFound: The segments cannot be encoded, or their footage is not there.
            BlobError: The pool cannot be reached.
            SegmentMismatch: The encoder made another number of frames.
        """
        found = self._found(batch)
        try:
            self._run(batch, found, on_frames)
        except EncodingFailed:
            if not found:
                raise
            # It may have been an edge: one that went away meanwhile, or is damaged.
            for edge in found.values():
                edge.unlink(missing_ok=True)
            self._run(batch, {}, on_frames)

    def _run(self, batch: Batch, found: dict[Shot, Path], on_frames: Callable[[int], None]) -> None:
        _need_footage(batch, found)
        # The longest first: its frames tell how far the process is.
        first, *others = sorted(batch, key=lambda segment: -segment.frames)
        total = sum(segment.frames for segment in batch)
        with ExitStack() as parts:
            kept = {
                shot: parts.enter_context(appearing(self._edge(shot)))
                for shot in self._to_keep(batch, found)
            }
            targets = {
                segment: parts.enter_context(self.pieces.making(name_of(segment.key)))
                for segment in (first, *others)
            }
            ffmpeg.run(
                together(Work(targets, found, kept), self.picture),
                cancelled=self.cancelled,
                on_frames=lambda frames: on_frames(total * frames // first.frames),
            )
            for segment, part in targets.items():
                check(load(part), segment)
        on_frames(total)

    def _edge(self, shot: Shot) -> Path:
        return self.pieces.path(edges.name_of(shot, self.picture))

    def _found(self, batch: Batch) -> dict[Shot, Path]:
        """Return the edges to read: of clips that the batch does not decode anyway."""
        decoded = {
            shot.footage.digest
            for segment in batch
            for shot in segment.shots
            if len(segment.shots) == 1
        }
        return {
            shot: edge
            for shot in edges.outgoing(batch)
            if shot.footage.digest not in decoded and (edge := self._edge(shot)).exists()
        }

    def _to_keep(self, batch: Batch, found: Collection[Shot]) -> list[Shot]:
        return [
            shot
            for shot in dict.fromkeys(edges.outgoing(batch))
            if shot not in found
            and edges.pays(shot, seek_of(shot, self.picture), self.picture)
            and not self._edge(shot).exists()
        ]


def _need_footage(batch: Batch, found: Collection[Shot]) -> None:
    for segment in batch:
        if not segment.shots:
            raise BlobNotFound(segment.key)
        for shot in segment.shots:
            if shot not in found and not shot.footage.path.exists():
                raise BlobNotFound(shot.footage.digest)


def name_of(key: str) -> str:
    """Return the file name of the segment with this key."""
    return f"{key}.mp4"


def load(path: Path, handler: str = "vide") -> Track:
    """Return the index of an encoded piece.

    Raises:
        BlobNotFound: It is not there.
        SegmentMismatch: It is damaged.
    """
    try:
        return load_track(path, handler)
    except FileNotFoundError as error:
        raise BlobNotFound(path.name) from error
    except NotMp4 as error:
        raise SegmentMismatch(f"A segment of the film {error}.") from error


def check(track: Track, segment: Segment) -> None:
    """See that a segment has the frames that it should.

    Raises:
        SegmentMismatch: It has not.
    """
    frames = len(track.sizes)
    if frames != segment.frames:
        raise SegmentMismatch(f"A segment has {frames} frames instead of {segment.frames}.")
