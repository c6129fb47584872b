"""What is configured, what is missing, whether each part answers."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from clipbot.errors import ClipbotError
from clipbot.media.ffmpeg import build
from clipbot.services.mending import MendingService
from clipbot.services.retention import CHORE
from clipbot.services.work import Renderers
from clipbot.store.migrate import pending
from clipbot.store.store import Store

_ALIVE_SECONDS = 30.0
"""As the executors count it."""
_LOW_BYTES = 1_000_000_000
_LEFT_FOR = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str
    is_ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class DoctorService:
    """Examines this installation; changes nothing."""

    store: Store
    renderers: Renderers
    home: Path
    language: Callable[[], tuple[bool, str]]
    """Who rewrites prompts, and whether they answer, in a few words."""
    executes: bool
    """Whether processes with these settings run edits themselves."""
    storage: Callable[[], tuple[bool, str]]
    """Where files are kept, and whether it answers, in a few words."""
    mending: MendingService

    def report(self) -> list[Finding]:
        """Return one finding per part; never raises for a part that is broken."""
        return [
            _looked_at("database", self._database),
            _looked_at("books", self._books),
            _looked_at("workers", self._workers),
            _looked_at("versions", self._versions),
            _looked_at("retention", self._retention),
            _looked_at("disk", self._disk),
            _looked_at("encoder", lambda: (True, build().splitlines()[0])),
            _looked_at("renderers", self._renderers),
            _looked_at("language", self.language),
            _looked_at("storage", self.storage),
            _looked_at("webhooks", self._webhooks),
        ]

    def _database(self) -> tuple[bool, str]:
        waiting = pending(self.store.jobs.engine)
        if waiting:
            return False, f"{len(waiting)} statements are waiting; run `migrate`"
        return True, f"{self.store.jobs.engine.dialect.name}, schema up to date"

    def _workers(self) -> tuple[bool, str]:
        if self.store.jobs.engine.dialect.name == "sqlite":
            return True, "SQLite: one process of this machine runs the edits"
        silences = self.store.workers.silences(within_seconds=_ALIVE_SECONDS)
        if silences:
            return True, f"{len(silences)} alive, last heard of {min(silences.values()):.0f} s ago"
        if self.executes:
            return True, "none alive; whoever starts an edit runs it"
        return False, "none alive, and CLIPBOT_CONCURRENCY is 0; run `worker`"

    def _books(self) -> tuple[bool, str]:
        problems = self.store.books.problems()
        return not problems, problems[0] if problems else "every job's money adds up"

    def _versions(self) -> tuple[bool, str]:
        fixes = self.mending.found()
        wrong = [fix for fix in fixes if fix.can_be_mended]
        if wrong:
            clips = "clip" if len(wrong) == 1 else "clips"
            return False, f"{len(wrong)} {clips} with damaged rows; run `doctor --fix`"
        known = f"; {len(fixes)} with oddities that lose nothing" if fixes else ""
        return True, f"every clip has one current version{known}"

    def _retention(self) -> tuple[bool, str]:
        # What was archived or deleted on purpose is no damage; files that stay behind are.
        counts, chore = self.store.retention.counts(), self.store.chores.get(CHORE)
        told = f"footage of {counts.archived} versions archived, of {counts.deleted} deleted"
        now = datetime.now(UTC)
        if chore is None:
            return True, f"{told}; never looked through yet"
        hours = (now - chore.began_at).total_seconds() / 3600
        last = f"; looked through {hours:.0f} h ago"
        left = counts.oldest_leftover
        if left is not None and now - left > _LEFT_FOR:
            return False, f"{told}{last}; {counts.leftovers} files should be gone by now"
        return True, f"{told}{last}"

    def _disk(self) -> tuple[bool, str]:
        free = shutil.disk_usage(self.home).free
        return free > _LOW_BYTES, f"{free / 1e9:.1f} GB free"

    def _webhooks(self) -> tuple[bool, str]:
        # A dead receiver is its owner's affair; that nothing is sent at all is ours.
        state = self.store.deliveries.state()
        told = f"{state.active} active, {state.failing} failing, {state.off} switched off"
        retried = f"; {state.retried} deliveries are tried again" if state.retried else ""
        overdue = f"; nobody sends {state.overdue} deliveries" if state.overdue else ""
        return not state.overdue, f"{told}{retried}{overdue}"

    def _renderers(self) -> tuple[bool, str]:
        return bool(self.renderers.all), ", ".join(each.label for each in self.renderers.all)


def _looked_at(name: str, look: Callable[[], tuple[bool, str]]) -> Finding:
    try:
        is_ok, detail = look()
    except (ClipbotError, OSError) as error:
        return Finding(name, is_ok=False, detail=str(error))
    return Finding(name, is_ok, detail)
