"""A tiny job whose edits are in the store already, of every kind that a review shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid4

from clipbot.blobs.base import BlobStore, url_of
from clipbot.domain.measures import Measures
from clipbot.domain.plan import Edit, Kind, Operation
from clipbot.domain.user import LOCAL_USER
from clipbot.media.files import digest
from clipbot.store import versions
from clipbot.store.database import writing
from clipbot.store.records import (
    FootageRecord,
    NewPrompt,
    NewRegeneration,
    NewVersion,
    OriginalVersion,
    Outcome,
    Publication,
    RegenerationStatus,
)
from clipbot.store.store import Store
from tests import jobs

NAME = "reviewed"
BEGAN = datetime(2026, 3, 4, 12, tzinfo=UTC)
PASSED = {
    "outcome": "passed",
    "sentence": "Darker by 62 %, cooler.",
    "findings": [
        {"kind": "luma", "wanted": "down", "before": 0.41, "after": 0.16, "holds": True},
    ],
}
FAILED = {
    "outcome": "failed",
    "sentence": "Not brighter (brightness 0.41, then 0.39).",
    "findings": [
        {"kind": "luma", "wanted": "up", "before": 0.41, "after": 0.39, "holds": False},
    ],
}
NO_CLAIM = {
    "outcome": "no_claim",
    "sentence": "Nothing about this change can be measured.",
    "findings": [],
}
LONG = (
    "Replace-everything-with-Donaudampfschifffahrtsgesellschaftskapitaene and keep the "
    "lanterns exactly as they are, but let the whole street lean into a slow blue hour. "
) * 2
ARABIC = "اجعل المشهد أكثر دفئا مع فوانيس ورقية"
FORMULA = '=HYPERLINK("x")'


@dataclass(frozen=True, slots=True)
class Made:
    """The job, and its edits from the oldest to the newest."""

    job: UUID
    night: UUID
    """Passed, and in the film."""
    failed_gate: UUID
    """An offer."""
    no_claim: UUID
    failed: UUID
    cancelled: UUID
    arabic: UUID
    waiting: UUID


def install(
    store: Store, blobs: BlobStore, *, name: str = NAME, owner: UUID = LOCAL_USER.id
) -> Made:
    """Put the job and one edit of each kind into a store."""
    job = jobs.install(store, blobs, name=name, user_id=owner)
    for index in range(3):
        _know(store, blobs, job, index, 1, Measures(0.41, 0.85, 0.02, 0.014))
    shop = _Shop(store, blobs, job, owner)
    night = shop.version(0, "make it night", PASSED, _night(), hue=240)
    with writing(store.jobs.engine) as session:
        versions.flag(session, job, 0, 2)
    return Made(
        job=job,
        night=night,
        failed_gate=shop.version(1, "make it brighter", FAILED, f"{jobs.PROMPT} Bright."),
        no_claim=shop.version(2, LONG, NO_CLAIM, f"{jobs.PROMPT} {LONG * 3}", micros=350_000),
        failed=shop.over(1, FORMULA, RegenerationStatus.FAILED),
        cancelled=shop.over(1, "-1 brightness", RegenerationStatus.CANCELLED),
        arabic=shop.version(1, ARABIC, PASSED, f"{jobs.PROMPT} {ARABIC}", base=2, number=3),
        waiting=shop.submitted(2, "make it warmer"),
    )


def crowd(store: Store, blobs: BlobStore, count: int, *, owner: UUID = LOCAL_USER.id) -> UUID:
    """Put a job with many edits into a store, and return its id; they made no versions."""
    job = jobs.install(store, blobs, name="crowd", user_id=owner)
    shop = _Shop(store, blobs, job, owner)
    for number in range(count):
        shop.over(number % 3, f"wish number {number + 1}", RegenerationStatus.FAILED)
    return job


@dataclass(frozen=True, slots=True)
class Inherited:
    """A job that the pipeline has edited, and its edits from the oldest to the newest."""

    job: UUID
    rain: UUID
    """Its version is known, and in the film."""
    failed: UUID
    lost: UUID
    """Nobody can tell which version it made."""


def inherit(store: Store, blobs: BlobStore, *, owner: UUID = LOCAL_USER.id) -> Inherited:
    """Put a job into a store that was edited before there was anything of ours."""
    job = jobs.install(store, blobs, name="inherited", user_id=owner)
    for index in range(3):
        _know(store, blobs, job, index, 1, Measures(0.41, 0.85, 0.02, 0.014))
    key = _know(store, blobs, job, 0, 2, Measures(0.31, 0.5, -0.04, 0.02), hue=240)
    rain = f"{jobs.PROMPT} Heavy rain."
    version = {
        "job_id": str(job),
        "clip_index": 0,
        "version_number": 2,
        "video_url": url_of(key),
        "prompt": rain,
        "user_instruction": "let it rain",
        "cost": "0.5655",
        "is_current": True,
        "created_at": BEGAN.isoformat(),
    }
    wishes = [
        (0, "let it rain", rain, "completed", "0.5655"),
        (1, FORMULA, jobs.PROMPT, "failed", "0"),
        (2, ARABIC, f"{jobs.PROMPT} {ARABIC}", "completed", "0.80"),
    ]
    rows = [
        {
            "id": str(uuid4()),
            "job_id": str(job),
            "clip_index": clip_index,
            "original_prompt": jobs.PROMPT,
            "modified_prompt": prompt,
            "user_instruction": words,
            "cost": cost,
            "status": status,
            "created_at": (BEGAN + timedelta(minutes=5 * clip_index + 2)).isoformat(),
        }
        for clip_index, words, prompt, status, cost in wishes
    ]
    store.jobs.insert({"clip_versions": [version], "clip_regenerations": rows})
    return Inherited(job, *(UUID(str(row["id"])) for row in rows))


@dataclass(slots=True)
class _Shop:
    store: Store
    blobs: BlobStore
    job: UUID
    owner: UUID
    made: int = 0

    def submitted(self, clip_index: int, words: str, *, micros: int = 0) -> UUID:
        self.made += 1
        new = NewRegeneration(
            id=uuid4(),
            job_id=self.job,
            user_id=self.owner,
            clip_index=clip_index,
            edit=Edit((clip_index + 1,), (Operation(Kind.BRIGHTNESS, "up"),), words),
            instruction=words,
            renderer="kling_v21" if micros else "local",
            estimate_micros=micros,
            ceiling_micros=2 * micros,
            estimated_seconds=2.0,
            seed=814,
            temperature=0.4,
        )
        self.store.regenerations.submit(
            [new],
            quote_id=None,
            budget_micros=2_000_000_000,
            paid_per_hour=1_000,
            now=self.now(),
        )
        return new.id

    def now(self, seconds: float = 0) -> datetime:
        return BEGAN + timedelta(minutes=self.made, seconds=seconds)

    def begun(self, clip_index: int, words: str, base: int, *, micros: int = 0) -> UUID:
        id_ = self.submitted(clip_index, words, micros=micros)
        self.store.regenerations.start(
            id_, base_number=base, original_prompt=jobs.PROMPT, now=self.now(1.5)
        )
        return id_

    def over(self, clip_index: int, words: str, status: RegenerationStatus) -> UUID:
        id_ = self.begun(clip_index, words, 1)
        told = Outcome(id_, status, "It did not work.", "provider_error", is_retryable=False)
        self.store.regenerations.end(told, now=self.now(4))
        return id_

    def version(
        self,
        clip_index: int,
        words: str,
        verdict: Mapping[str, Any],
        prompt: str,
        *,
        base: int = 1,
        number: int = 2,
        hue: int = 30,
        micros: int = 0,
    ) -> UUID:
        id_ = self.begun(clip_index, words, base, micros=micros)
        written = NewPrompt(prompt, 0.4, 814, None, 0, "")
        self.store.regenerations.write_prompt(id_, written, progress=10, now=self.now(2))
        key = _know(
            self.store,
            self.blobs,
            self.job,
            clip_index,
            number,
            Measures(0.16, 0.62, -0.12, 0.011),
            hue=hue,
        )
        publication = Publication(
            regeneration_id=id_,
            version=NewVersion(
                number=number,
                video_url=url_of(key),
                thumbnail_url=None,
                prompt=prompt,
                instruction=words,
                duration_seconds=2.0,
                parent_number=base,
                renderer="local",
                seed=814,
                temperature=0.4,
                verdict=verdict,
            ),
            original=OriginalVersion(
                url_of(f"video-clips/{self.job}/clip_{clip_index}.mp4"), None, jobs.PROMPT, 2.0
            ),
            is_accepted=False,
            composition=None,
            cost_micros=micros,
            label=words[:60],
            message="Ready.",
            timings={},
            film_url="",
        )
        self.store.regenerations.publish(publication, now=self.now(5.25))
        return id_


def _know(
    store: Store,
    blobs: BlobStore,
    job: UUID,
    clip_index: int,
    number: int,
    measures: Measures,
    *,
    hue: int = 0,
) -> str:
    """Write down what is known of a version's footage, and bring it if it is a new one."""
    ending = "" if number == 1 else f"_v{number}"
    key = f"video-clips/{job}/clip_{clip_index}{ending}.mp4"
    if number != 1:
        blobs.put(key, jobs.footage(hue // 47 + clip_index))
    path = blobs.path(key)
    store.footage.put(
        FootageRecord(
            key=key,
            digest=digest(path),
            size_bytes=path.stat().st_size,
            frames=48,
            rate=Fraction(24),
            width=jobs.WIDTH,
            height=jobs.HEIGHT,
            measures=measures,
        )
    )
    return key


def _night() -> str:
    return "A street with paper lanterns, slow pan. Nighttime scene, dark sky, cool tones."
