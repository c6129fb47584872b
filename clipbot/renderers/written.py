"""Render requests as they are written down: plain JSON, and back."""

from collections.abc import Mapping
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import Any

from clipbot.domain.palettes import Match, match_of
from clipbot.domain.plan import Kind, Operation
from clipbot.renderers.base import RenderRequest


def to_json(request: RenderRequest) -> dict[str, Any]:
    """Return a request in the shape that `from_json` reads."""
    return asdict(request) | {
        "rate": str(request.rate),
        "source": str(request.source) if request.source else None,
        "references": [str(path) for path in request.references],
    }


def from_json(document: Mapping[str, Any]) -> RenderRequest:
    """Read a request that `to_json` wrote."""
    ops = tuple(
        Operation(Kind(op["kind"]), op["direction"], op["strength"], _match(op.get("match")))
        for op in document["ops"]
    )
    plain = dict(document) | {
        "ops": ops,
        "rate": Fraction(document["rate"]),
        "source": Path(document["source"]) if document["source"] else None,
        "references": tuple(Path(path) for path in document.get("references", ())),
    }
    return RenderRequest(**plain)


def _match(document: Mapping[str, Any] | None) -> Match | None:
    return None if document is None else match_of(document)
