"""Clips by what was measured of them: "the dark clips", "the two slowest", "anything dull".

The bounds are where people start to say so; measures are means over a clip, and most
clips lie between the bounds. A clip that was not measured is neither dark nor bright.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from clipbot.understanding import words
from clipbot.understanding.context import ClipFacts, Context
from clipbot.understanding.found import Found, skipped, word_at
from clipbot.understanding.numbers import cardinal, ordinal
from clipbot.understanding.phrases import PhraseBook
from clipbot.understanding.sections import scope_at
from clipbot.understanding.tokens import Token

_NOUNS = words.CLIP_NOUNS | {"one", "ones", "parts", "bits"}
_OPENERS = frozenset({"the", "all", "only", "just", "every", "each", "any", "whichever", "which"})
_ANY = frozenset({"anything", "everything", "whatever", "whichever"})
_LINKING = frozenset({"that", "which", "is", "are", "'s", "too", "very", "look", "looks", "the"})


@dataclass(frozen=True, slots=True)
class _Quality:
    """A measure, and on which side of its bound an adjective stands."""

    value: Callable[[ClipFacts], float | None]
    is_high: bool
    bound: float

    def holds(self, clip: ClipFacts) -> bool:
        value = self.value(clip)
        return value is not None and (value > self.bound if self.is_high else value < self.bound)


def _luma(clip: ClipFacts) -> float | None:
    return clip.luma


def _saturation(clip: ClipFacts) -> float | None:
    return clip.saturation


def _warmth(clip: ClipFacts) -> float | None:
    return clip.warmth


def _motion(clip: ClipFacts) -> float | None:
    return clip.motion


_ADJECTIVES: dict[str, _Quality] = {
    "dark, dim, gloomy, murky, underexposed": _Quality(_luma, is_high=False, bound=0.25),
    "bright, overexposed, light": _Quality(_luma, is_high=True, bound=0.6),
    "dull, grey, gray, pale, drab, colourless, colorless, desaturated, faded, washed out": _Quality(
        _saturation, is_high=False, bound=0.2
    ),
    "colourful, colorful, vivid, vibrant, saturated": _Quality(
        _saturation, is_high=True, bound=0.6
    ),
    "warm, golden": _Quality(_warmth, is_high=True, bound=0.2),
    "cold, cool, bluish, blue, icy, chilly": _Quality(_warmth, is_high=False, bound=-0.2),
    "slow, still, static, motionless, calm": _Quality(_motion, is_high=False, bound=0.03),
    "where nothing moves, where almost nothing moves, where hardly anything moves,"
    "with hardly any movement, with hardly any motion, with almost no movement,"
    "with no movement, with little movement, with no motion, with little motion": _Quality(
        _motion, is_high=False, bound=0.03
    ),
    "fast, dynamic, busy, hectic, frantic": _Quality(_motion, is_high=True, bound=0.15),
    "with a lot of movement, with a lot of motion, with much movement": _Quality(
        _motion, is_high=True, bound=0.15
    ),
}
_SUPERLATIVES = {
    "dark": "darkest, dimmest, gloomiest, least bright",
    "bright": "brightest, lightest",
    "dull": "dullest, greyest, grayest, palest, drabbest, least colourful, least colorful,"
    "least saturated, most dull, least vivid",
    "vivid": "most colourful, most colorful, most saturated, most vivid, most vibrant",
    "warm": "warmest",
    "cold": "coldest, coolest, bluest, iciest, least warm",
    "slow": "slowest, stillest, calmest, most static, least dynamic",
    "fast": "fastest, busiest, most dynamic, most hectic",
}

_BY_ADJECTIVE = {
    " ".join(each.split()): quality
    for listed, quality in _ADJECTIVES.items()
    for each in listed.split(",")
}
ADJECTIVES: PhraseBook[_Quality] = PhraseBook(_BY_ADJECTIVE)
SUPERLATIVES: PhraseBook[_Quality] = PhraseBook(
    {
        " ".join(each.split()): _BY_ADJECTIVE[adjective]
        for adjective, listed in _SUPERLATIVES.items()
        for each in listed.split(",")
    }
)


def measured_at(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read clips named by a measure at `index`."""
    at = skipped(tokens, index, _OPENERS)
    if at >= len(tokens):
        return None
    counted = cardinal(tokens, at) if word_at(tokens, at) != "one" else None
    placed = ordinal(tokens, at)
    at = skipped(tokens, (counted or placed or (0, at))[1], {"of", "the"})
    if at >= len(tokens):
        return None
    if found := SUPERLATIVES.at(tokens, at):
        first = placed[0] - 1 if placed else 0
        return _extreme(
            tokens, found, slice(first, first + (counted[0] if counted else 1)), context
        )
    if found := ADJECTIVES.at(tokens, at):
        return _qualified(tokens, found, context, is_opened=at > index)
    return _described(tokens, index, at, context)


