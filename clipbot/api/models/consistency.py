"""How evenly the clips of a film go together."""

from typing import Literal

from pydantic import Field

from clipbot.api.models.common import ClipIndex, Shape
from clipbot.domain.consistency import Aspect, Differences
from clipbot.services.consistency import ConsistencyView, CutView, StandingView

_PLACES = 4


class DifferencesModel(Shape):
    """How far two pictures lie apart."""

    light: float = Field(examples=[0.31], description="In Oklab L, 0..1.")
    colour: float = Field(examples=[0.06], description="In Oklab a and b; 0.02 is just seen.")
    motion: float = Field(examples=[0.7], description="Natural logarithm of the ratio.")

    @classmethod
    def of(cls, found: Differences) -> "DifferencesModel":
        """Return the shape of differences."""
        return cls(**{aspect.value: round(found[aspect], _PLACES) for aspect in Aspect})


class CutModel(Shape):
    """Where a clip meets the next one."""

    clip_index: ClipIndex
    size: Literal["even", "small", "large"] = Field(description="Of the jump.")
    share: float = Field(examples=[1.3], description="Of a large jump: 1 and more is one.")
    differences: DifferencesModel
    is_between_sections: bool
    sentence: str = Field(
        examples=["From clip 3 to 4: a large jump (light 0.31, colour 0.06, motion 2.0 to 1)."]
    )

    @classmethod
    def of(cls, view: CutView) -> "CutModel":
        """Return the shape of a cut."""
        return cls(
            clip_index=view.cut.index,
            size=view.cut.size,
            share=round(view.cut.share, _PLACES),
            differences=DifferencesModel.of(view.cut.differences),
            is_between_sections=view.cut.is_between_sections,
            sentence=view.sentence,
        )


class StandingModel(Shape):
    """How a clip goes with the others."""

    clip_index: ClipIndex
    score: int = Field(ge=0, le=100, examples=[40])
    is_outlier: bool = Field(description="Whether it stands out.")
    can_match: bool = Field(description="Whether `match clip N to its neighbours` would help.")
    share: float = Field(examples=[2.1], description="Of what stands out: 1 and more does.")
    differences: DifferencesModel
    compared_with: list[int] = Field(examples=[[1, 2, 4]], description="Clip indexes, from 0.")
    sentence: str | None = Field(
        examples=["Clip 4 is much darker and bluer than the rest of verse 1."]
    )
    note: str | None = Field(examples=["It was changed; its original does not stand out."])

    @classmethod
    def of(cls, view: StandingView) -> "StandingModel":
        """Return the shape of a clip's standing."""
        standing = view.standing
        return cls(
            clip_index=standing.index,
            score=standing.score,
            is_outlier=standing.is_outlier,
            can_match=standing.can_match,
            share=round(standing.share, _PLACES),
            differences=DifferencesModel.of(standing.differences),
            compared_with=list(standing.others),
            sentence=view.sentence,
            note=view.note,
        )


class ConsistencyModel(Shape):
    """How evenly the clips of a film go together."""

    score: int | None = Field(
        ge=0, le=100, examples=[82], description="None: nothing can be compared yet."
    )
    sentence: str = Field(examples=["Clip 4 stands out."])
    cuts: list[CutModel] = Field(description="Between clips that are both measured.")
    clips: list[StandingModel] = Field(description="Those that could be compared.")
    unknown: list[int] = Field(
        examples=[[]], description="Indexes of clips that are not measured, or have no footage."
    )
    pending: list[int] = Field(
        examples=[[]], description="Indexes of clips of which the next call will know more."
    )

    @classmethod
    def of(cls, view: ConsistencyView) -> "ConsistencyModel":
        """Return the shape of a film's consistency."""
        return cls(
            score=view.found.score,
            sentence=view.sentence,
            cuts=[CutModel.of(cut) for cut in view.cuts],
            clips=[StandingModel.of(clip) for clip in view.clips],
            unknown=list(view.found.unknown),
            pending=list(view.pending),
        )
