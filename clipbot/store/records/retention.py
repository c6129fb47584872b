"""Records of what is kept, and of what is done now and then."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class WantedFootage:
    """What edits and prices of a job may still read."""

    busy: frozenset[int]
    """Clips with an open edit or a price that stands."""
    bases: frozenset[tuple[int, int]]
    """Clip and number of versions that edits which are not over began with."""


@dataclass(frozen=True, slots=True)
class FootageCounts:
    """How many versions' footage was archived and deleted, and what is left over of it."""

    archived: int
    deleted: int
    leftovers: int
    oldest_leftover: datetime | None


@dataclass(frozen=True, slots=True)
class ChoreRecord:
    """When something was done last."""

    began_at: datetime
    seen_at: datetime
    ended_at: datetime | None
    """None: it goes on, or was interrupted."""
