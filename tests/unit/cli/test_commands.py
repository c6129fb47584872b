"""What the commands do to a job, and what they print."""

import io
import re
import sys
from pathlib import Path

import pytest

from clipbot.services.views import RegenerationStatus
from tests import compare, jobs
from tests.compare import Made
from tests.desk import Desk
from tests.unit.cli.conftest import Run

JOB = str(jobs.job_id())
TIMINGS = {"language_s", "render_s", "verify_s", "encode_s", "compose_s", "total_s"}


def test_jobs_are_listed(run: Run) -> None:
    listed = run("jobs", "--json")
    (job,) = listed.document["jobs"]
    assert (job["id"], job["status"], job["budget"]) == (JOB, "completed", "2000.00")
    assert job["film"]["rate"] == 24.0
    assert JOB in run("jobs").out


@pytest.mark.parametrize("name", [JOB, JOB[:8], JOB.upper()])
def test_a_job_has_several_names(run: Run, name: str) -> None:
    assert run("clips", name, "--json").document["total_clips"] == 3


@pytest.mark.parametrize(
    ("name", "code"),
    [("sample", "job_not_found"), ("ffff", "job_not_found"), ("x!", "malformed_id")],
)
def test_a_job_that_is_not_there_is_refused(run: Run, name: str, code: str) -> None:
    refused = run("clips", name, "--json")
    assert (refused.status, refused.document["error"]["code"]) == (1, code)
    assert refused.document["error"]["retryable"] is False
    assert refused.err.startswith("clipbot: ")


def test_clips_are_listed_for_people_too(run: Run) -> None:
    lines = run("clips", JOB).out.splitlines()
    assert [line.split("  ")[0] for line in lines] == ["Clip 1", "Clip 2", "Clip 3"]
    assert "0:01.5-0:03.0" in lines[1]


def test_two_versions_are_compared(run: Run, shop: Desk) -> None:
    made = {2: Made(compare.darkened())}
    compare.add(shop.store, shop.parts.blobs, jobs.job_id(), 0, made, current=2)

    document = run("compare", JOB, "1", "1", "2", "--json").document

    assert [document[side]["version"]["version_number"] for side in "ab"] == [1, 2]
    assert document["changes"][0]["measure"] == "luma"
    assert document["difference"]["overall"] > 0.05
    lines = run("compare", JOB, "1").out.splitlines()
    assert lines[0].split() == ["v1", "v2"]
    assert lines[1].endswith("% darker")
    assert lines[-1] == document["sentence"]
    refused = run("compare", JOB, "1", "1", "9", "--json")
    assert (refused.status, refused.document["error"]["code"]) == (1, "version_not_found")


def test_a_film_says_how_evenly_its_clips_go_together(run: Run) -> None:
    told = run("consistency", JOB, "--json").document
    assert [clip["clip_index"] for clip in told["clips"]] == [0, 1, 2]
    assert (len(told["cuts"]), told["unknown"]) == (2, [])
    lines = run("consistency", JOB).out.splitlines()
    assert lines[0].startswith(f"Evenness {told['score']} of 100. {told['sentence']}")
    assert lines[-1].strip() == told["cuts"][-1]["sentence"]


def test_templates_are_listed_with_ones_own(run: Run, shop: Desk) -> None:
    shop.services.templates.save(shop.user, "Neon rain", "make it rainy")

    listed = run("templates", "--json").document["templates"]

    assert len(listed) >= 24
    assert (listed[0]["id"], listed[0]["is_built_in"]) == ("nighttime", True)
    assert (listed[-1]["title"], listed[-1]["group"]) == ("Neon rain", "Mine")
    assert run("templates").out.splitlines()[-1].endswith("make it rainy")


