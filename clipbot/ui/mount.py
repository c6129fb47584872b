"""The page on the app, with everything of Gradio's that would talk to others turned off."""

import gradio as gr
from fastapi import FastAPI

from clipbot.identity.base import Identity
from clipbot.services.bundle import Services
from clipbot.ui import page


def mount(app: FastAPI, services: Services, identity: Identity) -> FastAPI:
    """Mount the page at `/`; what the app itself serves comes first."""
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
