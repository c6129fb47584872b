"""What the store's tests share."""

import pytest
from sqlalchemy import Engine

from clipbot.store.store import Store
from tests.postgres import engine, postgres_url

__all__ = ["engine", "postgres_url", "store"]


@pytest.fixture
def store(engine: Engine) -> Store:
    """The store on an empty database of each kind."""
    return Store.on(engine)
