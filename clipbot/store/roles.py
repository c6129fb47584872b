"""Who may see everybody's jobs."""

import logging
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select

from clipbot.store.database import reading
from clipbot.store.tables.pipeline import UserRoleRow

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class UserRoles:
    """The roles of people; whoever has none is a plain user."""

    engine: Engine

    def is_admin(self, user_id: UUID) -> bool | None:
        """Return whether a person is an admin; None: that cannot be read now."""
        query = select(UserRoleRow.role).where(UserRoleRow.user_id == user_id)
        try:
            with reading(self.engine) as session:
                return session.exec(query).first() == "admin"
        except SQLAlchemyError:
            logger.warning("role not read", exc_info=True)
            return None
