from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.media import VideoFrame
from classroom_analyzer.perception.vision.analyzer import VisionAnalyzer
from classroom_analyzer.perception.vision.encoder import FaceCodes
from classroom_analyzer.perception.vision.finder import FaceFinder
from tests.perception.vision.faces import ScriptedDetector
from tests.perception.vision.lessons import analyzer

PAIR = ((0.25, 0.5, 0.1), (0.75, 0.5, 0.1))


def show(vision: VisionAnalyzer, seconds: float, image: np.ndarray, from_s: float = 0.0):
    """Feed one picture at 4 frames a second and close each second; the last frame, its analysis, all seconds."""
    closed = []
    for i in range(round(seconds * 4)):
        frame = VideoFrame(to_ns(from_s + i / 4), image)
        analysis = vision.analyze(frame)
        if i % 4 == 3:
            closed.append(vision.second(round(from_s + (i + 1) / 4)))
    return frame, analysis, closed


def picture(height_px: int = 360, width_px: int = 640, level: int = 120) -> np.ndarray:
    return np.full((height_px, width_px, 3), level, np.uint8)


class CountingEncoder:
    """Remembers what it was shown."""

    def __init__(self) -> None:
        self.batches: list[np.ndarray] = []

    def encode(self, crops):
        self.batches.append(crops)
        return FaceCodes(np.ones((len(crops), 4), np.float32), np.arange(len(crops), dtype=np.float32))


def test_seats_are_there_within_the_first_second_in_picture_pixels():
    _, analysis, (second,) = show(VisionAnalyzer(FaceFinder(ScriptedDetector(*PAIR))), 1, picture())
    assert second.seats_seen == 2.0
    assert [s.seat for s in analysis.seats] == [1, 2]
    assert sorted(s.box.centre_px for s in analysis.seats) == [pytest.approx((160, 180)), pytest.approx((480, 180))]


@pytest.mark.parametrize("shape", [(8, 8), (1, 1), (200, 3), (480, 640), (3000, 4000)])
@pytest.mark.parametrize("level", [0, 255])
def test_plain_pictures_of_any_size_give_seconds_without_seats(shape, level):
    vision = analyzer()
    vision.analyze(VideoFrame(0, picture(*shape, level)))
    vision.analyze(VideoFrame(to_ns(0.5), picture(*shape, level)))
    second = vision.second(1)
    assert (second.frames, second.seats_seen, second.seats) == (2, 0.0, ())


def test_the_detector_never_sees_more_than_about_one_megapixel():
    detector = ScriptedDetector(*PAIR)
    VisionAnalyzer(FaceFinder(detector)).analyze(VideoFrame(0, picture(3000, 4000)))
    assert max(max(shape) for shape in detector.shapes) == 1280


def test_another_picture_size_in_mid_lesson_keeps_the_seats():
    vision = VisionAnalyzer(FaceFinder(ScriptedDetector(*PAIR)))
    show(vision, 2, picture())
    _, analysis, closed = show(vision, 2, picture(720, 1280), from_s=2.0)
    assert [s.seat for s in analysis.seats] == [1, 2]
    assert analysis.faces_seen == 2
    assert closed[-1].seats_seen == 2.0
    assert min(s.box.centre_px for s in analysis.seats) == pytest.approx((320, 360))


def test_a_still_picture_has_no_movement():
    *_, closed = show(VisionAnalyzer(FaceFinder(ScriptedDetector(*PAIR))), 3, picture())
    assert [row.movement for row in closed[-1].seats] == [0.0, 0.0]


def test_the_encoder_sees_each_seat_once_a_second_in_one_batch():
    encoder = CountingEncoder()
    *_, closed = show(VisionAnalyzer(FaceFinder(ScriptedDetector(*PAIR)), encoder=encoder), 3, picture())
    assert [len(batch) for batch in encoder.batches] == [2, 2, 2]
    assert encoder.batches[0].shape == (2, 64, 64, 3)
    assert {row.novelty for row in closed[-1].seats} == {0.0, 1.0}


def marked_pair() -> tuple[np.ndarray, np.ndarray]:
    """A picture whose left and right face carry a colour each, and where the left one is."""
    image = picture()
    image[140:220, 120:200] = (255, 0, 0)
    image[140:220, 440:520] = (0, 255, 0)
    return image, (image == (255, 0, 0)).all(axis=2)


def excluded_left(encoder: CountingEncoder) -> tuple[VisionAnalyzer, int]:
    """An analyzer that excludes whichever seat number the left face gets."""
    _, analysis, _ = show(VisionAnalyzer(FaceFinder(ScriptedDetector(*PAIR))), 1, picture())
    left = min(analysis.seats, key=lambda s: s.box.x_px).seat
    return VisionAnalyzer(FaceFinder(ScriptedDetector(*PAIR)), frozenset({left}), encoder, appearance=True), left


def test_an_excluded_seat_reaches_no_encoder_no_preview_and_no_figure():
    encoder = CountingEncoder()
    vision, left = excluded_left(encoder)
    image, is_left = marked_pair()
    frame, analysis, closed = show(vision, 3, image)
    assert all(not (batch == (255, 0, 0)).all(axis=3).any() for batch in encoder.batches)
    assert encoder.batches[-1].shape[0] == 1
    shown = vision.masked(frame, analysis)
    assert not (shown == (255, 0, 0)).all(axis=2)[is_left].any()
    assert (shown == (0, 255, 0)).all(axis=2).any()
    assert closed[-1].seats_seen == 1.0
    assert {row.seat: row.status for row in closed[-1].seats}[left] == "excluded"
    sighting = {s.seat: s for s in analysis.seats}[left]
    assert (sighting.face, sighting.pose, sighting.movement_per_s) == (None, None, None)


def test_before_an_excluded_seat_is_found_the_whole_picture_is_hidden():
    encoder = CountingEncoder()
    vision = VisionAnalyzer(FaceFinder(ScriptedDetector(*PAIR)), frozenset({7}), encoder)
    frame, analysis, _ = show(vision, 2, picture())
    assert not vision.masked(frame, analysis).any()
    assert not encoder.batches


def test_an_excluded_seat_that_is_lost_stays_hidden_in_its_place():
    detector = ScriptedDetector(*PAIR)
    vision, _ = excluded_left(CountingEncoder())
    vision._detector = detector
    image, is_left = marked_pair()
    show(vision, 2, image)
    detector.faces = ()
    frame, analysis, _ = show(vision, 10, image, from_s=2.0)
    assert not vision.masked(frame, analysis)[is_left].any()


@pytest.mark.parametrize("later", [VideoFrame(to_ns(9), picture()), VideoFrame(to_ns(2), picture(90, 160))])
def test_a_picture_that_the_analysis_does_not_fit_is_hidden_whole(later):
    vision, _ = excluded_left(CountingEncoder())
    _, analysis, _ = show(vision, 2, picture())
    assert not vision.masked(later, analysis).any()


def test_without_excluded_seats_the_preview_is_the_frame_itself():
    vision = VisionAnalyzer(FaceFinder(ScriptedDetector(*PAIR)))
    frame, analysis, _ = show(vision, 1, picture())
    assert vision.masked(frame, analysis) is frame.image
