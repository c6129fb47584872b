"""The work that a plan means: one render request per clip, and who can do it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID, uuid4

from clipbot.domain.plan import Act, Edit, Operation, Plan
from clipbot.domain.wording import clip_names, phrases
from clipbot.errors import ClipUnknown, FootageMissing, NeedsAnswer, ProviderRejected, Unsupported
from clipbot.renderers.base import Capability, Extent, Renderer, RenderRequest, named
from clipbot.services.project import Project
from clipbot.services.writing import Writers

_DEFAULT_FORMAT = (1280, 720, Fraction(24))


@dataclass(frozen=True, slots=True)
class Task:
    """One clip of a plan and what is to be done to it."""

    clip_index: int
    edit: Edit


@dataclass(frozen=True, slots=True)
class Renderers:
    """The renderers that are set up, and which one is taken unless a person says otherwise."""

    all: tuple[Renderer, ...]
    preferred: str
    writers: Writers
    """Who writes their prompts."""

    def chosen(self, key: str | None) -> Renderer:
        """Return a renderer by its key.

        Raises:
            ProviderRejected: No such renderer is set up.
        """
        renderer = named(self.all, key or self.preferred)
        if renderer is None:
            raise ProviderRejected(key or self.preferred, "this renderer is not set up here")
        return renderer


def tasks(project: Project, plan: Plan) -> tuple[Task, ...]:
    """Return the work of an edit plan, by rising clip.

    Raises:
        NeedsAnswer: The plan is a question to the person.
        Unsupported: The plan is not an edit.
        ClipUnknown: It names a clip that the job does not have.
        FootageMissing: It names a clip without footage to work on.
    """
    if plan.act is Act.ASK:
        raise NeedsAnswer(plan.question or "What should change?", plan.choices)
    if plan.act is not Act.EDIT or not plan.edits:
        raise Unsupported(plan.reply or "That is not a change of a clip.")
    found = tuple(sorted(_tasks(project, plan), key=lambda task: task.clip_index))
    for task in found:
        if project.footage_key(task.clip_index, project.current_number(task.clip_index)) is None:
            raise FootageMissing(task.clip_index)
    return found


def _tasks(project: Project, plan: Plan) -> Iterator[Task]:
    seen: set[int] = set()
    for edit in plan.edits:
        for number in edit.clips:
            if not 1 <= number <= len(project.clips):
                raise ClipUnknown(number - 1, len(project.clips))
            if number - 1 in seen:
                raise NeedsAnswer(
                    f"Clip {number} is named twice; please tell me its changes in one sentence."
                )
            seen.add(number - 1)
            yield Task(number - 1, edit)


def capability(renderer: Renderer, work: Sequence[Task]) -> Capability:
    """Return what a renderer can do of all the work together."""
    found = [renderer.capability(task.edit) for task in work]
    return Capability(
        doable=_unique(op for item in found for op in item.doable),
        leftover=_unique(op for item in found for op in item.leftover),
        keeps=tuple(keep for keep in found[0].keeps if all(keep in item.keeps for item in found)),
    )


def require_whole(renderer: Renderer, work: Sequence[Task]) -> None:
    """Refuse work that the renderer can do only in part, naming both halves.

    Raises:
        Unsupported: It can do nothing of it.
        NeedsAnswer: It can do a part; the choice is that part.
    """
    ability = capability(renderer, work)
    wish = next((task.edit.instruction for task in work if task.edit.instruction), "this")
    if ability.extent is Extent.NOTHING:
        raise Unsupported(
            f"{renderer.label} cannot do “{wish}”; that needs a video model, "
            "and none is set up. Nothing was changed.",
            leftover=[phrases([op]) for op in ability.leftover],
        )
    if ability.extent is Extent.PARTIAL:
        numbers = [task.clip_index + 1 for task in work]
        doable = phrases(ability.doable)
        raise NeedsAnswer(
            f"{renderer.label} can do a part of “{wish}”: {doable}. The rest "
            f"({phrases(ability.leftover)}) needs a video model, and none is set up.",
            [f"make {clip_names(numbers)} {doable}"],
        )


def undoable(renderer: Renderer, work: Sequence[Task]) -> tuple[Task, ...]:
    """Return the work that the renderer cannot do, or can do only in part."""
    return tuple(task for task in work if renderer.capability(task.edit).extent is not Extent.WHOLE)


def request(
    project: Project, task: Task, *, seed: int, temperature: float, marker: UUID | None = None
) -> RenderRequest:
    """Return what a renderer is asked for one clip, without the files.

    Args:
        project: The job.
        task: The clip and its change.
        seed: For renderers that can repeat themselves.
        temperature: How far the footage may depart, 0..1.
        marker: The regeneration, where there is one.
    """
    rate = _DEFAULT_FORMAT[2]
    return RenderRequest(
        marker=str(marker or uuid4()),
        ops=task.edit.ops,
        prompt=project.prompt(task.clip_index),
        frames=project.timeline(rate).slot(task.clip_index).frames,
        rate=rate,
        width=_DEFAULT_FORMAT[0],
        height=_DEFAULT_FORMAT[1],
        seed=seed,
        temperature=temperature,
    )


def _unique(ops: Iterator[Operation]) -> tuple[Operation, ...]:
    return tuple(dict.fromkeys(ops))
