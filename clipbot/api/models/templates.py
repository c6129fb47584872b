"""The named edits."""

from collections.abc import Iterable

from pydantic import Field

from clipbot.api.models.common import Shape
from clipbot.domain.templates import Template


class TemplateModel(Shape):
    """A named edit that needs no language model."""

    id: str = Field(examples=["nighttime"])
    title: str = Field(examples=["Nighttime"])
    group: str = Field(examples=["Light & time"])
    instruction: str = Field(examples=["make it nighttime"], description="A complete instruction.")
    preserves: list[str] = Field(examples=[["composition", "subject"]])

    @classmethod
    def of(cls, template: Template) -> "TemplateModel":
        """Return the shape of a template."""
        return cls(
            id=template.id,
            title=template.title,
            group=template.group.value,
            instruction=template.instruction,
            preserves=list(template.preserves),
        )


class TemplateList(Shape):
    """All templates, in the order in which they are offered."""

    templates: list[TemplateModel]
    groups: list[str] = Field(description="Headings, in their order.")

    @classmethod
    def of(cls, templates: Iterable[Template]) -> "TemplateList":
        """Return the shape of some templates."""
        listed = [TemplateModel.of(template) for template in templates]
        groups = list(dict.fromkeys(template.group for template in listed))
        return cls(templates=listed, groups=groups)
