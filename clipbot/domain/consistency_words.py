"""What is said of how evenly a film's clips go together.

Clips are numbered from 1 here, as people do.
"""

from collections.abc import Mapping
from math import exp, hypot
from typing import Final

from clipbot.domain.consistency import Aspect, Consistency, Cut, Standing
from clipbot.domain.wording import clip_names, enumeration

_MUCH: Final = 2.0
"""Share of a limit from which on something is "much" so."""
_NAMED: Final = 0.7
"""Share of a limit from which on something is named beside what stands out."""
_EVEN: Final = 80
_WITH_NUMBER: Final = ("verse", "chorus")
_NAMES: Final[Mapping[Aspect, str]] = {
    Aspect.LIGHT: "light",
    Aspect.COLOUR: "colour",
    Aspect.MOTION: "motion",
}


def film_sentence(found: Consistency) -> str:
    """Return what is said of the whole film: "Clip 4 stands out."."""
    numbers = [clip.index + 1 for clip in found.outliers]
    if found.score is None:
        return "There is nothing to compare yet."
    if numbers:
        names = clip_names(numbers)
        return f"{names[0].upper()}{names[1:]} {'stands' if len(numbers) == 1 else 'stand'} out."
    if found.score >= _EVEN:
        return "The clips go well together."
    return "The clips differ a lot, but none stands out from those around it."


def clip_sentence(clip: Standing, part: str | None) -> str | None:
    """Return how a clip stands out: "Clip 4 is much darker and bluer than the rest of verse 1".

    Args:
        clip: How it goes with the others.
        part: The section that it is in, as `part_name` says it.

    Returns:
        None: it does not.
    """
    if not clip.is_outlier:
        return None
    named = sorted(
        (aspect for aspect in Aspect if clip.shares[aspect] >= min(_NAMED, clip.share)),
        key=lambda aspect: -clip.shares[aspect],
    )
    words = enumeration([_word(aspect, clip) for aspect in named])
    much = "much " if clip.share >= _MUCH else ""
    rest = f"the rest of {part}" if clip.is_of_section and part else "the clips around it"
    return f"Clip {clip.index + 1} is {much}{words} than {rest}."


def original_note(clip: Standing) -> str | None:
    """Return what is said of the first version of a clip that stands out now, if known."""
    if not clip.is_outlier or clip.stood_out is None:
        return None
    if clip.stood_out:
        return "So was it before it was changed."
    return "It was changed; its original does not stand out."


def cut_sentence(cut: Cut) -> str:
    """Return what is said of a cut: "From clip 3 to 4: large jump in light (0.31) and ..."."""
    name = f"From clip {cut.index + 1} to {cut.index + 2}"
    numbers = ", ".join(f"{_NAMES[aspect]} {_number(aspect, cut)}" for aspect in Aspect)
    where = ", where sections meet" if cut.is_between_sections else ""
    word = {"even": "hardly a jump", "small": "a small jump", "large": "a large jump"}[cut.size]
    return f"{name}: {word}{where} ({numbers})."


def part_name(section: str | None, number: int | None) -> str | None:
    """Return the name of a section inside a sentence: "verse 2", "the bridge"."""
    if section is None:
        return None
    words = " ".join(section.replace("_", " ").replace("-", " ").split())
    if number is not None and any(each in words for each in _WITH_NUMBER):
        return f"{words} {number}"
    return f"the {words}"


def _number(aspect: Aspect, cut: Cut) -> str:
    value = cut.differences[aspect]
    if aspect is Aspect.MOTION:
        return f"{exp(value):.1f} to 1"
    return f"{value:.2f}"


def _word(aspect: Aspect, clip: Standing) -> str:
    light, red, yellow, richness, motion = clip.apart
    match aspect:
        case Aspect.LIGHT:
            return "brighter" if light > 0 else "darker"
        case Aspect.MOTION:
            return "livelier" if motion > 0 else "calmer"
        case Aspect.COLOUR if abs(richness) > hypot(red, yellow):
            return "more colourful" if richness > 0 else "paler"
        case _:
            if abs(yellow) >= abs(red):
                return "warmer" if yellow > 0 else "bluer"
            return "pinker" if red > 0 else "greener"
