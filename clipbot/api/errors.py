"""How errors look over HTTP: one table of statuses, one shape of body.

    {"code": "clip_not_found", "detail": "There is no clip 7.", "retryable": false}

Some errors carry what a program needs to go on: `choices`, `leftover`, `quote_id`,
`retry_after`. A bug answers 500 with nothing of itself in it, and is logged once.

The statuses are those of the first design (seeds 002, §5): a job that is not completed
yet and an instruction that cannot be used answer 400.
"""

import logging
from collections.abc import Mapping
from math import ceil
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clipbot import errors
from clipbot.api.models.errors import ErrorModel

logger = logging.getLogger(__name__)


class TooManyStreams(errors.ClipbotError):
    """There are as many open event streams as one process serves: of a job, a user, or in all."""

    code = "too_many_streams"
    retryable = True
    retry_after_seconds = 10
    """Meanwhile `?after=` tells the same."""

    def __init__(self, limit: int, of: str = "of this job") -> None:
        super().__init__(
            f"{limit} event streams {of} are open; close one, or ask again with ?after=."
        )
        self.limit = limit


STATUS: Final[Mapping[type[errors.ClipbotError], int]] = {
    errors.EmptyInstruction: 400,
    errors.InstructionTooLong: 400,
    errors.MalformedKey: 400,
    errors.MalformedId: 400,
    errors.JobNotFound: 404,
    errors.ClipNotFound: 404,
    errors.VersionNotFound: 404,
    errors.RegenerationNotFound: 404,
    errors.CompositionNotFound: 404,
    errors.SegmentNotFound: 404,
    errors.EntryNotFound: 404,
    errors.ExportNotFound: 404,
    errors.QuoteNotFound: 404,
    errors.TemplateNotFound: 404,
    errors.FootageMissing: 404,
    errors.WebhookNotFound: 404,
    errors.DeliveryNotFound: 404,
    errors.LinkNotFound: 404,
    errors.ShareNotFound: 404,
    errors.RequestError: 422,
    errors.NotSignedIn: 401,
    errors.SignInUnavailable: 503,
    errors.TooManyGuests: 503,
    errors.NotAllowed: 403,
    errors.JobNotReady: 400,
    errors.ConflictError: 409,
    errors.BudgetExceeded: 402,
    errors.RateLimited: 429,
    errors.ProviderUnavailable: 503,
    errors.ProviderRateLimited: 503,
    errors.ProviderError: 502,
    errors.StorageFull: 507,
    errors.BlobTooLarge: 507,
    errors.StorageUnavailable: 503,
    errors.EditCancelled: 409,
    TooManyStreams: 503,
    errors.ClipbotError: 500,
}

_CHALLENGE: Final = 'Bearer realm="clipbot"'
_REFUSED: Final = ', error="invalid_token"'

_HTTP_CODES: Final[Mapping[int, str]] = {
    400: "malformed_json",  # nothing else raises it
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
}


