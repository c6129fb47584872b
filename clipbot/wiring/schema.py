"""The whole schema: the tables of clipbot, and those of its queue beside them."""

from pathlib import Path

from clipbot.store.address import spelled
from clipbot.store.database import connect
from clipbot.store.migrate import migrate, pending
from clipbot.store.outlook import told
from clipbot.workflows.notes import SCHEMA, is_embedded, pending_notes, prepare


def migrated(database_url: str, home: Path) -> list[str]:
    """Bring a database up to date; return what was done, one line each."""
    engine = connect(database_url)
    try:
        done = migrate(engine)
    finally:
        engine.dispose()
    url = spelled(database_url)
    if is_embedded(url) or not pending_notes(url):
        return done
    prepare(url, home)
    return [*done, f"brought schema {SCHEMA} up to date"]


def planned(database_url: str) -> list[str]:
    """Return what `migrated` would do: sentences as SQL comments, then every statement."""
    engine = connect(database_url)
    try:
        ours = pending(engine)
    finally:
        engine.dispose()
    notes = pending_notes(spelled(database_url))
    lines = told(ours)
    if notes:
        lines.append(
            f"Brings schema {SCHEMA}, which is for clipbot's queue alone, up to date: "
            f"the last {len(notes)} statements."
        )
    return [*(f"-- {line}" for line in lines), *ours, *notes]
