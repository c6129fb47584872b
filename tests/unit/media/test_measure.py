"""Measures of clips whose colours are known."""

import colorsys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from clipbot.errors import FootageRejected
from clipbot.media.measure import measure
from tests import media, pictures


@pytest.mark.parametrize("colour", [(51, 102, 153), (200, 120, 60), (30, 30, 30), (255, 255, 255)])
def test_a_plain_colour_measures_as_the_contract_defines(colour: tuple[int, int, int]) -> None:
    red, green, blue = (channel / 255 for channel in colour)
    measures = measure(pictures.clip_of("#{:02x}{:02x}{:02x}".format(*colour)))

    assert measures.luma == pytest.approx(0.2126 * red + 0.7152 * green + 0.0722 * blue, abs=0.012)
    assert measures.saturation == pytest.approx(colorsys.rgb_to_hsv(red, green, blue)[1], abs=0.03)
    assert measures.warmth == pytest.approx(red - blue, abs=0.02)
    assert measures.motion == pytest.approx(0.0, abs=0.001)


def test_black_measures_as_nothing() -> None:
    measures = measure(pictures.clip_of("black"))
    assert max(measures.luma, measures.saturation, abs(measures.warmth), measures.motion) < 0.01


@pytest.mark.parametrize("interval", ["12", "250"], ids=["many key frames", "one key frame"])
def test_a_few_frames_stand_for_all_of_a_clip(interval: str) -> None:
    path = pictures.clip_of("photograph", frames=60, pan=3, options=("-g", interval, "-bf", "3"))
    frames = pictures.frames_of(path)
    grey = [frame.astype(float) @ [0.2126, 0.7152, 0.0722] / 255 for frame in frames]

    measures = measure(path, frames=15)

    assert measures.luma == pytest.approx(np.mean(grey), abs=0.01)
    assert measures.saturation == pytest.approx(
        np.mean([pictures.saturation(frame) for frame in frames]), abs=0.03
    )
    steps = [np.abs(b - a).mean() for a, b in pairwise(grey)]
    assert 0.4 * np.mean(steps) < measures.motion < 1.3 * np.mean(steps)


def test_what_moves_faster_has_more_motion() -> None:
    speeds = [measure(pictures.clip_of("photograph", frames=24, pan=pan)).motion for pan in (1, 5)]
    assert 0.001 < speeds[0] < speeds[1]


def test_a_clip_of_one_frame_has_no_motion() -> None:
    assert measure(pictures.clip_of("photograph", frames=1)).motion == 0.0


def test_a_file_that_is_no_video_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    with pytest.raises(FootageRejected):
        measure(path)
    path.write_text("no")
    with pytest.raises(FootageRejected):
        measure(path)
    with pytest.raises(FootageRejected):
        measure(media.song(suffix=".m4a"))
