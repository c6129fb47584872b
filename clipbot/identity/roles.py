"""Who may see everybody's jobs: the table `user_roles` says, nothing that a person shows.

A role is remembered for some seconds, because a page asks many things at once. Where the
table cannot be read, nobody is an admin.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from clipbot.domain.user import User

_SECONDS: Final = 15.0
_MOST: Final = 2_000


@dataclass(slots=True)
class Roles:
    """Looks roles up. Safe to share between threads."""

    is_admin: Callable[[UUID], bool | None]
    """Reads the table; None: it cannot be read."""
    now: Callable[[], float]
    """Seconds, from any beginning."""
    _known: OrderedDict[UUID, tuple[float, bool]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def user(self, user_id: UUID, email: str | None = None) -> User:
        """Return a person whose id is certain, with the role that the table gives."""
        return User(user_id, email, self._role(user_id))

    def _role(self, user_id: UUID) -> bool:
        with self._lock:
            until, is_admin = self._known.get(user_id, (float("-inf"), False))
        if self.now() < until:
            return is_admin
        found = self.is_admin(user_id)
        if found is None:
            return False
        with self._lock:
            self._known[user_id] = (self.now() + _SECONDS, found)
            self._known.move_to_end(user_id)
            while len(self._known) > _MOST:
                self._known.popitem(last=False)
        return found
