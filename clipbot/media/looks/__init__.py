"""Looks: visual treatments of footage, made of pixels that are there.

`catalogue.LOOKS` names them; one is computed from other footage (`matching`). The colour
part of all looks of an edit becomes one table (`cubes`), the rest ffmpeg filters (`graph`);
rain, snow and stars are drawn masks (`particles`). `clipbot.media.looked` applies them.
Nothing here knows a word of an instruction: which looks an edit means is decided by
`renderers.local`.
"""

from clipbot.media.looks.catalogue import AMOUNTS, LOOKS, Look, look_named
from clipbot.media.looks.cubes import Looks

__all__ = ["AMOUNTS", "LOOKS", "Look", "Looks", "look_named"]
