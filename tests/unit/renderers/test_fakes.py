"""The fake renderer does what a test tells it."""

from collections import deque
from fractions import Fraction
from pathlib import Path

import pytest

from clipbot.domain.plan import Edit, Kind, Operation
from clipbot.errors import ProviderError, ProviderUnavailable, SubmissionUnknown
from clipbot.renderers.base import PredictionStatus, RenderRequest
from clipbot.renderers.fakes import FakeRenderer

REQUEST = RenderRequest("one", (), "a harbour", 12, Fraction(24), 320, 180, 7, 0.3)


def test_a_refusal_starts_nothing() -> None:
    renderer = FakeRenderer(refusals=deque([ProviderUnavailable("Fake", "busy")]))
    with pytest.raises(ProviderUnavailable):
        renderer.submit(REQUEST)
    assert renderer.submitted == []
    assert renderer.submit(REQUEST)


def test_a_silence_comes_after_the_prediction_has_started() -> None:
    renderer = FakeRenderer(silences=deque([SubmissionUnknown("Fake", "no answer")]))
    with pytest.raises(SubmissionUnknown):
        renderer.submit(REQUEST)
    assert renderer.find(REQUEST, since_seconds=0) is not None
    assert renderer.submitted == [REQUEST]


def test_an_outage_hides_the_state_and_changes_nothing() -> None:
    renderer = FakeRenderer(polls_until_done=0, price_micros=70)
    prediction_id = renderer.submit(REQUEST)
    renderer.outages.append(ProviderUnavailable("Fake", "busy"))
    with pytest.raises(ProviderError):
        renderer.poll(prediction_id)
    assert renderer.poll(prediction_id).cost_micros == 70


def test_a_scripted_failure_and_a_scripted_file(tmp_path: Path) -> None:
    renderer = FakeRenderer(
        polls_until_done=0, failures=deque(["content policy"]), footage=tmp_path / "made.mp4"
    )
    first, second = renderer.submit(REQUEST), "fake-two"
    failed = renderer.poll(first)
    assert (failed.status, failed.failure) == (PredictionStatus.FAILED, "content policy")

    other = RenderRequest("two", (), "", 12, Fraction(24), 320, 180, 7, 0.3)
    assert renderer.submit(other) == second
    assert renderer.poll(second).footage_url == (tmp_path / "made.mp4").as_uri()


def test_it_can_be_told_what_it_cannot_do() -> None:
    renderer = FakeRenderer(does={Kind.SUBJECT}, ceiling_factor=2, price_micros=5)
    hair, dark = Operation(Kind.SUBJECT, "hair"), Operation(Kind.BRIGHTNESS, "down")
    capability = renderer.capability(Edit((1,), (hair, dark)))
    assert (capability.doable, capability.leftover) == ((hair,), (dark,))
    assert renderer.terms(REQUEST).ceiling_micros == 10
