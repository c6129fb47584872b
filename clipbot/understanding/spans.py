"""Clips from one place on, up to another, or beside one: "up to clip 4", "after this one"."""

from collections.abc import Sequence

from clipbot.understanding import words
from clipbot.understanding.context import Context
from clipbot.understanding.found import Found, skipped, word_at
from clipbot.understanding.numbered import DASHES
from clipbot.understanding.numbers import cardinal
from clipbot.understanding.phrases import phrase_set
from clipbot.understanding.sections import instances, section_at
from clipbot.understanding.tokens import Token

_OPENERS = frozenset({"the", "everything", "all", "every", "clips", "shots", "scenes", "whatever"})
_OPENERS |= {"what", "that", "which", "comes", "come", "coming", "is", "are", "happens", "follows"}
_OPENERS |= {"anything", "parts"}
_EDGES = frozenset({"the", "start", "beginning", "end", "of"})
_SIDES = phrase_set(
    """
    on either side of, either side of, on both sides of, both sides of, on each side of, next to,
    around, surrounding, adjacent to, neighbouring, neighboring, before and after, beside,
    directly before and after, right before and after, just before and after, bordering
    """
)
_NEIGHBOURS = frozenset({"neighbours", "neighbors", "neighbour", "neighbor"})
_WITHOUT = phrase_set(
    """
    not including it, but not including it, excluding it, exclusive, but without it, without it,
    but not it, not it, not inclusive, not including that, but not that, not included, but not
    the chorus itself, but not itself, not itself, it excluded, it not included
    """
)
"""What leaves the end of a span out."""
_NEAR = frozenset({"right", "just", "directly", "immediately", "coming"})
_BESIDE = {"after": 1, "following": 1, "before": -1, "preceding": -1}


def span_at(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read clips named by a place to start or stop at."""
    at = skipped(tokens, index, _OPENERS)
    for read in (_up_to, _from, _through, _neighbour, _sides):
        if found := read(tokens, at, context):
            return found
    return _beyond(tokens, at, context) if at > index else None


def _up_to(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "up to and including clip 4", "up to the bridge"."""
    is_until = word_at(tokens, index) in {"until", "till"} and index > 0
    dash = DASHES.at(tokens, index) if index < len(tokens) else None
    if dash is None or not (is_until or word_at(tokens, index) in {"up", "right", "all", "upto"}):
        return None
    at = skipped(tokens, dash[1], {"and", "including", "the", "end", "of", "but", "not"})
    is_before = any(token.word == "not" for token in tokens[dash[1] : at])
    last = _place(tokens, at, context)
    if last is None:
        return None
    if is_until and dash[1] == at - 1:
        is_before = section_at(tokens, at, context) is not None
    stop, is_left_out = _left_out(tokens, last.stop)
    if is_before or is_left_out:
        return _within(stop, 0, min(last.clips, default=1) - 1, last.missing, context)
    return _within(stop, 0, max(last.clips, default=0), last.missing, context)


def _left_out(tokens: Sequence[Token], index: int) -> tuple[int, bool]:
    """Read ", not including it" behind a span; return where it ends, and whether it is there."""
    at = skipped(tokens, index, {",", "(", "but", "-"})
    found = _WITHOUT.at(tokens, at) if at < len(tokens) else None
    if found is None:
        return index, False
    return found[1] + (word_at(tokens, found[1]) == ")"), True


def _through(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "bridge through outro", "verse 2 to the last chorus"; each of one part only."""
    first = section_at(tokens, index, context) if index < len(tokens) else None
    if first is None or not first.clips or first.stop >= len(tokens):
        return None
    dash = DASHES.at(tokens, first.stop)
    last = _place(tokens, dash[1], context) if dash and dash[1] < len(tokens) else None
    if last is None or len(last.clips) == 0:
        return None
    parts = (instances(first.clips, context), instances(last.clips, context))
    if max(map(len, parts)) > 1 or min(first.clips) > max(last.clips):
        return Found(last.stop, (), ("such range",))
    stop, is_left_out = _left_out(tokens, last.stop)
    upto = min(last.clips) - 1 if is_left_out else max(last.clips)
    return _within(stop, min(first.clips), upto, (), context)


def _sides(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "clips on either side of this", "both neighbours of clip 20"."""
    at = skipped(tokens, index, words.CLIP_NOUNS | {"both", "two", "ones", "the", "direct"})
    if word_at(tokens, at) in _NEIGHBOURS:
        at = skipped(tokens, at + 1, words.CLIP_PLURALS)
        at += word_at(tokens, at) in {"of", "to"}
    else:
        found = _SIDES.at(tokens, at) if at < len(tokens) else None
        is_plural = index < at or (index and tokens[index - 1].word in words.CLIP_PLURALS)
        if found is None or not (is_plural or len(found[0].split()) > 1):
            return None
        at = found[1]
    if at >= len(tokens):
        return None
    anchor = _place(tokens, at, context) or _in_view(tokens, at, context)
    if anchor is None or not anchor.clips:
        return anchor and Found(anchor.stop, (), anchor.missing or ("such neighbour",))
    edges = (anchor.clips[0] - 1, anchor.clips[-1] + 1)
    clips = tuple(number for number in edges if number in context.numbers)
    return Found(anchor.stop, clips, () if clips else ("such neighbour",))


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
    dash = DASHES.at(tokens, index) if index < len(tokens) else None
    if dash is None:
        return None
    at = skipped(tokens, dash[1], {"the", "very"})
    if word_at(tokens, at) == "end" and word_at(tokens, at + 1) != "of":
        return Found(at + 1, context.numbers[-1:])
    return _place(tokens, skipped(tokens, at, _EDGES), context)


def _beyond(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "everything after the bridge", "all clips before clip 4"."""
    is_near = word_at(tokens, index) in _NEAR
    index += is_near
    word = word_at(tokens, index)
    place = None
    if word in {"after", "before"} and index + 1 < len(tokens):
        place = _place(tokens, index + 1, context) or _in_view(tokens, index + 1, context)
    if place is None or is_near:
        return place and Found(place.stop, (), ("such range",))
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
    if found := section_at(tokens, index, context) if index < len(tokens) else None:
        return found
    at = skipped(tokens, index, {"the", "very"})
    word = word_at(tokens, at)
    if at == index or word not in {"first", "last", "final"}:
        return None
    stop = skipped(tokens, at + 1, {"one", *words.CLIP_NOUNS})
    return Found(stop, context.numbers[:1] if word == "first" else context.numbers[-1:])


def _within(stop: int, first: int, last: int, missing: tuple[str, ...], context: Context) -> Found:
    clips = tuple(number for number in context.numbers if first <= number <= last)
    return Found(stop, () if missing else clips, missing or (() if clips else ("such clip",)))
