"""What is taken out of the clips that were just named: "except 2 and 3", "but the last"."""

from collections.abc import Sequence
from dataclasses import replace

from clipbot.understanding import pointing, words
from clipbot.understanding.context import Context
from clipbot.understanding.found import skipped, word_at
from clipbot.understanding.measures import SUPERLATIVES
from clipbot.understanding.mention import Mention
from clipbot.understanding.naming import joined, reading
from clipbot.understanding.numbered import listed_at
from clipbot.understanding.numbers import cardinal, ordinal
from clipbot.understanding.sections import instances
from clipbot.understanding.tokens import Token


def excepted(tokens: Sequence[Token], mention: Mention, context: Context) -> Mention:
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
    spared = edge_of(tokens, start, mention, context)
    spared = spared or listed_at(tokens, start, context)
    spared = spared or reading(tokens, cue[1], context) or reading(tokens, start, context)
    if spared is None and _is_superlative(tokens, start):
        return replace(mention, stop=start, clips=(), missing=("such exception",))
    if spared is None or spared.is_vague:
        return pointed
    if spared.is_anaphor and not spared.clips:
        clips = context.selected or context.talked_about
        spared = replace(spared, clips=clips, missing=() if clips else ("such exception",))
    spared = joined(tokens, spared, context)
    clips = tuple(each for each in mention.clips if each not in spared.clips)
    missing = mention.missing + spared.missing
    left = Mention(
        mention.start, spared.stop, clips, missing, mention.is_rest, is_section=mention.is_section
    )
    return _more(tokens, left, context)


def _is_superlative(tokens: Sequence[Token], index: int) -> bool:
    """Whether "the darkest" is all that an exception says."""
    at = skipped(tokens, index, {"the", "very", "one"})
    at = found[1] if (found := ordinal(tokens, at)) else at
    return at < len(tokens) and SUPERLATIVES.at(tokens, at) is not None


def _more(tokens: Sequence[Token], mention: Mention, context: Context) -> Mention:
    """Go on behind an exception: "10 to 13 except 12, plus 20"."""
    at = skipped(tokens, mention.stop, {","})
    more = reading(tokens, at + 1, context) if word_at(tokens, at) == "plus" else None
    if more is None or more.is_vague:
        return mention
    clips = tuple(sorted({*mention.clips, *more.clips}))
    return replace(mention, stop=more.stop, clips=clips, missing=mention.missing + more.missing)


def _may_have_exception(
    tokens: Sequence[Token], index: int, mention: Mention, context: Context
) -> bool:
    """Whether "but" behind a mention takes clips out of it, rather than start a new wish."""
    start = skipped(tokens, index, {"not", "for"})
    spared = reading(tokens, start, context) if len(mention.clips) > 1 else None
    if spared and spared.clips and set(spared.clips) < set(mention.clips):
        return True
    return len(mention.clips) == len(context.numbers) or (
        edge_of(tokens, skipped(tokens, index, {"the"}), mention, context) is not None
    )


def edge_of(
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
    word, stop = _edge(word_at(tokens, index)), skipped(tokens, index + 1, {"one"})
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


def _edge(word: str) -> str:
    """Return which edge a word names: the final one is the last."""
    return {"final": "last", "closing": "last", "opening": "first"}.get(word, word)


def _edge_of_each(
    tokens: Sequence[Token], index: int, mention: Mention, context: Context
) -> Mention | None:
    """Read "the first clip of each" behind an exception from "the verses"."""
    word = _edge(word_at(tokens, index))
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
