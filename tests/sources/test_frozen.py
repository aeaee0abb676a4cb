from __future__ import annotations

import numpy as np

from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.sources.frozen import FrozenWatch

STILL = np.random.default_rng(1).integers(0, 256, (120, 160, 3), np.uint8)


def noisy(number: int) -> np.ndarray:
    """The still with the noise of a sensor."""
    noise = np.random.default_rng(number).integers(-2, 3, STILL.shape)
    return np.clip(STILL + noise, 0, 255).astype(np.uint8)


def judged(images, rate_hz=10) -> list[bool]:
    watch = FrozenWatch()
    return [watch.is_frozen(to_ns(n / rate_hz), image) for n, image in enumerate(images)]


def test_the_same_picture_for_2_s_is_frozen_and_the_first_other_one_is_not():
    found = judged([STILL.copy() for _ in range(25)] + [noisy(0)])
    assert found.index(True) == 20
    assert all(found[20:25])
    assert not found[25]


def test_a_noisy_still_is_not_frozen():
    assert not any(judged([noisy(n) for n in range(40)]))


def test_one_changed_pixel_anywhere_is_a_change():
    images = []
    for n in range(40):
        image = STILL.copy()
        image[7 + n, 3 + n] ^= 1  # in no row that is looked at first
        images.append(image)
    assert not any(judged(images))


def test_another_size_is_another_picture():
    assert not any(judged([STILL[: 100 + n % 2] for n in range(40)]))
