# ruff: noqa: PLR2004 - a picture or a sound is made of its numbers

"""The arrangement and the mix: who plays what in which section, and how it becomes one mp3."""

import subprocess
from pathlib import Path
from typing import Final

import imageio_ffmpeg
import numpy as np

from . import score, synth, voice
from .synth import RATE, Signal

PEAK: Final = 10 ** (-1.2 / 20)
BAR: Final = score.BAR_SECONDS
BEAT: Final = score.BEAT_SECONDS
LOUDNESS: Final = {"low": 0.55, "medium": 0.8, "high": 1.0}
HOOK: Final = ((0.0, 77), (1.5, 76), (2.0, 74), (3.0, 72), (3.5, 74))
"""The bell figure of intro and outro: (beat, MIDI), moved onto the chord below it."""


class Bus:
    """A stereo strip as long as the song, onto which sounds are laid."""

    def __init__(self) -> None:
        """Start silent."""
        self.sound: Signal = np.zeros((2, round(score.SONG_SECONDS * RATE)))

    def lay(self, sound: Signal, at: float, gain: float = 1.0, pan: float = 0.0) -> None:
        """Add a mono sound at a second; `pan` runs from -1 (left) to 1 (right), equal power."""
        start = round(at * RATE)
        if start < 0:
            sound, start = sound[-start:], 0
        room = self.sound.shape[1] - start
        if room <= 0:
            return
        angle = (pan + 1) * np.pi / 4
        part = sound[:room] * gain
        self.sound[0, start : start + len(part)] += part * np.cos(angle) * np.sqrt(2)
        self.sound[1, start : start + len(part)] += part * np.sin(angle) * np.sqrt(2)


def _energy(section: int) -> str:
    return score.SECTIONS[section].energy


def pads() -> Bus:
    """Lay the chords: detuned soft saws, wider and brighter as the energy rises."""
    bus = Bus()
    rng = np.random.default_rng(11)
    cutoffs = {"low": 750.0, "medium": 1000.0, "high": 1900.0}
    for (section, at, length, _), notes in zip(score.chords(), score.voicings(), strict=True):
        shape = synth.envelope(length + 0.5, 0.22, 0.55)
        for note in notes:
            for cents, pan in ((-8.0, -0.85), (-3.0, 0.5), (4.0, -0.4), (9.0, 0.85)):
                tone = synth.saw(
                    note, length + 0.5, cutoffs[_energy(section)], cents, rng.uniform()
                )
                bus.lay(tone * shape, at, 0.05 * LOUDNESS[_energy(section)] ** 0.5, pan)
    return bus


def basses() -> Bus:
    """Lay the bass: held notes when calm, eighths in the verse, octaves in the chorus."""
    bus = Bus()
    for section, at, length, name in score.chords():
        root = score.CHORDS[name][0]
        energy = _energy(section)
        if energy == "low":
            if section == 0 and at < 2 * BAR:
                continue
            bus.lay(_bass_note(root, length, 0.15), at, 0.22)
            continue
        for step in range(round(length / (BEAT / 2))):
            up = 12 if energy == "high" and step % 2 else 0
            accent = 1.0 if step % 4 == 0 else 0.78
            bus.lay(_bass_note(root + up, BEAT / 2, 0.01), at + step * BEAT / 2, 0.3 * accent)
    return bus


def _bass_note(midi: int, length: float, attack: float) -> Signal:
    sub = np.sin(2 * np.pi * synth.frequency(midi) * synth.seconds(length))
    edge = synth.saw(midi, length, 420.0) * 0.45 + synth.saw(midi + 12, length, 700.0, 4) * 0.12
    return np.asarray((sub * 0.6 + edge) * synth.envelope(length, attack, 0.05))


