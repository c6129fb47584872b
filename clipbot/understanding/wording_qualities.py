"""What is said of a quality: "a gentler pace", "the colours are tired", "the fog should lift".

Such words mean something else elsewhere: a gentle scene is calm, a gentle pace is slow.
Here each stands beside the nouns of which it says something, with what it asks for.
"""

from clipbot.domain.plan import Kind

_PACE = "pace tempo speed rhythm pacing playback"
_COLOURS = "colour colours color colors palette hues"
_SHADOWS = "shadows blacks contrast"
_HIGHLIGHTS = "highlights highlight whites"
_FOCUS = "focus"
_LIGHT = "light lighting"
_MOOD = "mood atmosphere"
_AIR = {
    "rain": "rain rainfall drizzle downpour raindrops showers",
    "snow": "snow snowfall snowflakes flakes",
    "fog": "fog mist haze smog",
    "storm": "storm thunderstorm tempest",
    "wind": "wind breeze gale",
    "cloudy": "clouds",
}
_FORCE = """
    lighter, heavy, heavier, softer, gentle, gentler, harder, thick, thicker, dense, denser, fine,
    finer, strong, stronger, wilder, thin, thinner, proper, serious, torrential
    """
_COMING = """
    falling, falls, fall, rolling, rolls, roll, coming, creeping, drifting, gathering, gather,
    pouring, blow, blows, blowing, howl, howling, wouldn't hurt, hanging, swirling, closing in,
    would be nice, would be lovely, would be good, would be great, would suit it, would help,
    wouldn't go amiss, would fit
    """
_ENDING = """
    stop, stops, stopped, end, ends, lift, lifts, lifted, clear, clears, clear up, clears up,
    cleared, melt, melts, melted, melt away, thaw, burn off, die down, let up, ease off, dissolve,
    dissolves, evaporate, away, gone, disappear, disappears, vanish, vanishes, part, parts, dry up,
    move on, moves on, banish, chase away
    """

