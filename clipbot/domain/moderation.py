"""Words that the content moderation of video models minds, and others for the same picture.

Refusals are mostly about a word, not about what the camera would see. The pairs are those
that the pipeline's team found to help (facts/upstream.md §3.5), and their kin.
"""

import re
from collections.abc import Mapping

_SWAPS: Mapping[str, str] = {
    "intimate family moment": "close family moment",
    "infectious enthusiasm": "electric enthusiasm",
    "infectious energy": "electric energy",
    "intimate moment": "close moment",
    "intimate family": "close family",
    "blood-soaked": "stained",
    "half-naked": "lightly dressed",
    "blood-red": "deep red",
    "provocative": "striking",
    "provocatively": "strikingly",
    "infectious": "electric",
    "scantily clad": "lightly dressed",
    "seductive": "graceful",
    "seductively": "gracefully",
    "intimate": "close",
    "intimately": "closely",
    "lingerie": "silk",
    "sensual": "warm",
    "sensually": "warmly",
    "violently": "fiercely",
    "violent": "fierce",
    "erotic": "tender",
    "bloody": "stained",
    "bleeding": "running",
    "corpse": "still figure",
    "killing": "chasing",
    "naked": "bare-shouldered",
    "steamy": "misty",
    "sultry": "warm",
    "sexy": "striking",
    "dead": "still",
    "gory": "grim",
    "nude": "bare-shouldered",
}
_ALL = "|".join(re.escape(words) for words in sorted(_SWAPS, key=len, reverse=True))
_MINDED = re.compile(rf"\b(?:(an?) )?({_ALL})\b", re.IGNORECASE)


def cleaned(prompt: str) -> str:
    """Return a prompt without the words that moderation minds; everything else stays."""
    return _MINDED.sub(_instead, prompt)


def _instead(found: re.Match[str]) -> str:
    article, words = found.groups()
    other = _SWAPS[words.lower()]
    if words[0].isupper():
        other = other[0].upper() + other[1:]
    if article is None:
        return other
    fitting = "an" if other[0].lower() in "aeiou" else "a"
    return f"{fitting.capitalize() if article[0].isupper() else fitting} {other}"
