"""Clips from one place on, up to another, or beside one: "up to clip 4", "after this one"."""

from collections.abc import Sequence
from dataclasses import replace

from clipbot.understanding import words
from clipbot.understanding.context import Context
from clipbot.understanding.found import Found, skipped, word_at
from clipbot.understanding.numbered import DASHES
from clipbot.understanding.numbers import cardinal, ordinal
from clipbot.understanding.phrases import phrase_set
from clipbot.understanding.sections import instances, section_at
from clipbot.understanding.tokens import Token

_OPENERS = frozenset({"the", "everything", "all", "every", "clips", "shots", "scenes", "whatever"})
_OPENERS |= {"what", "that", "which", "comes", "come", "coming", "is", "are", "happens"}
_OPENERS |= {"anything", "parts", "stuff", "everyone", "each", "any"}
_PARTS = frozenset({"part", "bit", "section", "stretch"})
_AFTER = phrase_set(
    """
    after, following, past, beyond, behind, later than, subsequent to, that follows, which
    follows, that follow, which follow, that comes after, that come after, coming after, from
    after, that comes following, since
    """
)
_BEFORE = phrase_set(
    """
    before, preceding, prior to, ahead of, earlier than, leading up to, that precedes, that precede,
    which precedes, which precede, that leads up to, leading to, in the run up to, previous to
    """
)
_MANY = frozenset({"these", "those", "them"})
_FOLLOWING = frozenset({"follows", "succeeds"})
_EDGES = frozenset({"the", "start", "beginning", "end", "of"})
_SIDES = phrase_set(
    """
    on either side of, either side of, on both sides of, both sides of, on each side of, next to,
    around, surrounding, adjacent to, neighbouring, neighboring, before and after, beside,
    directly before and after, right before and after, just before and after, bordering
    """
)
_COMPARED = frozenset({"next to", "beside", "adjacent to"})
"""What only compares unless clips are told: "clip 2 next to clip 3 looks grey"."""
_NEIGHBOURS = frozenset({"neighbours", "neighbors", "neighbour", "neighbor"})
_WITHOUT = phrase_set(
    """
    not including it, but not including it, excluding it, exclusive, but without it, without it,
    but not it, not it, not inclusive, not including that, but not that, not included, but not
    the chorus itself, but not itself, not itself, it excluded, it not included
    """
)
"""What leaves the end of a span out."""
_NEAR = frozenset({"right", "just", "directly", "immediately", "coming"})
_COMING = frozenset({"that", "which", "comes", "is", "directly", "straight"})
_BESIDE = {"after": 1, "following": 1, "follows": 1, "before": -1, "preceding": -1}
_BESIDE |= {"precedes": -1, "behind": 1}


