"""What the shapes are made of."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from clipbot.domain.measures import Measures

Money = Annotated[
    str, Field(pattern=r"^-?\d+\.\d{2,6}$", examples=["0.15"], description="US dollars.")
]
"""US dollars; two to six decimals."""
Seconds = Annotated[float, Field(examples=[12.5], description="Seconds.")]
Percent = Annotated[int, Field(ge=0, le=100, examples=[45], description="Percent.")]
Temperature = Annotated[
    float, Field(examples=[0.4], description="0..1: how far new footage may depart from the old.")
]
ClipIndex = Annotated[int, Field(description="Counts from 0.", examples=[0])]
Instruction = Annotated[
    str, Field(description="1 to 2,000 characters.", examples=["make it night"])
]


class Shape(BaseModel):
    """Base of what is answered."""

    model_config = ConfigDict(frozen=True)


class Request(BaseModel):
    """Base of what is asked; unknown fields are refused, so that a misspelt one is noticed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class MeasuresModel(Shape):
    """What is measured of footage; means over sampled frames."""

    luma: float = Field(examples=[0.22], description="0..1")
    saturation: float = Field(examples=[0.41], description="0..1")
    warmth: float = Field(examples=[-0.1], description="Red minus blue, -1..1")
    motion: float = Field(examples=[0.03], description="Difference of neighbouring frames, 0..1")

    @classmethod
    def of(cls, measures: Measures | None) -> "MeasuresModel | None":
        """Return the shape of some measures, if there are any."""
        if measures is None:
            return None
        return cls(
            luma=measures.luma,
            saturation=measures.saturation,
            warmth=measures.warmth,
            motion=measures.motion,
        )
