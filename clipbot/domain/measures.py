"""What is measured of footage, and of two pieces of footage side by side."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measures:
    """Means over sampled frames of footage (contracts/understanding.md, Context).

    What is None was not measured: footage that was looked at by an earlier edition.
    """

    luma: float
    """Mean luma, 0..1 (Rec. 709)."""
    saturation: float
    """Mean HSV saturation, 0..1."""
    warmth: float
    """Mean of red minus blue, -1..1."""
    motion: float
    """Mean absolute difference of neighbouring frames, 0..1."""
    tint: float | None = None
    """Mean of green minus the mean of red and blue, -1..1: the other axis of white balance."""
    contrast: float | None = None
    """Mean over frames of the standard deviation of luma, 0..0.5."""
    detail: float | None = None
    """Mean step between neighbouring columns of luma, 640 pixels wide at most, 0..1."""
    dark: float | None = None
    """Share of pixels without drawing in the shadows."""
    bright: float | None = None
    """Share of pixels without drawing in the lights."""
    black: float | None = None
    """Share of frames that show nothing."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of footage is found again in other footage, at the same times."""

    composition: float
    """How far things are where they were, -1..1, in the worse half of the clip; light, colour
    and contrast do not matter."""
    arrangement: float
    """The same where the frame may move and zoom a little, and time may run otherwise."""
    difference: float
    """Mean absolute difference of luma, 0..1."""
    peak: float
    """Difference of luma that one place in a hundred exceeds, 0..1."""
    colour: float
    """Mean absolute difference of the colour differences (Cb, Cr), 0..1."""
    standstill: float
    """Share of the clip in which nothing moves any more, although it did, 0..1."""
    course: float | None = None
    """How far pictures change from moment to moment as they did, -1..1, in the worse half of
    the clip: 0 where something else moves or nothing does, negative where time runs backwards;
    None where too little moves to tell."""
    tone: float = 0.0
    """Greatest shift that a fifth of the tones makes together, 0..1: noise and edges have none."""
    cast: float = 0.0
    """Greatest shift that the colour of a neighbourhood makes together, 0..1."""
    drawn: float = 0.0
    """The peak without what moving by a third of a place explains, 0..1."""
    advance: float = 1.0
    """Share of the old clip's course that the new one goes through, 0..1; 1 where too little
    moves to tell."""
    found: float = 0.0
    """The composition where the old clip shows something: what falls through its skies, or lies
    before them, does not count."""
    lost: float = 1.0
    """Share of places that showed something and are plain black or white now, 0..1."""
    chroma: tuple[float, float] = (0.0, 0.0)
    """Mean distance from grey in the plane of Cb and Cr, before and after, 0..1."""
