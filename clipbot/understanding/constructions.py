"""Wishes about things that are told by the build of a sentence, not by one verb.

"Girl becomes robot", "gym to beach", "kick the dancers out", "cover the roofs with snow
globes", "I'd like balloons", "into 3 goes a hot dog stand", "a forest behind her".
"""

from collections.abc import Callable, Sequence

from clipbot.domain.plan import Kind, Operation
from clipbot.understanding import words
from clipbot.understanding.found import skipped, word_at, word_set
from clipbot.understanding.phrases import phrase_set
from clipbot.understanding.tokens import CLIP_MARK, Token
from clipbot.understanding.vocabulary import OPERATIONS, QUANTITIES, inflected

_BECOMING = phrase_set(
    "become, becomes, becoming, turns into, turn into, turning into, transforms into, transform into,"
    "morphs into, morph into, changes into, change into, is replaced by, gets replaced by, should be"
    " replaced by, should be replaced with, is swapped for, should turn into, should become, is now a,"
    "is now an, are now"
)
_PLACING = frozenset(
    form
    for verb in (
        "seat sit stand lay lean perch position install string drape stack spread strew suspend mount"
        " tuck float paste pile project tie pin glue nail hang tape wrap fly sew serve spray pour drip"
    ).split()
    for form in (verb, inflected(verb)[2])
)
_COVERING = word_set(
    "cover fill dot line litter decorate deck surround crown top flood pack crowd frame strew sprinkle"
    " carpet adorn garnish stuff load scatter populate ring wreathe smother plaster shower pave"
)
_OUSTING = word_set(
    "kick throw boot chuck toss cut crop paint clear take get edit mask clone wipe scrub rub brush"
    " leave move pull photoshop bin airbrush lift sweep send usher hide"
)
_OUT = word_set("out off away")
_WISHED = phrase_set(
    "i'd like, i would like, i want, i'd love, i would love, we want, we'd like, we need, i need, let's"
    " have, can we have, can we get, could we have, could we get, can i get, can i have, could i have,"
    "give us, how about, may i have, i wish for, i'd like to see, i want to see, we'd love,"
    "can you get, let us have, i could use, we could use, could there be, can there be, there could be,"
    "let's get, i imagine, i picture, i fancy, i'm thinking of, i'm thinking"
)
_NICE = word_set("nice great cool good lovely fun awesome sweet perfect amazing fantastic")
_WHO = word_set("he she they everybody everyone")
_ABSENT = word_set("nobody noone none")
_SEEN = word_set("seen visible there shot frame around left")
_CARRYING = frozenset(
    form
    for verb in "take bring transport move set send relocate teleport shift place put stage film".split()
    for form in inflected(verb)
) | word_set("put set")
_LANDING = word_set("to in into on onto at inside under")
_BEHIND = phrase_set("behind her, behind him, behind them, behind it, in the background, around them,"
    "around her, around him, in the back, as a backdrop, as the backdrop, as background, as the background")
_VAGUE = word_set(
    "suggestions ideas options alternatives changes edits results answers help advice details examples"
    " thanks others clips shots scenes versions things stuff something anything everything ones times"
    " less news proof problem question idea issue mistake friend quick film movie note word"
    " request favour favor painting drawing this us as is his was yes class"
)
_LETTERED = word_set("saying says reading reads spelling that")-{"that"}
_WHERE = word_set("on under beside above behind over")
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
    for read in _READERS:
        if op := read(tokens, row):
            return op
    return _swapped(tokens, row) if is_headed or CLIP_MARK in row else None