def arpeggios() -> Bus:
    """Lay the plucked sixteenths, climbing and falling through the voicing, left and right."""
    bus = Bus()
    pattern = (0, 2, 1, 3, 2, 4, 3, 5)
    for (section, at, length, _), notes in zip(score.chords(), score.voicings(), strict=True):
        ladder = [*notes, *(note + 12 for note in notes)]
        energy = _energy(section)
        step = BEAT / 2 if energy == "low" else BEAT / 4
        for number in range(round(length / step)):
            midi = ladder[pattern[number % len(pattern)]] + (12 if energy == "high" else 0)
            accent = (1.0, 0.6, 0.8, 0.6)[number % 4]
            fade = min(1.0, 0.25 + at / 8) if section == 0 else LOUDNESS[energy]
            tone = synth.pluck(midi, 0.9, 0.55 if energy != "high" else 0.7)
            bus.lay(tone, at + number * step, 0.18 * accent * fade, 0.6 if number % 2 else -0.6)
    return bus


def bells() -> Bus:
    """Lay the bell figure over intro and outro, and one high bell on every chorus bar."""
    bus = Bus()
    for (section, at, length, name), notes in zip(score.chords(), score.voicings(), strict=True):
        kind = score.SECTIONS[section].kind
        classes = score.CHORDS[name][1]
        if kind in {"intro", "outro"} and length == BAR:
            for beat, midi in HOOK:
                near = min(
                    range(midi - 3, midi + 4), key=lambda n: (n % 12 not in classes, abs(n - midi))
                )
                bus.lay(synth.bell(near, 2.0), at + beat * BEAT, 0.13, 0.25)
        elif kind == "chorus":
            bus.lay(synth.bell(notes[-1] + 12, 2.0), at, 0.09, -0.35)
    return bus


def drums() -> tuple[Bus, list[float]]:
    """Lay the kit and return it with the times of all kicks, which duck the other strips."""
    bus = Bus()
    kicks: list[float] = []
    starts = score.section_starts()
    for index, section in enumerate(score.SECTIONS):
        bars = len(section.bars)
        for bar in range(bars):
            at = starts[index] + bar * BAR
            last = bar == bars - 1
            _groove(bus, kicks, section, at, last=last)
            if last and index + 1 < len(starts) - 1:
                _fill(bus, at, rising=score.SECTIONS[index + 1].kind == "chorus")
        if section.kind in {"chorus", "outro"}:
            bus.lay(synth.crash(), starts[index], 0.16, -0.2)
    return bus, kicks


def _groove(bus: Bus, kicks: list[float], section: score.Section, at: float, *, last: bool) -> None:
    if section.kind in {"intro", "outro"}:
        if section.kind == "intro" and at >= 2 * BAR:
            _hats(bus, at, chorus=False)
        return
    chorus = section.kind == "chorus"
    for beat in (0.0, 1.0, 2.0, 3.0) if chorus else (0.0, 1.75, 2.0):
        if last and beat >= 2:
            continue
        kicks.append(at + beat * BEAT)
        bus.lay(synth.kick(), at + beat * BEAT, 0.62)
    for beat in (1, 3):
        if not (last and beat == 3):
            bus.lay(synth.snare(), at + beat * BEAT, 0.42 if chorus else 0.33, 0.05)
    _hats(bus, at, chorus=chorus)


def _hats(bus: Bus, at: float, *, chorus: bool) -> None:
    step = BEAT / 4 if chorus else BEAT / 2
    for number in range(16 if chorus else 8):
        accent = 0.07 * (1, 0.5, 0.75, 0.5)[number % 4]
        bus.lay(synth.hat(0.05, number % 5), at + number * step, accent, 0.3)
    if chorus:
        for beat in (0.5, 1.5, 2.5, 3.5):
            bus.lay(synth.hat(0.28, 9), at + beat * BEAT, 0.075, -0.3)


def _fill(bus: Bus, at: float, *, rising: bool) -> None:
    for number in range(8):
        bus.lay(
            synth.snare(),
            at + 2 * BEAT + number * BEAT / 4,
            0.1 + 0.035 * number,
            0.4 - 0.1 * number,
        )
    if rising:
        bus.lay(synth.riser(BAR), at, 0.1)


