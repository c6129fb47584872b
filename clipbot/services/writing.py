"""Who writes the prompt of an edit: our own rules, or a language model where one really helps."""

from dataclasses import dataclass

from clipbot.domain.plan import Edit
from clipbot.domain.templates import matching
from clipbot.language.base import Fee, PromptWriter
from clipbot.renderers.base import Renderer


@dataclass(frozen=True, slots=True)
class Writers:
    """The writers that are set up."""

    offline: PromptWriter
    model: PromptWriter | None = None
    """None: no language model is set up."""

    def chosen(self, renderer: Renderer, edit: Edit) -> PromptWriter:
        """Return who writes the prompt of an edit.

        The model is asked only where its words matter: the renderer reads the prompt, and
        the wish is more than templates, which bring words of their own.
        """
        if self.model is None or not renderer.reads_prompt or _is_all_templates(edit):
            return self.offline
        return self.model

    def fee(self, renderer: Renderer, edit: Edit) -> Fee:
        """Return what the prompt of an edit costs."""
        return self.chosen(renderer, edit).fee


def _is_all_templates(edit: Edit) -> bool:
    return bool(edit.ops) and all(matching((op,)) for op in edit.ops)
