"""Clips by what they show: "the one with the boat", "the lantern clip", "where she runs".

The words are looked for in the prompts and the lyrics. One clip that fits is meant; if
several fit as well, or none, it is better to ask.
"""

from collections.abc import Sequence

from clipbot.domain.plan import Kind
from clipbot.understanding import words
from clipbot.understanding.context import Context
from clipbot.understanding.found import Found, skipped, word_at
from clipbot.understanding.mention import Mention
from clipbot.understanding.numbers import cardinal
from clipbot.understanding.stems import stem, stems_of
from clipbot.understanding.tokens import Token
from clipbot.understanding.vocabulary import OPERATIONS, QUANTITIES

_NOUNS = words.CLIP_NOUNS | {"one", "part", "bit", "moment"}
_CUES = frozenset({"with", "where", "showing", "of", "featuring", "about", "in", "when", "that"})
_SMALL = frozenset(
    {"the", "a", "an", "her", "his", "their", "is", "are", "she", "he", "they", "it", "we", "in"}
    | {"on", "at", "of", "and", "you", "see", "shows", "has", "which", "someone", "with", "some"}
    | {"who", "there", "can", "that", "'s", "seen", "visible", "shown", "appears"}
)
_OBJECTS = frozenset({"with", "by", "into", "than", "like", "as", "of", "add", "a", "an"})
"""Words behind which "the red one" is a thing."""
_LONGEST = 6


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
    while stop < len(tokens) and len(row) < _LONGEST:
        if row and _is_doing(tokens, stop):
            stop += 1
            break
        if not _may_show(tokens, stop):
            break
        if tokens[stop].word not in _SMALL:
            row.append(tokens[stop].word)
            if row[:-1] and not _fitting(row, context):
                row.pop()
                if len(_fitting(row, context)) == 1:
                    break
        stop += 1
    is_certain = at > index and cue in {"with", "where", "showing", "featuring"}
    if not row or not (is_certain or _fitting(row, context)):
        return None
    return _found(_fitting(row, context), _trimmed(tokens, stop))


def _compound(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "the lantern clip", "that umbrella shot", "confetti clip", "the tunnel one"."""
    is_opened = tokens[index].word in {"the", "that"}
    if not is_opened and index and not _may_lead(tokens[index - 1]):
        return None
    first = at = index + is_opened
    row: list[str] = []
    while at < len(tokens) and words.is_foreign(tokens[at]) and len(row) < _LONGEST:
        row.append(tokens[at].word)
        at += 1
    noun = word_at(tokens, at)
    if not row or noun not in words.CLIP_NOUNS - words.CLIP_PLURALS | {"one"}:
        return None
    if cardinal(tokens, at + 1) or OPERATIONS.at(tokens, first):
        return None
    fitting = _fitting(row, context)
    is_named = is_opened and noun != "one"
    is_object = index > 0 and tokens[index - 1].word in _OBJECTS
    if not is_named and (len(fitting) != 1 or is_object):
        return None
    return _found(fitting, at + 1)


def _may_lead(token: Token) -> bool:
    """Whether a clip can be named without "the" behind a word: not in "add a confetti shot"."""
    return token.is_mark or token.word in {"and", "for", "in", "on", "then", "but", "make"}


def _may_show(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.is_mark or token.number is not None:
        return False
    if token.word in _SMALL:
        return True
    is_wish = OPERATIONS.at(tokens, index) or QUANTITIES.at(tokens, index)
    return words.is_foreign(token) and not is_wish


def _is_doing(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word that would be a mood says what a thing does: "the boat rocking"."""
    known = OPERATIONS.at(tokens, index)
    is_mood = known is not None and known[0].kind is Kind.MOOD and known[1] == index + 1
    return is_mood and tokens[index].word.endswith("ing") and words.is_foreign(tokens[index - 1])


def _trimmed(tokens: Sequence[Token], stop: int) -> int:
    while tokens[stop - 1].word in _SMALL:
        stop -= 1
    return stop


def _found(fitting: Sequence[int], stop: int) -> Found:
    return Found(stop, tuple(fitting)) if len(fitting) == 1 else Found(stop, (), ("such clip",))


def _fitting(row: Sequence[str], context: Context) -> list[int]:
    """Return the clips that show all that was named."""
    wanted = {stem(word) for word in row}
    return [clip.number for clip in context.clips if wanted <= stems_of(clip)]
