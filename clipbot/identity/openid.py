"""Asking an OpenID provider who somebody is: the code flow, with PKCE, state and nonce.

Two questions over the network, each with patience that ends: what the provider's addresses
are (kept for a day), and what a code is worth. What it says of a person is believed only as
its signed id token says it, for us and for this very sign-in.
"""

import base64
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, UUID, uuid5

import httpx
import jwt

from clipbot.errors import NotSignedIn, SignInUnavailable, WrongCredentials
from clipbot.identity import wire
from clipbot.identity.keys import Keys, fetched_from

_KEPT_SECONDS: Final = 86_400.0
_TIMEOUT_SECONDS: Final = 10.0
_SCOPES: Final = "openid profile email"
_LEEWAY_SECONDS: Final = 30
_REQUIRED: Final = ("exp", "iat", "sub", "iss", "aud")
_REFUSALS: Final = range(400, 500)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A sign-in that has begun: what is compared when it comes back."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> "Attempt":
        """Begin one that nobody can guess."""
        return cls(*(secrets.token_urlsafe(32) for _ in range(3)))

    @property
    def challenge(self) -> str:
        """What the provider is told of the verifier (PKCE, S256)."""
        digest = sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True)
class Someone:
    """Who the provider says it is."""

    id: UUID
    email: str | None


@dataclass(frozen=True, slots=True)
class _Provider:
    document: Mapping[str, Any]
    keys: Keys
    read_at: float


@dataclass(slots=True)
class OpenId:
    """Knows one provider. Safe to share between threads; may block."""

    url: str
    """Of the provider; its description lies below `/.well-known/`."""
    client_id: str
    client_secret: str
    redirect_url: str
    _provider: _Provider | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def way(self, attempt: Attempt) -> str:
        """Return the address at the provider to which a person is led.

        Raises:
            SignInUnavailable: The provider does not say.
        """
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.redirect_url,
            "scope": _SCOPES,
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": attempt.challenge,
            "code_challenge_method": "S256",
        }
        return f"{self._known().document['authorization_endpoint']}?{urlencode(asked)}"

    def someone(self, attempt: Attempt, code: str) -> Someone:
        """Return who came back with a code.

        Raises:
            WrongCredentials: The code is worth nothing, or what it gives is not for us.
            SignInUnavailable: The provider does not answer.
        """
        provider = self._known()
        token = self._exchanged(provider, attempt, code)
        try:
            header = jwt.get_unverified_header(token)
            key = provider.keys.get(str(header.get("kid")))
            said: dict[str, Any] = jwt.decode(
                token,
                key.key,
                algorithms=[key.algorithm_name],
                audience=self.client_id,
                issuer=provider.document["issuer"],
                leeway=_LEEWAY_SECONDS,
                options={"require": list(_REQUIRED)},
            )
        except (jwt.PyJWTError, NotSignedIn, ValueError, TypeError) as error:
            raise _unproven() from error
        if not secrets.compare_digest(str(said.get("nonce")).encode(), attempt.nonce.encode()):
            raise _unproven()
        email = said.get("email") if said.get("email_verified") is True else None
        return Someone(_id(said["iss"], said["sub"]), email if isinstance(email, str) else None)

    def _exchanged(self, provider: _Provider, attempt: Attempt, code: str) -> str:
        sent = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_url,
            "code_verifier": attempt.verifier,
            "client_id": self.client_id,
        }
        try:
            with wire.client(_TIMEOUT_SECONDS) as http:
                answer = http.post(
                    provider.document["token_endpoint"],
                    data=sent,
                    auth=httpx.BasicAuth(self.client_id, self.client_secret),
                    headers={"Accept": "application/json"},
                )
            if answer.status_code in _REFUSALS:
                raise _unproven()
            token = answer.raise_for_status().json().get("id_token")
        except (httpx.HTTPError, ValueError, AttributeError) as error:
            raise SignInUnavailable from error
        if not isinstance(token, str):
            raise _unproven()
        return token

    def _known(self) -> _Provider:
        """Return what the provider says of itself, asked once a day."""
        with self._lock:
            known = self._provider
            if known is None or time.monotonic() - known.read_at > _KEPT_SECONDS:
                document = self._described()
                keys = Keys(fetched_from(str(document["jwks_uri"])), time.monotonic)
                known = self._provider = _Provider(document, keys, time.monotonic())
            return known

    def _described(self) -> Mapping[str, Any]:
        address = f"{self.url.rstrip('/')}/.well-known/openid-configuration"
        try:
            with wire.client(_TIMEOUT_SECONDS) as http:
                document = http.get(address).raise_for_status().json()
        except (httpx.HTTPError, ValueError) as error:
            raise SignInUnavailable from error
        names = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
        is_whole = isinstance(document, dict) and all(
            isinstance(document.get(name), str) for name in names
        )
        if not is_whole or document["issuer"].rstrip("/") != self.url.rstrip("/"):
            raise SignInUnavailable
        found: dict[str, Any] = document
        return found


def _id(issuer: str, subject: str) -> UUID:
    """Return the same id for the same person, whoever asks and whenever."""
    return uuid5(uuid5(NAMESPACE_URL, issuer), subject)


def _unproven() -> WrongCredentials:
    return WrongCredentials("That sign-in did not come through; please try again.")
