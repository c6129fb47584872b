"""What a model is shown and told, by temperature."""

import base64
import io
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from clipbot.domain.plan import Edit, Kind, Operation
from clipbot.domain.temperature import offline_temperature
from clipbot.errors import FootageRejected, ProviderRejected
from clipbot.media.stills import comment_of, first_still, jpeg_within, last_still, picture_still
from clipbot.renderers.base import Extent
from clipbot.renderers.catalogue import narrowed
from clipbot.renderers.download import Downloads
from clipbot.renderers.models import catalogue
from clipbot.renderers.replicate import ReplicateRenderer
from clipbot.renderers.replicate_inputs import (
    MOST_URI_CHARACTERS,
    is_of,
    may_have_sent,
    pictures,
    scalars,
)
from clipbot.renderers.replicate_wire import Wire
from tests import media
from tests.contract.replicate_bench import model, wanted

KEYS = [each.key for each in catalogue()]


@pytest.fixture
def portraits(tmp_path: Path) -> tuple[Path, ...]:
    paths = []
    for place in range(5):
        path = tmp_path / f"portrait-{place}.png"
        Image.new("RGBA", (400, 300), (40 * place, 90, 90, 255)).save(path)
        paths.append(path)
    return tuple(paths)


def picture(uri: str) -> Image.Image:
    head, _, data = uri.partition(",")
    assert head == "data:image/jpeg;base64"
    assert len(uri) <= MOST_URI_CHARACTERS
    return Image.open(io.BytesIO(base64.b64decode(data)))


@pytest.mark.parametrize(
    ("key", "temperature", "names"),
    [
        ("veo_31", 0.2, {"image", "last_frame"}),
        ("veo_31", 0.35, {"image"}),
        ("veo_31", 0.49, {"image"}),
        ("veo_31", 0.5, {"reference_images"}),
        ("veo_31", 0.79, {"reference_images"}),
        ("veo_31", 0.8, set()),
        ("veo_31_fast", 0.2, {"image", "last_frame"}),
        ("veo_31_fast", 0.6, set()),
        ("kling_v21", 0.2, {"start_image"}),
        ("kling_v21", 0.95, {"start_image"}),
        ("kling_v25_turbo", 0.2, {"start_image"}),
        ("kling_v25_turbo", 0.95, set()),
        ("hailuo_23", 0.4, {"first_frame_image"}),
        ("hailuo_23", 0.9, set()),
        ("wan_25_i2v", 0.9, {"image"}),
    ],
)
def test_the_temperature_decides_which_pictures_are_shown(
    key: str, temperature: float, names: set[str], portraits: tuple[Path, ...]
) -> None:
    request = wanted(temperature=temperature, frames=190, references=portraits)
    assert pictures(model(key), request).keys() == names


def test_a_last_frame_is_shown_only_where_the_resolution_allows_it() -> None:
    request = wanted(temperature=0.2, width=1920, height=1080)
    assert pictures(model("kling_v21"), request).keys() == {"start_image", "end_image"}


def test_references_have_their_terms(portraits: tuple[Path, ...], tmp_path: Path) -> None:
    veo, broken = model("veo_31"), tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    eight = wanted(temperature=0.6, frames=190, references=(broken, *portraits))
    assert len(pictures(veo, eight)["reference_images"]) == 3
    assert pictures(veo, replace(eight, frames=100)) == {}
    assert pictures(veo, replace(eight, width=720, height=1280)) == {}
    assert pictures(veo, replace(eight, references=(broken, tmp_path / "gone.png"))) == {}


def test_a_ratio_that_words_cannot_ask_for_comes_from_the_first_frame() -> None:
    wide, square = wanted(temperature=0.9), wanted(temperature=0.9, width=720)
    hailuo, kling = model("hailuo_23"), model("kling_v25_turbo")
    assert pictures(hailuo, wide) == {}
    assert pictures(hailuo, square).keys() == {"first_frame_image"}
    assert pictures(kling, square) == {}
    assert scalars(kling, square)["aspect_ratio"] == "1:1"
    other = wanted(temperature=0.9, width=960)
    assert pictures(kling, other).keys() == {"start_image"}
    assert "aspect_ratio" not in scalars(kling, other)


