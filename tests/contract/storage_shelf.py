"""What the double of the storage keeps: buckets, and objects as files on this disk."""

import hashlib
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

VALID_KEY = re.compile(r"[\w/!\-.*'() &$@=;:+,]+", re.ASCII)


class Refused(Exception):
    """An answer that is no success: HTTP says 400, the body says the rest."""

    def __init__(self, status: str, error: str, message: str) -> None:
        super().__init__(message)
        self.body = {"statusCode": status, "error": error, "message": message}


def no_object() -> Refused:
    return Refused("404", "not_found", "Object not found")


def no_bucket() -> Refused:
    return Refused("404", "Bucket not found", "Bucket not found")


def duplicate() -> Refused:
    return Refused("409", "Duplicate", "The resource already exists")


@dataclass(frozen=True)
class Stored:
    """One object."""

    file: Path
    size: int
    etag: str
    mimetype: str
    cache_control: str
    metadata: Mapping[str, Any]
    id: str = field(default_factory=lambda: str(uuid4()))
    made: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def read(self) -> bytes:
        return self.file.read_bytes()


@dataclass
class BucketRow:
    """One bucket."""

    public: bool = False
    file_size_limit: int | None = None
    allowed_mime_types: list[str] | None = None


def md5(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


@dataclass
class Shelf:
    """Everything that is stored. Used by many threads at once."""

    folder: Path
    buckets: dict[str, BucketRow] = field(default_factory=dict)
    objects: dict[str, Stored] = field(default_factory=dict)
    """By `bucket/path`."""
    etag_of: Callable[[Path], str] = md5
    lock: threading.Lock = field(default_factory=threading.Lock)

    def check(self, bucket: str, path: str, size: int, mimetype: str) -> None:
        """Refuse what no upload may do."""
        row = self.bucket(bucket)
        if not VALID_KEY.fullmatch(path):
            raise Refused("400", "InvalidKey", f"Invalid key: {path}")
        if row.file_size_limit is not None and size > row.file_size_limit:
            message = "The object exceeded the maximum allowed size"
            raise Refused("413", "Payload too large", message)
        if row.allowed_mime_types is not None and mimetype not in row.allowed_mime_types:
            message = f"mime type {mimetype} is not supported"
            raise Refused("415", "invalid_mime_type", message)

    def keep(
        self,
        key: str,
        arrived: Path,
        mimetype: str,
        *,
        cache_control: str,
        metadata: Mapping[str, Any],
        may_replace: bool,
    ) -> Stored:
        """Make a file that arrived an object; of several at once, one is."""
        stored = Stored(
            arrived,
            arrived.stat().st_size,
            self.etag_of(arrived),
            mimetype,
            cache_control,
            metadata,
        )
        with self.lock:
            if key in self.objects and not may_replace:
                raise duplicate()
            self.objects[key] = stored
        return stored

    def bucket(self, name: str) -> BucketRow:
        if name not in self.buckets:
            raise no_bucket()
        return self.buckets[name]

    def get(self, key: str) -> Stored:
        self.bucket(key.split("/", 1)[0])
        if key not in self.objects:
            raise no_object()
        return self.objects[key]

    def remove(self, bucket: str, paths: list[str]) -> list[dict[str, Any]]:
        if not paths:
            raise Refused("400", "InvalidRequest", "body/prefixes must NOT have fewer than 1 items")
        with self.lock:
            gone = [path for path in paths if self.objects.pop(f"{bucket}/{path}", None)]
        return [{"name": path, "bucket_id": bucket} for path in gone]

    def listed(self, bucket: str, prefix: str, limit: int, offset: int) -> list[dict[str, Any]]:
        """Return what lies right below a prefix; a bucket that is missing looks empty."""
        base = f"{bucket}/{prefix.strip('/')}/" if prefix.strip("/") else f"{bucket}/"
        with self.lock:
            below = sorted(key for key in self.objects if key.startswith(base))
            found: dict[str, dict[str, Any]] = {}
            for key in below:
                name, _, rest = key.removeprefix(base).partition("/")
                found[name] = _folder(name) if rest else _item(name, self.objects[key])
        return list(found.values())[offset : offset + limit]


def _folder(name: str) -> dict[str, Any]:
    dates = dict.fromkeys(("updated_at", "created_at", "last_accessed_at"))
    return {"name": name, "id": None, **dates, "metadata": None}


def _item(name: str, stored: Stored) -> dict[str, Any]:
    made = stored.made.isoformat()
    return {
        "name": name,
        "id": stored.id,
        "updated_at": made,
        "created_at": made,
        "last_accessed_at": made,
        "metadata": {
            "eTag": f'"{stored.etag}"',
            "size": stored.size,
            "mimetype": stored.mimetype,
            "cacheControl": stored.cache_control,
            "lastModified": made,
            "contentLength": stored.size,
            "httpStatusCode": 200,
        },
    }


def facts(key: str, stored: Stored) -> dict[str, Any]:
    """Return what `info` says of an object."""
    bucket, name = key.split("/", 1)
    return {
        "id": stored.id,
        "name": name,
        "version": str(uuid4()),
        "bucket_id": bucket,
        "size": stored.size,
        "content_type": stored.mimetype,
        "cache_control": stored.cache_control,
        "etag": f'"{stored.etag}"',
        "metadata": dict(stored.metadata),
        "last_modified": stored.made.isoformat(),
        "created_at": stored.made.isoformat(),
    }
