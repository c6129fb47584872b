"""A plan proposed by a language model, let in where the grammar left a gap.

The grammar is right about what it read: clips it named stay named, operations it knows
stay as they are. A model may only say what an unread wish or an operation of kind
OTHER means. Whatever it says is checked against the video before it counts.
"""

from collections.abc import Sequence
from dataclasses import replace

from clipbot.domain.plan import Act, Edit, Kind, Operation, Plan
from clipbot.understanding import asking
from clipbot.understanding.context import Context


def needs_model(plan: Plan) -> bool:
    """Whether a language model could tell more: words went unread, or mean something unnamed.

    A question about which clip is meant, or about a clip that does not exist, is for the
    person alone.
    """
    if plan.act is Act.ASK:
        return bool(plan.unread)
    return plan.act is Act.EDIT and any(_is_open(edit) for edit in plan.edits)


def merged(plan: Plan, proposal: Plan, context: Context) -> Plan:
    """Return the grammar's plan with its gaps filled from a model's proposal.

    Args:
        plan: What the grammar read. A question may hold the clips that were named, as
            edits without operations.
        proposal: What a model made of the same text; nothing in it is trusted.
        context: The video, its selection and the talk.

    Returns:
        `plan` itself where there is no gap or the proposal does not fit it; a question
        where the proposal names what the video does not have.
    """
    if not needs_model(plan):
        return plan
    if plan.act is Act.EDIT:
        return _named(plan, proposal)
    if proposal.act in {Act.ANSWER, Act.CHAT}:
        return replace(proposal, edits=_existing(proposal.edits, context), readings=plan.readings)
    if proposal.act is not Act.EDIT or not any(edit.ops for edit in proposal.edits):
        return plan
    return _filled(plan, proposal, context)


def _is_open(edit: Edit) -> bool:
    return any(op.kind is Kind.OTHER for op in edit.ops)


def _named(plan: Plan, proposal: Plan) -> Plan:
    """Give operations of kind OTHER the names that the proposal has for the same clips."""
    edits = []
    for edit in plan.edits:
        told = [
            op
            for other in proposal.edits
            if set(edit.clips) <= set(other.clips)
            for op in other.ops
        ]
        known = [op for op in edit.ops if op.kind is not Kind.OTHER]
        fresh = [op for op in told if op.kind not in {Kind.OTHER, *(each.kind for each in known)}]
        edits.append(_with_ops(edit, [*known, *fresh]) if _is_open(edit) and fresh else edit)
    return replace(plan, edits=tuple(edits))


def _filled(plan: Plan, proposal: Plan, context: Context) -> Plan:
    """Return a proposed edit, for the clips that the grammar read if it read any."""
    wish = " and ".join(
        dict.fromkeys(edit.instruction for edit in proposal.edits if edit.instruction)
    )
    proposed = {number for edit in proposal.edits for number in edit.clips}
    if unknown := sorted(proposed.difference(context.numbers)):
        return asking.unknown_clip(context, [f"clip {number}" for number in unknown], wish)
    read = tuple(sorted({number for edit in plan.edits for number in edit.clips}))
    allowed = read or context.selected
    edits = [edit for edit in proposal.edits if edit.ops]
    if allowed and not (proposed and proposed <= set(allowed) and len(edits) > 1):
        edits = [replace(edit, clips=allowed) for edit in edits[:1]]
    if not all(edit.clips for edit in edits) or (not allowed and _is_sweeping(proposed, context)):
        return asking.which_clip(context, wish or "brighter")
    return Plan(Act.EDIT, tuple(edits), readings=plan.readings)


def _is_sweeping(proposed: set[int], context: Context) -> bool:
    """Whether a proposal takes the whole video, which nobody asked for."""
    return len(context.clips) > 1 and len(proposed) == len(context.clips)


def _existing(edits: Sequence[Edit], context: Context) -> tuple[Edit, ...]:
    """Return the edits of an answer with the clips that exist."""
    numbers = context.numbers
    kept = (
        replace(edit, clips=tuple(number for number in edit.clips if number in numbers))
        for edit in edits
    )
    return tuple(edit for edit in kept if edit.clips)


def _with_ops(edit: Edit, ops: Sequence[Operation]) -> Edit:
    return replace(edit, ops=tuple(dict.fromkeys(ops)))
