"""Everything that can go wrong on purpose, in one tree.

    ClipbotError
    ├── RequestError            whoever asked can fix it
    │   ├── EmptyInstruction
    │   ├── InstructionTooLong
    │   ├── MalformedId
    │   ├── JobNotFound
    │   ├── ClipNotFound        the address names a clip that the job does not have
    │   ├── ClipUnknown         the same, inside a request's body
    │   ├── SlotRefused         clips cannot meet, or fill their slots, in that way
    │   ├── VersionNotFound
    │   ├── RegenerationNotFound
    │   ├── CompositionNotFound
    │   ├── SegmentNotFound     the film has fewer media segments
    │   ├── EntryNotFound        the film has fewer changes
    │   ├── QuoteNotFound
    │   ├── TemplateNotFound
    │   ├── TemplateRejected    it has no fitting name, or is no change of a clip
    │   ├── WebhookNotFound
    │   ├── DeliveryNotFound
    │   ├── AddressRefused      nothing is sent to such an address
    │   ├── FootageMissing      the version's file is not there any more
    │   ├── ExportNotFound      never asked for, or forgotten by now
    │   ├── ShareNotFound       a link to a review has ended, was taken back, or is not whole
    │   ├── LinkNotFound        a signed address is too old, or for something else
    │   ├── MalformedKey        the `Idempotency-Key` is no key
    │   ├── KeyReused           it came with another request before
    │   ├── NeedsAnswer         the wish is unclear: choose one of `choices`
    │   └── Unsupported         nothing here can do this wish
    ├── NotSignedIn             nobody knows who asks
    │   └── WrongCredentials    the e-mail address and the password do not fit
    ├── SignInUnavailable       (retryable) whoever knows the people cannot be asked now
    ├── NotAllowed              somebody else's job
    │   └── HookRejected        nobody can tell who sent this hook
    ├── ConflictError           right request, wrong moment
    │   ├── JobNotReady
    │   ├── JobBusy
    │   ├── FootageNeeded       it is not to be deleted: the film or an edit needs it
    │   ├── ClipBusy
    │   ├── FilmMoved           it is another one than the new version was put into
    │   ├── NothingToUndo
    │   ├── NothingToRedo
    │   ├── QuoteExpired
    │   ├── QuoteSpent
    │   ├── QuoteRequired
    │   ├── RequestRunning      the same request, with the same key, is under way
    │   ├── OutcomeUnknown      its process died before it was answered
    │   ├── TemplateNameTaken
    │   ├── TooManyTemplates
    │   ├── TooManyWebhooks
    │   ├── TooManyShares       the job has as many links to its review as it may have
    │   ├── ExportNotReady
    │   ├── TooManyExports      the person waits for some already
    │   ├── WebhookOff          nothing is sent to it while it is switched off
    │   └── DeliveryPending     it is going to be sent anyway
    ├── BudgetExceeded          the job has no money left for this edit
    │   ├── EditCeilingExceeded no single edit may cost as much
    │   └── DayCeilingExceeded  the person has spent what a day allows
    ├── TooManyGuests           (retryable) the sample is being tried by as many as fit
    ├── RateLimited             too many paid edits in the hour
    │   └── TooManyAttempts     too many tries to sign in
    ├── ProviderError           a renderer or a language model failed
    │   ├── ProviderUnavailable (retryable)
    │   │   └── ProviderResting it failed too often lately, so it is not asked
    │   ├── ProviderRateLimited (retryable)
    │   ├── ProviderRejected    it refused this input
    │   ├── ContentRefused      it minds what the footage would show; other words may help
    │   ├── ModelRefused        a language model declined to write this
    │   ├── ModelUnusable       it answered, and nothing sound could be made of that
    │   ├── SubmissionUnknown   sent, no answer: it may be running and charged
    │   ├── PredictionLost      it was running, and is no longer known there
    │   └── ChargeUnknown       the edit is over, and nobody can say yet what it cost
    ├── MediaError              a file is not what it should be
    │   ├── FootageRejected     new footage failed its checks
    │   ├── EncodingFailed
    │   └── SegmentMismatch     a segment does not fit its place in the film
    ├── BlobError               storage failed
    │   ├── BlobNotFound
    │   ├── BlobConflict        the key already holds something else
    │   ├── BlobNameRefused     storage takes no files of such a name
    │   ├── BlobTooLarge        storage takes no files of such a size
    │   ├── StorageFull
    │   └── StorageUnavailable  (retryable) it does not answer, or not sensibly
    ├── EditCancelled           somebody took the edit back while it ran
    └── ConfigurationError      clipbot is set up wrongly

Callers branch on the class, clients on `code`, workflows on `retryable`.
Anything outside this tree is a bug: it is never caught, only logged at the edge.
"""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID


