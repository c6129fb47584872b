"""The song: encoded once, any stretch of it exact to the sample."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clipbot.errors import EditCancelled, EncodingFailed, StorageFull
from clipbot.media import audio
from clipbot.media.files import digest
from clipbot.media.mp4 import Track, load_track
from clipbot.media.pieces import Pieces
from tests import media


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Track:
    pieces = Pieces(tmp_path_factory.mktemp("songs"))
    song = media.song(3.0)
    return load_track(kept(pieces, audio.ensure(song, digest(song), pieces)), "soun")


def kept(pieces: Pieces, key: str) -> Path:
    return pieces.path(audio.name_of(key))


def test_a_song_is_encoded_once(tmp_path: Path) -> None:
    song = media.song(1.0)
    key = audio.ensure(song, digest(song), Pieces(tmp_path))
    made = kept(Pieces(tmp_path), key).stat().st_mtime_ns
    assert audio.ensure(song, digest(song), Pieces(tmp_path)) == key
    assert kept(Pieces(tmp_path), key).stat().st_mtime_ns == made


def test_another_song_has_another_key() -> None:
    assert audio.key_of("one") != audio.key_of("two")
    assert audio.key_of("one") == audio.key_of("one")


def test_the_encoding_has_every_sample(whole: Track) -> None:
    decoded = np.frombuffer(media.samples(whole.path), np.float32).reshape(-1, 2)
    assert len(decoded) == 3 * audio.SAMPLE_RATE
    assert np.abs(decoded).max() > 0.2


def test_stray_bytes_in_an_mp3_are_no_reason_to_refuse_it(tmp_path: Path) -> None:
    song = tmp_path / "song.mp3"
    content = media.song(2.0, ".mp3").read_bytes()
    half = len(content) // 2
    song.write_bytes(content[:half] + b"stray bytes" * 40 + content[half:])
    key = audio.ensure(song, digest(song), Pieces(tmp_path))
    assert load_track(kept(Pieces(tmp_path), key), "soun").ticks > audio.SAMPLE_RATE


@pytest.mark.parametrize(
    "options", [("-ac", "1", "-ar", "22050"), ("-ar", "96000"), ("-ar", "8000")]
)
def test_a_song_of_any_rate_and_one_channel_is_as_long_as_it_was(
    options: tuple[str, ...], tmp_path: Path
) -> None:
    song = tmp_path / "song.wav"
    media.make("-i", str(media.song(2.0)), *options, str(song))
    audio.encode(song, tmp_path / "song.m4a")
    heard = media.samples(tmp_path / "song.m4a")
    assert abs(len(heard) - 2 * 48_000 * 2 * 4) <= 1024 * 2 * 4
    left, right = np.frombuffer(heard, np.float32).reshape(-1, 2).T
    assert min(np.abs(left).max(), np.abs(right).max()) > 0.2, "heard on both sides"


def test_a_file_that_is_no_song_is_refused(tmp_path: Path) -> None:
    song = tmp_path / "song.mp3"
    song.write_text("#EXTM3U\nhttp://127.0.0.1/a.ts\n")
    with pytest.raises(EncodingFailed):
        audio.ensure(song, digest(song), Pieces(tmp_path / "cache"))
    assert not list((tmp_path / "cache").iterdir())


def test_a_cancelled_song_leaves_nothing(tmp_path: Path) -> None:
    song = media.song(1.0)
    with pytest.raises(EditCancelled):
        audio.ensure(song, digest(song), Pieces(tmp_path), cancelled=lambda: True)
    assert not list(tmp_path.iterdir())


def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    song = media.song(3.0)
    with media.largest_file(10_000), pytest.raises(StorageFull):
        audio.ensure(song, digest(song), Pieces(tmp_path))
    assert not list(tmp_path.iterdir())


@settings(deadline=None)
@given(
    st.fractions(0, 4, max_denominator=1001), st.fractions(Fraction(1, 100), 4, max_denominator=240)
)
def test_a_stretch_holds_what_is_heard_and_little_more(
    whole: Track, start: Fraction, seconds: Fraction
) -> None:
    heard = audio.stretch(whole, start, seconds)

    left = 3 * audio.SAMPLE_RATE - round(start * audio.SAMPLE_RATE)
    assert heard.samples == max(0, min(round(seconds * audio.SAMPLE_RATE), left))
    if heard.samples:
        held = (heard.stop - heard.first) * 1024
        assert heard.skip + heard.samples <= held
        assert held - heard.samples <= 5 * 1024
        assert heard.skip >= 1024
        begins = heard.first * 1024 + heard.skip - whole.first_tick
        assert begins == round(start * audio.SAMPLE_RATE)
