from __future__ import annotations

import pytest

from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.faces import HeadPose
from classroom_analyzer.perception.vision.facing import ERROR_IOD_PX, ERROR_YAW_DEG, SeatTarget, yaw_error_deg


def calibrated(yaw_deg: float = 20.0, pitch_deg: float = -10.0, seconds: int = 61) -> SeatTarget:
    target = SeatTarget()
    for t_s in range(seconds):
        target.learn(to_ns(t_s), HeadPose(yaw_deg, pitch_deg, 0.0))
    return target


def test_nothing_is_judged_before_the_seat_has_a_usual_direction():
    target = calibrated(seconds=4)
    assert target.faced(HeadPose(0, 0, 0)) is None
    assert target.usual_deg is None


@pytest.mark.parametrize(("yaw_deg", "pitch_deg", "faced"), [
    (20, -10, True), (49, -10, True), (51, -10, False), (-9, -10, True), (-11, -10, False),
    (20, -29, True), (20, -31, False),
])  # fmt: skip
def test_a_seat_faces_its_target_within_30_degrees_of_yaw_and_20_of_pitch(yaw_deg, pitch_deg, faced):
    assert calibrated().faced(HeadPose(yaw_deg, pitch_deg, 0)) is faced


@pytest.mark.parametrize("down_deg", [15, 25, 40, 54])
def test_looking_down_at_the_desk_is_on_target(down_deg):
    target = calibrated()
    assert target.faced(HeadPose(20, -10 + down_deg, 0)) is True


def test_looking_down_to_the_side_is_not_the_desk():
    assert calibrated().faced(HeadPose(60, 20, 0)) is False


def test_short_glances_in_the_first_minute_do_not_move_the_usual_direction():
    target = SeatTarget()
    for t_s in range(60):
        target.learn(to_ns(t_s), HeadPose(-50.0 if t_s % 4 == 0 else 10.0, 0.0, 0.0))
    assert target.usual_deg == (10.0, 0.0)


def test_after_the_first_minute_the_usual_direction_follows_slowly_and_never_a_turned_head():
    target = calibrated(0.0, 0.0)
    for t_s in range(61, 121):
        target.learn(to_ns(t_s), HeadPose(20.0, 0.0, 0.0))
        target.learn(to_ns(t_s), HeadPose(80.0, 0.0, 0.0))
    yaw_deg, _ = target.usual_deg
    assert 1.0 < yaw_deg < 3.0


@pytest.mark.parametrize(("yaw_deg", "low", "faced", "high"), [
    (20, True, True, True), (47, False, True, True), (53, False, False, True), (56, False, False, False),
])  # fmt: skip
def test_slack_asks_what_holds_if_yaw_is_wrong_either_way(yaw_deg, low, faced, high):
    pose = HeadPose(yaw_deg, -10, 0)
    assert [calibrated().faced(pose, slack_deg) for slack_deg in (-5.0, 0.0, 5.0)] == [low, faced, high]


@pytest.mark.parametrize("yaw_deg", range(-60, 61, 7))
def test_what_is_faced_for_all_errors_is_faced_and_what_is_faced_may_be(yaw_deg):
    low, faced, high = (calibrated().faced(HeadPose(yaw_deg, 0, 0), slack_deg) for slack_deg in (-4.0, 0.0, 4.0))
    assert low <= faced <= high


def test_slack_says_nothing_before_calibration():
    assert SeatTarget().faced(HeadPose(0, 0, 0), 10.0) is None


def test_the_error_of_yaw_is_read_from_the_table_and_between_its_sizes():
    table = dict(zip(ERROR_IOD_PX, ERROR_YAW_DEG, strict=True))
    assert list(table) == sorted(table)
    assert [yaw_error_deg(iod_px) for iod_px in table] == list(table.values())
    (one, other), (first, second) = list(table)[:2], list(table.values())[:2]
    assert yaw_error_deg((one + other) / 2) == pytest.approx((first + second) / 2)


def test_the_error_of_yaw_is_level_beyond_the_table_and_never_zero():
    assert yaw_error_deg(0.0) == ERROR_YAW_DEG[0]
    assert yaw_error_deg(500.0) == ERROR_YAW_DEG[-1]
    assert all(yaw_error_deg(iod_px) > 0 for iod_px in range(200))
