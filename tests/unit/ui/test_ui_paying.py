"""The page and models that cost money: prices, retries, and edits that need attention."""

from collections import deque
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from clipbot.errors import ProviderUnavailable, SubmissionUnknown
from clipbot.renderers.fakes import FakeRenderer
from clipbot.ui import chat, dialog
from tests.makers import DARKER, DRAGON, kling, look, shop, veo
from tests.unit.ui.conftest import Studio


def paid(studio: Studio, *makers: FakeRenderer) -> Studio:
    return replace(studio, desk=shop(studio.desk, look(), *(makers or (kling(), veo()))))


def quoted(at: Studio, text: str = DRAGON, **more: Any) -> Any:
    return at.call(dialog.quote, text=text, selected=[1], **more)["quoted"]


def parked(studio: Studio) -> tuple[Studio, str]:
    """Return a page with an edit that needs attention."""
    maker = kling(
        polls_until_done=0,
        silences=deque([SubmissionUnknown("Kling 2.1", "no answer")]),
        blindness=deque([ProviderUnavailable("Kling 2.1", "no list")] * 2),
    )
    at = paid(studio, maker)
    (run,) = at.call(dialog.confirm, quote=quoted(at)["quote_id"])["runs"]
    return at, run["regeneration_id"]


def status(at: Studio, edit: str) -> str:
    rows = at.desk.store.regenerations.of_job(at.job)
    return next(row.status.value for row in rows if str(row.id) == edit)


def test_the_price_changes_with_the_model_and_with_the_retries(studio: Studio) -> None:
    at = paid(studio)
    bare, whole, other = (
        quoted(at),
        quoted(at, retries=True),
        quoted(at, renderer="veo_31", retries="yes"),
    )
    assert (bare["ceiling"], bare["renderer"], bare["can_retry"]) == ("0.35", "kling_v21", True)
    assert (whole["ceiling"], whole["estimate"], whole["with_retries"]) == ("1.10", "0.35", True)
    assert (other["ceiling"], other["with_retries"]) == ("0.40", False)
    (row,) = whole["rows"]
    assert (row["maker"], row["notes"], row["hint"], row["reason"]) == ("Kling 2.1", [], None, None)
    assert [each["key"] for each in whole["renderers"]] == ["local", "kling_v21", "veo_31"]
    assert {each["accuracy"] for each in whole["renderers"]} == {None}


def test_what_is_free_is_hinted_at_and_has_nothing_to_retry(studio: Studio) -> None:
    at = paid(studio)
    assert "for nothing" in quoted(at, DARKER, renderer="veo_31")["rows"][0]["hint"]
    free = quoted(at, DARKER, retries=True)
    assert (free["ceiling"], free["can_retry"]) == ("0.00", False)


def test_a_revised_plan_keeps_its_model_and_its_retries(studio: Studio) -> None:
    at = paid(studio)
    plan = quoted(at, "add a dragon to clips 1 and 2")["plan"]
    revised = at.call(
        dialog.revise, plan=plan, rows=[{"clip": 2}], renderer="veo_31", retries=True
    )["quoted"]
    assert (revised["renderer"], revised["ceiling"]) == ("veo_31", "1.15")


def test_the_chat_prices_with_the_model_that_was_chosen(studio: Studio) -> None:
    at = paid(studio)
    turn = at.call(chat.say, text=DRAGON, selected=[1], renderer="veo_31")
    assert turn["quoted"]["renderer"] == "veo_31"


def test_a_price_is_confirmed_once(studio: Studio) -> None:
    at = paid(studio)
    id_ = quoted(at)["quote_id"]
    at.desk.queue.is_held = True
    assert at.call(dialog.confirm, quote=id_)["ok"]
    assert at.call(dialog.confirm, quote=id_)["code"] in {"quote_spent", "clip_busy"}


def test_an_edit_that_needs_attention_is_looked_at_again(studio: Studio) -> None:
    at, edit = parked(studio)
    assert status(at, edit) == "needs_attention"

    assert at.call(chat.look, regeneration=edit)["status"] == "completed"

    assert status(at, edit) == "completed"
    assert at.call(chat.look, regeneration=edit)["code"] == "invalid_request"


def test_an_edit_that_needs_attention_is_closed_by_its_bill(studio: Studio) -> None:
    at, edit = parked(studio)
    assert at.call(chat.close_edit, regeneration=edit, charged="$0.10")["status"] == "failed"
    assert "It cost $0.10." in at.call(chat.history)["messages"][-1]["content"]
    assert at.desk.store.books.problems() == []


@pytest.mark.parametrize("charged", [None, "", "-0.01", "0.36", "a lot", "NaN", "9" * 99, True])
def test_a_bill_that_cannot_be_changes_nothing(studio: Studio, charged: object) -> None:
    at, edit = parked(studio)
    refused = at.call(chat.close_edit, regeneration=edit, charged=charged)
    assert refused["code"] == "invalid_request"
    assert status(at, edit) == "needs_attention"


def test_an_edit_that_is_none_is_refused(studio: Studio) -> None:
    at = paid(studio)
    for act in (chat.look, chat.close_edit):
        unknown = at.call(act, regeneration=str(uuid4()), charged="0")
        assert unknown["code"] == "regeneration_not_found"
        assert at.call(act, regeneration="<img>", charged="0")["code"] == "malformed_id"
