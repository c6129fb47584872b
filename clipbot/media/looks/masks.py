"""Where in the picture something is to happen: filters that make and use masks.

A mask is a grey stream whose values are taken as they are, 0 nowhere to 255 fully. All
streams here carry the picture's colour tag, whatever they mean: that keeps ffmpeg from
converting between "limited" and "full" range behind our back, which once lifted whole
pictures (facts/video.md §8).

What is looked for (lamps, sky) is looked for in a copy of 90 lines: it costs next to
nothing and gives a preview the same answer as the clip.
"""

from typing import Final

from clipbot.media.looks.effects import ParticleKind
from clipbot.media.looks.nodes import BT709, EXACT, Plumber, even

_LINES: Final = 90
_LAMP_REACH: Final = 5
"""Half the size of the largest lamp, in lines of the copy: an eighth of the picture."""


def covered(plumber: Plumber, at: str, mask: str, kind: ParticleKind, size: tuple[int, int]) -> str:
    """Lay white over the picture where particles are."""
    mask = plumber.add("setparams", plumber.add("format", mask, pix_fmts="gray"), **BT709)
    if kind == "stars":
        at, mask = _only_in_the_sky(plumber, at, mask, size)
    base, copy = plumber.split(at)
    white = plumber.add("lutyuv", copy, y=235, u=128, v=128)
    return _merged(plumber, base, white, mask, size)


def with_lamps(plumber: Plumber, dark: str, lit: str, size: tuple[int, int]) -> str:
    """Put the lamps of the lit picture into the dark one.

    A lamp is bright and small, yellow or with a yellow halo, and it burns where it is
    dark. Small is what a white top-hat finds: the picture minus its opening, which is what
    remains of it when everything narrower than a window is worn away (Serra 1982). A
    bright sky is as bright and may be as warm; it is not small. A shirt is small, and not
    yellow. A face is small and nearly as warm as a lamp, but pink more than yellow (its
    blue difference stays above 106), and a portrait is not dark around it.
    """
    lit, fine, coarse = plumber.split(lit, 3)
    coarse = _coarse(plumber, coarse, size)
    coarse, colours, around = plumber.split(coarse, 3)
    small = _top_hat(plumber, _plane(plumber, coarse, "y"))
    small = plumber.add("lut", small, c0="clip((val-42)*255/50,0,255)")
    warm = plumber.add("lut", _plane(plumber, colours, "u"), c0="clip((106-val)*255/8,0,255)")
    warm = _repeated(plumber, "dilation", warm, 3)
    dim = plumber.add("gblur", _plane(plumber, around, "y"), sigma=7, steps=2)
    dim = plumber.add("lut", dim, c0="clip((110-val)*255/30,0,255)")
    places = plumber.add("blend", small, warm, all_mode="multiply")
    places = plumber.add("blend", places, dim, all_mode="multiply")
    places = plumber.add("gblur", places, sigma=0.8, steps=2)
    places = _to_size(plumber, places, size)
    bright = plumber.add("lut", _plane(plumber, fine, "y"), c0="clip((val-152)*255/40,0,255)")
    mask = plumber.add("blend", places, bright, all_mode="multiply")
    return _merged(plumber, dark, lit, mask, size)


def _only_in_the_sky(
    plumber: Plumber, at: str, mask: str, size: tuple[int, int]
) -> tuple[str, str]:
    """Return the picture, and the mask without what would cover something bright or warm.

    There is no telling sky from ground here; but a star on a lit face, on a lamp or on
    sand is never right, and no sky with stars is bright.
    """
    base, copy = plumber.split(at)
    light, colours = plumber.split(_coarse(plumber, copy, size))
    dark = plumber.add("lut", _plane(plumber, light, "y"), c0="clip((200-val)*255/80,0,255)")
    cold = plumber.add("lut", _plane(plumber, colours, "v"), c0="clip((144-val)*17,0,255)")
    sky = plumber.add("blend", dark, cold, all_mode="multiply")
    sky = _to_size(plumber, plumber.add("gblur", sky, sigma=1.1, steps=2), size)
    return base, plumber.add("blend", mask, sky, all_mode="multiply")


def _coarse(plumber: Plumber, at: str, size: tuple[int, int]) -> str:
    """Return a copy of 90 lines, in 4:4:4 so that all planes are of one size."""
    width = even(_LINES * size[0] / size[1])
    at = plumber.add("scale", at, w=width, h=_LINES, flags="area" + EXACT)
    return plumber.add("format", at, pix_fmts="yuv444p")


def _plane(plumber: Plumber, at: str, plane: str) -> str:
    grey = plumber.add("extractplanes", at, planes=plane)
    return plumber.add("setparams", plumber.add("format", grey, pix_fmts="gray"), **BT709)


def _top_hat(plumber: Plumber, at: str) -> str:
    whole, worn = plumber.split(at)
    worn = _repeated(plumber, "erosion", worn, _LAMP_REACH)
    opening = _repeated(plumber, "dilation", worn, _LAMP_REACH)
    return plumber.add("blend", whole, opening, all_mode="subtract")


def _repeated(plumber: Plumber, name: str, at: str, times: int) -> str:
    for _ in range(times):
        at = plumber.add(name, at)
    return at


def _to_size(plumber: Plumber, at: str, size: tuple[int, int]) -> str:
    return plumber.add("scale", at, w=size[0], h=size[1], flags="bilinear" + EXACT)


def _merged(plumber: Plumber, base: str, over: str, mask: str, size: tuple[int, int]) -> str:
    """Blend two pictures by a mask, in luma and (at half the size) in chroma."""
    light, half = plumber.split(mask)
    half = plumber.add("scale", half, w=size[0] // 2, h=size[1] // 2, flags="area" + EXACT)
    blue, red = plumber.split(half)
    planes = {"map0s": 0, "map0p": 0, "map1s": 1, "map1p": 0, "map2s": 2, "map2p": 0}
    whole = plumber.add("mergeplanes", light, blue, red, format="yuv420p", **planes)
    whole = plumber.add("setparams", whole, **BT709)
    return plumber.add("maskedmerge", base, over, whole, planes=7)
