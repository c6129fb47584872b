"""Change a plan row by row: strike clips out, or say what should happen to one in other words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import chain
from typing import TypeVar

from clipbot.domain.plan import Act, Edit, Plan
from clipbot.errors import (
    ClipUnknown,
    EmptyInstruction,
    InstructionTooLong,
    NeedsAnswer,
)

T = TypeVar("T")
Row = tuple[int, str | None]
"""A clip's number, and what should happen to it; None: what the plan says."""
Understand = Callable[[str, int], Plan]
"""Reads words, with the clip of this number selected."""


def revision(plan: Plan, rows: Sequence[Row], understand: Understand) -> Plan:
    """Return the plan that is left.

    Args:
        plan: What the rows were made from.
        rows: What stays; a clip that is not named is struck out.
        understand: Reads the words that were typed into a row.

    Raises:
        NeedsAnswer: No row is left, a row is not of this plan, or its words are unclear or
            about another clip. The sentence names the clip.
        ClipUnknown: The video has no such clip.
    """
    if not rows:
        raise NeedsAnswer("Every clip is struck out, so nothing would change.")
    kept = {number: edit for edit in plan.edits for number in edit.clips}
    edits = [
        _kept(kept, number) if text is None else _typed(text, number, understand)
        for number, text in rows
    ]
    is_reworded = any(text is not None for _, text in rows)
    return replace(
        plan,
        edits=_grouped(edits),
        template_id=None if is_reworded else plan.template_id,
        readings=() if is_reworded else plan.readings,
        unread=() if is_reworded else plan.unread,
    )


def _kept(kept: dict[int, Edit], number: int) -> Edit:
    if number not in kept:
        raise NeedsAnswer(f"Clip {number} is not part of this plan; please say what it should get.")
    return replace(kept[number], clips=(number,))


def _typed(text: str, number: int, understand: Understand) -> Edit:
    try:
        plan = understand(text, number)
    except ClipUnknown:
        raise
    except (EmptyInstruction, InstructionTooLong) as error:
        raise NeedsAnswer(_about(number, str(error))) from error
    if plan.act is Act.ASK:
        raise NeedsAnswer(_about(number, plan.question or "what should change?"), plan.choices)
    if plan.slots:
        said = "how it meets other clips or fills its slot is no change of its footage."
        raise NeedsAnswer(_about(number, said))
    if plan.act is not Act.EDIT or not plan.edits:
        raise NeedsAnswer(_about(number, "please say what should change in it."))
    if {clip for edit in plan.edits for clip in edit.clips} != {number}:
        raise NeedsAnswer(
            _about(number, f"its row changes clip {number} alone; please leave other clips out.")
        )
    return Edit(
        clips=(number,),
        ops=_unique(edit.ops for edit in plan.edits),
        instruction=text.strip(),
        keep=_unique(edit.keep for edit in plan.edits),
    )


def _grouped(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Put clips with the same change into one entry, as a person would say it."""
    clips: dict[Edit, list[int]] = {}
    for edit in edits:
        clips.setdefault(replace(edit, clips=()), []).extend(edit.clips)
    return tuple(replace(edit, clips=tuple(sorted(found))) for edit, found in clips.items())


def _about(number: int, sentence: str) -> str:
    return f"Clip {number}: {sentence[:1].lower()}{sentence[1:]}"


def _unique(groups: Iterable[Sequence[T]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(groups)))
