"""Words for more and less, for what can be more or less, and for what means neither."""

from clipbot.domain.plan import Kind

AMOUNTS: dict[Kind, str] = {
    Kind.BRIGHTNESS: """
        brightness, exposure, shadows, brightness wise, luminance, luminosity, light level,
        light levels, lights, lighting, highlights, stops, a stop, half a stop, one stop, light,
        gamma, ev, lumens, brilliance, illumination, lit
        """,
    Kind.CONTRAST: """
        contrast, contrasts, contrast wise, dynamic range, punchiness, blacks, tonal range
        """,
    Kind.SATURATION: """
        saturation, color, vibrance, vibrancy, color intensity, color saturation, intensity of
        the color, sat, chroma, color wise, vividness, colourfulness, colorfulness, vibrancies,
        colourwise, colorwise, saturation wise, vibrance wise, color richness, hues, richness of
        the color, color strength
        """,
    Kind.WARMTH: """
        warmth, color temperature, white balance, warmness, colour temp, color temp,
        temperature, reds, yellows, oranges, reds and yellows, yellows and reds, warm tones,
        warms, ambers, golds, kelvin
        """,
    Kind.MOTION: """
        motion, movement, movements, camera movement, camera motion, action, activity, dynamism,
        dynamics, commotion, bustle
        """,
    Kind.SPEED: """
        speed, pace, tempo, playback speed, pacing, playback, velocity, rhythm, frame rate,
        framerate, speediness, tempo wise
        """,
    Kind.SHARPNESS: """
        sharpness, detail, details, clarity, focus, definition, crispness, resolution,
        sharpening, acutance, crispiness, sharpness wise, texture detail
        """,
}
"""Words for what can be more or less."""

CAMERA_MOVES: dict[str, str] = {
    "zoom_out": "pull back, pulls back, pulling back, move back, moves back, back up, further back",
    "zoom_in": "move in, moves in, moving in, closer, push, pushes, forward, go in, goes in",
    "pan_left": "left, leftwards, to the left",
    "pan_right": "right, rightwards, to the right",
    "crane": "rise, rises, rising, up, upwards",
    "tilt_down": "down, downwards, sink, sinks",
    "static": "still, steady, fixed, put, locked, stand still, calmer",
    "handheld": "shake, shaking, shaky, wobble, wobbling",
    "orbit": "around, circle, circles",
    "tracking": "follow, follows, following, with her, with him",
}
"""What words mean where a piece speaks of the camera and says nothing clearer."""

