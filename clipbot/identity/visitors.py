"""Visitors of a Space where nobody signs in: each browser is a user of its own, for two days.

Who comes without a cookie gets the page and a cookie, and nothing else: a crawler that keeps
no cookies never becomes somebody for whom anything is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid4

from clipbot.domain.user import User
from clipbot.errors import NotSignedIn
from clipbot.identity.base import Admission, Credential, Knock
from clipbot.identity.cookies import Jar
from clipbot.identity.links import Links
from clipbot.identity.passes import Passes

COOKIE: Final = "visitor"
_PAGE: Final = "/"
_CALLS: Final = ("/api/", "/gradio_api/")
_NO_COOKIES: Final = (
    "Please allow cookies, or open this page in a tab of its own: it keeps your films apart "
    "from those of others by one."
)


@dataclass(frozen=True, slots=True)
class VisitorDoor:
    """A `Door` that knows browsers by a cookie, and asks nobody who they are."""

    passes: Passes
    jar: Jar
    links: Links

    def user(self, headers: Mapping[str, str], cookies: Mapping[str, str]) -> User:
        """Return the visitor of a browser that has been here."""
        return self.admit(Knock("GET", "", headers, cookies, may_renew=False)).user

    def admit(self, knock: Knock) -> Admission:
        """Let a visitor in."""
        if knock.headers.get("authorization") is not None:
            raise NotSignedIn("Nobody has an account here.", is_refused=True)
        if knock.link is not None:
            link = self.links.opened(knock.link, knock.path)
            return Admission(User(link.user_id), Credential.LINK, expires_at=link.expires_at)
        try:
            said = self.passes.read(self.jar.read(knock.cookies, COOKIE))
            return Admission(User(_id(said)), Credential.NOTHING)
        except NotSignedIn as error:
            return self._first(knock, error)

    def link(self, admission: Admission, path: str) -> str | None:
        """Return the token for another path, where a link let them in."""
        if admission.by is not Credential.LINK:
            return None
        return self.links.token(admission.user.id, path, latest=admission.expires_at)

    def _first(self, knock: Knock, error: NotSignedIn) -> Admission:
        if not knock.may_renew and not knock.path:
            raise error
        if knock.path.startswith(_CALLS):
            raise NotSignedIn(_NO_COOKIES)
        visitor = User(uuid4())
        if (knock.method, knock.path) != ("GET", _PAGE):
            # The framework's files; nothing of anybody's.
            return Admission(visitor, Credential.NOTHING)
        note = self.passes.written({"sub": str(visitor.id)})
        cookies = self.jar.written(COOKIE, note, self.passes.seconds)
        return Admission(visitor, Credential.NOTHING, cookies)


def _id(said: Mapping[str, Any]) -> UUID:
    try:
        return UUID(str(said.get("sub")))
    except ValueError as error:
        raise NotSignedIn(is_refused=True) from error
