"""The workflow: one regeneration from queued to published, in steps that survive a crash.

DBOS runs `regenerate` again after a crash and answers the steps that were done from its
notes, so the function decides nothing by clock, chance or database; all that happens
inside steps. A step's note is a small JSON object, either `value` and `seconds` or
`error`; errors are notes as well, so that nothing is pickled and no edit is ever stuck.

A new step may only be added after the last one, else running work is lost: a change in
between is a new workflow under a new name (facts: DBOS checks names by position).
"""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from dbos import DBOS

from clipbot.errors import (
    ClipbotError,
    ConflictError,
    ProviderRateLimited,
    RateLimited,
    RegenerationNotFound,
    RequestError,
)
from clipbot.logs import about
from clipbot.workflows.base import Steps
from clipbot.workflows.rhythm import Rhythm
from clipbot.workflows.workbench import Workbench

logger = logging.getLogger(__name__)

NAME = "regenerate"
ADOPT = "adopt"
REFUSED = "content_refused"
"""The code after which the next agreed attempt is made, if there is one."""
MAX_STARTS = 20
"""A workflow that takes its process down this often is given up."""
LONGEST_ADVICE_SECONDS = 60.0
"""A provider's `retry_after` is followed up to here."""

INTERNAL = "internal"
INTERNAL_MESSAGE = "Something went wrong inside clipbot; the film is as before."

Note = Mapping[str, Any]
T = TypeVar("T")


class _Place:
    """What the registered functions work with. DBOS has one engine per process, so this too."""

    steps: ClassVar[Steps | None] = None
    bench: ClassVar[Workbench] = Workbench()
    rhythm: ClassVar[Rhythm] = Rhythm()


@contextmanager
def taking_place(steps: Steps, bench: Workbench, rhythm: Rhythm) -> Iterator[None]:
    """Give the workflow its steps while an engine runs in this process.

    Raises:
        RuntimeError: Another engine already runs here.
    """
    if _Place.steps is not None:
        raise RuntimeError("one process runs one engine")
    _Place.steps, _Place.bench, _Place.rhythm = steps, bench, rhythm
    try:
        yield
    finally:
        _Place.steps = None


class _StepFailed(Exception):
    def __init__(self, error: Mapping[str, Any]) -> None:
        super().__init__(error["message"])
        self.error = error


@DBOS.workflow(name=NAME, max_recovery_attempts=MAX_STARTS)
def regenerate(regeneration_id: str) -> str:
    """Run one regeneration to its end, whatever that is.

    Returns:
        `completed`, or the code of the error that it ended with.
    """
    return _run(regeneration_id, _make)


@DBOS.workflow(name=ADOPT, max_recovery_attempts=MAX_STARTS)
def adopt(regeneration_id: str) -> str:
    """Bring in the footage of an edit that needed attention: it was made after all.

    Returns:
        As `regenerate`.
    """
    return _run(regeneration_id, _bring_in)


def _run(regeneration_id: str, make: Callable[[str, dict[str, float]], None]) -> str:
    timings: dict[str, float] = {}
    with _Place.bench.visit(), about(regeneration_id=UUID(regeneration_id)):
        try:
            make(regeneration_id, timings)
        except _StepFailed as failure:
            _end(regeneration_id, failure.error, timings)
            return str(failure.error["code"])
        return "completed"


def _make(regeneration_id: str, timings: dict[str, float]) -> None:
    _taken(_begin(regeneration_id), "language_s", timings)
    for attempt in count(1):
        try:
            _taken(_intend(regeneration_id, attempt))
            prediction_id = _taken(_submit(regeneration_id, attempt), "render_s", timings)
            footage_url = _taken(
                _await_footage(regeneration_id, prediction_id), "render_s", timings
            )
        except _StepFailed as failure:
            is_refused = failure.error["code"] == REFUSED
            if not is_refused or not _taken(_next_attempt(regeneration_id, attempt)):
                raise
        else:
            break
    _finish(regeneration_id, footage_url, timings)


def _bring_in(regeneration_id: str, timings: dict[str, float]) -> None:
    prediction_id = _taken(_recall(regeneration_id))
    footage_url = _taken(_await_footage(regeneration_id, prediction_id), "render_s", timings)
    _finish(regeneration_id, footage_url, timings)


def _finish(regeneration_id: str, footage_url: str, timings: dict[str, float]) -> None:
    footage_key = _taken(_store(regeneration_id, footage_url), "verify_s", timings)
    _taken(_encode(regeneration_id, footage_key), "encode_s", timings)
    _taken(_publish(regeneration_id, footage_key, timings))


def _taken(note: Note, part: str | None = None, timings: dict[str, float] | None = None) -> str:
    """Return a step's value, and add its time to a part of the whole."""
    if part is not None and timings is not None:
        timings[part] = round(timings.get(part, 0.0) + note["seconds"], 3)
    if "error" in note:
        raise _StepFailed(note["error"])
    return str(note["value"] or "")


