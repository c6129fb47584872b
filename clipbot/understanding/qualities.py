"""A noun and what is said of it, wherever the two stand: "a gentler pace", "let the fog lift".

The word for the quality is read with its noun and in no other way; what it asks for is
turned by "too", "less" and "not" like any other phrase of the vocabulary.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from clipbot.domain.plan import Kind, Operation
from clipbot.understanding import words
from clipbot.understanding.found import word_at
from clipbot.understanding.phrases import PhraseBook, phrase_set
from clipbot.understanding.tokens import CLIP_MARK, Token
from clipbot.understanding.vocabulary import OPERATIONS
from clipbot.understanding.wording import phrases_of
from clipbot.understanding.wording_qualities import COMPLAINTS, DULL, FAULTY, QUALITIES, SAID

_BEFORE, _BEHIND = 6, 4
"""Words before and behind a quality in which its noun is looked for."""
_Reading = tuple[frozenset[str], Operation]


def _readings() -> dict[str, tuple[_Reading, ...]]:
    found: dict[str, tuple[_Reading, ...]] = {}
    for nouns, qualities, kind, direction in QUALITIES:
        reading = frozenset(nouns.split()), Operation(kind, direction)
        for quality in phrases_of(qualities):
            found[quality] = (*found.get(quality, ()), reading)
    return found


_BOOK = PhraseBook(_readings())
NOUNS = frozenset(word for nouns, *_ in QUALITIES for word in nouns.split())
"""Words of which a quality can be said."""
WORDS = _BOOK.words | NOUNS
"""All words that say something of another, and those others."""
FAULTS = phrase_set(FAULTY)
"""Qualities that nobody wants, where it is only said how things are."""
COMPLAINT = PhraseBook(
    {
        phrase: Operation(kind, direction)
        for (kind, direction), listed in COMPLAINTS.items()
        for phrase in phrases_of(listed)
    }
    | {
        f"{said} {dull}": Operation(Kind.MOOD, "energetic")
        for said in SAID.split()
        for dull in DULL.split()
    }
)
"""Whole phrases that say what is wrong or missing, by what mends it."""


@dataclass(frozen=True, slots=True)
class Quality:
    """What is said of a noun."""

    start: int
    stop: int
    noun: int
    op: Operation


def qualities_in(tokens: Sequence[Token]) -> tuple[Quality, ...]:
    """Return the qualities in a piece that stand near their noun, in order."""
    places = [index for index in range(len(tokens)) if _is_noun(tokens, index)]
    if not places:
        return ()
    found: list[Quality] = []
    for index in range(len(tokens)):
        said = _BOOK.at(tokens, index)
        if said is None or (found and index < found[-1].stop):
            continue
        for nouns, op in said[0]:
            own = [at for at in places if tokens[at].word in nouns]
            noun = _nearest(index, said[1], own)
            if noun is not None and not _is_longer(tokens, index, said[1], noun):
                found.append(Quality(index, said[1], noun, op))
                break
    return tuple(found)


def _is_noun(tokens: Sequence[Token], index: int) -> bool:
    """Whether a quality can be said of a word; not of "her colours", "the light of her lamp"."""
    if tokens[index].word not in NOUNS:
        return False
    if tokens[index].word == "speed" and word_at(tokens, index + 1) in {"up", CLIP_MARK, "it"}:
        return False
    is_verb = tokens[index].word in {"move", "moves", "moving"}
    is_moved = word_at(tokens, index + 1) in words.DETERMINERS
    if (
        is_verb
        and is_moved
        and not (
            words.SLIGHT.first(tokens[index + 1 : index + 4])
            or words.STRONG.first(tokens[index + 1 : index + 4])
        )
    ):
        return False
    before = {each.word for each in tokens[max(0, index - 2) : index]}
    if not before.isdisjoint(words.POSSESSIVES):
        return False
    if index + 1 < len(tokens) and words.is_foreign(tokens[index + 1]):
        return _BOOK.at(tokens, index + 1) is not None
    owner = index + 2 + (word_at(tokens, index + 2) in words.DETERMINERS)
    is_owned = word_at(tokens, index + 1) in {"of", "on"} and owner < len(tokens)
    return not (is_owned and words.is_foreign(tokens[owner]))


def _nearest(start: int, stop: int, places: Sequence[int]) -> int | None:
    """Return the noun that a quality belongs to: right behind it, else before it."""
    near = [at for at in places if start - _BEFORE <= at < start or stop <= at < stop + _BEHIND]
    return min(near, key=lambda at: abs(at - start), default=None)


def _is_longer(tokens: Sequence[Token], start: int, stop: int, noun: int) -> bool:
    """Whether the vocabulary has a phrase that holds the quality and its noun."""
    first, last = min(start, noun), max(stop, noun + 1)
    known = [OPERATIONS.at(tokens, at) for at in range(max(0, first - 1), first + 1)]
    return any(each is not None and each[1] >= last for each in known)
