"""The browser's half of the page, as it goes into the page's head.

Everything is in the page itself: no request of its own, nothing from elsewhere.
"""

import json
from pathlib import Path
from typing import Final
from urllib.parse import quote

_WEB: Final = Path(__file__).with_name("web")
_ICONS: Final = Path(__file__).parents[2] / "assets" / "icons"
_MARK: Final = "clipbot"

# Each file defines what the later ones use; `keys` begins.
_SCRIPTS: Final = (
    "core", "store", "commands", "wire", "relay", "stream", "session", "evenness", "grid", "pick",
    "player", "hover", "timeline", "wave", "stage", "drift", "twin", "lens", "pairs", "difference",
    "compare", "offers", "slot", "versiontree", "versionfacts", "versions", "templates", "composer",
    "runs", "scope", "message", "planrow", "plancard", "takes", "tray", "plans", "attention",
    "chat", "preview", "dialog", "account", "exports", "history", "films", "bar", "palette", "keys",
)  # fmt: skip
_STYLES: Final = (
    "tokens", "frame", "grid", "stage", "evenness", "chat", "message", "templates", "plancard",
    "dialog", "takes", "offers", "slot", "compare", "phone", "tablet", "versions", "palette",
)  # fmt: skip


def head() -> str:
    """Return the styles, the scripts and the page's icon, for the page's head."""
    icons = {
        path.stem: path.read_text(encoding="utf-8").strip() for path in sorted(_ICONS.glob("*.svg"))
    }
    mark = quote(icons.pop(_MARK))
    drawn = json.dumps(icons).replace("</", "<\\/")
    scripts = "\n".join(_read(f"{name}.js") for name in _SCRIPTS)
    return (
        f'<link rel="icon" type="image/svg+xml" href="data:image/svg+xml,{mark}">\n'
        '<meta name="color-scheme" content="dark light">\n'
        f"<style>{styles()}</style>\n"
        f"<script>if (!window.clipbot) {{ window.clipbot = {{ icons: {drawn} }};\n"
        f"{scripts} }}</script>"
    )


def styles() -> str:
    """Return the page's style sheet.

    It goes into the head as it is: what Gradio is given as `css` it doubles with a prefix
    of its own, which breaks lists of selectors and the order of the cascade.
    """
    return "\n".join(_read(f"{name}.css") for name in _STYLES)


def _read(name: str) -> str:
    return (_WEB / name).read_text(encoding="utf-8")
