"""The named edits."""

from fastapi import APIRouter

from clipbot.api.context import Me
from clipbot.api.models.templates import TemplateList
from clipbot.domain.templates import TEMPLATES

router = APIRouter(tags=["templates"])


@router.get("/templates")
def list_templates(_: Me) -> TemplateList:
    """List the named edits, which need no language model."""
    return TemplateList.of(TEMPLATES.values())
