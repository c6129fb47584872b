"""A double of an OpenID provider on this machine, as Hugging Face is one.

It describes itself, leads back with a code (in `authorized`, where a browser would be
asked), exchanges codes with the client's secret and PKCE, and publishes its keys.
"""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from time import time
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.contract.gotrue_keys import SigningKey

CLIENT_ID, CLIENT_SECRET = "the-space", "known to the space alone"


@dataclass
class Provider:
    """A running provider."""

    url: str
    key: SigningKey = field(default_factory=lambda: SigningKey.new("RS256"))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    """What each code was given for."""
    claims: dict[str, Any] = field(default_factory=dict)
    """What its id tokens say that differs from the usual."""
    signs_with: SigningKey | None = None
    """Another key than it publishes."""
    says: dict[str, Any] = field(default_factory=dict)
    """What its description says that differs from the usual."""
    is_away: bool = False
    exchanged: int = 0

    def authorized(self, way: str, **changes: str) -> str:
        """Do what a person does who says yes: return the address that they are led back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(way).query).items()}
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT_ID
        assert asked["code_challenge_method"] == "S256"
        code = token_urlsafe(12)
        self.codes[code] = asked
        back = urlsplit(asked["redirect_uri"]).path
        return f"{back}?{urlencode({'code': code, 'state': asked['state'], **changes})}"

    def id_token(self, nonce: str) -> str:
        now = int(time())
        said = {
            "iss": self.url,
            "sub": "62a1",
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 600,
            "nonce": nonce,
            "email": "ada@example.com",
            "email_verified": True,
            "preferred_username": "ada",
            **self.claims,
        }
        kept = {name: value for name, value in said.items() if value is not None}
        return (self.signs_with or self.key).signed(kept, kid=self.key.kid)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    provider: Provider

    def do_GET(self) -> None:
        url = self.provider.url
        if self.provider.is_away:
            self.close_connection = True
        elif self.path == "/.well-known/openid-configuration":
            self._say(
                200,
                {
                    "issuer": url,
                    "authorization_endpoint": f"{url}/oauth/authorize",
                    "token_endpoint": f"{url}/oauth/token",
                    "jwks_uri": f"{url}/oauth/jwks",
                    **self.provider.says,
                },
            )
        elif self.path == "/oauth/jwks":
            self._say(200, {"keys": [self.provider.key.published]})
        else:
            self._say(404, {"error": "not_found"})

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
        sent = {name: values[0] for name, values in parse_qs(raw).items()}
        who = f"{CLIENT_ID}:{CLIENT_SECRET}".encode()
        expected = "Basic " + base64.b64encode(who).decode()
        asked = self.provider.codes.pop(sent.get("code", ""), None)
        digest = sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if self.headers.get("authorization") != expected:
            self._say(401, {"error": "invalid_client"})
        elif (
            asked is None
            or asked["redirect_uri"] != sent.get("redirect_uri")
            or asked["code_challenge"] != challenge
        ):
            self._say(400, {"error": "invalid_grant"})
        else:
            self.provider.exchanged += 1
            token = self.provider.id_token(asked["nonce"])
            self._say(200, {"access_token": "x", "token_type": "bearer", "id_token": token})

    def _say(self, status: int, body: Any) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def running() -> Iterator[Provider]:
    """Run the provider until the block is left."""
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    provider = Provider(f"http://127.0.0.1:{server.server_address[1]}")
    handler.provider = provider  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
