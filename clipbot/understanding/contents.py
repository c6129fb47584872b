"""Clips by what they show: "the one with the boat", "the lantern clip", "where she runs".

The words are looked for in the prompts and the lyrics. One clip that fits is meant; if
several fit as well, or none, it is better to ask.
"""

from collections.abc import Sequence

from clipbot.understanding import words
from clipbot.understanding.context import ClipFacts, Context
from clipbot.understanding.found import Found, skipped, word_at
from clipbot.understanding.lyrics import words_of
from clipbot.understanding.mention import Mention
from clipbot.understanding.numbers import cardinal
from clipbot.understanding.tokens import Token
from clipbot.understanding.vocabulary import OPERATIONS, QUANTITIES

_NOUNS = words.CLIP_NOUNS | {"one", "part", "bit", "moment"}
_CUES = frozenset({"with", "where", "showing", "of", "featuring", "about", "in", "when", "that"})
_SMALL = frozenset(
    {"the", "a", "an", "her", "his", "their", "is", "are", "she", "he", "they", "it", "we", "in"}
    | {"on", "at", "of", "and", "you", "see", "shows", "has", "which", "someone", "with", "some"}
    | {"who", "there", "can", "that"}
)
_LONGEST = 6
_ENDINGS = ("ing", "es", "s", "ed")


def described_at(tokens: Sequence[Token], index: int, context: Context) -> Mention | None:
    """Read a clip named by what it shows."""
    found = _told(tokens, index, context) or _compound(tokens, index, context)
    return None if found is None else Mention(index, found.stop, found.clips, found.missing)


def _told(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "the one with the boat", "the shot where she runs"."""
    at = skipped(tokens, index, {"the", "that", "in"})
    cue = word_at(tokens, at + 1)
    if word_at(tokens, at) not in _NOUNS or cue not in _CUES:
        return None
    if at == index and cue not in {"where", "with", "showing", "featuring"}:
        return None
    row: list[str] = []
    stop = at + 2
    while stop < len(tokens) and len(row) < _LONGEST and _may_show(tokens, stop):
        if tokens[stop].word not in _SMALL:
            row.append(tokens[stop].word)
            fitting = _fitting(row, context)
            if not fitting and row[:-1]:
                row.pop()
                break
        stop += 1
    is_certain = at > index and cue in {"with", "where", "showing", "featuring"}
    if not row or not (is_certain or _fitting(row, context)):
        return None
    return _found(_fitting(row, context), _trimmed(tokens, stop))


def _compound(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "the lantern clip", "that umbrella shot"."""
    if tokens[index].word not in {"the", "that"}:
        return None
    at = index + 1
    row: list[str] = []
    while at < len(tokens) and words.is_foreign(tokens[at]) and len(row) < _LONGEST:
        row.append(tokens[at].word)
        at += 1
    if not row or word_at(tokens, at) not in words.CLIP_NOUNS - words.CLIP_PLURALS:
        return None
    if cardinal(tokens, at + 1) or OPERATIONS.at(tokens, index + 1):
        return None
    return _found(_fitting(row, context), at + 1)


def _may_show(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.is_mark or token.number is not None:
        return False
    if token.word in _SMALL:
        return True
    is_wish = OPERATIONS.at(tokens, index) or QUANTITIES.at(tokens, index)
    return words.is_foreign(token) and not is_wish


def _trimmed(tokens: Sequence[Token], stop: int) -> int:
    while tokens[stop - 1].word in _SMALL:
        stop -= 1
    return stop


def _found(fitting: Sequence[int], stop: int) -> Found:
    return Found(stop, tuple(fitting)) if len(fitting) == 1 else Found(stop, (), ("such clip",))


def _fitting(row: Sequence[str], context: Context) -> list[int]:
    """Return the clips that show all that was named."""
    wanted = {_stem(word) for word in row}
    return [clip.number for clip in context.clips if wanted <= _stems(clip)]


def _stems(clip: ClipFacts) -> set[str]:
    return {_stem(word) for word in words_of(clip)}


def _stem(word: str) -> str:
    """Return a word without its ending: lanterns, running."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 2:  # noqa: PLR2004
            bare = word[: -len(ending)]
            return bare[:-1] if bare[-1:] == bare[-2:-1] and ending in {"ing", "ed"} else bare
    return word.removesuffix("e")
