"""Between which clips: "between 3 and 4", "into clip 5", "before the last clip", "everywhere".

A boundary goes by the number of the clip before it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from clipbot.understanding.context import Context
from clipbot.understanding.found import word_set
from clipbot.understanding.mention import Mention
from clipbot.understanding.phrases import phrase_set
from clipbot.understanding.targets import mentions
from clipbot.understanding.tokens import Token

_BEFORE = word_set("into before to onto")
_AFTER = word_set("after behind from of following leaving off")
_STARTS = phrase_set(
    "at the start of, at the beginning of, at the top of, the start of, the beginning of, start"
    " of, beginning of, in front of, ahead of"
)
_ENDS = phrase_set("at the end of, at the very end of, the end of, end of, out of")
_EVERY = word_set("all every everywhere throughout each")
_ALONE = word_set("only just nothing simply")
_PLURALS = word_set("cuts crossfades fades dissolves")
"""Beside a word such as "only", these say how all clips meet."""
_MANY = _PLURALS | {"transitions"}
"""What several clips have between them: "no transitions between 20 and 23"."""
_NONE_AT_ALL = phrase_set(
    "no transitions, no crossfades, no fades, no dissolves, without transitions, without"
    " crossfades, without fades"
)
_NEXT = phrase_set(
    "into the next one, into the next clip, into the next, to the next one, to the next clip,"
    " to the next, with the next one, with the next clip, with the next"
)
_BETWEEN = word_set("between in-between inbetween")


@dataclass(frozen=True, slots=True)
class Where:
    """Boundaries that are meant, or why it cannot be told."""

    clips: tuple[int, ...] = ()
    """Numbers of the clips before them, rising."""
    missing: tuple[str, ...] = ()
    """What was named that the video does not have."""
    alone: int | None = None
    """A clip that was named without saying on which side of it."""
    apart: tuple[int, int] | None = None
    """Two clips that are no neighbours."""
    edge: int | None = None
    """A clip that nothing comes before, or follows."""
    spans: tuple[tuple[int, int, tuple[int, ...]], ...] = ()
    """Characters of the text that named clips, and which."""


def boundaries(tokens: Sequence[Token], context: Context, said: Sequence[Token]) -> Where:
    """Return which boundaries a row of tokens names.

    Args:
        tokens: A sentence without its words for the transition.
        context: The video, its selection and the talk.
        said: The whole sentence.
    """
    row, sides = _without_places(_without_next(tokens))
    named = [
        each for each in mentions(row, context) if each.clips or each.missing or _view(context)
    ]
    if missing := [name for each in named for name in each.missing]:
        return Where(missing=tuple(missing))
    spans = tuple(
        (row[each.start].start, row[each.stop - 1].stop, _clips(each, context)) for each in named
    )
    is_all = not _MANY.isdisjoint(token.word for token in said)
    where = _named(row, sides, named, context) if named else _unnamed(said, context)
    if where.apart and is_all and not any(each.is_section for each in named):
        where = Where(_inner(range(where.apart[0], where.apart[1] + 1)))
    return Where(where.clips, (), where.alone, where.apart, where.edge, spans)


def _without_next(tokens: Sequence[Token]) -> Sequence[Token]:
    """Take "into the next" out where every clip meets the one behind it."""
    found = _NEXT.first(tokens)
    if found is None or _EVERY.isdisjoint(token.word for token in tokens[: found[0]]):
        return tokens
    return (*tokens[: found[0]], *tokens[found[2] :])


def _without_places(tokens: Sequence[Token]) -> tuple[list[Token], dict[int, int]]:
    """Take "between", "at the end of" out; return on which side of what follows they point."""
    row: list[Token] = []
    sides: dict[int, int] = {}
    index = 0
    while index < len(tokens):
        start, end = _STARTS.at(tokens, index), _ENDS.at(tokens, index)
        if found := start or end:
            sides[len(row)] = -1 if start else 1
            index = found[1]
            continue
        if tokens[index].word not in _BETWEEN:
            row.append(tokens[index])
        index += 1
    return row, sides


def _named(
    row: Sequence[Token], sides: dict[int, int], named: Sequence[Mention], context: Context
) -> Where:
    numbers = context.numbers
    if len(named) > 1:
        return _met(_clips(named[0], context), _clips(named[-1], context))
    (one,) = named
    clips = _clips(one, context)
    side = sides.get(one.start, 0) or _side(row, one)
    if side and (len(clips) == 1 or one.is_section):
        before = min(clips) - 1 if side < 0 else max(clips)
        is_inside = numbers[0] <= before < numbers[-1]
        return Where((before,)) if is_inside else Where(edge=min(clips) if side < 0 else max(clips))
    if len(clips) == 1:
        return Where(alone=clips[0])
    is_pair = _is_pair(row[one.start : one.stop])
    if is_pair and clips[-1] - clips[0] != 1:
        return Where(apart=(clips[0], clips[-1]))
    inner = _inner(clips)
    return Where(inner) if inner else Where(apart=(clips[0], clips[-1]))


def _unnamed(said: Sequence[Token], context: Context) -> Where:
    """Return the boundaries of a sentence that names no clips."""
    row = {token.word for token in said}
    is_alone = not (row.isdisjoint(_ALONE) or row.isdisjoint(_PLURALS))
    if is_alone or not row.isdisjoint(_EVERY) or _NONE_AT_ALL.first(said):
        return Where(_inner(context.numbers))
    if len(context.selected) > 1:
        inner = _inner(context.selected)
        return Where(inner) if inner else Where(apart=(context.selected[0], context.selected[-1]))
    last = context.last_plan
    talked = [wish.clip for wish in last.slots if wish.filling is None] if last else []
    if talked and not context.selected:
        return Where(tuple(talked))
    return Where(alone=context.selected[0]) if context.selected else Where()


def _met(first: Sequence[int], second: Sequence[int]) -> Where:
    """Return where two stretches of clips touch."""
    for one, other in ((first, second), (second, first)):
        if max(one) + 1 == min(other):
            return Where((max(one),))
    return Where(apart=(max(first), min(second)))


def _inner(clips: Iterable[int]) -> tuple[int, ...]:
    """Return the boundaries between neighbours among some clips."""
    return tuple(one for one, other in pairwise(sorted(clips)) if other == one + 1)


def _side(row: Sequence[Token], mention: Mention) -> int:
    """Return on which side of a mention a boundary lies: before it -1, behind it 1, unsaid 0."""
    before = row[mention.start - 1].word if mention.start else ""
    first = row[mention.start].word
    if before in _BEFORE or first in _BEFORE:
        return -1
    return 1 if before in _AFTER or first in _AFTER else 0


def _is_pair(tokens: Sequence[Token]) -> bool:
    """Whether two clips are named, and none in between: "3 and 6"."""
    row = [token.word for token in tokens]
    return ("and" in row or "&" in row) and "," not in row


def _clips(mention: Mention, context: Context) -> tuple[int, ...]:
    return mention.clips or _view(context)


def _view(context: Context) -> tuple[int, ...]:
    return context.selected or context.talked_about
