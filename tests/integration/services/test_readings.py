"""Sentences that only a language model can read: booked, told, and never trusted."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest

from clipbot.domain.plan import Act, Kind, Operation, Plan
from clipbot.understanding import needs_model
from tests.contract.language_server import Reaction, Server, failing, said, serving
from tests.desk import Desk, desk

ANSWER_MICROS = 800 + 5 * 200
UNREAD = "make it feel like a letter to a lighthouse"


def proposal(clips: list[int]) -> str:
    edit: dict[str, Any] = {
        "clips": clips,
        "ops": [{"kind": "mood", "direction": "dreamy", "strength": "medium"}],
        "instruction": "make it dreamy",
        "keep": [],
    }
    return json.dumps({"act": "edit", "edits": [edit], "reply": None})


@contextmanager
def reading(free: Desk, *reactions: Reaction, **given: Any) -> Iterator[tuple[Desk, Server]]:
    with serving(*reactions) as server:
        settings: dict[str, Any] = {
            "openai_api_key": "any",
            "openai_base_url": server.url,
            "language_model": "tiny",
            "language_input_usd": 1,
            "language_output_usd": 5,
            "plan_with_model": True,
        }
        yield desk(free.store.jobs.engine, free.home, **settings | given), server


def spent(at: Desk, job: UUID) -> int:
    assert at.store.books.problems() == []
    return at.services.jobs.get(at.user, job).spent_micros


def test_a_sentence_that_the_grammar_cannot_read_is_read_booked_and_told(
    desk: Desk, job: UUID
) -> None:
    grammar = desk.services.plans.plan(desk.user, job, UNREAD, (1,))
    assert needs_model(grammar)
    with reading(desk, said(proposal([1]))) as (at, server):
        turn = at.services.chat.say(at.user, job, UNREAD, (1,))

        assert turn.plan.act is Act.EDIT
        assert turn.plan.edits[0].ops == (Operation(Kind.MOOD, "dreamy"),)
        assert turn.quoted is not None
        assert turn.reply.endswith("tiny helped to read this ($0.0018).")
        assert spent(at, job) == ANSWER_MICROS
        assert len(server.requests) == 1


def test_the_same_sentence_is_paid_for_once(desk: Desk, job: UUID) -> None:
    with reading(desk, said(proposal([1]))) as (at, server):
        plans = [at.services.plans.plan(at.user, job, UNREAD, (1,)) for _ in range(2)]
        plans.append(at.services.plans.plan(at.user, job, UNREAD, (1,), is_free=True))
        assert plans[0] == plans[1] == plans[2]
        assert len(server.requests) == 1
        assert spent(at, job) == ANSWER_MICROS


def test_nothing_is_asked_that_the_grammar_reads_or_that_is_free_or_not_affordable(
    desk: Desk, job: UUID
) -> None:
    grammar = desk.services.plans.plan(desk.user, job, UNREAD, (1,))
    with reading(desk, said(proposal([1]))) as (at, server):
        assert at.services.plans.plan(at.user, job, "make it darker", (1,)).act is Act.EDIT
        assert at.services.plans.plan(at.user, job, UNREAD, (1,), is_free=True) == grammar
        assert server.requests == []
    with reading(desk, said(proposal([1])), budget_usd="0.001") as (at, server):
        assert at.services.plans.plan(at.user, job, UNREAD, (1,)) == grammar
        assert server.requests == []
    with reading(desk, said(proposal([1])), plan_with_model=False) as (at, server):
        assert at.services.plans.plan(at.user, job, UNREAD, (1,)) == grammar
        assert server.requests == []


def test_a_model_that_names_a_clip_that_does_not_exist_changes_nothing(
    desk: Desk, job: UUID
) -> None:
    with reading(desk, said(proposal([99]))) as (at, _):
        turn = at.services.chat.say(at.user, job, UNREAD, (1,))
        assert [edit.clips for edit in turn.plan.edits] == [(1,)]
        assert turn.plan.edits[0].ops[0].kind is Kind.OTHER
        assert turn.quoted is None
        assert spent(at, job) == ANSWER_MICROS


@pytest.mark.parametrize(
    ("reaction", "charged"), [(failing(401), 0), (said("no plan"), 2 * ANSWER_MICROS)]
)
def test_where_the_model_fails_the_grammars_plan_stands(
    desk: Desk, job: UUID, reaction: Reaction, charged: int
) -> None:
    grammar = desk.services.plans.plan(desk.user, job, UNREAD, (1,))
    with reading(desk, reaction) as (at, _):
        plan = at.services.plans.plan(at.user, job, UNREAD, (1,))
        assert (plan.act, plan.edits, plan.choices) == (
            grammar.act,
            grammar.edits,
            grammar.choices,
        )
        assert spent(at, job) == charged
        assert (plan == grammar) is (charged == 0)
        assert isinstance(plan, Plan)
