"""Versions of some age, with real footage, written down as if they had been made then."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from clipbot.blobs.base import BlobStore, url_of
from clipbot.store.store import Store
from tests import media


def key(job_id: UUID, clip_index: int, number: int) -> str:
    """Return the key of a version's footage; the original's has no number."""
    suffix = "" if number == 1 else f"_v{number}"
    return f"video-clips/{job_id}/clip_{clip_index}{suffix}.mp4"


def bulky(number: int) -> Path:
    """Return footage that an archive is much smaller than: 24 frames."""
    options = ("-g", "8", "-crf", "4")
    return media.clip((number * 31) % 360, frames=24, size=(64, 36), options=options)


@dataclass(frozen=True, slots=True)
class Aged:
    """One version to write down."""

    clip_index: int
    number: int
    days: float
    verdict: dict[str, Any] | None = None
    is_ours: bool = True
    """Whether clipbot made it, and not the pipeline."""


def install(
    store: Store, blobs: BlobStore, job_id: UUID, versions: list[Aged], *, now: datetime
) -> None:
    """Write down versions; the film goes on using the originals, which are there."""
    rows = []
    for each in versions:
        path, name = bulky(each.number), f"{each.clip_index} {each.number}"
        if each.number > 1:
            blobs.put(key(job_id, each.clip_index, each.number), path)
        rows.append(
            {
                "id": str(uuid5(job_id, name)),
                "job_id": str(job_id),
                "clip_index": each.clip_index,
                "version_number": each.number,
                "video_url": url_of(key(job_id, each.clip_index, each.number)),
                "prompt": "lanterns",
                "user_instruction": f"try {each.number}",
                "cost": "0",
                "is_current": each.number == 1,
                "created_at": (now - timedelta(days=each.days)).isoformat(),
                "duration": "1.0",
                "verdict": each.verdict,
                "regeneration_id": str(uuid5(job_id, f"edit {name}")) if each.is_ours else None,
            }
        )
    store.jobs.insert({"clip_versions": rows})
