"""Requests that cost money, while their senders die, stop and race each other."""

from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest

from clipbot.errors import ProviderUnavailable, SubmissionUnknown
from clipbot.renderers.base import RenderRequest
from clipbot.renderers.fakes import FakeRenderer
from clipbot.services.sending import LEAVING
from clipbot.services.views import RegenerationStatus
from clipbot.store.records import IntentRecord, RegenerationRecord
from tests import jobs
from tests.desk import Desk, FakeClock, bring_in, run_steps
from tests.makers import LESS, confirm, edit, kling, look, money, quote, shop

AWAY = ProviderUnavailable("Kling 2.1", "no route")
SILENCE = SubmissionUnknown("Kling 2.1", "no answer")
PATIENCE = 60.0


@dataclass(slots=True)
class Twins(FakeRenderer):
    """Cannot tell requests apart: each is one more, and any of them may be found."""

    started: list[str] = field(default_factory=list)
    before_answer: deque[Callable[[], None]] = field(default_factory=deque)

    def submit(self, request: RenderRequest) -> str:
        prediction_id = f"twin-{len(self.started)}"
        self.started.append(prediction_id)
        self.books.requests[prediction_id] = request
        self.books.polls[prediction_id] = 0
        if self.before_answer:
            self.before_answer.popleft()()
        if self.silences:
            raise self.silences.popleft()
        return prediction_id

    def find(
        self,
        request: RenderRequest,  # noqa: ARG002 - as it says
        *,
        since_seconds: float,  # noqa: ARG002 - it forgets nothing
        taken: Collection[str] = (),
    ) -> str | None:
        return next((each for each in self.started if each not in taken), None)


def twins() -> Twins:
    return Twins(
        key="kling_v21",
        label="Kling 2.1",
        provider="replicate",
        price_micros=LESS,
        footage=jobs.footage(7),
        patience_seconds=PATIENCE,
    )


def marked(at: Desk, job: UUID) -> RegenerationRecord:
    """Return an edit whose request was marked as sent by a worker that then stood still."""
    at.queue.is_held = True
    row = confirm(at, job, quote(at, job))
    at.steps.begin(row.id)
    at.steps.intend(row.id, 1)
    at.store.regenerations.take_place(
        row.id, 1, renderers=["kling_v21"], limit=4, now=at.parts.clock()
    )
    at.queue.waiting.clear()
    return row


def test_who_takes_over_waits_until_the_other_one_cannot_send_any_more(
    desk: Desk, job: UUID
) -> None:
    clock, maker = FakeClock(), kling(patience_seconds=PATIENCE)
    at = shop(desk, look(), maker, clock=clock)
    row, began = marked(at, job), clock()

    at.steps.submit(row.id, 1)

    (asked,) = maker.submitted
    waited = (clock() - began).total_seconds()
    assert waited >= LEAVING.total_seconds() + PATIENCE
    assert asked.not_after == (clock() + LEAVING).timestamp()


def test_of_two_who_look_for_a_request_one_sends_it_anew(desk: Desk, job: UUID) -> None:
    clock, maker = FakeClock(), kling(patience_seconds=PATIENCE)
    at = shop(desk, look(), maker, clock=clock)
    row, others = marked(at, job), list[str]()

    def meanwhile() -> None:
        """Let another worker be done with its own looking just before."""
        if (clock() - since).total_seconds() >= LEAVING.total_seconds() + PATIENCE - 1:
            clock.while_waiting = None
            at.store.regenerations.claim_place(row.id, 1, since=since, now=clock())
            others.append("claimed")

    since = at.store.regenerations.intents(row.id)[0].created_at
    clock.while_waiting = meanwhile
    with pytest.raises(ProviderUnavailable, match="another worker"):
        at.steps.submit(row.id, 1)

    assert others == ["claimed"]
    assert maker.submitted == []


def test_a_refusal_that_comes_late_does_not_hide_what_another_has_sent(
    desk: Desk, job: UUID
) -> None:
    clock = FakeClock()
    maker = kling(patience_seconds=PATIENCE)
    at = shop(desk, look(), maker, clock=clock)
    at.queue.is_held = True
    row = confirm(at, job, quote(at, job))
    at.steps.begin(row.id)
    at.steps.intend(row.id, 1)

    class Taken(deque[ProviderUnavailable]):
        """A refusal, before whose arrival another worker has taken over."""

        def popleft(self) -> ProviderUnavailable:
            (sent,) = at.store.regenerations.intents(row.id)
            clock.wait(200)
            at.store.regenerations.claim_place(row.id, 1, since=sent.created_at, now=clock())
            return super().popleft()

    maker.refusals = Taken([AWAY])  # type: ignore[assignment]
    with pytest.raises(ProviderUnavailable):
        at.steps.submit(row.id, 1)

    assert at.store.regenerations.intents(row.id)[0].is_sent


