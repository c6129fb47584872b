"""Clips by their time in the song: "at 0:15", "between 20 and 35 seconds", "from 1:00 on"."""

import re
from collections.abc import Sequence

from clipbot.understanding import words
from clipbot.understanding.context import Context
from clipbot.understanding.found import Found, skipped, word_at
from clipbot.understanding.numbers import cardinal
from clipbot.understanding.portions import UNITS, between, portion_at
from clipbot.understanding.sections import section_at
from clipbot.understanding.tokens import Token

_SECONDS = re.compile(r"[0-9]{1,3}s", re.ASCII)
_OPENERS = frozenset({"the", "everything", "all", "every", "what", "whatever"}) | words.PLACE_NOUNS
_LINKS = frozenset({"that", "which", "start", "starts", "begin", "begins", "is", "are", "comes"})
_LINKS |= {"happens", "ends", "end", "runs", "plays", "starting"}
_UNTIL = frozenset({"to", "till", "until", "and", "-", "\u2013", "\u2014", "through"})
_LATER = frozenset({"after", "past", "beyond", "since"})
_STARTING = frozenset({"starting", "beginning"})
_EARLIER = frozenset({"before", "until", "till"})
_CUES = _LATER | _EARLIER | {"at", "between", "from", "around", "by", "about", "near", "up"}
_ONWARD = frozenset({"on", "onwards", "onward", "forward", "forwards"})
_FROM_THERE = _ONWARD | {"to"}


