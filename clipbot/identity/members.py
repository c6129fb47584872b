"""People who sign in with an OpenID provider, Hugging Face on a Space: sessions of our own.

The provider is asked at the sign-in; from then on a pass of ours says who somebody is. An
attempt that has begun is kept by the browser that began it, so that nobody can be led into
somebody else's.
"""

import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid4

from clipbot.domain.user import User
from clipbot.errors import NotSignedIn, WrongCredentials
from clipbot.identity.base import Admission, Credential, Knock
from clipbot.identity.cookies import Jar
from clipbot.identity.openid import Attempt, OpenId
from clipbot.identity.passes import Passes
from clipbot.identity.roles import Roles
from clipbot.identity.sessions import Ended

_SESSION: Final = "member"
_BEGUN: Final = "begun"


@dataclass(frozen=True, slots=True)
class Returned:
    """Somebody came back from the provider."""

    next: str
    """Where they wanted to go."""
    cookies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Members:
    """A `Door` for people of an OpenID provider. Safe to share between threads; may block."""

    provider: OpenId
    sessions: Passes
    attempts: Passes
    jar: Jar
    roles: Roles
    ended: Ended

    def user(self, headers: Mapping[str, str], cookies: Mapping[str, str]) -> User:
        """Return who is asking."""
        return self.admit(Knock("GET", "", headers, cookies)).user

    def admit(self, knock: Knock) -> Admission:
        """Let a member in."""
        if knock.headers.get("authorization") is not None:
            raise NotSignedIn("Tokens are not taken here; please sign in.", is_refused=True)
        said = self._session(knock.cookies)
        email = said.get("email")
        try:
            user_id = UUID(str(said.get("sub")))
        except ValueError as error:
            raise NotSignedIn(is_refused=True) from error
        user = self.roles.user(user_id, email if isinstance(email, str) else None)
        return Admission(user, Credential.COOKIE, expires_at=float(said["exp"]))

    def link(self, admission: Admission, path: str) -> str | None:  # noqa: ARG002 - the door's form
        """Return nothing: whoever is in has a cookie."""
        return None

    def begin(self, next_: str) -> tuple[str, tuple[str, ...]]:
        """Return where to lead somebody who signs in, and the cookies that remember it.

        Raises:
            SignInUnavailable: The provider does not answer.
        """
        attempt = Attempt.new()
        note = self.attempts.written(
            {
                "state": attempt.state,
                "nonce": attempt.nonce,
                "verifier": attempt.verifier,
                "next": next_,
            }
        )
        cookies = self.jar.written(_BEGUN, note, self.attempts.seconds)
        return self.provider.way(attempt), cookies

    def complete(self, cookies: Mapping[str, str], state: str, code: str) -> Returned:
        """Sign in whoever came back.

        Raises:
            WrongCredentials: This browser has not begun this, or the provider does not vouch.
            SignInUnavailable: The provider does not answer.
        """
        try:
            begun = self.attempts.read(self.jar.read(cookies, _BEGUN))
        except NotSignedIn as error:
            raise WrongCredentials("That sign-in took too long; please try again.") from error
        attempt = Attempt(*(str(begun.get(name)) for name in ("state", "nonce", "verifier")))
        if not secrets.compare_digest(state.encode(), attempt.state.encode()):
            raise WrongCredentials("That sign-in was not begun here; please try again.")
        someone = self.provider.someone(attempt, code)
        note = {"sub": str(someone.id), "email": someone.email, "jti": str(uuid4())}
        kept = self.jar.written(_SESSION, self.sessions.written(note), self.sessions.seconds)
        return Returned(str(begun.get("next")), (*kept, *self.jar.dropped(_BEGUN)))

    def end(self, cookies: Mapping[str, str]) -> tuple[str, ...]:
        """Sign out; return what takes the cookie away."""
        with suppress(NotSignedIn):
            self.ended.add(str(self._session(cookies).get("jti")))
        return self.jar.dropped(_SESSION)

    def _session(self, cookies: Mapping[str, str]) -> Mapping[str, Any]:
        said = self.sessions.read(self.jar.read(cookies, _SESSION))
        self.ended.check(str(said.get("jti")))
        return said
