"""What the storage's answers mean, in our errors (measured: facts/services.md §1.2).

The HTTP status is 400 for nearly everything; the true one is the *string* `statusCode` in
the body, which the client hands on as `status`. Where an answer is not in the storage's
own shape, the client calls it `InternalError`, and its status is that of HTTP: then it
came from something before the storage, or from another server altogether.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

import httpx
from storage3.exceptions import StorageApiError
from storage3.utils import StorageException

from clipbot.errors import (
    BlobConflict,
    BlobError,
    BlobNameRefused,
    BlobNotFound,
    BlobTooLarge,
    ClipbotError,
    ConfigurationError,
    StorageUnavailable,
)

logger = logging.getLogger(__name__)

FOREIGN: Final = "InternalError"
"""What the client calls an answer that is not in the storage's own shape."""
_NOT_STORAGE: Final = "SUPABASE_URL does not lead to a storage service."
_BAD_KEY: Final = "The storage does not accept SUPABASE_SERVICE_KEY; it needs the service key."
_SERVER: Final = 500
_REDIRECTS: Final = range(300, 400)
_LATER: Final = frozenset({408, 423, 425, 429})
"""Time-outs, a key that somebody else is writing just now, too many requests."""
_KNOWN: Final[Mapping[int, Callable[[str], BlobError]]] = {
    404: BlobNotFound,
    409: BlobConflict,
    413: BlobTooLarge,
}
_UNKNOWN_ROLE: Final = "22023"
"""PostgreSQL's code, in the answer to a key of a role that the project does not know."""


@contextmanager
def translated(key: str) -> Iterator[None]:
    """Let nothing of the client leave: every answer and every silence is an error of ours.

    Args:
        key: What is asked about: a file's key, or a bucket's name.
    """
    try:
        yield
    except StorageApiError as error:
        raise meaning(str(error.status), str(error.code), str(error.message), key) from error
    except httpx.HTTPError as error:
        logger.warning("storage did not answer", extra={"what": type(error).__name__})
        raise StorageUnavailable from error
    except (StorageException, ValueError, LookupError, TypeError) as error:
        logger.warning("storage answered nonsense", extra={"what": type(error).__name__})
        raise StorageUnavailable("its answer makes no sense") from error


def meaning(status: str, code: str, message: str, key: str) -> ClipbotError:
    """Return what an answer that is no success means.

    Args:
        status: As the body says it.
        code: The body's `error`.
        message: The body's `message`.
        key: What was asked about.
    """
    number = int(status) if status.isdigit() else _SERVER
    text = f"{code} {message}".lower()
    bucket = key.split("/", 1)[0]
    if error := _set_up_wrongly(number, code, text, bucket):
        return error
    if code.lower() == "invalidkey":
        return BlobNameRefused(key)
    if number >= _SERVER or number in _LATER:
        logger.warning("storage failed", extra={"status": number, "answer": code})
        return StorageUnavailable(f"it answers {number}")
    if kind := _KNOWN.get(number):
        return kind(key)
    logger.warning("storage refused", extra={"status": number, "answer": code})
    return BlobError(f"The storage refused this ({number}).")


def _set_up_wrongly(number: int, code: str, text: str, bucket: str) -> ConfigurationError | None:
    """Return what no patience helps against, in one sentence."""
    if number in _REDIRECTS or (number in {404, 405} and code == FOREIGN):
        return ConfigurationError(_NOT_STORAGE)
    if number in {401, 403} or "jwt" in code.lower() or _UNKNOWN_ROLE in text:
        return ConfigurationError(_BAD_KEY)
    if number == 404 and "bucket" in text:  # noqa: PLR2004 - HTTP's own number
        return ConfigurationError(f"The storage has no bucket {bucket}; please create it, private.")
    if number == 415:  # noqa: PLR2004 - as above
        return ConfigurationError(f"The bucket {bucket} does not allow files of this type.")
    return None
