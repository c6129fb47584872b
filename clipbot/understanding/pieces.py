"""A sentence cut into pieces that each say one thing.

"Clip 2 darker, clip 3 warmer but leave the sky" has three. Cuts are made at marks and
at "and", "but", "then"; never inside a mention of clips or a phrase of the vocabulary.
In a piece every mention is replaced by one stand-in token, so that whoever reads the
wish sees where a clip was named without seeing its words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from clipbot.understanding.context import Context
from clipbot.understanding.found import word_set
from clipbot.understanding.measures import ADJECTIVES
from clipbot.understanding.mention import Mention
from clipbot.understanding.phrases import phrase_set
from clipbot.understanding.qualities import COMPLAINT
from clipbot.understanding.targets import mentions
from clipbot.understanding.tokens import CLIP_MARK, Token
from clipbot.understanding.vocabulary import OPERATIONS, QUANTITIES
from clipbot.understanding.words import REFERRING, is_foreign

_SENTENCE_MARKS = frozenset({".", "!", "?", ";", "\u2026"})
_MARKS = _SENTENCE_MARKS | {
    ",",
    "/",
    ":",
    "-",
    "\u2013",
    "\u2014",
    "(",
    ")",
    "->",
    "=>",
    "\u2192",
    "|",
}
_LINKS = frozenset({"and", "but", "then", "while", "whereas", "yet", "plus"})
_ORDERING = word_set("put add make give remove delete insert")
_OUSTING = word_set("clear take kick throw get paint edit cut crop boot chuck move wipe leave")
_TAKING = frozenset({"remove", "add", "delete", "erase", "replace", "put", "move"})
_CORRECTING = phrase_set(
    """
    i mean, i meant, no wait, wait no, wait, scratch that, or rather, no make that, make that,
    wrong clip, wrong one, wrong shot, wrong scene, sorry wrong clip, sorry wrong one, not that one,
    i was talking about, i was referring to, i'm talking about,
    oops,correction, sorry, sorry no, no sorry, my mistake, my bad, no no, actually, actually
    no, hang on,hold on, no actually, i meant to say, no i mean, no i meant, sorry i mean,
    sorry i meant, what i mean is, what i meant is, what i meant was, i actually mean, i actually
    meant, no wait i mean, whoops, better make that, or better, rather make that, no
    not that, on second thought, on second thoughts, second thoughts, on reflection, strike that,
    come to think of it, let me rephrase, i take that back, er no, um no, or no, wait wait, nope
    """
)
"""What takes back the words before it."""
CORRECTION = "~"
"""The link of a piece that corrects the one before."""
_LIMITED = word_set(
    "making changing touching moving disturbing shifting replacing"
    " losing affecting getting turning it going messing ruining becoming"
    " hurting altering covering hiding obscuring blocking killing spoiling dropping letting"
)
_FILLERS = phrase_set(
    """
    on top of that, on top of it, on top of this, or something like that, or something, or so,
    if possible, if you can, if you could, if you don't mind, if that's ok, if that works, when you
    get a chance, to be honest, tbh, imo, imho, in my opinion, i reckon, i guess, i suppose, you
    know, at the end of the day, btw, lol, haha, asap, for now, as discussed, as agreed, as usual,
    if it is no trouble, if it's no trouble, if that is no trouble, if that's no trouble, if it's
    no bother, if it is no bother, if it isn't too much trouble, if it is not too much trouble, if
    it isn't too much to ask, if it's not too much to ask, if that's okay, if that is ok, if that's
    alright, if it's ok, if it's okay, if you have time, if you have a moment, when you have time,
    if you ask me, if i may, if i might, if anything, if you like, if need be, if you fancy it,
    if at all possible, if it's possible, if it is possible, if that's possible, frankly, to my
    eye, to my eyes, for my taste, if you get me, if you know what i mean, you see, mind you,
    however, and no others, and no other, and none other, and nothing but those, and those alone,
    and that one alone, and only those, and only that one, and only these, and them alone, and
    no other clip, and no other clips, and it alone, on top,
    if you would, if you will, if it's not too much trouble, if you please
    """
)
"""What is said beside a wish."""
_AT_END = frozenset({"on top", "or so", "you know", "or something"})
_SAYING = word_set("'s is too so way very really looks feels just kinda pretty rather quite far")
_NOBODY = frozenset({"nobody", "nothing", "none", "noone", "anything", "anyone"})
_ADJECTIVES = 4
"""Words between "a" and its noun, and the article itself."""
_REACH = 8
"""Words within which a mention of clips finds its wish."""
_ONE_WISH = phrase_set(
    ["hold on to", "hang on to"]
    + [
        " ".join(phrase)
        for phrase in OPERATIONS.phrases
        if not {"and", "&", "/", "n", "while"}.isdisjoint(phrase[1:-1])
    ]
)
"""Phrases that hold a link word."""


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
        if stop := _compared(tokens, index, row, found):
            index = stop
            continue
        if mention := found.get(index):
            if _starts_anew(row, tokens[mention.stop : mention.stop + _REACH]):
                link = _close(pieces, row, held, sentence, link)
            row.append(_stand_in(tokens, mention))
            held.append(mention)
            index = mention.stop
            continue
        if _commands(tokens, index, row) or _restates(tokens, index, row):
            link = _close(pieces, row, held, sentence, link)
        if stop := _silent(tokens, index, row, is_first=not (row or pieces)):
            index = stop
            continue
        cue = _CORRECTING.at(tokens, index) or _denial(tokens, index)
        is_about = cue is not None and cue[0] == "make that" and bool(row)
        if is_about and row[-1].word == CLIP_MARK:
            cue = None
        if cue and (row or pieces) and not _ONE_WISH.at(tokens, index):
            _close(pieces, row, held, sentence, link)
            link, index = CORRECTION, cue[1]
            continue
        is_limit = bool(row) and _is_limit(tokens, index)
        if is_limit or (_cuts(tokens, index) and not _is_inside(tokens, index)):
            is_pending = link == CORRECTION and not row
            _close(pieces, row, held, sentence, link)
            row.extend(tokens[index : index + is_limit])
            sentence += token.word in _SENTENCE_MARKS
            link, index = (link if is_pending else token.word), index + 1
            continue
        stop = _phrase_end(tokens, index)
        row.extend(tokens[index:stop])
        index = stop
    _close(pieces, row, held, sentence, link)
    return tuple(piece for piece in pieces if len(pieces) == 1 or not _is_exclaimed(piece))


def _close(
    pieces: list[Piece], row: list[Token], held: list[Mention], sentence: int, link: str
) -> str:
    """Make a piece of the tokens so far, if there are any; return the link of the next one."""
    if row:
        pieces.append(Piece(tuple(row), tuple(held), sentence, link))
        row.clear()
        held.clear()
    return ""


def _compared(
    tokens: Sequence[Token], index: int, row: Sequence[Token], found: Mapping[int, Mention]
) -> int:
    """Return where a comparison right behind a clip ends: "clip 2 next to clip 3 is grey"."""
    cue = REFERRING.at(tokens, index) if row and row[-1].word == CLIP_MARK else None
    other = found.get(cue[1]) if cue else None
    return other.stop if other and other.clips else 0


def _commands(tokens: Sequence[Token], index: int, row: Sequence[Token]) -> bool:
    """Whether a verb right behind a clip begins a wish of its own: "no rain in 2 put fog in it"."""
    if not row or tokens[index].word not in _ORDERING or index + 1 == len(tokens):
        return False
    before = {token.word for token in row}
    is_denied = not before.isdisjoint({"don't", "dont", "no", "not"})
    is_ordered = not before.isdisjoint(_ORDERING)
    is_other = tokens[index + 1].word in {"on", "up", "sure", "to", "of"}
    is_clip = row[-1].word == CLIP_MARK
    return not is_other and ((is_denied or is_ordered) if is_clip else (is_denied and is_ordered))


def _restates(tokens: Sequence[Token], index: int, row: Sequence[Token]) -> bool:
    """Whether something is said anew of a clip that was just named: "I hate 2 its too grey"."""
    is_behind = len(row) > 1 and row[-1].word == CLIP_MARK and index + 1 < len(tokens)
    if not is_behind or tokens[index].word not in {"its", "it", "thats"}:
        return False
    is_said = tokens[index + 1].word in _SAYING
    return is_said or (tokens[index].word == "its" and _is_quality(tokens, index + 1))


def _is_quality(tokens: Sequence[Token], index: int) -> bool:
    is_known = any(book.at(tokens, index) for book in (ADJECTIVES, COMPLAINT, OPERATIONS))
    return is_known or tokens[index].word.endswith("y")


def _denial(tokens: Sequence[Token], index: int) -> tuple[str, int] | None:
    """Read the "no" of "clip 2, no, clip 3": between marks, and a mention follows."""
    is_between = index > 0 and tokens[index - 1].is_mark and index + 1 < len(tokens)
    if not is_between or tokens[index].word not in {"no", "er", "erm", "um", "nah"}:
        return None
    return ("no", index + 2) if tokens[index + 1].word in {",", "-", "\u2014", "."} else None


def _silent(tokens: Sequence[Token], index: int, row: Sequence[Token], *, is_first: bool) -> int:
    """Return where words and marks that say nothing here end; 0 if there are none."""
    cue = _CORRECTING.at(tokens, index) if is_first else None
    if cue and "wrong" in cue[0]:
        return cue[1]
    if tokens[index].word == "," and _is_contrasted(row):
        return index + 1
    return _filled(tokens, index)


def _is_contrasted(row: Sequence[Token]) -> bool:
    """Whether a row only says what is to be given up: "instead of a street"."""
    said = [token.word for token in row if not token.is_mark]
    return said[:2] == ["instead", "of"] or said[:2] == ["rather", "than"]


def _is_limit(tokens: Sequence[Token], index: int) -> bool:
    """Whether a limit begins: "without making it darker"."""
    follows = tokens[index + 1].word if index + 1 < len(tokens) else ""
    return tokens[index].word == "without" and follows in _LIMITED


def _filled(tokens: Sequence[Token], index: int) -> int:
    """Return where words that say nothing end: "if you can"; 0 if there are none."""
    found = _FILLERS.at(tokens, index)
    if found is None or OPERATIONS.at(tokens, index):
        return 0
    is_end = found[1] == len(tokens) or tokens[found[1]].is_mark
    return found[1] if is_end or found[0] not in _AT_END else 0


def _is_exclaimed(piece: Piece) -> bool:
    """Whether a piece is a word of praise only: "cool! now light up her face"."""
    row = [token.word for token in piece.tokens]
    return not piece.link and row in (["cool"], ["so", "cool"], ["very", "cool"], ["fun"])


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
    others = any(not each.is_section and (each.clips or each.is_anaphor) for each in found)
    for mention in found:
        is_thing = mention.is_section and (
            _is_thing(tokens, mention.start, has_clip=others)
            or (_is_of_thing(tokens, mention.stop) and _is_located(tokens, mention, found))
        )
        is_label = bool(found[1:]) and _is_label(tokens, mention)
        if not (is_thing or is_label or (mention.is_rest and _is_ousted(tokens, mention))):
            yield mention


def _is_label(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a number is in the picture: "the number 7 on the boat in clip 5"."""
    row = {token.word for token in tokens[mention.start : mention.stop]}
    at = mention.stop
    behind = [token.word for token in tokens[at : at + 2]]
    if row.isdisjoint({"number", "no", "numbers"}) or behind not in (["on", "the"], ["on", "his"]):
        return False
    return at + 2 < len(tokens) and is_foreign(tokens[at + 2])


