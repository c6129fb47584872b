"""Numbers as people say them: digits or words, counting or ordering."""

from collections.abc import Sequence

from clipbot.understanding.tokens import Token


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_UNITS = _split(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS = _split("twenty thirty forty fifty sixty seventy eighty ninety")
_UNIT_ORDINALS = _split(
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_TEN_ORDINALS = _split(
    "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth"
)

_CARDINALS = {word: value for value, word in enumerate(_UNITS)}
_TEN_WORDS = {word: 10 * value for value, word in enumerate(_TENS, 2)}
_ORDINALS = {word: value for value, word in enumerate(_UNIT_ORDINALS)} | {
    word: 10 * value for value, word in enumerate(_TEN_ORDINALS, 2)
}
NUMBER_WORDS = frozenset({*_CARDINALS, *_TEN_WORDS, *_ORDINALS})


def cardinal(tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
    """Return the counting number at `index` and where it ends: 3, three, twenty-one."""
    if index >= len(tokens):
        return None
    token = tokens[index]
    if token.number is not None:
        return None if token.is_ordinal else (token.number, index + 1)
    return _spoken(tokens, index, _CARDINALS)


def ordinal(tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
    """Return the ordering number at `index` and where it ends: 3rd, third, twenty-first."""
    if index >= len(tokens):
        return None
    token = tokens[index]
    if token.number is not None:
        return (token.number, index + 1) if token.is_ordinal else None
    if token.word in _ORDINALS:
        return _ORDINALS[token.word], index + 1
    spoken = _spoken(tokens, index, _ORDINALS)
    return spoken if spoken and spoken[1] == index + 2 else None


def _spoken(tokens: Sequence[Token], index: int, units: dict[str, int]) -> tuple[int, int] | None:
    """Read a number of one word, or of a ten and a unit of the given kind."""
    word = tokens[index].word
    tens = _TEN_WORDS.get(word)
    if tens is None:
        return (units[word], index + 1) if word in units else None
    unit = units.get(tokens[index + 1].word) if index + 1 < len(tokens) else None
    if unit is not None and 0 < unit < len(_TEN_WORDS) + 2:
        return tens + unit, index + 2
    return tens, index + 1
