"""What footage is, and what is refused: each hostile file with its reason in plain words."""

import random
import struct
from collections.abc import Callable, Iterator
from fractions import Fraction
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest

from clipbot.errors import EditCancelled, FootageRejected
from clipbot.media.probe import Probe, probe, verify
from tests import media


def test_a_clip_is_what_it_is() -> None:
    clip = media.clip(0)
    known = Probe(48, Fraction(24), 320, 180, "h264", 2.0, has_audio=False)
    assert probe(clip) == known
    assert verify(clip) == known


@pytest.mark.parametrize(
    "rate",
    [Fraction(25), Fraction(30), Fraction(24000, 1001), Fraction(30000, 1001), Fraction(60)],
)
def test_the_rate_is_exact(rate: Fraction) -> None:
    assert probe(media.clip(0, rate=rate)).rate == rate


def test_a_rate_counted_in_milliseconds_is_known_again() -> None:
    clip = media.clip(0, rate=Fraction(30), options=("-video_track_timescale", "1000"))
    assert probe(clip).rate == 30


def test_a_rate_that_varies_is_its_mean() -> None:
    clip = media.clip(0, options=("-vf", "select='not(mod(n,3))+lt(n,24)'", "-fps_mode", "vfr"))
    seen = probe(clip)
    assert 12 < seen.rate < 24
    assert abs(seen.frames / seen.rate - Fraction(seen.duration_seconds)) < Fraction(1, 20)


@pytest.mark.parametrize("rate", [Fraction(1, 2), Fraction(480)])
def test_a_rate_that_no_film_has_is_refused(rate: Fraction) -> None:
    with pytest.raises(FootageRejected, match="pictures a second"):
        probe(media.clip(0, frames=3, rate=rate))


def test_a_turned_picture_is_measured_as_it_is_shown(tmp_path: Path) -> None:
    turned = tmp_path / "turned.mp4"
    media.make("-display_rotation", "90", "-i", str(media.clip(0)), "-c", "copy", str(turned))
    seen = probe(turned)
    assert (seen.width, seen.height) == (180, 320)


def test_sound_is_noticed(tmp_path: Path) -> None:
    both = tmp_path / "both.mp4"
    media.make("-i", str(media.clip(0)), "-i", str(media.song(2.0)), "-c:v", "copy", str(both))
    assert probe(both).has_audio


@pytest.mark.parametrize(
    ("codec", "name"), [("libx265", "hevc"), ("libvpx-vp9", "vp9"), ("libsvtav1", "av1")]
)
def test_other_codecs_of_today_are_taken(codec: str, name: str) -> None:
    preset = ("-preset", "12") if name == "av1" else ("-preset", "ultrafast")
    options = ("-c:v", codec, *(() if name == "vp9" else preset))
    options += ("-deadline", "realtime", "-cpu-used", "8") if name == "vp9" else ()
    assert verify(media.clip(0, frames=6, options=options)).codec == name


def _good(*options: str) -> bytes:
    return media.clip(3, options=("-g", "16", *options)).read_bytes()


