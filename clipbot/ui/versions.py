"""The versions of the selected clip, and the way back to each."""

from collections.abc import Mapping
from typing import Any

import gradio as gr

from clipbot.domain.user import User
from clipbot.services.bundle import Services
from clipbot.ui import offers
from clipbot.ui.asked import Asked
from clipbot.ui.component import part
from clipbot.ui.desk import Desk
from clipbot.ui.templates import save_template

_MARKUP = """
<section class="pane versions" aria-label="Versions">
  <div class="pane-head"><h2 class="pane-title">Versions</h2><span class="pane-note"></span>
    <span class="space"></span>
    <button type="button" class="quiet slot-open" popovertarget="cb-slot" disabled
      title="How this clip fills its place in the film, and meets the next one">Place</button>
    {offers}
    <div class="scope views" role="group" aria-label="Show versions as">
      <button type="button" data-view="strip">Strip</button>
      <button type="button" data-view="tree">Tree</button>
    </div></div>
  <div class="version-body">
    <div class="version-list"></div>
    <div class="version-detail" role="group"></div>
  </div>
  <div class="panel slot" id="cb-slot" popover role="dialog"
    aria-label="How the clip is placed"></div>
</section>
"""


def build(desk: Desk) -> gr.HTML:
    """Return the panel of versions."""
    return part(
        "versions",
        _MARKUP.replace("{offers}", offers.MARKUP),
        handlers=[
            desk.handler(act)
            for act in (
                restore,
                delete_version,
                save_template,
                offers.ask_first,
                offers.drop_offer,
            )
        ],
    )


def restore(services: Services, user: User, asked: Asked) -> Mapping[str, Any]:
    """Let the film use a version again; an offered one is accepted by this."""
    services.versions.restore(user, asked.job_id, asked.clip_index, asked.version)
    return {}


def delete_version(services: Services, user: User, asked: Asked) -> Mapping[str, Any]:
    """Delete the footage of a version that the film does without."""
    services.versions.delete(user, asked.job_id, asked.clip_index, asked.version)
    return {}
