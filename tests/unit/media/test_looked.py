"""Rendering whole clips with looks."""

import io
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from clipbot.domain.plan import Strength
from clipbot.errors import ConfigurationError, EditCancelled, FootageRejected
from clipbot.media.files import digest
from clipbot.media.looked import preview_clip, preview_frame, render
from clipbot.media.looks import LOOKS, Looks, cubes
from clipbot.media.probe import probe
from tests import media, pictures

EVERYTHING: Looks = [(name, "medium") for name in LOOKS]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("looks")


@pytest.mark.parametrize(
    "looks",
    [
        [],
        [("night", "medium")],
        [("calm", "strong")],
        [("more_motion", "slight")],
        [("rain", "medium"), ("stars", "medium")],
        EVERYTHING,
    ],
    ids=["none", "night", "calm", "more_motion", "particles", "everything"],
)
def test_a_rendered_clip_has_the_sources_frames_size_and_rate(
    looks: Looks, cache: Path, tmp_path: Path
) -> None:
    source = pictures.clip_of("photograph", frames=13, pan=3, rate=6)
    dest = tmp_path / "looked.mp4"
    told: list[int] = []

    render(source, dest, looks=looks, on_frames=told.append, cache=cache)

    before, after = probe(source), probe(dest)
    assert (after.frames, after.rate, after.width, after.height) == (13, Fraction(6), 320, 180)
    assert (before.frames, before.rate) == (after.frames, after.rate)
    assert not after.has_audio
    assert told[-1] == 13
    assert [time for time, _ in media.frame_digests(dest)] == list(range(13))
    assert list(tmp_path.iterdir()) == [dest]


@pytest.mark.parametrize(
    ("rate", "size"), [(Fraction(30000, 1001), (180, 320)), (Fraction(25), (176, 176))]
)
def test_other_rates_and_shapes_are_kept(
    rate: Fraction, size: tuple[int, int], cache: Path, tmp_path: Path
) -> None:
    source = media.clip(frames=9, rate=rate, size=size)
    render(source, tmp_path / "a.mp4", looks=[("calm", "medium"), ("mono", "slight")], cache=cache)

    found = probe(tmp_path / "a.mp4")
    assert (found.frames, found.rate, (found.width, found.height)) == (9, rate, size)


def test_a_rendered_clip_is_tagged_and_cut_into_closed_groups(cache: Path, tmp_path: Path) -> None:
    dest = tmp_path / "looked.mp4"
    render(media.clip(frames=50), dest, looks=[("contrast", "slight")], cache=cache)

    with av.open(str(dest)) as container:
        stream = container.streams.video[0]
        context = stream.codec_context
        tags = (context.colorspace, context.color_primaries, context.color_trc)
        assert (tags, context.color_range, context.pix_fmt) == ((1, 1, 1), 1, "yuv420p")
        packets = [packet for packet in container.demux(stream) if packet.pts is not None]
    keys = [at for at, packet in enumerate(packets) if packet.is_keyframe]
    assert keys == [0, 24, 48]
    for key in keys[1:]:
        earlier = max(packet.pts or 0 for packet in packets[:key])
        assert earlier < min(packet.pts or 0 for packet in packets[key:])


@pytest.mark.parametrize("names", [("night", "gritty"), ("more_motion", "calm", "dreamy")])
def test_the_same_looks_give_the_same_bytes(names: tuple[str, ...], tmp_path: Path) -> None:
    source = pictures.clip_of("photograph", frames=13, pan=3)
    for folder in ("one", "two"):
        looks: Looks = [(name, "strong") for name in names]
        render(source, tmp_path / folder / "a.mp4", looks=looks, cache=tmp_path / folder / "c")
    assert digest(tmp_path / "one/a.mp4") == digest(tmp_path / "two/a.mp4")


@pytest.mark.parametrize("name", ["night", "dreamy"])
def test_a_preview_shows_what_the_clip_will_show(name: str, cache: Path, tmp_path: Path) -> None:
    source, dest = pictures.clip_of("photograph"), tmp_path / "looked.mp4"
    render(source, dest, looks=[(name, "medium")], cache=cache)
    _, after = preview_frame(source, [(name, "medium")], cache=cache)

    clip = pictures.frames_of(dest)[0].astype(float)
    still = np.asarray(Image.open(io.BytesIO(after))).astype(float)
    assert np.abs(clip - still).mean() < 4.0


@pytest.mark.parametrize(
    "options",
    [
        ("-pix_fmt", "yuvj420p", "-color_range", "pc"),
        ("-pix_fmt", "yuv444p"),
        ("-c:v", "libx265", "-x265-params", "log-level=none", "-pix_fmt", "yuv420p10le"),
    ],
    ids=["full range", "4:4:4", "10 bit"],
)
def test_colours_of_other_pixel_formats_are_read_rightly(
    options: tuple[str, ...], cache: Path, tmp_path: Path
) -> None:
    plain, other = pictures.clip_of("photograph"), tmp_path / "other.mp4"
    media.make("-i", str(plain), "-crf", "4", *options, str(other))
    render(other, tmp_path / "looked.mp4", looks=[], cache=cache)

    wanted, got = (pictures.frames_of(path)[0] for path in (plain, tmp_path / "looked.mp4"))
    assert np.abs(wanted.astype(float) - got).mean() < 3.0


