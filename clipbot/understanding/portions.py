"""Shares of the song: "the first ten seconds", "last minute", "second half of the chorus"."""

from collections.abc import Sequence
from dataclasses import replace

from clipbot.understanding.context import Context
from clipbot.understanding.found import Found, skipped, word_at
from clipbot.understanding.numbers import cardinal, ordinal
from clipbot.understanding.sections import instances, section_at
from clipbot.understanding.tokens import Token
from clipbot.understanding.words import FILM_NOUNS

UNITS = {"second": 1.0, "seconds": 1.0, "sec": 1.0, "secs": 1.0, "s": 1.0, "minute": 60.0}
UNITS |= {"minutes": 60.0, "min": 60.0, "mins": 60.0, "m": 60.0}
_SHARES = {
    "half": 2,
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fifth": 5,
    "percent": 100,
}
_SHARES |= {"%": 100, "fifths": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_OPENINGS = {"opening": 1, "closing": -1, "ending": -1, "close": -1, "top": 1, "outset": 1}
"""What is an end of something only where "of" follows: "the opening of the second chorus"."""
_ENDS = {"start": 1, "beginning": 1, "end": -1, "finish": -1, "middle": 0}
_LAST = frozenset({"last", "final", "closing", "back", "latter"})
_WITHIN = frozenset({"of", "in", "from", "within", "among", "amongst", "during", "inside"})
_WITHIN |= {"throughout", "across"}
_FRONT = frozenset({"opening", "front", "former"})


def portion_at(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read a share of the song, or of a part of it, at `index`."""
    at = skipped(tokens, index, {"the", "very"})
    return _end(tokens, index, at, context) or _share(tokens, at, context)


def _share(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    is_last = word_at(tokens, at) in _LAST
    is_opening = word_at(tokens, at) in _FRONT
    is_middle = word_at(tokens, at) == "middle"
    placed = (1, at + 1) if is_last or is_opening or is_middle else ordinal(tokens, at)
    if placed is None:
        return _unplaced(tokens, at, context)
    place, at = placed
    counted = cardinal(tokens, at) or (1, at)
    share = _SHARES.get(word_at(tokens, counted[1]))
    unit = UNITS.get(word_at(tokens, counted[1]))
    if share is None and (unit is None or place != 1):
        return None
    scope, stop = part_at(tokens, counted[1] + 1, context)
    begin, end = _extent(scope, context)
    span = (end - begin) * counted[0] / share if share else counted[0] * (unit or 0.0)
    start = end - span if is_last else begin + span * (place - 1)
    start = (begin + end - span) / 2 if is_middle else start
    found = between(start, start + span, stop, context)
    return replace(found, clips=tuple(number for number in found.clips if number in scope))


def _unplaced(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "a quarter of the song": nobody knows which, but for "(the first one)" behind it."""
    share = _SHARES.get(word_at(tokens, index + 1))
    if share is None or word_at(tokens, index) not in {"a", "one"}:
        return None
    scope, stop = part_at(tokens, index + 2, context)
    if stop == index + 2:
        return None
    at = skipped(tokens, stop, {",", "(", "-", "the", "very"})
    is_last = word_at(tokens, at) in _LAST
    placed = (share, at + 1) if is_last else (at > stop and ordinal(tokens, at)) or None
    if placed is None or not 0 < placed[0] <= share:
        return Found(stop, (), ("such part",))
    begin, end = _extent(scope, context)
    span = (end - begin) / share
    start = begin + span * (placed[0] - 1)
    end_at = skipped(tokens, placed[1], {"one", ")"})
    found = between(start, start + span, end_at, context)
    return replace(found, clips=tuple(number for number in found.clips if number in scope))


def _end(tokens: Sequence[Token], index: int, at: int, context: Context) -> Found | None:
    """Read "the beginning of the video", "the very end", "the end of the second verse"."""
    book = _ENDS | _OPENINGS if word_at(tokens, at + 1) == "of" else _ENDS
    side = book.get(word_at(tokens, at))
    if side is None or (at == index and word_at(tokens, at + 1) != "of"):
        return None
    is_whole = word_at(tokens, at + 1) != "of"
    scope, stop = part_at(tokens, at + 1, context)
    if stop == at + 1 and not (is_whole and side and _is_sole(tokens, index, stop)):
        return None
    if side:
        parts = instances(scope, context) if len(scope) < len(context.clips) else (scope,)
        clips = tuple(sorted(part[0 if side > 0 else -1] for part in parts))
        return Found(stop, clips, is_vague=stop == at + 1)
    begin, end = _extent(scope, context)
    third = (end - begin) / 3
    found = between(begin + third, end - third, stop, context)
    return replace(found, clips=tuple(number for number in found.clips if number in scope))


def _is_sole(tokens: Sequence[Token], index: int, stop: int) -> bool:
    """Whether "the end" stands for a place in the video: "at the end", not "to the end"."""
    before = tokens[index - 1].word if index else ""
    return before in {"at", "in", "for", "near", "towards"} or (
        not before and stop < len(tokens) and not tokens[stop].word.isalpha()
    )


def part_at(tokens: Sequence[Token], index: int, context: Context) -> tuple[tuple[int, ...], int]:
    """Return the clips of "of the second verse" or "of the video", and where it ends."""
    if word_at(tokens, index) not in _WITHIN:
        return context.numbers, index
    found = section_at(tokens, index + 1, context) if index + 1 < len(tokens) else None
    if found and found.clips:
        return found.clips, found.stop
    at = skipped(tokens, index + 1, {"the", "my", "our", "this", "whole"})
    return context.numbers, at + 1 if word_at(tokens, at) in FILM_NOUNS else index


def between(start: float, end: float, stop: int, context: Context) -> Found:
    """Return the clips that are seen between two times, in seconds."""
    clips = tuple(c.number for c in context.clips if c.start < end and c.end > start)
    return Found(stop, clips, () if clips else ("clip at that time",))


def _extent(scope: Sequence[int], context: Context) -> tuple[float, float]:
    held = [clip for clip in context.clips if clip.number in scope]
    return held[0].start, held[-1].end
