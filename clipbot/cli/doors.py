"""What the commands need from outside, given by the composition root."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clipbot.domain.user import LOCAL_USER, User

if TYPE_CHECKING:  # heavy, and `plan` needs none of it
    from clipbot.services.bundle import Services


@dataclass(frozen=True, slots=True)
class Doors:
    """Ways to the rest of the program; nothing behind them is imported until they open."""

    open_services: Callable[[], AbstractContextManager["Services"]]
    """Opens the configured store and what works on it, until the block is left."""
    serve: Callable[[str | None, int | None], None]
    """Runs the page, at a host and port if given, until it is stopped."""
    work: Callable[[], None]
    """Executes edits until it is stopped."""
    migrate: Callable[[bool], Sequence[str]]
    """Brings the schema up to date, or (True) only says how; returns the statements."""
    beating: Callable[[], Mapping[str, float]]
    """Returns the seconds since the last beat of what executes in this home; opens nothing."""
    user: User = LOCAL_USER
    """Whoever can run the command can open the database: all of it is theirs."""
