"""Wishes about things that are told by the build of a sentence, not by one verb.

"Girl becomes robot", "gym to beach", "kick the dancers out", "cover the roofs with snow
globes", "I'd like balloons", "into 3 goes a hot dog stand", "a forest behind her".
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

from clipbot.domain.plan import Kind, Operation
from clipbot.understanding import construction_words as build
from clipbot.understanding import words
from clipbot.understanding.found import skipped, word_at
from clipbot.understanding.numbers import cardinal
from clipbot.understanding.tokens import CLIP_MARK, Token
from clipbot.understanding.vocabulary import OPERATIONS, QUANTITIES

_PAIR = 2
_LONGEST = 3
"""Words of a name: "hot dog stand"."""
_Reader = Callable[[Sequence[Token], Sequence[str]], Operation | None]


def constructed(tokens: Sequence[Token], *, is_headed: bool) -> Operation | None:
    """Return what the build of a piece asks for, if it has one of those builds.

    Args:
        tokens: The piece.
        is_headed: Whether its clips were named in front of it.
    """
    row = [token.word for token in tokens]
    if not row:
        return None
    for read in _READERS:
        if op := read(tokens, row):
            return op
    if op := _counted(tokens, row) if is_headed else None:
        return op
    return _swapped(tokens, row) if is_headed or CLIP_MARK in row else None


def _reseeded(_: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "with a different seed": the clip is made once more."""
    is_other = any(two == "seed" and one in build.OTHER for one, two in pairwise(row))
    return Operation(Kind.REGENERATE) if is_other else None


