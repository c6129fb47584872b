"""Commands about a change: quote, edit, preview."""

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clipbot.cli.doors import Doors
from clipbot.cli.output import Answer, public
from clipbot.domain.money import decimal_string
from clipbot.errors import RequestError

if TYPE_CHECKING:
    from uuid import UUID

    from clipbot.domain.slots import SlotWish
    from clipbot.services.bundle import Services
    from clipbot.services.slots import SlotsChanged
    from clipbot.services.views import (
        EventRecord,
        FilmView,
        Quoted,
        QuotedRow,
        RegenerationRecord,
    )

_STEPS = ("language_s", "render_s", "verify_s", "encode_s", "compose_s")
_FILM_FIELDS = ("number", "frames", "rate")


def quote(args: Namespace, doors: Doors) -> Answer:
    """Say what an edit may cost."""
    with doors.open_services() as services:
        job_id = services.jobs.resolve(doors.user, args.job)
        quoted = services.quotes.estimate(doors.user, job_id, **_wish(args))
    return Answer(_quoted(quoted), _price(quoted))


def edit(args: Namespace, doors: Doors) -> Answer:
    """Plan, price, confirm, run and wait."""
    with doors.open_services() as services:
        job_id = services.jobs.resolve(doors.user, args.job)
        plan = services.plans.plan(doors.user, job_id, args.text, args.clips, is_free=True)
        if plan.slots and not args.takes:
            return _rearrange(args, doors, services, job_id, plan.slots)
        quoted = services.quotes.quote(doors.user, job_id, **_wish(args))
        _say(_price(quoted))
        if not args.yes and not _is_agreed():
            return Answer({"regenerations": []}, "Nothing was changed.")
        return _run(services, doors, job_id, quoted.quote.id)


def preview(args: Namespace, doors: Doors) -> Answer:
    """Draw a free preview into a file.

    Raises:
        RequestError: The file cannot be written.
    """
    if not args.out.parent.is_dir():
        raise RequestError("The folder of that file does not exist.")
    with doors.open_services() as services:
        job_id = services.jobs.resolve(doors.user, args.job)
        place = (doors.user, job_id, args.clip - 1)
        if args.out.suffix.lower() == ".mp4":
            services.previews.clip(*place, args.out, text=args.text)
        else:
            _, after = services.previews.frame(*place, text=args.text)
            _write(args.out, after)
    return Answer({"file": str(args.out)}, str(args.out))


def _wish(args: Namespace) -> dict[str, Any]:
    return {
        "text": args.text,
        "selected": args.clips,
        "renderer": args.renderer,
        "with_retries": args.retries,
        "takes": args.takes or 0,
    }


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise RequestError(f"{path} cannot be written.") from error


def _run(services: "Services", doors: Doors, job_id: "UUID", quote_id: "UUID") -> Answer:
    seen = services.jobs.get(doors.user, job_id).last_event_id
    ids = [each.id for each in services.edits.confirm(doors.user, job_id, quote_id)]
    for line in _steps(services.regenerations.follow(doors.user, job_id, ids, seen)):
        _say(line)
    done = [services.regenerations.get(doors.user, job_id, id_) for id_ in ids]
    film = services.jobs.get(doors.user, job_id).film
    if any(record.take and record.version_number for record in done):
        _say("The film is as before; `takes` lists them, and keeps the one that you choose.")
    return _outcome(done, film)


def _rearrange(
    args: Namespace,
    doors: Doors,
    services: "Services",
    job_id: "UUID",
    wishes: "Sequence[SlotWish]",
) -> Answer:
    """Put the film together in another way."""
    foreseen = services.slots.foresee(doors.user, job_id, wishes)
    lines = [
        f"  Clip {row.clip_index + 1} {row.after}; now it {row.before}" for row in foreseen.rows
    ]
    _say("\n".join([*lines, *foreseen.notes, "It costs nothing."]))
    if not args.yes and not _is_agreed():
        return Answer({"regenerations": []}, "Nothing was changed.")
    changed = services.slots.change(doors.user, job_id, wishes)
    return Answer(_rearranged(changed), changed.reply)


def _rearranged(changed: "SlotsChanged") -> dict[str, Any]:
    """Return what became of a wish about slots: no footage was made, and nothing paid."""
    return {
        "regenerations": [],
        "total_cost": decimal_string(0),
        "composition": _composition(changed.job.film),
        "changes": [public(row) for row in changed.plan.rows],
        "notes": list(changed.plan.notes),
    }


