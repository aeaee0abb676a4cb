"""What stands behind drawn people: calm rooms of a few kinds, still for the whole lesson."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.sources.opencv import cv2

__all__ = ["backdrop", "camera_off_tile", "classroom_wall"]

_WALLS = ((196, 206, 212), (178, 190, 176), (206, 198, 186), (170, 176, 190), (188, 200, 214), (158, 166, 166))
_BOOKS = ((70, 80, 140), (110, 84, 60), (80, 110, 84), (130, 130, 120), (60, 70, 84), (120, 96, 120))
_TILE_OFF = (46, 43, 42)


def _lit_wall(width: int, height: int, colour: tuple[int, int, int], rng: np.random.Generator) -> NDArray[np.uint8]:
    """A wall with light from one side and a little unevenness."""
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    light = 0.92 + 0.1 * rng.choice([-1, 1]) * x - 0.06 * y - 0.05 * (x**2 + y**2)
    patches = cv2.resize(rng.standard_normal((5, 7)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    wall = np.array(colour, np.float32) * (light + 0.015 * patches)[..., None]
    return np.asarray(np.clip(wall, 0, 255), dtype=np.uint8)


def _shelf(picture: NDArray[np.uint8], rng: np.random.Generator) -> None:
    h, w = picture.shape[:2]
    left = int(w * (0.02 if rng.random() < 0.5 else 0.7))
    right = left + int(w * 0.28)
    for row in range(3):
        top, bottom = int(h * (0.04 + 0.27 * row)), int(h * (0.27 + 0.27 * row))
        cv2.rectangle(picture, (left, top), (right, bottom), (52, 66, 84), -1)
        x = left + 3
        while x < right - 8:
            thick = int(rng.integers(max(3, w // 90), max(5, w // 40)))
            tall = int((bottom - top) * rng.uniform(0.6, 0.9))
            colour = [int(c) for c in _BOOKS[int(rng.integers(0, len(_BOOKS)))]]
            cv2.rectangle(picture, (x, bottom - tall), (min(x + thick, right - 3), bottom - 3), colour, -1)
            x += thick + 1
        cv2.rectangle(picture, (left, bottom - 3), (right, bottom), (80, 100, 124), -1)


def _window(picture: NDArray[np.uint8], rng: np.random.Generator) -> None:
    h, w = picture.shape[:2]
    left = int(w * (0.05 if rng.random() < 0.5 else 0.66))
    right, bottom = left + int(w * 0.27), int(h * 0.62)
    sky = np.linspace(0, 1, bottom)[:, None, None] * np.array([-24, -14, 0]) + np.array([236, 224, 206])
    picture[:bottom, left:right] = sky.astype(np.uint8)
    middle = (left + right) // 2
    for x in (left, middle, right):
        cv2.rectangle(picture, (x - 2, 0), (x + 2, bottom), (228, 230, 232), -1)
    cv2.rectangle(picture, (left - 6, bottom), (right + 6, bottom + 6), (214, 218, 222), -1)


def _board(picture: NDArray[np.uint8], rng: np.random.Generator) -> None:
    h, w = picture.shape[:2]
    left = int(w * (0.04 if rng.random() < 0.5 else 0.68))
    corner = (left + int(w * 0.26), int(h * 0.4))
    cv2.rectangle(picture, (left, int(h * 0.1)), corner, (110, 146, 176), -1)
    for _ in range(3):
        x, y = left + int(w * rng.uniform(0.02, 0.17)), int(h * rng.uniform(0.13, 0.28))
        cv2.rectangle(picture, (x, y), (x + w // 16, y + h // 10), (206, 220, 226), -1)


def _door(picture: NDArray[np.uint8], rng: np.random.Generator) -> None:
    h, w = picture.shape[:2]
    left = int(w * (0.04 if rng.random() < 0.5 else 0.72))
    cv2.rectangle(picture, (left, int(h * 0.06)), (left + int(w * 0.23), h), (150, 172, 188), -1)
    cv2.rectangle(picture, (left + w // 40, int(h * 0.12)), (left + int(w * 0.2), int(h * 0.5)), (140, 162, 178), -1)


_KINDS = (_shelf, _window, _board, _door)


@lru_cache(maxsize=64)
def backdrop(width: int, height: int, seed: int) -> NDArray[np.uint8]:
    """A room behind one person in a call: ``(height, width, 3) uint8 BGR``; copy before drawing into it."""
    rng = np.random.default_rng(seed)
    picture = _lit_wall(width, height, _WALLS[int(rng.integers(0, len(_WALLS)))], rng)
    kind = int(rng.integers(0, len(_KINDS) + 1))
    if kind < len(_KINDS):
        _KINDS[kind](picture, rng)
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), max(0.6, width / 200)), np.uint8)


@lru_cache(maxsize=16)
def camera_off_tile(width: int, height: int) -> NDArray[np.uint8]:
    """The flat tile that a call shows for a camera that is off; copy before drawing into it."""
    picture = np.empty((height, width, 3), np.uint8)
    picture[:] = _TILE_OFF
    radius = height // 6
    cv2.circle(picture, (width // 2, height // 2), radius, (104, 92, 84), -1, cv2.LINE_AA)
    return picture


@lru_cache(maxsize=4)
def classroom_wall(width: int, height: int, seed: int) -> NDArray[np.uint8]:
    """The far wall of a classroom, seen from the front: windows left, a board of notes right; copy before drawing."""
    rng = np.random.default_rng(seed)
    picture = _lit_wall(width, height, _WALLS[0], rng)
    for i in range(3):
        left = int(width * (0.05 + 0.2 * i))
        cv2.rectangle(picture, (left, 0), (left + int(width * 0.15), int(height * 0.2)), (230, 220, 206), -1)
    cv2.rectangle(picture, (int(width * 0.7), 0), (int(width * 0.95), int(height * 0.18)), (110, 146, 176), -1)
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), 2.0), np.uint8)
