"""What the doubled service knows of six models: their inputs and prices.

Written from `facts/services.md` §3.5, apart from clipbot's own catalogue, so that the two
check each other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

TEXT, PICTURE, PICTURES, TRUTH, NUMBER = "text", "picture", "pictures", "truth", "number"


@dataclass(frozen=True)
class Spec:
    """A model of the service."""

    inputs: Mapping[str, Any]
    """A kind, or the list of allowed values."""
    required: tuple[str, ...]
    price: Callable[[Mapping[str, Any]], int]
    """Micros for an input with all defaults filled in."""
    defaults: Mapping[str, Any] = field(default_factory=dict)


def _veo(with_audio: int, silent: int, resolution: str) -> Spec:
    inputs = {
        "prompt": TEXT,
        "negative_prompt": TEXT,
        "image": PICTURE,
        "last_frame": PICTURE,
        "duration": [4, 6, 8],
        "resolution": ["720p", "1080p"],
        "aspect_ratio": ["16:9", "9:16"],
        "generate_audio": TRUTH,
        "seed": NUMBER,
    }
    return Spec(
        inputs,
        ("prompt",),
        lambda said: said["duration"] * (with_audio if said["generate_audio"] else silent),
        {"duration": 8, "resolution": resolution, "aspect_ratio": "16:9", "generate_audio": True},
    )


_VEO = _veo(400_000, 200_000, "1080p")

MODELS: Mapping[str, Spec] = {
    "google/veo-3.1": Spec(
        {**_VEO.inputs, "reference_images": PICTURES}, _VEO.required, _VEO.price, _VEO.defaults
    ),
    "google/veo-3.1-fast": _veo(150_000, 100_000, "720p"),
    "kwaivgi/kling-v2.1": Spec(
        {
            "prompt": TEXT,
            "negative_prompt": TEXT,
            "start_image": PICTURE,
            "end_image": PICTURE,
            "mode": ["standard", "pro"],
            "duration": [5, 10],
        },
        ("prompt", "start_image"),
        lambda said: said["duration"] * (50_000 if said["mode"] == "standard" else 90_000),
        {"mode": "standard", "duration": 5},
    ),
    "kwaivgi/kling-v2.5-turbo-pro": Spec(
        {
            "prompt": TEXT,
            "negative_prompt": TEXT,
            "start_image": PICTURE,
            "image": PICTURE,
            "duration": [5, 10],
            "aspect_ratio": ["16:9", "9:16", "1:1"],
            "guidance_scale": NUMBER,
        },
        ("prompt",),
        lambda said: said["duration"] * 70_000,
        {"duration": 5, "aspect_ratio": "16:9"},
    ),
    "minimax/hailuo-2.3": Spec(
        {
            "prompt": TEXT,
            "first_frame_image": PICTURE,
            "duration": [6, 10],
            "resolution": ["768p", "1080p"],
            "prompt_optimizer": TRUTH,
        },
        ("prompt",),
        lambda said: {6: 600_000, 10: 900_000}[said["duration"]],
        {"duration": 6, "resolution": "768p", "prompt_optimizer": True},
    ),
    "wan-video/wan-2.5-i2v": Spec(
        {
            "prompt": TEXT,
            "negative_prompt": TEXT,
            "image": PICTURE,
            "duration": [5, 10],
            "resolution": ["480p", "720p", "1080p"],
            "enable_prompt_expansion": TRUTH,
            "seed": NUMBER,
        },
        ("prompt", "image"),
        lambda said: (
            said["duration"]
            * {"480p": 50_000, "720p": 100_000, "1080p": 150_000}[said["resolution"]]
        ),
        {"duration": 5, "resolution": "720p", "enable_prompt_expansion": True},
    ),
}


def complaints(spec: Spec, inputs: object) -> list[str]:
    """Return what is wrong with an input, as the service words it."""
    if not isinstance(inputs, dict):
        return ["input: Invalid type. Expected: object"]
    missing = [f"input: {name} is required" for name in spec.required if name not in inputs]
    unknown = [f"input.{name}: is not allowed" for name in inputs if name not in spec.inputs]
    wrong = [
        f"input.{name}: {_complaint(spec.inputs[name], value)}"
        for name, value in inputs.items()
        if name in spec.inputs and _complaint(spec.inputs[name], value)
    ]
    return missing + unknown + wrong


def _complaint(kind: object, value: object) -> str:
    if isinstance(kind, list):
        return "" if value in kind and not isinstance(value, bool) else f"must be one of {kind}"
    fits = {
        TEXT: isinstance(value, str),
        TRUTH: isinstance(value, bool),
        NUMBER: isinstance(value, int | float) and not isinstance(value, bool),
        PICTURE: isinstance(value, str) and value.startswith(("data:image/", "https:", "http:")),
        PICTURES: isinstance(value, list) and 1 <= len(value) <= 3,
    }
    return "" if fits[str(kind)] else f"Invalid type. Expected: {kind}"


def schema(spec: Spec) -> dict[str, Any]:
    """Return a model's OpenAPI schema in the service's form: values lie behind a `$ref`."""
    types = {TEXT: "string", PICTURE: "string", PICTURES: "array", TRUTH: "boolean"}
    parts: dict[str, Any] = {"Output": {"type": "string", "format": "uri"}}
    properties: dict[str, Any] = {}
    for name, kind in spec.inputs.items():
        if isinstance(kind, list):
            parts[name] = {"enum": kind, "type": "string" if kind[0] is str else "integer"}
            properties[name] = {"allOf": [{"$ref": f"#/components/schemas/{name}"}]}
        else:
            properties[name] = {"type": types.get(kind, "integer"), "title": name}
    parts["Input"] = {"type": "object", "required": [*spec.required], "properties": properties}
    return {"openapi": "3.0.2", "components": {"schemas": parts}}