class ClipbotError(Exception):
    """Base of every error raised on purpose by this package."""

    code: ClassVar[str] = "internal"
    retryable: ClassVar[bool] = False


class RequestError(ClipbotError):
    """The request cannot be carried out as it stands; asking differently helps."""

    code = "invalid_request"


class EmptyInstruction(RequestError):
    """The instruction holds no words."""

    code = "empty_instruction"

    def __init__(self) -> None:
        super().__init__("Please say what should change.")


class InstructionTooLong(RequestError):
    """The instruction is longer than any plan can use."""

    code = "instruction_too_long"

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"Please use at most {limit:,} characters; this has {length:,}.")
        self.length = length
        self.limit = limit


class MalformedId(RequestError):
    """An identifier is not in the form that this kind of thing has."""

    code = "malformed_id"

    def __init__(self, kind: str) -> None:
        super().__init__(f"That is not the id of a {kind}.")
        self.kind = kind


class JobNotFound(RequestError):
    """No job has this id."""

    code = "job_not_found"

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no job {name}.")
        self.name = name


class ClipNotFound(RequestError):
    """The job has no clip with this index."""

    code = "clip_not_found"

    def __init__(self, index: int, count: int) -> None:
        super().__init__(f"There is no clip {index + 1}; this video has {count}.")
        self.index = index
        self.count = count


class ClipUnknown(RequestError):
    """A request's body names a clip that the job does not have."""

    code = "clip_unknown"

    def __init__(self, index: int, count: int) -> None:
        super().__init__(f"There is no clip {index + 1}; this video has {count}.")
        self.index = index
        self.count = count


class SlotRefused(RequestError):
    """A slot cannot be filled, or two cannot meet, in that way."""

    code = "slot_refused"


class VersionNotFound(RequestError):
    """The clip has no such version."""

    code = "version_not_found"

    def __init__(self, clip_index: int, version: object) -> None:
        super().__init__(f"Clip {clip_index + 1} has no version {version}.")
        self.clip_index = clip_index
        self.version = version


class RegenerationNotFound(RequestError):
    """The job has no such regeneration."""

    code = "regeneration_not_found"

    def __init__(self, regeneration_id: UUID) -> None:
        super().__init__("This job has no such edit.")
        self.regeneration_id = regeneration_id


class CompositionNotFound(RequestError):
    """The job has no film with this number yet."""

    code = "composition_not_found"

    def __init__(self, number: int | None) -> None:
        super().__init__(
            "The film is not put together yet."
            if number is None
            else f"There is no film number {number}."
        )
        self.number = number


class SegmentNotFound(RequestError):
    """The film in fragments has no media segment with this number."""

    code = "segment_not_found"

    def __init__(self, number: int, count: int) -> None:
        super().__init__(f"The film has {count} segments; there is no number {number}.")
        self.number = number
        self.count = count


class QuoteNotFound(RequestError):
    """No open quote of this user has this id."""

    code = "quote_not_found"

    def __init__(self) -> None:
        super().__init__("That quote does not exist; please ask for the price again.")


class EntryNotFound(RequestError):
    """The film has fewer changes."""

    code = "entry_not_found"

    def __init__(self, position: int, count: int) -> None:
        super().__init__(f"There is no change {position}; this film has {count}.")


class TemplateNotFound(RequestError):
    """No template that this user may see has this id."""

    code = "template_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such template.")


