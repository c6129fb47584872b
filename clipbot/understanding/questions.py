"""What a question is about: its topic, the measure it asks for, the word it looks for.

The topics are tried in order, the telling ones first: "how many versions does clip 3
have" is about versions, not about a count. Which clips a question is about is read
elsewhere, as for wishes; what the answer is, nobody here knows.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from clipbot.domain.plan import Topic
from clipbot.understanding.phrases import PhraseBook, phrase_set
from clipbot.understanding.tokens import Token, tokenize

_HELP = phrase_set(
    "how do i, how can i, how to, how would i, how should i, how do you, how does this work,"
    "how does it work, how does that work, what can you do, what can i do, what can i say,"
    "what can i ask, what can i change, what do you do, what are you, who are you, help,"
    "template, templates, what should i say, what else can you, can you do, are you able,"
    "what do i do, where do i, where can i, what is possible, shortcut, shortcuts"
)
_MISSING = phrase_set("missing, no footage, without footage, broken, absent, lost")
_RUNNING = phrase_set(
    "running, in progress, queued, queue, rendering, being edited, being made, being rendered,"
    "still working, done yet, ready yet, finished yet, it done, it ready, it finished, that done,"
    "everything done, you done, progress, going on, working on, how far, under way, underway,"
    "busy, take long, be done, be ready, be finished"
)
_BUDGET = phrase_set(
    "budget, money left, money do i have, money is left, left to spend, can i spend, still spend,"
    "afford, credit, credits, funds, how much is left, how much do i have, how much have i got"
)
_COST = phrase_set(
    "cost, costs, costed, price, prices, spent, spend, expensive, pay, paid, charge, charged,"
    "dollars, money, bill, free"
)
_CHANGES = phrase_set(
    "changed, change, changes, edited, edit, edits, did i do, did you do, was done, been done,"
    "happened, history, regenerated, modified, different from, untouched, unchanged, would undo"
)
_VERSIONS = phrase_set(
    "version, versions, take, takes, seed, temperature, model, renderer, made with, made by"
)
_PROMPT = phrase_set("prompt, prompts, description")
_LYRICS = phrase_set(
    "lyric, lyrics, sing, sings, sung, singing, sang, the word, the words, rap, raps, vocals"
)
_LENGTH = phrase_set(
    "how long, length, lengths, duration, durations, lasts, seconds, minutes, longest, shortest,"
    "when, where, what time does, start, starts, begin, begins, end, ends, longer, shorter"
)
_COUNT = phrase_set("how many, number of, count")
_SECTIONS = phrase_set(
    "section, sections, part, parts, structure, verse, verses, chorus, choruses, bridge, intro,"
    "outro, hook, refrain"
)
_LISTING = frozenset({"which", "what", "who", "list", "any", "show"})
_CLIPS = phrase_set("clip, clips, shot, shots, scene, scenes, one, ones")

_BOOKS: tuple[tuple[Topic, PhraseBook[str]], ...] = (
    (Topic.HELP, _HELP),
    (Topic.MISSING, _MISSING),
    (Topic.RUNNING, _RUNNING),
    (Topic.BUDGET, _BUDGET),
    (Topic.COST, _COST),
    (Topic.CHANGES, _CHANGES),
    (Topic.VERSIONS, _VERSIONS),
    (Topic.PROMPT, _PROMPT),
    (Topic.LYRICS, _LYRICS),
)


@dataclass(frozen=True, slots=True)
class Quality:
    """A measure, and which end of it a word is for."""

    measure: str
    """`luma saturation warmth motion`: a field of `Measures`."""
    is_high: bool
    word: str
    """The quality in one word, for the answer: "dark"."""
    more: str
    """Its comparative."""
    most: str
    """Its superlative."""


_QUALITIES: dict[Quality, str] = {
    Quality("luma", is_high=False, word="dark", more="darker", most="darkest"): (
        "dark darker darkest dim dimmer gloomy underexposed"
    ),
    Quality("luma", is_high=True, word="bright", more="brighter", most="brightest"): (
        "bright brighter brightest brightness light lighter lightest luma exposure overexposed"
    ),
    Quality("saturation", is_high=False, word="dull", more="duller", most="dullest"): (
        "dull duller dullest pale grey gray drab muted faded desaturated"
    ),
    Quality(
        "saturation", is_high=True, word="colourful", more="more colourful", most="most colourful"
    ): ("colourful colorful saturated saturation vivid vibrant"),
    Quality(
        "warmth", is_high=True, word="warm", more="warmer", most="warmest"
    ): "warm warmer warmest warmth",
    Quality("warmth", is_high=False, word="cold", more="colder", most="coldest"): (
        "cold colder coldest cool cooler coolest bluish"
    ),
    Quality("motion", is_high=True, word="fast", more="faster", most="fastest"): (
        "fast faster fastest motion moving movement speed lively"
    ),
    Quality("motion", is_high=False, word="slow", more="slower", most="slowest"): (
        "slow slower slowest still static calm calmer calmest"
    ),
}
_MEASURES: PhraseBook[Quality] = PhraseBook(
    {word: quality for quality, listed in _QUALITIES.items() for word in listed.split()}
)
_POINTING = frozenset({"it", "this", "that", "last", "these", "those", "here"})
_ABOUT = frozenset({"about", "tell", "describe", "explain", "show", "summary", "overview"})
_NOT = frozenset({"not", "never", "unchanged", "untouched", "original"})
_QUOTED = re.compile(r"""(?<!\w)(?P<mark>["'\u201c\u2018«])(?P<said>.+?)["'\u201d\u2019»](?!\w)""")
_AFTER = phrase_set(
    "the word, the words, the line, the lyric, sing, sings, singing, sang, sung, say, says"
)
_BEHIND = frozenset({"in", "about", "the", "of", "where", "?", ".", "!", "during", "at"})
_OF_ONE = frozenset({Topic.PROMPT, Topic.VERSIONS, Topic.MEASURES, Topic.LYRICS})
_THESE = frozenset({"this", "these", "those", "selected"})
_SEVERAL = frozenset({"clips", "shots", "scenes", "all", "video", "film", "song"})


def topic_of(tokens: Sequence[Token]) -> Topic | None:
    """Return what a question is about; None where no word of it says so."""
    row = [token for token in tokens if not token.is_mark]
    for topic, book in _BOOKS:
        if book.first(row):
            return topic
    words = {token.word for token in row}
    if _MEASURES.first(row):
        is_listing = not words.isdisjoint(_LISTING) and _CLIPS.first(row) is not None
        return Topic.CLIPS if is_listing else Topic.MEASURES
    if _COUNT.first(row):
        return Topic.COUNT
    if _LENGTH.first(row):
        return Topic.LENGTH
    if not words.isdisjoint(_LISTING) and {"clips", "shots", "clip", "shot"} & words:
        return Topic.SECTIONS if _asks_for_section(row) else Topic.CLIPS
    return Topic.SECTIONS if _SECTIONS.first(row) else None


def is_of_selected(topic: Topic | None, tokens: Sequence[Token], *, is_pointed: bool) -> bool:
    """Whether a question that names no clip is about the selected ones: "show me the prompt".

    Args:
        topic: What it is about.
        tokens: Its words.
        is_pointed: Whether it points at clips: "this clip", "the clips".
    """
    words = {token.word for token in tokens}
    if not words.isdisjoint(_THESE):
        return is_pointed or topic in _OF_ONE
    return (is_pointed or topic in _OF_ONE) and words.isdisjoint(_SEVERAL)


def quality_of(text: str) -> Quality | None:
    """Return the quality that a question is about: dark, colourful, slow."""
    found = _MEASURES.first(tokenize(text))
    return found[1] if found else None


def is_longest_asked(text: str) -> bool | None:
    """Whether a question is for the longest (True) or the shortest (False); None: neither."""
    words = {token.word for token in tokenize(text)}
    if words.isdisjoint({"longest", "shortest"}):
        return None
    return "longest" in words


def asks_what(text: str) -> bool:
    """Whether somebody asks what is in a clip, not which clip is such."""
    words = {token.word for token in tokenize(text)}
    return "which" not in words and not words.isdisjoint({"what", "what's", "show"})


def asks_about(text: str) -> bool:
    """Whether somebody wants to hear about a thing as a whole: "tell me about clip 2"."""
    return not _ABOUT.isdisjoint(token.word for token in tokenize(text))


def is_negated(text: str) -> bool:
    """Whether a question is for those that are not such: "which clips are unchanged?"."""
    words = [token.word for token in tokenize(text)]
    return any(word in _NOT or word.endswith("n't") for word in words)


def points_back(text: str) -> bool:
    """Whether a question is about what was just talked about: "what did that cost?"."""
    return not _POINTING.isdisjoint(token.word for token in tokenize(text))


def looked_for(text: str) -> str | None:
    """Return the words that a question looks for in the lyrics, in lower case."""
    if quoted := _QUOTED.search(text):
        return " ".join(quoted["said"].lower().split()) or None
    tokens = tokenize(text)
    for index in range(len(tokens)):
        if found := _AFTER.at(tokens, index):
            return _up_to_end(tokens[found[1] :])
    return None


def _up_to_end(tokens: Sequence[Token]) -> str | None:
    words: list[str] = []
    for token in tokens:
        if token.word in _BEHIND or token.is_mark:
            break
        words.append(token.word)
    return " ".join(words) or None


def _asks_for_section(row: Sequence[Token]) -> bool:
    """Whether the section is what is asked: "what section is clip 3 in?"."""
    return any(
        one.word in {"what", "which"} and other.word in {"section", "part", "verse", "sections"}
        for one, other in pairwise(row)
    )
