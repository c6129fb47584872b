"""Models that cost money, from the command line."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from clipbot.cli.doors import Doors
from clipbot.renderers.fakes import FakeRenderer
from clipbot.services.bundle import Services
from tests import jobs, makers
from tests.desk import Desk
from tests.makers import BOTH, DARKER, DRAGON
from tests.unit.cli.conftest import Calls, Run, runner

JOB = str(jobs.job_id())


@pytest.fixture(name="maker")
def fixture_maker() -> FakeRenderer:
    return makers.kling()


@pytest.fixture(name="at")
def fixture_at(shop: Desk, maker: FakeRenderer) -> Desk:
    return makers.shop(shop, makers.look(), maker, makers.veo())


@pytest.fixture(name="pay")
def fixture_pay(capsys: pytest.CaptureFixture[str], calls: Calls, at: Desk) -> Run:
    @contextmanager
    def services() -> Iterator[Services]:
        yield at.services

    return runner(capsys, Doors(services, calls.serve, calls.work, calls.migrate, calls.beating))


def test_a_price_names_who_does_it_and_what_is_tried_after_a_refusal(pay: Run, at: Desk) -> None:
    asked = ("quote", JOB, DRAGON, "--clips", "1")
    bare = pay(*asked, "--json").document
    whole = pay(*asked, "--retries", "--json").document

    assert (bare["renderer"], bare["ceiling"]) == ("kling_v21", "0.35")
    assert (whole["ceiling"], whole["estimate"]) == ("1.10", "0.35")
    assert [each["renderer"] for each in whole["rows"][0]["attempts"]] == [
        "kling_v21",
        "kling_v21",
        "veo_31",
    ]
    assert (whole["rows"][0]["renderer"], whole["rows"][0]["notes"]) == ("kling_v21", [])
    told = pay(*asked, "--retries").out
    assert "Clip 1 · if refused, Veo 3.1 with other words: $0.00" in told
    assert "at most $1.10" in told
    assert at.store.regenerations.of_job(jobs.job_id()) == []


def test_a_hint_at_what_is_free_is_told(pay: Run) -> None:
    told = pay("quote", JOB, DARKER, "--clips", "1", "--renderer", "veo_31").out
    assert "Clip 1: Local look does all of this for nothing" in told


def test_a_named_renderer_that_can_do_half_is_refused_with_the_half(pay: Run) -> None:
    refused = pay("edit", JOB, BOTH, "--clips", "1", "--renderer", "local", "--yes", "--json")
    assert (refused.status, refused.document["error"]["code"]) == (1, "needs_answer")
    assert refused.document["error"]["choices"] == ["make clip 1 darker"]


def test_an_unknown_renderer_is_refused(pay: Run) -> None:
    refused = pay("quote", JOB, DRAGON, "--clips", "1", "--renderer", "nonesuch", "--json")
    assert (refused.status, refused.document["error"]["code"]) == (1, "provider_rejected")


def test_agreed_retries_are_made_and_paid(pay: Run, at: Desk, maker: FakeRenderer) -> None:
    maker.objections.extend(["flagged"] * 2)
    done = pay("edit", JOB, DRAGON, "--clips", "1", "--retries", "--yes", "--json")

    assert done.status == 0
    assert done.document["total_cost"] == "0.40"
    (row,) = at.store.regenerations.of_job(jobs.job_id())
    assert row.renderer == "veo_31"


def test_without_them_a_refusal_is_the_end(pay: Run, maker: FakeRenderer) -> None:
    maker.objections.append("flagged")
    done = pay("edit", JOB, DRAGON, "--clips", "1", "--yes", "--json")
    assert (done.status, done.document["error"]["code"]) == (1, "content_refused")
    assert done.document["total_cost"] == "0.00"
