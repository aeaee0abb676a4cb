"""Faces of every frame: detected about four times a second, followed in between, at the scale the picture needs."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.clock import NS_PER_S
from classroom_analyzer.domain.faces import Face
from classroom_analyzer.domain.media import VideoFrame
from classroom_analyzer.perception.opencv import cv2
from classroom_analyzer.perception.vision.cadence import DetectionCadence
from classroom_analyzer.perception.vision.crops import FrameCrops
from classroom_analyzer.perception.vision.detector import FaceDetector
from classroom_analyzer.perception.vision.follow import follow_faces
from classroom_analyzer.perception.vision.refine import PointFinder, refined
from classroom_analyzer.perception.vision.scale import CutWatch, ScaleChooser

__all__ = ["FaceFinder"]

SAME_FACE_IOU = 0.3  # of faces found at two scales
SIDEWAYS_GAP_NS = 10 * NS_PER_S  # while few upright faces are known, how often the picture is also looked at turned
QUARTER_TURNS = (cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_90_COUNTERCLOCKWISE)
UPRIGHT_ROLL_DEG = 45.0  # in a picture on its side heads are still taken for faces, with eyes one above the other


class FaceFinder:
    """Finds the faces of one stream of pictures, in order of time.

    Args:
        detector: Looks for faces.
        cadence: Says in which frames.
        points: Looks again for the points of detected faces; None to take the detector's.

    Attributes:
        on_its_side: Whether the picture seems to lie on its side: more people stand upright when it is turned.
    """

    def __init__(
        self, detector: FaceDetector, cadence: DetectionCadence | None = None, points: PointFinder | None = None
    ) -> None:
        self._detector = detector
        self._cadence = cadence or DetectionCadence()
        self._points = points
        self._scale = ScaleChooser()
        self._cuts = CutWatch()
        self._before: NDArray[np.uint8] | None = None
        self._faces: list[Face] = []
        self._turned_ns: int | None = None
        self._seen_ns: int | None = None
        self.on_its_side = False

    def find(self, frame: VideoFrame, crops: FrameCrops, known_widths_px: Sequence[float]) -> list[Face]:
        """Find the faces of one frame.

        Args:
            frame: Of the size of the frame before, unless ``forget`` was called between them.
            crops: Of the frame.
            known_widths_px: Widths of faces seen lately: what the search must not become too coarse for.

        Returns:
            All faces, sure or not, in picture pixels.
        """
        cut = self._cuts.is_cut(frame.image)
        if cut or self._before is None or self._cadence.is_due(frame.t_ns):
            started_s = time.perf_counter()
            faces = self._detect(frame, cut, known_widths_px)
            if self._points is not None:
                faces = refined(self._points, crops, faces)
            self._cadence.detected(frame.t_ns, time.perf_counter() - started_s)
        else:
            faces, lost = follow_faces(self._before, frame.image, self._faces)
            if lost:
                self._cadence.hurry()
        self._before, self._faces = frame.image, faces
        return faces

    def forget(self) -> None:
        """Begin anew: the next picture has another size."""
        self._before = None
        self._scale = ScaleChooser()

    def _detect(self, frame: VideoFrame, cut: bool, known_widths_px: Sequence[float]) -> list[Face]:
        image = frame.image
        scales = self._scale.scales(frame.t_ns, image.shape, cut)
        faces: list[Face] = []
        for scale in scales:
            found = _detect_at(self._detector, image, scale)
            faces += [f for f in found if all(f.box.iou(other.box) < SAME_FACE_IOU for other in faces)]
        if len(scales) > 1:
            self._scale.learn(image.shape, faces, known_widths_px)
        self._look_sideways(frame, faces)
        return faces

    def _look_sideways(self, frame: VideoFrame, faces: Sequence[Face]) -> None:
        """While few faces stand upright, find out whether the picture lies on its side: a phone held the other way."""
        upright = _upright(faces)
        if upright and 2 * upright >= sum(face.sure for face in faces):
            self._seen_ns, self.on_its_side = frame.t_ns, False
            return
        looked_ns = max((t for t in (self._seen_ns, self._turned_ns) if t is not None), default=None)
        if looked_ns is not None and frame.t_ns - looked_ns < SIDEWAYS_GAP_NS:
            return
        self._turned_ns = frame.t_ns
        self.on_its_side = any(self._upright_in(frame.image, way) > upright for way in QUARTER_TURNS)

    def _upright_in(self, image: NDArray[np.uint8], way: int) -> int:
        turned = np.asarray(cv2.rotate(image, way), np.uint8)
        return _upright(_detect_at(self._detector, turned, self._scale.idle_scale(turned.shape)))


def _upright(faces: Sequence[Face]) -> int:
    return sum(_is_upright(face) for face in faces)


def _is_upright(face: Face) -> bool:
    roll_deg = face.roll_deg
    return face.sure and roll_deg is not None and abs(roll_deg) <= UPRIGHT_ROLL_DEG


def _detect_at(detector: FaceDetector, image: NDArray[np.uint8], scale: float) -> list[Face]:
    """Detect in a resized picture; faces in pixels of ``image``."""
    height_px, width_px = image.shape[:2]
    size = max(round(width_px * scale), 1), max(round(height_px * scale), 1)
    if size != (width_px, height_px):
        # Down to a half, straight lines between pixels alias nothing and cost a fifth of averaging.
        way = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_LINEAR if scale >= 0.5 else cv2.INTER_AREA
        image = np.asarray(cv2.resize(image, size, interpolation=way), np.uint8)
    return [face.scaled(width_px / size[0], height_px / size[1]) for face in detector.detect(image)]
