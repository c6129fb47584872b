"""A wish for several versions of a clip at once: "three more like this".

It is read only where a sentence says nothing else: how many, of what, like which version and
of which clip. Anything beside that is a wish of its own, and read as one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from clipbot.domain.plan import Act, Edit, Kind, Operation, Plan, Reading
from clipbot.understanding import asking
from clipbot.understanding.aims import resolved, target_of
from clipbot.understanding.context import ClipFacts, Context
from clipbot.understanding.found import skipped, word_set
from clipbot.understanding.numbers import cardinal
from clipbot.understanding.targets import mentions
from clipbot.understanding.tokens import Token, span_text

_NOUNS = word_set(
    "version versions take takes variation variations variant variants alternative alternatives "
    "option options rendition renditions iteration iterations"
)
_MORE = word_set("more other further additional new different fresh extra another alternative")
_AS_THIS = word_set("this that it these those one ones them")
_COUNTS = {"couple": 2, "few": 3, "several": 3, "some": 3}
_USUAL = 3
"""Where nobody says how many: "more like this"."""
_AROUND = word_set(
    "give me us show get make do create generate render try produce i i'd we want wanna would like "
    "need can could you please pls may have let 's see offer a an just ok okay now and with thanks "
    "thank of for from in on to the clip clips , . ! ? :"
)
"""What may stand around it, beside a clip."""
_FEWEST = 2
"""One more is the clip made once more, for the film."""


@dataclass(frozen=True, slots=True)
class _Wish:
    count: int
    version: int | None
    start: int
    stop: int


def takes(tokens: Sequence[Token], text: str, context: Context) -> Plan | None:
    """Return what several versions at once are wanted of; None: that is not what is said."""
    wish = next((found for at in range(len(tokens)) if (found := _wish(tokens, at))), None)
    if wish is None:
        return None
    rest = (*tokens[: wish.start], *tokens[wish.stop :])
    inside = {at for each in mentions(rest, context) for at in range(each.start, each.stop)}
    if any(at not in inside and token.word not in _AROUND for at, token in enumerate(rest)):
        return None
    span = tokens[wish.start : wish.stop]
    plan = _planned(wish, rest, span_text(text, span), context)
    reading = Reading(span_text(text, span), span[0].start, span[-1].stop, _means(wish))
    return replace(plan, readings=(reading,))


def _means(wish: _Wish) -> str:
    like = f", like version {wish.version}" if wish.version else ""
    return f"{wish.count} takes to choose from{like}"


def _wish(tokens: Sequence[Token], start: int) -> _Wish | None:
    """Read how many of what, like which version, beginning at a token."""
    count, at = _count(tokens, start)
    at = skipped(tokens, at, {"of"}) if count else at
    behind = skipped(tokens, at, _MORE)
    is_more = behind > at and tokens[at].word == "more"
    is_named = behind < len(tokens) and tokens[behind].word in _NOUNS
    version, stop = _likeness(tokens, behind + is_named)
    is_like = stop > behind + is_named
    if count is None and not (is_more and is_like):
        return None
    if not is_named and not (is_more and (is_like or behind == len(tokens))):
        return None
    wanted = _USUAL if count is None else count
    return _Wish(wanted, version, start, stop) if wanted >= _FEWEST else None


def _count(tokens: Sequence[Token], start: int) -> tuple[int | None, int]:
    if found := cardinal(tokens, start):
        return found
    if tokens[start].word in _COUNTS:
        return _COUNTS[tokens[start].word], start + 1
    return None, start


def _likeness(tokens: Sequence[Token], at: int) -> tuple[int | None, int]:
    """Read "like this", "of these", "like version 2"; nothing of it leaves the place as it is."""
    if at >= len(tokens) or tokens[at].word not in {"like", "of", "as"}:
        return None, at
    noun = skipped(tokens, at + 1, {"the"})
    if noun < len(tokens) and tokens[noun].word == "original":
        return 1, skipped(tokens, noun + 1, _NOUNS)
    if noun < len(tokens) and tokens[noun].word in _NOUNS | {"v"}:
        found = cardinal(tokens, noun + 1)
        return (found[0], found[1]) if found else (None, at)
    if noun < len(tokens) and tokens[noun].word in _AS_THIS:
        return None, skipped(tokens, noun + 1, {"one", "ones"} | _NOUNS)
    return None, at


def _planned(wish: _Wish, rest: Sequence[Token], phrase: str, context: Context) -> Plan:
    said = f"{wish.count} more versions"
    named = target_of(tuple(mentions(rest, context)))
    if named and named.missing:
        return asking.unknown_clip(context, named.missing, said)
    clips = resolved(named, context)
    if len(clips) != 1:
        return asking.which_clip(replace(context, clips=_among(clips, context)), said)
    versions = next(clip.versions for clip in context.clips if clip.number == clips[0])
    if wish.version is not None and not 0 < wish.version <= versions:
        question = f"Clip {clips[0]} has no version {wish.version}; it has {versions}."
        last = f"clip {clips[0]}: {said} like version {versions}"
        choices = (last, f"clip {clips[0]}: {said}")
        return Plan(Act.ASK, question=question, choices=choices)
    edit = Edit(clips, (Operation(Kind.REGENERATE),), phrase)
    return Plan(Act.EDIT, (edit,), version=wish.version, takes=wish.count)


def _among(clips: tuple[int, ...], context: Context) -> tuple[ClipFacts, ...]:
    """Return the clips that may be meant: those that were named, else all."""
    return tuple(clip for clip in context.clips if not clips or clip.number in clips)
