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
from clipbot.store.tables.webhooks import DeliveryRow, WebhookRow

__all__ = [
    "ClipRegenerationRow",
    "ClipThumbnailRow",
    "ClipVersionRow",
    "CompositionRow",
    "CurrentVersionRow",
    "DayFundsRow",
    "DeliveryRow",
    "EditLogRow",
    "FootageRow",
    "IdempotencyKeyRow",
    "JobCostRow",
    "JobEventRow",
    "JobFundsRow",
    "JobRow",
    "JobStageRow",
    "JobStateRow",
    "LedgerRow",
    "MessageRow",
    "ModelHealthRow",
    "QuoteRow",
    "RegenerationAnalyticsRow",
    "RegenerationRow",
    "RenderIntentRow",
    "SlotChoiceRow",
    "UserRoleRow",
    "UserTemplateRow",
    "WebhookRow",
    "WorkerRow",
]
