"""The secret that signs what we hand out: links, and the cookies of visitors.

It is set (`CLIPBOT_SECRET`), or made once and kept in the home folder, for its owner alone.
Each purpose signs with a key of its own, so that what was signed for one is worthless for
another.
"""

import hmac
import os
import secrets
from pathlib import Path
from typing import Final

from clipbot.errors import ConfigurationError

_FILE: Final = "secret"
_BYTES: Final = 48
_LEAST: Final = 32
_OWNER_ONLY: Final = 0o600


def house_secret(home: Path, configured: str | None = None) -> bytes:
    """Return the secret; makes one in `home` if none is configured or kept there.

    Raises:
        ConfigurationError: The one that is kept was shortened, or cannot be read.
    """
    if configured is not None:
        return configured.encode()
    path = home / _FILE
    try:
        if not path.exists():
            _make(path)
        kept = path.read_bytes().strip()
    except OSError as error:
        raise ConfigurationError(
            f"The secret in {_FILE} cannot be kept: {error.strerror}."
        ) from error
    if len(kept) < _LEAST:
        raise ConfigurationError(
            "The secret in CLIPBOT_HOME is too short; delete it, and a new one is made."
        )
    return kept


def key(secret: bytes, purpose: str) -> bytes:
    """Return the key for one purpose."""
    return hmac.digest(secret, f"clipbot/{purpose}".encode(), "sha256")


def _make(path: Path) -> None:
    """Write a new secret, whole or not at all; one that another process made wins."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    opened = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    try:
        with os.fdopen(opened, "wb") as file:
            file.write(secrets.token_urlsafe(_BYTES).encode())
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        draft.unlink()
