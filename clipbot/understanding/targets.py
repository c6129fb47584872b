"""Which clips: reading mentions of clips out of a row of tokens.

A mention is a stretch of tokens that names clips. What it names that the video does not
have is kept as `missing`, never dropped. Where several readings start at one token the
longest wins.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from clipbot.understanding import words
from clipbot.understanding.context import Context
from clipbot.understanding.found import Found, skipped, word_at
from clipbot.understanding.lyrics import sung_at
from clipbot.understanding.measured import measured_at
from clipbot.understanding.mention import Mention
from clipbot.understanding.numbered import bare_at, numbered_at
from clipbot.understanding.numbers import cardinal
from clipbot.understanding.order import in_order
from clipbot.understanding.sections import section_at
from clipbot.understanding.spans import span_at
from clipbot.understanding.times import timed_at
from clipbot.understanding.tokens import Token
from clipbot.understanding.vocabulary import OPERATIONS

_PAIR = 2
Reader = Callable[[Sequence[Token], int, Context], Mention | None]


def mention_at(tokens: Sequence[Token], index: int, context: Context) -> Mention | None:
    """Return the longest mention that starts at a token, with its exceptions applied."""
    found = [reading for read in _READERS if (reading := read(tokens, index, context))]
    if not found:
        return None
    return _excepted(tokens, max(found, key=lambda mention: mention.stop), context)


def _excepted(tokens: Sequence[Token], mention: Mention, context: Context) -> Mention:
    """Apply "except 2 and 3" behind a mention."""
    index = mention.stop
    if index < len(tokens) and tokens[index].word == ",":
        index += 1
    cue = words.EXCLUSIONS.at(tokens, index) if index < len(tokens) else None
    if cue is None or (
        cue[0] == "but" and not _may_have_exception(tokens, cue[1], mention, context)
    ):
        return mention
    start = skipped(tokens, cue[1], {"not", "for", "the", "in", "only"})
    spared = _edge_of(tokens, start, mention, context)
    spared = spared or _reading(tokens, cue[1], context) or _reading(tokens, start, context)
    if spared is None and word_at(tokens, start) in {"one", "a", "two", "some", "few"}:
        return replace(mention, stop=start + 1, missing=("such exception",))
    if spared is None or spared.is_vague:
        return mention
    clips = tuple(each for each in mention.clips if each not in spared.clips)
    missing = mention.missing + spared.missing
    return replace(mention, stop=spared.stop, clips=clips, missing=missing, is_vague=False)


def _may_have_exception(
    tokens: Sequence[Token], index: int, mention: Mention, context: Context
) -> bool:
    """Whether "but" behind a mention takes clips out of it, rather than start a new wish."""
    return len(mention.clips) == len(context.numbers) or (
        _edge_of(tokens, skipped(tokens, index, {"the"}), mention, context) is not None
    )


def _edge_of(
    tokens: Sequence[Token], index: int, mention: Mention, context: Context
) -> Mention | None:
    """Read "the last" behind an exception: of what was named, where its noun goes unsaid."""
    word, stop = word_at(tokens, index), skipped(tokens, index + 1, {"one"})
    is_named = word_at(tokens, stop) in words.CLIP_NOUNS | words.SECTIONS.keys()
    if word not in {"first", "last"} or is_named or cardinal(tokens, stop):
        return None
    edge = mention.clips[:1] if word == "first" else mention.clips[-1:]
    if not mention.is_section:
        return Mention(index, stop, edge)
    parts = {clip.section_number for clip in context.clips if clip.number in edge}
    whole = (c.number for c in context.clips if c.section_number in parts)
    return Mention(index, stop, tuple(sorted(set(whole).intersection(mention.clips))))


def _reading(tokens: Sequence[Token], index: int, context: Context) -> Mention | None:
    if index >= len(tokens):
        return None
    found = [reading for read in _READERS if (reading := read(tokens, index, context))]
    return max(found, key=lambda mention: mention.stop, default=None)


def _all(tokens: Sequence[Token], index: int, context: Context) -> Mention | None:
    """Read "all clips", "every shot", "the whole video", "everything", "both"."""
    stop, is_vague = _extent(tokens, index, len(context.clips))
    if not stop:
        return None
    clips = context.numbers
    if is_vague and index + 1 == stop and tokens[index].word == "both":
        clips = context.selected or clips
    return Mention(index, stop, clips, is_vague=is_vague)


def _extent(tokens: Sequence[Token], index: int, count: int) -> tuple[int, bool]:
    """Return where a phrase for the whole video ends (0: there is none), and its vagueness."""
    word = tokens[index].word
    after = skipped(tokens, index + 1, {"of", "the", "my", "these", "our", "single", "last"})
    noun = tokens[after].word if after < len(tokens) else ""
    if word in {"all", "every", "each", "both"}:
        counted = cardinal(tokens, after)
        if counted and counted[1] < len(tokens) and counted[0] == count:
            after, noun = counted[1], tokens[counted[1]].word
        if noun in words.CLIP_NOUNS or (word == "all" and noun in {"them", "video", "it"}):
            return after + 1, False
        if noun == "one" and word != "all":
            return after + 1, False
        is_whole = (word == "all" and _stands_alone(tokens, index)) or (
            word == "both" and count == _PAIR
        )
        return (index + 1, True) if is_whole else (0, False)
    if word in {"whole", "entire", "full", "complete"} and noun in words.FILM_NOUNS - {"clip"}:
        return after + 1, False
    if word == "everything" and noun != "else":
        return index + 1, True
    return (index + 1, True) if word in {"everywhere", "throughout"} else (0, False)


def _stands_alone(tokens: Sequence[Token], index: int) -> bool:
    """Whether "all" is for clips: not in "first of all", not before "the people"."""
    if index and tokens[index - 1].word in {"of", "at", "after", "above", "is", "'s", "that's"}:
        return False
    if index + 1 >= len(tokens) or OPERATIONS.at(tokens, index + 1):
        return True
    follows = tokens[index + 1]
    return not (words.is_foreign(follows) or follows.word in words.DETERMINERS | {"of", "right"})


def _rest(tokens: Sequence[Token], index: int, _: Context) -> Mention | None:
    """Read "the rest", "the others", "the other clips", "all other clips"."""
    at = skipped(tokens, index, {"the", "all", "of"})
    word = tokens[at].word if at < len(tokens) else ""
    if word_at(tokens, index + 1) == "else" and tokens[index].word in {"everything", "all"}:
        return Mention(index, index + 2, is_rest=True)
    if tokens[index].word == "every" and word_at(tokens, index + 1) in {"other", "second"}:
        return Mention(index, skipped(tokens, index + 2, words.CLIP_NOUNS), missing=("such clip",))
    if at == index or word not in {"rest", "others", "other", "remaining"}:
        return None
    stop = skipped(tokens, at + 1, {"of", "the", "video", "film", "song"})
    if stop < len(tokens) and tokens[stop].word in words.CLIP_PLURALS:
        return Mention(index, stop + 1, is_rest=True)
    return Mention(index, stop, is_rest=True) if word in {"rest", "others"} else None


def _pointed(tokens: Sequence[Token], index: int, context: Context) -> Mention | None:
    """Read "this clip", "these", "the selected ones", "that shot", "the clip"."""
    word = tokens[index].word
    at = skipped(tokens, index + 1, {"current", "selected", "chosen", "whole", "two", "three"})
    is_selected = any(token.word in {"selected", "chosen"} for token in tokens[index:at])
    noun = tokens[at].word if at < len(tokens) else ""
    if word in {"this", "these", "that", "those", "the", "my", "selected"}:
        if noun in words.CLIP_NOUNS and _is_plain(tokens, at + 1):
            clips = context.selected if is_selected else ()
            return Mention(index, at + 1, clips, is_anaphor=not clips)
        if noun in {"one", "ones"} and (word in {"this", "these", "that", "those"} or is_selected):
            return Mention(index, at + 1, is_anaphor=True)
    if (
        word in {"these", "those", "here"}
        and at == index + 1
        and not words.is_foreign(tokens[at] if at < len(tokens) else tokens[index])
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


def _found_by(
    read: Callable[[Sequence[Token], int, Context], Found | None], *, is_section: bool = False
) -> Reader:
    """Return a reader of mentions that asks a reader of one way to name clips."""

    def reader(tokens: Sequence[Token], index: int, context: Context) -> Mention | None:
        found = read(tokens, index, context)
        if found is None:
            return None
        return Mention(index, found.stop, found.clips, found.missing, is_section=is_section)

    return reader


def _unclear(tokens: Sequence[Token], index: int, _: Context) -> Mention | None:
    """Read what narrows clips down in a way that nothing here understands.

    Better a question than an edit of the selected clip: "the one with the coins".
    """
    at = skipped(tokens, index, {"the", "that"})
    if at == index or word_at(tokens, at) not in words.PLACE_NOUNS | {"one", "ones"}:
        return None
    if word_at(tokens, at + 1) not in {"where", "when", "with", "that", "which", "about"}:
        return None
    return Mention(index, at + 2, missing=("such clip",))


_READERS: tuple[Reader, ...] = (
    numbered_at,
    bare_at,
    _found_by(in_order),
    _found_by(section_at, is_section=True),
    _found_by(span_at),
    _found_by(measured_at),
    _found_by(timed_at),
    _found_by(sung_at),
    _all,
    _rest,
    _pointed,
    _unclear,
)


def mentions(tokens: Sequence[Token], context: Context) -> Iterator[Mention]:
    """Yield the mentions of clips, in order, not overlapping."""
    index = 0
    while index < len(tokens):
        if found := mention_at(tokens, index, context):
            yield found
            index = found.stop
        else:
            index += 1
