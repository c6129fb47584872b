"""Film, footage and pictures as bytes, with ranges.

A film is no file: its bytes are put together while they are read, so Starlette's
`FileResponse` cannot send it. Everything is therefore sent by one response of ours, which
also keeps to the RFC where `FileResponse` does not (`ranges.py`).

Reading blocks, so every chunk is read in a thread; when the client goes away, reading
stops and the reader is closed.
"""

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

from fastapi import Request
from fastapi.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from clipbot.api import ranges
from clipbot.api.errors import plain

IMMUTABLE = "private, max-age=31536000, immutable"
"""The address names this very content."""
REVALIDATE = "private, no-cache"
"""The address may lead to something else tomorrow."""
_CHUNK_BYTES = 256 * 1024


class Source(Protocol):
    """Bytes that can be read in parts."""

    @property
    def size(self) -> int:
        """Number of bytes."""
        ...

    @property
    def etag(self) -> str:
        """Name of this very content; no quotes."""
        ...

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        """Yield the bytes `[start, stop)` in chunks."""
        ...


@dataclass(frozen=True, slots=True)
class BytesSource:
    """Bytes that are in memory."""

    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def etag(self) -> str:
        return blake2b(self.content, digest_size=16).hexdigest()

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        """Yield the bytes `[start, stop)`."""
        yield self.content[start:stop]


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file that is never changed, only removed."""

    path: Path
    size: int
    etag: str

    @classmethod
    def of(cls, path: Path, *, etag: str | None = None) -> "FileSource":
        """Look at a file as it is now.

        Args:
            path: Where it is.
            etag: Name of its content; unset: made of its size and time.
        """
        state = path.stat()
        made = f"{state.st_size:x}-{state.st_mtime_ns:x}"
        return cls(path, state.st_size, etag or made)

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        """Yield the bytes `[start, stop)` in chunks."""
        with self.path.open("rb") as file:
            file.seek(start)
            while start < stop and (chunk := file.read(min(_CHUNK_BYTES, stop - start))):
                start += len(chunk)
                yield chunk


def sent(request: Request, source: Source, *, media_type: str, cache: str) -> Response:
    """Answer a GET or HEAD of some media.

    Args:
        request: Its method, range and conditions decide what is sent.
        source: What it asks for.
        media_type: `video/mp4`, `image/jpeg`.
        cache: Value of `Cache-Control`.
    """
    etag = f'"{source.etag}"'
    headers = {"ETag": etag, "Cache-Control": cache, "Accept-Ranges": "bytes"}
    match ranges.answer(request.method, request.headers, size=source.size, etag=etag):
        case ranges.NotModified():
            return Response(status_code=304, headers=headers)
        case ranges.Changed():
            return plain(412, "changed", "The file is not what you expect any more.")
        case ranges.Unsatisfiable():
            return plain(
                416,
                "range_not_satisfiable",
                "The file ends before that.",
                headers={"Content-Range": f"bytes */{source.size}", "Accept-Ranges": "bytes"},
            )
        case ranges.Part(start, stop):
            headers["Content-Range"] = f"bytes {start}-{stop - 1}/{source.size}"
            return _stream(source, start, stop, 206, headers, media_type)
        case ranges.Whole():
            if request.method == "HEAD":
                headers["Content-Length"] = str(source.size)
                return Response(headers=headers, media_type=media_type)
            return _stream(source, 0, source.size, 200, headers, media_type)


def _stream(
    source: Source, start: int, stop: int, status: int, headers: Mapping[str, str], media_type: str
) -> Response:
    return _MediaResponse(
        _chunks(source, start, stop),
        status_code=status,
        headers={**headers, "Content-Length": str(stop - start)},
        media_type=media_type,
    )


class _MediaResponse(StreamingResponse):
    """Chunks that are read one by one in a thread, until the client has them all or leaves."""

    def __init__(
        self,
        chunks: Generator[bytes],
        *,
        status_code: int,
        headers: Mapping[str, str],
        media_type: str,
    ) -> None:
        super().__init__(chunks, status_code, headers, media_type)
        self._chunks = chunks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._chunks.close()


def _chunks(source: Source, start: int, stop: int) -> Generator[bytes]:
    yield from source.read(start, stop)
