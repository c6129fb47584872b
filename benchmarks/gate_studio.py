"""Where clips are made and judged as the product would, and what became of them is counted."""

import subprocess
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Final

import av
import numpy as np

from clipbot.domain.claims import another_clip, claims_for, judge
from clipbot.domain.plan import Edit
from clipbot.domain.staying import staying_for
from clipbot.domain.verdicts import Verdict
from clipbot.media import ffmpeg
from clipbot.media.measure import Survey, survey
from clipbot.media.signature import likeness, shown_instead
from tests import foreign_scenes, scenes
from tests.faults import Frames

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "tuned": scenes.TUNED,
    "held_out": tuple(scenes.HELD_OUT),
    "foreign seen": foreign_scenes.SEEN,
    "foreign aside": foreign_scenes.ASIDE,
}
"""Of the clips of each set."""


@dataclass(slots=True)
class Tally:
    """What was tried, and what of it was held back."""

    tried: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    others: list[str] = field(default_factory=list)
    """Faults that got through, or honest footage that did not, a line each."""

    def add(self, name: str, line: str, *, is_held: bool, is_right: bool) -> None:
        """Count a case, and keep its line where the gate was wrong."""
        self.tried[name] += 1
        self.held[name] += is_held
        if not is_right:
            self.others.append(line)

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

    def clip(
        self, frames: Frames, rate: object, name: str, crf: int = 16, preset: str = "ultrafast"
    ) -> Path:
        """Write frames as a clip."""
        path = self.folder / f"{name}.mp4"
        height, width = frames.shape[1:3]
        raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}", "-r", str(rate)]
        coded = ["-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"]
        coded += ["-colorspace", "bt709", "-color_range", "tv", "-c:v", "libx264"]
        coded += ["-preset", preset, "-crf", str(crf), "-g", "24"]
        command = [ffmpeg.executable(), "-v", "error", "-y", *raw, "-i", "-", *coded, str(path)]
        subprocess.run(command, input=frames.tobytes(), check=True, timeout=120)
        return path

    def scene(self, group: str, name: str) -> scenes.Scene:
        """Return the frames of a clip; of foreign ones, as they come out of its file."""
        if group == "tuned":
            return scenes.tuned(name)
        if group == "held_out":
            return scenes.held_out(name)
        path, _ = self.original(group, name)
        return _decoded(path, foreign_scenes.FOREIGN[name].rate)

    def original(self, group: str, name: str) -> tuple[Path, Survey]:
        """Return a scene as a clip, with its measures."""
        return _original(self, group, name)

    def verdict(self, group: str, name: str, edit: Edit, path: Path) -> Verdict:
        """Judge a clip that was made of a scene."""
        _, before = self.original(group, name)
        after = survey(path, moments=[float(time) for time in before.signature.times])
        found = likeness(before.signature, after.signature)
        others = {
            index: self.original(group, other)[1].signature
            for index, other in enumerate(NAMES[group])
            if other != name
        }
        shows = shown_instead(after.signature, found.composition, others)
        wrong = [another_clip(shows)] if shows is not None else []
        return judge(
            claims_for(edit.ops), before.measures, after.measures, staying_for(edit), found, wrong
        )


@cache
def _original(studio: Studio, group: str, name: str) -> tuple[Path, Survey]:
    file = f"{group}-{NAMES[group].index(name)}".replace(" ", "-")
    if group.startswith("foreign"):
        take = foreign_scenes.FOREIGN[name]
        path = studio.clip(take.shoot(), take.rate, file, take.crf, "medium")
    else:
        scene = studio.scene(group, name)
        path = studio.clip(scene.frames, scene.rate, file)
    return path, survey(path)


@cache
def _decoded(path: Path, rate: Fraction) -> scenes.Scene:
    with av.open(str(path)) as container:
        frames = [
            frame.reformat(format="rgb24", src_colorspace="ITU709").to_ndarray()
            for frame in container.decode(video=0)
        ]
    return scenes.Scene(np.array(frames, np.uint8), rate)
