"""What a cog model takes, by its own schema, and a request in its words.

Models are published with inputs of any name and range; the server's OpenAPI document says
which. Only inputs that it names are sent, with values that it allows. Pure: pictures come
in as data URIs.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import partial
from typing import Any, Final

from clipbot.domain.plan import Kind
from clipbot.renderers.base import RenderRequest

SAME_BELOW: Final = 0.35
"""Temperatures of the bands in facts/services.md 3.6: also the last frame is shown."""
PRECISE_BELOW: Final = 0.5
"""The first frame is shown."""
REDO_FROM: Final = 0.8
"""Nothing of the current version is shown."""

_UNNAMED: Final = frozenset({"", "cog", "fastapi"})
"""Titles that servers have when nobody gave them one."""
_RATIOS: Final = ("16:9", "9:16", "1:1", "4:3", "3:4", "3:2", "2:3", "4:5", "5:4", "21:9", "9:21")
_LARGEST_SEED: Final = 2**32 - 1
"""Where a schema sets no limit: numpy's, which most models seed with it."""
_LARGEST_BOUND: Final = 2**63
_MOST_REFERENCES: Final = 8
"""Of references in a schema that are followed; no schema nests deeper."""


class Part(StrEnum):
    """What can be shown of the current version."""

    VIDEO = "video"
    FIRST = "first frame"
    LAST = "last frame"


_PARTS: Final[Mapping[Part, tuple[str, ...]]] = {
    Part.VIDEO: ("video", "input_video"),
    Part.FIRST: ("image", "start_image", "first_frame", "first_frame_image", "input_image"),
    Part.LAST: ("last_frame", "end_image", "last_image", "last_frame_image"),
}
"""Names of inputs, most usual first. A model that has two names of one part gets the first."""
_BELOW: Final = {Part.VIDEO: REDO_FROM, Part.FIRST: PRECISE_BELOW, Part.LAST: SAME_BELOW}
_PROMPT: Final = ("prompt",)
_NEGATIVE: Final = ("negative_prompt",)
_SEED: Final = ("seed",)
_DURATION: Final = ("duration", "duration_seconds")
_RATIO: Final = ("aspect_ratio",)
_WIDTH: Final = ("width",)
_HEIGHT: Final = ("height",)
_FRAMES: Final = ("num_frames",)
_RATE: Final = ("fps", "frames_per_second", "frame_rate")
_KNOWN: Final = frozenset(
    name
    for names in (
        *_PARTS.values(),
        *(_PROMPT, _NEGATIVE, _SEED, _DURATION, _RATIO, _WIDTH, _HEIGHT, _FRAMES, _RATE),
    )
    for name in names
)


@dataclass(frozen=True, slots=True)
class Model:
    """A model as its server describes it."""

    inputs: Mapping[str, Mapping[str, Any]]
    """What is said of each input, by name, references followed."""
    required: frozenset[str]
    title: str | None = None

    @property
    def reads_prompt(self) -> bool:
        return self._name(_PROMPT) is not None

    def parts(self, request: RenderRequest) -> tuple[Part, ...]:
        """Return what of the current version is shown to it, by the request's temperature.

        What it cannot do without is shown at every temperature.
        """
        named = {part: self._name(names) for part, names in _PARTS.items()}
        return tuple(
            part
            for part, name in named.items()
            if name is not None and (name in self.required or request.temperature < _BELOW[part])
        )

    def refusal(self, request: RenderRequest) -> str | None:
        """Return why it cannot take the request, in a few words, if it cannot."""
        unknown = sorted(self.required - _KNOWN)
        if unknown:
            return f"it needs an input that is not known here ({unknown[0][:40]})"
        if not self.reads_prompt and not any(self._name(names) for names in _PARTS.values()):
            return "it takes neither words nor pictures"
        shown = [self._name(_PARTS[part]) for part in self.parts(request)]
        if request.source is None and self.required.intersection(filter(None, shown)):
            return "there is no footage to work on"
        return None

    def footage_seconds(self, request: RenderRequest) -> float:
        """Return how long the footage will be that it is asked for."""
        slot = float(request.frames / request.rate)
        name = self._name(_DURATION)
        value = _number(self.inputs[name], slot, _enough) if name else None
        return _numeric(value) or slot

    def words(self, request: RenderRequest, shown: Mapping[Part, str]) -> dict[str, Any]:
        """Return the request as inputs of this model.

        Args:
            request: Its `source` is not read.
            shown: What `parts` named, as data URIs.
        """
        sent: dict[str, Any] = {}

        def say(names: tuple[str, ...], value_of: Callable[[Mapping[str, Any]], Any]) -> None:
            name = self._name(names)
            value = None if name is None else value_of(self.inputs[name])
            if name is not None and value is not None:
                sent[name] = value

        slot = request.frames / request.rate
        say(_PROMPT, lambda spec: _text(spec, request.prompt))
        say(_NEGATIVE, lambda spec: _text(spec, _unwanted(request)))
        say(_SEED, lambda spec: _seed(spec, request.seed))
        for part, uri in shown.items():
            say(_PARTS[part], partial(_text, text=uri))
        say(_DURATION, lambda spec: _number(spec, float(slot), _enough))
        say(_RATIO, lambda spec: _ratio(spec, request.width / request.height))
        say(_WIDTH, lambda spec: _number(spec, request.width, _nearest))
        say(_HEIGHT, lambda spec: _number(spec, request.height, _nearest))
        say(_RATE, lambda spec: _number(spec, float(request.rate), _nearest))
        rate = next((Fraction(_numeric(sent[name]) or 0) for name in _RATE if name in sent), None)
        say(_FRAMES, lambda spec: _number(spec, float(slot * (rate or request.rate)), _enough))
        return sent

    def _name(self, names: tuple[str, ...]) -> str | None:
        return next((name for name in names if name in self.inputs), None)


