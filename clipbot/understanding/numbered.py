"""Clips by number: "clips 2, 3 and 5", "shots 14 through 17", "#12", "twelve".

A number without "clip" in front is a clip only where it counts and measures nothing:
"darken 2 and 3" names clips, "add 3 seagulls", "1974" and "16mm" do not.
"""

from collections.abc import Sequence

from clipbot.understanding import words
from clipbot.understanding.context import Context
from clipbot.understanding.depicted import is_depicted
from clipbot.understanding.found import skipped, word_at, word_set
from clipbot.understanding.mention import Mention
from clipbot.understanding.numbers import cardinal
from clipbot.understanding.phrases import phrase_set
from clipbot.understanding.tokens import Token
from clipbot.understanding.vocabulary import OPERATIONS, QUANTITIES

_SEEMING = frozenset({"looks", "feels"})
_BARE_LIMIT = 999
"""A larger number without "clip" in front is a year or a size, not a clip."""
_JOINTS = frozenset({",", "and", "&", "+", "or", "also", "/", "n", "nor"})
DASHES = phrase_set(
    """
    -, \u2013, \u2014, to, through, thru, till, until, up to, up until, up till, up through,
    through to, thru to, on to, onto, on through, on up to, on until, right up to, right through to,
    right to,
    all the way to, all the way through to, all the way up to, and up to, up to and including,
    through to and including, to and including, ->, \u2192, upto
    """
)
"""What stands between the ends of a range."""
_ONWARD = phrase_set(
    """
    and up, and upwards, upwards, onwards, onward, and onwards, and onward, and later, and above,
    and beyond, and on, and after, and everything after, and all after, and following, and
    everything after it, and all after it, and everything following, and all following, and the
    following ones, and higher, and over, till the end, until the end, to the end, through the end
    """
)
_BACKWARD = phrase_set("and below, and lower, and earlier, and everything before, and under")
_CLAUSAL = word_set(
    """
    happens happening plays takes starts ends sits shows runs wants wishes ought deserves lacks
    begs calls though tho either too also feels seems upwards onwards onward deserve lack
    moves switches changes jumps shifts becomes turns gets goes stays remains plays fades belongs
    hurts bothers annoys distracts bugs irritates sucks
    comes move switch shift become jump go anew afresh differ differs clash clashes longer shorter
    """
)
"""Words that go on behind the name of a clip."""
_NUMBER_SIGNS = frozenset({"#", "no", "number", "numbers", "nr", "num"})
_NOT_BEFORE_BARE = frozenset({"in the"}) | word_set(
    """
    version versions take by from like least about of v another year those these than add with
    write says saying fps at
    """
)
_UNITS_AFTER = frozenset({"%", "percent", "x", "times", "stops", "stop", "seconds", "second"})
_UNITS_AFTER |= {"minutes", "minute", "s", "sec", "secs", "mm", "k", "fps", "degrees", "bit"}
_UNITS_AFTER |= {"d", "am", "pm", "oclock", "o'clock", "years", "min", "mins"}
_TOLD = word_set("things changes edits wishes requests points notes fixes tweaks ideas")
_CODE = frozenset("<>${}[]\"'\\%^*@~`_\u201c\u201d\u201e")
"""Marks beside which a number is no clip: `${=2}`, a "30" on a cake."""
_LEADING = {
    ("from", "apart"),
    ("from", "aside"),
    *(("with", word) for word in ("sits", "sit", "fits", "fit", "goes", "go", "works", "work")),
    ("of", ""),
    ("about", "what"),
    ("about", "how"),
    ("at", "look"),
    ("at", "looking"),
    ("than", "other"),
}
_LEADING |= {
    ("with", said) for said in ("happy", "pleased", "fine", "okay", "ok", "wrong", "along")
}
_LEADING |= {
    ("of", noun)
    for noun in word_set(
        "out take version attempt render redo remake reroll retake back front foreground background"
        " middle corner sky the sharpness outside instead colours"
    )
}

