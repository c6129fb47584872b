"""What a reader of clip names found."""

from collections.abc import Sequence
from dataclasses import dataclass

from clipbot.domain.plan import Operation
from clipbot.understanding.tokens import Token

_FARTHEST = 12
"""More filling words in a row are no sentence; a bound keeps reading linear."""


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Found:
    """Clips, or the name of what the video does not have, up to a token."""

    stop: int
    clips: tuple[int, ...]
    missing: tuple[str, ...] = ()
    is_vague: bool = False
    """Whether it could also mean no clips: "at the beginning"."""
    remedy: Operation | None = None
    """What mends the quality that they were named by: "anything too bright"."""


def skipped(tokens: Sequence[Token], index: int, skip: frozenset[str] | set[str]) -> int:
    """Return the first index, from `index` on, whose word is not to be skipped."""
    end = min(len(tokens), index + _FARTHEST)
    while index < end and tokens[index].word in skip:
        index += 1
    return index


def word_at(tokens: Sequence[Token], index: int) -> str:
    """Return the word at an index, empty behind the end."""
    return tokens[index].word if index < len(tokens) else ""
