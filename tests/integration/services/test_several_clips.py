"""Plans of several clips: priced row by row, revised, run as one batch, taken back together."""

import shutil
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine

from clipbot.domain.money import BATCH_LABEL
from clipbot.domain.plan import Act, Edit, Kind, Operation, Plan
from clipbot.domain.user import User
from clipbot.errors import (
    ClipbotError,
    ClipUnknown,
    NeedsAnswer,
    NotAllowed,
    QuoteRequired,
    RateLimited,
    RegenerationNotFound,
    Unsupported,
)
from clipbot.renderers.fakes import FakeRenderer
from clipbot.services.revising import Row
from clipbot.services.views import Quoted, RegenerationStatus
from tests import jobs
from tests.desk import Desk, desk, run_steps
from tests.postgres import engine
from tests.sample import linked

__all__ = ["engine"]

PRICE: Final = 150_001
"""Micros; a tenth of three of them is no whole number."""
NIGHT: Final = Edit((1, 2, 3), (Operation(Kind.TIME_OF_DAY, "night"),), "make it nighttime")
DRAGON: Final = Edit((1, 2, 3), (Operation(Kind.ADD),), "add a dragon")
"""Nothing that could be measured, so that any footage is accepted."""
DARKER: Final = Operation(Kind.BRIGHTNESS, "down")


@pytest.fixture(name="both")
def fixture_both(engine: Engine, template: Path, tmp_path: Path) -> Desk:
    """A desk on each kind of database, with what the tiny job needs encoded already."""
    home = tmp_path / "home"
    for part in ("cache", "renders/looks"):
        shutil.copytree(template / "home" / part, home / part, copy_function=linked)
    return desk(engine, home)


@pytest.fixture(name="tiny")
def fixture_tiny(both: Desk) -> UUID:
    return jobs.install(both.store, both.parts.blobs)


@pytest.fixture(name="renderer")
def fixture_renderer() -> FakeRenderer:
    return FakeRenderer(key="local", price_micros=PRICE, footage=jobs.footage(7))


@pytest.fixture(name="paid")
def fixture_paid(both: Desk, renderer: FakeRenderer) -> Desk:
    return desk(both.store.jobs.engine, both.home, renderers=(renderer,))


def statuses(bench: Desk, job: UUID, batch: UUID) -> list[str]:
    rows = bench.services.regenerations.batch(bench.user, job, batch)
    return [row.status.value for row in rows]


def confirm(bench: Desk, job: UUID, quoted: Quoted) -> UUID:
    rows = bench.services.edits.confirm(bench.user, job, quoted.quote.id)
    (batch,) = {row.batch_id for row in rows}
    assert batch is not None
    return batch


def test_a_plan_is_priced_clip_by_clip(both: Desk, tiny: UUID) -> None:
    text = "make clips 1 and 3 nighttime, keep the lanterns, and clip 2 warmer"
    quoted = both.services.quotes.quote(both.user, tiny, text=text)

    assert [row.clip_index for row in quoted.rows] == [0, 1, 2]
    assert [row.changes for row in quoted.rows] == ["nighttime", "warmer", "nighttime"]
    assert "the lanterns" in quoted.rows[0].keeps
    assert all(row.is_supported and row.seconds > 0 for row in quoted.rows)
    assert quoted.quote.ceiling_micros == 0
    assert [line.label for line in quoted.quote.lines].count(BATCH_LABEL) == 1


