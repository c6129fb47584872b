"""How film people speak of the weather; phrases only."""

from clipbot.domain.plan import Kind

SKIES: dict[tuple[Kind, str | None], str] = {
    (Kind.WEATHER, "rain"): """
        rain, rainy, raining, rainfall, pouring, drizzle, drizzly, rainy day, rainy weather,
        rainier, rain in, downpour, rains, wet weather, showers, raindrops, pouring rain, in
        the rain, drizzling, light rain, heavy rain, rain shower, rain showers, wet day,
        tipping down, bucketing down, chucking it down, raining cats and dogs, rainswept,
        rain soaked, rain falling, falling rain, pouring down, in pouring rain, soaking wet
        weather, monsoon, some rain, rain pouring, rained on, drenching rain, rain coming
        down, rained, it pour, them pour, sky pour, pours, pours down, pour down, should
        pour, pour with rain, pouring with rain, rain cats and dogs, rain buckets, heavens
        open, heavens to open, the heavens open, open the heavens, open the skies, skies
        open, skies open up, just rained, has rained, had rained, after rain, after the
        rain, after a shower, after a downpour, raining hard, rain hard, rains hard, rain
        down, rains down, raining down, rain heavily, spitting, spit with rain, drizzles,
        drizzly day, rain streaks, rain streaked, rain drenched, drenched in rain, drenched,
        soaked in rain, wet and rainy, wet look rain, cloudburst, deluge, sheets of rain,
        torrential rain, steady rain, fine rain, summer rain, rainstorm, rain storm, autumn
        rain, raindrops falling, drops of rain, umbrella weather, april showers, shower of
        rain, a shower, piss it down, pissing down, pelting down, bucketing, bucket down,
        chuck it down, lashing rain, lashing down, teeming, teem with rain, soggy, soggy
        weather, soggier
        """,
    (Kind.WEATHER, "snow"): """
        snow, snowy, snowing, snowfall, snowier, snowflakes, blizzard, snowstorm, snowy day,
        snows, snow coming down, snow falling, falling snow, covered in snow, in the snow,
        snowed in, snow covered, snow cover, flurries, snow flurries, snow flurry, snowed
        under, heavy snow, light snow, blanket of snow, snowing heavily, under snow, let it
        snow, drifting snow, sleet, sleety, hail, hailing, hailstorm, snowflake, snow fall,
        snow fell, just snowed, has snowed, had snowed, blanketed in snow, covered with
        snow, cover it in snow, cover it with snow, snow on the ground, snow on the roofs,
        snow white ground, snowy weather, snow storm, snow flakes, snowflakes falling, thick
        snow, deep snow, fresh snow, snow blanket, snowy scene, dusting of snow, a dusting
        of snow, dust of snow, powder snow, snow drifts, snowdrifts, snow drift, white with
        snow, whiteout, white out conditions, winter wonderland, wintry weather, snowbound,
        snow squall, snow shower, snow showers, heavy snowfall, icy weather, white
        christmas, flakes falling, flakes of snow
        """,
    (Kind.WEATHER, "fog"): """
        fog, foggy, foggier, mist, misty, mistier, haze, hazy, hazier, foggy day, in fog, in
        the fog, fogged, fog bank, thick fog, dense fog, murk, smog, smoggy, brume, mist
        rolling in, fog rolling in, rolling fog, rolling mist, pea soup, low cloud, low
        clouds, fogbound, shrouded in mist, shrouded in fog, light haze, misted, fog it up,
        fog machine look, wrapped in fog, wrapped in mist, wrap it in mist, wrap it in fog,
        wrap it in haze, shroud it in mist, shroud it in fog, veil of mist, veil of fog,
        veiled in mist, veiled in fog, blanket of fog, blanket of mist, wall of fog, sea
        mist, sea fog, morning mist, morning fog, ground fog, low fog, wisps of fog, wisps
        of mist, swirling mist, swirling fog, thick mist, thick haze, heavy fog, light fog,
        light mist, dense mist, patchy fog, foggy weather, misty weather, foggy mood, misty
        mood, steamy haze, lost in fog, lost in the fog, lost in mist, half hidden in fog,
        murky weather, fogs, fog drifting in, mist drifting in, soupy fog, atmospheric haze,
        hazed, hazily
        """,
    (Kind.WEATHER, "clear"): """
        sunny, sunnier, clear sky, clear skies, clear weather, sunshine, sunny day, sunny
        weather, dry weather, blue sky, blue skies, fair weather, cloudless, sun, sunlight,
        sun shining, sun out, sun is out, sun's out, sun is shining, sun comes out, sun come
        out, bright sun, clear day, clear, clear up, dry, dried up, dry day, cloud free,
        blazing sun, bright sunshine, nice weather, good weather, fine weather, beautiful
        weather, in the sun, bathed in sun, heatwave, heat wave, stop the rain, rain to
        stop, rain stops, no clouds, without clouds, fewer clouds, cloudless sky, a
        cloudless sky, cloudless skies, clear blue sky, clear blue skies, a clear sky,
        bright blue sky, blue sky day, deep blue sky, no rain clouds, not a cloud in the
        sky, not a cloud, without a cloud, zero clouds, cloud free sky, clouds gone, clouds
        away, sun drenched day, sunshiny, sunny skies, sunny sky, sun soaked, sunlit day,
        glorious sunshine, brilliant sunshine, summer weather, beautiful summer weather,
        summer sun, summer sunshine, hot sunny, hot summer day, warm sunny day, bring out
        the sun, bring the sun out, get the sun out, sun to come out, have the sun out, sun
        in the sky, more sun, more sunshine, some sun, some sunshine, lovely weather,
        gorgeous weather, great weather, perfect weather, better weather, nicer weather,
        beach weather, weather to clear up, weather clears, weather clears up, weather clear
        up, weather should clear up, sky clears, sky clear up, sky clear, clear the sky,
        clear the skies, clear up the sky, clear up the weather, dry it up, dry up, dry out,
        rain free, fog free, drier, dryer, stops raining, stop raining, stopped raining,
        stops snowing, stop snowing, stop the snow, stop the fog, no more rain, blazing
        sunshine, sunbeams, sun rays, rays of sun, rays of sunshine, rays of sunlight,
        scorching, scorching sun, scorcher, blistering sun, droughty, mediterranean sun,
        tropical sun, californian sun, sunniest
        """,
    (Kind.WEATHER, "storm"): """
        storm, stormy, thunderstorm, lightning, thunder, stormier, stormy weather, tempest,
        hurricane, thundery, stormier weather, lightning strikes, lightning storm,
        electrical storm, typhoon, cyclone, gale, sea storm, raging storm, bolts of
        lightning, flashes of lightning, a storm brewing, thunder and lightning, brewing
        storm, storm brewing, storm clouds, stormclouds, storm clouds gathering, gathering
        storm, storm coming, storm is coming, coming storm, approaching storm, whip up a
        storm, thunderclouds, thunder clouds, thunderstorms, lightning bolt, lightning
        bolts, bolt of lightning, flash of lightning, lightning flashes, lightning flash,
        lightning in the sky, crack of thunder, thundering, heavy weather, wild weather,
        foul weather, rough weather, angry sky, angry skies, squall, squally, tempestuous,
        thunderous, tornado, twister, electric storm, stormy sky, stormy skies, stormy sea,
        storm tossed
        """,
    (Kind.WEATHER, "cloudy"): """
        cloudy, cloudier, overcast, clouds, grey sky, gray sky, cloud, cloud cover, grey
        clouds, dark clouds, gloomy sky, grey skies, gray skies, grey day, grey weather,
        gray weather, dull weather, clouded over, cloudier sky, leaden sky, clouded, cloud
        over, clouds over, clouding over, cloudier weather, heavy clouds, thick clouds, low
        hanging clouds, fluffy clouds, white clouds, more clouds, clouds in the sky, cloud
        the sky, clouds rolling in, rolling clouds, clouds gathering, gathering clouds, dull
        sky, dull day, leaden skies, leaden, sullen sky, steely sky, blanket of cloud,
        blanket of clouds, sunless, no sun, without sun, overcast sky, overcast day, dreary
        weather, dreary sky, bleak weather, clouds passing, passing clouds, cloudscape
        """,
    (Kind.WEATHER, "wind"): """
        windy, windier, wind, breezy, gusty, blustery, gale force, breeze, gusts, wind
        blowing, strong wind, gusts of wind, windswept, windblown, wind blow, wind blows,
        stiff breeze, strong breeze, light breeze, gentle breeze, gentle wind, sea breeze,
        howling wind, howling gale, windstorm, wind storm, more wind, some wind, gust of
        wind, windier weather, windy weather, blowing a gale, blow a gale, blowy, wind
        swept, wind blown, wind in her hair, wind in his hair, wind through her hair
        """,
}
"""Phrases that say what they want, by what they ask for."""
