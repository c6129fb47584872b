"""Who is asking."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class User:
    """A person, as far as the services need to know one."""

    id: UUID
    email: str | None = None
    is_admin: bool = False


LOCAL_USER = User(UUID("00000000-0000-4000-8000-000000000001"), is_admin=True)
"""The one user of an installation without sign-in."""
