"""How far a batch is, from how far its edits are."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

import pytest

from clipbot.api.models.regenerations import BatchStatus
from clipbot.domain.plan import Edit
from clipbot.services.views import RegenerationRecord, RegenerationStatus

Q, P, C, F, X = (
    RegenerationStatus.QUEUED,
    RegenerationStatus.PROCESSING,
    RegenerationStatus.COMPLETED,
    RegenerationStatus.FAILED,
    RegenerationStatus.CANCELLED,
)


def record(index: int, status: RegenerationStatus) -> RegenerationRecord:
    return RegenerationRecord(
        id=UUID(int=index + 1),
        job_id=UUID(int=1),
        user_id=UUID(int=2),
        clip_index=index,
        edit=Edit((index + 1,)),
        instruction="make it night",
        renderer="local",
        status=status,
        estimate_micros=150_000,
        ceiling_micros=150_000,
        estimated_seconds=2.0,
        seed=1,
        temperature=0.5,
        progress={Q: 0, P: 50, C: 100}.get(status, 30),
        message="",
        is_cancel_requested=False,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        cost_micros=100_000 if status is C else 0,
        error="It failed." if status is F else None,
        error_code="provider_error" if status is F else None,
    )


@pytest.mark.parametrize(
    ("statuses", "status", "progress", "completed", "failed", "cost"),
    [
        ([Q, Q], "queued", 0, 0, 0, "0.00"),
        ([P, Q], "processing", 25, 0, 0, "0.00"),
        ([C, Q], "processing", 50, 1, 0, "0.10"),
        ([F, P], "processing", 75, 0, 1, "0.00"),
        ([C, C], "completed", 100, 2, 0, "0.20"),
        ([C, F, X], "partial", 100, 1, 2, "0.10"),
        ([F, X], "failed", 100, 0, 2, "0.00"),
        ([X, X], "cancelled", 100, 0, 2, "0.00"),
        ([X, P], "processing", 75, 0, 1, "0.00"),
    ],
)
def test_a_batch_is_as_far_as_its_edits(
    statuses: Sequence[RegenerationStatus],
    status: str,
    progress: int,
    completed: int,
    failed: int,
    cost: str,
) -> None:
    found = BatchStatus.of(UUID(int=9), [record(i, each) for i, each in enumerate(statuses)])

    assert (found.status, found.progress, found.total) == (status, progress, len(statuses))
    assert (found.completed, found.failed, found.total_cost) == (completed, failed, cost)
    assert found.cancelled == list(statuses).count(X)
    assert found.estimated_total_cost == found.ceiling == f"0.{15 * len(statuses)}"
    assert found.estimated_time == 2.0 * sum(each in (Q, P) for each in statuses)


def test_a_failed_edit_says_why() -> None:
    (failed,) = BatchStatus.of(UUID(int=9), [record(0, F)]).regenerations
    assert failed.error is not None
    assert (failed.error.code, failed.error.detail) == ("provider_error", "It failed.")
