"""Clips by their place in the row: "the third clip", "first five", "the last one", "next two"."""

from collections.abc import Sequence

from clipbot.domain.plan import Act
from clipbot.understanding import words
from clipbot.understanding.context import Context
from clipbot.understanding.found import Found, skipped, word_at
from clipbot.understanding.numbers import cardinal, ordinal
from clipbot.understanding.scope import each_part, scope_at
from clipbot.understanding.sections import section_at
from clipbot.understanding.tokens import Token
from clipbot.understanding.vocabulary import OPERATIONS, SCALARS

_MOST = 12
"""Places in one list; a bound keeps reading linear."""
_LAST = frozenset({"last", "final", "closing"})
_FIRST = frozenset({"first", "opening"})
_NOUNS = words.CLIP_NOUNS | {"one", "ones"}
_STEPS = {"next": 1, "following": 1, "previous": -1, "preceding": -1, "prior": -1}
_NEXT_TO = {"after": 1, "following": 1, "behind": 1, "before": -1, "preceding": -1}
_NEXT_TO |= {"follow": 1, "follows": 1, "precede": -1, "precedes": -1}
_COMING = frozenset(
    {"right", "directly", "just", "that", "which", "come", "comes", "coming", "are"}
)
_TELLING = frozenset({"should", "must", "needs", "need", "gets", "get", "could", "please", "pls"})
_MEASURING = frozenset({"more", "less", "much", "slightly", "too", "very", "way"})
_GOING_ON = frozenset({"and", "in", "at", "but", "with", "into", "to", "as", "too", "also"})
_TELLING |= {"be", "go", "turn", "look", "become", "wants", "becomes", "goes", "turns", "ought"}


