"""Templates of people's own: kept from a finished edit, changed, shared, deleted.

The built-in ones are part of the page; these are asked for when somebody wants to see them.
"""

from collections.abc import Mapping
from typing import Any, Final

from clipbot.domain.user import User
from clipbot.services.bundle import Services
from clipbot.ui import answers
from clipbot.ui.asked import Asked


def templates(services: Services, user: User, _: Asked) -> Mapping[str, Any]:
    """Return the person's own templates, and those that others share."""
    found = services.templates.list(user)
    return {"templates": [answers.template(each) for each in found if not each.is_built_in]}


def save_template(services: Services, user: User, asked: Asked) -> Mapping[str, Any]:
    """Keep a finished edit as a template; of one that was made elsewhere, its words."""
    if asked.names_regeneration:
        saved = services.templates.save_edit(user, asked.name, asked.regeneration_id)
    else:
        saved = services.templates.save(user, asked.name, asked.text)
    return {"template": answers.template(saved)}


def change_template(services: Services, user: User, asked: Asked) -> Mapping[str, Any]:
    """Give an own template another name, or other words."""
    changed = services.templates.change(
        user, asked.template_id, name=asked.name, instruction=asked.text
    )
    return {"template": answers.template(changed)}


def share_template(services: Services, user: User, asked: Asked) -> Mapping[str, Any]:
    """Let everybody here use an own template, or nobody else any more."""
    changed = services.templates.change(user, asked.template_id, shared=asked.is_shared)
    return {"template": answers.template(changed)}


def delete_template(services: Services, user: User, asked: Asked) -> Mapping[str, Any]:
    """Delete an own template; what was made with it stays."""
    services.templates.delete(user, asked.template_id)
    return {}


OWN: Final = (templates, save_template, change_template, share_template, delete_template)
"""The handlers, as the page's scripts call them."""
