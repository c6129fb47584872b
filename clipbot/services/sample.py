"""Put the sample project into the store, so that the page is alive at once."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from clipbot.blobs.base import BlobStore, key_of
from clipbot.domain.user import User
from clipbot.errors import ConfigurationError, JobNotFound
from clipbot.store.store import Store

SAMPLE_ID = uuid5(NAMESPACE_URL, "https://clipbot.invalid/sample")
"""Id of the sample job; it never changes."""


@dataclass(frozen=True, slots=True)
class SampleService:
    """Installs the sample: rows in the pipeline's own shape, files under its own keys."""

    store: Store
    blobs: BlobStore
    assets: Path
    """The folder `assets/sample`."""

    def install(self, owner: User) -> UUID:
        """Make sure that the sample is there, and return its id.

        Raises:
            ConfigurationError: This installation came without the sample's files.
            StorageFull: There is no room for its files.
        """
        try:
            return self.store.jobs.get(SAMPLE_ID).id
        except JobNotFound:
            rows = self._rows()
        for key in _keys(rows):
            source = self.assets / key.rsplit("/", 1)[1]
            if not source.is_file():
                raise ConfigurationError(f"The sample project lacks its file {source.name}.")
            self.blobs.put(key, source)
        for job in rows["jobs"]:
            job["user_id"] = str(owner.id)
        self.store.jobs.insert(rows)
        return SAMPLE_ID

    def copy(self, owner: User, id_: UUID, now: datetime) -> None:
        """Give somebody a copy of the sample: rows of their own, files shared.

        Args:
            owner: Whose it will be.
            id_: Of the copy; one that exists is left alone.
            now: When it is made.
        """
        rows = self._rows()
        for stage in rows["job_stages"]:
            stage["job_id"] = str(id_)
            stage["id"] = str(uuid5(id_, str(stage["id"])))
        for job in rows["jobs"]:
            job |= {"id": str(id_), "user_id": str(owner.id), "created_at": now.isoformat()}
        self.store.jobs.insert(rows)

    def _rows(self) -> dict[str, list[dict[str, Any]]]:
        path = self.assets / "rows.json"
        if not path.is_file():
            raise ConfigurationError("This installation came without the sample project.")
        document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        rows: dict[str, list[dict[str, Any]]] = document["rows"]
        return rows


def _keys(rows: dict[str, list[dict[str, Any]]]) -> list[str]:
    """Return the keys of the song and the clips that the rows name."""
    urls = [job["audio_url"] for job in rows["jobs"]]
    for stage in rows["job_stages"]:
        if stage["stage_name"] == "video_generator":
            urls += [clip["video_url"] for clip in stage["metadata"]["clips"]["clips"]]
    return [key for url in urls if (key := key_of(url))]
