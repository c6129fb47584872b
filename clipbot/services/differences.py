"""How footage differs, measured once per pair of files and kept: files never change."""

import json
import logging
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from clipbot.domain.comparing import Difference, grid_of
from clipbot.media.compared import compared
from clipbot.media.darkroom import developed
from clipbot.media.files import appearing
from clipbot.services.footage import FootageLibrary
from clipbot.store.records import FootageRecord

logger = logging.getLogger(__name__)

_RULES = 1
"""Rises when differences are measured otherwise."""


@dataclass(frozen=True, slots=True)
class Differences:
    """Differences by the contents of two files."""

    library: FootageLibrary
    folder: Path
    """Where they are kept; a cache."""
    _turn: Lock = field(default_factory=Lock)
    """One pair at a time: the darkroom has stills to make beside it."""

    def of(self, key: str, other: str) -> Difference:
        """Return how the files under two keys differ; looks the first time.

        Raises:
            BlobNotFound: There is no such file.
            FootageRejected: One is not usable.
            StorageUnavailable: Nobody can say now.
        """
        first, second = self.library.record(key), self.library.record(other)
        if first.digest == second.digest:
            return _nothing(first)
        path = self.folder / f"{first.digest}-{second.digest}-{_RULES}.json"
        if (known := _kept(path)) is not None:
            return known
        with self._turn:
            if (known := _kept(path)) is not None:
                return known
            blobs = self.library.blobs
            found = developed(compared, blobs.path(key), blobs.path(other))
            with appearing(path) as part:
                part.write_text(json.dumps(found.to_json()), encoding="utf-8")
            return found


def _nothing(record: FootageRecord) -> Difference:
    columns, rows = grid_of((record.width, record.height))
    return Difference(0.0, 0.0, 0.0, 1.0, (), columns, (0.0,) * (columns * rows))


def _kept(path: Path) -> Difference | None:
    try:
        return Difference.from_json(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        logger.warning("kept difference not readable", extra={"file": path.name})
        return None
