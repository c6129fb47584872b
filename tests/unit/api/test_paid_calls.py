"""Models that cost money, over HTTP: prices, limits, and edits that need attention."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient

from clipbot import api
from clipbot.domain.user import User
from clipbot.errors import ProviderUnavailable, SubmissionUnknown
from clipbot.identity.base import Identity
from clipbot.identity.none import NoIdentity
from clipbot.renderers.fakes import FakeRenderer
from tests import jobs
from tests.desk import Desk
from tests.makers import BOTH, DARKER, DRAGON, kling, look, shop, veo
from tests.unit.api.conftest import BASE, Stranger, Studio

AWAY = ProviderUnavailable("Kling 2.1", "no list")


@contextmanager
def seen(at: Desk, identity: Identity | None = None) -> Iterator[Studio]:
    app = api.create(at.services, identity or NoIdentity(), host_names={"127.0.0.1"})
    with TestClient(app, base_url=BASE, follow_redirects=False) as client:
        yield Studio(at, client, jobs.job_id())


@contextmanager
def paid(studio: Studio, *makers: FakeRenderer, **given: Any) -> Iterator[Studio]:
    with seen(shop(studio.desk, look(), *(makers or (kling(), veo())), **given)) as found:
        yield found


def quoted(at: Studio, text: str | None = DRAGON, **more: Any) -> dict[str, Any]:
    body = {"text": text, "selected": [1], **more}
    answer = at.client.post(f"{at.url}/quotes", json=body)
    assert answer.status_code == 200, answer.json()
    found: dict[str, Any] = answer.json()
    return found


def parked(at: Studio) -> str:
    """Return the address of an edit that needs attention; `silences` and `blindness` made it so."""
    body = {"instruction": DRAGON, "quote_id": quoted(at)["quote_id"]}
    started = at.client.post(f"{at.url}/clips/0/regenerate", json=body)
    address = f"{at.url}/regenerations/{started.json()['regeneration_id']}"
    assert at.client.get(address).json()["status"] == "needs_attention"
    return address


def silent(times: int = 2) -> FakeRenderer:
    """Return a model whose answer is lost, and whose list is away for so many looks."""
    return kling(
        silences=deque([SubmissionUnknown("Kling 2.1", "no answer")]),
        blindness=deque([AWAY] * times),
    )


def test_a_price_says_who_does_what_and_what_is_tried_after_a_refusal(studio: Studio) -> None:
    with paid(studio) as at:
        found = quoted(at, with_retries=True)

    assert (found["renderer"], found["with_retries"], found["can_retry"]) == (
        "kling_v21",
        True,
        True,
    )
    (row,) = found["rows"]
    assert row["renderer"] == "kling_v21"
    assert row["attempts"] == [
        {"renderer": "kling_v21", "ceiling": "0.35", "is_cleaned": False},
        {"renderer": "kling_v21", "ceiling": "0.35", "is_cleaned": True},
        {"renderer": "veo_31", "ceiling": "0.40", "is_cleaned": True},
    ]
    assert (row["notes"], row["hint"], row["reason"]) == ([], None, None)
    assert (found["estimate"], found["ceiling"]) == ("0.35", "1.10")
    shown = {each["key"]: each for each in found["renderers"]}
    assert set(shown) == {"local", "kling_v21", "veo_31"}
    assert shown["local"]["leftover"] == ["adding something"]
    assert (shown["veo_31"]["refusal"], shown["veo_31"]["accuracy"], shown["veo_31"]["past"]) == (
        None,
        None,
        0,
    )


def test_a_price_changes_with_the_model(studio: Studio) -> None:
    with paid(studio) as at:
        prices = {
            key: quoted(at, DARKER, renderer=key)["ceiling"]
            for key in (None, "auto", "local", "veo_31", "kling_v21")
        }
        hint = quoted(at, DARKER, renderer="veo_31")["rows"][0]["hint"]

    assert prices == {
        None: "0.00",
        "auto": "0.00",
        "local": "0.00",
        "veo_31": "0.40",
        "kling_v21": "0.35",
    }
    assert "for nothing" in hint


def test_a_plan_is_revised_with_its_renderer_and_its_retries(studio: Studio) -> None:
    with paid(studio) as at:
        plan = quoted(at, "add a dragon to clips 1 and 2", selected=[])["plan"]
        revised = quoted(
            at,
            text=None,
            selected=[],
            plan=plan,
            rows=[{"clip": 2}],
            renderer="veo_31",
            with_retries=True,
        )
    assert (revised["renderer"], revised["ceiling"]) == ("veo_31", "1.15")
    assert [row["clip_index"] for row in revised["rows"]] == [1]


def test_a_partial_wish_offers_the_half_that_can_be_done(studio: Studio) -> None:
    with paid(studio) as at:
        body = {"text": BOTH, "selected": [1], "renderer": "local"}
        refused = at.client.post(f"{at.url}/quotes", json=body)
    assert (refused.status_code, refused.json()["code"]) == (422, "needs_answer")
    assert refused.json()["choices"] == ["make clip 1 darker"]
    assert "Kling 2.1 can do all of it, for up to $0.35" in refused.json()["detail"]


@pytest.mark.parametrize("value", ["yes", 1, None, []])
def test_retries_are_yes_or_no(gallery: Studio, value: Any) -> None:
    body = {"text": DARKER, "selected": [1], "with_retries": value}
    refused = gallery.client.post(f"{gallery.url}/quotes", json=body)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_request")


def test_a_paid_edit_without_a_price_is_refused_with_one(studio: Studio) -> None:
    with paid(studio) as at:
        at.desk.queue.is_held = True
        address = f"{at.url}/clips/0/regenerate"
        refused = at.client.post(address, json={"instruction": DRAGON})
        assert (refused.status_code, refused.json()["code"]) == (409, "quote_required")
        assert at.client.get(f"{at.url}/regenerations").json()["regenerations"] == []

        body = {"instruction": DRAGON, "quote_id": refused.json()["quote_id"]}
        started = at.client.post(address, json=body)
        assert (started.status_code, started.json()["estimated_cost"]) == (202, "0.35")
        again = at.client.post(address, json=body)
        assert again.status_code == 409


def test_a_paid_edit_for_another_clip_than_priced_is_refused(studio: Studio) -> None:
    with paid(studio) as at:
        body = {"instruction": DRAGON, "quote_id": quoted(at)["quote_id"]}
        refused = at.client.post(f"{at.url}/clips/1/regenerate", json=body)
    assert (refused.status_code, refused.json()["code"]) == (422, "needs_answer")


@pytest.mark.parametrize(
    ("limit", "code"),
    [
        ("edit_ceiling_usd", "edit_ceiling_exceeded"),
        ("day_ceiling_usd", "day_ceiling_exceeded"),
        ("budget_usd", "budget_exceeded"),
    ],
)
def test_what_costs_more_than_it_may_answers_402(studio: Studio, limit: str, code: str) -> None:
    with paid(studio, **{limit: Decimal("0.2")}) as at:
        found = quoted(at)
        assert len(found["warnings"]) == 1
        refused = at.client.post(f"{at.url}/quotes/{found['quote_id']}/confirm")
        assert (refused.status_code, refused.json()["code"]) == (402, code)
        assert refused.json()["detail"].endswith(".")
        assert at.client.get(f"{at.url}/regenerations").json()["regenerations"] == []


def test_a_finished_paid_edit_tells_its_cost(studio: Studio) -> None:
    with paid(studio) as at:
        confirm = f"{at.url}/quotes/{quoted(at, with_retries=True)['quote_id']}/confirm"
        id_ = at.client.post(confirm).json()["regenerations"][0]["regeneration_id"]
        done = at.client.get(f"{at.url}/regenerations/{id_}").json()
        assert (done["status"], done["renderer"]) == ("completed", "kling_v21")
        assert (done["ceiling"], done["cost"]) == ("1.10", "0.35")
        assert at.client.get(at.url).json()["total_cost"] == "0.35"


def test_an_edit_that_needs_attention_is_looked_at_again(studio: Studio) -> None:
    with paid(studio, silent(3)) as at:
        address = parked(at)
        still = at.client.post(f"{address}/look")
        assert (still.status_code, still.json()["status"]) == (200, "needs_attention")
        assert still.json()["error"]["code"] == "submission_unknown"

        looks = [at.client.post(f"{address}/look").json()["status"] for _ in range(2)]

    assert looks == ["needs_attention", "completed"]  # at first it was still being made
    assert at.desk.store.books.problems() == []


def test_an_edit_that_needs_attention_is_closed_by_its_bill(studio: Studio) -> None:
    with paid(studio, silent()) as at:
        address = parked(at)
        closed = at.client.post(f"{address}/close", json={"charged": "0.35"})
        again = at.client.post(f"{address}/close", json={"charged": "0.35"})

    assert closed.status_code == 200
    assert (closed.json()["status"], closed.json()["cost"]) == ("failed", "0.35")
    assert closed.json()["error"]["detail"].endswith("It cost $0.35.")
    assert (again.status_code, again.json()["code"]) == (422, "invalid_request")
    assert at.desk.store.books.problems() == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"charged": ""},
        {"charged": "-0.01"},
        {"charged": "0.36"},
        {"charged": "1e-2"},
        {"charged": "0,35"},
        {"charged": "$0.35"},
        {"charged": "0.3500001"},
        {"charged": "NaN"},
        {"charged": "0.35\n"},
        {"charged": "9" * 400},
        {"charged": 0.35},
        {"charged": None},
        {"charged": "0.1", "currency": "EUR"},
    ],
)
def test_a_bill_that_cannot_be_is_refused(studio: Studio, body: Any) -> None:
    with paid(studio, silent()) as at:
        address = parked(at)
        refused = at.client.post(f"{address}/close", json=body)
        assert (refused.status_code, refused.json()["code"]) == (422, "invalid_request")
        assert at.client.get(address).json()["status"] == "needs_attention"


@pytest.mark.parametrize("verb", ["look", "close"])
def test_only_an_edit_of_this_job_and_person_can_be_looked_at(studio: Studio, verb: str) -> None:
    body = {"charged": "0"}
    with paid(studio, silent()) as at, seen(at.desk, Stranger(User(uuid4()))) as stranger:
        address = parked(at)
        cases = (
            (stranger.client, address, 403, "not_allowed"),
            (at.client, f"{at.url}/regenerations/{uuid4()}", 404, "regeneration_not_found"),
            (at.client, f"{at.url}/regenerations/x", 400, "malformed_id"),
            (
                at.client,
                address.replace(str(at.job), str(UUID(int=1))),
                404,
                "job_not_found",
            ),
        )
        for client, place, status, code in cases:
            refused = client.post(f"{place}/{verb}", json=body)
            assert (refused.status_code, refused.json()["code"]) == (status, code)


def test_looking_and_closing_are_described(gallery: Studio) -> None:
    document = gallery.client.get("/api/v1/openapi.json").json()
    path = "/api/v1/jobs/{job_id}/regenerations/{regeneration_id}"
    shape = {"$ref": "#/components/schemas/RegenerationModel"}
    for verb in ("look", "close"):
        call = document["paths"][f"{path}/{verb}"]["post"]
        assert call["responses"]["200"]["content"]["application/json"]["schema"] == shape
        assert {"400", "403", "404", "422"} <= set(call["responses"])
    bill = document["components"]["schemas"]["Bill"]
    assert (bill["required"], bill["additionalProperties"]) == (["charged"], False)
    row = document["components"]["schemas"]["QuoteRowModel"]["properties"]
    assert {"renderer", "attempts", "notes", "hint"} <= set(row)
    assert "/hooks/replicate" not in document["paths"]