def _flipped() -> bytes:
    content = bytearray(_good("-movflags", "+faststart"))
    chance = random.Random(2)  # noqa: S311 - the same damage every time
    for _ in range(400):
        content[chance.randrange(len(content) // 4, len(content))] ^= 255
    return bytes(content)


def _moov_first() -> bytes:
    return _good("-movflags", "+faststart")


def _of(*options: str) -> bytes:
    return media.clip(3, frames=3, options=options).read_bytes()


def _audio_only() -> bytes:
    path = media.folder() / "audio.mp4"
    media.make("-i", str(media.song(1.0)), "-vn", str(path))
    return path.read_bytes()


def _large() -> bytes:
    path = media.folder() / "large.mp4"
    if not path.exists():
        picture = ("-f", "lavfi", "-i", "color=s=8192x4320:r=24", "-frames:v", "1")
        media.make(*picture, "-c:v", "libx264", "-preset", "ultrafast", str(path))
    return path.read_bytes()


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "zero length": (lambda: b"", "the file is empty"),
    "error page": (lambda: b"<html>403 AccessDenied</html>" * 20, "not a video file"),
    "half, moov last": (lambda: _good()[: len(_good()) // 2], "cut off: its index is missing"),
    "half, moov first": (
        lambda: _moov_first()[: len(_moov_first()) // 2],
        r"cut off: \d+ of 48 pictures are there",
    ),
    "flipped bytes": (_flipped, "damaged"),
    "audio only": (_audio_only, "has no picture"),
    "old codec": (lambda: _of("-c:v", "mpeg4"), "its codec is MPEG-4 part 2"),
    "8192x4320": (_large, "its pictures are 8192x4320"),
    "playlist": (
        lambda: b"#EXTM3U\n#EXTINF:5,\nhttp://127.0.0.1:1/a.ts\n#EXT-X-ENDLIST\n",
        "not a video file",
    ),
    "concat script": (
        lambda: b"ffconcat version 1.0\nfile 'http://127.0.0.1:1/a.ts'\n",
        "not a video file",
    ),
    "fragments only": (
        lambda: _good("-movflags", "+frag_keyframe+empty_moov"),
        "only in fragments",
    ),
}


@pytest.fixture(scope="module")
def bait() -> Iterator[HTTPServer]:
    """Return a server that nobody should ask anything; `asked` counts who did."""
    with HTTPServer(("127.0.0.1", 0), Bait) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


class Bait(BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_plain_words(
    name: str, bait: HTTPServer, tmp_path: Path
) -> None:
    make, reason = HOSTILE[name]
    path = tmp_path / "clip.mp4"
    path.write_bytes(make().replace(b"127.0.0.1:1", b"127.0.0.1:%d" % bait.server_port))
    with pytest.raises(FootageRejected, match=reason) as caught:
        verify(path)
    assert not Bait.asked
    assert str(tmp_path) not in str(caught.value)


def test_a_size_that_only_the_decoder_sees_is_refused_too(tmp_path: Path) -> None:
    """The index says 320x180, the stream 8192x4320."""
    content = bytearray(_large())
    entry = content.rindex(b"avc1")
    struct.pack_into(">HH", content, entry + 4 + 24, 320, 180)
    path = tmp_path / "liar.mp4"
    path.write_bytes(content)
    assert probe(path).width == 320
    with pytest.raises(FootageRejected, match="damaged"):
        verify(path)


def test_fewer_pictures_than_promised_are_noticed(tmp_path: Path) -> None:
    """A sample of no bytes is no picture, and no damage to ffmpeg."""
    content = bytearray(_good())
    struct.pack_into(">I", content, content.rindex(b"stsz") + 16 + 4 * 47, 0)
    path = tmp_path / "fewer.mp4"
    path.write_bytes(content)
    assert probe(path).frames == 48
    with pytest.raises(FootageRejected, match="47 of its 48 pictures can be shown"):
        verify(path)


def test_pictures_that_the_edit_list_cuts_off_do_not_count(tmp_path: Path) -> None:
    """A clip trimmed in an editor: 48 pictures in the file, the last 24 never shown."""
    content = bytearray(_good())
    entry = content.rindex(b"elst") + 12
    assert struct.unpack_from(">I", content, entry) == (2000,)
    struct.pack_into(">I", content, entry, 1000)
    path = tmp_path / "trimmed.mp4"
    path.write_bytes(content)
    assert verify(path).frames == 24
    assert verify(path).duration_seconds == 1.0


def test_verifying_can_be_cancelled() -> None:
    with pytest.raises(EditCancelled):
        verify(media.clip(0), cancelled=lambda: True)


def test_a_file_that_is_not_there_is_an_error_of_the_disk(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        probe(tmp_path / "none.mp4")
