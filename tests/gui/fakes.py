"""A lesson made of synthetic values, advanced by hand, and the use cases around it."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import numpy as np

from classroom_analyzer.domain.chat import ChatMessage, ChatTaken
from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.estimates import ClassEstimate, EstimateStatus, SeatEstimate
from classroom_analyzer.domain.faces import Box, Face, SeatSighting
from classroom_analyzer.domain.labels import LabelKind
from classroom_analyzer.domain.live import (
    Change,
    Dashboard,
    DeviceHealth,
    Preview,
    RecordingHealth,
    SourceState,
    Why,
)
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.phases import Phase
from classroom_analyzer.domain.policy import Place, Policy
from classroom_analyzer.domain.readings import Reading

HOSTILE = '<img src="http://127.0.0.1:1/x.png"><b>bold</b> why?'
GAP = range(241, 291)  # seconds that abstain
SEATS = 12
LINES = (
    "Good morning!",
    "Which page are we on?",
    "Page 42, the one with the triangles",
    HOSTILE,
    "I got 37 degrees",
    "same here",
    "Can you repeat the last step, please?",
    "ok thanks",
)


def estimate(t_s: int) -> ClassEstimate:
    """A smooth curve with a gap; the band widens as seats vanish."""
    seen = 10 if t_s < 400 else 8
    if t_s in GAP:
        return ClassEstimate(
            t_s, None, None, None, None, 0.3, (None, None, None), Phase.LECTURE, EstimateStatus.LOW_COVERAGE, 3, SEATS
        )
    value = 0.55 + 0.16 * math.sin(t_s / 70) + 0.05 * math.sin(t_s / 13)
    half = 0.09 + (0.05 if seen == 8 else 0.0) + 0.02 * math.sin(t_s / 40)
    return ClassEstimate(
        t_s, value, value - half, value + half, (0.1, 0.2, 0.4, 0.3), seen / SEATS,
        (0.11, -0.06, 0.03 if t_s % 2 else 0.004), Phase.LECTURE, EstimateStatus.OK, seen, SEATS,
    )  # fmt: skip


class FakeSession:
    """Stands for a running lesson; ``advance`` moves its clock."""

    def __init__(self, policy: Policy = Policy.ENGAGEMENT, *, t_s: int = 0, live: bool = True) -> None:
        self.policy = policy
        self.t_s = t_s
        self.live = live
        self.markers: list[tuple[int, str]] = []
        self.labels: list[tuple[int, LabelKind, bool]] = []  # time, kind, whether the line could be seen
        self.paused = False
        self.recording = RecordingHealth()
        self.masked: set[int] = set()
        self.asked_why: list[int] = []
        self.warnings: tuple[str, ...] = ()
        self.takes_chat = live
        self.pasted: list[str] = []
        self.typed: list[str] = []
        self.stopped = False
        self.finished = False
        self.error: str | None = None
        self.previews = 0
        self.dashboards = 0
        self.lesson = Path("/tmp/2026-03-02 geometry.lesson")
        self.camera = SourceState.OK
        self.camera_detail = ""
        self.retry_in_s: float | None = None
        self._picture = _classroom()
        self._estimates = [estimate(t) for t in range(1, t_s + 1)]

    def advance(self, seconds: int) -> None:
        for _ in range(seconds):
            self.t_s += 1
            self._estimates.append(estimate(self.t_s))

    def preview(self) -> Preview | None:
        self.previews += 1
        picture = self._picture.copy()
        sightings = tuple(s for s in _sightings() if s.seat not in self.masked)
        for sighting in _sightings():
            if sighting.seat in self.masked:
                box = sighting.box.grown(0.3)
                x, y = max(int(box.x_px), 0), max(int(box.y_px), 0)
                picture[y : y + int(box.h_px), x : x + int(box.w_px)] = 0
        return Preview(to_ns(self.t_s), picture, sightings)

    def dashboard(self) -> Dashboard:
        self.dashboards += 1
        estimates = self.policy.allows_estimate
        return Dashboard(
            t_s=self.t_s,
            duration_s=None if self.live else 3000.0,
            policy=self.policy,
            estimates=tuple(self._estimates[-600:]) if estimates else (),
            seats=tuple(_seat(n, self.t_s) for n in range(SEATS, 0, -1)) if estimates else (),
            readings=_readings(self.t_s),
            chat=tuple(
                ChatMessage(to_ns(12 + 37 * i), f"P{i % 5 + 1:02d}", LINES[i % len(LINES)])
                for i in range(min(self.t_s // 37, 16))
            ),
            devices=(
                DeviceHealth(
                    Modality.VISION, "Logitech <b>C920</b>", self.camera, 14, self.camera_detail, self.retry_in_s
                ),
                DeviceHealth(Modality.AUDIO, "Built-in microphone", SourceState.OK, 0),
                DeviceHealth(Modality.TEXT, "chat.txt", SourceState.STALE, 0, "No line for 40 s."),
            ),
            lesson=self.lesson,
            warnings=self.warnings,
            finished=self.finished,
            error=self.error,
            paused=self.paused,
            recording=self.recording,
            behind_s=0.7 if self.t_s else None,
            masked_seats=frozenset(self.masked),
            analysed_fps=4.0 if self.t_s else None,
        )

    def add_marker(self, note: str) -> int:
        self.markers.append((self.t_s, note))
        return self.t_s

    def undo_marker(self) -> bool:
        return bool(self.markers) and self.markers.pop() is not None

    def add_label(self, kind: LabelKind, *, estimate_visible: bool) -> int:
        self.labels.append((self.t_s, kind, estimate_visible))
        return self.t_s

    def undo_label(self) -> bool:
        return bool(self.labels) and self.labels.pop() is not None

    def pause(self) -> None:
        self.paused = True

    def resume(self) -> None:
        self.paused = False

    def mask_seat(self, seat: int) -> None:
        self.masked.add(seat)

    def why(self, t_s: int) -> Why | None:
        self.asked_why.append(t_s)
        if not max(self.t_s - 600, 0) < t_s <= self.t_s:
            return None
        before = next((e for e in reversed(self._estimates) if e.t_s <= t_s - 30 and e.engagement is not None), None)
        allowed = self.policy.allows_estimate
        return Why(
            t_s=t_s,
            estimate=self._estimates[t_s - 1] if allowed else None,
            before=before if allowed else None,
            changes=(
                Change("speech_share", "share", 0.2, 0.7),
                Change("chat_rate.messages", "/min", 6.0, 1.5),
                Change("movement", "1/s", None, 0.2),
            ),
            chat=tuple(m for m in self.dashboard().chat if to_ns(t_s - 120) < m.t_ns <= to_ns(t_s)),
        )

    def paste_chat(self, text: str) -> ChatTaken:
        self.pasted.append(text)
        return ChatTaken(taken=3, merged=2, private=1, unreadable=4)

    def type_chat(self, text: str) -> ChatTaken:
        self.typed.append(text)
        return ChatTaken(taken=1)

    def stop(self, *, hurry: bool = False) -> None:
        self.stopped = True
        self.finished = True


class FakeLessons:
    """Use cases that begin fake lessons and remember what was asked."""

    def __init__(self, policy: Policy | None = Policy.ENGAGEMENT) -> None:
        self.stored = policy
        self.place: Place | None = None
        self.opened: list[Path] = []
        self.reported: list[Path] = []
        self.session = FakeSession()
        self.failure: Exception | None = None

    def open_file(self, path: Path) -> FakeSession:
        self.opened.append(path)
        if self.failure is not None:
            raise self.failure
        return self.session

    def open_demo(self) -> FakeSession:
        return self.session

    def report(self, lesson: Path) -> Path:
        self.reported.append(lesson)
        return lesson / "exports" / "000" / "report.html"

    def policy(self) -> Policy | None:
        return self.stored

    def choose_policy(self, place: Place, policy: Policy) -> None:
        self.place, self.stored = place, policy


def _seat(number: int, t_s: int) -> SeatEstimate:
    if number == 5:
        return SeatEstimate(t_s, number, None, None, None, 0.0, EstimateStatus.NO_MODALITY)
    if number == 11:
        return SeatEstimate(t_s, number, None, None, None, 0.2, EstimateStatus.TOO_SMALL)
    return SeatEstimate(t_s, number, 1.0 - number / 20, 0.1, 0.9, 0.95 - number / 20, EstimateStatus.OK)


def _readings(t_s: int) -> dict[str, Reading]:
    single = 0.5 + 0.3 * math.sin(t_s / 50)
    several = 0.6 * (1 - single)
    readings = (
        Reading("facing_target", 0.62, "share", 0.9, 10),
        Reading("speech_share", single + several, "share", 0.9),
        Reading("talk_ratio", 0.65 + 0.2 * math.sin(t_s / 30) if t_s > 120 else None, "share", 0.8),
        Reading("sound_mode.single", single, "share", 0.9),
        Reading("sound_mode.multiple", several, "share", 0.9),
        Reading("sound_mode.none", 1 - single - several, "share", 0.9),
        Reading("chat_rate.messages", 3.5, "/min", 1.0, 7),
        Reading("questions", 2.5 + 2.5 * math.sin(t_s / 45), "/10 min", 1.0, 7),
        Reading("movement", None, "1/s", 0.0, 0),
    )
    return {r.name: r for r in readings}


def _centre(number: int) -> tuple[int, int]:
    row, column = divmod(number - 1, 4)
    return 200 + 290 * column + 30 * row, 190 + 190 * row


def _sightings() -> tuple[SeatSighting, ...]:
    points = np.zeros((5, 2), np.float32)
    seats = []
    for number in range(1, SEATS + 1):
        x, y = _centre(number)
        box = Box(x - 42, y - 52, 84, 104)
        face = None if number == 5 else Face(box, 0.9, points)
        seats.append(SeatSighting(number, box, face, None, None))
    return tuple(seats)


@cache
def _classroom() -> np.ndarray:
    """``(720, 1280, 3) uint8 BGR``: heads as ellipses before a wall."""
    y, x = np.mgrid[0:720, 0:1280]
    picture = np.empty((720, 1280, 3), np.uint8)
    picture[:] = (196, 200, 202)
    picture[500:] = (150, 160, 168)
    for number in range(1, SEATS + 1):
        cx, cy = _centre(number)
        body = ((x - cx) / 80) ** 2 + ((y - cy - 130) / 85) ** 2 < 1
        picture[body] = (120 - 6 * number, 90 + 5 * number, 70 + 10 * number)
        hair = ((x - cx) / 40) ** 2 + ((y - cy + 8) / 50) ** 2 < 1
        picture[hair] = (40, 50 + 4 * number, 60)
        head = ((x - cx) / 32) ** 2 + ((y - cy + 2) / 42) ** 2 < 1
        picture[head] = (140 + 5 * number, 170, 210)
    return picture
