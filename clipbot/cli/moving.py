"""Commands that go back, forth, and away: restore, undo, redo, export."""

import sys
from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING

from clipbot.cli.doors import Doors
from clipbot.cli.output import Answer, public

if TYPE_CHECKING:
    from clipbot.services.views import JobView


def restore(args: Namespace, doors: Doors) -> Answer:
    """Let the film use a version again."""
    with doors.open_services() as services:
        job_id = services.jobs.resolve(doors.user, args.job)
        place = (doors.user, job_id, args.clip - 1)
        number = services.versions.number_of(*place, args.version)
        job = services.versions.restore(*place, number)
    return _moved(job, f"Clip {args.clip} uses version {number}.")


def undo(args: Namespace, doors: Doors) -> Answer:
    """Take back the last change."""
    with doors.open_services() as services:
        job_id = services.jobs.resolve(doors.user, args.job)
        job = services.history.undo(doors.user, job_id)
    return _moved(job, f"Taken back: {job.redo_label}.")


def redo(args: Namespace, doors: Doors) -> Answer:
    """Put back what was taken back."""
    with doors.open_services() as services:
        job_id = services.jobs.resolve(doors.user, args.job)
        job = services.history.redo(doors.user, job_id)
    return _moved(job, f"Put back: {job.undo_label}.")


def export(args: Namespace, doors: Doors) -> Answer:
    """Write the film to a file, in its own size and rate or in others."""
    with doors.open_services() as services:
        job_id = services.jobs.resolve(doors.user, args.job)
        film = services.exports.export(
            doors.user, job_id, args.file, size=args.size, rate=args.rate, on_progress=_progress()
        )
    written = {"file": str(args.file), "bytes": args.file.stat().st_size}
    text = f"{args.file}: film {film.number}, {film.frames} frames."
    return Answer({**written, "film": public(film)}, text)


def _progress() -> Callable[[float], None]:
    """Return what tells how far an export is, each tenth once."""
    told = [0]

    def tell(share: float) -> None:
        tenth = int(share * 10)
        if tenth > told[0]:
            told[0] = tenth
            print(f"{10 * tenth:3}% encoded", file=sys.stderr, flush=True)

    return tell


def _moved(job: "JobView", text: str) -> Answer:
    return Answer({"job": public(job)}, text)
