"""Signing in, going on and signing out at Supabase (its auth server is called GoTrue).

Each call has a client of its own: a sign-in rewrites the headers of the client that made
it, so one that is shared would act as whoever came last. Its errors stop here.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Protocol

import httpx
from pydantic import ValidationError
from supabase_auth import AuthResponse, SyncGoTrueClient
from supabase_auth.errors import AuthApiError, AuthError

from clipbot.errors import NotSignedIn, SignInUnavailable, TooManyAttempts, WrongCredentials
from clipbot.identity import wire

logger = logging.getLogger(__name__)

_PATIENCE_SECONDS: Final = 60
_TOO_MANY: Final = 429
_OVER: Final = range(400, 500)


@dataclass(frozen=True, slots=True)
class Grant:
    """What signing in gives."""

    access_token: str
    refresh_token: str


class SignIn(Protocol):
    """Knows people by e-mail address and password."""

    def sign_in(self, email: str, password: str) -> Grant:
        """Sign somebody in.

        Raises:
            WrongCredentials: They do not fit, or the person may not come in.
            TooManyAttempts: It was tried too often.
            SignInUnavailable: It does not answer.
        """
        ...

    def refresh(self, refresh_token: str) -> Grant:
        """Go on with a session.

        Raises:
            NotSignedIn: It has ended.
            SignInUnavailable: It does not answer.
        """
        ...

    def sign_out(self, access_token: str) -> None:
        """End the session of a token; one that has ended is no error.

        Raises:
            SignInUnavailable: It does not answer.
        """
        ...


@dataclass(frozen=True, slots=True)
class GoTrue:
    """A `SignIn` that asks a Supabase project."""

    url: str
    """Of the project."""
    anon_key: str

    def sign_in(self, email: str, password: str) -> Grant:
        """Sign somebody in."""
        with self._client() as client, _translated(_refused_sign_in):
            return _grant(client.sign_in_with_password({"email": email, "password": password}))

    def refresh(self, refresh_token: str) -> Grant:
        """Go on with a session."""
        with self._client() as client, _translated(_refused_refresh):
            return _grant(client.refresh_session(refresh_token))

    def sign_out(self, access_token: str) -> None:
        """End the session of a token."""
        try:
            with self._client() as client, _translated(_refused_refresh):
                client.admin.sign_out(access_token, "local")
        except NotSignedIn:
            logger.info("session had ended already")

    @contextmanager
    def _client(self) -> Iterator[SyncGoTrueClient]:
        headers = {"apikey": self.anon_key, "Authorization": f"Bearer {self.anon_key}"}
        with wire.client() as http:
            yield SyncGoTrueClient(
                url=f"{self.url}/auth/v1",
                headers=headers,
                http_client=http,
                auto_refresh_token=False,
                persist_session=False,
            )


def _grant(answer: AuthResponse) -> Grant:
    session = answer.session
    if session is None:
        raise SignInUnavailable
    return Grant(session.access_token, session.refresh_token)


@contextmanager
def _translated(refused: Callable[[AuthApiError], Exception]) -> Iterator[None]:
    try:
        yield
    except AuthApiError as error:
        if error.status == _TOO_MANY:
            raise TooManyAttempts(_PATIENCE_SECONDS) from error
        if error.status in _OVER:
            raise refused(error) from error
        logger.warning("sign-in failed", extra={"status": error.status})
        raise SignInUnavailable from error
    except (AuthError, httpx.HTTPError, ValidationError) as error:
        logger.warning("sign-in not answered", extra={"error": type(error).__name__})
        raise SignInUnavailable from error


def _refused_sign_in(error: AuthApiError) -> Exception:
    match error.code:
        case "email_not_confirmed":
            return WrongCredentials("Please confirm your e-mail address first; we sent you a link.")
        case "user_banned":
            return WrongCredentials("This account is closed.")
        case _:
            return WrongCredentials()


def _refused_refresh(_: AuthApiError) -> Exception:
    return NotSignedIn("Your session has ended; please sign in again.", is_refused=True)
