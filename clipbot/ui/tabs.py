"""On a phone one pane is shown at a time, on a tablet clips or versions; these switch."""

import gradio as gr

from clipbot.ui.component import part

_PANES = (("clips", "Clips"), ("stage", "Stage"), ("chat", "Chat"))
_ON_TABLETS = '<span class="on-tablets">Versions</span>'
_BADGE = '<i class="tab-badge" hidden></i>'
_BUTTONS = "".join(
    f'<button type="button" data-tab="{name}" data-icon="{name}"><span>{label}</span>'
    f"{_ON_TABLETS if name == 'stage' else ''}{_BADGE if name == 'chat' else ''}</button>"
    for name, label in _PANES
)


def build() -> gr.HTML:
    """Return the tabs."""
    return part("tabs", f'<nav class="tabs" aria-label="Panes">{_BUTTONS}</nav>')
