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
from clipbot.store.records.films import CompositionRecord, FootageRecord, NewComposition
from clipbot.store.records.jobs import EventRecord, JobRecord, JobStatus, StageRecord
from clipbot.store.records.talk import MessageRecord, NewTemplate, TemplateRecord
from clipbot.store.records.versions import NewVersion, OriginalVersion, Publication, VersionRecord

__all__ = [
    "OPEN_STATUSES",
    "CompositionRecord",
    "EventRecord",
    "FootageRecord",
    "IntentRecord",
    "JobRecord",
    "JobStatus",
    "MessageRecord",
    "NewComposition",
    "NewPrompt",
    "NewRegeneration",
    "NewTemplate",
    "NewVersion",
    "OriginalVersion",
    "Outcome",
    "Place",
    "Publication",
    "RegenerationRecord",
    "RegenerationStatus",
    "StageRecord",
    "TemplateRecord",
    "VersionRecord",
]
