"""Reading that a clip is to look like the clips it belongs to.

"match clip 4 to its neighbours", "make clip 4 look like the others", "blend it in with the
rest of the verse". The neighbours are never named by number: that is the look of another
clip (`returning.style`), and which clips they are is found out when the wish is priced.
"""

import re
from collections.abc import Sequence
from typing import Final

from clipbot.domain.plan import NEIGHBOURS, Act, Edit, Kind, Operation, Plan, Reading, Strength
from clipbot.domain.wording import clip_names
from clipbot.understanding import asking, words
from clipbot.understanding.aims import resolved, target_of
from clipbot.understanding.context import Context
from clipbot.understanding.found import word_set
from clipbot.understanding.mention import Mention
from clipbot.understanding.targets import mentions
from clipbot.understanding.tokens import Token
from clipbot.understanding.vocabulary import OPERATIONS

_NEAR: Final = (
    r"(?:neighbou?rs?|neighbou?ring (?:clips|ones|shots)|surroundings|"
    r"(?:surrounding|adjacent|adjoining) (?:clips|ones|shots)|"
    r"(?:clips|ones|shots) (?:around|beside|next to|on either side of) (?:it|them))"
)
_REST: Final = (
    r"(?:others|other (?:clips|ones|shots)|rest(?: of (?:(?:the|its|this|that) )?"
    r"(?:clips|film|video|song|section|verse|chorus|bridge|intro|outro)(?: [0-9]+)?)?)"
)
_OWN: Final = r"(?:(?:its|their|the|all|all the|both|both its) )?(?:(?:direct|nearest|two|own) )?"
_COMPANY: Final = rf"(?:{_OWN}(?:{_NEAR}|{_REST}))"
_LIKE: Final = (
    r"(?:(?:look(?:s|ing)?|be|more|just)(?: more| just| exactly)* like|"
    r"(?:look )?(?:more )?similar to|"
    r"(?:look )?the same as|consistent with|in line with|closer to|at home (?:with|among)|"
    r"(?:blend|fit)(?:s)?(?: in| it in| better| in better)*(?: with| into| to)?|"
    r"(?:adapt|adjust|align|harmoni[sz]e)(?: to| with)?|go(?: well| better)? with|"
    r"match(?:es)?(?: to| with)?)"
)
_PLAIN: Final = re.compile(rf"(?<!\S){_LIKE} {_COMPANY}(?!\S)")
_SPLIT: Final = re.compile(
    rf"(?<!\S)(?:match|adapt|adjust|align|blend|fit|harmoni[sz]e) (?P<clips>.+?) "
    rf"(?:to|with|into|in with|in line with) (?P<company>{_COMPANY})(?!\S)"
)
_GIVEN: Final = re.compile(
    rf"(?<!\S)the (?:same )?(?:look|colours|colors|grade|light|palette) (?:of|as) {_COMPANY}(?!\S)"
)
_IS_NEAR: Final = re.compile(_NEAR)
_WISH: Final = "match it to its neighbours"
_MEANS: Final = "matched to its neighbours"
_JOINTS: Final = frozenset({"and", "then", ",", ".", ";", "but", "also"})
_SLIGHT: Final = frozenset({"slightly", "bit", "little", "somewhat", "touch", "partly", "half"})
_STRONG: Final = frozenset({"completely", "fully", "exactly", "perfectly", "entirely", "totally"})
_BESIDE: Final = words.CHATTER | word_set(
    """
    make let give have get should must needs need to it its a bit little please can could you
    look looks colour colours color colors light grade palette of the in and clip sticks out
    stands more better just slightly somewhat completely fully exactly that this so , . ! ? :
    """
)
"""All that may stand beside such a wish; with anything else it is another one."""


def evened(tokens: Sequence[Token], text: str, context: Context) -> Plan | None:
    """Read a wish that a clip is to go with its neighbours; None where it is none."""
    cue = _cue(tokens)
    if not cue or any(token.word in words.NEGATIONS for token in tokens):
        return None
    rest = tuple(token for at, token in enumerate(tokens) if at not in cue)
    found = tuple(mentions(rest, context))
    named = target_of(found)
    covered = {at for each in found for at in range(each.start, each.stop)}
    left = [token for at, token in enumerate(rest) if at not in covered]
    more = [token for token in left if token.word not in _BESIDE]
    if more and not (_IS_NEAR.search(_said(tokens)) and OPERATIONS.first(left)):
        return None
    if named and named.missing:
        return asking.unknown_clip(context, named.missing, _WISH)
    clips = resolved(named, context)
    if not clips:
        return asking.which_clip(context, _WISH)
    if more:
        first, last = tokens[min(cue)].start, tokens[max(cue)].stop
        is_before = any(token.start < first for token in more)
        side = [t for t in left if (t.start < first if is_before else t.start >= last)]
        return _one_at_a_time(_own(tokens, context) or clips[0], side, rest, found, text)
    edit = Edit(clips, (Operation(Kind.LOOK, NEIGHBOURS, _strength(tokens)),), _WISH)
    marks = [
        (rest[each.start], rest[each.stop - 1], clip_names(each.clips or clips)) for each in found
    ]
    marks += [(tokens[run[0]], tokens[run[-1]], _MEANS) for run in _runs(sorted(cue))]
    readings = (
        Reading(text[first.start : last.stop], first.start, last.stop, means)
        for first, last, means in sorted(marks, key=lambda mark: mark[0].start)
    )
    return Plan(Act.EDIT, (edit,), readings=tuple(readings))


def _one_at_a_time(
    clip: int,
    left: Sequence[Token],
    rest: Sequence[Token],
    found: Sequence[Mention],
    text: str,
) -> Plan:
    """Ask which of two changes comes first: how a clip is to be matched depends on the other."""
    said = [token for token in left if token.word not in _JOINTS]
    start, stop = said[0].start, said[-1].stop
    is_named = any(start <= rest[each.start].start < stop for each in found)
    other = text[start:stop] if is_named else asking.for_clip(text[start:stop], clip)
    return Plan(
        Act.ASK,
        question="One thing at a time: which first?",
        choices=(other, f"match clip {clip} to its neighbours"),
    )


def _own(tokens: Sequence[Token], context: Context) -> int | None:
    """Return the clip that stands amid the words: "match clip 5 to its neighbours"."""
    said = _said(tokens)
    split = _SPLIT.search(said)
    amid = sorted(_places(said, *split.span("clips"))) if split else []
    own = target_of(tuple(mentions([tokens[at] for at in amid], context)))
    return min(own.clips) if own and own.clips else None


def _strength(tokens: Sequence[Token]) -> Strength:
    row = {token.word for token in tokens}
    if row & _SLIGHT:
        return "slight"
    return "strong" if row & _STRONG else "medium"


def _runs(places: Sequence[int]) -> list[list[int]]:
    """Return neighbouring places together."""
    runs: list[list[int]] = []
    for at in places:
        if runs and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _said(tokens: Sequence[Token]) -> str:
    return " ".join(token.word for token in tokens)


def _cue(tokens: Sequence[Token]) -> frozenset[int]:
    """Return the places of the words that say so, without those of the clips amid them."""
    said = _said(tokens)
    if split := _SPLIT.search(said):
        return _places(said, *split.span()) - _places(said, *split.span("clips"))
    plain = _GIVEN.search(said) or _PLAIN.search(said)
    return frozenset() if plain is None else _places(said, *plain.span())


def _places(said: str, start: int, stop: int) -> frozenset[int]:
    """Return the tokens that a stretch of the joined words covers."""
    first = said.count(" ", 0, start)
    return frozenset(range(first, first + said.count(" ", start, stop) + 1))
