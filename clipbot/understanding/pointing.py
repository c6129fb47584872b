"""Clips that are pointed at or taken together: "these", "all of them", "the rest", "both"."""

from collections.abc import Iterator, Sequence

from clipbot.domain.plan import Act
from clipbot.understanding import words
from clipbot.understanding.context import Context
from clipbot.understanding.found import skipped, word_at, word_set
from clipbot.understanding.mention import Mention
from clipbot.understanding.numbers import NUMBER_WORDS, cardinal
from clipbot.understanding.phrases import phrase_set
from clipbot.understanding.scope import scope_at
from clipbot.understanding.tokens import Token
from clipbot.understanding.vocabulary import OPERATIONS, QUANTITIES

_PAIR = 2
_EVERY = frozenset({"everything", "all", "everywhere", "anywhere"})
_SOME = frozenset(
    {"one", "some", "a", "few", "two", "three", "couple", "handful", "several", "pair", "maybe"}
)


_SEVERAL = frozenset({"few", "some", "several", "most", "certain", "various"})
_DEFINITE = words.DETERMINERS | {"first", "last", "next", "final", "previous", "every", "no", "and"}
_SOME_STARTS = (
    _SEVERAL | NUMBER_WORDS | {"a", "couple", "handful", "of", "only", "half", "any", "either"}
)
"""Words with which a count begins that leaves open which clips are meant."""
_SOME_OF = phrase_set(
    "one of, some of, a few of, a couple of, several of, few of, most of, two of, three of,"
    "half of, any of, either of, any one of, any two of"
)
_PARTS = frozenset({name for name in words.SECTIONS if name.endswith("s")})
_ALL = phrase_set(
    """
    the lot, the whole lot, the whole thing, the entire thing, every single one, each and every
    one, each and every clip, each and every shot, across the board, start to finish, from start to
    finish, from start to end, from beginning to end, beginning to end, from the first to the last,
    from first to last, end to end, from end to end, from top to bottom, top to bottom, wall to
    wall, all the way through, all over, overall, globally, as a whole, the lot of them, the
    complete thing, the full thing, every last one, one and all, all round, all across, all of it,
    all through, the full video, the full film, throughout the video, throughout the song
    """
)
"""Ways to say all clips."""
_NARROWING = word_set("where which that whose having containing featuring before after")
_PERCEIVED = word_set(
    "see hear know tell love like hate for about of after above into besides is like do doing"
    " did said say says"
)
"""Words behind which "everything" is not for clips."""


def all_at(tokens: Sequence[Token], index: int, context: Context) -> Mention | None:
    """Read "all clips", "every shot in the verse", "the whole video", "everything", "both"."""
    stop, is_vague = _extent(tokens, index, len(context.clips))
    if not stop:
        return None
    if _is_unread(tokens, stop):
        return Mention(index, stop + 1, missing=("such clip",))
    clips, end = scope_at(tokens, stop, context)
    if end > stop:
        return Mention(index, end, clips)
    if is_vague and index + 1 == stop and tokens[index].word == "both":
        clips = context.selected or clips
    return Mention(index, stop, clips, is_vague=is_vague)


def all_pointed_at(tokens: Sequence[Token], index: int, context: Context) -> Mention | None:
    """Read "all of these", "both of those", "all the selected clips"."""
    if tokens[index].word not in {"all", "both", "each", "every"}:
        return None
    counted = cardinal(tokens, skipped(tokens, index + 1, {"the", "of"}))
    at = skipped(tokens, counted[1] if counted else index + 1, {"of", "the", "my"})
    word = word_at(tokens, at)
    if word not in {"these", "those", "them", "selected"}:
        return _all_counted(tokens, index, counted, context)
    last = context.last_plan
    is_answered = last is not None and last.act is Act.ANSWER
    if word == "them" and len(context.selected) < _PAIR and not is_answered:
        return None
    clips = context.selected or context.talked_about
    stop = skipped(tokens, at + 1, words.CLIP_NOUNS | {"ones", "selected"})
    return Mention(index, stop, clips) if clips else None


