"""Which clips a piece is for: its mentions together, without those that are taken out."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from clipbot.domain.plan import Operation
from clipbot.understanding import words
from clipbot.understanding.context import Context
from clipbot.understanding.found import word_set
from clipbot.understanding.mention import Mention
from clipbot.understanding.pieces import Piece
from clipbot.understanding.tokens import CLIP_MARK, Token

_PREPOSITIONS = frozenset({"in", "for", "on", "to", "from", "the"})
_EXCEPTED = word_set("excepted excluded aside exempt exempted notwithstanding")
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
    has_pointed: bool = False
    """Whether clips in view are meant beside the named ones: "this one and clip 6"."""
    is_within: bool = False
    """Whether it was looked for in the clips that were named before it."""
    is_vague: bool = False
    """Whether it takes in whatever is meant: "everything"."""
    remedy: Operation | None = None
    """What mends the quality that the clips were named by."""

    def join(self, other: "Target") -> None:
        """Take another target's clips in."""
        self.clips |= other.clips
        self.missing += other.missing
        self.is_rest |= other.is_rest
        self.has_pointed |= other.has_pointed or self.is_pointed != other.is_pointed
        self.is_pointed &= other.is_pointed


def target_of(mentions: Sequence[Mention]) -> Target | None:
    """Return what the mentions of one piece name together; clear ones beat vague ones."""
    clear = [each for each in mentions if not each.is_vague and not each.is_anaphor]
    clear = [each for each in clear if each.is_within] or clear
    chosen = clear or [each for each in mentions if each.is_vague] or list(mentions)
    if not chosen:
        return None
    target = Target(is_pointed=all(each.is_anaphor for each in chosen))
    target.is_within = any(each.is_within for each in chosen)
    target.is_vague = all(each.is_vague for each in chosen)
    for each in chosen:
        target.clips.update(each.clips)
        target.missing += each.missing
        target.is_rest |= each.is_rest
        target.remedy = target.remedy or each.remedy
    return target


def resolved(target: Target | None, context: Context) -> tuple[int, ...]:
    """Return named clips, else the selected ones, else those that the talk is about."""
    if target and (target.clips or not (target.is_pointed or target.is_rest)):
        view = (context.selected or context.talked_about) if target.has_pointed else ()
        return tuple(sorted(target.clips.union(view)))
    if context.selected:
        return context.selected
    if len(context.clips) == 1:
        return context.numbers
    return context.talked_about


def sorted_out(piece: Piece) -> tuple[list[Mention], list[Mention]]:
    """Return the mentions that are meant, and those taken out: "except 4", "not the choruses".

    What is only compared with is neither: "brighter than clip 2".
    """
    meant: list[Mention] = []
    taken_out: list[Mention] = []
    places = [index for index, token in enumerate(piece.tokens) if token.word == CLIP_MARK]
    for index, mention in zip(places, piece.mentions, strict=True):
        before = piece.tokens[max(0, index - _REACH) : index]
        is_out = _is_taken_out(before) or _is_excepted(piece.tokens[index + 1 : index + 3])
        said = [token.word for token in before]
        is_equal = said[-1:] == ["as"] and "as" in said[:-1]
        is_likened = any(
            (found := words.REFERRING.at(before, at)) and found[1] == len(before)
            for at in range(len(before))
        )
        if (said[-1:] == ["than"] or is_equal or is_likened) and not is_out:
            continue
        (taken_out if is_out else meant).append(mention)
    return meant, taken_out


def is_left_over(piece: Piece) -> bool:
    """Whether a piece takes clips out, or shares wishes out, in a way that nobody understood."""
    row = {token.word for token in piece.tokens}
    if "respectively" in row:
        return True
    return not piece.mentions and not row.isdisjoint({"excluded", "excepted", "exempted"})


def _is_excepted(behind: Sequence[Token]) -> bool:
    """Whether an exception follows its clips: "clip 3 excepted", "the intro left out"."""
    row = [token.word for token in behind]
    return row[:1] != [] and (row[0] in _EXCEPTED or row in (["left", "out"], ["not", "included"]))


def _is_taken_out(before: Sequence[Token]) -> bool:
    for length in range(3):
        row = before[: len(before) - length]
        if {token.word for token in before[len(row) :]} - _PREPOSITIONS:
            return False
        for start in range(len(row)):
            found = words.EXCLUSIONS.at(row, start)
            is_noun = found and found[0] == "bar" and row[start - 1].word in words.DETERMINERS
            if found and found[1] == len(row) and not (is_noun and start):
                return True
        if row and row[-1].word in {"not", "neither", "nor", "apart", "aside"}:
            return True
        if [token.word for token in row[-2:]] in (["instead", "of"], ["rather", "than"]):
            return True
    return False
