"""Understand what a person typed, about one job."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from clipbot.domain.plan import Plan, from_json
from clipbot.domain.user import User
from clipbot.errors import ClipUnknown, EmptyInstruction, InstructionTooLong
from clipbot.services.clips import ClipService
from clipbot.services.views import ClipView
from clipbot.store.messages import Messages
from clipbot.store.records import MessageRecord
from clipbot.understanding import ClipFacts, Context, Turn, understand

MAX_CHARACTERS = 2000
_TURNS = 20
"""Lines of the chat that follow-ups may refer to."""


@dataclass(frozen=True, slots=True)
class PlanService:
    """Turns text into a plan; nothing is spent, sent or written."""

    clips: ClipService
    messages: Messages

    def plan(self, user: User, job_id: UUID, text: str, selected: Sequence[int] = ()) -> Plan:
        """Return what `text` asks for, in the light of the job and its chat.

        Args:
            user: Who asks.
            job_id: The job.
            text: The instruction, 1 to 2,000 characters.
            selected: Numbers of the clips that are selected on the page, from 1.

        Raises:
            EmptyInstruction: There is nothing in it.
            InstructionTooLong: There is too much in it.
            ClipUnknown: A selected clip does not exist.
            JobNotFound: No such job.
            NotAllowed: It belongs to somebody else.
            JobNotReady: It has no clips yet.
        """
        instruction = checked(text)
        clips = self.clips.list(user, job_id)
        turns = [_turn(line) for line in self.messages.of_job(job_id, limit=_TURNS)]
        _require(selected, len(clips))
        context = Context(
            clips=tuple(_facts(clip) for clip in clips),
            selected=tuple(sorted(set(selected))),
            history=tuple(turn for turn in turns if turn is not None),
        )
        return understand(instruction, context)


def _require(selected: Sequence[int], count: int) -> None:
    for number in selected:
        if not 1 <= number <= count:
            raise ClipUnknown(number - 1, count)


def checked(text: str) -> str:
    """Return an instruction without the space around it.

    Raises:
        EmptyInstruction: There is nothing in it.
        InstructionTooLong: There is too much in it.
    """
    instruction = text.strip()
    if not instruction:
        raise EmptyInstruction
    if len(instruction) > MAX_CHARACTERS:
        raise InstructionTooLong(len(instruction), MAX_CHARACTERS)
    return instruction


def _facts(clip: ClipView) -> ClipFacts:
    seen = clip.measures
    return ClipFacts(
        number=clip.number,
        start=clip.timestamp_start,
        end=clip.timestamp_end,
        section=clip.section,
        section_number=clip.section_number,
        lyrics=clip.lyrics_preview or None,
        luma=seen.luma if seen else None,
        saturation=seen.saturation if seen else None,
        warmth=seen.warmth if seen else None,
        motion=seen.motion if seen else None,
        versions=clip.version_count,
        current_version=clip.current_version,
        prompt=clip.prompt,
    )


def _turn(line: MessageRecord) -> Turn | None:
    if line.role not in {"user", "assistant"}:
        return None
    return Turn(role=line.role, content=line.content, plan=_stored(line.plan))


def _stored(document: Mapping[str, Any] | None) -> Plan | None:
    if document is None:
        return None
    try:
        return from_json(document)
    except ValueError:
        return None
