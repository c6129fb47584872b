"""One run: a plan is carried out, everything calms down, and the books are looked into."""

import os
import re
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from uuid import UUID

from sqlalchemy import text

from clipbot.domain.user import LOCAL_USER
from clipbot.errors import ConflictError
from clipbot.services.bundle import Services
from clipbot.store.records import RegenerationRecord, RegenerationStatus
from clipbot.workflows.backlog import Backlog
from clipbot.workflows.notes import notes_url
from tests.integration.processes.children import Child, child
from tests.integration.soak.audit import charged, problems
from tests.integration.soak.plans import MODELS, SEEDLESS, Plan, Shift, Trigger, Wish
from tests.integration.soak.provider import Provider, provider
from tests.integration.soak.studio import Nobody, Site, Studio, job_id, studio
from tests.integration.soak.worker import work

_TROUBLE_SECONDS = 12.0
"""After so long nothing more goes wrong, whether or not all of the plan was used."""
_SETTLE_SECONDS = 45.0
_TICK_SECONDS = 0.03


@dataclass
class Report:
    """What happened in a run."""

    facts: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


@dataclass
class _Slot:
    """One worker after the other."""

    site: Site
    shifts: list[Shift]
    stopped_for: float
    facts: Counter[str]
    child: Child | None = None
    started: float = 0.0
    stopped: float | None = None
    shift: Shift = field(default_factory=Shift)

    def start(self) -> None:
        self.shift = self.shifts.pop(0) if self.shifts else Shift()
        self.child = child(work, self.site, self.shift.trap)
        self.started, self.stopped = time.monotonic(), None

    def look(self) -> None:
        """See to a worker that is dead, stopped, or whose time has come."""
        now = time.monotonic()
        if self.child is None or self.child.process.exitcode is not None:
            if self.child is not None:
                self.facts["workers killed"] += 1
                self.child.kill()
            self.start()
            return
        if _is_stopped(self.child.pid):
            self.stopped = self.stopped or now
            if now - self.stopped > self.stopped_for:
                self.wake()
        elif self.shift.killed_after and now - self.started > self.shift.killed_after:
            self.kill()

    def kill(self) -> None:
        if self.child is not None and self.child.process.exitcode is None:
            self.child.kill()

    def wake(self) -> None:
        if self.child is not None and self.stopped is not None:
            self.facts["workers stopped and woken"] += 1
            self.stopped = None
            with suppress(ProcessLookupError):
                os.kill(self.child.pid, signal.SIGCONT)

    def leave(self) -> None:
        """Let it finish what it is at, and stop."""
        if self.child is None:
            return
        if _is_stopped(self.child.pid):
            os.kill(self.child.pid, signal.SIGCONT)
        self.child.terminate()
        self.child.join(120)
        self.child.kill()


