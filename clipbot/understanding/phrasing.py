"""Saying a wish again, without the clips it is for.

The instruction of an edit is what the person wrote, minus the clips: "make clips 2 and 4
brighter" is "make it brighter", "the fifth clip at night" is "at night".
"""

import re
from collections.abc import Sequence

from clipbot.understanding.found import word_set
from clipbot.understanding.tokens import CLIP_MARK, Token

_VERBS = word_set(
    "make makes making turn put give let get have want set render leave keep bring transform"
    " convert change i'd like"
)
_PLACES = word_set("in for on to of at with from within across during over")
_LEAD = re.compile(
    r"^(?:is it possible to\b|'s\b|[\s,.;:!?)\-\u2013\u2014>]+|(?:can|could|would|will|may|shall)"
    r" (?:you|we|i|it)\b\s*|(?:and|but|then|also|so|please|pls|should|is|are|needs?"
    r" to|gets?|could|must|has|have)\b\s*)+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[\s,.;:!?(\-\u2013\u2014]+|\b(?:and|but|then|too|also|please|pls|in|for|on|of|to))+$",
    re.IGNORECASE,
)


def instruction_of(text: str, rows: Sequence[Sequence[Token]]) -> str:
    """Return the words of some pieces as one instruction.

    Args:
        text: What the person typed.
        rows: Tokens of each piece, mentions replaced by stand-ins.
    """
    said = [said for row in rows if (said := _trimmed(_without_clips(text, row)))]
    return " and ".join(dict.fromkeys(said))


def _without_clips(text: str, row: Sequence[Token]) -> str:
    parts: list[str] = []
    position = row[0].start
    for index, token in enumerate(row):
        if token.word != CLIP_MARK:
            continue
        before = row[index - 1] if index else None
        end = token.start
        is_object = before is not None and before.word in _VERBS
        if before is not None and before.word in _PLACES:
            end = before.start
        parts.append(text[position:end] + (" it " if is_object and "it" not in parts else " "))
        position = token.stop
    parts.append(text[position : row[-1].stop])
    return "".join(parts)


def _trimmed(words: str) -> str:
    said = re.sub(r"\s+([,.;:!?])", r"\1", " ".join(words.split()))
    trimmed = _TAIL.sub("", _LEAD.sub("", said))
    return trimmed or said.strip(" ,.;:!?")
