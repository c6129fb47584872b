"""Two clients of Replicate read our double: one that we use, and one written by other means."""

import json
import subprocess
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from clipbot.renderers.base import PredictionStatus
from tests.contract.replicate_bench import Bench, bench, wanted
from tests.contract.replicate_books import Fate, flagged
from tests.contract.replicate_models import MODELS

ROOT = Path(__file__).parents[2]
SECOND = ROOT / ".venv-replicate2" / "bin" / "python"
SCRIPT = Path(__file__).with_name("second_client.py")
FATES = [
    Fate(),
    flagged(),
    Fate(output=["https://replicate.delivery/x/output.mp4"]),
    Fate(looks=4),
    Fate("failed", "CUDA out of memory"),
    Fate(seconds=0.05, looks=0),
]


def asked(tried: Bench) -> subprocess.CompletedProcess[str]:
    """Run the second client against the double."""
    if not SECOND.exists():
        pytest.fail("the second client is not installed: make .venv-replicate2/.ready")
    return subprocess.run(
        [str(SECOND), "-W", "ignore", str(SCRIPT), tried.double.url, tried.double.books.token],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={"NO_PROXY": "*"},
    )


def test_the_second_client_reads_every_answer_as_it_is_meant() -> None:
    with bench(page_size=3) as tried:
        tried.double.books.fates.extend(FATES)
        done = asked(tried)
        assert done.returncode == 0, done.stderr
        answers = json.loads(done.stdout)
        paid = tried.double.books.paid
        assert [each.model for each in paid] == [*MODELS, paid[-1].model]
        for answer in answers:
            if answer["call"] in {"model", "create", "get", "cancel"}:
                assert_agrees(answer["read"], answer["came"])
        listed = [each["read"]["id"] for each in answers if each["call"] == "listed"]
        assert listed == [each.id for each in reversed(paid)]
        statuses = [each["came"]["status"] for each in answers if each["call"] == "get"]
        assert set(statuses) == {"starting", "processing", "succeeded", "failed"}
        assert {
            each["call"]: each["read"] for each in answers if isinstance(each["read"], str)
        } == {
            "unknown": "NotFoundError",
            "invalid": "UnprocessableEntityError",
            "token": "AuthenticationError",
        }
        assert all(each.deadline for each in paid[:-1])


def assert_agrees(read: Mapping[str, Any], came: Mapping[str, Any]) -> None:
    """Compare what a client made of an answer with the answer, field by field."""
    for name, value in read.items():
        if name in came or value is not None:
            assert plain(value, came[name]) == came[name], name


def plain(read: Any, came: Any) -> Any:
    """Return a read value in the form in which it came: other clients write times otherwise."""
    if isinstance(read, dict) and isinstance(came, dict):
        return {name: plain(read.get(name), value) for name, value in came.items()}
    is_time = isinstance(read, str) and isinstance(came, str) and came.endswith("Z")
    if is_time and datetime.fromisoformat(read) == datetime.fromisoformat(came):
        return came
    return read


def test_both_clients_see_the_same_predictions() -> None:
    with bench() as tried:
        tried.double.books.fates.extend(FATES)
        done = asked(tried)
        assert done.returncode == 0, done.stderr
        words = {"succeeded": "succeeded", "failed": "failed", "canceled": "cancelled"}
        for answer in json.loads(done.stdout):
            if answer["call"] != "listed":
                continue
            key = next(key for key, slug in SLUGS.items() if slug == answer["read"]["model"])
            seen = tried.renderer(key).poll(answer["read"]["id"])
            assert seen.status is PredictionStatus(words[answer["read"]["status"]])


def test_the_one_word_that_the_second_client_does_not_know() -> None:
    """It is documented, and newer than either client; ours reads it all the same."""
    with bench() as tried:
        tried.double.books.fates.append(Fate("aborted"))
        done = asked(tried)
        assert done.returncode != 0
        assert "APIResponseValidationError" in done.stderr
        assert "aborted" in done.stderr
        tried.double.books.fates.append(Fate("aborted"))
        seen = tried.over(tried.renderer().submit(wanted()))
        assert seen.status is PredictionStatus.FAILED


SLUGS = {
    "veo_31": "google/veo-3.1",
    "veo_31_fast": "google/veo-3.1-fast",
    "kling_v21": "kwaivgi/kling-v2.1",
    "kling_v25_turbo": "kwaivgi/kling-v2.5-turbo-pro",
    "hailuo_23": "minimax/hailuo-2.3",
    "wan_25_i2v": "wan-video/wan-2.5-i2v",
}
