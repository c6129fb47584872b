from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from clipbot.domain.plan import Edit, Kind, Operation
from clipbot.errors import (
    BudgetExceeded,
    ClipBusy,
    JobNotReady,
    QuoteExpired,
    QuoteNotFound,
    QuoteSpent,
    RateLimited,
    RegenerationNotFound,
)
from clipbot.store.records import JobStatus, NewPrompt, RegenerationStatus
from clipbot.store.store import Store
from tests.unit.store.given import (
    BUDGET,
    NOW,
    PLAN,
    USER,
    edit,
    job,
    outcome,
    publication,
    quote,
    running,
    submit,
)


def nothing_was_written(store: Store, job_id: UUID, status: str = "completed") -> bool:
    found = store.jobs.get(job_id)
    return (
        found.status == status
        and found.reserved_micros == 0
        and store.regenerations.of_job(job_id) == []
        and store.events.after(job_id, 0) == []
        and store.books.problems() == []
    )


def test_a_submitted_edit_is_queued_with_its_money_and_its_event(store: Store) -> None:
    job_id = job(store)
    talk = ({"role": "user", "content": "brighter"},)
    new = edit(job_id, 3, ceiling=1_500_000, template_id="brighter", conversation=talk)

    (record,) = submit(store, new)

    assert record == store.regenerations.get(new.id)
    assert record.status is RegenerationStatus.QUEUED
    assert record.edit == Edit((4,), (Operation(Kind.BRIGHTNESS, "up"),), "brighter", ("faces",))
    assert (record.seed, record.temperature, record.template_id) == (2**40, 0.3, "brighter")
    assert (record.conversation, record.created_at) == (talk, NOW)
    found = store.jobs.get(job_id)
    assert found.status is JobStatus.REGENERATING
    assert (found.spent_micros, found.reserved_micros) == (1_500_000, 1_500_000)
    (event,) = store.events.after(job_id, 0)
    assert (event.id, event.name, event.progress) == (1, "regeneration_started", 0)
    assert (event.regeneration_id, event.clip_index) == (new.id, 3)
    assert event.message == "Queued: make it brighter"
    assert store.books.problems() == []


@pytest.mark.parametrize("status", ["queued", "processing"])
def test_a_job_that_is_being_made_cannot_be_edited(store: Store, status: str) -> None:
    job_id = job(store, status=status)

    with pytest.raises(JobNotReady) as caught:
        submit(store, edit(job_id))

    assert caught.value.status == status
    assert nothing_was_written(store, job_id, status)


def test_a_failed_job_can_be_edited_if_it_has_clips(store: Store) -> None:
    with_clips = job(store, status="failed")
    submit(store, edit(with_clips))
    assert store.jobs.get(with_clips).status is JobStatus.REGENERATING

    bare = uuid4()
    row = {
        "id": str(bare),
        "status": "failed",
        "audio_url": "song.mp3",
        "user_prompt": "A film that never came to anything, about lanterns on a river.",
    }
    stage = {"job_id": str(bare), "stage_name": "video_generator", "status": "failed"}
    store.jobs.insert({"jobs": [row], "job_stages": [{**stage, "metadata": None}]})
    with pytest.raises(JobNotReady):
        submit(store, edit(bare))


def test_a_clip_is_edited_once_at_a_time(store: Store) -> None:
    job_id = job(store)
    submit(store, edit(job_id, 1))

    with pytest.raises(ClipBusy) as caught:
        submit(store, edit(job_id, 0), edit(job_id, 1))

    assert caught.value.clip_index == 1
    assert [record.clip_index for record in store.regenerations.of_job(job_id)] == [1]
    submit(store, edit(job_id, 0))
    submit(store, edit(job(store), 1))


def test_a_clip_whose_edit_is_running_is_busy_too(store: Store) -> None:
    job_id = job(store)
    running(store, job_id, 1)

    with pytest.raises(ClipBusy):
        submit(store, edit(job_id, 1))


def test_a_clip_named_twice_in_one_submission_is_busy(store: Store) -> None:
    job_id = job(store)

    with pytest.raises(ClipBusy):
        submit(store, edit(job_id, 1), edit(job_id, 1))

    assert nothing_was_written(store, job_id)


def test_a_clip_can_be_edited_again_once_its_edit_is_over(store: Store) -> None:
    job_id = job(store)
    store.regenerations.publish(publication(running(store, job_id)), now=NOW)
    store.regenerations.end(outcome(running(store, job_id)), now=NOW)
    store.regenerations.end(
        outcome(running(store, job_id), RegenerationStatus.NEEDS_ATTENTION), now=NOW
    )

    submit(store, edit(job_id))


