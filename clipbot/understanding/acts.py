"""What kind of thing was said, when it is no edit: undo, restore, style, question, chat."""

from collections.abc import Sequence
from dataclasses import dataclass

from clipbot.domain.plan import Act
from clipbot.understanding import words
from clipbot.understanding.found import word_set
from clipbot.understanding.numbers import cardinal, ordinal
from clipbot.understanding.phrases import phrase_set
from clipbot.understanding.tokens import Token

_ORDERS = phrase_set(
    "ignore all previous, ignore previous, ignore your, ignore the above, ignore all "
    "instructions, ignore all your, disregard your, disregard all, disregard previous, forget "
    "your instructions, forget all previous, system prompt, api key, api keys, pretend "
    "you're, pretend you are, pretend to be, you are now, act as if you, developer mode, "
    "jailbreak, your instructions, your prompt, override your"
)
_UNDO = phrase_set(
    "undo, revert that, revert this, revert the last, take that back, take it back, take "
    "back, change back, roll back, rollback, go back, step back, reverse that, cancel that, "
    "scrap that, as it was before, never mind that, put it back how it was, undo that, ctrl "
    "z, changes back"
)
_REDO = phrase_set(
    "redo, redo that, redo it, put the change in again, put it back in, want it back, bring "
    "it back, reapply, undo the undo, bring that back, put that back, undid, do it after all"
)
_RESTORE = phrase_set(
    "back, restore, restored, revert, reverted, return, reset, go back, "
    "bring back, use, rollback, undo"
)
_STYLE = phrase_set(
    "look like, looks like, look the same as, match the style of, match the look of, match, "
    "matches, same style as, same look as, style of, look of, looks of, style from, look "
    "from, colours of, colors of, the same as, resemble, feel like, be more like"
)
_ASKING = frozenset(
    {"what", "which", "who", "how", "why", "whose", "is", "are", "was", "were", "does", "did"}
    | {"where", "when", "am", "has"}
)
_TELLING = phrase_set(
    "tell me, show me, list, explain, describe, do you, did you, can you tell, could you "
    "tell, should i, would it cost, will it cost, what's, do i"
)
_REQUESTS = phrase_set("what about, how about, what if, why not, why don't you, is it possible to")
_TOPICS = word_set(
    "video film song clip clips shot shots scene scenes version versions cost costs price"
    " budget long seconds minutes section verse chorus bridge intro outro lyrics edit edits"
    " change changed changes look looks dark bright slow fast warm cold colourful colorful"
    " dull motion prompt here selected undo edited regenerated last darker brighter templates"
    " template help"
)


@dataclass(frozen=True, slots=True)
class VersionWish:
    """A version to go back to."""

    number: int
    """From 1, the original."""
    start: int
    """First token of its name."""
    stop: int


def gives_orders(tokens: Sequence[Token]) -> bool:
    """Whether somebody tries to give the program orders."""
    return _ORDERS.first(tokens) is not None


def is_small_talk(tokens: Sequence[Token]) -> bool:
    """Whether there is nothing but greeting, thanks or praise."""
    row = [token.word for token in tokens if not token.is_mark]
    return not words.POLITE.issuperset(row) and all(word in words.CHATTER for word in row)


def step_of(tokens: Sequence[Token]) -> Act | None:
    """Return UNDO or REDO if the last change is to be taken back, or put back."""
    if _REDO.first(tokens):
        return Act.REDO
    row = {token.word for token in tokens}
    is_taken_back = "back" in row and not row.isdisjoint({"change", "edit", "changes", "edits"})
    return Act.UNDO if is_taken_back or _UNDO.first(tokens) else None


def version_in(tokens: Sequence[Token]) -> VersionWish | None:
    """Return the version that somebody wants back, if a version is named."""
    is_wanted = _RESTORE.first(tokens) is not None
    for index, token in enumerate(tokens):
        if token.word in {"version", "take", "v", "versions"} and is_wanted:
            at = index + 1
            while at < len(tokens) and tokens[at].word in {"number", "no", "#", "."}:
                at += 1
            if found := cardinal(tokens, at):
                return VersionWish(found[0], index, found[1])
        if token.word in {"original", "originals"} and is_wanted:
            noun = index + 1 < len(tokens) and tokens[index + 1].word in {"version", "take", "clip"}
            return VersionWish(1, index, index + 1 + noun)
        placed = ordinal(tokens, index) if is_wanted else None
        if placed and placed[1] < len(tokens) and tokens[placed[1]].word in {"version", "take"}:
            return VersionWish(placed[0], index, placed[1] + 1)
    return None


def style_cue(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Return where the words "look like" or their kin begin and end, if they are there."""
    found = _STYLE.first(tokens)
    return None if found is None else (found[0], found[2])


def is_question(tokens: Sequence[Token]) -> bool:
    """Whether a sentence asks for an answer rather than for a change."""
    row = [token for token in tokens if not token.is_mark]
    while row and row[0].word in {"and", "so", "hey", "hi", "hello", "ok", "but", "please", "well"}:
        row = row[1:]
    if not row or _REQUESTS.at(row, 0):
        return False
    if _TELLING.at(row, 0):
        return True
    has_mark = any(token.word == "?" for token in tokens)
    if row[0].word in {"where", "when"}:
        return has_mark
    return row[0].word in _ASKING


def is_on_topic(tokens: Sequence[Token]) -> bool:
    """Whether a question is about the video, its clips, its cost or its history."""
    return any(token.word in _TOPICS for token in tokens)