def read(document: object) -> Model:
    """Read a model from its server's OpenAPI document.

    Raises:
        ValueError: The document does not say what the model takes.
    """
    try:
        schemas = document["components"]["schemas"]  # type: ignore[index]
        taken = schemas["Input"]
        inputs = {
            str(name): _resolved(spec, schemas)
            for name, spec in (taken.get("properties") or {}).items()
        }
        required = frozenset(str(name) for name in taken.get("required") or ())
        title = document.get("info", {}).get("title")  # type: ignore[attr-defined]
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("the schema names no inputs") from error
    named = isinstance(title, str) and title.strip().lower() not in _UNNAMED
    return Model(inputs, required, " ".join(title.split())[:60] if named else None)


def _resolved(spec: Any, schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what is said of an input: references followed, "or nothing" left out."""
    found: dict[str, Any] = dict(spec)
    for _ in range(_MOST_REFERENCES):
        parts = [
            part
            for key in ("allOf", "anyOf", "oneOf")
            for part in found.pop(key, None) or ()
            if part.get("type") != "null"
        ]
        if "$ref" in found:
            parts.append(schemas[str(found.pop("$ref")).rsplit("/", 1)[-1]])
        if not parts:
            break
        found = dict(parts[0]) | found
    return _sound(found)


def _sound(spec: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return only what is read here of an input, and of that only what can be right."""
    kind = spec.get("type")
    if isinstance(kind, list):
        kind = next((each for each in kind if each != "null"), None)
    bounds = {name: spec.get(name) for name in ("minimum", "maximum", "multipleOf")}
    sound: dict[str, Any] = {name: bound for name, bound in bounds.items() if _is_number(bound)}
    if sound.get("multipleOf", 1) <= 0:
        del sound["multipleOf"]
    if isinstance(kind, str):
        sound["type"] = kind
    if isinstance(spec.get("enum"), list):
        sound["enum"] = spec["enum"]
    return sound


def _is_number(value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and abs(value) < _LARGEST_BOUND


def _text(spec: Mapping[str, Any], text: str) -> str | None:
    return text if text and spec.get("type", "string") == "string" else None


def _unwanted(request: RenderRequest) -> str:
    """Return what is to be removed, as a negative prompt."""
    gone = [op.direction for op in request.ops if op.kind is Kind.REMOVE and op.direction]
    return ", ".join(word.replace("_", " ") for word in gone)


def _seed(spec: Mapping[str, Any], seed: int) -> int | None:
    """Return a seed in its range. Large seeds wrap: clamped, all of them would be one."""
    if spec.get("type") != "integer":
        return None
    low: int = math.ceil(spec.get("minimum", 0))
    high: int = math.floor(spec.get("maximum", _LARGEST_SEED))
    return low + (seed - low) % max(1, high - low + 1)


def _ratio(spec: Mapping[str, Any], wanted: float) -> str | None:
    """Return the allowed ratio whose shape is nearest, such as "16:9"."""
    if spec.get("type", "string") != "string":
        return None

    def far(choice: str) -> float:
        width, height = (float(side) for side in choice.split(":"))
        return abs(math.log(width / height) - math.log(wanted))

    shapes = [
        choice
        for choice in spec.get("enum") or _RATIOS
        if isinstance(choice, str) and re.fullmatch(r"[1-9]\d*:[1-9]\d*", choice)
    ]
    return min(shapes, key=far, default=None)


def _nearest(wanted: float) -> Callable[[float], tuple[bool, float]]:
    """Prefer what is nearest."""
    return lambda value: (False, abs(value - wanted))


def _enough(wanted: float) -> Callable[[float], tuple[bool, float]]:
    """Prefer the least that is enough, else the most: longer footage can be trimmed."""
    return lambda value: (value < wanted - 1e-6, abs(value - wanted))


def _number(
    spec: Mapping[str, Any],
    wanted: float,
    prefer: Callable[[float], Callable[[float], tuple[bool, float]]],
) -> Any:
    """Return the allowed value that is preferred, or None where it takes no number."""
    better = prefer(wanted)
    if spec.get("enum"):
        values = [(number, value) for value in spec["enum"] if (number := _numeric(value))]
        return min(values, key=lambda pair: better(pair[0]), default=(None, None))[1]
    if spec.get("type") not in {"integer", "number"}:
        return None
    low, high = spec.get("minimum", 0), spec.get("maximum", math.inf)
    clamped = min(max(wanted, low), high)
    step = spec.get("multipleOf") or (1 if spec["type"] == "integer" else 0)
    if not step:
        return clamped
    steps = (math.floor(clamped / step) * step, math.ceil(clamped / step) * step)
    fitting = [value for value in steps if low <= value <= high]
    value = min(fitting, key=better, default=None)
    return int(value) if value is not None and spec["type"] == "integer" else value


def _numeric(value: object) -> float | None:
    """Return a number that a model may write as text: 5, "5", "5s"."""
    match = re.match(r"\s*(\d+(?:\.\d+)?)", str(value))
    return float(match[1]) if match and not isinstance(value, bool) else None
