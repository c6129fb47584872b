"""Clips by number: "clips 2, 3 and 5", "shots 14 through 17", "#12", "twelve".

A number without "clip" in front is a clip only where it counts and measures nothing:
"darken 2 and 3" names clips, "add 3 seagulls", "1974" and "16mm" do not.
"""

from collections.abc import Sequence

from clipbot.understanding import words
from clipbot.understanding.context import Context
from clipbot.understanding.found import skipped
from clipbot.understanding.mention import Mention
from clipbot.understanding.numbers import cardinal
from clipbot.understanding.tokens import Token
from clipbot.understanding.vocabulary import OPERATIONS, QUANTITIES

_BARE_LIMIT = 999
"""A larger number without "clip" in front is a year or a size, not a clip."""
_JOINTS = frozenset({",", "and", "&", "+", "or", "plus", "also"})
_DASHES = frozenset({"-", "\u2013", "\u2014", "to", "through", "thru", "till", "until"})
_NUMBER_SIGNS = frozenset({"#", "no", "number", "numbers", "nr", "num"})
_NOT_BEFORE_BARE = frozenset(
    {"version", "versions", "take", "by", "from", "like", "least", "about", "of", "v", "another"}
    | {"year", "those", "these", "add", "with", "/"}
)
_UNITS_AFTER = frozenset({"%", "percent", "x", "times", "stops", "seconds", "minutes", "/", "s"})


def named(start: int, stop: int, numbers: Sequence[int], context: Context) -> Mention:
    """Return the mention of these clip numbers; those that do not exist are missing."""
    existing = context.numbers
    return Mention(
        start,
        stop,
        clips=tuple(sorted({number for number in numbers if number in existing})),
        missing=tuple(f"clip {number}" for number in numbers if number not in existing),
    )


def numbered(tokens: Sequence[Token], index: int, context: Context) -> Mention | None:
    """Read a single clip number at `index`, whatever stands around it."""
    found = cardinal(tokens, index)
    return None if found is None else named(index, found[1], found[:1], context)


def numbered_at(tokens: Sequence[Token], index: int, context: Context) -> Mention | None:
    """Read "clips 2, 3 and 5", "shots 14 through 17", "#12", "numbers two and four"."""
    start = skipped(tokens, index, {"the", "only", "just", "both"})
    at = start
    if at < len(tokens) and tokens[at].word in words.CLIP_NOUNS:
        at += 1
    signed = skipped(tokens, at, _NUMBER_SIGNS)
    at = signed if signed == at else skipped(tokens, signed, {"."})
    if at == start or (at == start + 1 and tokens[start].word == "no"):
        return None
    numbers, stop = _list(tokens, at, context)
    return named(index, stop, numbers, context) if numbers else None


def bare_at(tokens: Sequence[Token], index: int, context: Context) -> Mention | None:
    """Read clip numbers without the word clip: "darken 2, 3, 5", "twelve should be darker"."""
    if not _may_be_clip(tokens, index):
        return None
    numbers, stop = _list(tokens, index, context)
    return None if max(numbers) > _BARE_LIMIT else named(index, stop, numbers, context)


def _may_be_clip(tokens: Sequence[Token], index: int) -> bool:
    """Whether a number at `index` can stand for a clip: nothing is counted or measured by it."""
    found = cardinal(tokens, index)
    if found is None or (index and tokens[index - 1].word in _NOT_BEFORE_BARE):
        return False
    is_spoken = tokens[index].number is None
    if is_spoken and (tokens[index].word in {"one", "zero"} or _is_counting(tokens, index)):
        return False
    after = tokens[found[1]] if found[1] < len(tokens) else None
    if after is None or after.word in _JOINTS | _DASHES or after.is_mark:
        return after is None or after.word not in _UNITS_AFTER
    counted = after.word in words.CLIP_NOUNS | words.SCENE_WORDS | words.PLACE_NOUNS
    if tokens[index].number is None and after.word in {"of", "in", "more", "ones"}:
        return False
    known = OPERATIONS.at(tokens, found[1]) or QUANTITIES.at(tokens, found[1])
    return (
        not counted
        and after.word not in _UNITS_AFTER
        and bool(known or not words.is_foreign(after))
    )


def _is_counting(tokens: Sequence[Token], index: int) -> bool:
    """Whether a spoken number counts things: "the four dark clips"."""
    return index > 0 and tokens[index - 1].word in {"the", "all", "these", "those", "first", "last"}


def _list(tokens: Sequence[Token], index: int, context: Context) -> tuple[list[int], int]:
    """Read numbers and ranges, joined by commas and "and"."""
    numbers: list[int] = []
    stop = index
    at: int | None = index
    while at is not None and (found := _range(tokens, at, context)):
        first, last, stop = found
        numbers.extend(range(first, last + 1))
        at = _next_item(tokens, stop)
    return numbers, stop


def _range(tokens: Sequence[Token], index: int, context: Context) -> tuple[int, int, int] | None:
    found = cardinal(tokens, index)
    if found is None:
        return None
    first, stop = found
    if stop < len(tokens) and tokens[stop].word in _DASHES:
        at = skipped(tokens, stop + 1, words.CLIP_NOUNS | _NUMBER_SIGNS)
        last = cardinal(tokens, at)
        if last and first < last[0] <= max(context.numbers, default=0) + _BARE_LIMIT:
            return first, last[0], last[1]
    return first, first, stop


def _next_item(tokens: Sequence[Token], index: int) -> int | None:
    """Return where the next number of a list is, if the list goes on."""
    at = skipped(tokens, index, _JOINTS)
    if at == index or at >= len(tokens):
        return None
    signed = skipped(tokens, at, words.CLIP_NOUNS | _NUMBER_SIGNS)
    if cardinal(tokens, signed) is None:
        return None
    if signed > at:
        return signed
    return at if _may_be_clip(tokens, at) else None
