"""The first and the last picture of footage, exactly: what a model goes on from."""

from pathlib import Path

from clipbot.errors import FootageRejected
from clipbot.media.pictures import opened, rgb
from clipbot.media.thumbnails import jpeg


def first_frame(path: Path) -> bytes:
    """Return the very first frame as a JPEG, in the footage's own size, black or not.

    Raises:
        FootageRejected: The footage cannot be decoded.
    """
    with opened(path) as (container, stream):
        for frame in container.decode(stream):
            return jpeg(rgb(frame))
    raise FootageRejected("the file holds no pictures")


def last_frame(path: Path) -> bytes:
    """Return the very last frame as a JPEG, in the footage's own size.

    Only what follows the last key frame is decoded.

    Raises:
        FootageRejected: The footage cannot be decoded.
    """
    with opened(path) as (container, stream):
        if stream.duration:
            container.seek((stream.start_time or 0) + stream.duration, stream=stream)
        last = None
        for last in container.decode(stream):  # noqa: B007 - the one that remains
            pass
        if last is None:
            raise FootageRejected("the file holds no pictures")
        return jpeg(rgb(last))
