"""Replicate's answers, and what each means: paid at most once, and reckoned as it is charged."""

import socket
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from time import monotonic, time
from typing import Any

import pytest

from clipbot.errors import (
    FootageRejected,
    PredictionLost,
    ProviderError,
    ProviderRateLimited,
    ProviderRejected,
    ProviderUnavailable,
    SubmissionUnknown,
)
from clipbot.media.probe import probe
from clipbot.renderers.base import PredictionStatus
from clipbot.renderers.download import Downloads
from clipbot.renderers.models import catalogue
from clipbot.renderers.replicate import ReplicateRenderer
from clipbot.renderers.replicate_wire import Wire
from tests import media
from tests.contract.replicate_bench import Bench, bench, model, wanted
from tests.contract.replicate_books import Fate, flagged
from tests.contract.replicate_server import (
    BROKEN,
    DROPPED,
    GARBAGE,
    HALF,
    Fault,
    throttled,
)

MODELS = [each.key for each in catalogue()]
INPUT_WRONG = Fault(422, body={"title": "Input validation failed", "detail": "- input.x: no\n"})

SUBMISSIONS: dict[str, tuple[Fault, type[ProviderError], int]] = {
    "dropped": (DROPPED, SubmissionUnknown, 1),
    "dropped before it was read": (Fault(), SubmissionUnknown, 0),
    "500": (BROKEN, SubmissionUnknown, 0),
    "500 and started": (replace(BROKEN, is_done=True), SubmissionUnknown, 1),
    "503": (Fault(503, headers={"Retry-After": "3600"}), SubmissionUnknown, 0),
    "garbage": (GARBAGE, SubmissionUnknown, 1),
    "no document": (Fault(201, is_done=True, body=[1]), SubmissionUnknown, 1),
    "no id": (Fault(201, is_done=True, body={"id": 7}), SubmissionUnknown, 1),
    "an id that is none": (Fault(201, is_done=True, body={"id": "../x"}), SubmissionUnknown, 1),
    "nested too deep": (Fault(201, is_done=True, body=b"[" * 200_000), SubmissionUnknown, 1),
    "moved": (Fault(302, headers={"Location": "/elsewhere"}), SubmissionUnknown, 0),
    "408": (Fault(408), SubmissionUnknown, 0),
    "401": (Fault(401, body={"title": "Unauthenticated"}), ProviderRejected, 0),
    "402": (Fault(402, body={"title": "Insufficient credit"}), ProviderRejected, 0),
    "403": (Fault(403), ProviderRejected, 0),
    "404": (Fault(404), ProviderRejected, 0),
    "422": (INPUT_WRONG, ProviderRejected, 0),
    "429": (throttled(), ProviderRateLimited, 0),
}


@pytest.mark.parametrize(("fault", "error", "paid"), SUBMISSIONS.values(), ids=SUBMISSIONS.keys())
def test_a_submission_is_sent_once_and_doubted_unless_nothing_was_started(
    fault: Fault, error: type[ProviderError], paid: int
) -> None:
    with bench() as tried:
        tried.double.fail("create", fault)
        with pytest.raises(error) as caught:
            tried.renderer().submit(wanted())
        assert type(caught.value) is error
        assert tried.double.count("create") == 1
        assert len(tried.double.books.paid) == paid
    assert str(caught.value).startswith("Veo 3.1: ")


def test_a_refusal_says_in_a_sentence_what_to_do_about_it() -> None:
    with bench() as tried:
        tried.double.fail("create", Fault(402, body={"detail": "x"}), INPUT_WRONG)
        with pytest.raises(ProviderRejected, match="the account has no credit left"):
            tried.renderer().submit(wanted())
        with pytest.raises(ProviderRejected, match=r"does not take this request \(- input.x: no\)"):
            tried.renderer().submit(wanted())


