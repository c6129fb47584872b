"""Parts of the song: "the chorus", "second verse", "verse two", "last chorus"."""

from collections.abc import Sequence

from clipbot.understanding.context import Context
from clipbot.understanding.found import Found, skipped, word_at
from clipbot.understanding.numbers import cardinal, ordinal
from clipbot.understanding.tokens import Token
from clipbot.understanding.words import CLIP_PLURALS, SECTIONS

_OPENERS = frozenset({"the", "both", "all", "two", "three"})


def section_at(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read a part of the song at `index`.

    A name without a number means all parts of that name, in any number.
    """
    at = skipped(tokens, index, _OPENERS)
    is_other = word_at(tokens, at) == "other"
    which, at = _which(tokens, at + is_other)
    name, at = _name(tokens, at)
    if name is None:
        return None
    if which is None and (number := cardinal(tokens, at)) and _is_number_of_section(tokens, at):
        which, at = number
    numbers = sorted({clip.section_number or 1 for clip in context.clips if clip.section == name})
    chosen = numbers if which is None else _chosen(numbers, which)
    clips = tuple(
        clip.number
        for clip in context.clips
        if clip.section == name and (clip.section_number or 1) in chosen
    )
    if is_other:
        # "The other chorus" is the one that the talk is not about.
        is_known = not set(clips).isdisjoint(context.talked_about)
        clips = tuple(set(clips).difference(context.talked_about)) if is_known else ()
    at = skipped(tokens, at, CLIP_PLURALS)
    return Found(at, tuple(sorted(clips)), () if clips else (_label(name, which),))


def _which(tokens: Sequence[Token], index: int) -> tuple[int | None, int]:
    """Return which one of its kind is meant (-1: the last), and where its name starts."""
    if index < len(tokens) and tokens[index].word in {"last", "final"}:
        return -1, index + 1
    found = ordinal(tokens, index)
    return found or (None, index)


def _name(tokens: Sequence[Token], index: int) -> tuple[str | None, int]:
    words = [token.word for token in tokens[index : index + 2]]
    if words[:1] == ["pre"] and SECTIONS.get(words[-1]) == "chorus":
        return "pre-chorus", index + 2
    if words[:1] in (["prechorus"], ["prechoruses"]):
        return "pre-chorus", index + 1
    return (SECTIONS.get(words[0]), index + 1) if words else (None, index)


def _is_number_of_section(tokens: Sequence[Token], index: int) -> bool:
    return tokens[index].word != "one" or index + 1 == len(tokens) or tokens[index + 1].is_mark


def _chosen(numbers: Sequence[int], which: int) -> Sequence[int]:
    if which == -1:
        return numbers[-1:]
    return [which] if which in numbers else []


def _label(name: str, which: int | None) -> str:
    return name if which is None or which < 0 else f"{name} {which}"


def scope_at(tokens: Sequence[Token], index: int, context: Context) -> tuple[tuple[int, ...], int]:
    """Return the clips that "of the second verse" leaves, and where it ends; else all clips."""
    if index + 1 < len(tokens) and tokens[index].word in {"of", "in", "from", "within"}:
        found = section_at(tokens, index + 1, context)
        if found and found.clips:
            return found.clips, found.stop
    return context.numbers, index
