"""The singer: an additive voice whose harmonics follow the formants of the words.

A phrase becomes a few control curves (pitch, five formants, voicing, three kinds of breath noise)
with 200 values per second; the sound is the sum of harmonics weighted by those curves. The
formants are the usual textbook averages for a high voice, the consonants only sketched: enough to
hear that it sings words.
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .score import BEAT_SECONDS, Syllable
from .synth import RATE, Signal, band, frequency

CONTROL: Final = 200
LEAD_IN: Final = 0.3
WIDTHS: Final = np.array([80.0, 110.0, 170.0, 250.0, 320.0])
GAINS: Final = np.array([1.0, 0.62, 0.34, 0.26, 0.1])

VOWELS: Final[dict[str, tuple[tuple[float, float, float], ...]]] = {
    "AA": ((850, 1220, 2810),),
    "AE": ((860, 1950, 2850),),
    "AH": ((720, 1400, 2780),),
    "AO": ((620, 950, 2710),),
    "EH": ((630, 2200, 2990),),
    "ER": ((520, 1560, 2150),),
    "IH": ((450, 2380, 3050),),
    "IY": ((340, 2700, 3310),),
    "EY": ((600, 2150, 2990), (390, 2650, 3200)),
    "AY": ((850, 1250, 2810), (850, 1300, 2810), (430, 2450, 3050)),
    "OW": ((620, 980, 2710), (420, 880, 2650)),
    "UW": ((380, 950, 2670),),
}
# Consonant -> seconds, voicing, (puff, hush, hiss), formants or None for "those of the vowel".
CONSONANTS: Final[
    dict[str, tuple[float, float, tuple[float, float, float], tuple[float, float, float] | None]]
] = {
    "L": (0.06, 0.45, (0, 0, 0), (370, 1250, 2900)),
    "R": (0.06, 0.5, (0, 0, 0), (420, 1250, 1750)),
    "W": (0.06, 0.45, (0, 0, 0), (330, 720, 2400)),
    "M": (0.06, 0.28, (0, 0, 0), (280, 1100, 2300)),
    "N": (0.05, 0.28, (0, 0, 0), (290, 1650, 2600)),
    "NG": (0.06, 0.26, (0, 0, 0), (300, 1900, 2600)),
    "V": (0.05, 0.25, (0.1, 0.1, 0), (300, 1100, 2300)),
    "DH": (0.04, 0.25, (0.08, 0.05, 0.05), (320, 1400, 2600)),
    "Z": (0.06, 0.12, (0, 0, 0.35), (320, 1700, 2600)),
    "S": (0.08, 0.0, (0, 0.05, 0.6), None),
    "F": (0.07, 0.0, (0.15, 0.3, 0.15), None),
    "HH": (0.06, 0.0, (0.5, 0.3, 0), None),
    "T": (0.045, 0.0, (0, 0.2, 0.5), None),
    "D": (0.035, 0.1, (0.1, 0.2, 0.2), (350, 1700, 2700)),
    "K": (0.05, 0.0, (0.2, 0.5, 0.05), None),
    "G": (0.04, 0.12, (0.2, 0.15, 0), (300, 1500, 2400)),
    "P": (0.05, 0.0, (0.5, 0.2, 0), None),
    "B": (0.035, 0.12, (0.3, 0, 0), (300, 800, 2300)),
}


@dataclass
class Curves:
    """The control curves of one phrase, sampled `CONTROL` times a second."""

    length: int
    pitch: NDArray[np.float64] = field(init=False)
    formants: NDArray[np.float64] = field(init=False)
    voicing: NDArray[np.float64] = field(init=False)
    noise: NDArray[np.float64] = field(init=False)

    def __post_init__(self) -> None:
        """Start silent, on a neutral vowel."""
        self.pitch = np.zeros(self.length)
        self.formants = np.tile([600.0, 1400.0, 2800.0], (self.length, 1))
        self.voicing = np.zeros(self.length)
        self.noise = np.zeros((self.length, 3))

    def consonant(self, name: str, at: float, vowel: tuple[float, float, float]) -> None:
        """Write one consonant that begins at `at` seconds."""
        span, voiced, breath, formants = CONSONANTS[name]
        place = slice(
            round(at * CONTROL), max(round((at + span) * CONTROL), round(at * CONTROL) + 1)
        )
        self.voicing[place] = voiced
        self.noise[place] = breath
        self.formants[place] = formants or vowel

    def vowel(self, name: str, start: float, end: float) -> None:
        """Write a vowel, moving through its parts when it is a diphthong."""
        place = slice(round(start * CONTROL), round(end * CONTROL))
        count = place.stop - place.start
        parts = np.array(VOWELS[name])
        way = np.linspace(0, 1, max(count, 1))[:count]
        knots = np.linspace(0.15, 0.95, len(parts)) if len(parts) > 1 else np.zeros(1)
        for index in range(3):
            self.formants[place, index] = np.interp(way, knots, parts[:, index])
        self.voicing[place] = 1.0 - 0.22 * way
        self.noise[place] = (0.012, 0.016, 0.012)


def _smooth(curve: NDArray[np.float64], span: float) -> NDArray[np.float64]:
    reach = max(1, round(3 * span * CONTROL))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / (span * CONTROL)) ** 2)
    padded = np.pad(curve, reach, mode="edge")
    return np.convolve(padded, kernel / kernel.sum(), mode="valid")


def _onset(syllable: Syllable) -> tuple[list[str], str, list[str]]:
    place = next(i for i, phone in enumerate(syllable.phones) if phone in VOWELS)
    return list(syllable.phones[:place]), syllable.phones[place], list(syllable.phones[place + 1 :])


def _span(names: list[str]) -> float:
    return sum(CONSONANTS[name][0] for name in names)


def _curves(line: tuple[Syllable, ...], transpose: int) -> Curves:
    total = sum(s.beats for s in line) * BEAT_SECONDS + LEAD_IN + 0.4
    curves = Curves(round(total * CONTROL))
    now = LEAD_IN
    for index, syllable in enumerate(line):
        onset, vowel, coda = _onset(syllable)
        end = now + syllable.beats * BEAT_SECONDS
        following = _span(_onset(line[index + 1])[0]) if index + 1 < len(line) else 0.0
        closing = end - following - _span(coda)
        shape = VOWELS[vowel][0]
        at = now - _span(onset)
        for name in onset:
            curves.consonant(name, at, shape)
            at += CONSONANTS[name][0]
        curves.vowel(vowel, now, closing)
        for name in coda:
            curves.consonant(name, closing, VOWELS[vowel][-1])
            closing += CONSONANTS[name][0]
        first = round((now - 0.05) * CONTROL)
        curves.pitch[first:] = syllable.pitch + transpose
        now = end
    curves.pitch[: round(LEAD_IN * CONTROL)] = curves.pitch[round((LEAD_IN + 0.05) * CONTROL)]
    return curves


def sing(line: tuple[Syllable, ...], transpose: int = 0, seed: int = 0) -> Signal:
    """Return a sung phrase; its first beat sounds `LEAD_IN` seconds after the start of the array.

    Args:
        line: The syllables, one after the other.
        transpose: Semitones added to every note.
        seed: Gives every take its own small drift, so that two takes sound like two singers.
    """
    rng = np.random.default_rng(seed)
    curves = _curves(line, transpose)
    axis = np.arange(curves.length) / CONTROL
    held = _smooth(np.concatenate([[0], (np.diff(curves.pitch) == 0).astype(float)]), 0.12) ** 6
    drift = _smooth(rng.standard_normal(curves.length), 0.12) * 0.35
    vibrato = 0.19 * held * np.sin(2 * np.pi * 5.3 * axis + rng.uniform(0, 6))
    pitch = _smooth(curves.pitch, 0.022) + vibrato + drift * 0.4
    voicing = _smooth(curves.voicing, 0.011)
    formants = np.stack([_smooth(curves.formants[:, i], 0.016) for i in range(3)], axis=1)
    samples = round(curves.length / CONTROL * RATE)
    when = np.arange(samples) / RATE
    hertz = np.interp(when, axis, frequency(0) * 2 ** (pitch / 12))
    turns = 2 * np.pi * np.cumsum(hertz) / RATE
    control_hertz = frequency(0) * 2 ** (pitch / 12)
    voiced = np.zeros(samples)
    for number in range(1, 28):
        gain = _harmonic_gain(number * control_hertz, formants) * voicing / number**1.05
        voiced += np.interp(when, axis, gain) * np.sin(number * turns)
    breath = rng.standard_normal(samples)
    bands = ((250, 2200), (1800, 5200), (5200, 11000))
    for index, (low, high) in enumerate(bands):
        loud = np.interp(when, axis, _smooth(curves.noise[:, index], 0.008))
        voiced += 0.16 * loud * band(breath, low, high)
    return voiced


def _harmonic_gain(
    hertz: NDArray[np.float64], formants: NDArray[np.float64]
) -> NDArray[np.float64]:
    fixed = np.tile([3900.0, 4900.0], (len(hertz), 1))
    centres = np.concatenate([formants, fixed], axis=1)
    half = WIDTHS / 2
    peaks = GAINS * half / np.sqrt((hertz[:, None] - centres) ** 2 + half**2)
    soft = 1 / (1 + (hertz / 7500) ** 4)
    return np.asarray((peaks.sum(axis=1) + 0.06) * soft)
