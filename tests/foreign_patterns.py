"""Footage that is computed: fractals, plasma, fire, crowds, snow, titles, lights at night."""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

Frames = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]
Size = tuple[int, int]
"""Width and height."""
_FONT: Final = cv2.FONT_HERSHEY_DUPLEX


def _cloudy(chance: np.random.Generator, size: Size, coarse: int) -> Floats:
    """Return noise of all sizes up to a coarse one, 0..1 (octaves, each half as strong)."""
    width, height = size
    total = np.zeros((height, width), np.float32)
    share = 1.0
    while coarse >= 1:
        small = chance.random((height // coarse + 3, width // coarse + 3), np.float32)
        total += share * cv2.resize(small, size, interpolation=cv2.INTER_CUBIC)
        coarse, share = coarse // 2, share / 2
    low, high = float(total.min()), float(total.max())
    return np.asarray((total - low) / (high - low), np.float32)


def _bytes(light: npt.NDArray[np.floating]) -> Frames:
    return np.asarray(np.clip(255 * light, 0, 255), np.uint8)


def _hued(
    hue: npt.NDArray[np.floating], rich: float, value: npt.NDArray[np.floating] | float
) -> Frames:
    """Return colours of a hue in turns, a saturation and a value."""
    turns = hue[..., None] + np.array([0, 2 / 3, 1 / 3], np.float32)
    wheel = np.clip(np.abs((turns % 1) * 6 - 3) - 1, 0, 1)
    bright = np.asarray(value, np.float32)
    return _bytes((bright[..., None] if bright.ndim else bright) * (1 - rich + rich * wheel))


def plasma(size: Size, count: int) -> Frames:
    """Return slow waves of colour."""
    down, across = np.mgrid[: size[1], : size[0]].astype(np.float32) / size[1]
    frames = []
    for index in range(count):
        time = index / 20
        wave = np.sin(7 * across + time) + np.sin(5 * down - 1.3 * time)
        wave += np.sin(9 * np.hypot(across - 0.9, down - 0.5) - 2 * time)
        frames.append(_hued(wave / 5 + time / 30, 0.75, 0.62 + 0.12 * wave))
    return np.array(frames)


def mandelbrot(size: Size, count: int) -> Frames:
    """Return a flight into the Mandelbrot set."""
    down, across = np.mgrid[: size[1], : size[0]].astype(np.float64)
    frames = []
    for index in range(count):
        scale = 1.3 / size[1] * 0.985**index
        place = (across - size[0] / 2) * scale - 0.7436 + 1j * ((down - size[1] / 2) * scale + 0.12)
        at, steps = np.zeros_like(place), np.zeros(place.shape, np.float32)
        for _ in range(60):
            inside = np.abs(at) < 4
            at = np.where(inside, at * at + place, at)
            steps += inside
        frames.append(_hued(steps / 40 + 0.55, 0.6, (steps < 60) * (0.25 + steps / 90)))
    return np.array(frames)


def clouds(size: Size, count: int) -> Frames:
    """Return clouds that go by at sunset: soft, warm, with hardly an edge."""
    width, height = size
    sky = np.linspace((0.35, 0.4, 0.62), (0.98, 0.6, 0.3), height).astype(np.float32)[:, None]
    far = _cloudy(np.random.default_rng(4), (2 * width, height), 64)
    near = _cloudy(np.random.default_rng(9), (2 * width, height), 32)
    frames = []
    for index in range(count):
        mist = 0.6 * far[:, index : index + width] + 0.4 * near[:, 2 * index // 1 :][:, :width]
        share = np.clip(2.4 * (mist - 0.42), 0, 0.8)[..., None]
        frames.append(_bytes(sky * (1 - share) + share * np.array([0.9, 0.78, 0.74])))
    return np.array(frames)


def fire(size: Size, count: int) -> Frames:
    """Return flames: noise that rises, hot below."""
    width, height = size
    noise = _cloudy(np.random.default_rng(7), (width, height + 6 * count), 32)
    fine = _cloudy(np.random.default_rng(8), (width, height + 9 * count), 16)
    hot = np.linspace(-0.35, 0.75, height, dtype=np.float32)[:, None]
    frames = []
    for index in range(count):
        heat = hot + 0.7 * noise[6 * index :][:height] + 0.4 * fine[9 * index :][:height] - 0.25
        heat = np.clip(heat, 0, 1.3)
        frames.append(_bytes(np.stack([1.5 * heat, 1.5 * heat**2, 0.9 * heat**4], axis=-1)))
    return np.array(frames)


def crowd(size: Size, count: int) -> Frames:
    """Return many small people on a square, seen from above, each on their way."""
    width, height = size
    chance = np.random.default_rng(12)
    ground = _bytes(0.45 + 0.15 * _cloudy(chance, size, 32))[..., None].repeat(3, axis=2)
    places, ways = chance.uniform(0, 1, (150, 2)), chance.normal(0, 0.004, (150, 2))
    shades = chance.integers(20, 240, (150, 3)).tolist()
    frames = []
    for index in range(count):
        frame = ground.copy()
        for place, shade in zip((places + index * ways) % 1, shades, strict=True):
            at = (int(place[0] * width), int(place[1] * height))
            cv2.circle(frame, (at[0] + 2, at[1] + 2), 4, (60, 60, 62), -1, cv2.LINE_AA)
            cv2.circle(frame, at, 4, shade, -1, cv2.LINE_AA)
        frames.append(frame)
    return np.array(frames)


def beads(size: Size, count: int) -> Frames:
    """Return large soft balls of colour that swing before a pale wall."""
    width, height = size
    chance = np.random.default_rng(31)
    wall = _bytes(0.72 + 0.16 * _cloudy(chance, size, 64))[..., None].repeat(3, axis=2)
    balls = chance.uniform(0, 1, (9, 4))
    frames = []
    for index in range(count):
        frame = wall.copy()
        for number, (x, y, tall, hue) in enumerate(balls):
            swing = np.sin(index / (9 + number) + number)
            at = (round(width * (x + 0.05 * swing)), round(height * (y + 0.06 * swing)))
            shade = _hued(np.array([[hue]], np.float32), 0.8, 0.85)[0, 0].tolist()
            cv2.circle(frame, at, round(height * (0.06 + 0.1 * tall)), shade, -1, cv2.LINE_AA)
        frames.append(cv2.GaussianBlur(frame, (0, 0), 1.2))
    return np.array(frames, np.uint8)


def headlights(size: Size, count: int) -> Frames:
    """Return a street at night: nearly black, lamps, two cars that pass, windows."""
    width, height = size
    chance = np.random.default_rng(2)
    street = 0.012 + 0.03 * _cloudy(chance, size, 64)[..., None] * np.array([0.8, 0.9, 1.2])
    for left in range(20, width, 70):
        _glow(street, (left, height // 3), 9.0, (1.0, 0.72, 0.35))
    for x, y in chance.integers((0, 0), (width, height // 2), (14, 2)):
        street[y : y + 4, x : x + 3] = (0.5, 0.45, 0.3)
    frames = []
    for index in range(count):
        frame = street.copy()
        share = index / count
        for x, shade in (
            (-0.2 + 1.4 * share, (0.95, 0.95, 0.85)),
            (1.2 - 1.3 * share, (0.9, 0.1, 0.08)),
        ):
            for wheel in (0, 14):
                _glow(frame, (round(width * x) + wheel, round(0.72 * height)), 5.0, shade)
        frames.append(_bytes(frame + chance.normal(0, 0.006, frame.shape)))
    return np.array(frames)


def _glow(
    onto: npt.NDArray[np.floating],
    at: tuple[int, int],
    wide: float,
    shade: tuple[float, float, float],
) -> None:
    """Add a light with its halo."""
    down, across = np.mgrid[: onto.shape[0], : onto.shape[1]]
    away = np.hypot(across - at[0], down - at[1]) / wide
    onto += (np.exp(-(away**2)) + 0.15 * np.exp(-away / 2.5))[..., None] * np.array(shade)


def snowfall(size: Size, count: int) -> Frames:
    """Return snow that falls before a dark wood."""
    width, height = size
    chance = np.random.default_rng(17)
    wood = (0.1 + 0.22 * _cloudy(chance, size, 32))[..., None] * np.array([0.8, 0.95, 1.1])
    for left in chance.integers(0, width, 16):
        wood[:, left : left + int(chance.integers(4, 12))] *= 0.45
    wood[int(0.8 * height) :] = wood[int(0.8 * height) :] * 0.4 + 0.5
    flakes = chance.uniform(0, 1, (260, 3))
    frames = []
    for index in range(count):
        frame = _bytes(wood)
        for x, y, near in flakes:
            across = x + 0.01 * np.sin(index / 9 + 40 * x)
            fallen = (y + index * (0.004 + 0.012 * near)) % 1
            at = (int(width * across), int(height * fallen))
            cv2.circle(frame, at, 1 + int(2 * near), (225, 228, 235), -1, cv2.LINE_AA)
        frames.append(frame)
    return np.array(frames)


def titles(size: Size, count: int) -> Frames:
    """Return cards of text that change, and creep closer a little."""
    width, height = size
    cards = (
        ("THE LONG WAY", (28, 32, 58), (240, 236, 220)),
        ("home again", (186, 58, 44), (250, 240, 215)),
        ("Side B, 1974", (232, 226, 208), (40, 44, 60)),
        ("the end", (16, 16, 18), (220, 190, 90)),
    )
    frames = []
    for index in range(count):
        words, back, ink = cards[index * len(cards) // count]
        frame = np.full((height, width, 3), back, np.uint8)
        size_ = height / 150 * (1 + 0.004 * (index % (count // len(cards))))
        (wide, high), _ = cv2.getTextSize(words, _FONT, size_, 2)
        at = ((width - wide) // 2, (height + high) // 2)
        cv2.putText(frame, words, at, _FONT, size_, ink, 2, cv2.LINE_AA)
        cv2.line(frame, (at[0], at[1] + 14), (at[0] + wide // 2, at[1] + 14), ink, 2)
        frames.append(frame)
    return np.array(frames)
