"""Takes: several versions at once, like one that is there; offered, chosen from, never more."""

from collections import deque
from decimal import Decimal
from typing import Any, Final
from uuid import UUID, uuid4

import pytest

from clipbot.domain.money import TAKES_LABEL
from clipbot.domain.user import User
from clipbot.errors import (
    BudgetExceeded,
    ClipBusy,
    ClipNotFound,
    DayCeilingExceeded,
    EditCeilingExceeded,
    JobBusy,
    NeedsAnswer,
    NotAllowed,
    RateLimited,
    RegenerationNotFound,
    Unsupported,
    VersionNotFound,
)
from clipbot.services.takes import TakesView
from clipbot.services.views import Quoted, RegenerationRecord, RegenerationStatus, VersionView
from tests.desk import Desk, run_steps
from tests.makers import DRAGON, LESS, PRICE, edit, kling, look, money, said, shop, veo

THREE: Final = 3 * PRICE * 9 // 10
"""What three takes cost: together they are a batch."""


def more(at: Desk, job: UUID, version: int | None = None, **given: Any) -> Quoted:
    values: dict[str, Any] = {"takes": 3, **given}
    return at.services.quotes.more(at.user, job, 0, version, **values)


def confirm(at: Desk, job: UUID, quoted: Quoted) -> list[RegenerationRecord]:
    return at.services.edits.confirm(at.user, job, quoted.quote.id)


def made(at: Desk, job: UUID, **given: Any) -> TakesView:
    """Have takes made, and return them as they are then."""
    confirm(at, job, more(at, job, **given))
    return newest(at, job)


def newest(at: Desk, job: UUID) -> TakesView:
    return at.services.takes.list(at.user, job, 0)[0]


def versions(at: Desk, job: UUID) -> dict[int, VersionView]:
    return {each.number: each for each in at.services.versions.list(at.user, job, 0)}


def offered(at: Desk, job: UUID) -> list[int]:
    return sorted(number for number, each in versions(at, job).items() if each.is_offered)


def current(at: Desk, job: UUID) -> int:
    return next(number for number, each in versions(at, job).items() if each.is_current)


@pytest.fixture(name="at")
def fixture_at(desk: Desk, job: UUID) -> Desk:
    """A desk where clip 1 has a dragon, made by a paid model as version 2."""
    at = shop(desk, look(), veo(), kling())
    edit(at, job, renderer="veo_31")
    assert current(at, job) == 2
    return at


def test_three_more_are_priced_each_and_together(at: Desk, job: UUID) -> None:
    quoted = more(at, job, 2)

    assert quoted.plan.takes == 3
    assert quoted.plan.version == 2
    assert [row.renderer for row in quoted.rows] == ["veo_31"] * 3
    assert [row.edit.instruction for row in quoted.rows] == [DRAGON] * 3
    labels = [line.label for line in quoted.quote.lines]
    assert labels[1:4] == [f"Take {number} of 3 · Veo 3.1" for number in (1, 2, 3)]
    assert labels[4] == TAKES_LABEL
    assert quoted.quote.ceiling_micros == THREE
    assert quoted.quote.ceiling_micros == sum(line.ceiling_micros for line in quoted.quote.lines)
    assert next(r for r in quoted.renderers if r.key == "veo_31").ceiling_micros == THREE
    assert at.services.takes.list(at.user, job, 0) == []


def test_takes_repeat_what_the_version_was_made_from_with_seeds_of_their_own(
    at: Desk, job: UUID
) -> None:
    veo_ = at.parts.renderers.by_key("veo_31")
    takes = made(at, job, version=2)

    first, *rest = veo_.submitted  # type: ignore[attr-defined]
    assert len(rest) == 3
    for request in rest:
        assert (request.ops, request.prompt) == (first.ops, first.prompt)
        assert (request.source, request.temperature) == (first.source, first.temperature)
    assert len({request.seed for request in (first, *rest)}) == 4
    known = versions(at, job)
    for take in takes.takes:
        assert take.version is not None
        assert take.version.prompt == known[2].prompt
        assert take.version.temperature == known[2].temperature
        row = at.store.versions.of_clip(job, 0)[take.version.number - 1]
        assert row.parent_number == 1
        assert row.seed == take.edit.seed


