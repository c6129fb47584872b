"""Which bytes a request wants, line by line of RFC 9110."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipbot.api.ranges import (
    Answer,
    Changed,
    NotModified,
    Part,
    Unsatisfiable,
    Whole,
    answer,
    wanted_range,
)

SIZE = 1000
TAG = '"abc"'


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, Whole()),
        ("bytes=0-0", Part(0, 1)),
        ("bytes=0-499", Part(0, 500)),
        ("bytes=500-999", Part(500, 1000)),
        ("bytes=999-999", Part(999, 1000)),
        # An open end, and an end behind the file (14.1.2).
        ("bytes=0-", Part(0, 1000)),
        ("bytes=500-", Part(500, 1000)),
        ("bytes=500-99999", Part(500, 1000)),
        # The last bytes; more than there are means all of them.
        ("bytes=-1", Part(999, 1000)),
        ("bytes=-500", Part(500, 1000)),
        ("bytes=-1000", Part(0, 1000)),
        ("bytes=-99999", Part(0, 1000)),
        # No byte of the file is in the range.
        ("bytes=1000-", Unsatisfiable()),
        ("bytes=1000-1000", Unsatisfiable()),
        ("bytes=99999-100000", Unsatisfiable()),
        ("bytes=-0", Unsatisfiable()),
        # Units and lists are read generously (14.1, 5.6.1).
        ("BYTES=0-1", Part(0, 2)),
        ("bytes= 0-1 ", Part(0, 2)),
        ("bytes=,0-1,", Part(0, 2)),
        # Several ranges: all of it.
        ("bytes=0-1,5-6", Whole()),
        ("bytes=0-1,99999-", Whole()),
        # What cannot be read is no header.
        ("bytes=5-2", Whole()),
        ("bytes=a-b", Whole()),
        ("bytes=--1", Whole()),
        ("bytes=1", Whole()),
        ("bytes=-", Whole()),
        ("bytes=", Whole()),
        ("bytes", Whole()),
        ("bytes=0-1;", Whole()),
        ("bytes=+0-1", Whole()),
        ("bytes=0x0-1", Whole()),
        ("bytes=0 - 1", Whole()),
        ("bytes=\N{ARABIC-INDIC DIGIT ZERO}-1", Whole()),
        ("seconds=0-1", Whole()),
        ("bytes=" + "9" * 5000 + "-", Whole()),
        ("", Whole()),
    ],
)
def test_a_range_header_means(header: str | None, expected: Answer) -> None:
    assert wanted_range(header, SIZE) == expected


@pytest.mark.parametrize("header", ["bytes=0-", "bytes=0-0", "bytes=-5", "bytes=-0"])
def test_an_empty_file_has_no_ranges(header: str) -> None:
    assert wanted_range(header, 0) == Unsatisfiable()


@pytest.mark.parametrize(
    ("method", "headers", "expected"),
    [
        ("GET", {}, Whole()),
        ("GET", {"range": "bytes=0-1"}, Part(0, 2)),
        # Ranges mean nothing to other methods (14.2).
        ("HEAD", {"range": "bytes=0-1"}, Whole()),
        ("HEAD", {"range": "bytes=5000-"}, Whole()),
        # If-Range needs the very tag, strongly compared (13.1.5).
        ("GET", {"range": "bytes=0-1", "if-range": '"abc"'}, Part(0, 2)),
        ("GET", {"range": "bytes=0-1", "if-range": '"old"'}, Whole()),
        ("GET", {"range": "bytes=0-1", "if-range": 'W/"abc"'}, Whole()),
        ("GET", {"range": "bytes=0-1", "if-range": "Wed, 21 Oct 2026 07:28:00 GMT"}, Whole()),
        ("GET", {"range": "bytes=5000-", "if-range": '"old"'}, Whole()),
        # If-None-Match is compared weakly, and before ranges (13.1.2, 13.2.2).
        ("GET", {"if-none-match": '"abc"'}, NotModified()),
        ("GET", {"if-none-match": 'W/"abc"'}, NotModified()),
        ("GET", {"if-none-match": '"x", "abc"'}, NotModified()),
        ("GET", {"if-none-match": "*"}, NotModified()),
        ("GET", {"if-none-match": '"x"'}, Whole()),
        ("HEAD", {"if-none-match": '"abc"'}, NotModified()),
        ("GET", {"if-none-match": '"abc"', "range": "bytes=0-1"}, NotModified()),
        ("GET", {"if-none-match": '"x"', "range": "bytes=0-1"}, Part(0, 2)),
        # If-Match is compared strongly, and first (13.1.1).
        ("GET", {"if-match": '"abc"'}, Whole()),
        ("GET", {"if-match": "*"}, Whole()),
        ("GET", {"if-match": '"old"'}, Changed()),
        ("GET", {"if-match": 'W/"abc"'}, Changed()),
        ("GET", {"if-match": '"old"', "if-none-match": '"abc"'}, Changed()),
    ],
)
def test_conditions_are_asked_in_the_order_of_the_rfc(
    method: str, headers: dict[str, str], expected: Answer
) -> None:
    assert answer(method, headers, size=SIZE, etag=TAG) == expected


@given(st.text(alphabet="bytes=-,0123456789 \tx", max_size=30), st.integers(0, 50))
def test_whatever_is_sent_a_part_lies_within_the_file(header: str, size: int) -> None:
    found = wanted_range(header, size)
    if isinstance(found, Part):
        assert 0 <= found.start < found.stop <= size


@given(st.integers(1, 10**6), st.data())
def test_a_part_is_what_was_asked_for(size: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, size - 1))
    last = data.draw(st.integers(first, size - 1))
    assert wanted_range(f"bytes={first}-{last}", size) == Part(first, last + 1)
    assert wanted_range(f"bytes={first}-", size) == Part(first, size)
    assert wanted_range(f"bytes=-{size - first}", size) == Part(first, size)
