"""What a provider refuses to show, and the attempts that were agreed to for that case."""

from collections import deque
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlmodel import col

from clipbot.domain.money import Attempt
from clipbot.errors import ContentRefused, ProviderRejected
from clipbot.renderers.fakes import FakeRenderer
from clipbot.services.views import RegenerationStatus
from clipbot.store.database import as_writer
from clipbot.store.tables import RegenerationRow
from tests.desk import Desk, run_steps
from tests.makers import LESS, PRICE, confirm, edit, kling, look, money, quote, said, shop, veo

MINDED = "A bloody street with paper lanterns."
CLEANED = "A stained street with paper lanterns."
NO = "it was flagged"


def objecting(maker: FakeRenderer, times: int = 1) -> FakeRenderer:
    maker.objections = deque([NO] * times)
    return maker


def run(at: Desk, job: UUID, *, with_retries: bool = True, prompt: str = MINDED) -> UUID:
    """Run an edit whose prompt holds a word that is minded."""
    at.queue.is_held = True
    row = confirm(at, job, quote(at, job, with_retries=with_retries))
    at.steps.begin(row.id)
    with as_writer(at.store.jobs.engine).begin() as connection:
        mine = update(RegenerationRow).where(col(RegenerationRow.id) == row.id)
        connection.execute(mine.values(prompt=prompt))
    run_steps(at.steps, row.id)
    return row.id


def test_agreed_attempts_are_priced_beforehand(desk: Desk, job: UUID) -> None:
    at = shop(desk, look(), kling(), veo())
    bare, whole = quote(at, job), quote(at, job, with_retries=True)

    assert bare.rows[0].attempts == (Attempt("kling_v21", LESS),)
    assert (bare.with_retries, bare.can_retry, bare.quote.ceiling_micros) == (False, True, LESS)
    assert whole.rows[0].attempts == (
        Attempt("kling_v21", LESS),
        Attempt("kling_v21", LESS, is_cleaned=True),
        Attempt("veo_31", PRICE, is_cleaned=True),
    )
    assert (whole.with_retries, whole.quote.ceiling_micros) == (True, 2 * LESS + PRICE)
    assert whole.quote.estimate_micros == bare.quote.estimate_micros == LESS
    assert at.store.quotes.get(whole.quote.id)[0].clips[0].attempts == whole.rows[0].attempts


def test_a_lonely_model_is_asked_with_other_words_only(desk: Desk, job: UUID) -> None:
    found = quote(shop(desk, look(), kling()), job, with_retries=True)
    assert [attempt.renderer for attempt in found.rows[0].attempts] == ["kling_v21"] * 2


def test_the_second_attempt_goes_without_the_words_that_are_minded(desk: Desk, job: UUID) -> None:
    first, second = objecting(kling()), veo()
    at = shop(desk, look(), first, second)
    id_ = run(at, job)

    assert [asked.prompt for asked in first.submitted] == [MINDED, CLEANED]
    assert len({asked.marker for asked in first.submitted}) == 2
    assert second.submitted == []
    row = at.store.regenerations.get(id_)
    assert (row.status, row.renderer, row.prompt) == (
        RegenerationStatus.COMPLETED,
        "kling_v21",
        CLEANED,
    )
    assert money(at, job) == (LESS, 0)
    assert said(at, job).count("content_moderation_retry") == 1


def test_the_third_attempt_goes_to_another_model_whose_version_it_is(desk: Desk, job: UUID) -> None:
    first, second = objecting(kling(), 2), veo()
    at = shop(desk, look(), first, second)
    id_ = run(at, job)

    assert [asked.prompt for asked in second.submitted] == [CLEANED]
    version = at.store.versions.all(job)[-1]
    assert (version.renderer, version.prompt, version.number) == ("veo_31", CLEANED, 2)
    row = at.store.regenerations.get(id_)
    assert (row.renderer, row.cost_micros) == ("veo_31", PRICE)
    told = [
        event.message
        for event in at.services.regenerations.events(at.user, job)
        if event.name == "content_moderation_retry"
    ]
    assert told == [
        "Kling 2.1 would not show this. As agreed, Kling 2.1 is asked with other words.",
        "Kling 2.1 would not show this. As agreed, Veo 3.1 is asked with other words.",
    ]
    outcomes = [each.outcome for each in at.store.regenerations.intents(id_)]
    assert outcomes == ["refused", "refused", "succeeded"]
    finished = at.services.regenerations.events(at.user, job)[-1]
    assert "The provider refused twice; this is the next attempt that you agreed to." in (
        finished.message
    )


