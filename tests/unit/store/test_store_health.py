"""Which renderers are left alone for a while, on both databases."""

from datetime import datetime, timedelta

from clipbot.store.store import Store
from tests.unit.store.given import NOW

REST = timedelta(minutes=5)
MOST = 3


def fail(store: Store, now: datetime = NOW, *, renderer: str = "veo_31", times: int = 1) -> None:
    for _ in range(times):
        store.health.failed(renderer, "it answers 503", now=now, most=MOST, rest=REST)


def rests_until(store: Store, now: datetime) -> datetime | None:
    return store.health.resting(now).get("veo_31", ("", None))[1]


def test_a_renderer_rests_after_so_many_failures_in_a_row(store: Store) -> None:
    fail(store, times=MOST - 1)
    assert store.health.resting(NOW) == {}

    fail(store)

    assert store.health.resting(NOW) == {"veo_31": ("it answers 503", NOW + REST)}
    assert store.health.resting(NOW + REST) == {}


def test_each_renderer_is_counted_by_itself(store: Store) -> None:
    fail(store, times=MOST - 1)
    fail(store, renderer="kling_v21", times=MOST)

    assert set(store.health.resting(NOW)) == {"kling_v21"}


def test_one_success_in_between_starts_the_count_anew(store: Store) -> None:
    fail(store, times=MOST - 1)
    store.health.worked("veo_31")
    fail(store, times=MOST - 1)

    assert store.health.resting(NOW) == {}
    store.health.worked("kling_v21")


def test_a_rest_doubles_with_each_failure_after_it_up_to_eight_times(store: Store) -> None:
    now, rests = NOW, []
    fail(store, times=MOST)
    for _ in range(6):
        until = rests_until(store, now)
        assert until is not None
        rests.append((until - now) / REST)
        now = until
        fail(store, now)

    assert rests == [1, 2, 4, 8, 8, 8]


def test_what_fails_during_a_rest_does_not_make_it_longer(store: Store) -> None:
    """It was begun before; ten edits at work would otherwise ban a model for long."""
    fail(store, times=MOST + 10)
    fail(store, NOW + REST / 2)

    assert rests_until(store, NOW) == NOW + REST
    fail(store, NOW + REST)
    assert rests_until(store, NOW + REST) == NOW + 3 * REST


def test_the_last_reason_is_told(store: Store) -> None:
    fail(store, times=MOST)
    store.health.failed("veo_31", "it timed out", now=NOW, most=MOST, rest=REST)

    assert store.health.resting(NOW)["veo_31"][0] == "it timed out"


def test_whoever_works_rests_no_longer(store: Store) -> None:
    fail(store, times=MOST)

    store.health.worked("veo_31")

    assert store.health.resting(NOW) == {}
    fail(store, times=MOST)
    assert rests_until(store, NOW) == NOW + REST
