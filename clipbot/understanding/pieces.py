"""A sentence cut into pieces that each say one thing.

"Clip 2 darker, clip 3 warmer but leave the sky" has three. Cuts are made at marks and
at "and", "but", "then"; never inside a mention of clips or a phrase of the vocabulary.
In a piece every mention is replaced by one stand-in token, so that whoever reads the
wish sees where a clip was named without seeing its words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clipbot.understanding.context import Context
from clipbot.understanding.mention import Mention
from clipbot.understanding.phrases import phrase_set
from clipbot.understanding.targets import mentions
from clipbot.understanding.tokens import Token
from clipbot.understanding.vocabulary import OPERATIONS

CLIP_MARK = "\u25a2"
"""Word of the stand-in for a mention of clips."""
_SENTENCE_MARKS = frozenset({".", "!", "?", ";", "\u2026"})
_MARKS = _SENTENCE_MARKS | {",", ":", "-", "\u2013", "\u2014", "(", ")", "->", "=>", "\u2192", "|"}
_LINKS = frozenset({"and", "but", "then", "while", "whereas", "yet", "plus"})
_TAKING = frozenset({"remove", "add", "delete", "erase", "replace", "put", "move"})
_REACH = 8
"""Words within which a mention of clips finds its wish."""
_ONE_WISH = phrase_set("calm and still, black and white, raw and gritty")


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two cuts."""

    tokens: tuple[Token, ...]
    """Its tokens, mentions replaced by stand-ins."""
    mentions: tuple[Mention, ...]
    """One for each stand-in, in order."""
    sentence: int
    """Number of the sentence it belongs to, from 0."""
    link: str = ""
    """The mark or word before it."""


def cut(tokens: Sequence[Token], context: Context) -> tuple[Piece, ...]:
    """Cut tokens into pieces; pieces without tokens are left out."""
    found = {mention.start: mention for mention in _real(tokens, tuple(mentions(tokens, context)))}
    pieces: list[Piece] = []
    row: list[Token] = []
    held: list[Mention] = []
    sentence, link, index = 0, "", 0
    while index < len(tokens):
        token = tokens[index]
        if mention := found.get(index):
            if _starts_anew(row, tokens[mention.stop : mention.stop + _REACH]):
                pieces.append(Piece(tuple(row), tuple(held), sentence, link))
                row, held, link = [], [], ""
            row.append(_stand_in(tokens, mention))
            held.append(mention)
            index = mention.stop
            continue
        if token.word in _MARKS | _LINKS and not _is_inside(tokens, index):
            if row:
                pieces.append(Piece(tuple(row), tuple(held), sentence, link))
                row, held = [], []
            sentence += token.word in _SENTENCE_MARKS
            link, index = token.word, index + 1
            continue
        stop = _phrase_end(tokens, index)
        row.extend(tokens[index:stop])
        index = stop
    if row:
        pieces.append(Piece(tuple(row), tuple(held), sentence, link))
    return tuple(pieces)


def sentences(tokens: Sequence[Token]) -> tuple[tuple[Token, ...], ...]:
    """Return the tokens of each sentence, its mark included; at least one."""
    rows: list[list[Token]] = [[]]
    for token in tokens:
        rows[-1].append(token)
        if token.word in _SENTENCE_MARKS:
            rows.append([])
    return tuple(map(tuple, rows))


def _real(tokens: Sequence[Token], found: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the mentions that are no things: "remove the bridge in clip 6" names one clip."""
    others = any(not each.is_section and each.clips for each in found)
    for mention in found:
        before = tokens[mention.start - 1].word if mention.start else ""
        if not (mention.is_section and others and before in _TAKING):
            yield mention


def _stand_in(tokens: Sequence[Token], mention: Mention) -> Token:
    first, last = tokens[mention.start], tokens[mention.stop - 1]
    return Token(CLIP_MARK, first.start, last.stop, is_mark=True)


def _starts_anew(row: Sequence[Token], following: Sequence[Token]) -> bool:
    """Whether a mention begins a wish of its own: "3 darker 4 brighter"."""
    if not row or row[0].word != CLIP_MARK or not OPERATIONS.first(row[-_REACH:]):
        return False
    end = next((i for i, token in enumerate(following) if token.word in _MARKS | _LINKS), None)
    return OPERATIONS.first(following[:end]) is not None


def _is_inside(tokens: Sequence[Token], index: int) -> bool:
    """Whether a link word belongs to a phrase that begins with it."""
    return OPERATIONS.at(tokens, index) is not None


def _phrase_end(tokens: Sequence[Token], index: int) -> int:
    """Return the end of a phrase that holds a link word, else of the token alone."""
    found = _ONE_WISH.at(tokens, index)
    return found[1] if found else index + 1
