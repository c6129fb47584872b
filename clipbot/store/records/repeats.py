"""What is kept of a request that may be sent again."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What a request was answered, as it went over the wire."""

    status: int
    body: str


@dataclass(frozen=True, slots=True)
class KeptRequest:
    """A request that came with a key."""

    fingerprint: str
    started_at: datetime
    answer: KeptAnswer | None
    """None: there is none yet, or its process died over it."""
