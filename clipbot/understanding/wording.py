"""How people say things: the phrases of the closed vocabulary, and nothing else.

Each text lists phrases with commas between. "color" stands for colour, colours, color
and colors. A new way to say something known is a word in one of the `wording_*` modules,
not a line of code.
"""

from collections.abc import Iterator

from clipbot.domain.plan import Kind
from clipbot.understanding.wording_camera import CAMERAS
from clipbot.understanding.wording_hours import HOURS
from clipbot.understanding.wording_images import IMAGES
from clipbot.understanding.wording_light import LIGHT
from clipbot.understanding.wording_moods import MOODS
from clipbot.understanding.wording_movement import MOVEMENTS
from clipbot.understanding.wording_weather import SKIES

_COLOURS = ("colour", "colours", "color", "colors")

WORDING: dict[tuple[Kind, str | None], str] = (
    LIGHT | HOURS | SKIES | MOODS | IMAGES | MOVEMENTS | CAMERAS
)
"""Phrases that say what they want, by what they ask for."""


def phrases_of(listed: str) -> Iterator[str]:
    """Yield the phrases of a list, with single spaces, in every spelling of colour."""
    for each in listed.split(","):
        words = each.split()
        spellings = _COLOURS if "color" in words else ("",)
        for spelling in spellings:
            yield " ".join(spelling if word == "color" else word for word in words)