QUALITIES: tuple[tuple[str, str, Kind, str], ...] = (
    ("move moves moving", "less, too much, not so much, not as much", Kind.MOTION, "down"),
    ("move moves moving", "more, too little", Kind.MOTION, "up"),
    (
        f"{_COLOURS} tones shades tints",
        "hotter, hot, fiery, sunnier, toastier, cosier, cozier, redder, more orange, more golden",
        Kind.WARMTH,
        "up",
    ),
    (
        f"{_COLOURS} tones shades tints",
        "cold, colder, cool, cooler, icy, icier, frosty, frostier, chilly, chillier, bluer, wintry",
        Kind.WARMTH,
        "down",
    ),
    (
        _PACE,
        """
        brisk, brisker, lively, livelier, urgent, energetic, upbeat, quick, quicker, snappy,
        snappier, hectic, frantic, rapid, punchy, punchier, rushed, breathless, breakneck
        """,
        Kind.SPEED,
        "up",
    ),
    (
        _PACE,
        """
        gentle, gentler, calm, calmer, relaxed, lazy, lazier, easy, easier, unhurried, leisurely,
        sedate, measured, chilled, mellow, half, sluggish, glacial, dreamy, dreamier, sleepy,
        sleepier, lower, drag, drags, snail, soft, softer, peaceful
        """,
        Kind.SPEED,
        "down",
    ),
    (
        _COLOURS,
        """
        sing, sings, pop, scream, screams, screaming, shout, shouting, shine, explode, strong,
        stronger, bold, bolder, intense, deep, deeper, rich, richer, juicy, juicier, lively,
        livelier, loud, louder, bright, brighter, fresh, fresher, alive, come alive, jump out,
        stand out, come out more, crazy, garish, overpowering, overdone, aggressive, over the top,
        a bit much, heavy, heavier, wild, wilder, full, fuller, glow, blaze, zing,
        back in, return, returns, come back, comes back, bring back
        """,
        Kind.SATURATION,
        "up",
    ),
    (
        _COLOURS,
        """
        fade, fades, fading, faded, soft, softer, soften, gentle, gentler, quiet, quieter, calm,
        calmer, calm down, calming down, calmed down, weak, weaker, faint, fainter, tired, dead,
        dull, sad, flat, bland,
        boring, lifeless, muddy, thin, timid, restrained, subdued, subtle, subtler, recede, rein,
        pale, paler, drain away, bleed away, bleed out, mute, tame, less loud
        """,
        Kind.SATURATION,
        "down",
    ),
    (
        _SHADOWS,
        """
        hard, harder, harsh, harsher, deep, deeper, deepen, crush, crushed, inky, inkier, rich,
        richer, strong, stronger, steep, steeper, thick, thicker, dense, denser, solid, darker,
        blacker, bite, punchy, punchier, crunchy, heavy, heavier
        """,
        Kind.CONTRAST,
        "up",
    ),
    (
        _SHADOWS,
        """
        soft, softer, soften, gentle, gentler, fade, faded, milky, washed, washed out, weak, weaker,
        grey, gray, greyish, thin, flat, flatter, soothe, fill in
        """,
        Kind.CONTRAST,
        "down",
    ),
    (
        _HIGHLIGHTS,
        "clipping, clipped, blown, blown out, burnt, burned, burnt out, hot, harsh, blinding",
        Kind.BRIGHTNESS,
        "up",
    ),
    (
        _HIGHLIGHTS,
        """
        recover, recovered, tame, protect, save, rescue, bring back, roll off, hold back, retrieve,
        calm, soften, softer, darker, control
        """,
        Kind.BRIGHTNESS,
        "down",
    ),
    (_FOCUS, "off, missed, gone, wrong, loose, softer, soft, softly", Kind.SHARPNESS, "down"),
    (
        _FOCUS,
        "fix, correct, nail, tight, tighter, tighten, find, deep, deeper",
        Kind.SHARPNESS,
        "up",
    ),
    (_FOCUS, "shallow, shallower", Kind.LOOK, "bokeh"),
    (
        _LIGHT,
        """
        cosy, cosier, cozy, cozier, snug, toasty, toastier, homely, homey, sunnier, honey,
        firelit
        """,
        Kind.WARMTH,
        "up",
    ),
    (_LIGHT, "clinical, sterile, wintry, moony, glacial, frosty", Kind.WARMTH, "down"),
    (_LIGHT, "soft, softer, soften, gentle, gentler, diffuse, diffused", Kind.CONTRAST, "down"),
    (_LIGHT, "hard, harder, harsh, harsher", Kind.CONTRAST, "up"),
    (_LIGHT, "come in, pour in, stream in, floods in, flood in", Kind.BRIGHTNESS, "up"),
    (_MOOD, "light, lighter, lighten, lift, brighten, brighter, sunnier", Kind.MOOD, "happy"),
    (_MOOD, "heavy, heavier, dark, darker, darken", Kind.MOOD, "dramatic"),
    *((nouns, _FORCE, Kind.WEATHER, weather) for weather, nouns in _AIR.items()),
    *((nouns, _COMING, Kind.WEATHER, weather) for weather, nouns in _AIR.items()),
    *((nouns, _ENDING, Kind.WEATHER, "clear") for nouns in _AIR.values()),
    (
        "sun",
        """
        shine, shines, shining, come out, comes out, peek, peeking, break through, breaks through,
        burst through, beat down, beating down, blaze, blazing
        """,
        Kind.WEATHER,
        "clear",
    ),
)
"""Nouns, what can be said of them, and what that asks for."""

FAULTY = """
        hectic, frantic, quick, rapid, rushed, breathless, breakneck, sluggish, glacial, sleepy,
        drag, drags, loud, strong, intense, bright, crazy, garish, overpowering, overdone,
        aggressive, screaming, shouting, scream, over the top, a bit much, heavy, wild, tired, dead,
        dull, sad, flat, bland, boring, lifeless, muddy, thin, timid, weak, faint, faded, pale,
        fading, hard, harsh, crushed, milky, washed, washed out, grey, gray, greyish, soft,
        clipping, clipped, blown, blown out, burnt, burned, burnt out, hot, blinding, off,
        missed, gone, wrong, loose, clinical, sterile, softly
        """
