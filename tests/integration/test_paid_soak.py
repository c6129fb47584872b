"""Paid edits in a world where everything goes wrong: nothing is paid twice, nothing lost.

A whole clipbot in processes of its own, in front of a double of the provider. What goes
wrong is drawn from a seed: `--seed 7 --count 1` repeats one run, `--count full` makes 500
on each database.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from pprint import pformat

import pytest

from tests.integration.soak.plans import planned
from tests.integration.soak.runs import run
from tests.integration.soak.templates import Templates

FEW, FULL = 2, 500


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Templates]:
    with ExitStack() as opening:
        yield Templates(tmp_path_factory.mktemp("templates"), opening)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        said = metafunc.config.getoption("count")
        count = FULL if said == "full" else int(said or FEW)
        first = int(metafunc.config.getoption("seed") or 1)
        metafunc.parametrize("seed", range(first, first + count))


@pytest.mark.parametrize("on", ["sqlite", "postgres"])
def test_nothing_is_paid_twice_and_nothing_is_lost(
    on: str, seed: int, templates: Templates, tmp_path: Path
) -> None:
    plan = planned(seed, is_shared=on == "postgres")
    with templates.installation(on, tmp_path / "home", is_cold=plan.is_cold) as url:
        report = run(plan, url, tmp_path / "home")

    if book := os.environ.get("CLIPBOT_TEST_BOOK"):
        with Path(book).open("a", encoding="utf-8") as file:
            file.write(f"{on} {seed} {dict(report.facts)} {report.problems}\n")
    again = f"repeat with: pytest {__file__} --seed {seed} --count 1 -k {on}"
    assert not report.problems, "\n".join([*report.problems, again, pformat(plan)])
