"""Footage for the archive: the same frames at their times, in fewer bytes."""

from fractions import Fraction
from pathlib import Path

import pytest

from clipbot.errors import EditCancelled
from clipbot.media.archive import SHORT_SIDE_PX, write_archive
from clipbot.media.measure import measure
from clipbot.media.probe import probe, verify
from tests import media


@pytest.mark.parametrize(
    ("size", "archived"),
    [((64, 36), (64, 36)), ((1280, 720), (854, 480)), ((720, 1280), (480, 854))],
)
def test_large_pictures_become_smaller_and_small_ones_stay(
    size: tuple[int, int], archived: tuple[int, int], tmp_path: Path
) -> None:
    source = media.clip(40, frames=5, size=size, options=("-crf", "4"))

    write_archive(source, tmp_path / "archive.mp4")

    found = verify(tmp_path / "archive.mp4")
    assert (found.width, found.height) == archived
    assert (found.frames, found.rate) == (5, Fraction(24))
    assert min(archived) <= SHORT_SIDE_PX
    assert (tmp_path / "archive.mp4").stat().st_size < source.stat().st_size * 0.8


@pytest.mark.parametrize("rate", [Fraction(30000, 1001), Fraction(25), Fraction(60)])
def test_every_frame_keeps_its_time(rate: Fraction, tmp_path: Path) -> None:
    source = media.clip(200, frames=20, rate=rate, size=(64, 36))

    write_archive(source, tmp_path / "archive.mp4")

    before, after = probe(source), probe(tmp_path / "archive.mp4")
    assert (after.frames, after.rate) == (before.frames, before.rate)


def test_untagged_colours_of_large_pictures_stay_as_they_are(tmp_path: Path) -> None:
    """Players take them for BT.709, and would take the smaller picture for BT.601."""
    source = media.clip(120, frames=4, size=(1280, 720))

    write_archive(source, tmp_path / "archive.mp4")

    before, after = measure(source), measure(tmp_path / "archive.mp4")
    assert after.luma == pytest.approx(before.luma, abs=0.01)
    assert after.saturation == pytest.approx(before.saturation, abs=0.02)


def test_it_stops_when_it_is_told_to(tmp_path: Path) -> None:
    with pytest.raises(EditCancelled):
        write_archive(media.clip(), tmp_path / "archive.mp4", cancelled=lambda: True)
