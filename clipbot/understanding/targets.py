"""Which clips: reading mentions of clips out of a row of tokens.

A mention is a stretch of tokens that names clips. What it names that the video does not
have is kept as `missing`, never dropped. Where several readings start at one token the
longest wins.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from clipbot.understanding import pointing, words
from clipbot.understanding.contents import described_at
from clipbot.understanding.context import Context
from clipbot.understanding.found import Found, skipped, word_at, word_set
from clipbot.understanding.lyrics import sung_at
from clipbot.understanding.measured import measured_at
from clipbot.understanding.mention import Mention
from clipbot.understanding.numbered import bare_at, listed_at, numbered_at
from clipbot.understanding.numbers import cardinal, ordinal
from clipbot.understanding.order import in_order
from clipbot.understanding.qualities import SUPERLATIVES
from clipbot.understanding.sections import instances, section_at
from clipbot.understanding.spans import span_at
from clipbot.understanding.starts import STARTS
from clipbot.understanding.stems import words_of
from clipbot.understanding.times import timed_at
from clipbot.understanding.tokens import Token
from clipbot.understanding.vocabulary import OPERATIONS

_SCOPES = frozenset({"in", "of", "within", "from", "for", "during"})
_SHOWING = word_set(
    "show shows showing read reads reading say says saying display displays displaying strike"
    " called"
)
"""Words behind which a number is written in the picture."""
Reader = Callable[[Sequence[Token], int, Context], Mention | None]


def mentions(tokens: Sequence[Token], context: Context) -> Iterator[Mention]:
    """Yield the mentions of clips, in order, not overlapping.

    What points back ("the next one", "everything after it", "its last clip") is read
    against the mention before it.
    """
    index, view, last = 0, context, None
    frame: Mention | None = None
    while index < len(tokens):
        seen = context if _counts_selected(tokens, index, context) else view
        found = _denied_part(tokens, index, last, context) or _namesake(
            tokens, index, last, context
        )
        found = found or mention_at(tokens, index, seen) or _part_of(tokens, index, last, context)
        if found is None or _is_written(tokens, found, last):
            index = _behind_measure(tokens, index)
            continue
        found = _narrowed(tokens, found, context)
        found = _framed(tokens, found, frame, context)
        frame = found if _is_frame(tokens, found, context) else frame
        yield found
        index = found.stop
        if found.clips and not found.is_vague:
            last = found
            view = replace(context, selected=found.clips)


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
        return found
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
    return words.is_foreign(before) and OPERATIONS.at(tokens, found.start - 1) is None


def _denied_part(
    tokens: Sequence[Token], index: int, last: Mention | None, context: Context
) -> Mention | None:
    """Read "but not the last one" of the choruses that were named before."""
    if last is None or not last.is_section or not index:
        return None
    at = skipped(tokens, index, {"the", "for"})
    before = {token.word for token in tokens[max(0, index - 2) : index]}
    if before.isdisjoint({"not", "except", "skip", "spare"}) or at >= len(tokens):
        return None
    found = _edge_of(tokens, at, last, context)
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
    found = _edge_of(tokens, index, replace(last, clips=same), context) or _edge_of(
        tokens, index + 1, replace(last, clips=same), context
    )
    stop = found.stop if found else len(tokens)
    is_whole = stop == len(tokens) or tokens[stop].is_mark or OPERATIONS.at(tokens, stop)
    return replace(found, start=index, is_section=True) if found and is_whole else None


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


def _behind_measure(tokens: Sequence[Token], index: int) -> int:
    """Return the next index at which a mention may start: not at the 8 of "super 8"."""
    found = OPERATIONS.at(tokens, index)
    has_number = found and any(token.number is not None for token in tokens[index : found[1]])
    return found[1] if found and has_number else index + 1


def mention_at(tokens: Sequence[Token], index: int, context: Context) -> Mention | None:
    """Return the longest mention that starts at a token, with its exceptions applied."""
    found = _reading(tokens, index, context) if _may_start(tokens[index], context) else None
    return None if found is None else _excepted(tokens, found, context)


def _may_start(token: Token, context: Context) -> bool:
    """Whether a mention can begin with a token; most words are ruled out by this alone."""
    if token.is_mark or token.is_clock or token.number is not None or token.word in STARTS:
        return True
    return any(
        token.word == clip.section or (clip.lyrics and token.word in words_of(clip))
        for clip in context.clips
    )


def _part_of(
    tokens: Sequence[Token], index: int, last: Mention | None, context: Context
) -> Mention | None:
    """Read "its last clip": a place in what was named before."""
    if last is None or tokens[index].word not in {"its", "their"}:
        return None
    held = tuple(clip for clip in context.clips if clip.number in last.clips)
    found = in_order(tokens, index + 1, replace(context, clips=held)) if held[1:] else None
    return None if found is None else Mention(index, found.stop, found.clips, found.missing)


def _excepted(tokens: Sequence[Token], mention: Mention, context: Context) -> Mention:
    """Apply "except 2 and 3" behind a mention."""
    index = mention.stop
    if index < len(tokens) and tokens[index].word == ",":
        index += 1
    unknown = pointing.vague_exception_at(tokens, index, context) if index < len(tokens) else None
    if unknown:
        return Mention(mention.start, unknown.stop, missing=mention.missing + unknown.missing)
    pointed = mention
    if mention.is_anaphor and not mention.clips:
        mention = replace(mention, clips=context.selected or context.talked_about)
    cue = words.EXCLUSIONS.at(tokens, index) if index < len(tokens) else None
    if cue is None or (
        cue[0] == "but" and not _may_have_exception(tokens, cue[1], mention, context)
    ):
        return pointed
    start = skipped(tokens, cue[1], {"not", "for", "the", "in", "only", "on"})
    spared = _edge_of(tokens, start, mention, context)
    spared = spared or listed_at(tokens, start, context)
    spared = spared or _reading(tokens, cue[1], context) or _reading(tokens, start, context)
    if spared is None or spared.is_vague:
        return pointed
    if spared.is_anaphor and not spared.clips:
        clips = context.selected or context.talked_about
        spared = replace(spared, clips=clips, missing=() if clips else ("such exception",))
    spared = _joined(tokens, spared, context)
    clips = tuple(each for each in mention.clips if each not in spared.clips)
    missing = mention.missing + spared.missing
    left = Mention(
        mention.start, spared.stop, clips, missing, mention.is_rest, is_section=mention.is_section
    )
    return _more(tokens, left, context)


def _more(tokens: Sequence[Token], mention: Mention, context: Context) -> Mention:
    """Go on behind an exception: "10 to 13 except 12, plus 20"."""
    at = skipped(tokens, mention.stop, {","})
    more = _reading(tokens, at + 1, context) if word_at(tokens, at) == "plus" else None
    if more is None or more.is_vague:
        return mention
    clips = tuple(sorted({*mention.clips, *more.clips}))
    return replace(mention, stop=more.stop, clips=clips, missing=mention.missing + more.missing)


def _joined(tokens: Sequence[Token], spared: Mention, context: Context) -> Mention:
    """Go on with an exception: "except the intro and the outro"."""
    while word_at(tokens, spared.stop) in {"and", "or", "nor", "&"}:
        more = _reading(tokens, spared.stop + 1, context)
        if more is None or not more.clips or more.is_vague or more.is_rest:
            return spared
        clips = tuple(sorted({*spared.clips, *more.clips}))
        missing = spared.missing + more.missing
        spared = replace(spared, stop=more.stop, clips=clips, missing=missing)
    return spared


def _may_have_exception(
    tokens: Sequence[Token], index: int, mention: Mention, context: Context
) -> bool:
    """Whether "but" behind a mention takes clips out of it, rather than start a new wish."""
    start = skipped(tokens, index, {"not", "for"})
    spared = _reading(tokens, start, context) if len(mention.clips) > 1 else None
    if spared and spared.clips and set(spared.clips) < set(mention.clips):
        return True
    return len(mention.clips) == len(context.numbers) or (
        _edge_of(tokens, skipped(tokens, index, {"the"}), mention, context) is not None
    )


def _edge_of(
    tokens: Sequence[Token], index: int, mention: Mention, context: Context
) -> Mention | None:
    """Read "the last" behind an exception: of what was named, where its noun goes unsaid."""
    found = _instances_of(tokens, index, mention, context)
    found = found or _edge_of_each(
        tokens, skipped(tokens, index, {"the", "very"}), mention, context
    )
    if found:
        return found
    index = skipped(tokens, index, {"the", "very"}) if word_at(tokens, index) != "the" else index
    word, stop = word_at(tokens, index), skipped(tokens, index + 1, {"one"})
    if word not in {"first", "last"}:
        return None if mention.is_section else _places_of(tokens, index, mention)
    other = skipped(tokens, stop, {"and", "the"})
    is_both = other > stop and word_at(tokens, other) in {"first", "last"} - {word}
    stop = skipped(tokens, other + 1, {"one", "ones"}) if is_both else stop
    named = word_at(tokens, stop)
    if named in words.CLIP_NOUNS and is_both:
        stop += 1
    elif named in words.CLIP_NOUNS | words.SECTIONS.keys() or cardinal(tokens, stop):
        return None
    ends = {"first": mention.clips[:1], "last": mention.clips[-1:]}
    edge = {*ends["first"], *ends["last"]} if is_both else {*ends[word]}
    if not mention.is_section:
        return Mention(index, stop, tuple(sorted(edge)))
    if tokens[mention.stop - 1].word in words.CLIP_NOUNS:
        return Mention(index, stop, tuple(sorted(edge)))
    parts = {clip.section_number for clip in context.clips if clip.number in edge}
    whole = (c.number for c in context.clips if c.section_number in parts)
    return Mention(index, stop, tuple(sorted(set(whole).intersection(mention.clips))))


def _edge_of_each(
    tokens: Sequence[Token], index: int, mention: Mention, context: Context
) -> Mention | None:
    """Read "the first clip of each" behind an exception from "the verses"."""
    word = word_at(tokens, index)
    at = skipped(tokens, index + 1, words.CLIP_NOUNS | {"one"})
    if word not in {"first", "last"} or word_at(tokens, at) not in {"of", "in"}:
        return None
    if word_at(tokens, at + 1) not in {"each", "every"} or not mention.is_section:
        return None
    parts = instances(mention.clips, context)
    stop = skipped(tokens, at + 2, {"one", "of", "them"})
    return Mention(index, stop, tuple(sorted(part[-(word == "last")] for part in parts)))


def _places_of(tokens: Sequence[Token], index: int, mention: Mention) -> Mention | None:
    """Read "the second", "the 2nd and 3rd" behind an exception from "all"."""
    places: list[int] = []
    at = stop = skipped(tokens, index, {"the"})
    while len(places) < len(mention.clips) and (found := ordinal(tokens, at)):
        places.append(found[0])
        stop = skipped(tokens, found[1], {"one", "ones"})
        at = skipped(tokens, stop, {"and", "the", ",", "&"})
    is_other = word_at(tokens, stop) in words.CLIP_NOUNS | words.SECTIONS.keys()
    is_measured = stop < len(tokens) and SUPERLATIVES.at(tokens, stop) is not None
    if not places or is_other or is_measured or cardinal(tokens, stop):
        return None
    clips = [mention.clips[place - 1] for place in places if 0 < place <= len(mention.clips)]
    missing = () if max(places) <= len(mention.clips) else (f"clip {max(places)}",)
    return Mention(index, stop, tuple(sorted(set(clips))), missing)


def _instances_of(
    tokens: Sequence[Token], index: int, mention: Mention, context: Context
) -> Mention | None:
    """Read "the 2nd" behind an exception from "every chorus"."""
    parts = instances(mention.clips, context) if mention.is_section else ()
    places: list[int] = []
    at = stop = skipped(tokens, index, {"the"})
    while len(places) < len(parts) and (found := ordinal(tokens, at)):
        places.append(found[0])
        stop = skipped(tokens, found[1], {"one", "ones"})
        at = skipped(tokens, stop, {"and", "the", ",", "&"})
    is_other = word_at(tokens, stop) in words.CLIP_NOUNS | words.SECTIONS.keys()
    if not places or is_other or cardinal(tokens, stop):
        return None
    clips = [clip for place in places if 0 < place <= len(parts) for clip in parts[place - 1]]
    missing = () if max(places) <= len(parts) else ("such part",)
    return Mention(index, stop, tuple(sorted(clips)), missing)


def _reading(tokens: Sequence[Token], index: int, context: Context) -> Mention | None:
    if index >= len(tokens):
        return None
    if unknown := pointing.one_of_at(tokens, index):
        return unknown
    found = [reading for read in _READERS if (reading := read(tokens, index, context))]
    return max(found, key=lambda mention: mention.stop, default=None)


def _found_by(
    read: Callable[[Sequence[Token], int, Context], Found | None], *, is_section: bool = False
) -> Reader:
    """Return a reader of mentions that asks a reader of one way to name clips."""

    def reader(tokens: Sequence[Token], index: int, context: Context) -> Mention | None:
        found = read(tokens, index, context)
        if found is None:
            return None
        return Mention(
            index,
            found.stop,
            found.clips,
            found.missing,
            is_section=is_section,
            is_vague=found.is_vague,
            remedy=found.remedy,
        )

    return reader


def _only_at(tokens: Sequence[Token], index: int, context: Context) -> Mention | None:
    """Read "nothing but the outro", "no clip except 4": these alone."""
    start = index + 1
    if tokens[index].word == "no" and word_at(tokens, start) in words.CLIP_NOUNS:
        start += 1
    elif tokens[index].word != "nothing":
        return None
    start = skipped(tokens, start, {"else"})
    cue = words.EXCLUSIONS.at(tokens, start) if start < len(tokens) else None
    if cue is None and word_at(tokens, start) == "but":
        cue = ("but", start + 1)
    at = skipped(tokens, cue[1], {"for", "in"}) if cue else start
    named = _reading(tokens, at, context) if cue else None
    if named is None or not (named.clips or named.missing) or named.is_vague:
        return None
    return replace(_joined(tokens, named, context), start=index)


_READERS: tuple[Reader, ...] = (
    numbered_at,
    bare_at,
    _found_by(in_order),
    _found_by(section_at, is_section=True),
    _found_by(span_at),
    _found_by(measured_at),
    _found_by(timed_at),
    _found_by(sung_at),
    pointing.all_pointed_at,
    pointing.all_at,
    pointing.of_pair_at,
    pointing.other_of_two_at,
    pointing.held_in,
    pointing.rest_at,
    pointing.left_at,
    _only_at,
    pointing.vague_exception_at,
    described_at,
    pointing.pointed_at,
    pointing.unclear_at,
)
