"""The bar on top: the job, its money, undo and redo, export, theme, help, signing out."""

from collections.abc import Mapping
from typing import Any

import gradio as gr

from clipbot.domain.user import User
from clipbot.services.bundle import Services
from clipbot.ui.asked import Asked
from clipbot.ui.component import part
from clipbot.ui.desk import Desk

_MARKUP = """
<header class="topbar" aria-label="Film">
  <a class="mark" href="./" aria-label="clipbot, start"><i></i><i></i><i></i><b>clipbot</b></a>
  <select class="jobs" aria-label="Film to edit" hidden></select>
  <span class="job-facts"></span>
  <span class="space"></span>
  <span class="budget" role="img" hidden><span class="spent"></span><span class="of">used</span>
    <span class="meter"><i class="held"></i><i class="paid"></i></span></span>
  <span class="group">
    <button type="button" class="tool undo" data-icon="undo" disabled></button>
    <button type="button" class="tool redo" data-icon="redo" disabled></button>
  </span>
  <a class="tool wide export" data-icon="download" title="Download the film as MP4"
    aria-label="Export: download the film as MP4" hidden><span>Export</span></a>
  <span class="group">
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
    return part("bar", _MARKUP, handlers=[desk.handler(act) for act in (newest, undo, redo)])


def newest(services: Services, user: User, _: Asked) -> Mapping[str, Any]:
    """Return the job that the page opens by itself, if there is any."""
    job_id = services.jobs.newest(user)
    return {"job": str(job_id) if job_id else None}


def undo(services: Services, user: User, asked: Asked) -> Mapping[str, Any]:
    """Take back the last change of the film."""
    services.history.undo(user, asked.job_id)
    return {}


def redo(services: Services, user: User, asked: Asked) -> Mapping[str, Any]:
    """Put back the last change that was taken back."""
    services.history.redo(user, asked.job_id)
    return {}
