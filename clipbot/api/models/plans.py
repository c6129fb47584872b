"""An instruction understood, and its price."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from clipbot.api.models.common import ClipIndex, Instruction, Money, Request, Seconds, Shape
from clipbot.api.models.errors import ErrorModel
from clipbot.api.models.regenerations import Message
from clipbot.api.models.slots import SlotPlanModel
from clipbot.domain.filling import Filling
from clipbot.domain.money import Attempt, QuoteLine, decimal_string
from clipbot.domain.plan import Act, Kind, Plan, Strength, Topic, from_json, to_json
from clipbot.domain.takes import MOST
from clipbot.domain.timeline import TransitionKind
from clipbot.services.views import Quoted, QuotedRow, RendererView

ClipNumbers = list[int]
"""Counting from 1, as people do."""
Axis = Annotated[float, Field(ge=-1.5, le=1.5, allow_inf_nan=False)]
Spread = Annotated[float, Field(ge=0, le=1.5, allow_inf_nan=False)]


class PaletteModel(Shape):
    """Colours in Oklab: lightness, green to red, blue to yellow."""

    mean: list[Axis] = Field(min_length=3, max_length=3, examples=[[0.45, 0.02, -0.04]])
    spread: list[Spread] = Field(min_length=3, max_length=3, examples=[[0.15, 0.03, 0.05]])


class MatchModel(Shape):
    """A change of colours."""

    source: PaletteModel
    target: PaletteModel


class OperationModel(Shape):
    """One change, in the plan's closed words."""

    kind: Kind
    direction: str | None = Field(default=None, examples=["night"])
    strength: Strength = "medium"
    match: MatchModel | None = Field(
        default=None,
        exclude_if=lambda match: match is None,
        description="From which colours to which, for the look `neighbours`; set by a quote.",
    )


class EditModel(Shape):
    """These clips, this change."""

    clips: ClipNumbers = Field(examples=[[2, 4]], description="Numbers from 1.")
    ops: list[OperationModel] = Field(default=[])
    instruction: str = Field(default="", examples=["make it night"])
    keep: list[str] = Field(default=[], examples=[["the composition"]])


class ReadingModel(Shape):
    """Which words of an instruction gave what."""

    words: str = Field(examples=["at night"])
    start: int = Field(examples=[7], description="First character in the text.")
    stop: int = Field(examples=[15], description="Behind the last character.")
    means: str = Field(examples=["nighttime"])


class SlotWishModel(Shape):
    """How one clip is to fill its slot, or to meet the next one."""

    clip: int = Field(examples=[3], description="Its number, from 1.")
    filling: Filling | None = None
    transition: TransitionKind | None = Field(default=None, examples=["crossfade"])
    seconds: float | None = Field(
        default=None, examples=[1.0], description="How long the transition is to last."
    )


class PlanModel(Shape):
    """An instruction understood; the same shape everywhere (contracts/understanding.md)."""

    act: Act = Field(examples=["edit"])
    edits: list[EditModel] = Field(
        default=[],
        examples=[[{"clips": [2], "ops": [{"kind": "time_of_day", "direction": "night"}]}]],
    )
    question: str | None = None
    choices: list[str] = Field(default=[])
    reply: str | None = None
    version: int | None = Field(
        default=None,
        description="To go back to, or, with `takes`, what they are to be like; counts from 1.",
    )
    source_clip: int | None = Field(default=None, description="A number from 1.")
    slots: list[SlotWishModel] = Field(
        default=[], description="How clips are to fill their slots, or meet: then nothing else."
    )
    takes: int = Field(
        default=0,
        ge=0,
        examples=[0],
        description="How many versions are wanted at once, to choose from; 0: one, for the film. "
        "More than 4 have no price.",
    )
    template_id: str | None = Field(default=None, examples=["nighttime"])
    topic: Topic | None = Field(default=None, description="What is asked, if it is a question.")
    readings: list[ReadingModel] = Field(default=[])
    unread: list[str] = Field(default=[], description="Words of the wish that meant nothing.")

    @classmethod
    def of(cls, plan: Plan) -> "PlanModel":
        """Return the shape of a plan."""
        return cls.model_validate(to_json(plan))

    def to_domain(self) -> Plan:
        """Return the plan itself."""
        return from_json(self.model_dump(mode="json"))


