"""Words of the builds of sentences that `constructions` reads."""

from clipbot.understanding.found import word_set
from clipbot.understanding.phrases import phrase_set
from clipbot.understanding.tokens import CLIP_MARK
from clipbot.understanding.vocabulary import inflected

BECOMING = phrase_set(
    """
    become, becomes, becoming, turns into, turn into, turning into, transforms into,
    transform into,morphs into, morph into, changes into, change into, is replaced by, gets
    replaced by, should be replaced by, should be replaced with, is swapped for, should turn
    into, should become, is now a,is now an, are now
    """
)
PLACING = frozenset(
    form
    for verb in word_set(
        """
    seat sit stand lay lean perch position install string drape stack spread strew suspend
    mount tuck float paste pile project tie pin glue nail hang tape wrap fly sew serve spray
    pour drip
        """
    )
    for form in (verb, inflected(verb)[2])
)
COVERING = word_set(
    """
    cover fill dot line litter decorate deck surround crown top flood pack crowd frame strew
    sprinkle carpet adorn garnish stuff load scatter populate ring wreathe smother plaster
    shower pave
    """
)
OUSTING = word_set(
    """
    kick throw boot chuck toss cut crop paint clear take get edit mask clone wipe scrub rub
    brush leave move pull photoshop bin airbrush lift sweep send usher hide
    """
)
OUT = word_set(
    """
    out off away
    """
)
WISHED = phrase_set(
    """
    i'd like, i would like, i want, i'd love, i would love, we want, we'd like, we need, i
    need, let's have, can we have, can we get, could we have, could we get, can i get, can i
    have, could i have,give us, how about, may i have, i wish for, i'd like to see, i want
    to see, we'd love,can you get, let us have, i could use, we could use, could there be,
    can there be, there could be,let's get, i imagine, i picture, i fancy, i'm thinking of,
    i'm thinking
    """
)
NICE = word_set(
    """
    nice great suit fit help cool good lovely fun awesome sweet perfect amazing fantastic
    """
)
EVERYBODY = word_set("everybody everyone her him them people")
WHO = word_set(
    """
    he she they everybody everyone
    """
)
ABSENT = word_set(
    """
    nobody noone none
    """
)
SEEN = word_set(
    """
    seen visible there shot frame around left
    """
)
CARRYING = frozenset(
    form
    for verb in word_set(
        "take bring transport move set send relocate teleport shift place put stage film"
    )
    for form in inflected(verb)
)
LANDING = word_set(
    """
    to in into on onto at inside under
    """
)
BEHIND = phrase_set(
    """
    behind her, behind him, behind them, behind it, in the background, around them,around
    her, around him, in the back, as a backdrop, as the backdrop, as background, as the
    background
    """
)
VAGUE = word_set(
    """
    suggestions ideas options alternatives changes edits results answers help advice details
    examples thanks others clips shots scenes versions things stuff something anything
    everything ones times less news proof problem question idea issue mistake friend quick
    film movie note word request favour favor painting drawing this us as is his was yes
    class
    """
)
LETTERED = word_set("saying says reading reads spelling")
WHERE = word_set(
    """
    on under beside above behind over
    """
)
OTHER = word_set("different new another other fresh random")
ARTICLES = word_set("a an some")
COUNTING = ARTICLES | word_set("more few couple of two three also maybe to see have")
LEADING = word_set("please pls plz and in on for can you could with have maybe") | {CLIP_MARK}
"""What may stand in front of a verb or a name."""
WHERE_TO = LANDING | word_set("over across next beside from above along")
GETTING = word_set("gets wears receives carries holds gains sports dons")
EVERY = word_set("every each all both")
GOING = word_set("go goes comes come")
WHOLE = word_set("it this them her him us everyone everything all the action scene be") | {
    CLIP_MARK
}
"""What is moved to another place where all of a clip is."""
PLURALS = word_set("people children men women sheep mice")