def test_what_all_attempts_cost_is_added_up(desk: Desk, job: UUID) -> None:
    first, second = objecting(kling(loss_micros=50_000), 2), veo()
    at = shop(desk, look(), first, second)
    row = at.store.regenerations.get(run(at, job))
    assert row.cost_micros == 2 * 50_000 + PRICE
    assert money(at, job) == (row.cost_micros, 0)


def test_never_more_is_booked_than_was_agreed(desk: Desk, job: UUID) -> None:
    first, second = objecting(kling(loss_micros=10 * PRICE), 2), veo(price_micros=PRICE)
    at = shop(desk, look(), first, second)
    row = at.store.regenerations.get(run(at, job))
    assert row.cost_micros == row.ceiling_micros == 2 * LESS + PRICE
    assert money(at, job) == (row.ceiling_micros, 0)


def test_without_an_agreement_a_refusal_is_the_end_and_costs_nothing(desk: Desk, job: UUID) -> None:
    first = objecting(kling())
    at = shop(desk, look(), first, veo())
    row = edit(at, job)

    assert (row.status, row.error_code) == (RegenerationStatus.FAILED, ContentRefused.code)
    assert str(row.error).endswith("It cost nothing.")
    assert len(first.submitted) == 1
    assert money(at, job) == (0, 0)
    assert "content_moderation_retry" not in said(at, job)


def test_where_every_attempt_is_refused_the_last_refusal_is_told(desk: Desk, job: UUID) -> None:
    first, second = objecting(kling(loss_micros=7), 2), objecting(veo(loss_micros=7))
    at = shop(desk, look(), first, second)
    row = edit(at, job, with_retries=True)

    assert (row.status, row.error_code) == (RegenerationStatus.FAILED, ContentRefused.code)
    assert str(row.error) == (
        f"Veo 3.1 would not show this: “{NO}”. Other words may help. It cost $0.000021."
    )
    assert money(at, job) == (21, 0)
    assert at.store.versions.current(job) == {}


def test_a_failure_that_is_no_refusal_ends_the_attempts(desk: Desk, job: UUID) -> None:
    first = kling(failures=deque(["the model was overloaded"]))
    at = shop(desk, look(), first, veo())
    row = edit(at, job, with_retries=True)
    assert (row.error_code, len(first.submitted)) == (ProviderRejected.code, 1)


@pytest.mark.parametrize("patience", [0.0, 120.0])
def test_a_refusal_at_the_door_leads_on_and_leaves_no_doubt(
    desk: Desk, job: UUID, patience: float
) -> None:
    """Nothing was started, so nothing has to be looked for, however slow lists are there."""
    first = kling(refusals=deque([ContentRefused("Kling 2.1", NO)]), patience_seconds=patience)
    at = shop(desk, look(), first)
    row = edit(at, job, with_retries=True)
    assert row.status is RegenerationStatus.COMPLETED, row.error
    assert money(at, job) == (LESS, 0)


def test_a_batch_keeps_its_discount_on_every_attempt(desk: Desk, job: UUID) -> None:
    first = objecting(kling(loss_micros=100), 1)
    at = shop(desk, look(), first)
    found = quote(at, job, "add a dragon to clips 1, 2 and 3", selected=(), with_retries=True)
    assert found.quote.ceiling_micros == 6 * LESS * 9 // 10
    confirm(at, job, found)
    rows = sorted(at.store.regenerations.of_job(job), key=lambda each: each.clip_index)
    assert [row.cost_micros for row in rows] == [
        (LESS + 100) * 9 // 10,
        LESS * 9 // 10,
        LESS * 9 // 10,
    ]
    assert money(at, job)[1] == 0
