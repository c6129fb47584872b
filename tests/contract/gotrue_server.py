"""A double of Supabase's auth server (GoTrue) on this machine.

What it answers follows `facts/services.md` §2 and what `supabase_auth` sends and reads:
passwords, refresh tokens that rotate (with the grace that GoTrue gives to two who refresh
at once, and to one whose answer was lost), signing out, the person, the public keys. Real
sockets, a free port, ended with its block.
"""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from time import time
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import jwt

from tests.contract.gotrue_keys import SigningKey, claims

ANON_KEY = "sb_publishable_of-the-double"
REUSE_SECONDS = 10
API_VERSION = "2024-01-01"


@dataclass
class Person:
    """Somebody with an account."""

    email: str
    password: str
    id: str = field(default_factory=lambda: str(uuid4()))
    is_confirmed: bool = True
    is_banned: bool = False
    more: dict[str, Any] = field(default_factory=dict)
    """Claims of the person's tokens that differ from the usual."""


@dataclass
class Session:
    """A session: a chain of refresh tokens, of which the last one counts."""

    person: Person
    id: str = field(default_factory=lambda: str(uuid4()))
    tokens: list[tuple[str, float]] = field(default_factory=list)
    """Each with the time at which it was replaced, or infinity."""


@dataclass
class Double:
    """A running service."""

    url: str
    """Of the project."""
    key: SigningKey = field(default_factory=SigningKey.new)
    """Signs new tokens."""
    published: list[SigningKey] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    sessions: list[Session] = field(default_factory=list)
    lifetime_seconds: int = 3600
    """Of an access token."""
    is_away: bool = False
    """Whether it hangs up on everybody."""
    is_busy: bool = False
    """Whether it answers 429 to whoever signs in."""
    calls: Counter[str] = field(default_factory=Counter)
    """How often each path was asked for."""
    seen: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)
    """Every call: its path, its headers (names in lower case), its body."""
    lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def issuer(self) -> str:
        return f"{self.url}/auth/v1"

    def join(self, email: str, password: str, **given: Any) -> Person:
        """Open an account."""
        person = Person(email, password, **given)
        self.people[email.lower()] = person
        return person

    def token(self, person: Person, **changes: Any) -> str:
        """Return an access token, as if the person had just signed in."""
        said = claims(self.issuer, person.id, email=person.email, **{**person.more, **changes})
        return self.key.signed(said)

    def rotate(self, key: SigningKey | None = None) -> None:
        """Sign with another key from here on, and publish it alone."""
        self.key = key or SigningKey.new()
        self.published = [self.key]

    def begin(self, person: Person) -> dict[str, Any]:
        session = Session(person)
        self.sessions.append(session)
        return self._granted(session)

    def go_on(self, token: str) -> dict[str, Any] | None:
        """Return what a refresh token gives; None: it has been used, and its session is over."""
        for session in self.sessions:
            names = [name for name, _ in session.tokens]
            if token not in names:
                continue
            place = names.index(token)
            is_last, is_parent = place == len(names) - 1, place == len(names) - 2
            is_recent = time() - session.tokens[place][1] < REUSE_SECONDS
            if is_last:
                return self._granted(session)
            if is_recent or is_parent:
                return self._granted(session, rotates=False)
            self.sessions.remove(session)
            return None
        raise KeyError(token)

    def _granted(self, session: Session, *, rotates: bool = True) -> dict[str, Any]:
        now = int(time())
        if rotates:
            if session.tokens:
                session.tokens[-1] = (session.tokens[-1][0], time())
            session.tokens.append((token_urlsafe(9), float("inf")))
        access = self.token(
            session.person, session_id=session.id, iat=now, exp=now + self.lifetime_seconds
        )
        return {
            "access_token": access,
            "token_type": "bearer",
            "expires_in": self.lifetime_seconds,
            "expires_at": now + self.lifetime_seconds,
            "refresh_token": session.tokens[-1][0],
            "user": _user(session.person),
            "weak_password": None,
        }