"""What is wrong where it is only said how things are."""

COMPLAINTS: dict[tuple[Kind, str], str] = {
    (Kind.BRIGHTNESS, "up"): """
        can't see a thing, can't see anything, barely see anything, underlit, under lit, too little
        light, on the dark side, on the gloomy side, in need of light, starved of light, can't see
        much, see nothing, not much to see, see next to nothing, drowns in black, lost in the dark,
        lost in shadow, lost in the shadows, swallowed by the dark, disappears in the dark
        """,
    (Kind.BRIGHTNESS, "down"): """
        hurts to look at, painful to look at, burns my eyes, burn my eyes, my eyes hurt, my eyes
        bleed, hurts my eyes, hurt my eyes, hurting my eyes, burning my eyes,
        makes me squint, need sunglasses, needs sunglasses, blinds me, blinding me, too much light,
        on the bright side, is blinding, it's blinding, are blinding, so blinding, too blinding, too
        glaring, is glaring, nuclear bright, dazzles me, hard on the eyes, over lit, overlit, over
        bright, too hot, too shiny, too much shiny, too much bright, too much light, too much white,
        too luminous
        """,
    (Kind.CONTRAST, "up"): """
        has no contrast, there is no contrast, no contrast at all, too little contrast,
        looks like soup, lacks bite, lacks punch
        """,
    (Kind.SATURATION, "up"): """
        looks meh, is meh, 's meh, feels meh, too little colour, too little color, no colour
        in it, too grey, too gray
        """,
    (Kind.SATURATION, "down"): "colour overload, color overload, too candy",
    (Kind.WARMTH, "up"): "feels like a fridge, feels like a freezer, feels like a morgue",
    (Kind.WARMTH, "down"): """
        everyone looks orange, everyone looks like a carrot, too much red, too much orange, too much
        yellow, way too red, far too red
        """,
    (Kind.SPEED, "up"): """
        drags, drags on, dragging, is dragging, drags along, takes forever, taking forever, takes
        ages, takes too long, goes on forever, plods, plods along, plodding, lumbering, lumbers,
        trudges, crawls along, crawls, get a move on, step on it, hurry it along, hurry it up, get
        going, put some speed into it, step on the gas, needs more tempo, lags, lagging
        """,
    (Kind.SPEED, "down"): """
        rushes by, is rushing, feels like rushing, it flies by, over too quickly, goes by too fast,
        too fast for me, can't keep up, whizzes by, zips by, gone too
        soon, needs to breathe, need to breathe, let it breathe, let them breathe, room to breathe,
        time to breathe, space to breathe, breathing space, breathing room, take it easy on the
        speed, go easy on the speed, should breathe, like molasses, like honey, at a snail 's pace,
        snail 's pace, in treacle, through treacle
        """,
    (Kind.MOTION, "up"): """
        nothing moves, nothing is moving, nothing happens, nothing is happening, nothing
        going on, not much going on, not enough going on, too static, too still, frozen
        solid, looks frozen, looks like a photo, looks like a still, feels static, feels
        frozen, get things moving, get it moving, get them moving, things should move,
        stands still too much
        """,
    (Kind.MOTION, "down"): """
        moves so much, moves too much, moves around so much, moves around too much, moving so much,
        so much movement, so much motion,
        shouldn't move so much, don't move so much, not move so much, shouldn't move as much, not
        move as much, move around too much, moves around too much, not move that much, shouldn't
        move that much, too much going on, so much going on, too busy, makes me dizzy, making me
        dizzy, makes me
        seasick, making me seasick, all over the place, too jumpy, less jumpy, too restless, too
        nervous, too agitated, less restless, less jumping around
        """,
    (Kind.MOOD, "energetic"): """
        feels dead, looks dead, falls asleep, fall asleep, falling asleep, puts me to sleep,
        sends me to sleep, putting me to sleep, lacks energy, lacks life, lacks drive, lacks
        oomph, needs a kick, needs some kick, needs a jolt, needs a boost of energy, falls
        flat, half asleep, no energy, a snooze, a snoozefest, yawn, makes me yawn, needs
        life, needs some life, needs more life, give it life, give it some life, give them
        life, give them some life, some life into, needs waking up, wake it up, wake them
        up, needs to wake up, feels tired, looks tired, seems tired, feels lifeless
        """,
    (
        Kind.MOOD,
        "calm",
    ): "too hyper, too agitated mood, stresses me out, stressing me out, less energy",
    (Kind.CAMERA, "wide"): """
        too tight, too close, too close up, so tight, too cropped, too zoomed in, not wide enough
        """,
    (Kind.CAMERA, "close_up"): """
        too far away, too far, too wide, too distant, not close enough, not tight enough, right up
        into her face, right up into his face, right up to her face, right up to his face
        """,
    (Kind.CAMERA, "static"): """
        all that shaking, all the shaking, all this shaking, too much shaking, so much shaking,
        shakes like crazy, shakes too much, shakes a lot, shaking so much, shaking too much,
        too shaky, so shaky, stop the shaking, stop shaking, too wobbly, too much shake, too much
        wobble, hold it still, hold it steady, hold them still, keep it steady, no shaking, no
        wobbling, no wobble, stop zooming, stop panning, stop tilting, no zooming, no panning
        """,
    (Kind.SHARPNESS, "up"): """
        is a blur, bit of a blur, one big blur, all a blur, a blurry mess, not sharp, isn't sharp,
        aren't sharp, out of focus again, is soft, a bit soft, too soft, a
        little soft, looks soft, all mushy, looks like mush, should be in focus
        """,
}
"""Indirect wishes: what is wrong, or what it needs, by what would mend it."""