class TemplateRejected(RequestError):
    """A template cannot be kept as it stands; the message says what to change."""

    code = "template_rejected"


class WebhookNotFound(RequestError):
    """No webhook has this id."""

    code = "webhook_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such webhook.")


class DeliveryNotFound(RequestError):
    """The webhook has no delivery of this id, or not any more."""

    code = "delivery_not_found"

    def __init__(self) -> None:
        super().__init__("This webhook has no such delivery; they are kept for 30 days.")


class AddressRefused(RequestError):
    """Nothing is sent to such an address; the message says what is wrong with it."""

    code = "address_refused"


class FootageMissing(RequestError):
    """A version's media file is not kept any more, or never was made."""

    code = "footage_missing"

    def __init__(
        self, clip_index: int, host: str | None = None, *, deleted: int | None = None
    ) -> None:
        clip = f"clip {clip_index + 1}"
        message = f"C{clip[1:]} has no footage to work on."
        if host:
            message = f"The footage of {clip} lies on {host}, not in the storage."
        if deleted:
            message = (
                f"The footage of version {deleted} of {clip} was deleted, so it cannot come back."
            )
        super().__init__(message)
        self.clip_index = clip_index
        self.deleted = deleted
        """The version whose footage was deleted on purpose, by a person or by retention."""
        self.host = host
        """Where the stored address leads, if that is not the storage."""


class MalformedKey(RequestError):
    """The `Idempotency-Key` of a request is not one."""

    code = "malformed_key"

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"An Idempotency-Key has 1 to {limit} visible ASCII characters, "
            "and there is one per request."
        )
        self.limit = limit


class KeyReused(RequestError):
    """The `Idempotency-Key` came with another request before."""

    code = "key_reused"

    def __init__(self) -> None:
        super().__init__("This Idempotency-Key belongs to another request; please use a new one.")


class NeedsAnswer(RequestError):
    """The wish is unclear; each choice is a complete instruction."""

    code = "needs_answer"

    def __init__(self, question: str, choices: Sequence[str] = ()) -> None:
        super().__init__(question)
        self.choices = tuple(choices)


class Unsupported(RequestError):
    """Nothing that is set up here can do this wish; nothing was changed."""

    code = "unsupported"

    def __init__(self, message: str, *, leftover: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.leftover = tuple(leftover)


class ExportNotFound(RequestError):
    """Nothing is known of that export: never asked for, or forgotten by now."""

    code = "export_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such export, or not any more; please export again.")


class LinkNotFound(RequestError):
    """The token in an address does not open it: too old, or made for something else."""

    code = "link_not_found"

    def __init__(self) -> None:
        super().__init__("This link leads nowhere, or not any more.")


class ShareNotFound(RequestError):
    """A link to a review opens nothing: wrong, ended, or taken back, and nobody is told which."""

    code = "share_not_found"

    def __init__(self) -> None:
        super().__init__("This link to a review does not hold, or not any more; ask for a new one.")


class NotSignedIn(ClipbotError):
    """The request says not, or not credibly, whose it is."""

    code = "not_signed_in"

    def __init__(self, message: str = "Please sign in first.", *, is_refused: bool = False) -> None:
        super().__init__(message)
        self.is_refused = is_refused
        """Whether something was shown, and did not convince."""


class WrongCredentials(NotSignedIn):
    """The e-mail address and the password do not belong together; or one may not come in."""

    code = "wrong_credentials"

    def __init__(
        self, message: str = "That e-mail address and password do not belong together."
    ) -> None:
        super().__init__(message, is_refused=True)


class SignInUnavailable(ClipbotError):
    """Whoever knows the people does not answer."""

    code = "sign_in_unavailable"
    retryable = True

    def __init__(self) -> None:
        super().__init__("Signing in does not work right now; please try again in a moment.")


class NotAllowed(ClipbotError):
    """The thing exists and belongs to somebody else."""

    code = "not_allowed"

    def __init__(self, message: str = "This job belongs to somebody else.") -> None:
        super().__init__(message)


