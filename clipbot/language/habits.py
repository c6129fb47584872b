"""What a server was found to accept, and what its refusals teach.

Servers that speak OpenAI's protocol differ in how they take a wish for JSON and in the
names of a few parameters (facts/services.md §4). Nobody asks which server it is: a
refusal is free, names what it minds, and is remembered once an answer has come.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from clipbot.language.wire import Unanswered

_BAD_REQUEST = (400, 422)
_SAYS_SO_AS_ITS_OWN_FAULT = 500
_NEW_LIMIT, _OLD_LIMIT = "max_completion_tokens", "max_tokens"
_FORMAT_WORDS = ("response_format", "json_schema", "json_object", "literal_error", "grammar")
_OPTIONAL = ("reasoning_effort", "temperature")


class Mode(IntEnum):
    """How an answer in JSON is asked for; each is understood by more servers than the last."""

    SCHEMA = 0
    OBJECT = 1
    TEXT = 2


@dataclass(frozen=True, slots=True)
class Habits:
    """How a server is asked."""

    mode: Mode = Mode.SCHEMA
    limit: str = _OLD_LIMIT
    """Its name for the most tokens of an answer."""
    is_limit_renamed: bool = False
    dropped: frozenset[str] = frozenset()
    """Parameters that it does not take."""

    @classmethod
    def of(cls, base_url: str | None) -> "Habits":
        """Return what is assumed of a server that was never asked."""
        # Some compatible servers ignore the new name without a word, and then never stop.
        return cls(limit=_OLD_LIMIT if base_url else _NEW_LIMIT)

    def body(
        self,
        *,
        model: str,
        messages: list[dict[str, str]],
        name: str,
        schema: Mapping[str, Any],
        limit_tokens: int,
        temperature: float,
    ) -> dict[str, Any]:
        """Return a request in the words of this server; there is always a token limit."""
        body: dict[str, Any] = {"model": model, "messages": messages, self.limit: limit_tokens}
        wished = {"reasoning_effort": "none", "temperature": temperature}
        body |= {key: value for key, value in wished.items() if key not in self.dropped}
        match self.mode:
            case Mode.SCHEMA:
                shape = {"name": name, "schema": schema, "strict": True}
                body["response_format"] = {"type": "json_schema", "json_schema": shape}
            case Mode.OBJECT:
                body["response_format"] = {"type": "json_object", "schema": schema}
            case Mode.TEXT:
                pass
        return body

    def after(self, refusal: Unanswered) -> "Habits | None":
        """Return what a refusal teaches, or None where it teaches nothing."""
        if refusal.status == _SAYS_SO_AS_ITS_OWN_FAULT:
            return self._simpler() if _is_about_format(refusal) else None
        if refusal.status not in _BAD_REQUEST:
            return None
        if _is_about_format(refusal):
            return self._simpler()
        if not self.is_limit_renamed and _names(refusal, self.limit):
            other = _NEW_LIMIT if self.limit == _OLD_LIMIT else _OLD_LIMIT
            return replace(self, limit=other, is_limit_renamed=True)
        for name in _OPTIONAL:
            if name not in self.dropped and _names(refusal, name):
                return replace(self, dropped=self.dropped | {name})
        # It does not say what it minds; the wish for JSON is the least usual thing we sent.
        return self._simpler()

    def merged(self, other: "Habits") -> "Habits":
        """Return both lessons as one; two threads may learn at the same time."""
        renamed = other if other.is_limit_renamed else self
        return Habits(
            mode=max(self.mode, other.mode),
            limit=renamed.limit,
            is_limit_renamed=renamed.is_limit_renamed,
            dropped=self.dropped | other.dropped,
        )

    def plainest(self) -> "Habits":
        """Return how every server can be asked."""
        return replace(self, mode=Mode.TEXT)

    def _simpler(self) -> "Habits | None":
        return None if self.mode is Mode.TEXT else replace(self, mode=Mode(self.mode + 1))


def _is_about_format(refusal: Unanswered) -> bool:
    if refusal.parameter:
        return refusal.parameter.startswith("response_format")
    return any(word in refusal.text for word in _FORMAT_WORDS)


def _names(refusal: Unanswered, parameter: str) -> bool:
    return parameter == refusal.parameter if refusal.parameter else parameter in refusal.text
