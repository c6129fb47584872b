"""Rows of text and context, as scripts and benchmarks send them."""

from collections.abc import Mapping
from typing import Any

from clipbot.domain.plan import to_json
from clipbot.understanding.context import Context
from clipbot.understanding.reading import understand


def plan_document(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the plan of a row `{"context": {...}, "text": "..."}` as JSON.

    Raises:
        ValueError: The row has no text, or its context is not one.
    """
    text, context = row.get("text"), row.get("context")
    if not isinstance(text, str) or not isinstance(context, Mapping):
        raise ValueError("a row needs a text and a context")  # noqa: TRY004 - one error for bad rows
    return to_json(understand(text, Context.from_json(context)))