class HookRejected(NotAllowed):
    """A hook is not signed by the provider, is too old, or says nothing."""

    code = "hook_rejected"

    def __init__(self) -> None:
        super().__init__("This is no signed hook of a provider.")


class ConflictError(ClipbotError):
    """The request is right, the moment is not."""

    code = "conflict"


class JobNotReady(ConflictError):
    """The job is still being made, or failed before it had clips."""

    code = "job_not_ready"

    def __init__(self, status: str) -> None:
        super().__init__(f"This job is {status}; it can be edited once it is completed.")
        self.status = status


class JobBusy(ConflictError):
    """An edit of the job is queued or running."""

    code = "job_busy"
    retryable = True

    def __init__(self) -> None:
        super().__init__("An edit is still running; cancel it or wait until it is done.")


class FootageNeeded(ConflictError):
    """The footage of a version is not to be deleted; the message says why."""

    code = "footage_needed"


class ClipBusy(ConflictError):
    """An edit of this clip is queued or running."""

    code = "clip_busy"
    retryable = True

    def __init__(self, clip_index: int) -> None:
        super().__init__(f"Clip {clip_index + 1} is already being edited.")
        self.clip_index = clip_index


class FilmMoved(ConflictError):
    """The film was changed while a new version was put into it."""

    code = "film_moved"
    retryable = True

    def __init__(self) -> None:
        super().__init__("The film was changed meanwhile; please try again.")


class NothingToUndo(ConflictError):
    """The edit log is at its beginning."""

    code = "nothing_to_undo"

    def __init__(self) -> None:
        super().__init__("There is nothing to undo.")


class NothingToRedo(ConflictError):
    """The edit log is at its end."""

    code = "nothing_to_redo"

    def __init__(self) -> None:
        super().__init__("There is nothing to redo.")


class QuoteExpired(ConflictError):
    """The quote was not confirmed in time."""

    code = "quote_expired"

    def __init__(self) -> None:
        super().__init__("That price has expired; please ask again.")


class QuoteSpent(ConflictError):
    """The quote was confirmed before; a quote is good for one edit."""

    code = "quote_spent"

    def __init__(self) -> None:
        super().__init__("That quote was already used.")


class QuoteRequired(ConflictError):
    """The edit costs money, so its price must be confirmed first."""

    code = "quote_required"

    def __init__(self, quote_id: UUID) -> None:
        super().__init__("This edit costs money; please confirm its price first.")
        self.quote_id = quote_id


class RequestRunning(ConflictError):
    """The same request, with the same key, is being carried out."""

    code = "request_running"
    retryable = True

    def __init__(self) -> None:
        super().__init__("This very request is being carried out; ask again in a moment.")


class OutcomeUnknown(ConflictError):
    """A request was interrupted before it was answered; it is never carried out twice."""

    code = "outcome_unknown"

    def __init__(self) -> None:
        super().__init__(
            "This request was interrupted and may have been carried out; "
            "please look, and use a new key to send it again."
        )


class TemplateNameTaken(ConflictError):
    """The user has a template of this name."""

    code = "template_name_taken"

    def __init__(self, name: str) -> None:
        super().__init__(f"You have a template named “{name}”; please choose another name.")
        self.name = name


class TooManyTemplates(ConflictError):
    """The user has as many templates as one may have."""

    code = "too_many_templates"

    def __init__(self, most: int) -> None:
        super().__init__(f"You have {most} templates; please delete one first.")
        self.most = most


class TooManyWebhooks(ConflictError):
    """The user has as many webhooks as one may have."""

    code = "too_many_webhooks"

    def __init__(self, most: int) -> None:
        super().__init__(f"You have {most} webhooks; please delete one first.")
        self.most = most


class TooManyShares(ConflictError):
    """The job's review is shared by as many links as may hold at once."""

    code = "too_many_shares"

    def __init__(self, most: int) -> None:
        super().__init__(f"This review has {most} links; please take one back first.")
        self.most = most


