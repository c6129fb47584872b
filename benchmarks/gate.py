"""How much gets past the gate, and how much it holds back for nothing.

    python -m benchmarks.gate [--count 200] [--seed 1] [--looks full]

Faults are made by `tests.faults`, which knows nothing of how footage is judged, from footage of
`tests.scenes`: half of the cases on what the limits were chosen by, half on what nothing was
tuned on. `--looks full` also gives every local look in three strengths to eight clips, four of
each kind; what the gate holds back of that is a false alarm. JSON on standard output.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from clipbot.domain.claims import another_clip, claims_for, judge
from clipbot.domain.plan import Edit, Kind, Operation, Strength
from clipbot.domain.staying import staying_for
from clipbot.domain.verdicts import Verdict
from clipbot.media import ffmpeg, looked
from clipbot.media.looks import LOOKS
from clipbot.media.measure import Survey, survey
from clipbot.media.signature import likeness, shown_instead
from clipbot.renderers.wishes import CAN_BE_WISHED, look_for
from tests import faults, scenes
from tests.faults import Frames

COUNT: Final = 200
CAUGHT: Final = 0.95
"""Least share of faults that are caught."""
ALARMS: Final = 0.03
"""Most share of honest footage that is held back."""
STRENGTHS: Final[tuple[Strength, ...]] = ("slight", "medium", "strong")
_ASKED: Final = (
    *("no_op", "wrong_direction", "too_much", "other_clip"),
    *("black", "frozen", "other_composition"),
)
"""The faults that issue 7 names."""


@dataclass(slots=True)
class Tally:
    """What was tried, and what of it was held back."""

    tried: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    others: list[str] = field(default_factory=list)
    """Faults that got through, or honest footage that did not, a line each."""

    def share(self) -> float:
        """Return the share of what was held back."""
        return self.held.total() / max(1, self.tried.total())

    def table(self) -> dict[str, Any]:
        """Return it as it is printed."""
        each = {name: f"{self.held[name]}/{self.tried[name]}" for name in sorted(self.tried)}
        return {"held_back": round(self.share(), 4), "of": each, "otherwise": self.others}


@dataclass(frozen=True, slots=True)
class Studio:
    """Makes clips of frames, and judges them."""

    folder: Path

    def clip(self, frames: Frames, rate: object, name: str, crf: int = 16) -> Path:
        """Write frames as a clip."""
        path = self.folder / f"{name}.mp4"
        height, width = frames.shape[1:3]
        raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}", "-r", str(rate)]
        coded = ["-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"]
        coded += ["-colorspace", "bt709", "-color_range", "tv", "-c:v", "libx264"]
        coded += ["-preset", "ultrafast", "-crf", str(crf), "-g", "24"]
        command = [ffmpeg.executable(), "-v", "error", "-y", *raw, "-i", "-", *coded, str(path)]
        subprocess.run(command, input=frames.tobytes(), check=True, timeout=120)
        return path

    def original(self, group: str, name: str) -> tuple[Path, Survey]:
        """Return a scene as a clip, with its measures."""
        return _original(self, group, name)

    def verdict(self, group: str, name: str, wish: Operation, path: Path) -> Verdict:
        """Judge a clip that was made of a scene."""
        _, before = self.original(group, name)
        after = survey(path, moments=[float(time) for time in before.signature.times])
        found = likeness(before.signature, after.signature)
        others = {
            index: self.original(group, other)[1].signature
            for index, other in enumerate(_names(group))
            if other != name
        }
        edit = Edit((1,), (wish,))
        shows = shown_instead(after.signature, found.composition, others)
        wrong = [another_clip(shows)] if shows is not None else []
        return judge(
            claims_for(edit.ops), before.measures, after.measures, staying_for(edit), found, wrong
        )


@cache
def _original(studio: Studio, group: str, name: str) -> tuple[Path, Survey]:
    scene = _scene(group, name)
    path = studio.clip(scene.frames, scene.rate, f"{group}-{_names(group).index(name)}")
    return path, survey(path)


def _names(group: str) -> tuple[str, ...]:
    return scenes.TUNED if group == "tuned" else tuple(scenes.HELD_OUT)


def _scene(group: str, name: str) -> scenes.Scene:
    return scenes.tuned(name) if group == "tuned" else scenes.held_out(name)


def planted(studio: Studio, count: int, seed: int) -> Mapping[str, Tally]:
    """Return what became of planted faults, by set, and of those that nobody asked for."""
    found = {name: Tally() for name in ("tuned", "held_out", "extra tuned", "extra held_out")}
    chance = Random(seed)  # noqa: S311 - cases that can be repeated
    for number in range(count):
        group = ("tuned", "held_out")[number % 2]
        fault = _ASKED[number // 2 % len(_ASKED)]
        _try(studio, found[group], group, fault, chance)
    for number in range(count // 3):
        group = ("tuned", "held_out")[number % 2]
        fault = faults.EXTRA[number // 2 % len(faults.EXTRA)]
        _try(studio, found[f"extra {group}"], group, fault, chance)
    return found


def _try(studio: Studio, tally: Tally, group: str, fault: str, chance: Random) -> None:
    if fault == "other_composition":
        fault = chance.choice(faults.OTHER_COMPOSITIONS)
    wish = chance.choice([each for each in faults.RIGHT if faults.fits(fault, each)])
    strength = chance.choice(STRENGTHS)
    name = chance.choice(_names(group))
    frames, right = _scene(group, name).frames, faults.RIGHT[wish]
    amount = faults.AMOUNTS[strength]
    if fault == "other_clip":
        other = chance.choice([each for each in _names(group) if each != name])
        bad = faults.other_clip(_scene(group, other).frames, frames, right, amount)
    else:
        bad = faults.FAULTS[fault](frames, right, amount, chance)
    path = studio.clip(bad, _scene(group, name).rate, "fault", crf=chance.choice((14, 18, 23)))
    verdict = studio.verdict(group, name, Operation(Kind(wish[0]), wish[1], strength), path)
    sys.stderr.write(f"{verdict.outcome:8} {group:8} {fault:15} {strength} {wish[1]} {wish[0]}\n")
    tally.tried[fault] += 1
    tally.held[fault] += verdict.outcome == "failed"
    if verdict.outcome != "failed":
        tally.others.append(
            f"{fault}: {strength} {wish[1]} {wish[0]} of {name}: {verdict.sentence}"
        )


def honest(studio: Studio, every: int = 1) -> Tally:
    """Return what became of local looks.

    Args:
        studio: Where clips are made.
        every: Of how many cases one is tried.
    """
    tally = Tally()
    for number, (group, name, wish, look) in enumerate(_looks()):
        if number % every:
            continue
        source, _ = studio.original(group, name)
        path = studio.folder / "look.mp4"
        looked.render(source, path, looks=[(look, wish.strength)], cache=studio.folder)
        verdict = studio.verdict(group, name, wish, path)
        key = f"{group} {wish.strength}"
        tally.tried[key] += 1
        tally.held[key] += verdict.outcome == "failed"
        if verdict.outcome == "failed":
            tally.others.append(f"{wish.strength} {look} of {name}: {verdict.sentence}")
    return tally


def honest_changes(studio: Studio) -> Tally:
    """Return what became of changes that were done right, in plain arithmetic."""
    tally = Tally()
    for group in ("tuned", "held_out"):
        for number, name in enumerate(_names(group)):
            for place, (wish, right) in enumerate(faults.RIGHT.items()):
                strength = STRENGTHS[(number + place) % 3]
                scene = _scene(group, name)
                good = right(scene.frames, faults.AMOUNTS[strength])
                path = studio.clip(good, scene.rate, "good", crf=18)
                op = Operation(Kind(wish[0]), wish[1], strength)
                verdict = studio.verdict(group, name, op, path)
                tally.tried[group] += 1
                tally.held[group] += verdict.outcome == "failed"
                if verdict.outcome == "failed":
                    tally.others.append(f"{strength} {wish} of {name}: {verdict.sentence}")
    return tally


def _looks() -> Iterator[tuple[str, str, Operation, str]]:
    """Yield every look once per strength and clip, with the wish that it carries out."""
    wishes: dict[str, tuple[Kind, str]] = {}
    for wish in CAN_BE_WISHED:
        wishes.setdefault(look_for(Operation(*wish)) or "", wish)
    assert set(wishes) == set(LOOKS)  # noqa: S101 - a look that nobody can wish is a mistake
    clips = [("tuned", name) for name in scenes.TUNED[:8:2]]
    clips += [("held_out", name) for name in tuple(scenes.HELD_OUT)[:8:2]]
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
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="clipbot-gate-") as folder:
        studio = Studio(Path(folder))
        found = planted(studio, args.count, args.seed)
        report: dict[str, Any] = {name: tally.table() for name, tally in found.items()}
        changes = honest_changes(studio)
        report["right changes"] = changes.table()
        looks = Tally()
        if args.looks != "none":
            looks = honest(studio, every=1 if args.looks == "full" else 23)
            report["local looks"] = looks.table()
    json.dump(report, sys.stdout, indent=2)
    sys.stdout.write("\n")
    is_open = any(found[name].share() < CAUGHT for name in ("tuned", "held_out"))
    return int(is_open or looks.share() > ALARMS)


if __name__ == "__main__":
    sys.exit(main())
