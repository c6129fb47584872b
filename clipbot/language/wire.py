"""The one place that speaks to a language model's server; `openai` is known here alone.

One call is one request and one answer. The client's own retries are off, because whoever
counts the tries must see them. A call never takes longer than it was given: a server
that sends a byte now and then for ever is left alone, with its connection.
"""

import json
import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from time import monotonic, time
from typing import Any

from clipbot.errors import EditCancelled
from clipbot.language.base import never

logger = logging.getLogger(__name__)

LONGEST_ANSWER_BYTES = 1_000_000
"""As they travel, which may be packed."""
_LONGEST_TEXT_BYTES = LONGEST_ANSWER_BYTES // 2
_LONGEST_SECONDS = 60.0
"""Longer than any conversation may take."""
_LOOK_SECONDS = 0.2
_GRACE_SECONDS = 2.0
"""After a cancel, an answer that is nearly here is waited for: it says what it has cost."""
_PART_BYTES = 65_536
_SERVER_BROKE = 502


class Unanswered(Exception):
    """A request got no answer that could be one.

    Args:
        reason: In a few words, for people.
        status: HTTP status; None where there was no complete answer at all.
        text: What the server said, for comparing.
        parameter: The parameter that it named, if it did so in its own field.
        code: The server's own code of the error.
        retry_after_seconds: Its own advice.
    """

    def __init__(
        self,
        reason: str,
        *,
        status: int | None = None,
        text: str = "",
        parameter: str = "",
        code: str = "",
        retry_after_seconds: float | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status
        self.text = text.lower()
        self.parameter = parameter
        self.code = code
        self.retry_after_seconds = retry_after_seconds


class Endless(Unanswered):
    """The answer was longer than any answer is; asking again would not help."""


@dataclass(slots=True)
class Wire:
    """A server. Safe to share between threads; nothing is loaded before the first call.

    Args:
        api_key: As the server wants it.
        base_url: Its address; None: OpenAI's own.
    """

    api_key: str
    base_url: str | None = None
    _client: Any = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def post(
        self, body: Mapping[str, Any], *, seconds: float, cancelled: Callable[[], bool] = never
    ) -> Mapping[str, Any]:
        """Send one chat completion and return the answer as it came.

        Raises:
            Unanswered: There is no usable answer.
            EditCancelled: Somebody took the edit back meanwhile.
        """
        client = self._loaded()
        asked = _started(lambda: _completed(client, body, seconds))
        answer: Mapping[str, Any] = _awaited(asked, seconds, cancelled)
        return answer

    def models(self, *, seconds: float) -> list[str]:
        """Return the names of the models that the server lists; asking costs nothing.

        Raises:
            Unanswered: It does not list any.
        """
        client = self._loaded()
        names: list[str] = _awaited(_started(lambda: _listed(client, seconds)), seconds, never)
        return names

    def _loaded(self) -> Any:
        """Return the client; loading it takes longer than many an answer."""
        with self._lock:
            if self._client is None:
                # Loaded here: only who asks a model pays for it.
                from openai import DefaultHttpx2Client, OpenAI  # noqa: PLC0415

                self._client = OpenAI(
                    api_key=self.api_key,
                    base_url=self.base_url,
                    max_retries=0,
                    http_client=DefaultHttpx2Client(event_hooks={"response": [_bind]}),
                )
            return self._client


def _started(call: Callable[[], Any]) -> Future[Any]:
    """Run a call on a thread that nobody has to wait for."""
    future: Future[Any] = Future()

    def work() -> None:
        try:
            future.set_result(call())
        except BaseException as error:  # noqa: BLE001 - it goes on where the result is read
            future.set_exception(error)

    threading.Thread(target=work, name="language-model", daemon=True).start()
    return future


def _awaited(asked: Future[Any], seconds: float, cancelled: Callable[[], bool]) -> Any:
    """Return what a call returns, unless it takes too long or is not wanted any more."""
    end = monotonic() + seconds
    is_cancelled = False
    while not asked.done():
        left = end - monotonic()
        if left <= 0 and is_cancelled:
            raise EditCancelled
        if left <= 0:
            raise Unanswered("it did not answer in time")
        wait([asked], timeout=min(_LOOK_SECONDS, left))
        if not is_cancelled and not asked.done() and cancelled():
            is_cancelled = True
            end = min(end, monotonic() + _GRACE_SECONDS)
    return asked.result()


def _bind(response: Any) -> None:
    """Let an answer of any status end: after so many bytes, and after so long.

    Error bodies are read before anybody here sees them, and a thread that was left alone
    would go on reading what a server drips for as long as it likes.
    """
    import httpx2  # noqa: PLC0415 - as above

    class Bound(httpx2.SyncByteStream):
        def __init__(self, stream: Any) -> None:
            self._stream = stream

        def __iter__(self) -> Iterator[bytes]:
            end, size = monotonic() + _LONGEST_SECONDS, 0
            for part in self._stream:
                size += len(part)
                if size > LONGEST_ANSWER_BYTES or monotonic() > end:
                    raise httpx2.ReadError("the answer does not end")
                yield part

        def close(self) -> None:
            self._stream.close()

    response.stream = Bound(response.stream)


def _completed(client: Any, body: Mapping[str, Any], seconds: float) -> Mapping[str, Any]:
    import httpx2  # noqa: PLC0415 - as above
    import openai  # noqa: PLC0415

    try:
        streaming = client.chat.completions.with_streaming_response
        with streaming.create(**body, timeout=seconds) as response:
            data = bytearray()
            for part in response.iter_bytes(_PART_BYTES):
                data += part
                if len(data) > _LONGEST_TEXT_BYTES:
                    raise Endless("its answer does not end")
    except openai.APIStatusError as error:
        raise _refused(error) from error
    except (openai.OpenAIError, httpx2.HTTPError, httpx2.StreamError) as error:
        raise Unanswered("it could not be reached, or broke off") from error
    return _document(bytes(data))


def _listed(client: Any, seconds: float) -> list[str]:
    import openai  # noqa: PLC0415 - as above

    try:
        return [str(model.id) for model in client.models.list(timeout=seconds)]
    except openai.APIStatusError as error:
        raise _refused(error) from error
    except (openai.OpenAIError, AttributeError, TypeError, ValueError) as error:
        raise Unanswered("it could not be reached") from error


def _document(data: bytes) -> Mapping[str, Any]:
    """Read an answer's body; raw control characters and broken UTF-8 are forgiven."""
    try:
        document = json.loads(data.decode("utf-8", "replace"), strict=False)
    except (ValueError, RecursionError) as error:
        raise Unanswered("its answer is not in the form of an answer") from error
    if not isinstance(document, dict):
        raise Unanswered("its answer is not in the form of an answer")
    if not document.get("choices") and document.get("error"):
        # Some gateways report their model's failure with status 200.
        raise _failed(document["error"], "the server broke", None)
    return document


def _refused(error: Any) -> Unanswered:
    advice = _advice(error.response.headers)
    text = error.body if error.body is not None else error.response.text
    return _failed(text, f"it answered {error.status_code}", error.status_code, advice)


def _failed(said: Any, reason: str, status: int | None, advice: float | None = None) -> Unanswered:
    facts = said if isinstance(said, dict) else {}
    code = facts.get("code")
    if status is None:
        status = code if isinstance(code, int) and not isinstance(code, bool) else _SERVER_BROKE
    return Unanswered(
        reason,
        status=status,
        text=str(said)[:4000],
        parameter=str(facts.get("param") or ""),
        code=str(code or facts.get("type") or ""),
        retry_after_seconds=advice,
    )


def _advice(headers: Mapping[str, str]) -> float | None:
    """Return how long a server wants to be left alone: seconds, or until a date."""
    said = headers.get("retry-after", "").strip()
    try:
        return max(0.0, float(said))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - time())
    except (ValueError, TypeError):
        return None