@pytest.mark.parametrize(
    ("fault", "seconds"),
    [
        (throttled("7"), 7),
        (throttled("Wed, 21 Oct 2015 07:28:00 GMT"), 0),
        (throttled(seconds=12), 12),
        (Fault(429), None),
    ],
    ids=["seconds", "a date", "in words", "not at all"],
)
def test_the_services_advice_is_passed_on(fault: Fault, seconds: float | None) -> None:
    with bench() as tried:
        tried.double.fail("create", fault)
        with pytest.raises(ProviderRateLimited) as caught:
            tried.renderer().submit(wanted())
    assert caught.value.retry_after_seconds == seconds


def test_a_service_that_is_not_there_has_started_nothing() -> None:
    with bench() as tried:
        pass
    with pytest.raises(ProviderUnavailable):
        tried.renderer().submit(wanted())
    with pytest.raises(ProviderUnavailable):
        tried.renderer().poll("abc")
    with pytest.raises(ProviderUnavailable):
        tried.renderer().find(wanted(), since_seconds=0)
    tried.renderer().cancel("abc")


def test_a_service_that_stays_silent_leaves_doubt() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with closing(Wire("token", address, wait_seconds=0.2)) as wire:
            renderer = ReplicateRenderer(model("veo_31"), wire, Downloads())
            with pytest.raises(SubmissionUnknown):
                renderer.submit(wanted())
            with pytest.raises(ProviderUnavailable):
                renderer.poll("abc")


def test_a_wrong_token_is_said() -> None:
    with bench() as tried:
        tried.double.books.token = "another"
        with pytest.raises(ProviderRejected, match="it does not accept the token"):
            tried.renderer().submit(wanted())


def test_what_cannot_be_made_is_not_sent() -> None:
    with bench() as tried:
        for request in (wanted(width=720), wanted(width=3840, height=2160), wanted(source=None)):
            with pytest.raises(ProviderRejected):
                tried.renderer().submit(request)
        assert tried.double.calls == []


@pytest.mark.parametrize("key", MODELS)
@pytest.mark.parametrize("temperature", [0.1, 0.4, 0.6, 0.9])
def test_every_model_takes_what_it_is_sent_at_the_price_that_was_named(
    key: str, temperature: float
) -> None:
    with bench(key) as tried:
        for width, height, frames in [(1280, 720, 24), (1920, 1080, 100), (1280, 720, 400)]:
            request = wanted(temperature=temperature, width=width, height=height, frames=frames)
            terms = tried.renderer().terms(request)
            seen = tried.over(tried.renderer().submit(request))
            assert terms.refusal is None
            assert tried.double.books.paid[-1].price == terms.price_micros == seen.cost_micros
            assert terms.footage_seconds == tried.sent["duration"]
        assert tried.double.bill == sum(each.price for each in tried.double.books.paid)


POLLS: dict[str, tuple[Fault, type[ProviderError]]] = {
    "dropped": (DROPPED, ProviderUnavailable),
    "500": (BROKEN, ProviderUnavailable),
    "503 for an hour": (Fault(503, headers={"Retry-After": "3600"}), ProviderUnavailable),
    "429": (throttled("3600"), ProviderUnavailable),
    "garbage": (GARBAGE, ProviderUnavailable),
    "no document": (Fault(200, body="succeeded"), ProviderUnavailable),
    "about nothing": (Fault(200, body={"status": "succeeded"}), ProviderUnavailable),
    "an unknown state": (Fault(200, body={"id": "a", "status": "zombie"}), ProviderUnavailable),
    "no state": (Fault(200, body={"id": "a", "status": ["x"]}), ProviderUnavailable),
    "401": (Fault(401), ProviderUnavailable),
    "404": (Fault(404), PredictionLost),
}


@pytest.mark.parametrize(("fault", "error"), POLLS.values(), ids=POLLS.keys())
def test_a_poll_asks_once_and_a_bad_answer_changes_nothing(
    fault: Fault, error: type[ProviderError]
) -> None:
    with bench() as tried:
        renderer = tried.renderer()
        prediction_id = renderer.submit(wanted())
        tried.double.fail("get", fault)
        with pytest.raises(error) as caught:
            renderer.poll(prediction_id)
        assert type(caught.value) is error
        assert tried.double.count("get") == 1
        assert tried.over(prediction_id).status is PredictionStatus.SUCCEEDED


