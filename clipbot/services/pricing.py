"""What the work of a plan costs: clip by clip, with agreed retries and a batch's discount."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from clipbot.domain.estimates import accuracy, typical_cost, typical_seconds
from clipbot.domain.money import (
    BATCH_LABEL,
    TAKES_LABEL,
    Attempt,
    QuotedClip,
    QuoteLine,
    batch_percent,
    discount_line,
    discounted,
)
from clipbot.domain.wording import named_changes, phrases
from clipbot.language.base import FREE, Fee
from clipbot.renderers.base import THIS_MACHINE, Extent
from clipbot.services.choosing import Candidate, Choosing, hint, obstacle
from clipbot.services.project import Project
from clipbot.services.views import Preview, QuotedRow, RendererView
from clipbot.services.work import Task, together
from clipbot.store.regenerations import Regenerations


@dataclass(frozen=True, slots=True)
class Pricing:
    """Prices work, from what was paid before where that is known."""

    choosing: Choosing
    rows: Regenerations

    def priced(
        self,
        project: Project,
        work: Sequence[Task],
        *,
        renderer: str | None,
        with_retries: bool,
    ) -> tuple[QuotedRow, ...]:
        """Return what happens to each clip, and what it costs before a discount.

        What a renderer can do only in part is not done at all: the row costs nothing and
        says why.

        Raises:
            ProviderRejected: No such renderer is set up.
        """
        return tuple(
            self._row(project, task, candidates, renderer, with_retries=with_retries)
            for task, candidates in zip(work, self.choosing.candidates(project, work), strict=True)
        )

    def alternatives(self, project: Project, work: Sequence[Task]) -> tuple[RendererView, ...]:
        """Return what each renderer could do of all the work, and for how much."""
        by_clip = self.choosing.candidates(project, work)
        return tuple(
            self._alternative(project, work, [candidates[place] for candidates in by_clip])
            for place in range(len(self.choosing.renderers.all))
        )

    def _row(
        self,
        project: Project,
        task: Task,
        candidates: Sequence[Candidate],
        renderer: str | None,
        *,
        with_retries: bool,
    ) -> QuotedRow:
        chosen = self.choosing.chosen(project, candidates, renderer)
        reason = obstacle(chosen, candidates, task)
        row = QuotedRow(
            clip_index=task.clip_index,
            edit=task.edit,
            changes=named_changes(task.edit) or "a change",
            keeps=tuple(dict.fromkeys((*task.edit.keep, *chosen.ability.keeps))),
            estimate_micros=0,
            ceiling_micros=0,
            seconds=0.0,
            prompt=FREE,
            reason=reason,
            renderer=chosen.renderer.key,
            renderer_label=chosen.renderer.label,
            take=task.take,
        )
        if reason is not None:
            return row
        prompt = self._fee(chosen, task)
        estimate, seconds = self._usual(chosen)
        retries = self._retries(candidates, chosen) if with_retries else ()
        attempts = (Attempt(chosen.renderer.key, chosen.terms.ceiling_micros), *retries)
        return replace(
            row,
            estimate_micros=estimate,
            ceiling_micros=sum(attempt.ceiling_micros for attempt in attempts),
            seconds=prompt.seconds + seconds,
            prompt=prompt,
            attempts=attempts,
            notes=chosen.terms.notes,
            hint=hint(chosen, candidates),
            # Of a version with another seed, or of another strength, there is none beforehand.
            preview=Preview.NOTHING if task.take else _preview(chosen, candidates),
        )

    def _fee(self, candidate: Candidate, task: Task) -> Fee:
        """Return what the prompt costs; the words of a version that is there are not paid again."""
        writers = self.choosing.renderers.writers
        return FREE if task.has_words else writers.fee(candidate.renderer, task.edit)

    def _retries(self, candidates: Sequence[Candidate], chosen: Candidate) -> tuple[Attempt, ...]:
        """Return what is tried where a paid model minds what it would show (seeds' own chain)."""
        if chosen.is_free:
            return ()
        other = self.choosing.next_after(candidates, chosen)
        return tuple(
            Attempt(each.renderer.key, each.terms.ceiling_micros, is_cleaned=True)
            for each in (chosen, other)
            if each is not None
        )

    def _usual(self, candidate: Candidate) -> tuple[int, float]:
        """Return what it mostly costs and how long it mostly takes."""
        terms = candidate.terms
        seen = self.rows.actuals(candidate.renderer.key, terms.footage_seconds)
        if candidate.is_free:
            return 0, terms.seconds
        return (
            typical_cost(seen, terms.price_micros, terms.ceiling_micros),
            typical_seconds(seen, terms.seconds),
        )

    def _alternative(
        self, project: Project, work: Sequence[Task], candidates: Sequence[Candidate]
    ) -> RendererView:
        renderer = candidates[0].renderer
        ability = together([each.ability for each in candidates])
        able = [each for each in candidates if each.is_able]
        usual = [self._usual(each) for each in able]
        percent = batch_percent(len(able))
        fees = [
            self._fee(each, task)
            for task, each in zip(work, candidates, strict=True)
            if each.is_able
        ]
        ceilings = discounted([each.terms.ceiling_micros for each in able], percent)
        estimates = discounted([cost for cost, _ in usual], percent)
        refusals = (each.terms.refusal or each.rest for each in candidates)
        past = self.rows.accuracies(renderer.key) if not all(c.is_free for c in candidates) else []
        return RendererView(
            key=renderer.key,
            label=renderer.label,
            extent=str(ability.extent),
            estimate_micros=sum(estimates) + sum(fee.estimate_micros for fee in fees),
            ceiling_micros=sum(ceilings) + sum(fee.ceiling_micros for fee in fees),
            seconds=sum(seconds for _, seconds in usual) + sum(fee.seconds for fee in fees),
            keeps=ability.keeps,
            leftover=tuple(phrases([op]) for op in ability.leftover),
            refusal=next((words for words in refusals if words), None),
            notes=tuple(dict.fromkeys(note for each in able for note in each.terms.notes)),
            accuracy=accuracy(past),
            past=len(past),
            made_film=renderer.key == self.choosing.renderers.key_of(project.job.video_model),
        )


def lines(priced: Sequence[QuotedRow], labels: dict[str, str]) -> tuple[QuoteLine, ...]:
    """Return a line for the prompts, those of the clips that can be done, and the discount's.

    Args:
        priced: All rows.
        labels: Names of renderers for people, by key.
    """
    doable = [row for row in priced if row.is_supported]
    off = discount_line(
        [row.estimate_micros for row in doable],
        [row.ceiling_micros for row in doable],
        label=TAKES_LABEL if any(row.take for row in doable) else BATCH_LABEL,
    )
    footage = [line for row in doable for line in _row_lines(row, labels)]
    return (_prompt_line(doable), *footage, *((off,) if off else ()))


def agreed(priced: Sequence[QuotedRow]) -> tuple[QuotedClip, ...]:
    """Return what a yes is for, clip by clip; together it is what `lines` add up to."""
    doable = [row for row in priced if row.is_supported]
    percent = batch_percent(len(doable))
    return tuple(
        QuotedClip(
            clip_index=row.clip_index,
            attempts=row.attempts,
            estimate_micros=estimate + row.prompt.estimate_micros,
            ceiling_micros=ceiling + row.prompt.ceiling_micros,
            discount_percent=percent,
            estimated_seconds=row.seconds,
            take=row.take,
        )
        for row, estimate, ceiling in zip(
            doable,
            discounted([row.estimate_micros for row in doable], percent),
            discounted([row.ceiling_micros for row in doable], percent),
            strict=True,
        )
    )


def _preview(chosen: Candidate, candidates: Sequence[Candidate]) -> Preview:
    """Return what a preview, which is always drawn by the looks of this machine, shows."""
    here = next((each for each in candidates if each.renderer.provider == THIS_MACHINE), None)
    if here is None or here.ability.extent is Extent.NOTHING:
        return Preview.NOTHING
    if here.ability.extent is Extent.PARTIAL:
        return Preview.PART
    return Preview.EXACT if chosen is here else Preview.ROUGH


def _row_lines(row: QuotedRow, labels: dict[str, str]) -> list[QuoteLine]:
    first, *retries = row.attempts
    name = row.take.name if row.take else f"Clip {row.clip_index + 1}"
    return [
        QuoteLine(
            f"{name} · {row.renderer_label}",
            row.estimate_micros,
            first.ceiling_micros,
            row.clip_index,
        ),
        *(
            QuoteLine(
                f"{name} · if refused, {labels[retry.renderer]} with other words",
                0,
                retry.ceiling_micros,
                row.clip_index,
            )
            for retry in retries
        ),
    ]


def _prompt_line(doable: Sequence[QuotedRow]) -> QuoteLine:
    fees = [row.prompt for row in doable if row.prompt.model]
    if not fees:
        return QuoteLine("Prompt · no model needed", 0, 0)
    unknown = "" if all(fee.is_known for fee in fees) else " (price not set)"
    return QuoteLine(
        f"Prompt · {fees[0].model}{unknown}",
        sum(fee.estimate_micros for fee in fees),
        sum(fee.ceiling_micros for fee in fees),
    )
