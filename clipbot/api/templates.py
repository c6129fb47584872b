"""The named edits: see them, keep one's own, use them."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from clipbot.api.context import ClipPath, JobId, Me
from clipbot.api.errors import responses
from clipbot.api.models.regenerations import RegenerationStarted
from clipbot.api.models.templates import (
    ApplyTemplateRequest,
    NewTemplateRequest,
    TemplateChangeRequest,
    TemplateList,
    TemplateModel,
)

router = APIRouter(tags=["templates"])
TemplateId = Annotated[str, Path(description="Public id of the template.", max_length=80)]


@router.get("/templates")
def list_templates(
    me: Me,
    limit: Annotated[int, Query(ge=1, le=500)] = 500,
    offset: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
) -> TemplateList:
    """List the built-in templates, one's own, and those that others here share."""
    return TemplateList.of(me.services.templates.list(me.user), limit, offset)


@router.post("/templates", status_code=201, responses=responses(400, 403, 404, 409, 422))
def create_template(me: Me, body: NewTemplateRequest) -> TemplateModel:
    """Keep a wish, or a past edit, as a template of one's own."""
    service = me.services.templates
    if body.regeneration_id is not None:
        saved = service.save_edit(me.user, body.name, body.regeneration_id, shared=body.is_shared)
    else:
        saved = service.save(me.user, body.name, body.instruction or "", shared=body.is_shared)
    return TemplateModel.of(saved)


@router.patch("/templates/{template_id}", responses=responses(400, 403, 404, 409, 422))
def change_template(me: Me, template_id: TemplateId, body: TemplateChangeRequest) -> TemplateModel:
    """Rename, reword, share or stop sharing a template of one's own."""
    changed = me.services.templates.change(
        me.user,
        template_id,
        name=body.name,
        instruction=body.instruction,
        shared=body.is_shared,
    )
    return TemplateModel.of(changed)


@router.delete("/templates/{template_id}", responses=responses(400, 403, 404))
def delete_template(me: Me, template_id: TemplateId) -> TemplateModel:
    """Forget a template of one's own; what was made with it stays."""
    return TemplateModel.of(me.services.templates.delete(me.user, template_id))


@router.post(
    "/jobs/{job_id}/clips/{clip_index}/apply-template",
    status_code=202,
    responses=responses(400, 402, 403, 404, 409, 422, 429, 502),
)
def apply_template(
    me: Me, job_id: JobId, clip_index: ClipPath, body: ApplyTemplateRequest
) -> RegenerationStarted:
    """Start a template's edit of one clip; follow it by its id or by the job's events."""
    record = me.services.templates.apply(
        me.user,
        job_id,
        clip_index,
        body.template_id,
        body.customizations,
        quote_id=body.quote_id,
    )
    return RegenerationStarted.of(record)
