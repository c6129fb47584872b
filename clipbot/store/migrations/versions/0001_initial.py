"""The pipeline's tables where they are missing, our columns on them, and our own tables."""

from clipbot.store.adoption import Adoption
from clipbot.store.migrations.initial_ours import OURS
from clipbot.store.migrations.initial_pipeline import ADDED, PIPELINE

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create what is missing; an adopted database keeps every row."""
    Adoption(PIPELINE, OURS, ADDED).carry_out()
