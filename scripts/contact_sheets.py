"""Contact sheets of all looks: `python -m scripts.contact_sheets FOLDER [LOOK ...]`.

Numbers say which way a look goes, not whether it is any good: that takes eyes. Each sheet
shows some looks in three strengths on four pictures that have little in common: a
portrait, a drink in warm light, fur, and a rocket under a blue evening sky. The pictures
are photographs inside scikit-image, which requirements-dev.txt names.
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from clipbot.media import looked
from clipbot.media.looks import AMOUNTS, LOOKS, Looks
from tests.photographs import NAMES, Pixels, photograph

SIZE = (300, 200)
ROWS_PER_SHEET = 12
"""More do not fit on a screen without being shrunk."""
STRIP = 16


def main() -> None:
    """Write the sheets and say where they are."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("looks", nargs="*", default=list(LOOKS), metavar="LOOK")
    asked.add_argument(
        "--medium", action="store_true", help="show one strength, and more looks on a sheet"
    )
    wanted = asked.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    names = [name for name in LOOKS if name in wanted.looks]
    each = ROWS_PER_SHEET if wanted.medium else ROWS_PER_SHEET // len(AMOUNTS)
    for number in range(0, len(names), each):
        path = wanted.folder / f"looks-{number // each + 1}.png"
        sheet(names[number : number + each], medium_only=wanted.medium).save(path)
        print(path)


def sheet(names: Sequence[str], *, medium_only: bool) -> Image.Image:
    """Return a sheet: a row per look, the untouched pictures on top."""
    pictures = [photograph(name, *SIZE) for name in NAMES]
    rows = [row("as it was", pictures)]
    strengths = list(AMOUNTS)[1:2] if medium_only else list(AMOUNTS)
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            for strength in strengths:
                looks: Looks = [(name, strength)]
                graded = [looked.still(each, looks, cache=Path(folder)) for each in pictures]
                rows.append(row(f"{name} {strength}", graded))
    return Image.fromarray(np.concatenate(rows))


def row(title: str, pictures: Sequence[Pixels]) -> Pixels:
    """Return pictures side by side under a title."""
    whole = np.concatenate(list(pictures), axis=1)
    strip = Image.new("RGB", (whole.shape[1], STRIP), "black")
    ImageDraw.Draw(strip).text((4, 2), title, fill="white")
    return np.concatenate([np.asarray(strip, np.uint8), whole])


if __name__ == "__main__":
    main()
