"""Who makes the footage of a clip: the free look where it can do the whole wish, else a model.

A person may name a renderer; else the first that can do all of it for nothing is taken,
else the one that is set, else the model that first made the job, else the cheapest that
can. A model that failed too often lately is left alone for a while, whoever asks for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from clipbot.domain.money import decimal_string
from clipbot.domain.wording import phrases, waiting
from clipbot.errors import ProviderRejected
from clipbot.renderers.base import Capability, Extent, Renderer, Terms
from clipbot.services.base import Clock
from clipbot.services.project import Project
from clipbot.services.work import Renderers, Task, request
from clipbot.store.health import Health

AUTO = "auto"
"""Key for "whoever is best", clip by clip."""
_DRAWN_FOR_A_PRICE = 0.5
"""Any temperature: no renderer's price depends on it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A renderer, and what it would do for one clip."""

    renderer: Renderer
    ability: Capability
    terms: Terms
    rest: str | None = None
    """Why it is left alone now."""

    @property
    def is_able(self) -> bool:
        """Whether it can do the whole wish, now."""
        return self.ability.extent is Extent.WHOLE and self.is_usable

    @property
    def is_usable(self) -> bool:
        """Whether it can be asked now, for as much as it can do."""
        return not self.terms.refusal and not self.rest

    @property
    def is_free(self) -> bool:
        return not self.terms.ceiling_micros


@dataclass(frozen=True, slots=True)
class Choosing:
    """Chooses renderers."""

    renderers: Renderers
    health: Health
    clock: Clock

    def candidates(
        self, project: Project, work: Sequence[Task]
    ) -> tuple[tuple[Candidate, ...], ...]:
        """Return all renderers for each clip of the work, in the order in which they are set up."""
        now = self.clock()
        resting = self.health.resting(now)
        return tuple(
            tuple(_candidate(each, project, task, resting, now) for each in self.renderers.all)
            for task in work
        )

    def chosen(
        self, project: Project, candidates: Sequence[Candidate], key: str | None
    ) -> Candidate:
        """Return who takes a clip; it may be unable to, and then says why.

        Args:
            project: The job; the model that first made it is taken before others.
            candidates: All of them, for this clip.
            key: The renderer that the person named; None or `auto`: nobody.

        Raises:
            ProviderRejected: No such renderer is set up.
        """
        if key not in (None, AUTO):
            return _by_key(candidates, str(key))
        able = [each for each in candidates if each.is_able]
        wanted = (self.renderers.preferred, self.renderers.key_of(project.job.video_model))
        free = next((each for each in able if each.is_free), None)
        named = next((each for key in wanted for each in able if each.renderer.key == key), None)
        return free or named or cheapest(able) or _by_key(candidates, self.renderers.preferred)

    @staticmethod
    def next_after(candidates: Sequence[Candidate], first: Candidate) -> Candidate | None:
        """Return another paid model for what the first one refused to show, the cheapest."""
        others = (each for each in candidates if each.is_able and not each.is_free)
        return cheapest([each for each in others if each.renderer.key != first.renderer.key])


def cheapest(candidates: Sequence[Candidate]) -> Candidate | None:
    """Return the candidate with the lowest ceiling; the first of equals; None of none."""
    return min(candidates, key=lambda each: each.terms.ceiling_micros, default=None)


def obstacle(chosen: Candidate, candidates: Sequence[Candidate], task: Task) -> str | None:
    """Return why the chosen one cannot do a clip, and who could; None: it can."""
    if chosen.is_able:
        return None
    label = chosen.renderer.label
    other = cheapest([each for each in candidates if each.is_able])
    if chosen.ability.extent is Extent.WHOLE:
        tail = f"; {_offer(other)}" if other else ""
        return f"{label} cannot be used now: {chosen.terms.refusal or chosen.rest}{tail}."
    wanted = phrases(chosen.ability.leftover) or "this"
    needs = _offer(other) if other else _lacking(candidates)
    if chosen.ability.extent is Extent.PARTIAL:
        return f"{label} can do {phrases(chosen.ability.doable)}, but not {wanted}; {needs}."
    wish = f"“{task.edit.instruction}”" if task.edit.instruction else wanted
    return f"{label} cannot do {wish}; {needs}."


def hint(chosen: Candidate, candidates: Sequence[Candidate]) -> str | None:
    """Return what could be had for nothing instead of what is paid for, if anything."""
    if chosen.is_free:
        return None
    free = [each for each in candidates if each.is_free and each.ability.doable and each.is_usable]
    best = next((each for each in free if each.is_able), free[0] if free else None)
    if best is None:
        return None
    label = best.renderer.label
    if best.is_able:
        return f"{label} does all of this for nothing, in {waiting(best.terms.seconds)}."
    part = phrases(best.ability.doable)
    return (
        f"{part[0].upper()}{part[1:]} alone would cost nothing, as a "
        f"{label[0].lower()}{label[1:]}; the rest needs a video model."
    )


def _lacking(candidates: Sequence[Candidate]) -> str:
    """Return what keeps everybody from doing all of it."""
    whole = next((each for each in candidates if each.ability.extent is Extent.WHOLE), None)
    if whole is None:
        return "that needs a video model, and none is set up"
    reason = whole.terms.refusal or whole.rest
    return f"{whole.renderer.label} could, but cannot be used now: {reason}"


def _offer(other: Candidate) -> str:
    price = decimal_string(other.terms.ceiling_micros)
    cost = "for nothing" if other.is_free else f"for up to ${price}"
    return f"{other.renderer.label} can do all of it, {cost}"


def _candidate(
    renderer: Renderer,
    project: Project,
    task: Task,
    resting: Mapping[str, tuple[str, datetime]],
    now: datetime,
) -> Candidate:
    asked = request(project, task, seed=0, temperature=_DRAWN_FOR_A_PRICE)
    rest = None
    if renderer.key in resting:
        reason, until = resting[renderer.key]
        minutes = max(1, round((until - now).total_seconds() / 60))
        rest = f"it failed too often ({reason}) and is left alone for {minutes} min"
    return Candidate(renderer, renderer.capability(task.edit), renderer.terms(asked), rest)


def _by_key(candidates: Sequence[Candidate], key: str) -> Candidate:
    found = next((each for each in candidates if each.renderer.key == key), None)
    if found is None:
        raise ProviderRejected(key, "this renderer is not set up here")
    return found
