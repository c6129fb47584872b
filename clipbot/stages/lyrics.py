"""The words that are sung during a clip."""

from collections.abc import Iterable

from clipbot.stages.song import Lyric

LIMIT = 150
"""Characters, before the dots (facts/upstream.md §1.4)."""


def lyrics_between(
    lyrics: Iterable[Lyric], start: float, end: float, *, is_last: bool = False
) -> str:
    """Return the words from `start` up to `end`, cut at a word where they are long.

    A word at `end` belongs to the next clip; in the last clip, to this one.
    """
    sung = sorted(lyrics, key=lambda word: word.timestamp)
    words = [
        word.text
        for word in sung
        if start <= word.timestamp < end or (is_last and word.timestamp == end)
    ]
    line = " ".join(words)
    if len(line) <= LIMIT:
        return line
    cut = line[:LIMIT]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut) + "..."
