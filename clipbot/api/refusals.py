"""Which call may be refused how: every code, its status, and what it looks like.

What OpenAPI says of errors is made from this table, and the tests hold the app to it. A
call that is not listed here is not described.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from clipbot import errors
from clipbot.api.errors import TooManyStreams, body_of, status_of
from clipbot.api.samples import PLAIN, SAMPLES

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


_BY_CLASS: Final = {type(error): error for error in SAMPLES}

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
    errors.FootageMissing,
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
    errors.StorageUnavailable,
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
_SHARE: Final[tuple[Cause, ...]] = (errors.ShareNotFound, errors.MalformedId)
_SHOWN: Final[tuple[Cause, ...]] = (
    errors.ClipNotFound,
    errors.VersionNotFound,
    errors.FootageMissing,
    errors.JobNotReady,
)
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
    "get_consistency": (*_ASKING, *_JOB, errors.JobNotReady),
    "get_wave": (*_ASKING, *_JOB, errors.JobNotReady, errors.StorageUnavailable),
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
    "plan_edit": (
        *_POSTING,
        *_JOB,
        *_WORDS,
        errors.JobNotReady,
        errors.ProviderRejected,
        errors.StorageUnavailable,
    ),
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
    "compare_versions": (
        *_ASKING,
        *_CLIP,
        *_FILES,
        errors.VersionNotFound,
        errors.FootageMissing,
        errors.JobNotReady,
    ),
    "list_films": (*_ASKING, *_JOB),
    "compare_films": (*_ASKING, *_JOB, errors.CompositionNotFound),
    "list_versions": (*_ASKING, *_CLIP),
    "restore_version": (*_MOVE, errors.ClipNotFound, errors.VersionNotFound),
    "delete_version": (
        *_CHANGING,
        *_CLIP,
        errors.JobNotReady,
        errors.VersionNotFound,
        errors.FootageNeeded,
        errors.ClipBusy,
    ),
    "list_takes": (*_ASKING, *_CLIP, errors.JobNotReady),
    "quote_takes": (*_POSTING, *_CLIP, *_PRICE, errors.VersionNotFound),
    "keep_take": (
        *_MOVE,
        errors.ClipNotFound,
        errors.RegenerationNotFound,
        errors.VersionNotFound,
    ),
    "ask_first": (*_POSTING, *_JOB),
    "drop_offer": (*_POSTING, *_CLIP, errors.VersionNotFound),
    "list_slots": (*_ASKING, *_JOB, errors.JobNotReady),
    "change_slots": (*_MOVE, errors.ClipUnknown, errors.SlotRefused),
    "get_review": (*_ASKING, *_EDIT, errors.JobNotReady),
    "get_review_csv": (*_ASKING, *_JOB, errors.JobNotReady),
    "get_review_json": (*_ASKING, *_JOB, errors.JobNotReady),
    "mark_regeneration": (*_CHANGING, *_EDIT, errors.JobNotReady),
    "list_marks": (*_ASKING, *_EDIT),
    "create_share": (*_POSTING, *_JOB, errors.TooManyShares),
    "list_shares": (*_ASKING, *_JOB),
    "revoke_share": (*_CHANGING, *_JOB, errors.ShareNotFound),
    "open_share": (*_CHANGING, *_SHARE),
    "get_shared_review": (
        *_ASKING,
        *_SHARE,
        errors.RegenerationNotFound,
        errors.JobNotReady,
    ),
    "get_shared_csv": (*_ASKING, *_SHARE, errors.JobNotReady),
    "get_shared_json": (*_ASKING, *_SHARE, errors.JobNotReady),
    "get_shared_still": (*_MEDIA, *_SHARE, *_SHOWN),
    "get_shared_footage": (*_MEDIA, *_SHARE, *_SHOWN),
    "get_history": (*_ASKING, *_JOB),
    "go_to_entry": (*_MOVE, errors.EntryNotFound),
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
_OPEN: Final = frozenset(
    {
        "get_health",
        "open_share",
        "get_shared_review",
        "get_shared_csv",
        "get_shared_json",
        "get_shared_still",
        "get_shared_footage",
    }
)
"""Calls for which nobody signs in."""


def refusals(call: str) -> Iterator[Refusal]:
    """Yield how a call may be refused, each once, by status."""
    causes = (*CAUSES[call], *(() if call in _OPEN else _unsigned()))
    found = {refusal.code: refusal for refusal in map(_refusal, causes)}
    yield from sorted(found.values(), key=lambda each: (each.status, each.code))


def _unsigned() -> Iterator[Cause]:
    """Yield what those are told who did not sign in, or cannot be known now."""
    yield from (errors.NotSignedIn, errors.SignInUnavailable)


def _refusal(cause: Cause) -> Refusal:
    if isinstance(cause, str):
        status, detail = PLAIN[cause]
        return Refusal(status, {"code": cause, "detail": detail, "retryable": False})
    return Refusal(status_of(cause), body_of(_BY_CLASS[cause]))
