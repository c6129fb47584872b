"""Rows that were written before anybody looked at the grammar, each with the plan that it means.

They stand in `tests/data/understanding`: one a line, said of the videos beside them, some
with clips selected, some behind a change that was made or a question that was answered.
"""

import json
import re
from pathlib import Path

import pytest

from clipbot.domain.plan import Act, Edit, Kind, Operation, Plan
from clipbot.understanding import understand
from clipbot.understanding.context import Context, Turn
from tests.unit.understanding.videos import told

ROWS = Path(__file__).parents[2] / "data" / "understanding"
VIDEOS = json.loads((ROWS / "videos.json").read_text())
LINES = [
    line
    for path in sorted(ROWS.glob("*.txt"))
    for line in path.read_text().splitlines()
    if not line.startswith("#")
]


def numbers(text: str) -> tuple[int, ...]:
    """Return the clips of "1,4-6"."""
    spans = [part.split("-") for part in filter(None, text.split(","))]
    return tuple(number for span in spans for number in range(int(span[0]), int(span[-1]) + 1))


def done(text: str) -> Plan:
    """Return the plan of "edit 4 brightness:up; 5 weather:rain", or of "answer 3,5"."""
    act, _, rest = text.partition(" ")
    edits = []
    for part in filter(None, re.split(r"; *", rest)):
        clips, *ops = part.split()
        found = [op.partition(":") for op in ops]
        wishes = tuple(Operation(Kind(k), None if to == "*" else to) for k, _, to in found)
        edits.append(Edit(numbers(clips), wishes, "as said"))
    return Plan(Act(act), tuple(edits))


@pytest.mark.parametrize("row", LINES)
def test_what_was_written_blind_is_understood(row: str) -> None:
    video, selected, before, text, plan = row.split("|")
    said, _, made = before.partition(" => ")
    history = (Turn("user", said), Turn("assistant", "Done.", done(made))) if made else ()
    known = Context.from_json({"clips": VIDEOS[video]})
    got = told(understand(text, Context(known.clips, numbers(selected), history)))
    assert ("ask" if got.startswith("ask") else got) == plan
