"""How much gets past the gate, and how much it holds back for nothing.

    python -m benchmarks.gate [--count 200] [--seed 1] [--looks full] [--set drawn|foreign]

Faults are made by `tests.faults`, which knows nothing of how footage is judged, from footage of
`tests.scenes`: half of the cases on what the limits were chosen by, half on what nothing was
tuned on. `--looks full` also gives every local look in three strengths to eight clips, four of
each kind; what the gate holds back of that is a false alarm. `--set foreign` is another maker of
faults on other footage (`gate_foreign`). JSON on standard output.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any, Final

from benchmarks import gate_foreign
from benchmarks.gate_studio import NAMES, Studio, Tally
from clipbot.domain.plan import Edit, Kind, Operation, Strength
from clipbot.media import looked
from clipbot.media.looks import LOOKS
from clipbot.renderers.wishes import CAN_BE_WISHED, look_for
from tests import faults

COUNT: Final = 200
CAUGHT: Final = 0.95
"""Least share of faults that are caught."""
ALARMS: Final = 0.03
"""Most share of honest footage that is held back."""
STRENGTHS: Final[tuple[Strength, ...]] = ("slight", "medium", "strong")
DRAWN: Final = ("tuned", "held_out")
"""The sets that `tests.faults` makes faults of."""
_ASKED: Final = (
    *("no_op", "wrong_direction", "too_much", "other_clip"),
    *("black", "frozen", "other_composition"),
)
"""The faults that issue 7 names."""


def planted(studio: Studio, count: int, seed: int) -> Mapping[str, Tally]:
    """Return what became of planted faults, by set, and of those that nobody asked for."""
    found = {name: Tally() for name in ("tuned", "held_out", "extra tuned", "extra held_out")}
    chance = Random(seed)  # noqa: S311 - cases that can be repeated
    for number in range(count):
        group = DRAWN[number % 2]
        fault = _ASKED[number // 2 % len(_ASKED)]
        _try(studio, found[group], group, fault, chance)
    for number in range(count // 3):
        group = DRAWN[number % 2]
        fault = faults.EXTRA[number // 2 % len(faults.EXTRA)]
        _try(studio, found[f"extra {group}"], group, fault, chance)
    return found


def _try(studio: Studio, tally: Tally, group: str, fault: str, chance: Random) -> None:
    if fault == "other_composition":
        fault = chance.choice(faults.OTHER_COMPOSITIONS)
    wish = chance.choice([each for each in faults.RIGHT if faults.fits(fault, each)])
    strength = chance.choice(STRENGTHS)
    name = chance.choice(NAMES[group])
    frames, right = studio.scene(group, name).frames, faults.RIGHT[wish]
    amount = faults.AMOUNTS[strength]
    if fault == "other_clip":
        other = chance.choice([each for each in NAMES[group] if each != name])
        bad = faults.other_clip(studio.scene(group, other).frames, frames, right, amount)
    else:
        bad = faults.FAULTS[fault](frames, right, amount, chance)
    path = studio.clip(
        bad, studio.scene(group, name).rate, "fault", crf=chance.choice((14, 18, 23))
    )
    edit = Edit((1,), (Operation(Kind(wish[0]), wish[1], strength),))
    verdict = studio.verdict(group, name, edit, path)
    sys.stderr.write(f"{verdict.outcome:8} {group:8} {fault:15} {strength} {wish[1]} {wish[0]}\n")
    is_held = verdict.outcome == "failed"
    line = f"{fault}: {strength} {wish[1]} {wish[0]} of {name}: {verdict.sentence}"
    tally.add(fault, line, is_held=is_held, is_right=is_held)


def honest(studio: Studio, every: int = 1, groups: Sequence[str] = DRAWN) -> Tally:
    """Return what became of local looks.

    Args:
        studio: Where clips are made.
        every: Of how many cases one is tried.
        groups: Sets of footage; four clips of each.
    """
    tally = Tally()
    for number, (group, name, wish, look) in enumerate(_looks(groups)):
        if number % every:
            continue
        source, _ = studio.original(group, name)
        path = studio.folder / "look.mp4"
        looked.render(source, path, looks=[(look, wish.strength)], cache=studio.folder)
        verdict = studio.verdict(group, name, Edit((1,), (wish,)), path)
        is_held = verdict.outcome == "failed"
        line = f"{wish.strength} {look} of {name}: {verdict.sentence}"
        tally.add(f"{group} {wish.strength}", line, is_held=is_held, is_right=not is_held)
    return tally


def honest_changes(studio: Studio) -> Tally:
    """Return what became of changes that were done right, in plain arithmetic."""
    tally = Tally()
    for group in DRAWN:
        for number, name in enumerate(NAMES[group]):
            for place, (wish, right) in enumerate(faults.RIGHT.items()):
                strength = STRENGTHS[(number + place) % 3]
                scene = studio.scene(group, name)
                good = right(scene.frames, faults.AMOUNTS[strength])
                path = studio.clip(good, scene.rate, "good", crf=18)
                op = Operation(Kind(wish[0]), wish[1], strength)
                verdict = studio.verdict(group, name, Edit((1,), (op,)), path)
                is_held = verdict.outcome == "failed"
                line = f"{strength} {wish} of {name}: {verdict.sentence}"
                tally.add(group, line, is_held=is_held, is_right=not is_held)
    return tally


def _looks(groups: Sequence[str]) -> Iterator[tuple[str, str, Operation, str]]:
    """Yield every look once per strength and clip, with the wish that it carries out."""
    wishes: dict[str, tuple[Kind, str]] = {}
    for wish in CAN_BE_WISHED:
        wishes.setdefault(look_for(Operation(*wish)) or "", wish)
    assert set(wishes) == set(LOOKS)  # noqa: S101 - a look that nobody can wish is a mistake
    clips = [
        (group, name)
        for group in groups
        for name in NAMES[group][:: 3 if group.startswith("foreign") else 2][:4]
    ]
    for look, (kind, direction) in wishes.items():
        for strength in STRENGTHS:
            for group, name in clips:
                yield group, name, Operation(kind, direction, strength), look


def main() -> int:
    """Print the report; return whether a bar was missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--looks", choices=("none", "some", "full"), default="full")
    parser.add_argument("--set", choices=("drawn", "foreign"), default="drawn")
    args = parser.parse_args()
    is_foreign = args.set == "foreign"
    with tempfile.TemporaryDirectory(prefix="clipbot-gate-") as folder:
        studio = Studio(Path(folder))
        maker = gate_foreign.planted if is_foreign else planted
        found = maker(studio, args.count, args.seed)
        report: dict[str, Any] = {name: tally.table() for name, tally in found.items()}
        changes = (gate_foreign.honest_changes if is_foreign else honest_changes)(studio)
        report["right changes"] = changes.table()
        looks = Tally()
        if args.looks != "none":
            groups = gate_foreign.GROUPS if is_foreign else DRAWN
            looks = honest(studio, every=1 if args.looks == "full" else 23, groups=groups)
            report["local looks"] = looks.table()
    json.dump(report, sys.stdout, indent=2)
    sys.stdout.write("\n")
    asked = [tally for name, tally in found.items() if not name.startswith("extra")]
    is_open = any(tally.share() < CAUGHT for tally in asked)
    return int(is_open or looks.share() > ALARMS)


if __name__ == "__main__":
    sys.exit(main())
