"""What the paid video models can do and cost: facts, and pure functions over them.

The facts are data (`models.toml`): models, their inputs and prices change more often
than code does. A model makes a few resolutions, its *tiers*; a tier has its durations and
its price. Nothing here asks a service anything: `schemas.py` does, and `narrowed` takes
away what the service has said that it does not know.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from fractions import Fraction
from math import gcd
from typing import TypeVar

from clipbot.domain.filling import fit

Scalar = str | int | bool
Known = Mapping[str, tuple[Scalar, ...] | None]
"""Inputs that a service knows, by name; the values that it allows, None: any."""

_S = TypeVar("_S", str, int)

_RATIO_TOLERANCE = Fraction(1, 50)
"""A size this near to a ratio has it: encoders round sides to even numbers."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a model calls its inputs; None: it has no such input."""

    prompt: str
    duration: str
    negative_prompt: str | None = None
    first_frame: str | None = None
    last_frame: str | None = None
    references: str | None = None
    ratio: str | None = None
    seed: str | None = None


INPUTS = tuple(field.name for field in fields(Inputs))


@dataclass(frozen=True, slots=True)
class Tier:
    """A resolution that a model makes."""

    height: int
    """Its short side in pixels."""
    inputs: Mapping[str, Scalar]
    """What asks for it: `{"resolution": "720p"}`, `{"mode": "pro"}`; empty: there is no choice."""
    durations: tuple[int, ...]
    """Seconds of footage that it offers, rising; empty where the service offers none any more."""
    per_second_micros: int | None = None
    per_run_micros: Mapping[int, int] | None = None
    """By duration, where a run has one price; exactly one of the two is set."""


@dataclass(frozen=True, slots=True)
class References:
    """On what terms a model takes pictures of characters and places."""

    most: int
    ratio: str | None = None
    """The only ratio with which it takes them; None: any."""
    duration: int | None = None
    """The only duration, in seconds; None: any."""


@dataclass(frozen=True, slots=True)
class Model:
    """A video model."""

    key: str
    """As stored and configured: `veo_31`."""
    label: str
    slug: str
    """Its name at Replicate, `owner/name`."""
    rank: int
    """Which is tried first where another refuses: lower is earlier."""
    typical_seconds: float
    """How long it usually works."""
    inputs: Inputs
    fixed: Mapping[str, Scalar]
    """Inputs that are always the same, such as no sound."""
    ratios: tuple[str, ...]
    """What it makes from words alone."""
    follows_first_frame: bool
    """Whether footage has the ratio of the first frame, where one is sent."""
    needs_first_frame: bool
    tiers: tuple[Tier, ...]
    """By rising height."""
    read_on: date
    """When its price was read."""
    source: str
    """Where."""
    references: References | None = None
    last_frame_from_height: int | None = None
    """Lowest tier that takes a last frame; None: all do."""
    aliases: tuple[str, ...] = ()
    """Other keys under which it may be stored."""


def tier_for(model: Model, width: int, height: int) -> Tier | None:
    """Return the lowest tier that is no smaller than a film; None: all are smaller."""
    side = min(width, height)
    return next((tier for tier in model.tiers if tier.height >= side and tier.durations), None)


def duration_for(tier: Tier, needed_seconds: Fraction) -> int:
    """Return the shortest duration that fills a slot, else the longest.

    Raises:
        ValueError: The tier offers no duration.
    """
    if not tier.durations:
        raise ValueError("a tier without durations makes nothing")
    return next((each for each in tier.durations if each >= needed_seconds), tier.durations[-1])


def ratio_for(model: Model, width: int, height: int) -> str | None:
    """Return the ratio of footage for a film of this size; None: the model cannot make it."""
    wanted = Fraction(width, height)
    named = next((each for each in model.ratios if _is_near(_fraction(each), wanted)), None)
    if named is None and model.follows_first_frame:
        divisor = gcd(width, height)
        return f"{width // divisor}:{height // divisor}"
    return named


def wants_first_frame(model: Model, ratio: str) -> bool:
    """Whether it cannot do without the first frame, for itself or for the ratio."""
    return model.needs_first_frame or ratio not in model.ratios


def price_micros(tier: Tier, seconds: int) -> int:
    """Return what footage of so many seconds costs; a duration that is not offered costs most."""
    if tier.per_run_micros is not None:
        return tier.per_run_micros.get(seconds, max(tier.per_run_micros.values()))
    return (tier.per_second_micros or 0) * seconds


