"""How loud the song is below a film."""

from pydantic import Field

from clipbot.api.models.common import Shape
from clipbot.services.waves import PER_SECOND


class WaveModel(Shape):
    """The song of a film as it is drawn."""

    per_second: int = Field(default=PER_SECOND, examples=[PER_SECOND])
    levels: list[int] = Field(
        examples=[[0, 31, 180, 255]],
        description="From the film's beginning, 0..255: how loud, relative to the loudest. "
        "Empty: there is no song that can be read.",
    )
