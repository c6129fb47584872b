"""Slips of the finger put right: "brihgter", "nigth", "dreammy", "reomve", "drk", "waaay".

Only towards the closed vocabulary, only in words that mean nothing else to us: neither
to the vocabulary, nor in the lyrics and prompts of this video, nor in English
(`false_friends` lists the English words that lie next to the vocabulary). The first
letter must be right, which keeps a knight from becoming night.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from clipbot.understanding.closed import CLOSED, CORE, SPELT
from clipbot.understanding.context import Context
from clipbot.understanding.false_friends import FALSE_FRIENDS
from clipbot.understanding.measures import ADJECTIVES
from clipbot.understanding.numbers import cardinal
from clipbot.understanding.stems import words_of
from clipbot.understanding.tokens import Token
from clipbot.understanding.words import CLIP_NOUNS, CLIP_PLURALS, DETERMINERS, PLACE_NOUNS, SECTIONS

_SHORTEST = 3
_LONG = 8
"""From so many letters on two slips are put right, below only one."""
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SLIPS = {"lik": "like", "wth": "with", "mak": "make", "hav": "have", "jst": "just", "u": "you"}
_SLIPS |= {
    "ur": "your",
    "th": "the",
    "te": "the",
    "ot": "to",
    "fo": "of",
    "ni": "in",
    "ti": "it",
    "nd": "and",
    "cilp": "clip",
    "abit": "bit",
    "alot": "lot",
    "thx": "thanks",
    "da": "the",
    "bitte": "please",
    "tho": "though",
    "sum": "some",
    "hrs": "hours",
}
"""Short words so common that their slips are known."""
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_ANDS = frozenset({("as", "well", "as")})
"""Words that stand for "and"."""
_SO = frozenset({"too", "so", "way", "very", "quite", "pretty", "rather", "really", "just"})
_VOWELS = str.maketrans("", "", "aeiou")
_TWO = frozenset({"couple", "pair"})
_DEFINITE = frozenset(
    {"the", "first", "last", "next", "final", "opening", "closing", "middle", "that", "this"}
    | {"previous", "following", "other"}
)
_SHOTS = frozenset({"wide", "long", "close", "medium", "tracking", "establishing", "aerial"})
_JOINING = frozenset({"and", "or", "but", "except", "number", "numbers", "through", "to", "not"})
_FAULTY = frozenset({"is", "are", "looks", "feels", "seems", "'s", "way"})


def corrected(tokens: Sequence[Token], context: Context) -> tuple[Token, ...]:
    """Return the tokens with misspelt words put right; their spans stay."""
    spoken = frozenset[str]().union(*(words_of(clip) for clip in context.clips))
    spelt = tuple(_spelt(token, spoken) for token in tokens)
    meant = list(_linked([_meant(spelt, index) for index in range(len(spelt))]))
    return (
        tuple(_counted(meant))
        if not _TWO.isdisjoint(token.word for token in meant)
        else (tuple(meant))
    )


def _linked(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield tokens with "as well as" said as "and"."""
    skip = 0
    for index, token in enumerate(tokens):
        row = tuple(each.word for each in tokens[index : index + 3])
        if skip:
            skip -= 1
        elif index and row in _ANDS:
            yield replace(token, word="and", stop=tokens[index + len(row) - 1].stop)
            skip = len(row) - 1
        else:
            yield token


