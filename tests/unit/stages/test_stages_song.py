from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipbot.stages.boundaries import MIN_SECONDS, mended
from clipbot.stages.lyrics import LIMIT, lyrics_between
from clipbot.stages.models import Lyric
from tests.unit.stages.given import read, read_audio, sentences

AUDIO = "audio_parser"


def bounds(*spans: Any) -> list[Any]:
    return [
        {"start": span[0], "end": span[1], "duration": span[1] - span[0]}
        if isinstance(span, tuple)
        else span
        for span in spans
    ]


def found(**payload: Any) -> list[tuple[float, float]]:
    stages = read_audio(**payload)
    assert stages.audio is not None
    return [(one.start, one.end) for one in stages.audio.clip_boundaries]


def test_good_boundaries_are_taken_as_they_are() -> None:
    stored = [(0.0, 4.1), (4.1, 8.0), (8.5, 12.0)]

    assert found(duration=12, clip_boundaries=bounds(*stored)) == stored


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ([(0, 4), "junk", (8, 12)], [(0, 4), (4, 8), (8, 12)]),
        ([None, (4, 8)], [(0, 4), (4, 8)]),
        ([(0, 4), {}, None, (10, 12)], [(0, 4), (4, 7), (7, 10), (10, 12)]),
        ([(0, 4), (4, float("nan"))], [(0, 4), (4, 20)]),
        ([(0, 4), {"start": 4}, []], [(0, 4), (4, 12), (12, 20)]),
        ([(0, 4), (9, 9), (4, 8)], [(0, 4), (4, 6), (4, 8)]),
        ([(0, 4), (3, 3.5), (4, 8)], [(0, 4), (4, 6), (4, 8)]),
        ([(-4, 4), (4, 8)], [(0, 4), (4, 8)]),
        ([(0, 1e300), (4, 8)], [(0, 4), (4, 8)]),
        ([("0", "4.0"), ("4", "8")], [(0, 4), (4, 8)]),
    ],
)
def test_an_unusable_boundary_never_moves_the_clips_after_it(
    stored: list[Any], expected: list[tuple[float, float]]
) -> None:
    raw = [
        {"start": span[0], "end": span[1]} if isinstance(span, tuple) else span for span in stored
    ]

    assert found(duration=20, clip_boundaries=raw) == expected


def test_worked_out_boundaries_are_reported() -> None:
    stages = read_audio(duration=20, clip_boundaries=bounds((0, 4), "junk", (8, 12)))

    assert sentences(stages, AUDIO) == [
        "Where some clips begin and end was worked out from their neighbours."
    ]


def test_without_one_usable_boundary_there_are_none() -> None:
    assert found(duration=20, clip_boundaries=["junk", None]) == []
    assert found(duration=20, clip_boundaries="junk") == []
    assert found(duration=20) == []


def test_where_the_song_is_too_short_clips_get_their_usual_length() -> None:
    assert found(clip_boundaries=bounds((0, 4), "junk")) == [(0, 4), (4, 9)]
    assert found(duration=3, clip_boundaries=bounds((0, 4), "junk")) == [(0, 4), (4, 9)]


EDGE = st.floats(-10, 100) | st.sampled_from([float("nan"), 1e300, "7", None, "x"])
BROKEN: st.SearchStrategy[Any] = st.sampled_from([None, {}, "x", 3])
ENTRY = st.fixed_dictionaries({"start": EDGE, "end": EDGE}) | BROKEN


@given(st.lists(ENTRY, max_size=12), st.floats(0, 200))
def test_mended_boundaries_keep_their_places_and_rise(entries: list[Any], song: float) -> None:
    whole, worked_out = mended(entries, song)

    assert len(whole) in (0, len(entries))
    assert 0 <= worked_out <= len(entries)
    ends = [float(entry["end"]) for entry in whole]
    assert all(0 < left < right for left, right in pairwise(ends))
    for entry, raw in zip(whole, entries, strict=False):
        assert float(entry["end"]) > float(entry["start"]) >= 0
        if float(entry["end"]) - float(entry["start"]) < MIN_SECONDS / 2:
            assert entry is not raw


