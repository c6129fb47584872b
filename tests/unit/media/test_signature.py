"""Composition, told from light."""

import numpy as np
import pytest

from clipbot.media.signature import Signature, likeness, shown_instead, signature
from tests.faults import Frames
from tests.photographs import photograph

TIMES = (0.0, 0.5, 1.0, 1.5)


def shot(name: str = "coffee", *, step: int = 8) -> Frames:
    """Return four moments of a photograph that a camera passes."""
    picture = photograph(name, 320, 180)
    return np.array([np.roll(picture, -step * index, axis=1) for index in range(len(TIMES))])


def of(frames: Frames) -> Signature:
    return signature(TIMES, list(frames))


def composition(changed: Frames) -> float:
    return likeness(of(shot()), of(changed)).composition


def dimmed(frames: Frames) -> Frames:
    return np.rint(255 * (frames / 255) ** 2.2).astype(np.uint8)


def test_light_and_colour_are_no_composition() -> None:
    frames = shot()
    corners = np.linspace(0.5, 1.0, frames.shape[2])[None, None, :, None]
    assert composition(frames) == pytest.approx(1.0)
    assert composition(dimmed(frames)) > 0.9
    assert composition((frames * np.array([1.0, 0.8, 0.5])).astype(np.uint8)) > 0.9
    assert composition((frames * corners).astype(np.uint8)) > 0.9


def test_grain_is_no_composition() -> None:
    noise = np.random.default_rng(3).normal(0, 12, shot().shape)
    assert composition(np.clip(shot() + noise, 0, 255).astype(np.uint8)) > 0.9


@pytest.mark.parametrize(
    "other",
    [
        lambda frames: np.roll(frames, 40, axis=2),
        lambda frames: frames[:, :, ::-1],
        lambda frames: frames[:, ::-1],
        lambda frames: 255 - frames,
        lambda frames: frames[:, 22:158, 40:280],
        lambda _: shot("cat"),
    ],
    ids=["shifted", "mirrored", "upside down", "negative", "cropped", "another"],
)
def test_another_picture_is_another_composition(other: object) -> None:
    assert callable(other)
    assert composition(np.ascontiguousarray(dimmed(other(shot())))) < 0.6


def test_the_arrangement_stands_a_little_way_and_another_time() -> None:
    moved = likeness(of(shot()), of(np.roll(shot()[::-1], 14, axis=2)))
    assert moved.composition < 0.75 < moved.arrangement
    assert likeness(of(shot()), of(shot("cat"))).arrangement < 0.6


def test_a_frozen_clip_stands_still_and_a_still_one_does_not() -> None:
    frozen = np.repeat(shot()[:1], len(TIMES), axis=0)
    assert likeness(of(shot()), of(frozen)).standstill == 1.0
    assert likeness(of(frozen), of(frozen)).standstill == 0.0
    assert likeness(of(shot()), of(dimmed(shot()))).standstill == 0.0


def test_nothing_is_like_nothing_and_unlike_something() -> None:
    grey = np.full_like(shot(), 90)
    same = likeness(of(grey), of(grey))
    assert (same.composition, same.arrangement, same.difference) == (1.0, 1.0, 0.0)
    assert likeness(of(shot()), of(grey)).composition == 0.0


def test_a_signature_is_stored_in_a_few_kilobytes() -> None:
    found = of(shot())
    stored = found.to_bytes()
    read = Signature.from_bytes(stored)
    assert read is not None
    assert likeness(found, read).difference == 0.0
    assert (read.tints == found.tints).all()
    assert len(stored) < 12_000
    assert Signature.from_bytes(b"0" + stored[1:]) is None


def test_footage_of_another_clip_is_recognised_graded_too() -> None:
    own, others = of(shot()), {4: of(shot("cat")), 7: of(shot("astronaut"))}
    wrong = of(dimmed(shot("cat")))
    assert shown_instead(wrong, likeness(own, wrong).composition, others) == 4
    assert shown_instead(of(dimmed(shot())), 0.99, others) is None
    new = of(shot("rocket"))
    assert shown_instead(new, likeness(own, new).composition, others) is None
    assert shown_instead(new, 0.1, {}) is None


def test_the_course_is_that_of_a_grade_and_of_nothing_else() -> None:
    def course(changed: Frames) -> float:
        found = likeness(of(shot()), of(changed)).course
        assert found is not None
        return found

    grain = np.random.default_rng(5).normal(0, 9, shot().shape)
    still = np.repeat(shot()[1:2], len(TIMES), axis=0)
    assert course(dimmed(shot())) > 0.9
    assert course(np.clip(shot() + grain, 0, 255).astype(np.uint8)) > 0.9
    assert abs(course(np.clip(still + grain, 0, 255).astype(np.uint8))) < 0.2
    assert course(np.ascontiguousarray(shot()[::-1])) < 0.2
    assert course(np.concatenate([shot()[:2], shot()[1:2], shot()[1:2]])) < 0.35
    assert likeness(of(still), of(shot())).course is None


def test_a_still_does_not_advance_and_slow_footage_does() -> None:
    still = np.repeat(shot()[1:2], len(TIMES), axis=0)
    assert likeness(of(shot()), of(still)).advance == 0.0
    assert likeness(of(shot()), of(shot()[[0, 0, 1, 1]])).advance == pytest.approx(1 / 3)
    assert likeness(of(shot()), of(shot())).advance == 1.0
    assert likeness(of(still), of(still)).advance == 1.0


def test_a_pixel_aside_is_drawn_as_before_and_shifts_no_tones() -> None:
    aside = likeness(of(shot()), of(np.roll(shot(), 1, axis=2)))
    lighter = likeness(of(shot()), of(np.clip(shot() + 8.0, 0, 255).astype(np.uint8)))
    assert aside.drawn < 0.015 < aside.peak
    assert aside.tone < 0.0095 < lighter.tone
    assert aside.cast < 0.006


def test_what_falls_through_a_sky_hides_nothing_that_was_seen() -> None:
    sky = shot().copy()
    sky[:, :110] = 120
    flakes = sky.copy()
    for top, left in np.ndindex(5, 15):
        flakes[:, 20 * top + 4 :, 21 * left + 5 :][:, :5, :5] = 255
    snow = likeness(of(sky), of(flakes))
    assert snow.composition < 0.75 < snow.found
    assert likeness(of(sky), of(shot("cat"))).found < 0.5


def test_a_plain_wall_loses_nothing_and_a_picture_does() -> None:
    wall = np.full_like(shot(), 30)
    assert likeness(of(wall), of(np.zeros_like(wall))).lost == 0.0
    assert likeness(of(shot()), of(np.zeros_like(wall))).lost > 0.7
    assert likeness(of(shot()), of(shot())).lost == 0.0


def test_chroma_is_how_far_colours_are_from_grey() -> None:
    grey = shot().mean(axis=-1, keepdims=True)
    rich = np.clip(grey + 1.2 * (shot() - grey), 0, 255).astype(np.uint8)
    before, after = likeness(of(shot()), of(rich)).chroma
    assert 1.05 * before < after < 1.25 * before
    plain = np.full_like(shot(), 90)
    assert likeness(of(plain), of(plain)).chroma == (0.0, 0.0)
