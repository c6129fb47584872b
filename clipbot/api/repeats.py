"""`Idempotency-Key`: a POST that is sent again is answered again, and carried out once.

The header is that of the IETF's draft of the same name; its quotes may be left out. What
counts as the same request is the call and its JSON, however it is spelt. A second request
that arrives while the first is carried out waits for its answer.
"""

import asyncio
import json
import re
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clipbot.api.context import Caller, caller
from clipbot.api.errors import answer
from clipbot.errors import ClipbotError, MalformedKey, RequestRunning
from clipbot.services.repeats import KeptAnswer

_API: Final = "/api/"
HEADER: Final = "Idempotency-Key"
MAX_LENGTH: Final = 255
_KEY: Final = re.compile(r'"((?:[ !#-\[\]-~]|\\["\\])+)"|([!#-\[\]-~]+)')
"""A string of structured fields (RFC 9651, 3.3.3), or the same without its quotes."""
_SECRETS: Final = {re.compile(r"/api/v1/jobs/[^/]+/shares"): ("token", "url")}
"""What of the answers to some calls is not kept: it is told once, and we keep its digest alone."""
_WAIT_SECONDS: Final = 10.0
_LOOK_SECONDS: Final = 0.1


def key_of(headers: Headers) -> str | None:
    """Return the key of a request, if it has one.

    Raises:
        MalformedKey: It is empty, too long, has other characters, or there are two.
    """
    sent = headers.getlist(HEADER)
    if not sent:
        return None
    match = _KEY.fullmatch(sent[0].strip(" \t")) if len(sent) == 1 else None
    key = match[1] or match[2] if match else ""
    if not 1 <= len(key) <= MAX_LENGTH:
        raise MalformedKey(MAX_LENGTH)
    return key


def fingerprint(scope: Scope, body: bytes) -> str:
    """Return what two requests have in common if and only if they ask for the same."""
    with suppress(ValueError, RecursionError):  # no JSON: then its very bytes count
        body = json.dumps(json.loads(body), sort_keys=True).encode()
    call = (scope["method"].encode(), scope["path"].encode(), scope["query_string"], body)
    return sha256(b"\0".join(call)).hexdigest()


@dataclass(slots=True)
class Repeats:
    """Answers requests again that come with a key again. Stands behind `Intake`."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer as before."""
        is_ours = scope["type"] == "http" and scope["path"].startswith(_API)
        if not is_ours or scope["method"] != "POST":
            await self.app(scope, receive, send)
            return
        try:
            key = key_of(Headers(scope=scope))
        except MalformedKey as error:
            await answer(error)(scope, receive, send)
            return
        who = None if key is None else await _caller(scope)
        if key is None or who is None:
            await self.app(scope, receive, send)
            return
        message = await receive()
        found = await _begun(who, key, fingerprint(scope, message.get("body", b"")))
        if found is not None:
            await found(scope, receive, send)
            return
        whole = _Whole()
        await self.app(scope, _first(message, receive), whole)
        # Kept before it is sent: what a client was told is never done again.
        await run_in_threadpool(_end, who, key, whole, scope["path"])
        for part in whole.messages:
            await send(part)


@dataclass(slots=True)
class _Whole:
    """Takes an answer, to be sent later."""

    messages: list[Message] = field(default_factory=list)

    async def __call__(self, message: Message) -> None:
        await asyncio.sleep(0)  # a `send` is awaited
        self.messages.append(message)

    @property
    def status(self) -> int:
        return int(self.messages[0]["status"])

    @property
    def body(self) -> str:
        return b"".join(each.get("body", b"") for each in self.messages[1:]).decode()


async def _caller(scope: Scope) -> Caller | None:
    """Return who asks; None: the call itself will turn them away."""
    try:
        return await caller(Request(scope))
    except ClipbotError:
        return None


async def _begun(who: Caller, key: str, print_: str) -> Response | None:
    """Return the answer there is; None: the request is to be carried out."""
    repeats = who.services.repeats
    loop = asyncio.get_running_loop()
    until = loop.time() + _WAIT_SECONDS
    while True:
        try:
            kept = await run_in_threadpool(repeats.begin, who.user, key, print_)
        except RequestRunning as error:
            if loop.time() > until:
                return answer(error)
            await asyncio.sleep(_LOOK_SECONDS)
        except ClipbotError as error:
            return answer(error)
        else:
            return None if kept is None else _replayed(kept)


def _replayed(kept: KeptAnswer) -> Response:
    headers = {"Idempotency-Replayed": "true"}
    return Response(kept.body, kept.status, headers, media_type="application/json")


def _end(who: Caller, key: str, whole: _Whole, path: str) -> None:
    is_refused = 400 <= whole.status != 500  # noqa: PLR2004 - a bug may have done something
    if is_refused:
        who.services.repeats.give_back(who.user, key)
    else:
        who.services.repeats.keep(who.user, key, KeptAnswer(whole.status, _kept(whole.body, path)))


def _kept(body: str, path: str) -> str:
    """Return what is kept of an answer: all of it, but for secrets that were told in it."""
    secret = {name for call, names in _SECRETS.items() if call.fullmatch(path) for name in names}
    if not secret:
        return body
    told = json.loads(body)
    return json.dumps({name: None if name in secret else told[name] for name in told})


def _first(message: Message, receive: Receive) -> Receive:
    waiting = [message]

    async def receiving() -> Message:
        return waiting.pop() if waiting else await receive()

    return receiving