def cancelled(tried: Bench, prediction_id: str) -> None:
    tried.renderer().cancel(prediction_id)


def looked_at_and_cancelled(tried: Bench, prediction_id: str) -> None:
    for _ in range(2):
        tried.renderer().poll(prediction_id)
    tried.renderer().cancel(prediction_id)


def run_out(tried: Bench, prediction_id: str) -> None:
    for _ in range(2):
        tried.renderer().poll(prediction_id)
    tried.double.books.later(1300)


def left_alone(tried: Bench, prediction_id: str) -> None:
    """Do nothing."""


FULL = 6 * 200_000
FATES: dict[str, tuple[Fate, Callable[[Bench, str], None], PredictionStatus, int]] = {
    "succeeded": (Fate(), left_alone, PredictionStatus.SUCCEEDED, FULL),
    "a list of one": (
        Fate(output=["https://replicate.delivery/x/output.mp4"]),
        left_alone,
        PredictionStatus.SUCCEEDED,
        FULL,
    ),
    "no output": (Fate(output=None), left_alone, PredictionStatus.FAILED, FULL),
    "two outputs": (Fate(output=["a", "b"]), left_alone, PredictionStatus.FAILED, FULL),
    "a strange output": (Fate(output={"a": 1}), left_alone, PredictionStatus.FAILED, FULL),
    "failed": (Fate("failed", "CUDA out of memory"), left_alone, PredictionStatus.FAILED, 0),
    "failed without a word": (Fate("failed"), left_alone, PredictionStatus.FAILED, 0),
    "aborted": (Fate("aborted"), left_alone, PredictionStatus.FAILED, 0),
    "never began": (Fate("queued"), run_out, PredictionStatus.FAILED, 0),
    "cancelled in the queue": (Fate(), cancelled, PredictionStatus.CANCELLED, 0),
    "cancelled at work": (
        Fate("never"),
        looked_at_and_cancelled,
        PredictionStatus.CANCELLED,
        FULL,
    ),
    "past its deadline": (Fate("never"), run_out, PredictionStatus.FAILED, FULL),
}


@pytest.mark.parametrize(("fate", "act", "status", "cost"), FATES.values(), ids=FATES.keys())
def test_every_end_has_a_status_and_costs_what_is_charged(
    fate: Fate, act: Callable[[Bench, str], None], status: PredictionStatus, cost: int
) -> None:
    with bench() as tried:
        tried.double.books.fates.append(fate)
        prediction_id = tried.renderer().submit(wanted())
        act(tried, prediction_id)
        seen = tried.over(prediction_id)
        assert seen.status is status
        assert seen.cost_micros == cost == tried.double.bill
    assert (seen.footage_url is not None) == (status is PredictionStatus.SUCCEEDED)
    assert (seen.failure is not None) == (status is PredictionStatus.FAILED)
    assert not seen.is_refused


@pytest.mark.parametrize(
    ("error", "is_refused"),
    [
        ("The input or output was flagged as sensitive. Please try again. (E005)", True),
        ("Prompt violates our Content Policy", True),
        ("NSFW content detected", True),
        ("blocked by safety filters", True),
        ("Prediction interrupted; internal error, code 13, try again later", False),
        ("CUDA out of memory", False),
    ],
)
def test_a_refusal_of_content_is_told_from_a_failure(error: str, *, is_refused: bool) -> None:
    with bench() as tried:
        tried.double.books.fates.append(flagged(error))
        seen = tried.over(tried.renderer().submit(wanted()))
    assert (seen.is_refused, seen.cost_micros) == (is_refused, 0)
    assert seen.failure == error


