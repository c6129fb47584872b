"""Which versions the pipeline's edits started from and made, where that can be told."""

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from clipbot.domain.pipeline_edits import KnownVersion, PipelineEdit, Sides, sides

BEGAN = datetime(2025, 11, 20, 10, tzinfo=UTC)


def at(minutes: float | None) -> datetime | None:
    return None if minutes is None else BEGAN + timedelta(minutes=minutes)


def edit(
    number: int,
    minutes: float | None,
    *,
    words: str = "rain",
    old: str = "a street",
    new: str = "a street, rain",
    status: str = "completed",
) -> PipelineEdit:
    return PipelineEdit(
        UUID(int=number),
        words,
        old,
        new,
        at(minutes),
        is_completed=status == "completed",
        is_failed=status == "failed",
    )


def version(
    number: int,
    minutes: float | None,
    *,
    words: str = "rain",
    prompt: str = "a street, rain",
    is_ours: bool = False,
) -> KnownVersion:
    return KnownVersion(number, words, prompt, at(minutes), is_by_pipeline=not is_ours)


ORIGINAL = version(1, 0, words="", prompt="a street")


def told(edits: list[PipelineEdit], *versions: KnownVersion) -> list[tuple[int | None, int | None]]:
    found = sides(edits, [ORIGINAL, *versions])
    return [(found[each.id].before, found[each.id].after) for each in edits]


def test_an_edit_made_the_version_of_its_words() -> None:
    other = version(3, 9, words="snow", prompt="a street, snow")
    assert told([edit(1, 5)], version(2, 3), other) == [(1, 2)]


def test_an_edit_that_failed_made_none_and_started_from_the_highest_then() -> None:
    assert told([edit(1, 5, status="failed")]) == [(1, None)]
    assert told([edit(1, 5, status="failed", old="a street, rain")], version(2, 3)) == [(2, None)]
    assert told([edit(1, 5, status="failed")], version(2, 9)) == [(1, None)]
    assert told([edit(1, 5, status="failed", new="rain")], version(2, 3)) == [(None, None)]
    assert told([edit(1, None, status="failed")], version(2, 3)) == [(None, None)]


def test_the_same_words_again_are_told_apart_by_what_came_first() -> None:
    """The nearer version is the wrong one here: a version comes before its edit is written."""
    edits = [edit(1, 10), edit(2, 13)]
    assert told(edits, version(2, 8), version(3, 10.5)) == [(1, 2), (2, 3)]


def test_where_two_could_be_meant_it_is_neither() -> None:
    assert told([edit(1, 9)], version(2, 3), version(3, 4)) == [(None, None)]
    assert told([edit(1, 9), edit(2, 9)], version(2, 3)) == [(None, None)] * 2
    assert told([edit(1, None), edit(2, 9)], version(2, 3)) == [(None, None)] * 2
    # The first edit's version is missing; the one there is came after it.
    assert told([edit(1, 3), edit(2, 9)], version(2, 5)) == [(None, None), (1, 2)]


def test_times_that_contradict_tell_nothing_and_none_at_all_leave_it_to_the_words() -> None:
    assert told([edit(1, 3)], version(2, 5)) == [(None, None)]
    assert told([edit(1, None)], version(2, 5)) == [(1, 2)]
    assert told([edit(1, 3)], version(2, None)) == [(1, 2)]


def test_versions_of_ours_and_the_original_are_never_its_own() -> None:
    assert told([edit(1, 5)], version(2, 3, is_ours=True)) == [(None, None)]
    same = edit(1, 5, words="", new="a street")
    assert told([same]) == [(None, None)]


def test_other_words_or_none_are_no_match() -> None:
    assert told([edit(1, 5, words="Rain")], version(2, 3)) == [(None, None)]
    assert told([edit(1, 5, new="a street, rain ")], version(2, 3)) == [(None, None)]
    assert told([edit(1, 5, new="", words="")], version(2, 3, words="", prompt="")) == [
        (None, None)
    ]
    assert told([edit(1, 5, status="odd")], version(2, 3)) == [(None, None)]


def test_an_edit_that_went_on_from_a_version_started_from_that() -> None:
    more = edit(2, 9, words="snow", new="a street, rain\n\nRevisions: snow")
    later = version(3, 8, words="snow", prompt=more.prompt)
    assert told([more], version(2, 3), later) == [(2, 3)]


def test_prompts_that_are_not_of_the_version_before_leave_it_open() -> None:
    assert told([edit(1, 5, old="a river", new="a river, rain")], ORIGINAL) == [(None, None)]
    other = edit(1, 5, new="rain on a river")
    assert told([other], version(2, 1, prompt="night"), version(3, 3, prompt=other.prompt)) == [
        (None, 3)
    ]
    ours = version(2, 1, is_ours=True, words="night", prompt="a street at night")
    assert told([edit(1, 5, old="a street at night")], ours, version(3, 3)) == [(2, 3)]


@given(
    st.lists(
        st.tuples(st.sampled_from(["rain", "snow"]), st.booleans(), st.booleans()), max_size=8
    ),
    st.randoms(use_true_random=False),
)
def test_what_really_happened_is_told_or_nothing_is(
    happened: list[tuple[str, bool, bool]], random: Random
) -> None:
    """Each edit made a version, then was written down; of either some are lost."""
    edits, versions, truth = [], [ORIGINAL], {}
    for number, (words, has_version, has_row) in enumerate(happened):
        prompt = f"a street, {words}"
        if has_version:
            versions.append(version(number + 2, 10 * number, words=words, prompt=prompt))
        if has_row:
            edits.append(edit(number, 10 * number + 5, words=words, new=prompt))
            truth[UUID(int=number)] = number + 2 if has_version else None
    random.shuffle(edits)
    found = sides(edits, versions)
    assert set(found) == set(truth)
    made = [each.after for each in found.values() if each.after]
    assert len(made) == len(set(made))
    if all(has_row for *_, has_row in happened):
        assert {id_: each.after for id_, each in found.items()} == truth


def test_every_edit_has_a_place_in_the_answer() -> None:
    assert sides([], []) == {}
    assert sides([edit(1, 5)], []) == {UUID(int=1): Sides(None, None)}
