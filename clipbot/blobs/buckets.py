"""The pipeline's five buckets, and what lies in them (facts/upstream.md §2, Storage)."""

import mimetypes
from collections.abc import Mapping
from typing import Final

_MB: Final = 1024 * 1024

BUCKETS: Final[Mapping[str, int]] = {
    "audio-uploads": 10 * _MB,
    "reference-images": 5 * _MB,
    "video-clips": 50 * _MB,
    "clip-thumbnails": 1 * _MB,
    "video-outputs": 500 * _MB,
}
"""Most bytes of one file, by bucket; a project may have set others."""

MOST_BYTES: Final = max(BUCKETS.values())
"""Of any file that is brought here."""

_TYPES: Final[Mapping[str, str]] = {
    ".mp4": "video/mp4",
    ".mp3": "audio/mpeg",
    ".wav": "audio/wav",
    ".jpg": "image/jpeg",
    ".png": "image/png",
}
_ANY_TYPE: Final = "application/octet-stream"


def content_type(key: str) -> str:
    """Return what a file is, by the end of its name.

    The usual ones do not depend on the machine's table of types: a bucket may take files
    of a few types only.
    """
    suffix = key[key.rfind(".") :].lower() if "." in key else ""
    return _TYPES.get(suffix) or mimetypes.guess_type(key)[0] or _ANY_TYPE
