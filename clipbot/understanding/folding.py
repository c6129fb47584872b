"""Pieces folded into edits: who gets which change.

Going through the pieces in order, a wish belongs to the clips named in its piece, else
to the clips named just before it, else to those named right behind. Clips that are to
be left alone are taken out of everything at the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from clipbot.domain.plan import Operation, Strength
from clipbot.understanding import words
from clipbot.understanding.mention import Mention
from clipbot.understanding.pieces import CLIP_MARK, Piece
from clipbot.understanding.tokens import Token
from clipbot.understanding.vocabulary import inverse
from clipbot.understanding.wishes import Wish, read_wish

_REACH = 5
"""Words in which an exception in front of a mention is looked for."""


@dataclass(slots=True)
class Target:
    """Which clips a group is for."""

    clips: set[int] = field(default_factory=set)
    missing: list[str] = field(default_factory=list)
    is_rest: bool = False
    is_pointed: bool = False
    """Whether it only points: "this clip", "those"."""

    def join(self, other: "Target") -> None:
        """Take another target's clips in."""
        self.clips |= other.clips
        self.missing += other.missing
        self.is_rest |= other.is_rest
        self.is_pointed &= other.is_pointed


@dataclass(slots=True)
class Group:
    """One edit in the making."""

    target: Target | None
    ops: list[Operation] = field(default_factory=list)
    keep: list[str] = field(default_factory=list)
    rows: list[tuple[Token, ...]] = field(default_factory=list)
    sentence: int = 0


@dataclass(slots=True)
class Fold:
    """All groups of a text, and what it says beside them."""

    groups: list[Group] = field(default_factory=list)
    waiting: Target | None = None
    """Clips named without a wish so far."""
    spared: Target = field(default_factory=Target)
    keep: list[str] = field(default_factory=list)
    """What to keep, said before any wish."""
    strength: Strength | None = None
    has_wish: bool = False
    """Whether anything was read as a wish, be it a refusal."""


def fold(pieces: Sequence[Piece], text: str, talked: Target | None = None) -> Fold:
    """Fold the pieces of a text.

    Args:
        pieces: What is to be done; questions are left out.
        text: What the person typed.
        talked: Clips that a question in the same text was about.
    """
    folded = Fold()
    for piece in pieces:
        wish = read_wish(piece.tokens, text)
        meant, taken_out = _sorted_out(piece)
        if spared := target_of(taken_out):
            folded.spared.join(spared)
        _take(folded, piece, wish, target_of(meant))
    _settle_waiting(folded)
    for group in folded.groups:
        group.target = group.target or talked
    return folded


def target_of(mentions: Sequence[Mention]) -> Target | None:
    """Return what the mentions of one piece name together; clear ones beat vague ones."""
    clear = [each for each in mentions if not each.is_vague and not each.is_anaphor]
    chosen = clear or [each for each in mentions if each.is_vague] or list(mentions)
    if not chosen:
        return None
    target = Target(is_pointed=all(each.is_anaphor for each in chosen))
    for each in chosen:
        target.clips.update(each.clips)
        target.missing += each.missing
        target.is_rest |= each.is_rest
    return target


def _take(folded: Fold, piece: Piece, wish: Wish, target: Target | None) -> None:
    folded.strength = wish.strength or folded.strength
    folded.has_wish |= bool(wish.ops or wish.keep or wish.forbids or wish.spares)
    if wish.spares or _is_praised(piece, wish):
        if target and not target.is_rest:
            folded.spared.join(target)
        elif target:
            wish = replace(wish, keep=("everything else",))
    elif target and _is_less(piece, wish, folded):
        folded.groups.append(
            Group(target, [inverse(op) or op for op in folded.groups[-1].ops], [], [piece.tokens])
        )
    elif wish.ops:
        _take_wish(folded, piece, wish, target)
    elif target and not (target.is_pointed and wish.keep):
        _take_target(folded, piece, target)
    _take_keep(folded, wish)


def _take_wish(folded: Fold, piece: Piece, wish: Wish, target: Target | None) -> None:
    last = folded.groups[-1] if folded.groups else None
    if target is None or (target.is_pointed and (folded.waiting or last)):
        if folded.waiting is None and last:
            last.ops += wish.ops
            last.rows.append(piece.tokens)
            return
        target = folded.waiting or target
    elif last and last.target is None and last.sentence == piece.sentence and not _leads(piece):
        last.target = target
        last.ops += wish.ops
        last.rows.append(piece.tokens)
        return
    elif folded.waiting:
        target.join(folded.waiting)
    folded.waiting = None
    row = [piece.tokens]
    folded.groups.append(Group(target, list(wish.ops), [], row, piece.sentence))


def _take_target(folded: Fold, piece: Piece, target: Target) -> None:
    last = folded.groups[-1] if folded.groups else None
    if last and last.target is None and last.sentence == piece.sentence:
        last.target = target
    elif folded.waiting:
        folded.waiting.join(target)
    else:
        folded.waiting = target


def _take_keep(folded: Fold, wish: Wish) -> None:
    (folded.groups[-1].keep if folded.groups else folded.keep).extend(wish.keep)


def _settle_waiting(folded: Fold) -> None:
    """Give clips named at the very end the wish before them: "clip 3 brighter, clip 5 too"."""
    if folded.groups:
        folded.groups[0].keep[:0] = folded.keep
        if folded.waiting:
            last = folded.groups[-1]
            if last.target is None or last.target.is_pointed:
                last.target = folded.waiting
            else:
                last.target.join(folded.waiting)
            folded.waiting = None


def _leads(piece: Piece) -> bool:
    """Whether a piece names its clips before its wish."""
    return piece.tokens[0].is_mark


def _is_praised(piece: Piece, wish: Wish) -> bool:
    """Whether a piece says that its clips are fine as they are: "clip 3 is great"."""
    row = {token.word for token in piece.tokens}
    is_said = not row.isdisjoint({"is", "are", "looks", "look", "'s", "love"})
    is_limited = words.EXCLUSIONS.first(piece.tokens) is not None
    return not wish.ops and is_said and not is_limited and not row.isdisjoint(words.PRAISE)


def _is_less(piece: Piece, wish: Wish, folded: Fold) -> bool:
    """Whether a piece turns the wish before it around: "clip 3 less"."""
    return not wish.ops and bool(folded.groups) and piece.tokens[-1].word == "less"


def _sorted_out(piece: Piece) -> tuple[list[Mention], list[Mention]]:
    """Return the mentions that are meant, and those taken out: "except 4", "not the choruses".

    What is only compared with is neither: "brighter than clip 2".
    """
    meant: list[Mention] = []
    taken_out: list[Mention] = []
    places = [index for index, token in enumerate(piece.tokens) if token.word == CLIP_MARK]
    for index, mention in zip(places, piece.mentions, strict=True):
        before = piece.tokens[max(0, index - _REACH) : index]
        if before and before[-1].word == "than":
            continue
        (taken_out if _is_taken_out(before) else meant).append(mention)
    return meant, taken_out


def _is_taken_out(before: Sequence[Token]) -> bool:
    row = list(before)
    while row and row[-1].word in {"in", "for", "on", "to", "from"}:
        row.pop()
    for start in range(len(row)):
        found = words.EXCLUSIONS.at(row, start)
        if found and found[1] == len(row):
            return True
    return bool(row) and row[-1].word in {"not", "neither", "nor"}
