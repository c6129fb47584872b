"""Operations in people's words, for sentences that clipbot writes itself."""

from collections.abc import Sequence

from clipbot.domain.plan import Kind, Operation

_UP_DOWN = {
    Kind.BRIGHTNESS: ("brighter", "darker"),
    Kind.CONTRAST: ("more contrast", "less contrast"),
    Kind.SATURATION: ("more colourful", "less colourful"),
    Kind.WARMTH: ("warmer", "cooler"),
    Kind.MOTION: ("more motion", "less motion"),
    Kind.SPEED: ("faster", "slower"),
    Kind.SHARPNESS: ("sharper", "softer"),
}
_MUCH = {"slight": "a little ", "medium": "", "strong": "much "}
_TARGETS = {
    "night": "nighttime",
    "day": "daytime",
    "rain": "rain",
    "snow": "snow",
    "monochrome": "black and white",
}
_UNNAMED = {
    Kind.SUBJECT: "a change of the subject",
    Kind.BACKGROUND: "another background",
    Kind.REMOVE: "taking something away",
    Kind.ADD: "adding something",
    Kind.REGENERATE: "a new take",
    Kind.CAMERA: "another camera",
    Kind.OTHER: "something of another kind",
}


def phrase(op: Operation) -> str:
    """Return an operation in a few words: "darker", "nighttime", "adding a dragon"."""
    pair = _UP_DOWN.get(op.kind)
    if pair and op.direction in {"up", "down"}:
        return pair[0] if op.direction == "up" else pair[1]
    if op.direction is None:
        return _UNNAMED.get(op.kind, op.kind.value.replace("_", " "))
    word = _TARGETS.get(op.direction, op.direction.replace("_", " "))
    match op.kind:
        case Kind.ADD:
            return f"adding {word}"
        case Kind.REMOVE:
            return f"taking away {word}"
        case _:
            return word


def graded(op: Operation) -> str:
    """Return an operation with how much of it: "a little darker", "much more contrast"."""
    is_scalar = op.kind in _UP_DOWN and op.direction in {"up", "down"}
    return f"{_MUCH[op.strength] if is_scalar else ''}{phrase(op)}"


def phrases(ops: Sequence[Operation]) -> str:
    """Return several operations as one enumeration: "darker, cooler and rain"."""
    return enumeration([phrase(op) for op in ops])


def enumeration(words: Sequence[str]) -> str:
    """Return words as people list them: "a, b and c"."""
    if len(words) < 2:  # noqa: PLR2004 - a list begins with two
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def clip_names(numbers: Sequence[int]) -> str:
    """Return clip numbers as people name them: "clip 2", "clips 2, 3 and 5"."""
    noun = "clip" if len(numbers) == 1 else "clips"
    return f"{noun} {enumeration([str(number) for number in numbers])}"
