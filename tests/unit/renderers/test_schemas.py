"""What services say of their inputs is asked once a day, kept, and never needed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from clipbot.errors import ProviderUnavailable
from clipbot.renderers.catalogue import refusal
from clipbot.renderers.models import catalogue
from clipbot.renderers.schemas import Schemas, inputs_of
from tests import media
from tests.contract.replicate_bench import bench, model, wanted
from tests.contract.replicate_models import MODELS, schema
from tests.contract.replicate_server import BROKEN

VEO = model("veo_31")


@dataclass
class Service:
    """Answers with schemas, and counts."""

    now: float = 1000.0
    asked: list[str] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    is_up: bool = True

    def read(self, slug: str) -> Mapping[str, Any]:
        self.asked.append(slug)
        if not self.is_up:
            raise ProviderUnavailable("Replicate", "it could not be reached")
        found: Mapping[str, Any] = self.answers.get(slug, document(slug))
        return found

    def schemas(self, cache: Path) -> Schemas:
        return Schemas(self.read, cache, clock=lambda: self.now)


def document(slug: str) -> dict[str, Any]:
    return {"latest_version": {"openapi_schema": schema(MODELS[slug])}}


def test_the_service_and_the_catalogue_agree(tmp_path: Path) -> None:
    schemas = Service().schemas(tmp_path / "schemas.json")
    schemas.refresh(catalogue())
    for each in catalogue():
        assert schemas.narrowed(each) == each


def test_a_service_is_asked_once_a_day_also_after_a_restart(tmp_path: Path) -> None:
    service, cache = Service(), tmp_path / "schemas.json"
    service.answers[VEO.slug] = document("google/veo-3.1-fast")
    for _ in range(2):
        service.schemas(cache).refresh([VEO])
    schemas = service.schemas(cache)
    assert service.asked == [VEO.slug]
    assert schemas.narrowed(VEO).inputs.references is None
    service.now += 24 * 3600
    schemas.refresh([VEO])
    assert service.asked == [VEO.slug] * 2


def test_who_does_not_answer_changes_nothing_and_is_asked_again(tmp_path: Path) -> None:
    service = Service(is_up=False)
    schemas = service.schemas(tmp_path / "schemas.json")
    for _ in range(2):
        schemas.refresh([VEO])
    assert len(service.asked) == 2
    assert schemas.narrowed(VEO) == VEO
    assert list(tmp_path.iterdir()) == []


def test_what_was_heard_outlasts_an_outage(tmp_path: Path) -> None:
    service = Service()
    service.answers[VEO.slug] = document("google/veo-3.1-fast")
    schemas = service.schemas(tmp_path / "schemas.json")
    schemas.refresh([VEO])
    service.is_up, service.now = False, service.now + 48 * 3600
    schemas.refresh([VEO])
    assert schemas.narrowed(VEO).inputs.references is None


def test_nothing_more_is_asked_once_it_is_stopped(tmp_path: Path) -> None:
    service = Service()
    service.schemas(tmp_path / "schemas.json").refresh(
        catalogue(), stopped=lambda: len(service.asked) == 2
    )
    assert len(service.asked) == 2


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a/b": 3}', '{"a/b": {"read_at": "x"}}'])
def test_a_cache_that_cannot_be_read_is_none(tmp_path: Path, text: str) -> None:
    cache = tmp_path / "schemas.json"
    cache.write_text(text)
    service = Service()
    service.schemas(cache).refresh([VEO])
    assert service.asked == [VEO.slug]
    assert VEO.slug in json.loads(cache.read_text())


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    service, cache = Service(), tmp_path / "schemas.json"
    service.answers[VEO.slug] = document("google/veo-3.1-fast")
    schemas = service.schemas(cache)
    with media.largest_file(10):
        schemas.refresh([VEO])
    assert not cache.exists()
    assert schemas.narrowed(VEO).inputs.references is None


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"latest_version": None},
        {"latest_version": {"openapi_schema": {"components": {"schemas": {"Input": []}}}}},
        {
            "latest_version": {
                "openapi_schema": {"components": {"schemas": {"Input": {"properties": {}}}}}
            }
        },
        {
            "latest_version": {
                "openapi_schema": {"components": {"schemas": {"Input": {"properties": {"a": 3}}}}}
            }
        },
    ],
)
def test_another_form_says_nothing(body: dict[str, Any]) -> None:
    assert inputs_of(body) is None


def test_values_are_found_inline_and_behind_references() -> None:
    parts = {
        "Input": {
            "properties": {
                "a": {"enum": [1, 2]},
                "b": {"allOf": [{"$ref": "#/components/schemas/b"}], "default": "x"},
                "c": {"anyOf": [{"type": "string"}, {"type": "null"}]},
                "d": {"$ref": "#/components/schemas/nowhere"},
                "e": {"$ref": "#/components/schemas/loop"},
            }
        },
        "b": {"enum": ["x", "y"]},
        "loop": {"$ref": "#/components/schemas/loop"},
    }
    body = {"latest_version": {"openapi_schema": {"components": {"schemas": parts}}}}
    assert inputs_of(body) == {"a": (1, 2), "b": ("x", "y"), "c": None, "d": None, "e": None}


def test_a_renderer_offers_and_sends_what_its_service_knows(tmp_path: Path) -> None:
    with bench() as tried:
        schemas = Schemas(tried.wire.described, tmp_path / "schemas.json")
        tried.double.fail("model", BROKEN)
        schemas.refresh([VEO])
        assert schemas.narrowed(VEO) == VEO
        schemas.refresh([VEO])
        assert tried.double.count("model") == 2
        tried.over(tried.renderer(schemas=schemas).submit(wanted(temperature=0.1)))

        service = Service()
        less = json.loads(json.dumps(document(VEO.slug)))
        parts = less["latest_version"]["openapi_schema"]["components"]["schemas"]
        del parts["Input"]["properties"]["seed"]
        parts["duration"]["enum"] = [8]
        service.answers[VEO.slug] = less
        narrower = service.schemas(tmp_path / "narrower.json")
        narrower.refresh([VEO])
        renderer = tried.renderer(schemas=narrower)
        assert renderer.terms(wanted()).footage_seconds == 8
        found = renderer.submit(wanted("later"))
        assert "seed" not in tried.sent
        assert renderer.terms(wanted()).refusal is None
        tried.over(found)

        parts["Input"]["properties"] = {"prompt": {}}
        service.now += 48 * 3600
        narrower.refresh([VEO])
        assert "has changed" in (renderer.terms(wanted()).refusal or "")
        assert refusal(narrower.narrowed(VEO), 1280, 720) is not None
        assert renderer.poll(found).cost_micros == 8 * 200_000
