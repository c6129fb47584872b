"""Dying at a named point, as by `kill -9`: no `finally`, no `atexit`, nothing."""

import os
import signal
from dataclasses import dataclass
from typing import Any, cast

from clipbot.workflows.base import Steps


def die() -> None:
    """Kill this process."""
    os.kill(os.getpid(), signal.SIGKILL)


def killing(steps: Steps, point: str) -> Steps:
    """Return steps that kill the process right before or right after one of them.

    After means: the step has returned, and the engine has not written that down yet.

    Args:
        steps: What is done otherwise.
        point: `before:submit`, `after:publish`; anything else never comes.
    """
    return cast("Steps", _Killing(steps, point))


@dataclass
class _Killing:
    steps: Steps
    point: str

    def __getattr__(self, name: str) -> Any:
        step = getattr(self.steps, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            if self.point == f"before:{name}":
                die()
            value = step(*args, **kwargs)
            if self.point == f"after:{name}":
                die()
            return value

        return call
