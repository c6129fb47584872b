"""Several hosts share one PostgreSQL: some die, stand still or stop in the middle of an edit.

Whatever happens, the others go on: nothing is lost, nothing paid twice, and no step runs
on two hosts at once. `--count full` takes the rhythm of the real product, else a quick one.
"""

import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from clipbot.domain.user import LOCAL_USER
from clipbot.store.records import JobStatus, RegenerationRecord, RegenerationStatus
from clipbot.workflows.rhythm import Rhythm
from tests import jobs
from tests.integration.processes.children import freeze
from tests.integration.processes.hosts import STEPS, Call, Host, Hosts, When, hosts_on
from tests.integration.processes.paid import PRICE_MICROS
from tests.integration.processes.programs import QUICK
from tests.integration.processes.waiting import until
from tests.postgres import database

IS_FULL = os.environ.get("CLIPBOT_TEST_COUNT") == "full"
RHYTHM = Rhythm() if IS_FULL else QUICK
TAKEN_OVER_SECONDS = 40
"""What the product promises after a host has died."""
SEEN_LATE_SECONDS = 1.0
"""How much later than it ends a process is seen to have ended, on a busy machine."""
PATIENCE_SECONDS = 240.0
LONGEST_SECONDS = 1800.0 if IS_FULL else 300.0
JOBS, ROUNDS = (20, 10) if IS_FULL else (4, 5)


@contextmanager
def hosts(folder: Path, names: list[str], *, clips: int = 2) -> Iterator[Hosts]:
    with database(is_migrated=True) as url, hosts_on(url, folder, names=names, clips=clips) as made:
        yield made


def held_in_each_step(all_: Hosts, when: When) -> dict[str, RegenerationRecord]:
    """Confirm an edit for each step, of a job of its own, which is held there."""
    edits = {}
    for step in STEPS:
        edits[step] = all_.edit(step)
        all_.hold(edits[step], step, when)
    return edits


def at_their_steps(all_: Hosts, edits: dict[str, RegenerationRecord]) -> None:
    for step, edit in edits.items():
        until(lambda step=step, edit=edit: all_.is_held(edit, step), seconds=PATIENCE_SECONDS)  # type: ignore[misc]


def seconds_until_taken(
    all_: Hosts, edits: dict[str, RegenerationRecord], by: Host, since: float
) -> dict[str, float]:
    """Return when the other host began with the step in which an edit stood."""
    return {
        step: next(call.started for call in all_.calls(edit) if call.pid == by.pid) - since
        for step, edit in edits.items()
    }


def assert_made_once(all_: Hosts, edits: dict[str, RegenerationRecord]) -> None:
    store = all_.web.store
    markers = Counter(each["marker"] for each in all_.web.renderer.requests())
    assert set(markers.values()) == {1}
    assert len(markers) == len(edits)
    for name, edit in edits.items():
        row, job_id = store.regenerations.get(edit.id), jobs.job_id(name)
        assert (row.status, row.version_number) == (RegenerationStatus.COMPLETED, 2), row.error
        assert [v.number for v in store.versions.all(job_id) if v.clip_index == 1] == [1, 2]
        funds = store.jobs.funds(job_id, 0)
        assert (funds.spent_micros, funds.reserved_micros) == (PRICE_MICROS, 0)
        assert store.jobs.get(job_id).status is JobStatus.COMPLETED
        assert store.compositions.get(job_id).number == 2
        assert_no_gaps(all_, name, published=1)
        film = all_.services.films.film(LOCAL_USER, job_id)
        assert sum(map(len, film.read(0, film.size))) == film.size
    assert store.books.problems() == []


def assert_no_gaps(all_: Hosts, name: str, *, published: int) -> None:
    events = all_.web.store.events.after(jobs.job_id(name), 0, limit=10_000)
    assert [event.id for event in events] == list(range(1, len(events) + 1))
    names = Counter(event.name for event in events)
    assert names["regeneration_complete"] == published
    assert names["regeneration_failed"] == 0


