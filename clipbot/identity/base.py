"""What clipbot asks of whatever knows the people: one question, asked in one place.

A request shows something (a bearer token, a signed link, a cookie), and a `Door` says who
that is. Everything asks through `api.gate`, once per request: REST, the page with its
queue, uploads and files, streams and media. A forged header would spend somebody else's
budget, so whoever is not known is let in nowhere.
"""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, Protocol, runtime_checkable

from clipbot.domain.user import User


class Credential(Enum):
    """What somebody was known by."""

    NOTHING = "nothing"
    """Nobody is asked for anything."""
    COOKIE = "cookie"
    """A browser sends it with everything by itself."""
    BEARER = "bearer"
    """A program sends it with each call; what a browser loads for it needs a signed link."""
    LINK = "link"
    """A signed address: good for that path alone, and for a while."""


@dataclass(frozen=True, slots=True)
class Knock:
    """What a request shows of itself."""

    method: str
    path: str
    headers: Mapping[str, str]
    """Looked up without regard to case."""
    cookies: Mapping[str, str]
    link: str | None = None
    """The `token` in the address, where such a token may open it."""
    may_renew: bool = True
    """Whether the answer can carry new cookies."""


@dataclass(frozen=True, slots=True)
class Admission:
    """Somebody was let in."""

    user: User
    by: Credential
    cookies: tuple[str, ...] = ()
    """Values of `Set-Cookie` for the answer."""
    expires_at: float | None = None
    """Unix time until which this holds; a stream ends then."""


class Identity(Protocol):
    """Knows who sent a request. Implementations are safe to share between threads."""

    def user(self, headers: Mapping[str, str], cookies: Mapping[str, str]) -> User:
        """Return who is asking.

        Args:
            headers: Of the request; looked up without regard to case.
            cookies: Of the request.

        Raises:
            NotSignedIn: Nobody that is known.
            SignInUnavailable: It cannot be found out now.
        """
        ...


@runtime_checkable
class Door(Identity, Protocol):
    """An identity that also knows signed links, and renews what runs out. May block."""

    def admit(self, knock: Knock) -> Admission:
        """Let somebody in.

        Raises:
            NotSignedIn: Nobody that is known.
            LinkNotFound: The address is signed, and not for this.
            SignInUnavailable: It cannot be found out now.
        """
        ...

    def link(self, admission: Admission, path: str) -> str | None:
        """Return the token with which `path` may be read, where it needs one.

        Args:
            admission: For whom; what a link lets in is never extended by another.
            path: Without a query.
        """
        ...


_STATE: Final = "admission"


def let_in(scope: MutableMapping[str, Any], admission: Admission) -> None:
    """Write into a request's scope whose it is, for `current_user`."""
    scope.setdefault("state", {})[_STATE] = admission


def current_user(request: Any, identity: Identity) -> User:
    """Return who sent a request: whoever the gate let in, else asked anew.

    Args:
        request: With `state`, `headers` and `cookies`.
        identity: Asked where the request did not pass the gate.

    Raises:
        NotSignedIn: Nobody that is known.
    """
    return known_user(request) or identity.user(request.headers, request.cookies)


def known_user(request: Any) -> User | None:
    """Return who sent a request, if it passed the gate; nobody is asked."""
    known = getattr(request.state, _STATE, None)
    return known.user if isinstance(known, Admission) else None


def shown_by(request: Any) -> Credential:
    """Return what whoever sent a request was known by."""
    known = getattr(request.state, _STATE, None)
    return known.by if isinstance(known, Admission) else Credential.NOTHING
