"""What a short answer means after the last plan: "a bit more", "same for the last one"."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from clipbot.domain.plan import Act, Edit, Kind, Operation, Strength
from clipbot.understanding import mending
from clipbot.understanding.aims import Target
from clipbot.understanding.context import Context
from clipbot.understanding.folding import fold
from clipbot.understanding.groups import Fold, Group
from clipbot.understanding.measures import ADJECTIVES, REMEDIES
from clipbot.understanding.phrases import phrase_set
from clipbot.understanding.pieces import Piece, cut
from clipbot.understanding.spelling import corrected
from clipbot.understanding.talk import LastChange, last_change, stepped
from clipbot.understanding.tokens import CLIP_MARK, Token, tokenize
from clipbot.understanding.vocabulary import SCALARS, inverse
from clipbot.understanding.words import PAINTS, is_foreign

_MORE = phrase_set(
    """
    more, again, thicker, denser, heavier, twice as much, double that, further, stronger, even
    more, once more, same, ditto, likewise, harder, keep going, one more notch, another notch,
    one more step, another step, one more time, once again, go further, not enough, didn't do
    much, did not do much, doesn't do much, no difference, not much of a difference, hardly any
    difference, barely any difference, hardly changed, barely changed, didn't change much,
    hardly changes, barely noticeable, can't see any difference, double it, the same, do that,
    do it, too weak, turn it up, crank it up, crank it, push it, push it further, more of that,
    a step further, also
    """
)
_SAME = phrase_set(
    "again, once more, same, the same, ditto, likewise, one more time, once again, do that, do it,"
    "also"
)
Turning = Callable[[Sequence[Operation]], list[Operation]]
_OFFERING = frozenset({"or", "maybe", "perhaps", "rather", "nope", "nah"})
_PREFERRED = phrase_set(
    "would suit me better, would suit it better, would suit better, would be better,"
    "would be nicer,"
    "would work better, would fit better, i'd prefer, i would prefer, i'd rather have, make that,"
    "would look better, might be better, might suit it better, instead"
)
"""What offers another thing for the one that was changed."""
_OF_IT = [[verb, it] for verb in ("make", "turn", "paint", "dye") for it in ("it", "them")]
_SHORT = 10
"""Tokens of a text that only names another thing."""
_THINGS = frozenset({Kind.ADD, Kind.SUBJECT, Kind.BACKGROUND, Kind.OTHER})
_LESS = phrase_set(
    """
    too much, too strong, less, not that strong, not so strong, not so much, not that much,
    weaker,half as much, not so intense, too intense, tone it down, tone that down, dial it
    back, dial that back, dial it down, overdone, overdid it, over the top, too far, not quite
    so much, a bit much,milder, more subtle, subtler, less of it, less of that, ease off,
    softer please, take it easy,not as much, not as strong, pull it back, scale it back, too
    extreme, too heavy, turn it down, half that, half of that, halve it, halve that, go easier,
    easier on it, fewer, fewer of them, fewer of those, a lot less, overcooked, overkill, way over,
    not so heavy, not that heavy, lighter touch, rein it in, reel it in, tame it
    """
)
_DROPPED = phrase_set(
    "remove it, remove that, take it out, take that out, get rid of it, get rid of that, lose it,"
    "take it off, take it away, without it, delete it, drop it, take them out, remove them"
)
_REVERSED = phrase_set(
    """
    other direction, the other direction, opposite way, backwards, the contrary, other way please,
    flip it, i meant the opposite, other way then, go the other way, the other way, other way,
    other way round, the other way round, the other
    way around, other way around, the opposite, opposite, reverse it, vice versa, invert it,
    opposite direction, wrong direction, wrong way, the reverse
    """
)


def followed_up(folded: Fold, pieces: Sequence[Piece], context: Context) -> list[Group]:
    """Return the last change for other clips, once more, or turned back; else nothing.

    Only for a text that holds no wish of its own.
    """
    tokens = [token for piece in pieces for token in piece.tokens]
    is_same = _SAME.first(tokens) is not None
    last = _last_change(context, () if is_same else context.selected)
    edits = last.edits
    if limited := _limited(folded, edits, tokens, context):
        return limited
    if mended := _mended(folded, tokens, context):
        return mended
    if not edits or folded.has_wish:
        return []
    ops = [op for edit in edits for op in edit.ops]
    if folded.waiting and not folded.waiting.is_pointed:
        is_less = any(token.word == "less" for token in tokens)
        turned = _weaker(ops) if is_less else ops
        turned = _reversed(ops) if _REVERSED.first(tokens) else turned
        if len(edits) == 1 and _is_added(pieces):
            folded.waiting.clips |= set(edits[0].clips).intersection(context.numbers)
        return [Group(folded.waiting, turned, _kept(edits))]
    turn = _turning(tokens, folded.strength, last)
    return _each(folded, edits, turn, context) if turn else []


def _mended(folded: Fold, tokens: Sequence[Token], context: Context) -> list[Group]:
    """Return what "take those down a little" asks for behind "which clips are bright?"."""
    last = context.last_plan
    is_asked = last is not None and last.act is Act.ANSWER and not folded.has_wish
    if not is_asked or not mending.mends(tokens):
        return []
    said = next((turn.content for turn in reversed(context.history) if turn.role == "user"), "")
    named = ADJECTIVES.first(tokenize(said))
    kind = REMEDIES.get(named[1].value) if named else None
    if named is None or kind is None:
        return []
    op = Operation(kind, "down" if named[1].is_high else "up", folded.strength or "medium")
    return [Group(Target(set(context.talked_about)), [op], rows=[tuple(tokens)])]


def _is_added(pieces: Sequence[Piece]) -> bool:
    """Whether more is wanted of the last change, and in other clips too: "more, and in 5 too"."""
    first, last = pieces[0], pieces[-1]
    return first is not last and not first.mentions and _MORE.first(first.tokens) is not None


def _limited(
    folded: Fold, edits: Sequence[Edit], tokens: Sequence[Token], context: Context
) -> list[Group]:
    """Return the last change with a limit: "fine, but not on her bench"."""
    is_limit = folded.keep and not folded.groups and not folded.waiting
    if not is_limit or not any(token.word == "not" for token in tokens):
        return []
    own = {number for edit in edits for number in edit.clips}
    if len(edits) != 1 or not own or not set(context.selected) <= own:
        return []
    return [Group(Target(own), list(edits[0].ops), list(folded.keep), [tuple(tokens)])]


def _turning(
    tokens: Sequence[Token], strength: Strength | None, last: LastChange
) -> Turning | None:
    """Return what is to become of the last change: turned, less of it, more of it."""
    if _DROPPED.first(tokens):
        return _dropped
    if _REVERSED.first(tokens):
        return _reversed
    if _LESS.first(tokens):
        return partial(stepped, step=-1) if last.is_pending else _weaker
    if _MORE.first(tokens):
        grows = last.is_pending and _SAME.first(tokens) is None
        return partial(stepped, step=1) if grows else partial(_again, strength=strength)
    return None


def cues(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Return where words that refer to the last change begin and end."""
    found = (
        _DROPPED.first(tokens)
        or _REVERSED.first(tokens)
        or _LESS.first(tokens)
        or _MORE.first(tokens)
    )
    return found and (found[0], found[2])


