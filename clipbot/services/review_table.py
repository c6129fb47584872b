"""A review as a table, to be taken away: CSV (RFC 4180) and JSON, with the same names.

The names of the columns and their order are public: new ones come at the end, none is ever
renamed (docs/review.md). Clips count from 1, money is in US dollars, times are ISO 8601 in UTC.

A spreadsheet takes text that begins with `=`, `+`, `-` or `@` for a formula, and instructions
are typed by anybody. Such text gets an apostrophe in front in CSV, which makes it text again.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from clipbot.domain.money import decimal_string
from clipbot.services.review_views import MarkView, ReviewRow, ShownVersion

_FORMULAS: Final = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
"""What begins a formula, also in the wide letters of East Asian keyboards."""
Value = Any
"""What JSON can hold."""


def _times(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _measured(when: str, name: str) -> Callable[[ReviewRow], Value]:
    """Return how a measure of the version before or after is read."""

    def read(row: ReviewRow) -> Value:
        side: ShownVersion | None = getattr(row, when)
        measures = side.measures if side else None
        return None if measures is None else round(float(getattr(measures, name)), 4)

    return read


def _seconds(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _dollars(micros: int | None) -> str | None:
    return None if micros is None else decimal_string(micros)


def _said(mark: MarkView) -> dict[str, Value]:
    return {
        "mark": mark.mark.value,
        "note": mark.note,
        "reviewer": mark.reviewer,
        "at": _times(mark.made_at),
        "moment_seconds": mark.moment_seconds,
    }


def _found(row: ReviewRow) -> list[Mapping[str, Value]]:
    return [dict(each) for each in (row.verdict or {}).get("findings", ())]


_MEASURES: Final = ("luma", "saturation", "warmth", "motion")

_COLUMNS: Final[Mapping[str, Callable[[ReviewRow], Value]]] = {
    "regeneration_id": lambda row: str(row.edit.id),
    "clip": lambda row: row.edit.clip_index + 1,
    "status": lambda row: row.edit.status.value if row.edit.status else None,
    "instruction": lambda row: row.edit.instruction,
    "version_before": lambda row: row.before.number if row.before else None,
    "version_after": lambda row: row.after.number if row.after else None,
    "is_in_film": lambda row: row.is_current,
    "is_offered": lambda row: row.is_offered,
    "prompt_before": lambda row: row.prompt_before,
    "prompt_after": lambda row: row.prompt_after,
    "renderer": lambda row: row.edit.renderer,
    "language_model": lambda row: row.edit.language_model,
    "seed": lambda row: row.edit.seed,
    "temperature": lambda row: row.edit.temperature,
    "verdict": lambda row: row.judged.value,
    "verdict_sentence": lambda row: (row.verdict or {}).get("sentence"),
    "findings": _found,
    **{f"{name}_before": _measured("before", name) for name in _MEASURES},
    **{f"{name}_after": _measured("after", name) for name in _MEASURES},
    "estimate_usd": lambda row: _dollars(row.edit.estimate_micros),
    "ceiling_usd": lambda row: _dollars(row.edit.ceiling_micros),
    "cost_usd": lambda row: _dollars(row.edit.cost_micros),
    "queued_at": lambda row: _times(row.edit.created_at),
    "started_at": lambda row: _times(row.edit.started_at),
    "finished_at": lambda row: _times(row.edit.finished_at),
    "waited_seconds": lambda row: _seconds(row.waited_seconds),
    "seconds": lambda row: _seconds(row.seconds),
    "error_code": lambda row: row.edit.error_code,
    "error": lambda row: row.edit.error,
    "mark": lambda row: row.mark.mark.value if row.mark else "none",
    "note": lambda row: row.mark.note if row.mark else "",
    "marked_by": lambda row: row.mark.reviewer if row.mark else "",
    "marked_at": lambda row: _times(row.mark.made_at) if row.mark else None,
    "other_marks": lambda row: [_said(mark) for mark in row.others],
    "is_by_pipeline": lambda row: row.edit.is_by_pipeline,
    "moment_seconds": lambda row: row.mark.moment_seconds if row.mark else None,
}
COLUMNS: Final = tuple(_COLUMNS)
"""The names, in their order."""


def record(row: ReviewRow) -> dict[str, Value]:
    """Return a row with all its columns, as JSON holds them."""
    return {name: value(row) for name, value in _COLUMNS.items()}


def as_csv(rows: Iterable[ReviewRow]) -> Iterator[str]:
    """Yield a table line by line, the names first; lines end as RFC 4180 says."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    yield _taken(written)
    for row in rows:
        writer.writerow([_cell(value) for value in record(row).values()])
        yield _taken(written)


def as_json(job_id: object, rows: Iterable[ReviewRow]) -> Iterator[str]:
    """Yield one document, a row at a time."""
    yield f'{{"job_id": {json.dumps(str(job_id))}, "regenerations": ['
    for place, row in enumerate(rows):
        yield ("," if place else "") + "\n" + json.dumps(record(row), ensure_ascii=False)
    yield "\n]}\n"


def _cell(value: Value) -> str:
    """Return a value as a cell: numbers stay numbers, text never becomes a formula."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case list():
            return _guarded(json.dumps(value, ensure_ascii=False) if value else "")
        case _:
            return _guarded(str(value))


def _guarded(text: str) -> str:
    return (
        f"'{text}"
        if text.lstrip().startswith(_FORMULAS) or text.startswith(("\t", "\r", "\n"))
        else text
    )


def _taken(written: io.StringIO) -> str:
    text = written.getvalue()
    written.seek(0)
    written.truncate()
    return text
