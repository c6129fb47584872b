"""Understand what a person typed, about one job."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from clipbot.domain.plan import Plan
from clipbot.domain.user import User
from clipbot.errors import ClipUnknown, EmptyInstruction, InstructionTooLong
from clipbot.services.clips import ClipService
from clipbot.services.conversation import Conversations
from clipbot.services.understood import Readings
from clipbot.services.views import ClipView
from clipbot.understanding import ClipFacts, Context, understand

MAX_CHARACTERS = 2000
_TURNS = 20
"""Lines of the chat that follow-ups may refer to."""


@dataclass(frozen=True, slots=True)
class PlanService:
    """Turns text into a plan. Nothing is spent or sent, unless a model is set up to help."""

    clips: ClipService
    conversations: Conversations
    readings: Readings | None = None
    """None: sentences are read by grammar alone."""

    def plan(
        self,
        user: User,
        job_id: UUID,
        text: str,
        selected: Sequence[int] = (),
        *,
        is_free: bool = False,
    ) -> Plan:
        """Return what `text` asks for, in the light of the job and its chat.

        Args:
            user: Who asks.
            job_id: The job.
            text: The instruction, 1 to 2,000 characters.
            selected: Numbers of the clips that are selected on the page, from 1.
            is_free: Whether no model may be paid for reading it.

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
        _require(selected, len(clips))
        context = Context(
            clips=tuple(_facts(clip) for clip in clips),
            selected=tuple(sorted(set(selected))),
            history=self.conversations.turns(job_id, limit=_TURNS),
        )
        plan = understand(instruction, context)
        if self.readings is None:
            return plan
        return self.readings.filled(job_id, instruction, context, plan, is_free=is_free)


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