def test_calm_shows_the_first_half_at_half_speed(cache: Path, tmp_path: Path) -> None:
    source, dest = pictures.clip_of("photograph", frames=24, pan=4), tmp_path / "calm.mp4"
    render(source, dest, looks=[("calm", "medium")], cache=cache)

    fast, slow = pictures.frames_of(source), pictures.frames_of(dest)
    for at in (0, 4, 10, 22):
        nearest = min(range(24), key=lambda other: difference(fast[other], slow[at]))
        assert nearest == at // 2
    between = (fast[5].astype(float) + fast[6]) / 2
    assert np.abs(between - slow[11]).mean() < 3.0


def difference(one: pictures.Pixels, other: pictures.Pixels) -> float:
    return float(np.abs(one.astype(float) - other).mean())


@pytest.mark.parametrize("strength", ["slight", "strong"])
def test_a_sway_moves_and_never_shows_a_border(
    strength: Strength, cache: Path, tmp_path: Path
) -> None:
    source, dest = pictures.clip_of("white", frames=40), tmp_path / "sway.mp4"
    render(source, dest, looks=[("more_motion", strength)], cache=cache)
    assert min(int(frame.min()) for frame in pictures.frames_of(dest)) > 245

    still = pictures.clip_of("photograph", frames=20)
    render(still, dest, looks=[("more_motion", strength)], cache=cache)
    frames = pictures.frames_of(dest)
    assert difference(frames[0], frames[9]) > 4.0
    assert max(difference(a, b) for a, b in pairwise(frames)) < 12.0


def test_cancelling_leaves_nothing_behind(cache: Path, tmp_path: Path) -> None:
    dest = tmp_path / "work" / "looked.mp4"
    with pytest.raises(EditCancelled):
        render(
            media.clip(frames=50),
            dest,
            looks=[("brighter", "medium")],
            cancelled=lambda: True,
            cache=cache,
        )
    assert list(dest.parent.iterdir()) == []


@pytest.mark.parametrize("what", ["nothing", "words"])
def test_a_source_that_is_no_video_is_refused(what: str, tmp_path: Path) -> None:
    source = tmp_path / "source.mp4"
    if what == "words":
        source.write_text("<html>not found</html>")
    with pytest.raises(FootageRejected):
        render(source, tmp_path / "a.mp4", looks=[("darker", "medium")])
    with pytest.raises(FootageRejected):
        preview_frame(source, [("darker", "medium")])


def test_folders_may_be_named_anything(tmp_path: Path) -> None:
    folder = tmp_path / "it's [a], b;c:d\\e %1 = f"
    looks: Looks = [("warmer", "medium")]
    source = pictures.clip_of("photograph")
    render(source, folder / "a.mp4", looks=looks, cache=folder / "c")
    preview_frame(source, looks, cache=folder / "c")
    assert probe(folder / "a.mp4").frames == 12


def test_a_preview_clip_is_short_and_small(cache: Path, tmp_path: Path) -> None:
    dest = tmp_path / "preview.mp4"
    preview_clip(
        media.clip(frames=50), dest, [("vivid", "medium")], seconds=0.5, width=160, cache=cache
    )
    found = probe(dest)
    assert (found.frames, found.rate, found.width, found.height) == (12, Fraction(24), 160, 90)


def test_a_preview_frame_is_no_larger_than_asked_and_never_enlarged(cache: Path) -> None:
    for size, width, wanted in [
        ((320, 180), 160, (160, 90)),
        ((320, 180), 640, (320, 180)),
        ((180, 320), 160, (90, 160)),
    ]:
        source = media.clip(frames=9, rate=Fraction(25), size=size)
        stills = preview_frame(source, [("mono", "medium")], width=width, cache=cache)
        assert [Image.open(io.BytesIO(still)).size for still in stills] == [wanted, wanted]


def test_a_clip_that_was_replaced_is_looked_at_anew(cache: Path, tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    looks: Looks = [("mono", "medium")]
    path.write_bytes(pictures.clip_of("photograph").read_bytes())
    first = preview_frame(path, looks, cache=cache)
    path.write_bytes(pictures.clip_of("gray").read_bytes())
    assert preview_frame(path, looks, cache=cache) != first


def test_without_a_cache_a_private_folder_of_this_user_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = cubes.default_cache()
    assert folder.parent == tmp_path
    assert folder.stat().st_mode & 0o077 == 0
    assert cubes.default_cache() == folder


def test_a_folder_that_somebody_planted_is_not_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = cubes.default_cache()
    folder.rmdir()
    folder.symlink_to(tmp_path)
    with pytest.raises(ConfigurationError):
        cubes.default_cache()
