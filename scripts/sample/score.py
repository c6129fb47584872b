# ruff: noqa: PLR2004 - a picture or a sound is made of its numbers

"""What the sample song is: form, chords, melody and words, every time derived from the bar.

At 120 bpm a bar lasts exactly two seconds, that is 48 frames at 24 fps: sections, chords and clip
boundaries therefore fall on whole bars *and* whole frames. Nothing here makes a sound.
"""

from dataclasses import dataclass
from itertools import accumulate, combinations, pairwise
from typing import Final

TITLE: Final = "Carry the Lanterns"
BPM: Final = 120.0
BEAT_SECONDS: Final = 0.5
BEATS_PER_BAR: Final = 4
BAR_SECONDS: Final = BEAT_SECONDS * BEATS_PER_BAR
CLIP_BARS: Final = (5, 4, 4, 4, 5, 4, 4, 5)

CHORDS: Final[dict[str, tuple[int, tuple[int, ...]]]] = {
    "Dm9": (38, (2, 5, 9, 4)),
    "Bbmaj7": (34, (10, 2, 5, 9)),
    "Bb": (34, (10, 2, 5)),
    "Fadd9": (41, (5, 9, 0, 7)),
    "F/A": (33, (5, 9, 0)),
    "C": (36, (0, 4, 7)),
    "Csus": (36, (0, 5, 7, 10)),
    "Gm7": (43, (7, 10, 2, 5)),
    "F": (41, (5, 9, 0)),
}
"""Name -> bass note (MIDI) and pitch classes."""


@dataclass(frozen=True)
class Section:
    """A stretch of the song: its kind, its energy, and for every bar its chord or chords."""

    kind: str
    energy: str
    bars: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Syllable:
    """One sung note; `text` ends in a hyphen when the word goes on, `phones` are ARPAbet-like."""

    text: str
    phones: tuple[str, ...]
    pitch: int
    beats: float


def _line(text: str, phones: str, pitches: str, beats: str) -> tuple[Syllable, ...]:
    columns = zip(text.split(), phones.split(), pitches.split(), beats.split(), strict=True)
    return tuple(Syllable(t, tuple(p.split("-")), int(n), float(b)) for t, p, n, b in columns)


VERSE_CHORDS: Final = (("Dm9",), ("Bbmaj7",), ("Fadd9",), ("C",))
CHORUS_CHORDS: Final = (
    ("Bb",), ("C",), ("Dm9",), ("F/A",),
    ("Bb",), ("C",), ("Gm7", "C"), ("F",),
)  # fmt: skip

SECTIONS: Final = (
    Section("intro", "low", (("Dm9",), ("Bbmaj7",), ("Fadd9",), ("C",), ("Csus",))),
    Section("verse", "medium", VERSE_CHORDS),
    Section("chorus", "high", CHORUS_CHORDS),
    Section("verse", "medium", (*VERSE_CHORDS, ("Csus", "C"))),
    Section("chorus", "high", CHORUS_CHORDS),
    Section("outro", "low", (("Bbmaj7",), ("C",), ("Dm9",), ("Bbmaj7",), ("Fadd9",))),
)

_VERSE_PITCHES: Final = ("69 69 67 69 65 70 69 67 65", "65 65 67 69 72 69 67 67 69 67 64")
_VERSE_BEATS: Final = ("1 .5 .5 1 1 1 .5 .5 1.5", ".5 .5 .5 .5 1 1 .5 .5 .5 .5 1.5")

