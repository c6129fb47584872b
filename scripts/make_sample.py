"""Make the sample project in `assets/sample`: its song, its eight clips and their rows.

    python scripts/make_sample.py [--only song|clips|rows] [--clip N] [--out FOLDER]

Needs numpy, opencv-python-headless and imageio-ffmpeg. Everything is computed from fixed seeds,
so the same versions of these make the same sample; the rows read the real lengths of the clips,
which must exist by then.
"""

import argparse
import logging
from pathlib import Path
from typing import Final

from sample import film, rows, song

FOLDER: Final = Path(__file__).resolve().parent.parent / "assets" / "sample"
log = logging.getLogger("make_sample")


def main() -> None:
    """Make what the command line asks for; everything, if it asks for nothing."""
    parser = argparse.ArgumentParser(description="Make the sample project.")
    parser.add_argument("--only", choices=("song", "clips", "rows"), help="make one kind of thing")
    parser.add_argument(
        "--clip", type=int, choices=range(len(film.SCENES)), help="make one clip, counted from 0"
    )
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder to write to")
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    asked.out.mkdir(parents=True, exist_ok=True)
    wanted = asked.only or ("clips" if asked.clip is not None else None)
    if wanted in {None, "song"}:
        song.write(asked.out / "song.mp3")
        log.info("song made")
    if wanted in {None, "clips"}:
        for index in range(len(film.SCENES)) if asked.clip is None else (asked.clip,):
            film.write(index, asked.out)
            log.info("clip %d made", index)
    if wanted in {None, "rows"}:
        rows.write(asked.out)
        log.info("rows made")


if __name__ == "__main__":
    main()
