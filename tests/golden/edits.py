"""Thirty edits of the sample's clips, and the prompts that the offline writer makes of them.

One file per edit lies in `prompts/`: what was said, what it was understood as, the prompt
before and after, and how much may change. After a change of the writer, write them again

    python -m tests.golden.edits

and read every one that differs: good English, and nothing lost that should have stayed.
"""

import json
import re
import sys
from functools import cache
from pathlib import Path

from clipbot.domain.plan import Edit
from clipbot.domain.temperature import band
from clipbot.domain.wording import phrases
from clipbot.language.base import PromptRequest
from clipbot.language.offline import OfflineWriter
from clipbot.understanding import ClipFacts, Context, understand

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent / "prompts"

EDITS: tuple[tuple[int, str], ...] = (
    (2, "make it nighttime"),
    (2, "make it nighttime, keep the lanterns"),
    (4, "turn it into a sunset"),
    (3, "make it foggy"),
    (1, "make it daytime"),
    (6, "a bit brighter please"),
    (7, "make it much darker"),
    (8, "warmer colours"),
    (5, "cooler colours, but keep the lantern warm"),
    (4, "make it snow"),
    (2, "make it stormy"),
    (3, "add more motion"),
    (6, "make it calm and still"),
    (1, "zoom in"),
    (7, "remove the smoke"),
    (2, "take the sailing boat out"),
    (3, "add a deer on the path"),
    (6, "add a black cat, keep the neon signs"),
    (4, "give the traveller a red coat"),
    (5, "change the background to a snowy field"),
    (1, "make it black and white"),
    (6, "give it a vintage look"),
    (7, "remove the smoke, keep everything else"),
    (8, "start over completely"),
    (2, "make it dramatic and rainy"),
    (3, "dreamy, but keep the path"),
    (5, "slow motion"),
    (6, "make the lanterns blue"),
    (8, "less contrast and a softer picture"),
    (4, "make it dawn and add a herd of camels"),
)
"""Clip number, from 1, and what somebody says with that clip selected."""


@cache
def prompts() -> dict[int, str]:
    """Return the sample's prompts by clip number."""
    rows = json.loads((ROOT / "assets" / "sample" / "rows.json").read_text(encoding="utf-8"))
    stages = {row["stage_name"]: row["metadata"] for row in rows["rows"]["job_stages"]}
    made = stages["prompt_generator"]["clip_prompts"]["clip_prompts"]
    return {each["clip_index"] + 1: each["prompt"] for each in made}


def edit(number: int, text: str) -> Edit:
    """Return the one edit that a sentence means."""
    clips = tuple(ClipFacts(each, prompt=prompt) for each, prompt in prompts().items())
    (found,) = understand(text, Context(clips, selected=(number,))).edits
    return found


def golden(number: int, text: str) -> str:
    """Return the content of an edit's file."""
    found = edit(number, text)
    before = prompts()[number]
    after = OfflineWriter().rewrite(PromptRequest(found, before))
    kept = f"; keeps {', '.join(found.keep)}" if found.keep else ""
    return (
        f"Clip {number}: {text}\n"
        f"Understood: {phrases(found.ops)}{kept}\n"
        f"Temperature: {after.temperature} ({band(after.temperature)})\n"
        f"Reasoning: {after.reasoning}\n\n"
        f"Before:\n{before}\n\n"
        f"After:\n{after.prompt}\n"
    )


def path(place: int) -> Path:
    """Return the file of an edit by its place in the list, from 0."""
    number, text = EDITS[place]
    slug = "-".join(re.findall(r"[a-z]+", text.lower()))
    return FOLDER / f"{place + 1:02d}-clip-{number}-{slug}.txt"


def write() -> None:
    """Write all files again."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.txt"):
        old.unlink()
    for place, (number, text) in enumerate(EDITS):
        path(place).write_text(golden(number, text), encoding="utf-8")
    sys.stderr.write(f"{len(EDITS)} prompts written to {FOLDER.relative_to(ROOT)}\n")


if __name__ == "__main__":
    write()
