"""What clipbot asks of whatever knows the people: one question, asked in one place.

Two implementations and money are behind this door: without sign-in everybody is the one
local user, with it a forged header would spend somebody else's budget.
"""

from collections.abc import Mapping
from typing import Protocol

from clipbot.domain.user import User


class Identity(Protocol):
    """Knows who sent a request. Implementations are safe to share between threads."""

    def user(self, headers: Mapping[str, str], cookies: Mapping[str, str]) -> User:
        """Return who is asking.

        Args:
            headers: Of the request; looked up without regard to case.
            cookies: Of the request.
        """
        ...
