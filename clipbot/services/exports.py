"""Take the film away as a file."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from clipbot.domain.user import User
from clipbot.errors import RequestError
from clipbot.media.files import appearing
from clipbot.media.resize import resized
from clipbot.services.films import FilmService
from clipbot.services.jobs import film_view
from clipbot.services.views import FilmView

SIZES = {"720p": 720, "1080p": 1080}
"""Short side of the picture in pixels."""


@dataclass(frozen=True, slots=True)
class ExportService:
    """Writes films."""

    films: FilmService

    def export(self, user: User, job_id: UUID, dest: Path, *, size: str | None = None) -> FilmView:
        """Write the current film to a file; it appears whole or not at all.

        Args:
            user: Who asks.
            job_id: The job.
            dest: The file; its folder must exist.
            size: `720p`, `1080p`, or None for the film as it is.

        Raises:
            CompositionNotFound: The film is not put together yet.
            RequestError: An unknown size, or a folder that does not exist.
            StorageFull: There is no room for it.
        """
        if size is not None and size not in SIZES:
            raise RequestError(f"The size can be {' or '.join(SIZES)}, not {size}.")
        if not dest.parent.is_dir():
            raise RequestError("The folder of that file does not exist.")
        record = self.films.ensure(job_id)
        film = self.films.film(user, job_id)
        view = film_view(record)
        if size is None or min(view.width, view.height) == SIZES[size]:
            film.file.write(dest)
            return view
        with appearing(dest) as part:
            resized(film.file, part, short_side=SIZES[size])
        return view
