"""The first and the last picture of footage."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from clipbot.errors import FootageRejected
from clipbot.media import ends
from clipbot.media.pictures import Pixels, opened, rgb
from tests import media

MOST_APART = 6.0
"""Of a mean over all pixels, 0..255: what JPEG loses."""


def pictures(path: Path) -> list[Pixels]:
    with opened(path) as (container, stream):
        return [rgb(frame) for frame in container.decode(stream)]


def apart(jpeg: bytes, picture: Pixels) -> float:
    shown = np.asarray(Image.open(io.BytesIO(jpeg)), dtype=np.int16)
    return float(np.abs(shown - picture.astype(np.int16)).mean())


@pytest.mark.parametrize("options", [("-g", "16"), ("-g", "250", "-bf", "3")])
def test_the_ends_are_the_very_first_and_the_very_last_frame(options: tuple[str, ...]) -> None:
    clip = media.clip(frames=40, options=options)
    shown = pictures(clip)

    first, last = ends.first_frame(clip), ends.last_frame(clip)

    assert len(shown) == 40
    assert min(range(40), key=lambda at: apart(first, shown[at])) == 0
    assert min(range(40), key=lambda at: apart(last, shown[at])) == 39
    assert apart(first, shown[0]) < MOST_APART
    assert apart(last, shown[-1]) < MOST_APART


@pytest.mark.parametrize("end", [ends.first_frame, ends.last_frame])
def test_what_is_no_footage_has_no_ends(tmp_path: Path, end: object) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no footage")
    assert callable(end)
    with pytest.raises(FootageRejected):
        end(broken)