def test_takes_are_offered_and_the_film_stays_as_it_was(at: Desk, job: UUID) -> None:
    film, undo = at.film(job), at.services.jobs.get(at.user, job).undo_label
    takes = made(at, job)

    assert at.film(job) == film
    assert at.services.jobs.get(at.user, job).undo_label == undo
    assert (takes.like, takes.is_open, takes.is_decided, takes.is_waiting) == (
        2,
        False,
        False,
        True,
    )
    assert [take.edit.take.number for take in takes.takes if take.edit.take] == [1, 2, 3]
    assert offered(at, job) == [3, 4, 5]
    assert at.services.clips.list(at.user, job)[0].has_offer
    verdicts = [take.version.verdict for take in takes.takes if take.version]
    assert all(verdict and verdict["sentence"] for verdict in verdicts)
    assert said(at, job).count("version_offered") == 3
    assert money(at, job) == (PRICE + THREE, 0)


def test_keeping_one_drops_the_others_in_one_entry_with_one_undo(at: Desk, job: UUID) -> None:
    film = at.film(job)
    takes = made(at, job)
    entries = len(at.services.history.cursor(at.user, job).entries)

    at.services.takes.keep(at.user, job, 0, takes.batch_id, 4)

    assert current(at, job) == 4
    assert offered(at, job) == []
    assert not at.services.clips.list(at.user, job)[0].has_offer
    assert newest(at, job).is_decided
    assert len(at.services.history.cursor(at.user, job).entries) == entries + 1
    at.services.history.undo(at.user, job)
    assert current(at, job) == 2
    assert at.film(job) == film
    assert offered(at, job) == []
    at.services.versions.restore(at.user, job, 0, 5)
    assert current(at, job) == 5


def test_accepting_a_take_like_any_version_is_keeping_it(at: Desk, job: UUID) -> None:
    made(at, job)
    at.services.versions.restore(at.user, job, 0, 3)
    assert current(at, job) == 3
    assert offered(at, job) == []
    assert newest(at, job).is_decided


def test_restoring_another_version_leaves_the_choice_open(at: Desk, job: UUID) -> None:
    made(at, job)
    at.services.versions.restore(at.user, job, 0, 1)
    assert offered(at, job) == [3, 4, 5]
    assert newest(at, job).is_waiting


def test_none_of_them_keeps_what_is_in_the_film(at: Desk, job: UUID) -> None:
    film, takes = at.film(job), made(at, job)
    entries = at.services.history.cursor(at.user, job).entries
    for _ in range(2):
        at.services.takes.keep(at.user, job, 0, takes.batch_id, None)

    assert (current(at, job), offered(at, job)) == (2, [])
    assert at.film(job) == film
    assert at.services.history.cursor(at.user, job).entries == entries
    assert said(at, job).count("takes_decided") == 1
    assert sorted(versions(at, job)) == [1, 2, 3, 4, 5]
    at.services.versions.restore(at.user, job, 0, 3)
    assert current(at, job) == 3


def test_only_takes_of_that_batch_can_be_kept(at: Desk, job: UUID) -> None:
    takes = made(at, job)
    with pytest.raises(VersionNotFound):
        at.services.takes.keep(at.user, job, 0, takes.batch_id, 2)
    with pytest.raises(RegenerationNotFound):
        at.services.takes.keep(at.user, job, 0, uuid4(), 3)
    with pytest.raises(RegenerationNotFound):
        at.services.takes.keep(at.user, job, 1, takes.batch_id, None)
    with pytest.raises(NotAllowed):
        at.services.takes.keep(User(uuid4()), job, 0, takes.batch_id, 3)
    assert offered(at, job) == [3, 4, 5]


