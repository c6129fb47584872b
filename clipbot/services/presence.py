"""Which files are there, as far as anybody can say.

While the storage is away nothing is called missing: a card that shows a clip whose player
then says "try again" is right; one that says "missing" is not, and a film made without it
would be wrong.
"""

import logging
from collections.abc import Collection

from clipbot.blobs.base import BlobStore, foreign_host
from clipbot.errors import StorageUnavailable

logger = logging.getLogger(__name__)


def there(blobs: BlobStore, keys: Collection[str]) -> frozenset[str]:
    """Return those of the keys whose files are there, or may be."""
    try:
        return blobs.present(keys)
    except StorageUnavailable:
        logger.warning("storage was away, files taken for present", extra={"files": len(keys)})
        return frozenset(keys)


def why_missing(url: str | None, key: str | None) -> str:
    """Return why a clip has no footage, in one sentence.

    Args:
        url: What is stored of it.
        key: What that names in the storage.
    """
    if key:
        return f"Its file {key.rsplit('/', 1)[1]} is not in the storage any more."
    if host := foreign_host(url):
        return f"Its footage lies on {host}, where nothing is read from."
    return "What is stored of it is no address of footage." if url else "It was never made."
