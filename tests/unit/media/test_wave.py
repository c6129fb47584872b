"""How loud a song is, measured on sounds whose loudness is known."""

from pathlib import Path

import pytest

from clipbot.errors import EncodingFailed
from clipbot.media.wave import LOUDEST, levels
from tests import media


def sound(folder: Path, expression: str, seconds: float, suffix: str = ".wav") -> Path:
    path = folder / f"sound{suffix}"
    source = f"aevalsrc={expression}:s=44100:d={seconds}"
    media.make("-f", "lavfi", "-i", source, str(path))
    return path


def test_loud_and_quiet_tenths_stand_in_their_ratio(tmp_path: Path) -> None:
    # A second of silence, one of half the amplitude, one of the whole.
    song = sound(tmp_path, "0.3*floor(t)*sin(440*2*PI*t)", 3.0)

    found = levels(song, tmp_path / "part")

    assert len(found) == 30
    assert set(found[:10]) == {0}
    assert set(found[11:19]) <= {126, 127, 128, 129}
    assert max(found) == LOUDEST
    assert set(found[21:29]) <= {253, 254, LOUDEST}
    assert not (tmp_path / "part").exists()


@pytest.mark.parametrize("suffix", [".mp3", ".m4a", ".flac", ".ogg"])
def test_songs_of_every_kind_are_heard(tmp_path: Path, suffix: str) -> None:
    found = levels(sound(tmp_path, "0.5*sin(220*2*PI*t)", 2.05, suffix), tmp_path / "part")
    assert len(found) in {21, 22}
    assert min(found[2:19]) > 200


def test_silence_has_no_loudest_moment(tmp_path: Path) -> None:
    assert set(levels(sound(tmp_path, "0", 1.0), tmp_path / "part")) == {0}


def test_what_is_no_song_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    fake = tmp_path / "song.mp3"
    fake.write_text("not a song")
    with pytest.raises(EncodingFailed):
        levels(fake, tmp_path / "part")
    assert list(tmp_path.iterdir()) == [fake]
