"""From looks to filters.

The nodes of the looks are the same for whole clips and for preview frames; only the
ends differ: a clip comes in as coded and leaves as BT.709, a preview is RGB at both
ends. Order: time, motion, colour, the lens (`lens`), particles, grain. Of one kind of
effect, wanted by several looks, the strongest is used: two vignettes are a tunnel.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from clipbot.media.looks import cubes
from clipbot.media.looks.catalogue import AMOUNTS, look_named
from clipbot.media.looks.cubes import Looks
from clipbot.media.looks.effects import (
    Clarity,
    Effect,
    Glow,
    Grain,
    Lamps,
    Pale,
    Particles,
    Sharp,
    Slow,
    Soft,
    Sway,
    Tape,
    Vignette,
)
from clipbot.media.looks.lens import (
    clear,
    coded,
    glowing,
    sharpened,
    softened,
    taped,
    vignetted,
)
from clipbot.media.looks.masks import covered, with_lamps
from clipbot.media.looks.moving import Picture, enlarged, slowed, swaying
from clipbot.media.looks.nodes import BT709, EXACT, Node, Plumber

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
    at = _through_the_lens(plumber, at, effects, picture, is_still=is_still)
    for number, particles in enumerate(_particles(effects)):
        mask = plumber.add("settb", f"mask{number}", expr=1 / picture.rate)
        mask = plumber.add("setpts", mask, expr="N")
        at = covered(plumber, at, mask, particles.kind, (picture.width, picture.height))
    for noise in _strongest(effects, Grain, lambda effect: effect.amount):
        at = plumber.add(
            "noise", at, c0s=noise.amount, c0f="0" if is_still else "t", c0_seed=_GRAIN_SEED
        )
    return at


def _through_the_lens(
    plumber: Plumber, at: str, effects: tuple[Effect, ...], picture: Picture, *, is_still: bool
) -> str:
    """Add what the lens and the film do, once for each kind of effect."""
    for pale in _strongest(effects, Pale, lambda effect: effect.amount):
        at = plumber.add("hue", at, s=f"{1.0 - pale.amount:.3f}")
    for glow in _strongest(effects, Glow, lambda effect: effect.light):
        at = glowing(plumber, at, glow, picture)
    for soft in _strongest(effects, Soft, lambda effect: effect.share):
        at = softened(plumber, at, soft, picture)
    for clarity in _strongest(effects, Clarity, lambda effect: effect.amount):
        at = clear(plumber, at, clarity, picture)
    for sharp in _strongest(effects, Sharp, lambda effect: effect.amount):
        at = sharpened(plumber, at, sharp)
    for tape in _strongest(effects, Tape, lambda effect: effect.bleed):
        at = taped(plumber, at, tape, picture)
    for vignette in _strongest(effects, Vignette, lambda effect: effect.angle):
        at = vignetted(plumber, at, vignette, is_still=is_still)
    return at


def _coloured(plumber: Plumber, at: str, looks: Looks, cache: Path) -> str:
    if cubes.has_colour(looks):
        at = plumber.add("scale", at, flags="bilinear" + EXACT)
        at = plumber.add("format", at, pix_fmts="gbrp16")
        at = plumber.add("lut3d", at, file=cubes.cube(looks, cache), interp="tetrahedral")
    return coded(plumber, at)


def _has_lamps(name: str) -> bool:
    return any(isinstance(effect, Lamps) for effect in look_named(name).effects(1.0))


def _effects(looks: Looks) -> tuple[Effect, ...]:
    return tuple(
        effect for name, strength in looks for effect in look_named(name).effects(AMOUNTS[strength])
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