@DBOS.step(name="begin")
def _begin(regeneration_id: str) -> Note:
    return _note("begin", regeneration_id, lambda steps, id_: steps.begin(id_))


@DBOS.step(name="intend")
def _intend(regeneration_id: str, attempt: int) -> Note:
    return _note("intend", regeneration_id, lambda steps, id_: steps.intend(id_, attempt))


@DBOS.step(name="submit")
def _submit(regeneration_id: str, attempt: int) -> Note:
    return _note("submit", regeneration_id, lambda steps, id_: steps.submit(id_, attempt))


@DBOS.step(name="next_attempt")
def _next_attempt(regeneration_id: str, attempt: int) -> Note:
    return _note(
        "next_attempt",
        regeneration_id,
        lambda steps, id_: "agreed" if steps.next_attempt(id_, attempt) else None,
    )


@DBOS.step(name="recall")
def _recall(regeneration_id: str) -> Note:
    return _note("recall", regeneration_id, lambda steps, id_: steps.recall(id_))


@DBOS.step(name="await_footage")
def _await_footage(regeneration_id: str, prediction_id: str) -> Note:
    return _note(
        "await_footage",
        regeneration_id,
        lambda steps, id_: steps.await_footage(id_, prediction_id),
    )


@DBOS.step(name="store")
def _store(regeneration_id: str, footage_url: str) -> Note:
    return _note("store", regeneration_id, lambda steps, id_: steps.store(id_, footage_url))


@DBOS.step(name="encode")
def _encode(regeneration_id: str, footage_key: str) -> Note:
    return _note("encode", regeneration_id, lambda steps, id_: steps.encode(id_, footage_key))


@DBOS.step(name="publish")
def _publish(regeneration_id: str, footage_key: str, timings: Mapping[str, float]) -> Note:
    return _note(
        "publish",
        regeneration_id,
        lambda steps, id_: steps.publish(id_, footage_key, timings),
    )


@DBOS.step(name="end")
def _end(regeneration_id: str, error: Mapping[str, Any], timings: Mapping[str, float]) -> Note:
    """Close the regeneration; its money is reserved and its clip busy until this has worked."""
    waits = _Place.rhythm.end_waits
    for tries in count(1):
        try:
            _call(regeneration_id, lambda steps, id_: steps.end(id_, **error, timings=timings))
        except RegenerationNotFound:
            logger.warning("edit to be ended is gone")
        except Exception as failure:
            if tries == 1:
                logger.exception("ending broke, trying again")
            # A full disk may take a person's time, so that is waited for. With anything else
            # the workflow breaks; the sweep goes on trying, and other edits have the place.
            is_waited_for = isinstance(failure, ClipbotError) and failure.retryable
            if tries > len(waits) and not is_waited_for:
                raise
            _Place.bench.rest(waits[min(tries, len(waits)) - 1])
            continue
        break
    return {"value": None, "seconds": 0.0}


def _note(step: str, regeneration_id: str, call: Callable[[Steps, UUID], str | None]) -> Note:
    """Run a step, again if its error is worth it, and return its note."""
    started = time.monotonic()
    outcome: Note = {}
    for wait in (*_Place.rhythm.retry_waits, None):
        try:
            outcome = {"value": _call(regeneration_id, call)}
        except ClipbotError as failure:
            facts = {"step": step, "code": failure.code}
            if wait is not None and _is_worth_a_retry(failure):
                logger.warning("step failed, trying again", extra=facts)
                _Place.bench.rest(_advised(failure, wait))
                continue
            logger.warning("step failed", extra=facts)
            outcome = _failed(failure.code, str(failure), retryable=failure.retryable)
        except Exception:
            # A bug, at the outermost edge: logged once, and the edit is ended, not stuck.
            logger.exception("step broke", extra={"step": step})
            outcome = _failed(INTERNAL, INTERNAL_MESSAGE, retryable=False)
        break
    return {**outcome, "seconds": round(time.monotonic() - started, 3)}


def _failed(code: str, message: str, *, retryable: bool) -> Note:
    return {"error": {"code": code, "message": message, "retryable": retryable}}


def _call(regeneration_id: str, call: Callable[[Steps, UUID], T]) -> T:
    steps = _Place.steps
    if steps is None:
        raise RuntimeError("a step ran outside an engine")
    return _Place.bench.run(regeneration_id, lambda: call(steps, UUID(regeneration_id)))


def _is_worth_a_retry(error: ClipbotError) -> bool:
    # The others that are `retryable` are so for a person, later: a busy clip, a spent hour.
    is_ours = not isinstance(error, (RequestError, ConflictError, RateLimited))
    return error.retryable and is_ours


def _advised(error: ClipbotError, wait: float) -> float:
    advice = error.retry_after_seconds if isinstance(error, ProviderRateLimited) else None
    return max(wait, min(advice or 0.0, LONGEST_ADVICE_SECONDS))
