"""What the workflows ask of the layers around them."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol
from uuid import UUID

from clipbot.domain.deliveries import Due


class Steps(Protocol):
    """The parts of one regeneration. Each may run twice and must not matter then.

    A step runs again when the process died before its end was written down. Each raises
    `ClipbotError` for what goes wrong on purpose; the workflow then calls `end`.
    """

    def begin(self, regeneration_id: UUID, /) -> None:
        """Take the regeneration from queued to processing, and write its prompt.

        Raises:
            EditCancelled: It was taken back while it waited.
        """
        ...

    def intend(self, regeneration_id: UUID, attempt: int, /) -> None:
        """Write down that a request is going to be sent, before anything is sent."""
        ...

    def submit(self, regeneration_id: UUID, attempt: int, /) -> str:
        """Send the request once, however often this is called; return the prediction's id."""
        ...

    def next_attempt(self, regeneration_id: UUID, attempt: int, /) -> bool:
        """Return whether another attempt was agreed to after this one was refused."""
        ...

    def recall(self, regeneration_id: UUID, /) -> str:
        """Return the prediction of an edit that needs attention."""
        ...

    def await_footage(self, regeneration_id: UUID, prediction_id: str, /) -> str:
        """Wait until the prediction is over and return the address of its footage."""
        ...

    def store(self, regeneration_id: UUID, footage_url: str, /) -> str:
        """Verify, measure and keep the footage; return its blob key."""
        ...

    def encode(self, regeneration_id: UUID, footage_key: str, /) -> None:
        """Encode the segments that the new film lacks."""
        ...

    def publish(
        self, regeneration_id: UUID, footage_key: str, timings: Mapping[str, float], /
    ) -> None:
        """Make the version, the film and the settlement true, all at once."""
        ...

    def end(
        self,
        regeneration_id: UUID,
        /,
        *,
        code: str,
        message: str,
        retryable: bool,
        timings: Mapping[str, float],
    ) -> None:
        """Close the regeneration without a version; one that is over stays as it is."""
        ...

    def unqueued(self, older_than_seconds: float, /) -> Sequence[tuple[UUID, UUID]]:
        """Return (regeneration, job) of what is still queued, oldest first."""
        ...

    def attend(self) -> Sequence[tuple[UUID, UUID]]:
        """Look after edits that need attention; return (regeneration, job) of made footage."""
        ...

    def forget(self, now: datetime, /) -> int:
        """Forget what is kept for a while only; return how many rows that was."""
        ...

    def release_stuck(self) -> None:
        """Let jobs be edited again that an edit of somebody else has left locked."""
        ...

    def is_over(self, regeneration_id: UUID, /) -> bool:
        """Return whether the regeneration has ended, one way or another."""
        ...


class Workers(Protocol):
    """Who is alive, by the database's clock. Needed where several hosts share the work."""

    def beat(self, executor_id: str) -> None:
        """Write down that this executor is alive."""
        ...

    def alive(self, *, within_seconds: float) -> set[str]:
        """Return the executors that were heard of within this time."""
        ...

    def leave(self, executor_id: str) -> None:
        """Write down that this executor stops and has no work any more."""
        ...

    def try_lead(self) -> AbstractContextManager[bool]:
        """Yield whether the caller alone may act for the dead, until it leaves the block."""
        ...


class Courier(Protocol):
    """Sends webhooks."""

    def due(self) -> Sequence[Due]:
        """Return the webhooks to which something can be sent now, the most urgent first."""
        ...

    def deliver(self, webhook_id: UUID, /) -> bool:
        """Attempt the next delivery to a webhook; return whether it went well."""
        ...

    def forget(self) -> None:
        """Delete what ended long ago."""
        ...


class Keeper(Protocol):
    """Keeps footage for as long as it is to be kept."""

    def tick(self, cancelled: Callable[[], bool], /) -> None:
        """Do what is due; soon end where `cancelled` says so."""
        ...
