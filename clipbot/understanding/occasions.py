"""What asks for nothing that an edit does: good wishes, and clips that are to last longer."""

from collections.abc import Sequence

from clipbot.domain.plan import Kind
from clipbot.understanding import words
from clipbot.understanding.found import word_set
from clipbot.understanding.phrases import phrase_set
from clipbot.understanding.tokens import Token
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
    is_plain &= not row.isdisjoint({"make", "should"}) and OPERATIONS.first(tokens) is None
    return is_plain or not (row.isdisjoint(_LASTING) or row.isdisjoint(_TIMES))
