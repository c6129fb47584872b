"""What was asked and done, in a few words: no model is needed for it.

The newest things matter most, so where there is too much the oldest are left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_CHARACTERS = 600
_MOST_OF_ONE = 90
_LEFT_OUT = "…"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a person asked for."""

    asked: str
    """In their words."""
    outcome: str
    """What came of it, in a few words: "done"."""


def summary(said: Sequence[Said]) -> str:
    """Return one line about what was said, oldest first, in at most 600 characters."""
    parts = [f"“{_shortened(one.asked)}” ({one.outcome})" for one in said]
    kept: list[str] = []
    for part in reversed(parts):
        if len("; ".join([_LEFT_OUT, part, *kept])) > MOST_CHARACTERS:
            return "; ".join([_LEFT_OUT, *kept])
        kept.insert(0, part)
    return "; ".join(kept)


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _MOST_OF_ONE else f"{words[: _MOST_OF_ONE - 1].rstrip()}…"
