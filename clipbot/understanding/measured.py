"""Clips by what was measured of them: "the dark clips", "the two slowest", "anything dull".

The bounds are where people start to say so; measures are means over a clip, and most
clips lie between the bounds. A clip that was not measured is neither dark nor bright.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from clipbot.domain.plan import Kind, Operation
from clipbot.understanding import words
from clipbot.understanding.context import ClipFacts, Context
from clipbot.understanding.found import Found, skipped, word_at
from clipbot.understanding.numbers import cardinal, ordinal
from clipbot.understanding.phrases import PhraseBook
from clipbot.understanding.scope import scope_at
from clipbot.understanding.tokens import Token

_NOUNS = words.CLIP_NOUNS | {"one", "ones", "parts", "bits", "moment", "moments", "part"}
_OPENERS = frozenset({"the", "all", "only", "just", "every", "each", "any", "whichever", "which"})
_ANY = frozenset({"anything", "everything", "whatever", "whichever"})
_LINKING = frozenset({"that", "which", "is", "are", "'s", "too", "very", "look", "looks", "the"})
_LINKING |= {
    "so",
    "already",
    "really",
    "rather",
    "quite",
    "feel",
    "feels",
    "seem",
    "seems",
    "a",
    "bit",
}
_LINKING |= {"have", "has"}
_COMPARING = frozenset({"more", "less", "too", "very", "so", "bit", "much"})
_RELATING = frozenset({"that", "which", "is", "'s", "too"})


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


def _length(clip: ClipFacts) -> float | None:
    return clip.end - clip.start if clip.end > clip.start else None


_ADJECTIVES: dict[str, _Quality] = {
    "dark, dim, gloomy, murky, underexposed, shadowy, black": _Quality(
        _luma, is_high=False, bound=0.25
    ),
    "bright, overexposed, light, blown out, white": _Quality(_luma, is_high=True, bound=0.6),
    "dull, grey, gray, pale, drab, colourless, colorless, desaturated, faded, washed out, muted,"
    "bland, flat looking, with little colour, with little color, with hardly any colour,"
    "with hardly any color, without much colour, without much color, lacking colour,"
    "lacking color": _Quality(_saturation, is_high=False, bound=0.2),
    "colourful, colorful, vivid, vibrant, saturated, garish, oversaturated, with strong colours,"
    "with strong colors": _Quality(_saturation, is_high=True, bound=0.6),
    "warm, golden, orange, yellow, yellowish, warm looking": _Quality(
        _warmth, is_high=True, bound=0.2
    ),
    "cold, cool, bluish, blue, icy, chilly, cold looking": _Quality(
        _warmth, is_high=False, bound=-0.2
    ),
    "slow, still, static, motionless, calm, slow moving, quiet, lifeless": _Quality(
        _motion, is_high=False, bound=0.03
    ),
    "where nothing moves, where almost nothing moves, where hardly anything moves,"
    "where nothing happens, with hardly any movement, with hardly any motion,"
    "with almost no movement, with almost no motion, with no movement, with little movement,"
    "with no motion, with little motion, without movement, without motion,"
    "without much movement, that don't move, that barely move, that hardly move": _Quality(
        _motion, is_high=False, bound=0.03
    ),
    "fast, dynamic, busy, hectic, frantic, fast moving, quick, lively, shaky": _Quality(
        _motion, is_high=True, bound=0.15
    ),
    "with a lot of movement, with a lot of motion, with much movement, with lots of movement,"
    "with lots of motion, with much motion, where a lot moves, with strong movement": _Quality(
        _motion, is_high=True, bound=0.15
    ),
    "long": _Quality(_length, is_high=True, bound=float("inf")),
    "short": _Quality(_length, is_high=False, bound=0.0),
}
_SUPERLATIVES = {
    "dark": "darkest, dimmest, gloomiest, murkiest, least bright, blackest, most underexposed,"
    "with the least light",
    "bright": "brightest, lightest, least dark, most overexposed, with the most light",
    "dull": "dullest, greyest, grayest, palest, drabbest, least colourful, least colorful,"
    "least saturated, most dull, least vivid, least vibrant, most muted, most washed out,"
    "most desaturated, with the least colour, with the least color, with the least saturation",
    "vivid": "most colourful, most colorful, most saturated, most vivid, most vibrant,"
    "with the most colour, with the most color, with the most saturation, with the strongest"
    " colours, with the strongest colors",
    "warm": "warmest, least cold, most orange, most golden",
    "cold": "coldest, coolest, bluest, iciest, least warm, most blue, most bluish, chilliest",
    "slow": "slowest, stillest, calmest, most static, least dynamic, quietest, most still,"
    "with the least movement, with the least motion, with the least action, least busy,"
    "where the least happens",
    "fast": "fastest, busiest, most dynamic, most hectic, shakiest, quickest, liveliest,"
    "with the most movement, with the most motion, with the most action, where the most happens,"
    "most frantic",
    "long": "longest",
    "short": "shortest",
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


_REMEDIES: dict[Callable[[ClipFacts], float | None], Kind] = {
    _luma: Kind.BRIGHTNESS,
    _saturation: Kind.SATURATION,
    _warmth: Kind.WARMTH,
    _motion: Kind.SPEED,
}


def measured_at(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read clips named by a measure at `index`, with what would mend it."""
    found = _measured(tokens, index, context)
    row = tokens[index : found.stop] if found else ()
    named = SUPERLATIVES.first(row) or ADJECTIVES.first(row)
    kind = _REMEDIES.get(named[1].value) if named else None
    if found is None or named is None or kind is None:
        return found
    return replace(found, remedy=Operation(kind, "down" if named[1].is_high else "up"))


