"""What an edit did to a prompt, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from clipbot.domain.reviews import Run, runs

WORDS = st.lists(
    st.sampled_from(["a", "sunny", "street,", "at", "night.", "नमस्ते", "🌃"]), max_size=12
)


def spelled(*found: Run) -> str:
    return "".join(f"[{run.kind}:{run.text}]" for run in found if run.kind != "same")


def test_words_that_went_and_came_stand_where_they_were() -> None:
    found = runs("A sunny street, slow pan.", "A street at night, slow pan.")
    assert spelled(*found) == "[out: sunny][in: at night]"
    assert found[0] == Run("same", "A")


def test_the_same_prompt_is_one_run_and_no_prompt_is_none() -> None:
    assert runs("A street.", "A street.") == (Run("same", "A street."),)
    assert runs("", "") == ()
    assert runs("", "new") == (Run("in", "new"),)
    assert runs("old", "") == (Run("out", "old"),)


def test_a_mark_at_the_end_of_a_word_is_not_a_part_of_it() -> None:
    assert spelled(*runs("slow pan", "slow pan, night")) == "[in:, night]"


def test_a_prompt_too_long_to_compare_is_shown_whole() -> None:
    old, new = "a " * 2_000, "b " * 2_000
    assert runs(old, new) == (Run("out", old), Run("in", new))
    assert runs(old, old) == (Run("same", old),)


@given(WORDS, WORDS)
def test_each_prompt_can_be_read_in_the_runs(old: list[str], new: list[str]) -> None:
    found = runs(" ".join(old), " ".join(new))
    shown = {
        kind: "".join(run.text for run in found if run.kind in {"same", kind}).split()
        for kind in ("out", "in")
    }
    assert "".join(shown["out"]) == "".join(old)
    assert "".join(shown["in"]) == "".join(new)
    assert all(run.text for run in found)
