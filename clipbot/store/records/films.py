"""Records of films and of the footage that they are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from clipbot.domain.measures import Measures


@dataclass(frozen=True, slots=True)
class NewComposition:
    """A film that is ready to play."""

    fingerprint: str
    """Digest over segments and song: equal films have equal fingerprints."""
    frames: int
    rate: Fraction
    width: int
    height: int
    size_bytes: int
    etag: str
    plan: Mapping[str, Any]
    """All that is needed to build the film again: pieces with their segment keys, the song's key,
    and the version number of each clip. JSON."""


@dataclass(frozen=True, slots=True)
class FilmRecord:
    """What a list of films tells of one."""

    job_id: UUID
    number: int
    frames: int
    rate: Fraction
    width: int
    height: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class CompositionRecord(FilmRecord):
    """A row of `compositions`."""

    fingerprint: str
    etag: str
    plan: Mapping[str, Any]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class FootageRecord:
    """What is known of a stored media file; keyed by its blob key."""

    key: str
    digest: str
    """BLAKE2b of the bytes, hex."""
    size_bytes: int
    frames: int
    """Frames at the file's own rate."""
    rate: Fraction
    width: int
    height: int
    measures: Measures | None = None
