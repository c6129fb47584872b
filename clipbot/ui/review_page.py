"""The page on which a job's edits are reviewed: plain HTML of our own, beside the main page.

It is the same for everybody: which job it is about its script reads from the address, and
what is shown from REST, so nothing of anybody's is in it. `/review/{job}` is for people who
may see the job; `/shared/{share}` is for whoever has a link, and only shows. What opens a link
is behind the `#` of its address, where no server, log or `Referer` gets to see it; the script
takes it from there, has it kept in a cookie, and takes it out of the address.

Styles and scripts are in the page, named by their digests; nothing else may run (CSP).
"""

import json
from base64 import b64encode
from collections.abc import Collection, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

_WEB: Final = Path(__file__).with_name("web")
_OWN: Final = Path(__file__).with_name("review")
_LOGIN: Final = Path(__file__).with_name("login")
_ICONS: Final = Path(__file__).parents[2] / "assets" / "icons"
_MARK: Final = "clipbot"
# Each file uses what the ones before it define; `main` begins.
_SCRIPTS: Final = (
    "reading",
    "playing",
    "parts",
    "moments",
    "row",
    "compare",
    "filters",
    "sharing",
    "main",
)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _script() -> str:
    icons = {path.stem: _read(path).strip() for path in sorted(_ICONS.glob("*.svg"))}
    drawn = json.dumps(icons).replace("</", "<\\/")
    own = "\n".join(_read(_OWN / f"{name}.js") for name in _SCRIPTS)
    return f"window.clipbot = {{ icons: {drawn} }};\n{_read(_WEB / 'core.js')}\n{own}"


_STYLE: Final = "\n".join(
    _read(path) for path in (_OWN / "font.css", _WEB / "tokens.css", _OWN / "review.css")
)
_THEME: Final = _read(_LOGIN / "login.js").strip()
_CODE: Final = _script()
_ICON: Final = quote(_read(_ICONS / f"{_MARK}.svg").strip())
_PAGE: Final = f"""<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="dark light">
  <meta name="robots" content="noindex">
  <meta name="referrer" content="no-referrer">
  <title>Review · clipbot</title>
  <link rel="icon" type="image/svg+xml" href="data:image/svg+xml,{_ICON}">
  <style>{_STYLE}</style>
  <script>{_THEME}</script>
</head>
<body>
{_read(_OWN / "review.html")}
<script>{_CODE}</script>
</body>
</html>
"""


def headers(frame_ancestors: Collection[str] = ()) -> Mapping[str, str]:
    """Return the headers of the page: only what is in it runs, and it never says where it was."""
    policy = (
        f"default-src 'none'; style-src {_digest(_STYLE)}; "
        f"script-src {_digest(_THEME)} {_digest(_CODE)}; img-src 'self' data:; "
        "font-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'self'"
    )
    return {
        "Content-Security-Policy": " ".join((policy, *frame_ancestors)),
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex",
    }


def router(frame_ancestors: Collection[str] = ()) -> APIRouter:
    """Return the routes; to be included before the page is mounted.

    Args:
        frame_ancestors: Sites, besides our own, that may show the page in a frame.
    """
    routes = APIRouter(include_in_schema=False)
    said = dict(headers(frame_ancestors))

    @routes.get("/review/{job}")
    def review(job: str) -> HTMLResponse:  # noqa: ARG001 - the page's script reads it
        return HTMLResponse(_PAGE, headers=said)

    @routes.get("/shared/{share}")
    def shared(share: str) -> HTMLResponse:  # noqa: ARG001 - the page's script reads it
        return HTMLResponse(_PAGE, headers=said)

    return routes


def _digest(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"
