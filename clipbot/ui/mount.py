"""The page on the app, with everything of Gradio's that would talk to others turned off."""

import gradio as gr
from fastapi import APIRouter, FastAPI

from clipbot.identity.base import Identity
from clipbot.services.bundle import Services
from clipbot.ui import page


def mount(
    app: FastAPI, services: Services, identity: Identity, *, sign_in: APIRouter | None = None
) -> FastAPI:
    """Mount the page at `/`; what the app itself serves comes first.

    Args:
        app: Lets in whom it knows, to the page as well (`api.gate`).
        services: What the page calls.
        identity: Who is asking.
        sign_in: Where people sign in, if they do.
    """
    if sign_in is not None:
        app.include_router(sign_in)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        page.build(services, identity),
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
