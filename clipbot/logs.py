"""How clipbot writes its log: one line per event, on standard error.

A message is a short sentence in the past tense; its facts come in `extra` and are
written behind it as `name=value`. Which job and which regeneration a line is about
follows the code that runs, by context variables: whoever starts to work on one says so
once, with `about`, and all lines below it carry it.

Prompts and instructions are logged at DEBUG only, tokens never.
"""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, TextIO
from uuid import UUID

_JOB: ContextVar[UUID | None] = ContextVar("job_id", default=None)
_REGENERATION: ContextVar[UUID | None] = ContextVar("regeneration_id", default=None)

_OWN_ATTRIBUTES: Final = frozenset(
    {*vars(logging.makeLogRecord({})), "message", "asctime", "color_message", "taskName"}
)
"""What every record has; anything else came in by `extra`."""


@contextmanager
def about(*, job_id: UUID | None = None, regeneration_id: UUID | None = None) -> Iterator[None]:
    """Let every line that is logged inside say which job and regeneration it is about."""
    tokens = [
        (variable, variable.set(value))
        for variable, value in ((_JOB, job_id), (_REGENERATION, regeneration_id))
        if value is not None
    ]
    try:
        yield
    finally:
        for variable, token in tokens:
            variable.reset(token)


class Line(logging.Formatter):
    """Time, level, logger, message, then the facts."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname:<7} {name}: {message}", style="{")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        """Return the line without a traceback."""
        facts = {name: value for name, value in vars(record).items() if name not in _OWN_ATTRIBUTES}
        written = "".join(f" {name}={_quoted(value)}" for name, value in facts.items())
        return super().formatMessage(record) + written


def configure(level: str = "info", *, stream: TextIO | None = None) -> None:
    """Send clipbot's log to `stream`, and what is serious from everybody else.

    Calling it again replaces the earlier arrangement.

    Args:
        level: Least severe level that is written of clipbot's own events.
        stream: Where to; standard error unless told.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Line())
    handler.addFilter(_with_context)
    root = logging.getLogger()
    for earlier in [each for each in root.handlers if isinstance(each.formatter, Line)]:
        root.removeHandler(earlier)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger("clipbot").setLevel(level.upper())


def _with_context(record: logging.LogRecord) -> bool:
    for name, variable in (("job_id", _JOB), ("regeneration_id", _REGENERATION)):
        value = variable.get()
        if value is not None and not hasattr(record, name):
            setattr(record, name, value)
    return True


def _quoted(value: object) -> str:
    """Write a fact so that it stays one word on one line."""
    text = str(value)
    return repr(text) if not text or any(c.isspace() or c in "\"'=" for c in text) else text
