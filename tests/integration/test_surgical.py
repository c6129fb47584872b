"""One clip of the sample is edited from the command line; everything else stays as it was."""

import json
from pathlib import Path

import av
import numpy as np
import pytest

from tests import sample
from tests.sample import clipbot, frame_digests, sound_digest

FULL_KIB = 5000
"""Room for the databases and their journals, not for a rendered clip."""


@pytest.fixture(name="home", scope="module")
def fixture_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample.copy(tmp_path_factory.mktemp("surgical") / "home")


@pytest.fixture(name="films", scope="module")
def fixture_films(home: Path) -> dict[str, Path]:
    """Return the film before the edit, after it, from an empty cache, and after undo."""
    films = {name: home / f"{name}.mp4" for name in ("before", "after", "scratch", "undone")}
    export(home, films["before"])
    edited = clipbot(home, "edit", "sample", "make it nighttime", "--clips", "2", "--yes")
    assert edited.status == 0, edited.log
    (home / "edit.json").write_text(json.dumps(edited.document))
    export(home, films["after"])
    segments = home / "cache" / "segments"
    kept = segments.rename(home / "cache" / "kept")
    export(home, films["scratch"])
    for file in segments.iterdir():
        file.unlink()
    segments.rmdir()
    kept.rename(segments)
    names = {file.name for file in segments.iterdir()}
    assert clipbot(home, "undo", "sample").status == 0
    export(home, films["undone"])
    assert {file.name for file in segments.iterdir()} == names, "undo encoded something"
    return films


def export(home: Path, file: Path) -> None:
    done = clipbot(home, "export", "sample", str(file))
    assert done.status == 0, done.log


def slot_of_clip_2(home: Path) -> tuple[int, int, int]:
    """Return first and last frame that the edit may touch, and the film's length."""
    clips = clipbot(home, "clips", "sample").document["clips"]
    frames = [round(clip["timestamp_start"] * 24) for clip in clips]
    frames.append(round(clips[-1]["timestamp_end"] * 24))
    return frames[1], frames[2], frames[-1]


@pytest.mark.usefixtures("films")
def test_the_answer_names_the_new_current_version(home: Path) -> None:
    document = json.loads((home / "edit.json").read_text())
    (regeneration,) = document["regenerations"]
    assert regeneration["clip_index"] == 1
    assert regeneration["version_number"] == 2
    assert regeneration["status"] == "completed"
    assert float(regeneration["cost"]) == 0
    assert set(regeneration["timings"]) == {
        "language_s",
        "render_s",
        "verify_s",
        "encode_s",
        "compose_s",
        "total_s",
    }


def test_nothing_outside_the_slot_and_its_transitions_changed(
    home: Path, films: dict[str, Path]
) -> None:
    start, stop, length = slot_of_clip_2(home)
    overlap = 12  # crossfade of half a second into clip 2; its other end is a cut
    before, after = frame_digests(films["before"]), frame_digests(films["after"])
    assert len(before) == len(after) == length

    changed = [i for i, pair in enumerate(zip(before, after, strict=True)) if len(set(pair)) > 1]

    assert start <= changed[0] <= start + overlap
    assert changed[-1] < stop
    assert changed[-1] - changed[0] == len(changed) - 1
    assert len(changed) >= stop - start - overlap


def test_inside_the_slot_it_is_darker_and_bluer(home: Path, films: dict[str, Path]) -> None:
    start, stop, _ = slot_of_clip_2(home)
    middle = (start + stop) // 2

    (red, green, blue), (red_, green_, blue_) = (
        picture(films[name], middle).reshape(-1, 3).mean(axis=0) for name in ("before", "after")
    )

    assert 0.2126 * red_ + 0.7152 * green_ + 0.0722 * blue_ < 0.8 * (
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    )
    assert blue_ / red_ > blue / red


def picture(film: Path, frame: int) -> np.ndarray:
    with av.open(str(film)) as container:
        for index, decoded in enumerate(container.decode(video=0)):
            if index == frame:
                return decoded.to_ndarray(format="rgb24").astype(float)
    raise AssertionError(frame)


def test_the_song_is_untouched(films: dict[str, Path]) -> None:
    assert sound_digest(films["before"]) == sound_digest(films["after"])


def test_the_film_is_byte_identical_to_one_from_an_empty_cache(films: dict[str, Path]) -> None:
    assert films["after"].read_bytes() == films["scratch"].read_bytes()


def test_undo_gives_the_earlier_bytes_back_without_encoding(films: dict[str, Path]) -> None:
    assert films["undone"].read_bytes() == films["before"].read_bytes()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("edit", "beef0000", "make it darker", "--clips", "1", "--yes"), "job_not_found"),
        (("edit", "sample", "make clip 99 darker", "--yes"), "needs_answer"),
        (("edit", "sample", "make it darker", "--clips", "99", "--yes"), "clip_unknown"),
        (("edit", "sample", "  ", "--clips", "1", "--yes"), "empty_instruction"),
        (("edit", "sample", "x" * 10_000, "--clips", "1", "--yes"), "instruction_too_long"),
        (("edit", "sample", "change her hair to red", "--clips", "1", "--yes"), "unsupported"),
        (("redo", "beef0000"), "job_not_found"),
    ],
)
def test_bad_input_gets_one_sentence_and_changes_nothing(
    home: Path, films: dict[str, Path], arguments: tuple[str, ...], code: str
) -> None:
    answer = clipbot(home, *arguments)

    assert answer.status == 1
    error = answer.document["error"]
    assert error["code"] == code
    assert error["detail"].strip().endswith((".", "?"))
    assert "\n" not in error["detail"]
    assert "Traceback" not in answer.log
    export(home, home / "still.mp4")
    assert (home / "still.mp4").read_bytes() == films["undone"].read_bytes()


def test_a_full_disk_gets_one_sentence_and_changes_nothing(
    home: Path, films: dict[str, Path]
) -> None:
    command = ("edit", "sample", "make it snow", "--clips", "2", "--yes")

    answer = clipbot(home, *command, most_kib=FULL_KIB)

    assert answer.status == 1, answer.log
    assert answer.document["error"]["code"] == "storage_full"
    assert "Traceback" not in answer.log
    clip = clipbot(home, "clips", "sample").document["clips"][1]
    assert (clip["current_version"], clip["version_count"]) == (1, 2)
    export(home, home / "still.mp4")
    assert (home / "still.mp4").read_bytes() == films["undone"].read_bytes()