_AGED = frozenset({("who", "is"), ("who", "was"), ("she", "is"), ("he", "is"), ("i", "am")})
_BELOW = frozenset({"under", "below", "lower"})
_ABOVE = frozenset({"above", "over", "beyond", "higher", "greater"})


def named(start: int, stop: int, numbers: Sequence[int], context: Context) -> Mention:
    """Return the mention of these clip numbers; those that do not exist are missing."""
    existing = context.numbers
    return Mention(
        start,
        stop,
        clips=tuple(sorted({number for number in numbers if number in existing})),
        missing=tuple(f"clip {number}" for number in numbers if number not in existing),
    )


def numbered(tokens: Sequence[Token], index: int, context: Context) -> Mention | None:
    """Read a single clip number at `index`, whatever stands around it."""
    found = cardinal(tokens, index)
    return None if found is None else named(index, found[1], found[:1], context)


def numbered_at(tokens: Sequence[Token], index: int, context: Context) -> Mention | None:
    """Read "clips 2, 3 and 5", "shots 14 through 17", "#12", "numbers two and four"."""
    start = skipped(tokens, index, {"the", "only", "just", "both", "between", "from"})
    if start > index and tokens[start - 1].word in {"between", "from"}:
        return _between(tokens, start, index, context) or _both_from(tokens, start, index, context)
    at = start
    if at < len(tokens) and tokens[at].word in words.CLIP_NOUNS:
        at += 1
        if word_at(tokens, at) == "between":
            return _between(tokens, at + 1, index, context)
    signed = skipped(tokens, at, _NUMBER_SIGNS)
    at = signed if signed == at else skipped(tokens, signed, {"."})
    if at == start or (at == start + 1 and tokens[start].word == "no" and not _is_sign(tokens, at)):
        return None
    if signed > start and tokens[start].word not in words.CLIP_NOUNS and is_depicted(tokens, start):
        return None
    if bounded := _bounded(tokens, at, context):
        return named(index, bounded[1], bounded[0], context)
    is_plural = tokens[start].word in words.CLIP_PLURALS
    numbers, stop = _list(tokens, at, context, is_plural=is_plural)
    return named(index, stop, numbers, context) if numbers else None


def _bounded(
    tokens: Sequence[Token], index: int, context: Context
) -> tuple[tuple[int, ...], int] | None:
    """Read the numbers in "clips under 5", "clip numbers above 25"."""
    at = skipped(tokens, index, {"numbered", "with", "number", "numbers", "that", "are"})
    bound = word_at(tokens, at)
    found = cardinal(tokens, skipped(tokens, at + 1, {"than", "number", "clip"}))
    if bound not in _BELOW | _ABOVE or found is None or word_at(tokens, found[1]) in _UNITS_AFTER:
        return None
    is_below = bound in _BELOW
    held = (each for each in context.numbers if (each < found[0] if is_below else each > found[0]))
    return tuple(held) or (found[0] + 1,), found[1]


def _is_sign(tokens: Sequence[Token], index: int) -> bool:
    """Whether "no" in front of a number is short for number: "could no 21 get more light"."""
    is_digits = index < len(tokens) and tokens[index].number is not None
    if not is_digits or (index > 1 and tokens[index - 2].is_mark):
        return False
    return index + 1 == len(tokens) or _may_be_followed(tokens, index, index + 1, is_spoken=False)


