"""Which version of a clip came from which.

An edit writes down the version that it started from. The pipeline never did; what it made
has a certain origin only where there was nothing else to make it from. Nothing here is
guessed: a version of unknown origin stands by itself.
"""

from collections.abc import Mapping

from clipbot.domain.versions import ORIGINAL


def lineage(stated: Mapping[int, int | None]) -> dict[int, int | None]:
    """Return the version that each version came from.

    Args:
        stated: What is written down, by the number of each version that there is.

    Returns:
        By number; None for the original, and where nobody can say. A version always comes
        from one with a lower number, so there are no circles.
    """
    return {number: _origin(number, stated) for number in stated}


def _origin(number: int, stated: Mapping[int, int | None]) -> int | None:
    if number == ORIGINAL:
        return None
    older = [each for each in stated if each < number]
    said = stated[number]
    if said in older:
        return said
    return older[0] if said is None and len(older) == 1 else None
