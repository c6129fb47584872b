"""Wishes that a piece has only by what was said before it: "bring it down", "lose it", "6: out"."""

from collections.abc import Sequence
from dataclasses import replace

from clipbot.domain.plan import Kind, Operation
from clipbot.understanding import mending, remarks, words
from clipbot.understanding.aims import Target, target_of
from clipbot.understanding.groups import Fold
from clipbot.understanding.mention import Mention
from clipbot.understanding.pieces import Piece
from clipbot.understanding.tokens import Token
from clipbot.understanding.vocabulary import OPERATIONS
from clipbot.understanding.wishes import Wish


def carried(
    wish: Wish, piece: Piece, meant: Sequence[Mention], folded: Fold, talked: Target | None
) -> Wish:
    """Return what a piece asks for, given what was said before it."""
    wish = _mended(wish, piece, _named(meant) or folded.waiting or talked)
    wish = _moved(_dropped(wish, piece, folded), piece, folded)
    return _measured(_settled(_steered(wish, piece, folded), piece), piece, folded)


def outdone(wish: Wish, piece: Piece, target: Target | None) -> Wish:
    """Return no wish where clips are only compared; their target then knows what mends it."""
    remedy = remarks.fallen_behind(piece) if target else None
    if target is None or remedy is None:
        return wish
    target.remedy = remedy
    return Wish()


def _named(meant: Sequence[Mention]) -> Target | None:
    """Return the clips of a piece, unless it only points at those before."""
    target = target_of(meant)
    return None if target and target.is_pointed else target


def _mended(wish: Wish, piece: Piece, target: Target | None) -> Wish:
    """Return what "bring it down" asks for where the clips were named by what is wrong."""
    if target is None or target.remedy is None or not mending.mends(piece.tokens):
        return wish
    return replace(wish, ops=(target.remedy,), forbids=False)


def _settled(wish: Wish, piece: Piece) -> Wish:
    """Return the wish to leave clips alone that "no edits there" is."""
    is_said = words.NO_EDITS.first(piece.tokens) is not None
    return Wish(spares=True) if is_said and piece.tokens[-1].word != "else" else wish


def _dropped(wish: Wish, piece: Piece, folded: Fold) -> Wish:
    """Return what "lose it" asks for behind a thing: "great except the sunshade, lose it"."""
    is_named = folded.is_unread and folded.waiting is not None
    is_told = is_named or folded.is_shown
    if is_told and mending.adds(piece.tokens):
        return replace(wish, ops=(Operation(Kind.ADD),), is_object=True)
    if not mending.drops(piece.tokens) or not is_told:
        return wish
    return replace(wish, ops=(Operation(Kind.REMOVE),), is_object=True)


def _moved(wish: Wish, piece: Piece, folded: Fold) -> Wish:
    """Return what "put it in 4" asks for behind a thing that was taken out, or put in."""
    if wish.ops or not folded.groups or not mending.moves(piece.tokens):
        return wish
    last = folded.groups[-1]
    said = [found for row in last.rows for found in _weathers(row)]
    ops = [replace(op, kind=Kind.ADD) if op.kind is Kind.REMOVE else op for op in last.ops]
    ops = said if said and len(ops) == 1 else ops
    return replace(wish, ops=tuple(ops))


def _steered(wish: Wish, piece: Piece, folded: Fold) -> Wish:
    """Return the last wish the other way: "clip 4: zoom in. Clip 6: out"."""
    ops = [op for group in folded.groups[-1:] for op in group.ops]
    is_meant = bool(piece.mentions) or folded.waiting is not None
    steered = remarks.steered(piece, ops) if is_meant and not wish.ops else ()
    return replace(wish, ops=steered) if steered else wish


def _measured(wish: Wish, piece: Piece, folded: Fold) -> Wish:
    """Return what "4 should come down" asks for behind a quantity in which clips differ."""
    is_plain = all(op.kind is Kind.OTHER for op in wish.ops)
    direction = remarks.moved(piece) if folded.is_differing and is_plain else None
    if direction is None or folded.quantity is None:
        return wish
    return Wish((Operation(folded.quantity, direction, wish.strength or "medium"),))


def _weathers(row: Sequence[Token]) -> list[Operation]:
    """Return the weathers that are named, whatever is asked of them."""
    found = (OPERATIONS.at(row, at) for at in range(len(row)))
    return [each[0] for each in found if each and each[0].kind is Kind.WEATHER][:1]
