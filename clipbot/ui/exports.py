"""The film in another size or rate, asked for from the bar."""

from collections.abc import Mapping
from typing import Any, Final

from clipbot.domain.user import User
from clipbot.services.bundle import Services
from clipbot.ui.asked import Asked

MARKUP: Final = """
<button type="button" class="tool wide export" data-icon="download" popovertarget="cb-exports"
  title="Download the film, or make it in another size" aria-label="Export the film"
  hidden><span>Export</span></button>
<div class="panel exports" id="cb-exports" popover role="dialog" aria-label="Export">
  <a class="primary as-is"><b>Download the film</b></a>
  <p class="shape"></p>
  <form>
    <label>Size <select name="size" aria-label="Size"></select></label>
    <label>Frame rate <select name="rate" aria-label="Frame rate"></select></label>
    <button type="submit" class="quiet">Make it</button>
  </form>
  <ul class="made" aria-live="polite"></ul>
</div>
"""


def begin_export(services: Services, user: User, asked: Asked) -> Mapping[str, Any]:
    """Have the film made in a size and rate."""
    services.exporting.begin(user, asked.job_id, size=asked.size, rate=asked.rate)
    return {}


def cancel_export(services: Services, user: User, asked: Asked) -> Mapping[str, Any]:
    """Stop an export that is not ready."""
    services.exporting.cancel(user, asked.job_id, asked.export_id)
    return {}
