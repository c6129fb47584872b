"""Start clipbot: settings, wiring, one FastAPI app with the page mounted, one server.

`python app.py` is what `make run`, Hugging Face Spaces and the container run.
"""

import sys

from clipbot import logs, settings
from clipbot.errors import ClipbotError


def main() -> int:
    """Run the app until it is stopped; return the exit status."""
    # The children of the darkroom import this file too, and need no page.
    from clipbot.serving import serve  # noqa: PLC0415

    try:
        loaded = settings.load()
        logs.configure(loaded.log_level)
        serve(loaded)
    except ClipbotError as error:
        sys.stderr.write(f"clipbot: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
