from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
import pytest

from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.media import VideoFrame
from classroom_analyzer.domain.readings import Reading
from classroom_analyzer.perception.vision.analyzer import VisionAnalyzer
from classroom_analyzer.perception.vision.encoder import FaceCodes
from classroom_analyzer.perception.vision.finder import FaceFinder
from classroom_analyzer.perception.vision.fine import FineWatch
from classroom_analyzer.perception.vision.picture import PictureTrouble
from classroom_analyzer.sources.drawn_class import invent_people, locate_class
from classroom_analyzer.sources.media import MediaFile
from tests.perception.vision.classes import OFF, STILL, class_picture
from tests.perception.vision.faces import ScriptedDetector
from tests.perception.vision.lessons import analyzer
from tests.perception.vision.meshes import FakeLandmarker, mesh

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


class SeatsWithCodes:
    """Remembers whose codes it was given, and adds a row."""

    def __init__(self) -> None:
        self.seats: set[int] = set()

    def second(self, closed, codes):
        self.seats |= codes.keys()
        return (Reading("study", float(len(codes)), "count", 1.0, len(closed.seats)),)


def test_a_study_gets_the_codes_of_the_seats_that_may_be_seen_and_adds_class_rows():
    _, left = excluded_left(CountingEncoder())
    study = SeatsWithCodes()
    finder = FaceFinder(ScriptedDetector(*PAIR))
    vision = VisionAnalyzer(finder, frozenset({left}), CountingEncoder(), seat_codes=study)
    _, _, closed = show(vision, 3, picture())
    assert study.seats == {1, 2} - {left}
    assert closed[-1].readings[-1] == Reading("study", 1.0, "count", 1.0, 2)


def test_before_an_excluded_seat_is_found_the_whole_picture_is_hidden():
    encoder = CountingEncoder()
    vision = VisionAnalyzer(FaceFinder(ScriptedDetector(*PAIR)), frozenset({7}), encoder)
    frame, analysis, _ = show(vision, 2, picture())
    assert not vision.masked(frame, analysis).any()
    assert not encoder.batches


def test_an_excluded_seat_that_is_lost_stays_hidden_in_its_place():
    detector = ScriptedDetector(*PAIR)
    vision, _ = excluded_left(CountingEncoder())
    vision._finder = FaceFinder(detector)
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


def fine_pair(
    excluded: frozenset[int], encoder: CountingEncoder | None = None
) -> tuple[VisionAnalyzer, FakeLandmarker]:
    """Two large faces near the camera, and the landmark pack."""
    landmarker = FakeLandmarker(lambda one: mesh(centre_px=one.box.centre_px, iod_px=80))
    finder = FaceFinder(ScriptedDetector((0.25, 0.5, 0.25), (0.75, 0.5, 0.25)))
    return VisionAnalyzer(finder, excluded, encoder, fine=FineWatch(landmarker)), landmarker


def show_25_hz(vision: VisionAnalyzer, seconds: float, image: np.ndarray) -> list[bool]:
    """Whether each picture was analysed."""
    return [vision.analyze(VideoFrame(to_ns(i / 25), image)) is not None for i in range(round(seconds * 25))]


def rough() -> np.ndarray:
    """Something to see everywhere, and black nowhere: faces in it can be followed."""
    return np.random.default_rng(0).integers(50, 250, (360, 640, 3), dtype=np.uint8)


def test_eyes_are_looked_at_in_pictures_that_are_not_analysed():
    vision, landmarker = fine_pair(frozenset())
    assert vision.picture_rate_hz == 25
    analysed = show_25_hz(vision, 2, rough())
    assert 7 <= sum(analysed) <= 9
    assert len(landmarker.images) == 50
    assert all(len(faces) == 2 for faces in landmarker.faces)


def test_without_the_landmark_pack_no_more_pictures_are_asked_for_than_are_analysed():
    assert VisionAnalyzer(FaceFinder(ScriptedDetector(*PAIR))).picture_rate_hz == 4


