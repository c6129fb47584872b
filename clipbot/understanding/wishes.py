"""What is wanted: reading one piece of a sentence as operations, keeping, or forbidding.

Four readers look at a piece in turn. *Keeping* ("leave the rain in") and *forbidding*
("don't touch her hair") take what they name out of every change. An *object* ("add a
dragon", "make her dress red", "replace the dancer") claims the words after its verb, so
that "put a snow globe on the bench" asks for no snow. What is left is read by the
vocabulary, each hit with its own negation, direction and strength.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from clipbot.domain.plan import Kind, Operation, Strength
from clipbot.domain.wording import phrase
from clipbot.understanding import mending, nameless, objects, words
from clipbot.understanding.cameras import move_in
from clipbot.understanding.marks import Mark, marks_of
from clipbot.understanding.phrases import PhraseBook, phrase_set
from clipbot.understanding.qualities import COMPLAINT, qualities_in
from clipbot.understanding.senses import senses_in
from clipbot.understanding.servings import without_servings
from clipbot.understanding.telling import is_denied, is_own
from clipbot.understanding.tokens import CLIP_MARK, Token, span_text
from clipbot.understanding.vocabulary import OPERATIONS, QUANTITIES

_TRAILING = frozenset(
    {"in", "on", "please", "though", "exactly", "just", "pls", "too", "must", "should", "to"}
    | {"has", "have", "needs", "need", "ought"}
)
_LEADING = frozenset(
    {"'s", "it", "that", "but", "should", "must", "only", "with", "is", "of", "to", "in"}
)
_STAYS = frozenset({"stay", "stays", "remain", "remains"})
_TOUCHING = frozenset({"be touched", "touching", "touch", "change", "changing", "affecting"})
_TOUCHING |= {"moving", "disturbing", "shifting", "disturb", "affect", "mess with"}
_TOUCHING |= {"do anything to", "doing anything to", "do anything with"}
_TOUCHING |= {"meddle with", "fiddle with", "tamper with", "lay a finger on", "mess it up"}
_BEING = frozenset({"be", "is", "are", "look", "looks", "exactly", "should", "must", "still"})
_HOLDING = phrase_set(
    "without losing, not lose, without loss of, without killing, without ruining,"
    "without hurting, without spoiling, without messing up, without dropping,"
    "without covering, without hiding, without obscuring, without blocking,"
    "hold on to, hold onto, hang on to, hang onto, stick with, don't lose"
)
_STAYED = frozenset({"left", "unchanged", "untouched", "intact", "unaltered"})
_AS_IT_WAS = [[word] for word in ("exactly", "where", "as", "alone", "in", "untouched", "just")]
_UNTOUCHED = (
    ["no", "edits"],
    ["no", "edit"],
    ["no", "changes"],
    ["no", "touching"],
    ["hands", "off"],
)
_FINISHED = frozenset(
    {"locked", "in", "final", "finished", "approved", "sacred", "done", "untouchable"}
)
_FINISHED |= {
    "taboo",
    "finalised",
    "finalized",
    "signed",
    "off",
    "limits",
    "already",
    "and",
    "good",
}
_SHORTLY = frozenset({"of", "in", "for", "to", "though", "the", "please", "at", "all", "from"})
_DENIED = frozenset({"doesn't", "don't", "doesnt", "dont", "isn't", "not", "shouldn't", "won't"})
_DENIED |= {"mustn't", "can't", "aren't", "needn't", "stays", "excluded"}
_DEGREES = frozenset(
    {"all", "now", "both", "already", "picture", "as", "it", "they", "stands", "stand"}
)
_POINTING = frozenset(
    {"that", "it", "this", "them", "those", "there", "at", "all", "one", "please"}
)
_EXCEPTING = frozenset(
    {"except", "except for", "apart from", "aside from", "other than", "save for", "excepting"}
    | {"excluding", "with the exception of", "but not"}
)
_CHANGED = frozenset({"touched", "changed", "edited", "altered", "modified"})
_PERMITTING = frozenset({"should", "may", "can", "must", "could", "be", "is", "are", "to", "only"})
_TAILS = frozenset({"when", "while", "if", "as", "whilst"})
_SIMULTANEOUS = frozenset({"at the same time", "the same time"})
_QUALITIES = words.SCENE_WORDS - words.FILM_NOUNS - {"everything", "version", "footage"}
_ELSE = frozenset({"else", "rest"})


@dataclass(frozen=True, slots=True)
class Wish:
    """What one piece of a sentence asks for."""

    ops: tuple[Operation, ...] = ()
    keep: tuple[str, ...] = ()
    spares: bool = False
    """Whether the clips it names are to be left alone."""
    forbids: bool = False
    """Whether it only says what not to do."""
    strength: Strength | None = None
    """The strength word in it, if there is one."""
    is_object: bool = False
    """Whether a thing in the picture was named, which may go on behind an "and"."""
    marks: tuple[Mark, ...] = ()
    """Which words gave what."""
    is_limited: bool = False
    """Whether its praise is for all but the clips that it is about."""
    is_complaint: bool = False
    """Whether it only says what is wrong."""


@lru_cache(maxsize=32)
def read_wish(tokens: tuple[Token, ...], text: str, *, is_headed: bool = False) -> Wish:
    """Read one piece; a piece that asks for nothing gives an empty wish.

    The last few are kept: a plan is made of a piece first, and its reasons told afterwards.

    Args:
        tokens: The piece.
        text: What the person typed.
        is_headed: Whether its clips were named in front of a colon.
    """
    strength, measured = _strength(tokens)
    kept = _keeping(tokens, text) or _forbidding(tokens, text)
    if kept is not None:
        wish, stop = kept
        before = _asked(tokens[:stop])
        tail = next((at for at in range(stop + 2, len(tokens)) if tokens[at].word in _TAILS), 0)
        if tail and not before.ops and (behind := _asked(tokens[tail:])).ops:
            before, tokens = behind, tokens[:tail]
            wish = (_keeping(tokens, text) or _forbidding(tokens, text) or kept)[0]
        means = f"keeps {', '.join(wish.keep)}" if wish.keep else "left alone"
        marks = before.marks + marks_of(tokens[stop:], means) + measured
        return replace(before, keep=wish.keep, spares=wish.spares, strength=strength, marks=marks)
    asked = _strengthened(_asked(tokens, is_headed=is_headed), strength)
    return replace(asked, strength=strength, marks=asked.marks + measured)


def _asked(tokens: Sequence[Token], *, is_headed: bool = False) -> Wish:
    tokens = without_servings(tokens)
    if _is_permitted(tokens) or (tokens and (is_own(tokens) or is_denied(tokens))):
        return Wish(forbids=bool(tokens) and is_denied(tokens))
    if ended := mending.unwanted(tokens):
        return Wish((ended,), marks=marks_of(tokens, phrase(ended)))
    is_told = bool(qualities_in(tokens) or COMPLAINT.first(tokens) or move_in(tokens))
    if not is_told and (thing := objects.object_in(tokens, is_headed=is_headed)):
        is_refused = any(token.word in words.NEGATIONS for token in tokens[: thing.start])
        if is_refused:
            return Wish(forbids=True)
        marks = marks_of(tokens[thing.start :], phrase(thing.op))
        return Wish((thing.op,), is_object=True, marks=marks)
    hits = senses_in(tokens)
    ops = tuple(dict.fromkeys(hit.op for hit in hits if hit.op is not None))
    marks = tuple(
        Mark(
            tokens[hit.start].start,
            tokens[hit.stop - 1].stop,
            phrase(hit.op) if hit.op else "not wanted",
            is_wish=True,
        )
        for hit in hits
    )
    if hits:
        is_complaint = all(hit.is_fault for hit in hits)
        return Wish(ops, forbids=not ops, marks=marks, is_complaint=is_complaint)
    return _of_unnamed(tokens, is_headed=is_headed)


def _is_permitted(tokens: Sequence[Token]) -> bool:
    """Whether clips are only said to be those that may change: "only 6 should be touched"."""
    row = {token.word for token in tokens}
    return row <= _PERMITTING | _CHANGED | {CLIP_MARK} and not row.isdisjoint(_CHANGED)


def _of_unnamed(tokens: Sequence[Token], *, is_headed: bool) -> Wish:
    """Return a wish of which only the verb, or an amount, is known."""
    unknown = _around_clip(tokens) or nameless.unnamed(tokens, is_headed=is_headed)
    if unknown is None:
        return Wish()
    return Wish((unknown,), is_object=True, marks=marks_of(tokens, phrase(unknown)))


def _around_clip(tokens: Sequence[Token]) -> Operation | None:
    """Return a wish whose words stand on both sides of a clip: "do clip 5 over"."""
    row = [token for token in tokens if token.word != CLIP_MARK]
    found = OPERATIONS.first(row) if len(row) < len(tokens) else None
    return found[1] if found and found[1].kind is Kind.REGENERATE else None


def _strength(tokens: Sequence[Token]) -> tuple[Strength | None, tuple[Mark, ...]]:
    """Return how strong a wish is meant, and the words that say so."""
    if slight := _first_of(words.SLIGHT, tokens):
        return "slight", _measured(tokens, slight, "a little")
    strong = _first_of(words.STRONG, tokens)
    if strong is None or strong[1] == "too much":
        return None, ()
    return "strong", _measured(tokens, strong, "a lot")


def _first_of(book: PhraseBook[str], tokens: Sequence[Token]) -> tuple[int, str, int] | None:
    """Return the first phrase of a book that is no part of a longer wish: not "super 8"."""
    for index in range(len(tokens)):
        found, wish = book.at(tokens, index), OPERATIONS.at(tokens, index)
        if found and not (wish and wish[1] > found[1]):
            return index, *found
    return None


def _measured(tokens: Sequence[Token], found: tuple[int, str, int], means: str) -> tuple[Mark, ...]:
    return (Mark(tokens[found[0]].start, tokens[found[2] - 1].stop, means),)


def _strengthened(wish: Wish, strength: Strength | None) -> Wish:
    if strength is None:
        return wish
    return replace(wish, ops=tuple(replace(op, strength=strength) for op in wish.ops))


def _keeping(tokens: Sequence[Token], text: str) -> tuple[Wish, int] | None:
    """Read "keep her face", "leave clip 5 as it is"; also return where it starts."""
    for index, token in enumerate(tokens):
        if held := _HOLDING.at(tokens, index):
            if held[0] == "not lose" and any(map(_is_thing, tokens[:index])):
                return _kept(tokens[:index], text), 0
            return _kept(tokens[held[1] :], text), index
        if _goes_on(tokens, index):
            continue
        if spared := _excepting(tokens, index):
            return _kept(tokens[spared:], text), index
        if token.word in words.KEEPING and not OPERATIONS.at(tokens, index):
            return _kept(tokens[index + 1 :], text), index
    return _left(tokens, text) or _same(tokens, text) or _seen(tokens, text)


def _excepting(tokens: Sequence[Token], index: int) -> int:
    """Return where the thing begins that a wish leaves out: "black and white except the car"."""
    found = words.EXCLUSIONS.at(tokens, index)
    if found is None or found[0] not in _EXCEPTING or found[1] == len(tokens):
        return 0
    last = next((token for token in reversed(tokens) if token.word not in words.POLITE), tokens[0])
    is_thing = last.word != CLIP_MARK and _is_thing(last)
    return found[1] if is_thing and senses_in(tokens[:index]) else 0


def _left(tokens: Sequence[Token], text: str) -> tuple[Wish, int] | None:
    """Read "with the van left where it is": what stands behind "with" is to be as it was."""
    row = [token.word for token in tokens]
    at = next((at for at in range(1, len(row)) if row[at - 1 :][:1] and row[at] in _STAYED), 0)
    start = next((at for at in range(at - 1, -1, -1) if row[at] == "with"), -1)
    if not at or start < 0 or (row[at] == "left" and row[at + 1 : at + 2] not in _AS_IT_WAS):
        return None
    return _kept(tokens[start + 1 : at], text), start


def _goes_on(tokens: Sequence[Token], index: int) -> bool:
    """Whether "keep" only says that somebody goes on: "I keep wondering whether"."""
    who, what = (tokens[index - 1].word if index else ""), tokens[index + 1 : index + 2]
    is_doing = bool(what) and what[0].word.endswith("ing")
    return is_doing and tokens[index].word == "keep" and who in {"i", "we", "they", "people"}


def _same(tokens: Sequence[Token], text: str) -> tuple[Wish, int] | None:
    """Read "same boxer", "the same dress": a thing that is to be as it was."""
    at = next((at for at, token in enumerate(tokens) if token.word == "same"), None)
    if at is None or at > 1 or at + 1 >= len(tokens) or not _is_thing(tokens[at + 1]):
        return None
    known = OPERATIONS.at(tokens, at + 1)
    if known and (known[1] == len(tokens) or not words.is_foreign(tokens[known[1]])):
        return None
    return _kept(tokens[at:], text), at


def _seen(tokens: Sequence[Token], text: str) -> tuple[Wish, int] | None:
    """Read "I still want to see his face": it must not get lost."""
    row = [token.word for token in tokens]
    if "still" not in row or "see" not in row[row.index("still") :]:
        return None
    see = row.index("see", row.index("still"))
    return (_kept(tokens[see + 1 :], text), 0) if see + 1 < len(row) else None


def _is_thing(token: Token) -> bool:
    return words.is_foreign(token) or token.word in words.BACKDROPS


def _forbidding(tokens: Sequence[Token], text: str) -> tuple[Wish, int] | None:
    """Read "don't touch the sky", "nothing else changes", "clip 2 stays the way it is"."""
    if any(token.word in _ELSE for token in tokens) and not senses_in(tokens):
        return Wish(keep=("everything else",)), 0
    if _is_locked(tokens):
        return Wish(spares=True), 0
    if is_denied_shortly(tokens):
        return Wish(spares=True), 0
    if _is_exempted(tokens):
        return _kept(tokens[1:], text), 0
    for index in range(len(tokens)):
        found = words.STAYING.at(tokens, index)
        if found and (forbidden := _forbidden(tokens, index, found, text)):
            return forbidden
    return None


def _is_locked(tokens: Sequence[Token]) -> bool:
    """Whether clips are said to be finished: "20 to 23 are locked", "no edits there"."""
    row = [token.word for token in tokens]
    if row[:2] in _UNTOUCHED and {"there", "here"}.issuperset(row[2:]):
        return True
    at = next((at for at, word in enumerate(row) if word in {"is", "are", "'s", "stays"}), 0)
    said = [word for word in row[at + 1 :] if word not in _DEGREES]
    return (
        at > 0
        and row[at - 1] == CLIP_MARK
        and said not in ([], ["off"], ["in"])
        and _FINISHED.issuperset(said)
    )


def is_denied_shortly(tokens: Sequence[Token]) -> bool:
    """Whether clips are only said not to get what others get: "4 doesn't", "none of verse 2"."""
    row = [token.word for token in tokens if token.word not in _SHORTLY]
    is_behind = row[:1] == [CLIP_MARK] and len(row) == 2 and row[1] in _DENIED  # noqa: PLR2004
    return is_behind or row in (["none", CLIP_MARK], ["nothing", CLIP_MARK])


def _is_exempted(tokens: Sequence[Token]) -> bool:
    """Whether a piece only takes a thing out: "not the sky"."""
    has_thing = len(tokens) > 1 and any(map(_is_thing, tokens[1:]))
    is_noun = tokens[0].word == "not" and has_thing
    at = 1 + (len(tokens) > 2 and tokens[1].word in {"on", "in", "over", "around", "near"})  # noqa: PLR2004
    is_named = is_noun and tokens[at].word in words.POSSESSIVES | {"the", "its", "my"}
    return is_named and not senses_in(tokens)


def _forbidden(
    tokens: Sequence[Token], index: int, found: tuple[str, int], text: str
) -> tuple[Wish, int] | None:
    phrase, stop = found
    is_said = not _BEING.isdisjoint(token.word for token in tokens)
    is_only = phrase == "alone" and [token.word for token in tokens[:index]] == [CLIP_MARK]
    if is_only or (phrase == "the same" and not is_said):
        return None
    if phrase in _STAYS and tokens[0].is_mark and not any(map(_is_thing, tokens[1:index])):
        return Wish(spares=True), 0
    refusal = next((at for at in range(index) if tokens[at].word in words.NEGATIONS), None)
    if phrase in _SIMULTANEOUS or (phrase in _TOUCHING and refusal is None):
        return None
    if phrase in _TOUCHING and phrase != "be touched":
        is_pointing = stop < len(tokens) and {each.word for each in tokens[stop:]} <= _POINTING
        return (Wish(spares=True) if is_pointing else _kept(tokens[stop:], text)), refusal or 0
    return _kept([*tokens[:index], *tokens[stop:]], text), 0


def _is_quality(tokens: Sequence[Token]) -> bool:
    """Whether a quality of a clip is named, not the clip: "the light in clip 10"."""
    row = [token.word for token in tokens]
    at = row.index(CLIP_MARK)
    if row[at + 1 : at + 2] == ["'s"] and at + 2 < len(row):
        return row[at + 2] in _QUALITIES or row[at + 2] in QUANTITIES.words
    if at < 2 or row[at - 1] not in {"in", "of", "on"}:  # noqa: PLR2004
        return False
    return row[at - 2] in _QUALITIES or row[at - 2] in QUANTITIES.words


def _kept(tokens: Sequence[Token], text: str) -> Wish:
    """Return the wish to leave alone what these tokens name: clips, or things in them."""
    is_clip = any(token.word == CLIP_MARK for token in tokens) and not _is_quality(tokens)
    if is_clip and not any(map(_is_thing, tokens)):
        return Wish(spares=True)
    row = [token for token in tokens if not token.is_mark]
    while row and row[0].word in _LEADING | words.NEGATIONS:
        row.pop(0)
    cut = words.STAYING.first(row)
    if cut and (cut[0] or cut[2] == len(row)):
        row = row[: cut[0]]
    while row and row[-1].word in _TRAILING:
        row.pop()
    kept = span_text(text, row).strip(" ,.;:!?\"'")
    return Wish(keep=(kept or "everything else",))
