"""Which call may be refused how: every code, its status, and what it looks like.

What OpenAPI says of errors is made from this table, and the tests hold the app to it. A
call that is not listed here is not described.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from clipbot import errors
from clipbot.api.errors import TooManyStreams, body_of, status_of

_ID: Final = UUID("3fa85f64-5717-4562-b3fc-2c963f66afa6")
Cause = type[errors.ClipbotError] | str
"""An error of ours, or the code of a refusal that never reaches a call."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One way in which a call may answer no."""

    status: int
    body: Mapping[str, Any]

    @property
    def code(self) -> str:
        """What programs know it by."""
        return str(self.body["code"])


_PLAIN: Final = {
    "unknown_host": (400, "This server does not go by that name."),
    "malformed_json": (400, "The body of the request is not JSON."),
    "foreign_origin": (403, "Other sites cannot change anything here."),
    "too_slow": (408, "The request took too long to arrive."),
    "changed": (412, "The file is not what you expect any more."),
    "too_large": (413, "The request is too large."),
    "unsupported_media_type": (415, "Please send application/json."),
    "range_not_satisfiable": (416, "The file ends before that."),
    "internal": (500, "Something went wrong; it was written down."),
}
_SAMPLES: Final[tuple[errors.ClipbotError, ...]] = (
    errors.EmptyInstruction(),
    errors.InstructionTooLong(2731, 2000),
    errors.MalformedId("job"),
    errors.MalformedKey(255),
    errors.KeyReused(),
    errors.RequestRunning(),
    errors.OutcomeUnknown(),
    errors.RequestError("selected.0: Input should be a valid integer."),
    errors.JobNotFound(str(_ID)),
    errors.ClipNotFound(6, 6),
    errors.ClipUnknown(6, 6),
    errors.SlotRefused("A transition lasts between 0.1 and 10 seconds."),
    errors.VersionNotFound(0, 7),
    errors.RegenerationNotFound(_ID),
    errors.CompositionNotFound(9),
    errors.SegmentNotFound(9, 8),
    errors.QuoteNotFound(),
    errors.ExportNotFound(),
    errors.TemplateNotFound(),
    errors.WebhookNotFound(),
    errors.DeliveryNotFound(),
    errors.AddressRefused("The address of a webhook begins with https://."),
    errors.LinkNotFound(),
    errors.TemplateRejected("A template's name has 1 to 60 characters."),
    errors.FootageMissing(0),
    errors.NeedsAnswer("Which clip?", ["make clip 1 brighter", "make clip 2 brighter"]),
    errors.Unsupported("Nothing here can do that.", leftover=["add a deer"]),
    errors.NotSignedIn(),
    errors.SignInUnavailable(),
    errors.NotAllowed(),
    errors.ConflictError("The film was changed meanwhile; please look again."),
    errors.JobNotReady("processing"),
    errors.JobBusy(),
    errors.ClipBusy(0),
    errors.FilmMoved(),
    errors.NothingToUndo(),
    errors.NothingToRedo(),
    errors.QuoteExpired(),
    errors.QuoteSpent(),
    errors.QuoteRequired(_ID),
    errors.TemplateNameTaken("Neon rain"),
    errors.TooManyTemplates(200),
    errors.TooManyWebhooks(10),
    errors.ExportNotReady(),
    errors.TooManyExports(3),
    errors.WebhookOff(),
    errors.DeliveryPending(),
    errors.BudgetExceeded(150_000, 10_000),
    errors.EditCeilingExceeded(9_000_000, 5_000_000),
    errors.DayCeilingExceeded(150_000, 10_000),
    errors.RateLimited(1260),
    errors.ProviderUnavailable("Kling", "it does not answer"),
    errors.ProviderResting("Kling", "it failed three times", 300),
    errors.ProviderRateLimited("Kling", 12),
    errors.ProviderRejected("Kling", "this renderer is not set up here"),
    errors.ProviderError("Kling", "it failed"),
    errors.SubmissionUnknown("Kling", "it does not say what became of it"),
    errors.PredictionLost("Kling", "there is no such prediction"),
    errors.ChargeUnknown("Kling"),
    errors.FootageRejected("the file holds no pictures"),
    errors.EncodingFailed("the encoder stopped"),
    errors.SegmentMismatch("A segment of the film is damaged."),
    errors.BlobNotFound("jobs/clip_1.mp4"),
    errors.BlobConflict("jobs/clip_1.mp4"),
    errors.BlobTooLarge("jobs/clip_1.mp4", 50_000_000),
    errors.StorageFull(),
    errors.StorageUnavailable(),
    TooManyStreams(10),
)
_BY_CLASS: Final = {type(error): error for error in _SAMPLES}

