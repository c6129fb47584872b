"""Segments as one ffmpeg command.

Each shot is cut out of its footage by frame number at the film's rate, before anything
is scaled, and only then brought to the film's format. Frame numbers count from the
footage's first frame whether or not decoding starts there: timestamps are never
shifted (`-copyts`), so a seek changes the cost and not one pixel.

A process encodes any number of segments, each to a file of its own, with an encoder of
its own. It opens each footage once, however many of them show it: an edit decodes its
clip once for the core and both junctions. What comes from an edge (`edges.py`) is not
decoded at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Final

from clipbot.domain.timeline import TransitionKind
from clipbot.media import edges, ffmpeg
from clipbot.media.colours import narrowed
from clipbot.media.format import Format
from clipbot.media.mp4 import NotMp4, load_track
from clipbot.media.seek import start_before
from clipbot.media.segments import Segment, Shot

PROGRESSIVE: Final = "bwdif=mode=send_frame:deint=interlaced"
"""Whole pictures out of two fields, where a frame says that it has them; others pass untouched."""
_HD_LINES: Final = 720
"""Untagged pictures of at least this many lines are BT.709, as players assume."""


@dataclass(frozen=True, slots=True)
class Work:
    """What one ffmpeg process makes."""

    targets: Mapping[Segment, Path]
    """Segments to encode, and where to; progress counts the frames of the first."""
    found: Mapping[Shot, Path] = field(default_factory=dict)
    """Edges to read shots from."""
    kept: Mapping[Shot, Path] = field(default_factory=dict)
    """Edges to write, of shots that the segments show."""


def arguments(segment: Segment, picture: Format, target: Path) -> list[str]:
    """Return the arguments that encode a segment to `target`, for `ffmpeg.run`."""
    return together(Work({segment: target}), picture)


def together(work: Work, picture: Format) -> list[str]:
    """Return the arguments that encode segments and keep edges, for `ffmpeg.run`."""
    sources = _Sources(work, picture)
    graph = sources.graph()
    outputs: list[str] = []
    for number, (segment, target) in enumerate(work.targets.items()):
        labels = [_label(number, at) for at in range(len(segment.shots))]
        graph.append(_blended(segment, labels, picture, f"out{number}"))
        frames = ("-frames:v", str(segment.frames))
        outputs += ["-map", f"[out{number}]", *frames, *picture.encoder(), str(target)]
    for number, (shot, target) in enumerate(sources.kept()):
        frames = ("-frames:v", str(shot.frames))
        outputs += ["-map", f"[edge{number}]", *frames, *edges.ENCODER, str(target)]
    threads = ("-filter_complex_threads", str(picture.threads))
    return [
        *("-copyts", *threads, *sources.inputs()),
        *("-filter_complex", ";".join(graph), *outputs),
    ]


@dataclass(frozen=True, slots=True)
class _Part:
    """One run of frames of one shot of one segment."""

    shot: Shot
    label: str
    """Name of its frames in the graph."""


class _Sources:
    """Where the shots of some segments come from: edges, and footage opened once each.

    A shot that shows its clip again is opened once for each of its runs: they lie apart.
    """

    def __init__(self, work: Work, picture: Format) -> None:
        self._picture = picture
        self._places = {
            _label(number, at): shot
            for number, segment in enumerate(work.targets)
            for at, shot in enumerate(segment.shots)
        }
        self._edges = {
            label: work.found[shot] for label, shot in self._places.items() if shot in work.found
        }
        self._decoded: dict[str, list[_Part]] = {}
        self._joined: dict[str, list[_Part]] = {}
        for label, shot in self._places.items():
            if label in self._edges:
                continue
            if not shot.then:
                self._decoded.setdefault(shot.footage.digest, []).append(_Part(shot, label))
                continue
            runs = (replace(shot, then=()), *shot.then)
            self._joined[label] = [_Part(run, f"{label}_{n}") for n, run in enumerate(runs)]
            self._decoded |= {part.label: [part] for part in self._joined[label]}
        self._kept = {
            shot: (label, work.kept[shot])
            for label, shot in reversed(self._places.items())
            if shot in work.kept and label not in self._edges
        }

    def kept(self) -> list[tuple[Shot, Path]]:
        """Return the edges to write; the graph has them as `edge0`, `edge1`..."""
        return [(shot, target) for shot, (_, target) in self._kept.items()]

    def inputs(self) -> list[str]:
        """Return the options that open everything."""
        opened: list[str] = []
        for parts in self._decoded.values():
            opened += input_of(parts[0].shot.footage.path, self._start(parts))
        for path in self._edges.values():
            opened += edges.input_of(path)
        return opened

    def graph(self) -> list[str]:
        """Return the chains that yield the frames of all shots, in the film's format."""
        chains: list[str] = []
        for number, parts in enumerate(self._decoded.values()):
            chains += self._footage(number, parts)
        for label, parts in self._joined.items():
            heads = "".join(f"[{part.label}]" for part in parts)
            joined = f"concat=n={len(parts)}:v=1"
            chains.append(f"{heads}{joined}{self._copied(label)}[{label}]")
        for number, label in enumerate(self._edges, len(self._decoded)):
            chains.append(f"[{number}:v:0]{edges.frames(self._picture)}[{label}]")
        return chains

    def _start(self, parts: Sequence[_Part]) -> Fraction:
        return min(seek_of(part.shot, self._picture) for part in parts)

    def _copied(self, label: str) -> str:
        """Return the filter that keeps a copy of a shot's frames as an edge, if one is kept."""
        copies = [copied for copied, _ in self._kept.values()]
        return f",split=2[edge{copies.index(label)}]" if label in copies else ""

    def _footage(self, number: int, parts: Sequence[_Part]) -> list[str]:
        """Return the chains of one footage: decoded once, a branch for each part."""
        is_sought = bool(self._start(parts))
        heads, chains = [f"[{number}:v:0]"], []
        if len(parts) > 1:
            heads = [f"[i{number}_{at}]" for at in range(len(parts))]
            chains = [f"[{number}:v:0]split={len(heads)}{''.join(heads)}"]
        for head, part in zip(heads, parts, strict=True):
            shot = cut(part.shot, self._picture, is_sought=is_sought)
            copied = self._copied(part.label)
            chains.append(f"{head}{shot},{self._picture.filters()}{copied}[{part.label}]")
        return chains


