"""What the store's tests start from: jobs, edits and films with as little as possible in them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session

from clipbot.domain.money import Quote, QuotedClip, QuoteLine
from clipbot.domain.plan import Act, Edit, Kind, Operation, Plan
from clipbot.store.records import (
    NewComposition,
    NewRegeneration,
    NewVersion,
    OriginalVersion,
    Outcome,
    Publication,
    RegenerationRecord,
    RegenerationStatus,
)
from clipbot.store.store import Store

UPSTREAM = Path(__file__).parents[2] / "data" / "upstream"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
USER = UUID("11111111-1111-4111-8111-111111111111")
BUDGET = 100_000_000
"""Micros."""
BRIGHTER = Operation(Kind.BRIGHTNESS, "up")
FILM_URL = "/film.mp4?composition={number}"

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass
class Later:
    """A clock that all workers share: it stands still, and moves when it is told to."""

    moment: datetime

    def __call__(self, _: Session) -> datetime:
        return self.moment

    def move(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


@cache
def complete() -> Rows:
    """Return the rows of the complete job."""
    files = sorted((UPSTREAM / "complete").glob("*.json"))
    return {path.stem: json.loads(path.read_text("utf-8")) for path in files}


@cache
def variant(name: str) -> Any:
    """Return a variant file by the beginning of its name, such as `v06`."""
    (path,) = (UPSTREAM / "variants").glob(f"{name}_*.json")
    return json.loads(path.read_text("utf-8"))


def job(store: Store, *, status: str = "completed", **values: Any) -> UUID:
    """Insert a job that has one stage with clips, and return its id."""
    id_ = values.pop("id", None) or uuid4()
    row = {
        "id": str(id_),
        "user_id": str(USER),
        "status": status,
        "audio_url": "song.mp3",
        "user_prompt": "A calm film about lanterns that drift down a wide dark river.",
        "total_cost": "1.50",
        "created_at": NOW.isoformat(),
        "updated_at": NOW.isoformat(),
        **values,
    }
    stage = {"job_id": str(id_), "stage_name": "video_generator", "status": "completed"}
    store.jobs.insert({"jobs": [row], "job_stages": [{**stage, "metadata": {"clips": []}}]})
    return id_


def edit(job_id: UUID, clip_index: int = 0, *, ceiling: int = 0, **values: Any) -> NewRegeneration:
    """Return one clip's edit, to be submitted."""
    given: dict[str, Any] = {
        "id": uuid4(),
        "job_id": job_id,
        "user_id": USER,
        "clip_index": clip_index,
        "edit": Edit(
            (clip_index + 1,), (Operation(Kind.BRIGHTNESS, "up"),), "brighter", ("faces",)
        ),
        "instruction": "make it brighter",
        "renderer": "local",
        "estimate_micros": ceiling,
        "ceiling_micros": ceiling,
        "estimated_seconds": 2.0,
        "seed": 2**40,
        "temperature": 0.3,
        **values,
    }
    return NewRegeneration(**given)


def submit(store: Store, *new: NewRegeneration, **values: Any) -> list[RegenerationRecord]:
    """Submit edits with nothing in their way."""
    given: dict[str, Any] = {
        "quote_id": None,
        "budget_micros": BUDGET,
        "paid_per_hour": 1_000,
        "now": NOW,
        **values,
    }
    return store.regenerations.submit(new, **given)


def running(store: Store, job_id: UUID, clip_index: int = 0, *, ceiling: int = 0) -> UUID:
    """Submit and start one edit, and return its id."""
    (record,) = submit(store, edit(job_id, clip_index, ceiling=ceiling))
    store.regenerations.start(record.id, base_number=1, original_prompt="lanterns", now=NOW)
    return record.id


def film(fingerprint: str = "film") -> NewComposition:
    """Return a film that is ready to play."""
    return NewComposition(
        fingerprint, 1728, Fraction(24000, 1001), 1280, 720, 3_000_000_000, "etag", {"pieces": []}
    )


def publication(
    regeneration_id: UUID,
    *,
    number: int = 2,
    is_accepted: bool = True,
    fingerprint: str = "film",
    cost: int = 0,
    **values: Any,
) -> Publication:
    """Return what a finished edit publishes."""
    version: dict[str, Any] = {
        "number": number,
        "video_url": f"clip_v{number}.mp4",
        "thumbnail_url": f"clip_v{number}.jpg",
        "prompt": "lanterns, brighter",
        "instruction": "make it brighter",
        "duration_seconds": 11.999,
        "parent_number": number - 1,
        "renderer": "local",
        "seed": 2**40,
        "temperature": 0.3,
        "verdict": {"is_kept": True},
        **values,
    }
    return Publication(
        regeneration_id=regeneration_id,
        version=NewVersion(**version),
        original=OriginalVersion("clip.mp4", "clip.jpg", "lanterns", 12.04),
        is_accepted=is_accepted,
        composition=film(fingerprint) if is_accepted else None,
        cost_micros=cost,
        label="make it brighter (clip 1)",
        message="Clip 1 is brighter now.",
        timings={"render_s": 1.5},
        film_url=FILM_URL,
    )


def outcome(
    regeneration_id: UUID,
    status: RegenerationStatus = RegenerationStatus.FAILED,
    *,
    cost: int = 0,
) -> Outcome:
    """Return how an edit ends without a version."""
    return Outcome(regeneration_id, status, "It did not work.", "provider_error", False, cost)


def edited(store: Store, job_id: UUID, clip_index: int = 0, *, number: int = 2) -> UUID:
    """Carry an edit of a clip out from beginning to end, and return its id."""
    id_ = running(store, job_id, clip_index)
    film_name = f"film {clip_index}.{number}"
    store.regenerations.publish(publication(id_, number=number, fingerprint=film_name), now=NOW)
    return id_


def quote(
    job_id: UUID,
    *,
    ceiling: int = 0,
    lifetime: timedelta = timedelta(minutes=15),
    clips: tuple[QuotedClip, ...] = (),
) -> Quote:
    """Return a quote of one line."""
    line = QuoteLine("video", ceiling, ceiling, 0)
    return Quote(uuid4(), job_id, USER, "local", (line,), 2.0, NOW + lifetime, ("Careful.",), clips)


PLAN = Plan(
    Act.EDIT,
    (Edit((1, 3), (Operation(Kind.WEATHER, "rain", "strong"),), "let it rain"),),
    template_id="rain",
)
