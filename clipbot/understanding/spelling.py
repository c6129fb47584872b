"""Two neighbouring letters swapped by quick fingers: "brihgter", "nigth".

Only towards words of the closed vocabulary, only in words that mean nothing else to us,
and only this slip: it is the common one that turns no English word into another.
"""

from collections.abc import Sequence
from dataclasses import replace

from clipbot.understanding import words
from clipbot.understanding.tokens import Token
from clipbot.understanding.vocabulary import OPERATIONS, QUANTITIES

_SHORTEST = 5
_KNOWN = frozenset(
    word
    for word in {*OPERATIONS.words, *QUANTITIES.words, *words.SECTIONS}
    if len(word) >= _SHORTEST
)


def corrected(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return the tokens with swapped letters put right; their spans stay."""
    return tuple(_corrected(token) for token in tokens)


def _corrected(token: Token) -> Token:
    word = token.word
    if len(word) < _SHORTEST or word in _KNOWN or not words.is_foreign(token):
        return token
    for at in range(len(word) - 1):
        swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        if swapped in _KNOWN:
            return replace(token, word=swapped)
    return token