def _all_counted(
    tokens: Sequence[Token], index: int, counted: tuple[int, int] | None, context: Context
) -> Mention | None:
    """Read "all three clips", "all four": as many as are selected, talked about, or there."""
    if counted is None or tokens[index].word != "all":
        return None
    stop = skipped(tokens, counted[1], words.CLIP_NOUNS | {"ones"})
    if stop == counted[1] and stop < len(tokens) and not _stands_alone(tokens, stop - 1):
        return None
    known = (context.selected, context.talked_about, context.numbers)
    clips = next((each for each in known if len(each) == counted[0]), ())
    return Mention(index, stop, clips, () if clips else (f"{counted[0]} clips meant",))


def _is_unread(tokens: Sequence[Token], stop: int) -> bool:
    """Whether "every clip" is narrowed down by words that nothing understood."""
    word = word_at(tokens, stop)
    if word in _NARROWING:
        return tokens[stop - 1].word not in {"everything", "all"}
    if _is_compared(tokens, stop) or _is_showing(tokens, stop):
        return True
    pointed = word_at(tokens, stop + 1) in {"those", "these", "that", "such"}
    return word in {"with", "like"} and pointed


def _is_compared(tokens: Sequence[Token], stop: int) -> bool:
    """Whether "every clip" goes on "darker than clip 10" before its wish."""
    if word_at(tokens, stop + 1) != "than" or not OPERATIONS.at(tokens, stop):
        return False
    return OPERATIONS.first(tokens[stop + 2 :]) is not None


def _is_showing(tokens: Sequence[Token], stop: int) -> bool:
    """Whether "every clip" goes on "with people in it": with what it shows."""
    if word_at(tokens, stop) != "with" or tokens[stop - 1].word not in words.CLIP_NOUNS:
        return False
    at = skipped(tokens, stop + 1, {"the", "a", "an"})
    is_thing = at < len(tokens) and words.is_foreign(tokens[at])
    return is_thing and not (OPERATIONS.at(tokens, at) or QUANTITIES.at(tokens, at))


def other_of_two_at(tokens: Sequence[Token], index: int, context: Context) -> Mention | None:
    """Read "the other one": of two clips in view, or of two parts of the song of one name."""
    at = skipped(tokens, index, {"the"})
    stop = skipped(tokens, at + 1, {"one", *words.CLIP_NOUNS - words.CLIP_PLURALS})
    if at == index or word_at(tokens, at) != "other" or stop == at + 1:
        return None
    if index and tokens[index - 1].word in {"every", "each"}:
        return None
    view = set(context.talked_about or context.selected)
    for whole in (context.selected, context.numbers, *_namesakes(view, context)):
        left = tuple(number for number in whole if number not in view)
        if view and view < set(whole) and len(whole) == len(view) * _PAIR:
            return Mention(index, stop, left)
    return Mention(index, stop, missing=("such clip",))


def _namesakes(view: set[int], context: Context) -> Iterator[tuple[int, ...]]:
    """Yield the clips of parts of the same name, where there are two of them."""
    names = {clip.section for clip in context.clips if clip.number in view and clip.section}
    if len(names) == 1:
        same = [clip for clip in context.clips if clip.section in names]
        parts = {clip.section_number for clip in same}
        held = {clip.section_number for clip in same if clip.number in view}
        clips = tuple(clip.number for clip in same)
        if len(parts) == _PAIR and len(held) == 1:
            yield from [clips] if len(clips) == len(view) * _PAIR else []


def held_in(tokens: Sequence[Token], index: int, context: Context) -> Mention | None:
    """Read "clips in the first chorus", "the ones of the last minute"."""
    at = skipped(tokens, index, {"the", "those", "any"})
    is_named = word_at(tokens, at) in words.PLACE_NOUNS | {"ones", "one"}
    if not is_named and tokens[index].word != "those":
        return None
    clips, stop = scope_at(tokens, at + is_named, context)
    is_narrowed = stop > at + is_named and len(clips) < len(context.clips)
    return Mention(index, stop, clips) if is_narrowed else None