def span_at(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read clips named by a place to start or stop at."""
    at = skipped(tokens, index, _OPENERS)
    is_every = not {"every", "all", "each"}.isdisjoint(t.word for t in tokens[index:at])
    if is_every and word_at(tokens, at) in words.CLIP_NOUNS:
        found = _beyond(tokens, skipped(tokens, at + 1, _COMING), context)
        if found:
            return found
    for read in (_up_to, _from, _through, _neighbour, _sides, _adjoining, _amid):
        if found := read(tokens, at, context):
            return found
    if at == index:
        return None
    opened = {token.word for token in tokens[index:at]}
    return _followed(tokens, at, opened, context) or _beyond(tokens, at, context)


def _up_to(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "up to and including clip 4", "up to the bridge"."""
    is_until = word_at(tokens, index) in {"until", "till"} and index > 0
    dash = DASHES.at(tokens, index) if index < len(tokens) else None
    if dash is None or not (is_until or word_at(tokens, index) in {"up", "right", "all", "upto"}):
        return None
    at = skipped(tokens, dash[1], {"and", "including", "the", "end", "of", "but", "not"})
    is_open = not {"including", "end"}.isdisjoint(token.word for token in tokens[index:at])
    is_before = any(token.word == "not" for token in tokens[dash[1] : at])
    last = _place(tokens, at, context)
    if last is None:
        return None
    is_before |= not is_open and section_at(tokens, at, context) is not None
    stop, is_left_out = _left_out(tokens, last.stop)
    if is_before or is_left_out:
        return _within(stop, 0, min(last.clips, default=1) - 1, last.missing, context)
    return _within(stop, 0, max(last.clips, default=0), last.missing, context)


def _left_out(tokens: Sequence[Token], index: int) -> tuple[int, bool]:
    """Read ", not including it" behind a span; return where it ends, and whether it is there."""
    at = skipped(tokens, index, {",", "(", "but", "-"})
    found = _WITHOUT.at(tokens, at) if at < len(tokens) else None
    if found is None:
        return index, False
    return found[1] + (word_at(tokens, found[1]) == ")"), True


def _through(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "bridge through outro", "verse 2 to the last chorus"; each of one part only."""
    first = section_at(tokens, index, context) if index < len(tokens) else None
    if first is None or not first.clips or first.stop >= len(tokens):
        return None
    dash = DASHES.at(tokens, first.stop)
    last = _place(tokens, dash[1], context) if dash and dash[1] < len(tokens) else None
    if last is None or len(last.clips) == 0:
        return None
    parts = (instances(first.clips, context), instances(last.clips, context))
    if max(map(len, parts)) > 1 or min(first.clips) > max(last.clips):
        return Found(last.stop, (), ("such range",))
    stop, is_left_out = _left_out(tokens, last.stop)
    upto = min(last.clips) - 1 if is_left_out else max(last.clips)
    return _within(stop, min(first.clips), upto, (), context)


def _sides(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "clips on either side of this", "both neighbours of clip 20"."""
    at = skipped(tokens, index, words.CLIP_NOUNS | {"both", "two", "ones", "the", "direct"})
    if word_at(tokens, at) in _NEIGHBOURS:
        at = skipped(tokens, at + 1, words.CLIP_PLURALS)
        at += word_at(tokens, at) in {"of", "to"}
    else:
        found = _SIDES.at(tokens, at) if at < len(tokens) else None
        is_plural = index < at or (index and tokens[index - 1].word in words.CLIP_PLURALS)
        if found is None or not (is_plural or len(found[0].split()) > 1):
            return None
        is_told = index < at or (index and tokens[index - 1].word in _OPENERS)
        if found[0] in _COMPARED and not is_told:
            return None
        at = found[1]
    if at >= len(tokens):
        return None
    anchor = _place(tokens, at, context) or _in_view(tokens, at, context)
    if anchor is None or not anchor.clips:
        return anchor and Found(anchor.stop, (), anchor.missing or ("such neighbour",))
    edges = (anchor.clips[0] - 1, anchor.clips[-1] + 1)
    clips = tuple(number for number in edges if number in context.numbers)
    return Found(anchor.stop, clips, () if clips else ("such neighbour",))


def _from(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "from clip 4 on", "from the start of the bridge to the end"."""
    is_starting = word_at(tokens, index) in {"starting", "beginning"}
    if not is_starting and word_at(tokens, index) != "from":
        return None
    at = skipped(tokens, index + 1, {"from", "with", "at", "in"}) if is_starting else index + 1
    if at == index + 1 and is_starting:
        return None
    first = _place(tokens, at, context) if at < len(tokens) else None
    first = first or _place(tokens, skipped(tokens, at, _EDGES), context)
    last = first and _far_end(tokens, first.stop, context)
    if is_starting and first and last is None:
        last = Found(first.stop, context.numbers[-1:])
    if first is None or last is None:
        return None
    start, upto = min(first.clips, default=0), max(last.clips, default=0)
    return _within(last.stop, start, upto, first.missing + last.missing, context)


def _far_end(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "on", "to the end", "to clip 7"."""
    if word_at(tokens, index) in {"on", "onward", "onwards", "forward", "forwards"}:
        return Found(index + 1, context.numbers[-1:])
    if word_at(tokens, index) == "and" and word_at(tokens, index + 1) in {"on", "onwards"}:
        return Found(index + 2, context.numbers[-1:])
    dash = DASHES.at(tokens, index) if index < len(tokens) else None
    if dash is None:
        return None
    at = skipped(tokens, dash[1], {"the", "very"})
    if word_at(tokens, at) == "end" and word_at(tokens, at + 1) != "of":
        return Found(at + 1, context.numbers[-1:])
    return _place(tokens, skipped(tokens, at, _EDGES), context)


def _adjoining(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "part before the first verse", "bit after the bridge": the part of the song there.

    In "the verse right after the first chorus" it is the nearest one of that name.
    """
    name = words.SECTIONS.get(word_at(tokens, index))
    if word_at(tokens, index) not in _PARTS and name is None:
        return None
    at = skipped(tokens, index + 1, _NEAR | _COMING)
    step = 0 if at >= len(tokens) else bool(_AFTER.at(tokens, at)) - bool(_BEFORE.at(tokens, at))
    cue = step and (_AFTER.at(tokens, at) or _BEFORE.at(tokens, at))
    far = skipped(tokens, cue[1], {"a", "any"}) if cue else len(tokens)
    place = _place(tokens, far, context) if far < len(tokens) else None
    if place is None:
        return None
    if len(instances(place.clips, context)) != 1:
        return Found(place.stop, (), place.missing or ("such part",))
    edge = place.clips[-1] + 1 if step > 0 else place.clips[0] - 1
    parts = instances(context.numbers, context)
    if name:
        return _nearest(place.stop, name, edge, step, context)
    beside = next((part for part in parts if edge in part), ())
    whole = beside if any(clip.section for clip in context.clips) else (edge,)
    return _within(place.stop, min(whole, default=0), max(whole, default=0), (), context)


def _nearest(stop: int, name: str, edge: int, step: int, context: Context) -> Found:
    """Return the first part of a name from a clip on, upwards or downwards."""
    own = tuple(clip.number for clip in context.clips if clip.section == name)
    parts = instances(own, context)[::step]
    beyond = (part for part in parts if (part[0] - edge) * step >= 0)
    part = next(beyond, ())
    return Found(stop, part, () if part else (f"such {name}",))


def _amid(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "between the two choruses": what lies there; between two clips, those as well."""
    if word_at(tokens, index) not in {"between", "inbetween"} or index + 1 >= len(tokens):
        return None
    first = _place(tokens, index + 1, context)
    if first is None or first.missing:
        return first
    is_joined = word_at(tokens, first.stop) == "and"
    last = _place(tokens, first.stop + 1, context) if is_joined else None
    if last is None or last.missing:
        parts = instances(first.clips, context)
        if last or len(parts) != 2 or is_joined:  # noqa: PLR2004
            return last
        return _within(first.stop, parts[0][-1] + 1, parts[1][0] - 1, (), context)
    is_part = len(first.clips) > 1 or len(last.clips) > 1 or first.is_vague or last.is_vague
    low, high = sorted((first, last), key=lambda found: min(found.clips))
    if is_part:
        return _within(last.stop, max(low.clips) + 1, min(high.clips) - 1, (), context)
    return _within(last.stop, min(low.clips), max(high.clips), (), context)


def _followed(
    tokens: Sequence[Token], index: int, opened: set[str], context: Context
) -> Found | None:
    """Read "whatever follows clip 9": the next one; "everything that follows": all."""
    if word_at(tokens, index) not in _FOLLOWING or index + 1 >= len(tokens):
        return None
    place = _place(tokens, index + 1, context) or _in_view(tokens, index + 1, context)
    if place is None or not place.clips:
        return place
    first = max(place.clips) + 1
    parts = instances(context.numbers, context)
    if place.is_vague and len(instances(place.clips, context)) == 1:
        part = next((part for part in parts if first in part), (first,))
        return _within(place.stop, first, part[-1], (), context)
    is_all = bool(opened & {"everything", "all", "clips", "shots", "scenes", "parts"})
    return _within(place.stop, first, context.numbers[-1] if is_all else first, (), context)


def _beyond(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "everything after the bridge", "all clips before clip 4"."""
    is_near = word_at(tokens, index) in _NEAR
    index += is_near
    after = _AFTER.at(tokens, index) if index < len(tokens) else None
    cue = after or (_BEFORE.at(tokens, index) if index < len(tokens) else None)
    place = None
    if cue and cue[1] < len(tokens):
        place = _place(tokens, cue[1], context) or _in_view(tokens, cue[1], context)
    if place is None or is_near:
        return place and Found(place.stop, (), ("such range",))
    if after:
        first = max(place.clips, default=0) + 1
        return _within(place.stop, first, context.numbers[-1], place.missing, context)
    return _within(place.stop, 0, min(place.clips, default=0) - 1, place.missing, context)


def _neighbour(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "clip right before this one", "one after it", "shot following clip 3"."""
    edge = {"last": -1, "final": -1, "first": 1, "next": 1}.get(word_at(tokens, index), 0)
    index += bool(edge)
    if word_at(tokens, index) not in words.CLIP_NOUNS | {"one"}:
        return None
    at = skipped(tokens, index + 1, _NEAR | _COMING)
    step = _BESIDE.get(word_at(tokens, at))
    behind = at + 1
    anchor = step and (_place(tokens, behind, context) or _in_view(tokens, behind, context))
    if not step or not anchor:
        return None
    is_run = anchor.clips and anchor.clips[-1] - anchor.clips[0] == len(anchor.clips) - 1
    if edge == -step:
        return Found(anchor.stop, (), ("such clip",))
    is_group = bool(edge) or word_at(tokens, anchor.stop - 1) in _MANY
    is_many = len(anchor.clips) > 1 and not is_group
    if not is_run or is_many:
        return Found(anchor.stop, (), anchor.missing or ("such neighbour",))
    number = anchor.clips[-1 if step > 0 else 0] + step
    if number not in context.numbers:
        return Found(anchor.stop, (), (f"clip {number}",))
    return Found(anchor.stop, (number,))


def _in_view(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "this one", "it", "that": the selected clip, else the one talked about."""
    if word_at(tokens, index) not in {"this", "it", "that", "the", *_MANY}:
        return None
    stop = skipped(tokens, index + 1, words.CLIP_NOUNS | {"one", "selected", "current"})
    if word_at(tokens, index) == "the" and stop == index + 1:
        return None
    return Found(stop, context.selected or context.talked_about)


def _place(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    at = skipped(tokens, index, words.CLIP_NOUNS | {"#", "number"})
    if number := cardinal(tokens, at):
        exists = number[0] in context.numbers
        missing = () if exists else (f"clip {number[0]}",)
        return Found(number[1], number[:1] if exists else (), missing)
    if found := section_at(tokens, index, context) if index < len(tokens) else None:
        return replace(found, is_vague=True)
    at = skipped(tokens, index, {"the", "very"})
    placed = (-1, at + 1) if word_at(tokens, at) in {"last", "final"} else ordinal(tokens, at)
    if at == index or placed is None:
        return None
    stop = skipped(tokens, placed[1], {"one", *words.CLIP_NOUNS})
    if placed[0] > len(context.numbers) or not placed[0]:
        return Found(stop, (), (f"clip {placed[0]}",))
    return Found(stop, (context.numbers[placed[0] - (placed[0] > 0)],))


def _within(stop: int, first: int, last: int, missing: tuple[str, ...], context: Context) -> Found:
    clips = tuple(number for number in context.numbers if first <= number <= last)
    return Found(stop, () if missing else clips, missing or (() if clips else ("such clip",)))
