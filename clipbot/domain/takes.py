"""Takes: several versions of one clip that are made at once, for a person to choose from.

A take never enters the film by itself. It is *offered* until one of its batch is kept, or
all are turned down; then it is a version like any other, which can be restored.

Where asking again gives other footage, takes differ by their seeds. Where it gives the
same again (looks on this machine do, by design), they differ by how strongly the wish is
carried out: three times the same picture would be no choice.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from clipbot.domain.plan import Edit, Kind, Operation, Strength

MOST = 4
"""Takes at once: what can be looked at side by side."""
TAKE = "take"
"""Set in the stored verdict of a take, with its place in its batch."""
_ORDER: tuple[Strength, ...] = ("slight", "medium", "strong")
_AGAIN = Operation(Kind.REGENERATE)


@dataclass(frozen=True, slots=True)
class Take:
    """One of several versions to be made at once."""

    number: int
    """From 1."""
    count: int
    """How many there are."""
    base: int
    """The version whose footage it starts from."""
    like: int | None = None
    """The version whose wish and prompt it repeats; None: it is of a new wish."""
    strength: Strength | None = None
    """How strongly the wish is carried out; None: as it was said, and the seed differs."""
    temperature: float | None = None
    """As of the version that it is like; None: as the wish asks for."""

    @property
    def name(self) -> str:
        """Its name for people: "Take 1 of 3", with what is special about it."""
        return f"Take {self.number} of {self.count}" + (
            f", {self.strength}" if self.strength else ""
        )


def is_again(edit: Edit) -> bool:
    """Whether an edit asks for the same once more, and for nothing else."""
    return all(op.kind is Kind.REGENERATE for op in edit.ops)


def again(number: int) -> Edit:
    """Return the wish of a version that nobody asked for in words: the clip, made once more."""
    return Edit((number,), (_AGAIN,), "make it once more")


def strengthened(edit: Edit, strength: Strength | None) -> Edit:
    """Return an edit of which every operation has a strength; None leaves it as it is."""
    if strength is None:
        return edit
    ops = tuple(Operation(op.kind, op.direction, strength) for op in edit.ops)
    return Edit(edit.clips, ops, edit.instruction, edit.keep)


def others(
    edit: Edit,
    able: Sequence[Strength],
    count: int,
    made: Collection[tuple[Operation, ...]] = (),
) -> tuple[Strength, ...]:
    """Return the strengths of the takes where only these make a difference, rising.

    Args:
        edit: The wish.
        able: Strengths that give footage different from each other's.
        count: How many takes are wanted.
        made: The operations of versions that are there already, of the same footage.

    Returns:
        At most `count`; fewer where there is no more to choose from. Nearest to what was
        said come first, of two equally near the stronger one.
    """
    left = [each for each in able if strengthened(edit, each).ops not in made]
    middle = sum(_ORDER.index(op.strength) for op in edit.ops) / max(1, len(edit.ops))
    nearest = sorted(left, key=lambda each: (abs(_ORDER.index(each) - middle), -_ORDER.index(each)))
    return tuple(sorted(nearest[:count], key=_ORDER.index))
