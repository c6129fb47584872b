"""The closed vocabulary: which words ask for which operation.

A phrase is matched by whole words, never by substring. Some words stand for a quantity
that still needs a direction ("contrast", "colour"); up and down words give it one.
"""

from collections.abc import Iterator

from clipbot.domain.plan import Kind, Operation
from clipbot.understanding.leanings import (
    AMOUNTS,
    CAMERA_MOVES,
    IDIOMS,
    LOWERING,
    RAISING,
    SHORTCOMINGS,
)
from clipbot.understanding.phrases import PhraseBook, phrase_set
from clipbot.understanding.tokens import CLIP_MARK
from clipbot.understanding.wording import WORDING, phrases_of
from clipbot.understanding.wording_qualities import PHRASAL

SCALARS = frozenset(
    {
        Kind.BRIGHTNESS,
        Kind.CONTRAST,
        Kind.SATURATION,
        Kind.WARMTH,
        Kind.MOTION,
        Kind.SPEED,
        Kind.SHARPNESS,
    }
)

_BETWEEN = ("it", "them", "things", "this", "that", "all", "everything", CLIP_MARK)
"""What may stand between a verb and its particle."""


def inflected(verb: str) -> tuple[str, ...]:
    """Return the forms of a regular verb: "warm", "warms", "warming", "warmed"."""
    stem = verb.removesuffix("e")
    if verb.endswith("y") and verb[-2] not in "aeou":
        return verb, f"{verb[:-1]}ies", f"{verb}ing", f"{verb[:-1]}ied"
    return verb, f"{verb}s", f"{stem}ing", f"{stem}ed"


def _parted() -> Iterator[tuple[str, Operation]]:
    """Yield verbs with their particle behind what they are done to: "slow it down"."""
    for (kind, direction), listed in PHRASAL.items():
        for verb, particle in (phrase.split() for phrase in phrases_of(listed)):
            for form in inflected(verb):
                yield f"{form} {particle}", Operation(kind, direction)
                for between in _BETWEEN:
                    yield f"{form} {between} {particle}", Operation(kind, direction)


_MAKING = ("generate", "render", "shoot", "create", "produce", "film", "animate", "roll", "build")


def _breathing() -> Iterator[tuple[str, Operation]]:
    """Yield "let clip 8 breathe"."""
    for between in _BETWEEN:
        yield f"let {between} breathe", Operation(Kind.SPEED, "down")


def _anew() -> Iterator[tuple[str, Operation]]:
    """Yield ways to have a clip made once more: "generating it afresh"."""
    for verb in _MAKING:
        for form in inflected(verb):
            for again in (
                "again",
                "afresh",
                "anew",
                "over",
                "from scratch",
                "once more",
                "freshly",
            ):
                yield f"{form} {again}", Operation(Kind.REGENERATE)
                for between in _BETWEEN:
                    yield f"{form} {between} {again}", Operation(Kind.REGENERATE)


_CASTS = (
    ("red orange yellow amber reds oranges yellows", "down"),
    ("blue cyan teal blues cyans teals", "up"),
)


def _drained() -> Iterator[tuple[str, Operation]]:
    """Yield ways to lose a cast: "take the red out", "pull out some of the blue"."""
    for colours, direction in _CASTS:
        for colour in colours.split():
            for verb in ("take", "pull", "suck", "drain", "dial", "get", "bring", "tone"):
                for much in ("the", "some", "some of the", "some of that", "that", "a bit of the"):
                    for way in ("out", "back", "down", "away"):
                        yield f"{verb} {much} {colour} {way}", Operation(Kind.WARMTH, direction)
                        if colour.endswith("s"):
                            yield f"{verb} {way} {much} {colour}", Operation(Kind.WARMTH, direction)


OPERATIONS: PhraseBook[Operation] = PhraseBook(
    dict(_parted())
    | dict(_drained())
    | dict(_anew())
    | dict(_breathing())
    | {
        phrase: Operation(kind, direction)
        for (kind, direction), listed in WORDING.items()
        for phrase in phrases_of(listed)
    }
)
"""Phrases that say what they want."""
QUANTITIES: PhraseBook[Kind] = PhraseBook(
    {phrase: kind for kind, listed in AMOUNTS.items() for phrase in phrases_of(listed)}
)
"""Words for what can be more or less."""
FAULTS = phrase_set(SHORTCOMINGS)
"""What nobody wants: said of a clip, it asks for the opposite ("clip 3 is blurry")."""
MOVES: PhraseBook[Operation] = PhraseBook(
    {
        phrase: Operation(Kind.CAMERA, direction)
        for direction, listed in CAMERA_MOVES.items()
        for phrase in phrases_of(listed)
    }
)
"""What a camera can do, said of a camera only."""
IDIOM = phrase_set(IDIOMS)
UP = phrase_set(RAISING)
DOWN = phrase_set(LOWERING)
REMOVING = phrase_set(
    """
    remove, delete, erase, get rid of, take out, take away, stop, clear away, lose, kill, drop,
    ditch, nix, scrap, bin, dump, eliminate, banish, do away with, reduce, lessen, counter,
    combat, prevent
    """
)
"""Verbs that take away what follows."""


def inverse(op: Operation) -> Operation | None:
    """Return the operation that takes one back, where the closed words have one."""
    if op.kind in SCALARS:
        return Operation(op.kind, "down" if op.direction == "up" else "up", op.strength)
    if op.kind is Kind.WEATHER and op.direction != "clear":
        return Operation(op.kind, "clear", op.strength)
    if op.kind is Kind.CAMERA and op.direction in _BACKWARDS:
        return Operation(op.kind, _BACKWARDS[op.direction], op.strength)
    if op.kind is Kind.TIME_OF_DAY and op.direction in {"day", "night"}:
        return Operation(op.kind, "day" if op.direction == "night" else "night", op.strength)
    if op.kind is Kind.MOOD and op.direction != "neutral":
        return Operation(op.kind, _MOODS.get(op.direction or "", "neutral"), op.strength)
    return None


_PAIRS = (
    ("zoom_in", "zoom_out"),
    ("pan_left", "pan_right"),
    ("tilt_up", "tilt_down"),
    ("close_up", "wide"),
    ("handheld", "static"),
)
_MOODS = {
    "calm": "energetic",
    "energetic": "calm",
    "happy": "melancholic",
    "melancholic": "happy",
    "dramatic": "calm",
    "tense": "calm",
    "epic": "calm",
    "scary": "happy",
}
"""Which mood ends another."""
_BACKWARDS = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}
EXCLUSIVE = SCALARS | {Kind.TIME_OF_DAY}
"""Kinds of which a clip can take one direction only."""
