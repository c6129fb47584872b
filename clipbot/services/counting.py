"""How many clips the jobs of a list have, without reading the jobs whole.

What was counted once is remembered by what was stored, so that a list of the same jobs
parses nothing. A number and a digest per job are kept, never the stages themselves.
"""

from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from threading import Lock
from uuid import UUID

from clipbot.stages.reader import CLIPS_STAGE, count_clips
from clipbot.store.listing import Listing, parsed
from clipbot.store.records import StoredStage

_REMEMBERED = 20_000
"""Jobs; some 150 bytes each."""


@dataclass(frozen=True, slots=True)
class ClipCounts:
    """Counts the clips of many jobs. Safe to share between threads."""

    listing: Listing
    remembered: int = _REMEMBERED
    _known: OrderedDict[bytes, int] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, job_ids: Collection[UUID]) -> dict[UUID, int]:
        """Return how many clips each job has; jobs without any are absent."""
        stored = self.listing.stage(job_ids, CLIPS_STAGE)
        return {job_id: self._counted(job_id, rows) for job_id, rows in stored.items()}

    def _counted(self, job_id: UUID, rows: Sequence[StoredStage]) -> int:
        key = _digest(rows)
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        found = count_clips([parsed(row) for row in rows], job_id=job_id)
        with self._lock:
            self._known[key] = found
            while len(self._known) > self.remembered:
                self._known.popitem(last=False)
        return found


def _digest(rows: Sequence[StoredStage]) -> bytes:
    """Return a digest of everything that the count depends on, order included."""
    digest = blake2b(digest_size=16)
    for row in rows:
        # A length in front: two rows never read like one.
        text = (row.text or "").encode("utf-8", "replace")
        digest.update(f"{row.status} {row.created_at} {row.text is None} {len(text)} ".encode())
        digest.update(text)
    return digest.digest()
