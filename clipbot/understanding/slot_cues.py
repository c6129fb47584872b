"""The words for how clips meet, and for how a short clip fills its slot.

A cue is taken only where it can hardly mean anything else: "cut the brightness" and "the
colours fade" are changes of a picture, "cut into clip 5" and "fade to black" are not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from clipbot.domain.filling import Filling
from clipbot.domain.timeline import TransitionKind
from clipbot.understanding.found import word_at, word_set
from clipbot.understanding.lengths import length_at
from clipbot.understanding.phrases import PhraseBook
from clipbot.understanding.tokens import Token

Meaning = TransitionKind | Filling | None
"""None: a transition of a kind that is not said."""


def _book(texts: dict[Meaning, str]) -> PhraseBook[Meaning]:
    return PhraseBook(
        {" ".join(each.split()): kind for kind, text in texts.items() for each in text.split(",")}
    )


_CUES = _book(
    {
        TransitionKind.CROSSFADE: "crossfade, crossfades, crossfading, crossfaded, cross fade,"
        " cross fades, cross fading, dissolve, dissolves, dissolving, cross dissolve,"
        " cross dissolves, crossdissolve",
        TransitionKind.FADE: "fade to black, fades to black, fading to black, fade through black,"
        " fades through black, fade to black and back, dip to black, dips to black, dip through"
        " black, fade transition, fade transitions, fade out and in, fade out and back in, fade"
        " into, fade between, fade from, fades between, fade over to, fade out of",
        TransitionKind.CUT: "hard cut, hard cuts, straight cut, straight cuts, clean cut, clean"
        " cuts, simple cut, simple cuts, plain cut, plain cuts, direct cut, direct cuts, jump cut,"
        " jump cuts, smash cut, smash cuts, cuts everywhere, cut everywhere, cut between, cuts"
        " between, cut to, cut into, cut straight to, cut straight into, cut directly to, cut"
        " hard to, cut hard into, only cuts, just cuts, nothing but cuts, all cuts, use cuts,"
        " a cut, simply cut from, just cut from, cut from",
        None: "transition, transitions",
        Filling.LOOP: "loop, loops, looped, looping, in a loop, on a loop, on loop, on repeat, over"
        " and over, over and over again",
        Filling.PING_PONG: "back and forth, forth and back, ping pong, pingpong, boomerang,"
        " forwards and backwards, forward and backward, forwards then backwards, forward then"
        " backward, there and back",
        Filling.FREEZE: "freeze the end, freeze its end, freeze at the end, freezes at the end,"
        " freeze the last frame, freeze its last frame, freeze on the last frame, freeze on its"
        " last frame, hold the last frame, hold its last frame, hold on the last frame, hold the"
        " end, freeze the final frame, hold the final frame, freeze the ending, freeze the last"
        " picture, hold the last picture, freeze frame at the end",
    }
)
_KEPT = word_set("everywhere between into from to of")
"""Words at the end of a cue that also say where."""
_DENYING = word_set(
    "no without remove drop delete lose kill rid cancel not don't dont stop never scrap take"
)
_REACH = 3
"""Words in front of a cue in which it is denied."""
_INSTEAD = {("instead", "of"), ("rather", "than"), ("place", "of")}
_TURNING = word_set("replace turn change swap convert switch exchange")
_PACES = {"slow": 1.0, "long": 1.0, "slower": 1.0, "longer": 1.0, "quick": 0.25, "short": 0.25}
_PACES |= {"fast": 0.25, "brief": 0.25, "quicker": 0.25, "shorter": 0.25}
_LASTING = frozenset({"longer", "shorter"})
_LINKS = frozenset({"of", "with"})
_ARTICLES = word_set("a an the any some")
_MANNERS = word_set("smooth soft gentle nice little simple subtle proper")
_PLAYING = word_set("play plays playing run runs running loop bounce bounces go goes let")
_GREY = word_set("white grey gray")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that say how clips meet, or how one fills its slot."""

    meaning: Meaning
    start: int
    """First token."""
    stop: int
    """Behind the last one that says nothing else."""
    seconds: float | None = None
    is_denied: bool = False

    @property
    def is_filling(self) -> bool:
        return isinstance(self.meaning, Filling)


