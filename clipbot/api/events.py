"""What happens to a job, as it happens: a stream, or a question asked again and again.

The stream is Server-Sent Events. A browser's `EventSource` comes back by itself with the
id of the last event it saw, and gets everything since. Where streams are cut off (some
proxies), `?after=` answers the same as JSON.
"""

import re
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response, StreamingResponse
from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event
from starlette.types import Receive, Scope, Send

from clipbot.api.context import JobId, Me
from clipbot.api.errors import responses
from clipbot.api.hub import Subscription
from clipbot.api.models.events import EventList, EventModel
from clipbot.services.views import EventRecord

router = APIRouter(tags=["events"])
HEARTBEAT_SECONDS = 15.0
_RETRY_MS = 2_000
"""After which a browser comes back."""
_EVENT_ID = re.compile(r"[0-9]{1,18}", re.ASCII)
_ANSWERS = {
    **responses(400, 403, 404, 422, 503),
    200: {
        "model": EventList,
        "description": "With `after`: a list. Without, or for an EventSource: a stream.",
        "content": {
            "text/event-stream": {
                "schema": {"type": "string"},
                "example": 'id: 17\nevent: video_generating\ndata: {"id": 17, "progress": 45}\n\n',
            }
        },
    },
}


@router.get("/jobs/{job_id}/events", responses=_ANSWERS, response_class=JSONResponse)
async def follow_events(
    request: Request,
    me: Me,
    job_id: JobId,
    after: Annotated[int | None, Query(ge=0, le=2**62, description="Begin behind this id.")] = None,
    limit: Annotated[int, Query(ge=1, le=1000, description="Of a list.")] = 500,
    last_event_id: Annotated[
        str | None, Header(description="Begin behind this id; sent by browsers.")
    ] = None,
) -> Response:
    """Follow a job: `?after=` answers the events since as JSON, anything else is a stream.

    Without an id, the stream begins with the job's first event.
    """
    wants_stream = "text/event-stream" in request.headers.get("accept", "")
    if after is not None and last_event_id is None and not wants_stream:
        events = await run_in_threadpool(
            me.services.regenerations.events, me.user, job_id, after, limit + 1
        )
        found = EventList.of(events, after=after, limit=limit)
        return Response(
            found.model_dump_json(exclude_unset=True),
            media_type="application/json",
            headers={"Cache-Control": "no-store"},
        )
    job = await run_in_threadpool(me.services.jobs.get, me.user, job_id)
    begin = min(_place(last_event_id, after), job.last_event_id)
    return EventStream(me.hub.subscribe(me.user, job_id, begin))


def _place(last_event_id: str | None, after: int | None) -> int:
    """Return where a stream begins; an id that is not one of ours counts as none."""
    if last_event_id is not None and _EVENT_ID.fullmatch(last_event_id):
        return int(last_event_id)
    return after or 0


class EventStream(StreamingResponse):
    """Sends a subscription's events until the client leaves or the server stops."""

    def __init__(self, subscription: Subscription) -> None:
        super().__init__(
            _frames(subscription),
            media_type=EventSourceResponse.media_type,
            headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"},
        )
        self._subscription = subscription

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until it is over, and give up the place in any case."""
        # Not in the generator: it is never entered if the client has left by now.
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._subscription.close()


async def _frames(subscription: Subscription) -> AsyncIterator[bytes]:
    # Said at once, so that the client knows it is connected.
    yield format_sse_event(retry=_RETRY_MS, comment="connected")
    while not subscription.is_closed:
        event = await subscription.next(HEARTBEAT_SECONDS)
        if event is not None:
            yield frame(event)
        elif not subscription.is_closed:
            yield KEEPALIVE_COMMENT


def frame(record: EventRecord) -> bytes:
    """Return an event as it goes over the wire."""
    model = EventModel.of(record)
    return format_sse_event(
        id=str(model.id),
        event=model.event,
        data_str=model.model_dump_json(exclude_unset=True),
    )
