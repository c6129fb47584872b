"""How film people speak of pictures: looks, movement, camera, sharpness; phrases only."""

from clipbot.domain.plan import Kind

IMAGES: dict[tuple[Kind, str | None], str] = {
    (Kind.LOOK, "monochrome"): """
        black and white, black & white, black n white, black white, b & w, b n w, b w, bw, b /
        w, monochrome, monochromatic, greyscale, grayscale, grey scale, gray scale, noir, film
        noir, no color, without color, white and black, monochromatically, b&w, mono,
        blackandwhite, desaturate completely, fully desaturated, completely desaturated, strip
        all color, strip all the color, lose all color, lose all the color, remove all color,
        remove all the color, no color at all, take all the color out, drain all color, drain
        all the color, without any color, only black and white, black and white only
        """,
    (Kind.LOOK, "sepia"): """
        sepia, sepia toned, sepia tone, sepia tones, sepia look, sepia photograph, sepia
        photographs, sepia photo, sepia photos, sepia tint, sepia filter, sepia effect, brown
        toned, sepia wash
        """,
    (Kind.LOOK, "vintage"): """
        vintage, retro, old fashioned look, old fashioned, old celluloid look, nostalgic,
        vintage look, aged look, vhs, vhs look, vhs tape, super 8, super eight, polaroid, old
        movie, old film, like an old film, like an old movie, seventies, eighties, nineties,
        sixties, fifties, seventies look, eighties look, 60s, 70s, 80s, 90s, 1950s, 1960s,
        1970s, 1980s, 1990s, 60s look, 70s look, 80s look, 90s look, old school, old timey,
        camcorder, silent film, vintage feel, vintage vibe, retro look, retro vibe, retro feel,
        lo fi, lofi, vaporwave, old tv, old television, tv from the 80s, home movie, home video,
        old home movie, daguerreotype, victorian, art deco, roaring twenties, twenties look,
        1920s, 1930s, 1940s, y2k, aged film, worn film, faded polaroid, disposable camera,
        scratchy film, old photograph, old photo, old photos, like an old photo, like an old
        photograph, nineties look, sixties look, fifties look, period look, aged, found footage,
        cctv
        """,
    (
        Kind.LOOK,
        "neon",
    ): """
        neon, neon look, cyberpunk, neon lights look, neon lights, neon light, neon glow,
        synthwave, neon sign glow, cyber punk, blade runner, synth wave, neon noir, neon lit,
        neon soaked, neon drenched, glowing neon, neons, neon tubes, retrowave, outrun
        """,
    (Kind.LOOK, "film"): """
        film look, film grain, grain, grainy, film feel, 16mm, 35mm, 8mm, 16 mm, 35 mm, 16mm
        film look, 35mm film look, cinematic, more cinematic, film like, filmic, celluloid, 16mm
        film, 35mm film, film stock, analogue, analog, kodak, like a film, like a movie, movie
        like, movie look, shot on film, hollywood, 35 mm film, 16 mm film, 8 mm, 8mm film, 8 mm
        film, 70mm, 70 mm, grainier, film grit, analog film, analogue film, filmlike, movielike,
        cinema, cinema look, like cinema, cine look, anamorphic, kodachrome, portra, film
        texture, grain of film, more filmic, arthouse, letterbox, letterboxed, widescreen bars,
        big screen look, film emulsion
        """,
    (Kind.LOOK, "cartoon"): """
        cartoon, cartoonish, cartoony, anime, comic book, comic, manga, animated, animation,
        pixar, like a cartoon, toon, ghibli, studio ghibli, disney, graphic novel, like anime,
        cel shaded, like a comic, like a comic book, simpsons, cartoon like, animated film,
        lego, 3d animation, 3d animated
        """,
    (Kind.LOOK, "painting"): """
        painting, painted, oil painting, watercolour, watercolor, painterly, like a painting,
        impressionist, van gogh, impressionistic, expressionist, water colour, water color,
        gouache, acrylic, canvas, renaissance painting, pop art, warhol, ink wash, brush
        strokes, brushstrokes, mural, fresco, stained glass, art nouveau, monet, cubist, fine
        art
        """,
    (Kind.LOOK, "sketch"): """
        sketch, sketched, pencil drawing, drawing, charcoal, hand drawn, pencil sketch, line
        art, line drawing, ink drawing, chalk drawing, doodle, doodled, crayon, pen and ink,
        woodcut, charcoal drawing
        """,
    (Kind.LOOK, "claymation"): "claymation, stop motion, clay animation",
    (Kind.LOOK, "pixel_art"): "pixel art, pixelated, 8 bit, 8bit, 16 bit, video game",
    (Kind.LOOK, "glitch"): """
        glitch, glitchy, glitches, glitched, datamosh, vhs glitch, digital glitch, corrupted,
        data mosh, datamoshing, tv static, static noise, scan lines, scanlines, rgb split,
        chromatic aberration
        """,
    (Kind.LOOK, "futuristic"): """
        futuristic, sci fi, science fiction, space age, futurist, space opera, high tech, hi
        tech, dystopian, scifi, blade runner future, robotic, holographic, hologram, steampunk,
        post apocalyptic, apocalyptic
        """,
    (Kind.LOOK, "vignette"): """
        vignette, vignetting, darker edges, darken the edges, dark edges, dark corners, darken
        the corners, darker corners, shaded edges, vignettes
        """,
    (Kind.LOOK, "glow"): """
        glow, glowing, bloom, lens flare, lens flares, halation, soft glow, glowy, soft bloom,
        light leaks, light leak, flares, diffusion filter, glimmer, shimmer, shimmering,
        sparkle, sparkly, sparkling
        """,
    (Kind.LOOK, "bokeh"): """
        bokeh, shallow depth of field, blurred background, blurry background, background blur,
        blur the background, background blurred, depth of field, shallow focus, shallower depth
        of field, less depth of field, background out of focus, bokeh background
        """,
    (Kind.LOOK, "silhouette"): """
        silhouette, silhouettes, backlit, backlight, rim light, silhouetted, back lit, rim lit,
        against the light, contre jour, backlighting, shadow play
        """,
    (Kind.LOOK, "winter"): "in winter, winter, wintry, wintery, wintertime",
    (Kind.LOOK, "summer"): "in summer, summery, summertime, in the summer",
    (Kind.LOOK, "autumn"): "in autumn, autumn, autumnal, in the fall, fall colors, fall colours",
    (Kind.LOOK, "spring"): "in spring, springtime, in the spring",
    (Kind.MOTION, "up"): """
        more dynamic, dynamic, busy, hectic, frantic, more motion, move more, moves more, moving
        more, more movement, more action, busier, more lively motion, more moving, livelier
        movement, more dynamism, more dynamically, moving around more, more going on, more
        lively movement, more dancing, busier motion
        """,
    (Kind.MOTION, "down"): """
        calm and still, calm & still, perfectly still, completely still, keep it still, more
        still, calm still, stand still, hold still, very still, stiller, steadier, move less,
        moves less, moving less, less movement, less motion, frozen, freeze, freeze frame,
        motionless, less dynamic, less busy, less hectic, less frantic, barely move, barely
        moving, hardly move, hardly moving, less going on, calmer motion, stop moving, stops
        moving, like a photo, like a still, like a photograph, still image, unmoving,
        stationary, less action, calmer movement, more static
        """,
    (Kind.SPEED, "up"): """
        fast, faster, speed up, sped up, speeding up, speeds up, speed it up, quick, quicker,
        quickly, hurry up, fast forward, time lapse, timelapse, hyperlapse, fast motion, twice
        as fast, double speed, double the speed, double time, snappier, accelerate, accelerated,
        fast paced, faster paced, at double speed, fastened, brisker, brisk, speedier, speedy,
        quicken, pick up the pace, picks up the pace, pick up speed, snappy, zippier, rapid,
        more rapid, faster motion, fast cuts, double it in speed, quicker pace, faster pace,
        pacier, sped, speeding, up tempo, uptempo, at twice the speed, twice the speed, 2x
        speed, whizz, hurried
        """,
    (Kind.SPEED, "down"): """
        slow, slower, slow down, slows down, slowing down, slowed, slowed down, slow motion,
        slow mo, slowmo, slow it down, slomo, slo mo, half speed, half the speed, half as fast,
        at half speed, halve the speed, decelerate, slow paced, twice as slow, bullet time,
        slowed motion, more slowly, slow motioned, in slow mo, sluggish, slo motion,
        super slow motion, super slow mo, ultra slow motion, unhurriedly, slow the pace, slower
        pace, slower motion, at a crawl, crawl, crawling, leisurely, half of the speed, quarter
        speed, at quarter speed, slowness, slow right down, languid, time slowed
        """,
    (Kind.CAMERA, "zoom_in"): """
        zoom in, zoom into, zoom on, zooming in, zooms in, zoom, push in, pushes in, pushing in,
        push into, zoom closer, dolly in, dolly into, dolly towards, move in closer, move
        closer, move the camera closer, go closer, get closer, come closer, camera closer, track
        in, punch in, go in closer, go in on, move in on, move closer to, moves closer, camera
        move in, camera moves in, crash zoom, slow zoom in, zoom right in, zoomed in, zoom
        slowly in, slow push in, push the camera in, pushing closer, dolly forward, creep in,
        creeping in, moving closer, tracking in, truck in, zoom towards, close in on, closing
        in, move the camera in, come in closer, step closer, zoom close, slowly push in
        """,
    (Kind.CAMERA, "zoom_out"): """
        zoom out, zooming out, zooms out, pull out, pulls out, dolly out, dolly back, pull back
        the camera, camera pulls back, camera pull back, pull the camera back, move the camera
        back, zoom back, track out, back away, zoom right out, zoomed out, zoom out slowly, slow
        zoom out, pulling out, pull away, pulls away, pulling away, back out, step back with the
        camera, camera back, moves away, camera moves away, move the camera away, camera further
        back, camera farther back, further out, farther out, pull the camera away, retreat,
        dollies back, dolly away, pulling back from, pullback
        """,
    (
        Kind.CAMERA,
        "pan_left",
    ): """
        pan left, pan to the left, pans left, panning left, panning to the left, move the camera
        left, move the camera to the left, camera left, pan it left, pan leftwards, pan to left,
        swing left, slide left, slide to the left, camera pans left, panning to left, pan from
        right to left, sweep left, truck left
        """,
    (
        Kind.CAMERA,
        "pan_right",
    ): """
        pan right, pan to the right, pans right, panning right, panning to the right, move the
        camera right, move the camera to the right, camera right, pan it right, pan rightwards,
        pan to right, swing right, slide right, slide to the right, camera pans right, panning
        to right, pan from left to right, sweep right, truck right
        """,
    (Kind.CAMERA, "pan"): """
        pan, panning, pan across, pans, camera pan, whip pan, pan slowly, slow pan, swish pan,
        panned, sideways camera move, sweeping pan, pan around, panning shot, panorama,
        panoramic, side to side
        """,
    (Kind.CAMERA, "static"): """
        static camera, static shot, static, locked camera, camera locked off, locked off, lock
        off, camera locked, lock the camera, lock the camera off, on a tripod, tripod, tripod
        shot, camera still, still camera, steady camera, steady, stabilise, stabilize,
        stabilised, stabilized, stable, fixed camera, camera fixed, camera static, keep the
        camera still, hold the camera still, hold the camera steady, less shaky, less shake,
        less camera shake, less camera movement, no camera movement, no camera shake, camera
        stop moving, smoother camera, gimbal, on sticks, locked down, lock it down, lock it off,
        lock down the camera, lock the shot off, locked shot, locked, stationary camera, no
        camera moves, no camera move, no moving camera, stop the camera, steadier camera,
        steadied, rock steady, stabilisation, stabilization, camera should not move, camera not
        moving, don't move the camera, nail the camera down, fixed shot, fixed frame, static
        framing, static frame, stop shaking, less wobble, less wobbly, less jittery, no shake,
        no shaking, still frame, smooth out the camera, smooth camera, smooth it out, camera on
        a tripod, anchored, bolted down, without camera movement
        """,
    (Kind.CAMERA, "handheld"): """
        handheld, hand held, handheld camera, handheld look, shaky, shakier, shaky camera, shaky
        cam, shake, camera shake, shake the camera, jittery, jerky, wobbly, camera shakes, hand
        held camera, hand held look, handheld feel, handycam, shaky handheld, documentary
        camera, on the shoulder, shoulder cam, shaking camera, run and gun, wobble, wobblier,
        bit of shake, camera wobble, held by hand, loose camera, guerrilla style
        """,
    (Kind.CAMERA, "close_up"): """
        close up, closeup, close ups, closer shot, close shot, tighter framing, tight framing,
        tighter, tighter shot, tight shot, extreme close up, macro, frame her tighter, frame him
        tighter, close ups on, go close, go in close, go close on, go in tight, in tight, get in
        tight, get close, close on, closer on, close framing, closer framing, closer crop, crop
        in, crop tighter, tight on, tightly framed, in close, up close, super close, fill the
        frame, head shot, headshot, detail shot, portrait shot, closer view, closer angle,
        extreme closeup, big close up, tight crop, tighten the frame, tighten the framing,
        tighten the shot, tighten up, nearer, a closer look, close view
        """,
    (Kind.CAMERA, "wide"): """
        wide shot, wide angle, wider shot, wider framing, wider, wide, wide framing, wider
        angle, establishing shot, long shot, further away, farther away, from further away,
        widen, widen the shot, widen the frame, widen out, wide view, wider view, go wide, go
        wider, wide open, wide lens, wider lens, wide frame, wider frame, full shot, master
        shot, big wide, extreme wide, extreme wide shot, wider crop, looser framing, looser,
        loosen the framing, show more of the room, show more of the scene, show more of the
        surroundings, total shot, panoramic view, fish eye, fisheye, ultra wide, from a
        distance, further from her, more distant
        """,
    (Kind.CAMERA, "tilt_up"): """
        tilt up, tilt upwards, tilts up, tilting up, camera up, camera tilts up, tilt the camera
        up, look up, looking up, pan up, pans up, panning up, boom up
        """,
    (Kind.CAMERA, "tilt_down"): """
        tilt down, tilt downwards, tilts down, tilting down, camera tilts down, tilt the camera
        down, pan down, pans down, panning down, boom down
        """,
    (Kind.CAMERA, "tilt"): """
        tilt, tilted, dutch angle, tilting, dutch tilt, dutch, canted, canted angle, tilts,
        slanted, crooked, askew, off kilter, tilt the camera, tilt shot
        """,
    (
        Kind.CAMERA,
        "orbit",
    ): """
        orbit, orbiting, orbits, circle around, circling, circles around, rotate around, move
        around, orbit shot, orbital, orbital shot, 360, 360 shot, arc shot, arc around, arcs
        around, spin around, spins around, spinning around, camera circles, circle her, circle
        him, circle them, circling her, go around, goes around, going around, wrap around,
        rotating around, swirl around, swirling around, 360 degree, 360 degrees
        """,
    (Kind.CAMERA, "drone"): """
        drone, drone shot, aerial, aerial shot, aerial view, drone view, drone footage, drone
        look, drone style, by drone, from a drone, helicopter shot, helicopter view, helicopter,
        flyover, fly over, aerials, aerial footage, aerial perspective
        """,
    (Kind.CAMERA, "overhead"): """
        overhead, overhead shot, top down, from above, bird's eye view, bird's eye, birds eye
        view, birds eye, high angle, overhead view, overhead angle, overhead camera, top shot,
        top view, from the top, top down view, top down shot, from overhead, from high up, from
        up high, from the ceiling, god's eye, god's eye view, birdseye, birdseye view, looking
        down, looking straight down, straight down, bird view, birds view, bird's view, high
        shot, from way up, plan view
        """,
    (Kind.CAMERA, "low_angle"): """
        low angle, from below, worm's eye view, ground level, low shot, low camera, from down
        low, from the ground, from the floor, worm's eye, worms eye, worms eye view, low down,
        hero angle, from ground level, from a low angle, floor level, upward angle, from knee
        height, camera low
        """,
    (Kind.CAMERA, "tracking"): """
        tracking shot, track her, track him, follow her, follow him, follow them, dolly, dolly
        shot, travelling, traveling, steadicam, follow shot, camera follows, tracking, track
        along, tracks along, track alongside, follow cam, follow the singer, follow the dancer,
        follow along, following shot, following her, following him, following them, steady cam,
        chase cam, trail her, trail him, trailing shot, tracking camera, dollying, move with
        her, move with him, moves with her, moves with him, moving with her, walk with her, walk
        with him, track them, follow behind, camera follow, camera following, camera that
        follows, follow the subject
        """,
    (Kind.CAMERA, "pov"): """
        pov, point of view, first person, over the shoulder, first person view, through her
        eyes, through his eyes, through their eyes, subjective camera, her point of view, his
        point of view, from her point of view, from his point of view, from her perspective,
        from his perspective, over shoulder, ots, gopro, eye view
        """,
    (Kind.CAMERA, "crane"): """
        crane, crane shot, crane up, jib, crane down, crane up shot, crane move, jib shot,
        camera rises, pedestal up, rising camera, camera lifts off, lift off
        """,
    (Kind.SHARPNESS, "up"): """
        sharp, sharper, sharpen, sharpened, sharpening, sharpens, sharpen up, crisper, crisp,
        crispy, clearer, clearer picture, in focus, more in focus, more detail, more detailed,
        detailed, hd, 4k, higher resolution, high resolution, hi res, better focus, focused,
        unblur, deblur, sharpness up, razor sharp, pin sharp, tack sharp, sharp focus, crystal
        clear, clear picture, clearer image, bring into focus, into focus, get it in focus,
        focus up, better defined, more defined, better definition, higher definition, full hd,
        8k, hires, high res, crisp up, crispen, clean up the picture, cleaner picture, less
        blur, less blurry, unblurred, sharper focus, clean picture, upscale, upscaled, deep
        focus, better resolution, finer detail, crystal sharp
        """,
    (Kind.SHARPNESS, "down"): """
        blur, blurry, blurred, blurrier, blurring, soft, softer, soft focus, soften, softened,
        softening, out of focus, defocus, defocused, unfocused, unsharp, fuzzy, fuzzier, less
        detail, gaussian blur, smudgy, soft look, softer look, softer image, softer picture,
        soften up, bit of blur, blur it, blur out, blurrily, unfocus, less sharp, less crisp,
        less sharpness, less focus, hazy focus, soft lens, out of focus look, vaseline, diffuse,
        diffused, diffusion, dreamy blur, mushy, smeary, bleary, low res, low resolution,
        pixelly
        """,
    (Kind.REGENERATE, None): """
        regenerate, regenerated, re generate, redo, another take, another try, another go, redo
        from scratch, start over, start from scratch, from scratch, new take, fresh take, re
        roll, reroll, try again, try that again, try this again, try it again, another version,
        new version, different version, generate again, generate it again, do over, do it over,
        do that over, remake, re render, rerender, render again, recreate, re create, reshoot,
        re shoot, give it another go, give it another shot, roll again, roll the dice, do it
        again from scratch, a fresh version, different take, a different take, shoot it again,
        reimagine, do over again, do again, do it again, do this again, do that again, do it
        once more from scratch, over again, all over again, do it all over, make it again, make
        it over, roll the dice again, roll the dice once more, roll it again, spin again, spin
        it again, reshuffle, shuffle it, give it another try, give it another spin, give it
        another roll, another roll, another roll of the dice, another attempt, new attempt,
        fresh attempt, another stab, have another go, have another try, have another stab, have
        another crack, another crack, take two, retake, re take, re do, do a new one, new one
        please, make a new one, a new one, brand new, completely new, completely different one,
        something completely different, start again, start afresh, start fresh, begin again,
        start anew, from zero, from the ground up, begin from scratch, remade, rebuild, rebuild
        it, render it again, rendered again, generate anew, generate afresh, make a fresh one,
        fresh one, fresh version, fresh try, alternate take, alternative take, alternate
        version, alternative version, an alternative, different attempt, re imagine, reinvent,
        redone, re done, reshot, regen, re gen, re run, rerun, run it again, re create it,
        surprise me, mix it up, gamble again, try something else, try something different,
        something else entirely, whole new version, one more time from scratch, one more try,
        one more take
        """,
    (Kind.ADD, "stars"): "stars, starry, starry sky, more stars",
}
"""Phrases that say what they want, by what they ask for."""
