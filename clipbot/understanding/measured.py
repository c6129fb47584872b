"""Clips by what was measured of them: "the dark clips", "the two slowest", "anything dull"."""

from collections.abc import Sequence
from dataclasses import replace

from clipbot.domain.plan import Kind, Operation
from clipbot.understanding import words
from clipbot.understanding.context import Context
from clipbot.understanding.found import Found, skipped, word_at, word_set
from clipbot.understanding.measures import (
    ADJECTIVES,
    COMPARATIVES,
    REMEDIES,
    SUPERLATIVES,
    TOLD,
    Quality,
)
from clipbot.understanding.numbers import cardinal, ordinal
from clipbot.understanding.scope import each_part, scope_at
from clipbot.understanding.sections import instances, section_at
from clipbot.understanding.tokens import Token
from clipbot.understanding.vocabulary import OPERATIONS

_NOUNS = words.CLIP_NOUNS | {"one", "ones", "parts", "bits", "moment", "moments", "part"}
_NOUNS |= {"stuff", "material", "footage", "sections", "passages", "spots"}
_OPENERS = word_set("the all only just every each any whichever which what that those these")
_RELATIVES = frozenset({"that", "which", "leaning", "where", "with", "you", "in", "i"})
_TELLING_OF = word_set(
    "move moves moving run runs go goes come comes coming across as stand stands sit sits"
    " lean leans leaning towards toward to on the side turn turned turns out came tend kind sort"
    " of somewhat slightly little touch tad more all noticeably obviously"
    " clearly appear appears end up been be being in which bit suffer from it they there"
)
"""Words between "that" and what a clause says of its clips: "that come across as dull"."""
_ANY = frozenset({"anything", "everything", "whatever", "whichever"})
_LINKING = word_set(
    "that which is are 's too very look looks the so already really rather quite feel feels seem"
    " seems a bit have has practically virtually nearly almost basically totally utterly overly far"
    " way pretty extremely super simply just still"
)
_DEGREES = word_set(
    "practically virtually nearly almost utterly very too really overly so quite rather pretty"
    " extremely super far way"
)
_SUPPOSING = frozenset({"if", "should", "when", "whenever", "once"})
_PAIR = 2
_OTHERS = frozenset({"other", "remaining"})
_REACH = 4
"""Tokens within which "other" stands in front of a measure."""
_AMID = _OTHERS | {"of", "the"}
_GOVERNING = word_set("gets should needs must goes becomes wants could : , ->")
_CLAUSAL = word_set("has have moves move moving shakes")
_WHEREVER = word_set("wherever where everywhere anywhere")
_PICTURE = word_set("it the picture image shot light scene footage things video film everything")
_SEEMING = word_set("is 's are looks look gets get feels feel seems seem becomes turns")
_COMPARING = frozenset({"more", "less", "too", "very", "so", "bit", "much"})
_RELATING = frozenset({"that", "which", "is", "'s", "too"})


