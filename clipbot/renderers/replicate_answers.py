"""Reads what Replicate says of a prediction. Pure: documents in, predictions out.

It reports no cost, so we reckon: what the catalogue says of the duration and resolution
that the prediction itself names. A prediction that failed costs nothing; one that was
cancelled after it had started costs all of it (facts/services.md §3.3).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from clipbot.errors import PredictionLost, ProviderUnavailable
from clipbot.renderers.base import Prediction, PredictionStatus
from clipbot.renderers.catalogue import Model, price_micros

_REFUSALS: Final = (
    "flagged as sensitive",
    "e005",
    "sensitive",
    "content policy",
    "moderation",
    "nsfw",
    "safety",
)
"""Words by which models say that they mind the content (the pipeline's list, and more)."""
_TRANSIENT: Final = ("internal error", "code 13", "try again later")
"""Words of a failure that minds nothing, whatever else it says."""
_LONGEST_REASON: Final = 300


def prediction_of(document: Mapping[str, Any], model: Model) -> Prediction:
    """Return a prediction as its document has it.

    Args:
        document: As Replicate answered.
        model: Whose prediction it is.

    Raises:
        ProviderUnavailable: The document says nothing that we understand.
        PredictionLost: Its footage was there once, and is deleted.
    """
    prediction_id, status = document.get("id"), document.get("status")
    if not isinstance(prediction_id, str) or not prediction_id:
        raise ProviderUnavailable(model.label, "the answer is about no prediction")
    match status:
        case "starting" | "processing":
            return Prediction(prediction_id, PredictionStatus.RUNNING)
        case "succeeded":
            return _succeeded(prediction_id, document, model)
        case "failed":
            return _failed(prediction_id, _reason(document), 0)
        case "aborted":
            return _failed(prediction_id, "it did not begin in time", 0)
        case "canceled":
            return _cancelled(prediction_id, document, model)
        case _:
            raise ProviderUnavailable(model.label, "it is in a state that we do not know")


def cost_micros(document: Mapping[str, Any], model: Model) -> int | None:
    """Return what a prediction's footage costs; None: it does not say any more what was asked."""
    inputs = document.get("input")
    if not isinstance(inputs, dict):
        return None
    seconds = inputs.get(model.inputs.duration)
    tier = next(
        (
            tier
            for tier in model.tiers
            if all(inputs.get(name) == value for name, value in tier.inputs.items())
        ),
        None,
    )
    if tier is None or not isinstance(seconds, int) or isinstance(seconds, bool):
        return None
    return price_micros(tier, seconds)


def is_refusal(reason: str) -> bool:
    """Whether a failure means that the model minds the content."""
    said = reason.lower()
    if any(words in said for words in _TRANSIENT):
        return False
    return any(words in said for words in _REFUSALS)


def seconds_of(document: Mapping[str, Any], name: str) -> float | None:
    """Return a time of a document as seconds since the epoch; None: it has none."""
    said = document.get(name)
    try:
        moment = datetime.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None
    return moment.timestamp() if moment and moment.tzinfo else None


def _succeeded(prediction_id: str, document: Mapping[str, Any], model: Model) -> Prediction:
    output = document.get("output")
    url = output[0] if isinstance(output, list) and len(output) == 1 else output
    cost = cost_micros(document, model)
    if isinstance(url, str) and url:
        return Prediction(
            prediction_id,
            PredictionStatus.SUCCEEDED,
            progress=1.0,
            footage_url=url,
            cost_micros=cost,
        )
    if output is None and document.get("data_removed"):
        raise PredictionLost(model.label, "the footage has expired there")
    return _failed(prediction_id, "it is done and has no footage to show for it", cost)


def _cancelled(prediction_id: str, document: Mapping[str, Any], model: Model) -> Prediction:
    """Tell what somebody cancelled from what ran into its deadline."""
    cost = cost_micros(document, model) if document.get("started_at") else 0
    deadline, completed = seconds_of(document, "deadline"), seconds_of(document, "completed_at")
    if deadline is not None and completed is not None and completed >= deadline:
        return _failed(prediction_id, "it was not done in time and was stopped", cost)
    return Prediction(prediction_id, PredictionStatus.CANCELLED, cost_micros=cost)


def _failed(prediction_id: str, reason: str, cost: int | None) -> Prediction:
    return Prediction(
        prediction_id,
        PredictionStatus.FAILED,
        cost_micros=cost,
        failure=reason,
        is_refused=is_refusal(reason),
    )


def _reason(document: Mapping[str, Any]) -> str:
    error = document.get("error")
    said = " ".join(error.split())[:_LONGEST_REASON] if isinstance(error, str) else ""
    return said.rstrip(".") or "it failed and does not say why"