class ExportNotReady(ConflictError):
    """The export is still being made, or was stopped."""

    code = "export_not_ready"

    def __init__(self) -> None:
        super().__init__("The export is not ready.")


class TooManyExports(ConflictError):
    """The person waits for several exports already."""

    code = "too_many_exports"

    def __init__(self, limit: int) -> None:
        super().__init__(f"{limit} exports are being made already; please wait for one of them.")
        self.limit = limit


class WebhookOff(ConflictError):
    """The webhook is switched off, so nothing is sent to it."""

    code = "webhook_off"

    def __init__(self) -> None:
        super().__init__("This webhook is switched off; please switch it on first.")


class DeliveryPending(ConflictError):
    """The same is going to be sent anyway."""

    code = "delivery_pending"

    def __init__(self) -> None:
        super().__init__("That is waiting to be sent already.")


class BudgetExceeded(ClipbotError):
    """The job cannot afford this edit; nothing was written."""

    code = "budget_exceeded"
    limit: ClassVar[str] = "of the budget is left"

    def __init__(self, wanted_micros: int, left_micros: int) -> None:
        super().__init__(
            f"This edit may cost ${wanted_micros / 1e6:.2f}, "
            f"and ${left_micros / 1e6:.2f} {self.limit}."
        )
        self.wanted_micros = wanted_micros
        self.left_micros = left_micros


class EditCeilingExceeded(BudgetExceeded):
    """No edit may cost as much, whatever the job's budget; nothing was written."""

    code = "edit_ceiling_exceeded"
    limit = "is the most that one edit may cost"


class DayCeilingExceeded(BudgetExceeded):
    """The person has spent, or set aside, what one day allows; nothing was written."""

    code = "day_ceiling_exceeded"
    limit = "is left of what may be spent today"


class TooManyGuests(ClipbotError):
    """As many people have a copy of the sample as this place has room for."""

    code = "too_many_guests"
    retryable = True

    def __init__(self) -> None:
        super().__init__("Many people try this right now; please come back in a few minutes.")


class RateLimited(ClipbotError):
    """Too many paid edits of one job within the hour."""

    code = "rate_limited"
    retryable = True

    def __init__(self, retry_after_seconds: int) -> None:
        minutes = max(1, round(retry_after_seconds / 60))
        super().__init__(f"Too many edits within the hour; try again in {minutes} min.")
        self.retry_after_seconds = retry_after_seconds