def _between(tokens: Sequence[Token], start: int, index: int, context: Context) -> Mention | None:
    """Read "between 2 and 5", "from 3 to 7": all from the one to the other."""
    first = cardinal(tokens, skipped(tokens, start, words.CLIP_NOUNS | _NUMBER_SIGNS))
    if first is None or first[1] >= len(tokens):
        return None
    dash = DASHES.at(tokens, first[1])
    if dash is None and tokens[first[1]].word != "and":
        return None
    far = dash[1] if dash else first[1] + 1
    if tokens[start - 1].word == "from" and word_at(tokens, first[1]) == "and":
        return None
    last = _far_end(tokens, far, context)
    if last is None or word_at(tokens, last[1]) in _UNITS_AFTER or last[0] > _BARE_LIMIT:
        return None
    low, high = sorted((first[0], last[0]))
    unknown = [number for number in (low, high) if number not in context.numbers]
    return named(index, last[1], unknown or range(low, high + 1), context)


def _both_from(tokens: Sequence[Token], start: int, index: int, context: Context) -> Mention | None:
    """Read "from 2 and 3": these two."""
    first = cardinal(tokens, start)
    if tokens[start - 1].word != "from" or not first or word_at(tokens, first[1]) != "and":
        return None
    numbers, stop = _list(tokens, start, context)
    return named(index, stop, numbers, context) if numbers[1:] else None


def bare_at(tokens: Sequence[Token], index: int, context: Context) -> Mention | None:
    """Read clip numbers without the word clip: "darken 2, 3, 5", "twelve should be darker"."""
    if not _may_be_clip(tokens, index):
        return None
    numbers, stop = _list(tokens, index, context)
    return None if max(numbers) > _BARE_LIMIT else named(index, stop, numbers, context)


def _may_be_clip(tokens: Sequence[Token], index: int) -> bool:
    """Whether a number at `index` can stand for a clip: nothing is counted or measured by it."""
    found = cardinal(tokens, index)
    if found is None or (index and not _may_precede(tokens, index)) or is_depicted(tokens, index):
        return False
    is_spoken = tokens[index].number is None
    is_one = tokens[index].word == "one" and not _is_listed(tokens, index)
    if is_spoken and (is_one or tokens[index].word == "zero" or _is_counting(tokens, index)):
        return False
    if found[1] == len(tokens):
        return True
    return _may_be_followed(tokens, index, found[1], is_spoken=is_spoken)


def _is_listed(tokens: Sequence[Token], index: int) -> bool:
    """Whether "one" begins a list of clips: "one, five and eleven darker"."""
    is_first = index == 0 or tokens[index - 1].is_mark or tokens[index - 1].word in {"in", "for"}
    at = skipped(tokens, index + 1, {",", "and", "&"})
    more = cardinal(tokens, at) if at > index + 1 else None
    is_more = more is not None and tokens[at].number is None and tokens[at].word != "one"
    return is_first and is_more and word_at(tokens, more[1] if more else at) in _LISTING


_LISTING = frozenset({",", "and", "&", "should", "need", "look", "are", ":", "get", "all", "both"})
_MOVING = frozenset({"moves", "shifts", "switches", "jumps", "drags", "becomes", "stays"})


def _may_be_followed(tokens: Sequence[Token], index: int, stop: int, *, is_spoken: bool) -> bool:
    """Whether what stands behind a number lets it be a clip."""
    after = tokens[stop]
    behind = stop + 1
    is_more = after.word == "more" and behind < len(tokens) and words.is_foreign(tokens[behind])
    is_counted = is_more and not (OPERATIONS.at(tokens, behind) or QUANTITIES.at(tokens, behind))
    of_what = word_at(tokens, skipped(tokens, stop, {"of", "the", "my", "these", "those"}))
    if is_counted or (after.word == "of" and of_what in words.CLIP_PLURALS | {"them"}):
        return False
    if after.word in _UNITS_AFTER or (is_spoken and after.word in {"of", "in", "more", "ones"}):
        return False
    if after.is_mark:
        return after.word not in _CODE and not _is_share(tokens, stop)
    if (
        after.word in _JOINTS | _CLAUSAL
        or DASHES.at(tokens, stop)
        or (after.number is not None and not is_spoken)
    ):
        return True
    if OPERATIONS.at(tokens, stop) or after.word in _MOVING:
        return True
    counted = after.word in words.CLIP_NOUNS | words.PLACE_NOUNS | _TOLD or (
        after.word in words.SCENE_WORDS and after.word.endswith("s") and after.word not in _SEEMING
    )
    known = QUANTITIES.at(tokens, stop) or not words.is_foreign(after)
    return not counted and bool(known or _leads_clause(tokens, index))


