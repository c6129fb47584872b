"""Take the film away, as it is or in another size and rate.

An export is the film with its clips brought to another format, out of segments of its
own: the same engine makes them and the same cache keeps them. Exporting again after an
edit encodes what the edit changed.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from uuid import UUID

from clipbot.domain.user import User
from clipbot.errors import RequestError
from clipbot.media.engine import FilmPlan
from clipbot.media.film import VirtualFilm
from clipbot.media.format import RATES, Format, enlarged
from clipbot.services.films import FilmService
from clipbot.services.jobs import film_view
from clipbot.services.views import FilmView

__all__ = ["RATES", "SIZES", "ExportService", "ExportView", "Planned"]

SIZES = {"480p": 480, "720p": 720, "1080p": 1080, "1440p": 1440, "2160p": 2160}
"""Short side of the picture in pixels."""


@dataclass(frozen=True, slots=True)
class ExportView:
    """How far an export is."""

    id: UUID
    job_id: UUID
    status: str
    """`waiting encoding ready failed cancelled`."""
    progress: int
    """Percent of what had to be encoded."""
    film: FilmView
    """What it is or will be; its address and number are those of the composition it shows,
    and so is its size in bytes until it is ready."""
    url: str
    """Where it is read once it is ready, below the server's root."""
    trouble: str | None = None
    """Why it failed, in a sentence."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A film in the format that was asked for, not encoded yet."""

    film: FilmPlan
    view: FilmView
    """What it will be; its address and number are those of the composition it shows."""
    is_own: bool
    """Whether that is the film's own format, so that there is nothing to make."""


@dataclass(frozen=True, slots=True)
class ExportService:
    """Writes films."""

    films: FilmService

    def export(
        self,
        user: User,
        job_id: UUID,
        dest: Path,
        *,
        size: str | None = None,
        rate: int | None = None,
        cancelled: Callable[[], bool] = lambda: False,
        on_progress: Callable[[float], None] = lambda _: None,
    ) -> FilmView:
        """Write the current film to a file; it appears whole or not at all.

        Args:
            user: Who asks.
            job_id: The job.
            dest: The file; its folder must exist.
            size: One of `SIZES`, or None for that of the film.
            rate: Frames per second, one of 24, 25, 30, or None for that of the film.
            cancelled: Asked about ten times a second while something is encoded.
            on_progress: Told the encoded share, 0..1, rising.

        Raises:
            CompositionNotFound: The film is not put together yet.
            EditCancelled: `cancelled` said so; what is encoded stays in the cache.
            EncodingFailed: A segment could not be made.
            RequestError: An unknown size or rate, or a folder that does not exist.
            StorageFull: There is no room for it.
        """
        if not dest.parent.is_dir():
            raise RequestError("The folder of that file does not exist.")
        _check(size, rate)
        self.films.projects.of(user, job_id)
        self.films.ensure(job_id, cancelled=cancelled)
        planned = self.plan(user, job_id, size=size, rate=rate)
        film = self.made(user, job_id, planned, cancelled=cancelled, on_progress=on_progress)
        film.write(dest)
        return replace(planned.view, size_bytes=film.size)

    def plan(
        self, user: User, job_id: UUID, *, size: str | None = None, rate: int | None = None
    ) -> Planned:
        """Decide what an export is made of; nothing is encoded.

        Raises:
            CompositionNotFound: The film is not put together yet.
            FootageMissing: A version that it shows has no file any more.
            JobNotFound: No such job.
            NotAllowed: It belongs to somebody else.
            RequestError: An unknown size or rate.
        """
        _check(size, rate)
        project = self.films.projects.of(user, job_id)
        record = self.films.store.compositions.get(job_id)
        own = FilmPlan.from_json(record.plan["film"])
        form = _format(own.format, size, rate)
        if form == own.format:
            return Planned(own, film_view(record), is_own=True)
        numbers = {int(index): number for index, number in record.plan["versions"].items()}
        plan = self.films.composer.plan(project, numbers, form=form)
        view = replace(
            film_view(record),
            frames=plan.frames,
            rate=form.rate,
            width=form.width,
            height=form.height,
        )
        return Planned(plan, view, is_own=False)

    def made(
        self,
        user: User,
        job_id: UUID,
        planned: Planned,
        *,
        cancelled: Callable[[], bool] = lambda: False,
        on_progress: Callable[[float], None] = lambda _: None,
    ) -> VirtualFilm:
        """Encode what an export lacks and return it, ready to be read.

        Raises:
            EditCancelled: `cancelled` said so; what is encoded stays in the cache.
            EncodingFailed: A segment could not be made.
            StorageFull: There is no room for it.
        """
        if planned.is_own:
            return self.films.film(user, job_id, planned.view.number).file
        composer = self.films.composer
        composer.prepare(planned.film, cancelled=cancelled, on_progress=on_progress)
        return composer.open(planned.film)


def _check(size: str | None, rate: int | None) -> None:
    if size is not None and size not in SIZES:
        raise RequestError(f"The size can be {', '.join(SIZES)}; {size} cannot be made.")
    if rate is not None and rate not in RATES:
        usual = ", ".join(map(str, RATES))
        raise RequestError(f"The rate can be {usual} frames a second; {rate} cannot be made.")


def _format(own: Format, size: str | None, rate: int | None) -> Format:
    """Return the format that was asked for; the film's own, where nothing was."""
    short = SIZES[size] if size else min(own.width, own.height)
    return enlarged(own, short, Fraction(rate) if rate else own.rate)
