"""Filters and their links, without ffmpeg: one description for two programs.

`text` writes a graph for ffmpeg's command line; `Wired` builds the same graph in PyAV.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import av
from av.filter import Graph as AvGraph
from av.video.frame import VideoFrame

from clipbot.errors import EncodingFailed

if TYPE_CHECKING:
    from av.filter.context import FilterContext


EXACT: Final = "+accurate_rnd+bitexact"
"""Added to every scaler's flags: the same bytes on every processor."""
BT709: Final = {
    "range": "limited",
    "colorspace": "bt709",
    "color_primaries": "bt709",
    "color_trc": "bt709",
}
"""Options of `setparams`: the colours of every picture here."""


def even(pixels: float) -> int:
    """Return the nearest even number of pixels, at least 2: 4:2:0 halves them."""
    return max(2, 2 * round(pixels / 2))


@dataclass(frozen=True, slots=True)
class Node:
    """One filter and its links."""

    name: str
    options: Mapping[str, str]
    inputs: tuple[str, ...]
    """Labels; one that no node puts out is a way into the graph."""
    outputs: tuple[str, ...]


@dataclass(slots=True)
class Plumber:
    """Adds nodes one by one and hands out the labels of what they put out."""

    nodes: list[Node] = field(default_factory=list)
    _count: int = 0

    def add(self, name: str, *inputs: str, **options: object) -> str:
        """Add a filter with one output and return its label."""
        return self._added(name, inputs, 1, options)[0]

    def split(self, label: str, parts: int = 2) -> tuple[str, ...]:
        """Make one stream several."""
        return self._added("split", (label,), parts, {"outputs": parts})

    def _added(
        self, name: str, inputs: tuple[str, ...], outputs: int, options: Mapping[str, object]
    ) -> tuple[str, ...]:
        labels = tuple(f"v{self._count + number}" for number in range(outputs))
        self._count += outputs
        texts = {key: str(value) for key, value in options.items()}
        self.nodes.append(Node(name, texts, inputs, labels))
        return labels


def text(nodes: Sequence[Node], ways_in: Mapping[str, str], out: str) -> str:
    """Return the graph for `-filter_complex`.

    Args:
        nodes: In an order in which every link is put out before it is taken in.
        ways_in: What ffmpeg calls the graph's inputs, by label: `{"clip": "0:v"}`.
        out: Label to end with; it is called `out` in the text.
    """
    names = {**ways_in, out: "out"}

    def pads(labels: Sequence[str]) -> str:
        return "".join(f"[{names.get(label, label)}]" for label in labels)

    return ";".join(
        f"{pads(node.inputs)}{node.name}{_options(node)}{pads(node.outputs)}" for node in nodes
    )


def _options(node: Node) -> str:
    if not node.options:
        return ""
    return "=" + ":".join(f"{key}={escaped(value)}" for key, value in node.options.items())


def escaped(value: str) -> str:
    """Escape an option's value twice, as ffmpeg reads it twice.

    Once as part of an option list, once as part of a graph (ffmpeg-filters, "Notes on
    filtergraph escaping"). Folders may be named anything.
    """
    in_options = re.sub(r"([\\':])", r"\\\1", value)
    return re.sub(r"([\\'\[\],;])", r"\\\1", in_options)


_TICK: Final = Fraction(1, 24)


class Wired:
    """A graph in this process that turns single frames into single frames.

    Not safe for use by several threads at once.
    """

    def __init__(
        self, nodes: Sequence[Node], ways_in: Mapping[str, tuple[int, int, str]], out: str
    ) -> None:
        """Build and configure the graph.

        Args:
            nodes: As for `text`.
            ways_in: (width, height, pixel format) of each input, by label.
            out: Label to end with.

        Raises:
            EncodingFailed: PyAV's ffmpeg lacks a filter, or refuses its options.
        """
        self._graph, self._pushed = AvGraph(), 0
        self._graph.threads = 1
        self._ways_in = tuple(ways_in)
        try:
            self._connect(nodes, ways_in, out)
        except (av.FFmpegError, ValueError) as error:
            raise EncodingFailed("the preview's filters cannot be set up") from error

    def _connect(
        self, nodes: Sequence[Node], ways_in: Mapping[str, tuple[int, int, str]], out: str
    ) -> None:
        put_out: dict[str, tuple[FilterContext, int]] = {}
        for label, (width, height, pixel_format) in ways_in.items():
            source = self._graph.add_buffer(
                width=width,
                height=height,
                format=av.VideoFormat(pixel_format),
                name=label,
                time_base=_TICK,
            )
            put_out[label] = source, 0
        for node in nodes:
            made = self._graph.add(node.name, **node.options)
            for position, label in enumerate(node.inputs):
                source, pad = put_out[label]
                source.link_to(made, pad, position)
            put_out |= {label: (made, pad) for pad, label in enumerate(node.outputs)}
        end, pad = put_out[out]
        end.link_to(self._graph.add("buffersink"), pad, 0)
        self._graph.configure()

    def apply(self, frames: Mapping[str, VideoFrame]) -> VideoFrame:
        """Return what the graph makes of one frame per input.

        Raises:
            EncodingFailed: The filters gave nothing back.
        """
        try:
            for position, label in enumerate(self._ways_in):
                frame = frames[label]
                frame.time_base, frame.pts = _TICK, self._pushed
                self._graph.vpush(frame, position)
            self._pushed += 1
            return self._graph.vpull()
        except (av.FFmpegError, OSError) as error:
            raise EncodingFailed("the preview could not be made") from error
