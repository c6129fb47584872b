"""How two clips differ whose difference is known."""

from pathlib import Path

import numpy as np
import pytest

from clipbot.domain.comparing import told
from clipbot.errors import FootageRejected
from clipbot.media.compared import MOST_MOMENTS, compared, moments
from tests import media, pictures


def drawn(name: str, *, box: str = "", size: str = "320x180", frames: int = 24) -> Path:
    """Return a clip of one colour, with a white box where `box` (x:y:w:h) says."""
    path = media.folder() / f"drawn-{name}-{box.replace(':', '-')}-{size}-{frames}.mp4"
    filters = ["format=rgb24"]
    if box:
        x, y, width, height = box.split(":")
        filters.append(f"drawbox=x={x}:y={y}:w={width}:h={height}:color=white:t=fill")
    media.make(
        *("-f", "lavfi", "-i", f"color={name}:s={size}:r=24", "-frames:v", str(frames)),
        *("-vf", ",".join([*filters, "format=yuv420p"])),
        *("-c:v", "libx264", "-preset", "ultrafast", "-crf", "8", "-bf", "2", str(path)),
    )
    return path


def test_a_clip_does_not_differ_from_itself() -> None:
    path = pictures.clip_of("photograph", frames=24, pan=3)
    found = compared(path, path)
    assert (found.overall, found.luma, found.changed, found.similarity) == (0.0, 0.0, 0.0, 1.0)
    assert (found.columns, len(found.cells)) == (16, 16 * 9)
    assert [moment.seconds for moment in found.moments] == [0.0, 0.25, 0.5, 0.75]


def test_another_encoding_of_the_same_pictures_looks_the_same() -> None:
    once = pictures.clip_of("photograph", frames=24, pan=3)
    again = media.folder() / "photograph-again.mp4"
    media.make(
        *("-i", str(once), "-c:v", "libx264", "-preset", "ultrafast", "-crf", "23"),
        *("-colorspace", "bt709", str(again)),
    )
    found = compared(once, again)
    assert told(found) == "The two look the same."
    assert found.similarity > 0.95


def test_how_much_colours_differ_is_a_share_of_all_there_is() -> None:
    found = compared(pictures.clip_of("#336699"), pictures.clip_of("#663399"))
    assert found.overall == pytest.approx((0x33 / 255 + 0x33 / 255) / 3, abs=0.012)
    assert found.changed == 1.0
    assert compared(pictures.clip_of("black"), pictures.clip_of("white")).overall > 0.97


def test_a_change_in_a_corner_is_found_there() -> None:
    found = compared(drawn("gray"), drawn("gray", box="0:0:80:60"))
    assert found.changed == pytest.approx((80 * 60) / (320 * 180), abs=0.02)
    grid = np.array(found.cells).reshape(9, 16)
    assert grid[:3, :4].min() > 0.4
    assert grid[4:, :].max() < 0.01
    assert grid[:, 5:].max() < 0.01
    assert told(found) == "8 % of the picture changed; most of the change is at the top left."


def test_pictures_are_compared_at_the_same_time_whatever_their_rates() -> None:
    slow = pictures.clip_of("photograph", frames=24, rate=12, pan=2)
    fast = media.folder() / "photograph-fast.mp4"
    media.make(
        *("-i", str(slow), "-r", "48", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "8"),
        *("-colorspace", "bt709", str(fast)),
    )
    assert compared(slow, fast).similarity > 0.97


def test_the_shorter_clip_says_how_far_they_are_compared() -> None:
    long, short = drawn("gray", frames=48), drawn("gray", frames=12)
    assert [moment.seconds for moment in compared(long, short).moments] == [0.0, 0.25]
    assert compared(short, long).overall < 0.004


def test_a_clip_of_another_shape_is_compared_as_a_film_would_show_it() -> None:
    wide, tall = drawn("gray"), drawn("gray", size="180x320")
    grid = np.array(compared(wide, tall).cells).reshape(9, 16)
    assert grid[:, :4].min() > 0.4, "bars at the sides"
    assert grid[:, 7:9].max() < 0.01
    upright = compared(tall, wide)
    assert upright.columns == 9
    assert np.array(upright.cells).reshape(16, 9)[:4].min() > 0.4, "bars above"


def test_a_picture_of_nearly_the_same_shape_fills_it() -> None:
    assert compared(drawn("gray"), drawn("gray", size="316x180")).overall < 0.004


def test_there_are_never_too_many_moments_and_all_lie_on_one_raster() -> None:
    assert moments(0.0) == [0.0]
    assert moments(2.0) == [0.25 * number for number in range(9)]
    for last in (5.7, 8.04, 61.3, 600.0):
        found = moments(last)
        assert MOST_MOMENTS / 2 - 1 <= len(found) <= MOST_MOMENTS
        assert found[-1] <= last
        assert all(time % 0.25 == 0 for time in found)


def test_a_file_that_is_no_video_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    path.write_text("no")
    with pytest.raises(FootageRejected):
        compared(pictures.clip_of("gray"), path)
