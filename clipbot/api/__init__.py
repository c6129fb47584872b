"""The REST door: thin calls on the services, errors in one shape, media and events.

`create` makes the app, `server` runs it, `events_of` is the hub that the page may listen to.
"""

from clipbot.api.app import create
from clipbot.api.context import events_of
from clipbot.api.server import server

__all__ = ["create", "events_of", "server"]
