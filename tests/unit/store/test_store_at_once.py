from threading import Thread
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from clipbot.errors import JobNotFound
from clipbot.store.database import writing
from clipbot.store.store import Store
from tests.unit.store.given import job


def meanwhile(store: Store) -> None:
    """Add a job from another thread, and wait for it."""
    other = Thread(target=job, args=(store,))
    other.start()
    other.join()


def count(store: Store) -> int:
    return len(store.jobs.list(user_id=None))


def test_what_is_read_at_once_is_of_one_moment(store: Store) -> None:
    with store.at_once():
        before = count(store)
        meanwhile(store)
        assert count(store) == before
    assert count(store) == before + 1


def test_reading_at_once_inside_of_it_changes_nothing(store: Store) -> None:
    with store.at_once():
        before = count(store)
        with store.at_once():
            meanwhile(store)
            assert count(store) == before
        assert count(store) == before


def test_one_thread_does_not_look_through_the_eyes_of_another(store: Store) -> None:
    seen: list[int] = []
    with store.at_once():
        before = count(store)
        meanwhile(store)
        other = Thread(target=lambda: seen.append(count(store)))
        other.start()
        other.join()
    assert seen == [before + 1]


def test_nothing_is_written_while_everything_is_read_at_once(engine: Engine, store: Store) -> None:
    with store.at_once(), pytest.raises(RuntimeError), writing(engine):
        pytest.fail("it could be written")
    job(store)


def test_after_an_error_everything_is_read_anew(store: Store) -> None:
    with pytest.raises(JobNotFound), store.at_once():
        store.jobs.get(uuid4())
    before = count(store)
    meanwhile(store)
    assert count(store) == before + 1
