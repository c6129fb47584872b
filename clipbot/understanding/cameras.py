"""What a camera does, wherever verb and direction stand: "the camera dollies slowly in".

Some verbs are a camera's own (to dolly, to zoom); others are its only where the piece
speaks of a camera. A move that is refused asks for a camera that stands still.
"""

from collections.abc import Sequence

from clipbot.domain.plan import Kind, Operation
from clipbot.understanding import words
from clipbot.understanding.found import word_set
from clipbot.understanding.tokens import Token
from clipbot.understanding.vocabulary import inflected

_OWN = "dolly zoom truck"
_ANY = """
    move push creep glide float inch crawl ease drift fly go come travel roll slide sweep swing
    swoop pull track pan race rush wander turn spin circle rotate walk run lean get back edge tilt
    ride
"""
_ROUGH = "shake wobble jitter bounce jump jerk tremble rock wander race rush fidget judder"
_VERBS = frozenset(
    form for verb in [*_OWN.split(), *_ANY.split(), *_ROUGH.split()] for form in inflected(verb)
) | word_set("goes going comes coming panning swinging spinning running getting swims")
_OWN_VERBS = frozenset(form for verb in _OWN.split() for form in inflected(verb))
_ROUGH_VERBS = frozenset(form for verb in _ROUGH.split() for form in inflected(verb))
_ON_THE_WAY = word_set(
    "slowly gently gradually slightly quickly right very just smoothly softly up it the camera a"
    " bit little to closer even steadily carefully around about"
)
_WAYS: dict[str, str] = {
    "zoom_in": "in into inwards closer towards toward forward forwards nearer",
    "zoom_out": "out outwards back backwards backward away",
    "pan_left": "left leftwards",
    "pan_right": "right rightwards",
    "pan": "across sideways",
    "orbit": "around round",
    "tracking": "along alongside beside with behind after",
    "crane": "up upwards over",
    "tilt_down": "down downwards",
}
_DIRECTIONS = {word: way for way, listed in _WAYS.items() for word in listed.split()}
_STILL = word_set("still steady static fixed locked rigid stable")
_HOLDING = word_set("keep hold keeping leave")
_TOO_MUCH = word_set("too less stop")
_REACH = 6


def move_in(tokens: Sequence[Token]) -> tuple[int, int, Operation] | None:
    """Return where a piece tells a camera to move, and how, if it does."""
    row = [token.word for token in tokens]
    has_camera = "camera" in row
    if has_camera and (stilled := _stilled(row)):
        return stilled
    for index, word in enumerate(row):
        if word not in (_VERBS if has_camera else _OWN_VERBS):
            continue
        found = _way(row, index)
        if found and words.NEGATIONS.isdisjoint(row[:index]):
            return index, found[0], Operation(Kind.CAMERA, found[1])
    return None


def _way(row: Sequence[str], index: int) -> tuple[int, str] | None:
    """Return where the direction of a verb ends, and which move it makes."""
    for at in range(index + 1, min(len(row), index + _REACH)):
        is_idle = row[at] in {"right", "up", "around"} and at + 1 < len(row)
        if is_idle and row[at + 1] in _DIRECTIONS.keys() | {"to"}:
            continue
        if way := _DIRECTIONS.get(row[at]):
            return at + 1, way
        if row[at] not in _ON_THE_WAY:
            return None
    return None


def _stilled(row: Sequence[str]) -> tuple[int, int, Operation] | None:
    """Read "the camera mustn't race like that", "keep the camera steady"."""
    camera = row.index("camera")
    refusal = next((at for at, word in enumerate(row) if word in words.NEGATIONS), None)
    verb = next((at for at, word in enumerate(row) if word in _VERBS), None)
    static = Operation(Kind.CAMERA, "static")
    if refusal is not None and verb is not None and refusal < verb and row[refusal] != "nothing":
        return min(camera, refusal), verb + 1, static
    near = row[max(0, verb - 1) : verb + 2] if verb is not None else []
    if verb is not None and row[verb] in _ROUGH_VERBS and not _TOO_MUCH.isdisjoint(near):
        return min(camera, verb), verb + 1, static
    still = next((at for at, word in enumerate(row) if word in _STILL), None)
    if still is not None and (refusal is None) and not _HOLDING.isdisjoint(row):
        return min(camera, still), still + 1, static
    return None