VERSE_1: Final = (
    _line(
        "Gold on the wa- ter, salt in the air",
        "G-OW-L-D AA-N DH-AH W-AO T-ER S-AO-L-T IH-N DH-IY EH-R",
        _VERSE_PITCHES[0],
        _VERSE_BEATS[0],
    ),
    _line(
        "Lit- tle pa- per lan- terns float- ing eve- ry- where",
        "L-IH T-AH-L P-EY P-ER L-AE-N T-ER-N-Z F-L-OW T-IH-NG EH-V R-IY W-EH-R",
        _VERSE_PITCHES[1],
        _VERSE_BEATS[1],
    ),
)
VERSE_2: Final = (
    _line(
        "Rain on the win- dow, night on the line",
        "R-EY-N AA-N DH-AH W-IH-N D-OW N-AY-T AA-N DH-AH L-AY-N",
        _VERSE_PITCHES[0],
        _VERSE_BEATS[0],
    ),
    _line(
        "Eve- ry lit- tle lan- tern has a light like mine",
        "EH-V R-IY L-IH T-AH-L L-AE-N T-ER-N HH-AE-Z AH L-AY-T L-AY-K M-AY-N",
        _VERSE_PITCHES[1],
        _VERSE_BEATS[1],
    ),
    _line("Hold on, hold on", "HH-OW-L-D AA-N HH-OW-L-D AA-N", "67 69 70 72", "1 1 1 1"),
)
CHORUS: Final = (
    _line(
        "Car- ry the lan- terns o- ver the hill",
        "K-AE R-IY DH-AH L-AE-N T-ER-N-Z OW V-ER DH-AH HH-IH-L",
        "74 72 70 74 72 72 70 69 67",
        "1 .5 .5 1 1 1 .5 .5 1.5",
    ),
    _line(
        "Car- ry the morn- ing, I'm fol- low- ing still",
        "K-AE R-IY DH-AH M-AO-R N-IH-NG AY-M F-AA L-OW IH-NG S-T-IH-L",
        "69 69 67 74 72 69 72 72 69 69",
        "1 .5 .5 1 .5 .5 1 .5 .5 1.5",
    ),
    _line(
        "Light af- ter light, we are find- ing the way",
        "L-AY-T AE-F T-ER L-AY-T W-IY AA-R F-AY-N D-IH-NG DH-AH W-EY",
        "74 72 70 77 74 74 76 74 72 72",
        "1 .5 .5 1 .5 .5 1 .5 .5 1.5",
    ),
    _line(
        "Lan- terns are burn- ing till it is day",
        "L-AE-N T-ER-N-Z AA-R B-ER N-IH-NG T-IH-L IH-T IH-Z D-EY",
        "74 72 70 72 67 69 67 67 65",
        "1 .5 .5 1 1 1 .5 .5 2",
    ),
)

SUNG: Final[dict[int, tuple[tuple[Syllable, ...], ...]]] = {
    1: VERSE_1,
    2: CHORUS,
    3: VERSE_2,
    4: CHORUS,
}
"""Section index -> its lines; every line starts on a bar and fills two ("Hold on": one)."""


def section_starts() -> list[float]:
    """Return the start of every section in seconds, then the end of the song."""
    return [bars * BAR_SECONDS for bars in accumulate((len(s.bars) for s in SECTIONS), initial=0)]


def clip_bounds() -> list[float]:
    """Return the start of every clip in seconds, then the end of the song."""
    return [bars * BAR_SECONDS for bars in accumulate(CLIP_BARS, initial=0)]


SONG_SECONDS: Final = section_starts()[-1]


def phrases() -> list[tuple[int, float, tuple[Syllable, ...]]]:
    """Return every sung line as (section index, start in seconds, syllables), in order."""
    starts = section_starts()
    return [
        (index, starts[index] + number * 2 * BAR_SECONDS, line)
        for index, lines in SUNG.items()
        for number, line in enumerate(lines)
    ]


def words() -> list[tuple[str, float]]:
    """Return every sung word with the second on which it begins."""
    found: list[tuple[str, float]] = []
    for _, start, line in phrases():
        now, pending, began = start, "", start
        for syllable in line:
            began = began if pending else now
            pending += syllable.text.removesuffix("-")
            if not syllable.text.endswith("-"):
                found.append((pending, round(began, 6)))
                pending = ""
            now += syllable.beats * BEAT_SECONDS
    return found


def chords() -> list[tuple[int, float, float, str]]:
    """Return every chord as (section index, start, seconds, name), in order."""
    found: list[tuple[int, float, float, str]] = []
    now = 0.0
    for index, section in enumerate(SECTIONS):
        for bar in section.bars:
            for name in bar:
                found.append((index, now, BAR_SECONDS / len(bar), name))
                now += BAR_SECONDS / len(bar)
    return found


def voicings(count: int = 4, centre: float = 62.0) -> list[tuple[int, ...]]:
    """Return the upper voices (MIDI, rising) of every chord, each near to the one before."""
    previous: tuple[int, ...] = ()
    found: list[tuple[int, ...]] = []
    for *_, name in chords():
        classes = CHORDS[name][1]
        pool = [note for note in range(53, 77) if note % 12 in classes]
        options = [
            notes
            for notes in combinations(pool, count)
            if {note % 12 for note in notes} >= set(classes[:count])
        ]
        target = previous or tuple([round(centre)] * count)
        previous = min(options, key=lambda notes: _distance(notes, target, centre))
        found.append(previous)
    return found


def _distance(notes: tuple[int, ...], target: tuple[int, ...], centre: float) -> float:
    moved = sum(abs(a - b) for a, b in zip(notes, target, strict=True))
    gaps = [b - a for a, b in pairwise(notes)]
    crowded = sum(4 for gap in gaps if gap < 2) + sum(2 for gap in gaps if gap > 7)
    return moved + crowded + 0.6 * abs(sum(notes) / len(notes) - centre)
