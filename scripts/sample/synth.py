# ruff: noqa: PLR2004 - a picture or a sound is made of its numbers

"""Sounds: oscillators, plucks, drums, filters and a room, as plain numpy arrays.

Signals are float64 arrays of one channel at `RATE`; stereo is `(2, samples)`. Every random number
comes from a generator that the caller seeds, so the same song comes out each time.
"""

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Signal = NDArray[np.float64]
RATE: Final = 44100
TABLE: Final = 4096


def frequency(midi: float) -> float:
    """Return the frequency in Hz of a MIDI note (A4 = 69 = 440 Hz)."""
    return float(440.0 * 2.0 ** ((midi - 69.0) / 12.0))


def seconds(length: float) -> Signal:
    """Return the time axis of a sound of that many seconds."""
    return np.arange(round(length * RATE)) / RATE


def envelope(length: float, attack: float, release: float) -> Signal:
    """Return a raised-cosine attack and release around a flat middle; both lie inside `length`."""
    t = seconds(length)
    rise = np.clip(t / max(attack, 1e-4), 0, 1)
    fall = np.clip((length - t) / max(release, 1e-4), 0, 1)
    return np.asarray((0.5 - 0.5 * np.cos(np.pi * rise)) * (0.5 - 0.5 * np.cos(np.pi * fall)))


@cache
def _saw_table(midi: int, cutoff: float) -> Signal:
    """Return one cycle of a saw, softened above `cutoff` Hz and free of aliases at this pitch."""
    harmonics = np.arange(1, max(2, int(14000 / frequency(midi))))
    gains = 1 / harmonics / np.sqrt(1 + (harmonics * frequency(midi) / cutoff) ** 4)
    spectrum = np.zeros(TABLE // 2 + 1, dtype=complex)
    kept = min(len(harmonics), TABLE // 2 - 1)
    spectrum[1 : kept + 1] = -1j * gains[:kept] * TABLE / 2
    return np.fft.irfft(spectrum)


def saw(midi: int, length: float, cutoff: float, cents: float = 0.0, phase: float = 0.0) -> Signal:
    """Return a soft saw of constant pitch."""
    table = _saw_table(midi, cutoff)
    turns = frequency(midi + cents / 100) * seconds(length) + phase
    place = (turns % 1.0) * TABLE
    low = place.astype(np.int64)
    part = place - low
    return np.asarray(table[low % TABLE] * (1 - part) + table[(low + 1) % TABLE] * part)


@cache
def pluck(midi: int, length: float, brightness: float = 1.0) -> Signal:
    """Return a plucked string: every harmonic dies faster than the one below it."""
    t = seconds(length)
    total = np.zeros_like(t)
    for number in range(1, 15):
        pitch = frequency(midi) * number * (1 + 0.00012 * number**2)
        if pitch > 15000:
            break
        gain = brightness ** (number - 1) / number**1.15
        total += gain * np.exp(-t * (3.2 + 1.9 * number)) * np.sin(2 * np.pi * pitch * t)
    return total * envelope(length, 0.003, 0.04)


@cache
def bell(midi: int, length: float) -> Signal:
    """Return a glassy bell by frequency modulation at 1 : 3.5, its modulation dying first."""
    t = seconds(length)
    carrier = 2 * np.pi * frequency(midi) * t
    glass = 1.6 * np.exp(-t * 5) * np.sin(3.5 * carrier)
    body = np.sin(carrier + glass) + 0.35 * np.sin(2 * carrier) * np.exp(-t * 3)
    return np.asarray(body * np.exp(-t * 1.9) * envelope(length, 0.004, 0.1))


def kick() -> Signal:
    """Return a round kick: a sine that falls from 150 Hz to 46 Hz, with a click."""
    t = seconds(0.42)
    pitch = 46 + 110 * np.exp(-t * 32)
    body = np.sin(2 * np.pi * np.cumsum(pitch) / RATE) * np.exp(-t * 8.5)
    click = np.random.default_rng(1).standard_normal(len(t)) * np.exp(-t * 420) * 0.25
    return np.asarray((np.tanh(1.6 * body) + click) * envelope(0.42, 0.001, 0.08))


def snare() -> Signal:
    """Return a snare with a clap on top (three hands, 11 ms apart)."""
    rng = np.random.default_rng(2)
    t = seconds(0.34)
    noise = band(rng.standard_normal(len(t)), 900, 9500)
    tone = np.sin(2 * np.pi * 186 * t) * np.exp(-t * 26)
    clap = sum(
        np.where(t >= late, np.exp(-(t - late) * (120 if late < 0.02 else 19)), 0)
        for late in (0.0, 0.011, 0.022)
    )
    return np.asarray((0.55 * tone + 0.42 * noise * clap) * envelope(0.34, 0.001, 0.06))


def hat(length: float, seed: int) -> Signal:
    """Return a hi-hat; short is closed, long is open."""
    t = seconds(length)
    noise = band(np.random.default_rng(seed).standard_normal(len(t)), 6800, 16000)
    return np.asarray(noise * np.exp(-t * 5.5 / length) * envelope(length, 0.001, length / 4))


def crash() -> Signal:
    """Return a wash of cymbal."""
    t = seconds(2.6)
    noise = band(np.random.default_rng(5).standard_normal(len(t)), 3600, 15000)
    return np.asarray(noise * np.exp(-t * 1.9) * envelope(2.6, 0.002, 0.5))


def riser(length: float) -> Signal:
    """Return air that brightens and swells until it stops dead."""
    t = seconds(length)
    noise = np.random.default_rng(6).standard_normal(len(t))
    dark, bright = band(noise, 300, 1400), band(noise, 1800, 9000)
    way = t / length
    return np.asarray((dark * (1 - way) + bright * way) * way**2.2)


def band(signal: Signal, low: float, high: float) -> Signal:
    """Return the signal between two frequencies, with soft shoulders."""
    spectrum = np.fft.rfft(signal)
    hertz = np.fft.rfftfreq(len(signal), 1 / RATE) + 1e-9
    gain = 1 / np.sqrt(1 + (low / hertz) ** 4) / np.sqrt(1 + (hertz / high) ** 4)
    return np.asarray(np.fft.irfft(spectrum * gain, len(signal)))


def air(signal: Signal) -> Signal:
    """Return the signal with the tilt of a finished record: 2 dB less sub, 6 dB more treble."""
    hertz = np.fft.rfftfreq(len(signal), 1 / RATE)
    treble = (hertz / 2600) ** 2 / (1 + (hertz / 2600) ** 2)
    sub = 0.26 / (1 + (hertz / 120) ** 2)
    return np.asarray(np.fft.irfft(np.fft.rfft(signal) * (1 + treble) * (1 - sub), len(signal)))


def room(signal: Signal, length: float = 2.6) -> Signal:
    """Return the stereo echo of a hall: `(2, samples)` convolved with decaying noise."""
    rng = np.random.default_rng(7)
    t = seconds(length)
    size = signal.shape[1] + len(t)
    wet = []
    for channel in signal:
        impulse = band(rng.standard_normal(len(t)), 180, 6200) * np.exp(-t * 2.4)
        impulse[: int(0.018 * RATE)] = 0
        impulse /= np.sqrt(np.sum(impulse**2))
        tail = np.fft.irfft(np.fft.rfft(channel, size) * np.fft.rfft(impulse, size), size)
        wet.append(tail[: signal.shape[1]])
    return np.stack(wet)
