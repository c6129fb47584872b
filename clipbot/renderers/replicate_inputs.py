"""What a model is sent for a request, and how a prediction of it is known again.

The temperature is sent to nobody: no model has it. It decides what else is sent
(facts/services.md §3.6):

    below 0.35   first and last frame of the current version
    below 0.5    its first frame
    below 0.8    pictures of the characters and places, where the model takes them
    from there   words alone

A model that cannot do without a first frame gets it at every temperature. The seed is
sent wherever there is an input for it; whoever asks decides whether it is the old one.
"""

import base64
import binascii
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from clipbot.domain.plan import Kind, Operation
from clipbot.errors import FootageRejected, ProviderRejected
from clipbot.media.darkroom import developed
from clipbot.media.stills import comment_of, first_still, last_still, picture_still
from clipbot.renderers.base import RenderRequest
from clipbot.renderers.catalogue import (
    Model,
    Tier,
    duration_for,
    ratio_for,
    refusal,
    takes_last_frame,
    takes_references,
    tier_for,
    wants_first_frame,
)

logger = logging.getLogger(__name__)

SAME_BELOW: Final = 0.35
FIRST_FRAME_BELOW: Final = 0.5
REFERENCES_BELOW: Final = 0.8
MOST_URI_CHARACTERS: Final = 250_000
"""Pictures up to 256 kB may travel inside a request; larger ones belong elsewhere."""
_HEAD: Final = "data:image/jpeg;base64,"
_MOST_BYTES: Final = (MOST_URI_CHARACTERS - len(_HEAD)) * 3 // 4 - 3
_SEED_LIMIT: Final = 2**31
"""Seeds are 31 bits wide at some models and wider at others."""
_OURS: Final = "clipbot:"


@dataclass(frozen=True, slots=True)
class Shape:
    """In which resolution, ratio and duration a request is asked for."""

    tier: Tier
    ratio: str
    duration: int
    """Seconds."""


def shape_of(model: Model, request: RenderRequest) -> Shape:
    """Return what a request is asked for in.

    Raises:
        ProviderRejected: The model cannot make it.
    """
    reason = refusal(model, request.width, request.height)
    tier = tier_for(model, request.width, request.height)
    ratio = ratio_for(model, request.width, request.height)
    if reason is not None or tier is None or ratio is None:
        raise ProviderRejected(model.label, reason or "it cannot make this")
    return Shape(tier, ratio, duration_for(tier, request.frames / request.rate))


def sends_first_frame(model: Model, temperature: float, ratio: str) -> bool:
    """Whether footage starts from the first frame of the current version."""
    can = model.inputs.first_frame is not None
    return can and (temperature < FIRST_FRAME_BELOW or wants_first_frame(model, ratio))


def scalars(model: Model, request: RenderRequest) -> dict[str, Any]:
    """Return all inputs that are words and numbers.

    Raises:
        ProviderRejected: The model cannot make it.
    """
    shape, names = shape_of(model, request), model.inputs
    found: dict[str, Any] = {
        **model.fixed,
        **shape.tier.inputs,
        names.prompt: request.prompt,
        names.duration: shape.duration,
    }
    if names.ratio and shape.ratio in model.ratios:
        found[names.ratio] = shape.ratio
    if names.seed:
        found[names.seed] = request.seed % _SEED_LIMIT
    unwanted = _removed(request.ops)
    if names.negative_prompt and unwanted:
        found[names.negative_prompt] = unwanted
    return found


def pictures(model: Model, request: RenderRequest) -> dict[str, Any]:
    """Return all inputs that are pictures, as data URIs that carry the request's marker.

    Raises:
        ProviderRejected: The model cannot make it, or there is no footage to start from.
    """
    shape, names = shape_of(model, request), model.inputs
    found: dict[str, Any] = {}
    if sends_first_frame(model, request.temperature, shape.ratio):
        source = _source(model, request)
        try:
            found[str(names.first_frame)] = _uri(
                developed(first_still, source, most_bytes=_MOST_BYTES, comment=_note(request))
            )
            if request.temperature < SAME_BELOW and takes_last_frame(model, shape.tier):
                found[str(names.last_frame)] = _uri(
                    developed(last_still, source, most_bytes=_MOST_BYTES, comment=_note(request))
                )
        except (FootageRejected, OSError) as error:
            raise ProviderRejected(model.label, "the clip's footage cannot be read") from error
    most = takes_references(model, shape.ratio, shape.duration)
    if FIRST_FRAME_BELOW <= request.temperature < REFERENCES_BELOW and most and not found:
        references = _references(request, most)
        if references:
            found[str(names.references)] = references
    return found


def may_have_sent(models: Sequence[Model], request: RenderRequest) -> list[dict[str, Any]]:
    """Return the words and numbers that a request may have been sent with.

    Args:
        models: The model as it is known by now, and as it may have been known then.
        request: As it was submitted.
    """
    found = []
    for model in models:
        with suppress(ProviderRejected):
            found.append(scalars(model, request))
    return found


def is_of(
    request: RenderRequest,
    model: Model,
    sent: Sequence[Mapping[str, Any]],
    document: Mapping[str, Any],
) -> bool | None:
    """Whether a listed prediction is one that this request started; None: it cannot be told.

    Words and numbers must come back as they were sent; prompt and seed must be there. A
    picture that came back as it was sent carries the marker, which then decides. Without a
    seed and a picture, the same request once more looks the same: then the caller's times
    and ids decide.

    Args:
        request: As it was submitted.
        model: Which was asked.
        sent: What `may_have_sent` returned.
        document: An entry of the list.
    """
    if document.get("model") != model.slug:
        return False
    inputs = document.get("input")
    if not isinstance(inputs, dict) or model.inputs.prompt not in inputs:
        return None
    if not any(_came_back(each, inputs) for each in sent):
        return False
    if model.inputs.seed is not None and model.inputs.seed not in inputs:
        return None
    notes = {note for value in inputs.values() for note in _notes(value)}
    return not notes or _note(request) in notes


def _came_back(sent: Mapping[str, Any], inputs: Mapping[str, Any]) -> bool:
    return all(inputs[name] == value for name, value in sent.items() if name in inputs)


def _removed(ops: Sequence[Operation]) -> str:
    """Return the things that are to go, as a model is told to leave them out."""
    things = (op.direction for op in ops if op.kind is Kind.REMOVE and op.direction)
    return ", ".join(dict.fromkeys(thing.replace("_", " ") for thing in things))


def _source(model: Model, request: RenderRequest) -> Path:
    if request.source is None:
        raise ProviderRejected(model.label, "there is no footage to start from")
    return request.source


def _references(request: RenderRequest, most: int) -> list[str]:
    found = []
    for path in request.references:
        try:
            still = developed(picture_still, path, most_bytes=_MOST_BYTES, comment=_note(request))
        except (FootageRejected, OSError):
            logger.warning("reference picture left out", extra={"picture": path.name})
            continue
        found.append(_uri(still))
    return found[:most]


def _note(request: RenderRequest) -> str:
    return f"{_OURS}{request.marker}"


def _uri(jpeg: bytes) -> str:
    return _HEAD + base64.b64encode(jpeg).decode("ascii")


def _notes(value: object) -> tuple[str, ...]:
    """Return the markers of ours in an input that came back."""
    if isinstance(value, list):
        return tuple(note for each in value for note in _notes(each))
    if not isinstance(value, str) or not value.startswith(_HEAD):
        return ()
    try:
        comment = comment_of(base64.b64decode(value[len(_HEAD) :], validate=True))
    except binascii.Error:
        return ()
    return (comment,) if comment and comment.startswith(_OURS) else ()
