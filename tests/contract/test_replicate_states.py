"""The doubled service goes through the states that a real cog server goes through.

Replicate runs its models in that server, so it is the nearest to the real service that
can run here (facts/services.md §3.7).
"""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests import media
from tests.contract import cog_server
from tests.contract.replicate_books import Fate
from tests.contract.replicate_server import Double, serving

pytestmark = pytest.mark.xdist_group("cog")

INPUT = {"prompt": "a harbour", "duration": 4, "resolution": "720p"}


def nothing(_: dict[str, Any]) -> None:
    """Let it go on."""


def cancelled(prediction: dict[str, Any]) -> None:
    httpx.post(prediction["urls"]["cancel"], headers=TOKEN).raise_for_status()


TOKEN = {"authorization": "Bearer r8_double"}
CASES: dict[str, tuple[Fate, Callable[[dict[str, Any]], None]]] = {
    "succeeded": (Fate(), nothing),
    "failed": (Fate(status="failed", error="it broke"), nothing),
    "canceled": (Fate(status="never"), cancelled),
}


@pytest.mark.parametrize("end", CASES)
def test_a_prediction_goes_through_the_states_of_a_real_server(end: str) -> None:
    fate, while_working = CASES[end]
    with serving(media.clip(frames=12)) as double:
        double.books.fates.append(fate)
        assert sequence(double, while_working) == cog_server.sequences()[end]


def sequence(double: Double, while_working: Callable[[dict[str, Any]], None]) -> list[str]:
    """Return the states of a prediction, in order and without repeats."""
    url = f"{double.url}/v1/models/google/veo-3.1/predictions"
    prediction = httpx.post(url, headers=TOKEN, json={"input": INPUT}).raise_for_status().json()
    seen = [prediction["status"]]
    while seen[-1] not in cog_server.OVER:
        prediction = httpx.get(prediction["urls"]["get"], headers=TOKEN).raise_for_status().json()
        if prediction["status"] != seen[-1]:
            seen.append(prediction["status"])
        if prediction["status"] == "processing":
            while_working(prediction)
    return seen
