"""Small still pictures of footage."""

import io
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from clipbot.errors import FootageRejected
from clipbot.media.thumbnails import poster, thumbnail
from tests import media, pictures


def opened(still: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(still))
    assert image.format == "JPEG"
    return image


@pytest.mark.parametrize(
    ("size", "wanted"),
    [((640, 360), (320, 180)), ((360, 640), (101, 180)), ((320, 320), (180, 180))],
)
def test_a_thumbnail_fits_its_box_and_keeps_the_ratio(
    size: tuple[int, int], wanted: tuple[int, int]
) -> None:
    assert opened(thumbnail(media.clip(frames=3, size=size))).size == wanted


def test_a_small_clip_is_not_enlarged() -> None:
    assert opened(thumbnail(media.clip(frames=3, size=(160, 90)))).size == (160, 90)


def test_a_black_beginning_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "fade.mp4"
    scene = str(pictures.clip_of("photograph", frames=12))
    delayed = "tpad=start=20:start_mode=add:color=black,format=yuv420p"
    media.make("-i", scene, "-vf", delayed, "-c:v", "libx264", "-bf", "0", str(path))

    assert pictures.luma(poster(path)) > 60
    assert np.asarray(opened(thumbnail(path))).mean() > 60


def test_a_clip_that_stays_black_shows_its_brightest_beginning(tmp_path: Path) -> None:
    path = tmp_path / "black.mp4"
    rising = "color=black:s=160x90:r=24,format=yuv420p,geq=lum='16+N/12':cb=128:cr=128"
    media.make("-f", "lavfi", "-i", rising, "-frames:v", "80", "-c:v", "libx264", str(path))

    shown = poster(path)

    assert shown.shape == (90, 160, 3)
    assert pictures.luma(shown) == pytest.approx(255 / 219 * 4, abs=1.6)


def test_a_poster_is_the_first_frame_in_full_size_and_in_its_own_colours() -> None:
    shown = poster(pictures.clip_of("photograph"))
    assert shown.shape == (180, 320, 3)
    assert np.abs(shown.astype(float) - pictures.photograph()).mean() < 4.0


def test_a_clip_on_its_side_is_turned(tmp_path: Path) -> None:
    path = tmp_path / "turned.mp4"
    plain = str(media.clip(frames=3, rate=Fraction(24), size=(160, 90)))
    media.make("-display_rotation", "90", "-i", plain, "-c", "copy", str(path))
    turned = np.rot90(poster(media.clip(frames=3, rate=Fraction(24), size=(160, 90))))

    assert poster(path).shape == (160, 90, 3)
    assert np.abs(poster(path).astype(float) - turned).mean() < 2.0


def test_a_file_that_is_no_video_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(b"nothing")
    with pytest.raises(FootageRejected):
        thumbnail(path)
