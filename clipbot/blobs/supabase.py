"""Files by key in a Supabase project, with copies on this machine.

The storage is the truth; what lies here are copies, each under a name that says which
content it is. Versioned names are never written twice, so nothing is ever overwritten:
a key that is taken holds the same content, or the next name has to be tried.
"""

import contextlib
import logging
import shutil
import time
from collections import defaultdict
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

import httpx

from clipbot.blobs.base import is_key
from clipbot.blobs.buckets import BUCKETS, MOST_BYTES
from clipbot.blobs.cache import FileCache
from clipbot.blobs.folders import Folders
from clipbot.blobs.signing import SignedAddresses
from clipbot.blobs.transfer import Transfer, files_client, md5_of
from clipbot.blobs.wire import Remote, Wire
from clipbot.errors import (
    BlobConflict,
    BlobError,
    BlobNameRefused,
    BlobNotFound,
    BlobTooLarge,
    ConfigurationError,
    StorageFull,
    StorageUnavailable,
)
from clipbot.media.files import digest

logger = logging.getLogger(__name__)

PAUSES: Final = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
"""Seconds between attempts to upload: what was paid for is not given up quickly."""
_AT_ONCE: Final = 6
_LIMIT_SECONDS: Final = 600.0


@dataclass(frozen=True, slots=True)
class SupabaseBlobs:
    """A `BlobStore` at Supabase, or at any server with its storage interface.

    Args:
        wire: To the storage.
        files: For signed addresses; sends no key.
        cache: Of copies.
        wait: Waits so many seconds.
        clock: Seconds that only rise.
    """

    wire: Wire
    files: httpx.Client
    cache: FileCache
    wait: Callable[[float], None]
    clock: Callable[[], float]
    addresses: SignedAddresses
    folders: Folders
    _limits: dict[str, tuple[float, int]] = field(default_factory=dict)

    @classmethod
    def at(
        cls,
        address: str,
        key: str,
        cache: FileCache,
        *,
        wait: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> Self:
        """Return the store of a project; nothing is sent yet.

        Args:
            address: Of its storage: `SUPABASE_URL/storage/v1`.
            key: Its service key.
            cache: Of copies.
            wait: Waits so many seconds.
            clock: Seconds that only rise.
        """
        wire = Wire.to(address, key, wait=wait, clock=clock)
        return cls(
            wire=wire,
            files=files_client(),
            cache=cache,
            wait=wait,
            clock=clock,
            addresses=SignedAddresses(wire.sign, clock),
            folders=Folders(wire.folder, clock),
        )

    def path(self, key: str) -> Path:
        """Return a copy of the file; the last one that came, while the storage is away."""
        if not is_key(key):
            raise BlobNotFound(key)
        listed = self._listed(key)
        if listed and (copy := self.cache.get(key, listed.mark)):
            return copy
        try:
            remote = self.wire.facts(key)
        except StorageUnavailable:
            kept = None if listed else self.cache.newest(key)
            if kept is None:
                raise
            return kept
        return self.cache.get(key, remote.mark) or self._brought(key, remote)

    def fetch(self, keys: Collection[str]) -> None:
        """Bring copies here, several at a time."""
        wanted = [key for key in dict.fromkeys(keys) if is_key(key)]
        if len(wanted) > 1:
            for folder in {key.rsplit("/", 1)[0] for key in wanted}:
                with contextlib.suppress(BlobError, ConfigurationError):
                    self.folders.of(folder)
            with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="fetch") as pool:
                list(pool.map(self._try, wanted))

    def exists(self, key: str) -> bool:
        """Return whether the file is there."""
        return key in self.present([key])

    def present(self, keys: Collection[str]) -> frozenset[str]:
        """Return those of the keys whose files are there: one question per folder."""
        folders: defaultdict[str, set[str]] = defaultdict(set)
        for key in filter(is_key, keys):
            folder, name = key.rsplit("/", 1)
            folders[folder].add(name)
        return frozenset(
            f"{folder}/{name}"
            for folder, names in folders.items()
            for name in self._present(folder, names)
        )

    def put(self, key: str, source: Path) -> None:
        """Upload a file, as often as it takes; the copy here is made of it as well."""
        if not is_key(key):
            raise BlobNameRefused(key)
        size, most = source.stat().st_size, self._most_bytes(key.split("/", 1)[0])
        if size > most:
            raise BlobTooLarge(key, most)
        pauses = iter(PAUSES)
        while True:
            try:
                self._sent(key, source)
                break
            except StorageUnavailable:
                pause = next(pauses, None)
                if pause is None:
                    raise
                logger.warning("upload failed, trying again", extra={"key": key})
            self.wait(pause)
        self._keep_copy(key, source)

    def delete(self, key: str) -> None:
        """Remove the file, and all copies of it here."""
        if not is_key(key):
            return
        self.wire.remove(key)
        self.folders.forget(key.rsplit("/", 1)[0])
        self.addresses.forget(key)
        self.cache.drop(key)

    def address(self, key: str, seconds: int) -> str | None:
        """Return a signed address."""
        if not is_key(key):
            raise BlobNotFound(key)
        return self.addresses.of(key, seconds)

    def state(self) -> tuple[bool, str]:
        """Return whether the storage answers, with all buckets there and private."""
        found = {bucket.name: bucket for bucket in self.wire.buckets()}
        missing = [name for name in BUCKETS if name not in found]
        public = [name for name in BUCKETS if name in found and found[name].is_public]
        problems = [
            *(f"bucket {name} is missing" for name in missing),
            *(f"bucket {name} is public" for name in public),
        ]
        kept = f"{self.cache.bytes / 1e9:.1f} of {self.cache.most_bytes / 1e9:.1f} GB kept here"
        return not problems, "; ".join(problems or ["all buckets are there and private", kept])

    def close(self) -> None:
        """Close all connections."""
        self.wire.close()
        self.files.close()

    def _try(self, key: str) -> None:
        with contextlib.suppress(BlobError, ConfigurationError):
            self.path(key)

    def _listed(self, key: str) -> Remote | None:
        folder, name = key.rsplit("/", 1)
        return self.folders.known(folder).get(name)

    def _present(self, folder: str, names: Collection[str]) -> set[str]:
        asked = self.clock()
        found = set(names) & set(self.folders.of(folder))
        if found == set(names):
            return found
        listed = self.folders.of(folder, since=asked)  # It may have come since.
        if listed:
            return set(names) & set(listed)
        # A bucket that is missing looks empty; only a question for one file tells.
        if not self._has(f"{folder}/{min(names)}"):
            return set()
        return {name for name in names if self._has(f"{folder}/{name}")}

    def _has(self, key: str) -> bool:
        try:
            self.wire.facts(key)
        except BlobNotFound:
            return False
        return True

    def _brought(self, key: str, remote: Remote) -> Path:
        """Download a file, unless somebody else has done so meanwhile."""
        with self.cache.claimed(key):
            found = self.cache.get(key, remote.mark)
            if found:
                return found
            if remote.size > MOST_BYTES:
                raise BlobTooLarge(key, MOST_BYTES)
            try:
                return self._downloaded(key, remote)
            except StorageFull:
                if not self.cache.shrink(self.cache.most_bytes):
                    raise
                return self._downloaded(key, remote)

    def _downloaded(self, key: str, remote: Remote) -> Path:
        transfer = Transfer(self.files, self.addresses, self.wait, self.clock)
        with self.cache.arriving(key, remote.mark, remote.size) as part:
            transfer.bring(key, remote, part)
        return self.cache.place(key, remote.mark)

    def _sent(self, key: str, source: Path) -> None:
        """Upload once; a conflict with what an earlier attempt left there is none."""
        own = digest(source)
        try:
            self.wire.upload(key, source, own)
        except BlobConflict:
            try:
                is_same = self._is_same(key, source, own)
            except BlobNotFound:  # Removed between the two questions.
                raise StorageUnavailable("a file came and went") from None
            if not is_same:
                raise
        finally:
            self.folders.forget(key.rsplit("/", 1)[0])

    def _is_same(self, key: str, source: Path, own: str) -> bool:
        """Return whether the key holds the content of `source`."""
        remote = self.wire.facts(key)
        if remote.size != source.stat().st_size:
            return False
        if remote.digest:
            return remote.digest == own
        return remote.etag == md5_of(source) or digest(self._brought(key, remote)) == own

    def _keep_copy(self, key: str, source: Path) -> None:
        """Spare ourselves the download of what was just uploaded, if that is easy."""
        with contextlib.suppress(BlobError):
            remote = self.wire.facts(key)
            if remote.size != source.stat().st_size or self.cache.get(key, remote.mark):
                return
            with self.cache.arriving(key, remote.mark, remote.size) as part:
                shutil.copyfile(source, part)

    def _most_bytes(self, bucket: str) -> int:
        """Return what a bucket takes of one file: as it is set, else as it usually is."""
        until, most = self._limits.get(bucket, (0.0, 0))
        if self.clock() < until:
            return most
        try:
            told = self.wire.bucket(bucket).most_bytes
        except StorageUnavailable:
            return BUCKETS.get(bucket, MOST_BYTES)
        most = told or BUCKETS.get(bucket, MOST_BYTES)
        self._limits[bucket] = (self.clock() + _LIMIT_SECONDS, most)
        return most