DULL = "boring tedious listless lethargic limp lame sleepy drowsy stale tame"
"""What a clip is where it lacks energy; said of anything else, it asks for nothing."""
SAID = """
    is are 's feels feel looks look seems too so bit less kinda pretty rather very really quite how
    was
"""
"""Words behind which it is said of the clip."""

PHRASAL: dict[tuple[Kind, str], str] = {
    (Kind.BRIGHTNESS, "up"): "brighten up, lighten up, light up",
    (Kind.BRIGHTNESS, "down"): "darken down, dim down, black out",
    (Kind.CONTRAST, "down"): "flatten out",
    (Kind.SATURATION, "up"): "juice up, colour up",
    (Kind.SATURATION, "down"): "wash out, bleach out",
    (Kind.WARMTH, "up"): "warm up",
    (Kind.WARMTH, "down"): "cool down, cool off",
    (Kind.WEATHER, "rain"): "rain down",
    (Kind.WEATHER, "fog"): "fog up, mist up, fog in",
    (Kind.SPEED, "up"): "speed up, hurry up, hurry along, move along",
    (Kind.SPEED, "down"): "slow down, slow up",
    (
        Kind.MOOD,
        "energetic",
    ): "liven up, pep up, hype up, perk up, spice up, jazz up, wake up, amp up, shake up",
    (Kind.MOOD, "happy"): "cheer up",
    (Kind.MOOD, "calm"): "calm down, settle down, chill out, mellow out",
    (Kind.MOOD, "gritty"): "dirty up, rough up, grunge up, grit up",
    (Kind.SHARPNESS, "up"): "sharpen up, crisp up",
    (Kind.SHARPNESS, "down"): "soften up, blur out, blur up",
    (Kind.CAMERA, "static"): "lock off, lock down",
}
"""Verbs whose particle may stand apart: "slow it down", "speed clip 9 up"."""
