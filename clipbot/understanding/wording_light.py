"""How film people speak of light and colour; phrases only."""

from clipbot.domain.plan import Kind

LIGHT: dict[tuple[Kind, str | None], str] = {
    (Kind.BRIGHTNESS, "up"): """
        stop over, stops over, plus one stop, plus half a stop, plus a stop, plus two stops,
        bright, brighter, brighten, brightens, brightened, brightening, brighten up,
        brighter light, lighter, lighten, lightened, lighten up, more light, light up, lit
        up, well lit, better lit, more luminous, luminous, lift the shadows, lift the
        blacks, raise the shadows, open the shadows, open up the shadows, overexposed, over
        exposed, blown out, lift, turn the lights on, turn on the lights, turn the lights
        up, lights on, lights up, less shadow, less shadows, flood of light, sunlit, easier
        to see, more visible, illuminate, illuminated, lit better, lit more, more lit,
        readable, more readable, legible, more legible, lifted, lifting, floodlit, brighten
        it up, flooded with light, let more light in, let some light in, bring some light
        in, light it up, brightly lit, more airy light, brighter exposure, easier to make
        out, exposed more, brightening up, radiant, sun drenched, stronger light, let there
        be light, flood it with light, flood with light, high key, high key shot, high key
        look, throw more light, throw some light, shed light, shed some light, more shine,
        radiantly lit, full of light, bathed in light, bathe it in light, drench it in
        light, drenched in light, brighter than now, lights full on, bring the lights up,
        bring up the lights, raise the lights, illuminated better, lift the midtones, raise
        the midtones, bring up the midtones, bring up the shadows, lift the gloom, banish
        the gloom, kill the gloom, more daylight, gain up, push the exposure, expose it
        more, expose more, expose it brighter, overexpose, over expose, give it more light,
        get more light in, more glow on her, shinier, light coming in, lit from the front, a
        fill light, fill light, add a key light, key light, ring light, bring out the
        shadows, get rid of the gloom, lose the darkness, lift the darkness
        """,
    (Kind.BRIGHTNESS, "down"): """
        stop under, stops under, minus one stop, minus half a stop, minus a stop, minus two
        stops, dark, darker, darken, darkens, darkened, darkening, dim, dimmer, dimmed, dim
        down, less light, low light, low lit, shadowy, more shadow, more shadows, moodier
        light, gloomier, gloomy, murky, murkier, underexposed, under exposed, turn the
        lights off, turn off the lights, turn the lights down, lights off, lights out,
        lights down, dim the lights, low key, darkened down, dimming, dims, dimly lit, badly
        lit, poorly lit, pitch black, pitch dark, blacked out, in the dark, in darkness,
        darkness, duskier, shaded, shadowed, darkish, blackout, blinding, glaring, too hot
        exposure, gloom, moody light, unlit, faint light, underexpose, under expose, more
        shade, in shade, into shadow, into the shadow, in shadow, into darkness, into the
        dark, almost black, nearly black, lower key, low key shot, low key look, low key
        lighting, half light, half dark, half lit, barely lit, scarcely lit, faintly lit,
        sink into shadow, kill the lights, cut the lights, cut the light, kill the light,
        take the lights down, bring the lights down, lower the lights, dimmer light, darker
        light, darker exposure, expose it less, expose less, dusky light, stop down, stopped
        down, shadier, murk it up, in the shade, plunge it into shadow, plunge it into
        darkness, sombre light, tenebrous, candle dim, black it out, turn off the sun, tone
        the light down, tone down the light, tone down the lights
        """,
    (Kind.CONTRAST, "up"): """
        harsh, harsher, contrasty, more contrasty, punchier, punchy, more punch, crisper
        contrast, crush the blacks, crushed blacks, deeper blacks, blacker blacks, harsher
        light, hard light, harder contrast, contrasted, punch it up, punch up the contrast,
        crush the shadows, stark, starker, high contrast, strong contrast, stronger
        contrast, bite, more bite, crushed shadows, inkier blacks, inky blacks, more snap, s
        curve, an s curve, more depth, tonal depth, deepen the shadows, deepen the blacks,
        richer blacks, denser blacks, true blacks, proper blacks, solid blacks, stronger
        blacks, blacks blacker, darker blacks, more separation, tonal separation, crunchier,
        crunchy, crunch, crunch it up, punch, some punch, a bit of punch, hard shadows, hard
        hitting contrast, graphic contrast, chiaroscuro, starkness, crush the black, crush
        blacks, crushing the blacks, contrastier, contrast it up, more definition between
        light and dark, stretch the contrast, bolder contrast, edgier contrast, harsh light,
        harder light
        """,
    (Kind.CONTRAST, "down"): """
        flat, flatter, flatten, flat contrast, softer contrast, matte, milky, low contrast,
        flatter contrast, flattened, lift the black level, washed blacks, lifted blacks,
        less contrasty, less punchy, softer blacks, low con, lift the
        black point, lift black point, raise the blacks, raised blacks, milkier, softer
        light, gentler light, softer shadows, even light, evenly lit, flatter light, flat
        light, soft light, diffuse light, flatter look, flat look, log look, less punch,
        less bite, less stark, less crunchy, even out the light,
        compress the contrast, lower con, softly lit, fade the blacks, fading the blacks
        """,
    (Kind.SATURATION, "up"): """
        vivid, more vivid, vibrant, saturate, saturated, oversaturated, over saturated,
        colourful, colorful, punchier color, punchy color, richer color, rich color,
        stronger color, bolder color, bold color, brighter color, bright color, deeper
        color, deep color, intense color, livelier color, color pop, more pop, pop more,
        pops more, poppier, make it pop, pop, juicier, more color, bring out the color,
        color to pop, saturating, vividly, more vibrant, vibrantly, juicy, juice it up,
        juice up, juice up the color, juicier color, gaudy, lurid, garish, loud, louder
        color, loud color, technicolor, technicolour, candy color, popping color, color that
        pop, full of color, color explosion, colourfully, colorfully, liven up the color,
        spice up the color, eye popping, more intense color, boost color, neon bright color,
        lush, lusher, zingier, zingy, rich, richer, more colourfulness, splash of color,
        splashes of color, burst of color, a riot of color, riot of color, riotous color,
        kaleidoscopic, rainbow bright, hyper saturated, hypersaturated, super saturated,
        supersaturated, more saturated, richly saturated, color it up, brighter palette,
        richer palette, vivider, livelier palette, bolder palette, strong color, jewel
        tones, jewel toned, fruitier color, more chroma, sat up, sat it up, popping,
        chromatic, eye candy color, electric color, tropical color, flashy color, flashier,
        saturation boost, colour boost, color boost
        """,
    (Kind.SATURATION, "down"): """
        desaturated, desaturate, desaturating, undersaturated, under saturated, muted, mute,
        mute the color, muted color, washed out, wash out, pale, paler, pastel, pastel
        color, dull, duller, drab, drabber, lifeless, colourless, colorless, faded, faded
        color, fade the color, fading color, less colourful, less colorful, drain the color,
        drained, bleached, bleach, softer color, quieter color, fewer color, less color,
        calmer color, tone down the color, drain color, drained of color, take the color
        out, take some color out, take out the color, suck the color out, strip the color,
        strip out the color, bland, blander, washed, washed off, grayish, greyish, greyer,
        grayer, insipid, wan, anaemic, anemic, sun bleached, bled out, subdued, subdued
        color, restrained color, duller color, dull color, dusty color, gentler color,
        less vivid, less vibrant, less saturated, desat, desats, desatted, desat it, de
        saturate, de saturated, sat down, greyed out, grayed out, grey it out, grey, gray,
        ashen, ashy, dusty, dustier, chalkier, powdery color, bleached out, sun faded, color
        fade, color fading, colors fade out, more neutral color, neutral color, neutral
        palette, muted palette, muted tones, mutedness, softer palette, quieter palette,
        earthy palette, restrained palette, sober color, less colour intensity, drained
        look, drain it, drain out the color, low saturation, low sat, less sat, less
        vibrancy, less chroma, less popping, almost colourless, nearly colourless, almost
        colorless, less flashy
        """,
    (Kind.WARMTH, "up"): """
        turn up the heat, turn the heat up, crank up the heat, bring the heat,
        warm, warmer, warm up, warmed up, warming, warmed, warmer tones, warm tones, more
        golden, more orange, golden, golden tones, golden light, orange, orange tones,
        orange tint, amber, amber tones, yellow, yellower, yellow tint, redder, reddish, sun
        kissed, candlelit, warm tint, warm color, warmer color, toastier, amber light, honey
        light, honeyed, golden glow, orange glow, cosy light, cozy light, fiery, firelit,
        fire lit, sunnier tones, candle light, candlelight, rosy, rosier, tungsten, orangey,
        yellowish, more red, more yellow, orange cast, yellow cast, sunset tones, warmly
        lit, toasty, toasted, toasty light, honey tones, honey toned, honey coloured, honey
        colored, ambery, golden look, golden feel, golden tint, golden hue, golden hues,
        golden cast, gold tones, gold tint, red tint, reddish tint, copper tones, coppery,
        bronze tones, bronzed, earthy tones, earth tones, autumnal tones, warm look, warm
        feel, warm grade, warmer grade, warmer look, warmer feel, warmer light, warm light,
        warm white, warm glow, warm hues, warmer hues, warm palette, warmer palette, warm
        it, fireside, fireside glow, fire glow, like by the fire, by the fireside, sunbaked,
        sun baked, sunnier light, sunny tones, sunny glow, towards orange, toward orange,
        towards yellow, toward yellow, into orange, into the orange, warmer white balance,
        campfire light, campfire glow, summery light, peachy, peachier, rosy glow, sun
        warmed, warmly, lamplight, lamp lit, lamplit, more sun kissed
        """,
    (Kind.WARMTH, "down"): """
        freezing, freezing cold,
        cool, cooler, cold, colder, cool down, cooled down, cooled, cooling, blue, bluer,
        icy, icier, chilly, chillier, bluish, blue tones, blue tone, more blue, blue tint,
        bluish tint, teal, teal tones, teal tint, steely, frosty, cool tint, cool tones,
        cool color, cooler color, cold color, colder color, wintry light, colder tones,
        cooler tones, icy tones, cool light, cold light, blue cast, blueish, ice cold,
        frostier, frozen tones, bluey, blue light, wintry tones, arctic, steel blue, coolly
        lit, cooler look, colder look, cool it, cools, cool off, cooled off, cool grade,
        cooler grade, cool look, cooler feel, cold feel, cold look, cold grade, cool
        palette, cold palette, cooler palette, cool hues, cold hues, cool blue, cold blue,
        ice blue, icy blue, icy light, icy tint, icy feel, icy look, steel tones, steely
        blue, blue wash, blue hue, blue hues, blue grade, bluish light, towards blue, toward
        blue, into the blue, towards teal, more teal, push the blues, nordic light, nordic
        noir light, scandinavian light, polar, polar light, glacial, wintery tones, wintry
        feel, winter light, clinical, clinical light, sterile light, fluorescent light,
        silvery, silvery tones, colder grade, colder light, moonlight blue, metallic blue,
        chill tones, frigid, nippy
        """,
}
"""Phrases that say what they want, by what they ask for."""
