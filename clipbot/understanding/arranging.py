"""Reading how clips are to meet, and how short ones fill their slots.

"crossfade between 3 and 4", "hard cut into clip 5", "loop clip 3", "freeze the end". Such
a wish changes no picture: it becomes an edit plan whose `slots` say what is wanted, and
whose edits have no operations.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from clipbot.domain.filling import Filling
from clipbot.domain.plan import Act, Edit, Plan, Reading
from clipbot.domain.slots import SlotWish
from clipbot.domain.timeline import TransitionKind
from clipbot.domain.wording import clip_names
from clipbot.understanding import acts, asking, words
from clipbot.understanding.aims import resolved, target_of
from clipbot.understanding.boundaries import Where, boundaries
from clipbot.understanding.context import Context
from clipbot.understanding.found import word_set
from clipbot.understanding.mention import Mention
from clipbot.understanding.slot_cues import Cue, cues_in, lengths_in
from clipbot.understanding.targets import mentions
from clipbot.understanding.tokens import Token, span_text
from clipbot.understanding.vocabulary import OPERATIONS

_JOINTS = frozenset({",", ";", ".", "and", "then", "but", "&", "plus"})
_LEADING = word_set("of for with to lasting a an the")
_PLAIN = word_set(
    "join connect show play slot fill end start transitions lasting lasts straight hard switch"
    " always run black freeze forwards gap rest remaining loop bounce"
    " longer shorter crossfade crossfades dissolve dissolves cut cuts fade fades cross"
)
"""Content words that may stand beside a cue."""
_FILLING = words.CHATTER | word_set(
    "play plays playing run runs let make have want should to it its until till slot full filled"
    " be put use can could you would i'd like if too short a in of for just simply then instead"
    " goes go loop bounce do don't dont not no stop never without keep clip clips them again and"
    " over forwards set get on at by as when long enough isn't fill fills so that we time whole"
)
"""All that may stand beside the words for a filling."""
_WORDS = {
    TransitionKind.CUT: "hard cut",
    TransitionKind.CROSSFADE: "crossfade",
    TransitionKind.FADE: "fade to black",
    None: "transition",
    Filling.FREEZE: "freeze the last frame of",
    Filling.PING_PONG: "play back and forth",
    Filling.LOOP: "loop",
}
_MOST = 4
"""Choices that are offered."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a sentence that says one thing."""

    tokens: tuple[Token, ...]
    cue: Cue | None = None
    """Its places are those of `tokens`."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What one part wants, or the question that it raises."""

    slots: tuple[SlotWish, ...] = ()
    clips: tuple[int, ...] = ()
    question: Plan | None = None
    readings: tuple[Reading, ...] = ()


def arranged(tokens: Sequence[Token], text: str, context: Context) -> Plan | None:
    """Return the plan of a sentence about how clips meet or fill their slots, if it is one."""
    cues = cues_in(tokens)
    if not cues or acts.step_of(tokens) is not None:
        return None
    parts = _parts(tokens, cues)
    if any(part.cue and _says_more(part, part.cue, context) for part in parts):
        return None
    read = [_read(part, part.cue, text, context) for part in parts if part.cue]
    if question := next((each.question for each in read if each.question), None):
        return question
    other = next((part for part in parts if not part.cue and OPERATIONS.first(part.tokens)), None)
    if other is not None:
        return _one_at_a_time(parts, other, text)
    slots = tuple(wish for each in read for wish in each.slots)
    clips = tuple(sorted({number for each in read for number in each.clips}))
    return Plan(
        Act.EDIT,
        (Edit(clips, instruction=text.strip()),),
        slots=slots,
        readings=tuple(sorted((r for each in read for r in each.readings), key=lambda r: r.start)),
    )


def _parts(tokens: Sequence[Token], cues: Sequence[Cue]) -> tuple[_Part, ...]:
    """Cut a sentence at the joints in front of what says another thing."""
    joints = [at for at, token in enumerate(tokens) if token.word in _JOINTS]
    edges, last = [0], 0
    for cue in cues:
        before = [at for at in joints if last < at < cue.start]
        is_first = cue is cues[0]
        lead = tokens[: before[-1]] if before else ()
        if before and (not is_first or OPERATIONS.first(lead)):
            edges.append(before[-1])
        behind = [at for at in joints if at >= cue.stop]
        if cue is cues[-1] and behind and OPERATIONS.first(tokens[behind[-1] :]):
            edges.append(behind[-1])
        last = cue.stop
    edges.append(len(tokens))
    return tuple(_part(tokens, cues, *span) for span in pairwise(edges))


def _part(tokens: Sequence[Token], cues: Sequence[Cue], start: int, stop: int) -> _Part:
    own = next((cue for cue in cues if start <= cue.start < stop), None)
    if own is None:
        return _Part(tuple(tokens[start:stop]))
    moved = Cue(own.meaning, own.start - start, own.stop - start, own.seconds, own.is_denied)
    return _Part(tuple(tokens[start:stop]), moved)


def _rest(part: _Part, cue: Cue) -> list[Token]:
    """Return what a part says beside its cue and its lengths."""
    taken = set(range(cue.start, cue.stop))
    for _, start, stop in lengths_in(part.tokens):
        is_led = start > 0 and part.tokens[start - 1].word in _LEADING
        taken.update(range(start - is_led, stop))
    return [token for at, token in enumerate(part.tokens) if at not in taken]


