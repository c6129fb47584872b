"""English words that lie one slip away from the vocabulary and mean something else.

A person who writes "boot" wants no boost, and a "witch" is not "with". The list is what
was left when the words of many English texts were run through `spelling`; it is no
dictionary, and words from lyrics and prompts of the video need not be in it.
"""

from clipbot.understanding.found import word_set

FALSE_FRIENDS = word_set(
    """
    abler accelerator activate actively alto analogous angel area arena arise armin audience
    baker band bank baron beaker beard beast bird blank blow blurb board boat boats books boom
    boot booth boots boring brackets brad bran breach bride brook broom business cain camp cane
    canon cape cardinal carton carve cat channels choosing chose claiming clamp clarify click
    cloud coal coat coats comet consider const contacts contract contracts contrary converted
    cooked cooking cooper costa crate creative dad datetime dealt decreasing definitive delegate
    detached differed difference differing dinner disc ditch doesn doll dove dragging dresses
    earl elements encoding event events exclusive executing existing exiting exits expensive
    exploded explored explosion faced facing factor father feast fees fell filed finger fist
    fixation float floor flour followup food forge form fort forth forum friction frost fry
    function gain garbage generative generator given globbing gold grace greatest grin hadn
    haven hazel heard heart hell ideal indicate inert initiate inserted inset integrity intended
    intensive known layer leaves likeness limiting linen linked listened literary living locker
    loose lost lotus magician managing map march marginal marker math meat milk mod model modem
    mountain movies mustn needn nose noticing noting numer packing pain painter palace pants
    paper parity parlance paste patented pays phase pier pint placed placing plane planes
    planning plans planting pointing prince printing props quit quote rat raven refining
    relating released reloaded replaced replacing reported resent reserved returned revolution
    riding sage sake sale sand scar seed seeds seeks seen sees sell severity share shells shire
    shirt shoe shoes shooting shopping shortcut shorts shouldn shout shower shown shrunk
    shutdown shutting sight sign signs situation slave sleeping smoothing snake snakes snapping
    snowball sock son spaced spacer spade speaking spelling spend spending spoon sport spreading
    stability stag staged stair stairs stale star state steel steering stepped steps stick stomp
    stork story strand stray string subset suitable sunshade surprise sweeping switched symmetry
    tables tail taint tank teaching temp tent thin threw thrown ties titled tons tow toyota trace
    tracing trailing training transfer transport tree undef unmasked util versed waist waiter
    warned warner warning wars wasteful weren wheat widen width witch wood world wouldn wrote
    """
)
