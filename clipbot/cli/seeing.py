"""Commands that look: jobs, clips, versions, templates."""

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from clipbot.cli.doors import Doors
from clipbot.cli.output import Answer, clock, public, table
from clipbot.domain.money import decimal_string

if TYPE_CHECKING:
    from clipbot.services.comparing import Comparison
    from clipbot.services.views import ClipView, JobLine, VersionView

_MOST_JOBS = 500


def jobs(_: Namespace, doors: Doors) -> Answer:
    """List the jobs of the store, newest first."""
    with doors.open_services() as services:
        found = services.jobs.list(doors.user, limit=_MOST_JOBS).jobs
    text = _job_lines(found) if found else "There are no jobs."
    return Answer({"jobs": [public(job) for job in found]}, text)


def clips(args: Namespace, doors: Doors) -> Answer:
    """List the clips of a job."""
    with doors.open_services() as services:
        job_id = services.jobs.resolve(doors.user, args.job)
        found = services.clips.list(doors.user, job_id)
    document = {"clips": [public(clip) for clip in found], "total_clips": len(found)}
    return Answer(document, _clip_lines(found))


def versions(args: Namespace, doors: Doors) -> Answer:
    """List the versions of a clip, newest first."""
    with doors.open_services() as services:
        job_id = services.jobs.resolve(doors.user, args.job)
        found = services.versions.list(doors.user, job_id, args.clip - 1)
    document = {"versions": [_version(view) for view in found], "total_versions": len(found)}
    return Answer(document, _version_lines(found))


def compare(args: Namespace, doors: Doors) -> Answer:
    """Say how two versions of a clip differ."""
    with doors.open_services() as services:
        job_id = services.jobs.resolve(doors.user, args.job)
        found = services.compare.clip(doors.user, job_id, args.clip - 1, args.a, args.b)
    document: dict[str, Any] = public(found)
    for name, side in (("a", found.a), ("b", found.b)):
        document[name]["version"] = _version(side.version)
    return Answer(document, _comparison_lines(found))


def templates(_: Namespace, doors: Doors) -> Answer:
    """List the named edits: built in, one's own, shared by others."""
    with doors.open_services() as services:
        found = services.templates.list(doors.user)
    lines = [
        (each.group, each.title, f"used {each.usage_count}", each.instruction) for each in found
    ]
    return Answer({"templates": [public(each) for each in found]}, table(lines))


def _version(view: "VersionView") -> dict[str, Any]:
    document: dict[str, Any] = public(view)
    document["version_number"] = document.pop("number")
    if view.change:
        document["change"]["sentence"] = view.change.sentence
    return document


def _job_lines(found: Sequence["JobLine"]) -> str:
    return table(
        [
            (str(job.id), job.status, f"${decimal_string(job.total_cost_micros)}", job.title)
            for job in found
        ]
    )


def _clip_lines(found: Sequence["ClipView"]) -> str:
    return table(
        [
            (
                f"Clip {clip.number}",
                f"{clock(clip.timestamp_start)}-{clock(clip.timestamp_end)}",
                f"v{clip.current_version} of {clip.version_count}",
                clip.status.value,
                clip.section or "",
                clip.lyrics_preview,
            )
            for clip in found
        ]
    )


def _comparison_lines(found: "Comparison") -> str:
    names = f"v{found.a.version.number}", f"v{found.b.version.number}"
    rows = [
        (change.measure, f"{change.before:.3f}", f"{change.after:.3f}", change.words)
        for change in found.changes
    ]
    lengths = ("seconds", f"{found.a.seconds:.2f}", f"{found.b.seconds:.2f}", "")
    seen = f"Difference {found.difference.overall:.3f}, structure {found.difference.similarity:.3f}"
    return "\n".join([table([("", *names, ""), *rows, lengths]), seen, found.sentence])


def _version_lines(found: Sequence["VersionView"]) -> str:
    return table(
        [
            (
                "*" if view.is_current else "?" if view.is_offered else " ",
                f"v{view.number}",
                f"from v{view.parent}" if view.parent else "",
                f"${decimal_string(view.cost_micros)}",
                view.renderer_label or "",
                view.instruction or ("original" if view.number == 1 else "made elsewhere"),
                view.change.sentence if view.change else "",
            )
            for view in found
        ]
    )
