"""Stills that tell a video model where footage begins, ends, or what belongs in it.

They travel inside a request, so they are JPEGs below a size. Each carries a comment by
which its request is known again: pixels and every decoder leave it alone.
"""

import io
from pathlib import Path
from typing import Final

from PIL import Image, UnidentifiedImageError

from clipbot.errors import FootageRejected
from clipbot.media.pictures import first_shown, opened, rgb

LONGEST_SIDE_PX: Final = 1920
_QUALITIES: Final = (92, 85, 75, 60, 45)
_SHRINK: Final = 0.75
_SMALLEST_PX: Final = 64


def first_still(path: Path, *, most_bytes: int, comment: str) -> bytes:
    """Return a JPEG of the first frame that is not black.

    Args:
        path: Verified footage.
        most_bytes: Largest size of the JPEG.
        comment: For its comment segment.

    Raises:
        FootageRejected: The footage cannot be decoded.
    """
    return jpeg_within(Image.fromarray(rgb(first_shown(path))), most_bytes, comment)


def last_still(path: Path, *, most_bytes: int, comment: str) -> bytes:
    """Return a JPEG of the last frame; arguments and errors as of `first_still`."""
    last = None
    with opened(path) as (container, stream):
        # To the last key frame: decoding a whole clip for one picture takes seconds.
        end = (stream.start_time or 0) + (stream.duration or 0)
        container.seek(end, stream=stream, backward=True)
        for frame in container.decode(stream):
            last = frame
    if last is None:
        raise FootageRejected("the file holds no pictures")
    return jpeg_within(Image.fromarray(rgb(last)), most_bytes, comment)


def picture_still(path: Path, *, most_bytes: int, comment: str) -> bytes:
    """Return a picture file as JPEG; arguments as of `first_still`.

    Raises:
        FootageRejected: It is no picture, or too large for one.
    """
    try:
        with Image.open(path, formats=("JPEG", "PNG", "WEBP")) as picture:
            return jpeg_within(picture.convert("RGB"), most_bytes, comment)
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise FootageRejected("a reference picture cannot be read") from error


def comment_of(jpeg: bytes) -> str | None:
    """Return a JPEG's comment; None: it has none, or is no JPEG."""
    try:
        with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as picture:
            comment = picture.info.get("comment")
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, ValueError):
        return None
    return comment.decode("utf-8", "replace") if isinstance(comment, bytes) else None


def jpeg_within(picture: Image.Image, most_bytes: int, comment: str) -> bytes:
    """Encode a picture as the best JPEG that is no larger: first less quality, then less size.

    Raises:
        ValueError: Not even a stamp would fit.
    """
    sized = picture.copy()
    sized.thumbnail((LONGEST_SIDE_PX, LONGEST_SIDE_PX), Image.Resampling.LANCZOS)
    while min(sized.size) >= 1:
        for quality in _QUALITIES:
            buffer = io.BytesIO()
            sized.save(buffer, "JPEG", quality=quality, comment=comment.encode())
            if buffer.tell() <= most_bytes:
                return buffer.getvalue()
        if max(sized.size) <= _SMALLEST_PX:
            break
        smaller = (max(1, round(side * _SHRINK)) for side in sized.size)
        width, height = smaller
        sized = sized.resize((width, height), Image.Resampling.LANCZOS)
    raise ValueError(f"no picture fits into {most_bytes} bytes")