def _steps(events: Iterable["EventRecord"]) -> Iterator[str]:
    """Yield a line for each new message, and for every tenth of the way."""
    said: tuple[object, ...] = ()
    for event in events:
        progress = event.progress or 0
        place = (event.clip_index, event.message, progress // 10)
        if place != said:
            said = place
            yield f"{progress:3}% {event.message}"


def _outcome(done: Sequence["RegenerationRecord"], film: "FilmView | None") -> Answer:
    """Return the outcome of some edits; exit 1 if one of them failed."""
    document: dict[str, Any] = {
        "regenerations": [_regeneration(record) for record in done],
        "total_cost": decimal_string(sum(record.cost_micros for record in done)),
        "composition": _composition(film),
    }
    failed = next((record for record in done if record.error is not None), None)
    if failed is None:
        return Answer(document, "\n".join(map(_sentence, done)))
    document["error"] = {
        "code": failed.error_code,
        "detail": failed.error,
        "retryable": failed.is_retryable,
    }
    return Answer(document, "\n".join(map(_sentence, done)), status=1)


def _regeneration(record: "RegenerationRecord") -> dict[str, Any]:
    return {
        "id": str(record.id),
        "clip_index": record.clip_index,
        "version_number": record.version_number,
        "status": record.status.value,
        **({"take": record.take.number} if record.take else {}),
        "cost": decimal_string(record.cost_micros),
        "timings": _timings(record),
    }


def _timings(record: "RegenerationRecord") -> dict[str, float]:
    """Return the seconds of each step, and of all from start to end."""
    steps = {step: round(record.timings.get(step, 0.0), 3) for step in _STEPS}
    if record.started_at is None or record.finished_at is None:
        return {**steps, "total_s": 0.0}
    total = (record.finished_at - record.started_at).total_seconds()
    return {**steps, "total_s": round(total, 3)}


def _composition(film: "FilmView | None") -> dict[str, Any] | None:
    if film is None:
        return None
    document = public(film)
    return {**{name: document[name] for name in _FILM_FIELDS}, "video_url": film.url}


def _sentence(record: "RegenerationRecord") -> str:
    if record.error is not None:
        return f"Clip {record.clip_index + 1}: {record.error}"
    return f"Clip {record.clip_index + 1}: {record.message}"


def _quoted(quoted: "Quoted") -> dict[str, Any]:
    quote_ = quoted.quote
    return {
        "instruction": quoted.instruction,
        "plan": public(quoted.plan),
        "renderer": quote_.renderer,
        "renderers": [public(each) for each in quoted.renderers],
        "rows": [_row(row) for row in quoted.rows],
        "lines": [public(line) for line in quote_.lines],
        "estimate": decimal_string(quote_.estimate_micros),
        "ceiling": decimal_string(quote_.ceiling_micros),
        "estimated_time": quote_.estimated_seconds,
        "budget": decimal_string(quoted.budget_micros),
        "budget_left": decimal_string(quoted.left_micros),
        "warnings": list(quote_.warnings),
    }


def _price(quoted: "Quoted") -> str:
    quote_ = quoted.quote
    lines = [f"  {line.label}: {_dollars(line.estimate_micros)}" for line in quote_.lines]
    said = [
        f"Clip {row.clip_index + 1}: {words}"
        for row in quoted.rows
        for words in (row.reason, *row.notes, row.hint)
        if words
    ]
    said = list(dict.fromkeys(said))
    total = (
        f"Estimated ${decimal_string(quote_.estimate_micros)}, "
        f"at most ${decimal_string(quote_.ceiling_micros)}, "
        f"about {max(1, round(quote_.estimated_seconds))} s; "
        f"${decimal_string(quoted.left_micros)} of the budget is left."
    )
    return "\n".join([*lines, total, *said, *quote_.warnings])


def _row(row: "QuotedRow") -> dict[str, Any]:
    return {
        "clip_index": row.clip_index,
        "instruction": row.edit.instruction,
        "changes": row.changes,
        "keeps": list(row.keeps),
        "estimate": decimal_string(row.estimate_micros),
        "ceiling": decimal_string(row.ceiling_micros),
        "estimated_time": row.seconds,
        "is_supported": row.is_supported,
        "reason": row.reason,
        "renderer": row.renderer,
        "attempts": [public(each) for each in row.attempts],
        "notes": list(row.notes),
        "hint": row.hint,
        "take": row.take.number if row.take else None,
    }


def _dollars(micros: int) -> str:
    return f"{'-' if micros < 0 else ''}${decimal_string(abs(micros))}"


def _is_agreed() -> bool:
    _say("Start? [y/N]")
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