def _leads_clause(tokens: Sequence[Token], index: int) -> bool:
    """Whether "in 11" begins a clause, or tells where: "make the chair in 2 wooden"."""
    if index == 0 or tokens[index - 1].word not in {"in", "for", "on"}:
        return False
    is_made = tokens[0].word in {"make", "paint", "turn"} and tokens[-1].word[-1] != "s"
    is_begun = index == 1 or tokens[index - 2].is_mark or tokens[index - 2].word in {"and", "but"}
    return is_begun or (is_made and index + 2 == len(tokens))


def _may_precede(tokens: Sequence[Token], index: int) -> bool:
    before = tokens[index - 1]
    if before.word in {"-", "+"} and index > 1 and QUANTITIES.at(tokens, index - 2):
        return False
    if before.is_mark:
        return before.word not in _CODE | {"="}
    earlier = tokens[index - 2].word if index > 1 else ""
    if (earlier, before.word) in _AGED or before.word in {"turned", "aged"}:
        return False
    if before.word in {"plus", "minus"} and index > 1 and QUANTITIES.at(tokens, index - 2):
        return False
    if before.word in {"from", "of", "at", "than", "with", "about"}:
        is_part = before.word == "of" and earlier in words.SCENE_WORDS | words.BACKDROPS
        is_part |= before.word == "of" and index > 2 and tokens[index - 3].word == "the"  # noqa: PLR2004
        return is_part or (before.word, earlier) in _LEADING
    return before.word not in _NOT_BEFORE_BARE


def _is_share(tokens: Sequence[Token], index: int) -> bool:
    """Whether a stroke divides: "2/3 of the song"."""
    behind = cardinal(tokens, index + 1)
    is_stroke = tokens[index].word == "/" and behind is not None
    return is_stroke and behind is not None and word_at(tokens, behind[1]) in {"of", "speed"}


def _is_counting(tokens: Sequence[Token], index: int) -> bool:
    """Whether a spoken number counts things: "the four dark clips"."""
    return index > 0 and tokens[index - 1].word in {"the", "all", "these", "those", "first", "last"}


def _list(
    tokens: Sequence[Token], index: int, context: Context, *, is_plural: bool = False
) -> tuple[list[int], int]:
    """Read numbers and ranges, joined by commas and "and"."""
    numbers: list[int] = []
    stop = index
    at: int | None = index
    is_denied = _is_denied(tokens, index, context)
    while at is not None and (found := _range(tokens, at, context)):
        more, stop = found
        numbers.extend(more)
        at = None if is_denied and word_at(tokens, stop) == "," else _next_item(tokens, stop)
        if at is None and is_plural and not is_denied:
            at = _listed(tokens, stop)
    return numbers, stop


def _range(
    tokens: Sequence[Token], index: int, context: Context
) -> tuple[Sequence[int], int] | None:
    """Read one number, or a range; of one that is out of all bounds only its ends."""
    found = cardinal(tokens, index)
    if found is None:
        return None
    first, stop = found
    if open_ended := _open_ended(tokens, first, stop, context):
        return open_ended
    dash = DASHES.at(tokens, stop) if stop < len(tokens) else None
    if dash is None:
        return (first,), stop
    last = _far_end(tokens, dash[1], context)
    if last is None or last[0] <= first or word_at(tokens, last[1]) in _UNITS_AFTER:
        return (first,), stop
    is_sane = last[0] <= max(context.numbers, default=0) + _BARE_LIMIT
    return (range(first, last[0] + 1) if is_sane else (first, last[0])), last[1]