def test_a_long_reason_is_one_short_line() -> None:
    with bench() as tried:
        tried.double.books.fates.append(flagged("Traceback:\n" + "  a line\n" * 900))
        seen = tried.over(tried.renderer().submit(wanted()))
    assert len(seen.failure or "") <= 300
    assert "\n" not in (seen.failure or "")


def test_footage_that_was_deleted_there_is_lost_unless_it_was_seen_before() -> None:
    with bench() as tried:
        renderer = tried.renderer()
        prediction_id = renderer.submit(wanted())
        seen = tried.over(prediction_id)
        while renderer.poll(prediction_id) != seen:
            continue
        tried.double.books.later(4000)
        with pytest.raises(PredictionLost, match="expired"):
            tried.over(prediction_id)
        assert renderer.poll(prediction_id) == seen


def test_what_failed_long_ago_still_costs_nothing_and_a_late_cancel_does_not_say() -> None:
    with bench() as tried:
        tried.double.books.fates.extend([Fate("failed", "no"), Fate("never")])
        failed, stopped = (tried.renderer().submit(wanted(name)) for name in ("one", "two"))
        tried.over(failed)
        looked_at_and_cancelled(tried, stopped)
        tried.double.books.later(4000)
        assert tried.over(failed).cost_micros == 0
        assert tried.over(stopped).cost_micros is None


def test_a_prediction_is_asked_for_once_in_a_while_however_often_it_is_polled() -> None:
    with bench() as tried:
        tried.double.books.usual = Fate(looks=3)
        renderer = tried.renderer(poll_seconds=2.0)
        prediction_id = renderer.submit(wanted())
        for _ in range(10):
            assert renderer.poll(prediction_id).status is PredictionStatus.RUNNING
        assert tried.double.count("get") == 1
        tried.double.fail("get", BROKEN)
        tried.now += 2.0
        for _ in range(10):
            with pytest.raises(ProviderUnavailable):
                renderer.poll(prediction_id)
        assert tried.double.count("get") == 2
        for _ in range(3):
            tried.now += 2.0
            seen = renderer.poll(prediction_id)
        assert seen.status is PredictionStatus.SUCCEEDED
        tried.now += 100.0
        assert renderer.poll(prediction_id) == seen
        assert tried.double.count("get") == 5


def test_a_cancel_is_seen_at_once_and_tried_again() -> None:
    with bench() as tried:
        tried.double.books.usual = Fate("never")
        renderer = tried.renderer(poll_seconds=1000.0)
        prediction_id = renderer.submit(wanted())
        renderer.poll(prediction_id)
        tried.double.fail("cancel", BROKEN)
        renderer.cancel(prediction_id)
        assert renderer.poll(prediction_id).status is PredictionStatus.CANCELLED
        tried.double.fail("cancel", BROKEN, DROPPED)
        renderer.cancel(prediction_id)
        renderer.cancel("nobody")


def test_a_request_carries_its_deadline_and_where_to_tell_of_it() -> None:
    with bench() as tried:
        tried.double.books.usual = Fate("never")
        prediction_id = tried.renderer(deadline_seconds=420).submit(wanted())
        paid = tried.double.books.paid[-1]
        assert paid.deadline == pytest.approx(paid.created + 420)
        assert paid.webhook is None
        tried.renderer().poll(prediction_id)
        facts = {"public_url": "https://clips.invalid/"}
        tried.renderer(**facts).submit(wanted("a/b.1 c"))
        paid = tried.double.books.paid[-1]
        assert paid.webhook == "https://clips.invalid/hooks/replicate?attempt=a%2Fb.1%20c"
        assert paid.events == ("start", "completed")
        for call, headers in tried.double.calls:
            assert ("cancel-after" in headers) == (call == "create")
            assert "prefer" not in headers