@dataclass
class _Run:
    plan: Plan
    site: Site
    opened: Studio
    provider: Provider
    backlog: Backlog
    report: Report = field(default_factory=Report)
    edits: list[RegenerationRecord] = field(default_factory=list)
    began: float = 0.0
    person: list[threading.Thread] = field(default_factory=list)

    def carry_out(self) -> None:
        facts, plan = self.report.facts, self.plan
        services = self.opened.services(self.backlog)
        self._confirm(plan.wishes, services)
        if plan.has_hooks:
            self.provider.tell(services.hooks)
        slots = [_Slot(self.site, list(each), plan.stopped_for, facts) for each in plan.crew]
        self._arm(slots, services)
        with _ended(slots):
            if self._trouble(slots, is_enough=self._is_over) and plan.again:
                for model in MODELS:
                    self.opened.store.health.worked(model)
                self._confirm(plan.again, services)
            self._trouble(slots, is_enough=self._is_settled)
            self._calm(slots, services)
        facts.update(f"edits {row.status}" for row in self._rows())
        facts["predictions"] = len(self.provider.books.paid)
        facts["faults"] = sum(self._used_faults().values())
        self.report.problems += problems(
            self.opened, self.provider, [row.id for row in self.edits], alike=self._alike()
        )

    def _alike(self) -> list[list[UUID]]:
        """Return groups of edits that the provider may not be able to tell apart."""
        groups: dict[str, list[UUID]] = {}
        for row in self.edits:
            if any(attempt.renderer in SEEDLESS for attempt in row.attempts):
                # All clips were made from the same words.
                wish = re.sub(r"clips? [\d, and]+", "", row.edit.instruction or row.instruction)
                groups.setdefault(wish, []).append(row.id)
        return [group for group in groups.values() if len(group) > 1]

    def _confirm(self, wishes: Sequence[Wish], services: Services) -> None:
        for wish in wishes:
            self.edits += self._confirmed(wish, services)
        self.began = time.monotonic()

    def _confirmed(self, wish: Wish, services: Services) -> list[RegenerationRecord]:
        if not wish.is_enqueued:
            services = self.opened.services(Nobody())
        quoted = services.quotes.quote(
            LOCAL_USER,
            job_id(wish.job),
            text=wish.text,
            renderer=wish.renderer,
            with_retries=wish.with_retries,
        )
        return services.edits.confirm(LOCAL_USER, job_id(wish.job), quoted.quote.id)

    def _arm(self, slots: Sequence[_Slot], services: Services) -> None:
        for trigger in self.plan.kills:
            self.provider.when(trigger, lambda: _kill(slots))
        regenerations, history = services.regenerations, services.history
        for place, trigger in self.plan.cancels:
            row = self.edits[place]
            cancel = partial(regenerations.cancel, LOCAL_USER, row.job_id, row.id)
            self._at(trigger, "cancels", cancel)
        for place, trigger in self.plan.undos:
            self._at(trigger, "undos", partial(history.undo, LOCAL_USER, self.edits[place].job_id))

    def _at(self, trigger: Trigger, name: str, act: Callable[[], object]) -> None:
        """Let the person do something at a moment."""
        is_time = threading.Event()
        if trigger.call:
            self.provider.when(trigger, is_time.set)

        def wait_and_act() -> None:
            is_due = is_time.wait(trigger.seconds or _TROUBLE_SECONDS / 4)
            if is_due or not trigger.call:
                with suppress(ConflictError):
                    act()
                    self.report.facts[name] += 1

        self.person.append(threading.Thread(target=wait_and_act))
        self.person[-1].start()

    def _trouble(self, slots: Sequence[_Slot], *, is_enough: Callable[[], bool]) -> bool:
        """Carry out the plan, until all edits are over or it is enough; return which."""
        deadline = self.began + _TROUBLE_SECONDS
        while time.monotonic() < deadline:
            for slot in slots:
                slot.look()
            self._come_and_go()
            if is_enough():
                return True
            time.sleep(_TICK_SECONDS)
        self.report.facts["plans cut short"] += 1
        return False

    def _come_and_go(self) -> None:
        if self.plan.away is not None:
            start, stop = self.plan.away
            is_away = start < time.monotonic() - self.began < stop
            if self.plan.is_refusing:
                self.provider.double.refuse(is_away)
            else:
                self.provider.double.is_away = is_away

    def _is_over(self) -> bool:
        return not self._statuses() & {"queued", "processing"}

    def _is_settled(self) -> bool:
        return not self._statuses() & {"queued", "processing", "needs_attention"}

    def _statuses(self) -> set[str]:
        # Asked for all the time, so without reading all that the rows hold.
        with self.opened.store.jobs.engine.connect() as connection:
            return set(connection.scalars(text("SELECT status FROM regenerations")))

    def _calm(self, slots: Sequence[_Slot], services: Services) -> None:
        """Let everything come to its end; what is left to the person, the person does."""
        self.provider.calm()
        for thread in self.person:
            thread.join(120)
        for slot in slots:
            slot.shifts = []
            slot.wake()
        deadline = time.monotonic() + _SETTLE_SECONDS
        while not self._is_settled():
            for slot in slots:
                slot.look()
            if time.monotonic() > deadline:
                break
            time.sleep(_TICK_SECONDS)
        for slot in slots:
            slot.leave()
        for row in self._rows():
            if _needs_attention(row):
                self.report.facts["closed by the person"] += 1
                bill = charged(self.provider, row.id)
                services.attention.close(LOCAL_USER, row.job_id, row.id, charged_micros=bill)

    def _rows(self) -> list[RegenerationRecord]:
        rows = self.opened.store.regenerations
        return [rows.get(edit.id) for edit in self.edits]

    def _used_faults(self) -> Counter[str]:
        calls = Counter(call for call, _ in self.provider.double.calls)
        return Counter(
            {
                call: sum(bool(name) for name in names[: calls[call]])
                for call, names in self.plan.faults.items()
            }
        )


def run(plan: Plan, url: str, home: Path) -> Report:
    """Carry a plan out on an installation of its own, and return what happened.

    Args:
        plan: What happens.
        url: Its database, with the jobs in it.
        home: Its files.
    """
    with ExitStack() as opening:
        double = opening.enter_context(provider(plan, home / "footage"))
        site = Site(url, home, double.double.url, double.double.host, plan.places)
        opened = opening.enter_context(studio(replace(site, hears=plan.has_hooks)))
        backlog = Backlog(notes_url(url, home))
        opening.callback(backlog.close)
        backlog.open_queue(concurrency=4, poll_seconds=0.02)
        the_run = _Run(plan, site, opened, double, backlog)
        the_run.carry_out()
        return the_run.report


@contextmanager
def _ended(slots: Sequence[_Slot]) -> Iterator[None]:
    try:
        yield
    finally:
        _kill(slots)


def _kill(slots: Sequence[_Slot]) -> None:
    for slot in slots:
        slot.kill()


def _needs_attention(row: RegenerationRecord) -> bool:
    return row.status is RegenerationStatus.NEEDS_ATTENTION


def _is_stopped(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state == "T"
