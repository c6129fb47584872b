"""What the readers of a piece share: a hit of the vocabulary, and how far a refusal reaches."""

from collections.abc import Sequence
from dataclasses import dataclass

from clipbot.domain.plan import Operation
from clipbot.understanding import words
from clipbot.understanding.tokens import Token
from clipbot.understanding.vocabulary import DOWN, OPERATIONS, QUANTITIES, UP

_INTERJECTION = 3
"""Words behind a "no" at the start from which on it answers rather than refuses."""
_WONDERING = frozenset({"shouldn't", "couldn't", "can't", "cant", "wouldn't", "won't", "isn't"})
"""What begins a wish that is put as a question: "shouldn't clip 2 be brighter?"."""
_NEW_START = frozenset({"just", "only", "instead", "rather"})
REACH = 16


@dataclass(frozen=True, slots=True)
class Hit:
    """One phrase of the vocabulary in a piece."""

    start: int
    stop: int
    op: Operation | None
    """What it asks for; None where the wording refuses it."""
    is_fault: bool = False
    """Whether it was only said how things are."""


def is_thing(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word that nothing here knows stands at `index`."""
    if index >= len(tokens) or not words.is_foreign(tokens[index]):
        return False
    return not any(book.at(tokens, index) for book in (OPERATIONS, QUANTITIES, UP, DOWN))


def around(tokens: Sequence[Token], index: int) -> tuple[Sequence[Token], int]:
    """Return the tokens near a hit, and where it is among them; a refusal reaches no farther."""
    start = max(0, index - REACH)
    return tokens[start : index + REACH], index - start


def refusal_before(before: Sequence[str]) -> int | None:
    """Return where the negation is that reaches a word behind `before`."""
    for index in range(len(before) - 1, -1, -1):
        if before[index] in _NEW_START:
            return None
        if before[index] in words.NEGATIONS:
            is_asked = index == 0 and before[0] in _WONDERING and before[1:2] != []
            if is_asked or (index and before[index - 1] == "why"):
                return None
            is_interjection = before[index] == "no" and index == 0 and len(before) > _INTERJECTION
            return None if is_interjection else index
    return None
