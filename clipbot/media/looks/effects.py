"""What a look does beyond colour: to places in the picture, and to time.

Plain values; `graph` turns them into ffmpeg filters. Lengths are shares of the
picture's height, so that a preview at 360 lines looks like the clip at 720.
"""

from dataclasses import dataclass
from typing import Literal

ParticleKind = Literal["rain", "snow", "stars"]


@dataclass(frozen=True, slots=True)
class Slow:
    """Play slower, blending neighbouring frames; the length stays, so the end is not reached."""

    speed: float
    """Share of the normal speed, 0..1."""


@dataclass(frozen=True, slots=True)
class Sway:
    """Move the frame like a camera in the hand, enlarged so that no border shows."""

    reach: float
    """Largest way of the picture's centre, as a share of the height."""


@dataclass(frozen=True, slots=True)
class Glow:
    """Let light bleed out of what is bright."""

    above: float
    """Light starts to bleed at this value of a channel, 0..1."""
    spread: float
    """Radius of the blur, as a share of the height."""
    light: float
    """Opacity of the glow, 0..1."""
    tint: float = 0.0
    """How much of the light's own colour the glow carries, 0..1."""


@dataclass(frozen=True, slots=True)
class Pale:
    """Less colour everywhere. A table could do it too, at many times the cost."""

    amount: float
    """Share of the colour that goes, 0..1."""


@dataclass(frozen=True, slots=True)
class Lamps:
    """Leave small, bright, warm things without this look's grade."""


@dataclass(frozen=True, slots=True)
class Clarity:
    """Contrast between neighbouring places."""

    amount: float


@dataclass(frozen=True, slots=True)
class Soft:
    """A soft lens: the picture and a blurred one of it, one over the other."""

    spread: float
    """Radius of the blur, as a share of the height."""
    share: float
    """How much of the blurred one, 0..1."""


@dataclass(frozen=True, slots=True)
class Sharp:
    """Crisper edges, in luma."""

    amount: float
    """1 doubles the step at an edge, about."""


@dataclass(frozen=True, slots=True)
class Tape:
    """Colour that runs beside its edges, and luma that is soft along the lines, as of tape."""

    bleed: float
    """How far colour runs, as a share of the height."""


@dataclass(frozen=True, slots=True)
class Vignette:
    """Darker corners."""

    angle: float
    """Opening angle of the lens in radians; larger is darker (ffmpeg's `vignette`)."""


@dataclass(frozen=True, slots=True)
class Grain:
    """Noise of film, in luma only and new in every frame."""

    amount: int
    """Largest deviation in steps of 8-bit luma."""


@dataclass(frozen=True, slots=True)
class Particles:
    """Something falling, or twinkling, in front of the picture."""

    kind: ParticleKind
    density: float
    """1 is medium."""


Effect = (
    Slow | Sway | Pale | Lamps | Glow | Soft | Clarity | Sharp | Tape | Vignette | Grain | Particles
)
