"""The question before anything is spent, and the sheet of help."""

from collections.abc import Mapping
from html import escape
from typing import Any

import gradio as gr

from clipbot.domain.user import User
from clipbot.errors import RequestError
from clipbot.services.bundle import Services
from clipbot.ui import answers, compare
from clipbot.ui.asked import Asked
from clipbot.ui.component import part
from clipbot.ui.desk import Desk

_MARKUP = """
<dialog class="cost" aria-labelledby="cb-cost-title">
  <div class="sheet">
    <h2 id="cb-cost-title">Make this change?</h2>
    <ul class="edits"></ul>
    <div class="columns">
    <div class="column">
    <div class="preview-area">
      <div class="preview-tabs" role="group" aria-label="Preview of" hidden></div>
      <div class="preview">
        <img class="after" alt="After the change"><img class="before" alt="Before the change">
        <i class="divider" aria-hidden="true"></i>
        <span class="label left">Before</span><span class="label right">After</span>
        <input type="range" min="0" max="100" value="50" disabled
          aria-label="Compare before and after">
        <video playsinline muted loop preload="none" aria-label="Moving preview" hidden></video>
        <p class="preview-veil" role="status">Making a free preview…</p>
        <button type="button" class="preview-play quiet" hidden></button>
      </div>
      <p class="preview-note" role="status" hidden></p>
    </div>
    <ul class="notes" aria-label="Good to know"></ul>
    </div>
    <div class="column">
    <fieldset class="renderers"></fieldset>
    <label class="retries" hidden><input type="checkbox" aria-describedby="cb-retries-note"
      aria-label="If the model refuses the wording, try tamer words, then another model">
      <span>If the model refuses the wording, try tamer words, then another model
        <small id="cb-retries-note"></small></span>
    </label>
    <div class="sums">
      <dl class="lines" aria-label="Price"></dl>
      <dl class="facts"></dl>
    </div>
    </div>
    </div>
    <div class="foot">
      <ul class="warnings" aria-label="Warnings"></ul>
      <div class="complaint" role="alert" hidden></div>
      <div class="decide">
        <p class="promise"><b class="price-words"></b>
          <span>The version you have now is kept. Undo brings it back.</span></p>
        <button type="button" class="no" autofocus>Cancel</button>
        <button type="button" class="yes primary"><span>Make it</span></button>
      </div>
    </div>
  </div>
</dialog>
"""

_HELP = f"""
<dialog class="helpsheet" aria-labelledby="cb-help-title">
  <div class="sheet">
    <h2 id="cb-help-title">How it works</h2>
    <ol>
      <li>Select one clip, or several with Ctrl or Shift.</li>
      <li>Say what should change: “make it nighttime, keep the lanterns”.</li>
      <li>Look at the free preview and the price. Nothing is spent before you say yes.</li>
      <li>Play the new film. Every version is kept, and every change can be undone.</li>
    </ol>
    <h3>Keys</h3>
    <dl class="keys page"></dl>
    <h3>While comparing</h3>
    <dl class="keys">
      {"".join(f"<div><dt>{escape(keys)}</dt><dd>{what}</dd></div>" for keys, what in compare.KEYS)}
    </dl>
    <div class="foot"><button type="button" class="no" autofocus>Close</button></div>
  </div>
</dialog>
"""


def build(desk: Desk) -> gr.HTML:
    """Return the dialog that asks for a yes."""
    return part("dialog", _MARKUP, handlers=[desk.handler(act) for act in ACTS])


def build_help() -> gr.HTML:
    """Return the sheet of help."""
    return part("help", _HELP)


def quote(services: Services, user: User, asked: Asked) -> Mapping[str, Any]:
    """Ask for the price again: with another renderer, or because it is not good any more."""
    price = services.quotes.quote(
        user,
        asked.job_id,
        text=asked.text or None,
        plan=asked.plan,
        selected=asked.selected,
        renderer=asked.renderer,
        with_retries=asked.with_retries,
    )
    return {"quoted": answers.quoted(price)}


def confirm(services: Services, user: User, asked: Asked) -> Mapping[str, Any]:
    """Spend a quote. Its id is all that counts: the server holds the price and the plan."""
    edits = services.edits.confirm(user, asked.job_id, asked.quote_id)
    return {"runs": [answers.run(edit) for edit in edits]}


def revise(services: Services, user: User, asked: Asked) -> Mapping[str, Any]:
    """Price what is left of a plan: rows struck out, or said in other words."""
    plan = asked.plan
    if plan is None:
        raise RequestError("The plan was not understood.")
    price = services.quotes.revise(
        user,
        asked.job_id,
        plan,
        asked.rows,
        renderer=asked.renderer,
        with_retries=asked.with_retries,
    )
    return {"quoted": answers.quoted(price)}


def cancel_batch(services: Services, user: User, asked: Asked) -> Mapping[str, Any]:
    """Take back what is open of a batch; finished clips stay as they are."""
    edits = services.regenerations.cancel_batch(user, asked.job_id, asked.batch_id)
    return {"runs": [answers.run(edit) for edit in edits]}


ACTS = (quote, confirm, revise, cancel_batch)
