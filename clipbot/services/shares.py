"""Links by which the review of a job can be looked at without signing in.

A link opens one job's review and what that shows, to look at, until it ends or is taken back;
both count at once, because every request asks the store. What opens it is 256 random bits,
shown once to whoever makes the link; the store keeps their digest. Whether a link was wrong,
ended or taken back is said to nobody.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID, uuid4

from clipbot.domain.user import User
from clipbot.errors import RequestError, ShareNotFound
from clipbot.services.access import owned
from clipbot.services.base import Clock
from clipbot.services.review_views import Audience, NewShareView
from clipbot.store.records import NewShare, ShareRecord
from clipbot.store.store import Store

MOST: Final = 50
"""Links of one job that hold at once."""
USUAL_DAYS: Final = 7
MOST_DAYS: Final = 90
MOST_LABEL: Final = 80
_TOKEN_BYTES: Final = 32
_LONGEST_TOKEN: Final = 100


@dataclass(frozen=True, slots=True)
class ShareService:
    """Makes links, opens them, takes them back."""

    store: Store
    clock: Clock
    address: str = ""
    """Under which people reach the page; empty: a link is said without its host."""

    def create(
        self, user: User, job_id: UUID, *, days: int = USUAL_DAYS, label: str = ""
    ) -> NewShareView:
        """Make a link; its token is shown this once.

        Args:
            user: Who shares.
            job_id: Whose review.
            days: For how long it holds.
            label: For whom it is, so that one knows it again.

        Raises:
            JobNotFound: No such job.
            NotAllowed: It belongs to somebody else.
            RequestError: It would hold too long, or not at all, or its label is too long.
            TooManyShares: The job has as many as it may have.
        """
        owned(self.store.jobs, user, job_id)
        if not 1 <= days <= MOST_DAYS:
            raise RequestError(f"A link to a review holds for 1 to {MOST_DAYS} days.")
        label = " ".join(label.split())
        if len(label) > MOST_LABEL:
            raise RequestError(f"A link's label has at most {MOST_LABEL} characters.")
        token, now = secrets.token_urlsafe(_TOKEN_BYTES), self.clock()
        new = NewShare(
            id=uuid4(),
            job_id=job_id,
            user_id=user.id,
            label=label,
            digest=_digest(token),
            expires_at=now + timedelta(days=days),
        )
        share = self.store.shares.add(new, most=MOST, now=now)
        return NewShareView(share, token, f"{self.address}/shared/{share.id}#{token}")

    def list(self, user: User, job_id: UUID) -> list[ShareRecord]:
        """Return the links of a job, newest first, with those that have ended.

        Raises:
            JobNotFound: No such job.
            NotAllowed: It belongs to somebody else.
        """
        owned(self.store.jobs, user, job_id)
        return self.store.shares.of_job(job_id)

    def revoke(self, user: User, share_id: UUID, job_id: UUID | None = None) -> ShareRecord:
        """Take a link back; from then on it opens nothing.

        Args:
            user: Whose job it is.
            share_id: The link.
            job_id: The job that it should be of; None: any of the user's.

        Raises:
            JobNotFound: No such job.
            NotAllowed: It belongs to somebody else.
            ShareNotFound: There is no such link.
        """
        if job_id is not None:
            owned(self.store.jobs, user, job_id)
        share, _ = self.store.shares.get(share_id)
        if job_id is not None and share.job_id != job_id:
            raise ShareNotFound
        owned(self.store.jobs, user, share.job_id)
        return self.store.shares.revoke(share_id, now=self.clock())

    def open(self, share_id: UUID, token: str) -> tuple[Audience, ShareRecord]:
        """Let in whoever has a link.

        Raises:
            ShareNotFound: It is wrong, has ended, or was taken back.
        """
        share, digest = self.store.shares.get(share_id)
        is_right = len(token) <= _LONGEST_TOKEN and hmac.compare_digest(_digest(token), digest)
        if not is_right or not share.holds(self.clock()):
            raise ShareNotFound
        return Audience(share.job_id, f"/api/v1/shared/{share.id}", None), share

    def is_held(self, share: ShareRecord) -> bool:
        """Return whether a link still opens anything."""
        return share.holds(self.clock())


def _digest(token: str) -> str:
    # Random bits need no salt and no slow hash: there is nothing to guess from.
    return sha256(token.encode("utf-8", "replace")).hexdigest()
