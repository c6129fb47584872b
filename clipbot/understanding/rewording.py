"""Ways to build a sentence that are said in words that the readers know.

"One exception: clip 3" and "intro and outro excepted" become "except clip 3" and "except
intro and outro", so that an exception is read in one way only. Every token that stays
keeps its place in the text.
"""

from collections.abc import Sequence
from dataclasses import replace

from clipbot.understanding.context import Context
from clipbot.understanding.found import skipped, word_set
from clipbot.understanding.naming import may_start, reading
from clipbot.understanding.phrases import phrase_set
from clipbot.understanding.recasting import recast
from clipbot.understanding.tokens import Token
from clipbot.understanding.words import POLITE

_LEADING = word_set("with the and but there is are one two three a few only sole single my by")
_NOUNS = word_set("exception exceptions")
_TELLING = word_set("is are being here namely of : - \u2013 \u2014 = ,")
_BEHIND = phrase_set(
    "excepted, are excepted, is excepted, excluded, exempted, exempt, aside, apart, left out,"
    " left aside, not included, set aside"
)
_DENYING = word_set("no without")
"""Words that say that nothing is excepted, which says nothing."""
_JOINTS = word_set(", and & or nor plus")
_NEXT = phrase_set(
    [
        f"{what} {comes} {near} {where}"
        for what in ("whatever", "what", "whichever", "anything that", "the thing that")
        for comes in ("comes", "follows", "is", "plays", "sits", "stands", "'s", "happens")
        for near in ("right", "directly", "immediately", "straight", "just")
        for where in ("after", "before", "behind")
    ]
)
_MOST_ITEMS = 8


def reworded(tokens: Sequence[Token], context: Context) -> tuple[Token, ...]:
    """Return the tokens with such ways put into plain words."""
    return recast(_excepted_behind(_exceptions(_followed(tokens)), context), context)


def _followed(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Put "whatever comes right after clip 3" as "the clip right after clip 3"."""
    found = _NEXT.first(tokens)
    if found is None:
        return tuple(tokens)
    start, _, stop = found
    first = tokens[start]
    near = stop - 2
    where = tokens[stop - 1]
    where = replace(where, word="after") if where.word == "behind" else where
    plain = (
        replace(first, word="the"),
        replace(first, word="clip"),
        replace(tokens[near], word="right"),
        where,
    )
    return (*tokens[:start], *plain, *tokens[stop:])


def _exceptions(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Put "one exception: clip 3", "the exceptions are 2 and 5" as "except"."""
    for at, token in enumerate(tokens):
        if token.word not in _NOUNS:
            continue
        stop = skipped(tokens, at + 1, _TELLING)
        start = at
        while start and tokens[start - 1].word in _LEADING:
            start -= 1
        if start and tokens[start - 1].word in _DENYING:
            return (*tokens[: start - 1], *tokens[at + 1 :])
        if stop == at + 1 or stop == len(tokens):
            continue
        first = replace(tokens[start], word="except", stop=tokens[stop - 1].stop)
        plain = replace(first, number=None, is_mark=False, is_ordinal=False)
        before = tokens[:start]
        if before and before[-1].word in {".", ";", ":", "-", "\u2013", "\u2014"}:
            before = before[:-1]
        return (*before, plain, *tokens[stop:])
    return tuple(tokens)


def _excepted_behind(tokens: tuple[Token, ...], context: Context) -> tuple[Token, ...]:
    """Put "intro and outro excepted" as "except intro and outro"."""
    for at in range(1, len(tokens)):
        found = _BEHIND.at(tokens, at)
        is_end = found is not None and _is_over(tokens, found[1])
        if found is None or not is_end:
            continue
        start = _list_before(tokens, at, context)
        if start is None:
            continue
        cue = replace(
            tokens[at], word="except", start=tokens[start].start, stop=tokens[start].start
        )
        listed = [
            replace(token, word="and", is_mark=False)
            if token.word == "," and tokens[each + 1].word not in _JOINTS
            else token
            for each, token in enumerate(tokens[start:at], start)
        ]
        return (*tokens[:start], cue, *listed, *tokens[found[1] :])
    return tokens


def _is_over(tokens: Sequence[Token], index: int) -> bool:
    return index == len(tokens) or tokens[index].is_mark or tokens[index].word in POLITE


def _list_before(tokens: Sequence[Token], end: int, context: Context) -> int | None:
    """Return where a list of several clips begins that ends at a token."""
    near = range(max(0, end - 4 * _MOST_ITEMS), end)
    starts = [
        at
        for at in near
        if at == 0 or tokens[at - 1].is_mark or tokens[at - 1].word in {"with", "but"}
    ]
    for start in starts:
        if may_start(tokens[start], context) and _is_list(tokens, start, end, context):
            return start
    return None


def _is_list(tokens: Sequence[Token], start: int, end: int, context: Context) -> bool:
    """Whether clips are all that is named between two tokens."""
    at = start
    while (found := reading(tokens[:end], at, context)) and found.clips:
        if found.stop == end:
            return True
        at = skipped(tokens, found.stop, _JOINTS)
        if at == found.stop:
            return False
    return False
