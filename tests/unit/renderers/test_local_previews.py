"""Previews by local looks."""

from pathlib import Path

import pytest

from clipbot.domain.plan import Kind, Operation
from clipbot.domain.template_catalogue import CATALOGUE
from clipbot.errors import Unsupported
from clipbot.media.looks import cubes
from clipbot.renderers.local import looks_for
from clipbot.renderers.previews import LocalPreviews
from tests import pictures


def test_warming_up_makes_the_tables_of_the_templates_and_no_others(tmp_path: Path) -> None:
    LocalPreviews(tmp_path).warm(lambda: False)
    made = set(tmp_path.glob("*.cube"))
    wanted = {look for template in CATALOGUE for look in looks_for(template.ops)}
    assert {cubes.cube([look], tmp_path) for look in wanted if cubes.has_colour([look])} == made
    assert 10 <= len(made) <= 30


def test_warming_up_ends_between_two_tables(tmp_path: Path) -> None:
    LocalPreviews(tmp_path).warm(lambda: len(list(tmp_path.glob("*.cube"))) == 2)
    assert len(list(tmp_path.glob("*.cube"))) == 2


def test_a_preview_of_what_no_look_does_says_so(tmp_path: Path) -> None:
    previews = LocalPreviews(tmp_path)
    with pytest.raises(Unsupported):
        previews.preview_frame(pictures.clip_of("photograph"), [Operation(Kind.ADD, "dragon")])
    before, after = previews.preview_frame(
        pictures.clip_of("photograph"), [Operation(Kind.LOOK, "noir")]
    )
    assert before != after
