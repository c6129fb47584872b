"""The page: Gradio components with markup of their own, and the handlers behind them.

The browser's half lives in `web/`. It reads over REST and says what the person wants
through the handlers here; each handler is one service call and its wording.
"""

import os

from clipbot.ui import stubs

# Before Gradio is imported: it would look up its own servers otherwise.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
stubs.leave_out()
