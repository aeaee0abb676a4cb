"""Drawn classes as tests show them: pictures of the drawn people, and the truth about them as faces and tiles."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.faces import Box, Face
from classroom_analyzer.domain.media import VideoFrame
from classroom_analyzer.sources.drawn_class import (
    DrawnHead,
    DrawnPerson,
    HeadState,
    Layout,
    class_places,
    draw_class,
    invent_people,
    locate_class,
)

STILL = HeadState()
OFF = HeadState(camera_on=False)


def class_picture(
    people: int | Sequence[DrawnPerson],
    states: Sequence[HeadState] | HeadState = STILL,
    size: tuple[int, int] = (1280, 720),
    layout: Layout = "call",
) -> NDArray[np.uint8]:
    """A class at rest, unless states say otherwise. Drawn once and not to be written to."""
    people = invent_people(people) if isinstance(people, int) else tuple(people)
    states = (states,) * len(people) if isinstance(states, HeadState) else tuple(states)
    return _drawn(people, states, size, layout)


@lru_cache(maxsize=64)
def _drawn(
    people: tuple[DrawnPerson, ...], states: tuple[HeadState, ...], size: tuple[int, int], layout: Layout
) -> NDArray[np.uint8]:
    picture = draw_class(people, states, size, layout)
    picture.flags.writeable = False
    return picture


def class_tiles(count: int, size: tuple[int, int] = (1280, 720)) -> list[Box]:
    return [Box(*map(float, place.tile)) for place in class_places(count, size)]


def drawn_face(head: DrawnHead, score: float = 0.9) -> Face:
    """A face where the head truly is, in a box as a detector draws it."""
    width_px, height_px = 0.92 * head.width_px, 1.2 * head.width_px
    middle = head.points_px.mean(axis=0)
    box = Box(float(middle[0]) - width_px / 2, float(middle[1]) - 0.55 * height_px, width_px, height_px)
    return Face(box, score, head.points_px)


def drawn_faces(
    people: Sequence[DrawnPerson],
    states: Sequence[HeadState],
    size: tuple[int, int] = (1280, 720),
    layout: Layout = "call",
) -> list[Face]:
    return [drawn_face(head) for head in locate_class(people, states, size, layout) if head is not None]


def frame(t_s: float, image: NDArray[np.uint8]) -> VideoFrame:
    return VideoFrame(to_ns(t_s), image)
