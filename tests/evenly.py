"""A film whose clips go together, made of real footage, and the same with an odd one.

All clips are pieces of one clip of the sample, small; the odd one is graded by ffmpeg's
own filters, not by our looks.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final
from uuid import UUID

from clipbot.blobs.base import BlobStore
from clipbot.domain.user import LOCAL_USER
from clipbot.store.store import Store
from tests import jobs, media

CLIPS: Final = 6
"""One verse, five of a chorus."""
ODD: Final = 3
SOURCE: Final = Path(__file__).parents[1] / "assets" / "sample" / "clip_4.mp4"
_FRAMES: Final = 40

DARK: Final = "eq=brightness=-0.22:contrast=0.8"
GRADES: Final[Mapping[str, str]] = {
    "dark": DARK,
    "blue": "colorbalance=bm=0.7:bs=0.6:rm=-0.6:rs=-0.5",
    "grey": "hue=s=0",
    "sepia": "colorchannelmixer=.393:.769:.189:0:.349:.686:.168:0:.272:.534:.131",
}
"""Ways to be odd."""


@cache
def footage(place: int, grade: str = "null") -> Path:
    """Return a piece of real footage, graded."""
    path = media.folder() / f"even-{place}-{abs(hash(grade))}.mp4"
    media.make(
        *("-ss", f"{place * 1.4:.2f}", "-i", str(SOURCE), "-frames:v", str(_FRAMES), "-r", "24"),
        *("-vf", f"scale={jobs.WIDTH}:{jobs.HEIGHT},{grade},format=yuv420p", "-an"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-crf", "18", "-g", "16", str(path)),
    )
    return path


def install(
    store: Store, blobs: BlobStore, *, name: str = "even", grades: Mapping[int, str] | None = None
) -> UUID:
    """Put the film into a store and return its job's id.

    Args:
        store: Where the rows go.
        blobs: Where the files go.
        name: Of the job.
        grades: Filters of ffmpeg, by clip index, for those that are odd.
    """
    id_ = jobs.job_id(name)
    song = f"audio-uploads/{LOCAL_USER.id}/{id_}/song.wav"
    blobs.put(song, media.song(CLIPS * jobs.SECONDS))
    for index in range(CLIPS):
        key = f"video-clips/{id_}/clip_{index}.mp4"
        blobs.put(key, footage(index, (grades or {}).get(index, "null")))
    store.jobs.insert(jobs.rows(id_, LOCAL_USER.id, CLIPS, (), (), "completed", song))
    return id_
