"""What a cog server's answers mean. Pure."""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import unquote_to_bytes

_LONGEST_REASON: Final = 300
_DEEPEST: Final = 4
_PERCENT: Final = re.compile(r"(?<![\d.])(\d{1,3})(?:\.\d+)?\s?%")
_REPEATED: Final = re.compile(
    r"^(?:Prediction failed:\s*)*(?:(?:\w+\.)*\w+(?:Error|Exception):\s*)?"
)
_PATH: Final = re.compile(r"(?<![\w:/])(?:/[\w.@+-]+){2,}/?")
_REFUSAL: Final = re.compile(
    r"nsfw|safety (?:checker|filter|system)|content policy|moderation|flagged as sensitive",
    re.IGNORECASE,
)


def progress(logs: object) -> float | None:
    """Return the share that the last "NN%" of the logs says is done, 0..1, as tqdm writes it."""
    if not isinstance(logs, str):
        return None
    shares = [int(found) for found in _PERCENT.findall(logs[-20_000:])]
    return min(100, shares[-1]) / 100 if shares else None


def reason(body: Mapping[str, Any], text: str = "") -> str:
    """Return why something failed, in the server's own words and without its paths.

    Args:
        body: `error` of a prediction, or `detail` of a refused request.
        text: Said where there is neither.
    """
    said = body.get("error") or _details(body.get("detail")) or text
    line = _REPEATED.sub("", " ".join(str(said).split()))
    line = _PATH.sub("a file", line).rstrip(". ")
    return line[:_LONGEST_REASON].rstrip() or "it did not say why"


def is_refusal(failure: str) -> bool:
    """Return whether a model failed because it minds the content."""
    return _REFUSAL.search(failure) is not None


def footage_address(output: object) -> str | None:
    """Return the address of the footage in an output: text, or the likeliest of several."""
    addresses = [each for each in _texts(output, _DEEPEST) if _is_address(each)]
    return next((each for each in addresses if _is_video(each)), next(iter(addresses), None))


def decoded(uri: str) -> bytes | None:
    """Return what a data URI holds, or None where it is damaged."""
    head, comma, rest = uri.partition(",")
    if not comma:
        return None
    if not head.lower().endswith(";base64"):
        return unquote_to_bytes(rest)
    try:
        return base64.b64decode(rest, validate=True)
    except binascii.Error:
        return None


def data_uri(data: bytes, kind: str) -> str:
    """Return bytes as a data URI of this media type."""
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _details(detail: object) -> str:
    """Return the first of the fields that were refused, as pydantic lists them."""
    first = detail[0] if isinstance(detail, list) and detail else detail
    if not isinstance(first, dict):
        return str(first or "")
    loc = first.get("loc")
    steps = [str(step) for step in loc] if isinstance(loc, list) else []
    place = [step for step in steps if step not in {"body", "input"}]
    return f"{'.'.join(place)}: {first.get('msg', 'refused')}".removeprefix(": ")


def _texts(output: object, depth: int) -> Iterator[str]:
    if isinstance(output, str):
        yield output
    elif depth and isinstance(output, dict | list):
        for each in output.values() if isinstance(output, dict) else output:
            yield from _texts(each, depth - 1)


def _is_address(text: str) -> bool:
    return text[:8].lower().startswith(("data:", "http://", "https://"))


def _is_video(address: str) -> bool:
    if address[:5].lower() == "data:":
        return address[5:11].lower() == "video/"
    return re.split(r"[?#]", address)[0].lower().endswith((".mp4", ".m4v", ".mov"))
