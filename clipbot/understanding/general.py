"""A wish that is for no clip in particular, as a template holds it.

It is read against a video that is not there: whatever depends on the video shows by
that, without a list of words that name clips.
"""

from clipbot.domain.plan import Act, Edit
from clipbot.understanding.context import ClipFacts, Context
from clipbot.understanding.reading import understand

_CLIPS = 60
_SECONDS = 5.0
_SELECTED = (47, 31)
"""Whatever is for the selected clip is for either of these; "clip 47" is not."""


def edits_of(text: str, selected: int = _SELECTED[0]) -> tuple[Edit, ...]:
    """Return what a text would change; empty where it is no change that can be understood."""
    clips = tuple(
        ClipFacts(number, (number - 1) * _SECONDS, number * _SECONDS)
        for number in range(1, _CLIPS + 1)
    )
    plan = understand(text, Context(clips, (selected,)))
    return plan.edits if plan.act is Act.EDIT else ()


def is_general(text: str) -> bool:
    """Whether a text is one change, and for whichever clip is selected."""
    return all(
        [edit.clips for edit in edits_of(text, selected)] == [(selected,)] for selected in _SELECTED
    )