IDIOMS = """
        film star, film stars, movie star, movie stars, pop star, pop stars, rock star,
        rock stars, good day, nice day, great day, have a nice day, good night, good
        morning, good evening, good afternoon, last night, one day, these days, the
        other day, all day, every day, some day, make my day, by the way, long story
        short, bright idea, cold feet, fast food, dark horse, street light, street
        lights, traffic light, traffic lights, spotlight, flash light, red light, green
        light, warm regards, warm welcome, in the light of, in light of, rain check,
        snow globe, snow white, a cold beer, cold coffee, cool guy, night bus, night
        club, day dream, sun glasses, ice cream, fire works, a matter of fact, in a
        moment, in the end, at the moment, a good deal, star sign, fun fact, for fun, be
        fun, had fun, having fun, have fun, happy with, happy to, am happy, i'm happy,
        happy birthday, happy new year, not happy, cool thanks, sad to say, still not,
        fast forward to, quick question, quick one, real quick, as fast as you can, slow of me, in a
        rush, at the same time, right now, matter of, no matter, pretty much, sharp
        eyes, soft spot, raw footage, play it cool, my cup of tea, morning everyone,
        evening everyone, painting on, a painting of, the painting, a drawing of, the
        drawing, to be clear, crystal clear instructions, clear that, make it clear
        that, clear the, is that clear, clear enough, loud and clear, clear idea, clear
        about, coast is clear, all clear, dry run, out loud, laugh out loud, sun
        glasses, sunglasses, sun bed, sun hat, sunday, in the loop, soft drink, blue
        monday, under the weather, weather wise, storm in a teacup, rain or shine, come
        rain or shine, right as rain, on cloud nine, cloud nine, in the clouds, a
        breeze, it's a breeze, like lightning, steal my thunder, wind up, wind down,
        second wind, night shift, a night out, a night in, night owl, all night, all
        nighter, every night, the other night, tomorrow night, tomorrow morning, this
        morning, this afternoon, this evening, tomorrow evening, yesterday evening,
        yesterday morning, one night, night before, the night before, day before, the
        day before, the other evening, first day, last day, some time, rough idea, rough
        cut, rough draft, rough patch, rough edit, fine cut, dirty joke, quick note,
        quick look, quick thing, quick fix, quick favour, quick favor, quick request,
        slow morning, slow day, slow week, busy day, busy night, a long day, long day,
        wild guess, rich people, rich man, electric guitar, electric bass, electric
        piano, wild card, dark humour, dark humor, in the dark about, dark chocolate,
        cool with, be cool, so cool, fun night, party people, birthday party, release
        party, launch party, party tonight, dream come true, living the dream, pipe
        dream, dream on, in my dreams, dream job, sad news, happy days, calm before the
        storm, calm yourself, keep calm, stay calm, cold call, stone cold, ice cold
        beer, warm up act, blue in the face, out of the blue, once in a blue moon,
        feeling blue, golden rule, golden ticket, silver lining, pale ale, flat white,
        flat tyre, flat tire, my flat, flat out, flat mate, sharp dressed, look sharp,
        sharp tongue, sharp at, crisp packet, clear my head, clear conscience, magic
        wand, work your magic, do your magic, your magic, magic trick, like magic, film
        school, film festival, film crew, film maker, film students, movie night, raw
        talent, punk band, punk rock, grunge band, pop song, pop music, pop round, pop
        up, pop in, pop over, mom and pop, top of the pops, soft rock, indie pop, rave
        review, rave reviews, dull moment, dull party, drama queen, drama school, drama
        class, drama teacher, mystery guest, horror film fan, wedding day, birthday,
        release day, shooting day, shoot day, day off, day job, these nights, dry
        cleaning, dry ice, motion sickness, noise complaint, good energy, energy drink,
        energy bill, comic relief, neon sign, winter coat, winter jacket, summer dress,
        summer job, summer holiday, spring cleaning, fall in love, free fall, sketch
        show, painting class, painting lesson, time of day, the time of day, time of the
        day, a sweet tooth, home sweet home, sweet dreams, on fire sale, love it, love
        this, love that, love the, i love, we love, love you, love your, with love, sure
        thing, love how, would love, i'd love, crazy idea, crazy thing, crazy to, crazy
        about, crazy how, power cut, in power, power station, first thing we, first
        thing i, secret sauce, strange thing, strangely enough, weird thing, funny
        thing, funny enough, funny story, closing credits, close to, close the, close
        that, close this, close his, close her, close their, close all, close it, closer
        to the end, close call, that's close, grey area, drive home, test drive, hard
        drive, drive me, a drive, fire alarm, fire engine, fire truck, fire exit, camp
        fire, fire escape, fire brigade, fireplace, fire pit, fire hydrant, a fire, fire
        in the, fire on the, the fire, big fire, hope you, hope this, hope that, hope
        it, i hope, we hope, hope so, hopefully, no hope, i fear, fear not, i regret,
        drawn to, street lamp, street sign, street corner, street food, street musician,
        street musicians, street art festival, street cat, street dog, street performer,
        the street, a street, street name, clean up after, danger sign, kick drum, kick
        off, kick out, kick the, kick her, kick him, kick them, alive and well, secret
        agent, secret door, future reference, in future, rush hour, stroll along, urban
        legend, punk girl, punk guy, texture pack, dust bin, clay pot, clay pots, chalk
        mark, quiet word, quiet please, peace sign, new day tomorrow, celebration cake,
        comedy club, comedy show, buzz cut, buzz off, holy cow, holy moly, holy smokes,
        oh my god, sweet shop, sweet spot, sweet stall, candy store, cute dog, cute cat,
        cute kid, cute puppy, sadly not, funny hat, mosaic floor, mosaic tiles, tapestry
        on, smear campaign, linger on the, renaissance fair, something new to, surprise
        me with, silk scarf, positive about, not positive, hopper window, turner prize
        """
