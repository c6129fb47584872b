"""How film people speak of the camera; phrases only."""

from clipbot.domain.plan import Kind

CAMERAS: dict[tuple[Kind, str | None], str] = {
    (Kind.CAMERA, "zoom_in"): """
        zoom in, zoom into, zoom on, zooming in, zooms in, zoom, push in, pushes in, pushing
        in, push into, zoom closer, dolly in, dolly into, dolly towards, move in closer,
        move closer, move the camera closer, go closer, get closer, come closer, camera
        closer, track in, punch in, go in closer, go in on, move in on, move closer to,
        moves closer, camera move in, camera moves in, crash zoom, slow zoom in, zoom right
        in, zoomed in, zoom slowly in, slow push in, push the camera in, pushing closer,
        dolly forward, creep in, slow creep, creep towards, creep closer, creeps towards,
        creeps closer, creeping in, moving closer, tracking in, truck in, zoom towards,
        close in on, closing in, move the camera in, come in closer, step closer, zoom
        close, slowly push in, zoom slowly, zoom in slowly, slow zoom, slow push, slow creep
        in, quick zoom, fast zoom, snap zoom, crash zoom in, zoom closer in, zoom up on,
        zoom up to, zoom tighter, zoom it in, push it in, push onto, push towards, push
        toward, push closer, push right in, dolly closer, dolly zoom, vertigo effect,
        vertigo shot, hitchcock zoom, dolly up, dolly up to, move up to, moving in on, inch
        closer, inch in, inches closer, edge closer, edges closer, ease in, ease closer,
        glide in, glide closer, glide towards, float in, float closer, float towards, drift
        in, drift closer, drift towards, drive in on, swoop in, swoop down, fly in, fly
        into, fly towards, rush in on, lean in, punch in on, punching in, punched in, ken
        burns, ken burns effect, home in on, homing in on, closer and closer, get right in,
        camera goes in, camera go in, forward tracking, forward dolly, go nearer, come
        nearer, get nearer, move nearer, move in a bit, closer in, bring us closer, bring
        the camera closer, take the camera closer, walk towards her, walk up to her
        """,
    (Kind.CAMERA, "zoom_out"): """
        zoom out, zooming out, zooms out, pull out, pulls out, dolly out, dolly back, pull
        back the camera, camera pulls back, camera pull back, pull the camera back, move the
        camera back, zoom back, track out, back away, zoom right out, zoomed out, zoom out
        slowly, slow zoom out, pulling out, pull away, pulls away, pulling away, back out,
        step back with the camera, camera back, moves away, camera moves away, move the
        camera away, camera further back, camera farther back, further out, farther out,
        pull the camera away, retreat, dollies back, dolly away, pulling back from,
        pullback, slow pull out, slow pull back, slow pullback, zoom it out, zoom away,
        dolly backwards, dolly backward, dolly out slowly, pull it out, pull it back slowly,
        pulling the camera back, pull back slowly, pull back and reveal, pull back to
        reveal, pullback reveal, reveal shot, reveal the surroundings, reveal the room,
        reveal the city, back off from her, back away from her, backing away, backs away,
        ease back, ease out, glide back, glide away, float back, float away, drift back,
        drift away, fly away, fly out, fly back, move out, move farther away, move further
        away, moves further away, camera moving away, camera goes back, camera backs up,
        camera backs away, take the camera back, bring the camera back, retreats,
        retreating, reverse dolly, reverse zoom, track backwards, tracking out, tracking
        back, truck out, further from him, further from them, further back, farther back,
        from further back
        """,
    (Kind.CAMERA, "pan_left"): """
        pan left, pan to the left, pans left, panning left, panning to the left, move the
        camera left, move the camera to the left, camera left, pan it left, pan leftwards,
        pan to left, swing left, slide left, slide to the left, camera pans left, panning to
        left, pan from right to left, sweep left, truck left, pan slowly left, pan gently
        left, pan quickly left, slow pan left, slow pan to the left, whip pan left, sweep to
        the left, swing to the left, panned left, leftward pan, pan from the right, pan
        slowly to the left, pan gently to the left, camera goes left, camera moves left,
        camera swings left, track left, tracks left, dolly left, look left, moves left, move
        to the left, glide left, glide to the left, drift left, drifts left
        """,
    (Kind.CAMERA, "pan_right"): """
        pan right, pan to the right, pans right, panning right, panning to the right, move
        the camera right, move the camera to the right, camera right, pan it right, pan
        rightwards, pan to right, swing right, slide right, slide to the right, camera pans
        right, panning to right, pan from left to right, sweep right, truck right, pan
        slowly right, pan gently right, pan quickly right, slow pan right, slow pan to the
        right, whip pan right, sweep to the right, swing to the right, panned right,
        rightward pan, pan from the left, pan slowly to the right, pan gently to the right,
        camera goes right, camera moves right, camera swings right, track right, tracks
        right, dolly right, look right, moves right, move to the right, glide right, glide
        to the right, drift right, drifts right
        """,
    (Kind.CAMERA, "pan"): """
        pan, panning, pan across, pans, camera pan, whip pan, pan slowly, slow pan, swish
        pan, panned, sideways camera move, sweeping pan, pan around, panning shot, panorama,
        panoramic, side to side, pan over, pan along, pans over, pans along, pans across,
        panning across, pan the camera, panning camera, pan shot, pan slowly across, pan
        gently, sweep across, sweeps across, sweeping shot, sweep over, scan across, scan
        the room, horizontal sweep, lateral move, sideways move, sideways tracking, slide
        across, slides across, slider shot, slider move, glide across, glides across,
        traverse
        """,
    (Kind.CAMERA, "static"): """
        static camera, static shot, static, locked camera, camera locked off, locked off,
        lock off, camera locked, lock the camera, lock the camera off, on a tripod, tripod,
        tripod shot, camera still, still camera, steady camera, steady, stabilise,
        stabilize, stabilised, stabilized, stable, fixed camera, camera fixed, camera
        static, keep the camera still, hold the camera still, hold the camera steady, less
        shaky, less shake, less camera shake, less camera movement, no camera movement, no
        camera shake, camera stop moving, smoother camera, gimbal, on sticks, locked down,
        lock it down, lock it off, lock down the camera, lock the shot off, locked shot,
        locked, stationary camera, no camera moves, no camera move, no moving camera, stop
        the camera, steadier camera, steadied, rock steady, stabilisation, stabilization,
        camera should not move, camera not moving, don't move the camera, nail the camera
        down, fixed shot, fixed frame, static framing, static frame, stop shaking, less
        wobble, less wobbly, less jittery, no shake, no shaking, still frame, smooth out the
        camera, smooth camera, smooth it out, camera on a tripod, anchored, bolted down,
        without camera movement, camera on sticks, tripods, on a stable tripod, put it on a
        tripod, get a tripod, gets a tripod, use a tripod, needs a tripod, off a tripod,
        steady shot, steady it, steady up, steadier, steadier hand, rock solid, rock solid
        camera, solid as a rock, rigid camera, immobile camera, unmoving camera, motionless
        camera, camera motionless, camera stays, camera stays still, camera stays put,
        camera stand still, camera stands still, camera standing still, camera doesn't move,
        camera does not move, camera to stay still, camera to stop, camera to be still,
        camera at rest, camera shouldn't move, camera mustn't move, camera must not move,
        camera can't move, camera holds still, camera hold still, keep the camera steady,
        keep the camera static, keep the camera fixed, keep the camera locked, keep the
        camera stable, keep the camera in place, keep camera still, keep camera steady, keep
        the shot still, keep the shot steady, keep the frame still, hold the camera, hold
        the shot, hold the frame, hold the frame still, hold the shot still, hold it still,
        hold it steady, hold camera steady, lock the frame, lock the frame off, lock the
        shot, lock the shot down, lock camera, locking off, lock off the camera, lockoff,
        locked frame, locked off shot, locked off camera, static cam, static tripod shot,
        static framing shot, stabilise the camera, stabilize the camera, stabilise the shot,
        stabilize the shot, stabilise it, stabilize it, stabilise the footage, stabilize the
        footage, warp stabilizer, image stabilization, image stabilisation, de shake,
        deshake, remove the shake, remove the camera shake, remove camera shake, less
        handheld, less shakiness, less shaking, less jitter, less bounce, less camera
        motion, less camera wobble, without shake, without shaking, without the shake,
        without camera shake, zero shake, zero camera movement, smooth the camera, smooth
        out the shake, smoother, smoother motion, smoother camera move, gimballed, on a
        gimbal, nail it down, nailed down, bolted to the floor, tie the camera down, glue
        the camera, freeze the camera, park the camera, plant the camera, no more shaking,
        no more shake, stop the shake, stop the wobble, stop wobbling, stop the camera
        shaking, stop the camera moving, stop the camera movement, stop moving the camera,
        no zoom, no pan, no tilt, no panning, no zooming, not handheld, surveillance camera,
        security camera
        """,
    (Kind.CAMERA, "handheld"): """
        handheld, hand held, handheld camera, handheld look, shaky, shakier, shaky camera,
        shaky cam, shake, camera shake, shake the camera, jittery, jerky, wobbly, camera
        shakes, hand held camera, hand held look, handheld feel, handycam, shaky handheld,
        documentary camera, on the shoulder, shoulder cam, shaking camera, run and gun,
        wobble, wobblier, bit of shake, camera wobble, held by hand, loose camera, guerrilla
        style, hand holding, shaky look, shaky feel, shakiness, shaky footage, shaky camera
        work, shaky camerawork, shaky hand held, shaky hands, more shake, more camera shake,
        some shake, some camera shake, a bit of camera shake, a little shake, give it some
        shake, give it a shake, shake it up camera, jittery camera, jitter, more jitter,
        jerky camera, wobbly camera, wobbly cam, wobbling camera, loose handheld, looser
        camera, looser camera work, loose camerawork, documentary style, documentary style
        camera, docu style, doc style, cinema verite, verite, reportage, reportage style,
        news camera, amateur camera, amateur video, shot on a phone, phone footage, phone
        video, phone camera, iphone video, home video camera, blair witch camera, bourne
        style, found footage camera, run & gun, on shoulder, shoulder mounted, shoulder rig,
        nervous camera, restless camera, frantic camera, moving camera, camera in hand,
        camera in the hand, free camera, freehand, free hand
        """,
    (Kind.CAMERA, "close_up"): """
        close up, closeup, close ups, closer shot, close shot, tighter framing, tight
        framing, tighter, tighter shot, tight shot, extreme close up, macro, frame her
        tighter, frame him tighter, close ups on, go close, go in close, go close on, go in
        tight, in tight, get in tight, get close, close on, closer on, close framing, closer
        framing, closer crop, crop in, crop tighter, tight on, tightly framed, in close, up
        close, super close, fill the frame, head shot, headshot, detail shot, portrait shot,
        closer view, closer angle, extreme closeup, big close up, tight crop, tighten the
        frame, tighten the framing, tighten the shot, tighten up, nearer, a closer look,
        close view, close ups of, closeups, closer ups, tight close up, medium close up,
        extreme closer, ecu, mcu, bcu, closely framed, closer frame, tighter frame, tighter
        on, tighter in, tighter view, tighten in, tighten it, tighten it up, tighten the
        crop, tighten on, crop it tighter, crop in closer, crop closer, crop it in, crop in
        on, cropped in, crop to, nearer shot, get nearer to her face, in her face, in his
        face, right up to her face, right up in her face, up in her face, face only, only
        her face, only his face, just her face, just his face, fill the frame with, filling
        the frame, frame filling, fills the frame, macro shot, macro view, detail shots,
        intimate framing, closer to the face, closer to her face, closer to his face, closer
        to her, closer to him, closer to them, closer to the singer, closer, portrait
        framing, head and shoulders, bust shot, eyes only, super tight, ultra close, ultra
        close up, real close, really close
        """,
    (Kind.CAMERA, "wide"): """
        wide shot, wide angle, wider shot, wider framing, wider, wide, wide framing, wider
        angle, establishing shot, long shot, further away, farther away, from further away,
        widen, widen the shot, widen the frame, widen out, wide view, wider view, go wide,
        go wider, wide open, wide lens, wider lens, wide frame, wider frame, full shot,
        master shot, big wide, extreme wide, extreme wide shot, wider crop, looser framing,
        looser, loosen the framing, show more of the room, show more of the scene, show more
        of the surroundings, total shot, panoramic view, fish eye, fisheye, ultra wide, from
        a distance, further from her, more distant, wide shots, wide master, wide
        establishing shot, establishing, establish the location, establish the place,
        extremely wide, super wide, ultrawide, wider field of view, wider fov, wide field of
        view, wider lens angle, wide angle lens, wide angle shot, wide angle look, 24mm,
        18mm, 14mm, fisheye lens, fish eye lens, fish eye look, fisheye look, gopro wide,
        wide panorama, whole scene, whole room, the whole picture in view, whole body, full
        body, full length, full length shot, head to toe, full figure, long view, distant
        view, distant shot, distance shot, from afar, from far away, from far off, from
        across the room, from across the street, from the distance, from more distance, more
        distance, more room around her, more room around him, more room around them, more
        space around her, more space around him, more air around her, more of the
        surroundings, more surroundings, see more of the room, see more of the scene, see
        more of the place, see more of the surroundings, see more around her, show more,
        show the surroundings, show the whole, show the whole scene, show the whole room,
        show the whole stage, show the whole band, show everything around her, less tight,
        less close, less cropped, less zoomed, less zoomed in, less close up, looser shot,
        looser crop, loose framing, loosen it, loosen the shot, loosen up the framing,
        loosen up the frame, roomier, roomier frame, roomier framing, open up the frame,
        open up the shot, open the frame up, open the shot up, widened, widening, widens,
        widen the view, widen the angle, widen it, widen it out, broader view, broader shot,
        bigger picture, big picture, medium wide, two shot, group shot
        """,
    (Kind.CAMERA, "tilt_up"): """
        tilt up, tilt upwards, tilts up, tilting up, camera up, camera tilts up, tilt the
        camera up, look up, looking up, pan up, pans up, panning up, boom up, tilt up
        slowly, slowly tilt up, camera looks up, camera tilt up, camera tilting up, camera
        goes up, camera moves up, tilt it up, tilt to the sky, tilt up to the sky, tilt
        upward, pan upwards, pan upward, pan up to, look up at the sky, sweep up, sweep
        upwards, swing up, angle up, upward tilt, boom upwards
        """,
    (Kind.CAMERA, "tilt_down"): """
        tilt down, tilt downwards, tilts down, tilting down, camera tilts down, tilt the
        camera down, pan down, pans down, panning down, boom down, tilt down slowly, slowly
        tilt down, camera looks down, camera tilt down, camera tilting down, camera goes
        down, camera moves down, tilt it down, tilt to the ground, tilt down to the ground,
        tilt downward, pan downwards, pan downward, pan down to, sweep down, swing down,
        angle down, downward tilt, boom downwards, lower the camera, camera lower, camera
        drops
        """,
    (Kind.CAMERA, "tilt"): """
        tilt, tilted, dutch angle, tilting, dutch tilt, dutch, canted, canted angle, tilts,
        slanted, crooked, askew, off kilter, tilt the camera, tilt shot, dutch tilt shot,
        dutch angles, dutch it, dutched, dutch camera, crooked angle, crooked frame, crooked
        camera, skewed angle, skewed, skew, slanted angle, slant, tilted camera, tilted
        angle, tilted frame, off axis, canted frame, batman angle, oblique angle, oblique
        """,
    (Kind.CAMERA, "orbit"): """
        orbit, orbiting, orbits, circle around, circling, circles around, rotate around,
        move around, orbit shot, orbital, orbital shot, 360, 360 shot, arc shot, arc around,
        arcs around, spin around, spins around, spinning around, camera circles, circle her,
        circle him, circle them, circling her, go around, goes around, going around, wrap
        around, rotating around, swirl around, swirling around, 360 degree, 360 degrees,
        orbit around, orbits around, orbiting around, orbiting shot, orbiting camera, orbit
        move, circle round, circles round, circling round, circling around, circular camera,
        circular move, circular shot, circular tracking, rotate round, rotates around,
        rotate the camera around, camera circling, camera orbits, camera rotates, camera
        spins, camera spinning, revolve around, revolves around, revolving, turn around her,
        spin around her, spin around him, 360 spin, 360 around, 360 orbit, spinning camera,
        spin the camera, swirl around her, swirls around, arc around her, arc around him,
        walk around her, walk around him, fly around, carousel shot, bullet time orbit, move
        around her, move around him, go around her, go around him, go round her
        """,
    (Kind.CAMERA, "drone"): """
        drone, drone shot, aerial, aerial shot, aerial view, drone view, drone footage,
        drone look, drone style, by drone, from a drone, helicopter shot, helicopter view,
        helicopter, flyover, fly over, aerials, aerial footage, aerial perspective,
        droneshot, drone cam, drone camera, drone flight, drone flyover, drone perspective,
        droney, as a drone shot, aerial drone, aerial camera, aerial angle, airborne, from
        the air, from the sky, from the skies, in the air camera, fly over it, fly over the
        city, fly over the, flies over, flying over, fly through, flythrough, fly by, flyby,
        fpv, fpv drone, flying camera, flight over, from a helicopter, from a plane, from a
        balloon, skycam, sky cam, satellite view
        """,
    (Kind.CAMERA, "overhead"): """
        overhead, overhead shot, top down, from above, bird's eye view, bird's eye, birds
        eye view, birds eye, high angle, overhead view, overhead angle, overhead camera, top
        shot, top view, from the top, top down view, top down shot, from overhead, from high
        up, from up high, from the ceiling, god's eye, god's eye view, birdseye, birdseye
        view, looking down, looking straight down, straight down, bird view, birds view,
        bird's view, high shot, from way up, plan view, over head, overhead camera angle,
        straight overhead, directly overhead, directly above, right above, from directly
        above, from right above, from straight above, straight from above, seen from above,
        looking down on, look down on, look down from above, from the rooftop, from the top
        down, top down angle, topdown, topshot, bird eye, bird eyes view, bird's eye angle,
        bird's eye perspective, birds perspective, bird perspective, high camera, high
        camera angle, higher angle, higher camera, higher up, from a high angle, from higher
        up, from on high, from a height, god view, god's view, gods eye, gods eye view,
        aerial top down, ceiling shot, ceiling view, ceiling camera, map view
        """,
    (Kind.CAMERA, "low_angle"): """
        low angle, from below, worm's eye view, ground level, low shot, low camera, from
        down low, from the ground, from the floor, worm's eye, worms eye, worms eye view,
        low down, hero angle, from ground level, from a low angle, floor level, upward
        angle, from knee height, camera low, low angles, low angle shot, low camera angle,
        lower angle, lower camera, lower camera angle, camera lower down, camera down low,
        camera on the floor, camera on the ground, put the camera low, get low, go low, go
        lower, get down low, down low, shoot from below, shot from below, seen from below,
        from underneath, from beneath, from under, looking up at her, looking up at him,
        looking up at them, look up at her, look up at him, look up at them, worm eye,
        worm's eye angle, worm's eye perspective, frog perspective, frog's eye, frog's eye
        view, frog eye, from the gutter, ground shot, floor shot, ankle height, knee level,
        ankle level, from hip height, upshot
        """,
    (Kind.CAMERA, "tracking"): """
        tracking shot, track her, track him, follow her, follow him, follow them, dolly,
        dolly shot, travelling, traveling, steadicam, follow shot, camera follows, tracking,
        track along, tracks along, track alongside, follow cam, follow the singer, follow
        the dancer, follow along, following shot, following her, following him, following
        them, steady cam, chase cam, trail her, trail him, trailing shot, tracking camera,
        dollying, move with her, move with him, moves with her, moves with him, moving with
        her, walk with her, walk with him, track them, follow behind, camera follow, camera
        following, camera that follows, follow the subject, tracks her, tracks him, tracks
        them, tracks the singer, tracks the dancer, track the singer, track the dancer,
        track alongside her, tracks alongside, track beside, track behind, tracking her,
        tracking him, tracking them, trackin shot, travelling shot, traveling shot, follows
        her, follows him, follows them, follows the singer, follows the dancer, follow the
        boxer, follows the boxer, follow the car, follows the car, follow the woman, follow
        the man, follow the girl, follow the boy, follow the couple, follow the band, follow
        the boat, follow the bus, following the singer, following the dancer, follow from
        behind, follow from the front, follow cam shot, follow focus move, steadicam shot,
        steadycam, steady cam shot, one take steadicam, glidecam, dolly along, dolly with,
        dolly alongside, dolly track, dolly move, on a dolly, on rails, on tracks, along
        with her, along with him, alongside her, alongside him, run with her, run with him,
        running alongside, run alongside, go with her, go with him, travel with her, travel
        with him, keep up with her, keep up with him, chase her, chase him, chase shot, stay
        with her, stay with him, walk along with, move along with, moving along, moves along
        with, lateral tracking, side tracking
        """,
    (Kind.CAMERA, "pov"): """
        pov, point of view, first person, over the shoulder, first person view, through her
        eyes, through his eyes, through their eyes, subjective camera, her point of view,
        his point of view, from her point of view, from his point of view, from her
        perspective, from his perspective, over shoulder, ots, eye view, pov shot, pov
        camera, pov style, pov angle, in pov, points of view, her pov, his pov, their pov,
        from her eyes, from his eyes, from her viewpoint, from his viewpoint, from their
        perspective, from their point of view, from the singer's point of view, from the
        driver's point of view, first person shot, first person camera, first person angle,
        subjective, subjective shot, subjective view, as she sees it, as he sees it, what
        she sees, what he sees, over her shoulder, over his shoulder, over their shoulder,
        over the shoulder shot, head cam, helmet cam, body cam, bodycam, gopro style, gopro
        look, gopro view, through the eyes of, ego perspective, ego view, selfie style,
        selfie angle
        """,
    (Kind.CAMERA, "crane"): """
        crane, crane shot, crane up, jib, crane down, crane up shot, crane move, jib shot,
        camera rises, pedestal up, rising camera, camera lifts off, lift off, crane in,
        crane out, crane camera, craning, craning up, craning down, crane upwards, crane
        downwards, crane over, crane style, jib up, jib down, jib move, jib arm, camera
        rising, camera rise, camera lifts, camera lifting, camera lifts up, camera ascends,
        camera ascending, camera climbs, camera soars, camera floats up, rise up, rises up,
        rising shot, soar over, soars over, boom shot, pedestal down, elevator shot,
        ascending shot
        """,
}
"""Phrases that say what they want, by what they ask for."""
