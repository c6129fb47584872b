"""The gate on footage and faults of a third kind: `tests.foreign_scenes`, `tests.foreign_faults`.

What is asked are sentences, understood as the chat understands them. Clips come out of H.264
files before anything is done to them.
"""

import sys
from collections.abc import Iterator, Mapping
from functools import cache
from random import Random
from typing import Final

import numpy as np

from benchmarks.gate_studio import NAMES, Studio, Tally
from clipbot.domain.plan import Edit
from clipbot.understanding import ClipFacts, Context, understand
from tests.faults import AMOUNTS, Frames
from tests.foreign_changes import WISHES, Wish
from tests.foreign_faults import FAULTS, Order
from tests.foreign_scenes import FOREIGN

GROUPS: Final = ("foreign seen", "foreign aside")
_WORDS: Final = {"slight": "a bit ", "medium": "", "strong": "much "}
_VISIBLE: Final = 0.07
"""Least mean difference, as a share of the footage's contrast, by which something is a fault."""
_HARDLY_CODED: Final = {"other quality": 33}
"""Variants that are made by the encoder alone."""


@cache
def asked(words: str, strength: str) -> Edit:
    """Return what a sentence means."""
    clips = tuple(ClipFacts(number, 3.0 * number - 3, 3.0 * number) for number in range(1, 9))
    plan = understand(f"make clip 3 {_WORDS[strength]}{words}", Context(clips))
    (edit,) = plan.edits
    return edit


def planted(studio: Studio, count: int, seed: int) -> Mapping[str, Tally]:
    """Return what became of planted faults, half of them on what stays aside."""
    found = {name: Tally() for name in GROUPS}
    chance = Random(seed)  # noqa: S311 - cases that can be repeated
    for number in range(count):
        group = GROUPS[number % 2]
        kind = tuple(FAULTS)[number // 2 % len(FAULTS)]
        variant = tuple(FAULTS[kind])[number // 2 // len(FAULTS) % len(FAULTS[kind])]
        while not _tried(studio, found[group], (group, kind, variant), chance):
            pass
    return found


def _tried(studio: Studio, tally: Tally, case: tuple[str, str, str], chance: Random) -> bool:
    """Try a fault on a clip by chance; return whether it is one there."""
    group, kind, variant = case
    name, words = chance.choice(NAMES[group]), chance.choice(tuple(WISHES))
    strength = chance.choice(tuple(AMOUNTS))
    wish = WISHES[words]
    if not fits(kind, variant, name, wish, strength):
        return False
    scene = studio.scene(group, name)
    other = chance.choice([each for each in NAMES[group] if each != name])
    order = Order(
        scene.frames,
        wish,
        chance.choice(wish.ways),
        AMOUNTS[strength],
        studio.scene(group, other).frames if kind == "other_clip" else scene.frames,
    )
    bad = FAULTS[kind][variant](order, chance)
    if kind in {"wrong_direction", "too_much", "other_composition"}:
        should = scene.frames if kind == "wrong_direction" else order.done
        if _difference(bad, should) < _VISIBLE * float(scene.frames[::8].std()):
            return False
    crf = _HARDLY_CODED.get(variant, chance.choice((18, 23, 28)))
    path = studio.clip(bad, scene.rate, "fault", crf=crf, preset="veryfast")
    verdict = studio.verdict(group, name, asked(words, strength), path)
    is_held = verdict.outcome == "failed"
    line = f"{kind} ({variant}): {strength} {words}, {name}: {verdict.sentence}"
    sys.stderr.write(f"{verdict.outcome:8} {group:13} {line}\n")
    tally.add(kind, line, is_held=is_held, is_right=is_held)
    return True


def fits(kind: str, variant: str, name: str, wish: Wish, strength: str) -> bool:
    """Return whether a fault can be one, for this wish and this clip."""
    take = FOREIGN[name]
    if (take.is_grey and wish.needs_colour) or (take.is_still and wish.needs_motion):
        return False
    match kind:
        case "wrong_direction":
            return bool(wish.contrary)
        case "too_much":
            return bool(wish.excess) and not (strength == "strong" and wish.words == "at sunset")
        case "frozen":
            return not take.is_still
        case "other_composition" if variant == "backwards":
            return not (take.is_still or take.is_reversible or wish.needs_motion)
        case _:
            return True


def _difference(one: Frames, other: Frames) -> float:
    """Return the mean difference of every eighth frame, in levels."""
    return float(np.abs(one[::8].astype(np.int16) - other[::8]).mean())


def honest_changes(studio: Studio) -> Tally:
    """Return what became of changes that were done right, each wish on each clip once."""
    tally = Tally()
    chance = Random(5)  # noqa: S311 - cases that can be repeated
    for group, name, wish in _right():
        strength = chance.choice(tuple(AMOUNTS))
        scene = studio.scene(group, name)
        good = wish.ways[0](scene.frames, AMOUNTS[strength])
        path = studio.clip(good, scene.rate, "good", crf=20, preset="veryfast")
        verdict = studio.verdict(group, name, asked(wish.words, strength), path)
        is_held = verdict.outcome == "failed"
        line = f"{strength} {wish.words}, {name}: {verdict.sentence}"
        tally.add(group, line, is_held=is_held, is_right=not is_held)
    return tally


def _right() -> Iterator[tuple[str, str, Wish]]:
    for group in GROUPS:
        for name in NAMES[group]:
            for wish in WISHES.values():
                if fits("good", "", name, wish, ""):
                    yield group, name, wish