def in_order(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read clips named by their place, within a part of the song if one follows."""
    at = skipped(tokens, index, {"the", "only", "just", "very"})
    for read in (
        _edge,
        _from_the_end,
        _counted_beside,
        _ordinals,
        _beside,
        _parity,
        _middle,
        _at_edge,
        _outer,
        _pair,
    ):
        if found := read(tokens, at, context):
            return found
    return None


def _edge(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "first clip", "last three clips", "first three"; of each chorus if that follows."""
    word = word_at(tokens, index)
    if word not in _LAST | _FIRST:
        return None
    counted = cardinal(tokens, index + 1) if word_at(tokens, index + 1) != "one" else None
    count, at = counted or (1, index + 1)
    noun = word_at(tokens, at)
    is_held = noun == "of" and word_at(tokens, at + 1) in {"them", "these", "those"}
    if noun not in _NOUNS and not (is_held or (counted and _ends_here(tokens, at))):
        return None
    at += noun in _NOUNS
    if parts := each_part(tokens, at, context):
        clips = [each for part in parts[0] for each in _cut(part, count, word)]
        return Found(parts[1], tuple(sorted(clips)))
    scope, stop = scope_at(tokens, at, context)
    if stop == at and noun not in words.CLIP_NOUNS:
        scope = _in_view(scope, context)
    if count > len(scope):
        return Found(stop, (), (f"{count} clips",))
    return Found(stop, _cut(scope, count, word))


def _cut(scope: Sequence[int], count: int, word: str) -> tuple[int, ...]:
    return tuple(scope[-count:] if word in _LAST else scope[:count])


def _in_view(scope: tuple[int, ...], context: Context) -> tuple[int, ...]:
    """Return what "the first one" counts in: several selected clips, or those of an answer."""
    if len(context.selected) > 1:
        return context.selected
    last = context.last_plan
    is_answered = last is not None and last.act is Act.ANSWER and len(context.talked_about) > 1
    return context.talked_about if is_answered else scope


def _ends_here(tokens: Sequence[Token], index: int) -> bool:
    """Whether nothing that could be counted follows: "first three dreamy", "the last two: fog"."""
    if index >= len(tokens) or tokens[index].is_mark:
        return True
    is_told = tokens[index].word in _TELLING | _GOING_ON
    return is_told or OPERATIONS.at(tokens, index) is not None


def _from_the_end(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "second to last clip", "third from the end", "penultimate", "last but one"."""
    row = [token.word for token in tokens[index : index + 4]]
    placed = ordinal(tokens, index)
    if row[:1] == ["penultimate"]:
        back, at = 2, index + 1
    elif row[:2] == ["next", "to"] and row[2:3] == ["last"]:
        back, at = 2, index + 3
    elif row[:2] == ["last", "but"] and (more := cardinal(tokens, index + 2)):
        back, at = 1 + more[0], more[1]
    elif placed:
        back, at = placed
        at = skipped(tokens, at, _NOUNS)
        linked = skipped(tokens, at, {"to", "from", "the"})
        if word_at(tokens, linked) not in {"last", "end"} or (
            word_at(tokens, linked) == "end" and linked == at
        ):
            return None
        at = linked + 1
    else:
        return None
    at = skipped(tokens, at, _NOUNS)
    scope, stop = scope_at(tokens, at, context)
    if back > len(scope):
        return Found(stop, (), ("such clip",))
    return Found(stop, (scope[-back],))


def _ordinals(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "the fifth and the eighth clip", "third shot", "the first and last"."""
    places: list[int] = []
    at = index
    while (found := _place(tokens, at)) and len(places) < _MOST:
        places.append(found[0])
        at = found[1]
        if word_at(tokens, at) in _NOUNS:
            if word_at(tokens, at) == "one" and cardinal(tokens, at + 1):
                return None
            return _placed(places, tokens, at, context)
        goes_on = _place(tokens, skipped(tokens, at, {",", "and", "the", "&", "very"}))
        if len(places) > 1 and not goes_on and _ends_here(tokens, at):
            return _placed(places, tokens, at - 1, context)
        is_range = word_at(tokens, at) in {"to", "through", "-", "till", "until"}
        far = skipped(tokens, at + 1, {"the"})
        upto = ordinal(tokens, far) if is_range else None
        if upto:
            places.extend(range(found[0] + 1, min(upto[0], len(context.numbers) + 1)))
        joint = skipped(tokens, far if upto else at, {",", "and", "the", "&", "very"})
        if joint == at:
            break
        at = joint
    return _lone(tokens, index, context)


def _lone(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read a single place whose noun goes unsaid: "the last brighter", "the third: darker"."""
    found = _place(tokens, index)
    is_short = index < len(tokens) and tokens[index].is_ordinal
    is_led = index > 0 and (tokens[index - 1].word == "the" or (is_short and _leads(tokens, index)))
    if found is None or not is_led:
        return None
    if is_short and (found[1] == len(tokens) or tokens[found[1]].is_mark):
        return _placed([found[0]], tokens, found[1] - 1, context)
    op = OPERATIONS.at(tokens, found[1]) if found[1] < len(tokens) else None
    telling = _TELLING | _MEASURING if is_short else _TELLING
    is_end = found[1] < len(tokens) and (tokens[found[1]].word in telling | {":"})
    if not is_end and not (op and (is_short or op[0].kind in SCALARS)):
        return None
    return _placed([found[0]], tokens, found[1] - 1, context)


def _leads(tokens: Sequence[Token], index: int) -> bool:
    """Whether "2nd" stands where a clip would be named: "and 2nd more clear"."""
    before = tokens[index - 1]
    return before.is_mark or before.word in {"and", "but", "in", "for"}


def _place(tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
    """Return a place and where it ends; the last is -1."""
    return (-1, index + 1) if word_at(tokens, index) in _LAST else ordinal(tokens, index)


def _placed(places: Sequence[int], tokens: Sequence[Token], noun: int, context: Context) -> Found:
    scope, stop = scope_at(tokens, noun + 1, context)
    if stop == noun + 1 and word_at(tokens, noun) not in words.CLIP_NOUNS:
        view = _in_view(scope, context)
        is_held = all(place <= len(view) for place in places)
        scope = view if is_held else scope
    exist = [place for place in places if 0 < place <= len(scope) or place == -1]
    clips = {scope[place - 1 if place > 0 else place] for place in exist}
    missing = tuple(f"clip {place}" for place in places if place not in exist)
    return Found(stop, tuple(sorted(clips)), missing)


def _counted_beside(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "two clips after this one", "three before clip 9"."""
    counted = cardinal(tokens, index) if index < len(tokens) else None
    at = skipped(tokens, counted[1], _NOUNS | _COMING) if counted else index
    step = _NEXT_TO.get(word_at(tokens, at))
    if counted is None or step is None or at + 1 >= len(tokens):
        return None
    if at == counted[1] and not (index and tokens[index - 1].word == "the"):
        return None
    anchor = _anchor(tokens, at + 1, context)
    if anchor is None:
        return None
    if not anchor.clips:
        return Found(anchor.stop, (), anchor.missing or ("such neighbour",))
    first = max(anchor.clips) + 1 if step > 0 else min(anchor.clips) - counted[0]
    wanted = range(first, first + counted[0])
    missing = tuple(f"clip {number}" for number in wanted if number not in context.numbers)
    return Found(anchor.stop, () if missing else tuple(wanted), missing)


def _anchor(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read what clips are counted from: "clip 9", "this one", "the bridge"."""
    number = cardinal(tokens, skipped(tokens, index, words.CLIP_NOUNS | {"#", "number"}))
    if number:
        exists = number[0] in context.numbers
        missing = () if exists else (f"clip {number[0]}",)
        return Found(number[1], number[:1] if exists else (), missing)
    if word_at(tokens, index) in {"this", "it", "that", "these", "those", "them"}:
        stop = skipped(tokens, index + 1, _NOUNS)
        return Found(stop, context.selected or context.talked_about)
    return section_at(tokens, index, context)


def _beside(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "the next clip", "the previous two", counted from what is selected or talked about."""
    step = _STEPS.get(word_at(tokens, index))
    if step is None:
        return None
    counted = cardinal(tokens, index + 1) if word_at(tokens, index + 1) != "one" else None
    count, at = counted or (1, index + 1)
    noun = word_at(tokens, at) in _NOUNS
    if not noun and not (counted and _ends_here(tokens, at)):
        return None
    view = context.selected or context.talked_about
    if not view or len(context.selected) > 1:
        return Found(at + noun, (), (f"{tokens[index].word} clip",))
    first = max(view) + 1 if step > 0 else min(view) - count
    wanted = range(first, first + count)
    missing = tuple(f"clip {number}" for number in wanted if number not in context.numbers)
    return Found(at + noun, () if missing else tuple(wanted), missing)


def _parity(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "even clips", "odd numbered shots", "the odd ones"."""
    start, index = index, skipped(tokens, index, {"every", "each", "all", "the"})
    word = word_at(tokens, index)
    at = skipped(tokens, index + 1, {"numbered", "number"})
    nouns = words.CLIP_PLURALS | {"ones", "numbers"}
    nouns |= words.CLIP_NOUNS | {"one"} if index > start else set()
    if word not in {"even", "odd", "evens", "odds"} or not (
        word_at(tokens, at) in nouns or word.endswith("s")
    ):
        return None
    stop = at + (word_at(tokens, at) in nouns)
    scope, stop = scope_at(tokens, stop, context)
    return Found(stop, tuple(n for n in scope if n % 2 == word.startswith("odd")))


def _middle(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "the middle clip", "the middle three clips", "the two in the middle"."""
    counted = cardinal(tokens, index) if index < len(tokens) else None
    count, at = counted or (1, index)
    noun = at
    row = [_CENTRES.get(token.word, token.word) for token in tokens[at : at + 8]]
    row = [word for word in row if word not in {"right", "very", "exact", "dead"}]
    if row[:2] == ["middle", "eight"] and row[2:3] and row[2] not in _NOUNS:
        return None
    if row[:1] == ["middle"]:
        inner = cardinal(tokens, at + 1) if word_at(tokens, at + 1) != "one" else None
        count, at = inner or (count, at + 1)
        if word_at(tokens, at) not in _NOUNS and not inner:
            return None
        stop = at + (word_at(tokens, at) in _NOUNS)
    elif row[bool(row) and row[0] in _NOUNS :][:3] == ["in", "the", "middle"] and (
        counted or row[0] in _NOUNS
    ):
        stop = _behind_centre(tokens, noun)
    else:
        return None
    scope, stop = scope_at(tokens, stop, context)
    spare = len(scope) - count
    if spare < 0 or spare % 2:
        return Found(stop, (), ("exact middle",))
    return Found(stop, scope[spare // 2 : spare // 2 + count])


_STARTS = frozenset({"start", "beginning", "top", "opening"})
_FINISHES = frozenset({"end", "finish", "close", "ending"})


def _at_edge(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "two clips at the start of the song", "the three shots right at the end"."""
    counted = cardinal(tokens, index) if index < len(tokens) else None
    if counted is None or word_at(tokens, counted[1]) not in _NOUNS:
        return None
    at = skipped(tokens, counted[1] + 1, {"right", "at", "in", "from", "the", "very"})
    if at == counted[1] + 1 or word_at(tokens, at) not in _STARTS | _FINISHES:
        return None
    scope, stop = scope_at(tokens, at + 1, context)
    is_end = word_at(tokens, at) in _FINISHES
    return Found(stop, scope[-counted[0] :] if is_end else scope[: counted[0]])


_CENTRES = {"centre": "middle", "center": "middle", "at": "in"}


def _behind_centre(tokens: Sequence[Token], index: int) -> int:
    """Return where "the middle" ends."""
    return next(
        at + 1
        for at in range(index, len(tokens))
        if tokens[at].word in {"middle", "centre", "center"}
    )


def _outer(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "the two outer clips", "the outermost shots": the first and the last."""
    counted = cardinal(tokens, index) if index < len(tokens) else None
    at = counted[1] if counted else index
    if word_at(tokens, at) not in {"outer", "outermost"} or (counted and counted[0] != 2):  # noqa: PLR2004
        return None
    if word_at(tokens, at + 1) not in words.CLIP_PLURALS | {"ones", "two"}:
        return None
    scope, stop = scope_at(tokens, at + 2, context)
    return Found(stop, tuple(sorted({scope[0], scope[-1]})))


def _pair(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "every other clip", "every third shot", "starting with the second" included."""
    if word_at(tokens, index) in {"alternate", "alternating"}:
        step = (2, index + 1) if word_at(tokens, index + 1) in words.CLIP_PLURALS else None
        scope, stop = scope_at(tokens, index + 2, context)
        return Found(stop, scope[:: step[0]]) if step else None
    if word_at(tokens, index) not in {"every", "each"}:
        return None
    step = (2, index + 2) if word_at(tokens, index + 1) == "other" else ordinal(tokens, index + 1)
    if step is None or step[0] < 2 or word_at(tokens, step[1]) not in _NOUNS:  # noqa: PLR2004
        return None
    first = 1 if word_at(tokens, index + 1) == "other" else step[0]
    begin = _beginning(tokens, step[1] + 1)
    if begin and 0 < begin[0] <= len(context.numbers):
        return Found(begin[1], context.numbers[begin[0] - 1 :: step[0]])
    scope, stop = scope_at(tokens, step[1] + 1, context)
    begin = _beginning(tokens, stop)
    if begin and 0 < begin[0] <= len(scope):
        first, stop = begin
    return Found(stop, scope[first - 1 :: step[0]])


def _beginning(tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
    """Read "starting with the first", "beginning at clip 2"."""
    at = skipped(tokens, index, {",", "("})
    if word_at(tokens, at) not in {"starting", "beginning", "from"}:
        return None
    at = skipped(tokens, at + 1, {"with", "from", "at", "the", "clip", "number"})
    begin = ordinal(tokens, at) or cardinal(tokens, at)
    behind = _NOUNS | {"on", "onwards", "onward", ")"}
    return (begin[0], skipped(tokens, begin[1], behind)) if begin else None
