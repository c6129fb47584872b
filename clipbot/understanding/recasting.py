"""Wishes that share words with their neighbours, put so that each says its own.

"Fog and rain for 3 and 4 respectively" becomes "fog for 3, rain for 4", and "bring 3 down
and 4 up in brightness" says the brightness twice. A token that is moved or repeated has
no width where it goes: whoever quotes the text quotes what was typed.
"""

from collections.abc import Sequence
from dataclasses import replace

from clipbot.understanding.context import Context
from clipbot.understanding.found import skipped, word_at, word_set
from clipbot.understanding.mention import Mention
from clipbot.understanding.naming import reading
from clipbot.understanding.phrases import phrase_set
from clipbot.understanding.tokens import Token
from clipbot.understanding.vocabulary import QUANTITIES
from clipbot.understanding.words import CLIP_NOUNS, CLIP_PLURALS

_EACH = phrase_set("respectively, in that order, in this order, resp")
_DISLIKING = phrase_set(
    [
        f"{who}{what} {how}"
        for who in ("i ", "we ", "")
        for what in ("don't like", "dont like", "do not like", "hate", "dislike", "can't stand")
        for how in ("how", "that", "the way", "it when", "the fact that")
    ]
)
"""What leads up to a complaint: "I don't like how clip 22 moves so much"."""
_SEARCHING = phrase_set(
    "i don't know, i dont know, dunno, how do you say, how do i say, how shall i put it, how to"
    " say, what's the word, what is the word, how should i put it"
)
"""What is said by somebody who looks for a word: "less... I don't know, grey"."""
_ENDS = frozenset({".", "!", "?", ";"})
_JOINTS = frozenset({",", "and", "&", "then"})
_MOST = 12
"""Wishes in one list; a bound keeps reading linear."""
_WAYS = word_set("up down")
_FADES = word_set("fade fades")
_SIDES = {"in": "into", "out": "out of"}
_LEADS = word_set("and then please you to let's now also just pls")
_OBLIGING = word_set("should must to could can")
_MAKING = word_set("make turn get bring want set should must needs give change")
_THINGS = word_set("it this that them one")
_INTO = _THINGS | word_set("into like to as")
_SEEN = word_set("like lit graded coloured colored filmed shot done now")
_STEPPED = word_set("other second third fourth fifth sixth")
_BEGINNING = word_set("starting beginning")
_HEARD = {"for": 4, "fore": 4, "to": 2, "too": 2, "won": 1, "ate": 8, "tree": 3}
"""Words that sound like a number."""
_TELLING = frozenset({",", ":", "-", "\u2013", "\u2014"})


def recast(tokens: Sequence[Token], context: Context) -> tuple[Token, ...]:
    """Return the tokens with such wishes put apart."""
    row = _looking(_faded(_plain(tuple(tokens)), context), context)
    return _begun(_apart(_told_twice(_heard(tuple(row))), context), context)