def singers() -> tuple[Bus, Bus]:
    """Return the lead, and the second voices that sing with it in the choruses."""
    lead, second = Bus(), Bus()
    for number, (section, start, line) in enumerate(score.phrases()):
        at = start - voice.LEAD_IN
        chorus = score.SECTIONS[section].kind == "chorus"
        lead.lay(voice.sing(line, seed=20 + number), at, 0.5)
        if chorus:
            second.lay(voice.sing(line, -12, seed=60 + number), at, 0.22, -0.15)
            for seed, pan in ((100, -0.8), (140, 0.8)):
                second.lay(voice.sing(_third_below(line), seed=seed + number), at + 0.012, 0.2, pan)
    return lead, second


def _third_below(line: tuple[score.Syllable, ...]) -> tuple[score.Syllable, ...]:
    scale = [note for note in range(48, 90) if note % 12 in {5, 7, 9, 10, 0, 2, 4}]
    return tuple(
        score.Syllable(s.text, s.phones, scale[scale.index(s.pitch) - 2], s.beats) for s in line
    )


def _duck(kicks: list[float], depth: float) -> Signal:
    gain = np.ones(round(score.SONG_SECONDS * RATE))
    t = synth.seconds(0.34)
    dip = 1 - depth * np.exp(-t * 9) * (1 - np.exp(-t * 300))
    for at in kicks:
        start = round(at * RATE)
        part = gain[start : start + len(dip)]
        np.minimum(part, dip[: len(part)], out=part)
    return gain


def _delay(sound: Signal, time: float, feedback: float) -> Signal:
    wet = np.zeros_like(sound)
    step = round(time * RATE)
    for repeat in range(1, 5):
        crossed = sound if repeat % 2 == 0 else sound[::-1]
        wet[:, step * repeat :] += feedback**repeat * crossed[:, : -step * repeat]
    return wet


def mix() -> Signal:
    """Return the finished song: `(2, samples)`, peak at `PEAK`, silent at both ends."""
    kit, kicks = drums()
    lead, second = singers()
    soft, hard = _duck(kicks, 0.35), _duck(kicks, 0.62)
    pad, bass = pads().sound * hard, basses().sound * hard
    arp, bell = arpeggios().sound * soft, bells().sound
    sung = lead.sound + second.sound
    echoes = (
        _delay(arp, BEAT * 0.75, 0.4)
        + 0.6 * _delay(sung, BEAT * 0.75, 0.28)
        + _delay(bell, BEAT * 0.75, 0.35)
    )
    send = 0.5 * pad + 0.7 * arp + 0.9 * bell + 0.55 * sung + 0.12 * kit.sound + 0.5 * echoes
    dry = kit.sound + bass + 0.9 * pad + arp + bell + sung + echoes
    total = dry + 0.34 * synth.room(send)
    total = np.stack([synth.air(synth.band(channel, 30, 17500)) for channel in total])
    total = np.tanh(total / np.quantile(np.abs(total), 0.9995) * 1.15)
    t = synth.seconds(score.SONG_SECONDS)
    total *= np.clip(t / 0.02, 0, 1) * np.clip((score.SONG_SECONDS - 0.15 - t) / 4.0, 0, 1) ** 1.5
    return np.asarray(total * (PEAK / np.abs(total).max()))


def write(path: Path) -> None:
    """Render the song and put it at `path` as mp3, whole or not at all."""
    pcm = (
        (mix().T * 32767 + np.random.default_rng(3).uniform(-0.5, 0.5, (1, 2)))
        .astype("<i2")
        .tobytes()
    )
    half = path.with_name("." + path.name)
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-v", "error",
        "-f", "s16le", "-ar", str(RATE), "-ac", "2", "-i", "-",
        "-c:a", "libmp3lame", "-b:a", "192k",
        "-metadata", f"title={score.TITLE}", "-metadata", "artist=clipbot",
        "-f", "mp3", str(half),
    ]  # fmt: skip
    subprocess.run(command, input=pcm, check=True)
    half.replace(path)
