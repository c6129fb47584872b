"""What clipbot asks of a prompt writer, in clipbot's own words.

A writer turns the current version's prompt and an understood edit into a new prompt.
The old prompt is never lost: it stays with its version, and the difference can be
shown (`diff.py`). A writer may cost money; the offline one never does.
"""

from dataclasses import dataclass
from typing import Protocol

from clipbot.domain.plan import Edit


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


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A new prompt, and how far the footage may depart from the old."""

    prompt: str
    temperature: float
    reasoning: str
    """One sentence for people: why this prompt and this temperature."""
    cost_micros: int = 0


class PromptWriter(Protocol):
    """Rewrites prompts. Implementations are safe to share between threads."""

    def rewrite(self, request: PromptRequest) -> Rewrite:
        """Return the new prompt for an edit.

        Raises:
            ProviderError: The language model failed; the clip and its prompt are as before.
        """
        ...
