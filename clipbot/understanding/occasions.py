"""What asks for nothing that an edit does.

Good wishes and praise; sound, which no clip has of its own; clips that are to last longer.
"""

from collections.abc import Sequence

from clipbot.domain.plan import Kind
from clipbot.understanding import words
from clipbot.understanding.found import word_at, word_set
from clipbot.understanding.numbers import NUMBER_WORDS
from clipbot.understanding.phrases import phrase_set
from clipbot.understanding.pieces import Piece
from clipbot.understanding.telling import is_tale
from clipbot.understanding.tokens import CLIP_MARK, Token
from clipbot.understanding.vocabulary import OPERATIONS

_FEAST = phrase_set(
    """
    happy new year, happy birthday, merry christmas, happy christmas, happy easter, happy holidays,
    happy friday, happy monday, happy weekend, happy halloween, happy valentine's day, happy sunday,
    happy anniversary, congratulations, congrats, bon voyage, season 's greetings, happy hanukkah
    """
)
_GOODBYE = phrase_set(
    """
    we're done, we are done, i'm done, i am done, all done,
    that'll be it, that will be it, that is it for, that 's it for, that'll be all, that will be
    all, that 's all for, that is all for, that 's me done, that 's me, that is me done, i'm off,
    i am off, im off, i'm done for, i am done for, i'm done here, signing off, calling it a day,
    call
    it a day, call it a night, see you, see ya, catch you, nothing else for, no more for, done for
    today, done for tonight, done for now, over and out, nailed it, talk later, speak soon, got to
    go now, gotta run, have to run now, until next time, till next time, that 's a wrap,
    it 's a wrap,
    that does it, enough for today, enough for tonight, enough for now, off to bed, off home
    """
)
"""What ends a talk."""
_LONGEST = 14
_GREETED = words.CHATTER | {",", "!", ".", "and", "year", "old", "new", "eve"}
_LASTING = word_set("longer shorter lengthen shorten extend extended trim prolong stretch")
_HOURS = frozenset({Kind.TIME_OF_DAY, Kind.MOOD})
_TRADING = word_set("swap swaps trade exchange switch")
_MUTING = word_set("mute mutes unmute silence")
_COLOURS = word_set("color colors colour colours palette tones tone saturation hues")
_POINTING = word_set("the all every both")
_SOUNDS = word_set("sound sounds audio volume soundtrack")
_SOUNDING = word_set("up down off lower raise remove without no mute turn increase reduce cut")
_LOUDNESS = word_set("louder quieter")
_CONTENT = (
    words.CHATTER
    | words.PRAISE
    | word_set(
        "exactly like how what wanted want i'm we happy with it that's spot on absolutely totally"
        " now keep like way stay as leave"
    )
)
_CONSENT = word_set("yes yeah yep wow whoa omg exactly precisely perfect absolutely thanks yay")
_GLAD = words.PRAISE | _CONSENT | word_set("happy spot like")
_LEAVING = phrase_set(
    "don't change a thing, dont change a thing, do not change a thing, don't change anything, dont"
    " change anything, do not change anything, don't touch a thing, don't touch anything, leave it"
    " like that, leave it like this, leave it that way, keep it like that, keep it like this, keep"
    " it that way, wouldn't change a thing, wouldn't change anything, nothing to change"
)
"""What says that all is to stay as it is."""
_TIMES = word_set("second seconds sec secs frames frame minute minutes beat beats bars")


def is_greeting(tokens: Sequence[Token]) -> bool:
    """Whether there are good wishes and nothing else: "happy new year!"."""
    found = _FEAST.first(tokens)
    return found is not None and _GREETED.issuperset(
        token.word for token in (*tokens[: found[0]], *tokens[found[2] :])
    )


def is_goodbye(tokens: Sequence[Token]) -> bool:
    """Whether somebody ends the talk and names no clip: "that'll be it for tonight"."""
    if _GOODBYE.first(tokens) is None or len(tokens) > _LONGEST:
        return False
    is_clip = any(
        token.number is not None
        or token.is_clock
        or token.word in words.CLIP_NOUNS | words.SECTIONS.keys() | {"?"}
        for token in tokens
    )
    found = (OPERATIONS.at(tokens, at) for at in range(len(tokens)))
    return not is_clip and all(each is None or each[0].kind in _HOURS for each in found)


def is_of_length(tokens: Sequence[Token]) -> bool:
    """Whether a clip is to last longer or shorter, which no edit does: "two seconds longer"."""
    row = {token.word for token in tokens}
    is_plain = not row.isdisjoint({"longer", "shorter"}) and not any(
        words.is_foreign(token) and token.word not in _LASTING for token in tokens
    )
    is_plain &= row.isdisjoint(words.NEGATIONS) and OPERATIONS.first(tokens) is None
    return is_plain or not (row.isdisjoint(_LASTING) or row.isdisjoint(_TIMES))


def is_of_sound(tokens: Sequence[Token]) -> bool:
    """Whether a clip is to sound otherwise, which none can: "mute clip 3", "no sound in 2"."""
    row = [token.word for token in tokens]
    if _COLOURS.isdisjoint(row) and any(
        word in _MUTING and at + 1 < len(row) and _may_sound(tokens[at + 1])
        for at, word in enumerate(row)
    ):
        return True
    is_named = not _SOUNDS.isdisjoint(row) and not _SOUNDING.isdisjoint(row)
    return (is_named or not _LOUDNESS.isdisjoint(row)) and OPERATIONS.first(tokens) is None


def is_of_order(pieces: Sequence[Piece]) -> bool:
    """Whether clips are to trade places, or what they have: "11 and 12 swap their moods"."""
    return any(
        piece.tokens[0].word == CLIP_MARK
        and len(piece.mentions[0].clips) > 1
        and word_at(piece.tokens, 1) in _TRADING
        for piece in pieces
    )


def _may_sound(token: Token) -> bool:
    """Whether a word behind "mute" begins the name of what has a sound."""
    is_clip = token.word in words.CLIP_NOUNS | words.SECTIONS.keys() | _SOUNDS | _POINTING
    return is_clip or token.number is not None or token.word in NUMBER_WORDS


def is_content(rows: Sequence[Sequence[Token]]) -> bool:
    """Whether somebody only says that all is well: "clip 2 looks great", "don't change a thing"."""
    return bool(rows) and all(_pleases(row) for row in rows)


def _pleases(row: Sequence[Token]) -> bool:
    said = [token.word for token in row if token.word not in words.POLITE]
    if _LEAVING.first(row) or (_CONTENT.issuperset(said) and not _GLAD.isdisjoint(said)):
        return True
    return is_tale(said) and not words.PRAISE.isdisjoint(said)
