"""Keys and tokens as Supabase's auth server makes them, and as others would forge them."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import time
from typing import Any, Literal
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

Algorithm = Literal["ES256", "RS256", "EdDSA"]


def _private(algorithm: Algorithm) -> Any:
    match algorithm:
        case "ES256":
            return ec.generate_private_key(ec.SECP256R1())
        case "RS256":
            return rsa.generate_private_key(public_exponent=65537, key_size=2048)
        case "EdDSA":
            return ed25519.Ed25519PrivateKey.generate()


@dataclass(frozen=True)
class SigningKey:
    """A pair of keys with its name."""

    algorithm: Algorithm = "ES256"
    kid: str = field(default_factory=lambda: str(uuid4()))
    private: Any = None

    @classmethod
    def new(cls, algorithm: Algorithm = "ES256", kid: str | None = None) -> "SigningKey":
        return cls(algorithm, kid or str(uuid4()), _private(algorithm))

    @property
    def published(self) -> dict[str, Any]:
        """Return the public half, as a JWKS lists it."""
        public = self.private.public_key()
        found: dict[str, Any]
        match self.algorithm:
            case "ES256":
                found = jwt.algorithms.ECAlgorithm.to_jwk(public, as_dict=True)
            case "RS256":
                found = jwt.algorithms.RSAAlgorithm.to_jwk(public, as_dict=True)
            case "EdDSA":
                found = jwt.algorithms.OKPAlgorithm.to_jwk(public, as_dict=True)
        marks = {"alg": self.algorithm, "kid": self.kid, "use": "sig", "key_ops": ["verify"]}
        return {**found, **marks}

    @property
    def public_pem(self) -> bytes:
        pem: bytes = self.private.public_key().public_bytes(
            Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
        )
        return pem

    @property
    def private_pem(self) -> bytes:
        pem: bytes = self.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return pem

    def signed(self, claims: Mapping[str, Any], **header: Any) -> str:
        """Return a token; `header` adds to its header, `None` leaves out."""
        named = {"kid": self.kid, **header}
        kept = {name: value for name, value in named.items() if value is not None}
        return jwt.encode(dict(claims), self.private_pem, self.algorithm, kept)


def claims(issuer: str, user_id: str, **changes: Any) -> dict[str, Any]:
    """Return what a token of a person says; a change to `None` leaves a claim out."""
    now = int(time())
    said = {
        "iss": issuer,
        "sub": user_id,
        "aud": "authenticated",
        "exp": now + 3600,
        "iat": now,
        "email": "ada@example.com",
        "phone": "",
        "app_metadata": {"provider": "email", "providers": ["email"]},
        "user_metadata": {},
        "role": "authenticated",
        "aal": "aal1",
        "amr": [{"method": "password", "timestamp": now}],
        "session_id": str(uuid4()),
        "is_anonymous": False,
        **changes,
    }
    return {name: value for name, value in said.items() if value is not None}


def pieced(header: Mapping[str, Any], said: Mapping[str, Any] | bytes, signature: bytes) -> str:
    """Return a token put together by hand, with any header and any signature."""
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    parts = (json.dumps(header).encode(), body, signature)
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)