class PlanRequest(Request):
    """Words to be understood."""

    text: Instruction
    selected: ClipNumbers = Field(default=[], max_length=500, description="Numbers from 1.")
    history: list[Message] = Field(
        default=[], max_length=200, description="Advisory: the server keeps the conversation."
    )


class RowRequest(Request):
    """One clip of a plan that stays in it."""

    clip: int = Field(ge=1, description="Its number, from 1.", examples=[2])
    instruction: Instruction | None = Field(
        default=None, description="What it should get instead; none: what the plan says."
    )


class QuoteRequest(Request):
    """Something to be priced: words, or a plan, or what is left of a plan."""

    text: Instruction | None = Field(default=None, examples=["make clip 2 brighter"])
    plan: PlanModel | None = None
    rows: list[RowRequest] | None = Field(
        default=None,
        max_length=500,
        description="With a plan: the clips that stay; the others are struck out.",
    )
    selected: ClipNumbers = Field(default=[], max_length=500, description="Numbers from 1.")
    renderer: str | None = Field(
        default=None,
        examples=["local"],
        description="None or `auto`: whoever is best for each clip; what is free comes first.",
    )
    with_retries: bool = Field(
        default=False,
        strict=True,
        description="Whether a yes is also for other words, then another model, where a paid model "
        "minds what it would show.",
    )
    takes: int = Field(
        default=0,
        ge=0,
        le=MOST,
        examples=[0],
        description="How many versions of one clip are wanted at once, to choose from; 0: as the "
        "words or the plan say.",
    )

    @model_validator(mode="after")
    def _asks_for_one_thing(self) -> Self:
        if (self.text is None) == (self.plan is None):
            raise ValueError("give either text or plan")
        if self.rows is not None and self.plan is None:
            raise ValueError("rows are those of a plan")
        return self

    def wish(self) -> dict[str, Any]:
        """Return what the services take."""
        plan = self.plan.to_domain() if self.plan else None
        return {
            "text": self.text,
            "plan": plan,
            "selected": tuple(self.selected),
            "renderer": self.renderer,
            "with_retries": self.with_retries,
            "takes": self.takes,
        }


class AttemptModel(Shape):
    """One agreed way to get the footage; the next is tried where this one is refused."""

    renderer: str = Field(examples=["veo_31"])
    ceiling: Money
    is_cleaned: bool = Field(description="Whether the prompt goes without words that are minded.")

    @classmethod
    def of(cls, attempt: Attempt) -> "AttemptModel":
        """Return the shape of an attempt."""
        return cls(
            renderer=attempt.renderer,
            ceiling=decimal_string(attempt.ceiling_micros),
            is_cleaned=attempt.is_cleaned,
        )


class QuoteRowModel(Shape):
    """One clip of a plan: what would happen to it, and what that costs."""

    clip_index: ClipIndex
    instruction: str = Field(examples=["make it night"])
    changes: str = Field(examples=["nighttime"])
    keeps: list[str] = Field(examples=[["composition", "motion"]])
    estimate: Money = Field(description="Before a batch's discount.")
    ceiling: Money
    estimated_time: Seconds
    is_supported: bool = Field(
        description="False: the quote can be confirmed once this row is struck out or reworded."
    )
    reason: str | None = Field(description="Why the renderer cannot do it.")
    renderer: str = Field(examples=["local"])
    attempts: list[AttemptModel] = Field(description="What a yes is for, in this order.")
    notes: list[str] = Field(description="What a person should know before agreeing.")
    hint: str | None = Field(description="What could be had for nothing instead.")
    take: int | None = Field(
        default=None, description="Which of several versions at once it is, from 1."
    )

    @classmethod
    def of(cls, row: QuotedRow) -> "QuoteRowModel":
        """Return the shape of a row."""
        return cls(
            clip_index=row.clip_index,
            instruction=row.edit.instruction,
            changes=row.changes,
            keeps=list(row.keeps),
            estimate=decimal_string(row.estimate_micros),
            ceiling=decimal_string(row.ceiling_micros),
            estimated_time=row.seconds,
            is_supported=row.is_supported,
            reason=row.reason,
            renderer=row.renderer,
            attempts=[AttemptModel.of(each) for each in row.attempts],
            notes=list(row.notes),
            hint=row.hint,
            take=row.take.number if row.take else None,
        )


