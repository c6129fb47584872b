"""Measures of a wish that are told as things: "a whisper of fog", "a lick of warmth"."""

from collections.abc import Sequence

from clipbot.understanding import words
from clipbot.understanding.found import word_at
from clipbot.understanding.tokens import Token
from clipbot.understanding.vocabulary import OPERATIONS, QUANTITIES

_ENDING = words.POLITE | frozenset({"in", "on", "to", "for", "over", "and", "there", "here", "at"})
_HOLDING = words.PLACES | words.BACKDROPS


def without_servings(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return tokens with "a whisper of fog" said as "fog", where fog is all that is served."""
    for at in range(len(tokens) - 3):
        if tokens[at].word not in {"a", "an", "another"} or word_at(tokens, at + 2) != "of":
            continue
        what = tokens[at + 1]
        found = OPERATIONS.at(tokens, at + 3) or QUANTITIES.at(tokens, at + 3)
        if found is None or not words.is_foreign(what) or what.word in _HOLDING:
            continue
        is_end = found[1] == len(tokens) or tokens[found[1]].is_mark
        if is_end or tokens[found[1]].word in _ENDING:
            return (*tokens[:at], *tokens[at + 3 :])
    return tokens
