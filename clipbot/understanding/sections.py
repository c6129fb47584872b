"""Parts of the song: "the chorus", "second verse", "verses 1 and 3", "last two choruses"."""

from collections.abc import Sequence

from clipbot.understanding.context import Context
from clipbot.understanding.found import Found, skipped, word_at
from clipbot.understanding.numbers import cardinal, ordinal
from clipbot.understanding.tokens import Token
from clipbot.understanding.vocabulary import OPERATIONS
from clipbot.understanding.words import (
    CLIP_PLURALS,
    DETERMINERS,
    PLACE_NOUNS,
    SECTIONS,
    is_foreign,
)

_OPENERS = frozenset({"the", "both", "all", "every", "each", "entire", "whole", "two", "three"})
_MOST = 12
"""Places in one list; a bound keeps reading linear."""
_LAST = frozenset({"last", "final", "closing"})
_FIRST = frozenset({"opening", "initial", "earliest", "starting"})
_JOINTS = frozenset({"and", ",", "&", "the", "+"})
_COUNTED = PLACE_NOUNS | {"of", "more", "stop", "notch", "touch", "shade", "tad", "step", "time"}
"""What "one" counts, where it stands behind the name of a part: "the chorus one stop darker"."""
_NUMBERING = frozenset({"number", "no", "#", "nr", "numbers"})
_NOUNS = PLACE_NOUNS | CLIP_PLURALS


def section_at(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read a part of the song at `index`.

    A name without a number means all parts of that name, in any number.
    """
    at = skipped(tokens, index, _OPENERS)
    is_rest = word_at(tokens, at) in {"rest", "remainder"} and word_at(tokens, at + 1) == "of"
    at = skipped(tokens, at + 2, _OPENERS) if is_rest else at
    is_other = word_at(tokens, at) in {"other", "remaining"}
    which, at = _which(tokens, at + is_other)
    name, at = _name(tokens, at, context)
    if name is None:
        return None
    if not which:
        which, at = _numbers_behind(tokens, at, _numbers_of(name, context))
    numbers = _numbers_of(name, context)
    chosen = [place for place in (_placed(numbers, each) for each in which) if place is not None]
    if len(chosen) < len(which):
        return Found(at, (), tuple(_label(name, each) for each in which))
    clips = _clips(name, chosen or numbers, context)
    if is_other or is_rest:
        clips = _others(clips, context, is_rest=is_rest)
    return Found(_behind(tokens, at), clips, () if clips else (_label(name, *which[:1]),))


def instances(clips: Sequence[int], context: Context) -> tuple[tuple[int, ...], ...]:
    """Return clips by the part of the song that they are in, in order."""
    parts: dict[tuple[str | None, int | None], list[int]] = {}
    for clip in context.clips:
        if clip.number in clips:
            parts.setdefault((clip.section, clip.section_number), []).append(clip.number)
    return tuple(map(tuple, parts.values()))


def _which(tokens: Sequence[Token], index: int) -> tuple[tuple[int, ...], int]:
    """Return which of their kind are meant (negative: from the end), and where the name starts."""
    places: list[int] = []
    at = index
    while at < len(tokens) and len(places) < _MOST:
        found = (-1, at + 1) if tokens[at].word in _LAST else ordinal(tokens, at)
        if tokens[at].word in _FIRST and SECTIONS.get(word_at(tokens, at + 1), "intro") != "intro":
            found = (1, at + 1)
        if found is None:
            break
        counted = cardinal(tokens, found[1])
        if counted and not places:
            count = range(1, counted[0] + 1)
            return tuple(-each if found[0] < 0 else each for each in count), counted[1]
        places.append(found[0])
        at = skipped(tokens, found[1], _JOINTS)
    return tuple(places), at if places else index


def _name(tokens: Sequence[Token], index: int, context: Context) -> tuple[str | None, int]:
    words = [token.word for token in tokens[index : index + 2]]
    if not words:
        return None, index
    if words[0] in {"pre", "post"} and SECTIONS.get(words[-1]) == "chorus":
        return f"{words[0]}-chorus", index + 2
    if words[0] in {"prechorus", "prechoruses"}:
        return "pre-chorus", index + 1
    if words == ["middle", "eight"]:
        return "bridge", index + 2
    known = None if _is_verb(tokens, index) else SECTIONS.get(words[0])
    if known is None and any(clip.section == words[0] for clip in context.clips):
        known = words[0]
    return known, index + 1


def _is_verb(tokens: Sequence[Token], index: int) -> bool:
    """Whether "drop" is what to do: "drop the contrast"."""
    if tokens[index].word != "drop" or (index and tokens[index - 1].word in {"the", "first"}):
        return False
    return word_at(tokens, index + 1) in DETERMINERS | {"it", "contrast", "brightness", "clip"}


def _numbers_behind(
    tokens: Sequence[Token], index: int, known: Sequence[int]
) -> tuple[tuple[int, ...], int]:
    """Read the numbers in "chorus 2", "verse number three", "verses 1 and 3"."""
    at = skipped(tokens, index, _NUMBERING)
    is_plural = index > 0 and tokens[index - 1].word.endswith("s") and at < len(tokens)
    numbers: list[int] = []
    stop = index
    while (
        (found := cardinal(tokens, at))
        and len(numbers) < _MOST
        and _numbers_section(tokens, at, found[1])
    ):
        numbers.append(found[0])
        stop = found[1]
        at = skipped(tokens, stop, _JOINTS)
        more = cardinal(tokens, at)
        if at == stop or not (is_plural or (more and numbers[-1] < more[0] in known)):
            break
    return tuple(numbers), stop


def _numbers_section(tokens: Sequence[Token], index: int, stop: int) -> bool:
    """Whether a number behind the name of a part counts parts: not in "chorus 20 % darker"."""
    if word_at(tokens, stop) in {"%", "percent", "stops", "times", "x", "seconds"}:
        return False
    return (
        tokens[index].word != "one"
        or stop == len(tokens)
        or not (is_foreign(tokens[stop]) or tokens[stop].word in _COUNTED)
        or OPERATIONS.at(tokens, stop) is not None
    )


def _numbers_of(name: str, context: Context) -> list[int]:
    return sorted({clip.section_number or 1 for clip in context.clips if clip.section == name})


def _placed(numbers: Sequence[int], which: int) -> int | None:
    if which < 0:
        return numbers[which] if len(numbers) >= -which else None
    return which if which in numbers else None


def _clips(name: str, chosen: Sequence[int], context: Context) -> tuple[int, ...]:
    return tuple(
        clip.number
        for clip in context.clips
        if clip.section == name and (clip.section_number or 1) in chosen
    )


def _others(clips: tuple[int, ...], context: Context, *, is_rest: bool) -> tuple[int, ...]:
    """Return the parts that the talk is not about: "the other chorus", "the rest of the verse"."""
    talked = set(context.talked_about or context.selected)
    if talked.isdisjoint(clips):
        return clips if is_rest and len(instances(clips, context)) == 1 else ()
    if is_rest:
        clips = tuple(
            each
            for part in instances(clips, context)
            if not talked.isdisjoint(part)
            for each in part
        )
    return tuple(sorted(set(clips) - talked))


def _behind(tokens: Sequence[Token], index: int) -> int:
    """Return where "clips" or "part" behind a name ends: "the chorus clips", "verse parts"."""
    stop = index
    if word_at(tokens, stop) in _NOUNS and cardinal(tokens, stop + 1) is None:
        stop += 1
    return stop


def _label(name: str, which: int = -1) -> str:
    return name if which < 0 else f"{name} {which}"