def _extent(tokens: Sequence[Token], index: int, count: int) -> tuple[int, bool]:
    """Return where a phrase for the whole video ends (0: there is none), and its vagueness."""
    if stop := _limited_film(tokens, index):
        return stop, False
    word = tokens[index].word
    after = skipped(tokens, index + 1, {"of", "the", "my", "these", "our", "single", "last"})
    noun = tokens[after].word if after < len(tokens) else ""
    if word in {"all", "every", "each", "both"}:
        counted = cardinal(tokens, after)
        if counted and counted[1] < len(tokens) and counted[0] == count:
            after, noun = counted[1], tokens[counted[1]].word
        elif counted and word == "all":
            return 0, False
        is_one = noun == "one" and word != "all"
        is_film = word == "all" and noun in {"them", "video", "it"}
        if noun in words.CLIP_NOUNS or is_film or is_one:
            return after + 1, False
        is_whole = (word == "all" and _stands_alone(tokens, index)) or (
            word == "both" and count == _PAIR
        )
        return (index + 1, True) if is_whole else (0, False)
    if word in {"whole", "entire", "full", "complete"} and noun in words.FILM_NOUNS - {"clip"}:
        return after + 1, False
    is_seen = index > 0 and tokens[index - 1].word in _PERCEIVED
    is_seen |= noun == "off" and word_at(tokens, after + 1) in words.DETERMINERS
    is_everything = word == "everything" and noun != "else" and not is_seen
    is_vague = is_everything or word in {"everywhere", "throughout"}
    return (index + 1, True) if is_vague else (0, False)


def _limited_film(tokens: Sequence[Token], index: int) -> int:
    """Return where "across the board" ends, or "the video" where an exception follows."""
    if whole := _ALL.at(tokens, index):
        behind = tokens[whole[1]] if whole[1] < len(tokens) else None
        is_thing = behind and (words.is_foreign(behind) or behind.word in words.DETERMINERS)
        return 0 if is_thing and tokens[index].word == "all" else whole[1]
    if tokens[index].word not in {"the", "my", "our", "this"}:
        return 0
    if word_at(tokens, index + 1) not in {"video", "film", "movie", "clip"} - {"clip"}:
        return 0
    at = skipped(tokens, index + 2, {",", "but"})
    return index + 2 if at < len(tokens) and words.EXCLUSIONS.at(tokens, at) else 0


def _stands_alone(tokens: Sequence[Token], index: int) -> bool:
    """Whether "all" is for clips: not in "first of all", not before "the people"."""
    if index and tokens[index - 1].word in {"of", "at", "after", "above", "is", "'s", "that's"}:
        return False
    if index + 1 >= len(tokens) or OPERATIONS.at(tokens, index + 1):
        return True
    follows = tokens[index + 1]
    if words.EXCLUSIONS.at(tokens, index + 1):
        return True
    if follows.word in {"over", "around", "across"}:
        return False
    return not (words.is_foreign(follows) or follows.word in words.DETERMINERS | {"of", "right"})


