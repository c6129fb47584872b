"""Footage of every kind becomes the film's: upright, in its colours, each frame in its time.

Clips are made here, tiny, each with one oddity; what is decoded of the encoded segment is
compared with what a person would see in a player.
"""

import struct
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from clipbot.domain.timeline import TransitionKind
from clipbot.media import ffmpeg
from clipbot.media.colours import colours_of
from clipbot.media.encode import arguments
from clipbot.media.files import digest
from clipbot.media.format import Format
from clipbot.media.looked import render
from clipbot.media.measure import measure
from clipbot.media.mp4 import load_track
from clipbot.media.probe import probe, verify
from clipbot.media.segments import Footage, Segment, Shot
from clipbot.media.thumbnails import poster
from tests import media

PICTURE = Format(64, 36, Fraction(24), crf=1, preset="ultrafast")
UPRIGHT = Format(36, 64, Fraction(24), crf=1, preset="ultrafast")
RGB = (235, 20, 20), (20, 200, 40), (30, 60, 220), (250, 250, 250)
"""Four quarters of a picture, by rows."""
X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-qp", "1")
AS_BT709 = "scale=out_color_matrix=bt709:flags=accurate_rnd,format=yuv444p"
FULL = "scale=out_color_matrix=bt709:out_range=pc:flags=accurate_rnd"
TAGGED = "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv"


def _made(path: Path, filters: str, *options: str, size: str = "128x72", frames: int = 24) -> Path:
    """Make a clip of four coloured quarters."""
    picture = f"color=black:s={size}:r=24,format=gbrp,{_quarters()},{filters}"
    media.make("-f", "lavfi", "-i", picture, "-frames:v", str(frames), *options, str(path))
    return path


def _quarters() -> str:
    def channel(number: int) -> str:
        first, second, third, fourth = (colour[number] for colour in RGB)
        upper = f"if(lt(X,W/2),{first},{second})"
        return f"if(lt(Y,H/2),{upper},if(lt(X,W/2),{third},{fourth}))"

    return f"geq=r='{channel(0)}':g='{channel(1)}':b='{channel(2)}'"


def _segment(path: Path, picture: Format, tmp_path: Path, start: int = 4, stop: int = 8) -> Path:
    known = probe(path)
    footage = Footage(path, digest(path), known.frames, known.rate)
    target = tmp_path / "segment.mp4"
    segment = Segment("k", stop - start, (Shot(footage, start, stop),))
    ffmpeg.run(arguments(segment, picture, target))
    track = load_track(target)
    assert len(track.sizes) == segment.frames
    assert (track.width, track.height) == (picture.width, picture.height)
    return target


