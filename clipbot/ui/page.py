"""The whole page, put together.

`build` lays out the parts; what they do is in a file each. `THEME`, `CSS` and `HEAD`
go to `gr.mount_gradio_app`, because Gradio takes them where the page is served.
The styles are part of `HEAD` (`web.styles` says why), so `CSS` is empty.
"""

import gradio as gr

from clipbot.identity.base import Identity
from clipbot.services.bundle import Services
from clipbot.ui import bar, chat, compare, dialog, grid, palette, stage, tabs, takes, versions, web
from clipbot.ui.desk import Desk

TITLE = "clipbot"

# The first paint, before any style of ours: the same background in both themes.
THEME = gr.themes.Base(
    font=[
        gr.themes.LocalFont("IBM Plex Sans", weights=(400, 700)),
        "ui-sans-serif",
        "system-ui",
        "sans-serif",
    ],
    font_mono=["ui-monospace", "SFMono-Regular", "Menlo", "monospace"],
).set(
    body_background_fill="#f3f4f6",
    body_background_fill_dark="#0b0c0f",
    body_text_color="#171a20",
    body_text_color_dark="#e8eaee",
)

CSS = ""
HEAD = web.head()


def build(services: Services, identity: Identity) -> gr.Blocks:
    """Return the page; it holds no state of its own.

    Args:
        services: What the handlers call.
        identity: Who is asking, per call.
    """
    desk = Desk(services, identity)
    page = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    with page, gr.Column(elem_id="clipbot"):
        bar.build(desk)
        grid.build()
        stage.build()
        versions.build(desk)
        chat.build(desk)
        tabs.build()
        dialog.build(desk)
        takes.build(desk)
        palette.build()
        dialog.build_help()
        compare.build()
    return page
