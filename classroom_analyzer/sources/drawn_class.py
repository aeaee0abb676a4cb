"""Draws a class of invented people, for the bundled lesson, benches and tests.

No real person is in these pictures. They are meant to be found by an ordinary face detector without any special case:
heads are solid, lit and blurred as a camera would show them, and where their eyes, nose and mouth are is known.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.sources.drawn_backdrop import backdrop, camera_off_tile, classroom_wall
from classroom_analyzer.sources.drawn_head import draw_head, locate_head
from classroom_analyzer.sources.drawn_person import DrawnHead, DrawnPerson, Hair, HeadState, invent_people
from classroom_analyzer.sources.opencv import cv2

__all__ = [
    "DrawnHead",
    "DrawnPerson",
    "Hair",
    "HeadState",
    "Layout",
    "Place",
    "class_places",
    "draw_class",
    "draw_head",
    "invent_people",
    "locate_class",
    "locate_head",
]

Layout = Literal["call", "room"]

_GAP_PX = 4
_GALLERY = (28, 26, 26)
_DESK = (108, 142, 172)
_GRAIN_SIGMA = 1.2
_BLUR_PX = 0.5


@dataclass(frozen=True, slots=True)
class Place:
    """Where one person sits in the picture.

    Attributes:
        tile: Left, top, width, height in pixels: the tile of a call, the whole picture in a room.
        centre: Middle of the head at rest (x, y), pixels of the whole picture.
        size_px: Face width.
        row: Row, 0 at the top of a call and at the back of a room.
    """

    tile: tuple[int, int, int, int]
    centre: tuple[float, float]
    size_px: float
    row: int


def _call_places(count: int, width: int, height: int) -> tuple[Place, ...]:
    # As many columns as make the tiles widest while they stay about 4:3.
    columns = min(range(1, count + 1), key=lambda c: abs(math.log((width / c) / (height / -(-count // c)) / (4 / 3))))
    rows = -(-count // columns)
    places = []
    for i in range(count):
        row, column = divmod(i, columns)
        left, right = width * column // columns + _GAP_PX // 2, width * (column + 1) // columns - _GAP_PX // 2
        top, bottom = height * row // rows + _GAP_PX // 2, height * (row + 1) // rows - _GAP_PX // 2
        tile_w, tile_h = right - left, bottom - top
        size_px = min(0.34 * tile_h, 0.3 * tile_w)
        places.append(Place((left, top, tile_w, tile_h), (left + tile_w / 2, top + 0.45 * tile_h), size_px, row))
    return tuple(places)


def _room_places(count: int, width: int, height: int) -> tuple[Place, ...]:
    rows = 1 if count <= 4 else 2 if count <= 12 else 3
    per_row = -(-count // rows)
    places = []
    for i in range(count):
        row, column = divmod(i, per_row)
        seated = min(per_row, count - row * per_row)
        nearness = 0.75 + 0.25 * (row + 1) / rows
        size_px = min(0.38 * width / per_row, 0.36 * height / (rows + 0.6)) * nearness
        # Every second row sits in the gaps of the row behind it.
        x = width * (column + 0.5 + (0.18 if row % 2 else -0.0)) / (seated + (0.36 if row % 2 else 0))
        y = height * (0.2 + 0.68 * (row + 0.35) / rows)
        places.append(Place((0, 0, width, height), (x, y), size_px, row))
    return tuple(places)


@lru_cache(maxsize=16)
def class_places(count: int, size: tuple[int, int] = (1280, 720), layout: Layout = "call") -> tuple[Place, ...]:
    """Say where ``draw_class`` seats people.

    Args:
        count: How many, at least 1.
        size: Width and height of the picture in pixels.
        layout: ``call`` (a gallery of tiles) or ``room`` (rows of desks seen from the front).
    """
    return _call_places(count, *size) if layout == "call" else _room_places(count, *size)


def locate_class(
    people: Sequence[DrawnPerson],
    states: Sequence[HeadState],
    size: tuple[int, int] = (1280, 720),
    layout: Layout = "call",
) -> tuple[DrawnHead | None, ...]:
    """Say where the heads of ``draw_class`` are: None for who is not to be seen."""
    places = class_places(len(people), size, layout)
    return tuple(
        locate_head(person, state, place.centre, place.size_px)
        if state.present and (state.camera_on or layout == "room")
        else None
        for person, state, place in zip(people, states, places, strict=True)
    )


def draw_class(
    people: Sequence[DrawnPerson],
    states: Sequence[HeadState],
    size: tuple[int, int] = (1280, 720),
    layout: Layout = "call",
) -> NDArray[np.uint8]:
    """Draw a class in one picture.

    Args:
        people: Who, in the order of the seats; 1 to 30 look well in 1280 x 720.
        states: What each of them does now.
        size: Width and height in pixels.
        layout: ``call`` (a gallery of tiles, no names) or ``room`` (rows of desks seen from the front; cameras do not
            matter there).

    Returns:
        ``(h, w, 3) uint8 BGR``; the same arguments give the same picture.
    """
    places = class_places(len(people), size, layout)
    seats = list(zip(people, states, places, strict=True))
    picture = _draw_call(seats, size) if layout == "call" else _draw_room(seats, size)
    soft = cv2.GaussianBlur(picture, (0, 0), _BLUR_PX)
    return np.asarray(cv2.add(soft, _grain(*size), dtype=cv2.CV_8U), np.uint8)


_Seat = tuple[DrawnPerson, HeadState, Place]


def _draw_call(seats: list[_Seat], size: tuple[int, int]) -> NDArray[np.uint8]:
    picture = np.empty((size[1], size[0], 3), np.uint8)
    picture[:] = _GALLERY
    for person, state, place in seats:
        left, top, width, height = place.tile
        tile = picture[top : top + height, left : left + width]
        if not state.camera_on:
            tile[:] = camera_off_tile(width, height)
            continue
        tile[:] = backdrop(width, height, person.seed)
        draw_head(tile, person, state, (place.centre[0] - left, place.centre[1] - top), place.size_px)
    return picture


def _draw_room(seats: list[_Seat], size: tuple[int, int]) -> NDArray[np.uint8]:
    picture = classroom_wall(size[0], size[1], 0).copy()
    for row in range(seats[-1][2].row + 1):
        in_row = [seat for seat in seats if seat[2].row == row]
        for person, state, place in in_row:
            draw_head(picture, person, state, place.centre, place.size_px)
        _, _, place = in_row[0]
        top = int(place.centre[1] + 1.35 * place.size_px)
        shade = np.linspace(1.05, 0.6, max(1, size[1] - top))[:, None, None]
        picture[top:] = np.clip(np.array(_DESK) * shade, 0, 255).astype(np.uint8)
    return picture


@lru_cache(maxsize=4)
def _grain(width: int, height: int) -> NDArray[np.int16]:
    """Sensor grain, the same in every picture: moving grain would cost a video its size and show nothing."""
    grain = np.random.default_rng(0).normal(0, _GRAIN_SIGMA, (height, width, 1))
    return np.repeat(np.round(grain), 3, axis=2).astype(np.int16)
