"""What a piece remarks of its clips: that they are fine, that they want the same, or less of it."""

from collections.abc import Sequence
from dataclasses import replace

from clipbot.domain.plan import Kind, Operation
from clipbot.understanding import mending, words
from clipbot.understanding.found import word_set
from clipbot.understanding.measures import ADJECTIVES, COMPARATIVES, REMEDIES
from clipbot.understanding.phrases import phrase_set
from clipbot.understanding.pieces import Piece
from clipbot.understanding.telling import WISHING
from clipbot.understanding.tokens import CLIP_MARK, Token
from clipbot.understanding.vocabulary import OPERATIONS, QUANTITIES, SCALARS, inverse
from clipbot.understanding.wishes import Wish

_COMPARING = frozenset({"less", "more", "fewer", "up", "down", "lower", "higher"})
_DIRECTIONS = {
    "in": ("zoom push dolly", "in"),
    "out": ("zoom push dolly", "out"),
    "left": ("pan truck", "left"),
    "right": ("pan truck", "right"),
    "up": ("tilt crane", "up"),
    "down": ("tilt crane", "down"),
}
_BESIDE = word_set("and on for but the to it instead then now please clip go goes")
_LISTING = frozenset({":", "(", "->", "=>", "\u2192"})
_OPPOSITE = phrase_set(
    "the opposite, opposite, the other way, other way, the other way round, the other way around,"
    " the reverse, vice versa, the contrary"
)
_LIKING = 5
"""Words of "I really like clip 2"."""
_DIFFERING = phrase_set(
    "differ, differs, don't match, do not match, doesn't match, does not match, clash, clashes,"
    " mismatch, mismatched, too different, very different, far apart, don't fit together"
)
"""What says that clips are no match, whatever of them is to change."""
_STATING = word_set("is are 's looks look feels feel seems seem has have got gets shows")
_COMING = word_set("come comes go goes bring pull take move drop lift raise turn let must")
LESS = frozenset({"less", "fewer", "down", "lower"})
ALSO = word_set("too also likewise same ditto similarly well")
ALSO_AROUND = ALSO | mending.AROUND | word_set("and so does as well goes do is needs wants this")


def leads(piece: Piece) -> bool:
    """Whether a piece names its clips before its wish."""
    return piece.tokens[0].is_mark


def is_praised(piece: Piece, wish: Wish) -> bool:
    """Whether a piece says that its clips are fine as they are: "clip 3 is great"."""
    row = {token.word for token in piece.tokens}
    is_liked = piece.tokens[0].word in {"i", "we"} and len(piece.tokens) <= _LIKING
    if is_liked and not row.isdisjoint({"like", "adore", "enjoy"}) and not wish.ops:
        return words.NEGATIONS.isdisjoint(row) and words.EXCLUSIONS.first(piece.tokens) is None
    is_said = not row.isdisjoint({"is", "are", "looks", "look", "'s", "love"})
    is_said |= bool(piece.mentions) and all(
        token.is_mark or token.word in words.PRAISE for token in piece.tokens
    )
    is_limited = words.EXCLUSIONS.first(piece.tokens) is not None
    is_denied = not words.NEGATIONS.isdisjoint(row)
    if words.FINISHED.first(piece.tokens) and not (wish.ops or is_limited or is_denied):
        return True
    return not wish.ops and is_said and not is_limited and not row.isdisjoint(words.PRAISE)


def is_fine(piece: Piece, wish: Wish) -> bool:
    """Whether all is fine but what is excepted: "all good except clip 9, too bright"."""
    row = {token.word for token in piece.tokens}
    is_all = all(each.is_vague or each.is_rest for each in piece.mentions[:1])
    is_all |= piece.tokens[0].word in {"all", "everything"}
    return is_all and not wish.ops and not row.isdisjoint(words.PRAISE)


def is_too(piece: Piece, wish: Wish) -> bool:
    """Whether a piece says the same of its clips: "clip 2 is great, clip 4 too"."""
    row = {token.word for token in piece.tokens if not token.is_mark}
    return not wish.ops and not row.isdisjoint(ALSO) and row <= ALSO_AROUND


def is_compared(piece: Piece, wish: Wish) -> bool:
    """Whether a piece only says more or less of something for its clips: "less in clip 4"."""
    row = {token.word for token in piece.tokens if not token.is_mark}
    is_comparing = bool(row & _COMPARING) and row <= _COMPARING | mending.AROUND
    return not wish.ops and is_comparing


def heading(piece: Piece) -> Kind | None:
    """Return the quantity that is all a piece says: the "contrast" of "contrast: more in 3"."""
    row = [token for token in piece.tokens if token.word not in words.DETERMINERS]
    found = QUANTITIES.at(row, 0) if row else None
    return found[0] if found and found[1] == len(row) else None


