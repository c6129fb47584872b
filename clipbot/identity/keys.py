"""The public keys with which Supabase signs, as it publishes them (JWKS).

They are fetched when first needed, and again after ten minutes. A key that is not
published any more still counts for a while, since what it signed lives on and caches lie
in between. Whoever shows an unknown key makes us look again, but not more often than every
half minute: a stream of forged keys must not make us hammer that address. Where it does
not answer, the keys that we know go on working for an hour, and about others we say that
we cannot tell.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
import jwt

from clipbot.errors import NotSignedIn, SignInUnavailable
from clipbot.identity import wire

logger = logging.getLogger(__name__)

ALGORITHMS: Final = frozenset({"ES256", "RS256", "EdDSA"})
FRESH_SECONDS: Final = 600.0
KEPT_SECONDS: Final = 1_200.0
"""How long a key counts after it was published last."""
OUTAGE_SECONDS: Final = 3_600.0
"""How long known keys count while nobody publishes any."""
PAUSE_SECONDS: Final = 30.0
"""Between two looks that an unknown key, or a failure, causes."""
_TIMEOUT_SECONDS: Final = 5.0
_MOST_BYTES: Final = 200_000
_MOST_KEYS: Final = 50

Fetch = Callable[[], Mapping[str, Any]]
"""Returns the published document; raises `SignInUnavailable`."""


@dataclass(slots=True)
class _Known:
    key: jwt.PyJWK
    seen_at: float


@dataclass(slots=True)
class Keys:
    """Knows the keys by their names. Safe to share between threads; asking may block."""

    fetch: Fetch
    now: Callable[[], float]
    """Seconds, from any beginning; never goes back."""
    _known: dict[str, _Known] = field(default_factory=dict)
    _tried_at: float | None = None
    _fetched_at: float | None = None
    _fetching: threading.Lock = field(default_factory=threading.Lock)

    def get(self, name: str) -> jwt.PyJWK:
        """Return the key of this name.

        Raises:
            NotSignedIn: There is no such key.
            SignInUnavailable: That cannot be found out now.
        """
        known = self._usable(name)
        if known is None:
            known = self._looked_up(name)
        elif self._is_stale() and self._may_look():
            # One of those who ask waits for the news; the others go on with what is known.
            self._refresh(is_waiting=False)
        return known.key

    def _looked_up(self, name: str) -> _Known:
        """Return a key that was not known; only the very first ones are waited for by all.

        Later, whoever shows an unknown name while somebody looks is asked to come again: many
        forged ones must not hold up everybody else.
        """
        if self._may_look() and not self._refresh(is_waiting=self._fetched_at is None):
            raise SignInUnavailable
        known = self._usable(name)
        if known is not None:
            return known
        if self._fetched_at is None or self._tried_at != self._fetched_at:
            raise SignInUnavailable
        raise NotSignedIn("That token is not signed by anybody we know.", is_refused=True)

    def _refresh(self, *, is_waiting: bool) -> bool:
        """Look again, unless somebody else does; return whether the news are in."""
        if not self._fetching.acquire(blocking=is_waiting):
            return False
        try:
            if self._may_look():
                self._fetch()
            return True
        finally:
            self._fetching.release()

    def _usable(self, name: str) -> _Known | None:
        known = self._known.get(name)
        if known is None:
            return None
        age = self.now() - known.seen_at
        is_outage = self._tried_at is not None and self._tried_at != self._fetched_at
        return known if age < (OUTAGE_SECONDS if is_outage else KEPT_SECONDS) else None

    def _is_stale(self) -> bool:
        return self._fetched_at is None or self.now() - self._fetched_at >= FRESH_SECONDS

    def _may_look(self) -> bool:
        return self._tried_at is None or self.now() - self._tried_at >= PAUSE_SECONDS

    def _fetch(self) -> None:
        moment = self.now()
        try:
            found = _usable_keys(self.fetch())
        except SignInUnavailable:
            self._tried_at = moment
            logger.warning("signing keys not fetched")
            return
        kept = {
            name: known
            for name, known in self._known.items()
            if moment - known.seen_at < KEPT_SECONDS
        }
        self._known = kept | {name: _Known(key, moment) for name, key in found.items()}
        self._fetched_at = self._tried_at = moment


def fetched_from(url: str) -> Fetch:
    """Return what fetches the published keys from an address."""

    def fetch() -> Mapping[str, Any]:
        try:
            with wire.client(_TIMEOUT_SECONDS) as http:
                answer = http.get(url)
            document = (
                answer.raise_for_status().json() if len(answer.content) < _MOST_BYTES else None
            )
        except (httpx.HTTPError, ValueError) as error:
            raise SignInUnavailable from error
        if not isinstance(document, dict) or not isinstance(document.get("keys"), list):
            raise SignInUnavailable
        return document

    return fetch


def _usable_keys(document: Mapping[str, Any]) -> dict[str, jwt.PyJWK]:
    """Return the keys that may sign tokens; secrets and keys for other uses are left out."""
    found: dict[str, jwt.PyJWK] = {}
    for each in document["keys"][:_MOST_KEYS]:
        if not isinstance(each, dict) or not isinstance(each.get("kid"), str):
            continue
        if each.get("kty") not in {"EC", "RSA", "OKP"} or each.get("use", "sig") != "sig":
            continue
        try:
            key = jwt.PyJWK(each)
        except jwt.PyJWTError:
            continue
        if key.algorithm_name in ALGORITHMS:
            found[each["kid"]] = key
    return found
