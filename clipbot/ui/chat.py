"""The conversation: one turn at a time, edits under way, and how they are followed."""

import logging
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import gradio as gr

from clipbot.domain.templates import TEMPLATES
from clipbot.domain.user import User
from clipbot.errors import ClipbotError
from clipbot.services.bundle import Services
from clipbot.ui import answers
from clipbot.ui.asked import Asked
from clipbot.ui.component import part
from clipbot.ui.desk import Desk
from clipbot.ui.templates import OWN

logger = logging.getLogger(__name__)

MOST_FOLLOWERS = 4
"""Generators that follow edits at the same time; each holds a thread. Further ones wait,
and their pages follow by the job's event stream alone."""

_MARKUP = """
<section class="pane chat" aria-label="Chat">
  <div class="pane-head"><h2 class="pane-title">Chat</h2><span class="space"></span>
    <div class="scope" role="group" aria-label="Lines to show" hidden>
      <button type="button" data-scope="clip">This clip</button>
      <button type="button" data-scope="all">Whole film</button></div></div>
  <div class="messages" role="log" aria-live="polite" aria-label="Conversation" tabindex="0"></div>
  <div class="composer">
    <div class="ideas" hidden>
      <div class="groups" role="group" aria-label="Groups of templates"></div>
      <div class="chips" role="group"></div>
    </div>
    <form>
      <div class="target" role="status"></div>
      <textarea rows="1" aria-label="What should change?" enterkeyhint="send"
        placeholder="What should change?"></textarea>
      <span class="counter" role="status" hidden></span>
      <button type="submit" class="send" data-icon="send" aria-label="Send" title="Send (Enter)"
        disabled></button>
    </form>
  </div>
</section>
"""


def build(desk: Desk) -> gr.HTML:
    """Return the chat, connected."""
    chat = part(
        "chat",
        _MARKUP,
        handlers=[
            desk.handler(act) for act in (say, history, greeting, cancel, look, close_edit, *OWN)
        ],
        events=["follow"],
        templates=[
            {
                "id": each.id,
                "title": each.title,
                "group": each.group.value,
                "instruction": each.instruction,
            }
            for each in TEMPLATES.values()
        ],
        patch=None,
    )
    chat.follow(
        follower(desk),
        None,
        chat,
        show_progress="hidden",
        concurrency_limit=MOST_FOLLOWERS,
        trigger_mode="multiple",
        api_visibility="private",
    )
    return chat


def say(services: Services, user: User, asked: Asked) -> Mapping[str, Any]:
    """Answer one message; an edit is priced, not started."""
    answer = services.chat.say(
        user,
        asked.job_id,
        asked.text,
        asked.selected,
        renderer=asked.renderer,
        template_id=asked.template,
    )
    return answers.turn(answer)


def history(services: Services, user: User, asked: Asked) -> Mapping[str, Any]:
    """Return what was said so far, of all or about one clip, oldest line first."""
    lines = services.chat.history(user, asked.job_id, clip_index=asked.only_clip)
    return {"messages": [answers.message(line) for line in lines]}


def greeting(services: Services, user: User, asked: Asked) -> Mapping[str, Any]:
    """Return what the chat says to a selection before anything was said."""
    return {"greeting": services.chat.greeting(user, asked.job_id, asked.selected)}


def cancel(services: Services, user: User, asked: Asked) -> Mapping[str, Any]:
    """Ask an edit to stop; the film stays as it is."""
    services.regenerations.cancel(user, asked.job_id, asked.regeneration_id)
    return {}


def look(services: Services, user: User, asked: Asked) -> Mapping[str, Any]:
    """Ask the provider again about an edit that needs attention."""
    edit = services.attention.look(user, asked.job_id, asked.regeneration_id)
    return {"status": edit.status.value}


def close_edit(services: Services, user: User, asked: Asked) -> Mapping[str, Any]:
    """End an edit that needs attention, at what the provider's bill says."""
    edit = services.attention.close(
        user, asked.job_id, asked.regeneration_id, charged_micros=asked.charged_micros
    )
    return {"status": edit.status.value}


def follower(desk: Desk) -> Callable[[gr.EventData, gr.Request], Iterator[dict[str, Any]]]:
    """Return the generator that tells the page of the edits it has just confirmed.

    The job's event stream says the same; the page drops what it knows. Leaving the page
    ends this and stops no edit.
    """

    def follow(data: gr.EventData, request: gr.Request) -> Iterator[dict[str, Any]]:
        asked = Asked.of(data._data)  # noqa: SLF001 - Gradio offers its fields by name only
        try:
            for event in desk.services.regenerations.follow(
                desk.user(request), asked.job_id, asked.regeneration_ids, asked.after
            ):
                yield gr.update(patch=[answers.event(event)])
        except ClipbotError as error:
            logger.info("following ended", extra={"code": error.code})

    return follow
