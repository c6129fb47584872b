"""The attempts of an edit at a renderer: intents, places, and what they cost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from clipbot.domain.estimates import Actual
from clipbot.errors import EditCancelled, RegenerationNotFound
from clipbot.store.records import Place
from clipbot.store.store import Store
from tests.unit.store.given import NOW, edit, job, outcome, publication, running, submit

LATER = NOW + timedelta(minutes=1)
SHARED = ("veo_31", "kling_v21")


def intended(store: Store, id_: UUID, attempt: int = 1, **values: Any) -> UUID:
    """Write down an attempt, and return the edit's id."""
    given: dict[str, Any] = {
        "renderer": "veo_31",
        "marker": f"{id_}.{attempt}",
        "now": NOW,
        **values,
    }
    store.regenerations.intend(id_, attempt, **given)
    return id_


def waiting(store: Store, job_id: UUID, clip_index: int, **values: Any) -> UUID:
    return intended(store, running(store, job_id, clip_index), **values)


def place(store: Store, id_: UUID, attempt: int = 1, limit: int | None = 1) -> Place:
    return store.regenerations.take_place(id_, attempt, renderers=SHARED, limit=limit, now=LATER)


def ended(store: Store, id_: UUID, attempt: int = 1, **values: Any) -> None:
    given: dict[str, Any] = {"outcome": "succeeded", "cost_micros": 5, "now": LATER, **values}
    store.regenerations.end_attempt(id_, attempt, **given)


def test_an_intent_is_written_once(store: Store) -> None:
    id_ = running(store, job(store))
    first = store.regenerations.intend(id_, 1, renderer="veo_31", marker="seed 1", now=NOW)

    again = store.regenerations.intend(id_, 1, renderer="other", marker="seed 2", now=LATER)

    assert again == first
    assert (first.marker, first.created_at) == ("seed 1", NOW)
    assert (first.is_sent, first.prediction_id) == (False, None)
    second = store.regenerations.intend(id_, 2, renderer="veo_31", marker="seed 2", now=LATER)
    assert second.attempt == 2


def test_the_last_attempt_is_found_again(store: Store) -> None:
    id_ = running(store, job(store))
    assert store.regenerations.intent(id_) is None

    for attempt in (1, 2):
        store.regenerations.intend(id_, attempt, renderer="x", marker=f"m{attempt}", now=NOW)

    last = store.regenerations.intent(id_)
    assert last is not None
    assert (last.attempt, last.marker) == (2, "m2")


def test_a_marker_belongs_to_one_attempt(store: Store) -> None:
    """A prediction is looked for by its marker; found under another, it would be adopted twice."""
    id_ = running(store, job(store))
    store.regenerations.intend(id_, 1, renderer="veo_31", marker="seed 1", now=NOW)

    with pytest.raises(ValueError, match="another attempt"):
        store.regenerations.intend(id_, 2, renderer="veo_31", marker="seed 1", now=NOW)


def test_the_first_prediction_of_an_attempt_stays(store: Store) -> None:
    id_ = running(store, job(store))
    store.regenerations.intend(id_, 1, renderer="veo_31", marker="m", now=NOW)

    store.regenerations.set_prediction(id_, 1, "p-1")
    store.regenerations.set_prediction(id_, 1, "p-2")

    found = store.regenerations.intend(id_, 1, renderer="", marker="", now=NOW)
    assert found.prediction_id == "p-1"


def test_all_attempts_are_listed_in_order(store: Store) -> None:
    id_ = running(store, job(store))
    assert store.regenerations.intents(id_) == []

    intended(store, id_, 2, renderer="kling_v21")
    intended(store, id_, 1, footage_seconds=4.5)

    first, second = store.regenerations.intents(id_)
    assert (first.attempt, first.renderer, first.footage_seconds) == (1, "veo_31", 4.5)
    assert (second.attempt, second.renderer, second.footage_seconds) == (2, "kling_v21", None)
    assert store.regenerations.intent(id_) == second


def test_the_first_answer_about_an_attempt_stays(store: Store) -> None:
    id_ = waiting(store, job(store), 0)
    (before,) = store.regenerations.intents(id_)
    assert (before.outcome, before.cost_micros, before.ended_at) == (None, None, None)

    ended(store, id_, outcome="refused", cost_micros=0)
    ended(store, id_, outcome="succeeded", cost_micros=7, now=LATER + timedelta(hours=1))

    (after,) = store.regenerations.intents(id_)
    assert (after.outcome, after.cost_micros, after.ended_at) == ("refused", 0, LATER)


def test_only_the_first_sender_may_send(store: Store) -> None:
    id_ = waiting(store, job(store), 0)

    assert place(store, id_) is Place.FIRST
    assert store.regenerations.intents(id_)[0].is_sent
    assert place(store, id_) is Place.AGAIN
    assert place(store, id_, limit=0) is Place.AGAIN