def assert_never_twice_at_once(calls: list[Call], ended: dict[int, float]) -> None:
    """Whether each step of an edit had ended before the next began, wherever it ran.

    Args:
        calls: Of one edit.
        ended: When processes died, by pid: their last step ended then.
    """
    for before, after in pairwise(calls):
        stopped = before.stopped or ended.get(before.pid, float("inf"))
        assert stopped <= after.started, (before, after)


@pytest.mark.parametrize("when", ["early", "late"] if IS_FULL else ["late"])
def test_a_host_that_is_killed_in_any_step_is_taken_over_from(when: When, tmp_path: Path) -> None:
    with hosts(tmp_path, list(STEPS)) as all_:
        first = all_.start("first", rhythm=RHYTHM)
        edits = held_in_each_step(all_, when)
        at_their_steps(all_, edits)
        second = all_.start("second", rhythm=RHYTHM)
        first.process.kill()
        killed = time.time()
        all_.release()
        until(lambda: all_.is_over(*edits.values()), seconds=PATIENCE_SECONDS)
        over = time.time() - killed

        taken = seconds_until_taken(all_, edits, second, killed)
        print(f"killed {when}: taken over after {taken}, over after {over:.1f} s")  # noqa: T201
        assert max(taken.values()) < TAKEN_OVER_SECONDS
        assert_made_once(all_, edits)
        for step, edit in edits.items():
            calls = all_.calls(edit)
            assert next(call.step for call in calls if call.pid == second.pid) == step
            assert_never_twice_at_once(calls, {first.pid: killed})


def test_a_host_that_stands_still_and_wakes_up_changes_nothing(tmp_path: Path) -> None:
    with hosts(tmp_path, list(STEPS)) as all_:
        first = all_.start("first", rhythm=RHYTHM)
        edits = held_in_each_step(all_, "early")
        at_their_steps(all_, edits)
        second = all_.start("second", rhythm=RHYTHM)
        freeze(first.pid)
        all_.release()
        until(lambda: all_.is_over(*edits.values()), seconds=PATIENCE_SECONDS)
        assert_made_once(all_, edits)
        before = picture(all_, edits)

        os.kill(first.pid, signal.SIGCONT)
        # It takes each of the steps in which it stood still to an end.
        until(lambda: woken(all_, first) >= len(edits), seconds=PATIENCE_SECONDS)
        first.process.terminate()
        assert first.process.join(120) == 0
        assert picture(all_, edits) == before
        assert_made_once(all_, edits)
        assert {c.pid for e in edits.values() for c in all_.calls(e)} == {first.pid, second.pid}


def woken(all_: Hosts, host: Host) -> int:
    return len({call.edit for call in all_.calls() if call.pid == host.pid and call.stopped})


def picture(all_: Hosts, edits: dict[str, RegenerationRecord]) -> dict[str, object]:
    """Return all that a zombie must not change."""
    store = all_.web.store
    shown: dict[str, object] = {}
    for name in edits:
        job_id = jobs.job_id(name)
        film = all_.services.films.film(LOCAL_USER, job_id)
        shown[name] = (
            b"".join(film.read(0, film.size)),
            store.versions.all(job_id),
            store.versions.current(job_id),
            store.jobs.funds(job_id, 0),
            [event.id for event in store.events.after(job_id, 0)],
            store.compositions.get(job_id),
        )
    return shown


