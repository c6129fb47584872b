"""Short notes that we sign ourselves and give to browsers to keep, and that come back unchanged.

A pass says what it is for by the key that signs it: a visitor's, a session's, a sign-in that
has only begun.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import jwt

from clipbot.errors import NotSignedIn

_ALGORITHM: Final = "HS256"
_LONGEST: Final = 4_000


@dataclass(frozen=True, slots=True)
class Passes:
    """Writes and reads passes for one purpose."""

    key: bytes
    seconds: int
    """How long one holds."""

    def written(self, said: Mapping[str, Any]) -> str:
        """Return a pass that holds from now on."""
        return jwt.encode({**said, "exp": int(time.time()) + self.seconds}, self.key, _ALGORITHM)

    def read(self, written: str | None) -> Mapping[str, Any]:
        """Return what a pass says, with `exp`.

        Raises:
            NotSignedIn: There is none, it is not ours, or it is over.
        """
        if not written:
            raise NotSignedIn
        if len(written) > _LONGEST:
            raise NotSignedIn(is_refused=True)
        try:
            said: dict[str, Any] = jwt.decode(
                written, self.key, algorithms=[_ALGORITHM], options={"require": ["exp"]}
            )
        except jwt.PyJWTError as error:
            raise NotSignedIn(
                "Your session has ended; please sign in again.", is_refused=True
            ) from error
        return said
