from __future__ import annotations

import pytest

from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.faces import HeadPose
from classroom_analyzer.domain.readings import FineFigures
from classroom_analyzer.perception.vision.picture import PictureTrouble
from classroom_analyzer.perception.vision.seconds import FrameRecord, Observation, SecondBook
from classroom_analyzer.perception.vision.tracker import Track
from tests.perception.vision.faces import face

FRONT = HeadPose(5.0, -3.0, 0.0)


def track(seat: int | None) -> Track:
    found = face(100, 100)
    return Track(seat, found.box, found, 0, found.box, found.box, 0, 3, None)


def seen(where: Track, iod_px: float = 30.0, pose: HeadPose | None = FRONT, score: float = 0.9, **more) -> Observation:
    faced = more.get("faced", True if pose is not None else None)
    return Observation(where, score, True, iod_px, pose, faced, faced, faced, more.get("movement", 0.5))


def unseen(where: Track, present: bool = True) -> Observation:
    return Observation(where, None, present, *[None] * 6)


def close(*frames: tuple[Observation, ...], book: SecondBook | None = None, novelty=None, seats=(1,)):
    book = book or SecondBook()
    for i, observations in enumerate(frames):
        book.add(FrameRecord(to_ns(i * 0.25), observations))
    return book.close(1, list(seats), novelty or {})


def test_seats_seen_is_the_median_over_frames():
    one, two = track(1), track(2)
    second = close((seen(one), seen(two)), (seen(one), unseen(two)), (seen(one), seen(two)), seats=(1, 2))
    assert second.frames == 3
    assert second.seats_seen == 2.0


def test_without_a_frame_nothing_is_known():
    second = SecondBook().close(1, [], {})
    assert second.seats_seen is None
    assert second.frames == 0
    assert all(reading.value is None for reading in second.readings)


def test_a_face_confirmed_late_in_the_second_counts_from_its_first_frame_and_a_candidate_never():
    place, flicker = track(None), track(None)
    book = SecondBook()
    for i in range(4):
        book.add(FrameRecord(to_ns(i * 0.25), (seen(place), seen(flicker))))
    place.seat = 1
    second = book.close(1, [1], {})
    assert second.seats_seen == 1.0
    assert second.seats[0].face_presence == 1.0


def test_frames_of_the_next_second_are_kept_for_it():
    one, book = track(1), SecondBook()
    for t_s in (0.0, 0.5, 1.0, 1.25, 1.5):
        book.add(FrameRecord(to_ns(t_s), (seen(one),)))
    assert book.close(1, [1], {}).frames == 2
    assert book.close(2, [1], {}).frames == 3


def test_presence_bridges_short_gaps_and_an_unseen_seat_has_no_measurements():
    one = track(1)
    (row,) = close((unseen(one),), (unseen(one, present=False),)).seats
    assert row.face_presence == 0.5
    assert row.status == "unseen"
    assert row.quality == 0.0
    assert (row.facing_target, row.movement, row.yaw_deg, row.iod_px) == (None, None, None, None)


def test_figures_are_shares_means_and_medians_of_the_frames():
    one = track(1)
    (row,) = close(
        (seen(one, movement=0.2),), (seen(one, movement=0.6, faced=False),), (seen(one, movement=None, pose=None),)
    ).seats
    assert row.facing_target == 0.5
    assert row.movement == pytest.approx(0.4)
    assert (row.yaw_deg, row.pitch_deg) == (5.0, -3.0)
    assert row.status == "ok"


@pytest.mark.parametrize(("iod_px", "status"), [(9.0, "too_small"), (20.0, "turned_away")])
def test_without_a_pose_the_status_says_why(iod_px, status):
    (row,) = close((seen(track(1), iod_px, pose=None),)).seats
    assert row.status == status
    assert row.facing_target is None


@pytest.mark.parametrize(("iod_px", "score", "novelty", "quality"), [
    (8.0, 0.9, None, 0.0), (16.0, 0.9, None, 0.5), (24.0, 0.9, None, 1.0), (60.0, 0.5, None, 0.5),
    (60.0, 0.9, 2.0, 1.0), (60.0, 0.9, 6.0, 0.5), (60.0, 0.9, 9.0, 1 / 3),
])  # fmt: skip
def test_quality_is_that_of_the_weaker_of_size_and_score_less_novelty(iod_px, score, novelty, quality):
    (row,) = close((seen(track(1), iod_px, score=score),), novelty={} if novelty is None else {1: novelty}).seats
    assert row.quality == pytest.approx(quality)
    assert row.novelty == novelty


def test_an_excluded_seat_has_a_row_without_figures_and_counts_nowhere():
    one, two = track(1), track(2)
    second = close((seen(one), seen(two)), book=SecondBook(frozenset({2})), seats=(1, 2))
    assert second.seats_seen == 1.0
    row = second.seats[1]
    assert row.status == "excluded"
    assert (row.face_presence, row.movement, row.yaw_deg, row.iod_px, row.novelty) == (0.0, None, None, None, None)


def judged(where: Track, low: bool, faced: bool, high: bool) -> Observation:
    return Observation(where, 0.9, True, 30.0, FRONT, faced, low, high, None)


def test_what_is_faced_has_an_interval_of_shares():
    one = track(1)
    (row,) = close(
        (judged(one, False, True, True),), (judged(one, True, True, True),), (judged(one, *[False] * 3),)
    ).seats
    assert (row.facing_low, row.facing_target, row.facing_high) == pytest.approx((1 / 3, 2 / 3, 2 / 3))


def test_without_a_direction_there_is_no_interval():
    (row,) = close((seen(track(1), pose=None),)).seats
    assert (row.facing_low, row.facing_target, row.facing_high) == (None, None, None)


def troubled(*troubles: PictureTrouble | None) -> str | None:
    book = SecondBook()
    for i, trouble in enumerate(troubles):
        book.add(FrameRecord(to_ns(i / 4), (), trouble))
    return book.close(1, [], {}).trouble


BLACK, PLAIN = PictureTrouble.BLACK, PictureTrouble.PLAIN


@pytest.mark.parametrize(("troubles", "told"), [
    ((), None), ((None, None), None), ((BLACK, BLACK), BLACK), ((BLACK, None, BLACK), None), ((BLACK, PLAIN), PLAIN),
])  # fmt: skip
def test_a_second_is_in_trouble_when_all_its_pictures_are(troubles, told):
    assert troubled(*troubles) == told


def test_fine_figures_and_notices_go_along():
    one, book = track(1), SecondBook()
    book.add(FrameRecord(0, (seen(one),)))
    second = book.close(1, [1, 2], {}, {1: FineFigures(ear=0.3)}, ("moved",))
    assert [row.fine for row in second.seats] == [FineFigures(ear=0.3), FineFigures()]
    assert second.notices == ("moved",)


def test_an_excluded_seat_has_no_fine_figures():
    one = track(1)
    book = SecondBook(frozenset({1}))
    book.add(FrameRecord(0, (seen(one),)))
    assert book.close(1, [1], {}, {1: FineFigures(ear=0.3)}).seats[0].fine == FineFigures()
