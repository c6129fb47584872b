"""From looks to filters.

The nodes of the looks are the same for whole clips and for preview frames; only the
ends differ: a clip comes in as coded and leaves as BT.709, a preview is RGB at both
ends. Order: time, motion, colour, glow, clarity, vignette, particles, grain. Of one kind
of effect, wanted by several looks, the strongest is used: two vignettes are a tunnel.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from clipbot.media.looks import cubes
from clipbot.media.looks.catalogue import AMOUNTS, LOOKS
from clipbot.media.looks.cubes import Looks
from clipbot.media.looks.effects import (
    Clarity,
    Effect,
    Glow,
    Grain,
    Lamps,
    Pale,
    Particles,
    Slow,
    Sway,
    Vignette,
)
from clipbot.media.looks.masks import covered, with_lamps
from clipbot.media.looks.moving import Picture, enlarged, slowed, swaying
from clipbot.media.looks.nodes import BT709, EXACT, Node, Plumber, even

CLIP: Final = "clip"
"""Label of the picture's way in; masks come in at `mask0`, `mask1`, ..."""
_GRAIN_SEED: Final = 7

_E = TypeVar("_E", bound=Effect)


@dataclass(frozen=True, slots=True)
class Graph:
    """Filters for a set of looks."""

    nodes: tuple[Node, ...]
    out: str
    """Label to end with."""
    particles: tuple[Particles, ...]
    """What must come in as masks, in the order of their labels."""


def clip_graph(looks: Looks, picture: Picture, matrix: str, cache: Path) -> Graph:
    """Return the filters for a whole clip.

    Args:
        looks: In the order in which they apply.
        picture: Size to work in (the clip is scaled to it), rate and length to give back.
        matrix: Colour matrix of the source, as ffmpeg's scaler calls it.
        cache: Folder for tables.
    """
    plumber, effects = Plumber(), _effects(looks)
    at = plumber.add("settb", CLIP, expr=1 / picture.rate)
    at = plumber.add("setpts", at, expr="N")
    at = plumber.add(
        "scale",
        at,
        w=picture.width,
        h=picture.height,
        flags="bicubic" + EXACT,
        in_color_matrix=matrix,
        out_color_matrix="bt709",
        out_range="limited",
    )
    at = plumber.add("setparams", plumber.add("format", at, pix_fmts="yuv420p"), **BT709)
    for slow in _strongest(effects, Slow, lambda effect: -effect.speed):
        at = slowed(plumber, at, slow, picture)
    for sway in _strongest(effects, Sway, lambda effect: effect.reach):
        at = swaying(plumber, at, sway, picture)
    at = _looked(plumber, at, looks, picture, cache, is_still=False)
    at = plumber.add("trim", at, end_frame=picture.frames)
    return Graph(tuple(plumber.nodes), at, _particles(effects))


def still_graph(looks: Looks, picture: Picture, cache: Path) -> Graph:
    """Return the filters for one RGB frame of the picture's size, RGB again at the end.

    Slow motion does not show in one frame; a sway shows as its enlargement.
    """
    plumber, effects, at = Plumber(), _effects(looks), CLIP
    for sway in _strongest(effects, Sway, lambda effect: effect.reach):
        at = enlarged(plumber, at, sway, picture)
    at = _looked(plumber, at, looks, picture, cache, is_still=True)
    at = plumber.add("scale", at, in_color_matrix="bt709", in_range="limited", flags="bicubic")
    at = plumber.add("format", at, pix_fmts="rgb24")
    return Graph(tuple(plumber.nodes), at, _particles(effects))


def is_grainy(looks: Looks) -> bool:
    """Return whether any of the looks adds grain."""
    return any(isinstance(effect, Grain) for effect in _effects(looks))


