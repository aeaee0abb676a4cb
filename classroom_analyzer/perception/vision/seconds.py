"""From analysed frames to one row per seat and second."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from classroom_analyzer.domain.clock import NS_PER_S
from classroom_analyzer.domain.faces import HeadPose
from classroom_analyzer.domain.readings import FineFigures, SeatSecond, VisionSecond
from classroom_analyzer.perception.novelty import novelty_factor
from classroom_analyzer.perception.vision.picture import PictureTrouble
from classroom_analyzer.perception.vision.pose import MIN_IOD_PX
from classroom_analyzer.perception.vision.readings import ReadingWindow
from classroom_analyzer.perception.vision.tracker import Track

__all__ = ["FrameRecord", "Observation", "SecondBook"]

LEAST_IOD_PX = 8.0  # quality 0
BEST_IOD_PX = 24.0  # quality 1
LEAST_SCORE = 0.3
BEST_SCORE = 0.7


@dataclass(frozen=True, slots=True, eq=False)
class Observation:
    """One place in one frame.

    Attributes:
        track: The place; it may become a seat before its second is closed.
        score: Detector score; None when the face is not seen in this frame.
        present: Seen now or less than 3 s ago.
        iod_px: Inter-ocular distance; None when unseen.
        pose: Head direction; None when not measurable.
        faced: Whether a target is faced; None when not measurable.
        faced_low: The same if yaw is wrong away from the target.
        faced_high: The same if yaw is wrong towards it.
        movement_per_s: None when not measurable.
    """

    track: Track
    score: float | None
    present: bool
    iod_px: float | None
    pose: HeadPose | None
    faced: bool | None
    faced_low: bool | None
    faced_high: bool | None
    movement_per_s: float | None


@dataclass(frozen=True, slots=True, eq=False)
class FrameRecord:
    """What was observed in one frame.

    Attributes:
        t_ns: Its time.
        observations: All places.
        trouble: Why nobody can be seen in it.
    """

    t_ns: int
    observations: tuple[Observation, ...]
    trouble: PictureTrouble | None = None


class SecondBook:
    """Collects frames and closes seconds.

    Args:
        excluded: Seats that get a row of status ``excluded`` and count nowhere.
    """

    def __init__(self, excluded: frozenset[int] = frozenset()) -> None:
        self._excluded = excluded
        self._records: list[FrameRecord] = []
        self._window = ReadingWindow()

    def exclude(self, seat: int) -> None:
        """Count a seat no longer."""
        self._excluded |= {seat}

    def add(self, record: FrameRecord) -> None:
        """Take one analysed frame."""
        self._records.append(record)

    def close(
        self,
        t_s: int,
        seats: Sequence[int],
        novelty: Mapping[int, float],
        fine: Mapping[int, FineFigures] | None = None,
        notices: tuple[str, ...] = (),
    ) -> VisionSecond:
        """Sum up the frames in [t_s - 1, t_s); later frames are kept for later seconds.

        A face seen from the second's first frames on counts from there, even when it was confirmed as a seat later
        in the second.

        Args:
            t_s: End of the second.
            seats: Seats known so far.
            novelty: z-scores of the faces encoded in this second, by seat.
            fine: Figures of the landmark pack, by seat.
            notices: What people should know of this second.
        """
        end_ns = t_s * NS_PER_S
        records = [r for r in self._records if end_ns - NS_PER_S <= r.t_ns < end_ns]
        self._records = [r for r in self._records if r.t_ns >= end_ns]
        fine = fine or {}
        rows = tuple(self._row(seat, records, novelty.get(seat), fine.get(seat, FineFigures())) for seat in seats)
        counts = [sum(self._counts(o) for o in r.observations) for r in records]
        counted = [row for row in rows if row.status != "excluded"]
        readings = self._window.close(counted, bool(records))
        seen = float(median(counts)) if counts else None
        return VisionSecond(t_s, len(records), seen, rows, readings, _trouble(records), notices)

    def _counts(self, observation: Observation) -> bool:
        seat = observation.track.seat
        return observation.score is not None and seat is not None and seat not in self._excluded

    def _row(self, seat: int, records: Sequence[FrameRecord], novelty: float | None, fine: FineFigures) -> SeatSecond:
        if seat in self._excluded:
            return SeatSecond(seat, 0.0, None, None, None, None, None, 0.0, None, "excluded")
        mine = [o for r in records for o in r.observations if o.track.seat == seat]
        scores = [o.score for o in mine if o.score is not None]
        if not scores:
            presence = sum(o.present for o in mine) / max(len(records), 1)
            return SeatSecond(seat, presence, None, None, None, None, None, 0.0, None, "unseen")
        poses = [o.pose for o in mine if o.pose is not None]
        movements = [o.movement_per_s for o in mine if o.movement_per_s is not None]
        iod_px = median(o.iod_px for o in mine if o.iod_px is not None)
        worth = (_ramp(fmean(scores), LEAST_SCORE, BEST_SCORE), _ramp(iod_px, LEAST_IOD_PX, BEST_IOD_PX))
        return SeatSecond(
            seat=seat,
            face_presence=sum(o.present for o in mine) / len(records),
            facing_target=_share(o.faced for o in mine),
            movement=fmean(movements) if movements else None,
            yaw_deg=median(p.yaw_deg for p in poses) if poses else None,
            pitch_deg=median(p.pitch_deg for p in poses) if poses else None,
            iod_px=iod_px,
            quality=min(worth) * novelty_factor(novelty) * len(scores) / len(records),
            novelty=novelty,
            status="ok" if poses else "too_small" if iod_px < MIN_IOD_PX else "turned_away",
            facing_low=_share(o.faced_low for o in mine),
            facing_high=_share(o.faced_high for o in mine),
            fine=fine,
        )


def _share(answers: Iterable[bool | None]) -> float | None:
    known = [answer for answer in answers if answer is not None]
    return fmean(known) if known else None


def _trouble(records: Sequence[FrameRecord]) -> PictureTrouble | None:
    """What was wrong with every picture of a second; the newest of several reasons."""
    troubles = [r.trouble for r in records]
    return troubles[-1] if troubles and None not in troubles else None


def _ramp(value: float, zero_at: float, one_at: float) -> float:
    """Straight from 0 to 1 between two values, level outside."""
    return min(max((value - zero_at) / (one_at - zero_at), 0.0), 1.0)
