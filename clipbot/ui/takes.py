"""Takes, side by side: ask for more like a version, and choose among them."""

from collections.abc import Mapping
from typing import Any

import gradio as gr

from clipbot.domain.user import User
from clipbot.services.bundle import Services
from clipbot.ui import answers
from clipbot.ui.asked import Asked
from clipbot.ui.component import part
from clipbot.ui.desk import Desk

_MARKUP = """
<dialog class="tray" aria-labelledby="cb-tray-title">
  <div class="sheet">
    <header class="tray-head">
      <h2 id="cb-tray-title">Takes</h2><p class="tray-note" role="status"></p>
      <button type="button" class="tool later" aria-label="Later" title="Later (Esc)"
        data-icon="close"></button>
    </header>
    <div class="tray-cells" role="radiogroup" aria-label="Takes" tabindex="-1"></div>
    <div class="tray-time">
      <button type="button" class="tool play" aria-label="Pause"></button>
      <input type="range" min="0" max="1000" value="0" aria-label="Place in the clip">
      <span class="tray-keys"></span>
    </div>
    <div class="foot">
      <p class="complaint" role="alert" hidden></p>
      <div class="decide">
        <button type="button" class="against" hidden>Compare with the film</button>
        <button type="button" class="none">None: keep what is in the film</button>
        <button type="button" class="keep primary" disabled>Keep this one</button>
      </div>
    </div>
  </div>
</dialog>
"""


def build(desk: Desk) -> gr.HTML:
    """Return the tray in which takes are compared."""
    handlers = [desk.handler(act) for act in ACTS]
    return part("takes", _MARKUP, handlers=handlers, models=desk.services.quotes.has_models)


def more_takes(services: Services, user: User, asked: Asked) -> Mapping[str, Any]:
    """Price several versions like one that is there."""
    price = services.quotes.more(
        user,
        asked.job_id,
        asked.clip_index,
        asked.version,
        takes=asked.takes,
        renderer=asked.renderer,
    )
    return {"quoted": answers.quoted(price)}


def keep_take(services: Services, user: User, asked: Asked) -> Mapping[str, Any]:
    """Let the film show one of the takes, or none of them."""
    services.takes.keep(user, asked.job_id, asked.clip_index, asked.batch_id, asked.any_version)
    return {}


ACTS = (more_takes, keep_take)
