"""What goes wrong in one run: all of it drawn from a seed, so that a run can be repeated.

Pure. Names stand for what `provider.py` and `worker.py` make of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

FAULTS: Final[Mapping[str, Sequence[str]]] = {
    "create": (
        "dropped",
        "unheard",
        "broken",
        "broken after all",
        "garbage",
        "throttled",
        "throttled for a moment",
        "no credit",
        "not valid",
    ),
    "get": ("unheard", "broken", "garbage", "throttled", "gone"),
    "list": ("unheard", "broken", "garbage", "throttled"),
    "cancel": ("unheard", "broken", "dropped"),
    "file": ("unheard", "broken", "half", "half", "gone"),
}
"""What may be done to a call, by call."""
FATES: Final = (
    "good",
    "slow",
    "short",
    "long",
    "small",
    "cut off",
    "no film",
    "no output",
    "odd output",
    "elsewhere",
    "refused",
    "failed",
    "aborted",
    "never",
    "queued",
)
"""What may become of a prediction."""
MODELS: Final = ("veo_31_fast", "kling_v25_turbo", "kling_v21", "wan_25_i2v")
TEXTS: Final = (
    "add a dragon to clip {}",
    "make clip {} slightly darker",
    "make clip {} nighttime",
    "make clip {} completely different",
)
POINTS: Final = (
    *(f"steps.{name}" for name in ("begin", "intend", "submit", "await_footage", "next_attempt")),
    *(f"steps.{name}" for name in ("recall", "store", "encode", "publish", "end", "attend")),
    *(f"renderer.{name}" for name in ("submit", "find", "poll", "cancel", "fetch")),
    *(f"rows.{name}" for name in ("start", "write_prompt", "intend", "take_place", "free_place")),
    *(f"rows.{name}" for name in ("claim_place", "set_prediction", "end_attempt")),
    *(f"rows.{name}" for name in ("publish", "end")),
)
"""Calls before or after which a worker may die or be stopped,"""
PAYING: Final = (
    "rows.take_place",
    "rows.claim_place",
    "renderer.submit",
    "renderer.submit",
    "renderer.find",
    "rows.set_prediction",
)
"""and those of them around which money is spent."""
JOBS: Final = (3, 2)
"""Clips of each job."""


@dataclass(frozen=True)
class Wish:
    """What a person confirms at once."""

    job: int
    clips: tuple[int, ...]
    """Numbers, from 1."""
    text: str
    renderer: str
    with_retries: bool = False
    is_enqueued: bool = True
    """Else its process died between the row and the queue."""


@dataclass(frozen=True)
class Trap:
    """A point at which a worker dies, or is stopped for a while."""

    point: str
    when: str = "before"
    """`before` or `after`."""
    occurrence: int = 1
    is_stop: bool = False


@dataclass(frozen=True)
class Shift:
    """The life of one worker."""

    trap: Trap | None = None
    killed_after: float | None = None
    """Seconds after its start."""


@dataclass(frozen=True)
class Trigger:
    """A moment: so many seconds after the start, or while a call is answered."""

    seconds: float = 0.0
    call: str | None = None
    occurrence: int = 1


@dataclass(frozen=True)
class Plan:
    """One run."""

    seed: int
    wishes: tuple[Wish, ...]
    faults: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What is done to the first, second, ... call; empty: nothing."""
    fates: tuple[str, ...] = ()
    latency: float = 0.0
    """Seconds until a prediction is in the list."""
    pictures: str = "kept"
    has_hooks: bool = False
    crew: tuple[tuple[Shift, ...], ...] = ((),)
    """The lives of each worker, one after the other; the one after them is left alone."""
    stopped_for: float = 1.0
    cancels: tuple[tuple[int, Trigger], ...] = ()
    """`(place of the edit, when)`."""
    undos: tuple[tuple[int, Trigger], ...] = ()
    """`(place of the edit in whose job, when)`."""
    kills: tuple[Trigger, ...] = ()
    """Calls in the middle of which all workers are killed."""
    away: tuple[float, float] | None = None
    """From when to when the provider hears nothing, in seconds."""
    is_refusing: bool = False
    """Whether it refuses connections then, instead of hanging up."""
    again: tuple[Wish, ...] = ()
    """Confirmed once the first ones are over."""
    are_alike: bool = False
    """Whether the provider cannot tell the first wishes apart: which of them a prediction was
    started for is then anybody's guess, and nobody's loss."""
    skew: float = 0.0
    """How far the provider's clock is ahead, in seconds."""
    places: int = 4
    is_cold: bool = False
    """Whether all segments have to be encoded anew."""


