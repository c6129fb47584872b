"""No sign-in: whoever reaches the server is the one local user (`CLIPBOT_AUTH=none`)."""

from collections.abc import Mapping
from dataclasses import dataclass

from clipbot.domain.user import LOCAL_USER, User


@dataclass(frozen=True, slots=True)
class NoIdentity:
    """An `Identity` that asks nobody for anything."""

    def user(self, headers: Mapping[str, str], cookies: Mapping[str, str]) -> User:  # noqa: ARG002 - the door's form
        """Return the local user, whatever the request says."""
        return LOCAL_USER
