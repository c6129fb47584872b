"""Commands that go back, forth, and away: restore, delete-version, undo, redo, history, export."""

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


def delete_version(args: Namespace, doors: Doors) -> Answer:
    """Delete the footage of a version that the film does without."""
    with doors.open_services() as services:
        job_id = services.jobs.resolve(doors.user, args.job)
        place = (doors.user, job_id, args.clip - 1)
        number = services.versions.number_of(*place, args.version)
        services.versions.delete(*place, number)
    text = f"The footage of version {number} of clip {args.clip} is deleted."
    return Answer({"clip": args.clip, "version": number, "footage_state": "deleted"}, text)


def offers(args: Namespace, doors: Doors) -> Answer:
    """Say, or decide, whether new versions wait for a yes; or drop one that does."""
    with doors.open_services() as services:
        job_id = services.jobs.resolve(doors.user, args.job)
        if args.drop:
            clip, number = args.drop[0] - 1, args.drop[1]
            services.offers.drop(doors.user, job_id, clip, number)
        if args.first is not None:
            is_on = args.first == "on"
            services.offers.ask_first(doors.user, job_id, offers_first=is_on)
        job = services.jobs.get(doors.user, job_id)
    dropped = f"Version {args.drop[1]} of clip {args.drop[0]} is dropped. " if args.drop else ""
    told = (
        "Every new version waits until it is used."
        if job.offers_first
        else "New versions that show what was asked enter the film."
    )
    return Answer({"offers_first": job.offers_first}, dropped + told)


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


def history(args: Namespace, doors: Doors) -> Answer:
    """List what was changed, newest first; with a position, go there before."""
    with doors.open_services() as services:
        job_id = services.jobs.resolve(doors.user, args.job)
        if args.to is not None:
            services.history.go(doors.user, job_id, args.to)
        cursor = services.history.cursor(doors.user, job_id)
    entries = [
        {
            "position": entry.position,
            "label": entry.label,
            "is_done": entry.position <= cursor.position,
            "clips": [index + 1 for index in entry.clips],
        }
        for entry in cursor.entries
    ]
    lines = [
        f"{'>' if each['position'] == cursor.position else ' '} {each['position']}  {each['label']}"
        + ("" if each["is_done"] else " (taken back)")
        for each in reversed(entries)
    ]
    lines.append(f"{' ' if cursor.position else '>'} 0  as it came")
    return Answer({"position": cursor.position, "entries": entries}, "\n".join(lines))


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
