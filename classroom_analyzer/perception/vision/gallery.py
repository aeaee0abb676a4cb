"""The gallery of a call: who is shown in which tile, followed when the call re-orders its tiles.

Once a second the tiles are found and their looks (person, clothes, room) compared with what they were. When the tiles
have moved, everyone's place moves with the tile that looks like theirs did, and a notice says so: a re-ordered gallery
never swaps two seats in silence. A tile that goes dark keeps its look.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from classroom_analyzer.domain.clock import NS_PER_S
from classroom_analyzer.domain.faces import Box
from classroom_analyzer.perception.vision.colour import colour_distance, colour_histogram
from classroom_analyzer.perception.vision.tiles import find_tiles

__all__ = ["CHECK_GAP_NS", "GalleryWatch", "Move", "view_of"]

CHECK_GAP_NS = NS_PER_S
SAME_TILE_IOU = 0.8
GONE_CHECKS = 3  # so many checks without tiles end the gallery: the call shows one speaker, or a shared screen
LOOKS_ALIKE = 0.35  # Hellinger distance of two looks of one tile: people move, the light changes
LOOKS_OTHER = 0.5  # from here on a tile may show somebody else
CLEARER_BY = 0.1  # the best match must beat staying, and the second best, by this
LOOK_LINES = 32  # of a tile are looked at
FOLLOW = 0.2  # share of the newest second in a tile's look
DARK_LEVEL = 28.0  # of 255: mean of a tile whose camera is off; others are of
PLAIN_LEVELS = 6.0  # about one colour
PLAIN_SHARE = 0.8  # in this share of their pixels

Look = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody's tile moved.

    Attributes:
        before: Where it was, picture pixels.
        now: Where it is; None when nobody in the new gallery looks like it.
    """

    before: Box
    now: Box | None


class GalleryWatch:
    """Follows the tiles of one stream of pictures of one size.

    Args:
        check_gap_ns: Least time from one look at the tiles to the next.
    """

    def __init__(self, check_gap_ns: int = CHECK_GAP_NS) -> None:
        self._check_gap_ns = check_gap_ns
        self._tiles: tuple[Box, ...] = ()
        self._looks: list[Look | None] = []
        self._checked_ns: int | None = None
        self._missing = 0
        self._lost = False

    @property
    def lost(self) -> bool:
        """Whether there was a gallery and the newest picture is none: who is shown now is not known by place."""
        return self._lost

    @property
    def tiles(self) -> Sequence[Box]:
        """Present tiles, picture pixels; empty when the picture is no gallery."""
        return self._tiles

    def check_always(self) -> None:
        """Look at the tiles of every picture from now on: somebody in them must not be seen for a moment."""
        self._check_gap_ns = 0

    def check(self, t_ns: int, image: NDArray[np.uint8]) -> tuple[Move, ...]:
        """Look at the tiles when it is time to.

        Args:
            t_ns: Time of the picture.
            image: ``(h, w, 3) uint8 BGR``.

        Returns:
            Tiles that are elsewhere than at the last check; empty as a rule.
        """
        if self._checked_ns is not None and t_ns - self._checked_ns < self._check_gap_ns:
            return ()
        self._checked_ns = t_ns
        found = find_tiles(image)
        if not found:
            self._missing += 1
            self._lost = self._lost or bool(self._tiles)
            if self._missing >= GONE_CHECKS:
                self._tiles, self._looks = (), []
            return ()
        self._missing, self._lost = 0, False
        looks = [_look(image, tile) for tile in found]
        moves = self._moves(found, looks)
        if _partly(found, self._tiles) and all(move.now is None for move in moves):
            return ()  # a dark tile can vanish in the gutters; the others are where they were
        self._keep(found, looks, moves)
        return moves

    def _moves(self, found: tuple[Box, ...], looks: list[Look | None]) -> tuple[Move, ...]:
        moves = self._rearranged(found, looks, LOOKS_OTHER)
        # Where tiles have moved, a look that is only near to what its tile's was may be that of somebody else.
        return self._rearranged(found, looks, LOOKS_ALIKE) if moves else ()

    def _rearranged(self, found: tuple[Box, ...], looks: list[Look | None], other: float) -> tuple[Move, ...]:
        """Match the tiles that do not look as they did with what does not look as it did.

        Args:
            found: Present tiles.
            looks: Theirs.
            other: Distance from which a tile does not look as it did.
        """
        stays = self._stays(found)
        same = {i: j for i, j in stays.items() if _distance(self._looks[i], looks[j]) < other}
        before = [i for i in range(len(self._tiles)) if i not in same]
        now = sorted(set(range(len(found))) - set(same.values()))
        matches = _matches([self._looks[i] for i in before], [looks[j] for j in now])
        to = {before[i]: now[j] for i, j in matches.items()}
        moves = []
        for i in before:
            if i in to:
                if to[i] != stays.get(i):
                    moves.append(Move(self._tiles[i], found[to[i]]))
            elif i not in stays or stays[i] in to.values():
                moves.append(Move(self._tiles[i], None))  # the place is gone, or shows somebody else
        return tuple(moves)

    def _stays(self, found: tuple[Box, ...]) -> dict[int, int]:
        """Which tile of now is where which tile was."""
        pairs = ((i, j) for i in range(len(self._tiles)) for j in range(len(found)))
        return {i: j for i, j in pairs if self._tiles[i].iou(found[j]) >= SAME_TILE_IOU}

    def _keep(self, found: tuple[Box, ...], looks: list[Look | None], moves: tuple[Move, ...]) -> None:
        moved = {move.before for move in moves}
        known = {j: self._looks[i] for i, j in self._stays(found).items() if self._tiles[i] not in moved}
        if not moves and _same_layout(found, self._tiles):
            looks = [_mixed(known.get(j), now) for j, now in enumerate(looks)]
        else:
            looks = [known.get(j) if now is None else now for j, now in enumerate(looks)]
        self._tiles, self._looks = found, looks


