"""What was asked and done, in a few words."""

from hypothesis import given
from hypothesis import strategies as st

from clipbot.services.summary import MOST_CHARACTERS, Said, summary

SAID = st.builds(Said, st.text(max_size=300), st.sampled_from(["done", "not confirmed"]))


def test_what_was_said_is_quoted_with_what_came_of_it() -> None:
    said = [Said("make it  nighttime", "done"), Said("a bit more", "not confirmed")]
    assert summary(said) == "“make it nighttime” (done); “a bit more” (not confirmed)"
    assert summary([]) == ""


def test_long_wishes_are_shortened() -> None:
    assert summary([Said("word " * 100, "done")]).endswith("word…” (done)")


def test_the_oldest_is_left_out_first() -> None:
    said = [Said(f"wish {number} " + "x" * 70, "done") for number in range(10)]
    text = summary(said)
    assert text.startswith("…; “wish 4")
    assert "wish 9" in text


@given(st.lists(SAID, max_size=40))
def test_a_summary_never_grows_too_long(said: list[Said]) -> None:
    assert len(summary(said)) <= MOST_CHARACTERS
    assert summary(said) == summary(tuple(said))
