"""The work that a plan means: one render request per clip, and who can do it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID, uuid4

from clipbot.domain.plan import Act, Edit, Operation, Plan
from clipbot.domain.takes import Take
from clipbot.errors import ClipUnknown, NeedsAnswer, ProviderRejected, Unsupported
from clipbot.renderers.base import Capability, Renderer, RenderRequest, named
from clipbot.services.project import Project
from clipbot.services.writing import Writers

_RATE = Fraction(24)
_SIZES = {
    "16:9": (1280, 720),
    "9:16": (720, 1280),
    "1:1": (720, 720),
    "4:3": (960, 720),
    "3:4": (720, 960),
}
"""Width and height of footage by the job's ratio; any other ratio is taken for the first."""


@dataclass(frozen=True, slots=True)
class Task:
    """One clip of a plan and what is to be done to it."""

    clip_index: int
    edit: Edit
    take: Take | None = None
    """Which of several versions at once it is to be."""

    @property
    def has_words(self) -> bool:
        """Whether its prompt is written already: it is that of the version that it is like."""
        return self.take is not None and self.take.like is not None


@dataclass(frozen=True, slots=True)
class Maker:
    """Who made a version, for people."""

    label: str
    """Its name: "Veo 3.1"."""
    model: str | None = None
    """What its service calls the model: `google/veo-3.1`; None: it is no model of a service."""


@dataclass(frozen=True, slots=True)
class Renderers:
    """The renderers that are set up, and which one is taken unless a person says otherwise."""

    all: tuple[Renderer, ...]
    preferred: str
    writers: Writers
    """Who writes their prompts."""
    key_of: Callable[[str], str | None] = lambda _: None
    """Returns the key that a job's stored model means; None: it means none of ours."""
    model_of: Callable[[str], Maker | None] = lambda _: None
    """Returns the model with a key, whether it is set up or not; None: no known model has it."""

    def by_key(self, key: str) -> Renderer:
        """Return a renderer by its key.

        Raises:
            ProviderRejected: No such renderer is set up.
        """
        renderer = named(self.all, key)
        if renderer is None:
            raise ProviderRejected(key, "this renderer is not set up here")
        return renderer

    def labels(self) -> dict[str, str]:
        """Return the renderers' names for people, by key."""
        return {each.key: each.label for each in self.all}

    def maker(self, key: str) -> Maker:
        """Return who is meant by a stored key, also where it is not set up any more."""
        known, label = self.model_of(key), self.labels().get(key)
        return known or Maker(label or key)

    def of_provider(self, provider: str) -> tuple[str, ...]:
        """Return the keys of the renderers that one provider runs."""
        return tuple(each.key for each in self.all if each.provider == provider)


def tasks(project: Project, plan: Plan) -> tuple[Task, ...]:
    """Return the work of an edit plan, by rising clip.

    Raises:
        NeedsAnswer: The plan is a question to the person.
        Unsupported: The plan is not an edit.
        ClipUnknown: It names a clip that the job does not have.
        FootageMissing: It names a clip without footage to work on. (Where takes are wanted, what
            they start from is looked at in `spreading`.)
    """
    if plan.act is Act.ASK:
        raise NeedsAnswer(plan.question or "What should change?", plan.choices)
    if plan.slots:
        raise Unsupported(
            "That is about how clips meet or fill their slots: it costs nothing and has no price."
        )
    if plan.act is not Act.EDIT or not plan.edits:
        raise Unsupported(plan.reply or "That is not a change of a clip.")
    found = tuple(sorted(_tasks(project, plan), key=lambda task: task.clip_index))
    for task in () if plan.takes else found:
        number = project.current_number(task.clip_index)
        if project.footage_key(task.clip_index, number) is None:
            raise project.footage_missing(task.clip_index, number)
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


def together(abilities: Sequence[Capability]) -> Capability:
    """Return what can be done of all the work, given what can be done of each clip."""
    return Capability(
        doable=_unique(op for item in abilities for op in item.doable),
        leftover=_unique(op for item in abilities for op in item.leftover),
        keeps=tuple(
            keep for keep in abilities[0].keeps if all(keep in item.keeps for item in abilities)
        ),
    )


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
    width, height = _SIZES.get(project.job.aspect_ratio, _SIZES["16:9"])
    return RenderRequest(
        marker=str(marker or uuid4()),
        ops=task.edit.ops,
        prompt=project.prompt(task.clip_index),
        frames=project.timeline(_RATE).slot(task.clip_index).frames,
        rate=_RATE,
        width=width,
        height=height,
        seed=seed,
        temperature=temperature,
    )


def _unique(ops: Iterator[Operation]) -> tuple[Operation, ...]:
    return tuple(dict.fromkeys(ops))
