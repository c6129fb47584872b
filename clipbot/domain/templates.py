"""The named edits: changes that need no language model.

A template is matched by what an instruction *means* (its operations), never by the
letters in it: "birthday" is not daytime. For renderers that read a prompt it also
knows which words to put in and which to take out; "nighttime" takes out "sunny".

Two templates are rivals when they answer the same question differently (night and
day). Putting one's words in takes its rivals' words out, so prompts do not grow
contradictions however often a clip is edited.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from clipbot.domain.plan import Kind, Operation
from clipbot.domain.template_catalogue import CATALOGUE, Group, Template

__all__ = ["TEMPLATES", "Group", "Template", "groups", "matching", "rivals"]

TEMPLATES: Mapping[str, Template] = MappingProxyType({each.id: each for each in CATALOGUE})
"""All of them, by id, in the order in which they are offered."""


def groups() -> Mapping[Group, tuple[Template, ...]]:
    """Return the templates under their headings, in the order in which they are offered."""
    return {
        group: tuple(each for each in TEMPLATES.values() if each.group is group) for group in Group
    }


def matching(ops: Sequence[Operation]) -> Template | None:
    """Return the one template that means exactly these operations, whatever their strength."""
    wanted = _meaning(ops)
    return next((each for each in TEMPLATES.values() if _meaning(each.ops) == wanted), None)


def rivals(template: Template) -> tuple[Template, ...]:
    """Return the templates that answer the same question differently: night for day."""
    kinds = {op.kind for op in template.ops}
    return tuple(
        each
        for each in TEMPLATES.values()
        if each.id != template.id and kinds == {op.kind for op in each.ops}
    )


def _meaning(ops: Sequence[Operation]) -> frozenset[tuple[Kind, str | None]]:
    return frozenset((op.kind, op.direction) for op in ops)
