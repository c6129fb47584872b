"""The keys of requests, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID

from clipbot.store.records import KeptAnswer, KeptRequest
from clipbot.store.store import Store
from tests.unit.store.given import NOW

ME, YOU = UUID(int=1), UUID(int=2)
DAY = timedelta(days=1)
ANSWER = KeptAnswer(202, '{"status":"queued \\u0000 ☂"}')


def take(store: Store, user: UUID = ME, print_: str = "a", *, days: int = 0) -> bool:
    now = NOW + days * DAY
    return store.repeats.take(user, "key", print_, now=now, older=now - DAY)


def test_a_key_is_taken_once_by_each_person(store: Store) -> None:
    assert [take(store), take(store), take(store, YOU), take(store, print_="b")] == [
        True,
        False,
        True,
        False,
    ]
    assert store.repeats.get(ME, "key") == KeptRequest("a", NOW, None)
    assert store.repeats.get(ME, "other") is None


def test_an_answer_is_kept_as_it_was(store: Store) -> None:
    take(store)
    store.repeats.keep(ME, "key", ANSWER)
    assert store.repeats.get(ME, "key") == KeptRequest("a", NOW, ANSWER)


def test_a_key_that_is_given_back_is_free(store: Store) -> None:
    take(store)
    store.repeats.give_back(ME, "key")
    assert take(store, print_="b")


def test_a_key_that_was_answered_is_not_given_back(store: Store) -> None:
    take(store)
    store.repeats.keep(ME, "key", ANSWER)
    store.repeats.give_back(ME, "key")
    assert not take(store)


def test_an_old_key_counts_no_more(store: Store) -> None:
    take(store)
    store.repeats.keep(ME, "key", ANSWER)
    assert not take(store, days=1)
    assert take(store, print_="b", days=2)
    assert store.repeats.get(ME, "key") == KeptRequest("b", NOW + 2 * DAY, None)


def test_old_keys_are_forgotten_and_others_are_not(store: Store) -> None:
    take(store)
    take(store, YOU, days=2)

    assert store.repeats.forget(NOW) == 0
    assert store.repeats.forget(NOW + DAY) == 1

    assert store.repeats.get(ME, "key") is None
    assert store.repeats.get(YOU, "key") is not None


def test_of_many_who_take_a_key_at_once_one_gets_it(store: Store) -> None:
    crowd = 8
    barrier = Barrier(crowd)

    def arrive(_: int) -> bool:
        barrier.wait()
        return take(store)

    with ThreadPoolExecutor(crowd) as pool:
        assert sum(pool.map(arrive, range(crowd))) == 1
