"""Answers to a question with choices: "the second one", "option 2", "both", "the first"."""

from collections.abc import Sequence

from clipbot.domain.plan import Act
from clipbot.understanding.context import Context
from clipbot.understanding.found import word_at, word_set
from clipbot.understanding.numbers import cardinal, ordinal
from clipbot.understanding.tokens import Token

_AROUND = word_set(
    """
    yes yeah yep ok okay sure the one ones please pls option options choice suggestion answer i
    take want mean meant go with let's do that then um well number no just only clip thanks of
    them
    """
)
_OPTIONS = frozenset({"option", "choice", "suggestion", "answer"})
_EVERY = frozenset({"both", "all", "everything"})
_WHOLE = frozenset({"all", "every", "everything", "whole"})
"""Words of a choice for the whole video, which "the last one" does not mean."""
_PAIR = 2


def chosen(tokens: Sequence[Token], context: Context) -> tuple[str, ...]:
    """Return the choices of an open question that a text picks; else nothing."""
    last = next((turn.plan for turn in reversed(context.history) if turn.role != "user"), None)
    if last is None or last.act is not Act.ASK or not last.choices:
        return ()
    row = [token for token in tokens if not token.is_mark]
    said = next((choice for choice in last.choices if _words(choice) == _row(row)), None)
    if said:
        return (said,)
    if not row or any(not _is_picking(token) for token in row):
        return ()
    return _picked(row, last.choices)


def _picked(row: Sequence[Token], choices: tuple[str, ...]) -> tuple[str, ...]:
    if not _EVERY.isdisjoint(token.word for token in row):
        is_pair = any(token.word == "both" for token in row)
        return choices[:_PAIR] if is_pair else ()
    is_option = not _OPTIONS.isdisjoint(token.word for token in row)
    for index, token in enumerate(row):
        if token.word in {"last", "latter", "final"}:
            is_all = not _WHOLE.isdisjoint(choices[-1].lower().split())
            is_counted = cardinal(row, index + 1) and word_at(row, index + 1) != "one"
            return () if is_counted or (is_all and token.word != "latter") else choices[-1:]
        if token.word == "former":
            return choices[:1]
        counted = cardinal(row, index) if is_option and word_at(row, index) != "one" else None
        placed = ordinal(row, index) or counted
        if placed and not counted and cardinal(row, placed[1]) and word_at(row, placed[1]) != "one":
            return ()
        if placed and 0 < placed[0] <= len(choices):
            return (choices[placed[0] - 1],)
    return ()


def _is_picking(token: Token) -> bool:
    is_place = ordinal([token], 0) or cardinal([token], 0)
    is_end = token.word in _EVERY | {"last", "latter", "former", "final"}
    return bool(is_place) or is_end or token.word in _AROUND


def _words(choice: str) -> list[str]:
    return choice.lower().split()


def _row(tokens: Sequence[Token]) -> list[str]:
    return [token.word for token in tokens]