@pytest.mark.parametrize("when", ["early", "late", "deaf"] if IS_FULL else ["early", "deaf"])
def test_a_host_that_is_told_to_stop_hands_every_step_on_at_once(
    when: When, tmp_path: Path
) -> None:
    with hosts(tmp_path, list(STEPS)) as all_:
        # Nobody counts as dead while this runs: what is taken over was handed on.
        rhythm = Rhythm(dead_seconds=600.0)
        first = all_.start("first", rhythm=rhythm)
        edits = held_in_each_step(all_, when)
        at_their_steps(all_, edits)
        second = all_.start("second", rhythm=rhythm)
        first.process.terminate()
        told = time.time()
        assert first.process.join(120) == 0
        left = time.time()
        all_.release()
        until(lambda: all_.is_over(*edits.values()), seconds=PATIENCE_SECONDS)

        taken = seconds_until_taken(all_, edits, second, told)
        print(f"told {when}: left after {left - told:.2f} s, taken over after {taken}")  # noqa: T201
        assert_made_once(all_, edits)
        for edit in edits.values():
            assert_never_twice_at_once(all_.calls(edit), {first.pid: left - SEEN_LATE_SECONDS})
        assert all_.web.store.workers.alive(within_seconds=600) == {
            name
            for name in all_.web.store.workers.alive(within_seconds=600)
            if str(second.pid) in name
        }


@pytest.mark.parametrize("step", ["await_footage", "store"] if IS_FULL else ["store"])
def test_a_free_look_whose_host_died_is_made_again_on_another(step: str, tmp_path: Path) -> None:
    with hosts(tmp_path, ["look"]) as all_:
        first = all_.start("first", rhythm=RHYTHM)
        edit = all_.edit("look", renderer="local")
        all_.hold(edit, step)
        until(lambda: all_.is_held(edit, step), seconds=PATIENCE_SECONDS)
        first.process.kill()
        all_.release()
        all_.start("second", rhythm=RHYTHM)
        until(lambda: all_.is_over(edit), seconds=PATIENCE_SECONDS)

        row = all_.web.store.regenerations.get(edit.id)
        assert (row.status, row.version_number, row.cost_micros) == ("completed", 2, 0), row.error


def test_many_edits_by_four_hosts_keep_the_order_of_each_job(tmp_path: Path) -> None:
    names = [f"job-{number}" for number in range(JOBS)]
    with hosts(tmp_path, names, clips=ROUNDS) as all_, ExitStack():
        crew = [all_.start(f"host-{n}", concurrency=3, renders=False) for n in range(4)]
        edits: dict[str, list[RegenerationRecord]] = {name: [] for name in names}
        for number in range(ROUNDS):
            for name in names:
                edits[name].append(all_.edit(name, f"make clip {number + 1} nighttime"))
        everything = [edit for of_job in edits.values() for edit in of_job]
        until(lambda: len(all_.calls()) > len(everything), seconds=PATIENCE_SECONDS)
        crew[0].process.kill()
        crew[1].process.terminate()
        until(lambda: all_.is_over(*everything), seconds=LONGEST_SECONDS)

        # Those that stop may have had nothing yet.
        assert len({call.pid for call in all_.calls()}) >= len(crew) - 2
        requests = Counter(each["marker"] for each in all_.web.renderer.requests())
        assert len(requests) == len(everything)
        assert set(requests.values()) == {1}
        for name, of_job in edits.items():
            assert_in_order(all_, name, of_job)
        assert all_.web.store.books.problems() == []


def assert_in_order(all_: Hosts, name: str, edits: list[RegenerationRecord]) -> None:
    """Whether the edits of a job were made one after the other, as they were confirmed."""
    store, job_id = all_.web.store, jobs.job_id(name)
    rows = [store.regenerations.get(edit.id) for edit in edits]
    assert {(row.status, row.version_number) for row in rows} == {("completed", 2)}
    assert [row.created_at for row in rows] == sorted(row.created_at for row in rows)
    for before, after in pairwise(rows):
        assert before.finished_at is not None
        assert after.started_at is not None
        assert before.finished_at <= after.started_at
    assert_no_gaps(all_, name, published=len(rows))
    events = store.events.after(job_id, 0, limit=10_000)
    done = [event for event in events if event.name == "regeneration_complete"]
    assert [event.regeneration_id for event in done] == [row.id for row in rows]
    assert store.compositions.get(job_id).number == len(rows) + 1
    assert store.versions.current(job_id) == {row.clip_index: 2 for row in rows}
