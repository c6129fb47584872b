"""Clips by what is sung in them: "where she sings tonight", "the coffee gone cold line"."""

from collections.abc import Sequence
from functools import lru_cache

from clipbot.understanding import words
from clipbot.understanding.context import Context
from clipbot.understanding.found import Found, skipped, word_at
from clipbot.understanding.tokens import Token, tokenize

_OPENERS = frozenset({"the", "in", "every", "each", "all"}) | words.PLACE_NOUNS
_SINGERS = frozenset({"she", "he", "they", "it", "i", "you", "we", "singer", "the"})
_SINGING = frozenset({"sings", "sing", "says", "say", "goes", "singing", "sung", "about", "with"})
_QUOTES = frozenset({"'", '"', "\u201c", "\u201d", "about", "the", "words", "word", "line", "of"})
_LINES = frozenset({"line", "bit", "lyric", "lyrics", "part", "verse"})
_LONGEST = 8
_TELLING = 4
"""Letters of the longest word without which words are too common to name a line."""


def sung_at(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read clips named by their lyrics at `index`."""
    return _sung(tokens, index, context) or _called(tokens, index, context)


def _sung(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    at = skipped(tokens, index, _OPENERS)
    is_narrowed = word_at(tokens, at) in {"where", "when"}
    at = skipped(tokens, at + is_narrowed, _SINGERS) if is_narrowed else at
    is_sung = word_at(tokens, at) in _SINGING and (is_narrowed or at > index)
    if not is_sung or (not is_narrowed and word_at(tokens, at) not in {"about", "with"}):
        return None
    is_about = not is_narrowed and word_at(tokens, at) == "with"
    start = skipped(tokens, at + 1, _QUOTES)
    found = _longest(tokens, start, context)
    if found is None:
        return None if is_about else Found(start, (), ("clip with these words",))
    return Found(skipped(tokens, found.stop, {"'", '"', "\u201d"}), found.clips)


def _called(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "the silver coins bit": words of the lyrics, then a word for a line."""
    at = skipped(tokens, index, {"the", "'", '"', "\u201c"})
    if at == index:
        return None
    found = _longest(tokens, at, context)
    if found is None:
        return None
    stop = skipped(tokens, found.stop, {"'", '"', "\u201d"})
    return Found(stop + 1, found.clips) if word_at(tokens, stop) in _LINES else None


@lru_cache(maxsize=512)
def _plain(lyrics: str) -> str:
    """Return lyrics as lower-case words with single spaces around each."""
    return f" {' '.join(token.word for token in tokenize(lyrics))} "


def _longest(tokens: Sequence[Token], start: int, context: Context) -> Found | None:
    """Return the clips whose lyrics hold the longest run of words from `start` on."""
    for stop in range(min(len(tokens), start + _LONGEST), start, -1):
        run = [token.word for token in tokens[start:stop]]
        if any(token.is_mark for token in tokens[start:stop]) or max(map(len, run)) < _TELLING:
            continue
        wanted = f" {' '.join(run)} "
        clips = tuple(
            clip.number for clip in context.clips if clip.lyrics and wanted in _plain(clip.lyrics)
        )
        if clips:
            return Found(stop, clips)
    return None
