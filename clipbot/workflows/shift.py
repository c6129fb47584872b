"""One stretch of executing: the engine, and everything that looks after its work."""

import logging
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime

from clipbot.workflows.backlog import Backlog, regeneration_of
from clipbot.workflows.base import Steps, Workers
from clipbot.workflows.engine import Engine
from clipbot.workflows.reaper import Reaper
from clipbot.workflows.rhythm import Rhythm
from clipbot.workflows.sweep import Sweeper
from clipbot.workflows.ticker import Ticker

logger = logging.getLogger(__name__)


class Shift:
    """Executes from `begin` to `end`; for one stretch only.

    Args:
        executor_id: Ours alone among all that are alive.
        workers: Who is alive, where others share the work.
    """

    def __init__(
        self,
        steps: Steps,
        backlog: Backlog,
        *,
        url: str,
        executor_id: str,
        workers: Workers | None,
        rhythm: Rhythm,
    ) -> None:
        self._steps = steps
        self._backlog = backlog
        self._executor_id = executor_id
        self._workers = workers
        self._rhythm = rhythm
        self._engine = Engine(url, executor_id, rhythm)
        self._open = ExitStack()

    def begin(self, concurrency: int) -> None:
        """Go on with what was left unfinished, then take new work."""
        rhythm = self._rhythm
        self._backlog.open_queue(concurrency=concurrency, poll_seconds=rhythm.poll_seconds)
        with ExitStack() as opening:
            if self._workers is not None:
                reaper = Reaper(
                    self._workers,
                    self._backlog,
                    executor_id=self._executor_id,
                    dead_seconds=rhythm.dead_seconds,
                )
                # Before the first work is taken: whoever works is known to be alive.
                reaper.beat()
                opening.callback(self._hand_back)
                opening.enter_context(Ticker("beat", rhythm.beat_seconds, reaper.beat))
            self._engine.start(self._steps)
            opening.callback(self._engine.stop)
            if self._workers is not None:
                opening.enter_context(Ticker("reap", rhythm.reap_seconds, reaper.reap))
            sweeper = Sweeper(self._steps, self._backlog, stale_seconds=rhythm.stale_seconds)
            opening.enter_context(Ticker("sweep", rhythm.sweep_seconds, sweeper.sweep))
            opening.enter_context(Ticker("attend", rhythm.attend_seconds, sweeper.attend))
            opening.enter_context(
                Ticker("forget", rhythm.forget_seconds, lambda: sweeper.forget(datetime.now(UTC)))
            )
            self._open = opening.pop_all()

    def end(self) -> None:
        """Take no more work and let go of what runs."""
        self._open.close()

    def when_idle(self, call: Callable[[], None]) -> None:
        """Call back once the last step that was let go of has really ended."""
        self._engine.bench.when_idle(call)

    def _hand_back(self) -> None:
        """Let others go on at once, and not only when we count as dead."""
        # A step that still runs here keeps its work: it would else run twice at the same time.
        busy = self._engine.bench.busy
        try:
            running = self._backlog.running()
            ours = [id_ for id_, executor_id in running.items() if executor_id == self._executor_id]
            self._backlog.put_back([id_ for id_ in ours if str(regeneration_of(id_)) not in busy])
        except Exception:
            logger.exception("handing back is left to the others")
