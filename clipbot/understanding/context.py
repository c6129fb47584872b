"""What an instruction is understood against: the clips, the selection, the talk so far."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clipbot.domain import plan as plans
from clipbot.domain.plan import Plan


@dataclass(frozen=True, slots=True)
class ClipFacts:
    """What is known of one clip. Measures are None where nothing was measured."""

    number: int
    """From 1, as people count."""
    start: float = 0.0
    """Seconds from the start of the song."""
    end: float = 0.0
    section: str | None = None
    """Part of the song: "verse", "pre-chorus"."""
    section_number: int | None = None
    """Which one of its kind, from 1."""
    lyrics: str | None = None
    luma: float | None = None
    saturation: float | None = None
    warmth: float | None = None
    motion: float | None = None
    versions: int = 1
    current_version: int = 1
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the talk so far."""

    role: str
    """"user" or "assistant"."""
    content: str = ""
    plan: Plan | None = None
    """What the message led to, if it led to something."""
    is_pending: bool = False
    """Whether its edits are not in the film: not confirmed so far, or taken back."""


@dataclass(frozen=True, slots=True)
class Context:
    """A video as far as understanding needs to know it."""

    clips: tuple[ClipFacts, ...]
    """By rising number."""
    selected: tuple[int, ...] = ()
    history: tuple[Turn, ...] = ()
    """Oldest first."""

    @property
    def numbers(self) -> tuple[int, ...]:
        """The clip numbers that exist, rising."""
        return tuple(clip.number for clip in self.clips)

    @property
    def last_plan(self) -> Plan | None:
        """The plan that the talk is about now: the last one that names clips or a change."""
        for turn in reversed(self.history):
            if turn.plan is not None and turn.plan.edits:
                return turn.plan
        return None

    @property
    def talked_about(self) -> tuple[int, ...]:
        """The existing clips of that plan, rising."""
        last = self.last_plan
        named = {number for edit in last.edits for number in edit.clips} if last else set()
        return tuple(sorted(named.intersection(self.numbers)))

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "Context":
        """Read a context from its public JSON shape.

        Unknown fields are ignored, and so are selected clips that do not exist.

        Raises:
            ValueError: It is not a context.
        """
        try:
            clips = sorted((_clip(each) for each in document["clips"]), key=lambda c: c.number)
            numbers = {clip.number for clip in clips}
            selected = {int(number) for number in document.get("selected") or ()}
            history = tuple(_turn(each) for each in document.get("history") or ())
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("this is not a context") from error
        return cls(tuple(clips), tuple(sorted(selected & numbers)), history)


def _clip(document: Mapping[str, Any]) -> ClipFacts:
    return ClipFacts(
        number=int(document["number"]),
        start=float(document.get("start") or 0.0),
        end=float(document.get("end") or 0.0),
        section=document.get("section") or None,
        section_number=document.get("section_number"),
        lyrics=document.get("lyrics") or None,
        luma=document.get("luma"),
        saturation=document.get("saturation"),
        warmth=document.get("warmth"),
        motion=document.get("motion"),
        versions=int(document.get("versions") or 1),
        current_version=int(document.get("current_version") or 1),
        prompt=str(document.get("prompt") or ""),
    )


def _turn(document: Mapping[str, Any]) -> Turn:
    plan = document.get("plan")
    return Turn(
        role=str(document["role"]),
        content=str(document.get("content") or ""),
        plan=None if plan is None else plans.from_json(plan),
    )