def _becoming(tokens: Sequence[Token], _: Sequence[str]) -> Operation | None:
    """Read "girl becomes robot", "the gym turns into a beach"."""
    found = _BECOMING.first(tokens)
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
    at = skipped(tokens, 0, words.POLITE | {CLIP_MARK, "and", "in", "on", "for", "can", "you", "could"})
    if word_at(tokens, at) in _COVERING and "with" in row[at:]:
        behind = tokens[row.index("with", at) + 1 :]
        return Operation(Kind.ADD) if _has_name(behind) else None
    if word_at(tokens, at) not in _PLACING or not _has_name(tokens[at + 1 : at + 5]):
        return None
    is_put = any(word in _LANDING | {"over", "across", "next", "beside", "from", "above", "along"}
        for word in row[at + 2 :])
    is_known = word_at(tokens, at + 1) in words.POSSESSIVES | {"him", "them", "the"}
    if is_known and not _puts_new(row[at + 1 :]):
        return Operation(Kind.SUBJECT) if is_put else None
    return Operation(Kind.ADD) if is_put else None


def _puts_new(row: Sequence[str]) -> bool:
    """Whether what is placed is new to the picture: "hang the lanterns" is taken to be so."""
    return row[0] == "the"


def _ousting(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "kick the dancers out", "edit the microphone out of clip 3"."""
    verb = next((at for at, word in enumerate(row) if word in _OUSTING), None)
    if verb is None or not words.NEGATIONS.isdisjoint(row[:verb]):
        return None
    out = next((at for at in range(verb + 2, len(row)) if row[at] in _OUT), None)
    if out is None or not _has_thing(tokens[verb + 1 : out]):
        return None
    is_known = any(OPERATIONS.at(tokens, at) or QUANTITIES.at(tokens, at) for at in range(verb + 1, out))
    return None if is_known or "on" in row[verb + 1 : out] else Operation(Kind.REMOVE)


def _wishing(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "I'd like balloons", "how about a dog?", "a hot dog stand would be nice"."""
    found = _WISHED.first(tokens)
    if found is None:
        return _praising(tokens, row)
    at = skipped(tokens, found[2], {"some", "a", "an", "more", "few", "couple", "of", "two", "three", "also", "maybe", "to", "see", "have"})
    articles = {"a", "an", "some"} & set(row[found[2] : at])
    behind = row[at : at + 2]
    is_new = bool(articles) or any(_is_plural(word) for word in behind)
    if at >= len(row) or not is_new or not words.is_foreign(tokens[at]) or not _VAGUE.isdisjoint(behind):
        return None
    end = next((i for i in range(at, len(row)) if not words.is_foreign(tokens[i])), len(row))
    is_known = any(OPERATIONS.at(tokens, i) or QUANTITIES.at(tokens, i) for i in range(at, end))
    if is_known or "instead" in row[end:] or "different" in row:
        return None
    is_set = row[end - 1] in words.PLACES and _BEHIND.first(tokens) is not None
    if "instead of" in " ".join(row[: found[0]]):
        replaced = [token for token in tokens[: found[0]] if not token.is_mark]
        return Operation(_kind(replaced))
    return Operation(Kind.BACKGROUND if is_set else Kind.ADD)


def _praising(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    if row[:1] not in (["a"], ["an"], ["some"]) or "would" not in row:
        return None
    at = row.index("would")
    is_nice = bool(_NICE.intersection(row[at:])) or row[at + 1 : at + 2] in (["suit"], ["fit"], ["help"])
    return Operation(Kind.ADD) if is_nice and _is_name(tokens[:at]) else None


def _inverted(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "into 3 goes a hot dog stand", "out of 4 go the people"."""
    verb = next((at for at, word in enumerate(row) if word in {"go", "goes", "comes", "come"}), None)
    if verb is None or CLIP_MARK not in row[:verb] or not _has_name(tokens[verb + 1 :]):
        return None
    if row[0] == "out" or row[0] == "from":
        return Operation(Kind.REMOVE)
    return Operation(Kind.ADD) if row[0] in {"in", "into", "to"} else None


def _lettered(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "a sign saying SLOW DOWN": what it says is no wish."""
    at = next((at for at, word in enumerate(row) if word in _LETTERED), None)
    return Operation(Kind.ADD) if at and row[0] in {"a", "an"} and _has_name(tokens[:at]) else None


def _located(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "a birthday cake on the table": a new thing and where it is."""
    at = next((at for at, word in enumerate(row) if word in _WHERE), 0)
    is_new = row[:1] in (["a"], ["an"]) and at > 1 and _is_name(tokens[:at])
    if not is_new or word_at(tokens, at + 1) not in words.DETERMINERS or not _VAGUE.isdisjoint(row[:at]):
        return None
    is_set = row[at - 1] in words.PLACES or not words.PLACES.isdisjoint(row[at:])
    return None if is_set or len(row) > at + _LONGEST else Operation(Kind.ADD)


def _pictured(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "red hair for the singer"."""
    if row[:1] == [] or row[0] not in words.PAINTS or not {"for", "on"}.intersection(row[2:4]):
        return None
    return Operation(Kind.SUBJECT) if _is_name(tokens[1:2]) and _has_name(tokens[3:]) else None


def _acting(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "he should smile", "they must not look at the camera"."""
    at = next((at for at, word in enumerate(row) if word in _WHO), None)
    told = {"should", "must", "could", "ought"}
    if at is None or at > _LONGEST or word_at(tokens, at + 1) not in told:
        return None
    rest = tokens[at + 2 :]
    is_known = any(OPERATIONS.at(rest, i) for i in range(len(rest)))
    if not _has_name(rest) or is_known:
        return None
    is_set = not words.PLACES.isdisjoint(row) and not _LANDING.isdisjoint(row[at:])
    return Operation(Kind.BACKGROUND if is_set else Kind.SUBJECT)


def _absent(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "nobody should be seen", "no one else in the picture"."""
    is_none = not _ABSENT.isdisjoint(row) or any(
        row[at : at + 2] == ["no", "one"] for at in range(len(row))
    )
    is_told = "should" in row or "must" in row
    return Operation(Kind.REMOVE) if is_none and is_told and not _SEEN.isdisjoint(row) else None


def _carried(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "take her to the moon", "set it in a desert", "a forest behind her"."""
    verb = next((at for at, word in enumerate(row) if word in _CARRYING), None)
    behind = _BEHIND.first(tokens)
    if verb is None:
        lead = tokens[: behind[0]] if behind else ()
        at = skipped(lead, 0, words.DETERMINERS | {CLIP_MARK, "with", "in", "on", "for", "have", "maybe"})
        is_name = at < len(lead) and _is_name(lead[at:]) and lead[-1].word in words.PLACES
        return Operation(Kind.BACKGROUND) if is_name else None
    landing = next((at for at in range(verb + 1, len(row)) if row[at] in _LANDING), None)
    if landing is None or landing - verb > _LONGEST or not words.NEGATIONS.isdisjoint(row[:landing]):
        return None
    moved = row[verb + 1 : landing]
    at = skipped(tokens, landing + 1, words.DETERMINERS)
    name = [token.word for token in tokens[at : at + 2]]
    is_place = bool(name) and (name[0] in words.PLACES or (name[-1] in words.PLACES and words.is_foreign(tokens[at])))
    is_whole = set(moved) <= {"it", "this", "them", "her", "him", "us", "everyone", "everything", CLIP_MARK, "all", "the", "action", "scene", "be"}
    return Operation(Kind.BACKGROUND) if is_place and is_whole else None


_READERS: tuple[_Reader, ...] = (
    _becoming,
    _inverted,
    _carried,
    _placing,
    _ousting,
    _absent,
    _wishing,
    _pictured,
    _lettered,
    _located,
    _acting,
)


def _is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "is")) or word in {"people", "children", "men", "women", "sheep", "mice"}


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
    last = next((token.word for token in reversed(tokens) if not token.is_mark), "")
    return Kind.BACKGROUND if last in words.PLACES | words.BACKDROPS else Kind.SUBJECT
