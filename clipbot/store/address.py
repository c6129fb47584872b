"""What a database's address means, in any of the spellings that people copy from somewhere."""

from typing import Final

from psycopg import pq
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from clipbot.errors import ConfigurationError

_DRIVER: Final = "postgresql+psycopg"
_SPELLINGS: Final = frozenset({"postgres", "postgresql"})
_OF_OTHERS: Final = frozenset(
    {
        "connection_limit",
        "pgbouncer",
        "pool_timeout",
        "prepared_statements",
        "statement_cache_size",
        "supa",
        "workaround",
    }
)
"""Written for other clients, about poolers; what they ask for, we do anyway."""


def address(text: str) -> URL:
    """Return the address of a database, as our one driver for it takes it.

    Args:
        text: `sqlite:///file`, or `postgres://` or `postgresql://` with any driver's name.

    Raises:
        ConfigurationError: It is no such address; nothing secret is in the sentence.
    """
    try:
        found = make_url(text.strip())
    except (ArgumentError, ValueError) as error:
        raise ConfigurationError(
            "DATABASE_URL is no address of a database; it begins with sqlite:/// or postgresql://."
        ) from error
    if found.drivername.partition("+")[0].lower() not in _SPELLINGS:
        return found
    query = {key: value for key, value in found.query.items() if key not in _OF_OTHERS}
    strange = sorted(set(query) - _options())
    if strange:
        raise ConfigurationError(
            f"DATABASE_URL has ?{strange[0]}=, which PostgreSQL does not know; please take it out."
        )
    return found.set(drivername=_DRIVER, query=query)


def spelled(text: str) -> str:
    """Return the address as text, for others who connect with the same driver; has its secret."""
    return address(text).render_as_string(hide_password=False)


def _options() -> frozenset[str]:
    """Return what may stand behind the question mark: whatever the installed libpq takes."""
    return frozenset(option.keyword.decode() for option in pq.Conninfo.get_defaults())