def _heard(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Read "clip for, darker" as clip 4: the word in front of a mark can be nothing else."""
    row = list(tokens)
    for at in range(1, len(tokens) - 1):
        number = _HEARD.get(tokens[at].word)
        is_clip = tokens[at - 1].word in CLIP_NOUNS - CLIP_PLURALS
        is_free = at == 1 or tokens[at - 2].is_mark or tokens[at - 2].word in _JOINTS
        if number and is_clip and is_free and tokens[at + 1].word in _TELLING:
            row[at] = replace(tokens[at], number=number)
    return tuple(row)


def _plain(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Leave out what only leads up to a complaint, and what somebody says who looks for a word."""
    if (lead := _DISLIKING.first(tokens)) and lead[2] < len(tokens):
        tokens = (*tokens[: lead[0]], *tokens[lead[2] :])
    if (gap := _SEARCHING.first(tokens)) is None:
        return tokens
    start, stop = gap[0], gap[2]
    while start and tokens[start - 1].is_mark:
        start -= 1
    while stop < len(tokens) and tokens[stop].is_mark:
        stop += 1
    return (*tokens[:start], *tokens[stop:]) if start > 0 and stop < len(tokens) else tokens


def _told_twice(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Put "3 down and 4 up in brightness" as "3 down in brightness and 4 up in brightness"."""
    for at in range(2, len(tokens) - 1):
        quantity = tokens[at + 1 :] if tokens[at].word == "in" else ()
        is_named = bool(quantity) and QUANTITIES.at(quantity, 0) is not None
        if not is_named or tokens[at - 1].word not in _WAYS:
            continue
        other = next((each for each in range(at - 2, 0, -1) if _is_way(tokens, each)), 0)
        found = QUANTITIES.at(quantity, 0)
        if other and found:
            place = tokens[other].stop
            said = [replace(one, start=place, stop=place) for one in tokens[at : at + 1 + found[1]]]
            return (*tokens[: other + 1], *said, *tokens[other + 1 :])
    return tokens


def _is_way(tokens: Sequence[Token], index: int) -> bool:
    """Whether "down" at a token says which way, and no more: "3 down and 4 up"."""
    return tokens[index].word in _WAYS and tokens[index + 1].word in _JOINTS


def _faded(tokens: Sequence[Token], context: Context) -> Sequence[Token]:
    """Put "fade in clip 3", "fade clip 3 in", "clip 3 fades in" as "fade into clip 3"."""
    at = next((at for at, token in enumerate(tokens) if token.word in _FADES), -1)
    is_led = at <= 0 or tokens[at - 1].is_mark or tokens[at - 1].word in _LEADS
    way = word_at(tokens, at + 1)
    if at < 0:
        return tokens
    if way in _SIDES and is_led:
        named = reading(tokens, skipped(tokens, at + 2, {"on", "of", "at"}), context)
        span = (at, named.stop) if named else (0, 0)
    elif way in _SIDES:
        named, span = _named_before(tokens, at, context)
    else:
        named = reading(tokens, at + 1, context) if is_led else None
        way = word_at(tokens, named.stop) if named else ""
        span = (at, named.stop + 1) if named else (0, 0)
    if named is None or named.is_vague or way not in _SIDES:
        return tokens
    plain = replace(tokens[at], word="fade")
    side = [replace(tokens[at + 1], word=word, number=None) for word in _SIDES[way].split()]
    return (*tokens[: span[0]], plain, *side, *tokens[named.start : named.stop], *tokens[span[1] :])


def _looking(tokens: Sequence[Token], context: Context) -> Sequence[Token]:
    """Put "turn 1 into what 4 looks like", "the way 4 looks" as "look like 4"."""
    for at, token in enumerate(tokens):
        stop = at + 2 if token.word == "the" else at + 1
        if token.word not in {"what", "how"} and word_at(tokens, at + 1) != "way":
            continue
        named = reading(tokens, stop, context)
        if named is None or len(named.clips) != 1 or not _is_made(tokens[:at]):
            continue
        if word_at(tokens, named.stop) not in {"looks", "look", "is"}:
            continue
        start = at - (tokens[at - 1].word in _INTO - _THINGS)
        end = named.stop + 1 + (word_at(tokens, named.stop + 1) in _SEEN)
        cue = (replace(token, word="look"), replace(token, word="like"))
        return (*tokens[:start], *cue, *tokens[stop : named.stop], *tokens[end:])
    return tokens


def _is_made(before: Sequence[Token]) -> bool:
    """Whether something is to be made into what follows: "turn 1 into", not "I like"."""
    row = [token.word for token in before]
    is_made = not _MAKING.isdisjoint(row)
    is_likened = row[-1:] != [] and (row[-1] in _INTO or before[-1].number is not None)
    return is_made and is_likened and row[-2:-1] not in (["i"], ["we"], ["really"])


def _named_before(
    tokens: Sequence[Token], at: int, context: Context
) -> tuple[Mention | None, tuple[int, int]]:
    """Return the clips that "should fade in" is said of, and where that starts and ends."""
    end = at - (tokens[at - 1].word in _OBLIGING)
    found = (reading(tokens[:end], each, context) for each in range(max(0, end - _MOST), end))
    named = next((each for each in found if each and each.stop == end), None)
    return named, (named.start if named else 0, at + 2)


def _apart(tokens: tuple[Token, ...], context: Context) -> tuple[Token, ...]:
    """Put "fog and rain for 3 and 4 respectively" as "fog for 3, rain for 4"."""
    cue = _EACH.first(tokens)
    if cue is None:
        return tokens
    start = next((at + 1 for at in range(cue[0], -1, -1) if tokens[at].word in _ENDS), 0)
    stop = next((at for at in range(cue[2], len(tokens)) if tokens[at].word in _ENDS), len(tokens))
    items = _items((*tokens[start : cue[0]], *tokens[cue[2] : stop]))
    middle = len(items) // 2
    if not middle or len(items) % 2 == 0 or len(items) > 2 * _MOST:
        return tokens
    named = _named(items[middle], context)
    if named is None:
        return tokens
    is_behind = named.stop == len(items[middle])
    said = (_wishes_first if is_behind else _clips_first)(items, middle, named)
    return (*tokens[:start], *said, *tokens[stop:]) if said else tokens


def _named(item: Sequence[Token], context: Context) -> Mention | None:
    """Return the clips named at the end of an item, or at its beginning."""
    found = (reading(item, at, context) for at in range(len(item)))
    return next((each for each in found if each and each.clips), None)


def _items(tokens: Sequence[Token]) -> list[list[Token]]:
    """Cut at the joints of lists."""
    items: list[list[Token]] = [[]]
    for token in tokens:
        if token.word in _JOINTS:
            items.append([])
        else:
            items[-1].append(token)
    return [item for item in items if item]


def _wishes_first(items: Sequence[list[Token]], middle: int, named: Mention) -> list[Token]:
    """Return "fog for 3, snow for 4" of "fog, snow for 3, 4"."""
    last = items[middle][: named.start]
    at = max((at for at, token in enumerate(last) if token.word in {"for", "in", "on"}), default=0)
    wishes = [*items[:middle], last[:at]]
    clips = [items[middle][named.start : named.stop], *items[middle + 1 :]]
    said: list[Token] = []
    for wish, clip in zip(wishes, clips, strict=True):
        if not wish:
            return []
        place = wish[-1].stop
        said += [*wish, *_moved([*last[at:], *clip], place), _mark(place)]
    return said[:-1]


def _clips_first(items: Sequence[list[Token]], middle: int, named: Mention) -> list[Token]:
    """Return "3 darker, 4 brighter" of "3 and 4 darker and brighter"."""
    clips = [*items[:middle], items[middle][: named.stop]]
    wishes = [items[middle][named.stop :], *items[middle + 1 :]]
    said: list[Token] = []
    for wish, clip in zip(wishes, clips, strict=True):
        said += [*_moved(clip, wish[0].start), *wish, _mark(wish[-1].stop)]
    return said[:-1]


def _moved(tokens: Sequence[Token], place: int) -> list[Token]:
    return [replace(token, start=place, stop=place) for token in tokens]


def _mark(place: int) -> Token:
    return Token(",", place, place, is_mark=True)


def _begun(tokens: tuple[Token, ...], context: Context) -> tuple[Token, ...]:
    """Put "every other clip darker, starting with the second" as one name of clips."""
    at = next((at for at, token in enumerate(tokens) if token.word in _BEGINNING), 0)
    if not at or word_at(tokens, at + 1) not in {"with", "from", "at"}:
        return tokens
    stop = skipped(tokens, at + 2, word_set("the clip number"))
    stop = skipped(tokens, stop + 1, word_set("one clip"))
    start = next((each for each in range(at) if _is_stepped(tokens, each)), at)
    named = reading(tokens[:at], start, context)
    if not (stop >= len(tokens) or tokens[stop].is_mark) or named is None:
        return tokens
    begin = _moved(tokens[at:stop], tokens[named.stop - 1].stop)
    lead = at - (tokens[at - 1].word in {",", "(", "and"})
    return (*tokens[: named.stop], *begin, *tokens[named.stop : lead], *tokens[stop:])


def _is_stepped(tokens: Sequence[Token], index: int) -> bool:
    """Whether every so many clips are named at a token: "every third clip"."""
    return tokens[index].word in {"every", "each"} and word_at(tokens, index + 1) in _STEPPED
