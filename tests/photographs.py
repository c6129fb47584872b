"""Photographs of real things, from inside the package scikit-image.

Drawn pictures show whether a filter does what it is told; only photographs show whether it
is bearable. The files are in the package's wheel: nothing is fetched. scikit-image itself
is not imported for them, which would take a second.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

Pixels = npt.NDArray[np.uint8]

NAMES = {
    "astronaut": "astronaut.png",
    "coffee": "coffee.png",
    "cat": "chelsea.png",
    "rocket": "rocket.jpg",
}
"""A portrait, a drink in warm light, fur, and a rocket under a blue evening sky."""
FACE = np.s_[0.30:0.55, 0.38:0.48]
"""Where cheeks, nose and chin of the astronaut are, as shares of `photograph`'s sides."""


@cache
def photograph(name: str, width: int = 300, height: int = 200) -> Pixels:
    """Return the middle of a photograph, of the astronaut the upper half, in a size."""
    found = find_spec("skimage")
    assert found is not None
    assert found.origin is not None
    image = Image.open(Path(found.origin).parent / "data" / NAMES[name]).convert("RGB")
    if name == "astronaut":
        image = image.crop((20, 0, 500, 320))
    wide = min(image.width, image.height * width // height)
    high = wide * height // width
    left, top = (image.width - wide) // 2, (image.height - high) // 2
    cut = image.crop((left, top, left + wide, top + high))
    return np.asarray(cut.resize((width, height), Image.Resampling.LANCZOS), np.uint8)


def face() -> Pixels:
    """Return the astronaut's face."""
    whole = photograph("astronaut")
    rows, columns = (
        slice(round(side.start * size), round(side.stop * size))
        for side, size in zip(FACE, whole.shape[:2], strict=True)
    )
    return whole[rows, columns]