"""Phrases whose words would ask for something if they stood elsewhere."""

SHORTCOMINGS = """
        dark, dim, gloomy, murky, dull, drab, lifeless, flat, washed out, pale, faded,
        colourless, colorless, blurry, blurred, out of focus, unfocused, unsharp, fuzzy,
        overexposed, over exposed, blown out, underexposed, under exposed, oversaturated,
        over saturated, undersaturated, under saturated, shaky, jittery, jerky, wobbly,
        bluish, milky, harsh, blinding, glaring, gaudy, lurid, garish, loud, loud color,
        bland, insipid, washed, greyish, grayish, wan, anaemic, dimly lit, badly lit, poorly
        lit, bleary, mushy, smudgy, crooked, sluggish, yellowish, orangey, bluey, blueish,
        jumpy, unlit, dull color, low contrast, low res, pixelated, yellow cast, blue cast,
        orange cast, cold, chilly, icy, frosty, frigid, clinical, grey, gray, ashen, chalky,
        dusty, noisy, rushed, hurried, hasty, soft, cool, underlit, overlit, crushed,
        contrasty, oversharpened, glacial, stark, dreary, skewed, creamy, smeared, smudged,
        uneven, crunchy, low quality, greyed out, bleached out, shaky footage, stiff,
        distorted, yellowed, shadowy, pitch black, pitch dark, barely lit, half dark,
        ponderous, gloomier, frantic, hectic, freezing, freezing cold, chaotic, frenetic, manic
        """

RAISING = """
        more, raise, raised, raising, increase, increased, increasing, boost, boosted, boosting,
        bump, bump up, crank, crank up, up, higher, add, extra, add some, stronger, high, turn
        up, pump up, pump, dial up, intensify, enhance, enhanced, some, needs, need, needed,
        push, push up, amp up, amp, ramp up, ramp, double, triple, max, max out, maximum,
        maximise, maximize, beef up, go up, bring up, bigger, greater, improve, strengthen,
        heighten, richer, lift, a lot of, lots of, plenty of, full, gets more, another, loads
        of, wants, could use, could do with, deserves, lacks, lack, lacking, cries out for, begs
        for, calls for, would benefit from, benefit from, short on, dial it up, crank it up,
        jack up, jacked up, bring out, brings out, draw out, drive up, kick up, whack up, hike,
        hike up, step up, notch up, punch up, liven up, give a boost, more of the, deepen,
        magnify, amplify, augment, elevate, elevated, upped, upping, ups, bumped, bumped up,
        cranked, cranked up, turned up, turning up, brought up, double up, go heavier on, go
        heavy on, heavier, more of a, tons of, a ton of, heaps of, lashings of, stronger in,
        bit of, touch of, dash of, hint of, splash of, pinch of, spot of, dose of, shot of,
        injection of, want, i'd like, give it, give them, give me,
        take up, pull up, pulled up, pulling up, drag up
        """

LOWERING = """
        less, lower, lowered, lowering, reduce, reduced, reducing, decrease, decreased, drop,
        cut, cut down, cut back, down, turn down, dial down, dial back, dial it down, dial it
        back, tone down, toned down, bring down, take down, pull down, pull back, pull, pulled
        down, pulled back, weaker, low, fewer, minimal, remove, without, drain, kill, lose,
        scale back, scale down, ease off, back off, back, halve, tame, knock down, knock back,
        minimise, minimize, rein in, go easy on, quieter, smaller, little, hardly any, weaken,
        diminish, cut out, no, zero, drag down, drag, dragged down, draw down, dial, dialled
        back, dialed back, dialled down, dialed down, dialling back, dialing back, turned down,
        turning down, brought down, taken down, taking down, go down, goes down, going down,
        knock, knock off, shave off, strip, strip back, strip out, drop down, dropped, dropping,
        dampen, dampen down, quieten, quiet down, curb, restrain, hold back, ease, ease down,
        ease up on, cool it on, go lighter on, go light on, lay off, cut the, take the edge off,
        get rid of, take out, take away, taken out, suck, pare back, pare down, wind back, wind
        down, wound back, rein back, ratchet down, notch down, step down, slash, slashed,
        eliminate, nix, ditch, scrap
        """
