"""A request to Replicate whose time is over stays here."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from fractions import Fraction
from time import time

import pytest

from clipbot.errors import ProviderUnavailable
from clipbot.renderers.base import RenderRequest
from clipbot.renderers.download import Downloads
from clipbot.renderers.models import catalogue
from clipbot.renderers.replicate import ReplicateRenderer
from clipbot.renderers.replicate_wire import Wire
from tests import media
from tests.contract.replicate_server import Double, serving

REQUEST = RenderRequest(
    marker="one",
    ops=(),
    prompt="a harbour",
    frames=12,
    rate=Fraction(24),
    width=1280,
    height=720,
    seed=7,
    temperature=0.9,
)


@pytest.fixture
def double() -> Iterator[Double]:
    with serving(media.clip(frames=12)) as double:
        yield double


def submit(double: Double, request: RenderRequest) -> str:
    model = next(each for each in catalogue() if each.key == "veo_31_fast")
    with closing(Wire("r8_double", double.url)) as wire:
        return ReplicateRenderer(model, wire, Downloads()).submit(request)


def test_a_request_whose_time_is_over_does_not_leave(double: Double) -> None:
    with pytest.raises(ProviderUnavailable):
        submit(double, replace(REQUEST, not_after=time() - 0.001))
    assert double.count("create") == 0


@pytest.mark.parametrize("seconds_left", [None, 60.0])
def test_a_request_that_has_time_leaves(seconds_left: float | None, double: Double) -> None:
    not_after = None if seconds_left is None else time() + seconds_left
    submit(double, replace(REQUEST, not_after=not_after))
    assert double.count("create") == 1
