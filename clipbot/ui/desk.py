"""What every handler starts from: the services, and who is asking.

A handler's own part is a function from (services, user, what was asked) to an answer;
`handler` puts the edge around it that Gradio calls.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import gradio as gr

from clipbot.domain.user import User
from clipbot.identity.base import Identity, current_user
from clipbot.services.bundle import Services
from clipbot.ui.answers import Json, answered
from clipbot.ui.asked import Asked

Act = Callable[[Services, User, Asked], Mapping[str, Any]]
Handler = Callable[[Any, gr.Request], Json]


@dataclass(frozen=True, slots=True)
class Desk:
    """What the page was built with."""

    services: Services
    identity: Identity

    def user(self, request: gr.Request) -> User:
        """Return who is asking.

        Raises:
            ClipbotError: The identity does not let them in.
        """
        return current_user(request, self.identity)

    def handler(self, act: Act) -> Handler:
        """Return a function that the page's scripts can call as `server.<name>(data)`.

        It runs in a thread, past Gradio's queue, and always answers: `{"ok": true, ...}`,
        or `{"ok": false, "code", "detail"}` where a service refused.
        """

        def call(data: Any, request: gr.Request) -> Json:
            return answered(lambda: act(self.services, self.user(request), Asked.of(data)))

        call.__name__ = getattr(act, "__name__", "call")
        return call
