"""What can be measured of a clip, and the words for it: dark, the dullest, moves the most.

The bounds are where people start to say so; measures are means over a clip, and most
clips lie between the bounds. A clip that was not measured is neither dark nor bright.
"""

from collections.abc import Callable
from dataclasses import dataclass

from clipbot.domain.plan import Kind
from clipbot.understanding.context import ClipFacts
from clipbot.understanding.phrases import PhraseBook


@dataclass(frozen=True, slots=True)
class Quality:
    """A measure, and on which side of its bound an adjective stands."""

    value: Callable[[ClipFacts], float | None]
    is_high: bool
    bound: float

    def holds(self, clip: ClipFacts) -> bool:
        """Whether a clip was measured and lies on that side."""
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


_ADJECTIVES: dict[str, Quality] = {
    "dark, dim, gloomy, murky, underexposed, shadowy, black, darkish, dimly lit, too little light,"
    "unlit": Quality(_luma, is_high=False, bound=0.25),
    "bright, overexposed, light, blown out, white, brightish, glaring, dazzling, blinding": Quality(
        _luma, is_high=True, bound=0.6
    ),
    "dull, grey, gray, pale, greyish, grayish, dullish, drab, colourless, colorless, desaturated,"
    "faded, washed out, muted,"
    "bland, flat looking, with little colour, with little color, with hardly any colour,"
    "with hardly any color, without much colour, without much color, lacking colour,"
    "lacking color": Quality(_saturation, is_high=False, bound=0.2),
    "colourful, colorful, vivid, vibrant, saturated, garish, oversaturated, with strong colours,"
    "with strong colors": Quality(_saturation, is_high=True, bound=0.6),
    "warm, golden, orange, yellow, yellowish, warm looking, warmish, orangey": Quality(
        _warmth, is_high=True, bound=0.2
    ),
    "cold, cool, bluish, blue, icy, chilly, cold looking, coldish, coolish, blueish,"
    "frosty": Quality(_warmth, is_high=False, bound=-0.2),
    "slow, still, static, slowish, motionless, calm, slow moving, quiet, lifeless": Quality(
        _motion, is_high=False, bound=0.03
    ),
    "hardly any movement, hardly any motion, little movement, no movement, almost no movement,"
    "where nothing moves, where almost nothing moves, where hardly anything moves,"
    "where nothing happens, with hardly any movement, with hardly any motion,"
    "with almost no movement, with almost no motion, with no movement, with little movement,"
    "with no motion, with little motion, without movement, without motion,"
    "without much movement, that don't move, that barely move, that hardly move": Quality(
        _motion, is_high=False, bound=0.03
    ),
    "fast, dynamic, busy, fastish, hectic, frantic, fast moving, quick, lively, shaky": Quality(
        _motion, is_high=True, bound=0.15
    ),
    "with a lot of movement, with a lot of motion, with much movement, with lots of movement,"
    "with lots of motion, with much motion, where a lot moves, with strong movement,"
    "loads of movement, loads of motion, plenty of movement, plenty of motion, tons of movement,"
    "with loads of movement, with loads of motion, with plenty of movement, with plenty of motion,"
    "with tons of movement, moving fast, moving a lot, moving quickly,"
    "a lot of movement, a lot of motion, lots of movement, lots of motion, much movement": Quality(
        _motion, is_high=True, bound=0.15
    ),
    "long": Quality(_length, is_high=True, bound=float("inf")),
    "short": Quality(_length, is_high=False, bound=0.0),
}
_SUPERLATIVES = {
    "dark": "darkest, dimmest, gloomiest, murkiest, least bright, blackest, most underexposed,"
    "with the least light, has the least light",
    "bright": "brightest, lightest, least dark, most overexposed, with the most light,"
    "has the most light",
    "dull": "dullest, greyest, grayest, palest, drabbest, least colourful, least colorful,"
    "least saturated, most dull, least vivid, least vibrant, most muted, most washed out,"
    "most desaturated, with the least colour, with the least color, with the least saturation,"
    "has the least colour, has the least color, has the least saturation",
    "vivid": "most colourful, most colorful, most saturated, most vivid, most vibrant,"
    "with the most colour, with the most color, with the most saturation, with the strongest"
    " colours, with the strongest colors, has the most colour, has the most color, has the most"
    " saturation, has the strongest colours, has the strongest colors",
    "warm": "warmest, least cold, most orange, most golden",
    "cold": "coldest, coolest, bluest, iciest, least warm, most blue, most bluish, chilliest",
    "slow": "slowest, stillest, calmest, most static, least dynamic, quietest, most still,"
    "with the least movement, with the least motion, with the least action, least busy,"
    "where the least happens, moves the least, move the least, has the least movement,"
    "has the least motion, has the least action, moving the least, where the least moves",
    "fast": "fastest, busiest, most dynamic, most hectic, shakiest, quickest, liveliest,"
    "with the most movement, with the most motion, with the most action, where the most happens,"
    "most frantic, moves the most, move the most, has the most movement, has the most motion, has"
    " the most action, moving the most, shakes the most, where the most moves, wildest",
    "long": "longest",
    "short": "shortest",
}