def test_what_was_not_written_down_is_not_sent(store: Store) -> None:
    with pytest.raises(ValueError, match="was not written down"):
        place(store, running(store, job(store)))


@pytest.mark.parametrize("renderer", SHARED)
def test_places_are_shared_by_the_renderers_of_a_provider(store: Store, renderer: str) -> None:
    first, second = waiting(store, job(store), 0), waiting(store, job(store), 0, renderer=renderer)
    elsewhere = waiting(store, job(store), 0, renderer="cog")
    assert place(store, elsewhere) is Place.FIRST
    assert place(store, first) is Place.FIRST

    assert place(store, second) is Place.FULL
    assert not store.regenerations.intents(second)[0].is_sent
    assert place(store, second, limit=2) is Place.FIRST
    assert place(store, waiting(store, job(store), 0), limit=None) is Place.FIRST


def test_a_place_is_free_again_when_the_attempt_is_over(store: Store) -> None:
    job_id = job(store)
    first, second = (waiting(store, job_id, clip) for clip in range(2))
    place(store, first)
    assert place(store, second) is Place.FULL

    ended(store, first)

    assert place(store, second) is Place.FIRST


def test_a_place_is_free_again_when_the_edit_is_over(store: Store) -> None:
    job_id = job(store)
    first, second = (waiting(store, job_id, clip) for clip in range(2))
    place(store, first)

    store.regenerations.end(outcome(first), now=NOW)

    assert place(store, second) is Place.FIRST


def test_an_edit_never_waits_for_its_own_earlier_attempt(store: Store) -> None:
    id_ = waiting(store, job(store), 0)
    place(store, id_)

    assert place(store, intended(store, id_, 2), 2) is Place.FIRST


@pytest.mark.parametrize("how", ["taken back", "over"])
def test_what_nobody_wants_any_more_is_not_sent(store: Store, how: str) -> None:
    """This is the last look before money is spent."""
    job_id = job(store)
    id_, sent = (waiting(store, job_id, clip) for clip in range(2))
    place(store, sent)
    for each in (id_, sent):
        if how == "over":
            store.regenerations.end(outcome(each), now=NOW)
        else:
            store.regenerations.cancel(job_id, [each], now=NOW)

    with pytest.raises(EditCancelled):
        place(store, id_)

    assert not store.regenerations.intents(id_)[0].is_sent
    assert place(store, sent) is Place.AGAIN


def test_predictions_that_are_known_to_be_somebodys_are_told(store: Store) -> None:
    job_id, ours = job(store), store.regenerations
    for clip, (renderer, moment) in enumerate(
        [("veo_31", NOW), ("veo_31", LATER), ("kling_v21", LATER), ("veo_31", LATER)]
    ):
        id_ = waiting(store, job_id, clip, renderer=renderer, now=moment)
        if clip < 3:
            ours.set_prediction(id_, 1, f"p{clip}")

    assert ours.taken("veo_31", NOW) == {"p0", "p1"}
    assert ours.taken("veo_31", LATER) == {"p1"}
    assert ours.taken("hailuo_23", NOW) == set()


def test_the_renderer_at_work_is_the_one_of_an_open_edit(store: Store) -> None:
    id_, ours = running(store, job(store)), store.regenerations

    ours.use_renderer(id_, "kling_v21")
    ours.end(outcome(id_), now=NOW)
    ours.use_renderer(id_, "veo_31")

    assert ours.get(id_).renderer == "kling_v21"
    with pytest.raises(RegenerationNotFound):
        ours.use_renderer(uuid4(), "veo_31")


def test_actual_costs_and_times_come_newest_first(store: Store) -> None:
    job_id = job(store)
    for number, length in enumerate([5.0, 5.009, 4.991, 10.0]):
        moment = NOW + timedelta(seconds=10 * number + 40)
        id_ = waiting(store, job_id, number, footage_seconds=length)
        ended(store, id_, cost_micros=100 + number, now=moment)

    known = [Actual(102, 60.0), Actual(101, 50.0), Actual(100, 40.0)]
    assert store.regenerations.actuals("veo_31", 5.0) == known
    assert store.regenerations.actuals("veo_31", 5.0, limit=2) == known[:2]
    assert store.regenerations.actuals("veo_31", 10.0) == [Actual(103, 70.0)]
    assert store.regenerations.actuals("kling_v21", 5.0) == []


