"""English words that lie one slip away from the vocabulary and mean something else.

A person who writes "boot" wants no boost, and a "witch" is not "with". The list is what
was left when the words of many English texts were run through `spelling`; it is no
dictionary, and words from lyrics and prompts of the video need not be in it.
"""

from clipbot.understanding.found import word_set

FALSE_FRIENDS = word_set(
    """
    spacesuit spacesuits wetsuit freezing freeze afresh generating live lives
    abler accelerator activate actively aggressively alto analogous angel archived archives
    area arena arise armin audience baker band bands bank baron beaker beams beard bearing
    beast binds bird blank blind blow blurb board boards boat boats books boom boot booth boots
    borders boring brackets brad bran breach bride broke brooding brook broom browsing bubbling
    builds business busting bustling butter butterfly cain camp cane canon cape captions
    cardinal carton carve cat chaining changing channels cheek choosing chose claiming clamp
    clarify cleaning click cloud coal coat coats coloring comet conforming consider const
    contacts contract contracts contrary control controls converted cooked cooking cooper costa
    covering crashing crate creating creative critical dad dangling datetime dealt decoration
    decreasing definitive delegate delegated dependent deriving detached detected differed
    difference differing dinner directed disc ditch doesn doll dove doves dragging dresses
    drivers ear earl elation elements encoding entirety equation event events exclusive
    executing exercising existing exiting exits expensive exploded explored explosion
    expressions faced facing factor father feast feather feathers fees fell fight filed finger
    fist fixation float floor flour followup food forge form fort forth forum friction fright
    frost fry function gain gained garbage gathered generative generator given globbing gold
    grace grains greatest grin grouping hadn haven hazel heard heart heartbeat hearts hell
    horizontally ideal illustrate illustrates importing improving indicate inert initiate
    inserted inset instance integrity intended intensive internal interval jumps knight known
    launch layer learn leaves likeness limiting linen linger lingers linked listened literary
    living locating locker loose lost lotus machine machines magician managing map maps march
    marginal marker math measure meat mediation mentioned milk miss misses mod model modem
    mountain movies mustn needn nested nose noticing noting numer optimise optimize outlined
    overloaded packing pain painter palace pants paper parity parlance paste patented pays
    peach peak phase pieces pier pinning pint placed placing plane planes planning plans
    planting played plotting pointing posted pressing prince printing promises props protects
    published qualify quality quantity quarterly quirk quit quote ram rat raven reaching realm
    recreating reduces refining reflecting reflection register registered relating released
    reliance reloaded removing repeating replaced replacing reply reported resent reserved
    resolved resolving respective results retired retries retrieved returned revealed reversed
    revolution riding ring roots rounds sage sake sale sand scanning scar searching secondly
    securely seed seeds seeks seen sees sell severely severity share sheet shells shifting
    shire shirt shoe shoes shooting shopping shortcut shorts shouldn shout shower shown shrunk
    shut shutdown shutting sight sign signals signs sine sites situation slave sleeping sleeps
    slice slicer slides smile smiles smoothing snake snakes snapping snowball sock solar son
    spaced spacer spade spanning speaking spelling spend spending splitting spoon sport
    spreading stability stag staged stair stairs stale star starter starve state status steel
    steering stepped steps stick sticking stomp stork story strand stray streaming strikes
    string stuck stuff subset subsets suitable suite suits sunshade surprise swallows sweeping
    switched symmetry tables tail taint tank teaching tear tears temp tent thin thinking threw
    thrown tied ties tired titled tons torn tow toyota trace tracing trailing training transfer
    transport travels traverse tree tried tripping trips tune tuned twin unclear undef
    underline unmasked util versed waist waiter walked wall warned warner warning wars wasteful
    weight weighted weighting weren wheat wheels widen width witch wood world wouldn wrapper
    wrote
    """
)