def test_a_quote_comes_back_whole(store: Store) -> None:
    job_id = job(store)
    given = quote(job_id, ceiling=2_000_000)
    store.quotes.add(given, PLAN, "let it rain")

    assert store.quotes.get(given.id) == (given, PLAN, "let it rain", None)
    assert store.quotes.get(given.id)[1].template_id == "rain"
    with pytest.raises(QuoteNotFound):
        store.quotes.get(uuid4())


def test_a_quote_is_good_for_one_edit(store: Store) -> None:
    job_id = job(store)
    given = quote(job_id, ceiling=2_000_000)
    store.quotes.add(given, PLAN, "")
    submit(store, edit(job_id, 0, ceiling=2_000_000), quote_id=given.id)

    with pytest.raises(QuoteSpent):
        submit(store, edit(job_id, 1, ceiling=2_000_000), quote_id=given.id)

    assert store.quotes.get(given.id)[3] == NOW
    assert store.jobs.get(job_id).reserved_micros == 2_000_000


def test_a_quote_is_not_spent_by_an_edit_that_was_refused(store: Store) -> None:
    job_id = job(store)
    given = quote(job_id, ceiling=2_000_000)
    store.quotes.add(given, PLAN, "")

    with pytest.raises(BudgetExceeded):
        submit(store, edit(job_id, ceiling=2_000_000), quote_id=given.id, budget_micros=3_000_000)

    assert store.quotes.get(given.id)[3] is None
    assert nothing_was_written(store, job_id)


def test_an_expired_quote_is_refused(store: Store) -> None:
    job_id = job(store)
    given = quote(job_id, lifetime=timedelta(0))
    store.quotes.add(given, PLAN, "")

    with pytest.raises(QuoteExpired):
        submit(store, edit(job_id), quote_id=given.id)

    assert nothing_was_written(store, job_id)


@pytest.mark.parametrize("whose", ["nobody", "another job", "another user"])
def test_a_quote_of_somebody_else_does_not_exist(store: Store, whose: str) -> None:
    job_id = job(store)
    given = quote(job(store) if whose == "another job" else job_id)
    store.quotes.add(given, PLAN, "")
    user = uuid4() if whose == "another user" else USER
    quote_id = uuid4() if whose == "nobody" else given.id

    with pytest.raises(QuoteNotFound):
        submit(store, edit(job_id, user_id=user), quote_id=quote_id)

    assert nothing_was_written(store, job_id)


def test_more_than_was_agreed_to_is_never_reserved(store: Store) -> None:
    job_id = job(store)
    given = quote(job_id, ceiling=1_000_000)
    store.quotes.add(given, PLAN, "")

    with pytest.raises(ValueError, match="1000000 were agreed"):
        submit(store, edit(job_id, ceiling=1_000_001), quote_id=given.id)

    assert nothing_was_written(store, job_id)


def test_an_edit_over_budget_changes_nothing(store: Store) -> None:
    job_id = job(store, total_cost="1.50")
    submit(store, edit(job_id, 0, ceiling=3_000_000), budget_micros=5_000_000)

    with pytest.raises(BudgetExceeded) as caught:
        submit(store, edit(job_id, 1, ceiling=500_001), budget_micros=5_000_000)

    assert (caught.value.wanted_micros, caught.value.left_micros) == (500_001, 500_000)
    submit(store, edit(job_id, 1, ceiling=500_000), budget_micros=5_000_000)
    assert store.jobs.funds(job_id, 5_000_000).left_micros == 0


def test_what_is_free_can_be_done_over_budget(store: Store) -> None:
    job_id = job(store, total_cost="60.00")

    submit(store, edit(job_id), budget_micros=50_000_000)

    assert store.jobs.funds(job_id, 50_000_000).left_micros == -10_000_000


def test_the_sixth_paid_edit_within_the_hour_is_refused_with_a_time(store: Store) -> None:
    job_id = job(store)
    for minute in range(5):
        moment = NOW + timedelta(minutes=minute)
        submit(store, edit(job_id, minute, ceiling=1), paid_per_hour=5, now=moment)

    sixth, moment = edit(job_id, 9, ceiling=1), NOW + timedelta(minutes=10, seconds=0.5)
    with pytest.raises(RateLimited) as caught:
        submit(store, sixth, paid_per_hour=5, now=moment)

    assert caught.value.retry_after_seconds == 3_000
    submit(store, edit(job_id, 9), paid_per_hour=5, now=NOW + timedelta(minutes=10))
    submit(store, edit(job_id, 10, ceiling=1), paid_per_hour=5, now=NOW + timedelta(hours=1))