def compared(
    piece: Piece, ops: Sequence[Operation], rows: Sequence[Sequence[Token]]
) -> list[Operation]:
    """Return the last wish, turned where it is now "less", or "more" after "less light"."""
    is_less = any(token.word in {"less", "fewer"} for token in piece.tokens)
    row = {token.word for token in piece.tokens}
    for words_said, direction in (({"down", "lower"}, "down"), ({"up", "higher"}, "up")):
        if not words_said.isdisjoint(row):
            return [replace(op, direction=direction) if op.kind in SCALARS else op for op in ops]
    was_less = any(
        not _COMPARING.isdisjoint({token.word for token in row} - {"more"}) for row in rows
    )
    return [(inverse(op) or op) if is_less != was_less else op for op in ops]


def steered(piece: Piece, ops: Sequence[Operation]) -> tuple[Operation, ...]:
    """Return the last wishes turned where one word of direction is all: "clip 6: out"."""
    row = {token.word for token in piece.tokens if not token.is_mark}
    if found := _OPPOSITE.first(piece.tokens):
        rest = {t.word for t in (*piece.tokens[: found[0]], *piece.tokens[found[2] :])}
        turned = tuple(back for op in ops if (back := inverse(op)))
        is_all = len(turned) == len(ops) and rest <= _BESIDE | {CLIP_MARK, "do"}
        return turned if is_all else ()
    said = [token.word for token in piece.tokens if token.word in _DIRECTIONS]
    if len(ops) != 1 or not said or not row <= _DIRECTIONS.keys() | _BESIDE:
        return ()
    op, (family, direction) = ops[0], _DIRECTIONS[said[0]]
    if op.kind is Kind.CAMERA and op.direction and op.direction.split("_")[0] in family:
        return (replace(op, direction=f"{op.direction.split('_')[0]}_{direction}"),)
    return ()


def is_exclaimed(piece: Piece) -> bool:
    """Whether a piece goes on praising: the "so bright and fast" of "lovely, so bright"."""
    row = [token for token in piece.tokens if token.word not in {"so", "really", "such", "very"}]
    found = ADJECTIVES.at(row, 0) if row else None
    return found is not None and found[1] == len(row)


def differs(piece: Piece) -> bool:
    """Whether a piece only says that clips are no match: "3 and 4 differ in brightness"."""
    return _DIFFERING.first(piece.tokens) is not None and bool(piece.mentions)


def fallen_behind(piece: Piece) -> Operation | None:
    """Return what would mend that a clip is "darker than" another, or "has less colour than" it."""
    row = [token.word for token in piece.tokens]
    than = row.index("than") if "than" in row else 0
    is_told = not _STATING.isdisjoint(row[:than]) and WISHING.isdisjoint(row[:than])
    if not is_told or not piece.mentions:
        return None
    lead = piece.tokens[:than]
    if found := COMPARATIVES.first(lead):
        kind = REMEDIES.get(found[1].value)
        return Operation(kind, "down" if found[1].is_high else "up") if kind else None
    amount = QUANTITIES.first(lead)
    is_less = not LESS.isdisjoint(row[:than])
    return Operation(amount[1], "up" if is_less else "down") if amount else None


def quantity_in(piece: Piece) -> Kind | None:
    """Return what can be more or less that a piece names, if it is one."""
    found = QUANTITIES.first(piece.tokens)
    return found[1] if found else None


def refused(piece: Piece) -> Kind | None:
    """Return what a piece wants no more or less of: "clip 9 doesn't need more contrast"."""
    said = OPERATIONS.first(piece.tokens)
    return said[1].kind if said and said[1].kind in SCALARS else quantity_in(piece)


def moved(piece: Piece) -> str | None:
    """Return which way a piece wants a quantity to go, where it says no more: "4 comes down"."""
    row = {token.word for token in piece.tokens if not token.is_mark}
    if not row <= _COMING | _COMPARING | mending.AROUND or row.isdisjoint(_COMPARING):
        return None
    return "up" if row.isdisjoint(LESS) else "down"


def heads(following: Piece | None) -> bool:
    """Whether the next piece only lists clips behind a colon: "brighter: 2 and 3"."""
    if following is None or following.link not in _LISTING:
        return False
    return all(token.word == CLIP_MARK or token.word in _BESIDE for token in following.tokens)


def tells(token: Token) -> bool:
    """Whether a word says something of clips rather than lists them."""
    return words.is_foreign(token) or token.word in {"is", "are", "looks", "feels"}
