"""The one place that speaks to Replicate; `replicate` is known here and in its hooks alone.

Of the client only create, get, list and cancel are used, and the model's document. What
it does besides is taken from it by a transport of ours:

- It repeats a GET up to ten times and sleeps as long as a server says. Here an answer
  that is an error ends the call: whoever counts the tries must see them.
- It forgets `Retry-After`, and reads no answer that holds a status unknown to it, be it
  one of a hundred in a list. Here the answer is kept as it came (`_Call.document`).
- It creates without any timeout (it passes None on). Here every wait has one.
- It has no argument for a deadline of the prediction (`Cancel-After`). A header per
  client would need a client per deadline; the transport adds it to the one request.

One call is one request. A request that costs money goes over a connection of its own: a
kept one may be closed just when it is used, and nobody could tell whether it had arrived.
"""

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from time import monotonic, time
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import httpx

from clipbot.errors import ProviderUnavailable

if TYPE_CHECKING:
    from replicate.client import Client

LONGEST_ANSWER_BYTES: Final = 64_000_000
"""A page of a hundred predictions may hold their pictures."""
CALL_SECONDS: Final = 60.0
"""Longer than any call may take."""
_CONNECT_SECONDS: Final = 5.0
_HOOK_EVENTS: Final = ("start", "completed")

Document = Mapping[str, Any]


class NotSent(Exception):
    """The service was not reached: nothing of the request has left."""


class NoAnswer(Exception):
    """The request may have arrived, and there is no usable answer."""


class Refused(Exception):
    """The service answered with an error.

    Args:
        status: HTTP status.
        detail: What it said, for comparing and for people.
        retry_after_seconds: Its own advice.
    """

    def __init__(self, status: int, detail: str, retry_after_seconds: float | None) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status
        self.detail = detail
        self.retry_after_seconds = retry_after_seconds


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the account's predictions, newest first."""

    entries: tuple[Document, ...]
    next: str | None
    """Where the older ones are."""


@dataclass(slots=True)
class _Call:
    """What one call sends besides its body, and what came back."""

    cancel_after_seconds: int | None = None
    document: Any = None


_call: ContextVar[_Call | None] = ContextVar("replicate_call", default=None)


