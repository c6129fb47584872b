"""Text cut into words, each knowing where it stood.

The original text is never changed: everything read later points back into it by spans,
so that a plan can quote the person and an instruction keeps their spelling.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?P<clock>[0-9]{1,2}:[0-9]{2}(?![0-9]))"
    r"|(?P<short>\bw/(?:o\b|(?=\s)))"
    r"|(?P<dots>(?<=[0-9])\.{2,3}(?=[0-9])|(?<=[0-9] )\.{2,3}(?= [0-9]))"
    r"|(?P<length>(?!(?:[5-9]0|[0-9]{4})s\b)[0-9]+(?=(?:secs?|s|mins?)\b))"
    r"|(?P<number>[0-9]+)(?:st|nd|rd|th)?(?![^\W_]|\.[0-9])"
    r"|(?P<measure>[0-9]+(?:\.[0-9]+)?[^\W_]*)"
    r"|(?P<word>n't\b|'s\b|[^\W\d_]+?(?='s\b)|[^\W\d_]+(?:'[^\W\d_]+)*)"
    r"|(?P<mark>->|=>|\S)",
    re.IGNORECASE,
)
_APOSTROPHES = str.maketrans("\u2019\u2018\u00b4`", "''''")
_WRITTEN = {"w/o": "without", "w/": "with", "thats": "that", "whats": "what", "wheres": "where"}
"""Short ways to write a word."""
CLIP_MARK = "\u25a2"
"""Word of the stand-in for a mention of clips."""
_MOST_DIGITS = 6
"""Longer numbers are no clip of any video; they are read as the largest of this length."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a mark."""

    word: str
    """In lower case; marks as they are."""
    start: int
    """First character in the text."""
    stop: int
    number: int | None = None
    """Its value, if it is written in digits."""
    is_ordinal: bool = False
    """Whether the digits carry an ending: 3rd."""
    is_mark: bool = False
    is_clock: bool = False


def tokenize(text: str) -> tuple[Token, ...]:
    """Cut a text into tokens; a hyphen inside a word separates and is dropped.

    So is the mark that stands in for clips: nobody may type it.
    """
    found = tuple(_TOKEN.finditer(text.translate(_APOSTROPHES)))
    return tuple(
        _token(match) for match in found if not _is_hyphen(match) and match.group() != CLIP_MARK
    )


def span_text(text: str, tokens: Sequence[Token]) -> str:
    """Return what the person wrote from the first of these tokens to the last."""
    return text[tokens[0].start : tokens[-1].stop] if tokens else ""


def _token(match: re.Match[str]) -> Token:
    word, start, stop = match.group().lower(), match.start(), match.end()
    word = _WRITTEN.get(word, "-" if match["dots"] else word)
    if digits := match["number"] or match["length"]:
        value = int(digits) if len(digits) <= _MOST_DIGITS else 10**_MOST_DIGITS
        return Token(word, start, stop, value, is_ordinal=word != digits)
    return Token(
        word,
        start,
        stop,
        is_mark=bool(match["mark"] or match["dots"]),
        is_clock=bool(match["clock"]),
    )


def _is_hyphen(match: re.Match[str]) -> bool:
    text, start, stop = match.string, match.start(), match.end()
    if match.group() != "-" or not 0 < start < stop < len(text):
        return False
    before, after = text[start - 1], text[stop]
    return (before.isalpha() and after.isalnum()) or (before.isalnum() and after.isalpha())
