"""What the work of a plan costs at a renderer: clip by clip, and with a batch's discount."""

from collections.abc import Sequence
from dataclasses import dataclass

from clipbot.domain.money import (
    QuoteLine,
    batch_percent,
    discount_line,
    discounted,
)
from clipbot.domain.wording import phrases
from clipbot.language.base import FREE
from clipbot.renderers.base import Extent, Renderer
from clipbot.services.project import Project
from clipbot.services.views import QuotedRow, RendererView
from clipbot.services.work import Task, capability, request
from clipbot.services.writing import Writers

_DRAWN_FOR_A_PRICE = 0.5
"""Any temperature: no renderer's price depends on it."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one clip of a batch costs at the renderer, after the discount."""

    estimate_micros: int
    ceiling_micros: int
    percent: int
    """What was taken off."""


def rows(
    project: Project, work: Sequence[Task], renderer: Renderer, writers: Writers
) -> tuple[QuotedRow, ...]:
    """Return what happens to each clip, and what it costs before a discount.

    What the renderer can do only in part is not done at all: the row costs nothing and
    says why.
    """
    return tuple(_row(project, task, renderer, writers) for task in work)


def lines(priced: Sequence[QuotedRow], renderer: Renderer) -> tuple[QuoteLine, ...]:
    """Return a line for the prompts, one per clip that can be done, and one for the discount."""
    doable = [row for row in priced if row.is_supported]
    off = discount_line(
        [row.estimate_micros for row in doable], [row.ceiling_micros for row in doable]
    )
    footage = (
        QuoteLine(
            f"Clip {row.clip_index + 1} · {renderer.label}",
            row.estimate_micros,
            row.ceiling_micros,
            row.clip_index,
        )
        for row in doable
    )
    return (_prompt_line(doable), *footage, *((off,) if off else ()))


def shares(priced: Sequence[QuotedRow]) -> tuple[Share, ...]:
    """Return what each clip costs after the discount; together they are what `lines` add up to."""
    percent = batch_percent(len(priced))
    return tuple(
        Share(estimate + row.prompt.estimate_micros, ceiling + row.prompt.ceiling_micros, percent)
        for row, estimate, ceiling in zip(
            priced,
            discounted([row.estimate_micros for row in priced], percent),
            discounted([row.ceiling_micros for row in priced], percent),
            strict=True,
        )
    )


def renderer_view(
    renderer: Renderer, project: Project, work: Sequence[Task], writers: Writers
) -> RendererView:
    """Return what a renderer could do of the work, and for how much."""
    ability = capability(renderer, work)
    priced = rows(project, work, renderer, writers)
    doable = [row for row in priced if row.is_supported]
    return RendererView(
        key=renderer.key,
        label=renderer.label,
        extent=str(ability.extent),
        ceiling_micros=sum(share.ceiling_micros for share in shares(doable)),
        seconds=sum(row.seconds for row in doable),
        keeps=ability.keeps,
        leftover=tuple(phrases([op]) for op in ability.leftover),
    )


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


def _row(project: Project, task: Task, renderer: Renderer, writers: Writers) -> QuotedRow:
    ability = renderer.capability(task.edit)
    is_supported = ability.extent is Extent.WHOLE
    asked = request(project, task, seed=0, temperature=_DRAWN_FOR_A_PRICE)
    terms = renderer.terms(asked)
    price = terms.ceiling_micros if is_supported else 0
    prompt = writers.fee(renderer, task.edit) if is_supported else FREE
    return QuotedRow(
        clip_index=task.clip_index,
        edit=task.edit,
        changes=phrases(task.edit.ops) or task.edit.instruction or "a change",
        keeps=tuple(dict.fromkeys((*task.edit.keep, *ability.keeps))),
        estimate_micros=price,
        ceiling_micros=price,
        seconds=prompt.seconds + (terms.seconds if is_supported else 0.0),
        prompt=prompt,
        reason=None if is_supported else _reason(renderer, task),
    )


def _reason(renderer: Renderer, task: Task) -> str:
    ability = renderer.capability(task.edit)
    wanted = phrases(ability.leftover) or "this"
    if ability.extent is Extent.PARTIAL:
        return (
            f"{renderer.label} can do {phrases(ability.doable)}, but not {wanted}; "
            "that needs a video model, and none is set up."
        )
    wish = f"“{task.edit.instruction}”" if task.edit.instruction else wanted
    return f"{renderer.label} cannot do {wish}; that needs a video model, and none is set up."
