"""What the store hands out and takes in: frozen values, never rows.

A record is what was true when it was read. Money is in micros, times are aware
datetimes in UTC, positions are frames.
"""

from clipbot.store.records.edits import (
    OPEN_STATUSES,
    IntentRecord,
    NewPrompt,
    NewRegeneration,
    Outcome,
    Place,
    RegenerationRecord,
    RegenerationStatus,
)
from clipbot.store.records.films import (
    CompositionRecord,
    FilmRecord,
    FootageRecord,
    NewComposition,
)
from clipbot.store.records.jobs import EventRecord, JobRecord, JobStatus, StageRecord, StoredStage
from clipbot.store.records.repeats import KeptAnswer, KeptRequest
from clipbot.store.records.retention import ChoreRecord, FootageCounts, WantedFootage
from clipbot.store.records.reviews import (
    Counts,
    MarkRecord,
    NewMark,
    NewShare,
    Reviewed,
    ReviewedEdit,
    ShareRecord,
    Wanted,
)
from clipbot.store.records.talk import MessageRecord, NewTemplate, TemplateRecord
from clipbot.store.records.versions import NewVersion, OriginalVersion, Publication, VersionRecord
from clipbot.store.records.webhooks import (
    AttemptEnd,
    DeliveryRecord,
    DeliveryState,
    Message,
    NewWebhook,
    WebhookChange,
    WebhookRecord,
    WebhookState,
)

__all__ = [
    "OPEN_STATUSES",
    "AttemptEnd",
    "ChoreRecord",
    "CompositionRecord",
    "Counts",
    "DeliveryRecord",
    "DeliveryState",
    "EventRecord",
    "FilmRecord",
    "FootageCounts",
    "FootageRecord",
    "IntentRecord",
    "JobRecord",
    "JobStatus",
    "KeptAnswer",
    "KeptRequest",
    "MarkRecord",
    "Message",
    "MessageRecord",
    "NewComposition",
    "NewMark",
    "NewPrompt",
    "NewRegeneration",
    "NewShare",
    "NewTemplate",
    "NewVersion",
    "NewWebhook",
    "OriginalVersion",
    "Outcome",
    "Place",
    "Publication",
    "RegenerationRecord",
    "RegenerationStatus",
    "Reviewed",
    "ReviewedEdit",
    "ShareRecord",
    "StageRecord",
    "StoredStage",
    "TemplateRecord",
    "VersionRecord",
    "Wanted",
    "WantedFootage",
    "WebhookChange",
    "WebhookRecord",
    "WebhookState",
]
