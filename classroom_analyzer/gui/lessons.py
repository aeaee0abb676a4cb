"""What the window needs from the application: begin a lesson, write its report, keep the choice of policy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.live import LiveSession, SourceState
from classroom_analyzer.domain.policy import Place, Policy
from classroom_analyzer.domain.progress import CancelToken, Progress
from classroom_analyzer.domain.recovery import UnfinishedLesson
from classroom_analyzer.domain.setup import (
    Devices,
    FacesSeen,
    LiveChoice,
    Notice,
    PackInfo,
    PictureChoice,
    SelfTestResult,
    SelfTestStep,
    SetupChoices,
)

__all__ = ["Lessons", "LiveSource", "PictureTrial", "Recovery", "SelfTestRun", "Setup", "SoundTrial"]


class Lessons(Protocol):
    """Use cases behind the window. All but the two policy methods may take seconds and run on a worker thread.

    Methods raise ``ClassroomAnalyzerError`` with one sentence for people.
    """

    def open_file(self, path: Path) -> LiveSession:
        """Begin playing a recording as if it were live."""
        ...

    def open_demo(self) -> LiveSession:
        """Begin the bundled lesson."""
        ...

    def report(self, lesson: Path) -> Path:
        """Write the report of a finished lesson folder; return the HTML file."""
        ...

    def policy(self) -> Policy | None:
        """Return the stored policy, None before the first choice."""
        ...

    def choose_policy(self, place: Place, policy: Policy) -> None:
        """Store the choice."""
        ...


@dataclass(frozen=True, slots=True)
class LiveSource:
    """Live lessons, where they can be held.

    Attributes:
        open: Begins a lesson. May take seconds and raise as ``Lessons`` does.
        setup: Devices, trials and what was chosen last.
        recovery: Lessons that were cut off; None where nobody looks for them.
    """

    open: Callable[[LiveChoice], LiveSession]
    setup: Setup
    recovery: Recovery | None = None


class PictureTrial(Protocol):
    """A camera, window or screen on trial. Everything returns at once but ``stop``."""

    @property
    def name(self) -> str:
        """As the user knows it."""
        ...

    @property
    def state(self) -> SourceState:
        """How it is doing."""
        ...

    @property
    def detail(self) -> str:
        """What is wrong, empty when all is well."""
        ...

    def picture(self) -> NDArray[np.uint8] | None:
        """Newest picture that was not given yet, ``(height, width, 3) uint8 BGR``."""
        ...

    @property
    def faces(self) -> FacesSeen | None:
        """What the newest searched picture shows; None before the first."""
        ...

    def stop(self) -> None:
        """Let go of it; may take 3 s where it hangs."""
        ...


class SoundTrial(Protocol):
    """A microphone or a call's sound on trial. Everything returns at once but ``stop``."""

    @property
    def name(self) -> str:
        """As the user knows it."""
        ...

    @property
    def state(self) -> SourceState:
        """How it is doing."""
        ...

    @property
    def detail(self) -> str:
        """What is wrong, empty when all is well."""
        ...

    def level_dbfs(self) -> float | None:
        """Level since the last call, dB below full scale (0 is the loudest); None when nothing came."""
        ...

    def keep(self, seconds: float) -> None:
        """Keep what is heard from now on, for so long."""
        ...

    @property
    def kept_s(self) -> float:
        """Seconds kept since ``keep``."""
        ...

    @property
    def kept(self) -> NDArray[np.float32]:
        """What was kept, ``(n,) float32`` at 16 kHz."""
        ...

    def stop(self) -> None:
        """Let go of it; may take 3 s where it hangs."""
        ...


class SelfTestRun(Protocol):
    """A trial lesson that runs."""

    @property
    def step(self) -> SelfTestStep:
        """What it is at."""
        ...

    @property
    def elapsed_s(self) -> float:
        """Seconds of it that are over."""
        ...

    @property
    def duration_s(self) -> float:
        """How long it takes in all."""
        ...

    def picture(self) -> NDArray[np.uint8] | None:
        """Newest picture that was not given yet, ``(height, width, 3) uint8 BGR``."""
        ...

    def wait(self) -> SelfTestResult:
        """Return what it gave, once it is over; blocks until then. Nothing of it is left on the disk."""
        ...

    def cancel(self) -> None:
        """End it early."""
        ...


class Setup(Protocol):
    """What the wizard and the live dialog run on. Methods may take seconds unless they say otherwise.

    Methods raise ``ClassroomAnalyzerError`` with one sentence for people.
    """

    def choices(self) -> SetupChoices:
        """Return what was chosen last; quick."""
        ...

    def store(self, choices: SetupChoices) -> None:
        """Keep the choices; quick."""
        ...

    def remember(self, choice: LiveChoice) -> None:
        """Keep the devices and files of a live lesson for the next one; quick."""
        ...

    def devices(self) -> Devices:
        """List what is there now."""
        ...

    def open_picture(self, choice: PictureChoice) -> PictureTrial:
        """Begin to look; quick. Called only after a policy was chosen."""
        ...

    def open_sound(self, name: str, *, call_sound: bool = False) -> SoundTrial:
        """Begin to listen; quick. Called only after a policy was chosen."""
        ...

    def self_test(self, choices: SetupChoices) -> SelfTestRun:
        """Begin a trial lesson of ten seconds in a scratch folder."""
        ...

    def lessons_folder(self) -> Path:
        """Where lessons are kept when nobody chooses; quick."""
        ...

    def free_bytes(self, folder: Path) -> int | None:
        """Room on the disk that the folder is or will be on; None when it cannot be told. Quick."""
        ...

    def keeps_private(self) -> bool:
        """Whether there is a key to encrypt with, so that video, chat and names can be kept at all."""
        ...

    def packs(self) -> tuple[PackInfo, ...]:
        """List models that can be installed; quick."""
        ...

    def install_pack(self, spec: str, source: Path | None, progress: Progress, cancel: CancelToken) -> None:
        """Install one, from a file or folder, or from its host when ``source`` is None."""
        ...

    def notice(self, audience: str, language: str) -> Notice:
        """Return a text to hand out, in English where it is not there in the language; quick."""
        ...

    def keep_voice(self, trial: SoundTrial) -> Path:
        """Keep what the trial heard as the sample of the teacher's voice; return where."""
        ...


class Recovery(Protocol):
    """Brings back lessons that were cut off. Methods may take seconds.

    Methods raise ``ClassroomAnalyzerError`` with one sentence for people.
    """

    def unfinished(self) -> tuple[UnfinishedLesson, ...]:
        """List them, newest first; those whose recovery crashed, or that were put off, are not among them."""
        ...

    def recover(self, lesson: Path, progress: Progress, cancel: CancelToken) -> str:
        """Make one readable; return one sentence about what was saved and what was not."""
        ...

    def later(self, lesson: Path) -> None:
        """Do not offer it again by itself."""
        ...

    def delete(self, lesson: Path) -> None:
        """Erase it."""
        ...
