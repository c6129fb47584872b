"""What an instruction means: the plan.

The shape is public (`contracts/understanding.md`): the chat, REST, the command line
and the stored rows all carry it as JSON, made by `to_json` and read by `from_json`.
Clips are numbered from 1 here, as people do.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Literal

from clipbot.domain.filling import Filling
from clipbot.domain.palettes import Match, match_of
from clipbot.domain.slots import SlotWish
from clipbot.domain.timeline import TransitionKind

Strength = Literal["slight", "medium", "strong"]


NEIGHBOURS = "neighbours"
"""The look of the clips of the same section, else of those around it."""


class Act(StrEnum):
    """What the person wants to happen."""

    EDIT = "edit"
    ASK = "ask"
    ANSWER = "answer"
    UNDO = "undo"
    REDO = "redo"
    RESTORE = "restore"
    STYLE = "style"
    CHAT = "chat"


class Kind(StrEnum):
    """What an operation changes."""

    BRIGHTNESS = "brightness"
    CONTRAST = "contrast"
    SATURATION = "saturation"
    WARMTH = "warmth"
    TIME_OF_DAY = "time_of_day"
    WEATHER = "weather"
    MOOD = "mood"
    LOOK = "look"
    MOTION = "motion"
    SPEED = "speed"
    CAMERA = "camera"
    SHARPNESS = "sharpness"
    SUBJECT = "subject"
    BACKGROUND = "background"
    REMOVE = "remove"
    ADD = "add"
    REGENERATE = "regenerate"
    OTHER = "other"


class Topic(StrEnum):
    """What a question is about."""

    CLIPS = "clips"
    """Which clips are such: "which clips are dark?"."""
    COUNT = "count"
    LENGTH = "length"
    COST = "cost"
    BUDGET = "budget"
    CHANGES = "changes"
    """What was done to a clip, or to the video."""
    VERSIONS = "versions"
    PROMPT = "prompt"
    LYRICS = "lyrics"
    SECTIONS = "sections"
    MEASURES = "measures"
    """How dark, fast, colourful or warm it is."""
    MISSING = "missing"
    """Whether clips have no footage."""
    RUNNING = "running"
    """Which edits are under way."""
    HELP = "help"
    """What can be done here, and how."""
    VIDEO = "video"
    """Anything else about the video."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One change, in the plan's closed words."""

    kind: Kind
    direction: str | None = None
    """`up`/`down` for scalar kinds, else the target in one word; None where no word fits."""
    strength: Strength = "medium"
    match: Match | None = None
    """From which colours to which, for the look of other clips; fixed when it is quoted."""

    @property
    def is_match(self) -> bool:
        """Whether it brings a clip to the colours of the clips that it belongs to."""
        return self.kind is Kind.LOOK and self.direction == NEIGHBOURS


@dataclass(frozen=True, slots=True)
class Edit:
    """One entry of a plan: these clips, this change."""

    clips: tuple[int, ...]
    """Clip numbers, from 1, rising."""
    ops: tuple[Operation, ...] = ()
    instruction: str = ""
    """The wish in words, without the clips it is for."""
    keep: tuple[str, ...] = ()
    """What must stay as it is, in the person's words."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Which words of the person gave what."""

    words: str
    """As they were typed."""
    start: int
    """First character in the text."""
    stop: int
    means: str
    """In a few words for people: "clips 2 and 4", "darker", "keeps her face"."""


@dataclass(frozen=True, slots=True)
class Plan:
    """An instruction understood."""

    act: Act
    edits: tuple[Edit, ...] = ()
    question: str | None = None
    choices: tuple[str, ...] = ()
    """Two to five complete instructions, when `act` is ASK."""
    reply: str | None = None
    version: int | None = None
    """The version to restore, from 1 (the original); with `takes`, the one that they are like."""
    source_clip: int | None = None
    """The clip whose look is wanted, when `act` is STYLE."""
    template_id: str | None = field(default=None, compare=False)
    """The template that matched, if one alone explains the wish."""
    topic: Topic | None = field(default=None, compare=False)
    """What is asked, when `act` is ANSWER."""
    readings: tuple[Reading, ...] = field(default=(), compare=False)
    """Which words gave what, in the order of the text."""
    unread: tuple[str, ...] = field(default=(), compare=False)
    """Words of a wish that meant nothing to us, as they were typed."""
    slots: tuple[SlotWish, ...] = ()
    """How clips are to fill their slots, or meet, when `act` is EDIT: then nothing else."""
    takes: int = 0
    """How many versions are wanted at once, to choose from; 0: one, for the film itself."""


def to_json(plan: Plan) -> dict[str, Any]:
    """Return the plan in its public JSON shape; what only some plans have, only they name."""
    document: dict[str, Any] = _without_tuples(asdict(plan))
    if not plan.takes:
        del document["takes"]
    for edit in document["edits"]:
        edit["ops"] = [
            {key: value for key, value in op.items() if key != "match" or value}
            for op in edit["ops"]
        ]
    return document


def from_json(document: Mapping[str, Any]) -> Plan:
    """Read a plan from its public JSON shape.

    Raises:
        ValueError: It is not a plan: an unknown act or kind, or a field of a wrong type.
    """
    try:
        return Plan(
            act=Act(document["act"]),
            edits=tuple(_edit(edit) for edit in document.get("edits") or ()),
            question=_word(document.get("question")),
            choices=_words(document.get("choices")),
            reply=_word(document.get("reply")),
            version=_number(document.get("version")),
            source_clip=_number(document.get("source_clip")),
            slots=tuple(_slot(each) for each in document.get("slots") or ()),
            takes=_number(document.get("takes")) or 0,
            template_id=_word(document.get("template_id")),
            topic=_topic(document.get("topic")),
            readings=tuple(_reading(each) for each in document.get("readings") or ()),
            unread=_words(document.get("unread")),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("this is not a plan") from error


def _edit(document: Mapping[str, Any]) -> Edit:
    return Edit(
        clips=tuple(sorted({int(number) for number in document["clips"]})),
        ops=tuple(
            Operation(
                Kind(op["kind"]),
                _word(op.get("direction")),
                _strength(op.get("strength")),
                None if op.get("match") is None else match_of(op["match"]),
            )
            for op in document.get("ops") or ()
        ),
        instruction=str(document.get("instruction") or ""),
        keep=_words(document.get("keep")),
    )


def _slot(document: Mapping[str, Any]) -> SlotWish:
    filling, transition = document.get("filling"), document.get("transition")
    seconds = document.get("seconds")
    return SlotWish(
        clip=int(document["clip"]),
        filling=None if filling is None else Filling(filling),
        transition=None if transition is None else TransitionKind(transition),
        seconds=None if seconds is None else float(seconds),
    )


def _topic(word: Any) -> Topic | None:
    return None if word is None else Topic(word)


def _reading(document: Mapping[str, Any]) -> Reading:
    return Reading(
        words=str(document["words"]),
        start=int(document["start"]),
        stop=int(document["stop"]),
        means=str(document["means"]),
    )


def _word(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise ValueError(f"{value!r} is no text")


def _words(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        raise ValueError(f"{value!r} is no list")  # noqa: TRY004 - one error for all bad plans
    return tuple(str(each) for each in value or ())


def _number(value: Any) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise ValueError(f"{value!r} is no whole number")


def _strength(word: object) -> Strength:
    match word:
        case "slight" | "medium" | "strong":
            return word
        case None:
            return "medium"
        case _:
            raise ValueError(f"{word!r} is not a strength")


def _without_tuples(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_tuples(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_tuples(item) for item in value]
    return value
