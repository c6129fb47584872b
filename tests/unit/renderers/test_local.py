"""The local renderer: what only it promises, and what happens when it is killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import starmap
from pathlib import Path
from typing import Any

import pytest

from clipbot.domain.claims import claims_for, judge
from clipbot.domain.plan import Kind, Operation
from clipbot.domain.promises import PROMISES
from clipbot.errors import EncodingFailed, ProviderRejected, StorageFull
from clipbot.media import looked
from clipbot.media.files import digest
from clipbot.media.looked import render
from clipbot.media.looks import Looks
from clipbot.media.measure import measure
from clipbot.renderers.base import Prediction, PredictionStatus, RenderRequest
from clipbot.renderers.local import LocalRenderer, looks_for
from clipbot.renderers.shelf import KEPT_SECONDS
from clipbot.renderers.written import from_json, to_json
from tests import media, pictures

LONG = 480


def request(marker: str = "one", *, frames: int = 12, source: Path | None = None) -> RenderRequest:
    return RenderRequest(
        marker=marker,
        ops=(Operation(Kind.BRIGHTNESS, "down", "strong"),),
        prompt="",
        frames=frames,
        rate=Fraction(24),
        width=320,
        height=180,
        seed=0,
        temperature=0.2,
        source=source or media.clip(frames=frames),
    )


def until(
    renderer: LocalRenderer, prediction_id: str, done: Callable[[Prediction], bool]
) -> Prediction:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        prediction = renderer.poll(prediction_id)
        if done(prediction):
            return prediction
        time.sleep(0.02)
    raise AssertionError(f"still {prediction}")


def over(prediction: Prediction) -> bool:
    return prediction.status is not PredictionStatus.RUNNING


def begun(prediction: Prediction) -> bool:
    return over(prediction) or bool(prediction.progress)


@pytest.fixture
def renderer(tmp_path: Path) -> Iterator[LocalRenderer]:
    client = LocalRenderer(tmp_path)
    yield client
    client.close()


def test_it_is_free_and_called_by_its_name(renderer: LocalRenderer) -> None:
    assert (renderer.key, renderer.label) == ("local", "Local look")
    assert renderer.terms(request()).ceiling_micros == 0


@pytest.mark.parametrize(
    "impossible",
    [
        replace(request(), source=None),
        replace(request(), ops=(Operation(Kind.ADD, "dragon"),)),
        replace(request(), ops=()),
    ],
    ids=["no footage", "a dragon", "nothing"],
)
def test_what_it_can_never_do_is_refused_and_not_written_down(
    renderer: LocalRenderer, impossible: RenderRequest
) -> None:
    with pytest.raises(ProviderRejected):
        renderer.submit(impossible)
    assert renderer.find(request(), since_seconds=0) is None


def test_submitting_returns_before_the_footage_is_there(renderer: LocalRenderer) -> None:
    prediction_id = renderer.submit(request(frames=LONG))
    assert renderer.poll(prediction_id).status is PredictionStatus.RUNNING
    renderer.cancel(prediction_id)
    until(renderer, prediction_id, over)


def test_only_one_is_rendered_at_a_time_and_the_next_waits_at_nothing(
    renderer: LocalRenderer,
) -> None:
    first, second = (renderer.submit(request(m, frames=LONG)) for m in ("one", "two"))
    until(renderer, first, begun)

    assert renderer.poll(second) == Prediction(second, PredictionStatus.RUNNING, progress=0.0)
    renderer.cancel(second)
    assert renderer.poll(second).status is PredictionStatus.CANCELLED
    assert renderer.poll(first).status is PredictionStatus.RUNNING
    renderer.cancel(first)
    assert until(renderer, first, over).status is PredictionStatus.CANCELLED


def test_cancelling_stops_the_encoder(renderer: LocalRenderer, tmp_path: Path) -> None:
    prediction_id = renderer.submit(request(frames=LONG))
    until(renderer, prediction_id, begun)

    renderer.cancel(prediction_id)
    renderer.wait()

    left = sorted(path.suffix for path in tmp_path.iterdir() if path.is_file())
    assert left == [".cancelled", ".json", ".lock"]


def test_a_cancel_reaches_a_render_in_another_client(tmp_path: Path) -> None:
    working, other = LocalRenderer(tmp_path), LocalRenderer(tmp_path)
    prediction_id = working.submit(request(frames=LONG))
    until(working, prediction_id, begun)

    other.cancel(prediction_id)
    working.wait()

    assert working.poll(prediction_id).status is PredictionStatus.CANCELLED
    assert not list(tmp_path.glob("*.mp4"))


def test_two_clients_of_one_folder_render_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered = list[Path]()

    def counted(source: Path, dest: Path, *, looks: Looks, **options: Any) -> None:
        rendered.append(source)
        render(source, dest, looks=looks, **options)

    monkeypatch.setattr(looked, "render", counted)
    clients = [LocalRenderer(tmp_path) for _ in range(3)]
    ids = {client.submit(request(frames=48)) for client in clients}
    assert len(ids) == 1
    for client in clients:
        until(client, next(iter(ids)), over)
        client.wait()
    assert len(rendered) == 1


def test_killed_in_the_middle_it_is_rendered_after_the_restart(tmp_path: Path) -> None:
    """The id was handed out, so the caller will poll it; nothing may be lost or doubled."""
    # It stands still after its first frames, so that it cannot be through before it is killed.
    program = (
        "import sys, threading; from pathlib import Path; from clipbot.media import looked;"
        "from clipbot.renderers.local import LocalRenderer;"
        "from tests.unit.renderers.test_local import request, until, begun;"
        "whole, never = looked.render, threading.Event();"
        "looked.render = lambda *files, on_frames, **rest: whole(*files, **rest,"
        " on_frames=lambda count: (on_frames(count), count and never.wait()));"
        "renderer = LocalRenderer(Path(sys.argv[1]));"
        "prediction_id = renderer.submit(request(frames=150, source=Path(sys.argv[2])));"
        "until(renderer, prediction_id, begun);"
        "print(prediction_id, flush=True); sys.stdin.read()"
    )
    source = media.clip(frames=150)
    child = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path / "work"), str(source)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    with child:
        assert child.stdout is not None
        prediction_id = child.stdout.readline().strip()
        os.kill(child.pid, signal.SIGKILL)
    assert prediction_id
    assert not (tmp_path / "work" / f"{prediction_id}.mp4").exists()

    renderer = LocalRenderer(tmp_path / "work")
    assert renderer.find(request(), since_seconds=0) == prediction_id
    assert until(renderer, prediction_id, over).status is PredictionStatus.SUCCEEDED

    straight = tmp_path / "straight.mp4"
    render(source, straight, looks=[("darker", "strong")], cache=tmp_path / "work" / "looks")
    assert digest(tmp_path / "work" / f"{prediction_id}.mp4") == digest(straight)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (EncodingFailed("no such filter"), "Encoding failed: no such filter."),
        (ValueError("a bug"), "An unexpected error stopped the renderer."),
    ],
)
def test_what_breaks_a_render_is_told_and_not_tried_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(looked, "render", broken)
    renderer = LocalRenderer(tmp_path)
    prediction = until(renderer, renderer.submit(request()), over)
    assert (prediction.status, prediction.failure) == (PredictionStatus.FAILED, words)
    assert LocalRenderer(tmp_path).poll(prediction.id) == prediction


def test_a_full_disk_is_told_and_the_next_poll_tries_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StorageFull

    renderer = LocalRenderer(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(looked, "render", full)
        prediction_id = renderer.submit(request())
        renderer.wait()
        with pytest.raises(StorageFull):
            renderer.poll(prediction_id)

    assert until(renderer, prediction_id, over).status is PredictionStatus.SUCCEEDED


def test_predictions_are_forgotten_after_a_day(renderer: LocalRenderer, tmp_path: Path) -> None:
    old = renderer.submit(request("old"))
    until(renderer, old, over)
    renderer.wait()
    for path in tmp_path.glob(f"{old}.*"):
        os.utime(path, (time.time() - KEPT_SECONDS - 60,) * 2)

    new = renderer.submit(request("new"))
    until(renderer, new, over)

    assert not list(tmp_path.glob(f"{old}.*"))
    assert renderer.find(request("old"), since_seconds=0) is None


def test_a_request_survives_being_written_down() -> None:
    for one in (request(), replace(request(), source=None, rate=Fraction(30000, 1001), ops=())):
        assert from_json(to_json(one)) == one


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("looks")


PROMISING = {looks: op for op in starmap(Operation, PROMISES) if (looks := looks_for([op]))}


@pytest.mark.parametrize(
    ("looks", "op"), PROMISING.items(), ids=[names[0][0] for names in PROMISING]
)
def test_a_look_keeps_what_its_operation_promises(
    looks: Looks, op: Operation, cache: Path, tmp_path: Path
) -> None:
    source, dest = pictures.clip_of("photograph", frames=18, pan=1), tmp_path / "looked.mp4"
    render(source, dest, looks=looks, cache=cache)
    verdict = judge(claims_for([op]), measure(source), measure(dest))
    assert verdict.outcome == "passed", verdict.sentence
