"""Small still pictures of footage."""

import io
from pathlib import Path
from typing import Final

from PIL import Image

from clipbot.media.pictures import Pixels, first_shown, rgb

JPEG_QUALITY: Final = 85


def thumbnail(path: Path, *, width: int = 320, height: int = 180) -> bytes:
    """Return a JPEG of the first frame that is not black.

    Args:
        path: Verified footage.
        width: Box in pixels that the picture fits into. Its ratio is kept, so an
            upright clip gives a narrow thumbnail; it is never enlarged.
        height: The same.

    Raises:
        FootageRejected: The footage cannot be decoded.
    """
    picture = Image.fromarray(poster(path))
    picture.thumbnail((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return jpeg(picture)


def poster(path: Path) -> Pixels:
    """Return the first frame that is not black, else the brightest of the first 2 s.

    Returns:
        `(height, width, 3) uint8 RGB`, in the footage's own size.

    Raises:
        FootageRejected: The footage cannot be decoded.
    """
    return rgb(first_shown(path))


def jpeg(picture: Image.Image | Pixels) -> bytes:
    """Encode a picture as JPEG."""
    image = picture if isinstance(picture, Image.Image) else Image.fromarray(picture)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=JPEG_QUALITY, optimize=False)
    return buffer.getvalue()
