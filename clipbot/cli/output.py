"""What a command answers, for people and for programs.

Values of the services become JSON by their fields: amounts (`*_micros`) lose the ending
and are written as decimal strings in dollars, as everywhere outside the program.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any, TextIO
from uuid import UUID

from clipbot.domain.money import decimal_string
from clipbot.errors import ClipbotError, NeedsAnswer, QuoteRequired, RateLimited, Unsupported

_MICROS = "_micros"


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a command."""

    document: Any
    """For programs: JSON."""
    text: str
    """For people."""
    status: int = 0
    """Exit status."""


def write(answer: Answer, out: TextIO, *, as_json: bool) -> None:
    """Print an answer."""
    text = json.dumps(answer.document, ensure_ascii=False) if as_json else answer.text
    if text:
        out.write(f"{text}\n")
    out.flush()


def refusal(error: ClipbotError) -> dict[str, Any]:
    """Return an error for programs."""
    return {
        "code": error.code,
        "detail": str(error),
        "retryable": error.retryable,
        **_extras(error),
    }


def words(error: ClipbotError) -> str:
    """Return an error for people: its sentence, and what one could say instead."""
    choices = error.choices if isinstance(error, NeedsAnswer) else ()
    return "\n".join([f"clipbot: {error}", *(f"  - {choice}" for choice in choices)])


def public(value: Any) -> Any:  # noqa: PLR0911 - one line per kind of value
    """Return a value of the services as JSON."""
    if is_dataclass(value) and not isinstance(value, type):
        named = {field.name: getattr(value, field.name) for field in fields(value)}
        return {_public_name(name): _public_field(name, each) for name, each in named.items()}
    match value:
        case None | bool() | int() | float():
            return value
        case Enum():
            return value.value
        case str():
            return value
        case Fraction() | Decimal():
            return float(value)
        case datetime():
            return value.isoformat()
        case UUID() | Path():
            return str(value)
        case Mapping():
            return {str(key): public(each) for key, each in value.items()}
        case tuple() | list() | frozenset() | set():
            return [public(each) for each in value]
        case _:
            raise TypeError(f"{type(value).__name__} has no public form")


def table(rows: Sequence[tuple[str, ...]]) -> str:
    """Return rows as lines with their columns below each other."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def clock(seconds: float) -> str:
    """Return a position in the song as people write it: `1:07.5`."""
    tenths = round(seconds * 10)
    return f"{tenths // 600}:{tenths // 10 % 60:02}.{tenths % 10}"


def _public_name(name: str) -> str:
    return name.removesuffix(_MICROS)


def _public_field(name: str, value: Any) -> Any:
    if name.endswith(_MICROS) and isinstance(value, int):
        return decimal_string(value)
    return public(value)


def _extras(error: ClipbotError) -> dict[str, Any]:
    match error:
        case NeedsAnswer():
            return {"choices": list(error.choices)}
        case Unsupported():
            return {"leftover": list(error.leftover)}
        case QuoteRequired():
            return {"quote_id": str(error.quote_id)}
        case RateLimited():
            return {"retry_after": error.retry_after_seconds}
        case _:
            return {}
