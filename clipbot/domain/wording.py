"""Operations in people's words, for sentences that clipbot writes itself."""

from collections.abc import Callable, Sequence

from clipbot.domain.plan import Edit, Kind, Operation

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
    "noir": "film noir",
    "teal_orange": "teal and orange",
    "vhs": "VHS",
    "neighbours": "matched to its neighbours",
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

_EXACT_SECONDS = 20
_NEARLY_A_MINUTE = 55
_HALVES_THAT_MATTER = 10
"""Half minutes from which on whole minutes are exact enough."""


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


def named_changes(edit: Edit, word: Callable[[Operation], str] = phrase) -> str:
    """Return what an edit changes; in the person's own words where ours do not name it.

    Args:
        edit: The edit.
        word: Words for one operation: `phrase` or `graded`.
    """
    unnamed = any(op.kind in _UNNAMED and op.direction is None for op in edit.ops)
    if edit.instruction and (unnamed or not edit.ops):
        return edit.instruction
    return enumeration([word(op) for op in edit.ops])


def enumeration(words: Sequence[str]) -> str:
    """Return words as people list them: "a, b and c"."""
    if len(words) < 2:  # noqa: PLR2004 - a list begins with two
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def waiting(seconds: float) -> str:
    """Return a length of waiting, no more exact than it is known: "about 8 s", "about 2 min"."""
    if seconds < 1:
        return "under a second"
    if seconds < _EXACT_SECONDS:
        return f"about {round(seconds)} s"
    if seconds < _NEARLY_A_MINUTE:
        return f"about {5 * round(seconds / 5)} s"
    halves = round(seconds / 30)
    if halves % 2 and halves < _HALVES_THAT_MATTER:
        return f"about {halves // 2}\N{VULGAR FRACTION ONE HALF} min"
    return f"about {round(seconds / 60)} min"


def clip_names(numbers: Sequence[int]) -> str:
    """Return clip numbers as people name them: "clip 2", "clips 2, 3 and 5"."""
    noun = "clip" if len(numbers) == 1 else "clips"
    return f"{noun} {enumeration([str(number) for number in numbers])}"
