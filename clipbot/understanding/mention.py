"""A stretch of a text that names clips."""

from dataclasses import dataclass

from clipbot.domain.plan import Operation


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of tokens that names clips."""

    start: int
    """First token."""
    stop: int
    clips: tuple[int, ...] = ()
    """Existing clips, rising, without repeats."""
    missing: tuple[str, ...] = ()
    """What it names that the video does not have: "clip 9", "bridge"."""
    is_rest: bool = False
    """Whether it names what other mentions leave over."""
    is_anaphor: bool = False
    """Whether it points at clips in view or in talk: "this clip", "those"."""
    is_section: bool = False
    """Whether it was named as a part of the song."""
    is_vague: bool = False
    """Whether it could also mean something else than clips: "everything"."""
    is_within: bool = False
    """Whether it was looked for in the clips that were named before it."""
    remedy: Operation | None = None
    """What mends the quality that its clips were named by: "anything too bright"."""
