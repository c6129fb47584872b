"""What holds for every text and every video."""

import cProfile
import os
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clipbot.domain.plan import Act, Plan, from_json, to_json
from clipbot.domain.templates import TEMPLATES, Template
from clipbot.understanding import Context, understand
from clipbot.understanding.vocabulary import OPERATIONS, QUANTITIES
from clipbot.understanding.words import SECTIONS
from tests.unit.understanding.videos import EMPTY, MEASURED, PLAIN, SINGLE, told

COUNT = 5000 if os.environ.get("CLIPBOT_TEST_COUNT") == "full" else 150
PLAIN_WORDS = """
    make turn it clip clips 1 2 3 5 6 7 9 and , . ? ! : - all every except the first last don't
    not no keep leave add remove her dragon back version original undo a bit much too less more
    than like look of where she sings from to on rest again everything else stays darkest two
    one this these selected at 0:15 half middle
"""
WORDS = sorted({*OPERATIONS.words, *QUANTITIES.words, *SECTIONS, *PLAIN_WORDS.split()})
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
VIDEOS = st.sampled_from([MEASURED, PLAIN, SINGLE, EMPTY])


@st.composite
def contexts(draw: st.DrawFn) -> Context:
    video = draw(VIDEOS)
    selected = draw(st.sets(st.sampled_from(video.numbers))) if video.clips else set()
    return replace(video, selected=tuple(sorted(selected)))


@given(text=st.text(max_size=120) | SENTENCES, context=contexts())
@settings(max_examples=COUNT, deadline=None)
def test_any_text_gives_a_plan_that_names_existing_clips_only(text: str, context: Context) -> None:
    plan = understand(text, context)
    for edit in plan.edits:
        assert set(edit.clips) <= set(context.numbers)
        assert list(edit.clips) == sorted(set(edit.clips))
    if plan.act in {Act.EDIT, Act.RESTORE, Act.STYLE}:
        assert plan.edits
        assert all(edit.clips for edit in plan.edits)
    if plan.act is Act.EDIT:
        assert all(edit.ops and edit.instruction for edit in plan.edits)
    assert from_json(to_json(plan)) == plan
    check_readings(plan, text)


def check_readings(plan: Plan, text: str) -> None:
    """Readings quote the text, in its order, without overlap."""
    end = 0
    for reading in plan.readings:
        assert end <= reading.start < reading.stop <= len(text)
        assert text[reading.start : reading.stop] == reading.words
        assert reading.means
        end = reading.stop


@given(text=SENTENCES, context=contexts())
@settings(max_examples=COUNT, deadline=None)
def test_a_question_has_choices_that_need_no_further_question(text: str, context: Context) -> None:
    plan = understand(text, context)
    if plan.act is not Act.ASK:
        return
    assert plan.question
    if context.clips:
        assert 2 <= len(plan.choices) <= 5
    for choice in plan.choices:
        assert understand(choice, context).act is not Act.ASK, choice


@given(text=st.text(st.characters(codec=None), min_size=1500, max_size=2000))
@settings(max_examples=COUNT // 30, deadline=None)
def test_no_long_text_of_any_kind_raises(text: str) -> None:
    check_readings(understand(text, MEASURED), text)


@given(
    more=st.integers(7, 10**9), form=st.sampled_from(["clip {}", "shots 2 to {}", "#{}", "1, {}"])
)
@settings(deadline=None)
def test_a_clip_number_out_of_range_asks(more: int, form: str) -> None:
    plan = understand(f"{form.format(more)} darker", MEASURED)
    assert plan.act is Act.ASK or (form == "1, {}" and more > 999)


@given(order=st.permutations([2, 4, 5]), joint=st.sampled_from([", ", " and ", " & ", " "]))
@settings(deadline=None)
def test_the_order_of_a_list_does_not_matter(order: list[int], joint: str) -> None:
    listed = joint.join(map(str, order))
    assert told(understand(f"clips {listed} darker", MEASURED)) == "edit 2,4,5 brightness:down"


@given(text=SENTENCES, context=contexts())
@settings(max_examples=COUNT, deadline=None)
def test_please_changes_nothing(text: str, context: Context) -> None:
    assert told(understand(f"{text} please", context)) == told(understand(text, context))


@given(
    numbers=st.lists(st.integers(1, 6), min_size=1, max_size=6, unique=True),
    more=st.integers(7, 900),
)
@settings(deadline=None)
def test_lists_mean_sets_and_unknown_numbers_are_never_dropped(
    numbers: list[int], more: int
) -> None:
    listed = ", ".join(map(str, numbers))
    assert told(understand(f"clips {listed} darker", MEASURED)) == (
        f"edit {','.join(map(str, sorted(numbers)))} brightness:down"
    )
    assert understand(f"clips {listed} and {more} darker", MEASURED).act is Act.ASK


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda each: each.id)
def test_the_instruction_of_a_template_means_exactly_its_operations(template: Template) -> None:
    plan = understand(template.instruction, replace(MEASURED, selected=(2,)))
    assert plan.act is Act.EDIT
    assert [edit.ops for edit in plan.edits] == [template.ops]
    assert plan.template_id == template.id


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda each: each.id)
@pytest.mark.parametrize("refusal", ["don't {}", "do not {} please", "never {}"])
def test_a_refused_template_is_never_applied(template: Template, refusal: str) -> None:
    context = replace(MEASURED, selected=(2,))
    plan = understand(refusal.format(template.instruction), context)
    ops = [op for edit in plan.edits for op in edit.ops]
    assert not set(ops).intersection(template.ops)


@pytest.mark.parametrize(
    "pattern",
    ["contrast ", "1, 2, ", "7 ", "darker and clip 3 ", "where she sings ", "all but ", "no rain "],
)
def test_work_grows_about_as_the_text_does(pattern: str) -> None:
    def calls(characters: int) -> int:
        text = (pattern * characters)[:characters]
        profile = cProfile.Profile()
        profile.runcall(understand, text, MEASURED)
        return sum(entry.callcount for entry in profile.getstats())

    assert calls(2000) < 8 * calls(500)  # 4 is linear, 16 quadratic


def test_planning_loads_neither_the_page_nor_the_workflows() -> None:
    """`python -m clipbot plan` answers at once, on a machine without either."""
    program = (
        "import sys, clipbot.cli.planning, clipbot.understanding;"
        "print({'gradio', 'dbos', 'sqlalchemy'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