def _colours(path: Path, picture: Format, tmp_path: Path) -> list[tuple[int, ...]]:
    """Return the colours in the middle of the four quarters of a segment's first picture."""
    target = _segment(path, picture, tmp_path)
    plain = "scale=in_color_matrix=bt709:in_range=tv:flags=accurate_rnd,format=rgb24"
    raw = media.ask("-i", str(target), "-vf", plain, "-f", "rawvideo", "-frames:v", "1", "-")
    pixels = np.frombuffer(raw, np.uint8).reshape(picture.height, picture.width, 3)
    height, width = picture.height, picture.width
    spots = [(y * height // 4, x * width // 4) for y in (1, 3) for x in (1, 3)]
    return [tuple(int(value) for value in pixels[y, x]) for y, x in spots]


def _near(seen: Sequence[Sequence[int]], wanted: Sequence[Sequence[int]], most: int = 6) -> bool:
    return bool(np.abs(np.array(seen, int) - np.array(wanted, int)).max() <= most)


TURNED = {0: (0, 1, 2, 3), 90: (1, 3, 0, 2), 180: (3, 2, 1, 0), 270: (2, 0, 3, 1)}
"""Which quarter is seen where, by degrees counted against the clock."""


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_clip_that_was_held_askew_is_upright(degrees: int, tmp_path: Path) -> None:
    flat = _made(tmp_path / "flat.mp4", f"{AS_BT709},format=yuv420p,{TAGGED}", *X264)
    turned = tmp_path / "turned.mp4"
    media.make("-display_rotation", str(degrees), "-i", str(flat), "-c", "copy", str(turned))
    is_quarter = degrees != 180
    size = (72, 128) if is_quarter else (128, 72)
    assert (probe(turned).width, probe(turned).height) == size
    seen = _colours(turned, UPRIGHT if is_quarter else PICTURE, tmp_path)
    assert _near(seen, [RGB[number] for number in TURNED[degrees]])


@pytest.mark.parametrize(
    ("name", "filters", "options"),
    [
        ("tagged", f"{AS_BT709},format=yuv420p,{TAGGED}", X264),
        (
            "full range",
            f"{FULL},format=yuv420p,{TAGGED.replace('range=tv', 'range=pc')}",
            (*X264, "-color_range", "pc"),
        ),
        ("full range, untagged", "scale=out_color_matrix=bt601:out_range=pc,format=yuvj420p", X264),
        (
            "bt601, tagged",
            "scale=out_color_matrix=bt601,format=yuv420p,setparams=colorspace=smpte170m",
            X264,
        ),
        ("small and untagged", "scale=out_color_matrix=bt601,format=yuv420p", X264),
        ("4:4:4", f"{AS_BT709},{TAGGED}", X264),
        ("4:2:2, 10 bits", f"{AS_BT709},format=yuv422p10le,{TAGGED}", X264),
        (
            "HEVC, 10 bits",
            f"{AS_BT709},format=yuv420p10le,{TAGGED}",
            ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:qp=4"),
        ),
        (
            "VP9",
            f"{AS_BT709},format=yuv420p,{TAGGED}",
            ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-crf", "4"),
        ),
        (
            "AV1, 10 bits",
            f"{AS_BT709},format=yuv420p10le,{TAGGED}",
            ("-c:v", "libsvtav1", "-preset", "12", "-crf", "8"),
        ),
    ],
)
def test_colours_are_those_that_a_player_shows(
    name: str, filters: str, options: tuple[str, ...], tmp_path: Path
) -> None:
    clip = _made(tmp_path / "clip.mp4", filters, *options)
    assert _near(_colours(clip, PICTURE, tmp_path), RGB), name


def _wide(transfer: str, primaries: str = "bt2020", size: str = "128x72") -> str:
    """Return the filters that record ordinary colours as a camera with a wide range does."""
    plain = "setparams=color_primaries=bt709:color_trc=bt709"
    wide = f"p={primaries}:m=bt2020nc:r=tv:npl=203,format=yuv420p10le"
    linear = f"{plain},zscale=t=linear:npl=203,format=gbrpf32le"
    straight = f"{plain},zscale=t=bt709:{wide}"
    if transfer == "bt709":
        return straight
    return f"{linear},zscale=t={transfer}:{wide},scale={size.replace('x', ':')}"


@pytest.mark.parametrize("codec", ["libx265", "libsvtav1"])
@pytest.mark.parametrize("transfer", ["smpte2084", "arib-std-b67"])
def test_a_high_dynamic_range_becomes_an_ordinary_one(
    transfer: str, codec: str, tmp_path: Path
) -> None:
    coder = {
        "libx265": ("-preset", "ultrafast", "-x265-params", "log-level=none:qp=2"),
        "libsvtav1": ("-preset", "12", "-crf", "4"),
    }[codec]
    tags = ("-color_primaries", "bt2020", "-color_trc", transfer, "-colorspace", "bt2020nc")
    clip = _made(tmp_path / "hdr.mp4", _wide(transfer), "-c:v", codec, *coder, *tags)
    assert colours_of(clip).are_wide
    seen = _colours(clip, PICTURE, tmp_path)
    assert _near(seen[:3], RGB[:3], 12)
    assert min(seen[3]) > 235, "white stays white"


def test_colours_that_only_the_decoder_knows_are_asked_for(tmp_path: Path) -> None:
    """Files without a colour box say it in their pictures alone."""
    tags = ("-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc")
    coder = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:qp=2")
    clip = _made(tmp_path / "said.mp4", _wide("smpte2084"), *coder, *tags)
    unsaid = tmp_path / "unsaid.mp4"
    unsaid.write_bytes(clip.read_bytes().replace(b"colrnclx", b"freenclx"))
    assert colours_of(unsaid) == colours_of(clip)


@pytest.mark.parametrize("primaries", ["bt2020", "smpte432"])
def test_wide_colours_of_an_ordinary_range_become_narrow(primaries: str, tmp_path: Path) -> None:
    tags = ("-color_primaries", primaries, "-color_trc", "bt709", "-colorspace", "bt2020nc")
    clip = _made(tmp_path / "wide.mp4", _wide("bt709", primaries), *X264, *tags)
    assert colours_of(clip).are_wide
    assert _near(_colours(clip, PICTURE, tmp_path), RGB, 8)


def test_a_high_dynamic_range_of_odd_size_is_taken(tmp_path: Path) -> None:
    tags = ("-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc")
    coder = ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-crf", "2")
    chain = _wide("smpte2084", size="127x71")
    clip = _made(tmp_path / "odd.mp4", chain, *coder, *tags)
    assert (probe(clip).width, probe(clip).height) == (127, 71)
    assert _near(_colours(clip, PICTURE, tmp_path)[:3], RGB[:3], 12)


def _recorded(path: Path, transfer: str, primaries: str = "bt2020") -> Path:
    """Make a clip as a camera with a wide range of light or of colours records it."""
    tags = ("-color_primaries", primaries, "-color_trc", transfer, "-colorspace", "bt2020nc")
    coder = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:qp=2")
    return _made(path, _wide(transfer, primaries), *coder, *tags)


WIDE = [
    ("smpte2084", "bt2020"),
    ("arib-std-b67", "bt2020"),
    ("bt709", "bt2020"),
    ("bt709", "smpte432"),
]


@pytest.mark.parametrize(("transfer", "primaries"), WIDE)
def test_stills_of_a_wide_range_look_as_the_film_does(
    transfer: str, primaries: str, tmp_path: Path
) -> None:
    clip = _recorded(tmp_path / "wide.mp4", transfer, primaries)
    still = poster(clip)
    height, width, _ = still.shape
    spots = [(y * height // 4, x * width // 4) for y in (1, 3) for x in (1, 3)]
    seen = [tuple(int(value) for value in still[y, x]) for y, x in spots]
    assert _near(seen, _colours(clip, PICTURE, tmp_path), 6)


@pytest.mark.parametrize(("transfer", "primaries"), WIDE)
def test_looks_on_a_wide_range_begin_with_what_the_film_shows(
    transfer: str, primaries: str, tmp_path: Path
) -> None:
    clip = _recorded(tmp_path / "wide.mp4", transfer, primaries)
    rendered = tmp_path / "rendered.mp4"
    render(clip, rendered, looks=())
    assert not colours_of(rendered).are_wide
    assert _near(_colours(rendered, PICTURE, tmp_path), _colours(clip, PICTURE, tmp_path), 6)


@pytest.mark.parametrize(("transfer", "primaries"), WIDE)
def test_a_wide_range_measures_as_what_is_made_of_it(
    transfer: str, primaries: str, tmp_path: Path
) -> None:
    """Else an edit would seem to have changed what only its recording had."""
    clip = _recorded(tmp_path / "wide.mp4", transfer, primaries)
    rendered = tmp_path / "rendered.mp4"
    render(clip, rendered, looks=())
    wide, plain = measure(clip), measure(rendered)
    assert wide.luma == pytest.approx(plain.luma, abs=0.02)
    assert wide.saturation == pytest.approx(plain.saturation, abs=0.03)
    assert wide.warmth == pytest.approx(plain.warmth, abs=0.02)


@pytest.mark.parametrize(
    ("size", "pixel", "shown"),
    [("96x72", "4/3", (128, 72)), ("128x36", "1/2", (128, 72)), ("127x71", "1/1", (127, 71))],
)
def test_oblong_pixels_and_odd_sizes_fill_the_film(
    size: str, pixel: str, shown: tuple[int, int], tmp_path: Path
) -> None:
    chain = f"{AS_BT709},{TAGGED},setsar={pixel}"
    clip = _made(tmp_path / "oblong.mp4", chain, *X264, size=size)
    assert (probe(clip).width, probe(clip).height) == shown
    target = _segment(clip, PICTURE, tmp_path)
    raw = media.ask("-i", str(target), "-f", "rawvideo", "-pix_fmt", "gray", "-frames:v", "1", "-")
    luma = np.frombuffer(raw, np.uint8).reshape(36, 64)
    assert luma[:, (0, -1)].min() > 20, "no bars beside it"
    assert luma[(0, -1), :].min() > 20, "no bars above or below it"


def _numbered(folder: Path, *options: str, filters: str = "null", rate: int = 24) -> Path:
    """Make 48 pictures whose luma is 20 + 4 n; return the clip."""
    picture = f"color=s=64x36:r={rate}:d=4,format=yuv420p,geq=lum='20+4*N':cb=128:cr=128,{filters}"
    path = folder / "numbered.mp4"
    media.make("-f", "lavfi", "-i", picture, "-frames:v", "48", *X264, *options, str(path))
    return path


def _numbers(clip: Path, tmp_path: Path, start: int = 0, stop: int = 24) -> list[int]:
    """Return which of its numbered pictures each frame of a segment shows."""
    target = _segment(clip, PICTURE, tmp_path, start, stop)
    raw = media.ask("-i", str(target), "-f", "rawvideo", "-vf", "extractplanes=y", "-")
    lumas = np.frombuffer(raw, np.uint8).reshape(-1, 36, 64).mean(axis=(1, 2))
    return [round((float(luma) - 20) / 4) for luma in lumas]


def _with_sound(clip: Path, late: float, tmp_path: Path) -> Path:
    """Return the clip with a sound that is louder than loud, its pictures `late` seconds late."""
    path = tmp_path / "sound.mp4"
    noise = ("-f", "lavfi", "-i", "anoisesrc=a=1:r=22050:d=5")
    shown = ("-itsoffset", str(late), "-i", str(clip), "-map", "0:a", "-map", "1:v")
    media.make(*noise, *shown, "-c:v", "copy", "-ac", "1", str(path))
    return path


def test_a_noisy_clip_shows_the_same_and_is_not_heard(tmp_path: Path) -> None:
    silent = _numbered(tmp_path, "-g", "12")
    noisy = _with_sound(silent, 0, tmp_path)
    assert probe(noisy).has_audio
    assert _numbers(noisy, tmp_path) == list(range(24))
    target = _segment(noisy, PICTURE, tmp_path)
    assert not probe(target).has_audio
    alone = target.read_bytes()
    assert _segment(silent, PICTURE, tmp_path).read_bytes() == alone


@pytest.mark.parametrize("start", [0, 20])
def test_pictures_that_begin_late_begin_at_once(start: int, tmp_path: Path) -> None:
    late = _with_sound(_numbered(tmp_path, "-g", "6"), 0.75, tmp_path)
    assert load_track(late).edits[0][1] == -1, "an empty edit comes first"
    assert _numbers(late, tmp_path, start, start + 6) == list(range(start, start + 6))


@pytest.mark.parametrize("start", [0, 20])
def test_an_edit_list_is_obeyed(start: int, tmp_path: Path) -> None:
    """A clip cut without encoding begins at a key frame before its first picture."""
    whole = _numbered(tmp_path, "-g", "12", "-bf", "2")
    trimmed = tmp_path / "trimmed.mp4"
    media.make("-ss", "0.25", "-i", str(whole), "-c", "copy", str(trimmed))
    known = probe(trimmed)
    assert known.frames == 42
    wanted = list(range(6 + start, 12 + start))
    assert _numbers(trimmed, tmp_path, start, start + 6) == wanted


def test_pictures_that_come_unevenly_are_shown_when_they_are_due(tmp_path: Path) -> None:
    """Even ones up to 24, then every fourth: each stays until the next is due."""
    uneven = "select='if(lt(n,24),not(mod(n,2)),not(mod(n,4)))'"
    clip = _numbered(tmp_path, "-fps_mode", "vfr", filters=uneven, rate=24)
    seen = _numbers(clip, tmp_path, 0, 40)
    wanted = [n - n % 2 if n < 24 else n - n % 4 for n in range(40)]
    assert seen == wanted


def test_two_pictures_of_one_moment_shift_nothing(tmp_path: Path) -> None:
    clip = _numbered(tmp_path)
    content = bytearray(clip.read_bytes())
    at = content.index(b"stts") + 8
    ticks = int.from_bytes(content[at + 8 : at + 12], "big")
    assert content[at - 4 : at + 4] == bytes([0, 0, 0, 0, 0, 0, 0, 1]), "one run"
    doubled = tmp_path / "doubled.mp4"
    doubled.write_bytes(
        _with_runs(bytes(content), [(10, ticks), (1, 0), (1, 2 * ticks), (36, ticks)])
    )
    assert verify(doubled).frames == 48
    seen = _numbers(doubled, tmp_path, 0, 40)
    assert [n for n in seen if n not in {10, 11}] == [n for n in range(40) if n not in {10, 11}]


def _with_runs(content: bytes, runs: list[tuple[int, int]]) -> bytes:
    """Return an MP4 whose index comes last, with other times of its samples."""
    body = b"".join(struct.pack(">II", *run) for run in runs)
    at = content.index(b"stts") - 4
    longer = len(body) - 8
    table = struct.pack(">I4sII", 16 + len(body), b"stts", 0, len(runs)) + body
    grown = bytearray(content[:at] + table + content[at + 24 :])
    for kind in (b"moov", b"trak", b"mdia", b"minf", b"stbl"):
        place = grown.index(kind) - 4
        size = int.from_bytes(grown[place : place + 4], "big")
        grown[place : place + 4] = (size + longer).to_bytes(4, "big")
    return bytes(grown)


def test_fields_become_whole_pictures(tmp_path: Path) -> None:
    """A bar that moves sideways has combed edges unless its fields are joined by motion."""
    bar = "color=black:s=64x36:r=48:d=3,format=yuv420p"
    moving = (
        "geq=lum='if(between(X,N*3-60*floor(N*3/60),N*3-60*floor(N*3/60)+8),235,16)':cb=128:cr=128"
    )
    chain = f"{bar},{moving},tinterlace=interleave_top,setfield=tff"
    fields = tmp_path / "fields.mp4"
    coded = (*X264, "-flags", "+ilme+ildct", "-x264-params", "tff=1")
    media.make("-f", "lavfi", "-i", chain, "-frames:v", "24", *coded, str(fields))
    progressive = tmp_path / "plain.mp4"
    media.make("-f", "lavfi", "-i", chain, "-frames:v", "24", *X264, str(progressive))
    assert _combing(progressive, tmp_path) > 40, "as it would be"
    assert _combing(fields, tmp_path) < 15


def _combing(clip: Path, tmp_path: Path) -> float:
    """Return how much neighbouring lines differ where something moves."""
    target = _segment(clip, PICTURE, tmp_path, 2, 20)
    raw = media.ask("-i", str(target), "-f", "rawvideo", "-vf", "extractplanes=y", "-")
    lumas = np.frombuffer(raw, np.uint8).reshape(-1, 36, 64).astype(float)
    return float(
        np.abs(lumas[:, 1:-1] * 2 - lumas[:, :-2] - lumas[:, 2:])[lumas[:, 1:-1] > 60].mean()
    )


@pytest.mark.parametrize("frames", [1, 2, 3])
def test_a_clip_of_hardly_any_pictures_is_taken(frames: int, tmp_path: Path) -> None:
    chain = f"{AS_BT709},format=yuv420p,{TAGGED}"
    clip = _made(tmp_path / "short.mp4", chain, *X264, frames=frames)
    assert _near(_colours(clip, PICTURE, tmp_path), RGB)


def test_odd_footage_is_encoded_to_the_same_bytes_again(tmp_path: Path) -> None:
    """Filters for wide colours and for fields work in slices; that must not show."""
    tags = ("-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc")
    coder = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:qp=2")
    wide = _made(tmp_path / "wide.mp4", _wide("smpte2084"), *coder, *tags)
    chain = f"{AS_BT709},format=yuv420p,{TAGGED},tinterlace=interleave_top,setfield=tff"
    coded = (*X264, "-flags", "+ilme+ildct", "-x264-params", "tff=1")
    fields = _made(tmp_path / "fields.mp4", chain, *coded)
    shots = tuple(
        Shot(Footage(clip, digest(clip), probe(clip).frames, Fraction(24)), 2, 10)
        for clip in (wide, fields)
    )
    segment = Segment("k", 8, shots, TransitionKind.CROSSFADE)
    for name in ("one", "two"):
        ffmpeg.run(arguments(segment, PICTURE, tmp_path / name))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
