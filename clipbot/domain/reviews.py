"""What a review says: what people think of an edit, and what it did to a prompt, word by word."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from typing import Final, Literal

MOST_NOTE: Final = 2_000
"""Characters of a reviewer's note."""
_MOST_WORDS: Final = 600
"""In a prompt that is compared word by word; a longer one is shown as taken out and put in."""
_WORD: Final = re.compile(r"\s*(?:\w+(?:['\u2019-]\w+)*|[^\w\s])|\s+$")


class Mark(StrEnum):
    """What a reviewer says of an edit."""

    ACCEPT = "accept"
    REJECT = "reject"
    NONE = "none"
    """Nothing, or nothing any more; there may be a note all the same."""


class Judged(StrEnum):
    """What the gate said of an edit."""

    PASSED = "passed"
    FAILED = "failed"
    NO_CLAIM = "no_claim"
    NONE = "none"
    """There is no version that it looked at; what the pipeline made it never saw."""


Kind = Literal["same", "out", "in"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand in a row in a prompt, and what became of them."""

    kind: Kind
    """`same`: in both prompts; `out`: in the old one alone; `in`: in the new one alone."""
    text: str


@lru_cache(maxsize=1_024)
def runs(old: str, new: str) -> tuple[Run, ...]:
    """Return two prompts as one text of words that stayed, were taken out, were put in.

    Returns:
        In reading order. Without what was put in it is the old prompt, without what was
        taken out the new one, but for the spaces between words. Empty runs are left out.
    """
    before, after = _words(old), _words(new)
    if max(len(before), len(after)) > _MOST_WORDS:
        return _joined([("same", old)] if old == new else [("out", old), ("in", new)])
    matcher = SequenceMatcher(
        a=[word.strip() for word in before], b=[word.strip() for word in after], autojunk=False
    )
    return _joined(_stretches(matcher, before, after))


def _stretches(
    matcher: SequenceMatcher[str], before: Sequence[str], after: Sequence[str]
) -> Iterator[tuple[Kind, str]]:
    for tag, start, stop, new_start, new_stop in matcher.get_opcodes():
        if tag == "equal":
            yield "same", "".join(after[new_start:new_stop])
        else:
            yield "out", "".join(before[start:stop])
            yield "in", "".join(after[new_start:new_stop])


def _joined(stretches: Iterable[tuple[Kind, str]]) -> tuple[Run, ...]:
    return tuple(Run(kind, text) for kind, text in stretches if text)


def _words(text: str) -> list[str]:
    """Cut a text into words and marks, each with the space before it."""
    return _WORD.findall(text)
