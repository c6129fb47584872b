"""Clips by what is sung in them: "where she sings tonight", "the coffee gone cold line"."""

from collections.abc import Sequence
from functools import lru_cache

from clipbot.understanding import words
from clipbot.understanding.context import Context
from clipbot.understanding.found import Found, skipped, word_at
from clipbot.understanding.numbers import ordinal
from clipbot.understanding.sections import section_at
from clipbot.understanding.stems import stem, stems_of
from clipbot.understanding.tokens import Token, tokenize
from clipbot.understanding.vocabulary import OPERATIONS

_OPENERS = frozenset(
    {"the", "in", "every", "each", "all", "both", "time", "times", "last", "first"}
)
_OPENERS |= words.PLACE_NOUNS | {"lines", "lyric", "lyrics", "one", "ones", "those", "any"}
_SINGERS = frozenset(
    {"she", "he", "they", "it", "i", "you", "we", "singer", "the", "lyrics", "lyric"}
)
_SINGING = frozenset(
    {"sings", "sing", "says", "say", "goes", "go", "singing", "sung", "about", "with"}
)
_SINGING |= {"containing", "hear", "saying", "going", "mentions", "mention", "song"}
_WHERE = frozenset({"where", "when", "wherever", "whenever", "everywhere", "anywhere"})
_SAYING = frozenset({"goes", "says", "mentions", "sings", "mention", "say"})
_HEARING = frozenset({"is", "are", "gets", "get", "being", "sung", "heard", "said", "mentioned"})
_TEXT = frozenset({"lyrics", "lyric", "words", "line", "lines", "text"})
_HOLDING = frozenset(
    {"have", "has", "contain", "contains", "include", "includes", "mention", "mentions", "say"}
    | {"says", "hold", "holds", "feature", "features", "use", "uses", "talk", "about"}
)
_QUOTES = frozenset({"'", '"', "\u201c", "\u201d", "\u201e", "\u00ab", "\u00bb"})
_APOSTROPHES = frozenset({"'", "\u2019"})
"""Marks inside a line that are no end of it: "the old times' sake clips"."""
_LEADS = _QUOTES | {"about", "the", "words", "word", "line", "of", "lyrics", ":", "phrase"}
_LINES = frozenset({"line", "bit", "lyric", "lyrics", "part", "verse", "lines", "bits", "words"})
_LINES |= words.CLIP_NOUNS | {"parts", "moment"}
_ENDS = {"last": slice(-1, None), "final": slice(-1, None), "first": slice(1)}
_LINKS = frozenset({"in", "of", "on", "at", "for", "from", "to", "and", "with", "the", "a"})
_TOLD_LINES = frozenset({"line", "lines", "lyric", "lyrics", "words"})
_BEFORE_LINE = words.CLIP_NOUNS | {"the", "that", "with", "has", "which", "in", "on", "one", "part"}
_TOLD_LINKS = frozenset(
    {"where", "about", "that", "goes", "says", "of", "when", "with", "the", "she", "he", "they"}
    | {"sings", "sing", "mentions", "mentioning", "they", "i", "you", "we", "her", "his", "a"}
)
_BEHIND_LINE = frozenset({"should", "must", "needs", "need", "could", "can", "is", "looks", "gets"})
_LONGEST = 10
_TELLING = 4
"""Letters of the longest word without which words are too common to name a line."""


