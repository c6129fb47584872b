"""The first and the last picture of footage, as a model is shown them."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from clipbot.errors import FootageRejected
from clipbot.media.pictures import Pixels, opened, rgb
from clipbot.media.stills import first_still, last_still
from tests import media

MOST_APART = 6.0
"""Of a mean over all pixels, 0..255: what JPEG loses."""


MOST_BYTES = 1_000_000


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

    first, last = (
        still(clip, most_bytes=MOST_BYTES, comment="") for still in (first_still, last_still)
    )

    assert len(shown) == 40
    assert min(range(40), key=lambda at: apart(first, shown[at])) == 0
    assert min(range(40), key=lambda at: apart(last, shown[at])) == 39
    assert apart(first, shown[0]) < MOST_APART
    assert apart(last, shown[-1]) < MOST_APART


@pytest.mark.parametrize("still", [first_still, last_still])
def test_what_is_no_footage_has_no_ends(tmp_path: Path, still: Callable[..., bytes]) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no footage")
    with pytest.raises(FootageRejected):
        still(broken, most_bytes=MOST_BYTES, comment="")