def view_of(tiles: Sequence[Box], box: Box, picture: Box) -> Box:
    """What the camera that shows a face shows besides: the face's tile, else the whole picture."""
    return next((tile for tile in tiles if tile.holds(box.centre_px)), picture)


def _look(image: NDArray[np.uint8], tile: Box) -> Look | None:
    """None for a tile that shows no picture: dark, or of one plain colour but for a name or a badge."""
    left, top = round(tile.x_px), round(tile.y_px)
    step = max(int(min(tile.w_px, tile.h_px)) // LOOK_LINES, 1)
    part = image[top : round(tile.y_px + tile.h_px) : step, left : round(tile.x_px + tile.w_px) : step]
    some = np.ascontiguousarray(part)
    if not some.size or float(some.mean()) < DARK_LEVEL:
        return None
    off = np.abs(some - np.median(some, axis=(0, 1))).max(axis=2) > PLAIN_LEVELS
    if off.mean() < 1 - PLAIN_SHARE:
        return None
    return colour_histogram(some, Box(0.0, 0.0, float(some.shape[1]), float(some.shape[0])), margin=0.0)


def _mixed(before: Look | None, now: Look | None) -> Look | None:
    if before is None or now is None:
        return before if now is None else now
    return (1 - FOLLOW) * before + FOLLOW * now


def _same_layout(one: Sequence[Box], other: Sequence[Box]) -> bool:
    return len(one) == len(other) and all(a.iou(b) >= SAME_TILE_IOU for a, b in zip(one, other, strict=True))


def _partly(some: Sequence[Box], whole: Sequence[Box]) -> bool:
    """Whether all of ``some`` are among ``whole``."""
    return len(some) < len(whole) and all(any(a.iou(b) >= SAME_TILE_IOU for b in whole) for a in some)


def _matches(before: Sequence[Look | None], now: Sequence[Look | None]) -> dict[int, int]:
    """Which look of before is which now: only pairs that are alike, and clearly more so than any other pair."""
    rows = [i for i, look in enumerate(before) if look is not None]
    columns = [j for j, look in enumerate(now) if look is not None]
    if not rows or not columns:
        return {}
    cost = np.array([[_distance(before[i], now[j]) for j in columns] for i in rows])
    pairs = {}
    for row, column in zip(*linear_sum_assignment(cost), strict=True):
        others = np.delete(cost[row], column)
        clear = not len(others) or cost[row, column] + CLEARER_BY <= others.min()
        if cost[row, column] <= LOOKS_ALIKE and clear:
            pairs[rows[int(row)]] = columns[int(column)]
    return pairs


def _distance(one: Look | None, other: Look | None) -> float:
    return 1.0 if one is None or other is None else colour_distance(one, other)
