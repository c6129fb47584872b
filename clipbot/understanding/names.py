"""Words that only name: "Dawn is the girl in clip 2", "write the word CHORUS in the sand".

A name of somebody in the picture, or letters to be seen there, may look like a wish or a
part of the song; it is set apart before anybody reads it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from clipbot.understanding import words
from clipbot.understanding.found import skipped, word_at, word_set
from clipbot.understanding.tokens import Token

_INTRODUCING = word_set("the our my her his a an")
_CALLING = word_set("called named")
_WRITING = word_set(
    "write writes writing written print printed spray sprayed carve carved spell spells spelling"
    " scrawl scrawled scribble draw paint painted put add trace engrave"
)
_LETTERS = word_set("word words letters letter text caption title name lettering")
_SAYING = word_set("write says saying reads reading spell spelling spells writes spray carve print")
_PLACING = word_set("in on at across over above below into onto with behind under for as to")
_REACH = 6
"""Tokens within which something is written."""
_LONGEST = 4
"""Words that are written."""


def set_apart(tokens: Sequence[Token], text: str) -> tuple[Token, ...]:
    """Return the tokens with names and letters in the picture as words of their own."""
    places = {*_letters(tokens, text)}
    named = {*_named(tokens, text)}
    places |= {
        at for at, token in enumerate(tokens) if token.word in named and text[token.start].isupper()
    }
    return tuple(
        replace(token, word=f"{token.word}\u2019", number=None) if at in places else token
        for at, token in enumerate(tokens)
    )


def _named(tokens: Sequence[Token], text: str) -> Iterator[str]:
    """Yield the names that are introduced: "Dawn is the girl", "a girl called Summer"."""
    for at, token in enumerate(tokens):
        if token.is_mark or not text[token.start].isupper() or token.word in words.SECTIONS:
            continue
        behind = skipped(tokens, at + 1, {"is", ",", "("})
        is_told = behind == at + 2 and word_at(tokens, behind) in _INTRODUCING
        is_told = is_told and behind + 1 < len(tokens) and words.is_foreign(tokens[behind + 1])
        before = word_at(tokens, at - 1) if at else ""
        is_called = before in _CALLING or (before == "is" and tokens[at - 2].word == "name")
        if is_told or is_called:
            yield token.word


def _letters(tokens: Sequence[Token], text: str) -> Iterator[int]:
    """Yield the places of letters that are to be seen: behind "the word", or in capitals."""
    is_shouted = text.isupper()
    for at, token in enumerate(tokens):
        near = {each.word for each in tokens[max(0, at - _REACH) : at]}
        is_word = token.word in _LETTERS and not near.isdisjoint(_WRITING)
        if not (is_word or token.word in _SAYING) or is_shouted:
            continue
        for place in range(at + 1, min(len(tokens), at + 1 + _LONGEST)):
            each = tokens[place]
            is_capital = text[each.start : each.stop].isupper() and len(each.word) > 1
            if each.is_mark or each.word in _PLACING or not (is_word or is_capital):
                break
            yield place
