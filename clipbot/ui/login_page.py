"""The page on which one signs in: plain HTML, complete in itself, without the framework.

It asks nobody for a session, so it must not need what is behind the gate: its styles are
in it, in the colours of the page, and its one line of script is that which knows the
chosen theme. Both are named by their digests, and nothing else may run (CSP).
"""

from base64 import b64encode
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Final
from urllib.parse import quote

_WEB: Final = Path(__file__).with_name("web")
_ICONS: Final = Path(__file__).parents[2] / "assets" / "icons"
_OWN: Final = Path(__file__).with_name("login")
_STYLE: Final = "\n".join(
    path.read_text(encoding="utf-8") for path in (_WEB / "tokens.css", _OWN / "login.css")
)
_SCRIPT: Final = (_OWN / "login.js").read_text(encoding="utf-8").strip()
_ICON: Final = quote((_ICONS / "clipbot.svg").read_text(encoding="utf-8").strip())


@dataclass(frozen=True, slots=True)
class LoginPage:
    """What the page says."""

    next: str
    """Own path that one wanted to see."""
    email: str = ""
    """As typed before."""
    trouble: str = ""
    """What went wrong, in a sentence."""
    notice: str = ""
    """What went well."""


def with_password(page: LoginPage) -> str:
    """Return the page that asks for an e-mail address and a password."""
    wrong = ' aria-invalid="true" aria-describedby="trouble"' if page.trouble else ""
    form = f"""
    <form method="post" action="/login">
      <input type="hidden" name="next" value="{escape(page.next)}">
      <label for="email">E-mail address</label>
      <input id="email" name="email" type="email" autocomplete="username" inputmode="email"
        maxlength="320" required value="{escape(page.email)}"{wrong}{_focus(not page.email)}>
      <label for="password">Password</label>
      <input id="password" name="password" type="password" autocomplete="current-password"
        maxlength="1000" required{wrong}{_focus(bool(page.email))}>
      <button type="submit">Sign in</button>
    </form>"""
    return _whole(page, form)


def with_provider(page: LoginPage, name: str, *, in_own_tab: bool) -> str:
    """Return the page that leads to a provider where people sign in.

    Args:
        page: What it says.
        name: Of the provider.
        in_own_tab: Whether that must leave the frame that the page may be shown in.
    """
    target = ' target="_blank" rel="noopener"' if in_own_tab else ""
    way = f"/login/start?next={quote(page.next, safe='/')}"
    form = f"""
    <a class="button" href="{escape(way)}"{target}>Sign in with {escape(name)}</a>"""
    return _whole(page, form)


def headers(frame_ancestors: Collection[str] = ()) -> Mapping[str, str]:
    """Return the headers of the page: nothing may run but what is in it."""
    policy = (
        f"default-src 'none'; style-src {_digest(_STYLE)}; script-src {_digest(_SCRIPT)}; "
        "img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
    )
    return {
        "Content-Security-Policy": " ".join((policy, *frame_ancestors)),
        "Cache-Control": "no-store",
    }


def _whole(page: LoginPage, form: str) -> str:
    said = ""
    if page.trouble:
        said = f'<p id="trouble" class="trouble" role="alert">{escape(page.trouble)}</p>'
    elif page.notice:
        said = f'<p class="notice" role="status">{escape(page.notice)}</p>'
    return f"""<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="dark light">
  <meta name="robots" content="noindex">
  <title>Sign in · clipbot</title>
  <link rel="icon" type="image/svg+xml" href="data:image/svg+xml,{_ICON}">
  <style>{_STYLE}</style>
  <script>{_SCRIPT}</script>
</head>
<body>
  <main>
    <div class="mark" aria-hidden="true"><i></i><i></i><i></i><b>clipbot</b></div>
    <h1>Sign in</h1>
    <p class="lead">Edit a music video clip by clip, by saying what should change.</p>
    {said}{form}
  </main>
</body>
</html>
"""


def _focus(is_here: bool) -> str:  # noqa: FBT001 - reads as what it answers
    return " autofocus" if is_here else ""


def _digest(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"