def sung_at(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read clips named by their lyrics at `index`."""
    found = (
        _sung(tokens, index, context)
        or _quoted(tokens, index, context)
        or _cited(tokens, index, context)
        or _called(tokens, index, context)
        or _recited(tokens, index, context)
    )
    told = _told_freely(tokens, index, context)
    if told and (found is None or not found.clips or told.stop > found.stop):
        return told
    return found and _occurring(tokens, found, context)


def _told_freely(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "the line where the wind comes in", "the line about counting windows".

    Only the lines that hold all that is told of them fit.
    """
    at = skipped(tokens, index, _BEFORE_LINE)
    if word_at(tokens, at) not in _TOLD_LINES or (at == index and index):
        return None
    start = skipped(tokens, at + 1, _TOLD_LINKS)
    if word_at(tokens, at + 1) not in _TOLD_LINKS - {"the", "a"}:
        return None
    fitting = [(clip.number, _sung_stems(clip.lyrics)) for clip in context.clips if clip.lyrics]
    is_clause = word_at(tokens, at + 1) in _WHERE
    stop, told = start, 0
    for each in range(start, min(len(tokens), start + _LONGEST)):
        wanted = stem(tokens[each].word)
        if tokens[each].is_mark or (told and tokens[each].word in _BEHIND_LINE):
            break
        is_said = words.is_foreign(tokens[each])
        left = [(number, sung) for number, sung in fitting if wanted in sung]
        if not left and is_said and is_clause and not told:
            is_clause = False
            continue
        if not left and is_said:
            is_end = each + 1 == len(tokens) or tokens[each + 1].word in _BEHIND_LINE
            stop += is_end and bool(told) and OPERATIONS.at(tokens, each) is None
            break
        if left and (is_said or told):
            fitting, stop, told = left, each + 1, told + is_said
    stop += word_at(tokens, stop) in _TOLD_LINES
    return Found(stop, tuple(number for number, _ in fitting)) if told else None


@lru_cache(maxsize=512)
def _sung_stems(lyrics: str) -> frozenset[str]:
    return frozenset(stem(token.word) for token in tokenize(lyrics))


def _occurring(tokens: Sequence[Token], found: Found, context: Context) -> Found:
    """Read on behind a line: "in the first chorus", "the second time"."""
    if word_at(tokens, found.stop) in {"in", "during"} and found.stop + 1 < len(tokens):
        part = section_at(tokens, found.stop + 1, context)
        if part is None:
            return found
        clips = tuple(sorted(set(found.clips).intersection(part.clips)))
        return Found(part.stop, clips, part.missing or (() if clips else ("such line",)))
    at = skipped(tokens, found.stop, {"for", "the"})
    is_last = word_at(tokens, at) in {"last", "final"}
    place = (len(found.clips), at + 1) if is_last else ordinal(tokens, at)
    if place is None or word_at(tokens, place[1]) != "time":
        return found
    stop = skipped(tokens, place[1] + 1, {"around", "round"})
    clips = found.clips[place[0] - 1 : place[0]] if place[0] else ()
    return Found(stop, clips, () if clips else ("such line",))


def _sung(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "where she sings about tonight", "every clip with the words wide awake"."""
    if sung := _in_song(tokens, index, context) or _worded(tokens, index, context):
        return sung
    at = skipped(tokens, index, _OPENERS)
    opened = {token.word for token in tokens[index:at]}
    is_narrowed = word_at(tokens, at) in _WHERE or "time" in opened or "times" in opened
    if word_at(tokens, index) == "that" and index and words.is_foreign(tokens[index - 1]):
        return None
    is_narrowed |= word_at(tokens, at) == "that" and word_at(tokens, at + 1) in _SAYING
    if is_narrowed and (heard := _heard(tokens, at + 1, context)):
        return heard
    at += word_at(tokens, at) in _WHERE | {"that"}
    at = skipped(tokens, at, _SINGERS) if is_narrowed or "that" in opened else at
    at = skipped(tokens, at, _SINGERS)
    is_sung = word_at(tokens, at) in _SINGING and (is_narrowed or at > index)
    is_about = word_at(tokens, at) in {"about", "with", "containing", "saying", "going", "mentions"}
    if not is_sung or not (is_narrowed or is_about):
        return None
    is_thing = not is_narrowed and word_at(tokens, at) == "with"
    start = skipped(tokens, at + 1, _LEADS | {"sing", "sings"})
    found = _longest(tokens, start, context) or _said_before(tokens, start, context)
    if found is None:
        return None if is_thing else Found(start, (), ("clip with these words",))
    edge = next((_ENDS[word] for word in opened if word in _ENDS), slice(None))
    stop = _retold(tokens, found, context)
    return Found(skipped(tokens, stop, _QUOTES), found.clips[edge])


def _worded(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "each clip whose lyrics have the word tide", "clips that have tide in the lyrics"."""
    at = skipped(tokens, index, _OPENERS)
    is_theirs = word_at(tokens, at) == "whose" and word_at(tokens, at + 1) in _TEXT
    is_held = word_at(tokens, at) in {"that", "which", "with"} and at > index
    verb = at + 2 if is_theirs else at + 1
    start = skipped(tokens, verb, _HOLDING | _LEADS)
    found = _longest(tokens, start, context) if is_theirs or is_held else None
    if found is None:
        return None
    stop = skipped(tokens, found.stop, _QUOTES)
    end = skipped(tokens, stop + 1, {"the", "its", "their", "them", "it"} | _TEXT)
    lead = {token.word for token in tokens[at + 1 : start]}
    is_said = not lead.isdisjoint(_QUOTES | {"word", "words", "line", "lyric"} | _SAYING)
    is_said |= found.stop - start >= _TELLING - 1
    is_in = word_at(tokens, stop) == "in" and (tokens[end - 1].word in _TEXT or is_said)
    if not (is_theirs or is_in or is_said):
        return None
    return Found(end if is_in and end > stop + 1 else stop, found.clips)


def _retold(tokens: Sequence[Token], found: Found, context: Context) -> int:
    """Return where a line told freely ends: "the brother driving"."""
    held = [stems_of(clip) for clip in context.clips if clip.number in found.clips]
    stop = found.stop
    while stop < len(tokens) and words.is_foreign(tokens[stop]):
        is_wish = OPERATIONS.at(tokens, stop) is not None
        if is_wish or not all(stem(tokens[stop].word) in each for each in held):
            break
        stop += 1
    return stop


def _heard(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "the word tonight is sung", "tide gets mentioned"."""
    found = _longest(tokens, skipped(tokens, index, _LEADS), context)
    stop = skipped(tokens, skipped(tokens, found.stop, _QUOTES), _HEARING) if found else index
    is_heard = word_at(tokens, stop - 1) in {"sung", "heard", "said", "mentioned"}
    return Found(stop, found.clips) if found and is_heard else None


def _said_before(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "those words": a line that was named before in the same text."""
    stop = index + 1
    if word_at(tokens, index) in {"those", "these", "that"}:
        stop += word_at(tokens, stop) in {"words", "word", "line", "lyrics"}
    if stop == index + 1:
        return None
    lines = (_longest(tokens[:index], at, context) for at in range(max(0, index - 20), index))
    line = next((found for found in lines if found), None)
    return line and Found(stop, line.clips)


def _in_song(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "does she sing about the safety pin", where such words are sung."""
    if tokens[index].word not in {"sing", "sings", "sang", "singing"}:
        return None
    return _longest(tokens, skipped(tokens, index + 1, _LEADS), context)


def _quoted(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read a quoted piece of the lyrics, with what it is called: every "hold the tide" clip."""
    at = skipped(tokens, index, _OPENERS | {"on", "at", "during", "to"})
    placed = ordinal(tokens, at)
    at = placed[1] if placed else at
    if word_at(tokens, at) not in _QUOTES:
        return None
    found = _longest(tokens, at + 1, context, telling=1)
    if found is None or word_at(tokens, found.stop) not in _QUOTES:
        found = _across_marks(tokens, at + 1, context)
    if found is None:
        return None
    stop = skipped(tokens, found.stop, _QUOTES)
    opened = {token.word for token in tokens[index:at]}
    edge = next((_ENDS[word] for word in opened if word in _ENDS), slice(None))
    edge = slice(placed[0] - 1, placed[0]) if placed and placed[0] else edge
    clips = found.clips[edge]
    stop += word_at(tokens, stop) in _LINES
    return Found(stop, clips, () if clips else ("such line",))


def _across_marks(tokens: Sequence[Token], start: int, context: Context) -> Found | None:
    """Read the words up to the closing quote, whatever marks stand between them."""
    near = range(start, min(len(tokens), start + _LONGEST + 2))
    end = next((at for at in near if tokens[at].word in _QUOTES), start)
    run = [token.word for token in tokens[start:end] if not token.is_mark]
    sung = f" {' '.join(run)} "
    clips = tuple(c.number for c in context.clips if run and c.lyrics and sung in _plain(c.lyrics))
    return Found(end, clips) if clips else None


def _cited(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "on the words water takes the town", "the line your brother drove"."""
    at = skipped(tokens, index, {"on", "at", "during", "the", "for", "to"})
    if at == index or word_at(tokens, at) not in {"words", "line", "phrase", "lyric", "word"}:
        return None
    found = _longest(tokens, skipped(tokens, at + 1, _QUOTES), context)
    if found is None or (word_at(tokens, at) != "word" and found.stop - at < _TELLING - 1):
        return None
    return Found(skipped(tokens, found.stop, _QUOTES), found.clips)


def _recited(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read a line of the lyrics that stands alone: "radio playing our tune, warmer light"."""
    if index and not tokens[index - 1].is_mark:
        return None
    is_clause = tokens[index].word in _WHERE | {"as", "while"}
    index += is_clause
    found = _longest(tokens, index, context)
    if found is None or found.stop - index < _TELLING - 1 + is_clause or found.stop >= len(tokens):
        return None
    is_wish = any(OPERATIONS.at(tokens, each) for each in range(index, found.stop))
    return found if tokens[found.stop].is_mark and not is_wish else None


def _called(tokens: Sequence[Token], index: int, context: Context) -> Found | None:
    """Read "the silver coins bit", "both tonight lines", "Marlow Road clip"."""
    at = skipped(tokens, index, {"the", "both", "every", "all", "each"} | _QUOTES)
    found = _longest(tokens, at, context)
    if found is None:
        return None
    stop = skipped(tokens, found.stop, _QUOTES)
    is_wish = all(OPERATIONS.at(tokens, each) for each in range(at, found.stop))
    is_wish |= found.stop == at + 1 and not _is_telling(tokens[at])
    if word_at(tokens, stop) in {"=", ":"} and found.stop > at + 1 and not is_wish:
        return Found(stop, found.clips)
    is_cut = tokens[found.stop - 1].word in _LINKS and found.stop - at < _TELLING
    if word_at(tokens, stop) not in _LINES or is_wish or is_cut:
        return None
    if word_at(tokens, stop) in words.CLIP_NOUNS and at == index and found.stop == at + 1:
        return None
    return Found(stop + 1, found.clips)


def _is_telling(token: Token) -> bool:
    """Whether a single word names a line: no "give" of "give verse 2 more light"."""
    return words.is_foreign(token) or token.word in {"tonight", "today", "night"}


@lru_cache(maxsize=512)
def _plain(lyrics: str) -> str:
    """Return lyrics as lower-case words with single spaces around each."""
    return f" {' '.join(token.word for token in tokenize(lyrics) if not token.is_mark)} "


def _longest(
    tokens: Sequence[Token], start: int, context: Context, telling: int = _TELLING
) -> Found | None:
    """Return the clips whose lyrics hold the longest run of words from `start` on."""
    if start >= len(tokens):
        return None
    word = tokens[start].word
    lyrics = [(clip.number, _plain(clip.lyrics)) for clip in context.clips if clip.lyrics]
    if not any(f" {word} " in sung for _, sung in lyrics):
        return None
    for stop in range(min(len(tokens), start + _LONGEST), start, -1):
        run = [token.word for token in tokens[start:stop] if token.word not in _APOSTROPHES]
        is_cut = any(
            token.is_mark and token.word not in _APOSTROPHES for token in tokens[start:stop]
        )
        if is_cut or tokens[stop - 1].is_mark or max(map(len, run)) < telling:
            continue
        wanted = f" {' '.join(run)} "
        clips = tuple(number for number, sung in lyrics if wanted in sung)
        if clips:
            return Found(stop, clips)
    return None