_ALWAYS: Final[tuple[Cause, ...]] = ("unknown_host", "internal")
_ASKING: Final[tuple[Cause, ...]] = (*_ALWAYS, errors.RequestError, errors.StorageFull)
_CHANGING: Final[tuple[Cause, ...]] = (
    *_ASKING,
    *("foreign_origin", "too_large", "too_slow", "unsupported_media_type", "malformed_json"),
)
_POSTING: Final[tuple[Cause, ...]] = (
    *_CHANGING,
    errors.MalformedKey,
    errors.KeyReused,
    errors.RequestRunning,
    errors.OutcomeUnknown,
)
_JOB: Final[tuple[Cause, ...]] = (errors.JobNotFound, errors.NotAllowed, errors.MalformedId)
_CLIP: Final[tuple[Cause, ...]] = (*_JOB, errors.ClipNotFound)
_EDIT: Final[tuple[Cause, ...]] = (*_JOB, errors.RegenerationNotFound)
_FILES: Final[tuple[Cause, ...]] = (
    errors.FootageRejected,
    errors.EncodingFailed,
    errors.SegmentMismatch,
    errors.BlobNotFound,
    errors.BlobConflict,
    errors.BlobTooLarge,
    errors.StorageUnavailable,
)
_MEDIA: Final[tuple[Cause, ...]] = (
    *_ASKING,
    *_FILES,
    errors.LinkNotFound,
    *("changed", "range_not_satisfiable"),
)
_FILM: Final[tuple[Cause, ...]] = (
    *_MEDIA,
    *_JOB,
    errors.CompositionNotFound,
    errors.JobNotReady,
)
_WORDS: Final[tuple[Cause, ...]] = (
    errors.EmptyInstruction,
    errors.InstructionTooLong,
    errors.NeedsAnswer,
    errors.Unsupported,
    errors.ClipUnknown,
)
_PRICE: Final[tuple[Cause, ...]] = (
    errors.JobNotReady,
    errors.FootageMissing,
    errors.ProviderRejected,
    errors.ProviderUnavailable,
    errors.ProviderResting,
    errors.ProviderRateLimited,
    *_WORDS,
)
_START: Final[tuple[Cause, ...]] = (
    *_POSTING,
    *_JOB,
    *_PRICE,
    errors.ClipBusy,
    errors.QuoteNotFound,
    errors.QuoteSpent,
    errors.QuoteExpired,
    errors.BudgetExceeded,
    errors.EditCeilingExceeded,
    errors.DayCeilingExceeded,
    errors.RateLimited,
)
_START_UNQUOTED: Final[tuple[Cause, ...]] = (
    *_START,
    errors.QuoteRequired,
    errors.ClipNotFound,
)
_MOVE: Final[tuple[Cause, ...]] = (
    *_POSTING,
    *_JOB,
    *_FILES,
    errors.JobBusy,
    errors.JobNotReady,
    errors.ConflictError,
    errors.FilmMoved,
    errors.FootageMissing,
)
_TEMPLATE: Final[tuple[Cause, ...]] = (
    errors.TemplateNotFound,
    errors.NotAllowed,
    errors.MalformedId,
)
_KEEP_TEMPLATE: Final[tuple[Cause, ...]] = (
    errors.TemplateRejected,
    errors.TemplateNameTaken,
    *_WORDS,
)
_LOOK: Final[tuple[Cause, ...]] = (
    errors.SubmissionUnknown,
    errors.PredictionLost,
    errors.ChargeUnknown,
    errors.ProviderError,
    errors.ProviderUnavailable,
    errors.ProviderRateLimited,
    errors.ProviderRejected,
)
_WEBHOOK: Final[tuple[Cause, ...]] = (
    errors.WebhookNotFound,
    errors.NotAllowed,
    errors.MalformedId,
)
_EXPORT: Final[tuple[Cause, ...]] = (*_JOB, errors.ExportNotFound)
_SHOW: Final[tuple[Cause, ...]] = (
    *_MEDIA,
    *_CLIP,
    *_PRICE,
    errors.QuoteNotFound,
)

