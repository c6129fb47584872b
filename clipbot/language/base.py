"""What clipbot asks of those who write prompts and read sentences, in clipbot's own words.

A writer turns the current version's prompt and an understood edit into a new prompt.
The old prompt is never lost: it stays with its version, and the difference can be
shown (`diff.py`). A reader proposes a plan for a sentence that the grammar could not
read; what it says is checked before it counts. Both may cost money, and say how much
before they are asked; the offline writer never does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from clipbot.domain.plan import Edit, Plan
from clipbot.understanding.context import Context


@dataclass(frozen=True, slots=True)
class Fee:
    """What one rewrite or one reading costs."""

    model: str | None = None
    """Name of the language model; None: none is asked."""
    estimate_micros: int = 0
    ceiling_micros: int = 0
    """The most that can be charged, whatever the model answers."""
    seconds: float = 0.0
    """How long it usually takes."""
    is_known: bool = True
    """Whether the model's prices are set; if not, it counts as free here."""


FREE = Fee()


@dataclass(frozen=True, slots=True)
class PromptRequest:
    """All that a writer may know; what is not known is empty."""

    edit: Edit
    prompt: str
    """Prompt of the current version: the one to change."""
    original_prompt: str = ""
    style: str = ""
    mood: str = ""
    characters: tuple[str, ...] = ()
    scenes: tuple[str, ...] = ()
    lyrics: str = ""
    section: str = ""
    """Part of the song: "verse", "chorus"."""
    messages: tuple[str, ...] = ()
    """The last few things the person said, oldest first."""
    summary: str = ""
    """What they said before that, shortened."""
    words_in: tuple[str, ...] = ()
    """Phrases that an own template puts in."""
    words_out: tuple[str, ...] = ()
    """Phrases that it takes out."""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A new prompt, and how far the footage may depart from the old."""

    prompt: str
    temperature: float
    reasoning: str
    """One sentence for people: why this prompt and this temperature."""
    cost_micros: int = 0
    model: str | None = None
    """Name of the language model that wrote it; None: none did."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a reader made of a sentence. Nothing in it is trusted."""

    plan: Plan
    model: str
    cost_micros: int


def never() -> bool:
    """Return that nobody has cancelled."""
    return False


class PromptWriter(Protocol):
    """Rewrites prompts. Implementations are safe to share between threads."""

    @property
    def fee(self) -> Fee:
        """What a rewrite costs."""
        ...

    def rewrite(self, request: PromptRequest, *, cancelled: Callable[[], bool] = never) -> Rewrite:
        """Return the new prompt for an edit.

        Raises:
            EditCancelled: Somebody took the edit back meanwhile.
            ProviderError: The language model failed; the clip and its prompt are as before.
                What it had charged by then is in the error's `spent_micros`.
        """
        ...


class PlanReader(Protocol):
    """Reads sentences. Implementations are safe to share between threads."""

    @property
    def fee(self) -> Fee:
        """What a reading costs."""
        ...

    def read(self, text: str, context: Context) -> Proposal:
        """Return what a sentence may mean.

        Raises:
            ProviderError: The language model failed; `spent_micros` is what it had charged.
        """
        ...
