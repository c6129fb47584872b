"""Clips by their place in the row: "the third clip", "first five clips", "the last one"."""

from collections.abc import Sequence

from clipbot.understanding import words
from clipbot.understanding.context import Context
from clipbot.understanding.found import Found, skipped, word_at
from clipbot.understanding.numbers import cardinal, ordinal
from clipbot.understanding.sections import scope_at
from clipbot.understanding.tokens import Token

_LAST = frozenset({"last", "final", "closing"})
_NOUNS = words.CLIP_NOUNS | {"one", "ones"}


def in_order(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read clips named by their place, within a part of the song if one follows."""
    at = index + (tokens[index].word in {"the", "only", "just"})
    for read in (_edge, _ordinals, _beside, _parity, _middle):
        if found := read(tokens, at, context):
            return found
    return None


def _edge(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "first clip", "last three clips", "second to last clip"."""
    if index >= len(tokens):
        return None
    back, at = _from_the_end(tokens, index)
    is_last = tokens[index].word in _LAST or back > 1
    if not is_last and tokens[index].word not in {"first", "opening"}:
        return None
    counted = cardinal(tokens, at) if tokens[at : at + 1] and tokens[at].word != "one" else None
    count, at = counted or (1, at)
    if not (at < len(tokens) and tokens[at].word in _NOUNS):
        return None
    scope, stop = scope_at(tokens, at + 1, context)
    if count > len(scope) or back > len(scope):
        return Found(stop, (), (f"{count} clips",))
    if back > 1:
        return Found(stop, scope[-back : len(scope) - back + 1])
    return Found(stop, scope[-count:] if is_last else scope[:count])


def _from_the_end(tokens: Sequence[Token], index: int) -> tuple[int, int]:
    """Return how far from the end is meant (1: the last), and where the noun starts."""
    row = [token.word for token in tokens[index : index + 3]]
    if row[:1] == ["penultimate"]:
        return 2, index + 1
    if row in (["second", "to", "last"], ["next", "to", "last"], ["last", "but", "one"]):
        return 2, index + 3
    return 1, index + 1


def _ordinals(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "the fifth and the eighth clip", "third shot"."""
    numbers: list[int] = []
    at = index
    while found := ordinal(tokens, at):
        numbers.append(found[0])
        at = found[1]
        if at < len(tokens) and tokens[at].word in _NOUNS:
            return _placed(numbers, tokens, at + 1, context)
        upto = ordinal(tokens, at + 1) if word_at(tokens, at) in {"to", "through", "-"} else None
        if upto:
            numbers.extend(range(found[0] + 1, min(upto[0], len(context.numbers) + 1)))
        at = skipped(tokens, at + bool(upto), {",", "and", "the", "&"})
    return None


def _placed(numbers: Sequence[int], tokens: Sequence[Token], index: int, context: Context) -> Found:
    scope, stop = scope_at(tokens, index, context)
    clips = {scope[number - 1] for number in numbers if 0 < number <= len(scope)}
    missing = tuple(f"clip {number}" for number in numbers if not 0 < number <= len(scope))
    return Found(stop, tuple(sorted(clips)), missing)


def _beside(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "the next clip", "the previous one", counted from a single selected clip."""
    row = [token.word for token in tokens[index : index + 2]]
    steps = {"next": 1, "following": 1, "previous": -1, "preceding": -1}
    if row[:1] == [] or row[0] not in steps or row[-1] not in _NOUNS:
        return None
    if len(context.selected) != 1:
        return Found(index + 2, (), (f"{row[0]} clip",))
    number = context.selected[0] + steps[row[0]]
    if number not in context.numbers:
        return Found(index + 2, (), (f"clip {number}",))
    return Found(index + 2, (number,))


def _parity(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "even clips", "odd numbered shots"."""
    word = word_at(tokens, index)
    at = skipped(tokens, index + 1, {"numbered"})
    if word not in {"even", "odd"} or word_at(tokens, at) not in words.CLIP_PLURALS | {"ones"}:
        return None
    return Found(at + 1, tuple(n for n in context.numbers if n % 2 == (word == "odd")))


def _middle(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "the middle clip", "the two in the middle"."""
    counted = cardinal(tokens, index) if index < len(tokens) else None
    count, at = counted or (1, index)
    row = [token.word for token in tokens[at : at + 4]]
    if row[:1] == ["middle"] and row[1:2] and row[1] in _NOUNS:
        stop = at + 2
    elif counted and row[:3] == ["in", "the", "middle"]:
        stop = at + 3
    else:
        return None
    spare = len(context.numbers) - count
    if spare < 0 or spare % 2:
        return Found(stop, (), ("exact middle",))
    return Found(stop, context.numbers[spare // 2 : spare // 2 + count])
