"""What a short answer means after the last plan: "a bit more", "same for the last one"."""

from collections.abc import Sequence
from dataclasses import replace

from clipbot.domain.plan import Act, Kind, Operation
from clipbot.understanding.context import Context
from clipbot.understanding.folding import Fold, Group, fold
from clipbot.understanding.phrases import phrase_set
from clipbot.understanding.pieces import Piece, cut
from clipbot.understanding.tokens import tokenize
from clipbot.understanding.vocabulary import inverse

_MORE = phrase_set("more, again, further, stronger, even more, once more, same, ditto")
_THINGS = frozenset({Kind.ADD, Kind.SUBJECT, Kind.BACKGROUND, Kind.OTHER})
_LESS = phrase_set(
    "too much, too strong, less, not that strong, not so strong, not so much, not that much,"
    "go the other way, the other way, weaker, half as much, not so intense, too intense"
)


def followed_up(folded: Fold, pieces: Sequence[Piece], context: Context) -> list[Group]:
    """Return the last change for other clips, once more, or turned back; else nothing.

    Only for a text that holds no wish of its own.
    """
    ops = _last_ops(context)
    tokens = [token for piece in pieces for token in piece.tokens]
    if not ops or folded.has_wish:
        return []
    if folded.waiting and not folded.waiting.is_pointed:
        return [Group(folded.waiting, ops)]
    if _LESS.first(tokens):
        return [Group(folded.waiting, _weaker(ops))]
    if _MORE.first(tokens):
        return [Group(folded.waiting, _again(ops, folded))]
    is_other_thing = any(token.word == "instead" for token in tokens)
    if is_other_thing and not _THINGS.isdisjoint(op.kind for op in ops):
        return [Group(folded.waiting, ops, rows=[piece.tokens for piece in pieces])]
    return []


def _last_ops(context: Context) -> list[Operation]:
    """Return the wish that an open question was about, else the last change."""
    last = next((turn for turn in reversed(context.history) if turn.role != "user"), None)
    if last and (last.plan is None or last.plan.act is Act.ASK):
        said = next((turn.content for turn in reversed(context.history) if turn.role == "user"), "")
        wished = fold(cut(tokenize(said), context), said)
        if ops := [op for group in wished.groups for op in group.ops]:
            return ops
    plans = (turn.plan for turn in reversed(context.history) if turn.plan)
    changes = ([op for edit in plan.edits for op in edit.ops] for plan in plans)
    return next(filter(None, changes), [])


def _again(ops: Sequence[Operation], folded: Fold) -> list[Operation]:
    return [replace(op, strength=folded.strength or op.strength) for op in ops]


def _weaker(ops: Sequence[Operation]) -> list[Operation]:
    """Turn back what can be turned back; make the rest slight."""
    return [replace(inverse(op) or op, strength="slight") for op in ops]
