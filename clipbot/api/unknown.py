"""What nobody answers: said in the shape of all errors.

Without this, the page that is mounted at `/` would answer for misspelt calls of ours.
"""

from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def router(known: Sequence[APIRoute]) -> APIRouter:
    """Return a router that takes everything, to be included last.

    Args:
        known: The routes before it, with paths below the same prefix.
    """
    last = APIRouter()

    @last.api_route("/{rest:path}", methods=_METHODS, include_in_schema=False)
    def refuse(request: Request, rest: str) -> None:
        fitting = [route for route in known if route.path_regex.match(f"/{rest}")]
        allowed = sorted({method for route in fitting for method in route.methods or ()})
        if allowed:
            detail = f"{request.method} is not possible here; {', '.join(allowed)} is"
            raise HTTPException(405, detail, headers={"Allow": ", ".join(allowed)})
        raise HTTPException(404, "There is no such call; see /api/v1/openapi.json")

    return last