class TooManyAttempts(RateLimited):
    """Somebody tried too often to sign in."""

    code = "too_many_attempts"

    def __init__(self, retry_after_seconds: int) -> None:
        minutes = max(1, -(-retry_after_seconds // 60))
        ClipbotError.__init__(self, f"Too many tries; please wait {minutes} min, then try again.")
        self.retry_after_seconds = retry_after_seconds


class ProviderError(ClipbotError):
    """A renderer or a language model failed.

    Args:
        provider: Its name, as people know it.
        reason: What it said, in a few words.
    """

    code = "provider_error"

    def __init__(self, provider: str, reason: str) -> None:
        super().__init__(f"{provider}: {reason}.")
        self.provider = provider
        self.reason = reason
        self.spent_micros = 0
        """What had been charged by then; set by whoever counted it."""


class ProviderUnavailable(ProviderError):
    """Nothing was started; safe to try again."""

    code = "provider_unavailable"
    retryable = True


class ProviderResting(ProviderUnavailable):
    """It failed too often lately and is left alone for a while; nothing was started."""

    code = "provider_resting"

    def __init__(self, provider: str, reason: str, retry_after_seconds: int) -> None:
        minutes = max(1, round(retry_after_seconds / 60))
        super().__init__(provider, f"{reason}; it is left alone for {minutes} min")
        self.retry_after_seconds = retry_after_seconds


class ProviderRateLimited(ProviderError):
    """Nothing was started; `retry_after_seconds` is the provider's own advice, if any."""

    code = "provider_rate_limited"
    retryable = True

    def __init__(self, provider: str, retry_after_seconds: float | None) -> None:
        super().__init__(provider, "too many requests")
        self.retry_after_seconds = retry_after_seconds


class ProviderRejected(ProviderError):
    """The provider will never accept this input."""

    code = "provider_rejected"


class ContentRefused(ProviderError):
    """The provider minds what the footage would show; nothing was made."""

    code = "content_refused"

    def __init__(self, provider: str, reason: str) -> None:
        super().__init__(provider, reason)
        self.args = (f"{provider} would not show this: “{reason}”. Other words may help.",)


class ModelRefused(ProviderError):
    """A language model declined to write this; it would again."""

    code = "model_refused"


class ModelUnusable(ProviderError):
    """A language model answered, also when asked again, and nothing sound came of it."""

    code = "model_unusable"


class SubmissionUnknown(ProviderError):
    """A paid request was sent and no answer came: it may be running, and charged.

    Never retried blindly. The workflow first looks for the prediction at the provider.
    """

    code = "submission_unknown"


class PredictionLost(ProviderError):
    """The provider does not know the prediction any more."""

    code = "prediction_lost"


class ChargeUnknown(ProviderError):
    """The edit is over and the provider cannot be asked what it cost; the money stays set aside."""

    code = "charge_unknown"

    def __init__(self, provider: str) -> None:
        super().__init__(provider, "it does not say yet what this edit cost")


class MediaError(ClipbotError):
    """A media file is not what it should be."""

    code = "media_error"


class FootageRejected(MediaError):
    """Footage failed its checks; nothing of it entered the film."""

    code = "footage_rejected"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The footage cannot be used: {reason}.")
        self.reason = reason


class EncodingFailed(MediaError):
    """The encoder stopped before it was done; no file was left behind."""

    code = "encoding_failed"

    def __init__(self, reason: str) -> None:
        super().__init__(f"Encoding failed: {reason}.")
        self.reason = reason


class SegmentMismatch(MediaError):
    """A segment has other frames or parameters than its place in the film needs."""

    code = "segment_mismatch"


class BlobError(ClipbotError):
    """Storage failed."""

    code = "storage_error"


class BlobNotFound(BlobError):
    """There is no file under this key."""

    code = "blob_not_found"

    def __init__(self, key: str) -> None:
        super().__init__("A file of this job is missing in storage.")
        self.key = key


class BlobConflict(BlobError):
    """The key already holds something else; files are never overwritten."""

    code = "blob_conflict"

    def __init__(self, key: str) -> None:
        super().__init__("A file of that name already exists in storage.")
        self.key = key


class BlobNameRefused(BlobError):
    """No file can be kept under such a key; nothing was sent."""

    code = "blob_name_refused"

    def __init__(self, key: str) -> None:
        super().__init__("The storage takes no file of that name.")
        self.key = key


class BlobTooLarge(BlobError):
    """The storage takes no file of this size there; nothing was kept."""

    code = "blob_too_large"

    def __init__(self, key: str, most_bytes: int | None = None) -> None:
        limit = f": it takes at most {most_bytes / 1e6:.0f} MB" if most_bytes else ""
        super().__init__(f"The file is too large for the storage{limit}.")
        self.key = key
        self.most_bytes = most_bytes


class StorageUnavailable(BlobError):
    """The storage is away for now; whether a file is there cannot be said."""

    code = "storage_unavailable"
    retryable = True

    def __init__(self, reason: str = "it does not answer") -> None:
        super().__init__(f"The storage cannot be used just now ({reason}); please try again.")
        self.reason = reason


class StorageFull(BlobError):
    """There is no room left; nothing was kept of what was being written."""

    code = "storage_full"
    retryable = True

    def __init__(self) -> None:
        super().__init__("There is no space left on the disk; nothing was changed.")


class EditCancelled(ClipbotError):
    """Somebody took the edit back while it ran; the film is as before."""

    code = "cancelled"

    def __init__(self) -> None:
        super().__init__("The edit was cancelled; the film is as before.")
        self.spent_micros = 0
        """What a language model had charged by then; set by whoever counted it."""


class ConfigurationError(ClipbotError):
    """Clipbot is set up wrongly, or half."""

    code = "configuration"
