"""What became of the edits that the chat offered: nothing, something, something taken back.

Pure. An offer and the edit that came of it are not tied in the store (a price may be
confirmed late, reworded, or in part), so they are matched by clip, change and time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from clipbot.domain.plan import Act, Plan, from_json
from clipbot.services.summary import Said
from clipbot.store.records import MessageRecord, RegenerationRecord, RegenerationStatus

_GIVEN_UP = frozenset({RegenerationStatus.FAILED, RegenerationStatus.CANCELLED})
_OUTCOMES = {
    Act.UNDO: "taken back",
    Act.RESTORE: "taken back",
    Act.REDO: "put back",
}


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of an edit that was offered in the chat."""

    edits: tuple[UUID, ...] = ()
    """The regenerations that came of it and were not given up; none: nothing happened."""
    is_in_film: bool = False
    """Whether one of them is under way, or shows in the film."""


def plan_of(line: MessageRecord) -> Plan | None:
    """Return what a line led to, if it led to something that can be read today."""
    if line.plan is None:
        return None
    try:
        return from_json(line.plan)
    except ValueError:
        return None


def fates_of(
    lines: Sequence[MessageRecord],
    edits: Sequence[RegenerationRecord],
    in_film: frozenset[UUID],
) -> dict[int, Fate]:
    """Return the fate of each line that offered an edit.

    An edit belongs to the last line before it that offered the same change of its clip.
    """
    offers = {line.id: (line, plan) for line in lines if (plan := plan_of(line)) and _offers(plan)}
    came: dict[int, list[RegenerationRecord]] = {id_: [] for id_ in offers}
    for edit in edits:
        fitting = [
            line.id
            for line, plan in offers.values()
            if line.created_at <= edit.created_at and _is_of(edit, plan)
        ]
        if fitting and edit.status not in _GIVEN_UP:
            came[fitting[-1]].append(edit)
    return {
        id_: Fate(
            tuple(edit.id for edit in found),
            any(edit.is_open or edit.id in in_film for edit in found),
        )
        for id_, found in came.items()
    }


def _offers(plan: Plan) -> bool:
    return plan.act is Act.EDIT and not plan.slots


def _is_of(edit: RegenerationRecord, plan: Plan) -> bool:
    number = edit.clip_index + 1
    if plan.takes and edit.take is not None:  # Their strengths differ, and so their changes.
        return any(number in each.clips for each in plan.edits)
    return any(number in each.clips and each.ops == edit.edit.ops for each in plan.edits)


def told(lines: Sequence[MessageRecord], fates: Mapping[int, Fate], count: int) -> Iterator[Said]:
    """Yield what the first `count` lines asked for, each with what came of it."""
    for place, line in enumerate(lines[:count]):
        if line.role == "user":
            answer = next((each for each in lines[place + 1 :] if each.role == "assistant"), None)
            if outcome := _outcome(answer, fates):
                yield Said(line.content, outcome)


def _outcome(answer: MessageRecord | None, fates: Mapping[int, Fate]) -> str:
    """Return what came of a line, in a few words; empty where it was no wish."""
    plan = plan_of(answer) if answer else None
    if answer is None or plan is None:
        return ""
    if plan.slots:
        return "done"
    if plan.act is not Act.EDIT:
        return _OUTCOMES.get(plan.act, "")
    fate = fates.get(answer.id, Fate())
    if fate.is_in_film:
        return "done"
    return "done, then taken back" if fate.edits else "not confirmed"