def test_a_quote_writes_nothing(run: Run, shop: Desk) -> None:
    quoted = run("quote", JOB, "make it nighttime", "--clips", "1,3", "--json").document

    assert (quoted["estimate"], quoted["ceiling"], quoted["renderer"]) == ("0.00", "0.00", "local")
    assert quoted["plan"]["edits"][0]["clips"] == [1, 3]
    assert "quote_id" not in quoted
    assert [row["clip_index"] for row in quoted["rows"]] == [0, 2]
    assert "at most $0.00" in run("quote", JOB, "make clip 1 nighttime").out
    mixed = run("quote", JOB, "make clips 1 and 2 nighttime and add a dragon to clip 3").out
    assert "Clip 3: Local look cannot do “add a dragon”" in mixed
    assert shop.store.regenerations.of_job(jobs.job_id()) == []


def test_an_edit_prints_the_shape_that_scripts_rely_on(run: Run) -> None:
    edited = run("edit", JOB, "make it nighttime", "--clips", "2", "--yes", "--json")

    assert edited.status == 0
    document = edited.document
    assert set(document) == {"regenerations", "total_cost", "composition"}
    (regeneration,) = document["regenerations"]
    assert set(regeneration) == {
        "id",
        "clip_index",
        "version_number",
        "status",
        "cost",
        "timings",
    }
    assert (regeneration["clip_index"], regeneration["version_number"]) == (1, 2)
    assert (regeneration["status"], regeneration["cost"]) == ("completed", "0.00")
    assert set(regeneration["timings"]) == TIMINGS
    assert document["total_cost"] == "0.00"
    composition = document["composition"]
    assert (composition["number"], composition["frames"], composition["rate"]) == (2, 108, 24.0)
    assert composition["video_url"] == f"/api/v1/jobs/{JOB}/film.mp4?composition=2"
    assert "100% " in edited.err


def test_clips_meet_in_another_way_by_the_same_command(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = run("edit", JOB, "crossfade between 2 and 3", "--yes", "--json")

    assert done.document["regenerations"] == []
    assert done.document["total_cost"] == "0.00"
    assert done.document["composition"]["frames"] == 108
    assert done.document["changes"] == [
        {
            "clip_index": 1,
            "before": "meets clip 3 in a cut",
            "after": "meets clip 3 in a crossfade of 0.5 s",
        }
    ]
    assert "It costs nothing." in done.err
    clips = run("clips", JOB, "--json").document["clips"]
    assert clips[1]["transition"]["type"] == "crossfade"
    assert "Taken back: a crossfade" in run("undo", JOB).out

    terminal = io.StringIO("n\n")
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", terminal)
    assert run("edit", JOB, "crossfade between 2 and 3").out.strip() == "Nothing was changed."


def test_the_history_is_listed_and_gone_along(run: Run) -> None:
    assert run("history", JOB).out == "> 0  as it came\n"
    run("edit", JOB, "make clip 1 nighttime", "--yes")
    run("edit", JOB, "make clip 2 black and white", "--yes")

    listed = run("history", JOB).out.splitlines()
    assert [line[:4] for line in listed] == ["> 2 ", "  1 ", "  0 "]
    gone = run("history", JOB, "--to", "0").out.splitlines()
    assert gone[2] == "> 0  as it came"
    assert gone[0].endswith("(taken back)")
    assert run("history", JOB, "--to", "9").status == 1
    assert run("history", JOB, "--to", "2").out.splitlines() == listed


def test_an_edit_is_undone_redone_restored_and_exported(run: Run, tmp_path: Path) -> None:
    assert "v2 of 2" not in run("clips", JOB).out
    assert run("edit", JOB, "make clip 2 nighttime", "--yes").status == 0
    assert "v2 of 2" in run("clips", JOB).out

    versions = run("versions", JOB, "2", "--json").document
    assert [each["version_number"] for each in versions["versions"]] == [2, 1]
    assert [each["parent"] for each in versions["versions"]] == [1, None]
    newest, original = run("versions", JOB, "2").out.splitlines()
    assert newest.startswith("*  v2  from v1")
    assert "from" not in original

    assert run("undo", JOB).out.startswith("Taken back: ")
    assert run("redo", JOB, "--json").document["job"]["film"]["number"] == 2
    assert run("restore", JOB, "2", "original").out == "Clip 2 uses version 1.\n"
    assert run("restore", JOB, "2", "2").out == "Clip 2 uses version 2.\n"
    again = run("redo", JOB, "--json")
    assert (again.status, again.document["error"]["code"]) == (1, "nothing_to_redo")

    film = tmp_path / "film.mp4"
    exported = run("export", JOB, str(film), "--json").document
    assert (exported["file"], exported["bytes"]) == (str(film), film.stat().st_size)
    assert film.read_bytes()[4:8] == b"ftyp"

    other = run("export", JOB, str(film), "--rate", "30", "--json")
    assert (other.document["film"]["rate"], other.document["film"]["frames"]) == (30.0, 135)
    assert other.document["bytes"] == other.document["film"]["size_bytes"] == film.stat().st_size
    assert "100% encoded" in other.err


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("make it nighttime", "needs_answer"),
        ("make clip 99 nighttime", "needs_answer"),
        ("add a dragon to clip 2", "unsupported"),
        ("  ", "empty_instruction"),
    ],
)
def test_a_wish_that_cannot_be_done_exits_with_1(run: Run, text: str, code: str) -> None:
    refused = run("edit", JOB, text, "--yes", "--json")

    assert refused.status == 1
    error = refused.document["error"]
    assert (error["code"], error["retryable"]) == (code, False)
    if code == "needs_answer":
        assert len(error["choices"]) >= 2
        assert f"  - {error['choices'][0]}" in refused.err