def planned(seed: int, *, is_shared: bool) -> Plan:
    """Return the plan of a seed.

    Args:
        seed: Of the run.
        is_shared: Whether several workers can share the database.
    """
    draw = Random(seed)  # noqa: S311 - a run that can be repeated is the point
    are_alike = draw.random() < 0.12
    wishes = _ALIKE if are_alike else _wishes(draw)
    faults = {call: _faults(draw, call) for call in FAULTS}
    if are_alike:
        faults["create"] = tuple(draw.choice(("dropped", "dropped", "")) for _ in range(2))
    edits = sum(len(wish.clips) for wish in wishes)
    return Plan(
        seed,
        wishes,
        faults=faults,
        fates=tuple(
            "good" if draw.random() < 0.55 else draw.choice(FATES) for _ in range(edits * 2)
        ),
        latency=draw.choice((0.0, 0.0, 0.1, 0.2)),
        pictures=draw.choice(("kept", "kept", "replaced", "dropped")),
        has_hooks=draw.random() < 0.2,
        crew=tuple(_shifts(draw, is_shared) for _ in range(2 if is_shared else 1)),
        stopped_for=draw.uniform(0.7, 3.5),
        cancels=tuple((draw.randrange(edits), _trigger(draw)) for _ in range(_few(draw, 0.3))),
        undos=tuple((draw.randrange(edits), _trigger(draw)) for _ in range(_few(draw, 0.15))),
        kills=tuple(
            Trigger(call=draw.choice(("create", "get", "list", "file")), occurrence=_nth(draw))
            for _ in range(_few(draw, 0.25))
        ),
        away=_away(draw),
        is_refusing=draw.random() < 0.5,
        again=_again(draw, wishes) if draw.random() < 0.25 else (),
        are_alike=are_alike,
        skew=draw.choice((0.0, 0.0, -30.0, 30.0)),
        places=draw.choice((1, 2, 4)),
        is_cold=draw.random() < 0.15,
    )


_ALIKE: Final = tuple(Wish(job, (1,), TEXTS[0].format(1), "kling_v25_turbo") for job in (0, 1))


def _again(draw: Random, wishes: tuple[Wish, ...]) -> tuple[Wish, ...]:
    """Return a wish for a clip that was edited before."""
    before = draw.choice(wishes)
    clip = draw.choice(before.clips)
    text = draw.choice(TEXTS).format(clip)
    return (Wish(before.job, (clip,), text, draw.choice(MODELS)),)


def _wishes(draw: Random) -> tuple[Wish, ...]:
    found = []
    taken: dict[int, set[int]] = {0: set(), 1: set()}
    for _ in range(draw.choice((1, 1, 2, 2, 3))):
        job = draw.randrange(2)
        free = [number + 1 for number in range(JOBS[job]) if number + 1 not in taken[job]]
        if not free:
            continue
        is_batch = len(free) == 3 and draw.random() < 0.15
        clips = tuple(free) if is_batch else (draw.choice(free),)
        taken[job] |= set(clips)
        name = "1, 2 and 3" if is_batch else str(clips[0])
        is_free = not is_batch and draw.random() < 0.1
        text = TEXTS[2] if is_free else draw.choice(TEXTS)
        found.append(
            Wish(
                job,
                clips,
                text.format(name).replace("clip 1,", "clips 1,"),
                "local" if is_free else draw.choice(MODELS),
                with_retries=not is_free and draw.random() < 0.3,
                is_enqueued=draw.random() < 0.7,
            )
        )
    return tuple(found)


def _faults(draw: Random, call: str) -> tuple[str, ...]:
    share = draw.choice((0.0, 0.2, 0.6))
    return tuple(
        draw.choice(FAULTS[call]) if draw.random() < share else ""
        for _ in range(draw.randint(1, 6))
    )


def _shifts(draw: Random, is_shared: bool) -> tuple[Shift, ...]:  # noqa: FBT001 - of this module
    return tuple(_shift(draw, is_shared) for _ in range(draw.choice((0, 1, 1, 2, 3))))


def _shift(draw: Random, is_shared: bool) -> Shift:  # noqa: FBT001 - of this module
    if draw.random() < 0.35:
        return Shift(killed_after=draw.uniform(0.05, 1.5))
    return Shift(
        Trap(
            draw.choice(PAYING if draw.random() < 0.4 else POINTS),
            draw.choice(("before", "after")),
            draw.choice((1, 1, 1, 2)),
            is_stop=is_shared and draw.random() < 0.5,
        )
    )


def _trigger(draw: Random) -> Trigger:
    if draw.random() < 0.4:
        return Trigger(seconds=draw.uniform(0.0, 1.5))
    return Trigger(call=draw.choice(("create", "get", "list", "file")), occurrence=_nth(draw))


def _nth(draw: Random) -> int:
    return draw.choice((1, 1, 1, 2, 3))


def _few(draw: Random, share: float) -> int:
    return (draw.random() < share) + (draw.random() < share / 3)


def _away(draw: Random) -> tuple[float, float] | None:
    if draw.random() < 0.8:
        return None
    start = draw.uniform(0.2, 1.2)
    return start, start + draw.uniform(0.2, 1.0)
