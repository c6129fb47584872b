"""One segment, whatever its footage: right frames, right colours, right size."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from clipbot.domain.timeline import TransitionKind
from clipbot.errors import EncodingFailed
from clipbot.media import ffmpeg
from clipbot.media.encode import arguments
from clipbot.media.format import Format
from clipbot.media.mp4 import load_track
from clipbot.media.probe import probe
from clipbot.media.segments import Footage, Segment, Shot
from tests import media

PICTURE = Format(320, 180, Fraction(24), crf=1, preset="ultrafast")


def _pictures(segment: Segment, folder: Path, picture: Format = PICTURE) -> np.ndarray:
    """Return the luma of every picture of an encoded segment."""
    path = folder / "segment.mp4"
    ffmpeg.run(arguments(segment, picture, path))
    assert len(load_track(path).sizes) == segment.frames
    raw = media.ask("-i", str(path), "-f", "rawvideo", "-pix_fmt", "gray", "-")
    return np.frombuffer(raw, np.uint8).reshape(-1, picture.height, picture.width).astype(int)


def _numbered(rate: Fraction, frames: int, folder: Path) -> Footage:
    """Return footage whose frame n has luma 20 + 2 n everywhere."""
    path = folder / f"numbered-{rate.numerator}-{frames}.mp4"
    if not path.exists():
        picture = f"color=s=64x36:r={rate}:d={float(frames / rate) + 1}"
        luma = "format=yuv420p,geq=lum='20+2*N':cb=128:cr=128"
        lossless = ("-c:v", "libx264", "-qp", "0", "-preset", "ultrafast", "-g", "12")
        media.make(
            *("-f", "lavfi", "-i", picture, "-vf", luma, "-frames:v", str(frames)),
            *(*lossless, str(path)),
        )
    return media.footage(path, frames=frames, rate=rate)


def _numbers(segment: Segment, folder: Path) -> list[int]:
    """Return which frame of its footage each picture of a segment is."""
    small = Format(64, 36, Fraction(24), crf=1)
    lumas = _pictures(segment, folder, small).mean(axis=(1, 2))
    return [round((float(luma) - 20) / 2) for luma in _studio(lumas)]


def _studio(lumas: np.ndarray) -> np.ndarray:
    """Undo the stretch from studio to full range that gray makes."""
    return lumas * 219 / 255 + 16


@pytest.mark.parametrize(
    ("rate", "shown"),
    [
        (Fraction(24), [10, 11, 12, 13, 14, 15]),
        (Fraction(12), [5, 5, 6, 6, 7, 7]),
        (Fraction(48), [20, 22, 24, 26, 28, 30]),
    ],
)
def test_frames_are_counted_at_the_films_rate(
    rate: Fraction, shown: list[int], tmp_path: Path
) -> None:
    shot = Shot(_numbered(rate, 40, tmp_path), 10, 16)
    seen = _numbers(Segment("k", 6, (shot,)), tmp_path)
    assert all(abs(one - other) <= 1 for one, other in zip(seen, shown, strict=True))


@pytest.mark.parametrize("rate", [25, 30])
def test_every_source_frame_is_the_nearest_one(rate: int, tmp_path: Path) -> None:
    footage = _numbered(Fraction(rate), 60, tmp_path)
    seen = _numbers(Segment("k", 40, (Shot(footage, 0, 40),)), tmp_path)
    assert all(
        abs(Fraction(n, rate) - Fraction(at, 24)) <= Fraction(1, rate) for at, n in enumerate(seen)
    )


def test_slowed_footage_holds_no_frame_longer_than_two(tmp_path: Path) -> None:
    shot = Shot(_numbered(Fraction(24), 40, tmp_path), 0, 46, Fraction(46, 40))
    seen = _numbers(Segment("k", 46, (shot,)), tmp_path)
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (0, 39)
    assert max(seen.count(number) for number in seen) == 2


def test_the_last_frame_is_held_where_footage_ends(tmp_path: Path) -> None:
    footage = _numbered(Fraction(24), 40, tmp_path)
    assert _numbers(Segment("k", 6, (Shot(footage, 37, 43),)), tmp_path) == [37, 38, 39, 39, 39, 39]
    assert _numbers(Segment("k", 3, (Shot(footage, 90, 93),)), tmp_path) == [39, 39, 39]


def test_a_still_is_one_frame_many_times(tmp_path: Path) -> None:
    shot = Shot(_numbered(Fraction(24), 40, tmp_path), 30, 31, held=4)
    assert _numbers(Segment("k", 5, (shot,)), tmp_path) == [30] * 5


def test_a_crossfade_goes_from_one_to_the_other(tmp_path: Path) -> None:
    footage = _numbered(Fraction(24), 100, tmp_path)
    shots = (Shot(footage, 0, 8), Shot(footage, 80, 88))
    seen = _numbers(Segment("k", 8, shots, TransitionKind.CROSSFADE), tmp_path)
    wanted = [n + 80 * (n + 1) / 9 for n in range(8)]
    assert all(abs(one - other) <= 2 for one, other in zip(seen, wanted, strict=True))


def test_a_fade_is_dark_in_the_middle(tmp_path: Path) -> None:
    footage = _numbered(Fraction(24), 100, tmp_path)
    shots = (Shot(footage, 90, 94), Shot(footage, 90, 94))
    pictures = _pictures(
        Segment("k", 8, shots, TransitionKind.FADE), tmp_path, Format(64, 36, Fraction(24))
    )
    lumas = pictures.mean(axis=(1, 2))
    assert lumas[4] < 5
    assert lumas[0] > 200
    assert all(lumas[:4] == sorted(lumas[:4], reverse=True))
    assert all(lumas[4:] == sorted(lumas[4:]))


def test_a_tail_ends_in_black(tmp_path: Path) -> None:
    shot = Shot(_numbered(Fraction(24), 100, tmp_path), 99, 100, held=19)
    pictures = _pictures(
        Segment("k", 20, (shot,), fade_frames=10), tmp_path, Format(64, 36, Fraction(24))
    )
    lumas = pictures.mean(axis=(1, 2))
    assert abs(lumas[:10] - lumas[0]).max() < 2
    assert lumas[-1] < lumas[0] / 5


@pytest.mark.parametrize(
    "size", [(180, 320), (320, 240), (640, 180), (1280, 720), (321, 181), (320, 180)]
)
def test_any_size_fits_inside(size: tuple[int, int], tmp_path: Path) -> None:
    options = ("-pix_fmt", "yuv444p") if size[0] % 2 else ("-g", "16")
    footage = media.footage(media.clip(0, frames=4, size=size, options=options), frames=4)
    pictures = _pictures(Segment("k", 4, (Shot(footage, 0, 4),)), tmp_path)
    lit = pictures.max(axis=0) > 20
    width, height = int(lit.any(axis=0).sum()), int(lit.any(axis=1).sum())
    scale = min(320 / size[0], 180 / size[1])
    assert abs(width - size[0] * scale) <= 4
    assert abs(height - size[1] * scale) <= 4


def test_oblong_pixels_become_square(tmp_path: Path) -> None:
    clip = media.clip(0, frames=4, options=("-vf", "setsar=1/2"))
    pictures = _pictures(Segment("k", 4, (Shot(media.footage(clip), 0, 4),)), tmp_path)
    lit = (pictures.max(axis=0) > 20).any(axis=0)
    assert abs(int(lit.sum()) - 160) <= 4


def test_a_turned_clip_is_turned(tmp_path: Path) -> None:
    turned = tmp_path / "turned.mp4"
    media.make("-display_rotation", "90", "-i", str(media.clip(0)), "-c", "copy", str(turned))
    assert (probe(turned).width, probe(turned).height) == (180, 320)
    pictures = _pictures(Segment("k", 4, (Shot(media.footage(turned), 30, 34),)), tmp_path)
    assert not (pictures.max(axis=0) > 20)[:, :90].any()


@pytest.mark.parametrize(
    ("tag", "size", "colour"),
    [
        # Red is (81, 90, 240) in BT.601 and (63, 102, 240) in BT.709.
        ("null", "1280x720", (63, 102, 240)),
        ("setparams=colorspace=bt709", "1280x720", (63, 102, 240)),
        ("setparams=colorspace=bt709", "320x180", (63, 102, 240)),
        ("setparams=colorspace=smpte170m", "1280x720", (81, 90, 240)),
        ("null", "320x180", (81, 90, 240)),
    ],
)
def test_colours_do_not_shift(
    tag: str, size: str, colour: tuple[int, int, int], tmp_path: Path
) -> None:
    """Untagged HD is BT.709 to players, untagged SD is BT.601."""
    clip, path = tmp_path / "clip.mp4", tmp_path / "segment.mp4"
    luma, cb, cr = colour
    picture = f"color=s={size}:r=24,format=yuv420p,geq=lum={luma}:cb={cb}:cr={cr},{tag}"
    media.make("-f", "lavfi", "-i", picture, "-frames:v", "3", "-preset", "ultrafast", str(clip))
    segment = Segment("k", 3, (Shot(media.footage(clip, frames=3), 0, 3),))
    ffmpeg.run(arguments(segment, PICTURE, path))
    raw = np.frombuffer(media.ask("-i", str(path), "-f", "rawvideo", "-"), np.uint8)
    planes = np.split(raw[:86400], (57600, 72000))
    shift = [float(plane.mean()) - want for plane, want in zip(planes, (63, 102, 240), strict=True)]
    assert np.abs(shift).max() <= 2


def test_damaged_footage_ends_the_encoding(tmp_path: Path) -> None:
    content = bytearray(media.clip(0).read_bytes())
    for at in range(len(content) // 3, len(content) // 2, 7):
        content[at] ^= 255
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(content)
    segment = Segment("k", 40, (Shot(media.footage(broken), 0, 40),))
    with pytest.raises(EncodingFailed):
        ffmpeg.run(arguments(segment, PICTURE, tmp_path / "segment.mp4"))


@pytest.mark.parametrize("threads", [1, 2])
def test_the_same_segment_is_the_same_bytes(threads: int, tmp_path: Path) -> None:
    picture = Format(320, 180, Fraction(24), threads=threads)
    segment = Segment("k", 30, (Shot(media.footage(media.clip(0)), 9, 39),))
    for name in ("one", "two"):
        ffmpeg.run(arguments(segment, picture, tmp_path / name))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
