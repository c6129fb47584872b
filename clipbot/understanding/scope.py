"""What narrows a choice of clips: "of the second verse", "in the first half", "of 3 to 7"."""

from collections.abc import Sequence

from clipbot.understanding.context import Context
from clipbot.understanding.found import skipped, word_at
from clipbot.understanding.numbered import numbered_at
from clipbot.understanding.phrases import phrase_set
from clipbot.understanding.portions import part_at, portion_at
from clipbot.understanding.sections import instances, section_at
from clipbot.understanding.tokens import Token
from clipbot.understanding.words import CLIP_NOUNS

_LINKS = frozenset({"of", "in", "from", "within", "among", "amongst", "out", "between", "during"})
_LINKS |= {"inside", "throughout", "across"}
_OF_ALL = phrase_set(
    """
    of them all, of all, of the lot, of the bunch, of the whole lot, of all the clips, of all
    clips, of all of them, out of all of them, out of them all, of all the shots, by far, in there,
    of the set
    """
)


def scope_at(tokens: Sequence[Token], index: int, context: Context) -> tuple[tuple[int, ...], int]:
    """Return the clips that a limit at `index` leaves, and where it ends; else all clips."""
    if index < len(tokens) and (whole := _OF_ALL.at(tokens, index)):
        return context.numbers, whole[1]
    if word_at(tokens, index) not in _LINKS or index + 1 >= len(tokens):
        return context.numbers, index
    for read in (portion_at, numbered_at):
        found = read(tokens, index + 1, context)
        if found and found.clips and not found.missing:
            return found.clips, found.stop
    return _selected(tokens, index + 1, context) or part_at(tokens, index, context)


def _selected(
    tokens: Sequence[Token], index: int, context: Context
) -> tuple[tuple[int, ...], int] | None:
    """Read "of these", "of the selected ones", "among those"."""
    at = skipped(tokens, index, {"the", "my"})
    if word_at(tokens, at) not in {"these", "those", "selected", "them"}:
        return None
    clips = context.selected or context.talked_about
    return (clips, skipped(tokens, at + 1, CLIP_NOUNS | {"ones"})) if clips else None


def each_part(
    tokens: Sequence[Token], index: int, context: Context
) -> tuple[tuple[tuple[int, ...], ...], int] | None:
    """Read "of every chorus", "in both verses": the clips of each, apart."""
    if word_at(tokens, index) not in {"of", "in", "from"}:
        return None
    if word_at(tokens, index + 1) not in {"every", "each", "both", "all"}:
        return None
    found = section_at(tokens, index + 1, context)
    return (instances(found.clips, context), found.stop) if found and found.clips else None