def _measured(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    at = skipped(tokens, index, _OPENERS)
    if at >= len(tokens):
        return None
    counted = cardinal(tokens, at) if word_at(tokens, at) != "one" else None
    placed = ordinal(tokens, at)
    after = skipped(tokens, (counted or placed or (0, at))[1], {"of", "the"})
    if after >= len(tokens):
        return None
    if found := SUPERLATIVES.at(tokens, after):
        first = placed[0] - 1 if placed else 0
        return _extreme(tokens, found, first, counted[0] if counted else 0, context)
    if found := ADJECTIVES.at(tokens, after):
        is_opened = after > index
        if not is_opened and index and tokens[index - 1].word in _COMPARING:
            return None
        return _qualified(tokens, found, context, is_opened=is_opened)
    return _described(tokens, index, after, counted[0] if counted else 1, context)


def _extreme(
    tokens: Sequence[Token], found: tuple[_Quality, int], first: int, count: int, context: Context
) -> Found | None:
    """Read "darkest clip", "darkest three clips", "darkest and the brightest clip"."""
    qualities, stop = [found[0]], found[1]
    inner = cardinal(tokens, stop) if not count and word_at(tokens, stop) != "one" else None
    count, stop = inner or (count, stop)
    at = skipped(tokens, stop, {"and", "the"})
    more = SUPERLATIVES.at(tokens, at) if stop < at < len(tokens) else None
    if more:
        qualities, stop = [*qualities, more[0]], more[1]
    noun = word_at(tokens, stop)
    scope, end = scope_at(tokens, stop + (noun in _NOUNS), context)
    if noun not in _NOUNS and end == stop and not (count or more):
        return None
    places = slice(first, first + (count or 1))
    clips = {number for each in qualities for number in _most(each, places, scope, context)}
    return _result(end, clips)


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
    """Read "dark clips", "dark and dull ones", "bright clips of the final chorus"."""
    qualities, stop = [found[0]], found[1]
    at = skipped(tokens, stop, {"and", ",", "or"})
    more = ADJECTIVES.at(tokens, at) if stop < at < len(tokens) else None
    if more and word_at(tokens, more[1]) in _NOUNS:
        qualities, stop = [*qualities, more[0]], more[1]
    noun = word_at(tokens, stop)
    if noun == "one" and is_opened and stop + 1 < len(tokens):
        return _sole(tokens, stop + 1, qualities[0], context)
    nouns = _NOUNS - {"one"} if is_opened else words.CLIP_PLURALS | {"ones"}
    if noun not in nouns or cardinal(tokens, stop + 1):
        return None
    return _held(tokens, stop + 1, qualities, context)


def _sole(tokens: Sequence[Token], stop: int, quality: _Quality, context: Context) -> Found | None:
    """Read "the warm one": the only such clip, of the selected ones if there are several."""
    if cardinal(tokens, stop):
        return None
    several = len(context.selected) > 1
    scope = context.selected if several else context.numbers
    clips = tuple(
        clip.number for clip in context.clips if clip.number in scope and quality.holds(clip)
    )
    if not clips:
        return None
    return Found(stop, clips) if len(clips) == 1 else Found(stop, (), ("such clip",))


def _described(
    tokens: Sequence[Token], index: int, at: int, count: int, context: Context
) -> Found | None:
    """Read "every shot that is too dark", "anything fast", "clips where nothing moves"."""
    noun = word_at(tokens, at)
    is_any = noun in _ANY
    if not is_any and noun not in _NOUNS:
        return None
    after = skipped(tokens, at + 1, _LINKING | words.CLIP_NOUNS if is_any else _LINKING)
    linked = {token.word for token in tokens[at + 1 : after]}
    is_denied = word_at(tokens, after) in {"not", "isn't", "aren't", "don't"}
    after = skipped(tokens, after + is_denied, _LINKING) if is_denied else after
    if after >= len(tokens):
        return None
    if extreme := _superlative(tokens, at + 1, after):
        scope, stop = scope_at(tokens, extreme[1], context)
        return _result(stop, set(_most(extreme[0], slice(count), scope, context)))
    found = ADJECTIVES.at(tokens, after) or ADJECTIVES.at(tokens, at + 1)
    opener = tokens[index].word
    is_narrowing = word_at(tokens, after) in {"where", "with", "without", "lacking"} or (
        not linked.isdisjoint({"that", "which"})
    )
    is_any = is_any and (noun != "everything" or bool(linked & _RELATING))
    if found is None or not (is_any or is_narrowing or opener in {"any", "whichever", "which"}):
        return None
    if is_denied:
        return _not_held(tokens, found, context)
    return _held(tokens, found[1], [found[0]], context)


def _superlative(tokens: Sequence[Token], index: int, after: int) -> tuple[_Quality, int] | None:
    """Return the superlative behind a noun, with its own "with the" or without."""
    found = SUPERLATIVES.at(tokens, index) if index < len(tokens) else None
    return found or SUPERLATIVES.at(tokens, after)


def _held(
    tokens: Sequence[Token], stop: int, qualities: Sequence[_Quality], context: Context
) -> Found:
    scope, stop = scope_at(tokens, stop, context)
    clips = {
        clip.number
        for clip in context.clips
        if clip.number in scope and any(each.holds(clip) for each in qualities)
    }
    return _result(stop, clips)


def _not_held(tokens: Sequence[Token], found: tuple[_Quality, int], context: Context) -> Found:
    """Return the clips that are measured and not such: "everything that is not bright"."""
    quality = found[0]
    scope, stop = scope_at(tokens, found[1], context)
    clips = {
        clip.number
        for clip in context.clips
        if clip.number in scope and quality.value(clip) is not None and not quality.holds(clip)
    }
    return _result(stop, clips)


def _result(stop: int, clips: set[int]) -> Found:
    return Found(stop, tuple(sorted(clips)), () if clips else ("such clip",))
