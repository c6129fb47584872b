"""A prompt writer that asks a language model.

    brief ──▶ model ──▶ JSON? ──▶ Rewrite
                │ no      ▲
                ▼         │
              one repair ─┘──▶ plain words? ──▶ Rewrite at 0.7, else ModelUnusable

Every way out is a sound prompt or a `ProviderError` with what had been charged by then.
"""

from collections.abc import Callable
from typing import Any, Final

from pydantic import AliasChoices, BaseModel, Field, ValidationError, field_validator

from clipbot.domain.temperature import DEFAULT, clamped
from clipbot.errors import EditCancelled, ModelRefused, ModelUnusable, ProviderError
from clipbot.language import answers
from clipbot.language.base import Fee, PromptRequest, Rewrite, never
from clipbot.language.briefs import MOST_BYTES, SCHEMA, brief, repair
from clipbot.language.client import Answer, ModelClient, Question
from clipbot.language.prices import Usage
from clipbot.language.run import Run

_MOST_TOKENS: Final = 900
"""Of an answer: 180 words of prompt are about 250 tokens, in most scripts fewer than 700."""
_MOST_REPAIR_TOKENS: Final = 1_800
_TEMPERATURE: Final = 0.7
"""Of the writing itself (seeds 002 §3.3)."""
_MOST_REPAIR_BYTES: Final = 3_000
"""What the repair adds to the brief."""
_WORST: Final = (
    Usage(MOST_BYTES, _MOST_TOKENS),
    Usage(MOST_BYTES + _MOST_REPAIR_BYTES, _MOST_REPAIR_TOKENS),
)
_USUAL: Final = Usage(1_000, 220)
_USUAL_SECONDS: Final = 4.0


class Written(BaseModel):
    """An answer, read."""

    prompt: str = Field(validation_alias=AliasChoices("prompt", "modification", "modified_prompt"))
    temperature: float = DEFAULT
    reasoning: str = ""

    @field_validator("prompt", mode="before")
    @classmethod
    def _is_a_prompt(cls, value: Any) -> str:
        if isinstance(value, str) and answers.refuses(value):
            raise ValueError("`prompt` is an apology")
        return answers.prompt(value)

    @field_validator("temperature", mode="before")
    @classmethod
    def _is_a_temperature(cls, value: Any) -> float:
        return clamped(value)

    @field_validator("reasoning", mode="before")
    @classmethod
    def _is_a_reason(cls, value: Any) -> str:
        return answers.reason(value)


class ModelWriter:
    """A `PromptWriter` in front of a language model."""

    def __init__(self, client: ModelClient) -> None:
        self._client = client

    @property
    def fee(self) -> Fee:
        """What a rewrite costs: usually one short answer, at most a long one and its repair."""
        return self._client.fee(_USUAL, _WORST, _USUAL_SECONDS)

    def rewrite(self, request: PromptRequest, *, cancelled: Callable[[], bool] = never) -> Rewrite:
        """Return the new prompt for an edit.

        Raises:
            EditCancelled: Somebody took the edit back meanwhile.
            ModelRefused: The model declined to write this.
            ModelUnusable: It answered twice, and neither time with a prompt.
            ProviderError: It did not answer; `spent_micros` is what it had charged.
        """
        run = self._client.run(cancelled)
        try:
            return self._rewritten(run, request)
        except (ProviderError, EditCancelled) as error:
            error.spent_micros = min(run.spent_micros, self.fee.ceiling_micros)
            raise

    def _rewritten(self, run: Run, request: PromptRequest) -> Rewrite:
        messages = brief(request)
        first = self._client.answer(run, messages, _question(_MOST_TOKENS))
        try:
            return self._made(run, self._read(first))
        except ValueError as error:
            problem = str(error)
        plain = self._plain(first)
        try:
            second = self._client.answer(
                run, repair(messages, first.text, problem), _question(_MOST_REPAIR_TOKENS)
            )
        except ProviderError:
            # The first answer is there; what is in it is better than nothing.
            if plain is None:
                raise
            return self._made(run, plain)
        try:
            return self._made(run, self._read(second))
        except ValueError as error:
            found = self._plain(second) or plain
            if found is None:
                raise ModelUnusable(self._client.label, "it did not write a prompt") from error
            return self._made(run, found)

    def _read(self, answer: Answer) -> Written:
        """Read an answer.

        Raises:
            ModelRefused: It is a polite no.
            ValueError: It cannot be used; the message says why.
        """
        if answer.is_truncated:
            raise ValueError("it was too long and is cut off")
        if not answer.text.strip():
            raise ValueError("it is empty")
        if answers.refuses(answer.text):
            raise ModelRefused(self._client.label, "it declined to write this")
        try:
            return Written.model_validate(answers.document(answer.text))
        except ValidationError as error:
            first = error.errors()[0]
            raise ValueError(f"{first['loc'][0]}: {first['msg']}") from error

    def _plain(self, answer: Answer) -> Written | None:
        """Return a prompt that came without its JSON, or None where it is none."""
        if answer.is_truncated:
            return None
        try:
            return Written(prompt=answers.prose(answer.text))
        except ValueError:
            return None

    def _made(self, run: Run, written: Written) -> Rewrite:
        return Rewrite(
            prompt=written.prompt,
            temperature=written.temperature,
            reasoning=written.reasoning or f"Written by {self._client.model}.",
            cost_micros=min(run.spent_micros, self.fee.ceiling_micros),
            model=self._client.model,
        )


def _question(limit_tokens: int) -> Question:
    return Question("new_prompt", SCHEMA, limit_tokens, _TEMPERATURE)
