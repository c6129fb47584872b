"""Signed links: what lets a player or an event stream read one address without a header.

A token names a person, one path and when it ends, and is signed with a key of ours. It is
the same for everybody who asks within its step, so that a browser's cache goes on working;
it opens that path alone, only to look, and no token lets anybody make a later one.
"""

import base64
import binascii
import hmac
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from clipbot.errors import LinkNotFound

STEP_SECONDS: Final = 3600
"""A link holds for one to two steps."""
_FORM: Final = struct.Struct(">16sQ")
_DIGEST_BYTES: Final = 32
_LENGTH: Final = 4 * -(-(_FORM.size + _DIGEST_BYTES) // 3)


@dataclass(frozen=True, slots=True)
class Link:
    """What a token says."""

    user_id: UUID
    expires_at: int


@dataclass(frozen=True, slots=True)
class Links:
    """Makes links and opens them."""

    key: bytes
    now: Callable[[], float]
    """Unix time."""

    def token(self, user_id: UUID, path: str, *, latest: float | None = None) -> str:
        """Return the token that lets a person read a path.

        Args:
            user_id: The person.
            path: Without a query.
            latest: Unix time beyond which it must not hold.
        """
        rounded = -(-(int(self.now()) + STEP_SECONDS) // STEP_SECONDS) * STEP_SECONDS
        expires_at = rounded if latest is None else min(rounded, int(latest))
        said = _FORM.pack(user_id.bytes, expires_at)
        return base64.urlsafe_b64encode(said + self._seal(said, path)).decode().rstrip("=")

    def opened(self, token: str, path: str) -> Link:
        """Return what a token says.

        Raises:
            LinkNotFound: It is not ours, is for another path, or is too old.
        """
        if len(token) > _LENGTH or not token.isascii():
            raise LinkNotFound
        try:
            content = base64.b64decode(
                token + "=" * (-len(token) % 4), altchars=b"-_", validate=True
            )
        except binascii.Error as error:
            raise LinkNotFound from error
        said, seal = content[: _FORM.size], content[_FORM.size :]
        if len(said) < _FORM.size or not hmac.compare_digest(seal, self._seal(said, path)):
            raise LinkNotFound
        user, expires_at = _FORM.unpack(said)
        if expires_at <= self.now():
            raise LinkNotFound
        return Link(UUID(bytes=user), expires_at)

    def _seal(self, said: bytes, path: str) -> bytes:
        return hmac.digest(self.key, said + path.encode(), "sha256")
