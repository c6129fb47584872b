"""A little program that wants one file from the storage."""

from pathlib import Path

from clipbot.blobs.cache import FileCache
from clipbot.blobs.supabase import SupabaseBlobs


def read(address: str, secret: str, cache: Path, key: str, dest: Path) -> None:
    """Bring a file here, and write down where it is."""
    store = SupabaseBlobs.at(address, secret, FileCache(cache, 10**9))
    path = store.path(key)
    store.close()
    dest.write_text(str(path), encoding="utf-8")