def timed_at(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read clips named by a time at `index`."""
    at = skipped(tokens, skipped(tokens, index, _OPENERS), _LINKS)
    at = index if tokens[index].word in _STARTING else at
    return _clocked(tokens, at, context) or portion_at(tokens, index, context)


def _clocked(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    if word_at(tokens, at) in _STARTING and word_at(tokens, at + 1) in {"at", "from", "around"}:
        first = _moment(tokens, skipped(tokens, at + 2, {"about", "around", "the"}))
        return first and _from("starting", first[0], _marked(tokens, first[1]), tokens, context)
    how = word_at(tokens, at) if word_at(tokens, at) in _CUES else ""
    at = skipped(tokens, at + bool(how), {"about", "around", "roughly", "the", "to", "until"})
    first = _moment(tokens, at, is_bare=how in {"", "between", "from"})
    if first is None or not (how or _is_moment(tokens, at, first[1])):
        return None
    seconds, stop = first
    inside = _marked(tokens, stop)
    stop = inside if word_at(tokens, inside) in _UNTIL - {"and"} else stop
    at = stop + (word_at(tokens, stop) in _UNTIL)
    last = _moment(tokens, at) if at > stop else None
    if last:
        return between(seconds, last[0], _marked(tokens, last[1]), context)
    if part := _until_part(tokens, at, context) if at > stop else None:
        return between(seconds, part[0], part[1], context)
    return _from(how, seconds, _marked(tokens, stop), tokens, context)


def _until_part(tokens: Sequence[Token], index: int, context: Context) -> tuple[float, int] | None:
    """Read "the chorus starts", "the end of the bridge": when that is, and where it ends."""
    is_end = word_at(tokens, skipped(tokens, index, {"the", "very"})) == "end"
    at = skipped(tokens, index, {"the", "very", "start", "beginning", "end", "of"})
    part = section_at(tokens, at, context) if at < len(tokens) else None
    if part is None or not part.clips:
        return None
    stop = skipped(tokens, part.stop, {"starts", "begins", "ends", "is", "over", "comes", "in"})
    is_end |= not {"ends", "over"}.isdisjoint(token.word for token in tokens[part.stop : stop])
    held = [clip for clip in context.clips if clip.number in part.clips]
    return (held[-1].end if is_end else held[0].start), stop


def _from(
    how: str, seconds: float, stop: int, tokens: Sequence[Token], context: Context
) -> Found | None:
    """Return the clips after, before or at a time."""
    if how in {"from", "starting", ""} and word_at(tokens, stop) in _UNTIL - {"and"}:
        end = skipped(tokens, stop + 1, {"the", "very"})
        stop = end if word_at(tokens, end) in {"end", "finish"} else stop
        how = "starting" if word_at(tokens, stop) in {"end", "finish"} else how
        stop += how == "starting" and word_at(tokens, stop) in {"end", "finish"}
    following = word_at(tokens, stop)
    is_onward = following in _ONWARD or (how == "from" and following in _FROM_THERE)
    if how in _LATER or how == "starting" or is_onward:
        end = (
            skipped(tokens, stop, _FROM_THERE | {"the", "end"})
            if following in _FROM_THERE
            else stop
        )
        begins = [clip.number for clip in context.clips if clip.start >= seconds]
        clips = tuple(begins if how in _LATER else _seen_from(seconds, context))
        return Found(end, clips, () if clips else (_label(tokens, stop),))
    if how in _EARLIER | {"up"}:
        clips = tuple(clip.number for clip in context.clips if clip.end <= seconds)
    else:
        clips = tuple(clip.number for clip in context.clips if clip.start <= seconds < clip.end)
    return Found(stop, clips, () if clips else (_label(tokens, stop),))


def _label(tokens: Sequence[Token], stop: int) -> str:
    last = tokens[stop - 1]
    return f"clip at {last.word}" if last.is_clock else "clip at that time"


def _seen_from(seconds: float, context: Context) -> list[int]:
    return [clip.number for clip in context.clips if clip.end > seconds]


def _moment(
    tokens: Sequence[Token], index: int, *, is_bare: bool = False
) -> tuple[float, int] | None:
    """Read a time: 1:20, 80 seconds, one minute twenty; without a unit only where told so."""
    if index >= len(tokens):
        return None
    if told := _in_short(tokens, index) or _counted(tokens, index):
        return told
    found = cardinal(tokens, index)
    if found is None:
        return None
    unit = UNITS.get(word_at(tokens, found[1]))
    if unit is None:
        last = cardinal(tokens, found[1] + 1) if word_at(tokens, found[1]) in _UNTIL else None
        unit = UNITS.get(word_at(tokens, last[1])) if last and is_bare else None
        return None if unit is None else (found[0] * unit, found[1])
    seconds, stop = found[0] * unit, found[1] + 1
    more = cardinal(tokens, skipped(tokens, stop, {"and"}))
    if unit > 1 and more:
        seconds, stop = seconds + more[0], more[1] + (word_at(tokens, more[1]) in UNITS)
    return seconds, stop


def _in_short(tokens: Sequence[Token], index: int) -> tuple[float, int] | None:
    """Read a time in one word: 1:20, 80s."""
    if tokens[index].is_clock:
        return _seconds(tokens[index]), index + 1
    if _SECONDS.fullmatch(tokens[index].word):
        return float(tokens[index].word[:-1]), index + 1
    return None


def _counted(tokens: Sequence[Token], index: int) -> tuple[float, int] | None:
    """Read a time whose unit stands first: "second 22", "minute 1"."""
    unit = UNITS.get(tokens[index].word)
    is_number = index + 1 < len(tokens) and tokens[index + 1].number is not None
    if unit is None or not is_number or tokens[index + 1].is_ordinal:
        return None
    before = tokens[index - 1].word if index else ""
    is_lead = (
        not before
        or tokens[index - 1].is_mark
        or before in _CUES | _UNTIL | {"in", "on", "make", "for"}
    )
    is_lead |= before == "the" and index > 1 and tokens[index - 2].word in _CUES
    behind = word_at(tokens, index + 2)
    if not is_lead or behind in words.CLIP_NOUNS or behind in UNITS:
        return None
    return float(tokens[index + 1].number or 0) * unit, index + 2


def _is_moment(tokens: Sequence[Token], index: int, stop: int) -> bool:
    """Whether a time without "at" is a place: a clock, "30 seconds in", "the 40 second mark"."""
    is_span = word_at(tokens, stop) in _UNTIL - {"and"} and cardinal(tokens, stop + 1) is not None
    is_span |= _counted(tokens, index) is not None
    return tokens[index].is_clock or word_at(tokens, stop) in {"in", "mark", "into"} or is_span


def _marked(tokens: Sequence[Token], index: int) -> int:
    """Return where "mark", "in" or "into the song" behind a time ends."""
    if word_at(tokens, index) not in {"mark", "in", "into"}:
        return index
    at = skipped(tokens, index + 1, {"the", "my"})
    return at + 1 if word_at(tokens, at) in words.FILM_NOUNS else index + 1


def _seconds(clock: Token) -> float:
    minutes, _, seconds = clock.word.partition(":")
    return 60.0 * int(minutes) + int(seconds)
