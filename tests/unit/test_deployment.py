"""What is told to whoever runs clipbot: the compose file and docs/deploy.md name what exists.

No container engine runs here; what a parser and our own code can check is checked.
"""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from clipbot import settings
from clipbot.cli.parser import parser

ROOT = Path(__file__).parents[2]
IMAGE_ONLY = {"CLIPBOT_CONTAINER"}
OTHERS = {"POSTGRES_PASSWORD", "POSTGRES_USER", "POSTGRES_DB"}
"""Names of PostgreSQL's image."""


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def settings_names() -> set[str]:
    return {name for each in settings.names().values() for name in each}


@pytest.fixture(name="compose", scope="module")
def fixture_compose() -> Any:
    return yaml.safe_load(read("docker-compose.yml"))


@pytest.fixture(name="ours", scope="module")
def fixture_ours(compose: Any) -> dict[str, Any]:
    return {name: each for name, each in compose["services"].items() if name != "db"}


def test_every_service_that_is_named_is_there(compose: Any) -> None:
    services = compose["services"]
    assert set(services) == {"db", "migrate", "web", "worker"}
    for name, service in services.items():
        for other, how in service.get("depends_on", {}).items():
            assert other in services
            finishes = services[other].get("restart") == "no"
            expected = "service_completed_successfully" if finishes else "service_healthy"
            assert how == {"condition": expected}, (name, other)
    for name in ("web", "worker"):
        assert set(services[name]["depends_on"]) == {"db", "migrate"}
    assert services["worker"]["deploy"]["replicas"] == 2
    used = {each.split(":")[0] for s in services.values() for each in s["volumes"]}
    assert used == set(compose["volumes"])


def test_the_web_process_edits_nothing_and_the_workers_do(ours: dict[str, Any]) -> None:
    assert ours["web"]["environment"]["CLIPBOT_CONCURRENCY"] == "0"
    assert int(ours["worker"]["environment"]["CLIPBOT_CONCURRENCY"]) > 0


def test_settings_are_ours_and_can_be_loaded(
    ours: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, service in ours.items():
        given = service["environment"]
        assert set(given) <= settings_names()
        with monkeypatch.context() as patch:
            for key, value in {**given, "CLIPBOT_CONTAINER": "true"}.items():
                patch.setenv(key, re.sub(r"\$\{\w+:\?[^}]*\}", "0123abcd", value))
            loaded = settings.load()
        assert loaded.database_url.get_secret_value().startswith("postgresql://clipbot:0123abcd@db")
        assert loaded.is_shared, name
        assert loaded.home == Path("/data")


def test_no_secret_is_in_the_file() -> None:
    content = read("docker-compose.yml")
    passwords = re.findall(r"(?:PASSWORD: |clipbot:)(\S+?)(?:@|\s)", content)
    assert passwords
    assert all(each.startswith("${POSTGRES_PASSWORD:?") for each in passwords), passwords


def test_commands_exist_and_can_be_parsed(ours: dict[str, Any]) -> None:
    commands = [service["command"] for service in ours.values()]
    commands.append(ours["worker"]["healthcheck"]["test"][1:])
    for program, *arguments in commands:
        assert program == "python"
        if arguments[0] == "-m":
            assert arguments[1] == "clipbot"
            parser().parse_args(arguments[2:])
        else:
            assert (ROOT / arguments[0]).exists()


def test_ports_and_folders_agree_with_the_image(ours: dict[str, Any]) -> None:
    image = read("Dockerfile")
    host, outside, inside = ours["web"]["ports"][0].split(":")
    assert host == "127.0.0.1"
    assert {outside, inside} == set(re.findall(r"^EXPOSE (\d+)", image, re.MULTILINE))
    for service in ours.values():
        given = service["environment"]
        assert f"PORT={given['PORT']}" in image
        assert f"CLIPBOT_HOME={given['CLIPBOT_HOME']}" in image
        assert f"VOLUME {given['CLIPBOT_HOME']}" in image
        # A named volume takes the owner that the folder has in the image.
        assert re.search(rf"--owner=clipbot .*{given['CLIPBOT_SHARED']}\b", image)
        assert service["volumes"] == [f"shared:{given['CLIPBOT_SHARED']}"]


def test_our_containers_may_do_little(ours: dict[str, Any]) -> None:
    for service in ours.values():
        assert service["user"] == "clipbot"
        assert f"useradd --create-home --uid 1000 {service['user']}" in read("Dockerfile")
        assert service["read_only"] is True
        assert service["tmpfs"] == ["/tmp"]  # noqa: S108 - in the container
        assert service["cap_drop"] == ["ALL"]


def told_commands() -> Iterator[list[str]]:
    for block in re.findall(
        r"^```\w*\n(.*?)^```", read("docs/deploy.md"), re.DOTALL | re.MULTILINE
    ):
        for line in block.replace("\\\n", " ").splitlines():
            found = re.search(r"python -m clipbot ([^|&;#>]*)", line)
            if found:
                yield shlex.split(found[1])


def test_the_commands_that_are_told_exist() -> None:
    commands = list(told_commands())
    assert {command[0] for command in commands} >= {"migrate", "worker", "doctor", "sample"}
    for command in commands:
        parser().parse_args(command)


def test_the_settings_that_are_told_exist() -> None:
    told = set(
        re.findall(r"\b(?:CLIPBOT|SUPABASE|REPLICATE|OPENAI)_[A-Z_]+\b", read("docs/deploy.md"))
    )
    assert {"CLIPBOT_SHARED", "CLIPBOT_CONCURRENCY", "CLIPBOT_HOME"} <= told
    assert told - settings_names() - IMAGE_ONLY - OTHERS == set()
