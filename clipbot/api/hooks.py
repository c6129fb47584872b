"""What providers call: news of a prediction, signed by them.

The news is taken for a hint. Only the prediction's id is written down, for an attempt that
was sent and never answered; what became of it is always asked of the provider itself.
"""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool

from clipbot.api.context import desk_of
from clipbot.api.security import MAX_BODY_BYTES

router = APIRouter(max_body_size=MAX_BODY_BYTES)


@router.post("/hooks/replicate", status_code=204, include_in_schema=False)
async def hear_replicate(request: Request, attempt: Annotated[str, Query(max_length=100)]) -> None:
    """Hear that a prediction began or ended."""
    body = await request.body()
    hooks = desk_of(request.app).services.hooks
    await run_in_threadpool(hooks.heard, attempt, dict(request.headers), body)