class Wire:
    """An account at Replicate. Safe to share between threads; loads the client when used.

    Args:
        token: Of the account.
        base_url: Its address; None: Replicate's own.
        wait_seconds: How long a silence may last.
        clock: Seconds, for how long a call takes in all.
    """

    def __init__(
        self,
        token: str,
        base_url: str | None = None,
        *,
        wait_seconds: float = 30.0,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._token = token
        self._base_url = base_url
        timeout = httpx.Timeout(wait_seconds, connect=min(_CONNECT_SECONDS, wait_seconds))
        self._transport = _Transport(timeout, clock)
        self._client: Client | None = None
        self._lock = threading.Lock()

    def create(
        self,
        slug: str,
        inputs: Mapping[str, Any],
        *,
        cancel_after_seconds: int,
        webhook: str | None = None,
    ) -> Document:
        """Start a prediction; this costs money.

        Raises:
            NotSent: Nothing was started.
            NoAnswer: It may have been.
            Refused: As the status says.
        """
        extra: dict[str, Any] = {}
        if webhook is not None:
            extra = {"webhook": webhook, "webhook_events_filter": [*_HOOK_EVENTS]}
        predictions = self._loaded().predictions
        return self._document(
            lambda: predictions.create(model=slug, input=dict(inputs), **extra),
            _Call(cancel_after_seconds=cancel_after_seconds),
        )

    def get(self, prediction_id: str) -> Document:
        """Return a prediction; raises as `create`, and costs nothing."""
        predictions = self._loaded().predictions
        return self._document(lambda: predictions.get(prediction_id))

    def cancel(self, prediction_id: str) -> None:
        """Ask a prediction to stop; raises as `get`."""
        predictions = self._loaded().predictions
        self._document(lambda: predictions.cancel(prediction_id))

    def page(self, place: str | None = None) -> Page:
        """Return a page of predictions; None: the newest. Raises as `get`."""
        predictions = self._loaded().predictions
        document = self._document(
            lambda: predictions.list() if place is None else predictions.list(place)
        )
        entries, older = document.get("results"), document.get("next")
        if not isinstance(entries, list) or not isinstance(older, str | None):
            raise NoAnswer("the list is not in the form of a list")
        return Page(_documents(entries), _on_this_host(older))

    def described(self, slug: str) -> Document:
        """Return a model's document, with its schema.

        Raises:
            ProviderUnavailable: It cannot be had now.
        """
        models = self._loaded().models
        try:
            return self._document(lambda: models.get(slug))
        except (NotSent, NoAnswer, Refused) as error:
            raise ProviderUnavailable("Replicate", str(error)) from error

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()

    def _document(self, call: Callable[[], object], facts: _Call | None = None) -> Document:
        """Make a call and return what came back, whether or not the client can read it."""
        facts = facts or _Call()
        with _errors_translated(), _noted(facts):
            try:
                call()
            except (ValueError, TypeError, KeyError, AttributeError):
                # The client's own reading of an answer; ours follows.
                if facts.document is None:
                    raise
        if not isinstance(facts.document, dict):
            raise NoAnswer("the answer is not in the form of an answer")
        return facts.document

    def _loaded(self) -> "Client":
        with self._lock:
            if self._client is None:
                # Loaded here: only who pays for footage waits for it.
                from replicate.client import Client  # noqa: PLC0415

                self._client = Client(
                    self._token, base_url=self._base_url, transport=self._transport
                )
            return self._client


class _Transport(httpx.BaseTransport):
    """Carries requests, reads answers to their end, and lets no error pass as an answer."""

    def __init__(self, timeout: httpx.Timeout, clock: Callable[[], float]) -> None:
        self._timeout = timeout.as_dict()
        self._clock = clock
        # One for both: reading the machine's certificates takes longer than all else at the start.
        trust = httpx.create_ssl_context()
        alone = httpx.Limits(max_keepalive_connections=0)
        self._asking = httpx.HTTPTransport(verify=trust)
        self._paying = httpx.HTTPTransport(verify=trust, limits=alone)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        call = _call.get() or _Call()
        if call.cancel_after_seconds is not None:
            request.headers["Cancel-After"] = f"{call.cancel_after_seconds}s"
        request.extensions = {**request.extensions, "timeout": self._timeout}
        carrier = self._asking if request.method == "GET" else self._paying
        end = self._clock() + CALL_SECONDS
        with closing(carrier.handle_request(request)) as response:
            response.request = request
            data = self._read(response, end)
        text = data.decode("utf-8", "replace")
        if not response.is_success:
            raise Refused(response.status_code, _detail(text), _advice(response, text))
        try:
            call.document = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise NoAnswer("the answer cannot be read") from error
        return httpx.Response(response.status_code, json=call.document, request=request)

    def close(self) -> None:
        self._asking.close()
        self._paying.close()

    def _read(self, response: httpx.Response, end: float) -> bytes:
        data = bytearray()
        for part in response.iter_bytes():
            data += part
            if len(data) > LONGEST_ANSWER_BYTES or self._clock() > end:
                raise NoAnswer("the answer does not end")
        return bytes(data)


@contextmanager
def _noted(call: _Call) -> Iterator[None]:
    token = _call.set(call)
    try:
        yield
    finally:
        _call.reset(token)


@contextmanager
def _errors_translated() -> Iterator[None]:
    """Let no error of httpx leave this module."""
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise NotSent("it could not be reached") from error
    except (httpx.HTTPError, httpx.StreamError) as error:
        raise NoAnswer("the connection broke off") from error


def _documents(entries: Sequence[object]) -> tuple[Document, ...]:
    return tuple(each for each in entries if isinstance(each, dict))


def _on_this_host(address: str | None) -> str | None:
    """Return path and query alone: the token goes to no host that an answer names."""
    if not address:
        return None
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _detail(text: str) -> str:
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    detail = body.get("detail") or body.get("title") if isinstance(body, dict) else None
    return detail[:500] if isinstance(detail, str) else ""


def _advice(response: httpx.Response, text: str) -> float | None:
    """Return how long the service wants to be left alone: seconds, or until a date."""
    said = response.headers.get("retry-after", "").strip()
    try:
        return max(0.0, float(said))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - time())
    except (ValueError, TypeError):
        return _spoken_advice(text)


def _spoken_advice(text: str) -> float | None:
    """Find "Your rate limit resets in ~30s.", which is all that some answers say."""
    _, _, after = text.partition("resets in ~")
    digits = after.partition("s")[0]
    return float(digits) if digits.isdigit() else None
