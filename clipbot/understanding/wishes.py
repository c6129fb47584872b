"""What is wanted: reading one piece of a sentence as operations, keeping, or forbidding.

Four readers look at a piece in turn. *Keeping* ("leave the rain in") and *forbidding*
("don't touch her hair") take what they name out of every change. An *object* ("add a
dragon", "make her dress red", "replace the dancer") claims the words after its verb, so
that "put a snow globe on the bench" asks for no snow. What is left is read by the
vocabulary, each hit with its own negation, direction and strength.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from clipbot.domain.plan import Operation, Strength
from clipbot.understanding import objects, words
from clipbot.understanding.senses import senses_in
from clipbot.understanding.tokens import Token, span_text
from clipbot.understanding.vocabulary import OPERATIONS

_TRAILING = frozenset(
    {"in", "on", "please", "though", "exactly", "just", "pls", "too", "must", "should"}
)
_LEADING = frozenset(
    {"it", "that", "but", "should", "must", "only", "with", "is", "of", "to", "in"}
)
_STAYS = frozenset({"stay", "stays", "remain", "remains"})
_TOUCHING = frozenset({"be touched", "touching", "touch", "change", "changing", "affecting"})
_BEING = frozenset({"be", "is", "are", "look", "looks", "exactly", "should", "must", "still"})
_SIMULTANEOUS = frozenset({"at the same time", "the same time"})
_ELSE = frozenset({"else", "rest"})


@dataclass(frozen=True, slots=True)
class Wish:
    """What one piece of a sentence asks for."""

    ops: tuple[Operation, ...] = ()
    keep: tuple[str, ...] = ()
    spares: bool = False
    """Whether the clips it names are to be left alone."""
    forbids: bool = False
    """Whether it only says what not to do."""
    strength: Strength | None = None
    """The strength word in it, if there is one."""
    is_object: bool = False
    """Whether a thing in the picture was named, which may go on behind an "and"."""


def read_wish(tokens: Sequence[Token], text: str) -> Wish:
    """Read one piece; a piece that asks for nothing gives an empty wish."""
    strength = _strength(tokens)
    kept = _keeping(tokens, text) or _forbidding(tokens, text)
    if kept is not None:
        wish, stop = kept
        before = _asked(tokens[:stop])
        return replace(before, keep=wish.keep, spares=wish.spares, strength=strength)
    return replace(_strengthened(_asked(tokens), strength), strength=strength)


def _asked(tokens: Sequence[Token]) -> Wish:
    if thing := objects.object_in(tokens):
        is_refused = any(token.word in words.NEGATIONS for token in tokens[: thing.start])
        return Wish(forbids=True) if is_refused else Wish((thing.op,), is_object=True)
    hits = senses_in(tokens)
    ops = tuple(dict.fromkeys(hit.op for hit in hits if hit.op is not None))
    if ops:
        return Wish(ops)
    if hits:
        return Wish(forbids=True)
    unknown = objects.unnamed(tokens)
    return Wish((unknown,), is_object=True) if unknown else Wish()


def _strength(tokens: Sequence[Token]) -> Strength | None:
    if words.SLIGHT.first(tokens):
        return "slight"
    strong = words.STRONG.first(tokens)
    return "strong" if strong and strong[1] != "too much" else None


def _strengthened(wish: Wish, strength: Strength | None) -> Wish:
    if strength is None:
        return wish
    return replace(wish, ops=tuple(replace(op, strength=strength) for op in wish.ops))


def _keeping(tokens: Sequence[Token], text: str) -> tuple[Wish, int] | None:
    """Read "keep her face", "leave clip 5 as it is"; also return where it starts."""
    for index, token in enumerate(tokens):
        if token.word in words.KEEPING and not OPERATIONS.at(tokens, index):
            return _kept(tokens[index + 1 :], text), index
    return None


def _forbidding(tokens: Sequence[Token], text: str) -> tuple[Wish, int] | None:
    """Read "don't touch the sky", "nothing else changes", "clip 2 stays the way it is"."""
    if any(token.word in _ELSE for token in tokens) and not senses_in(tokens):
        return Wish(keep=("everything else",)), 0
    for index in range(len(tokens)):
        found = words.STAYING.at(tokens, index)
        if found and (forbidden := _forbidden(tokens, index, found, text)):
            return forbidden
    return None


def _forbidden(
    tokens: Sequence[Token], index: int, found: tuple[str, int], text: str
) -> tuple[Wish, int] | None:
    phrase, stop = found
    if phrase == "the same" and _BEING.isdisjoint(token.word for token in tokens):
        return None
    if phrase in _STAYS and tokens[0].is_mark:
        return Wish(spares=True), 0
    refusal = next((at for at in range(index) if tokens[at].word in words.NEGATIONS), None)
    if phrase in _SIMULTANEOUS or (phrase in _TOUCHING and refusal is None):
        return None
    if phrase in _TOUCHING and phrase != "be touched":
        return _kept(tokens[stop:], text), refusal or 0
    return _kept([*tokens[:index], *tokens[stop:]], text), 0


def _kept(tokens: Sequence[Token], text: str) -> Wish:
    """Return the wish to leave alone what these tokens name: clips, or things in them."""
    if any(token.is_mark for token in tokens) and not any(map(words.is_foreign, tokens)):
        return Wish(spares=True)
    row = [token for token in tokens if not token.is_mark]
    while row and row[0].word in _LEADING | words.NEGATIONS:
        row.pop(0)
    cut = words.STAYING.first(row)
    if cut and (cut[0] or cut[2] == len(row)):
        row = row[: cut[0]]
    while row and row[-1].word in _TRAILING:
        row.pop()
    kept = span_text(text, row).strip(" ,.;:!?\"'")
    return Wish(keep=(kept or "everything else",))
