"""Sessions of people who signed in with Supabase, kept by their browsers in two cookies.

Nothing is kept here: the access token says who somebody is, the refresh token goes on with
it. It is renewed by the way, with whatever request comes last before it runs out. What was
signed out here stays out, although its token would still count for a while.
"""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from clipbot.errors import NotSignedIn, SignInUnavailable
from clipbot.identity.cookies import Jar
from clipbot.identity.gotrue import Grant, SignIn
from clipbot.identity.renewals import Renewals
from clipbot.identity.tokens import AccessTokens, Claims

logger = logging.getLogger(__name__)

_ACCESS: Final = "access"
_REFRESH: Final = "refresh"
_REFRESH_DAYS: Final = 30
_DAY_SECONDS: Final = 86_400
_MARGIN_SECONDS: Final = 90
"""An access token is renewed so long before it ends."""
_MOST_ENDED: Final = 10_000


@dataclass(frozen=True, slots=True)
class Resumed:
    """A session that goes on."""

    claims: Claims
    cookies: tuple[str, ...] = ()


@dataclass(slots=True)
class Ended:
    """Sessions that were signed out here, as long as their tokens would count."""

    now: Callable[[], float]
    _until: OrderedDict[str, float] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, session_id: str) -> None:
        """Note that a session is over."""
        with self._lock:
            self._until[session_id] = self.now() + _DAY_SECONDS
            while len(self._until) > _MOST_ENDED:
                self._until.popitem(last=False)

    def check(self, session_id: str) -> None:
        """Refuse a session that was signed out.

        Raises:
            NotSignedIn: It was.
        """
        if self._until.get(session_id, 0.0) > self.now():
            raise NotSignedIn("You have signed out; please sign in again.", is_refused=True)


@dataclass(frozen=True, slots=True)
class Sessions:
    """Begins, continues and ends sessions. Safe to share between threads; may block."""

    tokens: AccessTokens
    sign_in: SignIn
    renewals: Renewals
    jar: Jar
    ended: Ended
    now: Callable[[], float]
    """Unix time."""

    def read(self, access_token: str) -> Claims:
        """Return what an access token says.

        Raises:
            NotSignedIn: It does not count, or its session was signed out here.
            SignInUnavailable: Its key cannot be looked up now.
        """
        claims = self.tokens.read(access_token)
        if claims.session_id is not None:
            self.ended.check(claims.session_id)
        return claims

    def begin(self, grant: Grant) -> Resumed:
        """Return the cookies of a session that begins, or has just been renewed.

        Raises:
            NotSignedIn: What was granted does not let anybody in.
        """
        claims = self.read(grant.access_token)
        lasts = max(0, int(claims.expires_at - self.now()))
        try:
            cookies = (
                *self.jar.written(_ACCESS, grant.access_token, lasts),
                *self.jar.written(_REFRESH, grant.refresh_token, _REFRESH_DAYS * _DAY_SECONDS),
            )
        except ValueError as error:
            logger.warning("tokens do not fit into cookies")
            raise SignInUnavailable from error
        return Resumed(claims, cookies)

    def resume(self, cookies: Mapping[str, str], *, may_renew: bool = True) -> Resumed:
        """Go on with the session that a browser keeps.

        Args:
            cookies: What it sent.
            may_renew: Whether new cookies reach it.

        Raises:
            NotSignedIn: There is none, or it is over.
            SignInUnavailable: That cannot be found out now.
        """
        access, refresh = self._kept(cookies)
        if access is None and refresh is None:
            raise NotSignedIn
        claims, refused = self._read(access)
        if claims is not None and claims.expires_at - self.now() > _MARGIN_SECONDS:
            return Resumed(claims)
        if refresh is not None and may_renew:
            try:
                return self.begin(self.renewals.get(refresh))
            except (NotSignedIn, SignInUnavailable):
                if claims is None:
                    raise
        if claims is None:
            raise refused
        return Resumed(claims)

    def end(self, cookies: Mapping[str, str]) -> tuple[str, ...]:
        """Sign out; return what takes the cookies away, whatever Supabase says."""
        access, refresh = self._kept(cookies)
        claims: Claims | None = None
        try:
            claims, _ = self._read(access)
            if claims is None and refresh is not None:
                # An access token alone revokes a session; get one for that.
                access = self.renewals.get(refresh).access_token
                claims, _ = self._read(access)
        except (NotSignedIn, SignInUnavailable):
            logger.info("session not found to be signed out")
        if claims is not None and access is not None:
            if claims.session_id is not None:
                self.ended.add(claims.session_id)
            try:
                self.sign_in.sign_out(access)
            except SignInUnavailable:
                logger.warning("session not revoked at the provider")
        return (*self.jar.dropped(_ACCESS), *self.jar.dropped(_REFRESH))

    def _kept(self, cookies: Mapping[str, str]) -> tuple[str | None, str | None]:
        return self.jar.read(cookies, _ACCESS), self.jar.read(cookies, _REFRESH)

    def _read(self, access: str | None) -> tuple[Claims | None, NotSignedIn]:
        if access is None:
            return None, NotSignedIn("Your session has ended; please sign in again.")
        try:
            return self.read(access), NotSignedIn()
        except NotSignedIn as error:
            return None, error
