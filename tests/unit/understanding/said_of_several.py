"""What is said of several clips at once, and of what is easily taken for a wish."""

SEVERAL = {
    "clip 2: sailor to ghost, gym to beach": "edit 2 subject:None background:None",
    "instead of the park I want a rooftop terrace behind her, clip 2": "edit 2 background:None",
    "into 3 goes a hot dog stand": "edit 3 add:None",
    "3 and 4 are locked, no edits there! clip 5 goes darker": "edit 5 brightness:down",
    "4 and 5 are off limits; 6 at night": "edit 6 time_of_day:night",
    "clips 1 and 2 are final. clip 3 a bit warmer": "edit 3 warmth:up-",
    "clip 2 brighter, clip 4 darker and clip 6 in black and white": (
        "edit 2 brightness:up; 4 brightness:down; 6 look:monochrome"
    ),
    "in 2 let it snow, in 3 let it pour, 4 should stay as it is": (
        "edit 2 weather:snow; 3 weather:rain"
    ),
    "1 needs more punch, 2 is too soft, 3 drags": "edit 1 contrast:up; 2 sharpness:up; 3 speed:up",
    "brighten 1 and 2 but calm the colours down in 3": "edit 1,2 brightness:up; 3 saturation:down",
    "push in on 4, pull back on 5, lock off 6": (
        "edit 4 camera:zoom_in; 5 camera:zoom_out; 6 camera:static"
    ),
    "clip 4 could use some grit; clip 5 should feel like a lullaby": (
        "edit 4 mood:gritty; 5 mood:calm"
    ),
    "dawn in 1, noon in 2, dusk in 3, night in 4": (
        "edit 1 time_of_day:dawn; 2 time_of_day:day; 3 time_of_day:sunset; 4 time_of_day:night"
    ),
    "clip 5 in the rain with the van left exactly where it is": (
        "edit 5 weather:rain keeping the van"
    ),
    "the colours of clip 3 are over the top, rein them in": "edit 3 saturation:down",
    "clip 3 is kinda loud colourwise, chill it a tad": "edit 3 saturation:down",
    "clip 4: there is a bird on the wire, take it out": "edit 4 remove:None",
    "speed clip 4 up while slowing it down": "ask",
    "clip 6 either brighter or warmer": "ask",
    "kick the chorus girls out of clip 2": "edit 2 remove:None",
    "nobody except the boxer should be seen in clip 3, clear the others out": "edit 3 remove:None",
    "the camera in clip 4 mustn't race like that, hold it still": "edit 4 camera:static",
    "clip 5 is far too jumpy, less movement": "edit 5 motion:down+",
}

CORNERS = {
    "move the camera right towards the door": "camera:pan_right",
    "her colours should fade": "ask",
    "she should be darker": "brightness:down",
    "I can't wait, make it darker": "brightness:down",
    "leave the lantern exactly where it is and darken everything else": (
        "brightness:down keeping the lantern"
    ),
    "darken it, her dress must not lose its colour": "brightness:down keeping her dress",
    "remove the zoom": "camera:static",
    "not so handheld": "camera:static",
    "less romantic": "mood:neutral",
    "less dreamy, more gritty": "mood:gritty",
    "moody af": "mood:dramatic",
    "add fog without covering her face": "weather:fog keeping her face",
    "a sign saying SLOW DOWN": "add:None",
    "a birthday cake on the table": "add:None",
    "I like it darker": "brightness:down",
    "love the fog": "chat",
    "it was filmed at night": "ask",
    "the wind was terrible that day": "ask",
    "we used a drone for this": "ask",
    "give me a minute": "ask",
    "I need a break": "ask",
    "can't wait to show this to the band": "ask",
    "nice rain": "chat",
    "we shot this at night": "ask",
    "the sunset looks amazing": "chat",
    "the music should be louder": "ask",
    "turn the volume up": "ask",
    "more badass": "mood:None",
    "too many people": "remove:None",
    "I can't see why": "ask",
    "it is hard to make out her face": "brightness:up",
    "the camera should wobble less": "camera:static",
    "let the camera glide along the wall": "camera:tracking",
    "the camera sits on the table": "ask",
    "dolly the camera": "camera:tracking",
    "I want suggestions": "ask",
    "I'd like a different dress": "subject:None",
    "how about something else?": "ask",
    "I would like changes": "ask",
}
