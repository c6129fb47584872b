"""Tokens that must not let anybody in, each with what is wrong with it."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from time import time
from typing import Any, Final
from uuid import uuid4

import jwt

from tests.contract.gotrue_keys import SigningKey, claims, pieced
from tests.contract.gotrue_server import Double, Person

Forge = Callable[[Double, Person], str]
_STRANGER: Final = SigningKey.new()


def _said(changes: Mapping[str, Any]) -> Forge:
    """Signed by the right key, and saying something that it should not."""
    return lambda double, person: double.token(person, **changes)


def _hs256(secret: bytes, header: Mapping[str, Any], said: Mapping[str, Any]) -> str:
    unsigned = pieced({"alg": "HS256", "typ": "JWT", **header}, said, b"").rstrip(".")
    digest = hmac.digest(secret, unsigned.encode(), hashlib.sha256)
    return f"{unsigned}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


def _own(double: Double, person: Person) -> dict[str, Any]:
    return claims(double.issuer, person.id)


def _changed(double: Double, person: Person) -> str:
    """A good token whose claims were changed after it was signed."""
    header, _, signature = double.token(person).split(".")
    said = json.dumps(claims(double.issuer, str(uuid4()))).encode()
    body = base64.urlsafe_b64encode(said).rstrip(b"=").decode()
    return f"{header}.{body}.{signature}"


def _unsigned(name: str) -> Forge:
    return lambda double, person: pieced(
        {"alg": name, "typ": "JWT", "kid": double.key.kid}, _own(double, person), b""
    )


def _by_public_key(double: Double, person: Person) -> str:
    """The public key taken for a secret: the classic confusion."""
    return _hs256(double.key.public_pem, {"kid": double.key.kid}, _own(double, person))


def _by_published_key(double: Double, person: Person) -> str:
    secret = json.dumps(double.key.published).encode()
    return _hs256(secret, {"kid": double.key.kid}, _own(double, person))


def _with_own_key(double: Double, person: Person) -> str:
    """It brings the key that it is to be checked with."""
    return _STRANGER.signed(_own(double, person), jwk=_STRANGER.published)


def _other_algorithm(double: Double, person: Person) -> str:
    """It says RS256, and names a key that signs with ES256."""
    header, body, signature = double.token(person).split(".")
    said = json.loads(base64.urlsafe_b64decode(header + "=="))
    changed = json.dumps({**said, "alg": "RS256"}).encode()
    return f"{base64.urlsafe_b64encode(changed).rstrip(b'=').decode()}.{body}.{signature}"


def _nested(double: Double, person: Person) -> str:
    return jwt.encode({"token": double.token(person)}, "x" * 32, "HS256")


FORGED: Final[Mapping[str, Forge]] = {
    "nothing": lambda *_: "",
    "no token": lambda *_: "let-me-in",
    "three dots": lambda *_: "...",
    "not base64": lambda *_: "ä.ö.ü",
    "no json": lambda double, _: pieced({"alg": "ES256", "kid": double.key.kid}, b"{", b"x"),
    "a list for claims": lambda double, _: double.key.signed({}).split(".")[0] + ".W10.eA",
    "two parts": lambda double, person: ".".join(double.token(person).split(".")[:2]),
    "four parts": lambda double, person: double.token(person) + ".more",
    "cut off": lambda double, person: double.token(person)[:-12],
    "endless": lambda double, person: double.token(person, padding="x" * 20_000),
    "signed by nobody": _unsigned("none"),
    "signed by nobody, loudly": _unsigned("NONE"),
    "signed by nothing": _unsigned("ES256"),
    "a public key as secret": _by_public_key,
    "a published key as secret": _by_published_key,
    "an empty secret": lambda double, person: _hs256(b"", {}, _own(double, person)),
    "a guessed secret": lambda double, person: _hs256(b"secret", {}, _own(double, person)),
    "a stranger's key": lambda double, person: _STRANGER.signed(_own(double, person)),
    "a stranger's key under our name": lambda double, person: _STRANGER.signed(
        _own(double, person), kid=double.key.kid
    ),
    "a key that it brings": _with_own_key,
    "a key from an address": lambda double, person: _STRANGER.signed(
        _own(double, person), jku=f"{double.url}/keys"
    ),
    "no key's name": lambda double, person: double.key.signed(_own(double, person), kid=None),
    "a path as key's name": lambda double, person: double.key.signed(
        _own(double, person), kid="../../etc/passwd"
    ),
    "another way of signing": _other_algorithm,
    "changed claims": _changed,
    "inside another": _nested,
    "over": _said({"exp": int(time()) - 31, "iat": int(time()) - 3700}),
    "over for long": _said({"exp": 1}),
    "never over": _said({"exp": None}),
    "over at no time": _said({"exp": "tomorrow"}),
    "not yet": _said({"nbf": int(time()) + 3600}),
    "from tomorrow": _said({"iat": int(time()) + 86_400}),
    "from no time": _said({"iat": None}),
    "another project": _said({"iss": "https://other.example/auth/v1"}),
    "the project itself": _said({"iss": "supabase"}),
    "no project": _said({"iss": None}),
    "for others": _said({"aud": "somebody-else"}),
    "for nobody": _said({"aud": None}),
    "the anonymous role": _said({"role": "anon"}),
    "the service's role": _said({"role": "service_role"}),
    "no role": _said({"role": None}),
    "a role of one's own": _said(
        {"role": "user", "user_metadata": {"role": "authenticated"}, "app_metadata": {}}
    ),
    "an anonymous person": _said({"is_anonymous": True}),
    "anonymous in words": _said({"is_anonymous": "true"}),
    "nobody": _said({"sub": None}),
    "a name for an id": _said({"sub": "admin"}),
    "an id in braces": _said({"sub": f"{{{uuid4()}}}"}),
    "an id with SQL": _said({"sub": f"{uuid4()}' OR '1'='1"}),
}
"""By what is wrong."""

GOOD_SIGNS: Final = ("ES256", "RS256", "EdDSA")
