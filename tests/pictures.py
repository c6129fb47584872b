"""Pictures with known colours, and short clips of them.

`photograph` holds what looks must treat well: a sky, ground, skin, a lamp, deep shadow and
white. It is drawn, so that the suite needs no file; noise of a fixed seed gives it texture.
"""

from functools import cache
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from tests import media

Pixels = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.float64]

SIZE = (320, 180)
SKY, GROUND, SKIN, LAMP, LEAF = (
    (110, 170, 215),
    (120, 95, 70),
    (205, 150, 120),
    (255, 214, 130),
    (70, 120, 50),
)


@cache
def photograph(width: int = 320, height: int = 180) -> Pixels:
    """Return a picture with sky, ground, skin, leaves, a lamp, shadow and white."""
    image = Image.new("RGB", (width, height), GROUND)
    draw = ImageDraw.Draw(image)
    for row in range(height // 2):
        fade = row / (height // 2)
        draw.line(
            [(0, row), (width, row)],
            fill=tuple(round(c + (235 - c) * fade * 0.5) for c in SKY),
        )
    unit = height / 180
    draw.ellipse([40 * unit, 80 * unit, 90 * unit, 150 * unit], fill=SKIN)
    draw.rectangle([120 * unit, 60 * unit, 200 * unit, 180 * unit], fill=(26, 24, 30))
    draw.ellipse([150 * unit, 85 * unit, 162 * unit, 100 * unit], fill=LAMP)
    draw.ellipse([220 * unit, 95 * unit, 270 * unit, 160 * unit], fill=LEAF)
    draw.rectangle([285 * unit, 100 * unit, 305 * unit, 160 * unit], fill=(245, 244, 240))
    noise = np.random.default_rng(3).normal(0.0, 5.0, (height, width, 1))
    return np.clip(np.asarray(image) + noise, 0, 255).astype(np.uint8)


@cache
def clip_of(
    name: str, *, frames: int = 12, pan: int = 0, rate: int = 24, options: tuple[str, ...] = ()
) -> Path:
    """Return a clip of a picture.

    Args:
        name: `photograph`, or a colour (`gray`, `#336699`).
        frames: How many.
        pan: Pixels that the picture moves per frame.
        rate: Frames per second. Particles are drawn for every frame of a few seconds, so
            a low rate is quick.
        options: Output options of ffmpeg.
    """
    width, height = SIZE
    path = media.folder() / f"{name}-{frames}-{pan}-{rate}-{abs(hash(options))}.mp4"
    scale = 2 if pan else 1
    if name == "photograph":
        picture = Image.fromarray(photograph(width * scale, height * scale))
    else:
        picture = Image.new("RGB", (width * scale, height * scale), name)
    picture.save(path.with_suffix(".png"))
    exactly = "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int"
    media.make(
        *("-loop", "1", "-framerate", str(rate), "-i", str(path.with_suffix(".png"))),
        *("-vf", f"crop={width}:{height}:{pan}*n:0,{exactly},format=yuv420p"),
        *("-frames:v", str(frames), "-c:v", "libx264", "-preset", "ultrafast", "-crf", "8"),
        *("-colorspace", "bt709", "-color_range", "tv", *options, str(path)),
    )
    return path


def frames_of(path: Path) -> list[Pixels]:
    """Return all frames of a clip as RGB, decoded as BT.709."""
    with av.open(str(path)) as container:
        return [
            np.asarray(
                frame.reformat(format="rgb24", src_colorspace="ITU709").to_ndarray(), np.uint8
            )
            for frame in container.decode(video=0)
        ]


def luma(picture: Pixels) -> float:
    """Return the mean luma, 0..255."""
    return float((picture.astype(np.float64) @ [0.2126, 0.7152, 0.0722]).mean())


def saturation(picture: Pixels) -> float:
    """Return the mean HSV saturation, 0..1."""
    colours = picture.reshape(-1, 3).astype(np.float64)
    most = np.maximum(colours.max(axis=1), 1.0)
    return float(((most - colours.min(axis=1)) / most).mean())


def warmth(picture: Pixels) -> float:
    """Return the mean of red minus blue, relative to luma."""
    red, _, blue = picture.reshape(-1, 3).mean(axis=0)
    return float((red - blue) / (luma(picture) + 2.5))


def contrast(picture: Pixels) -> float:
    """Return the standard deviation of luma."""
    return float((picture.astype(np.float64) @ [0.2126, 0.7152, 0.0722]).std())


def detail(picture: Pixels) -> float:
    """Return the mean step between neighbouring columns, in luma."""
    grey = picture.astype(np.float64) @ [0.2126, 0.7152, 0.0722]
    return float(np.abs(np.diff(grey, axis=1)).mean())


def cast(picture: Pixels) -> Numbers:
    """Return mean red, green and blue minus their mean: zero for a neutral picture."""
    means = picture.reshape(-1, 3).mean(axis=0)
    return np.asarray(means - means.mean(), np.float64)
