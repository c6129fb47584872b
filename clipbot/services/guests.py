"""The sample for everybody: whoever has no film gets a copy of it, where there is one.

A copy is rows; its files are those of the sample. It is made when somebody first looks at
their films, so whoever keeps no cookie and never asks for films gets none. There is room for
so many, and for so many new ones within a minute, so that nobody can fill the disk by coming
again and again. On a Space without sign-in copies go after a day, with what was made of them.
"""

import logging
import threading
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from clipbot.blobs.base import BlobStore, key_of
from clipbot.domain.user import LOCAL_USER, User
from clipbot.errors import ClipbotError, CompositionNotFound, JobNotFound, TooManyGuests
from clipbot.services.base import Clock
from clipbot.services.films import FilmService
from clipbot.services.sample import SAMPLE_ID, SampleService
from clipbot.store.store import Store

logger = logging.getLogger(__name__)

LIFETIME: Final = timedelta(days=1)
MOST: Final = 300
PER_MINUTE: Final = 30
_MINUTE: Final = timedelta(minutes=1)
_PAGE: Final = 200
_REMEMBERED: Final = 2_000


def copy_id(user_id: UUID) -> UUID:
    """Return the id of somebody's copy."""
    return uuid5(SAMPLE_ID, str(user_id))


@dataclass(slots=True)
class Guests:
    """Gives out copies of the sample, and takes them back. Safe to share between threads."""

    store: Store
    sample: SampleService
    films: FilmService
    blobs: BlobStore
    clock: Clock
    are_visitors: bool = False
    """Whether a copy is all that people have here: then they are told where there is no room,
    and it goes after a day."""
    most: int = MOST
    per_minute: int = PER_MINUTE
    _lately: deque[datetime] = field(default_factory=deque)
    _settled: OrderedDict[UUID, None] = field(default_factory=OrderedDict)
    """Who needs nothing any more."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def welcome(self, user: User) -> None:
        """Give somebody without films a copy of the sample, where it is installed.

        Raises:
            TooManyGuests: There is no room now for a visitor; others do without.
            StorageFull: The disk is full.
        """
        if user.id == LOCAL_USER.id or user.id in self._settled:
            return
        with self._lock:
            if self._is_served(user):
                self._settled[user.id] = None
                while len(self._settled) > _REMEMBERED:
                    self._settled.popitem(last=False)

    def forget(self) -> int:
        """Delete the copies that are older than a day and not being edited; return how many."""
        oldest, count = self.clock() - LIFETIME, 0
        for id_, made_at in self._copies():
            if made_at is None or made_at > oldest:
                continue
            for file in self.store.jobs.delete(id_):
                key = key_of(file)
                # What is of the sample itself is everybody's.
                if key is not None and str(id_) in key:
                    self.blobs.delete(key)
            count += 1
        with self._lock:
            self._settled.clear()
        if count:
            logger.info("copies of the sample forgotten", extra={"count": count})
        return count

    def _is_served(self, user: User) -> bool:
        """Do what is to be done for somebody; return whether that was all."""
        own = self.store.jobs.list(user_id=user.id, limit=1, offset=0)
        if own and own[0].id != copy_id(user.id):
            return True
        try:
            self.store.jobs.get(SAMPLE_ID)
        except JobNotFound:
            return True
        if not own:
            if not self._takes_place():
                return False
            self.sample.copy(user, copy_id(user.id), self.clock())
        return self._has_film(copy_id(user.id))

    def _takes_place(self) -> bool:
        now = self.clock()
        while self._lately and self._lately[0] <= now - _MINUTE:
            self._lately.popleft()
        is_full = len(self._lately) >= self.per_minute or len(self._copies()) >= self.most
        if is_full and self.are_visitors:
            raise TooManyGuests
        if not is_full:
            self._lately.append(now)
        return not is_full

    def _has_film(self, id_: UUID) -> bool:
        """Put a copy's film together, once that of the sample is: of the same segments."""
        try:
            self.store.compositions.get(SAMPLE_ID)
            self.films.ensure(id_)
        except CompositionNotFound:
            return False
        except ClipbotError as error:
            # They have the clips; the film is tried again with the next look.
            logger.warning("copy not composed", extra={"job": str(id_), "code": error.code})
            return False
        return True

    def _copies(self) -> list[tuple[UUID, datetime | None]]:
        found: list[tuple[UUID, datetime | None]] = []
        offset = 0
        while rows := self.store.jobs.list(user_id=None, limit=_PAGE, offset=offset):
            offset += len(rows)
            found += [
                (row.id, row.created_at)
                for row in rows
                if row.user_id is not None and row.id == copy_id(row.user_id)
            ]
        return found
