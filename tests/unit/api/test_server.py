"""How the server stops; that streams end is in test_events."""

import signal

import pytest
from fastapi import FastAPI

from clipbot import api
from tests.unit.api.conftest import Studio


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_the_server_and_not_the_process(gallery: Studio, number: int) -> None:
    app = gallery.client.app
    assert isinstance(app, FastAPI)
    server = api.server(app, host="127.0.0.1", port=0)
    before = signal.getsignal(number)

    with server.capture_signals():
        signal.raise_signal(number)
        assert server.should_exit

    assert signal.getsignal(number) is before


def test_the_server_says_little_about_itself(gallery: Studio) -> None:
    app = gallery.client.app
    assert isinstance(app, FastAPI)
    config = api.server(app, host="127.0.0.1", port=0).config
    assert (config.server_header, config.access_log, config.log_config) == (False, False, None)
