"""What changed between two prompts, in words that people can read."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

_WORD = re.compile(r"[^\s,.;:!?]+")
_PHRASE_END = re.compile(r"\s*[,.;:!?]")

_Stretch = list[re.Match[str]]


def diff_words(old: str, new: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words taken out of a prompt and the words put in.

    Neighbouring words form one entry. Punctuation and case do not count as change.

    Returns:
        `(removed, added)`, each in the order of its prompt.
    """
    removed, added = _stretches(old, new)
    return tuple(map(_joined, removed)), tuple(map(_joined, added))


def diff_phrases(old: str, new: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what `diff_words` does, each entry cut where its prompt has a comma or a stop.

    Returns:
        `(removed, added)`, each in the order of its prompt.
    """
    removed, added = _stretches(old, new)
    return _phrases(removed, old), _phrases(added, new)


def _stretches(old: str, new: str) -> tuple[list[_Stretch], list[_Stretch]]:
    before, after = list(_WORD.finditer(old)), list(_WORD.finditer(new))
    matcher = SequenceMatcher(
        None,
        [word[0].lower() for word in before],
        [word[0].lower() for word in after],
        autojunk=False,
    )
    changes = [each[1:] for each in matcher.get_opcodes() if each[0] != "equal"]
    removed = [before[start:stop] for start, stop, _, _ in changes if start < stop]
    added = [after[start:stop] for _, _, start, stop in changes if start < stop]
    return removed, added


def _phrases(stretches: Iterable[_Stretch], prompt: str) -> tuple[str, ...]:
    phrases: list[_Stretch] = []
    for stretch in stretches:
        is_new = True
        for word in stretch:
            if is_new:
                phrases.append([])
            phrases[-1].append(word)
            is_new = _PHRASE_END.match(prompt, word.end()) is not None
    return tuple(map(_joined, phrases))


def _joined(words: _Stretch) -> str:
    return " ".join(word[0] for word in words)
