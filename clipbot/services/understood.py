"""Sentences that the grammar cannot read, read by a language model: only where that is set.

A reading costs money before anybody said yes, so it is asked for at most once for the same
sentence, only while the job's budget has room for the dearest answer, and never for what
is promised to be free. It is booked under the job and told in the reply. Whatever goes
wrong, the grammar's plan stands.
"""

import logging
from dataclasses import dataclass, field, replace
from threading import Lock
from uuid import UUID

from clipbot.domain.money import decimal_string
from clipbot.domain.plan import Act, Plan
from clipbot.errors import ProviderError
from clipbot.language.base import PlanReader
from clipbot.services.base import Clock
from clipbot.store.store import Store
from clipbot.understanding import Context, merged, needs_model

logger = logging.getLogger(__name__)

_REMEMBERED = 256
_Key = tuple[UUID, str, Context]


@dataclass(frozen=True, slots=True)
class Readings:
    """Fills the gaps of plans."""

    store: Store
    reader: PlanReader
    budget_micros: int
    clock: Clock
    _known: dict[_Key, Plan] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def filled(
        self, job_id: UUID, text: str, context: Context, plan: Plan, *, is_free: bool
    ) -> Plan:
        """Return a plan with its gaps filled, as far as a model could.

        Args:
            job_id: Who pays.
            text: What was said.
            context: What it was said about.
            plan: What the grammar made of it.
            is_free: Whether nothing may be spent; what was read before is used anyway.
        """
        if not needs_model(plan):
            return plan
        key = (job_id, text, context)
        with self._lock:
            known = self._known.get(key)
        if known is not None or is_free or not self._is_affordable(job_id):
            return known or plan
        read = self._read(job_id, text, context, plan)
        with self._lock:
            while len(self._known) >= _REMEMBERED:
                self._known.pop(next(iter(self._known)))
            self._known[key] = read
        return read

    def _is_affordable(self, job_id: UUID) -> bool:
        left = self.store.jobs.funds(job_id, self.budget_micros).left_micros
        return self.reader.fee.ceiling_micros <= max(0, left)

    def _read(self, job_id: UUID, text: str, context: Context, plan: Plan) -> Plan:
        try:
            proposal = self.reader.read(text, context)
        except ProviderError as error:
            logger.warning("sentence not read by the model", extra={"code": error.code})
            spent, read, how = error.spent_micros, plan, "could not read this either"
        else:
            spent, read = proposal.cost_micros, merged(plan, proposal.plan, context)
            how = "helped to read this"
        if spent:
            self.store.books.charge(job_id, spent, now=self.clock())
        elif read == plan:
            return plan
        return _noted(read, f"{self.reader.fee.model} {how} (${decimal_string(spent)}).")


def _noted(plan: Plan, note: str) -> Plan:
    """Return a plan whose reply says what a model did for it."""
    if plan.act is Act.ASK:
        return replace(plan, question=f"{plan.question or ''} {note}".strip())
    return replace(plan, reply=f"{plan.reply or ''} {note}".strip())