def cues_in(tokens: Sequence[Token]) -> tuple[Cue, ...]:
    """Return the cues that are meant, in order; what they are to replace is left out."""
    found = [
        each for each in _found(tokens) if not _is_replaced(tokens, each) and _fits(tokens, each)
    ]
    if len(found) > 1 and found[0].is_denied and found[1].meaning is TransitionKind.CUT:
        is_said = any(token.number is not None for token in tokens[found[1].stop :])
        found = found if is_said else found[:1]
    turning = any(token.word in _TURNING for token in tokens)
    if turning and len(found) > 1 and not any(cue.is_filling for cue in found):
        found = found[-1:]
    return tuple(found)


def lengths_in(tokens: Sequence[Token]) -> Iterator[tuple[float, int, int]]:
    """Yield `(seconds, start, stop)` of every length that is told."""
    index = 0
    while index < len(tokens):
        if told := length_at(tokens, index):
            yield told[0], index, told[1]
            index = told[1]
        else:
            index += 1


def _found(tokens: Sequence[Token]) -> Iterator[Cue]:
    index = 0
    while index < len(tokens):
        told = _CUES.at(tokens, index) or _split_fade(tokens, index)
        if told is None:
            index += 1
            continue
        meaning, stop = told
        end = stop - 1 if stop - index > 1 and tokens[stop - 1].word in _KEPT else stop
        yield _with_manner(tokens, Cue(meaning, index, end))
        index = stop


def _split_fade(tokens: Sequence[Token], index: int) -> tuple[Meaning, int] | None:
    """Read "a fade before clip 4", "the fade between 2 and 3"; a verb alone is of a picture."""
    if tokens[index].word not in {"fade", "fades"} or not index:
        return None
    is_noun = tokens[index - 1].word in {"a", "the", "no", "any", "all", "every", *_PACES}
    is_noun |= tokens[index - 1].word in _MANNERS
    return (TransitionKind.FADE, index + 1) if is_noun else None


def _with_manner(tokens: Sequence[Token], cue: Cue) -> Cue:
    """Take what stands right in front of a cue into it: "a slow crossfade", "no crossfade"."""
    start, seconds = cue.start, cue.seconds
    while start and tokens[start - 1].word in _PACES.keys() | _MANNERS:
        start -= 1
        seconds = _PACES.get(tokens[start].word, seconds)
    for lead in (_ARTICLES, _LINKS):
        start -= bool(start) and tokens[start - 1].word in lead
    told = (_PACES[token.word] for token in tokens[cue.stop :] if token.word in _LASTING)
    seconds = seconds or next(told, None)
    before = {token.word for token in tokens[max(0, start - _REACH) : start]}
    return replace(cue, start=start, seconds=seconds, is_denied=not before.isdisjoint(_DENYING))


def _is_replaced(tokens: Sequence[Token], cue: Cue) -> bool:
    """Whether a cue says what is there now: "instead of the cut"."""
    row = [token.word for token in tokens[max(0, cue.start - 2) : cue.start + 2]]
    return any(pair in _INSTEAD for pair in pairwise(row))


def _fits(tokens: Sequence[Token], cue: Cue) -> bool:
    """Whether nothing around a cue gives it another sense."""
    behind = word_at(tokens, cue.stop), word_at(tokens, cue.stop + 1)
    match cue.meaning:
        case TransitionKind.FADE:
            return not (behind[0] in {"and", "&", "or"} and behind[1] in _GREY)
        case Filling.PING_PONG:
            row = {token.word for token in (*tokens[: cue.start], *tokens[cue.stop :])}
            is_named = tokens[cue.start].word in {"ping", "pingpong", "boomerang"}
            return is_named or not row.isdisjoint(_PLAYING)
        case _:
            return True