def _looked(
    plumber: Plumber, at: str, looks: Looks, picture: Picture, cache: Path, *, is_still: bool
) -> str:
    """Add what clips and preview frames have in common; YUV 4:2:0 in BT.709 comes out.

    Args:
        plumber: Adds the nodes.
        at: Where the picture is.
        looks: In the order in which they apply.
        picture: What comes through.
        cache: Folder for tables.
        is_still: Leave out what differs from frame to frame, grain and dither: a preview
            is the same every time.
    """
    effects = _effects(looks)
    if any(isinstance(effect, Lamps) for effect in effects):
        at, copy = plumber.split(at)
        rest = [(name, strength) for name, strength in looks if not _has_lamps(name)]
        lit = _coloured(plumber, copy, rest, cache)
        at = with_lamps(
            plumber, _coloured(plumber, at, looks, cache), lit, (picture.width, picture.height)
        )
    else:
        at = _coloured(plumber, at, looks, cache)
    for pale in _strongest(effects, Pale, lambda effect: effect.amount):
        at = plumber.add("hue", at, s=f"{1.0 - pale.amount:.3f}")
    for glow in _strongest(effects, Glow, lambda effect: effect.light):
        at = _glowing(plumber, at, glow, picture)
    for clarity in _strongest(effects, Clarity, lambda effect: effect.amount):
        at = _clear(plumber, at, clarity, picture)
    for vignette in _strongest(effects, Vignette, lambda effect: effect.angle):
        at = _vignetted(plumber, at, vignette, is_still=is_still)
    for number, particles in enumerate(_particles(effects)):
        mask = plumber.add("settb", f"mask{number}", expr=1 / picture.rate)
        mask = plumber.add("setpts", mask, expr="N")
        at = covered(plumber, at, mask, particles.kind, (picture.width, picture.height))
    for noise in _strongest(effects, Grain, lambda effect: effect.amount):
        at = plumber.add(
            "noise", at, c0s=noise.amount, c0f="0" if is_still else "t", c0_seed=_GRAIN_SEED
        )
    return at


def _coloured(plumber: Plumber, at: str, looks: Looks, cache: Path) -> str:
    if cubes.has_colour(looks):
        at = plumber.add("scale", at, flags="bilinear" + EXACT)
        at = plumber.add("format", at, pix_fmts="gbrp16")
        at = plumber.add("lut3d", at, file=cubes.cube(looks, cache), interp="tetrahedral")
    return _coded(plumber, at)


def _coded(plumber: Plumber, at: str) -> str:
    """Turn whatever comes into YUV 4:2:0 in BT.709."""
    at = plumber.add(
        "scale", at, out_color_matrix="bt709", out_range="limited", flags="bilinear" + EXACT
    )
    return plumber.add("setparams", plumber.add("format", at, pix_fmts="yuv420p"), **BT709)


def _has_lamps(name: str) -> bool:
    return any(isinstance(effect, Lamps) for effect in LOOKS[name].effects(1.0))


def _effects(looks: Looks) -> tuple[Effect, ...]:
    return tuple(
        effect for name, strength in looks for effect in LOOKS[name].effects(AMOUNTS[strength])
    )


def _strongest(
    effects: Iterable[Effect], kind: type[_E], strength: Callable[[_E], float]
) -> list[_E]:
    """Return the strongest effect of a kind, or nothing, as a list."""
    found = [effect for effect in effects if isinstance(effect, kind)]
    return [max(found, key=strength)] if found else []


def _particles(effects: Iterable[Effect]) -> tuple[Particles, ...]:
    """Return the densest particles of each kind, in the order in which they were wanted."""
    densest: dict[str, Particles] = {}
    for effect in effects:
        if isinstance(effect, Particles):
            known = densest.get(effect.kind, effect)
            densest[effect.kind] = max(known, effect, key=lambda either: either.density)
    return tuple(densest.values())


def _glowing(plumber: Plumber, at: str, glow: Glow, picture: Picture) -> str:
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


def _vignetted(plumber: Plumber, at: str, vignette: Vignette, *, is_still: bool) -> str:
    """Darken the corners.

    Without its dither, which differs from frame to frame, ffmpeg's filter rounds chroma
    down, and so tints; RGB it rounds evenly.
    """
    angle = f"{vignette.angle:.4f}"
    if not is_still:
        return plumber.add("vignette", at, angle=angle)
    at = plumber.add("scale", at, in_color_matrix="bt709", in_range="limited", flags="bicubic")
    at = plumber.add("format", at, pix_fmts="rgb24")
    return _coded(plumber, plumber.add("vignette", at, angle=angle, dither=0))


def _clear(plumber: Plumber, at: str, clarity: Clarity, picture: Picture) -> str:
    """Push luma away from that of its surroundings: an unsharp mask of large radius."""
    sharp, soft = plumber.split(at)
    small = (even(picture.width / 4), even(picture.height / 4))
    soft = plumber.add("scale", soft, w=small[0], h=small[1], flags="area" + EXACT)
    soft = plumber.add("gblur", soft, sigma=f"{0.011 * small[1]:.3f}", steps=2, planes=1)
    soft = plumber.add("scale", soft, w=picture.width, h=picture.height, flags="bilinear" + EXACT)
    weights = f"{1 + clarity.amount:.3f} {-clarity.amount:.3f}"
    return plumber.add("mix", sharp, soft, inputs=2, weights=weights, planes=1)
