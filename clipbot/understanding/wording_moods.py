"""How film people speak of moods; phrases only."""

from clipbot.domain.plan import Kind

MOODS: dict[tuple[Kind, str | None], str] = {
    (Kind.MOOD, "dramatic"): """
        dramatic, more drama, drama, dramatically lit, moody, moodier, intense, more
        intense, intensity, more intensity, theatrical, darker mood, more dramatic,
        dramatically, operatic, brooding, broody, drama up, ramp up the drama, heavier mood,
        climactic, high drama, dramatics, melodramatic, melodrama, stormy mood, darker and
        moodier, darkly dramatic, fateful, weighty, weightier, heavy mood, more weight, more
        gravitas, gravitas, portentous, powerful drama, opera like, like an opera,
        shakespearean, angry, angrier, furious, aggressive, more aggressive, aggression,
        fiercer, ferocious, moodiness, moody vibe, high stakes, emotional, more emotional,
        more emotion, emotion, emotive, passion and drama, tragic drama, drama filled
        """,
    (Kind.MOOD, "epic"): """
        epic, grand, majestic, monumental, heroic, triumphant, powerful, grander, larger
        than life, sweeping, mythic, awe inspiring, blockbuster, grandiose, grandeur, more
        grandeur, imposing, colossal, mighty, mightier, spectacular, more spectacular,
        spectacle, bombastic, titanic, like a blockbuster, blockbuster feel, godlike,
        soaring, sense of scale, more scale, bigger than life, anthemic, cinematic epic,
        more impressive, majesty, towering
        """,
    (Kind.MOOD, "dreamy"): """
        dreamy, dreamier, dreamlike, dream like, in a dream, like a dream, a dream,
        dreaming, surreal, surrealistic, trippy, psychedelic, trance like, hypnotic, floaty,
        hazy dream, dream sequence, dreaminess, hallucinatory, like in a dream, as if in a
        dream, like a daydream, as in a dream, as though in a dream, as if she were
        dreaming, as if he were dreaming, as if dreaming, fever dream, like a fever dream,
        in a trance, trance, like a trance, trancey, as if in a trance, delirious, delirium,
        hazy memory, like a memory, like a distant memory, memory like, like a hazy memory,
        reverie, drifting off, half asleep dream, woozy, dazed, hypnotising, hypnotizing,
        mesmerising, mesmerizing, lucid dream, dreamscape, dream world, dreamworld, dream
        state, dreamy feel, dreamy haze, dreamy glow, unreal, acid trip, like an acid trip,
        tripped out, trippier, surrealist, surrealism, dali, floating feel, floating
        feeling, in the clouds feel, head in the clouds, on cloud nine feel, sleepwalking
        """,
    (Kind.MOOD, "magical"): """
        magical, magic, enchanted, whimsical, fairytale, fairy tale, fantastical, like magic
        dust, fairytale like, like a fairytale, like a fairy tale, storybook, storybook
        feel, like a storybook, enchanting, enchantment, magic feel, sense of wonder,
        wondrous, bewitching, bewitched, pixie dust, fantasy, fantasy feel, like a fantasy,
        mystical magic, spellbound, magically, more magic, some magic, a little magic,
        whimsy, more whimsy, whimsicality, fable like, narnia, harry potter, disney magic
        """,
    (Kind.MOOD, "gritty"): """
        gritty, grittier, grit, raw and gritty, raw, rawer, rougher, edgy, edgier, grimy,
        grimier, grungy, grunge, grungier, dirty, dirtier, filthy, seedy, seedier, rough,
        rough around the edges, grubby, harder edge, street grit, sleazy, griminess, gritty
        feel, gritty look, street feel, street vibe, street look, urban grit, more urban,
        underground, underground feel, rugged, more rugged, unpolished, less polished, less
        clean, harsh and raw, rawness, hard boiled, hardboiled, uglier, nastier, nasty,
        dingy, dingier, sordid, scuzzy, scruffy, scruffier, sweaty, sweatier, trashy,
        trashier, rough edges, rougher edges, more dirt, some dirt, more grime, industrial,
        more industrial, rusty feel, punkier, punky, garage feel, back alley feel, worn out
        look, worn, bruised
        """,
    (Kind.MOOD, "ethereal"): """
        ethereal, otherworldly, heavenly, angelic, airy, celestial, weightless, unearthly,
        otherworldliness, divine, spiritual, ethereally, ethereal feel, airier, floaty
        light, celestial feel, from another world, out of this world, not of this world,
        transcendent, transcendental, sublime, saintly, spirit like, spirit world, like a
        spirit, like heaven, like an angel, like in heaven, feathery, gossamer, fairy like,
        fairylike, elven, more delicate, weightlessness, as if weightless, floating in space
        """,
    (Kind.MOOD, "calm"): """
        calm, calmer, peaceful, serene, tranquil, relaxed, soothing, relaxing, chill,
        quieter, meditative, mellow, laid back, calming, gentler, chilled, chilled out,
        calmness, restful, more relaxed, quiet mood, settle down, calm down, serenity,
        sleepy, zen, chiller, more chill, unhurried, calm feel, calm vibe, calming feel,
        chill vibe, chill vibes, chilled vibe, chill out, chilled out vibe, mellower,
        mellowed, placid, still and calm, quiet, stillness, more stillness, more peace, at
        peace, peaceful feel, peacefully, calmly, serenely, slow and calm, lullaby, like a
        lullaby, easygoing, easy going, laid back vibe, relaxed vibe, relaxed feel, low
        energy, less hype, less frantic mood, less intense, less energetic, less lively,
        less hyper, less wild, less aggressive, less dramatic, less nervous, less tense,
        soothe, soothed, pacified, contemplative, reflective, pensive, introspective,
        meditation, like a meditation, spa like, spa vibe, lazy sunday, sunday morning feel,
        take a breath, somnolent,
        drowsy, zen like, tranquility, tranquillity, gentle mood, gentle feel, gentleness,
        softer mood, softer feel, subdued mood
        """,
    (Kind.MOOD, "energetic"): """
        energetic, high energy, more energy, lively, livelier, energy, more life, more
        energetic, hype, upbeat, energised, energized, exciting, like a party, party, a
        party, party mood, party vibe, wilder, euphoric, explosive, punk, hit harder,
        explode, explodes, hits harder, hitting harder, more oomph, oomph, more more
        kick, pumped, pumped up, banging, hyped, hyped up, electric, electrifying, frenetic,
        frenzied, high octane, hyper, amped, amped up, full of energy, full of life, rave,
        like a rave, wild, adrenaline, vigorous, peppier, peppy, spirited, livened up, liven
        up, liven it up, energise, energize, energetically, rowdy, rowdier, more excitement,
        excitement, more powerful energy, get the party started, party atmosphere,
        party feel, party like, like a festival, festival vibe, festival feel, club vibe,
        club feel, clubby, ravey, rave like, rave vibe, energetic feel, energy boost, more
        zest, zesty, zestier, more zip, more pep, more fire, on fire, fire it up, fired up,
        more buzz, buzzing, buzzier, vitality, more vitality, vivacious, more vivacious,
        more verve, more spark, some spark, more sizzle, sizzling, more groove, groovy,
        groovier, more swing, funky, funkier, bouncy, bouncier, more bounce, exuberant,
        exuberance, ecstatic, ecstasy, thrill, thrilling, more thrilling, adrenalin, full
        throttle, full on, turbo, turbocharged, supercharged, dynamite, bursting with
        energy, bursting with life, kick ass, kickass, more attitude, more punk, punk rock
        energy, feisty, feistier, raucous, wilder feel, going wild, go wild, goes wild,
        crazy, crazier, bonkers, madder, insane, manic, a jolt, jolt of energy, shot of
        energy, rock and roll, rock n roll, rockier, rocking, less less sleepy, less
        dull mood, less calm, less tame, less quiet, more awake, wide awake feel, more
        alive, come alive, comes alive, invigorate, invigorating, energising, energizing,
        vibrant energy, upbeat feel, uptempo feel, propulsive, electrify, action
        packed, high voltage, hyperactive, boisterous, animated feel, perky, perkier, lit
        like a party
        """,
    (Kind.MOOD, "romantic"): """
        romantic, intimate, tender, sensual, loving, more romance, dreamily romantic, sexy,
        sexier, sensuous, passionate, lovey dovey, romance, seductive, sultry, romantically,
        romantic feel, romantic vibe, romantic mood, love story, like a love story, in love
        feel, candlelit dinner feel, valentine's day, hot and steamy, steamy, steamier,
        sizzling romance, sensuality, sensually, erotic, flirty, flirtier, flirtatious,
        amorous, dreamy romance, honeymoon feel, intimacy, more intimacy, tenderness, more
        tenderness, affectionate, closeness, more love, lovestruck, swoony, swoonier,
        smouldering, smoldering, sultrier, heartfelt, tenderly, lovingly, more heart
        """,
    (Kind.MOOD, "melancholic"): """
        melancholic, melancholy, sad, sadder, wistful, sombre, somber, bleak, bleaker,
        lonely, lonelier, mournful, gloomy mood, bittersweet, depressing, gloomy feeling,
        sorrowful, forlorn, heartbroken, heartbreaking, moping, moody and sad, tearful, blue
        mood, lonesome, desolate, sadness, wistfully, mournfully, despair, yearning, solemn,
        grief stricken, melancholia, melancholically, melancholic feel, sad feel, sad vibe,
        sad mood, sadly, wistfulness, lonely feel, lonely vibe, loneliness, more loneliness,
        lonesomeness, isolated feel, isolation, solitude, alone in the world, heartbreak,
        more heartbreak, heart broken, heart breaking, heart rending, heartrending, tear
        jerking, tearjerking, tear jerker, tearjerker, teary, tearier, weepy, weepier,
        gloomier mood, doleful, dolorous, plaintive, elegiac, funereal, like a funeral,
        funeral mood, grieving, more sorrow, despondent, dejected, downcast, downbeat,
        hopelessness, desperate, desperation, miserable, tragic, more tragic, depressive,
        depressed, depression, blue and sad, broken hearted, brokenhearted, longing, more
        longing, nostalgic sadness, regretful, rueful, pining, bleakness, desolation,
        emptiness, empty feeling, empty feel, hollow, abandoned feel, cold and lonely,
        dreary, drearier, dismal, moping mood, november mood, rainy day mood, bluesy,
        bluesier, poignant, more poignant, poignancy
        """,
    (Kind.MOOD, "mysterious"): """
        mysterious, mystical, enigmatic, more mystery, mystery, haunting, mystic, secretive,
        cryptic, intriguing, more mysterious, shadowy mood, spellbinding, uncanny,
        mysteriously, mysterious feel, mysterious vibe, mystique, more mystique, intrigue,
        more intrigue, riddle like, puzzling, more secretive, secrecy, occult, arcane,
        esoteric, twin peaks, lynchian, david lynch, veiled, hauntingly, shrouded in
        mystery, sherlock, detective story, whodunit, like a whodunit, noirish mystery,
        strangeness, weirdness, odd feel, otherworldly mystery
        """,
    (Kind.MOOD, "scary"): """
        eerie, eerier, spooky, spookier, creepy, creepier, scary, scarier, horror, like a
        horror film, like a horror movie, frightening, sinister, nightmarish, horror mood,
        terrifying, nightmare, like a nightmare, ghostly, ghostlier, chilling, horrific,
        unsettling, disturbing, haunted, spine chilling, gothic, macabre, demonic,
        creepiness, scariest, scarier feel, creepy feel, creepy vibe, spooky feel, spooky
        vibe, like a ghost story, ghost story, halloween vibe, halloween feel, halloweeny,
        like halloween, haunted house, haunted house vibe, haunted house feel, like a
        haunted house, goosebumps, gives goosebumps, give me goosebumps, give me the creeps,
        the creeps, makes my skin crawl, bone chilling, blood curdling, bloodcurdling, hair
        raising, petrifying, more terror, more fear, fearful, fright, frightful, dark and
        scary, more evil, diabolical, devilish, hellish, like hell, infernal, satanic,
        monstrous, ghoulish, zombie like, vampiric, slasher, like a slasher, horror flick,
        horror vibe, horror feel, horror movie vibe, like the exorcist, blair witch, the
        shining, stephen king, tim burton, nightmare fuel, nightmarishly, freaky, freakier,
        disturbed, twisted, sick and twisted, morbid, grisly, grim, grimmer, phantom like,
        phantasmal, apparition like, spectral, ghost like, ghostlike, spook it up, creep me
        out, creepily, spookily
        """,
    (Kind.MOOD, "happy"): """
        happier mood, happy, happier, cheerful, joyful, playful, uplifting, fun, funnier,
        joyous, festive, more fun, hopeful, cheerier, cheery, cheer up, jolly, jollier,
        sunny mood, light hearted mood, bubbly, merry, carefree, optimistic, bright mood,
        feel good, feelgood, hopefully bright, jubilant, celebratory, sillier, goofy,
        goofier, brighter mood, happiness, more happiness, happily, happy feel, happy vibe,
        happy mood, joy, more joy, joyfully, bliss, blissful, blissed out, blissfully,
        delight, delightful, delighted, elated, elation, exultant, gleeful, glee, sunny
        and happy, good vibes, good mood, feel good vibe, feelgood vibe, more positive,
        positivity, positive vibe, more hope, hopefulness, upbeat and happy, optimism,
        lighthearted, light hearted, lighter hearted, lighter mood, lighter tone, lighter
        feel, warm hearted, humorous, comedic, comical, comically, hilarious, silly, whacky,
        wacky, wackier, zany, quirky, quirkier, quirkiness, playfulness, playfully,
        childlike, childish, mischievous, cheeky, cheekier, cheerfully, cheerfulness,
        chirpy, chirpier, smiley, jaunty, jauntier, buoyant, celebrating, celebration, like
        a celebration, like a birthday party, like a carnival, carnival feel, carnivalesque,
        uplift, uplifted, brighten the mood, lift the mood, lighten the mood, lighten up the
        mood, lift the spirits, raise the spirits, less sad, less gloomy mood, less
        depressing, less bleak, less melancholic, less melancholy, less grim, less scary,
        bright and cheery, heart warming, heartwarming, triumphant joy
        """,
    (Kind.MOOD, "tense"): """
        tense, tenser, suspenseful, ominous, threatening, menacing, more tension, tension,
        nervy, edge of your seat, nail biting, on edge, suspense, more suspense,
        claustrophobic, foreboding, dread, paranoid, uneasy, uneasier, tensely, tension
        filled, more tense, tension building, build tension, build the tension, build up
        tension, raise the tension, ratchet up the tension, nervous, more nervous,
        nervousness, anxious, more anxious, anxiety, anxiety inducing, jittery mood,
        stressful, panicky, frantic tension, like a thriller, thriller feel, thriller vibe,
        thriller like, hitchcock, hitchcockian, like a hitchcock film, nail biter, edge of
        the seat, on the edge, gripping, more gripping, suspensefully, oppressive, more
        oppressive, suffocating, looming, dangerous, more dangerous, more danger, perilous,
        peril, menace, more menace, more threat, hostility, ominously, doom laden, impending
        doom, sense of doom, sense of dread, like something is about to happen, something
        bad is about to happen, paranoia, claustrophobia, pent up, heist vibe, spy thriller,
        uneasiness, unease, eerie tension
        """,
    (Kind.MOOD, "cosy"): """
        cosy, cosier, cozy, cozier, homely, snug, homey, warm and cosy, warm and cozy,
        snugger, hygge, comfy, cosiness, coziness, cosily, cozily, cosy feel, cozy feel,
        cosy vibe, cozy vibe, comforting, homeliness, hyggelig, snugly, nestled, fireplace
        feel, like by the fireplace, like at home, like home, christmassy, christmasy,
        christmas feel, christmas vibe, warm and snug, warm and fuzzy, cabin feel, domestic
        bliss
        """,
}
"""Phrases that say what they want, by what they ask for."""
