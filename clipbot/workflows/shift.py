"""One stretch of executing: the engine, and everything that looks after its work."""

import logging
import threading
import time
from collections.abc import Callable, Collection
from contextlib import ExitStack
from datetime import UTC, datetime

from clipbot.workflows.backlog import Backlog, regeneration_of
from clipbot.workflows.base import Courier, Keeper, Steps, Workers
from clipbot.workflows.engine import Engine
from clipbot.workflows.pulse import Pulse
from clipbot.workflows.reaper import Reaper
from clipbot.workflows.rhythm import Rhythm
from clipbot.workflows.rounds import Rounds
from clipbot.workflows.sweep import Sweeper
from clipbot.workflows.ticker import Ticker

logger = logging.getLogger(__name__)

_LEAD_TRIES = 40
_LEAD_SECONDS = 0.05
"""Between two tries: a reaper leads for a moment."""


class Shift:
    """Executes from `begin` to `end`; for one stretch only.

    Args:
        executor_id: Ours alone among all that are alive.
        workers: Who is alive, where others share the work.
        pulse: Beats as long as this goes on.
        courier: Sends webhooks, if somebody is to.
        keeper: Looks through footage, if somebody is to.
    """

    def __init__(
        self,
        steps: Steps,
        backlog: Backlog,
        *,
        url: str,
        executor_id: str,
        workers: Workers | None,
        pulse: Pulse,
        rhythm: Rhythm,
        courier: Courier | None = None,
        keeper: Keeper | None = None,
    ) -> None:
        self._steps = steps
        self._backlog = backlog
        self._executor_id = executor_id
        self._workers = workers
        self._pulse = pulse
        self._rhythm = rhythm
        self._courier = courier
        self._keeper = keeper
        self._engine = Engine(url, executor_id, rhythm)
        self._open = ExitStack()

    def begin(self, concurrency: int) -> None:
        """Go on with what was left unfinished, then take new work."""
        rhythm = self._rhythm
        self._backlog.open_queue(concurrency=concurrency, poll_seconds=rhythm.poll_seconds)
        with ExitStack() as opening:
            if self._courier is not None:
                # First here is last at the end: the last edit's events are sent, too.
                self._send_webhooks(self._courier, opening)
            reaper = self._reaper()
            # Before the first work is taken: whoever works is known to be alive.
            self._beat(reaper)
            opening.callback(self._leave)
            opening.enter_context(Ticker("beat", rhythm.beat_seconds, lambda: self._beat(reaper)))
            self._engine.start(self._steps)
            opening.callback(self._engine.stop)
            if reaper is not None:
                opening.enter_context(Ticker("reap", rhythm.reap_seconds, reaper.reap))
            sweeper = Sweeper(self._steps, self._backlog, stale_seconds=rhythm.stale_seconds)
            opening.enter_context(Ticker("sweep", rhythm.sweep_seconds, sweeper.sweep))
            opening.enter_context(Ticker("attend", rhythm.attend_seconds, sweeper.attend))
            opening.enter_context(
                Ticker("release", rhythm.release_seconds, self._steps.release_stuck)
            )
            opening.enter_context(
                Ticker("forget", rhythm.forget_seconds, lambda: sweeper.forget(datetime.now(UTC)))
            )
            if self._keeper is not None:
                self._keep(self._keeper, opening)
            self._open = opening.pop_all()

    def end(self) -> None:
        """Take no more work and let go of what runs."""
        self._open.close()

    def when_idle(self, call: Callable[[], None]) -> None:
        """Call back once the last step that was let go of has really ended."""
        self._engine.bench.when_idle(call)

    def hand_on(self, backlog: Backlog) -> None:
        """Let others go on with what still runs here; only as the last act of this process."""
        if self._workers is not None:
            self._put_back(self._workers, backlog, keeping=set())

    @property
    def is_busy(self) -> bool:
        """Whether a step that was let go of still runs."""
        return bool(self._engine.bench.busy)

    def _reaper(self) -> Reaper | None:
        if self._workers is None:
            return None
        return Reaper(
            self._workers,
            self._backlog,
            executor_id=self._executor_id,
            dead_seconds=self._rhythm.dead_seconds,
        )

    def _beat(self, reaper: Reaper | None) -> None:
        if reaper is not None:
            reaper.beat()
        self._pulse.beat()

    def _send_webhooks(self, courier: Courier, opening: ExitStack) -> None:
        rhythm, rounds = self._rhythm, Rounds(courier)
        opening.callback(rounds.stop, rhythm.stop_seconds)
        opening.enter_context(Ticker("deliver", rhythm.deliver_seconds, rounds.tick))
        opening.enter_context(Ticker("forget-old", rhythm.forget_seconds, courier.forget))

    def _keep(self, keeper: Keeper, opening: ExitStack) -> None:
        stopping = threading.Event()
        seconds = self._rhythm.keep_seconds
        look = Ticker("retention", seconds, lambda: keeper.tick(stopping.is_set))
        opening.enter_context(look)
        # Before it is waited for: an archive in the making is given up.
        opening.callback(stopping.set)

    def _leave(self) -> None:
        """Let others go on at once, and not only when we count as dead."""
        self._pulse.end()
        if self._workers is None:
            return
        # A step that still runs here keeps its work: it would else run twice at the same time.
        try:
            self._put_back(self._workers, self._backlog, keeping=self._engine.bench.busy)
        except Exception:
            logger.exception("handing back is left to the others")

    def _put_back(self, workers: Workers, backlog: Backlog, *, keeping: Collection[str]) -> None:
        """Queue our work again, but for some; whoever keeps none is forgotten."""
        for _ in range(_LEAD_TRIES):
            # Never while a reaper looks: it would take for a dead one's what others run by now.
            with workers.try_lead() as is_leading:
                if is_leading:
                    running = backlog.running()
                    ours = [id_ for id_, owner in running.items() if owner == self._executor_id]
                    backlog.put_back(
                        [id_ for id_ in ours if str(regeneration_of(id_)) not in keeping]
                    )
                    if not keeping:
                        workers.leave(self._executor_id)
                    return
            time.sleep(_LEAD_SECONDS)
        logger.warning("work is left to those who miss this executor")
