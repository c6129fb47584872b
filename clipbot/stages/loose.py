"""Single values out of stored JSON, whatever shape they are in.

The pipeline wrote numbers as text, costs as floats or null, and junk beside good entries
(facts/upstream.md §1.3). Types here take all of that and never fail where a neutral value
is known; where none is, they refuse, and the entry is left out and counted.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    OnErrorOmit,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

T = TypeVar("T")

MAX_SECONDS: Final = 86_400.0
"""A day; no song is longer, and frames are counted from seconds."""
MAX_CLIPS: Final = 2_000
MAX_TEXT: Final = 100_000
"""Characters of one text; prompts have some hundreds."""

_MAX_DIGITS = 40
_MAX_COUNT = 2**63 - 1
_MAX_DOLLARS = Decimal(1_000_000)
_MAX_DEPTH = 20
_STRING_LEVELS = 3


@dataclass(slots=True)
class Notes:
    """What was left out while one document was read."""

    skipped: dict[str, int] = field(default_factory=dict)
    """Entries left out, by the name of their list."""
    mended: int = 0
    """Clip boundaries that were unusable and worked out from their neighbours."""


def decoded(value: Any) -> Any:
    """Return JSON behind a string, also behind a string in a string; None if it is none."""
    for _ in range(_STRING_LEVELS):
        if not isinstance(value, str):
            return value
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return None
    return None if isinstance(value, str) else value


def writable(value: Any) -> Any:
    """Return JSON whose text can be written as UTF-8: half a surrogate pair becomes `?`."""
    try:
        text = json.dumps(value, ensure_ascii=False, default=str)
        text.encode()
    except UnicodeEncodeError:
        return json.loads(text.encode(errors="replace"))
    except (ValueError, RecursionError):
        pass
    return value


def number(value: object) -> float | None:
    """Return a finite number, also out of text; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    if isinstance(value, str) and len(value) > _MAX_DIGITS:
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if isfinite(found) else None


def seconds(value: object) -> float:
    """Return a duration or a time; 0 for what cannot be one."""
    found = number(value)
    return found if found is not None and 0 <= found <= MAX_SECONDS else 0.0


def _difference(value: object) -> float:
    found = number(value)
    return found if found is not None and abs(found) <= MAX_SECONDS else 0.0


def _moment(value: object) -> float:
    found = number(value)
    if found is None or not 0 <= found <= MAX_SECONDS:
        raise ValueError("not a time")
    return found


def _share(value: object) -> float | None:
    found = number(value)
    return found if found is not None and 0 <= found <= 1 else None


def _dollars(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return Decimal(0)
    if number(value) is None:
        return Decimal(0)
    try:
        found = Decimal(str(value).strip())
    except (InvalidOperation, ValueError):
        return Decimal(0)
    return found if found.is_finite() and 0 <= found <= _MAX_DOLLARS else Decimal(0)


def count(value: object) -> int:
    """Return a whole number from 0 up; 0 for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value if 0 <= value <= _MAX_COUNT else 0
    found = number(value)
    return int(found) if found is not None and 0 <= found <= _MAX_COUNT else 0


def _clip_index(value: object) -> int:
    found = number(value)
    if found is None or found != int(found) or not 0 <= found < MAX_CLIPS:
        raise ValueError("not a clip's index")
    return int(found)


def text(value: object) -> str:
    """Return text that any database and page takes; "" for what is none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    if isinstance(value, int) and abs(value) > _MAX_COUNT:
        return ""
    whole = str(value)[:MAX_TEXT]
    return whole.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")


def _words(value: object) -> str | None:
    return text(value) or None


def address(value: object) -> str | None:
    """Return where a file is, or None for what is no text."""
    return text(value).strip() or None if isinstance(value, str) else None


def _name(value: object) -> str:
    found = text(value).strip()
    if not found:
        raise ValueError("not a name")
    return found


def _free(value: object) -> dict[str, Any]:
    """Return an object of no fixed shape; deeper ones than anybody reads are dropped."""
    if not isinstance(value, dict) or _is_deep(value):
        return {}
    return {str(key): item for key, item in value.items()}


def _is_deep(value: object) -> bool:
    level: list[Any] = [value]
    for _ in range(_MAX_DEPTH):
        level = [
            item
            for holder in level
            for item in (holder.values() if isinstance(holder, dict) else holder)
            if isinstance(item, dict | list)
        ]
        if not level:
            return False
    return True


def one_of(words: Iterable[str], otherwise: str) -> Callable[[object], str]:
    """Return a reader of one of some words in any case, and `otherwise` for all else."""
    known = frozenset(words)

    def read(value: object) -> str:
        found = text(value).strip().lower()
        return found if found in known else otherwise

    return read


def _keep_usable(value: Any, read: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
    """Read a list entry by entry; one broken entry never hides the others."""
    entries = value if isinstance(value, list | tuple) else []
    kept = read(entries)
    if isinstance(info.context, Notes) and len(kept) < len(entries):
        name = info.field_name or "entries"
        lost = len(entries) - len(kept)
        info.context.skipped[name] = info.context.skipped.get(name, 0) + lost
    return kept


def _object_or_none(value: object) -> object:
    return value if isinstance(value, dict | BaseModel) else None


def _object_or_empty(value: object) -> object:
    return value if isinstance(value, dict | BaseModel) else {}


Seconds = Annotated[float, BeforeValidator(seconds)]
Difference = Annotated[float, BeforeValidator(_difference)]
Moment = Annotated[float, BeforeValidator(_moment)]
Share = Annotated[float | None, BeforeValidator(_share)]
Dollars = Annotated[Decimal, BeforeValidator(_dollars)]
Count = Annotated[int, BeforeValidator(count)]
ClipIndex = Annotated[int, BeforeValidator(_clip_index)]
Text = Annotated[str, BeforeValidator(text)]
Words = Annotated[str | None, BeforeValidator(_words)]
"""Text, or None instead of an empty one."""
Address = Annotated[str | None, BeforeValidator(address)]
Name = Annotated[str, BeforeValidator(_name)]
"""Text that must be there: an id, an address."""
Label = Annotated[str, BeforeValidator(lambda value: text(value).strip().lower())]
"""One of some words; others are kept."""
Free = Annotated[dict[str, Any], BeforeValidator(_free)]
Level = Annotated[
    Literal["low", "medium", "high"], BeforeValidator(one_of(("low", "medium", "high"), "medium"))
]
Items = Annotated[list[OnErrorOmit[T]], WrapValidator(_keep_usable)]
"""A list of usable entries."""
Maybe = Annotated[T | None, BeforeValidator(_object_or_none)]
"""An object, or None for anything else."""
Whole = Annotated[T, BeforeValidator(_object_or_empty)]
"""An object, or an empty one for anything else."""
