"""What the sample video shows: the story, its places and the prompt of every clip, in words."""

from dataclasses import dataclass
from typing import Final

SUMMARY: Final = (
    "One paper lantern travels through a whole day and meets all the others: it leaves the "
    "mountains under the milky way, crosses a golden sea, a forest and the dunes, rides a night "
    "train through the rain into a neon city, rises with hundreds of its kind over the rooftops "
    "and comes to rest at first light."
)
USER_PROMPT: Final = (
    "A dreamy synth-pop video for 'Carry the Lanterns': follow a small paper lantern on its way "
    "home through one day and one night. Start under the stars, go over a golden sea, through a "
    "forest and across the dunes, take the evening train into a rainy neon city, let hundreds of "
    "lanterns rise above the rooftops and end at sunrise over still water. Painterly, warm lights "
    "against deep colours, slow and flowing camera."
)
STYLE: Final = {
    "color_palette": ["#0B1433", "#F6A54A", "#F9E3B4", "#3E7C59", "#D8437B", "#2BB8A6"],
    "visual_style": "Painterly illustration in motion, layered depth, soft bloom, fine film grain",
    "mood": "tender, wandering, hopeful",
    "lighting": "warm lantern glow against deep coloured skies",
    "cinematography": "slow flowing camera, wide vistas, parallax between near and far",
}
CHARACTERS: Final = (
    {
        "id": "lantern",
        "description": "Small round paper lantern, cream paper, amber flame",
        "role": "main character",
    },
    {
        "id": "traveller",
        "description": "Quiet figure in a long coat, seen as a silhouette, carrying a lantern"
        " or an umbrella",
        "role": "supporting",
    },
)


@dataclass(frozen=True)
class Shot:
    """One clip in words: where, when, what is seen, and how the camera moves."""

    scene: str
    place: str
    time_of_day: str
    sees: str
    motion: str
    camera: str
    light: str
    avoid: str
    characters: tuple[str, ...] = ("lantern",)


SHOTS: Final = (
    Shot(
        "mountain_night",
        "Snow ridges above a dark valley with mist, the milky way overhead",
        "night",
        "Snow-covered mountain ridges under a vast night sky, the milky way turning slowly behind "
        "them while mist fills the valley. A few paper lanterns rise from the dark, small and "
        "amber.",
        "Slow glide to the right while the stars turn",
        "wide shot",
        "Cold blue starlight with a pale green glow on the horizon and warm lantern points",
        "daylight, people, buildings, text, watermark",
    ),
    Shot(
        "golden_sea",
        "Open sea with a low sun, towering clouds and a small sailing boat",
        "golden hour",
        "A sunny sea at golden hour: the low sun lays a path of glitter over rolling waves, bright"
        " towering clouds drift across a wide warm sky. A small sailing boat crosses the light and"
        " paper lanterns bob on the water.",
        "Gentle drift forward just above the waves",
        "wide shot, low angle",
        "Bright golden hour sunlight, orange and turquoise reflections, soft haze on the horizon",
        "night, storm, dark sky, text, watermark",
    ),
    Shot(
        "forest_morning",
        "Old forest with tall trunks, ferns and a winding path",
        "morning",
        "Sunlight falls in long shafts through an old green forest in the morning. Golden dust and"
        " fireflies float between tall trunks, ferns move in the foreground and paper lanterns "
        "hang along the path.",
        "Slow push in between the trees",
        "eye-level, deep perspective",
        "Bright sunny morning light, fresh greens, warm shafts of light through mist",
        "night, snow, city, text, watermark",
    ),
    Shot(
        "dunes_day",
        "Sea of sand dunes with sharp crests and a huge low sun",
        "afternoon",
        "Endless dunes with razor-sharp crests in the late afternoon, a huge pale sun standing low"
        " above them. Wind carries veils of sand over the ridges and a lone traveller with a "
        "lantern walks along a crest.",
        "Slow tracking to the left over the dunes",
        "wide aerial shot",
        "Bright hot daylight, long shadows, orange sand against a soft turquoise sky",
        "rain, trees, night, text, watermark",
        ("traveller", "lantern"),
    ),
    Shot(
        "train_dusk",
        "Window seat of an old train, rain on the glass, hills and a lake passing",
        "dusk",
        "View through the rainy window of a moving train at dusk: violet hills, a shining lake and"
        " lit villages pass by at different speeds. Drops run over the glass and a small lantern "
        "glows on the table.",
        "Landscape rushes past from right to left, slight sway of the carriage",
        "point of view from the seat",
        "Magenta and violet dusk outside, warm amber lantern light inside",
        "bright noon, snow, crowd, text, watermark",
    ),
    Shot(
        "neon_rain",
        "Narrow city street at night with neon signs, wet asphalt and strings of lanterns",
        "night",
        "A narrow city street at night in the rain, neon signs in pink, cyan and amber mirrored in"
        " the wet asphalt. Red lanterns swing on strings between the houses while a traveller with"
        " an umbrella walks ahead.",
        "Steady push forward down the street",
        "low angle, one-point perspective",
        "Saturated neon glow, wet reflections, dark teal shadows, haze in the distance",
        "daylight, empty sky, snow, readable text, watermark",
        ("traveller",),
    ),
    Shot(
        "rooftops_festival",
        "Curved rooftops of an old town in the evening, hundreds of sky lanterns above",
        "evening",
        "Hundreds of glowing paper lanterns rise over the curved rooftops of an old town, near "
        "ones large and soft, far ones like sparks. Windows shine below and warm smoke drifts "
        "through an indigo and magenta sky.",
        "Slow crane up with the lanterns",
        "wide shot, looking up",
        "Warm amber light from hundreds of lanterns against an indigo evening sky",
        "daylight, rain, fireworks, text, watermark",
    ),
    Shot(
        "lake_dawn",
        "Still mountain lake under a fading aurora, the sun about to rise",
        "dawn",
        "Green and violet aurora fades above a still mountain lake while the first sunlight glows "
        "behind the peaks. Everything is mirrored in the water, mist drifts over it and the last "
        "lanterns float away.",
        "Almost still, a very slow pull back",
        "wide symmetrical shot",
        "Teal aurora above, pink and gold dawn at the horizon growing brighter",
        "city, crowd, rain, text, watermark",
    ),
)

TRANSITIONS: Final = (
    ("crossfade", 0.5, "The night melts into the golden sea with the first sung line"),
    ("cut", 0.0, "The chorus opens on the beat, out of the open sea into the forest"),
    ("cut", 0.0, "The second half of the chorus jumps from green shade into hot light"),
    ("cut", 0.0, "Verse two begins inside, on the downbeat"),
    ("fade", 0.4, "A breath of darkness before the last chorus, as the train arrives"),
    ("cut", 0.0, "From the street up to the roofs on the beat"),
    ("crossfade", 0.5, "The lanterns dissolve into the first light"),
)
"""Between clip `i` and clip `i + 1`: type, seconds, why."""
