"""Offers: whether every new version waits for a yes, and no to one of them."""

from collections.abc import Mapping
from typing import Any, Final

from clipbot.domain.user import User
from clipbot.services.bundle import Services
from clipbot.ui.asked import Asked

MARKUP: Final = """
<label class="ask-first" title="No new version enters the film by itself">
  <input type="checkbox" role="switch" aria-label="Ask me first" disabled>
  <span>Ask me first</span></label>
"""


def ask_first(services: Services, user: User, asked: Asked) -> Mapping[str, Any]:
    """Decide whether every new version of the job is offered before the film takes it."""
    services.offers.ask_first(user, asked.job_id, offers_first=asked.offers_first)
    return {}


def drop_offer(services: Services, user: User, asked: Asked) -> Mapping[str, Any]:
    """Offer a version no longer."""
    services.offers.drop(user, asked.job_id, asked.clip_index, asked.version)
    return {}
