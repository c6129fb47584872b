"""The command that says how evenly a film's clips go together."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from clipbot.cli.doors import Doors
from clipbot.cli.output import Answer, public

if TYPE_CHECKING:
    from clipbot.services.consistency import ConsistencyView


def consistency(args: Namespace, doors: Doors) -> Answer:
    """Say how evenly the clips of a job go together; measures all that was not yet."""
    with doors.open_services() as services:
        job_id = services.jobs.resolve(doors.user, args.job)
        view = services.consistency.of(doors.user, job_id, at_most=None)
    return Answer(_document(view), _text(view))


def _document(view: "ConsistencyView") -> dict[str, Any]:
    return {
        "score": view.found.score,
        "sentence": view.sentence,
        "cuts": [
            {
                "clip_index": each.cut.index,
                "size": each.cut.size,
                "share": each.cut.share,
                "differences": public(each.cut.differences),
                "is_between_sections": each.cut.is_between_sections,
                "sentence": each.sentence,
            }
            for each in view.cuts
        ],
        "clips": [
            {
                "clip_index": each.standing.index,
                "score": each.standing.score,
                "is_outlier": each.standing.is_outlier,
                "can_match": each.standing.can_match,
                "share": each.standing.share,
                "differences": public(each.standing.differences),
                "compared_with": list(each.standing.others),
                "sentence": each.sentence,
                "note": each.note,
            }
            for each in view.clips
        ],
        "unknown": list(view.found.unknown),
    }


def _text(view: "ConsistencyView") -> str:
    score = view.found.score
    lines = [view.sentence if score is None else f"Evenness {score} of 100. {view.sentence}"]
    for each in view.clips:
        if each.sentence:
            lines.append(f"  {each.sentence}{f' {each.note}' if each.note else ''}")
            if each.standing.can_match:
                lines.append(
                    f'    edit JOB "match clip {each.standing.index + 1} to its neighbours"'
                )
    lines += [f"  {each.sentence}" for each in view.cuts]
    if view.found.unknown:
        numbers = ", ".join(str(index + 1) for index in view.found.unknown)
        lines.append(f"  Not measured: clip {numbers}.")
    return "\n".join(lines)
