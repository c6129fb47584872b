"""The page on the app, with everything of Gradio's that would talk to others turned off."""

from collections.abc import Collection

import gradio as gr
from fastapi import APIRouter, FastAPI

from clipbot.identity.base import Identity
from clipbot.services.bundle import Services
from clipbot.ui import page, review_page

_LOOK_SECONDS = 0.1


def mount(
    app: FastAPI,
    services: Services,
    identity: Identity,
    *,
    sign_in: APIRouter | None = None,
    frame_ancestors: Collection[str] = (),
) -> FastAPI:
    """Mount the page at `/`; what the app itself serves comes first.

    Args:
        app: Lets in whom it knows, to the page as well (`api.gate`).
        services: What the page calls.
        identity: Who is asking.
        sign_in: Where people sign in, if they do.
        frame_ancestors: Sites, besides our own, that may show our pages in a frame.
    """
    if sign_in is not None:
        app.include_router(sign_in)
    app.include_router(review_page.router(frame_ancestors))
    blocks = page.build(services, identity)
    _calm(blocks)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        theme=page.THEME,
        css=page.CSS,
        head=page.HEAD,
        ssr_mode=False,
        run_history=False,
        footer_links=[],
        show_error=False,
    )
    return mounted


def _calm(blocks: gr.Blocks) -> None:
    """Have Gradio's queue look for work less often: all that it gets here is to follow an edit.

    It looks a thousand times a second, and each time takes Python's lock from a thread that
    answers somebody.
    """
    queue = blocks._queue  # noqa: SLF001 - there is no other way to it
    queue.sleep_when_free = queue.progress_update_sleep_when_free = _LOOK_SECONDS
