"""Checks Supabase's access tokens here, without asking it each time.

A token counts if it is signed by a published key (or, where the legacy secret is set, with
that), comes from this project, is for people who are signed in, and is not over. Its header
only picks the key: the way of signing is the key's own, so that a public key is never taken
for a secret. What a person can write about themselves (`user_metadata`) is not read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import jwt

from clipbot.errors import NotSignedIn
from clipbot.identity.keys import ALGORITHMS, Keys

AUDIENCE: Final = "authenticated"
_ROLE: Final = "authenticated"
LEEWAY_SECONDS: Final = 30
LONGEST: Final = 8_000
"""Characters of a token; what is longer is not even read."""
_LEGACY: Final = "HS256"
_REQUIRED: Final = ("exp", "iat", "sub", "iss", "aud")
_LONGEST_EMAIL: Final = 320


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token says that counts."""

    user_id: UUID
    email: str | None
    expires_at: int
    """Unix time."""
    session_id: str | None


@dataclass(frozen=True, slots=True)
class AccessTokens:
    """Reads access tokens. Safe to share between threads; may fetch keys, and so block."""

    issuer: str
    keys: Keys
    legacy_secret: str | None = None

    def read(self, token: str) -> Claims:
        """Return what a token says.

        Raises:
            NotSignedIn: It does not count.
            SignInUnavailable: The key that it names cannot be looked up now.
        """
        if not token or len(token) > LONGEST or not token.isascii():
            raise _refused()
        try:
            header = jwt.get_unverified_header(token)
            algorithm, name = header.get("alg"), header.get("kid")
            if algorithm == _LEGACY and self.legacy_secret is not None:
                return _claims(self._decoded(token, self.legacy_secret, _LEGACY))
            if algorithm not in ALGORITHMS or not isinstance(name, str):
                raise _refused()
            key = self.keys.get(name)
            if key.algorithm_name != algorithm:
                raise _refused()
            return _claims(self._decoded(token, key.key, algorithm))
        except jwt.ExpiredSignatureError as error:
            raise NotSignedIn(
                "Your session has ended; please sign in again.", is_refused=True
            ) from error
        except (jwt.PyJWTError, KeyError, TypeError, ValueError, OverflowError) as error:
            raise _refused() from error

    def _decoded(self, token: str, key: Any, algorithm: str) -> Mapping[str, Any]:
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[algorithm],
            audience=AUDIENCE,
            issuer=self.issuer,
            leeway=LEEWAY_SECONDS,
            options={"require": list(_REQUIRED)},
        )
        return claims


def _claims(said: Mapping[str, Any]) -> Claims:
    if said.get("role") != _ROLE or said.get("is_anonymous", False) is not False:
        raise _refused()
    subject, email = said["sub"], said.get("email")
    user_id = UUID(subject)
    if str(user_id) != subject.lower():
        raise _refused()
    is_address = isinstance(email, str) and 0 < len(email) <= _LONGEST_EMAIL
    session = said.get("session_id")
    return Claims(
        user_id=user_id,
        email=email if is_address else None,
        expires_at=int(said["exp"]),
        session_id=session if isinstance(session, str) else None,
    )


def _refused() -> NotSignedIn:
    return NotSignedIn("That token does not let anybody in.", is_refused=True)
