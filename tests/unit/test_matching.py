"""How a match is judged: by coming closer."""

import pytest

from clipbot.domain.matching import judge_match, match_alone
from clipbot.domain.palettes import Match, Palette
from clipbot.domain.plan import Kind, Operation, Strength

FAR = Palette((0.2, 0.0, -0.1), (0.1, 0.02, 0.02))
TARGET = Palette((0.5, 0.02, 0.0), (0.1, 0.02, 0.02))
HALF = Palette((0.35, 0.01, -0.05), (0.1, 0.02, 0.02))
NEARLY = Palette((0.48, 0.02, 0.0), (0.1, 0.02, 0.02))
MATCH = Match(FAR, TARGET)


def op(strength: Strength = "medium") -> Operation:
    return Operation(Kind.LOOK, "neighbours", strength, MATCH)


@pytest.mark.parametrize(
    ("strength", "before", "after", "outcome", "words"),
    [
        ("medium", FAR, TARGET, "passed", "Closer to its neighbours by 100 %"),
        ("slight", FAR, HALF, "passed", "Closer to its neighbours by 52 %"),
        ("medium", FAR, FAR, "failed", "Not closer to its neighbours"),
        ("strong", HALF, FAR, "failed", "Not closer to its neighbours"),
        ("medium", NEARLY, NEARLY, "passed", "As close to its neighbours as before"),
        ("medium", NEARLY, HALF, "failed", "Not closer to its neighbours"),
    ],
)
def test_a_match_is_kept_by_coming_closer(
    strength: Strength, before: Palette, after: Palette, outcome: str, words: str
) -> None:
    verdict = judge_match(op(strength), MATCH, before, after)
    assert verdict.outcome == outcome
    assert verdict.sentence.startswith(f"{words} (difference ")


def test_a_match_is_judged_only_where_nothing_else_is_done() -> None:
    assert match_alone([op()]) == op()
    assert match_alone([op(), Operation(Kind.BRIGHTNESS, "up")]) is None
    assert match_alone([Operation(Kind.LOOK, "neighbours")]) is None
    assert match_alone([Operation(Kind.LOOK, "sepia", match=MATCH)]) is None
    assert match_alone([]) is None