_BY_ADJECTIVE = {
    " ".join(each.split()): quality
    for listed, quality in _ADJECTIVES.items()
    for each in listed.split(",")
}
ADJECTIVES: PhraseBook[Quality] = PhraseBook(_BY_ADJECTIVE)
SUPERLATIVES: PhraseBook[Quality] = PhraseBook(
    {
        " ".join(each.split()): _BY_ADJECTIVE[adjective]
        for adjective, listed in _SUPERLATIVES.items()
        for each in listed.split(",")
    }
)


_TOO_MUCH = (
    "too much, so much, a lot of, lots of, loads of, plenty of, tons of, strong, way too much,"
    "far too much, too strong, very strong, an awful lot of, heaps of"
)
_TOO_LITTLE = (
    "too little, so little, hardly any, barely any, scarcely any, little, very little, not much,"
    "not enough, no, almost no, next to no, no real, far too little, way too little, not a lot of"
)
_OF_MEASURE = {
    "colour, color, colours, colors, saturation": ("vivid", "dull"),
    "light, brightness": ("bright", "dark"),
    "warmth": ("warm", "cold"),
    "movement, motion, action": ("fast", "slow"),
}
_LACKING = "lack, lacks, lacking, short of, short on, low on, starved of, devoid of, want for"
_BARELY = "hardly, barely, scarcely, almost don't, don't, doesn't, don't really, never"


def _listed(text: str) -> list[str]:
    return [" ".join(each.split()) for each in text.split(",")]


TOLD: PhraseBook[Quality] = PhraseBook(
    {
        f"{prefix}{amount} {noun}": _BY_ADJECTIVE[named[is_low]]
        for is_low, amounts in enumerate((_TOO_MUCH, _TOO_LITTLE + "," + _LACKING))
        for amount in _listed(amounts)
        for nouns, named in _OF_MEASURE.items()
        for noun in _listed(nouns)
        for prefix in ("", "with ", "where there is ", "in which there is ")
    }
    | {
        f"{link}{anything}{barely} {verb}": _BY_ADJECTIVE["slow"]
        for barely in _listed(_BARELY)
        for verb in ("move", "moves", "moving", "anything moves", "anything happens")
        for anything in ("", "almost ", "it ")
        for link in ("", "where ", "in which ")
    }
    | {
        f"{link}{who} can {barely} see {what}".strip(): _BY_ADJECTIVE["dark"]
        for who in ("you", "i", "one", "we")
        for barely in ("hardly", "barely", "scarcely")
        for what in ("", "a thing", "anything")
        for link in ("", "where ", "in which ")
    }
)
"""What a clause tells of clips: "that have too much colour", "where hardly anything moves"."""
REMEDIES: dict[Callable[[ClipFacts], float | None], Kind] = {
    _luma: Kind.BRIGHTNESS,
    _saturation: Kind.SATURATION,
    _warmth: Kind.WARMTH,
    _motion: Kind.SPEED,
}
_COMPARATIVES = {
    "dark": "darker, dimmer, gloomier, murkier",
    "bright": "brighter, lighter",
    "dull": "duller, greyer, grayer, paler, less colourful, less colorful",
    "vivid": "more colourful, more colorful, more saturated",
    "warm": "warmer",
    "cold": "colder, cooler, icier",
    "slow": "slower, calmer, quieter",
    "fast": "faster, busier, livelier",
}
COMPARATIVES: PhraseBook[Quality] = PhraseBook(
    {
        each.strip(): _BY_ADJECTIVE[adjective]
        for adjective, listed in _COMPARATIVES.items()
        for each in listed.split(",")
    }
)
"""Said of a group: "the darker ones"."""
