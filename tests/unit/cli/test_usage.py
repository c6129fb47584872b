"""What the command line takes, and what it refuses."""

import io
import json
import sys
from pathlib import Path

import pytest

from clipbot import __version__
from tests.unit.cli.conftest import Calls, Run

CONTEXT = {"clips": [{"number": 1}, {"number": 2}], "selected": [1]}
COMMANDS = [
    "serve",
    "worker",
    "migrate",
    "doctor",
    "retention",
    "sample",
    "jobs",
    "clips",
    "versions",
    "compare",
    "consistency",
    "templates",
    "review",
    "share",
    "plan",
    "quote",
    "edit",
    "preview",
    "restore",
    "delete-version",
    "takes",
    "offers",
    "undo",
    "redo",
    "history",
    "export",
]


def test_help_lists_every_command(closed: Run) -> None:
    helped = closed("--help")
    assert helped.status == 0
    listed = {line.split()[0] for line in helped.out.splitlines() if line.startswith("    ")}
    assert [name for name in COMMANDS if name not in listed] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_takes_json_and_explains_itself(closed: Run, command: str) -> None:
    helped = closed(command, "--help")
    assert helped.status == 0
    assert "--json" in helped.out


def test_the_version_is_told(closed: Run) -> None:
    assert closed("--version").out == f"clipbot {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["fly"],
        ["clips"],
        ["versions", "sample", "0"],
        ["versions", "sample", "one"],
        ["compare", "sample"],
        ["compare", "sample", "1", "0"],
        ["quote", "sample", "night", "--clips", "0"],
        ["quote", "sample", "night", "--clips", "2,,4"],
        ["quote", "sample", "night", "--clips", "-1"],
        ["edit", "sample", "night"],
        ["quote", "sample", "night", "--retries", "twice"],
        ["preview", "sample", "night", "--clip", "1", "--out", "x.jpg", "--retries"],
        ["edit", "sample", "night", "--json"],
        ["preview", "sample", "night", "--clip", "1"],
        ["preview", "sample", "night", "--clip", "1", "--out", "x.gif"],
        ["preview", "sample", "night", "--out", "x.jpg"],
        ["export", "sample", "x.mp4", "--size", "4k"],
        ["export", "sample", "x.mp4", "--rate", "60"],
        ["serve", "--port", "70000"],
        ["review"],
        ["review", "sample", "--csv", "--json"],
        ["share"],
        ["share", "sample", "--revoke", "3fa85f64-5717-4562-b3fc-2c963f66afa6"],
        ["share", "sample", "--days", "0"],
        ["plan", "night"],
        ["plan", "--context", "context.json"],
        ["plan", "--rows", "-", "night"],
        ["plan", "--rows", "-", "--context", "context.json"],
    ],
)
def test_wrong_usage_exits_with_2_and_prints_nothing(closed: Run, arguments: list[str]) -> None:
    refused = closed(*arguments)
    assert (refused.status, refused.out) == (2, "")
    assert refused.err.startswith("usage: clipbot")


def test_serving_takes_a_host_and_a_port(closed: Run, calls: Calls) -> None:
    assert closed("serve", "--host", "::1", "--port", "0").status == 0
    assert closed("serve").status == 0
    assert calls.served == [("::1", 0), (None, None)]


def test_a_worker_s_health_is_told_without_opening_anything(closed: Run, calls: Calls) -> None:
    dead = closed("doctor", "--worker", "--json")
    assert (dead.status, dead.document) == (1, {"is_ok": False, "workers": []})
    calls.beats["worker-host-1"] = 4.21
    alive = closed("doctor", "--worker", "--json")
    assert alive.status == 0
    assert alive.document["workers"] == [{"id": "worker-host-1", "silent_seconds": 4.2}]
    assert closed("doctor", "--worker").out == "worker-host-1: alive 4 s ago\n"


def test_a_worker_works(closed: Run, calls: Calls) -> None:
    assert closed("worker").status == 0
    assert calls.worked == 1


def test_migrating_lists_its_statements(closed: Run, calls: Calls) -> None:
    listed = closed("migrate", "--dry-run", "--json")
    assert listed.document == {"dry_run": True, "statements": ["CREATE TABLE versions"]}
    assert closed("migrate").out == "CREATE TABLE versions\n"
    assert calls.migrated == [True, False]


@pytest.fixture(name="context")
def fixture_context(tmp_path: Path) -> Path:
    path = tmp_path / "context.json"
    path.write_text(json.dumps(CONTEXT), encoding="utf-8")
    return path


def test_a_plan_is_printed_as_json_with_nothing_opened(closed: Run, context: Path) -> None:
    planned = closed("plan", "--context", str(context), "make clip 2 brighter")

    assert planned.status == 0
    assert planned.document["act"] == "edit"
    assert planned.document["edits"][0]["clips"] == [2]
    assert planned.err == ""


def test_rows_become_plans_in_the_same_order(closed: Run, tmp_path: Path) -> None:
    rows = [{"context": CONTEXT, "text": f"make clip {n} brighter"} for n in (2, 1, 2)]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)) + "\n\n", encoding="utf-8")

    planned = closed("plan", "--rows", str(path))

    plans = [json.loads(line) for line in planned.out.splitlines()]
    assert [plan["edits"][0]["clips"] for plan in plans] == [[2], [1], [2]]


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("{", "Line 1 is not a row with a context and a text."),
        ("[]", "Line 1 is not a row with a context and a text."),
        ('{"context": {}, "text": "x"}', "Line 1 is not a row with a context and a text."),
        ('{"text": "x"}', "Line 1 is not a row with a context and a text."),
    ],
)
def test_a_row_that_cannot_be_read_is_named(
    closed: Run, tmp_path: Path, text: str, detail: str
) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(text, encoding="utf-8")
    refused = closed("plan", "--rows", str(path))
    assert refused.status == 1
    assert refused.document["error"]["detail"] == detail


@pytest.mark.parametrize("content", [None, "{", "[]", '{"clips": 7}'])
def test_a_context_that_cannot_be_read_is_refused(
    closed: Run, tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "context.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    refused = closed("plan", "--context", str(path), "brighter")
    assert refused.status == 1
    assert refused.document["error"]["code"] == "invalid_request"
    assert "Traceback" not in refused.err


def test_rows_are_read_from_standard_input(closed: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    row = json.dumps({"context": CONTEXT, "text": "make clip 2 brighter"})
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{row}\n"))
    assert closed("plan", "--rows", "-").document["edits"][0]["clips"] == [2]


def test_whoever_interrupts_is_told_that_the_edit_goes_on(closed: Run, calls: Calls) -> None:
    calls.is_interrupted = True
    stopped = closed("worker")
    assert (stopped.status, stopped.out) == (130, "")
    assert "goes on later" in stopped.err
