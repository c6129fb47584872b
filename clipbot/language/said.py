"""How the plan's closed words are said in a prompt, where no template has words for them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from clipbot.domain.plan import Kind, Operation

_WORDS: Final[Mapping[tuple[Kind, str], str]] = MappingProxyType(
    {
        (Kind.CONTRAST, "down"): "low contrast",
        (Kind.SPEED, "up"): "fast pace",
        (Kind.SPEED, "down"): "slow motion",
        (Kind.SHARPNESS, "up"): "crisp focus",
        (Kind.SHARPNESS, "down"): "soft focus",
        (Kind.WEATHER, "clear"): "clear weather",
        (Kind.WEATHER, "storm"): "stormy sky, dark clouds, driving rain",
        (Kind.WEATHER, "cloudy"): "overcast sky",
        (Kind.WEATHER, "wind"): "strong wind",
        (Kind.LOOK, "vintage"): "vintage film look, faded colours",
        (Kind.LOOK, "vhs"): "VHS tape look, colour bleeding",
        (Kind.LOOK, "noir"): "film noir, black and white, hard shadows",
        (Kind.LOOK, "teal_orange"): "teal and orange colour grade",
        (Kind.LOOK, "bleach_bypass"): "bleach bypass, desaturated, high contrast",
        (Kind.LOOK, "neon"): "neon lights, glowing signs",
        (Kind.LOOK, "film"): "cinematic film look",
        (Kind.LOOK, "pixel_art"): "pixel art",
        (Kind.LOOK, "painting"): "painted look",
        (Kind.LOOK, "sketch"): "hand-drawn sketch",
        (Kind.LOOK, "glow"): "soft glow",
        (Kind.LOOK, "bokeh"): "shallow depth of field, soft bokeh",
        (Kind.LOOK, "silhouette"): "backlit silhouettes",
        (Kind.LOOK, "vignette"): "soft vignette",
        (Kind.LOOK, "winter"): "in winter",
        (Kind.LOOK, "summer"): "in summer",
        (Kind.LOOK, "autumn"): "in autumn",
        (Kind.LOOK, "spring"): "in spring",
    }
)
_OUT: Final[Mapping[tuple[Kind, str], str]] = MappingProxyType(
    {
        (Kind.WEATHER, "storm"): "sunny, clear sky, blue sky, cloudless, calm sea",
        (Kind.WEATHER, "cloudy"): "sunny, clear sky, blue sky, cloudless",
        (Kind.WEATHER, "clear"): "rainy, rain, drizzle, stormy, foggy, overcast, hazy, misty",
        (Kind.CONTRAST, "down"): "high contrast, harsh light, hard shadows",
        (Kind.SHARPNESS, "up"): "soft focus, blurry",
        (Kind.SHARPNESS, "down"): "crisp focus, razor-sharp focus, pin-sharp",
        (Kind.SPEED, "up"): "slow motion",
        (Kind.SPEED, "down"): "fast pace, fast-paced",
    }
)
_SWAPPED: Final[Mapping[tuple[Kind, str], tuple[tuple[str, str], ...]]] = MappingProxyType(
    {
        (Kind.WEATHER, "storm"): (
            ("bright golden hour sunlight", "dim storm light"),
            ("golden hour sunlight", "storm light"),
            ("hot daylight", "storm light"),
        ),
    }
)
_SPOKEN: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        Kind.TIME_OF_DAY: "{} light",
        Kind.WEATHER: "{} weather",
        Kind.MOOD: "{} mood",
        Kind.LOOK: "{} look",
        Kind.ADD: "with {}",
        Kind.REMOVE: "without {}",
    }
)
_MOVES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "zoom_in": "slow zoom in",
        "zoom_out": "slow zoom out",
        "pan": "slow pan",
        "pan_left": "slow pan to the left",
        "pan_right": "slow pan to the right",
        "tilt": "slow tilt",
        "tilt_up": "slow tilt up",
        "tilt_down": "slow tilt down",
        "static": "locked camera",
        "handheld": "handheld camera",
        "orbit": "slow orbit around the scene",
        "tracking": "smooth tracking shot",
        "crane": "slow crane up",
    }
)
_FRAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "close_up": "close-up shot",
        "wide": "wide shot",
        "drone": "aerial drone shot",
        "overhead": "overhead shot",
        "low_angle": "low angle",
        "pov": "point of view shot",
    }
)


def words_of(op: Operation) -> tuple[str, ...]:
    """Return the phrases of an operation; empty where no word of the plan says it."""
    if op.direction is None:
        return ()
    if known := _WORDS.get((op.kind, op.direction)):
        return tuple(known.split(", "))
    spoken = op.direction.replace("_", " ")
    if op.kind is Kind.CAMERA:
        return (_MOVES.get(op.direction) or _FRAMES.get(op.direction) or f"camera: {spoken}",)
    return (_SPOKEN[op.kind].format(spoken),) if op.kind in _SPOKEN else ()


def words_out_of(op: Operation) -> tuple[str, ...]:
    """Return the phrases that would contradict it."""
    known = _OUT.get((op.kind, op.direction or ""))
    return tuple(known.split(", ")) if known else ()


def stand_ins_of(op: Operation) -> tuple[tuple[str, str], ...]:
    """Return phrases that would contradict it and that a sentence needs, with their stand-ins."""
    return _SWAPPED.get((op.kind, op.direction or ""), ())


def moves_camera(op: Operation) -> bool:
    """Whether an operation says how the camera moves; then it moved otherwise before."""
    return op.kind is Kind.MOTION or (op.kind is Kind.CAMERA and op.direction in _MOVES)


def frames_anew(op: Operation) -> bool:
    """Whether an operation says from where a clip is seen."""
    return op.kind is Kind.CAMERA and op.direction in _FRAMES
