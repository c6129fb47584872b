"""How the log looks."""

import io
import logging
from collections.abc import Iterator
from uuid import UUID

import pytest

from clipbot import logs

JOB = UUID(int=7)
EDIT = UUID(int=8)


@pytest.fixture(name="log")
def fixture_log() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    root, ours = logging.getLogger(), logging.getLogger("clipbot")
    before = root.level, ours.level
    logs.configure("info", stream=stream)
    yield stream
    for handler in [each for each in root.handlers if isinstance(each.formatter, logs.Line)]:
        root.removeHandler(handler)
    root.setLevel(before[0])
    ours.setLevel(before[1])


def test_facts_stand_behind_the_sentence(log: io.StringIO) -> None:
    facts = {"cost": "0.00", "words": "make it night", "empty": ""}
    logging.getLogger("clipbot.services").info("edit confirmed", extra=facts)

    line = log.getvalue().split(" ", 2)[2]
    assert line == (
        "INFO    clipbot.services: edit confirmed cost=0.00 words='make it night' empty=''\n"
    )


def test_every_line_says_which_job_it_is_about(log: io.StringIO) -> None:
    with logs.about(job_id=JOB), logs.about(regeneration_id=EDIT):
        logging.getLogger("clipbot").warning("clip rendered")
    logging.getLogger("clipbot").warning("server stopped")

    first, second = log.getvalue().splitlines()
    assert first.endswith(f"clip rendered job_id={JOB} regeneration_id={EDIT}")
    assert second.endswith("server stopped")


def test_a_fact_beats_the_context(log: io.StringIO) -> None:
    with logs.about(job_id=JOB):
        logging.getLogger("clipbot").info("looked", extra={"job_id": EDIT})
    assert f"job_id={EDIT}" in log.getvalue()
    assert str(JOB) not in log.getvalue()


def test_others_only_speak_up_when_it_is_serious(log: io.StringIO) -> None:
    logging.getLogger("httpx").info("GET https://example.com")
    logging.getLogger("clipbot").debug("prompt written")
    assert log.getvalue() == ""


def test_configuring_twice_does_not_double_the_lines(log: io.StringIO) -> None:
    again = io.StringIO()
    logs.configure("debug", stream=again)
    logging.getLogger("clipbot").debug("once")
    assert log.getvalue() == ""
    assert len(again.getvalue().splitlines()) == 1


def test_a_traceback_follows_its_line(log: io.StringIO) -> None:
    try:
        int("broken")
    except ValueError:
        logging.getLogger("clipbot").exception("request failed", extra={"path": "/x"})
    lines = log.getvalue().splitlines()
    assert lines[0].endswith("request failed path=/x")
    assert lines[-1].startswith("ValueError: invalid literal")
