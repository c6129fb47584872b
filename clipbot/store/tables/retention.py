"""Our tables of what is done once a day, and of files that nobody needs any more."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from clipbot.store.tables.columns import Utc


class LeftoverRow(SQLModel, table=True):
    """A file that no version uses, to be deleted; or one that is only being made."""

    __tablename__ = "leftovers"

    url: str = Field(primary_key=True, sa_type=Text)
    """As a version would name it."""
    since: datetime = Field(sa_type=Utc)


class ChoreRow(SQLModel, table=True):
    """Work that one process of an installation does now and then, and the others do not."""

    __tablename__ = "chores"

    name: str = Field(primary_key=True, sa_type=Text)
    holder: str = Field(sa_type=Text)
    """Who does it, or did it last."""
    began_at: datetime = Field(sa_type=Utc)
    seen_at: datetime = Field(sa_type=Utc)
    """When the holder was last at it."""
    ended_at: datetime | None = Field(default=None, sa_type=Utc)
    """None: it goes on, or whoever did it is gone."""
