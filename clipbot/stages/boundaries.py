"""Where each clip begins and ends, also where some entries are unusable.

Boundaries have no index: the entry at position *i* belongs to clip *i*. So an unusable
entry must not be left out, or every later clip would move; it is worked out from its
neighbours instead. What comes out rises strictly.
"""

from collections.abc import Sequence
from typing import Any, Final

from clipbot.stages.loose import MAX_CLIPS, MAX_SECONDS, number

MIN_SECONDS: Final = 0.1
"""Shortest clip; two boundaries never fall on one frame at any usual rate."""
USUAL_SECONDS: Final = 5.0
"""Length of a clip of which nothing is known (facts/upstream.md §1.3)."""

Span = tuple[float, float]


def mended(entries: Sequence[Any], song_seconds: float) -> tuple[list[Any], int]:
    """Return one usable entry per position, and how many had to be worked out.

    Args:
        entries: As stored.
        song_seconds: Length of the song; 0 if it is not known.

    Returns:
        The entries, usable ones unchanged; none at all if not one was usable.
    """
    known = _usable(entries[:MAX_CLIPS])
    if not any(known):
        return [], len(entries)
    spans = _filled(known, song_seconds)
    whole: list[Any] = []
    for entry, span, (start, stop) in zip(entries, known, spans, strict=False):
        made = {"start": start, "end": stop, "duration": stop - start}
        whole.append(entry if span else made)
    return whole, sum(span is None for span in known) + len(entries) - len(whole)


def _usable(entries: Sequence[Any]) -> list[Span | None]:
    known: list[Span | None] = []
    reached = 0.0
    for entry in entries:
        span = _span(entry)
        if span and span[1] >= reached + MIN_SECONDS:
            known.append(span)
            reached = span[1]
        else:
            known.append(None)
    return known


def _span(entry: Any) -> Span | None:
    if not isinstance(entry, dict):
        return None
    start, stop = number(entry.get("start")), number(entry.get("end"))
    if start is None or stop is None:
        return None
    if start < 0 or stop > MAX_SECONDS or stop - start < MIN_SECONDS:
        return None
    return start, stop


def _filled(known: Sequence[Span | None], song_seconds: float) -> list[Span]:
    """Give every gap between usable spans an even split of the room it has."""
    spans: list[Span] = []
    position = 0
    while position < len(known):
        span = known[position]
        if span:
            spans.append(span)
            position += 1
            continue
        stop = next((at for at in range(position, len(known)) if known[at]), len(known))
        left = spans[-1][1] if spans else 0.0
        after = known[stop] if stop < len(known) else None
        spans += _split(left, stop - position, after, song_seconds)
        position = stop
    return spans


def _split(left: float, clips: int, after: Span | None, song_seconds: float) -> list[Span]:
    if after is None:
        right = song_seconds if song_seconds >= left + clips * MIN_SECONDS else 0.0
        right = right or left + clips * USUAL_SECONDS
    else:
        # Without room before the next clip, they share its span with it.
        has_room = after[0] >= left + clips * MIN_SECONDS
        right = after[0] if has_room else left + (after[1] - left) * clips / (clips + 1)
    step = (right - left) / clips
    return [(left + step * at, left + step * (at + 1)) for at in range(clips)]
