"""From a scene to a file: which scene is which clip, how long it is, and the encoder's settings."""

import subprocess
from importlib import import_module
from pathlib import Path
from typing import Final, Protocol

import imageio_ffmpeg

from . import score
from .canvas import HEIGHT, WIDTH, Image, Look

RATE: Final = 24
SCENES: Final = ("stars", "sea", "forest", "dunes", "train", "city", "festival", "dawn")
SPARE_FRAMES: Final = (18, 16, 14, 18, 20, 16, 18, 16)
"""Frames that a clip runs on behind its slot: 0.58 to 0.83 seconds."""
QUALITY: Final = (24, 24, 23, 22, 24, 26, 24, 24)

TO_BT709: Final = (
    "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd,format=yuv420p,"
    "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709"
)


class Scene(Protocol):
    """What a scene module offers as `Scene`: plates painted once, then asked for moments."""

    look: Look

    def paint(self, t: float) -> Image:
        """Return the picture at `t` seconds."""
        ...


def open_scene(index: int) -> Scene:
    """Return the scene of a clip, ready to paint."""
    scene: Scene = import_module(f"{__package__}.scene_{SCENES[index]}").Scene()
    return scene


def frame_count(index: int) -> int:
    """Return how many frames the file of a clip holds: its slot and the spare frames."""
    return round(score.CLIP_BARS[index] * score.BAR_SECONDS * RATE) + SPARE_FRAMES[index]


def write(index: int, folder: Path) -> None:
    """Render a clip and put it into `folder` as `clip_{index}.mp4`, whole or not at all."""
    scene, half = open_scene(index), folder / f".clip_{index}.mp4"
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-v", "error",
        "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}",
        "-r", str(RATE), "-i", "-",
        "-vf", TO_BT709,
        "-c:v", "libx264", "-preset", "slow", "-crf", str(QUALITY[index]), "-aq-mode", "3",
        "-g", "24", "-keyint_min", "24", "-sc_threshold", "0", "-flags", "+cgop", "-threads", "2",
        "-an", "-movflags", "+faststart", str(half),
    ]  # fmt: skip
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
        if encoder.stdin is None:
            message = "the encoder has no input"
            raise RuntimeError(message)
        for number in range(frame_count(index)):
            encoder.stdin.write(scene.look.develop(scene.paint(number / RATE)).tobytes())
    if encoder.returncode:
        raise subprocess.CalledProcessError(encoder.returncode, command)
    half.replace(folder / f"clip_{index}.mp4")