def _extreme(
    tokens: Sequence[Token], found: tuple[_Quality, int], places: slice, context: Context
) -> Found | None:
    """Read "darkest clip", "darkest and the brightest clip"."""
    qualities, stop = [found[0]], found[1]
    more = (
        SUPERLATIVES.at(tokens, at)
        if (at := skipped(tokens, stop, {"and", "the"})) < len(tokens)
        else None
    )
    if more and at > stop:
        qualities, stop = [*qualities, more[0]], more[1]
    if word_at(tokens, stop) not in _NOUNS:
        return None
    scope, stop = scope_at(tokens, stop + 1, context)
    clips = {number for each in qualities for number in _most(each, places, scope, context)}
    return _result(stop, clips)


def _most(
    quality: _Quality, places: slice, scope: Sequence[int], context: Context
) -> Sequence[int]:
    """Return the clips of `scope` in these places, if ordered by a quality, strongest first."""
    values = [
        (value, clip.number)
        for clip in context.clips
        if clip.number in scope and (value := quality.value(clip)) is not None
    ]
    values.sort(key=lambda pair: (-pair[0] if quality.is_high else pair[0], pair[1]))
    return [number for _, number in values[places]]


def _qualified(
    tokens: Sequence[Token], found: tuple[_Quality, int], context: Context, *, is_opened: bool
) -> Found | None:
    """Read "dark clips", "bright clips of the final chorus"; not "cool clip 5 down"."""
    quality, stop = found
    nouns = _NOUNS - {"one"} if is_opened else words.CLIP_PLURALS
    if word_at(tokens, stop) not in nouns or cardinal(tokens, stop + 1):
        return None
    return _held(tokens, stop + 1, quality, context)


def _described(tokens: Sequence[Token], index: int, at: int, context: Context) -> Found | None:
    """Read "every shot that is too dark", "anything fast", "clips where nothing moves"."""
    noun = word_at(tokens, at)
    is_any = noun in _ANY
    if not is_any and noun not in _NOUNS:
        return None
    after = skipped(tokens, at + 1, _LINKING | words.CLIP_NOUNS if is_any else _LINKING)
    linked = {token.word for token in tokens[at + 1 : after]}
    if after >= len(tokens):
        return None
    if extreme := SUPERLATIVES.at(tokens, after):
        scope, stop = scope_at(tokens, extreme[1], context)
        return _result(stop, set(_most(extreme[0], slice(1), scope, context)))
    found = ADJECTIVES.at(tokens, after)
    opener = tokens[index].word
    is_narrowing = word_at(tokens, after) in {"where", "with"} or not linked.isdisjoint(
        {"that", "which"}
    )
    if found is None or not (is_any or is_narrowing or opener in {"any", "whichever", "which"}):
        return None
    return _held(tokens, found[1], found[0], context)


def _held(tokens: Sequence[Token], stop: int, quality: _Quality, context: Context) -> Found:
    scope, stop = scope_at(tokens, stop, context)
    clips = {c.number for c in context.clips if c.number in scope and quality.holds(c)}
    return _result(stop, clips)


def _result(stop: int, clips: set[int]) -> Found:
    return Found(stop, tuple(sorted(clips)), () if clips else ("such clip",))