@pytest.mark.parametrize("seat", [1, 2])
def test_an_excluded_seat_reaches_no_landmarks_not_even_between_the_analysed_pictures(seat):
    encoder = CountingEncoder()
    vision, landmarker = fine_pair(frozenset({seat}), encoder)
    analysed = show_25_hz(vision, 4, rough())
    second = vision.second(4)
    assert landmarker.images
    assert len(landmarker.images) <= sum(analysed)
    excluded = next(t for t in vision._tracker.seats if t.seat == seat)
    left, top = round(excluded.box.x_px), round(excluded.box.y_px)
    inside = (slice(top, top + round(excluded.box.h_px)), slice(left, left + round(excluded.box.w_px)))
    for shown, faces in zip(landmarker.images, landmarker.faces, strict=True):
        assert not shown[inside].any()
        assert all(one.box.iou(excluded.box) == 0 for one in faces)
    assert not any(crop[8:56, 8:56].max() == 0 for batch in encoder.batches for crop in batch)
    assert {row.seat: row.status for row in second.seats}[seat] == "excluded"
    assert {row.seat: row.fine.ear for row in second.seats}[seat] is None


def test_while_an_excluded_seat_has_no_place_nothing_is_shown_to_the_landmarks():
    vision, landmarker = fine_pair(frozenset({7}))
    show_25_hz(vision, 2, picture())
    assert not landmarker.images


def test_the_direction_of_the_landmark_pack_stands_for_that_of_five_points():
    finder = FaceFinder(ScriptedDetector((0.5, 0.5, 0.25)))
    landmarker = FakeLandmarker(lambda one: mesh(yaw_deg=21, pitch_deg=-7))
    _, analysis, _ = show(VisionAnalyzer(finder, fine=FineWatch(landmarker)), 1, picture())
    pose = analysis.seats[0].pose
    assert (pose.yaw_deg, pose.pitch_deg) == pytest.approx((21, -7), abs=0.5)


CALL = (960, 540)


def seats_of(analysis, people) -> dict[int, int]:
    """Seat number of each person, by where the person truly is."""
    heads = locate_class(people, [STILL] * len(people), CALL)
    return {
        person.seed: next(s.seat for s in analysis.seats if s.face is not None and s.box.holds(head.centre_px))
        for person, head in zip(people, heads, strict=True)
    }


def test_seat_numbers_follow_people_whose_tiles_are_re_ordered_and_a_notice_says_so_once():
    vision, people = analyzer(), invent_people(4)
    _, analysis, closed = show(vision, 2, class_picture(people, size=CALL))
    before = seats_of(analysis, people)
    assert sorted(before.values()) == [1, 2, 3, 4]
    moved = [people[1], people[0], people[2], people[3]]
    _, analysis, later = show(vision, 3, class_picture(moved, size=CALL), from_s=2.0)
    assert seats_of(analysis, moved) == before
    assert [second.notices for second in closed] == [(), ()]
    notices = [notice for second in later for notice in second.notices]
    assert len(notices) == 1
    assert "check who sits where" in notices[0]


def test_seat_numbers_follow_people_who_move_up_when_somebody_leaves():
    vision, people = analyzer(), invent_people(6)
    _, analysis, _ = show(vision, 2, class_picture(people, size=CALL))
    before = seats_of(analysis, people)
    rest = [*people[:3], *people[4:]]
    _, analysis, closed = show(vision, 2, class_picture(rest, size=CALL), from_s=2.0)
    assert seats_of(analysis, rest) == {p.seed: before[p.seed] for p in rest}
    assert sum(len(second.notices) for second in closed) == 1
    assert len(analysis.seats) == 6


def test_a_camera_that_goes_off_and_on_keeps_its_seat_without_a_notice():
    vision, people = analyzer(), invent_people(4)
    _, analysis, _ = show(vision, 1, class_picture(people, size=CALL))
    before = seats_of(analysis, people)
    show(vision, 4, class_picture(people, [OFF, STILL, STILL, STILL], CALL), from_s=1.0)
    _, analysis, closed = show(vision, 1, class_picture(people, size=CALL), from_s=5.0)
    assert seats_of(analysis, people) == before
    assert closed[-1].notices == ()


def shown(vision: VisionAnalyzer, people, from_s: float) -> dict[int, bool]:
    """Whether each person can be seen in the masked picture."""
    image = class_picture(people, size=CALL)
    frame, analysis, _ = show(vision, 2, image, from_s)
    masked, heads = vision.masked(frame, analysis), locate_class(people, [STILL] * len(people), CALL)
    return {p.seed: bool(masked[tuple(map(int, h.centre_px))[::-1]].any()) for p, h in zip(people, heads, strict=True)}


