"""Clips by a clause about them: "the clips that come after 0:40", "any shot without singing".

A clause is read by the readers of places and times, as if only its end had been said: what
stands between the noun and the place ("that belong to", "which fall in") says nothing more.
"""

from collections.abc import Sequence
from dataclasses import replace

from clipbot.understanding import words
from clipbot.understanding.context import Context
from clipbot.understanding.found import Found, skipped, word_at, word_set
from clipbot.understanding.mention import Mention
from clipbot.understanding.numbered import bare_at, numbered_at
from clipbot.understanding.phrases import phrase_set
from clipbot.understanding.scope import scope_at
from clipbot.understanding.sections import section_at
from clipbot.understanding.spans import span_at
from clipbot.understanding.times import timed_at
from clipbot.understanding.tokens import Token

_OPENERS = word_set("the all any every each those these only just whichever what which of")
_NOUNS = words.CLIP_NOUNS | word_set("one ones parts part bits anything everything whatever")
_MANY = word_set("all any every each whichever anything everything whatever what which")
_LINKS = word_set("that which")
_BEING = word_set(
    "do does did is are 's comes come coming falls fall falling belongs belong sits sit lies lie"
    " plays play starts start starting begins begin happens happen occurs occur takes"
    " take place right straight directly located found situated somewhere go goes run runs"
)
_PLACING = word_set("in within during inside from of to")
_UNSUNG = phrase_set(
    [
        f"{cue} {noun}"
        for cue in (
            "without",
            "without any",
            "with no",
            "that have no",
            "which have no",
            "that has no",
            "where there is no",
            "where there are no",
            "lacking",
        )
        for noun in ("lyrics", "singing", "vocals", "words", "text", "lyric")
    ]
    + [
        f"{link} {nobody} {verb}"
        for link in ("where", "in which", "when", "that")
        for nobody in ("nobody", "no one", "noone", "nothing")
        for verb in ("sings", "is singing", "is sung", "sings in", "sings on", "sings anything")
    ]
)
_DENYING = phrase_set("not, isn't, aren't, don't, doesn't, other than, outside, outside of, never")
_BELONGING = word_set("be belong come fall sit lie play happen in to of part a the inside within")
_SILENT = word_set("instrumental wordless")


def related_at(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read clips by what a clause says of their place, or that nobody sings in them."""
    at = skipped(tokens, index, _OPENERS)
    others = _others(tokens, index, at, context) or _unsung(tokens, at, context)
    return others or _told(tokens, index, at, context)


def _unsung(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """Read "instrumental clips", "clips that nobody sings in"."""
    if word_at(tokens, at) in _SILENT and word_at(tokens, at + 1) in _NOUNS:
        return _silent(tokens, at + 2, context)
    is_noun = word_at(tokens, at) in _NOUNS and at + 1 < len(tokens)
    unsung = _UNSUNG.at(tokens, at + 1) if is_noun else None
    return _silent(tokens, unsung[1], context) if unsung else None


def _told(tokens: Sequence[Token], index: int, at: int, context: Context) -> Found | None:
    """Read a clause of the place of clips: "that come after 0:40"."""
    if word_at(tokens, at) not in _NOUNS or word_at(tokens, at + 1) not in _LINKS:
        return None
    start = skipped(tokens, at + 2, _BEING)
    found = _placed(tokens, start, context) if start > at + 2 else None
    if found is None or len(found.clips) < 2:  # noqa: PLR2004
        return found
    said = {token.word for token in tokens[index : at + 1]}
    is_one = word_at(tokens, at) in words.CLIP_NOUNS - words.CLIP_PLURALS | {"one"}
    is_one &= said.isdisjoint(_MANY)
    return None if is_one else found


def _others(tokens: Sequence[Token], index: int, at: int, context: Context) -> Found | None:
    """Read "clips other than 2 and 3", "all that is not a chorus", "the non-chorus clips"."""
    if word_at(tokens, at) == "non":
        part = section_at(tokens, at + 1, context) if at + 1 < len(tokens) else None
        is_clips = part is not None and word_at(tokens, part.stop - 1) in _NOUNS
        return _complement(part, context) if part and is_clips else None
    is_all = at > index and tokens[at - 1].word in {"all", "those"}
    if word_at(tokens, at) not in _NOUNS and not is_all:
        return None
    start = skipped(tokens, at + (word_at(tokens, at) in _NOUNS), _LINKS | _BEING)
    denied = _DENYING.at(tokens, start) if start < len(tokens) else None
    if denied is None:
        return None
    place = skipped(tokens, denied[1], _BELONGING)
    if place >= len(tokens):
        return None
    found: Found | Mention | None = section_at(tokens, place, context)
    found = found or numbered_at(tokens, place, context) or bare_at(tokens, place, context)
    return _complement(found, context) if found else None


def _complement(found: Found | Mention, context: Context) -> Found | None:
    """Return the clips that are left over by others."""
    clips = tuple(number for number in context.numbers if number not in found.clips)
    missing = found.missing or (() if clips else ("such clip",))
    return Found(found.stop, () if missing else clips, missing)


def _silent(tokens: Sequence[Token], stop: int, context: Context) -> Found | None:
    """Return the clips without lyrics, in a video that has lyrics."""
    scope, stop = scope_at(tokens, stop, context)
    if not any(clip.lyrics for clip in context.clips):
        return None
    clips = tuple(c.number for c in context.clips if c.number in scope and not c.lyrics)
    return Found(stop, clips, () if clips else ("such clip",))


def _placed(tokens: Sequence[Token], start: int, context: Context) -> Found | None:
    """Read the place at the end of a clause as if it alone stood behind "everything"."""
    if start >= len(tokens):
        return None
    first = tokens[start]
    if first.word in _PLACING:
        row = [replace(first, word="in"), *tokens[start + 1 :]]
        if word_at(row, 1) in {"a", "an", "any"}:
            row[1] = replace(row[1], word="every")
        clips, stop = scope_at(row, 0, context)
        if stop:
            return Found(start + stop, clips)
    row = [replace(first, word="everything"), *tokens[start:]]
    for at in (0, 1):
        for read in (span_at, timed_at):
            if found := read(row, at, context):
                return replace(found, stop=start + found.stop - 1)
    return None
