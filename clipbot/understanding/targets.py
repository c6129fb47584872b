"""Which clips: reading mentions of clips out of a row of tokens.

A mention is a stretch of tokens that names clips. What it names that the video does not
have is kept as `missing`, never dropped. Where several readings start at one token the
longest wins.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from clipbot.understanding import words
from clipbot.understanding.context import Context
from clipbot.understanding.exceptions import edge_of, excepted
from clipbot.understanding.found import skipped, word_at, word_set
from clipbot.understanding.lyrics import sung_at
from clipbot.understanding.measured import measured_at
from clipbot.understanding.mention import Mention
from clipbot.understanding.naming import may_start, reading
from clipbot.understanding.numbers import ordinal
from clipbot.understanding.order import in_order
from clipbot.understanding.pointing import of_pair_at
from clipbot.understanding.tokens import Token
from clipbot.understanding.vocabulary import OPERATIONS

_SCOPES = frozenset({"in", "of", "within", "from", "for", "during"})
_OF_THAT = frozenset({",", "and", "but", "of", "that", "those", "only", "just", "-", "("})
"""Words between a part and what is meant of it: "verse 2, and of that only the last two"."""
_LIMITS = frozenset({"in", "at", "within", "during"})
_STEPS = {"next": 1, "following": 1, "previous": -1, "preceding": -1}
_LIKENING = frozenset(phrase[-1] for phrase in words.REFERRING.phrases)
_FARTHEST = 4
_EXCEPTED = frozenset({"excepted", "excluded", "aside", "exempt", "exempted"})
_QUOTES = frozenset({"'", '"', "\u201c", "\u201d", "\u201e"})
_LETTERING = word_set(
    "write writing print spray sign banner graffiti text caption title subtitle letters poster"
    " billboard scrawl tattoo paint painted written neon"
)
"""What letters are put with, or on."""
_SHOWING = word_set(
    "show shows showing read reads reading say says saying display displays displaying strike"
    " called"
)
"""Words behind which a number is written in the picture."""


def mentions(tokens: Sequence[Token], context: Context) -> Iterator[Mention]:
    """Yield the mentions of clips, in order, not overlapping.

    What points back ("the next one", "everything after it", "its last clip") is read
    against the mention before it. Two with a preposition between them are one: "the dark
    clips in the chorus" are those that are both.
    """
    held: Mention | None = None
    for found in _mentions(tokens, context):
        if held and (both := _both(tokens, held, found, context)):
            held = both
            continue
        if held:
            yield held
        held = found
    if held:
        yield held


def _both(
    tokens: Sequence[Token], first: Mention, second: Mention, context: Context
) -> Mention | None:
    """Return what is named by two mentions together, where the second limits the first."""
    between = [token.word for token in tokens[first.stop : second.start]]
    if {"of", "that"} <= set(between) <= _OF_THAT or {"of", "those"} <= set(between) <= _OF_THAT:
        held = tuple(clip for clip in context.clips if clip.number in first.clips)
        inner = mention_at(tokens, second.start, replace(context, clips=held)) if held else None
        return inner and replace(inner, start=first.start)
    lead = tokens[second.start].word
    is_limit = between in (["="], ["are"], ["is"]) and second.is_section
    is_limit |= (len(between) == 1 and between[0] in _LIMITS) or (not between and lead in _LIMITS)
    if not is_limit or not first.clips or not second.clips or first.is_vague:
        return None
    clips = tuple(number for number in first.clips if number in second.clips)
    if second.is_vague and not clips:
        return None
    missing = (*first.missing, *second.missing, *(() if clips else ("such clip",)))
    return replace(first, stop=second.stop, clips=clips, missing=missing)


def _mentions(tokens: Sequence[Token], context: Context) -> Iterator[Mention]:
    index, view, last = 0, context, None
    frame: Mention | None = None
    while index < len(tokens):
        seen = context if _counts_selected(tokens, index, context) else view
        if last is None and _counts_talked(tokens, index, context):
            seen = replace(context, selected=context.talked_about)
        if end := _end_of_reference(tokens, index):
            likened = mention_at(tokens[:end], index, seen)
            if likened:
                yield likened
            index = likened.stop if likened else index + 1
            continue
        found = _denied_part(tokens, index, last, context) or _namesake(
            tokens, index, last, context
        )
        found = found or mention_at(tokens, index, seen) or _part_of(tokens, index, last, context)
        found = found or _counted_on(tokens, index, last, context)
        if found and _is_lettering(tokens, found):
            index = found.stop
            continue
        if found is None or _is_written(tokens, found, last):
            index = _behind_measure(tokens, index)
            continue
        found = _narrowed(tokens, found, context)
        found = _framed(tokens, found, frame, context)
        frame = found if _is_frame(tokens, found, context) else frame
        yield found
        index = found.stop
        if found.is_anaphor and context.selected and last is None:
            last = replace(found, clips=context.selected)
        if found.clips and not found.is_vague:
            last = found
            view = replace(context, selected=found.clips)


def _end_of_reference(tokens: Sequence[Token], index: int) -> int:
    """Return how far clips may be named that others are compared with: "unlike clip 5, ..."."""
    if not index or tokens[index - 1].word not in _LIKENING:
        return 0
    near = (words.REFERRING.at(tokens, at) for at in range(max(0, index - _FARTHEST), index))
    if not any(found and found[1] == index for found in near):
        return 0
    return next((at for at in range(index, len(tokens)) if tokens[at].word == ","), len(tokens))


def _is_frame(tokens: Sequence[Token], found: Mention, context: Context) -> bool:
    """Whether "in the second chorus" limits what is named behind it."""
    before = {tokens[found.start].word, tokens[max(0, found.start - 1)].word}
    is_limit = not before.isdisjoint(_SCOPES - {"of", "from"}) and found.is_section
    return is_limit and 1 < len(found.clips) < len(context.clips)


def _framed(
    tokens: Sequence[Token], found: Mention, frame: Mention | None, context: Context
) -> Mention:
    """Read "in the second chorus, darken whatever is too bright": of that part only."""
    if frame is None or found.remedy is None:
        return found
    between = {token.word for token in tokens[frame.stop : found.start]}
    if between & {".", ";", "!", "?", "and", "but"}:
        return found
    held = tuple(clip for clip in context.clips if clip.number in frame.clips)
    inner = measured_at(tokens, found.start, replace(context, clips=held))
    if inner is None or inner.stop != found.stop:
        return replace(found, clips=(), missing=("such clip",))
    return replace(found, clips=inner.clips, missing=inner.missing, is_within=True)


def _is_written(tokens: Sequence[Token], found: Mention, last: Mention | None) -> bool:
    """Whether a number belongs to the word before it: "the plate in clip 1 reads LX 43"."""
    if last is None or not last.clips or not found.start:
        return False
    before = tokens[found.start - 1]
    if tokens[found.start].is_clock:
        return before.word in _SHOWING
    if tokens[found.start].number is None:
        return False
    if before.word in _SHOWING:
        return True
    if before.word in {"mean", "meant", "do", "try"}:
        return False
    return words.is_foreign(before) and OPERATIONS.at(tokens, found.start - 1) is None


def _is_lettering(tokens: Sequence[Token], found: Mention) -> bool:
    """Whether a quoted line is to be seen in the picture: "write 'hold the tide' on the wall"."""
    before = {token.word for token in tokens[max(0, found.start - 4) : found.start]}
    is_quoted = tokens[found.start].word in _QUOTES
    return is_quoted and not before.isdisjoint(_LETTERING)


def _denied_part(
    tokens: Sequence[Token], index: int, last: Mention | None, context: Context
) -> Mention | None:
    """Read "but not the last one" of the choruses that were named before."""
    if last is None or not last.is_section or not index:
        return None
    at = skipped(tokens, index, {"the", "for"})
    before = {token.word for token in tokens[max(0, index - 2) : index]}
    if at >= len(tokens):
        return None
    found = edge_of(tokens, at, last, context)
    is_excepted = found is not None and word_at(tokens, found.stop) in _EXCEPTED
    if before.isdisjoint({"not", "except", "skip", "spare"}) and not is_excepted:
        return None
    return found and replace(found, start=index)


def _namesake(
    tokens: Sequence[Token], index: int, last: Mention | None, context: Context
) -> Mention | None:
    """Read "in the second" behind "in the first verse": the noun goes unsaid."""
    if last is None or not last.is_section or not index or tokens[index].word != "the":
        return None
    names = {clip.section for clip in context.clips if clip.number in last.clips}
    same = tuple(clip.number for clip in context.clips if clip.section in names)
    if len(names) != 1 or tokens[index - 1].word not in {"in", "for", "during"}:
        return None
    found = edge_of(tokens, index, replace(last, clips=same), context) or edge_of(
        tokens, index + 1, replace(last, clips=same), context
    )
    stop = found.stop if found else len(tokens)
    is_whole = stop == len(tokens) or tokens[stop].is_mark or OPERATIONS.at(tokens, stop)
    return replace(found, start=index, is_section=True) if found and is_whole else None


def _counted_on(
    tokens: Sequence[Token], index: int, last: Mention | None, context: Context
) -> Mention | None:
    """Read "the sixth" behind "not the fifth one": the noun goes unsaid."""
    if last is None or tokens[index].word != "the":
        return None
    if near := _neighbour(tokens, index, last, context):
        return near
    if not _is_counted(tokens, last):
        return None
    placed = ordinal(tokens, index + 1) if index + 1 < len(tokens) else None
    is_whole = placed is not None and (
        placed[1] == len(tokens)
        or tokens[placed[1]].is_mark
        or OPERATIONS.at(tokens, placed[1]) is not None
    )
    if placed is None or not is_whole or placed[0] < 1:
        return None
    clips = (placed[0],) if placed[0] in context.numbers else ()
    return Mention(index, placed[1], clips, () if clips else (f"clip {placed[0]}",))


def _neighbour(
    tokens: Sequence[Token], index: int, last: Mention, context: Context
) -> Mention | None:
    """Read "the next" behind "not this one", "the other" behind one of two selected clips."""
    stop = index + 2
    if stop < len(tokens) and not (tokens[stop].is_mark or OPERATIONS.at(tokens, stop)):
        return None
    word = word_at(tokens, index + 1)
    own = last.clips or context.selected or context.talked_about
    if word == "other" and len(context.selected) > 1 and set(own) < set(context.selected):
        left = tuple(number for number in context.selected if number not in own)
        return Mention(index, stop, left) if len(left) == 1 else None
    if word not in _STEPS or not own:
        return None
    number = max(own) + 1 if _STEPS[word] > 0 else min(own) - 1
    clips = (number,) if number in context.numbers else ()
    return Mention(index, stop, clips, () if clips else (f"clip {number}",))


def _is_counted(tokens: Sequence[Token], last: Mention) -> bool:
    """Whether a mention is one clip by its place: "the fifth one"."""
    row = range(last.start, last.stop)
    is_clip = tokens[last.stop - 1].word in words.CLIP_NOUNS | {"one"}
    return is_clip and len(last.clips) == 1 and any(ordinal(tokens, at) for at in row)


def _narrowed(tokens: Sequence[Token], found: Mention, context: Context) -> Mention:
    """Read on behind "in the bridge": "in the bridge the warm one", "in verse 2, the last clip"."""
    is_scope = tokens[found.start].word in _SCOPES or (
        found.start > 0 and tokens[found.start - 1].word in _SCOPES
    )
    at = skipped(tokens, found.stop, {","})
    held = tuple(clip for clip in context.clips if clip.number in found.clips)
    if found.is_section and held and word_at(tokens, at) == "where":
        sung = sung_at(tokens, at, replace(context, clips=held))
        return Mention(found.start, sung.stop, sung.clips, sung.missing) if sung else found
    only = skipped(tokens, found.stop, {",", "only", "just", "it", "is"})
    if only < len(tokens) and is_scope and held[1:]:
        one = of_pair_at(tokens, only, replace(context, selected=found.clips))
        if one and one.clips:
            return replace(one, start=found.start)
    if held[1:] and word_at(tokens, found.stop) == "'s" and found.stop + 1 < len(tokens):
        inner = replace(context, clips=held)
        inside = in_order(tokens, found.stop + 1, inner) or measured_at(
            tokens, found.stop + 1, inner
        )
        if inside and inside.clips:
            return Mention(found.start, inside.stop, inside.clips, remedy=inside.remedy)
    if not is_scope or len(held) in {0, 1, len(context.clips)} or word_at(tokens, at) != "the":
        return found
    inner = replace(context, clips=held)
    inside = in_order(tokens, at, inner) or measured_at(tokens, at, inner)
    if inside is None or not inside.clips:
        return found
    return Mention(found.start, inside.stop, inside.clips, remedy=inside.remedy)


def _counts_selected(tokens: Sequence[Token], index: int, context: Context) -> bool:
    """Whether "the second one" counts in several selected clips, whatever was named before."""
    at = skipped(tokens, index, {"the"})
    is_place = word_at(tokens, at) in {"last", "final"} or ordinal(tokens, at) is not None
    return is_place and len(context.selected) > 1


def _counts_talked(tokens: Sequence[Token], index: int, context: Context) -> bool:
    """Whether "the second one" counts in the clips that the talk is about."""
    at = skipped(tokens, index, {"the"})
    placed = (0, at + 1) if word_at(tokens, at) in {"last", "final"} else ordinal(tokens, at)
    is_one = placed is not None and word_at(tokens, placed[1]) in {"one", "two"}
    return is_one and not context.selected and len(context.talked_about) > 1


def _behind_measure(tokens: Sequence[Token], index: int) -> int:
    """Return the next index at which a mention may start: not at the 8 of "super 8"."""
    found = OPERATIONS.at(tokens, index)
    has_number = found and any(token.number is not None for token in tokens[index : found[1]])
    return found[1] if found and has_number else index + 1


def mention_at(tokens: Sequence[Token], index: int, context: Context) -> Mention | None:
    """Return the longest mention that starts at a token, with its exceptions applied."""
    found = reading(tokens, index, context) if may_start(tokens[index], context) else None
    return None if found is None else excepted(tokens, found, context)


def _part_of(
    tokens: Sequence[Token], index: int, last: Mention | None, context: Context
) -> Mention | None:
    """Read "its last clip": a place in what was named before."""
    if last is None or tokens[index].word not in {"its", "their"}:
        return None
    held = tuple(clip for clip in context.clips if clip.number in last.clips)
    found = in_order(tokens, index + 1, replace(context, clips=held)) if held[1:] else None
    return None if found is None else Mention(index, found.stop, found.clips, found.missing)
