"""How film people speak of movement, speed and sharpness, and of another try; phrases only."""

from clipbot.domain.plan import Kind

MOVEMENTS: dict[tuple[Kind, str | None], str] = {
    (Kind.MOTION, "up"): """
        more dynamic, dynamic, busy, hectic, frantic, more motion, move more, moves more,
        moving more, more movement, more action, busier, more lively motion, more moving,
        livelier movement, more dynamism, more dynamically, moving around more, more going
        on, more lively movement, more dancing, busier motion, more commotion, moving about
        more, move about more, dances more, dancing more, moves faster around, more going on
        in it, more happening, more bustle, bustling, buzzing with movement, kinetic, more
        kinetic, action packed motion, less static, less still, less frozen, less stiff,
        less motionless, jump around, jumping around, run around, wiggle, wriggle, sways
        more, more swaying, more animation in it, more fluid movement, bring it to life,
        brings it to life, bring them to life, set in motion, set it in motion, into motion
        """,
    (Kind.MOTION, "down"): """
        calm and still, calm & still, perfectly still, completely still, keep it still, more
        still, calm still, stand still, hold still, very still, stiller, steadier, move
        less, moves less, moving less, less movement, less motion, frozen, freeze, freeze
        frame, motionless, less dynamic, less busy, less hectic, less frantic, barely move,
        barely moving, hardly move, hardly moving, less going on, calmer motion, stop
        moving, stops moving, like a photo, like a still, like a photograph, still image,
        unmoving, stationary, less action, calmer movement, more static, sit still, sits
        still, sitting still, keep still, keeps still, stays still, stay still, stand
        perfectly still, standing still, stands still, be still, not move, as if frozen,
        frozen in time, frozen in place, like a statue, like statues, like a tableau,
        tableau vivant, freeze them, freeze it, freeze her, freeze him, frozen still, freeze
        time, time stands still, standstill, at a standstill, come to a standstill, comes to
        a standstill, immobile, immobilised, immobilized, less jumping, less dancing, less
        restless motion, less jittery motion, less kinetic, less commotion, less moving
        around, less bustle, calm the motion, calmer movements, minimal motion, minimal
        movement, hardly any movement, less animated, settled motion, less chaotic, chaotic
        less
        """,
    (Kind.SPEED, "up"): """
        fast, faster, speed up, sped up, speeding up, speeds up, speed it up, quick,
        quicker, quickly, hurry up, fast forward, time lapse, timelapse, hyperlapse, fast
        motion, twice as fast, double speed, double the speed, double time, snappier,
        accelerate, accelerated, fast paced, faster paced, at double speed, fastened,
        brisker, brisk, speedier, speedy, quicken, pick up the pace, picks up the pace, pick
        up speed, snappy, zippier, rapid, more rapid, faster motion, fast cuts, double it in
        speed, quicker pace, faster pace, pacier, sped, speeding, up tempo, uptempo, at
        twice the speed, twice the speed, 2x speed, whizz, hurried, accelerates,
        accelerating, acceleration, faster cutting, quick cuts, quicker cuts, rapid cuts,
        faster tempo, quicker tempo, higher tempo, higher pace, higher speed, raise the
        tempo, up the tempo, up the pace, up the speed, lift the tempo, pick the pace up,
        pick up the tempo, picking up the pace, picks up speed, speedily, swift, swifter,
        swiftly, rapidly, rapid fire, hastier, hurry, hurrying, breakneck, breakneck speed,
        breakneck pace, full speed, at full speed, full tilt, top speed, warp speed,
        lightning fast, lightning speed, at lightning speed, triple speed, triple the speed,
        quadruple speed, 4x speed, 3x speed, 1.5x speed, four times as fast, three times as
        fast, in double time, time lapsed, timelapsed, fast forwarded, sped it up, speed
        ramp up, ramp the speed up, speed things up, speeding it up, less slow, less
        sluggish, rushed, hasty, racing, zoomier speed, frenetic pace, tempo up, pace up,
        chop chop, nippier, quickened, faster than now, quick as a flash, fastest
        """,
    (Kind.SPEED, "down"): """
        slow, slower, slow down, slows down, slowing down, slowed, slowed down, slow motion,
        slow mo, slowmo, slow it down, slomo, slo mo, half speed, half the speed, half as
        fast, at half speed, halve the speed, decelerate, slow paced, twice as slow, bullet
        time, slowed motion, more slowly, slow motioned, in slow mo, sluggish, slo motion,
        super slow motion, super slow mo, ultra slow motion, unhurriedly, slow the pace,
        slower pace, slower motion, at a crawl, crawl, crawling, leisurely, half of the
        speed, quarter speed, at quarter speed, slowness, slow right down, languid, time
        slowed, slo mo it, slowmotion, slow motion effect, in slow motion, super slow, super
        slomo, super slo mo, ultra slow, extreme slow motion, ultra slow mo, dead slow, slow
        as molasses, slow as honey, slowing, slows, slow it, slow them, slow things down,
        slow this down, slowed right down, slow to a crawl, to a crawl, down to a crawl, at
        a snail 's pace, snail 's pace, snail pace, lower tempo, lower pace, lower speed,
        slower tempo, calmer tempo, half the tempo, half tempo, half time, half the pace,
        half pace, at half the speed, a quarter of the speed, third of the speed, one third
        speed, 120fps, 120 fps, 240fps, 240 fps, 60fps slow motion, high frame rate, matrix
        style bullet time, drawn out, draw it out, stretch it out, stretch time, stretched
        out, take its time, taking its time, takes its time, take your time with, take more
        time, take it slow, take it slower, take it slowly, at a walking pace, walking pace,
        at a stroll, dawdle, dawdling, ease off the speed, ease off the gas, off the gas,
        take your foot off the gas, foot off the gas, hit the brakes, put the brakes on,
        pump the brakes, less fast, less rushed, less hurried, less hasty, less quick, less
        speedy, tempo down, pace down, lingering, lingers, lazily, languidly, languorous,
        ponderous, deliberate, more deliberate, slow burn, slowest, sluggishly, unrushed,
        not rushed, gradually slower
        """,
    (Kind.SHARPNESS, "up"): """
        sharp, sharper, sharpen, sharpened, sharpening, sharpens, sharpen up, crisper,
        crisp, crispy, clearer, clearer picture, in focus, more in focus, more detail, more
        detailed, detailed, hd, 4k, higher resolution, high resolution, hi res, better
        focus, focused, unblur, deblur, sharpness up, razor sharp, pin sharp, tack sharp,
        sharp focus, crystal clear, clear picture, clearer image, bring into focus, into
        focus, get it in focus, focus up, better defined, more defined, better definition,
        higher definition, full hd, 8k, hires, high res, crisp up, crispen, clean up the
        picture, cleaner picture, less blur, less blurry, unblurred, sharper focus, clean
        picture, upscale, upscaled, deep focus, better resolution, finer detail, crystal
        sharp, sharply, sharply focused, sharpest, sharper picture, sharper image, sharp
        picture, sharp image, razor sharp focus, laser sharp, laser focus, knife sharp,
        needle sharp, scalpel sharp, crisply, crispness up, crisp look, crisper look, crisp
        picture, crisp image, crisper image, crisper picture, clean and crisp, clearly
        visible, focus it, focus in, focus properly, properly focused, in sharp focus, back
        in focus, back into focus, refocus, refocused, focussed, get the focus right, fix
        focus, more texture, skin texture, finer details, fine detail, fine details, every
        detail, every pore, more clarity, clarity up, hi def, high def, high definition,
        higher def, ultra hd, uhd, hd quality, 4k quality, 4k look, 8k quality, better
        quality, higher quality, high quality, improve the quality, quality up, better
        picture quality, better image quality, picture quality, image quality, remaster,
        remastered, upres, up res, uprez, upscale it, enhance detail, enhance the detail,
        enhance the details, denoise, denoised, de noise, less noise, less noisy, remove
        noise, remove the noise, reduce noise, reduce the noise, noise reduction, clean it
        up, cleaned up, cleaner, clean image, cleaner image, less grain, less grainy, less
        soft, less fuzzy, less mushy, less hazy focus, less blurred, deblurred, de blur, un
        blur, anti blur, hyperreal sharp, ultra sharp, super sharp, extra sharp, well
        defined, harder edges, clearer edges
        """,
    (Kind.SHARPNESS, "down"): """
        softer in focus, soft in focus, blur, blurry, blurred, blurrier, blurring, soft, softer,
        soft focus, soften,
        softened, softening, out of focus, defocus, defocused, unfocused, unsharp, fuzzy,
        fuzzier, less detail, gaussian blur, smudgy, soft look, softer look, softer image,
        softer picture, soften up, bit of blur, blur it, blur out, blurrily, unfocus, less
        sharp, less crisp, less sharpness, less focus, hazy focus, soft lens, out of focus
        look, vaseline, diffuse, diffused, diffusion, dreamy blur, mushy, smeary, bleary,
        low res, low resolution, pixelly, gauzy, gauzier, through gauze, vaseline lens,
        vaseline on the lens, like looking through vaseline, through vaseline, through
        frosted glass, frosted glass, frosted lens, through a veil, veiled focus, filmy
        soft, smudged, blurred out, blur effect, blurry look, blurred look, blur filter,
        motion blur, lens blur, more blur, some blur, slight blur, a blur, hazy blur, bleary
        look, less clarity, less detailed, less defined, less definition, less texture, less
        in focus, less focused, softer edges, soft edges, softness, more softness, buttery
        soft, silkier, silky smooth skin, dreamy soft, softly focused, soft filter focus,
        out of focus slightly, slightly out of focus, unsharpen, knock the focus out, knock
        it out of focus, throw it out of focus, throw out of focus, fall out of focus, go
        out of focus, goes out of focus, low quality, lower resolution, lower quality, worse
        quality, low def, low definition, crappy quality, compress it, potato quality, less
        crispy, less hd, softer lens, softened look, velvet look
        """,
    (Kind.REGENERATE, None): """
        regenerate, regenerated, re generate, redo, another take, another try, another go,
        redo from scratch, start over, start from scratch, from scratch, new take, fresh
        take, re roll, reroll, try again, try that again, try this again, try it again,
        another version, new version, different version, generate again, generate it again,
        do over, do it over, do that over, remake, re render, rerender, render again,
        recreate, re create, reshoot, re shoot, give it another go, give it another shot,
        roll again, roll the dice, do it again from scratch, a fresh version, different
        take, a different take, shoot it again, reimagine, do over again, do again, do it
        again, do this again, do that again, do it once more from scratch, over again, all
        over again, do it all over, make it again, make it over, roll the dice again, roll
        the dice once more, roll it again, spin again, spin it again, reshuffle, shuffle it,
        give it another try, give it another spin, give it another roll, another roll,
        another roll of the dice, another attempt, new attempt, fresh attempt, another stab,
        have another go, have another try, have another stab, have another crack, another
        crack, take two, retake, re take, re do, do a new one, new one please, make a new
        one, a new one, brand new, completely new, completely different one, something
        completely different, start again, start afresh, start fresh, begin again, start
        anew, from zero, from the ground up, begin from scratch, remade, rebuild, rebuild
        it, render it again, rendered again, generate anew, generate afresh, make a fresh
        one, fresh one, fresh version, fresh try, alternate take, alternative take,
        alternate version, alternative version, an alternative, different attempt, re
        imagine, reinvent, redone, re done, reshot, regen, re gen, re run, rerun, run it
        again, re create it, surprise me, mix it up, gamble again, try something else, try
        something different, something else entirely, whole new version, one more time from
        scratch, one more try, one more take, redo this one, do it from scratch, do it
        fresh, do it anew, do it afresh, do this one over, do this over, do that one over,
        done over, do this one again, do that one again, do me another, do another one, do
        another, do another take, make another, make another one, make me another, make this
        again, make this one again, make that again, make it anew, make it new, make it from
        scratch, give me another, give me another one, give me a new one, give me a fresh
        one, give me something else, give me a different one, give me another version, give
        me an alternative, another one please, another pass, another go at it, another go at
        this, another shot at it, another crack at it, another stab at it, another bash,
        another whirl, another spin, another round, another variant, another variation,
        another render, another rendering, another result, another option, another
        alternative, a new variation, new variation, a variation, some variation,
        variations, different variation, new variant, different variant, different render,
        new render, fresh render, new rendering, new result, different result, have another
        go at it, have another go at this, have another go at that, have another try at it,
        have another crack at it, have another stab at it, have a fresh go, have a fresh
        try, take another go, take another crack, take another crack at it, take another
        stab, take another stab at it, take another shot, take another shot at it, take
        another pass, give it another, give it a fresh go, give it a new go, give it one
        more go, give it one more try, give it one more shot, give this another go, give
        this another try, give this another shot, give that another go, give that another
        try, try one more time, try it one more time, try once more, try it once more, try
        this one again, try that one again, try afresh, try anew, try a new version, try a
        different version, try a new one, try a new take, try a different take, try another
        one, try another take, try another version, one more go, one more attempt, one more
        version, one more shot at it, one more roll, once more from scratch, once more from
        the top, from the top, from square one, back to square one, back to the drawing
        board, start it over, start it again, start it all over, start this over, start this
        one over, start all over, start all over again, start completely over, start again
        from scratch, start from zero, start from square one, wipe it and start over, scrap
        it and start over, scrap it and start again, scrap this one and start over, bin it
        and start again, throw it away and start over, tear it up and start over, completely
        redo, redo completely, redo this completely, redo it completely, redo everything,
        redo the whole thing, redoing, regenerating, regenerate it, re generated, re do it,
        re do this, remake it, remake this, remake this one, re make, recreate it, redraw,
        redraw it, re draw, rerender it, re render it, rerendering, re rendered, rerendered,
        reroll it, re roll it, rerolled, rerolling, reshoot it, reshoot this, reshoot this
        one, reshooting, shoot it over, shoot this again, shoot this one again, film it
        again, film this again, roll again please, roll the dice on, throw the dice again,
        dice again, shuffle again, another shuffle, spin the wheel again, new dice roll,
        brand new version, brand new take, brand new one, all new, all new version, entirely
        new, entirely new version, totally new, totally new version, totally different
        version, completely different version, completely new version, completely new take,
        completely different take, something new, something fresh, something totally
        different, something entirely different, different idea, fresh idea, take it from
        the top, take 2, second take, second attempt, second try, take another, retry, retry
        it, retry this, retry that, re try, retried, redo please, replay the dice
        """,
}
"""Phrases that say what they want, by what they ask for."""
