"""The picture's part of the engine: frames in, seats and seconds out. Keeps the state of one lesson."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.clock import NS_PER_S, to_ns
from classroom_analyzer.domain.faces import Box, Face, FrameAnalysis, HeadPose, SeatSighting
from classroom_analyzer.domain.media import VideoFrame
from classroom_analyzer.domain.readings import VisionSecond
from classroom_analyzer.perception.vision.cadence import USUAL_PER_S
from classroom_analyzer.perception.vision.crops import FrameCrops
from classroom_analyzer.perception.vision.encoder import FaceEncoder, SeatCodes
from classroom_analyzer.perception.vision.facing import SeatTarget, yaw_error_deg
from classroom_analyzer.perception.vision.finder import FaceFinder
from classroom_analyzer.perception.vision.fine import FineWatch
from classroom_analyzer.perception.vision.gallery import CHECK_GAP_NS, GalleryWatch, view_of
from classroom_analyzer.perception.vision.masking import GROWTH, OPEN_MASK, SHUT_MASK, Mask, seat_mask
from classroom_analyzer.perception.vision.motion import MotionWatch
from classroom_analyzer.perception.vision.picture import PictureTrouble, picture_trouble
from classroom_analyzer.perception.vision.pose import MAX_YAW_DEG, head_pose
from classroom_analyzer.perception.vision.seconds import FrameRecord, Observation, SecondBook
from classroom_analyzer.perception.vision.tracker import LOST_NS, SeatTracker, Track

__all__ = ["VisionAnalyzer"]

RECENT_NS = 10 * NS_PER_S  # faces seen within this keep the detection scale from shrinking
MASK_AGE_NS = NS_PER_S  # a frame this much newer than the analysis is hidden whole when seats are excluded
EYE_RATE_HZ = 25.0  # VALIDITY.md: 15 and more, 25 is better
REORDERED = "the call re-ordered its tiles; seats were moved with the look of their tiles, check who sits where"


@dataclass(slots=True, eq=False)
class _Watch:
    """What is followed per place beside its track."""

    motion: MotionWatch = field(default_factory=MotionWatch)
    target: SeatTarget = field(default_factory=SeatTarget)


class VisionAnalyzer:
    """Analyses the pictures of one lesson, in order of time, on one thread; ``masked`` may be called from others.

    Args:
        finder: Finds faces. Its detector gets unmasked pictures; so do the colours of seats and the tiles of a call,
            which the mask needs to stay on a person.
        excluded: Seats that must not be seen (TRUST.md).
        encoder: Gives novelty per seat and second; None under ``observe`` and without a model.
        appearance: Whether the tracker may compare embeddings; needs ``encoder``.
        fine: The landmark pack's part; None without the pack and under ``observe``.
        analysed_fps: Pictures to analyse per second; others are only looked at for the eyes of near faces.
        seat_codes: Given the codes of every second's faces; None unless a study wants them. Needs ``encoder``.
    """

    def __init__(
        self,
        finder: FaceFinder,
        excluded: frozenset[int] = frozenset(),
        encoder: FaceEncoder | None = None,
        appearance: bool = False,
        fine: FineWatch | None = None,
        analysed_fps: float = USUAL_PER_S,
        seat_codes: SeatCodes | None = None,
    ) -> None:
        self._seat_codes = seat_codes
        self._finder = finder
        self._excluded = excluded
        self._encoder = encoder
        self._appearance = appearance
        self._fine = fine
        self._analysed_fps = analysed_fps
        self._gap_ns = to_ns(1 / analysed_fps)
        self._tracker = SeatTracker(excluded)
        self._book = SecondBook(excluded)
        self._gallery = self._new_gallery()
        self._watches: dict[Track, _Watch] = {}
        self._crops: dict[int, tuple[float, NDArray[np.uint8]]] = {}
        self._shape: tuple[int, ...] | None = None
        self._mask = SHUT_MASK if excluded else OPEN_MASK
        self._due_ns: int | None = None
        self._notices: list[str] = []

    @property
    def picture_rate_hz(self) -> float:
        """Pictures per second that are of use: blinks last a tenth of a second."""
        return self._analysed_fps if self._fine is None else max(self._analysed_fps, EYE_RATE_HZ)

    @property
    def places(self) -> Mapping[int, tuple[Box, Box]]:
        """Newest box and area of every seat that has a place, picture pixels."""
        return self._tracker.places

    @property
    def gallery_hidden(self) -> bool:
        """Whether there was a gallery of a call and the newest analysed picture shows something else."""
        return self._gallery.lost

    def exclude(self, seat: int) -> None:
        """Hide a seat and leave it out from now on; what is known of its looks is forgotten."""
        self._excluded |= {seat}
        self._tracker.exclude(seat)
        self._book.exclude(seat)
        self._gallery.check_always()
        self._crops.pop(seat, None)
        self._mask = self._hidden()

    def resume(self, places: Mapping[int, tuple[Box, Box]], last_seat: int) -> None:
        """Go on for an analyzer that was lost within the lesson: its seats keep their numbers by their places."""
        self._tracker.resume(places, last_seat)
        self._mask = self._hidden()

    def analyze(self, frame: VideoFrame) -> FrameAnalysis | None:
        """Find the seats in one frame.

        Args:
            frame: Newer than the frame of the last call; the picture may have another size than before.

        Returns:
            All seats known so far. Excluded seats carry their place and nothing else. None for a frame between the
            analysed ones, which was at most looked at for the eyes of near faces.
        """
        if self._shape == frame.image.shape and not self._is_due(frame.t_ns):
            self._look_between(frame)
            return None
        self._due_ns = max((self._due_ns or 0) + self._gap_ns, frame.t_ns + self._gap_ns // 2)
        return self._analyze(frame)

    def second(self, t_s: int) -> VisionSecond:
        """Close the second that ends at ``t_s``; called once per second, in order."""
        codes, novelty = self._encode()
        seats = [t.seat for t in self._tracker.seats if t.seat is not None]
        notices, self._notices = tuple(self._notices), []
        closed = self._book.close(t_s, seats, novelty, self._fine.figures(t_s) if self._fine else {}, notices)
        if self._seat_codes is None:
            return closed
        return replace(closed, readings=(*closed.readings, *self._seat_codes.second(closed, codes)))

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

    def _is_due(self, t_ns: int) -> bool:
        return self._due_ns is None or t_ns >= self._due_ns - self._gap_ns // 4  # cameras do not keep time

    def _look_between(self, frame: VideoFrame) -> None:
        """Eyes only; never while somebody is masked, whose place in this very frame nobody has looked up."""
        if self._fine is not None and not self._excluded and self._fine.near(frame.t_ns):
            self._fine.look_between(frame.t_ns, frame.image)

    def _analyze(self, frame: VideoFrame) -> FrameAnalysis:
        image = frame.image
        self._fit(image.shape)
        self._follow_tiles(frame)
        recent = [t.box.w_px for t in self._tracker.seats if frame.t_ns - t.last_ns <= RECENT_NS]
        crops = FrameCrops(image)
        faces = self._finder.find(frame, crops, recent)
        embed = partial(self._embed, image) if self._appearance else None
        self._tracker.update(frame.t_ns, faces, image, embed, self._gallery.tiles)
        self._mask = self._hidden()
        self._watches = {t: self._watches.get(t, _Watch()) for t in [*self._tracker.seats, *self._tracker.candidates]}
        if self._excluded:
            crops = FrameCrops(self._mask.fill(image))
        poses = self._poses(frame, crops.image)
        observations = tuple(self._observe(frame, track, poses.get(track)) for track in self._watches)
        self._book.add(FrameRecord(frame.t_ns, observations, self._trouble(image, faces)))
        self._keep_crops(crops)
        return FrameAnalysis(frame.t_ns, tuple(s for o in observations if (s := self._sighting(o)) is not None))

    def _hidden(self) -> Mask:
        """What must not be seen; everything while a call shows something else than its gallery, be it only one face."""
        if self._excluded and self._gallery.lost:
            return SHUT_MASK
        return seat_mask(self._excluded, self._tracker.places)

    def _fit(self, shape: tuple[int, ...]) -> None:
        """Follow a change of the picture's size."""
        if self._shape is not None and self._shape != shape:
            self._tracker.rescale(shape[1] / self._shape[1], shape[0] / self._shape[0])
            self._finder.forget()
            self._gallery = self._new_gallery()
            for watch in self._watches.values():
                watch.motion.forget()
        self._shape = shape

    def _new_gallery(self) -> GalleryWatch:
        return GalleryWatch(0 if self._excluded else CHECK_GAP_NS)  # nobody masked is seen for a second

    def _follow_tiles(self, frame: VideoFrame) -> None:
        moves = self._gallery.check(frame.t_ns, frame.image)
        if moves:
            self._tracker.move([(move.before, move.now) for move in moves])
            self._notices.append(REORDERED)

    def _trouble(self, image: NDArray[np.uint8], faces: Sequence[Face]) -> PictureTrouble | None:
        if self._finder.on_its_side:
            return PictureTrouble.SIDEWAYS
        return None if faces else picture_trouble(image)

    def _poses(self, frame: VideoFrame, masked: NDArray[np.uint8]) -> Mapping[Track, HeadPose | None]:
        """Directions of the faces that may be looked at: by the landmark pack where it finds them, else by 5 points."""
        faces = {t: t.face for t in self._watches if t.face is not None and t.seat not in self._excluded}
        height_px, width_px = frame.image.shape[:2]
        picture = Box(0.0, 0.0, float(width_px), float(height_px))
        poses: dict[Track, HeadPose | None] = {}
        if self._fine is not None and not self._mask.whole:
            for track, mesh in self._fine.look(frame.t_ns, masked, faces).items():
                poses[track] = mesh.pose if abs(mesh.pose.yaw_deg) <= MAX_YAW_DEG else None
        for track in faces.keys() - poses.keys():
            poses[track] = head_pose(faces[track], view_of(self._gallery.tiles, faces[track].box, picture))
        return poses

    def _observe(self, frame: VideoFrame, track: Track, pose: HeadPose | None) -> Observation:
        present = frame.t_ns - track.last_ns < LOST_NS
        face = track.face
        if face is None or track.seat in self._excluded:
            return Observation(track, None, present, None, None, None, None, None, None)
        watch = self._watches[track]
        faced = low = high = None
        if pose is not None:
            watch.target.learn(frame.t_ns, pose)
            error_deg = yaw_error_deg(face.iod_px)
            faced, low, high = (watch.target.faced(pose, slack_deg) for slack_deg in (0.0, -error_deg, error_deg))
        movement = watch.motion.movement_per_s(frame.t_ns, frame.image, face.box)
        return Observation(track, face.score, present, face.iod_px, pose, faced, low, high, movement)

    def _sighting(self, observation: Observation) -> SeatSighting | None:
        track = observation.track
        if track.seat is None:
            return None
        face = None if track.seat in self._excluded else track.face
        return SeatSighting(track.seat, track.box, face, observation.pose, observation.movement_per_s)

    def _keep_crops(self, crops: FrameCrops) -> None:
        """Keep each seat's best crop of the second, cut from the masked picture."""
        if self._encoder is None or self._mask.whole:
            return
        for track in self._tracker.seats:
            if track.face is None or track.seat is None or track.seat in self._excluded:
                continue
            if track.seat not in self._crops or track.face.score > self._crops[track.seat][0]:
                self._crops[track.seat] = track.face.score, crops.of(track.face)

    def _encode(self) -> tuple[dict[int, NDArray[np.float32]], dict[int, float]]:
        """Encode the kept crops at once; codes and novelty by seat."""
        crops, self._crops = self._crops, {}
        if self._encoder is None or not crops:
            return {}, {}
        codes = self._encoder.encode(np.stack([crop for _, crop in crops.values()]))
        by_number = {t.seat: t for t in self._tracker.seats}
        for seat, embedding in zip(crops, codes.embedding, strict=True):
            self._tracker.remember(by_number[seat], embedding)
        novelty = {} if codes.novelty is None else dict(zip(crops, map(float, codes.novelty), strict=True))
        return dict(zip(crops, codes.embedding, strict=True)), novelty

    def _embed(self, image: NDArray[np.uint8], faces: Sequence[Face]) -> NDArray[np.float32] | None:
        """Embeddings of faces that the tracker cannot settle by place; None when an excluded seat may be among them."""
        seen = {t.seat for t in self._tracker.seats if t.face is not None}
        if self._encoder is None or not self._excluded <= seen:
            return None
        crops = FrameCrops(self._hidden().fill(image))
        return self._encoder.encode(np.stack([crops.of(face) for face in faces])).embedding
