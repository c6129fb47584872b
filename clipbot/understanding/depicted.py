"""Numbers that are to be seen in the picture: "paint a big 7 on the door", "the 7 on her shirt"."""

from collections.abc import Sequence

from clipbot.understanding import words
from clipbot.understanding.found import skipped, word_at, word_set
from clipbot.understanding.numbers import cardinal
from clipbot.understanding.tokens import Token

_DRAWING = word_set(
    "paint print spray draw stencil carve scratch engrave write scrawl scribble stitch"
    " embroider tattoo stamp etch chalk sew projecting project"
)
_DRAWN = word_set(
    "painted printed sprayed drawn stencilled stenciled carved scratched engraved written stitched"
    " embroidered tattooed stamped etched chalked sewn"
)
_ON = word_set("on onto across over above into upon")
_SIZES = word_set(
    "big huge giant large small tiny little bold massive gigantic oversized enormous golden neon"
    " red white black blue green yellow gold silver handwritten glowing painted"
)
_LEADING = _SIZES | word_set("a an the number numbers no # and & , digit figure numeral")
_ARTICLES = frozenset({"a", "an"})
_FARTHEST = 8


def is_depicted(tokens: Sequence[Token], index: int) -> bool:
    """Whether a number, or the sign before it, at `index` is part of the picture."""
    at = skipped(tokens, index, {"number", "numbers", "no", "#"})
    found = cardinal(tokens, at)
    if found is None:
        return False
    if word_at(tokens, found[1]) in _DRAWN and word_at(tokens, found[1] + 1) in _ON:
        return True
    start = at
    while start and at - start < _FARTHEST and _leads(tokens, start - 1):
        start -= 1
    lead = [token.word for token in tokens[start:at]]
    if _is_counted_thing(lead):
        return True
    is_drawn = start > 0 and tokens[start - 1].word in _DRAWING
    return is_drawn and _is_on_thing(tokens, found[1])


def _leads(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word can stand between "paint" and a number."""
    return tokens[index].word in _LEADING or tokens[index].number is not None


def _is_counted_thing(lead: Sequence[str]) -> bool:
    """Whether "a big" or "a" is all that leads up to a number: no clip is called so."""
    article = next((at for at in range(len(lead) - 1, -1, -1) if lead[at] in _ARTICLES), None)
    return article is not None and (_SIZES | {"number"}).issuperset(lead[article + 1 :])


def _is_on_thing(tokens: Sequence[Token], index: int) -> bool:
    """Whether it is said what a number is painted on: "on the door", not "and 3"."""
    near = range(index, min(len(tokens), index + _FARTHEST))
    on = next((at for at in near if tokens[at].word in _ON), None)
    if on is None or any(not _leads(tokens, at) for at in range(index, on)):
        return False
    noun = skipped(tokens, on + 1, words.DETERMINERS)
    return noun < len(tokens) and word_at(tokens, noun) not in words.CLIP_NOUNS
