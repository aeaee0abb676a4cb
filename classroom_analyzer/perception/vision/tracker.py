"""From faces of single frames to seats: one number per person and place, stable inside the lesson.

People in a lesson sit: a seat is expected where it was (constant position), found again by place, size and colour,
and waits in its place for the rest of the lesson when its face is not seen. Numbers are never given twice.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from classroom_analyzer.domain.clock import NS_PER_S, to_s
from classroom_analyzer.domain.faces import Box, Face
from classroom_analyzer.perception.vision.bump import IN_PLACE, common_step_px
from classroom_analyzer.perception.vision.colour import colour_distance, colour_histogram

__all__ = ["Embed", "SeatTracker", "Track"]

Embed = Callable[[Sequence[Face]], NDArray[np.float32] | None]
"""Embeddings ``(n, d) float32`` of n faces of the current frame; None when they must not be looked at."""

CONFIRM_FRAMES = 3
CONFIRM_NS = 6 * NS_PER_S // 10  # three frames at 4 per second of a 12.5 Hz source span 0.64 s
RECENT_NS = NS_PER_S  # unseen for longer, a seat needs a strong face to be seen again, and a candidate was a flicker
LOST_NS = 3 * NS_PER_S
REACH = 1.0  # in face sizes; grows to ``LOST_REACH`` while the seat is unseen
LOST_REACH = 2.0
WEAK_REACH = 0.6  # of a weak face: what it is not sure of may keep a seat and must not carry it away
MAX_SIZE_RATIO = 2.0
TOO_CLOSE = 0.8  # a second face nearer than this (in face sizes) to a seen place is that one again
HOME_WEIGHT = 0.25  # whoever is nearer to where the seat usually is
HOME_FRAMES = 200  # the home is the mean place of about so many frames
SIZE_WEIGHT = 0.5
COLOUR_WEIGHT = 0.5
EMBEDDING_WEIGHT = 1.0
FOLLOW = 0.1  # share of the newest frame in a seat's colour and embedding
FORBIDDEN = 1e6
NOWHERE_PX = -1e6


@dataclass(slots=True, eq=False)
class Track:
    """One place with a face; a seat once it is confirmed.

    Attributes:
        seat: Seat number; None while it is a candidate.
        box: Where the face is or was last, picture pixels.
        face: Face of the current frame, None when unseen.
        last_ns: Time it was last seen.
        area: Smallest rectangle around all places it was seen at.
        home: Slow mean of its places: where somebody who left is expected back.
        founded_ns: Time it was first seen.
        sure_frames: Frames with a face that may found a seat: the detector is sure of it and it is not in profile.
        colour: Slow mean of its histogram; None for excluded seats.
        embedding: Slow mean ``(d,) float32``; None without an encoder and for excluded seats.
        gone: Whether its tile left the gallery: it may be anywhere or nowhere.
    """

    seat: int | None
    box: Box
    face: Face | None
    last_ns: int
    area: Box
    home: Box
    founded_ns: int
    sure_frames: int
    colour: NDArray[np.float32] | None
    embedding: NDArray[np.float32] | None = None
    gone: bool = False


class SeatTracker:
    """Keeps the seats of one lesson.

    Args:
        excluded: Seats whose looks (colour, embedding) are never kept; they are followed by place alone.
    """

    def __init__(self, excluded: frozenset[int] = frozenset()) -> None:
        self._excluded = excluded
        self._candidates: list[Track] = []
        self._seats: list[Track] = []
        self._last_seat = 0
        self._t_ns = 0
        self._tiles: Sequence[Box] = ()

    @property
    def seats(self) -> Sequence[Track]:
        """Confirmed seats, by number."""
        return self._seats

    @property
    def candidates(self) -> Sequence[Track]:
        """Places that may become seats, as of the newest frame."""
        return self._candidates

    @property
    def places(self) -> dict[int, tuple[Box, Box]]:
        """Newest box and area of every seat that has a place, by number."""
        return {t.seat: (t.box, t.area) for t in self._seats if t.seat is not None and not t.gone}

    def exclude(self, seat: int) -> None:
        """Forget a seat's looks and keep none from now on; it is followed by place alone."""
        self._excluded |= {seat}
        for track in self._seats:
            if track.seat == seat:
                track.colour = track.embedding = None

    def resume(self, places: Mapping[int, tuple[Box, Box]], last_seat: int) -> None:
        """Expect the seats of a tracker that followed the same lesson before; they are known by place alone.

        Args:
            places: As ``places`` gave them.
            last_seat: Highest number that was given to a seat.
        """
        self._last_seat = last_seat
        self._seats = [
            Track(seat, box, None, 0, area, box, 0, HOME_FRAMES, None) for seat, (box, area) in sorted(places.items())
        ]

    def update(
        self,
        t_ns: int,
        faces: Sequence[Face],
        image: NDArray[np.uint8],
        embed: Embed | None = None,
        tiles: Sequence[Box] = (),
    ) -> None:
        """Take the faces of one frame.

        Args:
            t_ns: Time of the frame, later than that of the call before.
            faces: All faces, strong and weak, picture pixels.
            image: ``(h, w, 3) uint8 BGR`` they were found in.
            embed: Called with the faces that place and size alone cannot settle; None to go by place and colour.
            tiles: Of a call's gallery: nobody leaves a tile by moving.
        """
        self._tiles = tiles
        tracks = [*self._seats, *self._candidates]
        for track in tracks:
            track.face = None
        # With few frames a second, what was seen in the frame before is still recent.
        recent_ns = max(RECENT_NS, (t_ns - self._t_ns) * 3 // 2)
        self._t_ns = t_ns
        recent = [track for track in tracks if t_ns - track.last_ns <= recent_ns]
        self._steady(recent, faces)
        left = self._settle(t_ns, recent, list(faces), image, None)
        strong = [face for face in left if face.sure]
        lost = [track for track in self._seats if t_ns - track.last_ns > recent_ns]
        for face in self._settle(t_ns, lost, strong, image, embed):
            if not _is_on_somebody(face, tracks):
                colour = colour_histogram(image, face.box)
                self._candidates.append(Track(None, face.box, face, t_ns, face.box, face.box, t_ns, 1, colour))
        self._confirm(t_ns, recent_ns)

    def remember(self, track: Track, embedding: NDArray[np.float32]) -> None:
        """Take an embedding ``(d,) float32`` of a seat into its slow mean; ignored for excluded seats."""
        if track.seat in self._excluded:
            return
        before = track.embedding
        track.embedding = embedding if before is None else (1 - FOLLOW) * before + FOLLOW * embedding

    def rescale(self, across: float, down: float) -> None:
        """Move everything to a picture of another size.

        Args:
            across: New width over old width.
            down: New height over old height.
        """
        self._candidates = []
        for track in self._seats:
            track.face = None
            track.box, track.area, track.home = (
                box.scaled(across, down) for box in (track.box, track.area, track.home)
            )

    def move(self, moves: Sequence[tuple[Box, Box | None]]) -> None:
        """Take places along with the tiles they are in.

        Args:
            moves: Where a tile was and where it is; None for one that is gone: its seats wait outside of every tile.
        """
        for track in [*self._seats, *self._candidates]:
            for before, now in moves:
                if before.holds(track.home.centre_px):
                    track.face, track.gone = None, now is None
                    track.box, track.area, track.home = (
                        _carried(box, before, now) for box in (track.box, track.area, track.home)
                    )
                    break

    def _steady(self, recent: Sequence[Track], faces: Sequence[Face]) -> None:
        """Take all places along when the camera was bumped; the tiles of a call do not move with anybody's camera."""
        if self._tiles:
            return
        seats = [track.box for track in recent if track.seat is not None]
        seen = [face.box for face in faces if face.sure]
        known = [track.home for track in [*self._seats, *self._candidates]]
        at_home = sum(any(_distance(home, box) <= IN_PLACE for home in known) for box in seen)
        if 2 * at_home >= len(seen):  # one unseen and another one back look like a step to the next desk
            return
        step = common_step_px(seats, seen)
        if step is not None:
            for track in [*self._seats, *self._candidates]:
                track.box, track.area, track.home = (box.moved(*step) for box in (track.box, track.area, track.home))

    def _tile(self, box: Box) -> int:
        """Index of the tile that a face is in, -1 outside of all."""
        return next((i for i, tile in enumerate(self._tiles) if tile.holds(box.centre_px)), -1)

    def _settle(
        self, t_ns: int, tracks: list[Track], faces: list[Face], image: NDArray[np.uint8], embed: Embed | None
    ) -> list[Face]:
        """Give faces to tracks at least total cost (Hungarian method); return the faces nobody took."""
        if not tracks or not faces:
            return faces
        colours = [colour_histogram(image, face.box) for face in faces]
        codes = embed(faces) if embed is not None else None
        costs = np.full((len(tracks), len(faces)), FORBIDDEN)
        near = _within_reach(tracks, faces)
        near &= np.array([self._tile(t.home) for t in tracks])[:, None] == [self._tile(f.box) for f in faces]
        for row, column in zip(*np.nonzero(near), strict=True):
            code = None if codes is None else codes[column]
            costs[row, column] = _cost(t_ns, tracks[row], faces[column], colours[column], code)
        taken = set()
        for row, column in zip(*linear_sum_assignment(costs), strict=True):
            if costs[row, column] < FORBIDDEN:
                self._see(t_ns, tracks[row], faces[column], colours[column])
                taken.add(int(column))
        return [face for column, face in enumerate(faces) if column not in taken]

    def _see(self, t_ns: int, track: Track, face: Face, colour: NDArray[np.float32]) -> None:
        track.face, track.box, track.last_ns = face, face.box, t_ns
        track.area = _around(track.area, face.box)
        if face.sure:
            track.sure_frames += not face.in_profile
            track.home = _between(track.home, face.box, 1 / min(max(track.sure_frames, 1), HOME_FRAMES))
        if track.colour is not None:
            track.colour = (1 - FOLLOW) * track.colour + FOLLOW * colour

    def _confirm(self, t_ns: int, recent_ns: int) -> None:
        alive = []
        for track in self._candidates:
            if track.sure_frames >= CONFIRM_FRAMES and t_ns - track.founded_ns >= CONFIRM_NS:
                track.seat = self._last_seat = self._last_seat + 1
                if track.seat in self._excluded:
                    track.colour = None
                self._seats.append(track)
            elif t_ns - track.last_ns <= recent_ns:
                alive.append(track)
        self._candidates = alive


def _is_on_somebody(face: Face, tracks: Sequence[Track]) -> bool:
    """Whether it is a second face on a place: where that is seen, or belongs while a weak face stands for it."""
    return any(
        _distance(box, face.box) < TOO_CLOSE
        for track in tracks
        if track.face is not None
        for box in ((track.box,) if track.face.sure else (track.box, track.home))
    )


def _within_reach(tracks: Sequence[Track], faces: Sequence[Face]) -> NDArray[np.bool_]:
    """Pairs ``(tracks, faces)`` that may be near enough for ``_cost``, which costs far more to ask."""
    found = _places([face.box for face in faces])
    homes, boxes = _places([track.home for track in tracks]), _places([track.box for track in tracks])
    near = np.zeros((len(tracks), len(faces)), bool)
    for places in (homes, boxes):
        apart_px = np.hypot(*(places[:, None, :2] - found[None, :, :2]).transpose(2, 0, 1))
        near |= apart_px <= LOST_REACH * (places[:, None, 2] + found[None, :, 2]) / 2
    return near


def _places(boxes: Sequence[Box]) -> NDArray[np.float64]:
    """Centre and size of each box, ``(n, 3)``; never smaller than ``_distance`` takes them."""
    return np.array([(*box.centre_px, max(math.sqrt(box.area_px), 1.0)) for box in boxes])


def _cost(t_ns: int, track: Track, face: Face, colour: NDArray[np.float32], code: NDArray[np.float32] | None) -> float:
    """How badly a face suits a track; ``FORBIDDEN`` out of reach or of another size."""
    unseen_s = to_s(t_ns - track.last_ns)
    from_home = _distance(track.home, face.box)
    distance = min(_distance(track.box, face.box), from_home)
    reach = min(REACH + unseen_s / 3, LOST_REACH) if face.sure else WEAK_REACH
    ratio = abs(np.log(max(face.box.area_px, 1.0) / max(track.box.area_px, 1.0))) / 2
    if distance > reach or ratio > np.log(MAX_SIZE_RATIO):
        return FORBIDDEN
    cost = distance + HOME_WEIGHT * min(from_home, LOST_REACH) + SIZE_WEIGHT * float(ratio)
    if track.colour is not None:
        cost += COLOUR_WEIGHT * colour_distance(track.colour, colour)
    if code is not None and track.embedding is not None:
        lengths = float(np.linalg.norm(code) * np.linalg.norm(track.embedding))
        cost += EMBEDDING_WEIGHT * (1.0 - float(code @ track.embedding) / max(lengths, 1e-9))
    return float(cost)


def _distance(one: Box, other: Box) -> float:
    """Between centres, in mean face sizes (square root of the area)."""
    (x1, y1), (x2, y2) = one.centre_px, other.centre_px
    size_px = max((math.sqrt(one.area_px) + math.sqrt(other.area_px)) / 2, 1.0)
    return math.hypot(x1 - x2, y1 - y2) / size_px


def _carried(box: Box, before: Box, now: Box | None) -> Box:
    """A rectangle of one tile in another tile of any size; far off the picture when there is none."""
    if now is None:
        return Box(NOWHERE_PX, NOWHERE_PX, box.w_px, box.h_px)
    inside = Box(box.x_px - before.x_px, box.y_px - before.y_px, box.w_px, box.h_px)
    grown = inside.scaled(now.w_px / before.w_px, now.h_px / before.h_px)
    return Box(grown.x_px + now.x_px, grown.y_px + now.y_px, grown.w_px, grown.h_px)


def _around(one: Box, other: Box) -> Box:
    left, top = min(one.x_px, other.x_px), min(one.y_px, other.y_px)
    right = max(one.x_px + one.w_px, other.x_px + other.w_px)
    bottom = max(one.y_px + one.h_px, other.y_px + other.h_px)
    return Box(left, top, right - left, bottom - top)


def _between(one: Box, other: Box, share: float) -> Box:
    sides = ((getattr(one, name), getattr(other, name)) for name in ("x_px", "y_px", "w_px", "h_px"))
    return Box(*(a + share * (b - a) for a, b in sides))
