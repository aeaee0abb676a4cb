"""Moving pictures of drawn people, made before anything is timed."""

from __future__ import annotations

from collections.abc import Callable
from math import sin, tau

import numpy as np
from numpy.typing import NDArray

__all__ = ["LOOP_FRAMES", "Picture", "drawn_loop"]

LOOP_FRAMES = 16  # 4 s at 4 frames/s; the loop closes without a jump
SEED = 5

Picture = NDArray[np.uint8]


def drawn_loop(people: int, frames: int, check: Callable[[], None]) -> list[Picture]:
    """Draw a call in which everybody looks about, nods, speaks and blinks.

    Args:
        people: 1 to 30.
        frames: Length of the loop.
        check: Called before each picture; may raise.

    Returns:
        Pictures ``(720, 1280, 3) uint8 BGR``.
    """
    from classroom_analyzer.sources.drawn_class import HeadState, draw_class, invent_people

    cast = invent_people(people, SEED)
    loop = []
    for k in range(frames):
        check()
        turn = tau * k / frames
        states = [
            HeadState(
                yaw_deg=14 * sin(turn + i),
                pitch_deg=6 * sin(turn + 2 * i),
                roll_deg=4 * sin(turn + 3 * i),
                mouth_open=max(0.0, sin(2 * turn + i)) if i % 5 == 0 else 0.0,
                blink=1.0 if (k + 3 * i) % frames == 0 else 0.0,
                sway=(0.04 * sin(turn + i), 0.02 * sin(2 * turn + i)),
            )
            for i in range(people)
        ]
        loop.append(draw_class(cast, states))
    return loop