def _label(number: int, at: int) -> str:
    """Return the name of the frames of a segment's shot in the graph."""
    return f"s{number}_{at}"


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


def _blended(segment: Segment, shots: Sequence[str], picture: Format, target: str) -> str:
    """Return the chains that make the frames of a segment out of those of its shots."""
    if len(shots) == 1:
        start = segment.frames - segment.fade_frames
        fade = f"fade=t=out:start_frame={start}:nb_frames={segment.fade_frames}"
        return f"[{shots[0]}]{fade if segment.fade_frames else 'null'}[{target}]"
    before, after = shots
    if segment.transition is TransitionKind.FADE:
        dark = [shot.frames for shot in segment.shots]
        out = f"[{before}]fade=t=out:start_frame=0:nb_frames={dark[0]}[{before}f]"
        back = f"[{after}]fade=t=in:start_frame=0:nb_frames={dark[1]}[{after}f]"
        return f"{out};{back};[{before}f][{after}f]concat=n=2:v=1[{target}]"
    # As if begun a frame before: the first picture shows a little of the new clip, the
    # last one a little of the old.
    frame = 1 / picture.rate
    tick = f"settb={picture.rate.denominator}/{picture.rate.numerator}"
    seconds = f"duration={float((segment.frames + 1) * frame):.9f}:offset={-float(frame):.9f}"
    blend = f"xfade=transition=fade:{seconds}"
    both = f"[{before}]{tick}[{before}t];[{after}]{tick}[{after}t]"
    return f"{both};[{before}t][{after}t]{blend}[{target}]"


def cut(shot: Shot, picture: Format, *, is_sought: bool) -> str:
    """Return the filters that yield exactly the frames of a shot, whole and in ordinary colours.

    What follows in it is another part.

    `fps` repeats the first frame back to time 0, also where decoding began later;
    the repeats lie before the range and cost nothing.
    """
    origin = "0" if is_sought else "STARTPTS"
    slowdown = f"*{shot.slowdown.numerator}/{shot.slowdown.denominator}"
    slowed = slowdown if shot.slowdown != 1 else ""
    rate = f"{picture.rate.numerator}/{picture.rate.denominator}"
    held = f",tpad=stop_mode=clone:stop={shot.held}" if shot.held else ""
    colours = narrowed(shot.footage.path, picture)
    turned = ",reverse" if shot.is_backwards else ""
    return (
        f"{PROGRESSIVE},setpts=(PTS-{origin}){slowed},fps={rate}:round=near:start_time=0"
        f",tpad=stop_mode=clone:stop=-1"
        f",trim=start_frame={shot.start}:end_frame={shot.stop},setpts=PTS-STARTPTS{turned}{held}"
        f"{colours and ','}{colours}"
    )