def _counted(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield tokens with "the couple of clips" said as "the two clips"."""
    for index, token in enumerate(tokens):
        before = tokens[index - 1].word if index else ""
        behind = [each.word for each in tokens[index + 1 : index + 3]]
        is_of = behind[:1] == ["of"] and behind[1:] != [] and behind[1] in CLIP_PLURALS
        if token.word in _TWO and before in _DEFINITE and is_of:
            yield replace(token, word="two")
        elif not (token.word == "of" and before in _TWO and _is_definite(tokens, index - 2)):
            yield token


def _is_definite(tokens: Sequence[Token], index: int) -> bool:
    is_clip = index + 3 < len(tokens) and tokens[index + 3].word in CLIP_PLURALS
    return index >= 0 and is_clip and tokens[index].word in _DEFINITE


def _spelt(token: Token, spoken: frozenset[str]) -> Token:
    word = token.word
    if word in _SLIPS:
        return replace(token, word=_SLIPS[word])
    if len(word) < _SHORTEST or word in CLOSED or word in spoken or not word.isalpha():
        return token
    return replace(token, word=_nearest(word) or word)


@lru_cache(maxsize=4096)
def _nearest(word: str) -> str | None:
    """Return the word of the vocabulary that was most likely meant, if there is one."""
    drawn = _DRAWN_OUT.search(word) and next(
        (short for by in (r"\1", r"\1\1") if (short := _DRAWN_OUT.sub(by, word)) in CLOSED), None
    )
    if drawn:
        return drawn
    if word in FALSE_FRIENDS or not word.isascii():
        return None
    if word == word.translate(_VOWELS):
        return _skeletons().get(word)
    return _closest(word) or _swapped_and_doubled(word)


def _swapped_and_doubled(word: str) -> str | None:
    """Return the word of which two letters were swapped and one doubled: "drakker"."""
    short = _squeezed(word)
    found = _closest(short) if short != word and len(short) > _LONG - 3 else None
    return found if found and sorted(found) == sorted(short) else None


def _closest(word: str) -> str | None:
    reach = 2 if len(word) >= _LONG else 1
    best: tuple[tuple[int, bool, bool, bool, str], str] | None = None
    for variant in _shortened(word, reach):
        for known in _by_variant().get(variant, ()):
            distance = _distance(word, known)
            if not _is_slip(word, known, distance, reach):
                continue
            is_double = _squeezed(word) == _squeezed(known)
            rank = (
                distance,
                sorted(word) != sorted(known),
                not is_double,
                known not in CORE,
                known,
            )
            if best is None or rank < best[0]:
                best = (rank, known)
    return best and best[1]


def _is_form(one: str, two: str) -> bool:
    """Whether one word is a form of another: "balloons" is no slip of balloon."""
    short, long = sorted((one, two), key=len)
    return long.startswith(short) and long[len(short) :] in {"s", "es", "d", "ed", "ing", "ly", "y"}


def _is_slip(word: str, known: str, distance: int, reach: int) -> bool:
    """Whether a word is probably a slip of another, the way fingers slip.

    Neighbouring letters swapped, a letter doubled or not, one dropped or added, a
    neighbour on the keyboard hit; two slips only in long words.
    """
    if sorted(word) == sorted(known) and distance == 1:
        return word[0] == known[0] or word[:2] == known[1::-1]
    if word[0] != known[0] or _is_form(word, known):
        return False
    if distance == 1 and _squeezed(word) == _squeezed(known):
        return len(known) > _SHORTEST
    longest = max(len(word), len(known))
    if len(word) != len(known) and distance == 1:
        return min(len(word), len(known)) >= _SHORTEST + 1 and longest > _SHORTEST + 1
    if distance == 1 and longest < _LONG:
        return longest > _SHORTEST + 1 and _is_neighbouring(word, known)
    return longest >= _LONG and distance <= reach


def _squeezed(word: str) -> str:
    """Return a word with every run of one letter made one letter."""
    return re.sub(r"(.)\1+", r"\1", word)


def _is_neighbouring(word: str, known: str) -> bool:
    """Whether the one letter that differs lies beside the right one on the keyboard."""
    hit, meant = next((a, b) for a, b in zip(word, known, strict=True) if a != b)
    return meant in _beside(hit)


@cache
def _beside(letter: str) -> str:
    found = ""
    for at, row in enumerate(_KEYS):
        index = row.find(letter)
        if index >= 0:
            near = [(at, index - 1), (at, index + 1), (at - 1, index), (at - 1, index + 1)]
            near += [(at + 1, index - 1), (at + 1, index)]
            found = "".join(
                _KEYS[y][x] for y, x in near if 0 <= y < len(_KEYS) and 0 <= x < len(_KEYS[y])
            )
    return found


@cache
def _by_variant() -> dict[str, tuple[str, ...]]:
    """Return the vocabulary by what is left when letters are dropped."""
    found: dict[str, list[str]] = {}
    for word in SPELT:
        if len(word) >= _SHORTEST and word.isalpha() and word.isascii():
            for variant in _shortened(word, 2 if len(word) >= _LONG - 1 else 1):
                found.setdefault(variant, []).append(word)
    return {variant: tuple(listed) for variant, listed in found.items()}


@cache
def _skeletons() -> dict[str, str]:
    """Return the core of the vocabulary by its consonants: "drk" is dark."""
    words = sorted(CORE & SPELT, key=lambda word: (-len(word), word))
    return {word.translate(_VOWELS): word for word in words if len(word) > _SHORTEST}


def _shortened(word: str, letters: int) -> Iterator[str]:
    """Yield a word without some of its letters, itself included."""
    seen = {word}
    for _ in range(letters):
        seen |= {each[:at] + each[at + 1 :] for each in seen for at in range(len(each))}
    yield from seen


def _distance(one: str, two: str) -> int:
    """Return the Damerau-Levenshtein distance, in its form of optimal string alignment."""
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        last, row, older = row, [i, *[0] * len(two)], before
        for j, b in enumerate(two, 1):
            row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                row[j] = min(row[j], older[j - 2] + 1)
        before = last
    return row[-1]


def _meant(tokens: Sequence[Token], index: int) -> Token:
    """Return a real word that stands for another here: "form clip 4", "tow clips", "to dark"."""
    token = tokens[index]
    read = _MISTAKEN.get(token.word)
    if read is None or index + 1 == len(tokens) or not read[1](tokens, index):
        return token
    return replace(token, word=read[0], number=None)


def _begins(tokens: Sequence[Token], index: int) -> bool:
    """Whether "form" is where something begins: "form clip 4"."""
    following = tokens[index + 1]
    is_place = following.is_clock or following.word in CLIP_NOUNS
    return is_place or cardinal(tokens, index + 1) is not None


def _counts(tokens: Sequence[Token], index: int) -> bool:
    """Whether "tow" counts clips: "tow clips"."""
    return tokens[index + 1].word in PLACE_NOUNS


def _tells(tokens: Sequence[Token], index: int) -> bool:
    """Whether "its" tells rather than owns: "its so grey"."""
    return tokens[index + 1].word in _SO


def _exceeds(tokens: Sequence[Token], index: int) -> bool:
    """Whether "to" is too much: "to much light", "is to dark"."""
    following = tokens[index + 1]
    if following.word in {"much", "many"}:
        return _is_measured(tokens, index)
    is_quality = following.word in CORE and following.word not in DETERMINERS
    is_faulty = index > 0 and tokens[index - 1].word in _FAULTY
    return is_faulty and is_quality and following.word[-2:] != "er"


def _overdoes(tokens: Sequence[Token], index: int) -> bool:
    """Whether "2" is too much: "clip 3 is 2 bright"."""
    is_said = tokens[index + 1].word == "much" or ADJECTIVES.at(tokens, index + 1) is not None
    return is_said and _exceeds(tokens, index)


def _is_for(tokens: Sequence[Token], index: int) -> bool:
    """Whether "4" stands for "for": "wide shot 4 clip 10"."""
    before = [token.word for token in tokens[max(0, index - 2) : index]]
    is_shot = before[-1:] == ["shot"] and before[0] in _SHOTS
    is_free = bool(before) and before[-1].isalpha() and before[-1] not in CLIP_NOUNS | _JOINING
    is_clip = tokens[index + 1].word in CLIP_NOUNS and cardinal(tokens, index + 2) is not None
    return is_clip and (is_shot or is_free)


def _steps(tokens: Sequence[Token], index: int) -> bool:
    """Whether "1" counts a step: "4 up 1 stop"."""
    is_led = index > 0 and tokens[index - 1].word in {"up", "down", "by"}
    return is_led and tokens[index + 1].word in {"stop", "notch", "step"}


def _excepts(tokens: Sequence[Token], index: int) -> bool:
    """Whether "bar" or "save" takes out what follows: "the lot in sepia bar clip 4"."""
    before, at = tokens[index - 1].word if index else "to", index + 1
    if before in DETERMINERS | {"to", "please", "and", "just", "can", "could", "don't"}:
        return False
    is_definite = tokens[at].word in {"the", "those"}
    named = tokens[at + is_definite].word if at + is_definite < len(tokens) else ""
    is_clip = named in CLIP_NOUNS | SECTIONS.keys() | {"ones"} or tokens[at].word == "those"
    return (
        is_clip
        or cardinal(tokens, at + is_definite) is not None
        or (is_definite and (named in _DEFINITE))
    )


def _is_measured(tokens: Sequence[Token], index: int) -> bool:
    """Whether "to much" is said of something: "that's to much", "to much!"."""
    before = tokens[index - 1].word if index else ""
    return before in _FAULTY | {"", "that", "thats", "bit", "far", "it", ","}


_MISTAKEN = {
    "form": ("from", _begins),
    "bar": ("except", _excepts),
    "save": ("except", _excepts),
    "its": ("it", _tells),
    "tow": ("two", _counts),
    "to": ("too", _exceeds),
    "1": ("one", _steps),
    "2": ("too", _overdoes),
    "4": ("for", _is_for),
}
"""Real words that may stand for others, and where they do."""
