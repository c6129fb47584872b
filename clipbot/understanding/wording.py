"""How film people say things: the phrases of the closed vocabulary, and nothing else.

Each text lists phrases with commas between. "color" stands for colour, colours, color
and colors. A new way to say something known is a word here, not a line of code.
"""

from collections.abc import Iterator

from clipbot.domain.plan import Kind
from clipbot.understanding.wording_images import IMAGES

_COLOURS = ("colour", "colours", "color", "colors")

WORDING: dict[tuple[Kind, str | None], str] = {
    (Kind.BRIGHTNESS, "up"): """
        bright, brighter, brighten, brightens, brightened, brightening, brighten up, brighter
        light, lighter, lighten, lightened, lighten up, more light, light up, lit up, well lit,
        better lit, more luminous, luminous, lift the shadows, lift the blacks, raise the
        shadows, open the shadows, open up the shadows, overexposed, over exposed, blown out,
        lift, turn the lights on, turn on the lights, turn the lights up, lights on, lights up,
        less shadow, less shadows, flood of light, sunlit, easier to see, more visible,
        illuminate, illuminated, lit better, lit more, more lit, readable, more readable,
        legible, more legible, lifted, lifting, floodlit, brighten it up, flooded with light,
        let more light in, let some light in, bring some light in, light it up, brightly lit,
        more airy light, brighter exposure, easier to make out, exposed more, brightening up,
        radiant, sun drenched, stronger light
        """,
    (Kind.BRIGHTNESS, "down"): """
        dark, darker, darken, darkens, darkened, darkening, dim, dimmer, dimmed, dim down, less
        light, low light, low lit, shadowy, more shadow, more shadows, moodier light, gloomier,
        gloomy, murky, murkier, underexposed, under exposed, turn the lights off, turn off the
        lights, turn the lights down, lights off, lights out, lights down, dim the lights, low
        key, darkened down, dimming, dims, dimly lit, badly lit, poorly lit, pitch black, pitch
        dark, blacked out, in the dark, in darkness, darkness, duskier, shaded, shadowed,
        darkish, blackout, blinding, glaring, too hot exposure, gloom, moody light, unlit, faint
        light
        """,
    (Kind.CONTRAST, "up"): """
        contrasty, more contrasty, punchier, punchy, more punch, crisper contrast, crush the
        blacks, crushed blacks, deeper blacks, blacker blacks, harsher light, hard light, harder
        contrast, contrasted, punch it up, punch up the contrast, crush the shadows, stark,
        starker, high contrast, strong contrast, stronger contrast, bite, more bite, crushed
        shadows, inkier blacks, inky blacks
        """,
    (Kind.CONTRAST, "down"): """
        flat, flatter, flatten, flat contrast, softer contrast, matte, milky, low contrast,
        flatter contrast, flattened, lift the black level, washed blacks, lifted blacks, less
        contrasty, less punchy, harsh, harsh contrast, softer blacks
        """,
    (Kind.SATURATION, "up"): """
        vivid, more vivid, vibrant, saturate, saturated, oversaturated, over saturated,
        colourful, colorful, punchier color, punchy color, richer color, rich color, stronger
        color, bolder color, bold color, brighter color, bright color, deeper color, deep color,
        intense color, livelier color, color pop, more pop, pop more, pops more, poppier, make
        it pop, pop, juicier, more color, bring out the color, color to pop, saturating,
        vividly, more vibrant, vibrantly, juicy, juice it up, juice up, juice up the color,
        juicier color, gaudy, lurid, garish, loud, louder color, loud color, technicolor,
        technicolour, candy color, popping color, color that pop, full of color, color
        explosion, colourfully, colorfully, liven up the color, spice up the color, eye popping,
        more intense color, boost color, neon bright color, lush, lusher, zingier, zingy, rich,
        richer
        """,
    (Kind.SATURATION, "down"): """
        desaturated, desaturate, desaturating, undersaturated, under saturated, muted, mute,
        mute the color, muted color, washed out, wash out, pale, paler, pastel, pastel color,
        dull, duller, drab, drabber, lifeless, colourless, colorless, faded, faded color, fade
        the color, fading color, less colourful, less colorful, drain the color, drained,
        bleached, bleach, softer color, quieter color, fewer color, less color, calmer color,
        tone down the color, desaturating, drain the color, drain color, drained of color, take
        the color out, take some color out, take out the color, suck the color out, strip the
        color, strip out the color, bland, blander, washed, washed off, grayish, greyish,
        greyer, grayer, insipid, wan, anaemic, anemic, sun bleached, bled out, subdued, subdued
        color, restrained color, meh, duller color, dull color, dusty color, gentler color, less
        vivid, less vibrant, less saturated
        """,
    (Kind.WARMTH, "up"): """
        warm, warmer, warm up, warmed up, warming, warmed, warmer tones, warm tones, more
        golden, more orange, golden, golden tones, golden light, orange, orange tones, orange
        tint, amber, amber tones, yellow, yellower, yellow tint, redder, reddish, sun kissed,
        candlelit, warm tint, warm color, warmer color, toastier, amber light, honey light,
        honeyed, golden glow, orange glow, cosy light, cozy light, fiery, firelit, fire lit,
        sunnier tones, candle light, candlelight, rosy, rosier, tungsten, orangey, yellowish,
        more red, more yellow, orange cast, yellow cast, sunset tones, warmly lit
        """,
    (Kind.WARMTH, "down"): """
        cool, cooler, cold, colder, cool down, cooled down, cooled, cooling, blue, bluer, icy,
        icier, chilly, chillier, bluish, blue tones, blue tone, more blue, blue tint, bluish
        tint, teal, teal tones, teal tint, steely, frosty, cool tint, cool tones, cool color,
        cooler color, cold color, colder color, wintry light, colder tones, cooler tones, icy
        tones, cool light, cold light, blue cast, blueish, ice cold, frostier, frozen tones,
        bluey, blue light, wintry tones, arctic, steel blue, coolly lit, cooler look, colder
        look
        """,
    (Kind.TIME_OF_DAY, "night"): """
        night, nighttime, night time, at night, by night, midnight, moonlit, moonlight, by
        moonlight, nocturnal, after dark, night scene, starry night, deep night, in the dark of
        night, in the middle of the night, late at night, nightfall, at nighttime, small hours,
        in the small hours, wee hours, dead of night, at dead of night, in the dead of night,
        witching hour, under the stars, under a starry sky, under the moon, under a full moon,
        starlight, starlit, by starlight, moonlit night, moonlit scene, after sunset, after
        sundown, after nightfall, late night, late evening, 3am, 2am, nightly, overnight, nite,
        when it is dark outside, dark outside
        """,
    (Kind.TIME_OF_DAY, "day"): """
        day, daytime, day time, daylight, noon, midday, broad daylight, by day, in the daytime,
        morning light, at noon, afternoon, in the afternoon, in daylight, by daylight, day
        light, high noon, at midday, mid day, lunchtime, at lunchtime, midafternoon, mid
        afternoon, in full daylight, in the middle of the day, at high noon, during the day, in
        the day, by daytime, full daylight, bright day, mid morning, in broad daylight, at
        midday
        """,
    (Kind.TIME_OF_DAY, "sunset"): """
        sunset, golden hour, dusk, at sunset, at dusk, sundown, evening light, evening, in the
        evening, magic hour, twilight, blue hour, setting sun, sun going down, sun is setting,
        as the sun sets, as the sun goes down, sun setting, sun be setting, sun to set,
        when the sun goes down, when the sun sets, sun
        sets, late afternoon, sunset light, at golden hour, at twilight, at sundown, gloaming,
        dusky, nightfall approaching, low sun, last light, before nightfall, early evening
        """,
    (Kind.TIME_OF_DAY, "dawn"): """
        dawn, sunrise, daybreak, at dawn, at sunrise, early morning, first light, morning, in
        the morning, rising sun, sun coming up, crack of dawn, as the sun comes up, as the sun
        rises, when the sun rises, when the sun comes up, sun rises, at daybreak, at first
        light, break of day, at the break of day, before sunrise, before dawn, predawn, pre
        dawn, dawning, cockcrow, at the crack of dawn, morning glow, dawn light, daybreak light,
        sun up, at sun up
        """,
    (Kind.WEATHER, "rain"): """
        rain, rainy, raining, rainfall, pouring, drizzle, drizzly, rainy day, rainy weather,
        rainier, rain in, downpour, rains, wet weather, showers, raindrops, pouring rain, in the
        rain, drizzling, light rain, heavy rain, rain shower, rain showers, wet day, tipping
        down, bucketing down, chucking it down, raining cats and dogs, rainswept, rain soaked,
        rain falling, falling rain, pouring down, in pouring rain, soaking wet weather, monsoon,
        some rain, rain pouring, rained on, drenching rain, rain coming down
        """,
    (Kind.WEATHER, "snow"): """
        snow, snowy, snowing, snowfall, snowier, snowflakes, blizzard, snowstorm, snowy day,
        snows, snow coming down, snow falling, falling snow, covered in snow, in the snow,
        snowed in, snow covered, snow cover, flurries, snow flurries, snow flurry, snowed under,
        heavy snow, light snow, blanket of snow, snowing heavily, under snow, let it snow,
        drifting snow, sleet, sleety, hail, hailing, hailstorm, snowflake
        """,
    (Kind.WEATHER, "fog"): """
        fog, foggy, foggier, mist, misty, mistier, haze, hazy, hazier, foggy day, in fog, in the
        fog, fogged, fog bank, thick fog, dense fog, murk, smog, smoggy, brume, mist rolling in,
        fog rolling in, rolling fog, rolling mist, pea soup, low cloud, low clouds, fogbound,
        shrouded in mist, shrouded in fog, light haze, misted
        """,
    (Kind.WEATHER, "clear"): """
        sunny, sunnier, clear sky, clear skies, clear weather, sunshine, sunny day, sunny
        weather, dry weather, blue sky, blue skies, fair weather, cloudless, sun, sunlight, sun
        shining, sun out, sun is out, sun's out, sun is shining, sun comes out, sun come out,
        bright sun, clear day, clear, clear up, dry, dried up, dry day, cloud free, blazing sun,
        bright sunshine, nice weather, good weather, fine weather, beautiful weather, in the
        sun, bathed in sun, heatwave, heat wave, stop the rain, rain to stop, rain stops, no
        clouds, without clouds, fewer clouds
        """,
    (Kind.WEATHER, "storm"): """
        storm, stormy, thunderstorm, lightning, thunder, stormier, stormy weather, tempest,
        hurricane, thundery, stormier weather, lightning strikes, lightning storm, electrical
        storm, typhoon, cyclone, gale, sea storm, raging storm, bolts of lightning, flashes of
        lightning, a storm brewing, thunder and lightning
        """,
    (Kind.WEATHER, "cloudy"): """
        cloudy, cloudier, overcast, clouds, grey sky, gray sky, cloud, cloud cover, grey clouds,
        dark clouds, gloomy sky, grey skies, gray skies, grey day, grey weather, gray weather,
        dull weather, clouded over, cloudier sky, leaden sky
        """,
    (Kind.WEATHER, "wind"): """
        windy, windier, wind, breezy, gusty, blustery, gale force, breeze, gusts, wind blowing,
        strong wind, gusts of wind, windswept, windblown
        """,
    (Kind.MOOD, "dramatic"): """
        dramatic, more drama, drama, dramatically lit, moody, moodier, intense, more intense,
        intensity, more intensity, theatrical, darker mood, more dramatic, dramatically,
        operatic, brooding, broody, drama up, ramp up the drama, heavier mood, climactic, high
        drama
        """,
    (Kind.MOOD, "epic"): """
        epic, grand, majestic, monumental, heroic, triumphant, powerful, grander, larger than
        life, sweeping, mythic, awe inspiring, blockbuster
        """,
    (Kind.MOOD, "dreamy"): """
        dreamy, dreamier, dreamlike, dream like, in a dream, like a dream, a dream, dreaming,
        surreal, surrealistic, trippy, psychedelic, trance like, hypnotic, floaty, hazy dream,
        dream sequence, dreaminess, hallucinatory, like in a dream, as if in a dream, like a
        daydream
        """,
    (
        Kind.MOOD,
        "magical",
    ): "magical, magic, enchanted, whimsical, fairytale, fairy tale, fantastical",
    (
        Kind.MOOD,
        "gritty",
    ): """
        gritty, grittier, grit, raw and gritty, raw, rawer, rougher, edgy, edgier, grimy,
        grimier, grungy, grunge, grungier, dirty, dirtier, filthy, seedy, seedier, rough, rough
        around the edges, grubby, harder edge, street grit, sleazy, griminess
        """,
    (Kind.MOOD, "ethereal"): """
        ethereal, otherworldly, heavenly, angelic, airy, celestial, weightless, unearthly,
        otherworldliness, divine, spiritual
        """,
    (Kind.MOOD, "calm"): """
        calm, calmer, peaceful, serene, tranquil, relaxed, soothing, relaxing, chill, quieter,
        meditative, mellow, laid back, calming, gentler, chilled, chilled out, calmness,
        restful, more relaxed, quiet mood, settle down, calm down, serenity, sleepy, zen,
        chiller, more chill, unhurried
        """,
    (Kind.MOOD, "energetic"): """
        energetic, high energy, more energy, lively, livelier, energy, more life, more
        energetic, hype, upbeat, energised, energized, exciting, like a party, party, a party,
        party mood, party vibe, wilder, euphoric, explosive, punk, hit harder, explode,
        explodes, hits harder,
        hitting harder, more oomph, oomph, more drive, more kick, pumped, pumped up, banging,
        hyped, hyped up, electric, electrifying, frenetic, frenzied, high octane, hyper, amped,
        amped up, full of energy, full of life, rave, like a rave, wild, adrenaline, vigorous,
        peppier, peppy, spirited, livened up, liven up, liven it up, energise, energize,
        energetically, rowdy, rowdier, more excitement, excitement
        """,
    (Kind.MOOD, "romantic"): """
        romantic, intimate, tender, sensual, loving, more romance, dreamily romantic, sexy,
        sexier, sensuous, passionate, lovey dovey, romance, seductive, sultry
        """,
    (Kind.MOOD, "melancholic"): """
        melancholic, melancholy, sad, sadder, wistful, sombre, somber, bleak, bleaker, lonely,
        lonelier, mournful, gloomy mood, bittersweet, depressing, gloomy feeling, sorrowful,
        forlorn, heartbroken, heartbreaking, moping, moody and sad, tearful, blue mood,
        lonesome, desolate, sadness, wistfully, mournfully, despair, yearning, solemn, grief
        stricken
        """,
    (Kind.MOOD, "mysterious"): """
        mysterious, mystical, enigmatic, more mystery, mystery, haunting, mystic, secretive,
        cryptic, intriguing, more mysterious, shadowy mood, spellbinding, uncanny
        """,
    (Kind.MOOD, "scary"): """
        eerie, eerier, spooky, spookier, creepy, creepier, scary, scarier, horror, like a horror
        film, like a horror movie, frightening, sinister, nightmarish, horror mood, terrifying,
        nightmare, like a nightmare, ghostly, ghostlier, chilling, horrific, unsettling,
        disturbing, haunted, spine chilling, gothic, macabre, demonic, creepiness
        """,
    (Kind.MOOD, "happy"): """
        happier mood, happy, happier, cheerful, joyful, playful, uplifting, fun, funnier,
        joyous, festive, more fun, hopeful, cheerier, cheery, cheer up, jolly, jollier, sunny
        mood, light hearted mood, bubbly, merry, carefree, optimistic, bright mood, feel good,
        feelgood, hopefully bright, jubilant, celebratory, sillier, goofy, goofier, brighter
        mood
        """,
    (
        Kind.MOOD,
        "tense",
    ): """
        tense, tenser, suspenseful, ominous, threatening, menacing, more tension, tension,
        nervy, edge of your seat, nail biting, on edge, suspense, more suspense, claustrophobic,
        foreboding, dread, paranoid, uneasy, uneasier
        """,
    (Kind.MOOD, "cosy"): """
        cosy, cosier, cozy, cozier, homely, snug, homey, warm and cosy, warm and cozy, snugger,
        hygge, comfy
        """,
} | IMAGES
"""Phrases that say what they want, by what they ask for."""


def phrases_of(listed: str) -> Iterator[str]:
    """Yield the phrases of a list, with single spaces, in every spelling of colour."""
    for each in listed.split(","):
        words = each.split()
        spellings = _COLOURS if "color" in words else ("",)
        for spelling in spellings:
            yield " ".join(spelling if word == "color" else word for word in words)