def rest_at(tokens: Sequence[Token], index: int, context: Context) -> Mention | None:
    """Read "the rest", "the others", "the other two", "the other clips in the first chorus"."""
    at = skipped(tokens, index, {"the", "all", "of", "every"})
    word = word_at(tokens, at)
    if word_at(tokens, index + 1) == "else" and tokens[index].word in _EVERY:
        return Mention(index, index + 2, is_rest=True)
    if tokens[index].word == "elsewhere":
        return Mention(index, index + 1, is_rest=True)
    if word not in {"rest", "remainder", "others", "other", "remaining"}:
        return None
    counted = cardinal(tokens, at + 1)
    noun = counted[1] if counted else at + 1
    if word in {"other", "remaining"} and not (
        counted or word_at(tokens, noun) in words.CLIP_PLURALS | {"ones"}
    ):
        return None
    stop = skipped(tokens, noun, words.CLIP_PLURALS | {"ones", "one"})
    clips, end = scope_at(tokens, stop, context)
    if len(clips) == len(context.clips):
        end = skipped(tokens, stop, {"of", "the", "them", "my"} | words.FILM_NOUNS)
        end = end if tokens[end - 1].word in words.FILM_NOUNS | {"them"} else stop
        clips = ()
    if at == index and end == stop and not _stands_alone(tokens, at):
        return None
    return Mention(index, end, clips, is_rest=True)


def left_at(tokens: Sequence[Token], index: int, _: Context) -> Mention | None:
    """Read "what's left", "whatever remains": the clips that were not named."""
    if tokens[index].word not in {"what", "whatever", "anything", "everything", "all"}:
        return None
    at = skipped(tokens, index + 1, {"that", "is", "'s", "still", "else", "which"})
    if word_at(tokens, at) not in {"left", "remains", "remaining", "leftover"}:
        return None
    stop = skipped(tokens, at + 1, {"over"})
    is_side = word_at(tokens, stop) in {"of", "hand", "side"} or words.is_foreign(
        tokens[stop] if stop < len(tokens) else tokens[index]
    )
    return None if is_side else Mention(index, stop, is_rest=True)


def of_pair_at(tokens: Sequence[Token], index: int, context: Context) -> Mention | None:
    """Read "the former", "the latter": of two clips that were just named or are selected."""
    word = word_at(tokens, index + 1)
    if tokens[index].word != "the" or word not in {"former", "latter"}:
        return None
    stop = skipped(tokens, index + 2, words.CLIP_NOUNS | {"one", "two"})
    pair = context.selected if len(context.selected) == _PAIR else context.talked_about
    if len(pair) != _PAIR:
        return Mention(index, stop, missing=("such clip",))
    return Mention(index, stop, pair[:1] if word == "former" else pair[1:])


def vague_exception_at(tokens: Sequence[Token], index: int, _: Context) -> Mention | None:
    """Read "except one", "but a few of them": an exception that nobody can know."""
    cue = words.EXCLUSIONS.at(tokens, index)
    if cue is None or word_at(tokens, cue[1]) not in _SOME:
        return None
    stop = skipped(tokens, cue[1], _SOME | {"of", "them", "the", "these", "those"})
    if word_at(tokens, stop) == "or" and word_at(tokens, stop + 1) in _SOME:
        stop = skipped(tokens, stop + 1, _SOME | {"of", "them"})
    stop = skipped(tokens, stop, words.CLIP_NOUNS)
    said = {token.word for token in tokens[cue[1] : stop]}
    if cue[0] == "but" and said.isdisjoint(_SOME - {"a", "three", "maybe"}):
        return None
    if word_at(tokens, stop) in {"and", "or", "&", ","} and cardinal(tokens, stop + 1):
        return None
    is_end = stop >= len(tokens) or bool(OPERATIONS.at(tokens, stop))
    is_end = is_end or not words.is_foreign(tokens[stop])
    return Mention(index, stop, missing=("such exception",)) if is_end else None


def one_of_at(tokens: Sequence[Token], index: int) -> Mention | None:
    """Read "one of them", "some of clips 1 to 3", "a few of the verses": nobody can know which."""
    if tokens[index].number is None and tokens[index].word not in _SOME_STARTS:
        return None
    is_definite = index > 0 and tokens[index - 1].word in _DEFINITE
    if not is_definite and (stop := _several(tokens, index) or _counted_of(tokens, index)):
        return Mention(index, stop, missing=("such clip",))
    some = _SOME_OF.at(tokens, index)
    if some is None or some[1] >= len(tokens):
        return None
    at = skipped(tokens, some[1], {"the", "my", "our"})
    is_held = word_at(tokens, at) in words.CLIP_PLURALS | _PARTS
    if not is_held and word_at(tokens, at) not in {"them", "these", "those"}:
        return None
    is_thing = at + 1 < len(tokens) and words.is_foreign(tokens[at + 1])
    if is_thing and not (is_held or OPERATIONS.at(tokens, at + 1)):
        return None
    return Mention(index, at + 1, missing=("such clip",))


