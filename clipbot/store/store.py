"""The whole store as one value, to be handed to services."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Self

from sqlalchemy import Engine

from clipbot.store.books import Books
from clipbot.store.chores import Chores
from clipbot.store.compositions import Compositions
from clipbot.store.damage import Damages
from clipbot.store.database import at_once
from clipbot.store.deliveries import Deliveries
from clipbot.store.events import Events
from clipbot.store.footage import FootageStore
from clipbot.store.health import Health
from clipbot.store.history import History
from clipbot.store.jobs import Jobs
from clipbot.store.listing import Listing
from clipbot.store.messages import Messages
from clipbot.store.outbox import Outbox
from clipbot.store.quotes import Quotes
from clipbot.store.regenerations import Regenerations
from clipbot.store.repeats import Repeats
from clipbot.store.retention import Retention
from clipbot.store.reviews import Reviews
from clipbot.store.roles import UserRoles
from clipbot.store.shares import Shares
from clipbot.store.slots import Slots
from clipbot.store.takes import Takes
from clipbot.store.templates import Templates
from clipbot.store.versions import Versions
from clipbot.store.webhooks import Webhooks
from clipbot.store.workers import Workers


@dataclass(frozen=True)
class Store:
    """Everything that is kept in the database, by noun. Safe to share between threads."""

    jobs: Jobs
    listing: Listing
    versions: Versions
    footage: FootageStore
    quotes: Quotes
    regenerations: Regenerations
    history: History
    compositions: Compositions
    events: Events
    messages: Messages
    templates: Templates
    workers: Workers
    books: Books
    health: Health
    webhooks: Webhooks
    deliveries: Deliveries
    outbox: Outbox
    roles: UserRoles
    repeats: Repeats
    damages: Damages
    slots: Slots
    retention: Retention
    chores: Chores
    reviews: Reviews
    shares: Shares
    takes: Takes

    def at_once(self) -> AbstractContextManager[None]:
        """Show everything that is read inside as it was at one moment; see `database`."""
        return at_once(self.jobs.engine)

    @classmethod
    def on(cls, engine: Engine) -> Self:
        """Return the store in this database, which must have been migrated."""
        return cls(
            jobs=Jobs(engine),
            listing=Listing(engine),
            versions=Versions(engine),
            footage=FootageStore(engine),
            quotes=Quotes(engine),
            regenerations=Regenerations(engine),
            history=History(engine),
            compositions=Compositions(engine),
            events=Events(engine),
            messages=Messages(engine),
            templates=Templates(engine),
            workers=Workers(engine),
            books=Books(engine),
            health=Health(engine),
            webhooks=Webhooks(engine),
            deliveries=Deliveries(engine),
            outbox=Outbox(engine),
            roles=UserRoles(engine),
            repeats=Repeats(engine),
            damages=Damages(engine),
            slots=Slots(engine),
            retention=Retention(engine),
            chores=Chores(engine),
            reviews=Reviews(engine),
            shares=Shares(engine),
            takes=Takes(engine),
        )
