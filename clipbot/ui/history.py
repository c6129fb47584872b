"""What was changed in the film, and the way back to any of it, from the bar."""

from collections.abc import Mapping
from typing import Any, Final

from clipbot.domain.user import User
from clipbot.services.bundle import Services
from clipbot.ui.asked import Asked

MARKUP: Final = """
<button type="button" class="tool past" data-icon="chevron" popovertarget="cb-history"
  title="History: what was changed" aria-label="History of the film" disabled></button>
<div class="panel history" id="cb-history" popover role="dialog" aria-label="History">
  <ol></ol>
</div>
"""


def undo(services: Services, user: User, asked: Asked) -> Mapping[str, Any]:
    """Take back the last change of the film."""
    services.history.undo(user, asked.job_id)
    return {}


def redo(services: Services, user: User, asked: Asked) -> Mapping[str, Any]:
    """Put back the last change that was taken back."""
    services.history.redo(user, asked.job_id)
    return {}


def go_to(services: Services, user: User, asked: Asked) -> Mapping[str, Any]:
    """Undo or redo until the film is as it was after a change."""
    services.history.go(user, asked.job_id, asked.position)
    return {}
