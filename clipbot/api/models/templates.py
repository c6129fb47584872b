"""The named edits: built in, one's own, shared by others."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from clipbot.api.models.common import Instruction, Request, Shape
from clipbot.services.views import TemplateView

Name = Annotated[
    str, Field(description="1 to 60 characters, one of its kind.", examples=["Neon rain"])
]


class TemplateModel(Shape):
    """A named edit."""

    id: str = Field(examples=["nighttime"], description="`own:` and a UUID, unless built in.")
    title: str = Field(examples=["Nighttime"])
    group: str = Field(examples=["Light & time"], description="`Mine`, `Shared`, or a heading.")
    instruction: str = Field(examples=["make it nighttime"], description="A complete instruction.")
    preserves: list[str] = Field(examples=[["composition", "subject"]])
    words_in: list[str] = Field(examples=[["dark sky"]], description="Put into a prompt.")
    words_out: list[str] = Field(examples=[["sunny"]], description="Taken out of a prompt.")
    usage_count: int = Field(examples=[3], description="In this installation.")
    is_built_in: bool
    is_own: bool
    is_shared: bool = Field(description="Whether every user of this installation may use it.")
    created_at: datetime | None = Field(description="None: it came with clipbot.")

    @classmethod
    def of(cls, template: TemplateView) -> "TemplateModel":
        """Return the shape of a template."""
        return cls(
            id=template.id,
            title=template.title,
            group=template.group,
            instruction=template.instruction,
            preserves=list(template.preserves),
            words_in=list(template.words_in),
            words_out=list(template.words_out),
            usage_count=template.usage_count,
            is_built_in=template.is_built_in,
            is_own=template.is_own,
            is_shared=template.is_shared,
            created_at=template.created_at,
        )


class TemplateList(Shape):
    """Templates, in the order in which they are offered."""

    templates: list[TemplateModel]
    groups: list[str] = Field(description="Headings of all, in their order.")
    total_templates: int = Field(examples=[28], description="On all pages.")

    @classmethod
    def of(cls, templates: Sequence[TemplateView], limit: int, offset: int) -> "TemplateList":
        """Return the shape of a page of all templates."""
        groups = list(dict.fromkeys(template.group for template in templates))
        listed = [TemplateModel.of(each) for each in templates[offset : offset + limit]]
        return cls(templates=listed, groups=groups, total_templates=len(templates))


class NewTemplateRequest(Request):
    """A template to be kept: of words, or of a past edit."""

    name: Name
    instruction: Instruction | None = Field(
        default=None,
        examples=["make it rain at night"],
        description="One change, in words that name no clip.",
    )
    regeneration_id: UUID | None = Field(
        default=None, description="The past edit whose wish and words are kept, without its clip."
    )
    is_shared: bool = Field(default=False, description="Let every user here use it.")

    @model_validator(mode="after")
    def _is_of_one_thing(self) -> Self:
        if (self.instruction is None) == (self.regeneration_id is None):
            raise ValueError("give either instruction or regeneration_id")
        return self


class TemplateChangeRequest(Request):
    """What is to be different about an own template; what is left out stays."""

    name: Name | None = Field(default=None, examples=["Neon rain"])
    instruction: Instruction | None = Field(
        default=None, description="Another wish; the words of the old one are forgotten."
    )
    is_shared: bool | None = None


class ApplyTemplateRequest(Request):
    """A template for one clip."""

    template_id: str = Field(examples=["nighttime"])
    customizations: str = Field(
        default="",
        max_length=2000,
        examples=["keep the lanterns"],
        description="What is wanted besides, in words that name no clip.",
    )
    quote_id: UUID | None = Field(
        default=None, description="The confirmed price; needed where the edit costs money."
    )
