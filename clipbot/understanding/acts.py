"""What kind of thing was said, when it is no edit: undo, restore, style, question, chat."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from clipbot.domain.plan import Act
from clipbot.understanding import words
from clipbot.understanding.context import ClipFacts
from clipbot.understanding.found import word_at, word_set
from clipbot.understanding.numbers import cardinal, ordinal
from clipbot.understanding.occasions import is_goodbye, is_greeting
from clipbot.understanding.phrases import phrase_set
from clipbot.understanding.senses import senses_in
from clipbot.understanding.tokens import CLIP_MARK, Token
from clipbot.understanding.vocabulary import DOWN, OPERATIONS, UP

_ORDERS = phrase_set(
    "ignore all previous, ignore previous, ignore your, ignore the above, ignore all "
    "instructions, ignore all your, ignore any, ignore everything above, ignore the rules, "
    "disregard your, disregard all, disregard previous, disregard the, disregard any, forget "
    "your, forget all previous, forget everything you, forget all your, forget the rules, "
    "forget previous, system prompt, system message, api key, api keys, password, passwords, "
    "pretend you're, pretend you are, pretend to be, you are now, act as if you, "
    "developer mode, admin mode, debug mode, god mode, jailbreak, your instructions, your "
    "prompt, your rules, your guidelines, your programming, override your, override the, "
    "bypass, reveal your, print your, repeat your, show me your prompt, source code, credit "
    "card, send all, email all, send me all, delete the database, drop table, drop database, "
    "run the command, run this command, execute, sudo, shell command, without charging, "
    "for free, unlimited budget, set the budget, previous instructions, new instructions, "
    "environment variables, secret key, access token, os system, rm rf, rm, "
    "requests are approved, request is approved, pre approved, skip the cost, skip the dialog, "
    "skip the confirmation, without the cost dialog, without asking for confirmation, "
    "don't ask for confirmation, no confirmation needed, skip all confirmations, "
    "approve everything, approve all, auto approve, skip the approval"
)
_UNDO = phrase_set(
    "reverse what, undo what, take back what, revert what, roll back what, undo whatever, "
    "scrap what, cancel what, reverse the last, reverse the change, reverse my last, reverse "
    "your last, unwind that, take that one back, "
    "roll that back, roll this back, roll them back, roll those back, roll everything back, "
    "roll that one back, roll the last one back, roll the last change back, wind that back, "
    "wind it back, walk that back, walk it back, change it back, change that back, "
    "switch it back, switch that back, undo, revert that, revert this, "
    "revert the last, revert it, revert, take that back, take it "
    "back, take this back, take back, change back, roll back, roll it back, rollback, go back, "
    "step back, go one step back, one step back, reverse that, cancel that, scrap that, as it was "
    "before, never mind that, never mind, nevermind, put it back how it was, put it back, undo "
    "that, ctrl z, cmd z, changes back, was better before, better before, liked it before, "
    "how it was before, like it was before, the way it was before, the way it was, forget that, "
    "forget it, forget about that, drop that change, discard that, discard the change, discard, "
    "preferred it before, prefer it before, prefer how it was, preferred how it was, was nicer"
    " before, nicer before, was fine before, liked the old one better, "
    "undo it, unmake, get rid of that change, bring back what i had, not like that, remove that "
    "change, remove that edit, remove the last change, remove the last edit, delete the last edit, "
    "back to how it was, back to what it was, reset that"
)
_WAVING = phrase_set("never mind, nevermind, forget about, don't worry about")
_OFF = phrase_set(
    """
    never mind, nevermind, forget it, forget that, forget about it, doesn't matter, leave it, skip
    it, drop it, cancel, cancel that, no matter, nothing, none of them, none, not important, let it
    be, leave it be, not now, don't bother, no thanks, no thank you, actually no, scrap that, scrap
    it, neither, don't worry
    """
)
"""What calls off a wish that led to a question."""
_PAUSES = word_set("oh ah hmm hm well um actually eh uh")
_CHANGES = frozenset({"change", "changes", "edit", "edits", "last"})
_REDO = phrase_set(
    "bring that change back, put that change back, want that change back, have that change "
    "back, better with it, bring that edit back, "
    "redo, redo that, redo it, put the change in again, put it back in, put that back in, "
    "want it back, want that back, bring it back, reapply, re apply, undo the undo, bring that "
    "back, put that back, undid, do it after all, apply it again, bring the change back, bring "
    "back the change, bring back that change, reinstate, unundo, restore the change, restore the "
    "edit, restore that change, ctrl y, cmd shift z, bring the edit back, put the change back"
)
_RESTORE = phrase_set(
    "back, restore, restored, revert, reverted, return, reset, go back, "
    "bring back, use, rollback, undo, prefer, preferred, liked, better, switch, want, take,"
    "roll back, put back, load, show, again, give me, as it was, reinstate"
)
_STYLE = phrase_set(
    "look like, looks like, look the same as, match the style of, match the look of, match, "
    "matches, same style as, same look as, style of, look of, looks of, style from, look "
    "from, colours of, colors of, the same as, resemble, feel like, be more like, look as,"
    "in the style of, in the look of, same grade as, same colours as, same colors as, grade of,"
    "similar to, same vibe as, same mood as, same feel as, feel of, vibe of, mood of,"
    "look just like, look exactly like, looking like, style like, colours like, colors like, style"
    " as, consistent with, look more like, just like, exactly like, treatment of, palette of,"
    "same treatment as, same palette as, grading of, colour grade of, color grade of"
)
_LIKING = frozenset(
    {"dont", "didn't", "doesn't", "not", "never", "didnt", "doesnt", "bit", "feels"}
    | {"i", "i'd", "would", "we", "you", "really", "don't", "do", "they", "people"}
)
_ALIKE = frozenset({"", "for", "well", "if", "soon", "usual", "always"})  # behind "as": no look
_ASKING = word_set("what which who how why whose is are was were does did where when am has")
_REFUSING = frozenset({"mind", "forget", "ignore", "keep", "leave", "touch", "preserve", "without"})
_OFFHAND = word_set("got any anything anybody anyone ever you u fancy seen heard")
"""What begins a question whose verb goes unsaid: "got any dark clips?"."""
_OBLIGING = word_set("should must needs need wants gets ought")
_LONGEST_LEAD = 12
"""Tokens that may lead up to a question."""
_LEADING = word_set("and so hey hi hello ok but please well um okay")
_BEFORE_ASKING = frozenset({"in", "at", "for", "on", "to", "from", "of", "with", "by", "about"})
_TELLING = phrase_set(
    """
    tell me, show me, list, explain, describe, do you, did you, can you tell, could you tell,
    should i, would it cost, will it cost, what's, do i, can you tell me, could you tell me, do
    we, does it, how come, name the, count the,give me a list, what is, whats, any idea, i
    wonder, i was wondering what, i was wondering how,i was wondering which, do any, would that
    cost, remind me, i'd like to know, i want to know
    """
)
_REQUESTS = phrase_set(
    "what about, how about, what if, why not, why don't you, why don't we, shall we,"
    " why wouldn't we, is it possible to, is it possible for,"
    " would it be possible, any chance of, any chance, is there a way to,"
    " is there any way to, is there any chance, is there a chance"
)
_ASKING_FOR = _LEADING | word_set("can could would will you me kindly")
_ELSEWHERE = word_set(
    """
    recommend suggest order book call translate write tell sing text email remind solve calculate
    google search buy sell marry teach cook explain say speak compose hire read recite help
    """
)
_TOPICS = word_set(
    "video film song clip clips shot shots scene scenes version versions cost costs price"
    " budget long seconds minutes section verse chorus bridge intro outro lyrics edit edits"
    " change changed changes look looks dark bright slow fast warm cold colourful colorful"
    " dull motion prompt here selected undo edited regenerated last darker brighter templates"
    " template help"
)

_AT_FIRST = phrase_set(
    [
        f"{how} {was} {when}"
        for how in ("how", "the way", "like", "as")
        for was in ("it was", "they were")
        for when in ("at the start", "in the beginning", "at first", "to begin with", "originally")
    ]
    + ["how it started out", "how it looked at first", "how it looked originally"]
    + ["the state it started in"]
)
_VERSION_NOUNS = frozenset({"version", "take", "v", "versions", "ver", "takes", "variant"})
PREVIOUS, NEWEST = -1, -2
"""Versions that are named by their place before or behind the current one."""
_VERSIONS = {"previous": PREVIOUS, "earlier": PREVIOUS, "prior": PREVIOUS, "last": PREVIOUS}
_VERSIONS |= {"old": PREVIOUS, "older": PREVIOUS, "latest": NEWEST, "newest": NEWEST}
_VERSIONS |= {"initial": 1, "untouched": 1, "unedited": 1, "oldest": 1, "earliest": 1}


@dataclass(frozen=True, slots=True)
class VersionWish:
    """A version to go back to."""

    number: int
    """From 1, the original; or PREVIOUS, or NEWEST."""
    start: int
    """First token of its name."""
    stop: int


def gives_orders(tokens: Sequence[Token]) -> bool:
    """Whether somebody tries to give the program orders; a bleach bypass is a look."""
    before = ["", *(token.word for token in tokens)]
    pairs = zip(before, tokens, strict=False)
    told = [token for last, token in pairs if (last, token.word) != ("bleach", "bypass")]
    return _ORDERS.first(told) is not None


def is_small_talk(tokens: Sequence[Token]) -> bool:
    """Whether there is nothing but greeting, thanks or praise."""
    row = [token.word for token in tokens if not token.is_mark]
    if words.POLITE.issuperset(row):
        return False
    if is_greeting(tokens) or is_goodbye(tokens):
        return True
    if {"it", "this", "that", "is", "the", "all", "there"}.issuperset(row):
        return False
    known = [word in words.CHATTER for word in row]
    is_parting = row[0] in {"see", "have"} or sum(known) > 1 or "good" in row
    return all(known) or (
        is_parting
        and any(known)
        and all(word in words.CHATTER | words.PARTING for word in row)
        and OPERATIONS.at(tokens, 0) is None
    )


def step_of(tokens: Sequence[Token]) -> Act | None:
    """Return UNDO or REDO if the last change is to be taken back, or put back."""
    if _is_waved_off(tokens):
        return None
    row = [token.word for token in tokens]
    is_put_back = any(pair == ("back", "in") for pair in pairwise(row)) and "put" in row
    if _REDO.first(tokens) or is_put_back:
        return Act.REDO
    has_change = not {"change", "edit", "changes", "edits", "edited"}.isdisjoint(row)
    is_taken_back = has_change and not {"back", "revert", "cancel", "reverse"}.isdisjoint(row)
    return Act.UNDO if is_taken_back or _UNDO.first(tokens) else None


def _is_waved_off(tokens: Sequence[Token]) -> bool:
    """Whether "never mind" leads up to a thing: "never mind the colours, sharpen it"."""
    found = _WAVING.first(tokens)
    if found is None or found[2] + 1 >= len(tokens):
        return False
    behind = tokens[found[2]].word, tokens[found[2] + 1].word
    return behind[0] in words.DETERMINERS - {"that", "this"} and behind[1] not in _CHANGES


def is_called_off(tokens: Sequence[Token]) -> bool:
    """Whether a question is not to be answered any more: "never mind", "doesn't matter"."""
    row = [token for token in tokens if not token.is_mark]
    found = _OFF.first(row)
    if found is None:
        return False
    rest = (*row[: found[0]], *row[found[2] :])
    return all(token.word in words.CHATTER | _OFF.words | _PAUSES for token in rest)


def step_cue(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Return where the words for undo or redo begin and end, if they stand together."""
    found = _REDO.first(tokens) or _UNDO.first(tokens)
    return found and (found[0], found[2])


