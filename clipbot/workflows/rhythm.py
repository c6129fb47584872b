"""How often the workflows look, and how long they wait."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The waits of an executor, in seconds. Only tests need others than these."""

    poll_seconds: float = 0.2
    """Between two looks for queued work."""
    turn_seconds: float = 2.0
    """Between two tries to become the executor."""
    sweep_seconds: float = 2.0
    stale_seconds: float = 2.0
    """A queued row without a workflow is left alone for this long: somebody may be at it."""
    attend_seconds: float = 20.0
    """Between two looks after edits that need attention."""
    deliver_seconds: float = 1.0
    """Between two looks for webhooks that are due."""
    release_seconds: float = 60.0
    """Between two looks for jobs that somebody left locked."""
    beat_seconds: float = 5.0
    reap_seconds: float = 2.0
    dead_seconds: float = 30.0
    """An executor not heard of for this long is dead; longer than any stall of a live one."""
    forget_seconds: float = 3600.0
    """Between two rounds of forgetting old workflows."""
    keep_seconds: float = 300.0
    """Between two looks whether footage is to be looked through, and for files left over."""
    stop_seconds: float = 1.5
    """How long running steps may take to end when the executor stops."""
    retry_waits: tuple[float, ...] = (0.5, 2.0)
    """Between the tries of a step whose error is worth one."""
    end_waits: tuple[float, ...] = (0.5, 1.0, 2.0, 5.0)
    """Between the tries of closing a regeneration; the last one repeats while it helps."""
