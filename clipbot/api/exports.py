"""The film in another size and rate: made beside everything else, then read as a file."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from clipbot.api.context import JobId, Me
from clipbot.api.errors import responses
from clipbot.api.media import MP4, file_answers
from clipbot.api.models.exports import ExportList, ExportModel, ExportRequest
from clipbot.api.sending import IMMUTABLE, sent

router = APIRouter(prefix="/jobs/{job_id}/exports", tags=["exports"])
ExportId = Annotated[UUID, Path(description="Id of the export.")]


@router.get("", responses=responses(400, 403, 404))
def list_exports(me: Me, job_id: JobId) -> ExportList:
    """List the exports that this server made since it was started, newest first."""
    return ExportList.of(me.services.exporting.list(me.user, job_id))


@router.post("", status_code=202, responses=responses(400, 403, 404, 409, 422))
def begin_export(me: Me, job_id: JobId, body: ExportRequest) -> ExportModel:
    """Have the current film made in a size and rate; asking again begins nothing anew."""
    begun = me.services.exporting.begin(me.user, job_id, size=body.size, rate=body.rate)
    return ExportModel.of(begun)


@router.get("/{export_id}", responses=responses(400, 403, 404))
def get_export(me: Me, job_id: JobId, export_id: ExportId) -> ExportModel:
    """Look how far an export is."""
    return ExportModel.of(me.services.exporting.get(me.user, job_id, export_id))


@router.delete("/{export_id}", responses=responses(400, 403, 404))
def cancel_export(me: Me, job_id: JobId, export_id: ExportId) -> ExportModel:
    """Stop an export; what is encoded by then is not encoded again."""
    return ExportModel.of(me.services.exporting.cancel(me.user, job_id, export_id))


@router.get("/{export_id}/film.mp4", responses=file_answers(MP4, 409), response_class=Response)
@router.head("/{export_id}/film.mp4", include_in_schema=False)
def get_exported_film(request: Request, me: Me, job_id: JobId, export_id: ExportId) -> Response:
    """Return an export that is ready."""
    film = me.services.exporting.film(me.user, job_id, export_id)
    return sent(request, film, media_type=MP4, cache=IMMUTABLE)
