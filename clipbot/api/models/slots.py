"""Slots: how clips fill them, and how they meet."""

from collections.abc import Sequence
from typing import Self

from pydantic import Field, model_validator

from clipbot.api.models.common import ClipIndex, Money, Request, Seconds, Shape
from clipbot.api.models.jobs import JobModel
from clipbot.domain.filling import Filling
from clipbot.domain.slots import SlotWish
from clipbot.domain.timeline import TransitionKind
from clipbot.services.slot_views import SlotView, TransitionView
from clipbot.services.slots import SlotPlan, SlotsChanged

_FREE = "0.00"


class TransitionModel(Shape):
    """How a clip meets the next one."""

    type: TransitionKind = Field(examples=["crossfade"])
    duration: Seconds = Field(examples=[0.5], description="As it is wanted; 0 for a cut.")
    shown_duration: Seconds = Field(
        examples=[0.5], description="As it is: no more than half of the clips' lengths."
    )
    is_chosen: bool = Field(description="False: as the pipeline planned it.")

    @classmethod
    def of(cls, view: TransitionView | None) -> "TransitionModel | None":
        """Return the shape of a transition, if there is one."""
        if view is None:
            return None
        return cls(
            type=view.type,
            duration=view.duration,
            shown_duration=view.shown_duration,
            is_chosen=view.is_chosen,
        )


class SlotModel(Shape):
    """One slot of the film."""

    clip_index: ClipIndex
    frames: int = Field(examples=[144])
    filling: Filling = Field(
        examples=["freeze"], description="What follows where the footage is shorter."
    )
    slowdown: float = Field(examples=[1.15], description="1 is as filmed; at most 1.15.")
    still_duration: Seconds = Field(
        examples=[0.4], description="For how long the last frame stands still."
    )
    repeated_duration: Seconds = Field(
        examples=[0.0], description="For how long it shows again what it showed."
    )
    transition: TransitionModel | None = Field(description="To the next clip; None: the last one.")
    warnings: list[str]

    @classmethod
    def of(cls, view: SlotView) -> "SlotModel":
        """Return the shape of a slot."""
        return cls(
            clip_index=view.clip_index,
            frames=view.frames,
            filling=view.filling,
            slowdown=view.slowdown,
            still_duration=view.still_seconds,
            repeated_duration=view.repeated_seconds,
            transition=TransitionModel.of(view.transition),
            warnings=list(view.warnings),
        )


class SlotList(Shape):
    """The slots of a job, in the film's order."""

    slots: list[SlotModel]

    @classmethod
    def of(cls, views: Sequence[SlotView]) -> "SlotList":
        """Return the shape of a job's slots."""
        return cls(slots=[SlotModel.of(view) for view in views])


class SlotChangeRequest(Request):
    """What one slot is to be; what is left out stays as it is."""

    clip_index: int = Field(ge=0, le=2**31 - 2, examples=[2], description="Counts from 0.")
    filling: Filling | None = Field(default=None, examples=["loop"])
    transition: TransitionKind | None = Field(
        default=None, examples=["crossfade"], description="To the next clip."
    )
    duration: float | None = Field(
        default=None,
        examples=[1.0],
        allow_inf_nan=False,
        description="Seconds of the transition, 0.1 to 10; none: as is usual.",
    )

    @model_validator(mode="after")
    def _asks_for_something(self) -> Self:
        if self.filling is None and self.transition is None and self.duration is None:
            raise ValueError("give a filling, a transition or a duration")
        return self


class SlotsRequest(Request):
    """What slots are to be."""

    changes: list[SlotChangeRequest] = Field(min_length=1, max_length=500)

    def wishes(self) -> list[SlotWish]:
        """Return what the services take."""
        return [
            SlotWish(each.clip_index + 1, each.filling, each.transition, each.duration)
            for each in self.changes
        ]


class SlotRowModel(Shape):
    """One thing that changes."""

    clip_index: ClipIndex
    before: str = Field(examples=["meets clip 2 in a cut"])
    after: str = Field(examples=["meets clip 2 in a crossfade of 0.5 s"])


class SlotPlanModel(Shape):
    """What a wish about slots changes."""

    rows: list[SlotRowModel] = Field(description="None: all of it is so already.")
    notes: list[str]
    price: Money = Field(examples=[_FREE], description="Always nothing.")

    @classmethod
    def of(cls, plan: SlotPlan) -> "SlotPlanModel":
        """Return the shape of a change."""
        rows = [
            SlotRowModel(clip_index=row.clip_index, before=row.before, after=row.after)
            for row in plan.rows
        ]
        return cls(rows=rows, notes=list(plan.notes), price=_FREE)


class SlotsAnswer(SlotPlanModel):
    """What became of it."""

    message: str = Field(examples=["Clip 1 meets clip 2 in a crossfade of 0.5 s."])
    job: JobModel

    @classmethod
    def done(cls, changed: SlotsChanged) -> "SlotsAnswer":
        """Return the shape of what was changed."""
        plan = SlotPlanModel.of(changed.plan)
        return cls(
            rows=plan.rows,
            notes=plan.notes,
            price=plan.price,
            message=changed.reply,
            job=JobModel.of(changed.job),
        )
