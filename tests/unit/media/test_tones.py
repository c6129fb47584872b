"""The colours and the liveliness of footage, measured."""

from pathlib import Path

import numpy as np
import pytest

from clipbot.domain.palettes import Tones
from clipbot.errors import FootageRejected
from clipbot.media.looks.oklab import from_oklab, to_oklab
from clipbot.media.tones import tones
from tests import media

RED, BLUE = (0.628, 0.225, 0.126), (0.452, -0.032, -0.312)
"""Pure red and blue in Oklab, as Ottosson (2020) and CSS Color 4 give them."""


def footage(folder: Path, *parts: str, seconds: float = 3.0) -> Path:
    """Return footage that shows these sources of ffmpeg one after another."""
    path = folder / "footage.mp4"
    inputs = [word for part in parts for word in ("-f", "lavfi", "-i", f"{part}:d={seconds}")]
    joined = "".join(f"[{at}:v]format=yuv444p[v{at}];" for at in range(len(parts)))
    labels = "".join(f"[v{at}]" for at in range(len(parts)))
    media.make(
        *inputs,
        *("-filter_complex", f"{joined}{labels}concat=n={len(parts)}[out]", "-map", "[out]"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-crf", "10", "-pix_fmt", "yuv420p"),
        *("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", str(path)),
    )
    return path


def color(name: str) -> str:
    return f"color=c={name}:s=64x36:r=24"


def test_oklab_is_what_its_author_says_and_leads_back() -> None:
    colours = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [1.0, 1.0, 1.0], [0.02, 0.02, 0.02]])
    lab = to_oklab(colours)
    assert lab[0] == pytest.approx(RED, abs=1e-3)
    assert lab[1] == pytest.approx(BLUE, abs=1e-3)
    assert lab[2] == pytest.approx((1.0, 0.0, 0.0), abs=1e-4)
    assert from_oklab(lab) == pytest.approx(colours, abs=1e-6)


def test_the_ends_are_measured_apart_from_the_whole(tmp_path: Path) -> None:
    seen = tones(footage(tmp_path, color("black"), color("white")))
    assert seen.head.mean[0] == pytest.approx(0.0, abs=0.06)
    assert seen.tail.mean[0] == pytest.approx(1.0, abs=0.02)
    assert 0.3 < seen.whole.mean[0] < 0.7
    assert seen.whole.spread[0] > 0.4
    assert seen.whole.richness == pytest.approx(0.0, abs=0.01)


def test_still_footage_has_no_motion_and_moving_footage_has_some(tmp_path: Path) -> None:
    assert tones(footage(tmp_path, color("gray"))).motion == pytest.approx(0.0, abs=0.001)
    assert tones(media.clip(size=(160, 90))).motion > 0.01


@pytest.mark.parametrize("frames", [1, 2, 5])
def test_footage_of_a_few_pictures_is_measured(frames: int) -> None:
    seen = tones(media.clip(frames=frames, size=(64, 36)))
    assert seen.head.mean[0] == pytest.approx(seen.tail.mean[0], abs=0.05)
    assert seen.motion >= 0


def test_the_same_footage_gives_the_same_numbers() -> None:
    path = media.clip(hue=90, size=(64, 36))
    assert tones(path) == tones(path)
    assert isinstance(tones(path), Tones)


def test_what_is_no_footage_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "words.mp4"
    path.write_text("no film", encoding="utf-8")
    with pytest.raises(FootageRejected):
        tones(path)
