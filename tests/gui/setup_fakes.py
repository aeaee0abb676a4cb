"""Devices, trials and lessons that were cut off, all made up, for the wizard and the dialogs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import numpy as np

from classroom_analyzer.domain.live import SourceState
from classroom_analyzer.domain.recovery import UnfinishedLesson
from classroom_analyzer.domain.setup import (
    Devices,
    FacesSeen,
    LiveChoice,
    Notice,
    PackInfo,
    PictureChoice,
    ScreenArea,
    SelfTestResult,
    SelfTestStep,
    SetupChoices,
    SoundVerdict,
)
from classroom_analyzer.errors import ClassroomAnalyzerError
from classroom_analyzer.gui.lessons import LiveSource
from classroom_analyzer.models import assets
from tests.gui.fakes import FakeSession, _classroom

DEVICES = Devices(
    cameras=("Logitech <b>C920</b>", "Built-in camera"),
    microphones=("Built-in microphone", "Headset"),
    call_sounds=("Speakers of the call",),
    windows=("Lesson 7b – Call",),
    screens=(ScreenArea("1", (0, 0, 1920, 1080)),),
)


class FakePicture:
    """Shows one picture again and again."""

    def __init__(self, choice: PictureChoice, *, state: SourceState = SourceState.OK, detail: str = "") -> None:
        self.name = choice.address
        self.choice = choice
        self.state = state
        self.detail = detail
        self.faces: FacesSeen | None = FacesSeen(12, 9, 1280, 720) if state is SourceState.OK else None
        self.stopped = False

    def picture(self) -> np.ndarray | None:
        return _classroom() if self.state is SourceState.OK else None

    def stop(self) -> None:
        self.stopped = True


class FakeSound:
    """Hums."""

    def __init__(self, name: str, call_sound: bool) -> None:
        self.name = name
        self.call_sound = call_sound
        self.state = SourceState.OK
        self.detail = ""
        self.level: float | None = -28.0
        self.kept_s = 0.0
        self.kept = 0.0
        self.stopped = False

    def level_dbfs(self) -> float | None:
        self.kept_s = min(self.kept_s + self.kept / 10, self.kept)
        return self.level

    def keep(self, seconds: float) -> None:
        self.kept, self.kept_s = seconds, 0.0

    def stop(self) -> None:
        self.stopped = True


class FakeSelfTest:
    """Is over when the test says so, or at once."""

    duration_s = 10.0

    def __init__(self, result: SelfTestResult | ClassroomAnalyzerError, *, hold: bool) -> None:
        self.result = result
        self.elapsed_s = 4.0
        self.step = SelfTestStep.LOOKING
        self.cancelled = False
        self.over = threading.Event()
        if not hold:
            self.over.set()

    def picture(self) -> np.ndarray | None:
        return _classroom()

    def wait(self) -> SelfTestResult:
        self.over.wait(10)
        if isinstance(self.result, ClassroomAnalyzerError):
            raise self.result
        return self.result

    def cancel(self) -> None:
        self.cancelled = True
        self.over.set()


class FakeSetup:
    """Remembers what was asked."""

    def __init__(self, choices: SetupChoices | None = None, devices: Devices = DEVICES) -> None:
        self.stored = choices or SetupChoices()
        self.stores: list[SetupChoices] = []
        self.remembered: list[LiveChoice] = []
        self.there = devices
        self.pictures: list[FakePicture] = []
        self.sounds: list[FakeSound] = []
        self.tests: list[FakeSelfTest] = []
        self.picture_state = SourceState.OK
        self.picture_detail = ""
        self.test_result: SelfTestResult | ClassroomAnalyzerError = SelfTestResult(6, SoundVerdict.GOOD, 8.2, True)
        self.hold_test = False
        self.installed: list[tuple[str, Path | None]] = []
        self.failure: ClassroomAnalyzerError | None = None
        self.has_key = True
        self.kept_voices = 0

    def choices(self) -> SetupChoices:
        return self.stored

    def store(self, choices: SetupChoices) -> None:
        if self.failure is not None:
            raise self.failure
        self.stored = choices
        self.stores.append(choices)

    def remember(self, choice: LiveChoice) -> None:
        self.remembered.append(choice)

    def devices(self) -> Devices:
        return self.there

    def open_picture(self, choice: PictureChoice) -> FakePicture:
        self.pictures.append(FakePicture(choice, state=self.picture_state, detail=self.picture_detail))
        return self.pictures[-1]

    def open_sound(self, name: str, *, call_sound: bool = False) -> FakeSound:
        self.sounds.append(FakeSound(name, call_sound))
        return self.sounds[-1]

    def self_test(self, choices: SetupChoices) -> FakeSelfTest:
        self.tests.append(FakeSelfTest(self.test_result, hold=self.hold_test))
        return self.tests[-1]

    def lessons_folder(self) -> Path:
        return Path("/home/teacher/lessons")

    def free_bytes(self, folder: Path) -> int | None:
        return 120_000_000_000

    def keeps_private(self) -> bool:
        return self.has_key

    def packs(self) -> tuple[PackInfo, ...]:
        there = {spec for spec, _ in self.installed}
        known = (
            ("pack:yunet", "face detector", "YuNet", 317_466),
            ("pack:face_landmarker", "face landmarks", "MediaPipe", 2_357_924),
        )
        return tuple(
            PackInfo(spec, role, "Apache-2.0", origin, size, "models.example", spec in there)
            for spec, role, origin, size in known
        )

    def install_pack(self, spec: str, source: Path | None, progress: Callable[..., None], cancel: object) -> None:
        if self.failure is not None:
            raise self.failure
        progress(f"downloading {spec}", 100_000, 317_466)
        self.installed.append((spec, source))

    def notice(self, audience: str, language: str) -> Notice:
        path = assets.path("notices", f"{audience}.{language}.md")
        if not path.is_file():
            language, path = "en", assets.path("notices", f"{audience}.en.md")
        return Notice(audience, language, path.read_text(encoding="utf-8"))

    def keep_voice(self, trial: FakeSound) -> Path:
        self.kept_voices += 1
        return Path("/home/teacher/voice.enc")


class FakeRecovery:
    """Two lessons that were cut off."""

    def __init__(self, lessons: tuple[UnfinishedLesson, ...] | None = None) -> None:
        self.left = list(
            lessons
            if lessons is not None
            else (
                UnfinishedLesson(Path("/l/b.lesson"), "2026-03-02 <b>geometry</b>", datetime(2026, 3, 2, 9), 2412.0),
                UnfinishedLesson(Path("/l/a.lesson"), "algebra", None, None, "The computer was switched off."),
            )
        )
        self.recovered: list[Path] = []
        self.put_off: list[Path] = []
        self.deleted: list[Path] = []
        self.failure: ClassroomAnalyzerError | None = None
        self.go_on = threading.Event()
        self.go_on.set()
        self.steps: list[tuple[str, float, float | None]] = [("copying", 1, 4)]

    def unfinished(self) -> tuple[UnfinishedLesson, ...]:
        gone = {*self.recovered, *self.put_off, *self.deleted}
        return tuple(each for each in self.left if each.path not in gone)

    def recover(self, lesson: Path, progress: Callable[..., None], cancel) -> str:
        for step in self.steps:
            progress(*step)
        while not self.go_on.wait(0.02):
            cancel.raise_if_cancelled()
        if self.failure is not None:
            raise self.failure
        self.recovered.append(lesson)
        return "40 minutes were saved; the last second is missing."

    def later(self, lesson: Path) -> None:
        self.put_off.append(lesson)

    def delete(self, lesson: Path) -> None:
        self.deleted.append(lesson)


def fake_live(open_lesson: Callable[[LiveChoice], FakeSession] | None = None, **kwargs) -> LiveSource:
    """Live lessons from nothing."""
    setup = kwargs.pop("setup", None) or FakeSetup()
    return LiveSource(open_lesson or (lambda choice: FakeSession()), setup, kwargs.pop("recovery", None))