def measured_at(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read clips named by a measure at `index`, with what would mend it."""
    if any(token.word in _OTHERS for token in tokens[index : index + _REACH]):
        talked = context.talked_about or context.selected
        held = tuple(clip for clip in context.clips if clip.number not in talked)
        context = replace(context, clips=held or context.clips)
    found = _measured(tokens, index, context)
    row = tokens[index : found.stop] if found else ()
    named = SUPERLATIVES.first(row) or ADJECTIVES.first(row) or TOLD.first(row)
    kind = REMEDIES.get(named[1].value) if named else None
    if found is None or named is None or kind is None:
        return found
    return replace(found, remedy=Operation(kind, "down" if named[1].is_high else "up"))


def _measured(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    at = skipped(tokens, index, _OPENERS)
    counted = cardinal(tokens, at) if word_at(tokens, at) != "one" else None
    placed = ordinal(tokens, at)
    after = skipped(tokens, (counted or placed or (0, at))[1], _AMID)
    after = skipped(tokens, after, _DEGREES)
    if after >= len(tokens):
        return None
    if found := SUPERLATIVES.at(tokens, after):
        is_told = tokens[after].word in _CLAUSAL and tokens[index].word in _ANY
        places = (placed[0] - 1 if placed else 0, counted[0] if counted else 0)
        return _extreme(tokens, found, places, context, is_told=is_told)
    is_opened = after > index
    found = ADJECTIVES.at(tokens, after)
    is_compared = index > 0 and tokens[index - 1].word in _COMPARING
    if found and not is_opened and is_compared:
        return None
    found = found or (COMPARATIVES.at(tokens, after) if at > index else None)
    if found:
        more = _more_of(tokens, index, after, context)
        return more or _qualified(tokens, found, context, is_opened=is_opened)
    if stated := _stated(tokens, index):
        return _held(tokens, stated[1], [stated[0]], context)
    return _described(tokens, index, after, counted[0] if counted else 1, context)


def _more_of(tokens: Sequence[Token], index: int, after: int, context: Context) -> Found | None:
    """Read "the darker of the two choruses", "the faster one of clips 9 and 10"."""
    found = COMPARATIVES.at(tokens, after)
    if found is None or tokens[index].word != "the":
        return None
    at = skipped(tokens, found[1], _NOUNS)
    scope, stop = scope_at(tokens, at, context)
    parts = instances(scope, context)
    if word_at(tokens, at) != "of" or stop == at or not 1 < len(scope) < len(context.clips):
        return None
    if len(scope) > len(parts) == _PAIR:
        return Found(stop, (), ("such clip",))
    return _result(stop, set(_most(found[0], slice(1), scope, context)))


def _stated(tokens: Sequence[Token], index: int) -> tuple[Quality, int] | None:
    """Read "wherever it is dark", "where the picture gets too cold"."""
    word = tokens[index].word
    if word not in _WHEREVER or (word == "where" and index):
        return None
    at = skipped(tokens, index + 1, _PICTURE)
    after = skipped(tokens, at, _SEEMING | _LINKING)
    if word_at(tokens, at) not in _SEEMING or after >= len(tokens):
        return None
    return ADJECTIVES.at(tokens, after)


def _extreme(
    tokens: Sequence[Token],
    found: tuple[Quality, int],
    places: tuple[int, int],
    context: Context,
    *,
    is_told: bool,
) -> Found | None:
    """Read "darkest clip", "darkest three clips", "darkest and the brightest clip"."""
    (first, count), qualities, stop = places, [found[0]], found[1]
    inner = cardinal(tokens, stop) if not count and word_at(tokens, stop) != "one" else None
    count, stop = inner or (count, stop)
    at = skipped(tokens, stop, {"and", "the"})
    more = SUPERLATIVES.at(tokens, at) if stop < at < len(tokens) else None
    if more:
        qualities, stop = [*qualities, more[0]], more[1]
    noun = word_at(tokens, stop)
    scopes, end = _scopes(tokens, stop, context)
    if noun not in _NOUNS and end == stop and not (count or more or is_told):
        return None
    chosen = slice(first, first + (count or 1))
    clips = {
        number
        for scope in scopes
        for quality in qualities
        for number in _most(quality, chosen, scope, context)
    }
    return _result(end, clips)


def _scopes(
    tokens: Sequence[Token], index: int, context: Context
) -> tuple[tuple[tuple[int, ...], ...], int]:
    """Return what a superlative is looked for in: "chorus clip", "clip of each verse"."""
    part = section_at(tokens, index, context) if index < len(tokens) else None
    if part and part.clips and tokens[part.stop - 1].word in words.CLIP_NOUNS:
        return (part.clips,), part.stop
    at = index + (word_at(tokens, index) in _NOUNS)
    if parts := each_part(tokens, at, context):
        return parts
    scope, stop = scope_at(tokens, at, context)
    return (scope,), stop


def _most(quality: Quality, places: slice, scope: Sequence[int], context: Context) -> Sequence[int]:
    """Return the clips of `scope` in these places, if ordered by a quality, strongest first."""
    values = [
        (value, clip.number)
        for clip in context.clips
        if clip.number in scope and (value := quality.value(clip)) is not None
    ]
    values.sort(key=lambda pair: (-pair[0] if quality.is_high else pair[0], pair[1]))
    return [number for _, number in values[places]]


def _qualified(
    tokens: Sequence[Token], found: tuple[Quality, int], context: Context, *, is_opened: bool
) -> Found | None:
    """Read "dark clips", "dark and dull ones", "bright clips of the final chorus"."""
    qualities, stop = [found[0]], found[1]
    at = skipped(tokens, stop, {"and", ",", "or"})
    more = ADJECTIVES.at(tokens, at) if stop < at < len(tokens) else None
    if more and word_at(tokens, more[1]) in _NOUNS:
        qualities, stop = [*qualities, more[0]], more[1]
    noun = word_at(tokens, stop)
    part = section_at(tokens, stop, context) if stop < len(tokens) else None
    if part and part.clips and tokens[part.stop - 1].word in words.CLIP_PLURALS:
        held = tuple(clip for clip in context.clips if clip.number in part.clips)
        return _held(tokens, part.stop, qualities, replace(context, clips=held))
    if noun == "one" and is_opened:
        return _sole(tokens, stop + 1, qualities[0], context)
    nouns = _NOUNS - {"one"} if is_opened else words.CLIP_PLURALS | {"ones"}
    if noun not in nouns or cardinal(tokens, stop + 1):
        return None
    return _held(tokens, stop + 1, qualities, context)


def _sole(tokens: Sequence[Token], stop: int, quality: Quality, context: Context) -> Found | None:
    """Read "the warm one": the only such clip, of the selected ones if there are several."""
    if cardinal(tokens, stop):
        return None
    several = len(context.selected) > 1
    scope, end = scope_at(tokens, stop, context)
    scope = context.selected if several and end == stop else scope
    stop = end
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
    is_supposed = index > 0 and tokens[index - 1].word in _SUPPOSING
    at += is_supposed and word_at(tokens, at) in {"a", "an"}
    noun = word_at(tokens, at)
    if word_at(tokens, index) == "what" and noun in _SEEMING:
        at, noun = index, "what"
    is_any = noun in _ANY | {"what"}
    if not is_any and noun not in _NOUNS:
        return None
    after = skipped(tokens, at + 1, _LINKING | words.CLIP_NOUNS if is_any else _LINKING)
    is_denied = word_at(tokens, after) in {"not", "isn't", "aren't", "don't"}
    after = skipped(tokens, after + is_denied, _LINKING) if is_denied else after
    if word_at(tokens, at + 1) in _RELATIVES or is_supposed:
        after = skipped(tokens, after, _TELLING_OF | _LINKING)
    if after >= len(tokens):
        return None
    if extreme := _superlative(tokens, at + 1, after):
        scope, stop = scope_at(tokens, extreme[1], context)
        return _result(stop, set(_most(extreme[0], slice(count), scope, context)))
    near = range(after, at, -1)
    books = (TOLD, ADJECTIVES)
    found = next((f for each in near for book in books if (f := book.at(tokens, each))), None)
    found = found and (found[0], _behind(tokens, found[1]))
    if found is None or not _narrows(tokens, index, (at, after), found[1]):
        return None
    if is_denied:
        return _not_held(tokens, found, context)
    other = _alternative(tokens, found[1])
    end = 0 if other else _unmeasured(tokens, found[1])
    qualities = [found[0], other[0]] if other else [found[0]]
    held = _held(tokens, (other or found)[1], qualities, context)
    return Found(end, (), ("such clip",)) if end else held


def _behind(tokens: Sequence[Token], stop: int) -> int:
    """Return where a clause ends that goes on "side" or "in it"."""
    stop += word_at(tokens, stop) == "side"
    if word_at(tokens, stop) != "in":
        return stop
    is_itself = word_at(tokens, stop + 1) in {"it", "them"}
    is_end = stop + 1 == len(tokens) or tokens[stop + 1].is_mark
    return stop + 1 + is_itself if is_itself or is_end else stop


def _narrows(tokens: Sequence[Token], index: int, noun: tuple[int, int], stop: int) -> bool:
    """Whether a quality up to `stop` says which clips, not what they should be.

    Args:
        tokens: The text.
        index: Where the mention begins.
        noun: Where its noun is, and where the words that link it to the quality end.
        stop: Where the quality ends.
    """
    at, after = noun
    linked = {token.word for token in tokens[at + 1 : after]}
    is_any = word_at(tokens, at) in _ANY | {"what"}
    if word_at(tokens, at) == "everything":
        is_told = not linked.isdisjoint({"is", "'s"}) and linked.isdisjoint({"that", "which"})
        is_any = (bool(linked & _RELATING) and not is_told) or word_at(tokens, stop) in _GOVERNING
    is_narrowing = word_at(tokens, after) in {
        "where",
        "with",
        "without",
        "lacking",
        "you",
        "one",
        "we",
        "i",
    } or (not linked.isdisjoint({"that", "which", "leaning", "where", "with"}))
    is_narrowing |= index > 0 and tokens[index - 1].word in _SUPPOSING
    return is_any or is_narrowing or tokens[index].word in {"any", "whichever", "which", "what"}


def _alternative(tokens: Sequence[Token], index: int) -> tuple[Quality, int] | None:
    """Return the quality in "or too cold" behind another."""
    at = skipped(tokens, index, {"or", "too"})
    return (
        ADJECTIVES.at(tokens, at) if word_at(tokens, index) == "or" and at < len(tokens) else None
    )


def _unmeasured(tokens: Sequence[Token], index: int) -> int:
    """Return where another quality ends that nobody measures: "or silly"; 0 if there is none."""
    at = skipped(tokens, index, {"or", "too"})
    if word_at(tokens, index) != "or" or at >= len(tokens):
        return 0
    known = OPERATIONS.at(tokens, at)
    return known[1] if known and known[0].kind is Kind.MOOD else 0


def _superlative(tokens: Sequence[Token], index: int, after: int) -> tuple[Quality, int] | None:
    """Return the superlative behind a noun, with its own "with the" or without."""
    near = (index, *range(after, index - 1, -1)) if index < len(tokens) else (after,)
    return next((found for at in near if (found := SUPERLATIVES.at(tokens, at))), None)


def _held(
    tokens: Sequence[Token], stop: int, qualities: Sequence[Quality], context: Context
) -> Found:
    scope, stop = scope_at(tokens, stop, context)
    clips = {
        clip.number
        for clip in context.clips
        if clip.number in scope and any(each.holds(clip) for each in qualities)
    }
    return _result(stop, clips)


def _not_held(tokens: Sequence[Token], found: tuple[Quality, int], context: Context) -> Found:
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
