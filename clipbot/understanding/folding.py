"""Pieces folded into edits: who gets which change.

Going through the pieces in order, a wish belongs to the clips named in its piece, else
to the clips named just before it, else to those named right behind. Clips that are to
be left alone are taken out of everything at the end.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from clipbot.domain.plan import Kind, Operation
from clipbot.understanding import mending, remarks, words
from clipbot.understanding.aims import Target, sorted_out, target_of
from clipbot.understanding.carrying import carried, outdone
from clipbot.understanding.found import word_set
from clipbot.understanding.groups import Fold, Group
from clipbot.understanding.pieces import CORRECTION, Piece
from clipbot.understanding.tokens import CLIP_MARK
from clipbot.understanding.wishes import Wish, is_denied_shortly, read_wish

_JOINING = frozenset({"and", "or", "nor", "&"})
_ADDING = frozenset({"and", "or", "nor", "&", ","})
_HEADING = frozenset({":", "->", "=>", "\u2192", "-", "\u2013", "\u2014"})
_LIMITING = frozenset({"but", "yet", ",", "though", "only", "-", "\u2013", "\u2014"})
_LIMITED = word_set(
    "but only just though still however too bit little tad touch slightly maybe could needs need"
    " except needing wants lacks lacking less more"
)
"""Words of a wish for clips that were just praised: "clip 3 is great, just a bit dark"."""
_VAGUE = word_set(
    "eyes lifeless boring bland tired dead empty unexciting meh tedious uninspired uninteresting"
)
"""Words of a complaint that any wish may mend."""
_RESOLVING = frozenset({"just", "simply", "so"})
"""What begins a wish that a complaint before it leads up to."""
_THINGS = frozenset({Kind.ADD, Kind.SUBJECT, Kind.BACKGROUND, Kind.REMOVE, Kind.OTHER})


def fold(pieces: Sequence[Piece], text: str, talked: Target | None = None) -> Fold:
    """Fold the pieces of a text.

    Args:
        pieces: What is to be done; questions are left out.
        text: What the person typed.
        talked: Clips that a question in the same text was about.
    """
    folded = Fold()
    was_taken_out = False
    for piece, following in zip_longest(pieces, pieces[1:]):
        if _is_remark(folded, piece):
            continue
        is_headed = folded.waiting is not None and piece.link in _HEADING
        is_headed |= folded.is_of_thing and piece.link in _ADDING
        wish = read_wish(piece.tokens, text, is_headed=is_headed)
        meant, taken_out = sorted_out(piece)
        wish = carried(wish, piece, meant, folded, talked)
        if was_taken_out and piece.link in _JOINING and not wish.ops:
            meant, taken_out = [], [*meant, *taken_out]
        if taken_out and remarks.is_fine(piece, wish):
            meant, taken_out = taken_out, []
            wish = replace(wish, is_limited=True)
        is_last_out = bool(taken_out) and piece.mentions[-1:] == tuple(taken_out[-1:])
        is_at_end = piece.tokens[-1].word == CLIP_MARK and is_last_out
        was_taken_out = bool(taken_out) and (not meant or is_at_end)
        target = target_of(meant)
        wish = outdone(wish, piece, target)
        if spared := target_of(taken_out):
            folded.spared.join(spared)
        if piece.link == CORRECTION or (
            target and not wish.ops and any(t.word == "instead" for t in piece.tokens)
        ):
            _take_back(folded, wish, target)
        target = _settle_praise(folded, piece, wish, target)
        if _elaborates(folded, piece, target) or _heads(folded, piece, following, wish, target):
            continue
        folded.is_of_thing = wish.is_object
        folded.is_shown = not wish.ops and (
            mending.shows(piece.tokens) or any(map(words.is_foreign, piece.tokens))
        )
        _take(folded, piece, wish, target)
        folded.excepted |= spared.clips if spared else set()
    _settle(folded, talked)
    return folded


def _settle(folded: Fold, talked: Target | None) -> None:
    """Give what is left open at the end: wishes without clips, clips that were praised."""
    _settle_waiting(folded)
    if folded.praised:
        folded.spared.join(folded.praised)
    for group in folded.groups:
        if group.target is None or (group.target.is_pointed and not group.target.clips):
            group.target = talked or group.target


def _is_remark(folded: Fold, piece: Piece) -> bool:
    """Take a piece that asks for nothing itself: clips that differ, praise that goes on."""
    if remarks.differs(piece):
        folded.quantity = remarks.quantity_in(piece)
        folded.is_differing = folded.has_wish = True
        return True
    return folded.was_praised and remarks.is_exclaimed(piece)


def _elaborates(folded: Fold, piece: Piece, target: Target | None) -> bool:
    """Take a piece that only says more of a thing: "change the sky: stars", "maybe a rooftop"."""
    if target is not None or not folded.groups or not folded.is_of_thing:
        return False
    is_guess = piece.tokens[0].word in {"maybe", "perhaps", "like", "say", "with", "something"}
    says_more = piece.link == ":" or (is_guess and piece.link == ",")
    folded.groups[-1].rows.extend([piece.tokens] * says_more)
    return says_more


def _heads(
    folded: Fold, piece: Piece, following: Piece | None, wish: Wish, target: Target | None
) -> bool:
    """Begin an edit whose clips are listed behind it: "brighter: 2 and 3. Darker: 4"."""
    is_heading = bool(wish.ops) and target is None and remarks.heads(following)
    if is_heading:
        folded.groups.append(Group(None, list(wish.ops), [], [piece.tokens], piece.sentence))
        folded.has_wish, folded.waiting = True, None
    return is_heading


def _take(folded: Fold, piece: Piece, wish: Wish, target: Target | None) -> None:
    folded.strength = wish.strength or folded.strength
    folded.quantity = remarks.heading(piece) or folded.quantity
    folded.quantity = (remarks.refused(piece) if wish.forbids else None) or folded.quantity
    folded.has_wish |= bool(wish.ops or wish.keep or wish.forbids or wish.spares)
    target = _set_against(folded, wish, target) if folded.waiting else target
    target = target or _waiting(folded, is_meant=_is_less(piece, wish, folded))
    is_praised = (not wish.is_limited and remarks.is_praised(piece, wish)) or (
        folded.was_praised and remarks.is_too(piece, wish)
    )
    folded.was_praised = is_praised
    is_of_waiting = is_praised and not wish.spares and piece.tokens[0].word != "which"
    target = target or _waiting(folded, is_meant=is_of_waiting)
    if is_praised and not wish.spares and target and not target.is_rest:
        folded.praised = target
    elif wish.spares or is_praised:
        wish = _spare(folded, piece, wish, target)
    elif target and folded.groups and _is_less(piece, wish, folded):
        folded.groups.append(
            Group(
                target,
                remarks.compared(piece, folded.groups[-1].ops, folded.groups[-1].rows),
                [],
                [piece.tokens],
            )
        )
    elif target and folded.quantity and remarks.is_compared(piece, wish):
        is_less = not remarks.LESS.isdisjoint(token.word for token in piece.tokens)
        op = Operation(folded.quantity, "down" if is_less else "up", wish.strength or "medium")
        folded.groups.append(Group(target, [op], [], [piece.tokens]))
    elif (
        folded.waiting
        and folded.groups
        and not (wish.ops or target)
        and remarks.is_too(piece, wish)
    ):
        folded.groups.append(replace(folded.groups[-1], target=folded.waiting))
        folded.waiting = None
    elif target and not wish.ops and _is_also(piece, folded):
        folded.groups.append(
            replace(folded.groups[-1], target=target, rows=[*folded.groups[-1].rows])
        )
    elif wish.ops:
        _take_wish(folded, piece, wish, target)
    elif target and not (wish.keep and (target.is_pointed or folded.groups)):
        _take_target(folded, piece, target)
    _take_keep(folded, wish)


def _waiting(folded: Fold, *, is_meant: bool) -> Target | None:
    """Return the clips that were named before without a wish, if a piece is about them."""
    if not is_meant:
        return None
    waiting, folded.waiting = folded.waiting, None
    return waiting


def _set_against(folded: Fold, wish: Wish, target: Target | None) -> Target | None:
    """Return whom a piece is for, given the clips named before it without a wish.

    "The rest" leaves them alone, "everything" is all of them, "no edits there" is about them.
    """
    waiting = folded.waiting or Target()
    if wish.spares and (target is None or target.is_pointed):
        folded.waiting = None
        return waiting
    if target is None:
        return None
    if target.is_rest and not waiting.is_rest:
        folded.spared.join(waiting)
        folded.spared.missing += ["such wish"] * folded.is_unread
        folded.waiting = None
    if target.is_within:
        folded.waiting = None
    return None if target.is_vague and waiting.clips else target


def _spare(folded: Fold, piece: Piece, wish: Wish, target: Target | None) -> Wish:
    """Take clips out that are to be left alone; what is left of the video is to be kept."""
    if target and target.is_rest:
        return replace(wish, keep=("everything else",))
    is_listed = piece.link in _ADDING and not is_denied_shortly(piece.tokens)
    if target and folded.waiting and is_listed:
        target.join(folded.waiting)
        folded.waiting = None
    if target:
        folded.spared.join(target)
    return wish


def _is_also(piece: Piece, folded: Fold) -> bool:
    """Whether a piece gives its clips the wish before it: "and 9 too"."""
    row = {token.word for token in piece.tokens if not token.is_mark}
    last = folded.groups[-1] if folded.groups else None
    is_known = last is not None and last.target is not None and not last.target.is_rest
    return is_known and not row.isdisjoint(remarks.ALSO) and row <= remarks.ALSO_AROUND


def _take_wish(folded: Fold, piece: Piece, wish: Wish, target: Target | None) -> None:
    last = folded.groups[-1] if folded.groups else None
    if target is None or (target.is_pointed and (folded.waiting or last)):
        if folded.waiting is None and last:
            is_overdone = any(token.word == "too" for token in last.rows[-1])
            if (last.is_complaint or is_overdone) and mending.calms(piece.tokens):
                last.rows.append(piece.tokens)
                return
            is_resolved = last.is_complaint and (
                not _RESOLVING.isdisjoint(token.word for token in piece.tokens[:2])
                or _is_general(last, piece)
            )
            last.ops = list(wish.ops) if is_resolved else [*last.ops, *wish.ops]
            last.is_complaint &= wish.is_complaint
            last.rows.append(piece.tokens)
            return
        target = folded.waiting or target
    elif (
        last
        and last.target is None
        and last.sentence == piece.sentence
        and not remarks.leads(piece)
    ):
        last.target = target
        last.ops += wish.ops
        last.rows.append(piece.tokens)
        return
    elif folded.waiting and folded.is_listing:
        target.join(folded.waiting)
    folded.waiting = None
    row = [piece.tokens]
    group = Group(target, list(wish.ops), [], row, piece.sentence)
    group.is_named_again = _is_named_again(folded, target)
    group.is_complaint = wish.is_complaint
    folded.groups.append(group)


def _is_general(last: Group, piece: Piece) -> bool:
    """Whether a complaint only leads up to a wish: "feels lifeless, more saturation please"."""
    is_of_mood = all(op.kind is Kind.MOOD for op in last.ops)
    is_of_eyes = any(token.word in _VAGUE for token in last.rows[-1])
    return piece.link not in {"and", "but", "plus", "then"} and (is_of_mood or is_of_eyes)


def _is_named_again(folded: Fold, target: Target | None) -> bool:
    """Whether clips that were taken out of a wish before are now given one of their own."""
    if target is None or target.is_rest or not target.clips:
        return False
    return target.clips <= folded.excepted


def _take_target(folded: Fold, piece: Piece, target: Target) -> None:
    last = folded.groups[-1] if folded.groups else None
    if last and last.target is None and last.sentence == piece.sentence:
        row = {token.word for token in piece.tokens}
        target.has_pointed = piece.link in _ADDING and not remarks.ALSO.isdisjoint(row)
        last.target = target
    elif folded.waiting and folded.is_listing:
        folded.waiting.join(target)
    else:
        folded.waiting = target
    folded.is_listing = not any(remarks.tells(token) for token in piece.tokens)
    row = {token.word for token in piece.tokens if not token.is_mark}
    folded.is_listed = row <= remarks.ALSO_AROUND
    folded.is_unread = any(map(words.is_foreign, piece.tokens))


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
            elif folded.waiting.is_pointed and not folded.is_listed:
                pass
            else:
                last.target.join(folded.waiting)
                is_thing = all(op.kind in _THINGS for op in last.ops)
                last.target.missing += ["such wish"] * (folded.is_unread and not is_thing)
            folded.waiting = None


def _is_less(piece: Piece, wish: Wish, folded: Fold) -> bool:
    """Whether a piece says the wish before it again, more or less of it: "clip 3 less"."""
    is_of_before = bool(folded.groups) or folded.quantity is not None
    return is_of_before and remarks.is_compared(piece, wish)


def _take_back(folded: Fold, wish: Wish, target: Target | None) -> None:
    """Forget what a correction says anew: "darken clip 2, no wait, clip 3"."""
    if target and folded.waiting:
        folded.waiting = None
    elif folded.groups and target and wish.ops:
        folded.groups.pop()
    elif folded.groups and target:
        folded.groups[-1].target = None
    elif folded.groups and wish.ops:
        folded.groups[-1].ops = []


def _settle_praise(folded: Fold, piece: Piece, wish: Wish, target: Target | None) -> Target | None:
    """Return whom a piece is about: "clip 3 is great but too dark" is about clip 3."""
    praised, folded.praised = folded.praised, None
    if praised is None:
        return target
    is_limited = piece.link != "," or not _LIMITED.isdisjoint(t.word for t in piece.tokens)
    if target is None and wish.ops and piece.link in _LIMITING and is_limited:
        return praised
    folded.spared.join(praised)
    folded.excepted |= praised.clips
    return target
