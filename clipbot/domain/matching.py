"""Whether new footage keeps what a match promises: to be closer to its neighbours.

Pure; the measures of other promises are judged in `claims`.
"""

from collections.abc import Sequence
from typing import Final

from clipbot.domain.consistency import distance
from clipbot.domain.palettes import Match, Palette
from clipbot.domain.plan import Operation
from clipbot.domain.verdicts import Verdict

_CLOSE: Final = 0.4
"""Distance at which nobody sees a difference any more: there is no room to come closer."""
_SHARES: Final = {"slight": 0.85, "medium": 0.7, "strong": 0.7}
"""How much of the distance may be left, by the wording."""


def match_alone(ops: Sequence[Operation]) -> Operation | None:
    """Return the match, if it is all that is to be done: else other changes pull at it."""
    return ops[0] if len(ops) == 1 and ops[0].is_match and ops[0].match else None


def judge_match(op: Operation, match: Match, before: Palette, after: Palette) -> Verdict:
    """Judge new footage by how close it came.

    Args:
        op: What was wanted.
        match: Its target is where the footage should be.
        before: Colours of the version that the edit started from.
        after: Those of the new footage.
    """
    was, became = distance(before, match.target), distance(after, match.target)
    holds = became <= max(_SHARES[op.strength] * was, min(was, _CLOSE))
    numbers = f"difference {was:.1f}, then {became:.1f}"
    if not holds:
        return Verdict("failed", (), f"Not closer to its neighbours ({numbers}).")
    if was <= _CLOSE:
        return Verdict("passed", (), f"As close to its neighbours as before ({numbers}).")
    percent = round(100 * (1 - became / was))
    return Verdict("passed", (), f"Closer to its neighbours by {percent} % ({numbers}).")