def test_the_mask_goes_along_with_an_excluded_person_whose_tile_is_moved():
    vision, people = analyzer(excluded_seats=frozenset({1})), invent_people(4)
    before = shown(vision, people, 0.0)
    assert sorted(before.values()) == [False, True, True, True]
    assert shown(vision, people[::-1], 2.0) == before


def test_an_excluded_person_whose_tile_is_gone_may_be_anywhere_so_everything_is_hidden():
    vision, people = analyzer(excluded_seats=frozenset({1})), invent_people(6)
    before = shown(vision, people, 0.0)
    rest = [p for p in people if before[p.seed]]
    assert not any(shown(vision, rest, 2.0).values())


def test_while_a_call_shows_one_speaker_nobody_knows_who_it_is_so_everything_is_hidden():
    vision, people = analyzer(excluded_seats=frozenset({1})), invent_people(4)
    before = shown(vision, people, 0.0)
    speaker = class_picture(people[:1], size=CALL)
    for from_s in (2.0, 3.0, 9.0):
        frame, analysis, _ = show(vision, 1, speaker, from_s)
        assert not vision.masked(frame, analysis).any()
    assert shown(vision, people, 10.0) == before


def troubles(image: np.ndarray, seconds: int = 1) -> list[str | None]:
    closed = show(analyzer(), seconds, image)[2]
    return [second.trouble for second in closed]


def test_a_black_white_or_tiny_picture_says_why_nobody_can_be_seen():
    assert troubles(picture(level=0)) == [PictureTrouble.BLACK]
    assert troubles(picture(level=255)) == [PictureTrouble.PLAIN]
    assert troubles(picture(8, 8)) == [PictureTrouble.TINY]


@pytest.mark.parametrize("quarters", [1, 3])
def test_a_picture_on_its_side_says_so(quarters):
    sideways = np.ascontiguousarray(np.rot90(class_picture(4, size=(640, 360)), quarters))
    assert troubles(sideways, 2) == [PictureTrouble.SIDEWAYS] * 2


def test_a_class_and_an_empty_room_are_no_trouble():
    assert troubles(class_picture(4, size=(640, 360))) == [None]
    assert troubles(class_picture(4, [OFF] * 4, size=(640, 360))) == [None]


def test_a_picture_of_8000_by_6000_is_analysed():
    vision = analyzer()
    large = np.repeat(np.repeat(class_picture(1, size=(800, 600)), 10, 0), 10, 1)
    vision.analyze(VideoFrame(0, large))
    second = vision.second(1)
    assert (second.frames, second.trouble) == (1, None)


def test_the_size_may_change_in_mid_stream_between_analysed_pictures():
    vision, people = analyzer(), invent_people(4)
    show(vision, 1, class_picture(people, size=CALL))
    small = class_picture(people, size=(640, 360))
    analysis = vision.analyze(VideoFrame(to_ns(0.76), small))
    assert analysis is not None
    _, analysis, closed = show(vision, 1, small, from_s=1.0)
    assert analysis.faces_seen == 4
    assert len(analysis.seats) == 4
    assert closed[-1].notices == ()


@pytest.mark.parametrize("level", [0, 128])
def test_a_grey_video_file_is_read_to_its_end_and_says_why_nobody_can_be_seen(tmp_path, level):
    path, ms = tmp_path / "grey.mkv", Fraction(1, 1000)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=4)
        stream.width, stream.height, stream.pix_fmt, stream.codec_context.time_base = 320, 240, "yuv420p", ms
        for i in range(9):
            shown = av.VideoFrame.from_ndarray(picture(240, 320, level), format="bgr24")
            shown.pts, shown.time_base = 250 * i, ms
            container.mux(stream.encode(shown))
        container.mux(stream.encode(None))
    vision = analyzer()
    for frame in MediaFile(path).frames(vision.picture_rate_hz):
        vision.analyze(frame)
    told = {0: PictureTrouble.BLACK, 128: PictureTrouble.PLAIN}[level]
    seconds = [vision.second(t_s) for t_s in (1, 2)]
    assert [(s.frames, s.seats_seen, s.trouble) for s in seconds] == [(4, 0.0, told)] * 2