def test_a_prediction_that_another_one_took_is_made_up_for(desk: Desk, job: UUID) -> None:
    """Two requests that look the same: the one who was asked first may find the other's."""
    clock, maker = FakeClock(), twins()
    at = shop(desk, look(), maker, clock=clock)
    second_job = jobs.install(at.store, at.parts.blobs, name="other")
    at.queue.is_held = True
    first, second = (confirm(at, each, quote(at, each)) for each in (job, second_job))
    for row in (first, second):
        at.steps.begin(row.id)
        at.steps.intend(row.id, 1)
    maker.silences = deque([SILENCE])
    # The answer to the second one is on its way while the first one looks for its own.
    maker.before_answer = deque([lambda: None, lambda: take(at, first, "twin-1")])
    at.store.regenerations.take_place(first.id, 1, renderers=[], limit=None, now=clock())
    with pytest.raises(SubmissionUnknown):
        maker.submit(at.parts.steps.rendering.request_of(first, intent(at, first)))

    assert at.steps.submit(second.id, 1) == "twin-0"

    assert maker.started == ["twin-0", "twin-1"]
    ids = {intent(at, row).prediction_id for row in (first, second)}
    assert ids == {"twin-0", "twin-1"}


def take(at: Desk, row: RegenerationRecord, prediction_id: str) -> None:
    assert at.store.regenerations.set_prediction(row.id, 1, prediction_id) == prediction_id


def intent(at: Desk, row: RegenerationRecord) -> IntentRecord:
    return at.store.regenerations.intents(row.id)[0]


def test_footage_that_was_made_while_nobody_could_look_is_brought_in(desk: Desk, job: UUID) -> None:
    """The list was away for as long as one looks; at the end it is there, and so is footage."""
    clock = FakeClock()
    looks = 1 + int(PATIENCE / 2)
    maker = kling(
        polls_until_done=0,
        silences=deque([SILENCE]),
        blindness=deque([AWAY] * (looks + 1)),
        patience_seconds=PATIENCE,
    )
    at = shop(desk, look(), maker, clock=clock)
    row = edit(at, job)
    assert row.status is RegenerationStatus.NEEDS_ATTENTION
    assert money(at, job) == (0, LESS)

    ((id_, _),) = at.steps.attend()
    bring_in(at.steps, id_)

    done = at.store.regenerations.get(row.id)
    assert (done.status, done.cost_micros) == (RegenerationStatus.COMPLETED, LESS)
    assert (done.error, done.error_code) == (None, None)
    assert len(maker.submitted) == 1


def test_the_file_of_paid_footage_is_waited_for(desk: Desk, job: UUID) -> None:
    clock = FakeClock()
    maker = Slow(
        key="kling_v21",
        label="Kling 2.1",
        provider="replicate",
        price_micros=LESS,
        footage=jobs.footage(7),
        absences=20,
    )
    at = shop(desk, look(), maker, clock=clock)
    assert edit(at, job).status is RegenerationStatus.COMPLETED
    assert maker.absences == 0


def test_waiting_for_a_file_ends_when_the_edit_is_taken_back(desk: Desk, job: UUID) -> None:
    clock = FakeClock()
    maker = Slow(
        key="kling_v21",
        label="Kling 2.1",
        provider="replicate",
        price_micros=LESS,
        footage=jobs.footage(7),
        absences=20,
    )
    at = shop(desk, look(), maker, clock=clock)
    at.queue.is_held = True
    row = confirm(at, job, quote(at, job))

    def meanwhile() -> None:
        if maker.absences == 10:
            at.services.regenerations.cancel(at.user, job, row.id)

    clock.while_waiting = meanwhile
    run_steps(at.steps, row.id)

    ended = at.store.regenerations.get(row.id)
    assert (ended.status, ended.cost_micros) == (RegenerationStatus.CANCELLED, LESS)
    assert maker.absences == 9


@dataclass(slots=True)
class Slow(FakeRenderer):
    """Its files are away for some tries."""

    absences: int = 0

    def fetch(self, footage_url: str, dest: Path) -> Path:
        if self.absences:
            self.absences -= 1
            raise AWAY
        return FakeRenderer.fetch(self, footage_url, dest)
