"""What changed between two prompts, in words that people can read."""

import re
from difflib import SequenceMatcher

_WORD = re.compile(r"[^\s,.;:!?]+")


def diff_words(old: str, new: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words taken out of a prompt and the words put in.

    Neighbouring words form one entry. Punctuation and case do not count as change.

    Returns:
        `(removed, added)`, each in the order of its prompt.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    matcher = SequenceMatcher(
        None, [word.lower() for word in before], [word.lower() for word in after], autojunk=False
    )
    removed, added = [], []
    for tag, start, stop, new_start, new_stop in matcher.get_opcodes():
        if tag == "equal":
            continue
        removed.append(" ".join(before[start:stop]))
        added.append(" ".join(after[new_start:new_stop]))
    return tuple(filter(None, removed)), tuple(filter(None, added))
