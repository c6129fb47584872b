"""Planted faults and honest looks: what gets past the gate, and what it holds back for nothing.

A small seed of `python -m benchmarks.gate`; `--count full` is all of it.
"""

from pathlib import Path

import pytest

from benchmarks import gate_foreign
from benchmarks.gate import ALARMS, CAUGHT, COUNT, DRAWN, honest, honest_changes, planted
from benchmarks.gate_studio import Studio

FEW: int = 28
"""Two of each fault that issue 7 names, on each kind of footage."""
ONE_IN: int = 41
FOREIGN = ("changes", "faults", "patterns", "scenes")


@pytest.fixture(name="studio", scope="module")
def fixture_studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    return Studio(tmp_path_factory.mktemp("gate"))


def test_planted_faults_are_caught(studio: Studio, request: pytest.FixtureRequest) -> None:
    said = request.config.getoption("count")
    count = COUNT if said == "full" else int(said or FEW)
    found = planted(studio, count, int(request.config.getoption("seed") or 1))
    for group in DRAWN:
        # Of few cases one may get through.
        least = min(CAUGHT, 1 - 1.5 / found[group].tried.total())
        assert found[group].share() >= least, found[group].table()


def test_local_looks_pass_their_own_claims(studio: Studio, request: pytest.FixtureRequest) -> None:
    is_full = request.config.getoption("count") == "full"
    found = honest(studio, every=1 if is_full else ONE_IN)
    least = 1.5 / found.tried.total()
    assert found.share() <= max(ALARMS, least), found.table()


def test_faults_of_another_maker_on_other_footage_are_caught(
    studio: Studio, request: pytest.FixtureRequest
) -> None:
    is_full = request.config.getoption("count") == "full"
    found = gate_foreign.planted(
        studio, COUNT if is_full else FEW // 2, int(request.config.getoption("seed") or 1)
    )
    for group, tally in found.items():
        least = min(CAUGHT, 1 - 1.5 / tally.tried.total())
        assert tally.share() >= least, (group, tally.table())


def test_the_fault_maker_knows_nothing_of_how_footage_is_judged() -> None:
    for name in ("faults", "scenes", *(f"foreign_{part}" for part in FOREIGN)):
        source = (Path(__file__).parents[1] / f"{name}.py").read_text(encoding="utf-8")
        assert "clipbot" not in source


@pytest.mark.skipif("config.getoption('count') != 'full'")
def test_right_changes_in_plain_arithmetic_are_seldom_held_back(studio: Studio) -> None:
    found = honest_changes(studio)
    assert found.share() <= 2 * ALARMS, found.table()
