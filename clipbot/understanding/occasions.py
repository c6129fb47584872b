"""What asks for nothing that an edit does: good wishes, and clips that are to last longer."""

from collections.abc import Sequence

from clipbot.understanding import words
from clipbot.understanding.found import word_set
from clipbot.understanding.phrases import phrase_set
from clipbot.understanding.tokens import Token
from clipbot.understanding.vocabulary import OPERATIONS

_FEAST = phrase_set(
    """
    happy new year, happy birthday, merry christmas, happy christmas, happy easter, happy holidays,
    happy friday, happy monday, happy weekend, happy halloween, happy valentine's day, happy sunday,
    happy anniversary, congratulations, congrats, bon voyage, season 's greetings, happy hanukkah
    """
)
_GREETED = words.CHATTER | {",", "!", ".", "and", "year", "old", "new", "eve"}
_LASTING = word_set("longer shorter lengthen shorten extend extended trim prolong stretch")
_TIMES = word_set("second seconds sec secs frames frame minute minutes beat beats bars")


def is_greeting(tokens: Sequence[Token]) -> bool:
    """Whether there are good wishes and nothing else: "happy new year!"."""
    found = _FEAST.first(tokens)
    return found is not None and _GREETED.issuperset(
        token.word for token in (*tokens[: found[0]], *tokens[found[2] :])
    )


def is_of_length(tokens: Sequence[Token]) -> bool:
    """Whether a clip is to last longer or shorter, which no edit does: "two seconds longer"."""
    row = {token.word for token in tokens}
    is_plain = not row.isdisjoint({"longer", "shorter"}) and not any(
        words.is_foreign(token) and token.word not in _LASTING for token in tokens
    )
    is_plain &= not row.isdisjoint({"make", "should"}) and OPERATIONS.first(tokens) is None
    return is_plain or not (row.isdisjoint(_LASTING) or row.isdisjoint(_TIMES))
