"""The bar on top: the job, its money, undo and redo, export, theme, help, signing out."""

from collections.abc import Mapping
from typing import Any

import gradio as gr

from clipbot.domain.user import User
from clipbot.services.bundle import Services
from clipbot.services.exports import RATES, SIZES
from clipbot.ui import exports, history
from clipbot.ui.asked import Asked
from clipbot.ui.component import part
from clipbot.ui.desk import Desk

_MARKUP = """
<header class="topbar" aria-label="Film">
  <a class="mark" href="./" aria-label="clipbot, start"><i></i><i></i><i></i><b>clipbot</b></a>
  <select class="jobs" aria-label="Film to edit" hidden></select>
  <span class="job-facts"></span>
  <button type="button" class="quiet odd" data-icon="warn" popovertarget="cb-odd" hidden>
    <b></b></button>
  <div class="panel oddities" id="cb-odd" popover role="dialog"
    aria-label="What is odd about this film"></div>
  <span class="space"></span>
  <span class="budget" role="img" hidden><span class="spent"></span><span class="of">used</span>
    <span class="meter"><i class="held"></i><i class="paid"></i></span></span>
  <span class="group">
    <button type="button" class="tool undo" data-icon="undo" disabled></button>
    <button type="button" class="tool redo" data-icon="redo" disabled></button>
    {history}
  </span>
  <a class="tool reviewing" data-icon="review" title="Review of all edits" aria-label="Review"
    href="./"></a>
  {exports}
  <span class="group">
    <button type="button" class="tool seek" data-icon="search" title="All commands (Ctrl+K)"
      aria-label="All commands"></button>
    <button type="button" class="tool theme"></button>
    <button type="button" class="tool help" data-icon="help" title="Help and keys (?)"
      aria-label="Help and keys"></button>
  </span>
  <form class="account group" method="post" action="/logout" hidden>
    <span class="who"></span>
    <button type="submit" class="tool leave" data-icon="leave" aria-label="Sign out"></button>
  </form>
</header>
<div class="banner" role="alert" hidden><span>The connection to the server is lost. Edits that run
  go on; this page catches up by itself.</span><button type="button">Try now</button></div>
<div class="banner ended" role="alert" hidden><span>Your session has ended. What you typed is
  kept.</span><a href="/login">Sign in again</a></div>
<div class="toasts" role="status" aria-live="polite"></div>
<div class="announcer" role="status" aria-live="polite"></div>
"""


def build(desk: Desk) -> gr.HTML:
    """Return the bar."""
    acts = (
        newest,
        history.undo,
        history.redo,
        history.go_to,
        exports.begin_export,
        exports.cancel_export,
    )
    markup = _MARKUP.replace("{exports}", exports.MARKUP).replace("{history}", history.MARKUP)
    handlers = [desk.handler(act) for act in acts]
    return part("bar", markup, handlers=handlers, sizes=dict(SIZES), rates=list(RATES))


def newest(services: Services, user: User, _: Asked) -> Mapping[str, Any]:
    """Return the job that the page opens by itself, if there is any."""
    job_id = services.jobs.newest(user)
    return {"job": str(job_id) if job_id else None}
