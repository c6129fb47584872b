"""The tones of footage, measured once per file and kept by its content."""

import json
import logging
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from clipbot.blobs.base import BlobStore
from clipbot.domain.palettes import Tones, tones_of
from clipbot.errors import StorageFull
from clipbot.media.darkroom import developed
from clipbot.media.files import appearing
from clipbot.media.tones import EDITION, tones
from clipbot.services.footage import FootageLibrary
from clipbot.services.turns import Turns
from clipbot.store.records import FootageRecord

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ToneLibrary:
    """Tones by blob key.

    They follow from the file's content alone, so they are a cache of this machine: what is
    lost of it is measured again.
    """

    library: FootageLibrary
    blobs: BlobStore
    folder: Path
    _turns: Turns = field(default_factory=Turns)

    def known(self, record: FootageRecord) -> Tones | None:
        """Return the tones of a file, if they were measured before on this machine."""
        try:
            return tones_of(json.loads(self._path(record.digest).read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except ValueError:  # Cut off by a machine that went down.
            logger.warning("tones unreadable", extra={"digest": record.digest})
            return None

    def of(self, key: str) -> Tones:
        """Return the tones of a file; measures it the first time.

        Raises:
            BlobNotFound: There is no such file.
            FootageRejected: It is not usable.
            StorageUnavailable: Nobody can say now.
        """
        record = self.library.record(key)
        with self._turns.of(record.digest):
            known = self.known(record)
            if known is not None:
                return known
            seen = developed(tones, self.blobs.path(key))
            with suppress(StorageFull), appearing(self._path(record.digest)) as part:
                part.write_text(json.dumps(seen.to_json()), encoding="utf-8")
            return seen

    def _path(self, digest: str) -> Path:
        return self.folder / f"{digest}.{EDITION}.json"
