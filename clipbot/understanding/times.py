"""Clips by their time in the song: "at 0:15", "between 0:24 and 0:48", "the last minute"."""

from collections.abc import Sequence
from dataclasses import replace

from clipbot.understanding import words
from clipbot.understanding.context import Context
from clipbot.understanding.found import Found, skipped, word_at
from clipbot.understanding.numbers import cardinal, ordinal
from clipbot.understanding.sections import scope_at
from clipbot.understanding.tokens import Token

_OPENERS = frozenset({"the", "everything", "all"}) | words.PLACE_NOUNS
_LINKS = frozenset({"that", "which", "start", "starts", "begin", "begins", "is", "are", "comes"})
_UNTIL = frozenset({"to", "till", "until", "and", "-", "\u2013", "\u2014", "through"})
_UNITS = {"second": 1.0, "seconds": 1.0, "sec": 1.0, "secs": 1.0, "s": 1.0, "minute": 60.0}
_UNITS |= {"minutes": 60.0, "min": 60.0, "mins": 60.0}
_SHARES = {"half": 2, "third": 3, "thirds": 3, "quarter": 4}


def timed_at(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read clips named by a time at `index`."""
    at = skipped(tokens, skipped(tokens, index, _OPENERS), _LINKS)
    return _clocked(tokens, at, context) or _portion(tokens, index, context)


def _clocked(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    how = word_at(tokens, index)
    is_opened = how in {"at", "between", "from", "after", "before", "around", "until", "till", "by"}
    at = skipped(tokens, index + is_opened, {"about", "around", "roughly", "the"})
    if at >= len(tokens) or not tokens[at].is_clock:
        return None
    first, stop = _seconds(tokens[at]), at + 1
    if word_at(tokens, stop) in _UNTIL and stop + 1 < len(tokens) and tokens[stop + 1].is_clock:
        return _between(first, _seconds(tokens[stop + 1]), stop + 2, context)
    if how == "after" or (how == "from" and word_at(tokens, stop) in {"on", "onwards", "onward"}):
        stop += how == "from"
        clips = tuple(clip.number for clip in context.clips if clip.start >= first)
    elif how in {"before", "until", "till"}:
        clips = tuple(clip.number for clip in context.clips if clip.end <= first)
    else:
        clips = tuple(clip.number for clip in context.clips if clip.start <= first < clip.end)
    return Found(stop, clips, () if clips else (f"clip at {tokens[at].word}",))


def _portion(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "the first ten seconds", "last minute", "second half", "first third of the song"."""
    at = index + (tokens[index].word == "the")
    is_last = word_at(tokens, at) in {"last", "final"}
    placed = (1, at + 1) if is_last else ordinal(tokens, at)
    if placed is None:
        return None
    place, at = placed
    share = _SHARES.get(word_at(tokens, at))
    counted = cardinal(tokens, at) or (1, at)
    unit = _UNITS.get(word_at(tokens, counted[1]))
    if share is None and (unit is None or place != 1):
        return None
    scope, stop = scope_at(tokens, at + 1 if share else counted[1] + 1, context)
    if word_at(tokens, stop) == "of":
        stop = skipped(tokens, stop, {"of", "the"} | words.FILM_NOUNS)
    held = [clip for clip in context.clips if clip.number in scope]
    begin, end = held[0].start, held[-1].end
    span = (end - begin) / share if share else counted[0] * (unit or 0.0)
    start = end - span if is_last else begin + span * (place - 1)
    found = _between(start, start + span, stop, context)
    return replace(found, clips=tuple(number for number in found.clips if number in scope))


def _between(start: float, end: float, stop: int, context: Context) -> Found:
    clips = tuple(c.number for c in context.clips if c.start < end and c.end > start)
    return Found(stop, clips, () if clips else ("clip at that time",))


def _seconds(clock: Token) -> float:
    minutes, _, seconds = clock.word.partition(":")
    return 60.0 * int(minutes) + int(seconds)
