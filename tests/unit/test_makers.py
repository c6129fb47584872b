"""Which renderers the settings set up; nobody is asked anything for it."""

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from clipbot.errors import ConfigurationError, NotAllowed
from clipbot.renderers.models import catalogue
from clipbot.settings import load
from clipbot.wiring.makers import Makers

ALL = [model.key for model in catalogue()]


@contextmanager
def made(home: Path, **given: Any) -> Iterator[Makers]:
    with closing(Makers.of(load(home=home, **given))) as makers:
        yield makers


def keys(makers: Makers) -> list[str]:
    return [each.key for each in makers.renderers]


def test_without_settings_there_are_the_looks_of_this_machine(tmp_path: Path) -> None:
    with made(tmp_path) as makers:
        assert keys(makers) == ["local"]
        assert (makers.hosted, makers.own, makers.seal) == (None, None, None)
        makers.warm(lambda: True)


def test_a_token_sets_up_all_models_and_an_address_ones_own(tmp_path: Path) -> None:
    with made(tmp_path, replicate_api_token="any", cog_url="http://127.0.0.1:1") as makers:
        assert keys(makers) == ["local", "cog", *ALL]
        assert {each.provider for each in makers.renderers[2:]} == {"replicate"}


def test_only_the_models_that_are_named_are_offered(tmp_path: Path) -> None:
    with made(tmp_path, replicate_api_token="any", models="veo_31,kling_v21") as makers:
        assert sorted(keys(makers)) == ["kling_v21", "local", "veo_31"]


def test_nobody_is_asked_anything_while_they_are_set_up(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        given = {
            "replicate_api_token": "any",
            "replicate_base_url": address,
            "cog_url": address,
            "trusted_hosts": address.removeprefix("http://"),
        }
        with made(tmp_path, **given):
            server.setblocking(False)
            with pytest.raises(BlockingIOError):
                server.accept()


def test_a_model_that_nobody_knows_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Makers.of(load(home=tmp_path, replicate_api_token="any", models="veo_31,nonesuch"))
    assert str(caught.value).startswith("There is no model nonesuch; known are ")
    assert "kling_v21" in str(caught.value)


@pytest.mark.parametrize(
    ("renderer", "models"), [("nonesuch", ""), ("veo_31", "kling_v21"), ("Veo 3.1", "")]
)
def test_a_preferred_renderer_that_is_not_offered_is_refused(
    tmp_path: Path, renderer: str, models: str
) -> None:
    with pytest.raises(ConfigurationError, match=f"CLIPBOT_RENDERER={renderer} is not set up"):
        Makers.of(load(home=tmp_path, replicate_api_token="any", renderer=renderer, models=models))


def test_the_model_that_a_job_was_made_with_is_known_by_its_old_names() -> None:
    assert Makers.key_of("kling_v21") == "kling_v21"
    assert Makers.key_of("a model of yesterday") is None


def test_a_secret_of_hooks_seals_them(tmp_path: Path) -> None:
    given = {"replicate_api_token": "any", "replicate_webhook_secret": "whsec_MDEyMzQ1Njc4OQ=="}
    with made(tmp_path, **given) as makers:
        assert makers.seal is not None
        with pytest.raises(NotAllowed):
            makers.seal.prediction_id({}, b"{}")
