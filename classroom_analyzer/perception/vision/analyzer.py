"""The picture's part of the engine: frames in, seats and seconds out. Keeps the state of one lesson."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.clock import NS_PER_S
from classroom_analyzer.domain.faces import Box, Face, FrameAnalysis, SeatSighting
from classroom_analyzer.domain.media import VideoFrame
from classroom_analyzer.domain.readings import VisionSecond
from classroom_analyzer.perception.vision.crops import face_crop
from classroom_analyzer.perception.vision.detector import FaceDetector
from classroom_analyzer.perception.vision.encoder import FaceEncoder
from classroom_analyzer.perception.vision.facing import SeatTarget
from classroom_analyzer.perception.vision.masking import GROWTH, OPEN_MASK, SHUT_MASK, seat_mask
from classroom_analyzer.perception.vision.motion import MotionWatch
from classroom_analyzer.perception.vision.pose import head_pose
from classroom_analyzer.perception.vision.scale import CutWatch, ScaleChooser
from classroom_analyzer.perception.vision.seconds import FrameRecord, Observation, SecondBook
from classroom_analyzer.perception.vision.tracker import LOST_NS, SeatTracker, Track

__all__ = ["VisionAnalyzer"]

SAME_FACE_IOU = 0.3  # of faces found at two scales
RECENT_NS = 10 * NS_PER_S  # faces seen within this keep the detection scale from shrinking
MASK_AGE_NS = NS_PER_S  # a frame this much newer than the analysis is hidden whole when seats are excluded


@dataclass(slots=True, eq=False)
class _Watch:
    """What is followed per place beside its track."""

    motion: MotionWatch = field(default_factory=MotionWatch)
    target: SeatTarget = field(default_factory=SeatTarget)


class VisionAnalyzer:
    """Analyses the pictures of one lesson, in order of time, on one thread; ``masked`` may be called from others.

    Args:
        detector: Finds faces; the only one that gets unmasked pictures.
        excluded: Seats that must not be seen (TRUST.md).
        encoder: Gives novelty per seat and second; None under ``observe`` and without a model.
        appearance: Whether the tracker may compare embeddings; needs ``encoder``.
    """

    def __init__(
        self,
        detector: FaceDetector,
        excluded: frozenset[int] = frozenset(),
        encoder: FaceEncoder | None = None,
        appearance: bool = False,
    ) -> None:
        self._detector = detector
        self._excluded = excluded
        self._encoder = encoder
        self._appearance = appearance
        self._tracker = SeatTracker(excluded)
        self._book = SecondBook(excluded)
        self._scale = ScaleChooser()
        self._cuts = CutWatch()
        self._watches: dict[Track, _Watch] = {}
        self._crops: dict[int, tuple[float, NDArray[np.uint8]]] = {}
        self._shape: tuple[int, ...] | None = None
        self._mask = SHUT_MASK if excluded else OPEN_MASK

    def analyze(self, frame: VideoFrame) -> FrameAnalysis:
        """Find the seats in one frame.

        Args:
            frame: Newer than the frame of the last call; the picture may have another size than before.

        Returns:
            All seats known so far. Excluded seats carry their place and nothing else.
        """
        image = frame.image
        self._fit(image.shape)
        faces = self._detect(frame)
        self._tracker.update(frame.t_ns, faces, image, partial(self._embed, image) if self._appearance else None)
        places = {t.seat: (t.box, t.area) for t in self._tracker.seats if t.seat is not None}
        self._mask = seat_mask(self._excluded, places)
        self._watches = {t: self._watches.get(t, _Watch()) for t in [*self._tracker.seats, *self._tracker.candidates]}
        observations = tuple(self._observe(frame, track) for track in self._watches)
        self._book.add(FrameRecord(frame.t_ns, observations))
        self._keep_crops(image)
        return FrameAnalysis(frame.t_ns, tuple(s for o in observations if (s := self._sighting(o)) is not None))

    def second(self, t_s: int) -> VisionSecond:
        """Close the second that ends at ``t_s``; called once per second, in order."""
        novelty = self._encode()
        seats = [t.seat for t in self._tracker.seats if t.seat is not None]
        return self._book.close(t_s, seats, novelty)

    def masked(self, frame: VideoFrame, analysis: FrameAnalysis) -> NDArray[np.uint8]:
        """The picture as it may be shown.

        Args:
            frame: Any frame of the lesson.
            analysis: The newest analysis.

        Returns:
            ``(h, w, 3) uint8 BGR`` of the same size with excluded seats filled, wholly filled when in doubt; the
            frame's own array when no seat is excluded.
        """
        if not self._excluded:
            return frame.image
        if frame.image.shape != self._shape or frame.t_ns - analysis.t_ns > MASK_AGE_NS:
            return SHUT_MASK.fill(frame.image)
        now = [s.box.grown(GROWTH) for s in analysis.seats if s.seat in self._excluded]
        return self._mask.also(now).fill(frame.image)

    def _fit(self, shape: tuple[int, ...]) -> None:
        """Follow a change of the picture's size."""
        if self._shape is not None and self._shape != shape:
            self._tracker.rescale(shape[1] / self._shape[1], shape[0] / self._shape[0])
            self._scale = ScaleChooser()
            for watch in self._watches.values():
                watch.motion.forget()
        self._shape = shape

    def _detect(self, frame: VideoFrame) -> list[Face]:
        image = frame.image
        scales = self._scale.scales(frame.t_ns, image.shape, self._cuts.is_cut(image))
        faces: list[Face] = []
        for scale in scales:
            found = _detect_at(self._detector, image, scale)
            faces += [f for f in found if all(f.box.iou(other.box) < SAME_FACE_IOU for other in faces)]
        if len(scales) > 1:
            recent = [t.box.w_px for t in self._tracker.seats if frame.t_ns - t.last_ns <= RECENT_NS]
            self._scale.learn(image.shape, faces, recent)
        return faces

    def _observe(self, frame: VideoFrame, track: Track) -> Observation:
        present = frame.t_ns - track.last_ns < LOST_NS
        face = track.face
        if face is None or track.seat in self._excluded:
            return Observation(track, None, present, None, None, None, None)
        watch = self._watches[track]
        height_px, width_px = frame.image.shape[:2]
        pose = head_pose(face, (width_px, height_px))
        if pose is not None:
            watch.target.learn(frame.t_ns, pose)
        faced = watch.target.faced(pose) if pose is not None else None
        movement = watch.motion.movement_per_s(frame.t_ns, frame.image, face.box)
        return Observation(track, face.score, present, face.iod_px, pose, faced, movement)

    def _sighting(self, observation: Observation) -> SeatSighting | None:
        track = observation.track
        if track.seat is None:
            return None
        face = None if track.seat in self._excluded else track.face
        return SeatSighting(track.seat, track.box, face, observation.pose, observation.movement_per_s)

    def _keep_crops(self, image: NDArray[np.uint8]) -> None:
        """Keep each seat's best crop of the second, cut from the masked picture."""
        if self._encoder is None or self._mask.whole:
            return
        masked: NDArray[np.uint8] | None = None
        for track in self._tracker.seats:
            if track.face is None or track.seat is None or track.seat in self._excluded:
                continue
            if track.seat not in self._crops or track.face.score > self._crops[track.seat][0]:
                masked = self._mask.fill(image) if masked is None else masked
                self._crops[track.seat] = track.face.score, face_crop(masked, track.face)

    def _encode(self) -> dict[int, float]:
        """Encode the kept crops at once; novelty by seat."""
        crops, self._crops = self._crops, {}
        if self._encoder is None or not crops:
            return {}
        codes = self._encoder.encode(np.stack([crop for _, crop in crops.values()]))
        by_number = {t.seat: t for t in self._tracker.seats}
        for seat, embedding in zip(crops, codes.embedding, strict=True):
            self._tracker.remember(by_number[seat], embedding)
        return {} if codes.novelty is None else dict(zip(crops, map(float, codes.novelty), strict=True))

    def _embed(self, image: NDArray[np.uint8], faces: Sequence[Face]) -> NDArray[np.float32] | None:
        """Embeddings of faces that the tracker cannot settle by place; None when an excluded seat may be among them."""
        seen = {t.seat for t in self._tracker.seats if t.face is not None}
        if self._encoder is None or not self._excluded <= seen:
            return None
        places = {t.seat: (t.box, t.area) for t in self._tracker.seats if t.seat is not None}
        masked = seat_mask(self._excluded, places).fill(image)
        return self._encoder.encode(np.stack([face_crop(masked, face) for face in faces])).embedding


def _detect_at(detector: FaceDetector, image: NDArray[np.uint8], scale: float) -> list[Face]:
    """Detect in a resized picture; faces in pixels of ``image``."""
    height_px, width_px = image.shape[:2]
    size = max(round(width_px * scale), 1), max(round(height_px * scale), 1)
    if size != (width_px, height_px):
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        image = np.asarray(cv2.resize(image, size, interpolation=way), np.uint8)
    across, down = width_px / size[0], height_px / size[1]
    return [_moved(face, across, down) for face in detector.detect(image)]


def _moved(face: Face, across: float, down: float) -> Face:
    box = Box(face.box.x_px * across, face.box.y_px * down, face.box.w_px * across, face.box.h_px * down)
    return Face(box, face.score, face.points_px * np.array([across, down], np.float32))
