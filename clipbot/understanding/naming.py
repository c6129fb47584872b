"""The readers of the ways to name clips, the longest reading first.

Adding a way to name clips is a reader here and, if it begins with a new word, that word
in `starts`.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from clipbot.understanding import pointing, words
from clipbot.understanding.contents import described_at
from clipbot.understanding.context import Context
from clipbot.understanding.found import Found, skipped, word_at
from clipbot.understanding.lyrics import sung_at
from clipbot.understanding.measured import measured_at
from clipbot.understanding.mention import Mention
from clipbot.understanding.numbered import bare_at, numbered_at
from clipbot.understanding.order import in_order
from clipbot.understanding.relatives import related_at
from clipbot.understanding.sections import section_at
from clipbot.understanding.spans import span_at
from clipbot.understanding.starts import STARTS
from clipbot.understanding.stems import words_of
from clipbot.understanding.times import timed_at
from clipbot.understanding.tokens import Token

Reader = Callable[[Sequence[Token], int, Context], Mention | None]


def may_start(token: Token, context: Context) -> bool:
    """Whether a mention can begin with a token; most words are ruled out by this alone."""
    if token.is_mark or token.is_clock or token.number is not None or token.word in STARTS:
        return True
    return any(
        token.word == clip.section or (clip.lyrics and token.word in words_of(clip))
        for clip in context.clips
    )


def reading(tokens: Sequence[Token], index: int, context: Context) -> Mention | None:
    """Return the longest reading at a token, without its exceptions."""
    if index >= len(tokens):
        return None
    if unknown := pointing.one_of_at(tokens, index):
        return unknown
    found = [reading for read in _READERS if (reading := read(tokens, index, context))]
    return max(found, key=lambda mention: mention.stop, default=None)


def joined(tokens: Sequence[Token], spared: Mention, context: Context) -> Mention:
    """Go on with an exception: "except the intro and the outro"."""
    while word_at(tokens, spared.stop) in {"and", "or", "nor", "&"}:
        more = reading(tokens, spared.stop + 1, context)
        if more is None or not more.clips or more.is_vague or more.is_rest:
            return spared
        clips = tuple(sorted({*spared.clips, *more.clips}))
        missing = spared.missing + more.missing
        spared = replace(spared, stop=more.stop, clips=clips, missing=missing)
    return spared


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
    at = skipped(tokens, cue[1], {"for", "in"}) if cue else start
    named = reading(tokens, at, context) if cue else None
    if named is None or not (named.clips or named.missing) or named.is_vague:
        return None
    return replace(joined(tokens, named, context), start=index)


_READERS: tuple[Reader, ...] = (
    numbered_at,
    bare_at,
    _found_by(in_order),
    _found_by(related_at),
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