def _several(tokens: Sequence[Token], index: int) -> int:
    """Return where "a few clips", "a couple of clips" end; 0 if nothing such is said."""
    at = skipped(tokens, index, {"a", "couple", "handful", "of", "only"})
    at += word_at(tokens, at) in _SEVERAL
    is_several = at > index and word_at(tokens, at) in words.CLIP_PLURALS
    return at + 1 if is_several and not cardinal(tokens, at + 1) else 0


def _counted_of(tokens: Sequence[Token], index: int) -> int:
    """Return where "4 of the clips" ends; 0 if nothing such is said."""
    counted = cardinal(tokens, index)
    if counted is None or word_at(tokens, counted[1]) != "of":
        return 0
    at = skipped(tokens, counted[1] + 1, {"the", "my"})
    return at + 1 if word_at(tokens, at) in words.CLIP_PLURALS else 0


def pointed_at(tokens: Sequence[Token], index: int, context: Context) -> Mention | None:
    """Read "this clip", "these", "the selected ones", "that shot", "the clip"."""
    word = tokens[index].word
    if word in {"them", "they", "these", "those"} and word_at(tokens, index + 1) == "all":
        return Mention(index, index + 2, is_anaphor=True)
    at = skipped(tokens, index + 1, {"current", "selected", "chosen", "whole", "two", "three"})
    is_selected = any(token.word in {"selected", "chosen"} for token in tokens[index:at])
    noun = tokens[at].word if at < len(tokens) else ""
    if word in {"this", "these", "that", "those", "the", "my", "selected"}:
        if noun in words.CLIP_NOUNS and _is_plain(tokens, at + 1):
            clips = context.selected if is_selected else ()
            return Mention(index, at + 1, clips, is_anaphor=not clips)
        if noun in {"one", "ones"} and (word in {"this", "these", "that", "those"} or is_selected):
            return Mention(index, at + 1, is_anaphor=True)
    if word == "this" and word_at(tokens, index + 1) in {"and", "&", "plus"}:
        joined = word_at(tokens, index + 2)
        if joined in words.CLIP_NOUNS or joined == "the" or cardinal(tokens, index + 2):
            return Mention(index, index + 1, is_anaphor=True)
    if (
        word in {"these", "those", "here"}
        and at == index + 1
        and (at >= len(tokens) or OPERATIONS.at(tokens, at) or not words.is_foreign(tokens[at]))
    ):
        return Mention(index, index + 1, is_anaphor=True)
    return None


def _is_plain(tokens: Sequence[Token], index: int) -> bool:
    """Whether nothing behind a clip noun narrows it down: no number, no "where she sings"."""
    if index >= len(tokens):
        return True
    narrowing = {"where", "when", "that", "which", "about", "with", "after", "before", "right"}
    is_narrowed = tokens[index].word in narrowing or cardinal(tokens, index) is not None
    return not is_narrowed


def unclear_at(tokens: Sequence[Token], index: int, _: Context) -> Mention | None:
    """Read what narrows clips down in a way that nothing here understands.

    Better a question than an edit of the selected clip: "the one with the coins".
    """
    at = skipped(tokens, index, {"the", "that"})
    if at == index or word_at(tokens, at) not in words.PLACE_NOUNS | {"one", "ones"}:
        return None
    if word_at(tokens, at + 1) not in {"where", "when", "with", "that", "which", "about"}:
        return None
    return Mention(index, at + 2, missing=("such clip",))