def of_same_thing(
    groups: Sequence[Group], tokens: Sequence[Token], context: Context
) -> list[Group]:
    """Return wishes with the thing that was last changed, for "no, blue instead"."""
    edits = _last_change(context).edits
    kinds = {op.kind for edit in edits for op in edit.ops}
    said = {token.word for token in tokens}
    is_preferred = _PREFERRED.first(tokens) is not None and any(map(is_foreign, tokens))
    is_offered = is_preferred or (
        bool(tokens) and tokens[0].word in _OFFERING and any(map(is_foreign, tokens))
    )
    is_sized = [token.word for token in tokens[:2]] in _OF_IT and not said.isdisjoint(PAINTS)
    if is_sized and kinds & _THINGS and CLIP_MARK not in said and len(tokens) <= _SHORT:
        return [Group(None, [Operation(Kind.SUBJECT)], rows=[tuple(tokens)])]
    is_other = ("instead" in said or (is_offered and CLIP_MARK not in said)) and kinds & _THINGS
    if not is_other or any(group.target for group in groups) or len(tokens) > _SHORT:
        return list(groups)
    ops = [op for edit in edits for op in edit.ops]
    rows = [row for group in groups for row in group.rows] or [tuple(tokens)]
    return [Group(None, ops, rows=rows)]


def _kept(edits: Sequence[Edit]) -> list[str]:
    """Return what the last change had to leave alone; more of it leaves that alone, too."""
    return [words for edit in edits for words in edit.keep]


def _each(folded: Fold, edits: Sequence[Edit], turn: Turning, context: Context) -> list[Group]:
    """Return the last edits, each turned, for its own clips or for those that are named.

    Without a selection its own clips are meant, though the talk may have moved on since.
    """
    own = {number for edit in edits for number in edit.clips}.intersection(context.numbers)
    if len(edits) == 1 and own and not folded.waiting and not context.selected:
        return [Group(Target(own), turn(edits[0].ops), _kept(edits))]
    if folded.waiting or len(edits) == 1:
        ops = [op for edit in edits for op in turn(edit.ops)]
        return [Group(folded.waiting, ops, _kept(edits))]
    return [Group(Target(set(edit.clips)), turn(edit.ops), list(edit.keep)) for edit in edits]


def _last_change(context: Context, preferred: Sequence[int] = ()) -> LastChange:
    """Return the wish that an open question was about, else the last change."""
    last = next((turn for turn in reversed(context.history) if turn.role != "user"), None)
    if last and (last.plan is None or last.plan.act is Act.ASK):
        said = next((turn.content for turn in reversed(context.history) if turn.role == "user"), "")
        wished = fold(cut(corrected(tokenize(said), context), context), said)
        if ops := tuple(op for group in wished.groups for op in group.ops):
            return LastChange((Edit((), ops),))
    return last_change(context, preferred)


def _again(ops: Sequence[Operation], strength: Strength | None) -> list[Operation]:
    return [replace(op, strength=strength or op.strength) for op in ops]


def _weaker(ops: Sequence[Operation]) -> list[Operation]:
    """Turn back what can be more or less; make the rest slight."""
    return [
        replace((inverse(op) if op.kind in SCALARS else None) or op, strength="slight")
        for op in ops
    ]


def _dropped(ops: Sequence[Operation]) -> list[Operation]:
    """Take out what was put in: "remove it again"."""
    return [
        inverse(op) or (replace(op, kind=Kind.REMOVE) if op.kind is not Kind.REMOVE else op)
        for op in ops
    ]


def _reversed(ops: Sequence[Operation]) -> list[Operation]:
    return [inverse(op) or op for op in ops]
