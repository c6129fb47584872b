"""What the talk was last about: a change, of which clips, and whether it was carried out."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from clipbot.domain.plan import Edit, Operation, Strength
from clipbot.understanding.context import Context

_STEPS: tuple[Strength, ...] = ("slight", "medium", "strong")


@dataclass(frozen=True, slots=True)
class LastChange:
    """The change that a short answer is about."""

    edits: tuple[Edit, ...] = ()
    """Those with a wish in them; none: there was no change."""
    is_pending: bool = False
    """Whether it is not in the film: then less of it is a smaller step, not a step back."""


def last_change(context: Context, preferred: Collection[int] = ()) -> LastChange:
    """Return the last change of the preferred clips if there was one, else the last of all."""
    changes = list(_changes(context))
    own = (each for each in changes if _is_of(each, preferred))
    return next(own, next(iter(changes), LastChange()))


def stepped(ops: Sequence[Operation], step: int) -> list[Operation]:
    """Make what was only planned stronger or weaker by some steps."""
    last = len(_STEPS) - 1
    return [
        replace(op, strength=_STEPS[min(last, max(0, _STEPS.index(op.strength) + step))])
        for op in ops
    ]


def _changes(context: Context) -> Iterator[LastChange]:
    """Yield the changes of the talk, the last one first."""
    for turn in reversed(context.history):
        if turn.plan and (edits := tuple(edit for edit in turn.plan.edits if edit.ops)):
            yield LastChange(edits, turn.is_pending)


def _is_of(change: LastChange, clips: Collection[int]) -> bool:
    return any(number in clips for edit in change.edits for number in edit.clips)