def test_the_length_of_the_song_is_worked_out_where_it_is_missing() -> None:
    stages = read_audio(clip_boundaries=bounds((0, 4), (4, 9)))

    assert stages.audio is not None
    assert stages.audio.duration == 9


@pytest.mark.parametrize("value", ["fast", None, -1, 0, 1e9, float("nan"), [], True])
def test_a_tempo_that_cannot_be_is_unknown(value: Any) -> None:
    stages = read_audio(duration=20, bpm=value)

    assert stages.audio is not None
    assert stages.audio.bpm is None


def test_beats_words_and_sections_that_cannot_be_read_are_left_out_and_counted() -> None:
    stages = read_audio(
        duration=20,
        beat_timestamps=[0.5, "1.0", None, "x", -1, float("nan")],
        lyrics=[{"text": "Quiet", "timestamp": 1}, {"text": "", "timestamp": 2}, "ropes"],
        song_structure=[
            {"type": "Verse", "start": 0, "end": 9, "energy": "HIGH"},
            {"type": "hook", "start": 9, "end": 20, "energy": "wild"},
            {"type": "outro", "start": None, "end": 20},
        ],
        mood="happy",
        beat_subdivisions=[1],
    )

    assert stages.audio is not None
    assert stages.audio.beat_timestamps == [0.5, 1.0]
    assert [word.text for word in stages.audio.lyrics] == ["Quiet"]
    assert [(one.type, one.energy) for one in stages.audio.song_structure] == [
        ("verse", "high"),
        ("hook", "medium"),
    ]
    assert stages.audio.mood is None
    assert stages.audio.beat_subdivisions == {"eighth_notes": [], "sixteenth_notes": []}
    assert sentences(stages, AUDIO) == [
        "4 of the beats could not be read and were left out.",
        "2 of the sung words could not be read and were left out.",
        "One of the sections could not be read and was left out.",
    ]


def words(*pairs: tuple[str, float]) -> list[Lyric]:
    return [Lyric(text=text, timestamp=at) for text, at in pairs]


def test_a_word_on_the_boundary_belongs_to_the_next_clip_unless_there_is_none() -> None:
    sung = words(("c", 12.0), ("a", 0.0), ("b", 11.99))

    assert lyrics_between(sung, 0, 12) == "a b"
    assert lyrics_between(sung, 12, 24) == "c"
    assert lyrics_between(sung, 0, 12, is_last=True) == "a b c"
    assert lyrics_between([], 0, 12) == ""


def test_the_lyrics_of_the_fixture_fall_to_their_clips() -> None:
    stages = read("complete")
    assert stages.audio is not None

    assert lyrics_between(stages.audio.lyrics, 0, 12) == "Quiet ropes are sleeping by the pier"


def test_long_lyrics_are_cut_at_a_word() -> None:
    exact = words(("a" * 74, 1), ("b" * 75, 2))
    longer = words(("a" * 74, 1), ("b" * 74, 2), ("c", 3), ("d", 4))
    one_word = words(("a" * 200, 1))

    assert len(lyrics_between(exact, 0, 9)) == LIMIT
    assert lyrics_between(longer, 0, 9) == "a" * 74 + " " + "b" * 74 + "..."
    assert lyrics_between(one_word, 0, 9) == "a" * 150 + "..."


@given(
    st.lists(st.tuples(st.text("ab", min_size=1, max_size=12), st.floats(0, 60)), max_size=60),
    st.floats(0, 60),
    st.floats(0, 60),
)
def test_lyrics_are_whole_words_within_the_limit(
    sung: list[tuple[str, float]], start: float, end: float
) -> None:
    line = lyrics_between(words(*sung), start, end, is_last=True)

    assert len(line) <= LIMIT + 3
    assert set(line.removesuffix("...").split()) <= {text for text, _ in sung}