def version_in(tokens: Sequence[Token]) -> VersionWish | None:
    """Return the version that somebody wants back, if a version is named."""
    is_back = _RESTORE.first(tokens) is not None
    if not is_back and OPERATIONS.first(tokens):
        return None
    start = _AT_FIRST.first(tokens)
    if start and (is_back or start[1].startswith(("like", "as"))):
        return VersionWish(1, start[0], start[2])
    for index, token in enumerate(tokens):
        if found := _numbered_version(tokens, index) or (_named_version(tokens, index)):
            return found
        placed = ordinal(tokens, index)
        if placed and placed[1] < len(tokens) and tokens[placed[1]].word in _VERSION_NOUNS:
            return VersionWish(placed[0], index, placed[1] + 1)
        if token.word in {"original", "originals", "originally"}:
            is_back |= not any(map(words.is_foreign, (*tokens[:index], *tokens[index + 1 :])))
            noun = index + 1 < len(tokens) and tokens[index + 1].word in {"version", "take", "clip"}
            return VersionWish(1, index, index + 1 + noun) if is_back else None
    return None


def _numbered_version(tokens: Sequence[Token], index: int) -> VersionWish | None:
    if tokens[index].word not in _VERSION_NOUNS:
        return None
    at = index + 1
    while at < len(tokens) and tokens[at].word in {"number", "no", "#", "."}:
        at += 1
    found = cardinal(tokens, at)
    return VersionWish(found[0], index, found[1]) if found else None


