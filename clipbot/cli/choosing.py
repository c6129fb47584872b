"""The command about takes: see them, and choose."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from clipbot.cli.doors import Doors
from clipbot.cli.output import Answer, table
from clipbot.domain.money import decimal_string
from clipbot.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clipbot.services.takes import TakesView, TakeView


def takes(args: Namespace, doors: Doors) -> Answer:
    """List the takes of a clip, newest first; with a choice, make it among the newest.

    Raises:
        RequestError: There is nothing to choose from.
    """
    with doors.open_services() as services:
        job_id = services.jobs.resolve(doors.user, args.job)
        place = (doors.user, job_id, args.clip - 1)
        found = services.takes.list(*place)
        if args.keep is None and not args.none:
            return Answer({"takes": [_batch(each) for each in found]}, _lines(found))
        if not found:
            raise RequestError(f"No takes of clip {args.clip} were made.")
        services.takes.keep(*place, found[0].batch_id, args.keep)
        found = services.takes.list(*place)
    kept = f"uses version {args.keep}" if args.keep else "is as it was"
    return Answer({"takes": [_batch(each) for each in found]}, f"Clip {args.clip} {kept}.")


def _batch(view: "TakesView") -> dict[str, Any]:
    return {
        "batch_id": str(view.batch_id),
        "like": view.like,
        "is_open": view.is_open,
        "is_decided": view.is_decided,
        "takes": [_take(each) for each in view.takes],
    }


def _take(view: "TakeView") -> dict[str, Any]:
    edit, version = view.edit, view.version
    return {
        "number": edit.take.number if edit.take else 1,
        "strength": edit.take.strength if edit.take else None,
        "status": edit.status.value,
        "seed": edit.seed,
        "cost": decimal_string(edit.cost_micros),
        "version_number": version.number if version else None,
        "is_current": bool(version and version.is_current),
        "is_offered": bool(version and version.is_offered),
        "finding": (version.verdict or {}).get("sentence") if version else edit.error,
    }


def _lines(found: "Sequence[TakesView]") -> str:
    if not found:
        return "No takes were made."
    rows = [_row(_take(take)) for view in found for take in view.takes]
    return table(rows)


def _row(take: dict[str, Any]) -> tuple[str, ...]:
    mark = "*" if take["is_current"] else "?" if take["is_offered"] else " "
    version = f"v{take['version_number']}" if take["version_number"] else ""
    name = f"take {take['number']}" + (f", {take['strength']}" if take["strength"] else "")
    return mark, version, name, take["status"], f"${take['cost']}", take["finding"] or ""
