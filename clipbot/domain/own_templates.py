"""The templates that people make themselves: their ids, their names, their limits."""

import re
from collections.abc import Iterable
from uuid import UUID

PREFIX = "own:"
LONGEST_NAME = 60
MOST = 100
"""Templates of one user."""
_CALL = re.compile(
    r"(?:please\s+)?(?:use|apply)\s+(?:(?:my|the|our)\s+)?(?:template\s+)?(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_QUOTE = "[\"'\u201c\u201d\u2018\u2019]?"
_WHERE = r"(?:\s+template)?(?:\s+(?:on|to|for|in|with)\s+(?P<where>.+?))?(?:,?\s+please)?\s*[.!]?"


def own_id(template_id: UUID) -> str:
    """Return the public id of an own template, as plans and stored rows carry it."""
    return f"{PREFIX}{template_id}"


def is_own_id(public_id: str) -> bool:
    """Whether a public id is in the form of own templates, be it well-formed or not."""
    return public_id.startswith(PREFIX)


def row_id(public_id: str | None) -> UUID | None:
    """Return the id of the row behind a public id; None where it is no own template's."""
    if public_id is None or not is_own_id(public_id):
        return None
    try:
        return UUID(public_id.removeprefix(PREFIX))
    except ValueError:
        return None


def tidy_name(name: str) -> str:
    """Return a name on one line, without the space around it and without invisible characters."""
    words = "".join(mark if mark.isprintable() else " " for mark in name).split()
    return " ".join(words)


def is_name(name: str) -> bool:
    """Whether a tidy name is neither empty nor too long."""
    return 1 <= len(name) <= LONGEST_NAME


def calls_by_name(text: str) -> bool:
    """Whether a text could use a template by its name, so that it is worth looking them up."""
    return _CALL.match(text.strip()) is not None


def called(text: str, names: Iterable[str]) -> tuple[str, str] | None:
    """Read "apply Neon rain to clips 2 and 4".

    Args:
        text: What the person typed.
        names: Of the templates that they may use.

    Returns:
        The name, as it was given, and for which clips in the person's words (empty: for
        those that are selected); None where no template is used by its name.
    """
    call = _CALL.match(text.strip())
    if call is None:
        return None
    for name in sorted(names, key=len, reverse=True):
        words = r"\s+".join(re.escape(word) for word in name.split())
        found = re.fullmatch(_QUOTE + words + _QUOTE + _WHERE, call["rest"], re.IGNORECASE)
        if found:
            return name, found["where"] or ""
    return None
