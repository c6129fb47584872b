"""Asks a language model until there is an answer, or a reason why there is none.

Three tries, and only where trying again can help; a refusal that teaches how to ask is
no try. What a server has taught is remembered for the next conversation.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, Final

from clipbot.errors import (
    ModelRefused,
    ModelUnusable,
    ProviderError,
    ProviderRateLimited,
    ProviderRejected,
    ProviderUnavailable,
)
from clipbot.language.base import Fee, never
from clipbot.language.habits import Habits
from clipbot.language.prices import Prices, Usage, ceiling
from clipbot.language.run import Pace, Run
from clipbot.language.wire import Endless, Unanswered, Wire

logger = logging.getLogger(__name__)

Messages = Sequence[Mapping[str, str]]

TRIES: Final = 3
_TRANSIENT: Final = frozenset({408, 409, 425, 429})
_SERVER_ERRORS: Final = 500
_TOO_MANY: Final = 429
_CHARACTERS_PER_TOKEN: Final = 4
"""For servers that do not count (the pipeline's estimate, facts/upstream.md §3.7)."""
_NO_CREDIT: Final = ("insufficient_quota", "billing_hard_limit_reached")
_FILTERED: Final = ("content_filter", "content_policy_violation", "moderation_blocked")
_REASONS: Final = {
    401: "it does not accept the key",
    402: "its account has no credit left",
    403: "the key is not allowed to use it",
    404: "the server does not know this model, or this address",
    413: "the request is too long for it",
}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and in which shape the answer is wanted."""

    name: str
    schema: Mapping[str, Any]
    limit_tokens: int
    temperature: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said."""

    text: str
    is_truncated: bool
    """Whether it was cut off, by a limit."""


class ModelClient:
    """A language model. Safe to share between threads.

    Args:
        model: Its name.
        wire: Its server.
        prices: What it charges.
        pace: How patient we are.
    """

    def __init__(self, model: str, wire: Wire, prices: Prices, pace: Pace | None = None) -> None:
        self.model = model
        self.prices = prices
        self._wire = wire
        self._pace = pace or Pace()
        self._habits = Habits.of(wire.base_url)
        self._is_proven = False
        self._lock = Lock()

    @property
    def label(self) -> str:
        """Its name for people."""
        return f"Language model {self.model}"

    def fee(self, usual: Usage, worst: Sequence[Usage], seconds: float) -> Fee:
        """Return what a question costs: usually, and at most with all its repairs."""
        return Fee(
            model=self.model,
            estimate_micros=self.prices.cost(usual.read, usual.written),
            ceiling_micros=ceiling(self.prices, worst),
            seconds=seconds,
            is_known=self.prices.is_known,
        )

    def run(self, cancelled: Callable[[], bool] = never, *, seconds: float | None = None) -> Run:
        """Begin a conversation that takes at most so long; None: the usual time."""
        pace = self._pace
        if seconds is not None:
            pace = replace(pace, seconds=min(seconds, pace.seconds))
        return Run(self.label, pace, cancelled)

    def answer(self, run: Run, messages: Messages, question: Question) -> Answer:
        """Return what the model says, and add what that costs to the run.

        Raises:
            EditCancelled: Nobody wants it any more.
            ModelRefused: It declined.
            ModelUnusable: Its answer did not end.
            ProviderRateLimited: It is asked too often, also after waiting.
            ProviderRejected: It will not answer as things are set up.
            ProviderUnavailable: It did not answer, or not in time.
        """
        habits, failures = self._habits, 0
        while True:
            body = habits.body(
                model=self.model,
                messages=[dict(message) for message in messages],
                name=question.name,
                schema=question.schema,
                limit_tokens=question.limit_tokens,
                temperature=question.temperature,
            )
            try:
                document = self._wire.post(
                    body, seconds=run.left_seconds(), cancelled=run.cancelled
                )
            except Unanswered as failure:
                self._raise_final(failure)
                lesson = habits.after(failure)
                if lesson is not None:
                    habits = lesson
                    continue
                failures += 1
                self._rest(run, failure, failures)
                broke = failures == TRIES - 1 and failure.status == _SERVER_ERRORS
                if broke and not self._is_proven:
                    # Some servers break over a schema and do not say so.
                    habits = habits.plainest()
                continue
            self._learn(habits)
            return self._read(run, document, messages)

    def state(self, seconds: float) -> tuple[bool, str]:
        """Return whether the server answers, and what it said of the model; costs nothing."""
        try:
            names = self._wire.models(seconds=seconds)
        except Unanswered as failure:
            if failure.status in {404, 405, 501}:
                return True, "the server answers, and does not list its models"
            return False, _REASONS.get(failure.status or 0, failure.reason)
        if self.model in names:
            return True, "the server answers and has it"
        return not names, "the server answers, and does not list this model"

    def _learn(self, habits: Habits) -> None:
        with self._lock:
            self._is_proven = True
            if habits != self._habits:
                self._habits = self._habits.merged(habits)
                logger.info("model server learned", extra={"mode": self._habits.mode.name})

    def _raise_final(self, failure: Unanswered) -> None:
        """Raise where neither asking differently nor asking again would help."""
        if failure.code in _FILTERED or "content_filter" in failure.text:
            raise ModelRefused(self.label, "it declined to write this") from failure
        if isinstance(failure, Endless):
            raise ModelUnusable(self.label, failure.reason) from failure
        if failure.code in _NO_CREDIT:
            raise ProviderRejected(self.label, _REASONS[402]) from failure
        if failure.code == "context_length_exceeded":
            raise ProviderRejected(self.label, _REASONS[413]) from failure
        if failure.status in _REASONS:
            raise ProviderRejected(self.label, _REASONS[failure.status]) from failure

    def _rest(self, run: Run, failure: Unanswered, failures: int) -> None:
        """Wait before the next try, or raise why there is none."""
        status = failure.status
        if status and status < _SERVER_ERRORS and status not in _TRANSIENT:
            raise ProviderRejected(self.label, failure.reason) from failure
        final: ProviderError = ProviderUnavailable(self.label, failure.reason)
        advice = failure.retry_after_seconds
        if status == _TOO_MANY:
            final = ProviderRateLimited(self.label, advice)
        if failures >= TRIES:
            raise final from failure
        wait = max(self._pace.waits[failures - 1], advice or 0.0)
        if wait >= run.left_seconds():
            raise final from failure
        logger.info("model did not answer", extra={"status": status, "tries": failures})
        run.rest(wait)

    def _read(self, run: Run, document: Mapping[str, Any], messages: Messages) -> Answer:
        choices = document.get("choices")
        choice = choices[0] if isinstance(choices, list) and choices else {}
        choice = choice if isinstance(choice, dict) else {}
        message = choice.get("message")
        message = message if isinstance(message, dict) else {}
        text = _text(message.get("content"))
        run.spent_micros += self._cost(document.get("usage"), messages, text)
        if message.get("refusal") or choice.get("finish_reason") == "content_filter":
            raise ModelRefused(self.label, "it declined to write this")
        return Answer(text, is_truncated=choice.get("finish_reason") == "length")

    def _cost(self, usage: object, messages: Messages, text: str) -> int:
        counted = _counted(usage) or Usage(
            sum(len(message["content"]) for message in messages) // _CHARACTERS_PER_TOKEN,
            len(text) // _CHARACTERS_PER_TOKEN,
        )
        return self.prices.cost(counted.read, counted.written)


def _text(content: object) -> str:
    """Return the words of a message; some servers send them in parts."""
    if isinstance(content, list):
        parts = (part.get("text") for part in content if isinstance(part, dict))
        return "".join(part for part in parts if isinstance(part, str))
    return content if isinstance(content, str) else ""


def _counted(usage: object) -> Usage | None:
    if not isinstance(usage, dict):
        return None
    read, written = usage.get("prompt_tokens"), usage.get("completion_tokens")
    if not isinstance(read, int) or not isinstance(written, int) or min(read, written) < 0:
        return None
    return Usage(read, written)
