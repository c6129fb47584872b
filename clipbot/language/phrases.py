"""What a change of a prompt could do to another prompt: phrases in, phrases out.

Unlike those of `diff.py`, which show a person what happened, these are made to be used
again: without what belongs to the one prompt that they came from.
"""

import re
from difflib import SequenceMatcher

from clipbot.language.diff import diff_phrases

_MOST_PHRASES = 10
_MOST_WORDS = 6
"""Longer stretches tell of one clip; they would be wrong in another."""
_KEPT = 0.5
"""Share of the old prompt that must be left for the rest to count as put in."""
_WORD = re.compile(r"[^\s,.;:!?]+")
_EMPTY = frozenset({"a", "an", "the", "and", "or", "of", "in", "on", "at", "with", "by"})
_STOPS = (".", "!", "?")


def phrases_between(old: str, new: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the phrases that turned `old` into `new` and would do so elsewhere.

    Returns:
        `(words_in, words_out)`, each in the order of its prompt and without repeats. Both
        are empty where the prompt was written anew rather than changed.
    """
    if not _is_changed_only(old, new):
        return (), ()
    removed, added = diff_phrases(old, new)
    return _usable(added, new), _usable(removed, old)


def _is_changed_only(old: str, new: str) -> bool:
    before, after = _WORD.findall(old.lower()), _WORD.findall(new.lower())
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) >= _KEPT * len(before)


def _usable(phrases: tuple[str, ...], prompt: str) -> tuple[str, ...]:
    fitting = (
        _in_a_sentence(phrase, prompt)
        for phrase in phrases
        if not _EMPTY.issuperset(phrase.lower().split()) and len(phrase.split()) <= _MOST_WORDS
    )
    return tuple(dict.fromkeys(fitting))[:_MOST_PHRASES]


def _in_a_sentence(phrase: str, prompt: str) -> str:
    """Return a phrase as it is within a sentence, if it began one where it came from."""
    before = prompt.partition(phrase)[0].rstrip()
    return phrase[0].lower() + phrase[1:] if before.endswith(_STOPS) else phrase
