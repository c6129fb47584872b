"""How long something is to last, in words: "one second", "half a second", "0.5s", "500 ms"."""

import re
from collections.abc import Sequence

from clipbot.understanding import words
from clipbot.understanding.found import word_at, word_set
from clipbot.understanding.numbers import cardinal
from clipbot.understanding.tokens import Token

_UNITS = dict.fromkeys(word_set("second seconds sec secs s"), 1.0)
_UNITS |= dict.fromkeys(word_set("millisecond milliseconds ms"), 0.001)
_IN_ONE = re.compile(r"([0-9]+(?:\.[0-9]+)?)(s|secs?|ms|)", re.ASCII)
_PARTS = {"half": 0.5, "quarter": 0.25}


def length_at(tokens: Sequence[Token], index: int) -> tuple[float, int] | None:
    """Return the length in seconds that stands at a token, and where it ends."""
    told = _part(tokens, index) or _counted(tokens, index)
    if told is None or word_at(tokens, told[1]) in words.CLIP_NOUNS:
        return None
    seconds, stop = told
    row = [token.word for token in tokens[stop : stop + 3]]
    if row[:3] == ["and", "a", "half"]:
        seconds, stop = seconds + 0.5, stop + 3
    return seconds, stop + (word_at(tokens, stop) in {"long", "each"})


def _part(tokens: Sequence[Token], index: int) -> tuple[float, int] | None:
    """Read "half a second", "a quarter of a second", "half second"."""
    at = index + (word_at(tokens, index) == "a")
    share = _PARTS.get(word_at(tokens, at))
    if share is None:
        return None
    at += 1
    while word_at(tokens, at) in {"of", "a"}:
        at += 1
    return (share, at + 1) if word_at(tokens, at) == "second" else None


def _counted(tokens: Sequence[Token], index: int) -> tuple[float, int] | None:
    """Read "one second", "1.5 s", "two and a half seconds", "500ms", "a second"."""
    word = word_at(tokens, index)
    if word == "a":
        return (1.0, index + 2) if word_at(tokens, index + 1) == "second" else None
    whole = _IN_ONE.fullmatch(word)
    if whole and whole[2]:
        return float(whole[1]) * _UNITS[whole[2]], index + 1
    number = cardinal(tokens, index)
    if number is None and whole is None:
        return None
    value, at = number or (float(word), index + 1)
    has_half = [token.word for token in tokens[at : at + 3]] == ["and", "a", "half"]
    value, at = (value + 0.5, at + 3) if has_half else (value, at)
    unit = _UNITS.get(word_at(tokens, at))
    return None if unit is None else (value * unit, at + 1)
