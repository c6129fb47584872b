"""Which version of a clip came from which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipbot.domain.lineage import lineage


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        ({1: None}, {1: None}),
        ({1: None, 2: 1, 3: 2, 4: 1}, {1: None, 2: 1, 3: 2, 4: 1}),
        # The pipeline writes nothing down: of two versions it is certain, of three it is not.
        ({1: None, 2: None}, {1: None, 2: 1}),
        ({1: None, 2: None, 3: None}, {1: None, 2: 1, 3: None}),
        ({1: None, 3: None}, {1: None, 3: 1}),
        # What cannot be is not believed, and nothing is put in its place.
        ({1: 2, 2: 3, 3: 2}, {1: None, 2: None, 3: 2}),
        ({1: None, 2: 2}, {1: None, 2: None}),
        ({1: None, 2: 1, 4: 3}, {1: None, 2: 1, 4: None}),
    ],
)
def test_an_origin_is_what_is_written_down_or_certain(
    stated: dict[int, int | None], found: dict[int, int | None]
) -> None:
    assert lineage(stated) == found


@given(
    st.dictionaries(st.integers(2, 40), st.none() | st.integers(-3, 45)).map(
        lambda drawn: {1: None, **drawn}
    )
)
def test_every_origin_is_an_older_version_that_there_is(stated: dict[int, int | None]) -> None:
    found = lineage(stated)
    assert list(found) == list(stated)
    for number, origin in found.items():
        assert origin is None or (origin in stated and origin < number)