def test_three_clips_cost_a_tenth_less_and_everything_adds_up(paid: Desk, tiny: UUID) -> None:
    paid.queue.is_held = True
    quoted = paid.services.quotes.quote(paid.user, tiny, plan=Plan(Act.EDIT, (NIGHT,)))
    quote = quoted.quote

    assert [row.ceiling_micros for row in quoted.rows] == [PRICE] * 3
    assert quote.ceiling_micros == 3 * PRICE * 9 // 10
    assert quote.ceiling_micros == sum(line.ceiling_micros for line in quote.lines)
    assert quoted.renderers[0].ceiling_micros == quote.ceiling_micros
    batch = confirm(paid, tiny, quoted)

    rows = paid.services.regenerations.batch(paid.user, tiny, batch)
    assert sum(row.ceiling_micros for row in rows) == quote.ceiling_micros
    assert sum(row.estimate_micros for row in rows) == quote.estimate_micros
    assert {row.discount_percent for row in rows} == {10}
    assert paid.services.jobs.get(paid.user, tiny).reserved_micros == quote.ceiling_micros
    paid.queue.run()
    done = paid.services.regenerations.batch(paid.user, tiny, batch)
    assert [row.cost_micros for row in done] == [PRICE * 9 // 10] * 3
    assert all(row.cost_micros <= row.ceiling_micros for row in done)
    view = paid.services.jobs.get(paid.user, tiny)
    assert (view.spent_micros, view.reserved_micros) == (sum(r.cost_micros for r in done), 0)
    assert paid.store.books.problems() == []


def test_two_clips_cost_what_they_cost(paid: Desk, tiny: UUID) -> None:
    quoted = paid.services.quotes.quote(paid.user, tiny, text="make clips 1 and 2 nighttime")

    assert quoted.quote.ceiling_micros == 2 * PRICE
    assert BATCH_LABEL not in [line.label for line in quoted.quote.lines]


def test_a_provider_that_charges_more_than_agreed_is_not_passed_on(
    paid: Desk, renderer: FakeRenderer, tiny: UUID
) -> None:
    paid.queue.is_held = True
    edit = paid.edit(tiny, "make it nighttime", (1,))
    renderer.price_micros = 5 * PRICE
    paid.queue.run()

    assert paid.store.regenerations.get(edit).cost_micros == PRICE
    assert paid.store.books.problems() == []


def test_a_clip_that_cannot_be_done_does_not_keep_the_others_from_being_priced(
    both: Desk, tiny: UUID
) -> None:
    text = "make clips 1 and 2 nighttime and add a dragon to clip 3"
    quoted = both.services.quotes.quote(both.user, tiny, text=text)

    assert [row.is_supported for row in quoted.rows] == [True, True, False]
    assert "dragon" in (quoted.rows[2].reason or "")
    assert [line.clip_index for line in quoted.quote.lines if line.clip_index is not None] == [0, 1]
    with pytest.raises(NeedsAnswer, match="clip 3"):
        both.services.edits.confirm(both.user, tiny, quoted.quote.id)
    assert both.store.regenerations.of_job(tiny) == []

    revised = both.services.quotes.revise(both.user, tiny, quoted.plan, [(1, None), (2, None)])
    both.queue.is_held = True
    batch = confirm(both, tiny, revised)
    assert statuses(both, tiny, batch) == ["queued", "queued"]


def test_where_no_clip_can_be_done_it_is_refused_as_ever(both: Desk, tiny: UUID) -> None:
    with pytest.raises(Unsupported):
        both.services.quotes.quote(both.user, tiny, text="add a dragon to clips 1 and 2")
    with pytest.raises(NeedsAnswer) as caught:
        both.services.quotes.quote(
            both.user, tiny, text="add a dragon to clips 1 and 2 and make them darker"
        )
    assert caught.value.choices


def test_rows_are_struck_out_and_reworded(both: Desk, tiny: UUID) -> None:
    plan = Plan(Act.EDIT, (NIGHT,), template_id="nighttime")
    quotes = both.services.quotes

    struck = quotes.revise(both.user, tiny, plan, [(3, None), (1, None)])
    assert struck.plan.edits == (Edit((1, 3), NIGHT.ops, NIGHT.instruction),)
    assert struck.plan.template_id == "nighttime"

    typed = quotes.revise(both.user, tiny, plan, [(1, None), (2, " make it darker "), (3, None)])
    assert typed.plan.template_id is None
    assert [row.edit.instruction for row in typed.rows] == [
        "make it nighttime",
        "make it darker",
        "make it nighttime",
    ]
    assert typed.rows[1].edit.ops == (DARKER,)


@pytest.mark.parametrize(
    ("rows", "expected", "words"),
    [
        ([], NeedsAnswer, "Every clip is struck out"),
        ([(1, "make clip 2 darker")], NeedsAnswer, "Clip 1: its row changes clip 1 alone"),
        ([(2, "")], NeedsAnswer, "Clip 2: please say what should change"),
        ([(2, "x" * 2001)], NeedsAnswer, "Clip 2: please use at most"),
        ([(2, "hello there")], NeedsAnswer, "Clip 2: "),
        ([(2, "undo that")], NeedsAnswer, "Clip 2: please say what should change"),
        ([(1, None), (1, None)], NeedsAnswer, "Clip 1 is named twice"),
        ([(99, "make it darker")], ClipUnknown, "There is no clip 99"),
        ([(4, None)], NeedsAnswer, "Clip 4 is not part of this plan"),
        ([(2, "add a dragon")], Unsupported, "dragon"),
    ],
)
def test_rows_that_make_no_sense_are_refused_by_name(
    both: Desk, tiny: UUID, rows: Sequence[Row], expected: type[ClipbotError], words: str
) -> None:
    with pytest.raises(expected, match=words):
        both.services.quotes.revise(both.user, tiny, Plan(Act.EDIT, (NIGHT,)), rows)


def test_a_question_about_a_row_comes_with_its_choices(both: Desk, tiny: UUID) -> None:
    plan = Plan(Act.EDIT, (NIGHT,))
    with pytest.raises(NeedsAnswer, match="Clip 2: ") as caught:
        both.services.quotes.revise(both.user, tiny, plan, [(2, "make clip 99 darker")])
    assert caught.value.choices


def test_the_chat_is_told_what_a_plan_became(both: Desk, tiny: UUID) -> None:
    """So that "a bit more" means the clips that were done, not those that were struck out."""
    turn = both.services.chat.say(both.user, tiny, "make clips 1, 2 and 3 darker")
    assert turn.quoted is not None
    left = both.services.quotes.revise(both.user, tiny, turn.plan, [(1, None), (3, None)])
    confirm(both, tiny, left)

    again = both.services.chat.say(both.user, tiny, "a bit more")

    assert [number for edit in again.plan.edits for number in edit.clips] == [1, 3]
    contents = [line.content for line in both.services.chat.history(both.user, tiny)]
    assert "Agreed. Clips 1 and 3: darker." in contents


def test_what_is_confirmed_as_it_was_told_is_not_told_again(both: Desk, tiny: UUID) -> None:
    turn = both.services.chat.say(both.user, tiny, "make clips 1 and 2 darker")
    assert turn.quoted is not None
    both.queue.is_held = True
    confirm(both, tiny, turn.quoted)

    assert len(both.services.chat.history(both.user, tiny)) == 2


def test_one_clip_fails_and_the_others_are_kept(
    paid: Desk, renderer: FakeRenderer, tiny: UUID
) -> None:
    paid.queue.is_held = True
    quoted = paid.services.quotes.quote(paid.user, tiny, plan=Plan(Act.EDIT, (DRAGON,)))
    batch = confirm(paid, tiny, quoted)
    first, *rest = paid.queue.waiting
    run_steps(paid.steps, first)
    renderer.failures = deque(["the model was overloaded"])
    paid.queue.waiting = rest
    paid.queue.run()

    assert statuses(paid, tiny, batch) == ["completed", "failed", "completed"]
    assert paid.store.versions.current(tiny) == {0: 2, 2: 2}
    assert paid.services.jobs.get(paid.user, tiny).spent_micros == 2 * (PRICE * 9 // 10)
    assert paid.services.jobs.get(paid.user, tiny).reserved_micros == 0


def test_one_cancel_ends_all_that_is_open_and_keeps_what_is_done(paid: Desk, tiny: UUID) -> None:
    paid.queue.is_held = True
    quoted = paid.services.quotes.quote(paid.user, tiny, plan=Plan(Act.EDIT, (DRAGON,)))
    batch = confirm(paid, tiny, quoted)
    first, second, third = paid.queue.waiting
    run_steps(paid.steps, first)
    paid.steps.begin(second)

    taken = paid.services.regenerations.cancel_batch(paid.user, tiny, batch)

    assert [row.status.value for row in taken] == ["completed", "processing", "cancelled"]
    assert [row.is_cancel_requested for row in taken] == [False, True, True]
    for late in (second, third):
        run_steps(paid.steps, late)
    assert statuses(paid, tiny, batch) == ["completed", "cancelled", "cancelled"]
    assert paid.store.versions.current(tiny) == {0: 2}
    view = paid.services.jobs.get(paid.user, tiny)
    assert (view.status, view.reserved_micros) == ("completed", 0)
    assert paid.store.books.problems() == []


def test_what_was_taken_back_while_it_waited_never_begins(
    paid: Desk, renderer: FakeRenderer, tiny: UUID
) -> None:
    paid.queue.is_held = True
    edit = paid.edit(tiny, "make it nighttime", (1,))
    paid.services.regenerations.cancel(paid.user, tiny, edit)
    assert paid.store.regenerations.get(edit).status is RegenerationStatus.CANCELLED

    paid.queue.run()

    assert renderer.submitted == []
    assert paid.store.regenerations.get(edit).started_at is None


def test_a_batch_of_somebody_else_or_of_nobody_is_not_cancelled(both: Desk, tiny: UUID) -> None:
    both.queue.is_held = True
    quoted = both.services.quotes.quote(both.user, tiny, plan=Plan(Act.EDIT, (NIGHT,)))
    batch = confirm(both, tiny, quoted)
    service = both.services.regenerations
    with pytest.raises(RegenerationNotFound):
        service.cancel_batch(both.user, tiny, uuid4())
    with pytest.raises(NotAllowed):
        service.cancel_batch(User(uuid4()), tiny, batch)
    assert statuses(both, tiny, batch) == ["queued"] * 3


def wishes(*clips: int) -> list[tuple[int, str]]:
    return [(clip, "make it nighttime") for clip in clips]


def test_a_paid_batch_needs_its_quote_and_counts_once(paid: Desk) -> None:
    job = jobs.install(paid.store, paid.parts.blobs, name="fifteen", clips=15)
    paid.queue.is_held = True
    edits = paid.services.edits
    for start in (0, 3, 6, 9, 12):
        clips = wishes(start, start + 1, start + 2)
        with pytest.raises(QuoteRequired) as caught:
            edits.batch(paid.user, job, clips)
        if start < 12:
            batch, rows = edits.batch(paid.user, job, clips, quote_id=caught.value.quote_id)
            assert {row.batch_id for row in rows} == {batch}
            assert sum(row.ceiling_micros for row in rows) == 3 * PRICE * 9 // 10
            assert {row.instruction for row in rows} == {"make it nighttime"}
    with pytest.raises(QuoteRequired) as fifth:
        edits.batch(paid.user, job, wishes(12, 13))
    edits.batch(paid.user, job, wishes(12, 13), quote_id=fifth.value.quote_id)
    with pytest.raises(QuoteRequired) as sixth:
        edits.batch(paid.user, job, wishes(14))

    with pytest.raises(RateLimited):
        edits.batch(paid.user, job, wishes(14), quote_id=sixth.value.quote_id)


def test_a_quote_is_taken_only_for_its_own_clips(paid: Desk, tiny: UUID) -> None:
    with pytest.raises(QuoteRequired) as caught:
        paid.services.edits.batch(paid.user, tiny, wishes(0, 1))
    with pytest.raises(NeedsAnswer, match="not for clips 1 and 3 alone"):
        paid.services.edits.batch(paid.user, tiny, wishes(0, 2), quote_id=caught.value.quote_id)


@pytest.mark.parametrize(
    ("clips", "words"),
    [
        ([], "Which clips"),
        ([(0, "make it darker"), (0, "make it warmer")], "Clip 1 is named twice"),
        ([(0, "make it darker"), (1, "make clip 3 darker")], "clip 2"),
    ],
)
def test_a_batch_that_makes_no_sense_is_refused(
    both: Desk, tiny: UUID, clips: Sequence[tuple[int, str]], words: str
) -> None:
    with pytest.raises(NeedsAnswer, match=words):
        both.services.edits.batch(both.user, tiny, clips)
    assert both.store.regenerations.of_job(tiny) == []


def test_each_clip_of_a_batch_keeps_its_own_words(both: Desk, tiny: UUID) -> None:
    given: Mapping[int, str] = {2: "make it warmer please", 0: "make it nighttime"}
    both.queue.is_held = True
    _, rows = both.services.edits.batch(both.user, tiny, list(given.items()))
    assert {row.clip_index: row.instruction for row in rows} == given
