"""Who is an admin."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import create_engine

from clipbot.identity.roles import Roles
from clipbot.store.database import connect
from clipbot.store.migrate import migrate
from clipbot.store.roles import UserRoles
from clipbot.store.store import Store
from tests.unit.identity.conftest import Hand


@dataclass
class Table:
    """A table of roles that can be away."""

    admins: set[UUID]
    is_away: bool = False
    asked: int = 0

    def __call__(self, user_id: UUID) -> bool | None:
        self.asked += 1
        return None if self.is_away else user_id in self.admins


def test_the_table_says_who_is_an_admin(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'clipbot.db'}")
    migrate(engine)
    store, ada, bob = Store.on(engine), uuid4(), uuid4()
    store.jobs.insert(
        {
            "user_roles": [
                {"user_id": str(ada), "role": "admin"},
                {"user_id": str(bob), "role": "user"},
            ]
        }
    )
    assert [store.roles.is_admin(each) for each in (ada, bob, uuid4())] == [True, False, False]
    engine.dispose()


def test_a_table_that_cannot_be_read_makes_nobody_an_admin(clock: Hand) -> None:
    engine = create_engine("sqlite://")
    assert UserRoles(engine).is_admin(uuid4()) is None
    assert not Roles(UserRoles(engine).is_admin, clock).user(uuid4()).is_admin
    engine.dispose()


def test_a_role_is_remembered_for_some_seconds_and_a_failure_is_not(clock: Hand) -> None:
    ada = uuid4()
    table = Table({ada}, is_away=True)
    roles = Roles(table, clock)
    assert not roles.user(ada).is_admin
    table.is_away = False
    assert roles.user(ada, "ada@example.com").is_admin
    table.admins.clear()
    assert roles.user(ada).is_admin
    assert table.asked == 2
    clock.wait(15)
    assert not roles.user(ada).is_admin


def test_what_is_remembered_is_bounded(clock: Hand) -> None:
    roles = Roles(Table(set()), clock)
    for _ in range(2_100):
        roles.user(uuid4())
    assert len(roles._known) == 2_000