def _far_end(tokens: Sequence[Token], index: int, context: Context) -> tuple[int, int] | None:
    """Return the last number of a range and where it ends: "7", "clip 7", "the last one"."""
    last = cardinal(tokens, skipped(tokens, index, words.CLIP_NOUNS | _NUMBER_SIGNS))
    at = skipped(tokens, index, {"the", "very"})
    if last or at == index or word_at(tokens, at) not in {"last", "end", "final"}:
        return last
    stop = skipped(tokens, at + 1, {"one", *words.CLIP_NOUNS})
    is_part = word_at(tokens, stop) in {"of", *words.SECTIONS} or cardinal(tokens, stop)
    return None if is_part else (max(context.numbers, default=0), stop)


def _open_ended(
    tokens: Sequence[Token], first: int, stop: int, context: Context
) -> tuple[Sequence[int], int] | None:
    """Read "25 and up", "7 onwards", "4 and below"."""
    if stop >= len(tokens) or first not in context.numbers:
        return None
    onward, backward = _ONWARD.at(tokens, stop), _BACKWARD.at(tokens, stop)
    found = onward or backward
    if found is None or (found[1] < len(tokens) and _is_named(tokens, found[1])):
        return None
    reach = range(first, max(context.numbers) + 1) if onward else range(1, first + 1)
    return tuple(number for number in reach if number in context.numbers), found[1]


def _is_named(tokens: Sequence[Token], index: int) -> bool:
    """Whether a thing is named at `index`: "and up the contrast", "and on 5"."""
    word = tokens[index].word
    is_noun = word in words.DETERMINERS | words.CLIP_NOUNS | words.SECTIONS.keys() | {"it", "them"}
    is_counted = cardinal(tokens, index) is not None or QUANTITIES.at(tokens, index) is not None
    return is_noun or is_counted or word == "of"


def _is_denied(tokens: Sequence[Token], index: int, context: Context) -> bool:
    """Whether a list ends at its first comma: "not 2, 3 darker", but "not 2, 3 and 4 though"."""
    if not index or tokens[index - 1].word != "not":
        return False
    at: int | None = index
    stop = index
    while at is not None and (found := _range(tokens, at, context)):
        stop = found[1]
        at = _next_item(tokens, stop)
    is_end = stop >= len(tokens) or tokens[stop].is_mark
    return not (is_end or tokens[stop].word in {"though", "either", "please", "tho"})


def listed_at(tokens: Sequence[Token], index: int, context: Context) -> Mention | None:
    """Read a list that begins with a spoken one: "minus one and two"."""
    if word_at(tokens, index) != "one" or word_at(tokens, index + 1) not in {"and", ",", "or"}:
        return None
    numbers, stop = _list(tokens, index, context, is_plural=True)
    return named(index, stop, numbers, context)


def _next_item(tokens: Sequence[Token], index: int) -> int | None:
    """Return where the next number of a list is, if the list goes on."""
    at = skipped(tokens, index, _JOINTS)
    if at >= len(tokens) or (at == index and not _goes_on(tokens, index)):
        return None
    signed = skipped(tokens, at, words.CLIP_NOUNS | _NUMBER_SIGNS)
    if cardinal(tokens, signed) is None:
        return None
    if signed > at:
        return signed
    return at if _may_be_clip(tokens, at) else None


def _listed(tokens: Sequence[Token], index: int) -> int | None:
    """Return where the next number of a list of "clips" is, whatever follows it."""
    at = skipped(tokens, index, _JOINTS)
    found = cardinal(tokens, at)
    if at == index or found is None or word_at(tokens, found[1]) in _UNITS_AFTER:
        return None
    return at


def _goes_on(tokens: Sequence[Token], index: int) -> bool:
    """Whether a list goes on without a comma: "2 5 6 darker", "#2 #3 #7"."""
    return tokens[index].number is not None or tokens[index].word == "#"
