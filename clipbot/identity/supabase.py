"""People who have an account in a Supabase project (`CLIPBOT_AUTH=supabase`).

The order in which a request is believed: a bearer token, else a signed link where one may
open the address, else the session in the cookies. What is shown first decides; a bad
bearer is refused even beside a good cookie.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from clipbot.domain.user import User
from clipbot.errors import NotSignedIn
from clipbot.identity.base import Admission, Credential, Knock
from clipbot.identity.links import Links
from clipbot.identity.roles import Roles
from clipbot.identity.sessions import Sessions

_SCHEME: Final = "bearer"
_LINKED: Final = frozenset({Credential.BEARER, Credential.LINK})
"""Whoever is known by these loads media without them."""


@dataclass(frozen=True, slots=True)
class SupabaseDoor:
    """A `Door` that lets people in whom Supabase knows."""

    sessions: Sessions
    links: Links
    roles: Roles

    def user(self, headers: Mapping[str, str], cookies: Mapping[str, str]) -> User:
        """Return who is asking; renews nothing."""
        return self.admit(Knock("GET", "", headers, cookies, may_renew=False)).user

    def admit(self, knock: Knock) -> Admission:
        """Let somebody in."""
        shown = knock.headers.get("authorization")
        if shown is not None:
            claims = self.sessions.read(bearer(shown))
            user = self.roles.user(claims.user_id, claims.email)
            return Admission(user, Credential.BEARER, expires_at=claims.expires_at)
        if knock.link is not None:
            link = self.links.opened(knock.link, knock.path)
            user = self.roles.user(link.user_id)
            return Admission(user, Credential.LINK, expires_at=link.expires_at)
        resumed = self.sessions.resume(knock.cookies, may_renew=knock.may_renew)
        user = self.roles.user(resumed.claims.user_id, resumed.claims.email)
        return Admission(user, Credential.COOKIE, resumed.cookies, resumed.claims.expires_at)

    def link(self, admission: Admission, path: str) -> str | None:
        """Return the token that lets whoever has no cookie read a path."""
        if admission.by not in _LINKED:
            return None
        latest = admission.expires_at if admission.by is Credential.LINK else None
        return self.links.token(admission.user.id, path, latest=latest)


def bearer(header: str) -> str:
    """Return the token of an `Authorization` header.

    Raises:
        NotSignedIn: It holds none.
    """
    scheme, _, token = header.strip().partition(" ")
    if scheme.lower() != _SCHEME or not token.strip():
        raise NotSignedIn("Please send the token as “Authorization: Bearer ...”.", is_refused=True)
    return token.strip()
