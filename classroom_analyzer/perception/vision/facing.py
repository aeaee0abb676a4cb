"""Whether a head faces one of the seat's targets, each seat calibrated by its own usual direction.

Nobody tells where the board is. A seat's usual direction (median of its first minute, then followed slowly) stands
for the board or screen, and a second target below it for the desk: writing is on task (VALIDITY.md section 2), so
looking down is reported as an angle and never counts as turned away.
"""

from __future__ import annotations

from statistics import median

import numpy as np

from classroom_analyzer.domain.clock import NS_PER_S, to_s
from classroom_analyzer.domain.faces import HeadPose

__all__ = ["SeatTarget", "yaw_error_deg"]

YAW_RANGE_DEG = 30.0  # VALIDITY.md
PITCH_RANGE_DEG = 20.0
DESK_BELOW_DEG = 35.0  # middle of the desk target: its range joins that of the board target and ends 55 degrees down
LEARNING_NS = 60 * NS_PER_S
MIN_SAMPLES = 5
FOLLOW_S = 600.0  # time constant after the first minute

# 80 of 100 errors of yaw are smaller, by distance of the eyes in pixels: of the head-pose clip whose head turns
# (15 pictures, docs/results/faces.md).
ERROR_IOD_PX = (8.0, 12.0, 16.0, 24.0, 32.0)
ERROR_YAW_DEG = (3.7, 4.2, 4.0, 4.6, 4.9)


def yaw_error_deg(iod_px: float) -> float:
    """What a yaw measured on a face of this size may be wrong by: larger than 80 of 100 errors.

    Args:
        iod_px: Distance of the eyes.
    """
    return float(np.interp(iod_px, ERROR_IOD_PX, ERROR_YAW_DEG))


class SeatTarget:
    """Usual head direction of one seat and the targets around it."""

    def __init__(self) -> None:
        self._yaws_deg: list[float] = []
        self._pitches_deg: list[float] = []
        self._first_ns: int | None = None
        self._last_ns = 0
        self._usual: tuple[float, float] | None = None

    @property
    def usual_deg(self) -> tuple[float, float] | None:
        """Usual yaw and pitch; None before ``MIN_SAMPLES`` poses."""
        return self._usual

    def learn(self, t_ns: int, pose: HeadPose) -> None:
        """Take a measured pose into the calibration."""
        if self._first_ns is None:
            self._first_ns = t_ns
        if t_ns - self._first_ns < LEARNING_NS or self._usual is None:
            self._yaws_deg.append(pose.yaw_deg)
            self._pitches_deg.append(pose.pitch_deg)
            if len(self._yaws_deg) >= MIN_SAMPLES:
                self._usual = median(self._yaws_deg), median(self._pitches_deg)
        elif abs(pose.yaw_deg - self._usual[0]) <= YAW_RANGE_DEG and (
            abs(pose.pitch_deg - self._usual[1]) <= PITCH_RANGE_DEG
        ):
            share = min(to_s(t_ns - self._last_ns) / FOLLOW_S, 1.0)
            yaw_deg, pitch_deg = self._usual
            self._usual = (
                yaw_deg + share * (pose.yaw_deg - yaw_deg),
                pitch_deg + share * (pose.pitch_deg - pitch_deg),
            )
        self._last_ns = t_ns

    def faced(self, pose: HeadPose, slack_deg: float = 0.0) -> bool | None:
        """Whether the head is within 30 degrees of yaw and 20 of pitch of a target; None before calibration.

        Args:
            pose: Of the head.
            slack_deg: Widens the range of yaw; negative to ask whether it is faced for all that yaw may be wrong by.
        """
        if self._usual is None:
            return None
        yaw_deg, pitch_deg = self._usual
        return abs(pose.yaw_deg - yaw_deg) <= YAW_RANGE_DEG + slack_deg and any(
            abs(pose.pitch_deg - target_deg) <= PITCH_RANGE_DEG
            for target_deg in (pitch_deg, pitch_deg + DESK_BELOW_DEG)
        )
