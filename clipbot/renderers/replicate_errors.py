"""What an answer of Replicate, or none, means for us.

The one question is whether something may have been started. A request that never left
was not; neither was one that was refused for what it asks. Everything else after a
request that costs money is `SubmissionUnknown`: a server that breaks may break after it
has begun to work.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from clipbot.errors import (
    PredictionLost,
    ProviderRateLimited,
    ProviderRejected,
    ProviderUnavailable,
    SubmissionUnknown,
)
from clipbot.renderers.replicate_wire import NoAnswer, NotSent, Refused

_TOO_MANY: Final = 429
_NOT_FOUND: Final = 404
_REASONS: Final = {
    401: "it does not accept the token",
    402: "the account has no credit left",
    403: "the token is not allowed to use it",
    404: "the service does not know this model",
    422: "it does not take this request",
}
"""Refusals after which nothing was started, and nothing ever will be by asking again."""


@contextmanager
def submitting(label: str) -> Iterator[None]:
    """Translate what goes wrong with a request that costs money.

    Raises:
        ProviderUnavailable: Nothing was started.
        ProviderRateLimited: Nothing was started.
        ProviderRejected: It will never be accepted.
        SubmissionUnknown: It may have been started.
    """
    try:
        yield
    except NotSent as error:
        raise ProviderUnavailable(label, str(error)) from error
    except NoAnswer as error:
        raise SubmissionUnknown(label, str(error)) from error
    except Refused as error:
        if error.status == _TOO_MANY:
            raise ProviderRateLimited(label, error.retry_after_seconds) from error
        if error.status in _REASONS:
            raise ProviderRejected(label, _why(error)) from error
        raise SubmissionUnknown(label, f"it answered {error.status}") from error


@contextmanager
def asking(label: str) -> Iterator[None]:
    """Translate what goes wrong with a question about a prediction, which costs nothing.

    Raises:
        ProviderUnavailable: The state is unknown; safe to ask again.
        PredictionLost: There is no such prediction.
    """
    try:
        yield
    except (NotSent, NoAnswer) as error:
        raise ProviderUnavailable(label, str(error)) from error
    except Refused as error:
        if error.status == _NOT_FOUND:
            raise PredictionLost(label, "there is no such prediction") from error
        reason = _REASONS.get(error.status, f"it answered {error.status}")
        raise ProviderUnavailable(label, reason) from error


def _why(error: Refused) -> str:
    """Return the reason; what is wrong with an input is said by the service alone."""
    reason = _REASONS[error.status]
    said = " ".join(error.detail.split())[:200].rstrip(".")
    return f"{reason} ({said})" if error.status == 422 and said else reason  # noqa: PLR2004