def test_an_account_is_shared_by_models_and_threads_of_their_own_deadlines() -> None:
    with bench() as tried:
        for key, seconds in [("veo_31", 60), ("wan_25_i2v", 600)]:
            tried.renderer(key, deadline_seconds=seconds).submit(wanted())
            paid = tried.double.books.paid[-1]
            assert paid.deadline == pytest.approx(paid.created + seconds)


def test_footage_comes_without_the_token_going_there(tmp_path: Path) -> None:
    with bench(footage=media.clip(frames=30)) as tried:
        renderer = tried.renderer()
        seen = tried.over(renderer.submit(wanted()))
        tried.double.fail("file", HALF, BROKEN)
        for _ in range(2):
            with pytest.raises(ProviderUnavailable):
                renderer.fetch(seen.footage_url or "", tmp_path / "new.mp4")
            assert list(tmp_path.iterdir()) == []
        assert probe(renderer.fetch(seen.footage_url or "", tmp_path / "new.mp4")).frames == 30
        asked = [headers for call, headers in tried.double.calls if call == "file"]
        assert len(asked) == 3
        assert not any("authorization" in headers for headers in asked)
        tried.double.books.later(4000)
        with pytest.raises(FootageRejected, match="not there any more"):
            renderer.fetch(seen.footage_url or "", tmp_path / "other.mp4")


def test_footage_elsewhere_is_not_fetched(tmp_path: Path) -> None:
    with bench() as tried:
        renderer = ReplicateRenderer(model("veo_31"), tried.wire, Downloads())
        seen = tried.over(renderer.submit(wanted()))
        for address in (seen.footage_url or "", "https://example.invalid/x", "data:video/mp4,x"):
            with pytest.raises(FootageRejected):
                renderer.fetch(address, tmp_path / "new.mp4")
        assert tried.double.count("file") == 0


def test_an_answer_that_never_ends_is_left() -> None:
    started = monotonic()
    with bench() as tried:
        tried.double.fail("create", Fault(201, is_done=True, body=b" " * 70_000_000))
        with pytest.raises(SubmissionUnknown):
            tried.renderer().submit(wanted())
    assert monotonic() - started < 30  # generous: the machine may be busy


def test_a_lost_submission_is_found_and_not_paid_again() -> None:
    since = time()
    for key in MODELS:
        with bench(key) as tried:
            tried.double.fail("create", DROPPED)
            with pytest.raises(SubmissionUnknown):
                tried.renderer().submit(wanted())
            found = tried.renderer().find(wanted(), since_seconds=since)
            assert found == tried.double.books.paid[0].id
            assert len(tried.double.books.paid) == 1


