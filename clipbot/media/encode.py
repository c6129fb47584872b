"""One segment as an ffmpeg command.

Each shot is cut out of its footage by frame number at the film's rate, before anything
is scaled, and only then brought to the film's format. Frame numbers count from the
footage's first frame whether or not decoding starts there: timestamps are never
shifted (`-copyts`), so a seek changes the cost and not one pixel.
"""

from fractions import Fraction
from pathlib import Path
from typing import Final

from clipbot.domain.timeline import TransitionKind
from clipbot.media import ffmpeg
from clipbot.media.colours import narrowed
from clipbot.media.format import Format
from clipbot.media.mp4 import NotMp4, load_track
from clipbot.media.seek import start_before
from clipbot.media.segments import Segment, Shot

_PROGRESSIVE: Final = "bwdif=mode=send_frame:deint=interlaced"
"""Whole pictures out of two fields, where a frame says that it has them; others pass untouched."""
_HD_LINES: Final = 720
"""Untagged pictures of at least this many lines are BT.709, as players assume."""


def arguments(segment: Segment, picture: Format, target: Path) -> list[str]:
    """Return the arguments that encode a segment to `target`, for `ffmpeg.run`."""
    starts = [seek_of(shot, picture) for shot in segment.shots]
    inputs = [
        option
        for shot, start in zip(segment.shots, starts, strict=True)
        for option in input_of(shot.footage.path, start)
    ]
    graph = _graph(segment, picture, [bool(start) for start in starts])
    threads = ("-filter_complex_threads", str(picture.threads))
    return [
        *("-copyts", *threads, *inputs, "-filter_complex", graph, "-map", "[out]"),
        *("-frames:v", str(segment.frames), *picture.encoder(), str(target)),
    ]


def seek_of(shot: Shot, picture: Format) -> Fraction:
    """Return where decoding begins, in seconds of the footage; 0 is its start.

    One frame of the film earlier than needed: `fps` shows the frame nearest before.
    """
    needed = Fraction(shot.start - 1) / (picture.rate * shot.slowdown)
    return start_before(shot.footage.path, needed)


def input_of(path: Path, start: Fraction) -> list[str]:
    """Return the options that open footage, decoded from `start` seconds on."""
    seek = ["-noaccurate_seek", "-ss", f"{float(start):.6f}"] if start else []
    # One thread: decoding ahead of a short range is thrown away, and encoding is slower.
    threads = ("-threads", "1")
    return [*ffmpeg.SAFE_INPUT, *_untagged(path), *threads, *seek, "-i", str(path)]


def _untagged(path: Path) -> list[str]:
    """Return the colours to assume where the footage does not say; its own tags win."""
    try:
        is_hd = load_track(path).height >= _HD_LINES
    except (NotMp4, OSError):
        is_hd = True
    return ["-colorspace", "bt709"] if is_hd else []


def _graph(segment: Segment, picture: Format, sought: list[bool]) -> str:
    chains = [
        f"[{number}:v:0]{cut(shot, picture, is_sought=is_sought)},{picture.filters()}"
        for number, (shot, is_sought) in enumerate(zip(segment.shots, sought, strict=True))
    ]
    if len(chains) == 1:
        start = segment.frames - segment.fade_frames
        fade = f",fade=t=out:start_frame={start}:nb_frames={segment.fade_frames}"
        return f"{chains[0]}{fade if segment.fade_frames else ''}[out]"
    if segment.transition is TransitionKind.FADE:
        dark = [shot.frames for shot in segment.shots]
        chains[0] += f",fade=t=out:start_frame=0:nb_frames={dark[0]}"
        chains[1] += f",fade=t=in:start_frame=0:nb_frames={dark[1]}"
        return f"{chains[0]}[a];{chains[1]}[b];[a][b]concat=n=2:v=1[out]"
    # As if begun a frame before: the first picture shows a little of the new clip, the
    # last one a little of the old.
    frame = 1 / picture.rate
    tick = f"settb={picture.rate.denominator}/{picture.rate.numerator}"
    seconds = f"duration={float((segment.frames + 1) * frame):.9f}:offset={-float(frame):.9f}"
    blend = f"xfade=transition=fade:{seconds}"
    return f"{chains[0]},{tick}[a];{chains[1]},{tick}[b];[a][b]{blend}[out]"


def cut(shot: Shot, picture: Format, *, is_sought: bool) -> str:
    """Return the filters that yield exactly the frames of a shot, whole and in ordinary colours.

    `fps` repeats the first frame back to time 0, also where decoding began later;
    the repeats lie before the range and cost nothing.
    """
    origin = "0" if is_sought else "STARTPTS"
    slowdown = f"*{shot.slowdown.numerator}/{shot.slowdown.denominator}"
    slowed = slowdown if shot.slowdown != 1 else ""
    rate = f"{picture.rate.numerator}/{picture.rate.denominator}"
    held = f",tpad=stop_mode=clone:stop={shot.held}" if shot.held else ""
    colours = narrowed(shot.footage.path, picture)
    return (
        f"{_PROGRESSIVE},setpts=(PTS-{origin}){slowed},fps={rate}:round=near:start_time=0"
        f",tpad=stop_mode=clone:stop=-1"
        f",trim=start_frame={shot.start}:end_frame={shot.stop},setpts=PTS-STARTPTS{held}"
        f"{colours and ','}{colours}"
    )