class QuoteLineModel(Shape):
    """One line of a price."""

    label: str = Field(examples=["Clip 2: local look"])
    clip_index: int | None = Field(description="Counts from 0.")
    estimate: Money
    ceiling: Money

    @classmethod
    def of(cls, line: QuoteLine) -> "QuoteLineModel":
        """Return the shape of a line."""
        return cls(
            label=line.label,
            clip_index=line.clip_index,
            estimate=decimal_string(line.estimate_micros),
            ceiling=decimal_string(line.ceiling_micros),
        )


class RendererModel(Shape):
    """A renderer that could do the edit, or part of it."""

    key: str = Field(examples=["local"])
    label: str = Field(examples=["Local look"])
    extent: Literal["whole", "partial", "nothing"]
    estimate: Money
    ceiling: Money
    estimated_time: Seconds
    keeps: list[str] = Field(examples=[["composition", "motion"]])
    leftover: list[str] = Field(description="What it cannot do.")
    refusal: str | None = Field(description="Why it cannot be used for this work now.")
    notes: list[str] = Field(description="What a person should know before choosing it.")
    accuracy: float | None = Field(
        description="How far its estimates were from what was paid, as a share (median)."
    )
    past: int = Field(examples=[4], description="Paid edits that the accuracy is drawn from.")

    @classmethod
    def of(cls, renderer: RendererView) -> "RendererModel":
        """Return the shape of a renderer."""
        return cls.model_validate(
            {
                "key": renderer.key,
                "label": renderer.label,
                "extent": renderer.extent,
                "estimate": decimal_string(renderer.estimate_micros),
                "ceiling": decimal_string(renderer.ceiling_micros),
                "estimated_time": renderer.seconds,
                "keeps": list(renderer.keeps),
                "leftover": list(renderer.leftover),
                "refusal": renderer.refusal,
                "notes": list(renderer.notes),
                "accuracy": renderer.accuracy,
                "past": renderer.past,
            }
        )


class EstimateModel(Shape):
    """What an edit may cost; nothing is written down."""

    plan: PlanModel
    instruction: str = Field(examples=["make it night"])
    renderer: str = Field(
        examples=["local"], description="`auto`: not the same one for all clips; see `rows`."
    )
    with_retries: bool
    can_retry: bool = Field(description="Whether there would be anything to try after a refusal.")
    renderers: list[RendererModel] = Field(description="What could be chosen instead.")
    rows: list[QuoteRowModel] = Field(description="Clip by clip, rising.")
    lines: list[QuoteLineModel]
    estimate: Money
    ceiling: Money = Field(description="The most that can be charged.")
    estimated_time: Seconds
    budget: Money
    budget_left: Money = Field(description="Before this edit.")
    warnings: list[str]


class QuoteModel(EstimateModel):
    """A price that can be confirmed, once, until it expires."""

    quote_id: UUID
    expires_at: datetime


class PlanAnswer(Shape):
    """A plan, and the price it would have."""

    plan: PlanModel
    quote: EstimateModel | None = Field(description="None: there is nothing to pay for.")
    slots: SlotPlanModel | None = Field(
        default=None, description="What changes in how clips meet or fill their slots: free."
    )
    problem: ErrorModel | None = Field(
        default=None, description="Why an edit has no price: it cannot be done as it stands."
    )


def estimate_of(quoted: Quoted) -> EstimateModel:
    """Return the shape of a price."""
    return EstimateModel.model_validate(_priced(quoted))


def quote_of(quoted: Quoted) -> QuoteModel:
    """Return the shape of a price that can be confirmed."""
    quote = quoted.quote
    return QuoteModel.model_validate(
        {**_priced(quoted), "quote_id": quote.id, "expires_at": quote.expires_at}
    )


def _priced(quoted: Quoted) -> dict[str, Any]:
    quote = quoted.quote
    return {
        "plan": PlanModel.of(quoted.plan),
        "instruction": quoted.instruction,
        "renderer": quote.renderer,
        "with_retries": quoted.with_retries,
        "can_retry": quoted.can_retry,
        "renderers": [RendererModel.of(each) for each in quoted.renderers],
        "rows": [QuoteRowModel.of(row) for row in quoted.rows],
        "lines": [QuoteLineModel.of(line) for line in quote.lines],
        "estimate": decimal_string(quote.estimate_micros),
        "ceiling": decimal_string(quote.ceiling_micros),
        "estimated_time": quote.estimated_seconds,
        "budget": decimal_string(quoted.budget_micros),
        "budget_left": decimal_string(quoted.left_micros),
        "warnings": list(quote.warnings),
    }