def _says_more(part: _Part, cue: Cue, context: Context) -> bool:
    """Whether there is more than where, how and how long: then it is about a picture."""
    rest = _rest(part, cue)
    if OPERATIONS.first(rest):
        return True
    named = [(each.start, each.stop) for each in mentions(rest, context)]
    others = [
        token
        for at, token in enumerate(rest)
        if not any(start <= at < stop for start, stop in named)
    ]
    if cue.is_filling:
        return any(token.word not in _FILLING and not token.is_mark for token in others)
    return any(words.is_foreign(token) and token.word not in _PLAIN for token in others)


def _read(part: _Part, cue: Cue, text: str, context: Context) -> _Read:
    if isinstance(cue.meaning, Filling):
        return _filling(part, cue, cue.meaning, text, context)
    return _meeting(part, cue, cue.meaning, text, context)


def _filling(part: _Part, cue: Cue, meaning: Filling, text: str, context: Context) -> _Read:
    wanted = Filling.FREEZE if cue.is_denied else meaning
    rest = _rest(part, cue)
    found = tuple(mentions(rest, context))
    named = target_of(found)
    if named and named.missing:
        return _Read(question=asking.unknown_clip(context, named.missing, ""))
    clips = resolved(named, context)
    if not clips:
        choices = tuple(_fill_words(wanted, number) for number in context.numbers[:_MOST])
        return _Read(question=Plan(Act.ASK, question="Which clip is that for?", choices=choices))
    readings = (
        _reading(part.tokens[cue.start : cue.stop], text, _WORDS[wanted]),
        *_told(part, text, tuple(_places(rest, found))),
    )
    return _Read(tuple(SlotWish(number, wanted) for number in clips), clips, readings=readings)


def _places(
    rest: Sequence[Token], found: Sequence[Mention]
) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Yield the characters that named clips, and which."""
    for each in found:
        if each.clips:
            yield rest[each.start].start, rest[each.stop - 1].stop, each.clips


def _meeting(
    part: _Part, cue: Cue, meaning: TransitionKind | None, text: str, context: Context
) -> _Read:
    kind = TransitionKind.CUT if cue.is_denied else meaning
    lengths = [seconds for seconds, _, _ in lengths_in(part.tokens)]
    seconds = lengths[-1] if lengths else cue.seconds
    seconds = None if kind is TransitionKind.CUT else seconds
    where = boundaries(_rest(part, cue), context, said=part.tokens)
    if kind is None and seconds is None:
        return _Read(question=_which_kind(where, context))
    if not where.clips:
        return _Read(question=_which_boundary(where, kind, context))
    slots = tuple(SlotWish(number, None, kind, seconds) for number in where.clips)
    clips = tuple(sorted({each for n in where.clips for each in (n, n + 1)}))
    means = _WORDS[kind]
    readings = (
        _reading(part.tokens[cue.start : cue.stop], text, means),
        *_told(part, text, where.spans),
    )
    return _Read(slots, clips, readings=readings)


def _which_kind(where: Where, context: Context) -> Plan:
    """Ask what a transition is to be."""
    if not where.clips:
        return _which_boundary(where, TransitionKind.CROSSFADE, context)
    choices = tuple(_meet_words(kind, where.clips[0]) for kind in TransitionKind)
    return Plan(Act.ASK, question="What should that transition be?", choices=choices)


def _which_boundary(where: Where, kind: TransitionKind | None, context: Context) -> Plan:
    """Ask between which clips, as far as that was not said."""
    kind = kind or TransitionKind.CROSSFADE
    if where.missing:
        return asking.unknown_clip(context, where.missing, "")
    numbers = context.numbers
    if where.edge is not None:
        side = "comes before" if where.edge == numbers[0] else "follows"
        question, near = f"Nothing {side} clip {where.edge}.", numbers[:-1]
    elif where.apart is not None:
        one, other = where.apart
        question = f"Clips {one} and {other} are not neighbours. Between which clips is it?"
        near = (one, other - 1)
    elif where.alone is not None:
        question = f"Into clip {where.alone}, or out of it?"
        near = (where.alone - 1, where.alone)
    else:
        question, near = "Between which clips?", numbers[:-1]
    inside = [number for number in near if numbers[0] <= number < numbers[-1]]
    choices = tuple(dict.fromkeys(_meet_words(kind, number) for number in inside[:_MOST]))
    return Plan(Act.ASK, question=question, choices=choices)


def _one_at_a_time(parts: Sequence[_Part], other: _Part, text: str) -> Plan:
    """Ask whether to change pictures, or how they meet: a plan does one of them."""
    own = next(part for part in parts if part.cue)
    choices = tuple(span_text(text, _trimmed(part.tokens)) for part in (own, other))
    return Plan(Act.ASK, question="One thing at a time: which first?", choices=choices)


def _trimmed(tokens: Sequence[Token]) -> Sequence[Token]:
    start = next(at for at, token in enumerate(tokens) if token.word not in _JOINTS)
    return tokens[start:]


def _meet_words(kind: TransitionKind, number: int) -> str:
    return f"{_WORDS[kind]} between {clip_names([number, number + 1])}"


def _fill_words(filling: Filling, number: int) -> str:
    if filling is Filling.PING_PONG:
        return f"play clip {number} back and forth"
    return f"{_WORDS[filling]} clip {number}"


def _told(
    part: _Part, text: str, spans: Sequence[tuple[int, int, tuple[int, ...]]]
) -> Iterator[Reading]:
    """Yield the readings of lengths and of clips."""
    for seconds, start, stop in lengths_in(part.tokens):
        yield _reading(part.tokens[start:stop], text, f"{seconds:g} s")
    for start, stop, clips in spans:
        yield Reading(text[start:stop], start, stop, clip_names(clips))


def _reading(tokens: Sequence[Token], text: str, means: str) -> Reading:
    start, stop = tokens[0].start, tokens[-1].stop
    return Reading(text[start:stop], start, stop, means)
