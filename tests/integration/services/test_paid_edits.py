"""Edits by a renderer that costs money: quoted, reserved, settled, never paid twice."""

from collections import deque
from pathlib import Path
from uuid import UUID

import pytest

from clipbot.errors import (
    BudgetExceeded,
    ProviderRejected,
    ProviderUnavailable,
    QuoteRequired,
    RateLimited,
    SubmissionUnknown,
)
from clipbot.renderers.fakes import FakeRenderer
from clipbot.services.views import RegenerationStatus
from tests import jobs
from tests.desk import Desk, desk, run_steps

PRICE = 400_000_000
"""Micros; five of them fit into the budget of $2000."""


@pytest.fixture(name="renderer")
def fixture_renderer() -> FakeRenderer:
    return FakeRenderer(
        key="local", price_micros=PRICE // 2, ceiling_factor=2, footage=jobs.footage(7)
    )


@pytest.fixture(name="paid")
def fixture_paid(desk: Desk, renderer: FakeRenderer) -> Desk:
    return paid_desk(desk, renderer)


def paid_desk(free: Desk, renderer: FakeRenderer) -> Desk:
    return desk(free.store.jobs.engine, free.home, renderers=(renderer,))


def money(paid: Desk, job: UUID) -> tuple[int, int]:
    """Return what is spent and what is reserved."""
    view = paid.services.jobs.get(paid.user, job)
    return view.spent_micros, view.reserved_micros


