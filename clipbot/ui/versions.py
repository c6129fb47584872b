"""The versions of the selected clip, and the way back to each."""

from collections.abc import Mapping
from typing import Any

import gradio as gr

from clipbot.domain.user import User
from clipbot.services.bundle import Services
from clipbot.ui.asked import Asked
from clipbot.ui.component import part
from clipbot.ui.desk import Desk

_MARKUP = """
<section class="pane versions" aria-label="Versions">
  <div class="pane-head"><h2 class="pane-title">Versions</h2><span class="pane-note"></span></div>
  <div class="version-list" role="list"></div>
</section>
"""


def build(desk: Desk) -> gr.HTML:
    """Return the list of versions."""
    return part(
        "versions",
        _MARKUP,
        handlers=[desk.handler(restore)],
        renderers=desk.services.quotes.makers(),
    )


def restore(services: Services, user: User, asked: Asked) -> Mapping[str, Any]:
    """Let the film use a version again; an offered one is accepted by this."""
    services.versions.restore(user, asked.job_id, asked.clip_index, asked.version)
    return {}
