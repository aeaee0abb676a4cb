"""Tiles of a video call's gallery: found by the plain gutters between them.

The picture is cut recursively (XY-cut: Nagy and Seth 1984) along rows, then columns, of one plain colour. A gallery
is at least two tiles of about one size that fill most of the picture; anything else has no tiles.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.faces import Box
from classroom_analyzer.perception.opencv import cv2

__all__ = ["find_tiles"]

WORK_LONG_PX = 960  # gutters of 4 px are still plain where 1920 px are reduced to this
PLAIN_LEVELS = 6  # of 255: how far the pixels of a gutter may lie from its middle grey,
MAX_OFF = 0.05  # but for this share of them
SAME_COLOUR_LEVELS = 16  # of 255 in each colour: what is background
LEAST_SIDE_PX = 96  # a smaller picture holds no two faces side by side
LEAST_TILE_SHARE = 0.08  # of the picture's side
SIZE_TOLERANCE = 0.15
LEAST_FILL = 0.45  # of the picture
ASPECT = (0.5, 2.6)  # width over height; a tile holds a camera's picture, upright or wide


def find_tiles(image: NDArray[np.uint8]) -> tuple[Box, ...]:
    """Find the tiles of a gallery.

    Args:
        image: ``(h, w, 3) uint8 BGR``.

    Returns:
        Tiles by rows in picture pixels, good to about a pixel of a 960-pixel picture; empty when it is no gallery. A
        tile as plain and dark as the gutters is not found.
    """
    if min(image.shape[:2]) < LEAST_SIDE_PX:
        return ()
    scale = min(WORK_LONG_PX / max(image.shape[:2]), 1.0)
    size = max(round(image.shape[1] * scale), 1), max(round(image.shape[0] * scale), 1)
    way = cv2.INTER_LINEAR if scale >= 0.5 else cv2.INTER_AREA
    small = np.asarray(cv2.resize(image, size, interpolation=way), np.uint8)
    background = _background(small)
    if background is None:
        return ()
    near = (background + sign * SAME_COLOUR_LEVELS for sign in (-1.0, 1.0))
    off = np.asarray(cv2.inRange(small, *near)) == 0
    tiles = list(_cut(off))
    if not _is_gallery(tiles, off.shape):
        return ()
    across, down = image.shape[1] / size[0], image.shape[0] / size[1]
    return tuple(Box(x * across, y * down, w * across, h * down) for x, y, w, h in tiles)


_Rectangle = tuple[int, int, int, int]


def _background(small: NDArray[np.uint8]) -> NDArray[np.float64] | None:
    """Colour of the plainest whole row or column, which every gallery has between or around its tiles; None without."""
    grey = np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.int16)
    for lines, colours in ((grey, small), (grey.T, small.transpose(1, 0, 2))):
        middle = lines.mean(axis=1, keepdims=True).round().astype(np.int16)
        off = (np.abs(lines - middle) > PLAIN_LEVELS).mean(axis=1)
        inner = slice(len(lines) // 8, len(lines) * 7 // 8)  # a letterbox at the edge is no gutter
        best = int(np.argmin(off[inner])) + len(lines) // 8
        if off[best] <= MAX_OFF:
            return np.asarray(np.median(colours[best], axis=0), np.float64)
    return None


def _cut(off: NDArray[np.bool_]) -> Iterator[_Rectangle]:
    """Rectangles ``(x, y, w, h)`` between lines of background, by rows."""
    for top, bottom in _runs(off.mean(axis=1) > MAX_OFF):
        for left, right in _runs(off[top:bottom].mean(axis=0) > MAX_OFF):
            yield left, top, right - left, bottom - top


def _runs(filled: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Start and end of every stretch of True long enough to be a tile's side."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], filled, [False]]).astype(np.int8)))
    for start, end in edges.reshape(-1, 2):
        if end - start >= LEAST_TILE_SHARE * len(filled):
            yield int(start), int(end)


def _is_gallery(tiles: list[_Rectangle], shape: tuple[int, ...]) -> bool:
    if len(tiles) < 2:
        return False
    sides = np.array([tile[2:] for tile in tiles], np.float64)
    alike = np.abs(sides / np.median(sides, axis=0) - 1).max() <= SIZE_TOLERANCE
    aspects = sides[:, 0] / sides[:, 1]
    fits = (aspects >= ASPECT[0]).all() and (aspects <= ASPECT[1]).all()
    return bool(alike and fits and sides.prod(axis=1).sum() >= LEAST_FILL * shape[0] * shape[1])