CAUSES: Final[Mapping[str, tuple[Cause, ...]]] = {
    "get_health": _ALWAYS,
    "get_me": _ASKING,
    "list_jobs": _ASKING,
    "get_job": (*_ASKING, *_JOB),
    "list_clips": (*_ASKING, *_JOB, errors.JobNotReady),
    "get_film": _FILM,
    "get_playlist": _FILM,
    "get_film_init": _FILM,
    "get_film_segment": (*_FILM, errors.SegmentNotFound),
    "get_footage": (*_MEDIA, *_CLIP, errors.VersionNotFound, errors.FootageMissing),
    "get_thumbnail": (
        *_ASKING,
        *_CLIP,
        errors.FootageMissing,
        errors.LinkNotFound,
        errors.StorageUnavailable,
    ),
    "get_still": (*_MEDIA, *_CLIP, errors.VersionNotFound, errors.FootageMissing),
    "plan_edit": (*_POSTING, *_JOB, *_WORDS, errors.JobNotReady, errors.ProviderRejected),
    "create_quote": (*_POSTING, *_JOB, *_PRICE),
    "confirm_quote": _START,
    "regenerate_clip": _START_UNQUOTED,
    "regenerate_clips": _START_UNQUOTED,
    "get_batch": (*_ASKING, *_EDIT),
    "cancel_batch": (*_CHANGING, *_EDIT),
    "list_regenerations": (*_ASKING, *_EDIT),
    "get_regeneration": (*_ASKING, *_EDIT),
    "cancel_regeneration": (*_CHANGING, *_EDIT),
    "look_again": (*_POSTING, *_EDIT, *_LOOK),
    "close_edit": (*_POSTING, *_EDIT, *_LOOK),
    "follow_events": (*_ASKING, *_JOB, errors.LinkNotFound, TooManyStreams),
    "list_versions": (*_ASKING, *_CLIP),
    "restore_version": (*_MOVE, errors.ClipNotFound, errors.VersionNotFound),
    "list_slots": (*_ASKING, *_JOB, errors.JobNotReady),
    "change_slots": (*_MOVE, errors.ClipUnknown, errors.SlotRefused),
    "undo_edit": (*_MOVE, errors.NothingToUndo),
    "redo_edit": (*_MOVE, errors.NothingToRedo),
    "get_frame_before": _SHOW,
    "get_frame_after": _SHOW,
    "get_preview": _SHOW,
    "list_exports": (*_ASKING, *_JOB),
    "begin_export": (
        *_POSTING,
        *_FILES,
        *_JOB,
        errors.CompositionNotFound,
        errors.JobNotReady,
        errors.FootageMissing,
        errors.TooManyExports,
    ),
    "get_export": (*_ASKING, *_EXPORT),
    "cancel_export": (*_CHANGING, *_EXPORT),
    "get_exported_film": (
        *_MEDIA,
        *_EXPORT,
        errors.ExportNotReady,
        errors.CompositionNotFound,
        errors.JobNotReady,
    ),
    "list_templates": _ASKING,
    "create_template": (
        *_POSTING,
        *_KEEP_TEMPLATE,
        errors.RegenerationNotFound,
        errors.NotAllowed,
        errors.MalformedId,
        errors.TooManyTemplates,
    ),
    "change_template": (*_CHANGING, *_TEMPLATE, *_KEEP_TEMPLATE),
    "delete_template": (*_CHANGING, *_TEMPLATE),
    "apply_template": (*_START_UNQUOTED, errors.TemplateNotFound),
    "list_webhooks": _ASKING,
    "create_webhook": (*_POSTING, errors.AddressRefused, errors.TooManyWebhooks),
    "get_webhook": (*_ASKING, *_WEBHOOK),
    "change_webhook": (*_CHANGING, *_WEBHOOK, errors.AddressRefused),
    "delete_webhook": (*_CHANGING, *_WEBHOOK),
    "rotate_webhook": (*_POSTING, *_WEBHOOK),
    "test_webhook": (*_POSTING, *_WEBHOOK, errors.WebhookOff, errors.DeliveryPending),
    "list_deliveries": (*_ASKING, *_WEBHOOK),
    "repeat_delivery": (
        *_POSTING,
        *_WEBHOOK,
        errors.DeliveryNotFound,
        errors.DeliveryPending,
        errors.WebhookOff,
    ),
}
"""By the name of the call."""


def refusals(call: str) -> Iterator[Refusal]:
    """Yield how a call may be refused, each once, by status."""
    causes = (*CAUSES[call], *(_unsigned() if call != "get_health" else ()))
    found = {refusal.code: refusal for refusal in map(_refusal, causes)}
    yield from sorted(found.values(), key=lambda each: (each.status, each.code))


def _unsigned() -> Iterator[Cause]:
    """Yield what those are told who did not sign in, or cannot be known now."""
    yield from (errors.NotSignedIn, errors.SignInUnavailable)


def _refusal(cause: Cause) -> Refusal:
    if isinstance(cause, str):
        status, detail = _PLAIN[cause]
        return Refusal(status, {"code": cause, "detail": detail, "retryable": False})
    return Refusal(status_of(cause), body_of(_BY_CLASS[cause]))
