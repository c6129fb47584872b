"""How film people speak of looks; phrases only."""

from clipbot.domain.plan import Kind

IMAGES: dict[tuple[Kind, str | None], str] = {
    (Kind.LOOK, "monochrome"): """
        black and white, black & white, black n white, black white, b & w, b n w, b w, bw, b
        / w, monochrome, monochromatic, greyscale, grayscale, grey scale, gray scale, no
        color, without color, white and black, monochromatically, b&w, mono, blackandwhite,
        desaturate completely, fully desaturated, completely desaturated, strip all color,
        strip all the color, lose all color, lose all the color, remove all color, remove
        all the color, no color at all, take all the color out, drain all color, drain all
        the color, without any color, only black and white, black and white only, black
        white look, black and white film, black and white movie, black and white photo,
        black and white photograph, in black and white, all grey, all gray, shades of grey,
        shades of gray, colour free, color free, colourless look, no trace of color, without
        a trace of color, high contrast black and white, ansel adams, silver gelatin, take
        out all the color, take out all color, take away all the color, remove the color
        completely, remove color completely, lose the color entirely, lose the color
        completely, lose color completely, kill all color, kill all the color, all the color
        out, all color out, color off, turn the color off, turn color off, switch off the
        color, zero saturation, saturation to zero, saturation zero, saturation at zero, no
        saturation
        """,
    (Kind.LOOK, "noir"): """
        noir, film noir, noirish, neo noir, noir look, noir style, noir vibe, noir feel,
        noir film, film noir style, film noir look
        """,
    (Kind.LOOK, "sepia"): """
        sepia, sepia toned, sepia tone, sepia tones, sepia look, sepia photograph, sepia
        photographs, sepia photo, sepia photos, sepia tint, sepia filter, sepia effect,
        brown toned, sepia wash, sepias, sepia it, brownish, brownish tint, brown tint,
        brown tone, brown tones, brownish tone, brownish tones, tea stained, coffee stained,
        old west photo, wild west photo, sepia style, sepia filtered, sepiatone
        """,
    (Kind.LOOK, "vintage"): """
        vintage, retro, old fashioned look, old fashioned, old celluloid look, nostalgic,
        vintage look, aged look, super 8, super eight, polaroid, old movie, old film, like
        an old film, like an old movie, seventies, eighties, nineties, sixties, fifties,
        seventies look, eighties look, 60s, 70s, 80s, 90s, 1950s, 1960s, 1970s, 1980s,
        1990s, 60s look, 70s look, 80s look, 90s look, old school, old timey, silent film,
        vintage feel, vintage vibe, retro look, retro vibe, retro feel, lo fi, lofi,
        vaporwave, old tv, old television, tv from the 80s, home movie, home video, old home
        movie, daguerreotype, victorian, art deco, roaring twenties, twenties look, 1920s,
        1930s, 1940s, y2k, aged film, worn film, faded polaroid, disposable camera, scratchy
        film, old photograph, old photo, old photos, like an old photo, like an old
        photograph, nineties look, sixties look, fifties look, period look, aged, found
        footage, cctv, vintage postcard, old postcard, like a postcard, like an old
        postcard, like a vintage postcard, photo album, old photo album, family album, like
        from a photo album, antique, antiqued, antique look, bygone, bygone era, from
        another era, from another time, old time, old times, olden days, old timey look,
        olde worlde, yesteryear, days of yore, throwback, retro style, retro tv, retro film,
        retro photo, retro colours, cassette era, 80s music video, 80s vibe, 80s feel, 80s
        style, 90s vibe, 90s feel, 90s style, 70s vibe, 70s feel, 70s style, 60s vibe, 60s
        feel, 60s style, 50s look, 50s vibe, 50s feel, 50s style, 50s, 20s look, 80s movie,
        90s movie, 70s movie, seventies vibe, seventies feel, eighties vibe, eighties feel,
        eighties music video, nineties vibe, nineties feel, sixties vibe, sixties feel,
        fifties vibe, woodstock, nostalgia, nostalgically, more nostalgic, old school look,
        old school feel, old school vibe, old cinema, old cinema look, silent movie, silent
        era, charlie chaplin, chaplin, like a silent film, like a silent movie, old
        newsreel, old footage, archival, archival footage, super8, super 8 look, super 8
        film, mini dv, minidv, dv cam, polaroids, polaroid look, polaroid style, instax,
        lomo, lomography, holga, box camera, retro camera, old camera, grandpa's camera,
        scratched film, film scratches, dust and scratches, scratches and dust, crackly
        film, crackly, flickering film, film flicker, worn out film, faded photo, faded
        photograph, faded photos, faded film, yellowed, yellowed photo, yellowing, yellowed
        with age, aged photo, weathered, weathered look, time worn, timeworn, victorian
        photo, edwardian, 40s look, 30s look, 1950s look, 1960s look, 1970s look, 1980s
        look, 1990s look, mid century, mid century look, retro futurist, tv show from the
        70s, crt tv, crt look, dusty old film
        """,
    (Kind.LOOK, "vhs"): """
        vhs, vhs look, vhs tape, vhs style, vhs effect, vhs tape look, vcr, betamax,
        camcorder, hi8, worn tape, analog video, analogue video
        """,
    (Kind.LOOK, "neon"): """
        neon, neon look, cyberpunk, neon lights look, neon lights, neon light, neon glow,
        synthwave, neon sign glow, cyber punk, blade runner, synth wave, neon noir, neon
        lit, neon soaked, neon drenched, glowing neon, neons, neon tubes, retrowave, outrun,
        neon drench, neon colours, neon colors, neon palette, neon vibe, neon feel, neon
        style, neon city, neon night, neon tinted, neon tint, neon bathed, bathed in neon,
        drenched in neon, soaked in neon, neon soak, neon pink and blue, blade runner look,
        blade runner vibe, blade runner feel, like blade runner, cyberpunk look, cyberpunk
        vibe, synthwave look, synthwave vibe, fluorescent, fluoro, fluo, day glo, dayglo,
        blacklight, black light, uv light, ultraviolet, like tron, tokyo neon, drive vibe
        """,
    (Kind.LOOK, "film"): """
        film look, film grain, grain, grainy, film feel, 16mm, 35mm, 8mm, 16 mm, 35 mm, 16mm
        film look, 35mm film look, cinematic, more cinematic, film like, filmic, celluloid,
        16mm film, 35mm film, film stock, analogue, analog, kodak, like a film, like a
        movie, movie like, movie look, shot on film, hollywood, 35 mm film, 16 mm film, 8
        mm, 8mm film, 8 mm film, 70mm, 70 mm, grainier, film grit, analog film, analogue
        film, filmlike, movielike, cinema, cinema look, like cinema, cine look, anamorphic,
        kodachrome, portra, film texture, grain of film, more filmic, arthouse, letterbox,
        letterboxed, widescreen bars, big screen look, film emulsion, grainy film, grainy
        look, grain look, film grained, grained, graininess, more grain, some grain, heavy
        grain, fine grain, add grain, add film grain, with grain, bit of grain, touch of
        grain, cinematic look, cinematic feel, cinematic style, cinematic grade, cinematic
        vibe, cinematically, cine, like in the movies, like in the cinema, like at the
        cinema, like a hollywood film, like a hollywood movie, hollywood look, hollywood
        style, like a feature film, feature film, feature film look, movie feel, movie
        style, movie quality, movie vibe, like a real movie, silver screen, big screen, big
        screen feel, film style, film vibe, film quality, film aesthetic, filmic look,
        filmic feel, filmish, filmy, celluloid look, celluloid feel, on celluloid, on film,
        real film, 35mm look, 16mm look, 8mm look, 35 mm look, 16 mm look, 8 mm look, 35mm
        feel, 16mm feel, arri look, kodak look, kodak portra, kodak gold, fujifilm, fuji
        film, fuji look, ektachrome, cinestill, vision3, technicolor film, print film, film
        print, emulsion, analog look, analogue look, analog feel, analogue feel, analog
        vibe, analogue vibe, anamorphic look, anamorphic lens, cinemascope, widescreen, wide
        screen, 2.39, letterboxing, black bars, cinema bars, movie bars, arthouse look, art
        house, indie film, indie film look, nouvelle vague, french new wave, kubrick,
        scorsese, wong kar wai, cross process, cross processed, cross processing
        """,
    (Kind.LOOK, "teal_orange"): """
        teal and orange, orange and teal, teal & orange, orange & teal, teal orange, orange
        teal, blockbuster grade, blockbuster look, teal orange look, teal and orange look,
        teal and orange grade, orange and teal look, orange and teal grade
        """,
    (Kind.LOOK, "bleach_bypass"): """
        bleach bypass, bleach bypassed, bleach bypass look, skip bleach
        """,
    (Kind.LOOK, "cartoon"): """
        cartoon, cartoonish, cartoony, anime, comic book, comic, manga, animated, animation,
        pixar, like a cartoon, toon, ghibli, studio ghibli, disney, graphic novel, like
        anime, cel shaded, like a comic, like a comic book, simpsons, cartoon like, animated
        film, lego, 3d animation, 3d animated, cartoons, cartoon style, cartoon look,
        cartoony look, toony, looney tunes, like a pixar film, pixar style, pixar look,
        dreamworks, disney style, disney look, like a disney film, like disney, anime style,
        anime look, like an anime, ghibli style, miyazaki, manga style, like a manga, comic
        style, comic look, comic strip, comic book style, comic book look, marvel comic,
        spider verse, spiderverse, cel shading, cel shade, toon shaded, rotoscope,
        rotoscoped, a scanner darkly, like a cartoon show, saturday morning cartoon, south
        park, animate it, 2d animation, 2d animated, flash animation, illustrated, like an
        illustration, picture book, picture book style, children's book
        """,
    (Kind.LOOK, "painting"): """
        painting, painted, oil painting, watercolour, watercolor, painterly, like a
        painting, impressionist, van gogh, impressionistic, expressionist, water colour,
        water color, gouache, acrylic, canvas, renaissance painting, pop art, warhol, ink
        wash, brush strokes, brushstrokes, mural, fresco, stained glass, art nouveau, monet,
        cubist, fine art, paintinglike, painting like, paint strokes, painted look, painting
        style, as a painting, as an oil painting, oil paint, oil painted, in oils, in
        watercolour, in watercolours, in watercolors, watercolours, watercolors, watercolour
        style, watercolor style, aquarelle, pastel painting, pastel drawing, impressionism,
        expressionism, expressionistic, like a monet, like a van gogh, van gogh style,
        starry night style, picasso, rembrandt, vermeer, caravaggio, edward hopper, matisse,
        gauguin, renaissance, baroque, baroque painting, rococo, romantic painting, old
        master, old masters, cubism, pointillism, pointillist, fauvist, art deco poster, pop
        art style, like pop art, like a warhol, roy lichtenstein, lichtenstein, street art,
        graffiti style, airbrushed, mosaic style, ukiyo e, japanese woodblock, hokusai,
        chinese ink, ink painting, calligraphy style, painterly look, painterly style, like
        a canvas, on canvas, gallery piece
        """,
    (Kind.LOOK, "sketch"): """
        sketch, sketched, pencil drawing, drawing, charcoal, hand drawn, pencil sketch, line
        art, line drawing, ink drawing, chalk drawing, doodle, doodled, crayon, pen and ink,
        woodcut, charcoal drawing, sketchy, sketch style, sketched look, sketchbook,
        sketchbook style, like a sketch, like a drawing, drawn by hand, drawn in pencil,
        drawn in charcoal, drawn style, pencilled, penciled, in pencil, pencil style, pencil
        look, in charcoal, charcoal style, charcoal sketch, chalkboard, chalk on a
        blackboard, crayon drawing, ballpoint, ballpoint drawing, biro, inked, ink style,
        ink sketch, pen drawing, line drawn, outline drawing, storyboard style, storyboard
        look, blueprint style, engraved, engraving, linocut, crosshatch, crosshatched, cross
        hatching, take on me style, a ha video
        """,
    (Kind.LOOK, "claymation"): """
        claymation, stop motion, clay animation, stop motion look, stop motion style, stop
        motion animation, clay figures, made of clay, plasticine, wallace and gromit, puppet
        animation, like puppets, felt animation, coraline
        """,
    (Kind.LOOK, "pixel_art"): """
        pixel art, pixelated, 8 bit, 8bit, 16 bit, video game, pixel style, pixel look,
        pixelart, pixelate, pixelate it, 16bit, 8 bit style, 8 bit look, video game style,
        video game look, like a video game, like an old video game, retro game, retro
        gaming, arcade game style, minecraft style, game boy, gameboy, super mario style,
        voxel, voxels, low poly
        """,
    (Kind.LOOK, "glitch"): """
        glitch, glitchy, glitches, glitched, datamosh, vhs glitch, digital glitch,
        corrupted, data mosh, datamoshing, tv static, static noise, scan lines, scanlines,
        rgb split, chromatic aberration, glitch effect, glitch effects, glitch look, glitch
        art, glitch it, glitch it out, glitching, glitched out, broken tv, broken tv look,
        bad signal, signal interference, tv interference, interference, static interference,
        digital noise, digital decay, corrupted file, corrupt, vhs glitches, tracking
        errors, distorted, distort, distortion, distort it, pixel sorting, data bending,
        databend
        """,
    (Kind.LOOK, "futuristic"): """
        futuristic, sci fi, science fiction, space age, futurist, space opera, high tech, hi
        tech, dystopian, scifi, blade runner future, robotic, holographic, hologram,
        steampunk, post apocalyptic, apocalyptic, futuristic look, futuristic feel,
        futuristic vibe, futuristically, in the future, from the future, set in the future,
        like the future, sci fi look, sci fi vibe, sci fi feel, sci fi style, science
        fiction look, scifi look, star wars, star trek, like the matrix, the matrix,
        interstellar, mad max, dystopia, utopian, utopia, spacey, space age look, retro
        futuristic, retrofuturistic, solarpunk, dieselpunk, steampunk look, cyborg look,
        techno look, alien look, android look, post apocalypse, end of the world, wasteland
        look, dune like, dune look
        """,
    (Kind.LOOK, "vignette"): """
        vignette, vignetting, darker edges, darken the edges, dark edges, dark corners,
        darken the corners, darker corners, shaded edges, vignettes, vignette it, vignetted,
        dark vignette, soft vignette, corners darker, edges darker, darken corners, darken
        edges, darken the border, darker border, dark border, corner darkening, black
        corners, iris effect, tunnel vision
        """,
    (Kind.LOOK, "glow"): """
        glow, glowing, bloom, lens flare, lens flares, halation, soft glow, glowy, soft
        bloom, light leaks, light leak, flares, diffusion filter, glimmer, shimmer,
        shimmering, sparkle, sparkly, sparkling, glows, aglow, glow effect, lens flare
        effect, flare, anamorphic flare, anamorphic flares, light flares, sun flare, sun
        flares, light streaks, light leaks effect, film leaks, halated, pro mist, promist,
        black pro mist, mist filter, soft filter, bloom effect, blooming highlights,
        shinier, gleam, gleaming, glittery, glittering, twinkle, twinkling, twinkly,
        sparkles, sparklier, shimmery, luminescent, bioluminescent, iridescent, radiance,
        radiate, god rays, light rays, light shafts, shafts of light, beams of light, light
        beams, volumetric light, dappled light, orton effect
        """,
    (Kind.LOOK, "bokeh"): """
        bokeh, shallow depth of field, blurred background, blurry background, background
        blur, blur the background, background blurred, depth of field, shallow focus,
        shallower depth of field, less depth of field, background out of focus, bokeh
        background, bokeh balls, bokeh lights, blurred out background, blur out the
        background, background out, blurrier background, soft background, softer background,
        more background blur, creamy background, creamy bokeh, portrait mode, depth blur,
        shallower focus, shallower depth, shallow dof, shallower dof, narrow depth of field,
        wide aperture, wide open aperture, f1.4, f 1.4, tilt shift, tilt shift look, tilt
        shift effect, miniature effect, miniature look, rack focus, pull focus, focus pull,
        selective focus
        """,
    (Kind.LOOK, "silhouette"): """
        silhouette, silhouettes, backlit, backlight, rim light, silhouetted, back lit, rim
        lit, against the light, contre jour, backlighting, shadow play, silhouette look, in
        silhouette, as a silhouette, as silhouettes, silhouette her, silhouette him, shadow
        puppet, shadow puppets, backlight it, light from behind, lit from behind, back
        lighting, rim lighting, rim lights, edge light, edge lit, dark against the light,
        outline against the sky, just an outline
        """,
    (Kind.LOOK, "winter"): """
        like winter, look like winter, feel like winter, in winter, winter, wintry, wintery,
        wintertime, in the winter, winter look, winter vibe, winter feel, winter scene,
        wintry look, wintry scene, midwinter, winter setting, wintry mood, december feel
        """,
    (Kind.LOOK, "summer"): """
        like summer, look like summer, feel like summer, in summer, summery, summertime, in
        the summer, in the summertime, summer look, summer vibe, summer vibes, summer feel,
        summer scene, high summer, midsummer, summerly, summer mood, endless summer, summer
        in
        """,
    (Kind.LOOK, "autumn"): """
        like autumn, look like autumn, feel like autumn, in autumn, autumn, autumnal, in the
        fall, fall colors, fall colours, autumn colours, autumn colors, autumn look, autumn
        feel, autumn vibe, autumn scene, autumn mood, autumn tones, autumn palette, fall
        look, fall vibe, fall feel, fall foliage, autumn leaves look, october feel, october
        light, indian summer
        """,
    (Kind.LOOK, "spring"): """
        like spring, look like spring, feel like spring, in spring, springtime, in the
        spring, spring look, spring feel, spring vibe, spring colours, spring colors, spring
        scene, spring like, springlike, springy, in the springtime, cherry blossom season
        """,
    (Kind.ADD, "stars"): """
        stars, starry, starry sky, more stars
        """,
}
"""Phrases that say what they want, by what they ask for."""
