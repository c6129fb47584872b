"""What is measured of footage."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measures:
    """Means over sampled frames of footage (contracts/understanding.md, Context)."""

    luma: float
    """Mean luma, 0..1 (Rec. 709)."""
    saturation: float
    """Mean HSV saturation, 0..1."""
    warmth: float
    """Mean of red minus blue, -1..1."""
    motion: float
    """Mean absolute difference of neighbouring frames, 0..1."""
