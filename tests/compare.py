"""Versions with footage of one's choice, written down without making an edit."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid5

from clipbot.blobs.base import BlobStore, url_of
from clipbot.store.store import Store
from tests import jobs, media


@dataclass(frozen=True, slots=True)
class Made:
    """One version besides the original."""

    footage: Path | None
    """None: its file is gone."""
    parent: int = 1
    instruction: str = "make it nighttime"


def darkened(index: int = 0, *, frames: int = 48, hue: int = 0) -> Path:
    """Return the original footage of a clip, darker; with fewer frames it is shorter."""
    source = jobs.footage(index)
    path = media.folder() / f"darkened-{index}-{frames}-{hue}.mp4"
    media.make(
        *("-i", str(source), "-vf", f"eq=brightness=-0.2,hue=h={hue}", "-frames:v", str(frames)),
        *("-c:v", "libx264", "-preset", "ultrafast", "-g", "16", str(path)),
    )
    return path


def add(
    store: Store, blobs: BlobStore, job: UUID, index: int, made: Mapping[int, Made], current: int
) -> None:
    """Write down the original of a clip and further versions by their numbers.

    Args:
        store: Has the job.
        blobs: Has its footage.
        job: Which one.
        index: The clip.
        made: By version number, from 2.
        current: The number of the version that the film uses.
    """
    rows = [_row(job, index, 1, f"video-clips/{job}/clip_{index}.mp4", Made(None), current)]
    for number, each in made.items():
        key = f"video-clips/{job}/clip_{index}_v{number}.mp4"
        if each.footage:
            blobs.put(key, each.footage)
        rows.append(_row(job, index, number, key, each, current))
    store.jobs.insert({"clip_versions": rows})


def _row(
    job: UUID, index: int, number: int, key: str, made: Made, current: int
) -> dict[str, object]:
    is_original = number == 1
    return {
        "id": str(uuid5(job, f"{index}-{number}")),
        "job_id": str(job),
        "clip_index": index,
        "version_number": number,
        "video_url": url_of(key),
        "prompt": jobs.PROMPT,
        "user_instruction": None if is_original else made.instruction,
        "parent_number": None if is_original else made.parent,
        "cost": 0,
        "is_current": number == current,
        "created_at": f"2026-02-03T10:{number:02d}:00+00:00",
    }
