"""Edits in the making, and what is remembered between the pieces of a text."""

from dataclasses import dataclass, field

from clipbot.domain.plan import Kind, Operation, Strength
from clipbot.understanding.aims import Target
from clipbot.understanding.tokens import Token


@dataclass(slots=True)
class Group:
    """One edit in the making."""

    target: Target | None
    is_named_again: bool = field(default=False, kw_only=True)
    """Whether its clips were taken out before, and then named."""
    is_complaint: bool = field(default=False, kw_only=True)
    """Whether it was only said what is wrong."""
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
    quantity: Kind | None = None
    """What was named as a heading: "contrast: more in 3, less in 4"."""
    is_differing: bool = False
    """Whether clips were said to be no match."""
    strength: Strength | None = None
    is_listing: bool = True
    """Whether the waiting clips stand alone, so that more may join them."""
    is_listed: bool = False
    """Whether the waiting clips are all that their piece says: "and this one too"."""
    is_unread: bool = False
    """Whether words beside the waiting clips were not understood."""
    is_shown: bool = False
    """Whether the last piece said that a thing is there: "there is a bird"."""
    is_of_thing: bool = False
    """Whether the last piece was about a thing in the picture."""
    was_praised: bool = False
    """Whether the last piece said that its clips are fine."""
    praised: Target | None = None
    """Clips just said to be fine; a "but" makes them the ones that are meant."""
    excepted: set[int] = field(default_factory=set)
    """Clips taken out of what is said of others; a later wish may name them after all."""
    has_wish: bool = False
    """Whether anything was read as a wish, be it a refusal."""
