"""Own models: what a real cog server does with us, and what a broken one cannot do to us."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import httpx
import pytest

from clipbot.domain.plan import Edit, Kind, Operation
from clipbot.errors import (
    FootageRejected,
    ProviderRejected,
    ProviderUnavailable,
)
from clipbot.media.probe import verify
from clipbot.renderers.base import Extent, Prediction, PredictionStatus, RenderRequest
from clipbot.renderers.cog import CogRenderer
from clipbot.renderers.cog_answers import data_uri
from clipbot.renderers.files import local_file
from tests import media
from tests.contract import cog_pretender as pretender
from tests.contract import cog_server
from tests.contract.cog_pretender import Pretender, Reaction, pretending

pytestmark = pytest.mark.xdist_group("cog")

PATIENCE_SECONDS = 60
SEED_IS_BAD = {"loc": ["body", "input", "seed"], "msg": "bad"}
MADE = pretender.made(lambda _: data_uri(b"footage", "video/mp4"))
BRIGHTER = Operation(Kind.BRIGHTNESS, "up")


def wanted(prompt: str = "brighter", marker: str = "") -> RenderRequest:
    return RenderRequest(
        marker=marker or prompt,
        ops=(BRIGHTER,),
        prompt=prompt,
        frames=12,
        rate=Fraction(24),
        width=320,
        height=180,
        seed=100_000,
        temperature=0.3,
        source=media.clip(frames=12),
    )


@contextmanager
def renderer(url: str, work: Path, **facts: object) -> Iterator[CogRenderer]:
    made = CogRenderer(url, work, **facts)  # type: ignore[arg-type]
    try:
        yield made
    finally:
        made.close()


@pytest.fixture
def real(tmp_path: Path) -> Iterator[CogRenderer]:
    with renderer(cog_server.server().url, tmp_path) as made:
        yield made


@contextmanager
def pretended(
    work: Path, *reactions: Reaction, said: Mapping[str, object] | None = None, **facts: object
) -> Iterator[tuple[CogRenderer, Pretender]]:
    with (
        pretending(*reactions, **(said or {})) as server,
        renderer(server.url, work, **facts) as made,
    ):
        yield made, server


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def followed(made: CogRenderer, prediction_id: str) -> Prediction:
    """Poll until it is over, through whatever passes."""
    seen: list[Prediction] = []

    def is_over() -> bool:
        try:
            seen.append(made.poll(prediction_id))
        except ProviderUnavailable:
            return False
        return seen[-1].status is not PredictionStatus.RUNNING

    until(is_over)
    return seen[-1]


def failure(made: CogRenderer, request: RenderRequest | None = None) -> str:
    prediction = followed(made, made.submit(request or wanted()))
    assert prediction.status is PredictionStatus.FAILED
    assert prediction.footage_url is None
    return prediction.failure or ""


# The real server.


def test_a_prediction_goes_through_the_states_that_replicate_names() -> None:
    assert cog_server.sequences() == {
        "succeeded": ["starting", "processing", "succeeded"],
        "failed": ["starting", "processing", "failed"],
        "canceled": ["starting", "processing", "canceled"],
    }


def test_the_real_server_forgets_what_is_over_and_tells_only_who_holds_the_request() -> None:
    """What the renderer is built around; a new cog that does otherwise should be looked at."""
    url = cog_server.server().url + "/predictions/forgotten"
    body = {"input": {"prompt": "x", "video": data_uri(media.clip().read_bytes(), "video/mp4")}}
    first, again = httpx.put(url, json=body).json(), httpx.put(url, json=body).json()

    assert first["status"] == again["status"] == "succeeded"
    assert first["metrics"] != again["metrics"]
    assert httpx.get(url).status_code == 405
    assert httpx.post(url + "/cancel").status_code == 404
    assert httpx.put(url, json={"input": 0}).status_code == 422


def test_footage_of_an_own_model_passes_every_check(real: CogRenderer) -> None:
    prediction = followed(real, real.submit(wanted()))
    path = real.fetch(prediction.footage_url or "", Path("unused"))
    assert verify(path).frames == 12
    assert prediction.cost_micros == 0


def test_a_model_fails_in_its_own_words_without_its_paths(real: CogRenderer) -> None:
    assert failure(real, wanted("fail")) == "the model has no idea of 'fail', says a file"


def test_progress_is_read_from_the_logs(real: CogRenderer) -> None:
    prediction_id = real.submit(wanted("wait"))
    until(lambda: real.poll(prediction_id).progress == 0.42)
    real.cancel(prediction_id)
    assert followed(real, prediction_id).status is PredictionStatus.CANCELLED
    cog_server.server().wait_for("READY")


def test_a_busy_server_is_waited_for(real: CogRenderer) -> None:
    first = real.submit(wanted("wait"))
    until(lambda: real.poll(first).progress is not None)
    second = real.submit(wanted("brighter"))
    assert real.poll(second).status is PredictionStatus.RUNNING
    real.cancel(first)
    assert followed(real, second).status is PredictionStatus.SUCCEEDED


def test_what_waits_for_its_turn_can_be_cancelled(real: CogRenderer) -> None:
    first = real.submit(wanted("wait"))
    until(lambda: real.poll(first).progress is not None)
    second = real.submit(wanted("brighter"))
    real.cancel(second)
    assert real.poll(second).status is PredictionStatus.CANCELLED
    real.cancel(first)
    real.wait()
    assert real.poll(second).status is PredictionStatus.CANCELLED


def test_a_client_that_goes_away_leaves_nothing_running_and_the_next_starts_again(
    tmp_path: Path,
) -> None:
    url = cog_server.server().url
    with renderer(url, tmp_path) as before:
        prediction_id = before.submit(wanted("wait"))
        until(lambda: before.poll(prediction_id).progress is not None)
    with renderer(url, tmp_path) as after:
        assert after.find(wanted("wait"), since_seconds=0) == prediction_id
        until(lambda: after.poll(prediction_id).progress is not None)
        after.cancel(prediction_id)
        assert followed(after, prediction_id).status is PredictionStatus.CANCELLED
    cog_server.server().wait_for("READY")


def test_a_server_that_was_killed_is_unavailable_and_goes_on_after_its_restart(
    real: CogRenderer,
) -> None:
    server = cog_server.server()
    prediction_id = real.submit(wanted("wait"))
    until(lambda: real.poll(prediction_id).progress is not None)
    server.kill()

    def is_told() -> bool:
        try:
            real.poll(prediction_id)
        except ProviderUnavailable:
            return True
        return False

    until(is_told)
    with pytest.raises(ProviderUnavailable):
        real.submit(wanted("brighter"))
    assert real.find(wanted("brighter"), since_seconds=0) is None

    server.start()
    until(lambda: running(real, prediction_id).progress is not None)
    real.cancel(prediction_id)
    assert followed(real, prediction_id).status is PredictionStatus.CANCELLED
    assert followed(real, real.submit(wanted("brighter"))).status is PredictionStatus.SUCCEEDED


def running(made: CogRenderer, prediction_id: str) -> Prediction:
    """Poll, through whatever passes."""
    try:
        return made.poll(prediction_id)
    except ProviderUnavailable:
        return Prediction(prediction_id, PredictionStatus.RUNNING)


# What only a broken, or an older, server does.


@pytest.mark.parametrize(
    ("reaction", "reason"),
    [
        (pretender.over("failed", error="Prediction failed: ValueError: no."), "no"),
        (pretender.over("failed"), "it did not say why"),
        (pretender.over("succeeded", output=None), "it answered without footage"),
        (pretender.over("succeeded", output={"text": "hello"}), "it answered without footage"),
        (pretender.over("succeeded", output="data:video/mp4;base64,?"), "arrived damaged"),
        (pretender.over("succeeded", output="file:///etc/passwd"), "without footage"),
        (pretender.over("succeeded", output="http://127.0.0.1:9/a.mp4"), "host that is not"),
        (pretender.over("succeeded", output="http://[::1/a.mp4"), "host that is not trusted"),
        (pretender.answering(422, {"detail": [SEED_IS_BAD]}), "seed: bad"),
        (pretender.answering(413, b"length limit exceeded"), "length limit exceeded"),
        (pretender.answering(401, b""), "refused our token"),
        (pretender.answering(404, b"<html>"), "does not speak cog's language"),
        (pretender.hanging_up, "broke off, 3 times"),
        (pretender.half, "broke off, 3 times"),
        (pretender.answering(200, b"<html>"), "made no sense, 3 times"),
        (pretender.answering(200, {"status": "dancing"}), "made no sense, 3 times"),
        (pretender.answering(502, b""), "answered 502, 3 times"),
        (pretender.flooding, "larger than 1 MB"),
    ],
)
def test_no_answer_leaves_a_prediction_without_an_end(
    tmp_path: Path, reaction: Reaction, reason: str
) -> None:
    with pretended(tmp_path, reaction, most_footage_bytes=1024**2) as (made, server):
        assert reason in failure(made)
        assert len(server.inputs) <= 3


def test_an_answer_that_never_ends_is_given_up(tmp_path: Path) -> None:
    with pretended(tmp_path, pretender.dripping, longest_seconds=0.3) as (made, _):
        assert "it took longer than" in failure(made)


def test_a_refusal_for_its_content_is_told_apart(tmp_path: Path) -> None:
    flagged = pretender.over("failed", error="NSFW content detected. Try other words.")
    with pretended(tmp_path, flagged) as (made, _):
        assert followed(made, made.submit(wanted())).is_refused


@pytest.mark.parametrize(
    "output",
    [
        lambda _: data_uri(b"footage", "video/mp4"),
        lambda _: [data_uri(b"poster", "image/png"), data_uri(b"footage", "video/mp4")],
        lambda _: {"video": data_uri(b"footage", "application/octet-stream")},
        lambda _: "data:,footage",
        lambda url: [f"{url}/poster.png", f"{url}/footage.mp4"],
    ],
)
def test_footage_comes_in_many_wrappings(tmp_path: Path, output: Callable[[str], object]) -> None:
    with pretended(tmp_path, pretender.made(output)) as (made, _):
        prediction = followed(made, made.submit(wanted()))
        assert local_file(prediction.footage_url or "").read_bytes().startswith(b"footage")


def test_footage_on_a_trusted_host_is_fetched_without_our_token(tmp_path: Path) -> None:
    with pretending() as files:
        elsewhere = pretender.made(lambda _: f"{files.url}/footage.mp4")
        host = files.url.removeprefix("http://")
        with pretended(tmp_path, elsewhere, trusted_hosts=[host], token="secret") as (made, _):
            assert followed(made, made.submit(wanted())).status is PredictionStatus.SUCCEEDED
        assert files.asked == ["GET /footage.mp4"]
        assert files.tokens == [""]


def test_footage_that_is_too_large_is_not_kept(tmp_path: Path) -> None:
    large = pretender.made(lambda _: data_uri(bytes(1025), "video/mp4"))
    with pretended(tmp_path, large, most_footage_bytes=1024) as (made, _):
        assert "larger than" in failure(made)
    linked = pretender.made(lambda url: f"{url}/footage.mp4")
    with pretended(tmp_path / "2", linked, most_footage_bytes=1024) as (made, _):
        assert "larger than" in failure(made)
    assert list(tmp_path.rglob("*.mp4")) == []


@pytest.mark.parametrize("passing", [409, 429, 503])
def test_a_server_without_time_is_asked_again(tmp_path: Path, passing: int) -> None:
    busy = pretender.answering(passing, {"error": "At capacity"})
    with pretended(tmp_path, busy, MADE) as (made, server):
        assert followed(made, made.submit(wanted())).status is PredictionStatus.SUCCEEDED
        assert len(server.inputs) == 2


def test_what_runs_for_nobody_is_cancelled_and_started_again(tmp_path: Path) -> None:
    """An older server does not notice that the process that started it has died."""
    orphan = pretender.answering(202, {"status": "processing"})
    with pretended(tmp_path, orphan, MADE) as (made, server):
        prediction_id = made.submit(wanted())
        assert followed(made, prediction_id).status is PredictionStatus.SUCCEEDED
        assert server.cancels == [f"/predictions/{prediction_id}/cancel"]


def test_a_server_that_cancels_by_itself_ends_it(tmp_path: Path) -> None:
    with pretended(tmp_path, pretender.over("canceled")) as (made, _):
        assert followed(made, made.submit(wanted())).status is PredictionStatus.CANCELLED


def test_a_cancel_from_another_process_reaches_the_server(tmp_path: Path) -> None:
    with pretended(tmp_path, pretender.until_cancelled) as (made, server):
        prediction_id = made.submit(wanted())
        until(lambda: bool(server.inputs))
        (tmp_path / f"{prediction_id}.cancelled").touch()
        made.wait()
        assert server.cancels
        assert made.poll(prediction_id).status is PredictionStatus.CANCELLED


@pytest.mark.parametrize("status", ["UNHEALTHY", "SETUP_FAILED", "DEFUNCT"])
def test_a_server_whose_model_crashed_is_unavailable(tmp_path: Path, status: str) -> None:
    """The real one answers "at capacity" for ever after that."""
    with (
        pretended(tmp_path, said={"health": {"status": status}}) as (made, server),
        pytest.raises(ProviderUnavailable, match="needs a restart"),
    ):
        made.submit(wanted())
    assert server.inputs == []


@pytest.mark.parametrize("health", [b"<html>", b"[]", {"status": 5}, b"x" * 5_000_000])
def test_what_is_no_cog_server_starts_nothing(tmp_path: Path, health: object) -> None:
    with (
        pretended(tmp_path, said={"health": health}) as (made, server),
        pytest.raises(ProviderUnavailable),
    ):
        made.submit(wanted())
    assert server.inputs == []
    assert made.find(wanted(), since_seconds=0) is None


def test_a_server_that_is_still_starting_is_waited_for(tmp_path: Path) -> None:
    starting = {"health": {"status": "STARTING"}, "schema": None}
    with pretended(tmp_path, MADE, said=starting) as (made, server):
        prediction_id = made.submit(wanted())
        assert made.poll(prediction_id).status is PredictionStatus.RUNNING
        server.health, server.schema = {"status": "READY"}, cog_server.SCHEMA
        assert followed(made, prediction_id).status is PredictionStatus.SUCCEEDED


def test_waiting_for_a_turn_has_an_end(tmp_path: Path) -> None:
    busy = {"health": {"status": "BUSY"}}
    with pretended(tmp_path, said=busy, longest_seconds=0.01) as (made, _):
        assert failure(made) == "its server had no time for this"


def schema(required: tuple[str, ...] = (), **inputs: object) -> dict[str, object]:
    taken = {"type": "object", "required": list(required), "properties": inputs}
    return {"info": {"title": "Dream Maker"}, "components": {"schemas": {"Input": taken}}}


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (None, "its server names no inputs"),
        ({"openapi": "3.0.2"}, "its server names no inputs"),
        (schema(width={"type": "integer"}), "it takes neither words nor pictures"),
        (schema(("mask",), prompt={"type": "string"}), "not known here (mask)"),
    ],
)
def test_a_model_that_cannot_be_used_is_refused_before_anything_is_sent(
    tmp_path: Path, document: object, reason: str
) -> None:
    with pretended(tmp_path, said={"schema": document}) as (made, server):
        with pytest.raises(ProviderRejected) as caught:
            made.submit(wanted())
        assert reason in caught.value.reason
        assert server.inputs == []


def test_a_clip_without_footage_is_refused_by_a_model_that_needs_it(real: CogRenderer) -> None:
    with pytest.raises(ProviderRejected, match="no footage to work on"):
        real.submit(replace(wanted(), source=None))


def test_only_what_the_schema_names_is_sent(tmp_path: Path) -> None:
    words = schema(prompt={"type": "string"}, num_frames={"type": "integer", "maximum": 9})
    with pretended(tmp_path, MADE, said={"schema": words}) as (made, server):
        followed(made, made.submit(wanted()))
        assert server.inputs == [{"prompt": "brighter", "num_frames": 9}]


def test_frames_are_shown_where_a_model_wants_them(tmp_path: Path) -> None:
    uri = {"type": "string", "format": "uri"}
    frames = schema(prompt={"type": "string"}, start_image=uri, last_frame=uri)
    with pretended(tmp_path, MADE, said={"schema": frames}) as (made, server):
        followed(made, made.submit(wanted()))
    shown = server.inputs[0]
    assert shown["start_image"].startswith("data:image/jpeg;base64,")
    assert shown["last_frame"].startswith("data:image/jpeg;base64,")
    assert shown["start_image"] != shown["last_frame"]


def test_nothing_is_asked_before_it_is_needed_and_nobody_waits_for_it(tmp_path: Path) -> None:
    words = schema(prompt={"type": "string"})
    with pretending(schema=words) as server, renderer(server.url, tmp_path) as made:
        assert server.asked == []
        assert made.label == "Own model"
        until(lambda: made.label == "Own model (Dream Maker)")
        terms = made.terms(wanted())
        assert terms.price_micros == terms.ceiling_micros == 0
        assert "words alone" in terms.notes[0]
        assert server.asked == ["GET /health-check", "GET /openapi.json"]


def test_a_model_without_words_promises_nothing(tmp_path: Path) -> None:
    silent = schema(video={"type": "string"})
    with pretending(schema=silent) as server, renderer(server.url, tmp_path) as made:
        until(lambda: not made.reads_prompt)
        assert made.capability(Edit((1,), (BRIGHTER,))).extent is Extent.NOTHING


def test_a_server_that_is_away_is_said_to_be(tmp_path: Path) -> None:
    with pretending() as server:
        url = server.url
    with renderer(url, tmp_path) as made:
        until(lambda: bool(made.terms(wanted()).notes))
        assert "did not answer" in made.terms(wanted()).notes[0]
        with pytest.raises(ProviderUnavailable, match="cannot be reached"):
            made.submit(wanted())


def test_a_restarted_server_may_have_another_model(tmp_path: Path) -> None:
    facts = {"status": "READY", "setup": {"started_at": "noon"}}
    words = {"schema": schema(prompt={"type": "string"}), "health": facts}
    with pretended(tmp_path, MADE, said=words) as (made, server):
        followed(made, made.submit(wanted(marker="one")))
        server.health = {"status": "READY", "setup": {"started_at": "later"}}
        server.schema = schema(("mask",), prompt={"type": "string"})
        with pytest.raises(ProviderRejected, match="mask"):
            made.submit(wanted(marker="two"))


def test_two_clients_of_one_folder_make_one_prediction(tmp_path: Path) -> None:
    with (
        pretended(tmp_path, pretender.until_cancelled) as (made, server),
        renderer(server.url, tmp_path) as other,
    ):
        prediction_id = made.submit(wanted())
        until(lambda: bool(server.inputs))
        assert other.submit(wanted()) == prediction_id
        other.wait()
        assert len(server.inputs) == 1
        other.cancel(prediction_id)


def test_only_files_of_this_machine_are_fetched(real: CogRenderer, tmp_path: Path) -> None:
    with pytest.raises(FootageRejected):
        real.fetch("http://127.0.0.1/footage.mp4", tmp_path / "footage.mp4")
