"""What is known of the media files of versions, found out once per file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from clipbot.blobs.base import BlobStore
from clipbot.domain.measures import Measures
from clipbot.errors import BlobNotFound, MediaError
from clipbot.media.darkroom import developed
from clipbot.media.files import digest
from clipbot.media.measure import Survey, survey
from clipbot.media.probe import Probe, probe
from clipbot.media.segments import Footage
from clipbot.media.signature import Signature
from clipbot.services.project import Project
from clipbot.store.footage import FootageStore
from clipbot.store.records import FootageRecord


@dataclass(frozen=True, slots=True)
class FootageLibrary:
    """Footage by blob key: the file, and what was found out about it."""

    footage: FootageStore
    blobs: BlobStore

    def record(self, key: str) -> FootageRecord:
        """Return what is known of a file; looks into it the first time.

        Raises:
            BlobNotFound: There is no such file.
            FootageRejected: It is not usable.
        """
        known = self.footage.get(key)
        if known:
            return known
        path = self.blobs.path(key)
        return self.keep(key, probe(path), digest(path), path.stat().st_size)

    def keep(
        self, key: str, facts: Probe, digest_: str, size_bytes: int, seen: Survey | None = None
    ) -> FootageRecord:
        """Write down what was found out about a file."""
        record = FootageRecord(
            key=key,
            digest=digest_,
            size_bytes=size_bytes,
            frames=facts.frames,
            rate=facts.rate,
            width=facts.width,
            height=facts.height,
            measures=seen.measures if seen else None,
        )
        self.footage.put(record, seen.signature.to_bytes() if seen else None)
        return record

    def measured(self, key: str) -> Measures:
        """Return the measures of a file; measures it the first time.

        Raises:
            BlobNotFound: There is no such file.
            FootageRejected: It is not usable.
        """
        record = self.record(key)
        return record.measures or self._surveyed(key, record).measures

    def survey(self, key: str) -> Survey:
        """Return all that is measured of a file, looking again where an earlier edition did not.

        Raises:
            BlobNotFound: There is no such file.
            FootageRejected: It is not usable.
        """
        record = self.record(key)
        return self.seen(record) or self._surveyed(key, record)

    def seen(self, record: FootageRecord) -> Survey | None:
        """Return what was measured of a file; None: not all that is measured now."""
        signature = self.signatures([record.key]).get(record.key)
        if record.measures and signature and record.measures.black is not None:
            return Survey(record.measures, signature)
        return None

    def signatures(self, keys: Iterable[str]) -> dict[str, Signature]:
        """Return what files show where, of those of which it is known; nothing is decoded."""
        stored = self.footage.signatures(keys).items()
        return {key: read for key, each in stored if (read := Signature.from_bytes(each))}

    def _surveyed(self, key: str, record: FootageRecord) -> Survey:
        seen = developed(survey, self.blobs.path(key))
        self.footage.put(replace(record, measures=seen.measures), seen.signature.to_bytes())
        return seen

    def by_key(self, key: str) -> Footage:
        """Return the footage stored under a key.

        Raises:
            BlobNotFound: There is no such file.
            FootageRejected: It is not usable.
        """
        return self._ready(self.record(key))

    def arriving(self, path: Path) -> Footage:
        """Return footage that is not kept yet, as its own index describes it.

        Raises:
            FootageRejected: It is not usable.
        """
        facts = probe(path)
        return Footage(path, digest(path), facts.frames, facts.rate)

    def of_film(self, project: Project, numbers: Mapping[int, int]) -> dict[int, Footage]:
        """Return the footage of every clip that has some; one broken file hides no other.

        Raises:
            FootageMissing: A version that is not the current one has no file.
            FootageRejected: Its file is not usable.
            StorageUnavailable: Nobody can say what there is; the film waits for that, and is
                not made of frozen neighbours.
        """
        keys = {i: project.footage_key(i, number) or "" for i, number in numbers.items()}
        wanted = [key for key in keys.values() if key]
        self.blobs.fetch(wanted)
        known = self.footage.many(wanted)
        found = {}
        for index, key in keys.items():
            number = numbers[index]
            try:
                found[index] = self._ready(known.get(key) or self.record(key))
            except BlobNotFound as error:
                if number != project.current_number(index):
                    raise project.footage_missing(index, number) from error
            except MediaError:
                if number != project.current_number(index):
                    raise
        return found

    def _ready(self, record: FootageRecord) -> Footage:
        return Footage(self.blobs.path(record.key), record.digest, record.frames, record.rate)