def _lacking(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "could clip 4 be without the man": a thing that is to be gone."""
    at = next((at for at, pair in enumerate(pairwise(row)) if pair == ("be", "without")), 0)
    named = tokens[at + 2 :]
    is_told = len(named) == _PAIR and named[0].word in words.DETERMINERS
    is_known = any(OPERATIONS.at(named, i) or QUANTITIES.at(named, i) for i in range(len(named)))
    is_gone = at > 0 and (is_told or _is_name(named)) and not is_known
    return Operation(Kind.REMOVE) if is_gone else None


def _lit(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "in red light": a colour of light that is neither warm nor cold."""
    for at in range(1, len(row) - 1):
        is_light = row[at + 1] in {"light", "lighting", "lights", "glow"}
        is_led = row[at - 1] in {"in", "into", "under"}
        if row[at] in words.PAINTS and is_light and is_led and not OPERATIONS.at(tokens, at):
            return Operation(Kind.LOOK)
    return None


def _likened(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "and a darker sky": what is there already, only otherwise."""
    at = 1 if row[0] in build.ARTICLES else 0
    found = OPERATIONS.at(tokens, at) if at and len(row) > at + 1 else None
    is_other = found is not None and found[1] == at + 1 and row[at].endswith("er")
    named = row[at + 1 :]
    is_known = is_other and len(named) == 1 and named[0] in words.BACKDROPS
    return Operation(_kind(tokens[at + 1 :])) if is_known else None


def _counted(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "four birds in the sky": things, how many, and where."""
    at = skipped(tokens, 0, build.COUNTING)
    counted = cardinal(tokens, at)
    at = counted[1] if counted else at
    end = next((i for i in range(at, len(row)) if not words.is_foreign(tokens[i])), len(row))
    is_there = word_at(tokens, end) in build.WHERE_TO and end + 1 < len(row)
    if not is_there or not _is_name(tokens[at:end]) or not _is_plural(row[end - 1]):
        return None
    is_known = any(OPERATIONS.at(tokens, i) or QUANTITIES.at(tokens, i) for i in range(at, end))
    return None if is_known or not words.NEGATIONS.isdisjoint(row) else Operation(Kind.ADD)


def _becoming(tokens: Sequence[Token], _: Sequence[str]) -> Operation | None:
    """Read "girl becomes robot", "the gym turns into a beach"."""
    found = build.BECOMING.first(tokens)
    if found is None or not _has_thing(tokens[: found[0]]) or not _has_name(tokens[found[2] :]):
        return None
    return Operation(_kind(tokens[: found[0]]))


def _swapped(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "boxer to kangaroo", "the gym into a beach": two names and nothing else."""
    link = next((at for at, word in enumerate(row) if word in {"to", "into"}), 0)
    one = [token for token in tokens[:link] if not token.is_mark]
    two = [token for token in tokens[link + 1 :] if not token.is_mark]
    if not link or not (_is_name(one) and _is_name(two)):
        return None
    return Operation(_kind(one))


def _placing(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "seat three kids on the boat", "cover the roofs with leaves"."""
    at = skipped(tokens, 0, build.LEADING)
    if word_at(tokens, at) in build.COVERING and "with" in row[at:]:
        behind = tokens[row.index("with", at) + 1 :]
        return Operation(Kind.ADD) if _has_name(behind) else None
    if word_at(tokens, at) not in build.PLACING or not _has_name(tokens[at + 1 : at + 5]):
        return None
    is_known = row[at + 1] in words.POSSESSIVES | {"him", "them"}
    is_put = not build.WHERE_TO.isdisjoint(row[at + 2 :])
    return Operation(Kind.SUBJECT if is_known else Kind.ADD) if is_put else None


def _ousting(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "kick the dancers out", "edit the microphone out of clip 3"."""
    verb = next((at for at, word in enumerate(row) if word in build.OUSTING), None)
    if verb is None or not words.NEGATIONS.isdisjoint(row[:verb]):
        return None
    out = next((at for at in range(verb + 2, len(row)) if row[at] in build.OUT), None)
    if out is None or not _has_thing(tokens[verb + 1 : out]):
        return None
    is_known = any(
        OPERATIONS.at(tokens, at) or QUANTITIES.at(tokens, at) for at in range(verb + 1, out)
    )
    covered = OPERATIONS.at(tokens, verb)
    is_known |= covered is not None and covered[1] > out
    return None if is_known or "on" in row[verb + 1 : out] else Operation(Kind.REMOVE)


def _wishing(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "I'd like balloons", "how about a dog?"."""
    found = build.WISHED.first(tokens)
    at = skipped(tokens, found[2], build.COUNTING) if found else len(row)
    if found is None or at == len(row) or not words.is_foreign(tokens[at]):
        return None
    behind = row[at : at + 2]
    is_new = not build.ARTICLES.isdisjoint(row[found[2] : at]) or any(map(_is_plural, behind))
    end = next((i for i in range(at, len(row)) if not words.is_foreign(tokens[i])), len(row))
    is_known = any(OPERATIONS.at(tokens, i) or QUANTITIES.at(tokens, i) for i in range(at, end))
    is_other = not {"instead", "different"}.isdisjoint(row[at:]) or not build.VAGUE.isdisjoint(
        behind
    )
    if not is_new or is_known or is_other:
        return None
    if "instead of" in " ".join(row[: found[0]]):
        return Operation(_kind(tokens[: found[0]]))
    is_set = row[end - 1] in words.PLACES and build.BEHIND.first(tokens) is not None
    return Operation(Kind.BACKGROUND if is_set else Kind.ADD)


def _praising(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "a hot dog stand would be nice"."""
    at = row.index("would") if "would" in row else 0
    is_nice = not build.NICE.isdisjoint(row[at:])
    is_new = row[0] in build.ARTICLES and _is_name(tokens[:at])
    return Operation(Kind.ADD) if is_new and is_nice else None


def _inverted(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "into 3 goes a hot dog stand"."""
    verb = next((at for at, word in enumerate(row) if word in build.GOING), 0)
    if CLIP_MARK not in row[:verb] or not _has_name(tokens[verb + 1 :]):
        return None
    return Operation(Kind.ADD) if row[0] in build.LANDING else None


def _lettered(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "a sign saying SLOW DOWN": what it says is no wish."""
    at = next((at for at, word in enumerate(row) if word in build.LETTERED), None)
    return Operation(Kind.ADD) if at and row[0] in {"a", "an"} and _has_name(tokens[:at]) else None


def _located(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "a birthday cake on the table": a new thing and where it is."""
    at = next((at for at, word in enumerate(row) if word in build.WHERE), 0)
    is_new = row[0] in {"a", "an"} and _is_name(tokens[:at]) and build.VAGUE.isdisjoint(row[:at])
    is_there = word_at(tokens, at + 1) in words.DETERMINERS and len(row) <= at + _LONGEST
    return Operation(Kind.ADD) if is_new and is_there and words.PLACES.isdisjoint(row) else None


def _pictured(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "red hair for the singer"."""
    if row[0] not in words.PAINTS or {"for", "on"}.isdisjoint(row[2:4]):
        return None
    return Operation(Kind.SUBJECT) if _is_name(tokens[1:2]) and _has_name(tokens[3:]) else None


def _handed(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "summer hats for everybody", "a crown for the girl": things and who gets them."""
    at = next((at for at, word in enumerate(row) if word in {"for", "on"}), 0)
    named, behind = tokens[skipped(tokens, 0, build.COUNTING) : at], row[at + 1 : at + 3]
    if not named or len(named) > _LONGEST or not all(map(words.is_foreign, named)):
        return None
    is_new = _is_plural(named[-1].word) or row[0] in build.ARTICLES
    is_person = behind[:1] != [] and (
        behind[0] in build.EVERYBODY
        or (behind[0] in words.DETERMINERS | build.EVERY and _has_name(tokens[at + 2 : at + 3]))
    )
    is_known = OPERATIONS.at(tokens, at - 1) or QUANTITIES.at(tokens, at - 1)
    is_told = not words.NEGATIONS.isdisjoint(row) or not build.VAGUE.isdisjoint(row[:at])
    return Operation(Kind.ADD) if is_new and is_person and not (is_known or is_told) else None


def _acting(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "he should smile", "they must not look at the camera"."""
    at = next((at for at, word in enumerate(row) if word in build.WHO), None)
    told = {"should", "must", "could", "ought"}
    if at is None or at > _LONGEST or word_at(tokens, at + 1) not in told:
        return None
    rest = tokens[at + 2 :]
    is_known = any(OPERATIONS.at(rest, i) for i in range(len(rest)))
    if not _has_name(rest) or is_known:
        return None
    is_set = not words.PLACES.isdisjoint(row) and not build.LANDING.isdisjoint(row[at:])
    return Operation(Kind.BACKGROUND if is_set else Kind.SUBJECT)


def _absent(_: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "nobody should be seen", "no one may be there"."""
    is_none = not build.ABSENT.isdisjoint(row) or ("no", "one") in pairwise(row)
    is_told = not {"should", "must", "may"}.isdisjoint(row)
    is_seen = not build.SEEN.isdisjoint(row)
    return Operation(Kind.REMOVE) if is_none and is_told and is_seen else None


def _surrounded(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "a forest behind her", "mountains in the background"."""
    behind = build.BEHIND.first(tokens)
    lead = tokens[: behind[0]] if behind else ()
    at = skipped(lead, 0, build.LEADING | words.DETERMINERS)
    is_name = _is_name(lead[at:]) and row[len(lead) - 1] in words.PLACES
    return Operation(Kind.BACKGROUND) if is_name else None


def _carried(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "take her to the moon", "set it in a desert"."""
    verb = next((at for at, word in enumerate(row) if word in build.CARRYING), len(row))
    landing = next((at for at in range(verb + 1, len(row)) if row[at] in build.LANDING), None)
    if landing is None or not words.NEGATIONS.isdisjoint(row[:landing]):
        return None
    at = skipped(tokens, landing + 1, words.DETERMINERS)
    is_place = word_at(tokens, at) in words.PLACES or (
        word_at(tokens, at + 1) in words.PLACES and words.is_foreign(tokens[at])
    )
    is_whole = build.WHOLE.issuperset(row[verb + 1 : landing])
    return Operation(Kind.BACKGROUND) if is_place and is_whole else None


def _given(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "every dancer in clip 3 gets a paper crown"."""
    verb = next((at for at, word in enumerate(row) if word in build.GETTING), 0)
    lead = [token for token in tokens[:verb] if token.word not in build.LEADING]
    named = [token for token in lead if token.word not in words.DETERMINERS | build.EVERY]
    is_clip = not named and CLIP_MARK in row[:verb]
    if not verb or not (is_clip or _is_name(named)) or row[verb + 1 : verb + 2] == []:
        return None
    behind = tokens[verb + 1 + (row[verb + 1] in build.ARTICLES) :]
    is_new = row[verb + 1] in build.ARTICLES or row[verb + 1].endswith("s")
    is_thing = is_new and (_is_name(behind) if is_clip else _has_name(behind))
    return Operation(Kind.ADD if is_clip else Kind.SUBJECT) if is_thing else None


def _having(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "clip 8 with candles everywhere"."""
    at = row.index("with") if "with" in row else len(row)
    lead = {CLIP_MARK, "but", "make", "it", "just", "only", "and", "have"}
    if not lead.issuperset(row[:at]) or not row[at + 1 :] or not _is_plural(row[at + 1]):
        return None
    is_known = OPERATIONS.at(tokens, at + 1) or QUANTITIES.at(tokens, at + 1)
    is_end = row[at + 2 :] in ([], ["everywhere"], ["around"], ["please"], [CLIP_MARK]) or (
        word_at(tokens, at + 2) in build.WHERE_TO
    )
    return (
        Operation(Kind.ADD)
        if is_end and not is_known and _is_name(tokens[at + 1 : at + 2])
        else None
    )


_READERS: tuple[_Reader, ...] = (
    _reseeded,
    _lacking,
    _lit,
    _likened,
    _having,
    _given,
    _becoming,
    _inverted,
    _carried,
    _surrounded,
    _placing,
    _ousting,
    _absent,
    _wishing,
    _praising,
    _pictured,
    _handed,
    _lettered,
    _located,
    _acting,
)


def _is_plural(word: str) -> bool:
    is_regular = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return is_regular or word in build.PLURALS


def _has_name(tokens: Sequence[Token]) -> bool:
    """Whether a thing is named that is no wish of its own."""
    return any(
        words.is_foreign(token) and not OPERATIONS.at(tokens, at) for at, token in enumerate(tokens)
    )


def _has_thing(tokens: Sequence[Token]) -> bool:
    return _has_name(tokens) or any(
        token.word in words.BACKDROPS | {"him", "her", "them", "he", "she"} for token in tokens
    )


def _is_name(tokens: Sequence[Token]) -> bool:
    """Whether tokens are the name of one thing and nothing else: "a hot dog stand"."""
    row = list(tokens)
    while row and row[0].word in words.DETERMINERS:
        row.pop(0)
    return 0 < len(row) <= _LONGEST and all(
        words.is_foreign(token) and token.word not in words.CHATTER and not OPERATIONS.at(row, at)
        for at, token in enumerate(row)
    )


def _kind(tokens: Sequence[Token]) -> Kind:
    """Return whether what changes is the place or something in it."""
    named = [
        token.word for token in tokens if words.is_foreign(token) or token.word in words.BACKDROPS
    ]
    is_place = named[-1:] != [] and named[-1] in words.PLACES | words.BACKDROPS
    return Kind.BACKGROUND if is_place else Kind.SUBJECT
