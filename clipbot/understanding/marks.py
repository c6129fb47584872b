"""A stretch of the text that meant something."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from clipbot.understanding.found import word_set
from clipbot.understanding.tokens import CLIP_MARK, Token

_LOOSE = word_set("in on for to of at with from and but the a is be should must please pls too")


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters of the text, and what they mean in a few words for people."""

    start: int
    stop: int
    means: str
    is_wish: bool = False
    """Whether it says what is to change, rather than where or how much."""


def runs(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield the tokens that stand together: no mention of clips, no loose words around."""
    for is_clip, group in groupby(tokens, key=lambda token: token.word == CLIP_MARK):
        row = [] if is_clip else list(group)
        while row and (row[-1].word in _LOOSE or row[-1].is_mark):
            row.pop()
        while row and (row[0].word in _LOOSE or row[0].is_mark):
            row.pop(0)
        if row:
            yield row


def marks_of(tokens: Sequence[Token], means: str) -> tuple[Mark, ...]:
    """Return a mark for all tokens that stand together."""
    return tuple(Mark(row[0].start, row[-1].stop, means, is_wish=True) for row in runs(tokens))
