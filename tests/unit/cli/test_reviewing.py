"""Reviews on the command line: the table, and links."""

import csv
import io
from uuid import UUID

import pytest

from clipbot.errors import ShareNotFound
from clipbot.services.review_table import COLUMNS
from tests import reviewed
from tests.desk import Desk
from tests.unit.cli.conftest import Run


@pytest.fixture(name="made")
def fixture_made(shop: Desk) -> reviewed.Made:
    return reviewed.install(shop.store, shop.parts.blobs)


def test_a_review_is_printed_for_people_as_csv_and_as_json(run: Run, made: reviewed.Made) -> None:
    job = str(made.job)
    lines = run("review", job).out.splitlines()
    assert len(lines) == 7
    assert " ".join(lines[-1].split()) == "Clip 1 v1 v2 passed none $0.00 make it night"
    printed = run("review", job, "--csv").out
    rows = list(csv.DictReader(io.StringIO(printed, newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert printed.count("\n") == 8
    assert {row["instruction"] for row in rows} >= {f"'{reviewed.FORMULA}", reviewed.ARABIC}
    document = run("review", job, "--json").document
    assert document["job_id"] == job
    assert [tuple(row) for row in document["regenerations"]] == [COLUMNS] * 7


def test_a_job_without_edits_has_nothing_to_review(run: Run, shop: Desk) -> None:
    (job,) = shop.services.jobs.list(shop.user).jobs
    assert run("review", str(job.id)).out == "There is nothing to review yet.\n"


def test_a_link_is_made_listed_and_taken_back(run: Run, shop: Desk, made: reviewed.Made) -> None:
    job = str(made.job)
    link = run("share", job, "--days", "2", "--label", "The band", "--json").document
    assert link["url"] == f"/shared/{link['id']}#{link['token']}"
    id_ = UUID(link["id"])
    who, _ = shop.services.shares.open(id_, link["token"])
    assert who.job_id == made.job
    assert link["token"] not in run("share", job, "--list", "--json").out
    assert run("share", job, "--list").out.split("  ")[1:2] == ["holds"]
    assert "/shared/" in run("share", job).out

    assert run("share", "--revoke", link["id"]).out == "It opens nothing any more.\n"

    with pytest.raises(ShareNotFound):
        shop.services.shares.open(id_, link["token"])
    (listed,) = (
        each
        for each in run("share", job, "--list", "--json").document["shares"]
        if each["id"] == link["id"]
    )
    assert (listed["is_held"], listed["label"]) == (False, "The band")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--revoke", "3fa85f64-5717-4562-b3fc-2c963f66afa6"), "share_not_found"),
        (("--revoke", "x"), "malformed_id"),
        (("sample", "--days", "91"), "job_not_found"),
    ],
)
def test_what_cannot_be_shared_is_refused(run: Run, arguments: tuple[str, ...], code: str) -> None:
    refused = run("share", *arguments, "--json")
    assert (refused.status, refused.document["error"]["code"]) == (1, code)


def test_a_link_holds_for_ninety_days_at_most(run: Run, made: reviewed.Made) -> None:
    refused = run("share", str(made.job), "--days", "91")
    assert (refused.status, "1 to 90 days" in refused.err) == (1, True)
