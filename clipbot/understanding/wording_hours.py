"""How film people speak of the hour; phrases only."""

from clipbot.domain.plan import Kind

HOURS: dict[tuple[Kind, str | None], str] = {
    (Kind.TIME_OF_DAY, "night"): """
        night, nighttime, night time, at night, by night, midnight, moonlit, moonlight, by
        moonlight, nocturnal, after dark, night scene, starry night, deep night, in the dark
        of night, in the middle of the night, late at night, nightfall, at nighttime, small
        hours, in the small hours, wee hours, dead of night, at dead of night, in the dead
        of night, witching hour, under the stars, under a starry sky, under the moon, under
        a full moon, starlight, starlit, by starlight, moonlit night, moonlit scene, after
        sunset, after sundown, after nightfall, late night, late evening, 3am, 2am, nightly,
        overnight, nite, when it is dark outside, dark outside, day for night, night for
        day, night time look, nightlike, night like, pitch black night, pitch dark night,
        dark night, night sky, under a night sky, in the night, into night, into the night,
        deep into the night, midnight hour, at midnight, around midnight, past midnight,
        after midnight, middle of the night, under moonlight, in moonlight, in the
        moonlight, bathed in moonlight, lit by the moon, lit by moonlight, moonrise, full
        moon night, night shot, as a night scene, at 3 in the morning, at 2 in the morning,
        3 in the morning, 2 in the morning, 4 in the morning, night vibes, night mood, under
        the night sky, long after dark, in the wee hours, once it is dark, way past bedtime,
        hours of darkness
        """,
    (Kind.TIME_OF_DAY, "day"): """
        day, daytime, day time, daylight, noon, midday, broad daylight, by day, in the
        daytime, morning light, at noon, afternoon, in the afternoon, in daylight, by
        daylight, day light, high noon, at midday, mid day, lunchtime, at lunchtime,
        midafternoon, mid afternoon, in full daylight, in the middle of the day, at high
        noon, during the day, in the day, by daytime, full daylight, bright day, mid
        morning, in broad daylight, midday sun, noon sun, noonday, daylit, day lit, day
        scene, as a day scene, day shot, in plain daylight, in bright daylight, bright
        daylight, by light of day, light of day, in the light of day, full day, middle of
        the day, early afternoon, by afternoon, afternoon light, afternoon sun, late
        morning, at lunch, siesta time, day look, daytime look, daytime scene, twelve noon,
        12 noon, broad day, into day
        """,
    (Kind.TIME_OF_DAY, "sunset"): """
        sunset, golden hour, dusk, at sunset, at dusk, sundown, evening light, evening, in
        the evening, magic hour, twilight, blue hour, setting sun, sun going down, sun is
        setting, as the sun sets, as the sun goes down, sun setting, sun be setting, sun to
        set, when the sun goes down, when the sun sets, sun sets, late afternoon, sunset
        light, at golden hour, at twilight, at sundown, gloaming, dusky, nightfall
        approaching, low sun, last light, before nightfall, early evening, at the end of the
        day, end of the day, day's end, day 's end, sun about to set, sun is about to set,
        sunsetty, sunset vibes, sunset sky, sunset glow, sunset mood, dusk light, dusk
        falling, dusk falls, dusk sky, dusk settling, as dusk falls, as night falls, before
        dark, just before dark, eventide, evening sun, evening glow, evening mood, evening
        sky, towards evening, toward evening, by evening, into evening, late in the day,
        golden light of evening, sun low, low evening sun, sun low in the sky, sun dipping,
        sun sinking, sun sinks, sinking sun, fading light, fading daylight, end of day,
        nearly dark, day is ending, day fades, as the day ends, as the light fades, as day
        turns to night, sunsets, sun dips, sun going under, sun goes under
        """,
    (Kind.TIME_OF_DAY, "dawn"): """
        dawn, sunrise, daybreak, at dawn, at sunrise, early morning, first light, morning,
        in the morning, rising sun, sun coming up, crack of dawn, as the sun comes up, as
        the sun rises, when the sun rises, when the sun comes up, sun rises, at daybreak, at
        first light, break of day, at the break of day, before sunrise, before dawn,
        predawn, pre dawn, dawning, cockcrow, at the crack of dawn, morning glow, dawn
        light, daybreak light, sun up, at sun up, as the day breaks, day breaks, as day
        breaks, day breaking, breaking dawn, dawn breaks, dawn breaking, as dawn breaks, sun
        is just coming up, sun just coming up, sun just rising, sun is rising, sun is coming
        up, sun comes up, as the sun is coming up, sun up light, sunrise light, sunrise
        glow, sunrise sky, early light, early morning light, crisp morning light, morning
        sun, morning mist light, first thing, first thing in the morning, early in the
        morning, at the start of the day, start of the day, dawn sky, dawn colors, first
        rays, first rays of sun, first rays of the sun, first sun, waking hour, at cockcrow,
        at five in the morning, at 5 in the morning, at 6 in the morning, at six in the
        morning, day begins, as the city wakes, new day, into dawn, daybreaks
        """,
}
"""Phrases that say what they want, by what they ask for."""
