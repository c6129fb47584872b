"""What is known of the media files of versions, found out once per file."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from clipbot.blobs.base import BlobStore
from clipbot.domain.measures import Measures
from clipbot.errors import BlobNotFound, FootageMissing, MediaError
from clipbot.media.darkroom import developed
from clipbot.media.files import digest
from clipbot.media.measure import measure
from clipbot.media.probe import Probe, probe
from clipbot.media.segments import Footage
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
        self, key: str, facts: Probe, digest_: str, size_bytes: int, seen: Measures | None = None
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
            measures=seen,
        )
        self.footage.put(record)
        return record

    def measured(self, key: str) -> Measures:
        """Return the measures of a file; measures it the first time.

        Raises:
            BlobNotFound: There is no such file.
            FootageRejected: It is not usable.
        """
        record = self.record(key)
        if record.measures:
            return record.measures
        seen = developed(measure, self.blobs.path(key))
        self.footage.put(replace(record, measures=seen))
        return seen

    def of(self, project: Project, clip_index: int, number: int) -> Footage:
        """Return a version's footage, ready for the film.

        Raises:
            FootageMissing: The version has no file.
            FootageRejected: Its file is not usable.
            StorageUnavailable: Nobody can say now.
        """
        key = project.footage_key(clip_index, number)
        if key is None:
            raise project.footage_missing(clip_index, number)
        try:
            return self.by_key(key)
        except BlobNotFound as error:
            raise project.footage_missing(clip_index, number) from error

    def by_key(self, key: str) -> Footage:
        """Return the footage stored under a key.

        Raises:
            BlobNotFound: There is no such file.
            FootageRejected: It is not usable.
        """
        record = self.record(key)
        return Footage(self.blobs.path(key), record.digest, record.frames, record.rate)

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
            StorageUnavailable: Nobody can say what there is; the film waits for that, and is
                not made of frozen neighbours.
        """
        keys = [project.footage_key(index, number) for index, number in numbers.items()]
        self.blobs.fetch([key for key in keys if key])
        found = {}
        for index, number in numbers.items():
            try:
                found[index] = self.of(project, index, number)
            except (FootageMissing, MediaError):
                if number != project.current_number(index):
                    raise
        return found