def test_what_is_confirmed_is_reserved_and_what_was_charged_is_settled(
    paid: Desk, job: UUID
) -> None:
    paid.queue.is_held = True
    edit = paid.edit(job, "add a dragon", (1,))
    assert money(paid, job) == (0, PRICE)

    paid.queue.run()

    assert money(paid, job) == (PRICE // 2, 0)
    row = paid.store.regenerations.get(edit)
    assert (row.status, row.cost_micros) == (RegenerationStatus.COMPLETED, PRICE // 2)
    assert paid.services.jobs.get(paid.user, job).total_cost_micros == PRICE // 2
    assert paid.store.books.problems() == []


def test_an_edit_over_budget_changes_nothing(desk: Desk, job: UUID) -> None:
    paid = paid_desk(desk, FakeRenderer(key="local", price_micros=1_500_000_000))
    paid.queue.is_held = True
    paid.edit(job, "add a dragon", (1,))

    with pytest.raises(BudgetExceeded) as caught:
        paid.edit(job, "add a dragon", (2,))

    assert caught.value.left_micros == 500_000_000
    assert money(paid, job) == (0, 1_500_000_000)
    assert len(paid.store.regenerations.of_job(job)) == 1


def test_the_sixth_paid_edit_within_the_hour_has_to_wait(desk: Desk) -> None:
    renderer = FakeRenderer(key="local", price_micros=1000, footage=jobs.footage(7))
    paid = paid_desk(desk, renderer)
    job = jobs.install(desk.store, desk.parts.blobs, name="six", clips=6)
    paid.queue.is_held = True
    for clip in range(1, 6):
        paid.edit(job, "add a dragon", (clip,))

    with pytest.raises(RateLimited) as caught:
        paid.edit(job, "add a dragon", (6,))

    assert 0 < caught.value.retry_after_seconds <= 3600


def test_without_a_quote_only_free_edits_are_taken(paid: Desk, job: UUID) -> None:
    with pytest.raises(QuoteRequired) as caught:
        paid.services.edits.regenerate(paid.user, job, 0, "add a dragon")

    row = paid.services.edits.regenerate(
        paid.user, job, 0, "add a dragon", quote_id=caught.value.quote_id
    )
    assert row.ceiling_micros == PRICE


def test_a_failed_prediction_costs_nothing(paid: Desk, renderer: FakeRenderer, job: UUID) -> None:
    renderer.failures = deque(["the model was overloaded"])

    edit = paid.edit(job, "add a dragon", (1,))

    row = paid.store.regenerations.get(edit)
    assert (row.status, row.error_code) == (RegenerationStatus.FAILED, ProviderRejected.code)
    assert money(paid, job) == (0, 0)
    assert paid.services.jobs.get(paid.user, job).status == "completed"
    assert paid.services.jobs.get(paid.user, job).error == row.error
    assert paid.store.versions.current(job) == {}


def test_a_submission_that_nobody_answered_is_looked_for_and_adopted(
    paid: Desk, renderer: FakeRenderer, job: UUID
) -> None:
    renderer.silences = deque([SubmissionUnknown("Fake renderer", "no answer")])

    edit = paid.edit(job, "add a dragon", (1,))

    assert paid.store.regenerations.get(edit).status is RegenerationStatus.COMPLETED
    assert money(paid, job) == (PRICE // 2, 0)
    assert len(renderer.submitted) == 1


def test_a_submission_that_cannot_be_looked_for_is_parked_with_its_money(
    paid: Desk, renderer: FakeRenderer, job: UUID
) -> None:
    renderer.silences = deque([SubmissionUnknown("Fake renderer", "no answer")])
    renderer.blindness = deque([ProviderUnavailable("Fake renderer", "no list")] * 2)

    edit = paid.edit(job, "add a dragon", (1,))

    row = paid.store.regenerations.get(edit)
    assert (row.status, row.error_code) == (
        RegenerationStatus.NEEDS_ATTENTION,
        SubmissionUnknown.code,
    )
    assert "$400.00 stay set aside" in str(row.error)
    assert money(paid, job) == (0, PRICE)
    assert len(renderer.submitted) == 1


def test_a_step_that_runs_again_after_the_request_was_sent_adopts_it(
    paid: Desk, renderer: FakeRenderer, job: UUID
) -> None:
    paid.queue.is_held = True
    edit = paid.edit(job, "add a dragon", (1,))
    paid.steps.begin(edit)
    paid.steps.intend(edit, 1)
    renderer.silences = deque([SubmissionUnknown("Fake renderer", "no answer")])
    renderer.blindness = deque([ProviderUnavailable("Fake renderer", "no list")])
    with pytest.raises(SubmissionUnknown):
        paid.steps.submit(edit, 1)

    run_steps(paid.steps, edit)

    assert paid.store.regenerations.get(edit).status is RegenerationStatus.COMPLETED
    assert len(renderer.submitted) == 1
    assert money(paid, job) == (PRICE // 2, 0)


@pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
def test_half_written_footage_is_refused_and_nothing_of_it_is_kept(
    paid: Desk, renderer: FakeRenderer, job: UUID, tmp_path: Path, share: float
) -> None:
    whole = jobs.footage(7).read_bytes()
    half = tmp_path / "half.mp4"
    half.write_bytes(whole[: int(len(whole) * share)])
    renderer.footage = half
    paid.services.films.ensure(job)
    before = paid.film(job)

    edit = paid.edit(job, "add a dragon", (1,))

    row = paid.store.regenerations.get(edit)
    assert (row.status, row.error_code) == (RegenerationStatus.FAILED, "footage_rejected")
    assert paid.film(job) == before
    assert paid.store.versions.current(job) == {}
    assert not list((paid.home / "blobs" / "video-clips" / str(job)).glob("*_v*.mp4"))


def test_a_version_that_is_not_what_was_asked_is_offered_and_not_taken(
    paid: Desk, renderer: FakeRenderer, job: UUID
) -> None:
    renderer.footage = jobs.footage(0)  # the same picture: not darker at all
    paid.services.films.ensure(job)
    before = paid.film(job)

    edit = paid.edit(job, "make it darker", (1,))

    row = paid.store.regenerations.get(edit)
    clip = paid.services.clips.list(paid.user, job)[0]
    assert (row.status, row.version_number) == (RegenerationStatus.COMPLETED, 2)
    assert (clip.current_version, clip.version_count, clip.has_offer) == (1, 2, True)
    assert paid.film(job) == before
    names = [event.name for event in paid.services.regenerations.events(paid.user, job)]
    assert names[-1] == "version_offered"
    assert paid.services.versions.list(paid.user, job, 0)[0].is_offered

    paid.services.versions.restore(paid.user, job, 0, 2)

    assert paid.services.clips.list(paid.user, job)[0].current_version == 2
    assert not paid.services.clips.list(paid.user, job)[0].has_offer
