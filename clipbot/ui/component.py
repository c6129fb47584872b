"""The kind of component that the whole page is made of.

Its markup is static: Gradio evaluates templates as code, so nothing that people or
models wrote may ever be part of one. A script in `web/` fills it, as text.
"""

from collections.abc import Sequence
from typing import Any

import gradio as gr

from clipbot.ui.desk import Handler


def part(
    name: str,
    markup: str,
    *,
    handlers: Sequence[Handler] = (),
    events: Sequence[str] = (),
    **props: Any,
) -> gr.HTML:
    """Return a piece of the page, brought to life by `clipbot.part(name, ...)` in `web/`.

    A function, because Gradio writes a stub file beside every class that is made of one
    of its own.

    Args:
        name: Of the script's part; also the end of the element's id.
        markup: Static HTML, without values.
        handlers: What the script may call as `host.server.<name>`.
        events: Names of events that the script triggers, for listeners in Python.
        props: Further data for the script, as `host.props.<name>`.

    Raises:
        ValueError: The markup holds something that Gradio would evaluate.
    """
    refuse_templates(markup)
    # Gradio finds the names of custom events by looking for them, quoted, in the script.
    named = ", ".join(f"'{event}'" for event in events)
    return gr.HTML(
        html_template=markup,
        js_on_load=(
            f"window.clipbot.mount('{name}', "
            f"{{element, props, trigger, watch, server, events: [{named}]}});"
        ),
        apply_default_css=False,
        elem_id=f"cb-{name}",
        server_functions=list(handlers) or None,
        **props,
    )


def refuse_templates(markup: str) -> None:
    """Refuse markup in which Gradio would find something to evaluate.

    Raises:
        ValueError: It holds a placeholder, a backtick or a backslash.
    """
    for found in ("${", "{{", "`", "\\", "@children"):
        if found in markup:
            raise ValueError(f"markup must be static, and this holds {found!r}")