@pytest.fixture(params=["kept", "replaced", "dropped", "no inputs"])
def listed(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.mark.parametrize("key", MODELS)
def test_a_prediction_is_found_however_lists_show_pictures(key: str, listed: str) -> None:
    with bench(key, list_pictures=listed) as tried:
        tried.double.books.fates.extend([Fate("aborted"), Fate(), Fate("failed", "no"), Fate()])
        renderer, now = tried.renderer(), time()
        others = [
            renderer.submit(wanted("other", prompt="a lighthouse", seed=9)),
            tried.renderer("hailuo_23" if key != "hailuo_23" else "wan_25_i2v").submit(wanted("m")),
        ]
        mine = renderer.submit(wanted(temperature=0.1))
        for prediction_id in (*others, mine):
            tried.over(prediction_id)
        assert tried.renderer().find(wanted(temperature=0.1), since_seconds=now) == mine
        assert renderer.find(wanted(prompt="another", temperature=0.1), since_seconds=now) is None


def test_two_equal_requests_are_told_apart_by_their_pictures_or_by_what_is_taken() -> None:
    with bench("kling_v25_turbo") as tried:
        renderer, now = tried.renderer(), time()
        first, second = (renderer.submit(wanted(marker)) for marker in ("one", "two"))
        assert renderer.find(wanted("two"), since_seconds=now) == second
        tried.double.books.list_pictures = "replaced"
        assert renderer.find(wanted("two"), since_seconds=now) == first
        assert renderer.find(wanted("two"), since_seconds=now, taken={first}) == second
        assert renderer.find(wanted("two"), since_seconds=now, taken={first, second}) is None


def test_only_what_was_created_since_the_intent_counts_but_for_a_difference_of_clocks() -> None:
    with bench() as tried:
        prediction_id = tried.renderer().submit(wanted())
        created = tried.double.books.paid[0].created
        find = tried.renderer().find
        assert find(wanted(), since_seconds=created + 59) == prediction_id
        assert find(wanted(), since_seconds=created + 61) is None


def test_an_entry_without_a_time_is_looked_at_too() -> None:
    with bench() as tried:
        prediction_id = tried.renderer().submit(wanted())
        entry = tried.double.books.document(tried.double.books.paid[0], tried.double.url)
        for moment in (None, "yesterday", "2026-11-21T10:00:00"):
            page = {"results": [entry | {"created_at": moment}, 3], "next": None}
            tried.double.fail("list", Fault(200, body=page))
            assert tried.renderer().find(wanted(), since_seconds=time()) == prediction_id


def test_a_prediction_may_appear_late_in_the_list() -> None:
    with bench(list_latency_seconds=30) as tried:
        prediction_id, now = tried.renderer().submit(wanted()), time()
        assert tried.renderer().find(wanted(), since_seconds=now) is None
        tried.double.books.later(31)
        assert tried.renderer().find(wanted(), since_seconds=now) == prediction_id
    assert tried.renderer().patience_seconds == 120


def test_the_list_is_read_back_to_the_intent_and_no_further() -> None:
    with bench(page_size=2) as tried:
        renderer = tried.renderer()
        for place in range(3):
            renderer.submit(wanted(f"old {place}", seed=place))
        tried.double.books.later(1000)
        since = tried.double.books.now()
        mine = renderer.submit(wanted("mine", seed=10))
        for place in range(4):
            renderer.submit(wanted(f"new {place}", seed=20 + place))
        assert renderer.find(wanted("mine", seed=10), since_seconds=since) == mine
        assert tried.double.count("list") == 3


@pytest.mark.parametrize(
    "fault",
    [BROKEN, GARBAGE, DROPPED, throttled("3600"), Fault(404), Fault(200, body={"results": 3})],
    ids=["500", "garbage", "dropped", "429", "404", "no list"],
)
def test_a_list_that_cannot_be_read_says_nothing(fault: Fault) -> None:
    with bench(page_size=1) as tried:
        for marker in ("one", "two"):
            tried.renderer().submit(wanted(marker))
        tried.double.fail("list", fault)
        with pytest.raises(ProviderUnavailable):
            tried.renderer().find(wanted(), since_seconds=0)
        assert tried.double.count("list") == 1


def test_a_list_that_does_not_say_any_more_what_was_sent_says_nothing() -> None:
    with bench() as tried:
        prediction_id, since = tried.renderer().submit(wanted()), time()
        tried.over(prediction_id)
        tried.double.books.later(4000)
        with pytest.raises(ProviderUnavailable):
            tried.renderer().find(wanted(), since_seconds=since)
        find = tried.renderer().find
        assert find(wanted(), since_seconds=since, taken={prediction_id}) is None


def test_the_token_goes_to_no_host_that_a_list_names() -> None:
    with bench() as tried, bench() as other:
        page = {"results": [], "next": f"{other.double.url}/v1/predictions?cursor=x"}
        tried.double.fail("list", Fault(200, body=page))
        assert tried.renderer().find(wanted(), since_seconds=0) is None
        assert tried.double.count("list") == 2
        assert other.double.calls == []


def test_a_list_that_does_not_end_is_left() -> None:
    with bench() as tried:
        page = Fault(200, body={"results": [], "next": f"{tried.double.url}/v1/predictions"})
        tried.double.fail("list", *[page] * 200)
        with pytest.raises(ProviderUnavailable):
            tried.renderer().find(wanted(), since_seconds=0)
