"""Closed classes of words: what carries no wish, what changes one, what names a place.

A word in none of these classes and not in the vocabulary is *foreign*: it names
something in the picture (her coat, a dragon), or is not for us at all.
"""

from clipbot.understanding.found import word_set
from clipbot.understanding.numbers import NUMBER_WORDS
from clipbot.understanding.phrases import phrase_set
from clipbot.understanding.tokens import Token
from clipbot.understanding.vocabulary import DOWN, UP

CLIP_NOUNS = word_set("clip clips shot shots scene scenes")
CLIP_PLURALS = word_set("clips shots scenes")
PLACE_NOUNS = CLIP_NOUNS | word_set("part parts bit bits line moment section spot segment")
FILM_NOUNS = word_set("video film movie song thing project track clip clips shots scenes")
SECTIONS = {
    "intro": "intro",
    "introduction": "intro",
    "opening": "intro",
    "verse": "verse",
    "chorus": "chorus",
    "refrain": "chorus",
    "hook": "chorus",
    "bridge": "bridge",
    "outro": "outro",
    "ending": "outro",
    "solo": "solo",
    "breakdown": "breakdown",
    "drop": "drop",
    "interlude": "interlude",
    "instrumental": "instrumental",
    "verses": "verse",
    "choruses": "chorus",
    "refrains": "chorus",
    "bridges": "bridge",
    "hooks": "chorus",
}
DETERMINERS = word_set("a an the this that these those some any my our his her their its your")
POSSESSIVES = word_set("her his their")
NEGATIONS = word_set(
    "not don't dont never no without isn't doesn't shouldn't mustn't can't won't wasn't"
    " aren't avoid nor neither cant dont doesnt isnt shouldnt wont cannot nobody none nothing"
)
EXCLUSIONS = phrase_set(
    """
    except, except for, excepting, excluding, apart from, aside from, other than, but not, not
    including, but, save for, without, all but, minus, skip, skipping, bar, barring, but spare,
    sparing, leaving
    out,leave out, omit, omitting, not counting, with the exception of, with exception of,
    outside of,besides, except in, ignoring, not for, not in, except on, leaving
    """
)
REFERRING = phrase_set(
    "unlike, compared with, compared to, in comparison with, in comparison to, in contrast to,"
    " in contrast with, contrary to, relative to, as opposed to, measured against, next to,"
    " sits with, sit with, sits well with, sit well with, fits with, fit with, goes with,"
    " go with, works with, work with, in line with, on a par with, even with, level with,"
    " beside, alongside, side by side with, set against, held against"
)
"""Words behind which clips are named that nothing is asked of."""
SLIGHT = phrase_set(
    "a bit, abit, bit, a little, little, a touch, a tad, tad, slightly, somewhat, a hair, a notch, "
    "a smidge, subtly, a shade, mildly, a fraction, ever so slightly, a little bit, subtle, "
    "just a hair, a tiny bit, marginally, gently, not that strong, kind of, a smidgen"
)
STRONG = phrase_set(
    """
    too much, much, alot, way, very, completely, a lot, lots, far, really, totally, extremely,
    super, heavily, drastically, entirely, significantly, considerably, fully, hugely,
    massively, radically, absolutely, ultra, dramatically, deeply, a great deal, as much as
    possible
    """
)
KEEPING = word_set(
    """
    keep keeping keeps leave leaving preserve preserving retain retaining maintain maintaining
    spare protect protecting
    """
)
STAYING = phrase_set(
    "at the same time, the same time, stay, stays, remain, remains, unchanged, untouched, as "
    "it is, as is, as they are, where it is, where they are, as it stands, as they stand, "
    "where she is,"
    "where he is, off limits, out of bounds, no edits, no edit, no touching, signed off, not "
    "be edited,"
    "not be changed, do not disturb, the same, the way it is, the way they are, still be, intact, "
    "alone, be touched, touching, touch, change, changing, no changes, hands off, must not "
    "change, affecting, stay put, as before, same as before, as they were, as it was, messing with,"
    " mess with, mess it up, mess that up, meddle with, meddling with, fiddle with, tamper with,"
    " tampering with, lay a finger on, survive, survives, persist, carry over, be preserved,"
    " be kept, be retained, be spared, come through, keep its place, moving, disturbing,"
    " shifting, disturb, affect,"
    " do anything to, doing anything to, do anything with,"
    "altering, alter, modify, modifying, still visible, still recognisable, still recognizable"
)
FINISHED = phrase_set(
    """
    locked, locked in, done, finished, final, approved, signed off, off limits, sacred, taboo,
    sorted, settled, untouchable, good to go, in the can, good as it is, good as they are, fine as
    it is, fine as they are, how i want it, how i want them, can stay, may stay, should stay, as
    they stand, as it stands, not to be touched, finalised, finalized, fixed already, ready to go,
    not up for debate, already done, spot on, bang on, just right, where i want it, closed, out of
    bounds, happy with
    """
)
"""What is said of clips that are to stay as they are."""
NO_EDITS = phrase_set(
    """
    no edits, no edit, no changes, no change, no more edits, no more changes, no further edits, no
    further changes, no tweaks, no touching, no modifications, no edits there, no edits here, no
    changes there, no changes here, nothing to change, no need to change, no need to touch, no
    editing, no retouching, no alterations
    """
)
"""What says that clips are to be left alone."""
CHATTER = word_set(
    "please pls plz"
    " hi hello hey hiya howdy greetings thanks thank thx cheers ta ok okay cool great nice"
    " good perfect amazing awesome lovely wonderful brilliant excellent fantastic love"
    " beautiful bye goodbye morning evening afternoon you so much a lot very that's that 's it"
    " this is all looks look well done job work for the really wow yes yeah yep sure fine no"
    " problem help your the i there everyone clipbot best super there welcome to enjoy done"
    " mate buddy pal dude man bro bud folks team guys sweet neat brill ace wicked legend star"
    " hola bonjour hallo ciao salut gracias merci danke"
    " gorgeous stunning you're haha hehe lol yay whoa omg hooray hurray genius superb spotless"
)
PARTING = word_set("see tomorrow later soon weekend day night have next time till then again")
"""Words of a goodbye, beside which something of `CHATTER` stands."""
POLITE = word_set("please pls plz")
PRAISE = word_set(
    """
    gorgeous stunning awesome amazing excellent fantastic brilliant wonderful fine good great
    perfect ok okay nice lovely beautiful right done best love
    """
)
_FUNCTION = word_set(
    """
    af asf fam bruv dawg pal innit homie champ chief boss luv hun babe peeps yall
    exchange substitute trade write draw tint dye trim cut shave enlarge shrink hide cover
    reshape swap lil yo gimme ngl tbh imo kinda sorta lemme cuz lookin dude guys mate bro lol
    btw replace remove delete add insert undo redo undone i i'd i'm i'll i've me my we we'd
    we'll us our you you'd your he him his she her they them their it its 's n't one ones this
    that these those there here a an the and or but so if then than as at by for from in into of
    off on onto out over to too up down with within without about is are am was were be been
    being do does did done has have had having can could may might must shall should will would
    need needs want wants wanted like let lets get gets give gives go goes make makes making
    made turn turns put set bring take do have please pls plz kindly thanks thank thx ta hey hi
    hello ok okay hm hmm well now just only also too both all every each everything still even
    maybe perhaps actually really very much more most less least way lot lots bit little touch
    tad slightly somewhat quite rather again another other same not no don't dont never isn't
    shouldn't doesn't anything nothing something whole entire everywhere throughout while
    whereas when where which what who how why instead after before until till through during
    between whole how think feel feels feeling looks looking look seem seems appear appears
    become becomes becoming stay stays keep leave change changes changed transform convert apply
    use try render take place completely totally bit please except excepting excluding apart
    aside since because anyway honestly first last next previous enough until been it'd they'd
    that'd bit lets gonna wanna gotta sort kind alone untouched unchanged visible recognisable
    recognizable put further could try wish wants able possible back nicer better great good
    nope nah yup nay direction neutral though tho either kinda sorta basically supposed
    nice cool awesome perfect thing things today tonight right across gets took taken under
    around near onto upon per plus minus time times part parts happen
    """
)
SCENE_WORDS = word_set(
    "look looks feel feeling scene mood vibe vibes light lighting lights tone tones colour"
    " colours color colors style atmosphere version picture image images shot shots footage"
    " effect effects weather time day night sky-light palette treatment grade grading filter"
    " setting lens camera frame ambience ambiance aesthetic ambient video film clip clips"
    " theme touch sense version exposure contrast saturation brightness hue hues shades shade"
    " pictures visuals everything grain stock season"
)
PLACES = word_set(
    """
    beach desert room bar bookshop bookstore gym forest woods jungle mountain mountains rooftop roof
    church cathedral temple castle palace library school classroom kitchen bedroom bathroom garden
    park meadow field fields lake river seaside coast shore island ocean sea harbour harbor pier
    dock station airport subway metro tunnel alley alleyway road highway motorway garage warehouse
    factory office shop store supermarket mall market cafe restaurant diner pub nightclub disco
    ballroom stage theatre theater cinema museum gallery hospital prison cell cellar basement attic
    barn farm village suburb suburbs skyline square plaza courtyard balcony terrace hotel motel
    lobby corridor hallway staircase elevator pool swamp cave canyon valley hill hills cliff glacier
    arena stadium playground fairground circus carnival cemetery graveyard battlefield spaceship
    moon mars planet space underwater apartment house cabin cottage mansion tent camp campsite
    laundromat launderette arcade casino studio workshop greenhouse vineyard orchard lighthouse
    wharf quay boatyard parking carpark jetty waterfall volcano savannah savanna tundra steppe
    bakery bank mine saloon igloo treehouse boardwalk rainforest prairie lagoon arctic
    antarctica junkyard monastery ruins oasis dunes paris tokyo london berlin venice
    """
)
"""Nouns that a scene can be set in."""
BACKDROPS = word_set(
    "background backdrop location setting place scenery surroundings landscape environment"
    " sky place city town street"
)
WEARING = word_set("wear wears wearing dressed dress")

PAINTS = word_set(
    "red blue green yellow purple pink orange black white silver golden gold brown grey gray violet"
    " turquoise crimson scarlet blonde blond bald ginger taller shorter longer younger older bigger"
    " smaller slimmer thinner fatter curly straight wet"
)
"""Words that say how a thing is to look."""


_MODIFIERS = (UP.words | DOWN.words | EXCLUSIONS.words) - {"bar", "of", "notch"} - PLACES


def is_foreign(token: Token) -> bool:
    """Whether a word belongs to no class: it names something, or is not for us."""
    return not (
        token.is_mark
        or token.is_clock
        or token.number is not None
        or token.word in _FUNCTION
        or token.word in DETERMINERS
        or token.word in SCENE_WORDS
        or token.word in CLIP_NOUNS
        or token.word in NUMBER_WORDS
        or token.word in _MODIFIERS
        or token.word.endswith("ly")
        or token.word[0].isdigit()
    )