def test_pictures_are_the_first_and_the_last_frame() -> None:
    source = media.clip(frames=12)
    exact = media.ask("-i", str(source), "-f", "rawvideo", "-pix_fmt", "rgb24", "-")
    frames = np.frombuffer(exact, np.uint8).reshape(12, 180, 320, 3).astype(int)
    found = pictures(model("veo_31"), wanted(temperature=0.1, source=source))
    for name, place in (("image", 0), ("last_frame", 11)):
        shown = np.asarray(picture(found[name]), int)
        assert int(np.abs(frames - shown).mean(axis=(1, 2, 3)).argmin()) == place


@pytest.mark.parametrize("key", KEYS)
def test_words_and_numbers_are_said_in_the_models_own_names(key: str) -> None:
    ops = (Operation(Kind.REMOVE, "red_car"), Operation(Kind.REMOVE, "bird"), Operation(Kind.ADD))
    each = model(key)
    sent = scalars(each, wanted(ops=ops, seed=2**33 + 5))
    assert sent["prompt"] == "a harbour, a red coat"
    assert "temperature" not in sent
    assert sent.get("negative_prompt") == ("red car, bird" if each.inputs.negative_prompt else None)
    assert sent.get("seed") == (5 if each.inputs.seed else None)
    assert each.fixed.items() <= sent.items()
    assert "negative_prompt" not in scalars(each, wanted())


def test_audio_is_off_where_there_is_a_choice() -> None:
    for key in ("veo_31", "veo_31_fast"):
        assert scalars(model(key), wanted())["generate_audio"] is False


def test_what_the_service_does_not_know_is_not_sent() -> None:
    veo = model("veo_31")
    known = dict.fromkeys(("prompt", "duration", "image", "resolution", "aspect_ratio"))
    less = narrowed(veo, known)
    request = wanted(temperature=0.1, ops=(Operation(Kind.REMOVE, "bird"),))
    assert {*scalars(less, request), *pictures(less, request)} == {*known}


def test_without_footage_nothing_is_sent_where_it_is_needed(tmp_path: Path) -> None:
    nothing, broken = wanted(source=None), tmp_path / "broken.mp4"
    broken.write_bytes(b"no footage")
    for request in (nothing, wanted(source=broken), wanted(source=tmp_path / "gone.mp4")):
        with pytest.raises(ProviderRejected) as caught:
            pictures(model("veo_31"), request)
        assert str(tmp_path) not in str(caught.value)
    assert pictures(model("veo_31"), wanted(source=None, temperature=0.9)) == {}


@settings(max_examples=40)  # each encodes a picture a few times
@given(st.integers(16, 3000), st.integers(16, 3000), st.integers(3_000, 200_000))
def test_every_picture_fits_and_keeps_its_comment(width: int, height: int, most: int) -> None:
    noise = np.random.default_rng(width * height).integers(0, 256, (32, 32, 3), np.uint8)
    found = jpeg_within(Image.fromarray(noise).resize((width, height)), most, "clipbot:a.1")
    assert len(found) <= most
    assert comment_of(found) == "clipbot:a.1"


def test_a_picture_of_pure_noise_becomes_smaller_until_it_fits() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (1080, 1920, 3), np.uint8)
    found = jpeg_within(Image.fromarray(noise), 187_000, "x")
    size = Image.open(io.BytesIO(found)).size
    assert 100_000 < len(found) <= 187_000
    assert size[0] / size[1] == pytest.approx(1920 / 1080, rel=0.01)
    with pytest.raises(ValueError, match="no picture fits"):
        jpeg_within(Image.fromarray(noise), 100, "x")


def test_stills_of_what_is_no_footage_are_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"nothing")
    for still in (first_still, last_still, picture_still):
        with pytest.raises(FootageRejected):
            still(broken, most_bytes=1000, comment="x")
    assert comment_of(b"nothing") is None
    plain = io.BytesIO()
    Image.new("RGB", (8, 8)).save(plain, "JPEG")
    assert comment_of(plain.getvalue()) is None