def test_an_edit_that_fails_says_so_and_exits_with_1(
    run: Run, shop: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        from clipbot.errors import ProviderUnavailable  # noqa: PLC0415 - only here

        raise ProviderUnavailable("Local look", "it is away")

    monkeypatch.setattr(type(shop.steps), "submit", away)

    failed = run("edit", JOB, "make clip 2 nighttime", "--yes", "--json")

    assert failed.status == 1
    assert failed.document["regenerations"][0]["status"] == RegenerationStatus.FAILED
    assert failed.document["error"] == {
        "code": "provider_unavailable",
        "detail": "Local look: it is away.",
        "retryable": True,
    }
    assert failed.document["composition"]["number"] == 1


@pytest.mark.parametrize(("answer", "count"), [("y\n", 1), ("n\n", 0), ("", 0)])
def test_without_yes_a_person_is_asked(
    run: Run, shop: Desk, monkeypatch: pytest.MonkeyPatch, answer: str, count: int
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    shop.queue.is_held = not count

    asked = run("edit", JOB, "make clip 2 nighttime")

    assert asked.status == 0
    assert re.search(r"at most \$0\.00.*\nStart\? \[y/N\]", asked.err)
    assert len(shop.store.regenerations.of_job(jobs.job_id())) == count


@pytest.mark.parametrize(("name", "start"), [("still.jpg", b"\xff\xd8"), ("moving.mp4", b"\x00")])
def test_a_preview_is_drawn_into_a_file(
    run: Run, shop: Desk, tmp_path: Path, name: str, start: bytes
) -> None:
    out = tmp_path / name
    drawn = run("preview", JOB, "make it nighttime", "--clip", "2", "--out", str(out), "--json")

    assert drawn.document == {"file": str(out)}
    assert out.read_bytes().startswith(start)
    assert shop.store.regenerations.of_job(jobs.job_id()) == []


def test_the_doctor_looks_at_every_part(run: Run) -> None:
    looked = run("doctor", "--json")
    names = [finding["name"] for finding in looked.document["findings"]]
    assert {"database", "workers", "disk", "encoder", "renderers"} <= set(names)
    assert looked.status == (0 if looked.document["is_ok"] else 1)


def test_the_doctor_says_what_it_will_mend_and_mends_it_only_when_told_to(
    run: Run, shop: Desk
) -> None:
    row = {"job_id": JOB, "clip_index": 1, "version_number": 2, "video_url": "b", "prompt": "p"}
    shop.store.jobs.insert({"clip_versions": [{**row, "is_current": True}]})
    damaged = run("doctor", "--json")
    assert damaged.status == 1
    assert [fix["is_done"] for fix in damaged.document["versions"]] == [False]

    fixed = run("doctor", "--fix", "--json")

    (fix,) = fixed.document["versions"]
    assert (fix["clip_index"], fix["is_done"], fix["can_be_mended"]) == (1, True, True)
    assert "clip 2: the original has no row; write down the original" in fixed.err
    assert run("doctor", "--json").document["versions"] == []


def test_the_sample_can_be_installed(run: Run) -> None:
    assert run("sample").status == 1
    installed = run("sample", "--install", "--json").document["job_id"]
    assert run("sample").out == f"{installed}\n"
    assert run("clips", "sample", "--json").document["total_clips"] == 8


def test_a_version_that_is_not_there_is_refused(run: Run) -> None:
    refused = run("restore", JOB, "2", "9", "--json")
    assert (refused.status, refused.document["error"]["code"]) == (1, "version_not_found")
    assert run("versions", JOB, "99", "--json").document["error"]["code"] == "clip_not_found"


@pytest.mark.parametrize("name", ["nowhere/still.jpg", "folder.jpg"])
def test_a_preview_that_cannot_be_written_is_refused(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.jpg").mkdir()
    out = str(tmp_path / name)
    refused = run("preview", JOB, "make it nighttime", "--clip", "2", "--out", out, "--json")
    assert (refused.status, refused.document["error"]["code"]) == (1, "invalid_request")


def test_old_footage_is_looked_through(run: Run) -> None:
    assert run("retention", "--dry-run").out == "Nothing is to go.\n"
    assert run("retention", "--json").document == {"dry_run": False, "removals": []}


def test_the_footage_of_a_version_is_deleted(run: Run) -> None:
    assert run("edit", JOB, "make clip 2 nighttime", "--yes").status == 0
    refused = run("delete-version", JOB, "2", "2", "--json")
    assert (refused.status, refused.document["error"]["code"]) == (1, "footage_needed")
    run("undo", JOB)
    gone = "The footage of version 2 of clip 2 is deleted.\n"
    assert run("delete-version", JOB, "2", "2").out == gone
    assert run("redo", JOB, "--json").document["error"]["code"] == "footage_missing"


def test_takes_are_made_listed_and_chosen_from(run: Run) -> None:
    made = run("edit", JOB, "make it nighttime", "--clips", "1", "--takes", "2", "--yes", "--json")
    assert made.status == 0, made.err
    assert [each["take"] for each in made.document["regenerations"]] == [1, 2]
    assert made.document["composition"]["number"] == 1
    assert made.err.count("whatever the seed") == 1

    (batch,) = run("takes", JOB, "1", "--json").document["takes"]
    assert [take["version_number"] for take in batch["takes"]] == [2, 3]
    assert run("takes", JOB, "1").out.splitlines()[1].split()[:2] == ["?", "v3"]
    kept = run("takes", JOB, "1", "--keep", "3", "--json").document["takes"][0]
    assert (kept["is_decided"], kept["takes"][1]["is_current"]) == (True, True)
    assert run("takes", JOB, "1", "--none").out == "Clip 1 is as it was.\n"
    assert run("takes", JOB, "2").out == "No takes were made.\n"
    assert run("takes", JOB, "2", "--none").status == 1


def test_more_takes_than_fit_on_a_screen_are_no_usage(run: Run) -> None:
    assert run("edit", JOB, "make it nighttime", "--takes", "5").status == 2
