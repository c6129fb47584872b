"""What holds for every test: no settings from outside, no network beyond this machine."""

import ipaddress
import os
import socket
import tempfile
from collections.abc import Iterator
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, settings

_PRODUCT: Final = (
    "CLIPBOT_",
    "SUPABASE_",
    "OPENAI_",
    "REPLICATE_",
    "HF_",
    "SPACE_",
    "OAUTH_",
    "OPENID_",
)
_NAMES: Final = frozenset({"DATABASE_URL", "PORT"})
_OURS: Final = frozenset(
    {
        "CLIPBOT_CHROMIUM",
        "CLIPBOT_TEST_BOOK",
        "CLIPBOT_TEST_COUNT",
        "CLIPBOT_TEST_FOLDER",
        "CLIPBOT_TEST_SEED",
        "CLIPBOT_TEST_STORAGE_KEY",
        "CLIPBOT_TEST_STORAGE_URL",
    }
)
"""Variables that are for the tests themselves."""

# Before anything is imported that could read them.
for _name in [name for name in os.environ if name.startswith(_PRODUCT) or name in _NAMES]:
    if _name not in _OURS:
        del os.environ[_name]


# A busy machine is no bug, so no property has a deadline. The gate tries the same cases each time,
# so that it says the same of the same code; `make soak` tries many more, and others.
_PATIENT: Final = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", _PATIENT, max_examples=100, derandomize=True)
settings.register_profile("full", _PATIENT, max_examples=5_000)
settings.load_profile("full" if os.environ.get("CLIPBOT_TEST_COUNT") == "full" else "quick")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let suites of random cases be told how many, and from which seed."""
    environment = os.environ.get
    help_ = "cases of each random suite that can be told: a number, or full"
    parser.addoption("--count", default=environment("CLIPBOT_TEST_COUNT"), help=help_)
    help_ = "seed of their first case"
    parser.addoption("--seed", default=environment("CLIPBOT_TEST_SEED"), help=help_)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Make the folder that all workers of this run share, before they start."""
    if hasattr(config, "workerinput"):
        return
    folder = tempfile.TemporaryDirectory(prefix="clipbot-tests-", ignore_cleanup_errors=True)
    os.environ["CLIPBOT_TEST_FOLDER"] = folder.name
    config.add_cleanup(folder.cleanup)


@pytest.fixture(scope="session", autouse=True)
def _closed_network() -> Iterator[None]:
    """Refuse every connection that would leave this machine."""
    with pytest.MonkeyPatch.context() as patch:
        for method in ("connect", "connect_ex"):
            patch.setattr(socket.socket, method, _guarded(getattr(socket.socket, method)))
        yield


def _guarded(connect: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and not _is_here(str(address[0])):
            raise RuntimeError(f"a test tried to reach {address[0]}")
        return connect(self, address)

    return guarded


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
