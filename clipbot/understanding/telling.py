"""What is only told, not asked for: praise, tales, and that nobody can see a thing.

"Love the fog" and "we filmed this in the rain" ask for nothing; "I can barely see her
face" asks for light.
"""

from collections.abc import Sequence

from clipbot.understanding import words
from clipbot.understanding.found import word_set
from clipbot.understanding.tokens import CLIP_MARK, Token

DEGREES = frozenset(
    {"so", "a", "bit", "very", "really", "quite", "pretty", "rather", "all", "just"}
)
DEGREES |= {
    "still",
    "way",
    "out",
    "little",
    "kind",
    "of",
    "somewhat",
    "completely",
    "totally",
    "such",
    "lot",
}
DEGREES |= {
    "terribly",
    "awfully",
    "far",
    "kinda",
    "sorta",
    "extremely",
    "super",
    "rather",
    "slightly",
    "much",
}
OBSERVING = frozenset(
    {"is", "are", "'s", "looks", "feels", "seems", "appears", "look", "feel", "was"}
)
OBSERVING |= {
    "felt",
    "looked",
    "seemed",
    "appeared",
    "seem",
    "appear",
    "were",
    "came",
    "turned",
    "comes",
    "i'm",
    "lookin",
}
WISHING = frozenset(
    {"should", "must", "want", "need", "needs", "wish", "make", "like", "prefer", "sure", "not"}
    | {"want", "wants", "have", "let", "get", "give", "could", "can", "would", "may", "might"}
    | {"turn", "wanted", "how", "until", "as", "if", "looking", "will", "to", "better"}
    | words.NEGATIONS
)
_LIKED = word_set("love loved like liked adore adored loving enjoy enjoyed")
_LIKED_WHAT = word_set("the how that this your what every all those these")
_TOLD = word_set(
    "used had filmed shot went saw met recorded wrote played took visited woke dreamt dreamed"
)
_SHOWN = word_set("looks look is are works work turned came feels")
_PRAISED = words.PRAISE | word_set("works well really beautifully here there great work incredible")
"""Words of tales and praise, which ask for nothing."""
_PAIR = 2
_UNABLE = word_set("can't cannot cant barely hardly scarcely couldn't")
_ABLE = word_set("can barely hardly scarcely to even really properly quite ever us for me")
_HARD = word_set("hard difficult tricky impossible")
_IDLE = word_set("minute second sec moment break hint hand tip clue refund breather")
"""What people want for themselves, not for the picture."""
_SIGHT = 6
_SEEING = word_set("see make recognise recognize read spot")
_EFFECTS = frozenset({"difference", "change", "changes", "effect", "improvement"})
_NOT_SEEN = word_set("why how that myself what if whether us you")
"""What stands between them where somebody cannot see, and behind where it is no picture."""


def is_tale(row: Sequence[str]) -> bool:
    """Whether a piece tells or praises: "we filmed this in the rain", "love the fog"."""
    if not row or "please" in row:
        return False
    if row[0] in {"i", "we"} and row[1:2] in (["love"], ["like"], ["adore"]):
        return row[_PAIR : _PAIR + 1] != [] and row[_PAIR] in _LIKED_WHAT
    if not WISHING.isdisjoint(row):
        return False
    own = row[1:] if row[0] in {"i", "we", "they", "she", "he", "you"} else row
    is_liked = own[:1] != [] and own[0] in (_LIKED if own is not row else _LIKED - {"like"})
    if is_liked:
        return own[1:2] != [] and own[1] in _LIKED_WHAT
    is_told = own is not row and own[:1] != [] and own[0] in _TOLD
    is_told |= row[1:2] == ["was"] and not _TOLD.isdisjoint(row[2:3])
    is_told |= row[-2:] in (["that", "day"], ["that", "night"])
    is_praise = len(row) == _PAIR and row[0] in words.PRAISE
    if is_told or is_praise or row[-1] in {"works", "rocks", "rules"}:
        return True
    seen = [at for at, word in enumerate(row) if at and word in _SHOWN]
    said = ([word for word in row[at + 1 :] if word not in DEGREES] for at in seen)
    return any(words_said and _PRAISED.issuperset(words_said) for words_said in said)


def is_own(tokens: Sequence[Token]) -> bool:
    """Whether somebody wants something for themselves: "give me a minute"."""
    row = [token.word for token in tokens]
    is_theirs = not {"me", "i", "we", "us"}.isdisjoint(row)
    return is_theirs and row[-1] in _IDLE


def is_denied(tokens: Sequence[Token]) -> bool:
    """Whether it is only said what no clip should be: "none of the clips should be dark"."""
    row = [token.word for token in tokens]
    return row[0] in {"none", "neither"} and CLIP_MARK in row and "should" in row


def unseen(tokens: Sequence[Token], index: int) -> int:
    """Return where it ends that somebody cannot see: "I can barely make out her face"; else 0."""
    row = [token.word for token in tokens[index : index + _SIGHT]]
    is_hard = row[0] in _HARD and row[1:2] == ["to"]
    if row[0] not in _UNABLE and not is_hard:
        return 0
    at = next((at for at, word in enumerate(row) if word in _SEEING), 0)
    is_made = at > 0 and row[at] == "make"
    behind = row[at + 1 : at + 2]
    if not at or not _ABLE.issuperset(row[1:at]) or (is_made and behind != ["out"]):
        return 0
    is_effect = not _EFFECTS.isdisjoint(row[at + 1 : at + 4])
    return 0 if is_effect or (behind and behind[0] in _NOT_SEEN) else index + at + 1 + is_made