def _named_version(tokens: Sequence[Token], index: int) -> VersionWish | None:
    """Read "the previous version", "the newest take", "the version before"."""
    if index + 1 >= len(tokens):
        return None
    one, two = tokens[index].word, tokens[index + 1].word
    if two in _VERSION_NOUNS and one in _VERSIONS:
        return VersionWish(_VERSIONS[one], index, index + 2)
    if one in _VERSION_NOUNS and two == "before":
        return VersionWish(PREVIOUS, index, index + 2)
    return None


def resolved(wish: VersionWish, clip: ClipFacts) -> VersionWish:
    """Return a wish with the number of its version for a clip."""
    if wish.number == PREVIOUS:
        return replace(wish, number=max(1, clip.current_version - 1))
    return replace(wish, number=clip.versions) if wish.number == NEWEST else wish


def style_cue(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Return where the words "look like" or their kin begin and end, if they are there."""
    found = _STYLE.first(tokens)
    refused = found and [token.word for token in tokens[max(0, found[0] - 3) : found[0]]]
    if refused and not _REFUSING.isdisjoint(refused):
        return None
    if found and not _is_said_of(tokens, found):
        return found[0], found[2]
    for index in range(1, len(tokens)):
        is_compared = tokens[index].word in {"like", "as"} and tokens[index - 1].word not in _LIKING
        if is_compared and word_at(tokens, index + 1) not in _ALIKE:
            return index, index + 1
    return None


def _is_said_of(tokens: Sequence[Token], found: tuple[int, str, int]) -> bool:
    """Whether a look is only spoken of: "the colours of clip 10 are over the top"."""
    is_noun = found[1].endswith(" of") and "style" not in found[1]
    is_likened = any(token.word in {"like", "same", "match"} for token in tokens[: found[0]])
    is_led = any(book.at(tokens, 0) for book in (DOWN, UP, OPERATIONS))
    if is_noun and found[0] and not is_likened and is_led:
        return True
    behind = {token.word for token in tokens[found[2] :]}
    return is_noun and not behind.isdisjoint({"is", "are", "should", "must", "need", "needs"})


def is_question(tokens: Sequence[Token]) -> bool:
    """Whether a sentence asks for an answer rather than for a change.

    What leads up to a question does not hide it: "quick one, how long is it?"
    """
    row = [token for token in tokens if token.word != "\u25a2"]
    has_mark = any(token.word == "?" for token in tokens)
    asked = _asks(row, has_mark=has_mark)
    for index, token in enumerate(row):
        if asked:
            return True
        if index > _LONGEST_LEAD:
            break
        if token.word in {",", ":", "-", "\u2013", "\u2014"} and _is_lead(row[:index]):
            is_aside = word_at(row, index + 1) in {"which", "who", "whose"} and not has_mark
            asked = not is_aside and _asks(row[index + 1 :], has_mark=has_mark)
    return asked


def _is_lead(tokens: Sequence[Token]) -> bool:
    """Whether words before a question hold no wish of their own."""
    return not senses_in(tokens) and not any(token.number for token in tokens)


def _asks(tokens: Sequence[Token], *, has_mark: bool) -> bool:
    row = [token for token in tokens if not token.is_mark]
    while row and row[0].word in _LEADING:
        row = row[1:]
    if row and row[0].word in {"by", "the"} and len(row) > 2 and row[1].word in {"the", "way"}:  # noqa: PLR2004
        row = row[3:] if row[0].word == "by" and row[2].word == "way" else row
    if not row or _REQUESTS.at(row, 0) or [each.word for each in row[:2]] == ["what", "i"]:
        return has_mark and bool(row) and not _REQUESTS.at(row, 0)
    if _TELLING.at(row, 0) and not _is_stated(row, has_mark=has_mark):
        return True
    if row[0].word in {"where", "when"}:
        return has_mark
    if row[0].word in _BEFORE_ASKING and len(row) > 1 and row[1].word in {"which", "what"}:
        return True
    if has_mark and row[0].word in _OFFHAND and len(row) > 1:
        return True
    return row[0].word in _ASKING and not _is_stated(row, has_mark=has_mark)


def _is_stated(row: Sequence[Token], *, has_mark: bool) -> bool:
    """Whether "what" names what is to change: "what comes before it should be colder"."""
    if has_mark or row[0].word not in {"what", "which"}:
        return False
    second = row[1].word if len(row) > 1 else ""
    if row[0].word == "which":
        return second in _OBLIGING | {"could", "can", "might"}
    if second in {
        *("bothers", "annoys", "bugs"),
        "irritates",
        "disturbs",
        "worries",
        "follows",
        "comes",
        "remains",
        "precedes",
    }:
        return True
    at = next((at for at, token in enumerate(row) if token.word in _OBLIGING), 0)
    return at > 2 and row[at - 1].word not in {"i", "we", "you", "it"}  # noqa: PLR2004


def is_personal(tokens: Sequence[Token]) -> bool:
    """Whether a question is about whoever answers: "what's your favourite song?"."""
    row = {token.word for token in tokens}
    if "you" in row and not row.isdisjoint({"live", "liven", "sleep", "eat", "born", "married"}):
        return True
    return not row.isdisjoint({"favourite", "favorite", "fave"}) and not row.isdisjoint(
        {"your", "you", "you're"}
    )


def is_elsewhere(tokens: Sequence[Token]) -> bool:
    """Whether something is asked for that is no edit: "recommend a good pizza place"."""
    row = [token for token in tokens if not token.is_mark]
    while row and row[0].word in _ASKING_FOR:
        row = row[1:]
    if not row or any(token.word == CLIP_MARK for token in tokens):
        return False
    return row[0].word in _ELSEWHERE and not senses_in(tokens)


def is_on_topic(tokens: Sequence[Token]) -> bool:
    """Whether a question is about the video, its clips, its cost or its history."""
    return any(token.word in _TOPICS for token in tokens)