def entry(key: str, sent: dict[str, Any], **facts: Any) -> dict[str, Any]:
    return {"id": "a", "model": model(key).slug, "input": sent} | facts


@pytest.mark.parametrize("key", KEYS)
def test_an_entry_is_known_again_by_what_it_was_sent(key: str) -> None:
    each, request = model(key), wanted(temperature=0.2)
    words, shown = scalars(each, request), pictures(each, request)
    sent = may_have_sent((each,), request)

    def found(**changed: Any) -> bool | None:
        return is_of(request, each, sent, entry(key, words | shown | changed))

    assert found() is True
    assert found(prompt="another") is False
    assert found(duration=99) is False
    first = next(iter(shown))
    assert found(**{first: "https://replicate.delivery/x.jpg"}) is True
    assert found(**{first: None}) is True
    assert found(**{first: "data:image/jpeg;base64,###"}) is True
    other = pictures(each, wanted("other", temperature=0.2))
    assert found(**other) is False
    assert is_of(request, each, sent, entry(key, words)) is True
    assert is_of(request, each, sent, entry(key, {})) is None
    assert is_of(request, each, sent, entry(key, words, input=None)) is None
    assert is_of(request, each, sent, entry(key, words, model="somebody/else")) is False
    if each.inputs.seed:
        assert found(seed=8) is False
        unseeded = {name: value for name, value in words.items() if name != "seed"}
        assert is_of(request, each, sent, entry(key, unseeded)) is None


def test_references_that_come_back_carry_the_marker_too(portraits: tuple[Path, ...]) -> None:
    veo = model("veo_31")
    request = wanted(temperature=0.6, frames=190, references=portraits)
    sent = may_have_sent((veo,), request)
    for marker, is_ours in (("one", True), ("other", False)):
        inputs = scalars(veo, request) | pictures(veo, replace(request, marker=marker))
        assert is_of(request, veo, sent, entry("veo_31", inputs)) is is_ours


def test_an_entry_is_known_again_after_the_service_has_changed() -> None:
    veo, request = model("veo_31"), wanted(temperature=0.9)
    before = scalars(veo, request)
    now = narrowed(veo, dict.fromkeys(["prompt", "duration", "resolution", "aspect_ratio"]))
    sent = may_have_sent((veo, now), request)
    assert is_of(request, veo, sent, entry("veo_31", before)) is True
    gone = narrowed(veo, {"prompt": None})
    assert may_have_sent((gone,), request) == []
    assert is_of(request, veo, may_have_sent((veo, gone), request), entry("veo_31", before)) is True


def renderer(key: str) -> ReplicateRenderer:
    return ReplicateRenderer(model(key), Wire("token"), Downloads())


def test_everything_can_be_asked_for_and_only_the_first_frame_is_a_promise() -> None:
    coat = Edit((1,), (Operation(Kind.SUBJECT, "coat"),))
    night = Edit((1,), (Operation(Kind.TIME_OF_DAY, "night"),))
    assert offline_temperature(coat) < 0.5 <= offline_temperature(night)
    for key in KEYS:
        assert renderer(key).capability(coat).extent is Extent.WHOLE
        assert renderer(key).capability(coat).keeps == ("composition",)
        assert renderer(key).capability(Edit((1,))).extent is Extent.NOTHING
        assert renderer(key).capability(Edit((1,))).keeps == ()
    assert renderer("veo_31").capability(night).keeps == ()
    assert renderer("kling_v21").capability(night).keeps == ("composition",)


def test_terms_name_price_time_and_what_a_person_should_know() -> None:
    terms = renderer("kling_v21").terms(wanted(frames=300, rate=Fraction(24)))
    assert (terms.price_micros, terms.ceiling_micros) == (500_000, 500_000)
    assert (terms.seconds, terms.footage_seconds) == (90.0, 10.0)
    assert len(terms.notes) == 3
    assert terms.refusal is None
    square = renderer("veo_31").terms(wanted(width=720))
    assert square.refusal == "it makes no 1:1 footage"
    assert square.price_micros == 0
    for temperature in (0.1, 0.4, 0.6, 0.9):
        again = renderer("kling_v21").terms(wanted(frames=300, temperature=temperature))
        assert again == terms
