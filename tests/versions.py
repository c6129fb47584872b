"""Versions of a clip, put into a store directly: what lists and pages of many are tested on."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from clipbot.blobs.base import BlobStore, url_of
from clipbot.domain.measures import Measures
from clipbot.media.files import digest
from clipbot.store.records import FootageRecord
from clipbot.store.store import Store
from tests import jobs


@dataclass(frozen=True, slots=True)
class Made:
    """One version, as an edit would have left it."""

    parent: int | None
    instruction: str | None = "make it darker"
    cost: str = "0.00"
    renderer: str | None = "local"
    seed: int | None = 421_337
    temperature: float | None = 0.4
    verdict: dict[str, Any] | None = None
    has_footage: bool = True
    measures: Measures | None = None


def chain(count: int) -> tuple[Made, ...]:
    """Return so many versions behind the original, each from the one before it."""
    return tuple(Made(number - 1, f"change number {number}") for number in range(2, count + 2))


def add(
    store: Store,
    blobs: BlobStore,
    job: UUID,
    clip: int,
    made: Sequence[Made],
    *,
    current: int | None = None,
) -> None:
    """Write down the versions of a clip from 1 on.

    Args:
        store: Where the rows go.
        blobs: Where the files go.
        job: One of `tests.jobs`.
        clip: From 0.
        made: Versions 2, 3, ..., in this order.
        current: Number of the one that the film uses; None: the last.
    """
    original = f"video-clips/{job}/clip_{clip}.mp4"
    current = current or len(made) + 1
    rows = [_row(job, clip, 1, original, Made(None, None, renderer=None), is_current=current == 1)]
    _describe(store, original, jobs.footage(clip), Measures(0.42, 0.31, 0.05, 0.02))
    for number, each in enumerate(made, start=2):
        key = f"video-clips/{job}/clip_{clip}_v{number}.mp4"
        path = jobs.footage(number)
        if each.has_footage:
            blobs.put(key, path)
        _describe(store, key, path, each.measures or Measures(0.4 / number, 0.3, 0.05, 0.02))
        rows.append(_row(job, clip, number, key, each, is_current=number == current))
    store.jobs.insert({"clip_versions": rows})


def _row(
    job: UUID, clip: int, number: int, key: str, made: Made, *, is_current: bool
) -> dict[str, Any]:
    return {
        "id": str(uuid5(job, f"{clip} {number}")),
        "job_id": str(job),
        "clip_index": clip,
        "version_number": number,
        "video_url": url_of(key),
        "prompt": jobs.PROMPT,
        "user_instruction": made.instruction,
        "cost": made.cost,
        "is_current": is_current,
        "created_at": f"2026-03-{1 + number // 24:02}T{number % 24:02}:15:00+00:00",
        "duration": "2.00",
        "parent_number": made.parent,
        "renderer": made.renderer,
        "seed": made.seed,
        "temperature": made.temperature,
        "verdict": made.verdict,
    }


def _describe(store: Store, key: str, path: Path, measures: Measures) -> None:
    size = path.stat().st_size
    store.footage.put(
        FootageRecord(key, digest(path), size, 48, Fraction(24), jobs.WIDTH, jobs.HEIGHT, measures)
    )
