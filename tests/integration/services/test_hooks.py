"""What providers tell unasked: it fills in a prediction's id, and nothing else."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from clipbot.errors import (
    NotAllowed,
    ProviderUnavailable,
    RegenerationNotFound,
    RequestError,
    SubmissionUnknown,
)
from clipbot.services.hooks import HookService
from clipbot.services.views import RegenerationStatus
from tests.desk import Desk, run_steps
from tests.makers import LESS, confirm, edit, kling, look, money, quote, shop

SIGNED: Mapping[str, str] = {"signature": "right"}


@dataclass(frozen=True)
class Wax:
    """A `Seal` that takes one word for a signature."""

    def prediction_id(self, headers: Mapping[str, str], body: bytes) -> str:
        if headers.get("signature") != "right":
            raise NotAllowed("That message is not from a provider of ours.")
        return body.decode()


def hooks(at: Desk) -> HookService:
    return HookService(at.store.regenerations, Wax())


def begun(at: Desk, job: UUID) -> UUID:
    at.queue.is_held = True
    row = confirm(at, job, quote(at, job))
    at.queue.waiting.clear()
    at.steps.begin(row.id)
    at.steps.intend(row.id, 1)
    return row.id


def prediction(at: Desk, id_: UUID) -> str | None:
    return at.store.regenerations.intents(id_)[0].prediction_id


def test_the_id_of_a_request_that_nobody_answered_arrives_by_itself(desk: Desk, job: UUID) -> None:
    maker = kling(
        silences=deque([SubmissionUnknown("Kling 2.1", "no answer")]),
        blindness=deque([ProviderUnavailable("Kling 2.1", "no list")] * 9),
    )
    at = shop(desk, look(), maker)
    id_ = begun(at, job)
    with pytest.raises(SubmissionUnknown):
        at.steps.submit(id_, 1)
    assert prediction(at, id_) is None

    hooks(at).heard(f"{id_}.1", SIGNED, f"kling_v21-{id_}.1".encode())
    run_steps(at.steps, id_)

    assert at.store.regenerations.get(id_).status is RegenerationStatus.COMPLETED
    assert (len(maker.submitted), money(at, job)) == (1, (LESS, 0))


def test_the_first_id_stays(desk: Desk, job: UUID) -> None:
    at = shop(desk, look(), kling())
    id_ = begun(at, job)
    known = at.steps.submit(id_, 1)
    for _ in range(2):
        hooks(at).heard(f"{id_}.1", SIGNED, b"another")
    assert prediction(at, id_) == known


def test_an_attempt_that_was_never_sent_has_no_prediction(desk: Desk, job: UUID) -> None:
    at = shop(desk, look(), kling())
    id_ = begun(at, job)
    hooks(at).heard(f"{id_}.1", SIGNED, b"another")
    assert prediction(at, id_) is None


def test_an_edit_that_is_over_stays_as_it_is(desk: Desk, job: UUID) -> None:
    at = shop(desk, look(), kling())
    done = edit(at, job)
    hooks(at).heard(f"{done.id}.1", SIGNED, b"another")
    assert at.store.regenerations.get(done.id) == done


def test_an_unknown_attempt_is_not_found(desk: Desk, job: UUID) -> None:
    at = shop(desk, look(), kling())
    id_ = begun(at, job)
    for marker in (f"{id_}.2", f"{id_}.0", f"{id_}.-1", f"{uuid4()}.1"):
        with pytest.raises(RegenerationNotFound):
            hooks(at).heard(marker, SIGNED, b"another")


@pytest.mark.parametrize(
    "marker", ["", ".", "1", "x.1", f"{UUID(int=0)}", f"{UUID(int=0)}.", f"{UUID(int=0)}.1.1"]
)
def test_a_marker_that_is_none_of_ours_is_refused(desk: Desk, marker: str) -> None:
    with pytest.raises(RequestError, match="no attempt of ours"):
        hooks(desk).heard(marker, SIGNED, b"another")


def test_an_unsigned_message_is_refused_before_anything_is_read(desk: Desk) -> None:
    for headers in ({}, {"signature": "wrong"}):
        with pytest.raises(NotAllowed):
            hooks(desk).heard("x.1", headers, b"another")


def test_where_no_hooks_are_asked_for_none_is_taken(desk: Desk, job: UUID) -> None:
    at = shop(desk, look(), kling())
    id_ = begun(at, job)
    with pytest.raises(RequestError, match="No hooks are expected here"):
        at.services.hooks.heard(f"{id_}.1", SIGNED, b"another")
    assert prediction(at, id_) is None
