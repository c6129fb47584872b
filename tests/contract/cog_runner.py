"""The model of the real cog server in these tests: our own looks, ordered by words.

Run by cog in a process of its own, never imported by a test. Words of the prompt make it
do other things than render: `fail`, or `wait` until it is cancelled.
"""

import sys
import time
from pathlib import Path as File
from tempfile import mkdtemp

from cog import BaseRunner, Input, Path

from clipbot.domain.plan import Strength
from clipbot.media import looked
from clipbot.media.probe import probe

MEDIUM: Strength = "medium"
WORDS = ("brighter", "darker")


class Runner(BaseRunner):  # type: ignore[misc]
    """Applies the looks that the prompt names to the video."""

    def run(
        self,
        prompt: str = Input(description="What to show"),
        video: Path = Input(description="The clip as it is"),
        seed: int = Input(default=0, ge=0, le=65535),
        aspect_ratio: str = Input(default="16:9", choices=["16:9", "9:16"]),
    ) -> Path:
        print(f"seed {seed}, {aspect_ratio}")
        if "fail" in prompt:
            raise ValueError(f"the model has no idea of {prompt!r}, says /src/weights/model.bin")
        while "wait" in prompt:
            print("42%|####      | 42/100", file=sys.stderr, flush=True)
            time.sleep(0.05)
        frames, folder = probe(File(video)).frames, File(mkdtemp())
        looks = tuple((word, MEDIUM) for word in WORDS if word in prompt)

        def count(done: int) -> None:
            print(f"{100 * done // frames}%|  | {done}/{frames}", file=sys.stderr, flush=True)

        rendered = folder / "out.mp4"
        looked.render(File(video), rendered, looks=looks, on_frames=count, cache=folder)
        return Path(rendered)