def test_only_what_succeeded_says_what_success_costs(store: Store) -> None:
    job_id = job(store)
    for clip, how in enumerate(["failed", "refused", "cancelled"]):
        ended(store, waiting(store, job_id, clip, footage_seconds=5.0), outcome=how)
    waiting(store, job_id, 3, footage_seconds=5.0)
    ended(store, waiting(store, job_id, 4))

    assert store.regenerations.actuals("veo_31", 5.0) == []


def test_estimates_are_compared_with_what_paid_edits_cost_in_the_end(store: Store) -> None:
    job_id = job(store)
    for clip, (ceiling, cost) in enumerate([(10, 8), (20, 21), (30, 29)]):
        (record,) = submit(store, edit(job_id, clip, ceiling=ceiling + 5, estimate_micros=ceiling))
        moment = NOW + timedelta(seconds=clip)
        store.regenerations.publish(publication(record.id, cost=cost), now=moment)
    store.regenerations.end(outcome(running(store, job_id, 3, ceiling=40), cost=2), now=NOW)
    store.regenerations.publish(publication(running(store, job_id, 4)), now=LATER)
    running(store, job_id, 5, ceiling=40)

    assert store.regenerations.accuracies("local") == [(30, 29), (20, 21), (10, 8)]
    assert store.regenerations.accuracies("local", limit=1) == [(30, 29)]
    assert store.regenerations.accuracies("veo_31") == []


def test_an_attempt_counts_from_when_it_was_sent_however_long_it_waited(store: Store) -> None:
    """What is looked for, and how long it took, has nothing to do with the waiting."""
    id_ = waiting(store, job(store), 0)
    assert store.regenerations.intents(id_)[0].created_at == NOW
    for _ in range(2):
        place(store, id_)
    assert store.regenerations.intents(id_)[0].created_at == LATER


def test_what_was_surely_never_started_is_sent_anew_by_one_alone(store: Store) -> None:
    rows, id_ = store.regenerations, waiting(store, job(store), 0)
    rows.take_place(id_, 1, renderers=SHARED, limit=1, now=NOW)

    claims = [rows.claim_place(id_, 1, since=NOW, now=LATER) for _ in range(2)]

    assert claims == [True, False]
    assert rows.intents(id_)[0].created_at == LATER
    assert rows.claim_place(id_, 1, since=LATER, now=LATER + timedelta(minutes=1))


def test_what_is_known_at_the_provider_is_not_sent_anew(store: Store) -> None:
    rows, id_ = store.regenerations, waiting(store, job(store), 0)
    assert not rows.claim_place(id_, 1, since=NOW, now=LATER)
    rows.take_place(id_, 1, renderers=SHARED, limit=1, now=NOW)
    rows.set_prediction(id_, 1, "p-1")
    assert not rows.claim_place(id_, 1, since=NOW, now=LATER)


def test_an_edit_that_was_taken_back_is_not_sent_anew(store: Store) -> None:
    job_id = job(store)
    rows, id_ = store.regenerations, waiting(store, job_id, 0)
    rows.take_place(id_, 1, renderers=SHARED, limit=1, now=NOW)
    rows.cancel(job_id, [id_], now=LATER)
    with pytest.raises(EditCancelled):
        rows.claim_place(id_, 1, since=NOW, now=LATER)


def test_who_was_too_late_frees_no_place_of_another(store: Store) -> None:
    rows, id_ = store.regenerations, waiting(store, job(store), 0)
    rows.take_place(id_, 1, renderers=SHARED, limit=1, now=NOW)
    rows.claim_place(id_, 1, since=NOW, now=LATER)

    rows.free_place(id_, 1, since=NOW)
    assert rows.intents(id_)[0].is_sent

    rows.free_place(id_, 1, since=LATER)
    assert not rows.intents(id_)[0].is_sent


def test_a_prediction_belongs_to_one_attempt_alone(store: Store) -> None:
    job_id = job(store)
    rows, ids = store.regenerations, [waiting(store, job_id, clip) for clip in (0, 1)]

    assert rows.set_prediction(ids[0], 1, "p-1") == "p-1"
    assert rows.set_prediction(ids[1], 1, "p-1") is None
    assert rows.set_prediction(ids[1], 1, "p-2") == "p-2"
    assert rows.set_prediction(ids[1], 1, "p-3") == "p-2"


def test_of_many_that_want_the_same_prediction_one_gets_it(store: Store) -> None:
    job_id = job(store)
    ids = [waiting(store, job_id, clip) for clip in range(3)]

    def take(number: int) -> str | None:
        return store.regenerations.set_prediction(ids[number % 3], 1, "p-1")

    with ThreadPoolExecutor(6) as pool:
        kept = list(pool.map(take, range(12)))

    assert {owner for owner in kept if owner} == {"p-1"}
    owners = [id_ for id_ in ids if store.regenerations.intents(id_)[0].prediction_id]
    assert len(owners) == 1
