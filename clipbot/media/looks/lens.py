"""Filters for what happens in front of the film and on it: glow, softness, edges, corners.

Each takes YUV 4:2:0 in BT.709 and gives it back. Blurs of a large radius are made at a
quarter of the size.
"""

from clipbot.media.looks.effects import Clarity, Glow, Sharp, Soft, Tape, Vignette
from clipbot.media.looks.moving import Picture
from clipbot.media.looks.nodes import BT709, EXACT, Plumber, even


def coded(plumber: Plumber, at: str) -> str:
    """Turn whatever comes into YUV 4:2:0 in BT.709."""
    at = plumber.add(
        "scale", at, out_color_matrix="bt709", out_range="limited", flags="bilinear" + EXACT
    )
    return plumber.add("setparams", plumber.add("format", at, pix_fmts="yuv420p"), **BT709)


def glowing(plumber: Plumber, at: str, glow: Glow, picture: Picture) -> str:
    """Screen a blurred picture of what is bright over the luma.

    The glow is made at a quarter of the size, in RGB, and then coded over the full range,
    so that "no light" is 0 and not the 16 of limited range, which would veil the black.
    Chroma is added as a difference from grey: screening chroma like luma turns every
    picture magenta (facts/video.md §8).
    """
    sharp, light = plumber.split(at)
    small = (even(picture.width / 4), even(picture.height / 4))
    light = plumber.add("scale", light, w=small[0], h=small[1], flags="area" + EXACT)
    light = plumber.add("format", light, pix_fmts="gbrp")
    threshold = round(255 * glow.above)
    curve = f"max(0,val-{threshold})*{255 / (255 - threshold):.5f}"
    light = plumber.add("lutrgb", light, r=curve, g=curve, b=curve)
    light = plumber.add("gblur", light, sigma=f"{glow.spread * small[1]:.3f}", steps=2)
    light = plumber.add(
        "scale",
        light,
        w=picture.width,
        h=picture.height,
        flags="bilinear" + EXACT,
        out_color_matrix="bt709",
        out_range="full",
    )
    light = plumber.add("setparams", plumber.add("format", light, pix_fmts="yuv420p"), **BT709)
    tint = f"{glow.light * glow.tint:.4f}"
    return plumber.add(
        "blend",
        sharp,
        light,
        c0_mode="screen",
        c0_opacity=f"{glow.light:.4f}",
        c1_mode="grainmerge",
        c1_opacity=tint,
        c2_mode="grainmerge",
        c2_opacity=tint,
    )


def vignetted(plumber: Plumber, at: str, vignette: Vignette, *, is_still: bool) -> str:
    """Darken the corners.

    Without its dither, which differs from frame to frame, ffmpeg's filter rounds chroma
    down, and so tints; RGB it rounds evenly.
    """
    angle = f"{vignette.angle:.4f}"
    if not is_still:
        return plumber.add("vignette", at, angle=angle)
    at = plumber.add("scale", at, in_color_matrix="bt709", in_range="limited", flags="bicubic")
    at = plumber.add("format", at, pix_fmts="rgb24")
    return coded(plumber, plumber.add("vignette", at, angle=angle, dither=0))


def clear(plumber: Plumber, at: str, clarity: Clarity, picture: Picture) -> str:
    """Push luma away from that of its surroundings: an unsharp mask of large radius."""
    sharp, soft = plumber.split(at)
    small = (even(picture.width / 4), even(picture.height / 4))
    soft = plumber.add("scale", soft, w=small[0], h=small[1], flags="area" + EXACT)
    soft = plumber.add("gblur", soft, sigma=f"{0.011 * small[1]:.3f}", steps=2, planes=1)
    soft = plumber.add("scale", soft, w=picture.width, h=picture.height, flags="bilinear" + EXACT)
    weights = f"{1 + clarity.amount:.3f} {-clarity.amount:.3f}"
    return plumber.add("mix", sharp, soft, inputs=2, weights=weights, planes=1)


def softened(plumber: Plumber, at: str, soft: Soft, picture: Picture) -> str:
    """Mix in a blurred copy: edges bloom a little, brightness stays."""
    sharp, blurred = plumber.split(at)
    small = (even(picture.width / 2), even(picture.height / 2))
    blurred = plumber.add("scale", blurred, w=small[0], h=small[1], flags="area" + EXACT)
    blurred = plumber.add("gblur", blurred, sigma=f"{soft.spread * small[1]:.3f}", steps=2)
    blurred = plumber.add(
        "scale", blurred, w=picture.width, h=picture.height, flags="bilinear" + EXACT
    )
    weights = f"{1 - soft.share:.3f} {soft.share:.3f}"
    mixed = plumber.add("mix", sharp, blurred, inputs=2, weights=weights)
    return plumber.add("setparams", mixed, **BT709)


def sharpened(plumber: Plumber, at: str, sharp: Sharp) -> str:
    """Steepen edges in luma; colour noise is left alone."""
    return plumber.add("unsharp", at, lx=5, ly=5, la=f"{sharp.amount:.3f}", ca=0)


def taped(plumber: Plumber, at: str, tape: Tape, picture: Picture) -> str:
    """Smear along the lines: colour far and to the right, luma a little."""
    reach = tape.bleed * picture.height
    at = plumber.add("gblur", at, sigma=f"{0.22 * reach:.3f}", sigmaV=0, planes=1)
    at = plumber.add("gblur", at, sigma=f"{0.5 * reach:.3f}", sigmaV=0, planes=6)
    shift = max(1, round(0.5 * reach))
    return plumber.add("chromashift", at, cbh=shift, crh=shift, edge="smear")
