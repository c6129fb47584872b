"""All routes of a built app: ours, and those of the page's framework below them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import Mount, Route

_PLACE = re.compile(r"{([^}:]+)(?::[^}]+)?}")


@dataclass(frozen=True, slots=True, order=True)
class Way:
    """One method of one route."""

    method: str
    path: str
    """With its places in braces."""

    def address(self, **values: object) -> str:
        """Return an address, with values for places, and something for those without."""
        return _PLACE.sub(lambda place: str(values.get(place[1], "1")), self.path)


def ways(app: FastAPI) -> list[Way]:
    """Return every method of every route, each once."""
    found = {Way(method, path) for path, methods in _routes(app.routes) for method in methods}
    return sorted(found)


def ours(app: FastAPI) -> list[Way]:
    """Return the calls of the REST API, without the one that answers for all others."""
    return [way for way in ways(app) if way.path.startswith("/api/v1/") and "{rest" not in way.path]


def is_for_people(way: Way) -> bool:
    """Return whether somebody has to sign in for it, rather than have a link to a review."""
    return not way.path.startswith("/api/v1/shared/")


def _routes(routes: Any, prefix: str = "") -> Iterator[tuple[str, set[str]]]:
    for route in routes:
        if isinstance(route, Mount):
            yield from _routes(route.routes, prefix + route.path)
        elif hasattr(route, "effective_candidates"):
            yield from _routes(route.effective_candidates(), prefix)
        elif isinstance(route, APIRoute | Route) or getattr(route, "methods", None):
            yield prefix + route.path, set(route.methods or ())
        else:
            raise AssertionError(f"a route of a kind that is not looked at: {route!r}")