def _is_located(tokens: Sequence[Token], mention: Mention, found: Sequence[Mention]) -> bool:
    """Whether a clip is named behind a mention as the place of something: "out of clip 21"."""
    later = (each for each in found if each.start > mention.stop and not each.is_vague)
    return any(tokens[each.start - 1].word in {"in", "of", "from", "on"} for each in later)


def _is_of_thing(tokens: Sequence[Token], stop: int) -> bool:
    """Whether the name of a part of the song stands before a thing: "the chorus girls"."""
    if stop >= len(tokens) or not is_foreign(tokens[stop]):
        return False
    return not (OPERATIONS.at(tokens, stop) or QUANTITIES.at(tokens, stop))


def _is_ousted(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether "the others" are things that are to go: "clear the others out"."""
    before = tokens[mention.start - 1].word if mention.start else ""
    after = tokens[mention.stop].word if mention.stop < len(tokens) else ""
    return before in _OUSTING and after in {"out", "away", "off"}


def _is_thing(tokens: Sequence[Token], start: int, *, has_clip: bool) -> bool:
    """Whether the name of a part of the song is a thing: "add a gospel chorus to clip 4"."""
    at = start - 1
    if has_clip and at >= 0 and tokens[at].word in _TAKING:
        return True
    while at > max(0, start - _ADJECTIVES) and is_foreign(tokens[at]):
        at -= 1
    if at < 0 or tokens[at].word not in {"a", "an"}:
        return False
    return has_clip or tokens[max(0, at - 1)].word in _TAKING


def _stand_in(tokens: Sequence[Token], mention: Mention) -> Token:
    first, last = tokens[mention.start], tokens[mention.stop - 1]
    return Token(CLIP_MARK, first.start, last.stop, is_mark=True)


def _starts_anew(row: Sequence[Token], following: Sequence[Token]) -> bool:
    """Whether a mention begins a wish of its own: "3 darker 4 brighter"."""
    if not row or row[0].word != CLIP_MARK or not OPERATIONS.first(row[-_REACH:]):
        return False
    end = next((i for i, token in enumerate(following) if token.word in _MARKS | _LINKS), None)
    return OPERATIONS.first(following[:end]) is not None


def _cuts(tokens: Sequence[Token], index: int) -> bool:
    """Whether a mark or link word ends a piece; a stroke does between spaces only."""
    token = tokens[index]
    if token.word in {"-", "plus"} and index and QUANTITIES.at(tokens, index - 1):
        behind = tokens[index + 1] if index + 1 < len(tokens) else token
        return behind.number is None
    if token.word == "but" and index and tokens[index - 1].word in _NOBODY:
        return False
    if token.word != "/":
        return token.word in _MARKS | _LINKS
    before = tokens[index - 1].stop if index else token.start
    after = tokens[index + 1].start if index + 1 < len(tokens) else token.stop
    return before < token.start or token.stop < after


def _is_inside(tokens: Sequence[Token], index: int) -> bool:
    """Whether a link word belongs to a phrase that begins with it."""
    return OPERATIONS.at(tokens, index) is not None


def _phrase_end(tokens: Sequence[Token], index: int) -> int:
    """Return the end of a phrase that holds a link word, else of the token alone."""
    found = _ONE_WISH.at(tokens, index)
    return found[1] if found else index + 1