def status_of(error: type[errors.ClipbotError]) -> int:
    """Return the HTTP status of the nearest listed ancestor of `error`."""
    return next(
        STATUS[base]
        for base in error.__mro__
        if issubclass(base, errors.ClipbotError) and base in STATUS
    )


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the error answers of a call, for its description in OpenAPI."""
    return {status: {"model": ErrorModel, "description": MEANINGS[status]} for status in statuses}


ANY: Final[dict[int | str, dict[str, Any]]] = {
    "default": {"model": ErrorModel, "description": "Anything else that went wrong."}
}
"""The error answer of every call, for its description in OpenAPI."""

MEANINGS: Final[Mapping[int, str]] = {
    400: "Something in the request cannot be used, or the job is not ready for it.",
    401: "Nobody is signed in, or the token does not convince.",
    402: "The budget of the job does not allow it.",
    403: "The job belongs to somebody else.",
    404: "There is no such thing.",
    408: "The request took too long to arrive.",
    409: "Not now: something else is going on, or has to be confirmed first.",
    412: "The file is another one by now.",
    413: "The request is too large.",
    415: "The request is no JSON.",
    416: "The file ends before the range.",
    422: "The request is unclear or incomplete.",
    429: "Too many paid edits; see `Retry-After`.",
    500: "Something is wrong here.",
    502: "A renderer or language model failed.",
    503: "Too many open connections, or a renderer or the storage is away; try again.",
    507: "There is no room left.",
}


def plain(
    status: int,
    code: str,
    detail: str,
    *,
    retryable: bool = False,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """Return an answer in the shape of all errors."""
    body = {"code": code, "detail": detail, "retryable": retryable}
    return JSONResponse(body, status, headers)


def body_of(error: errors.ClipbotError) -> dict[str, Any]:
    """Return what an error looks like."""
    return {
        "code": error.code,
        "detail": str(error),
        "retryable": error.retryable,
        **extras(error),
    }


def answer(error: errors.ClipbotError) -> JSONResponse:
    """Return the answer to an error of ours."""
    body = body_of(error)
    wait = body.get("retry_after")
    headers = {} if wait is None else {"Retry-After": str(wait)}
    if isinstance(error, errors.NotSignedIn):
        headers["WWW-Authenticate"] = _CHALLENGE + (_REFUSED if error.is_refused else "")
    return JSONResponse(body, status_of(type(error)), headers)


def extras(error: errors.ClipbotError) -> dict[str, Any]:
    """Return what a program needs to go on after an error, beside its code."""
    match error:
        case errors.NeedsAnswer():
            return {"choices": list(error.choices)}
        case errors.Unsupported():
            return {"leftover": list(error.leftover)}
        case errors.QuoteRequired():
            return {"quote_id": str(error.quote_id)}
        case errors.RateLimited() | errors.ProviderRateLimited() | TooManyStreams():
            wait = error.retry_after_seconds
            return {} if wait is None else {"retry_after": ceil(wait)}
        case _:
            return {}


def install(app: FastAPI) -> None:
    """Let every error of the app answer in the one shape."""

    @app.exception_handler(errors.ClipbotError)
    def answer_error(request: Request, error: errors.ClipbotError) -> Response:
        response = answer(error)
        if response.status_code >= 500:  # noqa: PLR2004 - a server error is ours to look into
            facts = {"code": error.code, "method": request.method, "path": request.url.path}
            logger.error("request failed", extra=facts, exc_info=error)
        return response

    @app.exception_handler(RequestValidationError)
    def answer_invalid(_: Request, error: RequestValidationError) -> Response:
        return _invalid(error)

    @app.exception_handler(HTTPException)
    def answer_http(_: Request, error: HTTPException) -> Response:
        code = _HTTP_CODES.get(error.status_code, f"http_{error.status_code}")
        return plain(error.status_code, code, f"{error.detail}.", headers=error.headers)


def _invalid(error: RequestValidationError) -> Response:
    first = error.errors()[0]
    place, *names = first["loc"] or ("body",)
    if place == "path" or first["type"].startswith("uuid"):
        name = str(names[-1]) if names else "id"
        return answer(errors.MalformedId(name.removesuffix("_id").removesuffix("_index")))
    if first["type"] == "json_invalid":
        return plain(400, "malformed_json", "The body of the request is not JSON.")
    where = ".".join(str(name) for name in names) or str(place)
    return plain(422, "invalid_request", f"{where}: {first['msg'].removeprefix('Value error, ')}.")


class LastResort:
    """Answers 500 to what nobody expected, and logs it once.

    Starlette's own last resort answers and raises on, so that the server logs the error
    again. If the answer has begun, there is nothing to say any more: the server cuts it
    off and logs why.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and answer for whatever breaks."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        has_begun = False

        async def sending(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except Exception:
            if has_begun:
                raise
            facts = {"method": scope["method"], "path": scope["path"]}
            logger.exception("request failed unexpectedly", extra=facts)
            response = plain(500, "internal", "Something went wrong; it was written down.")
            await response(scope, receive, send)
