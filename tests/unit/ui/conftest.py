"""What the tests of the page share: a whole clipbot with a job, where edits only queue."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import gradio as gr
import pytest
from starlette.requests import Request

from clipbot.identity.none import NoIdentity
from clipbot.ui.desk import Act
from clipbot.ui.desk import Desk as PageDesk
from tests import jobs
from tests.desk import Desk, desk
from tests.postgres import sqlite_on


@dataclass(frozen=True, slots=True)
class Studio:
    """A job, and the handlers of the page as the browser calls them."""

    desk: Desk
    job: UUID

    @property
    def page_desk(self) -> PageDesk:
        return PageDesk(self.desk.services, NoIdentity())

    def call(self, act: Act, **data: Any) -> Mapping[str, Any]:
        """Call a handler as `server.<name>({job, ...})` does."""
        return self.page_desk.handler(act)({"job": str(self.job), **data}, request())


def request() -> gr.Request:
    scope = {"type": "http", "headers": [], "method": "POST", "path": "/", "query_string": b""}
    return gr.Request(Request(scope))


@pytest.fixture(name="studio")
def fixture_studio(tmp_path: Path) -> Iterator[Studio]:
    with sqlite_on(tmp_path / "clipbot.db") as engine:
        found = desk(engine, tmp_path)
        found.queue.is_held = True
        yield Studio(found, jobs.install(found.store, found.parts.blobs))