def test_the_wait_is_until_there_is_really_room(store: Store) -> None:
    """With the limit lowered, one edit leaving the hour is not enough."""
    job_id = job(store)
    for minute in range(4):
        moment = NOW + timedelta(minutes=minute)
        submit(store, edit(job_id, minute, ceiling=1), now=moment)

    with pytest.raises(RateLimited) as caught:
        submit(store, edit(job_id, 9, ceiling=1), paid_per_hour=2, now=NOW + timedelta(minutes=4))

    assert caught.value.retry_after_seconds == 58 * 60


def test_a_batch_counts_once(store: Store) -> None:
    job_id = job(store)
    for batch in range(2):
        batch_id = uuid4()
        edits = [edit(job_id, batch * 3 + i, ceiling=1, batch_id=batch_id) for i in range(3)]
        submit(store, *edits, paid_per_hour=2)

    with pytest.raises(RateLimited):
        submit(store, edit(job_id, 9, ceiling=1), paid_per_hour=2)


def test_the_limit_is_per_job_and_counts_refused_and_ended_edits_rightly(store: Store) -> None:
    job_id = job(store)
    store.regenerations.end(outcome(running(store, job_id, ceiling=1)), now=NOW)
    with pytest.raises(BudgetExceeded):
        submit(store, edit(job_id, 1, ceiling=BUDGET), paid_per_hour=2)

    submit(store, edit(job_id, 1, ceiling=1), paid_per_hour=2)
    submit(store, edit(job(store), ceiling=1), paid_per_hour=1)
    with pytest.raises(RateLimited):
        submit(store, edit(job_id, 2, ceiling=1), paid_per_hour=2)


def test_no_paid_edits_allowed_means_none(store: Store) -> None:
    with pytest.raises(RateLimited) as caught:
        submit(store, edit(job(store), ceiling=1), paid_per_hour=0)

    assert caught.value.retry_after_seconds == 3_600


def test_a_submission_is_of_one_job(store: Store) -> None:
    with pytest.raises(ValueError, match="exactly one job"):
        submit(store)
    with pytest.raises(ValueError, match="exactly one job"):
        submit(store, edit(job(store)), edit(job(store)))


def test_batches_and_jobs_list_their_edits_in_order(store: Store) -> None:
    job_id, batch_id = job(store), uuid4()
    first = [edit(job_id, clip, batch_id=batch_id) for clip in (4, 2, 0)]
    submit(store, *first)
    (later,) = submit(store, edit(job_id, 1), now=NOW + timedelta(seconds=1))
    ids = [new.id for new in first]

    assert [record.id for record in store.regenerations.of_batch(batch_id)] == ids
    assert [r.id for r in store.regenerations.of_job(job_id)] == [later.id, *reversed(ids)]
    assert [r.id for r in store.regenerations.of_job(job_id, limit=1)] == [later.id]
    assert store.regenerations.of_batch(uuid4()) == []
    store.regenerations.end(outcome(ids[0]), now=NOW)
    still_open = store.regenerations.of_job(job_id, open_only=True)
    assert [record.id for record in still_open] == [later.id, *reversed(ids[1:])]


def test_what_waits_in_vain_is_found_oldest_first(store: Store) -> None:
    one, two = job(store), job(store)
    batch = [edit(one, 1), edit(one, 0)]
    submit(store, *batch)
    (later,) = submit(store, edit(two), now=NOW + timedelta(seconds=5))
    running(store, two, 7)

    found = store.regenerations.unqueued(NOW + timedelta(seconds=6))

    assert found == [(batch[0].id, one), (batch[1].id, one), (later.id, two)]
    assert store.regenerations.unqueued(NOW) == []


def test_an_unknown_edit_is_said_to_be_unknown(store: Store) -> None:
    ours, unknown = store.regenerations, uuid4()
    with pytest.raises(RegenerationNotFound):
        ours.get(unknown)
    with pytest.raises(RegenerationNotFound):
        ours.start(unknown, base_number=1, original_prompt="", now=NOW)
    with pytest.raises(RegenerationNotFound):
        ours.write_prompt(unknown, NewPrompt("x", 0.5, 1, None, 0, ""), progress=1, now=NOW)
    with pytest.raises(RegenerationNotFound):
        ours.book_language(unknown, 1)
    with pytest.raises(RegenerationNotFound):
        ours.progress(unknown, name="x", progress=1, message="")
    with pytest.raises(RegenerationNotFound):
        ours.publish(publication(unknown), now=NOW)
    with pytest.raises(RegenerationNotFound):
        ours.end(outcome(unknown), now=NOW)
    assert ours.is_cancel_requested(unknown) is False
    assert ours.cancel(job(store), [unknown], now=NOW) == []
