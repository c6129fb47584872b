"""How two versions of a clip, or two films, differ."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from clipbot.api.links import Link
from clipbot.api.models.common import ClipIndex, Seconds, Shape
from clipbot.api.models.versions import VersionModel
from clipbot.domain.comparing import Difference, MeasureChange
from clipbot.services.comparing import Comparison, ComposedFilm, FilmComparison, Side


class SideModel(Shape):
    """One of two versions that are compared."""

    version: VersionModel
    frames: int = Field(examples=[120], description="Of its footage.")
    rate: float = Field(examples=[24.0], description="Frames per second.")
    seconds: Seconds
    width: int = Field(examples=[1280])
    height: int = Field(examples=[720])

    @classmethod
    def of(cls, side: Side) -> "SideModel":
        """Return the shape of a side."""
        return cls(
            version=VersionModel.of(side.version),
            frames=side.frames,
            rate=float(side.rate),
            seconds=side.seconds,
            width=side.width,
            height=side.height,
        )


class MeasureChangeModel(Shape):
    """One measure of both versions."""

    measure: str = Field(examples=["luma"])
    before: float = Field(examples=[0.41], description="Of `a`.")
    after: float = Field(examples=[0.22], description="Of `b`.")
    change: float = Field(examples=[-0.19], description="`after` minus `before`.")
    words: str = Field(examples=["46 % darker"], description="Empty: too small to be a change.")

    @classmethod
    def of(cls, change: MeasureChange) -> "MeasureChangeModel":
        """Return the shape of a change."""
        return cls(
            measure=change.measure,
            before=round(change.before, 4),
            after=round(change.after, 4),
            change=round(change.after - change.before, 4),
            words=change.words,
        )


class MomentModel(Shape):
    """How two clips differ at one time."""

    seconds: Seconds
    difference: float = Field(examples=[0.08], description="0..1, of all three colours.")
    similarity: float = Field(examples=[0.94], description="SSIM of luma, at most 1.")


class DifferenceModel(Shape):
    """How the pictures differ, as far as both go; means over sampled frames."""

    overall: float = Field(
        examples=[0.08],
        description="Mean absolute difference of all three colours, 0..1, on the gamma scale.",
    )
    luma: float = Field(examples=[0.07], description="The same of luma (Rec. 709).")
    changed: float = Field(examples=[0.34], description="Share of the picture, 0..1.")
    similarity: float = Field(examples=[0.94], description="Mean SSIM of luma, at most 1.")
    moments: list[MomentModel] = Field(description="Rising; empty where both are one file.")
    columns: int = Field(examples=[16], description="Of the grid.")
    cells: list[float] = Field(
        examples=[[0.01, 0.22]],
        description="The grid: the mean difference in each part, row by row from the top left.",
    )

    @classmethod
    def of(cls, difference: Difference) -> "DifferenceModel":
        """Return the shape of a difference."""
        return cls(
            overall=difference.overall,
            luma=difference.luma,
            changed=difference.changed,
            similarity=difference.similarity,
            moments=[
                MomentModel(
                    seconds=each.seconds, difference=each.difference, similarity=each.similarity
                )
                for each in difference.moments
            ],
            columns=difference.columns,
            cells=list(difference.cells),
        )


class ComparisonModel(Shape):
    """Two versions of a clip, and how they differ."""

    clip_index: ClipIndex
    a: SideModel
    b: SideModel
    changes: list[MeasureChangeModel] = Field(description="From `a` to `b`.")
    difference: DifferenceModel
    sentence: str = Field(
        examples=["34 % of the picture changed; most of the change is at the top left."]
    )

    @classmethod
    def of(cls, comparison: Comparison) -> "ComparisonModel":
        """Return the shape of a comparison."""
        return cls(
            clip_index=comparison.clip_index,
            a=SideModel.of(comparison.a),
            b=SideModel.of(comparison.b),
            changes=[MeasureChangeModel.of(each) for each in comparison.changes],
            difference=DifferenceModel.of(comparison.difference),
            sentence=comparison.sentence,
        )


class ComposedFilmModel(Shape):
    """A film that the job has or had."""

    number: int = Field(examples=[3])
    is_current: bool
    created_at: datetime
    url: Link = Field(
        examples=["/api/v1/jobs/3fa85f64-5717-4562-b3fc-2c963f66afa6/film.mp4?composition=3"],
        description="Immutable address, below the server's root.",
    )
    seconds: Seconds
    frames: int = Field(examples=[900])
    rate: float = Field(examples=[30.0], description="Frames per second.")
    width: int = Field(examples=[1280])
    height: int = Field(examples=[720])

    @classmethod
    def of(cls, film: ComposedFilm) -> "ComposedFilmModel":
        """Return the shape of a film."""
        return cls(
            number=film.number,
            is_current=film.is_current,
            created_at=film.created_at,
            url=film.url,
            seconds=film.seconds,
            frames=film.frames,
            rate=float(film.rate),
            width=film.width,
            height=film.height,
        )


class FilmList(Shape):
    """The films of a job, newest first."""

    films: list[ComposedFilmModel]

    @classmethod
    def of(cls, films: Sequence[ComposedFilm]) -> "FilmList":
        """Return the shape of a job's films."""
        return cls(films=[ComposedFilmModel.of(film) for film in films])


class ClipOfFilmsModel(Shape):
    """A clip that two films show in different versions."""

    clip_index: ClipIndex
    a: int | None = Field(examples=[1], description="Its version in `a`; None: it is not in it.")
    b: int | None = Field(examples=[2], description="The same of `b`.")


class FilmComparisonModel(Shape):
    """Two films, and the clips in which they differ."""

    a: ComposedFilmModel
    b: ComposedFilmModel
    clips: list[ClipOfFilmsModel]

    @classmethod
    def of(cls, comparison: FilmComparison) -> "FilmComparisonModel":
        """Return the shape of a comparison of films."""
        return cls(
            a=ComposedFilmModel.of(comparison.a),
            b=ComposedFilmModel.of(comparison.b),
            clips=[
                ClipOfFilmsModel(clip_index=index, a=first, b=second)
                for index, first, second in comparison.clips
            ],
        )
