"""The tables. Rows stay inside `store`; it hands out the frozen values of `records`.

`pipeline` are the pipeline's, the others are ours.
"""

from clipbot.store.tables.edits import (
    JobEventRow,
    MessageRow,
    ModelHealthRow,
    RegenerationRow,
    RenderIntentRow,
    WorkerRow,
)
from clipbot.store.tables.films import (
    CompositionRow,
    CurrentVersionRow,
    EditLogRow,
    FootageRow,
    FootageSignatureRow,
    JobStateRow,
    SlotChoiceRow,
)
from clipbot.store.tables.money import DayFundsRow, JobFundsRow, LedgerRow, QuoteRow
from clipbot.store.tables.pipeline import (
    ClipRegenerationRow,
    ClipThumbnailRow,
    ClipVersionRow,
    JobCostRow,
    JobRow,
    JobStageRow,
    RegenerationAnalyticsRow,
    UserRoleRow,
    UserTemplateRow,
)
from clipbot.store.tables.repeats import IdempotencyKeyRow
from clipbot.store.tables.retention import ChoreRow, LeftoverRow
from clipbot.store.tables.reviews import ReviewMarkRow, ReviewShareRow
from clipbot.store.tables.webhooks import DeliveryRow, WebhookRow

__all__ = [
    "ChoreRow",
    "ClipRegenerationRow",
    "ClipThumbnailRow",
    "ClipVersionRow",
    "CompositionRow",
    "CurrentVersionRow",
    "DayFundsRow",
    "DeliveryRow",
    "EditLogRow",
    "FootageRow",
    "FootageSignatureRow",
    "IdempotencyKeyRow",
    "JobCostRow",
    "JobEventRow",
    "JobFundsRow",
    "JobRow",
    "JobStageRow",
    "JobStateRow",
    "LedgerRow",
    "LeftoverRow",
    "MessageRow",
    "ModelHealthRow",
    "QuoteRow",
    "RegenerationAnalyticsRow",
    "RegenerationRow",
    "RenderIntentRow",
    "ReviewMarkRow",
    "ReviewShareRow",
    "SlotChoiceRow",
    "UserRoleRow",
    "UserTemplateRow",
    "WebhookRow",
    "WorkerRow",
]