def _user(person: Person) -> dict[str, Any]:
    now = datetime.now(UTC).isoformat()
    return {
        "id": person.id,
        "aud": "authenticated",
        "role": "authenticated",
        "email": person.email,
        "email_confirmed_at": now if person.is_confirmed else None,
        "phone": "",
        "app_metadata": {"provider": "email", "providers": ["email"]},
        "user_metadata": {},
        "identities": [],
        "created_at": now,
        "updated_at": now,
        "is_anonymous": False,
    }


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    double: Double

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        raw = self.rfile.read(int(self.headers.get("content-length") or 0))
        body = json.loads(raw) if raw and raw != b"null" else None
        with self.double.lock:
            self.double.calls[path] += 1
            sent = {name.lower(): value for name, value in self.headers.items()}
            self.double.seen.append((self.path, sent, body))
            if self.double.is_away:
                self.close_connection = True
                return
            if path == "/auth/v1/.well-known/jwks.json":
                keys = [each.published for each in self.double.published]
                self._say(200, {"keys": keys}, {"Cache-Control": "max-age=600"})
            elif self.headers.get("apikey") != ANON_KEY:
                self._say(401, {"message": "No API key found in request"})
            elif (self.command, path) == ("POST", "/auth/v1/token"):
                self._token(query.get("grant_type", [""])[0], body or {})
            elif (self.command, path) == ("POST", "/auth/v1/logout"):
                self._logout(query.get("scope", ["global"])[0])
            elif (self.command, path) == ("GET", "/auth/v1/user"):
                self._person()
            else:
                self._fail(404, "not_found", "404 page not found")

    def _token(self, kind: str, body: dict[str, Any]) -> None:
        if self.double.is_busy:
            self._fail(429, "over_request_rate_limit", "Request rate limit reached")
        elif kind == "refresh_token":
            self._refreshed(str(body.get("refresh_token", "")))
        elif kind == "password":
            self._signed_in(body)
        else:
            self._fail(400, "validation_failed", "unsupported_grant_type")

    def _signed_in(self, body: dict[str, Any]) -> None:
        person = self.double.people.get(str(body.get("email", "")).lower())
        if person is None or person.password != body.get("password"):
            self._fail(400, "invalid_credentials", "Invalid login credentials")
        elif not person.is_confirmed:
            self._fail(400, "email_not_confirmed", "Email not confirmed")
        elif person.is_banned:
            self._fail(400, "user_banned", "User is banned")
        else:
            self._say(200, self.double.begin(person))

    def _refreshed(self, token: str) -> None:
        try:
            granted = self.double.go_on(token)
        except KeyError:
            name, words = (
                "refresh_token_not_found",
                "Invalid Refresh Token: Refresh Token Not Found",
            )
            return self._fail(400, name, words)
        if granted is None:
            words = "Invalid Refresh Token: Already Used"
            return self._fail(400, "refresh_token_already_used", words)
        return self._say(200, granted)

    def _logout(self, scope: str) -> None:
        found = self._claims()
        if found is None:
            return None
        ended = [
            each
            for each in self.double.sessions
            if each.person.id == found["sub"]
            and (scope == "global" or each.id == found["session_id"])
        ]
        if not ended:
            words = "Session from session_id claim in JWT does not exist"
            return self._fail(403, "session_not_found", words)
        for session in ended:
            self.double.sessions.remove(session)
        return self._say(204, None)

    def _person(self) -> None:
        found = self._claims()
        if found is None:
            return
        people = {each.id: each for each in self.double.people.values()}
        self._say(200, _user(people[found["sub"]]))

    def _claims(self) -> dict[str, Any] | None:
        token = self.headers.get("authorization", "").removeprefix("Bearer ")
        try:
            found: dict[str, Any] = jwt.decode(
                token,
                self.double.key.public_pem,
                algorithms=[self.double.key.algorithm],
                audience="authenticated",
            )
        except jwt.PyJWTError:
            self._fail(403, "bad_jwt", "invalid JWT: unable to parse or verify signature")
            return None
        return found

    def _fail(self, status: int, code: str, words: str) -> None:
        self._say(status, {"code": code, "message": words})

    def _say(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        content = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("X-Supabase-Api-Version", API_VERSION)
        self.send_header("Content-Length", str(len(content)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def running() -> Iterator[Double]:
    """Run the double until the block is left."""
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    double = Double(f"http://127.0.0.1:{server.server_address[1]}")
    double.published = [double.key]
    handler.double = double  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield double
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
