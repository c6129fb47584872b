"""Clips from one place on, up to another, or beside one: "up to clip 4", "after this one"."""

from collections.abc import Sequence

from clipbot.understanding import words
from clipbot.understanding.context import Context
from clipbot.understanding.found import Found, skipped, word_at
from clipbot.understanding.numbers import cardinal
from clipbot.understanding.sections import section_at
from clipbot.understanding.tokens import Token

_OPENERS = frozenset({"the", "everything", "all", "every", "clips", "shots", "scenes"})
_EDGES = frozenset({"the", "start", "beginning", "end", "of"})
_TO = frozenset({"to", "till", "until", "through"})
_NEAR = frozenset({"right", "just", "directly", "immediately", "coming"})
_BESIDE = {"after": 1, "following": 1, "before": -1, "preceding": -1}


def span_at(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read clips named by a place to start or stop at."""
    at = skipped(tokens, index, _OPENERS)
    for read in (_up_to, _from, _neighbour):
        if found := read(tokens, at, context):
            return found
    return _beyond(tokens, at, context) if at > index else None


def _up_to(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "up to and including clip 4", "up to the bridge"."""
    if word_at(tokens, index) != "up" or word_at(tokens, index + 1) not in _TO:
        return None
    at = skipped(tokens, index + 2, {"and", "including", "the", "end", "of"})
    last = _place(tokens, at, context)
    if last is None:
        return None
    upto = max(last.clips, default=0)
    return _within(last.stop, 0, upto, last.missing, context)


def _from(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "from clip 4 on", "from the start of the bridge to the end"."""
    if word_at(tokens, index) != "from":
        return None
    first = _place(tokens, skipped(tokens, index + 1, _EDGES), context)
    last = first and _far_end(tokens, first.stop, context)
    if first is None or last is None:
        return None
    start, upto = min(first.clips, default=0), max(last.clips, default=0)
    return _within(last.stop, start, upto, first.missing + last.missing, context)


def _far_end(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "on", "to the end", "to clip 7"."""
    if word_at(tokens, index) in {"on", "onward", "onwards", "forward"}:
        return Found(index + 1, context.numbers[-1:])
    if word_at(tokens, index) not in _TO:
        return None
    at = skipped(tokens, index + 1, {"the", "very"})
    if word_at(tokens, at) == "end" and word_at(tokens, at + 1) != "of":
        return Found(at + 1, context.numbers[-1:])
    return _place(tokens, skipped(tokens, at, _EDGES), context)


def _beyond(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "everything after the bridge", "all clips before clip 4"."""
    word = word_at(tokens, index)
    place = _place(tokens, index + 1, context) if word in {"after", "before"} else None
    if place is None:
        return None
    if word == "after":
        first = max(place.clips, default=0) + 1
        return _within(place.stop, first, context.numbers[-1], place.missing, context)
    return _within(place.stop, 0, min(place.clips, default=0) - 1, place.missing, context)


def _neighbour(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "clip right before this one", "one after it", "shot following clip 3"."""
    if word_at(tokens, index) not in words.CLIP_NOUNS | {"one"}:
        return None
    at = skipped(tokens, index + 1, _NEAR)
    step = _BESIDE.get(word_at(tokens, at))
    if step is None:
        return None
    anchor = _place(tokens, at + 1, context) or _in_view(tokens, at + 1, context)
    if anchor is None:
        return None
    if len(anchor.clips) != 1:
        return Found(anchor.stop, (), anchor.missing or ("such neighbour",))
    number = anchor.clips[0] + step
    if number not in context.numbers:
        return Found(anchor.stop, (), (f"clip {number}",))
    return Found(anchor.stop, (number,))


def _in_view(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "this one", "it", "that": the selected clip, else the one talked about."""
    if word_at(tokens, index) not in {"this", "it", "that", "the"}:
        return None
    stop = skipped(tokens, index + 1, words.CLIP_NOUNS | {"one", "selected", "current"})
    if word_at(tokens, index) == "the" and stop == index + 1:
        return None
    return Found(stop, context.selected or context.talked_about)


def _place(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    at = skipped(tokens, index, words.CLIP_NOUNS | {"#", "number"})
    if number := cardinal(tokens, at):
        exists = number[0] in context.numbers
        missing = () if exists else (f"clip {number[0]}",)
        return Found(number[1], number[:1] if exists else (), missing)
    return section_at(tokens, index, context) if index < len(tokens) else None


def _within(stop: int, first: int, last: int, missing: tuple[str, ...], context: Context) -> Found:
    clips = tuple(number for number in context.numbers if first <= number <= last)
    return Found(stop, () if missing else clips, missing or (() if clips else ("such clip",)))