def takes_references(model: Model, ratio: str, duration: int) -> int:
    """Return how many pictures it takes along with this ratio and duration."""
    terms = model.references
    if model.inputs.references is None or terms is None:
        return 0
    fits = terms.ratio in {None, ratio} and terms.duration in {None, duration}
    return terms.most if fits else 0


def takes_last_frame(model: Model, tier: Tier) -> bool:
    """Whether it can be told how footage of this tier ends."""
    return model.inputs.last_frame is not None and tier.height >= (
        model.last_frame_from_height or 0
    )


def refusal(model: Model, width: int, height: int) -> str | None:
    """Return why it cannot make a film of this size, in a few words; None: it can."""
    if not any(tier.durations for tier in model.tiers):
        return "its service has changed, and is not known well enough to be paid"
    if ratio_for(model, width, height) is None:
        divisor = gcd(width, height)
        return f"it makes no {width // divisor}:{height // divisor} footage"
    if tier_for(model, width, height) is None:
        return f"it makes nothing as large as {width}x{height}"
    return None


def notes(model: Model, tier: Tier, frames: int, rate: Fraction, ratio: str) -> tuple[str, ...]:
    """Return what a person should know before agreeing, a sentence each.

    Args:
        model: The model.
        tier: What it will be asked for.
        frames: Of the slot, at `rate`.
        rate: Frames per second.
        ratio: Of the footage.
    """
    duration = duration_for(tier, frames / rate)
    said = [_fitting(duration, frames, rate)]
    if model.inputs.seed is None:
        said.append(
            f"{model.label} takes no seed: what stays the same comes from the first picture alone."
        )
    if wants_first_frame(model, ratio):
        said.append(f"{model.label} always starts from the clip's first picture.")
    return tuple(each for each in said if each)


def narrowed(model: Model, known: Known) -> Model:
    """Return the model without what its service does not know.

    Where it does not know what the model cannot do without, no tier is left: a request
    that leaves an input to chance would be charged all the same.
    """
    old = model.inputs
    kept = {each: name for each in INPUTS if (name := getattr(old, each)) in known}
    inputs = Inputs(**{"prompt": old.prompt, "duration": old.duration} | kept)
    takes_picture = inputs.first_frame is not None
    needs = {"prompt", "duration"} | ({"first_frame"} if model.needs_first_frame else set())
    ratios = () if inputs.ratio != old.ratio else _allowed(known, old.ratio, model.ratios)
    return replace(
        model,
        inputs=inputs,
        fixed={name: value for name, value in model.fixed.items() if _may(known, name, value)},
        ratios=ratios,
        follows_first_frame=model.follows_first_frame and takes_picture,
        tiers=tuple(
            replace(tier, durations=_allowed(known, old.duration, tier.durations))
            for tier in model.tiers
            if needs <= kept.keys()
            and all(_may(known, name, value) for name, value in tier.inputs.items())
        ),
    )


def _may(known: Known, name: str, value: Scalar) -> bool:
    values = known.get(name)
    return name in known and (values is None or value in values)


def _allowed(known: Known, name: str | None, offered: tuple[_S, ...]) -> tuple[_S, ...]:
    values = known.get(name) if name else None
    return tuple(each for each in offered if values is None or each in values)


def _fitting(duration: int, frames: int, rate: Fraction) -> str | None:
    """Say what becomes of footage that is longer or shorter than its slot."""
    available = int(duration * rate)
    needed = float(frames / rate)
    if available > frames:
        return f"It makes {duration} s; the first {needed:.1f} s of it are used."
    fitted = fit(available, frames)
    if fitted.slowdown == 1:
        return None
    said = f"The longest that it makes is {duration} s, for {needed:.1f} s: it is slowed down"
    if not fitted.frozen:
        return f"{said} to fill them."
    held = float(fitted.frozen / rate)
    return (
        f"{said} by {float(fitted.slowdown) - 1:.0%}, then its last picture is held {held:.1f} s."
    )


def _fraction(ratio: str) -> Fraction:
    width, height = ratio.split(":")
    return Fraction(int(width), int(height))


def _is_near(ratio: Fraction, wanted: Fraction) -> bool:
    return abs(ratio - wanted) <= ratio * _RATIO_TOLERANCE