def test_some_takes_may_fail_and_the_rest_is_there_to_choose_from(at: Desk, job: UUID) -> None:
    veo_ = at.parts.renderers.by_key("veo_31")
    veo_.failures = deque(["out of memory"])  # type: ignore[attr-defined]
    takes = made(at, job)

    assert [take.edit.status for take in takes.takes] == [
        RegenerationStatus.FAILED,
        RegenerationStatus.COMPLETED,
        RegenerationStatus.COMPLETED,
    ]
    assert takes.takes[0].version is None
    assert offered(at, job) == [3, 4]
    assert money(at, job) == (PRICE + 2 * PRICE * 9 // 10, 0)
    at.services.takes.keep(at.user, job, 0, takes.batch_id, 4)
    assert current(at, job) == 4


def test_one_take_or_all_of_them_can_be_taken_back(at: Desk, job: UUID) -> None:
    at.queue.is_held = True
    rows = confirm(at, job, more(at, job))
    at.services.regenerations.cancel(at.user, job, rows[1].id)
    assert newest(at, job).is_open
    assert money(at, job) == (PRICE, sum(rows[each].ceiling_micros for each in (0, 2)))

    run_steps(at.steps, rows[0].id)
    assert rows[0].batch_id is not None
    at.services.regenerations.cancel_batch(at.user, job, rows[0].batch_id)

    statuses = [take.edit.status.value for take in newest(at, job).takes]
    assert statuses == ["completed", "cancelled", "cancelled"]
    assert offered(at, job) == [3]
    assert money(at, job) == (PRICE + PRICE * 9 // 10, 0)


def test_nothing_is_chosen_while_takes_are_being_made(at: Desk, job: UUID) -> None:
    at.queue.is_held = True
    rows = confirm(at, job, more(at, job))
    run_steps(at.steps, rows[0].id)
    batch = newest(at, job).batch_id
    card = at.services.clips.list(at.user, job)[0]
    assert card.regeneration_id == rows[1].id
    for number in (3, None):
        with pytest.raises(JobBusy):
            at.services.takes.keep(at.user, job, 0, batch, number)
    with pytest.raises(ClipBusy):
        edit(at, job)
    with pytest.raises(ClipBusy):
        confirm(at, job, more(at, job))
    assert money(at, job) == (PRICE + PRICE * 9 // 10, rows[1].ceiling_micros * 2)


def test_every_step_may_run_twice(at: Desk, job: UUID) -> None:
    at.queue.is_held = True
    rows = confirm(at, job, more(at, job, takes=2))
    steps: list[str] = []
    for row in rows:
        at.steps.begin(row.id)
        begun = at.store.regenerations.get(row.id)
        at.steps.begin(row.id)
        again = at.store.regenerations.get(row.id)
        assert (begun.seed, begun.prompt, begun.base_number) == (row.seed, again.prompt, 1)
        run_steps(at.steps, row.id, between=steps.append)
        run_steps(at.steps, row.id)
    assert offered(at, job) == [3, 4]
    assert money(at, job) == (3 * PRICE, 0)
    veo_ = at.parts.renderers.by_key("veo_31")
    assert len(veo_.submitted) == 3  # type: ignore[attr-defined]


def test_takes_are_one_paid_submission_of_the_hour(desk: Desk, job: UUID) -> None:
    at = shop(desk, look(), veo(), regenerations_per_hour=2)
    edit(at, job, renderer="veo_31")
    made(at, job)
    quoted = more(at, job)
    with pytest.raises(RateLimited):
        confirm(at, job, quoted)
    assert len(versions(at, job)) == 5


@pytest.mark.parametrize(
    ("setting", "error"),
    [
        ("edit_ceiling_usd", EditCeilingExceeded),
        ("day_ceiling_usd", DayCeilingExceeded),
        ("budget_usd", BudgetExceeded),
    ],
)
def test_a_ceiling_holds_for_all_takes_together_to_the_micro(
    desk: Desk, job: UUID, setting: str, error: type[Exception]
) -> None:
    spent = 0 if setting == "edit_ceiling_usd" else PRICE
    for short in (1, 0):
        limit = Decimal(spent + THREE - short) / 1_000_000
        at = shop(desk, look(), veo(), **{setting: limit})
        if short:
            edit(at, job, renderer="veo_31")
        quoted = more(at, job, 2)
        if short:
            assert quoted.quote.warnings
            with pytest.raises(error):
                confirm(at, job, quoted)
            assert money(at, job) == (PRICE, 0)
            assert sorted(versions(at, job)) == [1, 2]
        else:
            confirm(at, job, quoted)
            assert money(at, job) == (PRICE + THREE, 0)


def test_looks_of_this_machine_are_offered_in_their_other_strengths(desk: Desk, job: UUID) -> None:
    edit(desk, job, "make it nighttime")
    quoted = more(desk, job)

    assert [row.take.strength for row in quoted.rows if row.take] == ["slight", "strong"]
    assert [row.edit.ops[0].strength for row in quoted.rows] == ["medium", "medium"]
    notes = quoted.rows[0].notes
    assert "whatever the seed" in notes[0]
    assert "Only 2 would be new" in notes[1]
    confirm(desk, job, quoted)
    takes = newest(desk, job)
    assert [take.edit.instruction for take in takes.takes] == [
        "make it nighttime (slight)",
        "make it nighttime (strong)",
    ]
    lumas = {n: each.measures.luma for n, each in versions(desk, job).items() if each.measures}
    assert lumas[3] > lumas[2] > lumas[4]
    assert offered(desk, job) == [3, 4]
    with pytest.raises(NeedsAnswer, match="all its strengths"):
        more(desk, job, 2)


def test_a_new_wish_can_be_made_in_three_takes_at_once(desk: Desk, job: UUID) -> None:
    quoted = desk.services.quotes.quote(
        desk.user, job, text="make clip 1 warmer", selected=(), takes=3
    )
    assert [row.take.strength for row in quoted.rows if row.take] == ["slight", "medium", "strong"]
    confirm(desk, job, quoted)
    assert (newest(desk, job).like, offered(desk, job)) == (None, [2, 3, 4])
    assert current(desk, job) == 1


def test_more_of_the_original_are_made_anew_by_a_model(desk: Desk, job: UUID) -> None:
    with pytest.raises(Unsupported):
        more(desk, job)
    at = shop(desk, look(does=set()), veo())
    quoted = more(at, job, takes=2)
    assert (quoted.plan.version, quoted.rows[0].renderer) == (1, "veo_31")
    assert quoted.quote.ceiling_micros == 2 * PRICE
    confirm(at, job, quoted)
    row = at.store.versions.of_clip(job, 0)[1]
    assert (row.parent_number, row.prompt) == (1, versions(at, job)[1].prompt)


def test_like_this_means_what_waits_to_be_accepted_else_what_the_film_shows(
    at: Desk, job: UUID
) -> None:
    made(at, job, takes=2)
    assert more(at, job).plan.version == 4
    first = newest(at, job).batch_id
    made(at, job, takes=1)
    at.services.takes.keep(at.user, job, 0, newest(at, job).batch_id, None)
    assert at.services.clips.list(at.user, job)[0].has_offer
    assert more(at, job).plan.version == 4
    at.services.takes.keep(at.user, job, 0, first, 3)
    assert more(at, job).plan.version == 3


def test_another_renderer_can_be_asked_for_them(at: Desk, job: UUID) -> None:
    quoted = more(at, job, renderer="kling_v21")
    assert {row.renderer for row in quoted.rows} == {"kling_v21"}
    assert quoted.quote.ceiling_micros == 3 * LESS * 9 // 10
    again = at.services.quotes.quote(at.user, job, plan=quoted.plan, renderer="veo_31")
    assert again.quote.ceiling_micros == THREE
    assert again.plan == quoted.plan


def test_impossible_takes_are_refused_before_anything_is_written(at: Desk, job: UUID) -> None:
    for takes in (0, 5, -1):
        with pytest.raises(NeedsAnswer):
            more(at, job, takes=takes)
    with pytest.raises(VersionNotFound):
        more(at, job, 9)
    with pytest.raises(ClipNotFound):
        at.services.quotes.more(at.user, job, 7, takes=3)
    with pytest.raises(NeedsAnswer, match="one clip at a time"):
        at.services.quotes.quote(at.user, job, text="add a dragon to clips 1 and 2", takes=2)
    with pytest.raises(NotAllowed):
        at.services.quotes.more(User(uuid4()), job, 0, takes=3)
    assert len(at.store.regenerations.of_job(job)) == 1
