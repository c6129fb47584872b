"""Find the Chromium that drives the browser tests; install it by the usual means if need be.

Prints its path. Exits 1, with one line on what to do, where none can be had.
"""

import os
import shutil
import sys
from pathlib import Path
from typing import Final

from scripts import packages

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_HELP: Final = (
    "No Chromium was found: install the package chromium, or set CLIPBOT_CHROMIUM to its path."
)


def find() -> Path | None:
    """Return the browser that is here: the one named in the environment, or an installed one.

    A name in the environment that leads nowhere counts as none: it is a mistake to be
    seen, not to be worked around.
    """
    named = os.environ.get("CLIPBOT_CHROMIUM")
    if named is not None:
        found = shutil.which(named)
        return Path(found) if found else None
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return Path(found) if found else _of_playwright()


def install() -> Path | None:
    """Install Chromium from the system's packages as root, else Playwright's own."""
    if packages.install("chromium") and (found := find()):
        return found
    packages.run(sys.executable, "-m", "playwright", "install", "chromium")
    return find()


def _of_playwright() -> Path | None:
    """Return the browser that Playwright installed, if it did."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only if it is needed
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


def main() -> int:
    """Print the path of a Chromium; return the exit status."""
    named = os.environ.get("CLIPBOT_CHROMIUM")
    found = find()
    if found is None and named is None:
        found = install()
    if found is None:
        sys.stderr.write(f"{_HELP}\n")
        return 1
    print(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
