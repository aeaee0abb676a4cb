"""Trials before a lesson: look through a camera, listen to a microphone, hold a trial lesson of a few seconds.

Nothing here runs before a policy was chosen; the caller sees to that. Nothing is written but by the trial lesson, whose
folder is a scratch one and is deleted.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.app.choices import live_request, live_sources
from classroom_analyzer.app.request import LessonRequest
from classroom_analyzer.domain.live import Dashboard, SourceState
from classroom_analyzer.domain.media import SAMPLE_RATE_HZ, AudioBlock, VideoFrame
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.progress import CancelToken
from classroom_analyzer.domain.setup import FacesSeen, LiveChoice, SelfTestResult, SelfTestStep, SoundVerdict
from classroom_analyzer.errors import ClassroomAnalyzerError, UsageError

if TYPE_CHECKING:
    from classroom_analyzer.pipeline.live import LiveLesson
    from classroom_analyzer.sources.protocol import LivePictures, LiveSound
    from classroom_analyzer.sources.shared_pictures import PictureChannel

__all__ = ["FaceCounter", "PicturePreview", "SelfTest", "SoundPreview", "level_dbfs", "sound_verdict"]

FACES_PER_S = 2.0  # how often a trial picture is searched
POLL_S = 0.05
LISTEN_S = 3.0  # of the self-test; the rest is the trial lesson
SELF_TEST_S = 10.0
SELF_TEST_FPS = 15.0  # more than any lesson asks for, so that the machine is the limit
BLOCK_S = 0.5  # level of the sound is taken over so long
QUIET_DBFS = -50.0  # below it a voice is lost in the microphone's own noise
CLIPPED = 0.99
LOUD_SHARE = 0.01  # clipped samples from which speech is distorted
SILENT_DBFS = -120.0


def level_dbfs(samples: NDArray[np.float32]) -> float:
    """Return the level of sound in dB below full scale, -120 for digital silence.

    Args:
        samples: ``(n,) float32`` in [-1, 1], n > 0.
    """
    power = float(np.mean(np.square(samples, dtype=np.float64)))
    return max(SILENT_DBFS, 10.0 * float(np.log10(power))) if power > 0 else SILENT_DBFS


def sound_verdict(samples: NDArray[np.float32]) -> SoundVerdict:
    """Say whether speech in this sound can be told from the room.

    Args:
        samples: ``(n,) float32`` in [-1, 1], 16 kHz; the loudest half second counts.
    """
    if not len(samples):
        return SoundVerdict.NONE
    if not samples.any():
        return SoundVerdict.SILENT
    step = int(BLOCK_S * SAMPLE_RATE_HZ)
    blocks = [samples[at : at + step] for at in range(0, len(samples), step)]
    loudest = max(blocks, key=level_dbfs)
    if np.mean(np.abs(loudest) >= CLIPPED) > LOUD_SHARE:
        return SoundVerdict.LOUD
    return SoundVerdict.GOOD if level_dbfs(loudest) >= QUIET_DBFS else SoundVerdict.QUIET


class FaceCounter:
    """Counts the faces of pictures with the bare detector: no seat, no encoder, nothing kept.

    Args:
        home: Folder of all state.
        detector: The stored choice of detector.

    Raises:
        ModelMissingError: The detector is not on this machine.
        BadModelError: Its file must not be used.
    """

    def __init__(self, home: Path, detector: str) -> None:
        from classroom_analyzer.app.build import face_detector_spec
        from classroom_analyzer.models.store import ModelStore
        from classroom_analyzer.perception.vision.build import build_finder

        store = ModelStore(home)
        files = store.resolve(face_detector_spec(detector, store), "face detector")
        self._finder = build_finder(detector=files.path, detector_kind=files.spec.partition(":")[2], device="cpu")
        self._shape: tuple[int, ...] | None = None

    def count(self, frame: VideoFrame) -> FacesSeen:
        """Search one picture; pictures come in time order."""
        from classroom_analyzer.perception.vision.crops import FrameCrops
        from classroom_analyzer.perception.vision.pose import MIN_IOD_PX

        if frame.image.shape != self._shape:
            self._finder.forget()
            self._shape = frame.image.shape
        faces = [face for face in self._finder.find(frame, FrameCrops(frame.image), []) if face.sure]
        height_px, width_px = frame.image.shape[:2]
        large = sum(face.iod_px >= MIN_IOD_PX for face in faces)
        return FacesSeen(len(faces), large, width_px, height_px)


class PicturePreview:
    """A camera, window or screen that is looked at; ``PictureTrial`` of the window.

    Args:
        pictures: Not started yet; puts its pictures into ``channel``.
        channel: Its pictures; closed by ``stop``.
        counter: Makes what counts faces; called in the searching thread, because it loads a network.
    """

    def __init__(self, pictures: LivePictures, channel: PictureChannel, counter: Callable[[], FaceCounter]) -> None:
        self._pictures = pictures
        self._channel = channel
        self._newest = channel.preview.reader()
        self._due = channel.due.reader()
        self._make_counter = counter
        self._faces: FacesSeen | None = None
        self._problem = ""
        self._over = Event()
        self._thread = Thread(target=self._search, name=f"faces of {pictures.name}", daemon=True)
        pictures.start()
        self._thread.start()

    @property
    def name(self) -> str:
        """As the user knows it."""
        return self._pictures.name

    @property
    def state(self) -> SourceState:
        """How it is doing."""
        return self._pictures.state

    @property
    def detail(self) -> str:
        """What is wrong, empty when all is well."""
        return self._pictures.detail or self._problem

    @property
    def faces(self) -> FacesSeen | None:
        """What the newest searched picture shows; None before the first."""
        return self._faces

    def picture(self) -> NDArray[np.uint8] | None:
        """Newest picture that was not given yet."""
        frame = self._newest.take()
        return frame.image if frame is not None else None

    def stop(self) -> None:
        """Let go of it; may take 3 s where it hangs."""
        self._over.set()
        self._pictures.stop()
        self._thread.join()
        self._channel.close()

    def _search(self) -> None:
        try:
            counter = self._make_counter()
        except ClassroomAnalyzerError as error:
            self._problem = str(error)
            return
        while not self._over.wait(POLL_S):
            frame = self._due.take()
            if frame is not None:
                self._faces = counter.count(frame)


class SoundPreview:
    """A microphone or a call's sound that is listened to; ``SoundTrial`` of the window.

    Args:
        sound: Not started yet.
    """

    def __init__(self, sound: LiveSound) -> None:
        self._sound = sound
        self._lock = Lock()
        self._kept: list[NDArray[np.float32]] = []
        self._kept_samples = 0
        self._wanted_samples = 0
        sound.start()

    @property
    def name(self) -> str:
        """As the user knows it."""
        return self._sound.name

    @property
    def state(self) -> SourceState:
        """How it is doing."""
        return self._sound.state

    @property
    def detail(self) -> str:
        """What is wrong, empty when all is well."""
        return self._sound.detail

    def level_dbfs(self) -> float | None:
        """Level since the last call; None when nothing came."""
        blocks = self._taken()
        return level_dbfs(np.concatenate([block.samples for block in blocks])) if blocks else None

    def keep(self, seconds: float) -> None:
        """Keep what is heard from now on, for so long."""
        self._taken()
        with self._lock:
            self._kept.clear()
            self._kept_samples = 0
            self._wanted_samples = round(seconds * SAMPLE_RATE_HZ)

    @property
    def kept_s(self) -> float:
        """Seconds kept since ``keep``."""
        return self._kept_samples / SAMPLE_RATE_HZ

    @property
    def kept(self) -> NDArray[np.float32]:
        """What was kept, ``(n,) float32`` at 16 kHz."""
        self._taken()
        with self._lock:
            return np.concatenate(self._kept) if self._kept else np.zeros(0, np.float32)

    def stop(self) -> None:
        """Let go of it; may take 3 s where it hangs."""
        self._sound.stop()

    def _taken(self) -> tuple[AudioBlock, ...]:
        with self._lock:
            blocks = self._sound.poll()
            for block in blocks:
                room = self._wanted_samples - self._kept_samples
                if room > 0:
                    self._kept.append(block.samples[:room].copy())
                    self._kept_samples += len(self._kept[-1])
            return blocks


class SelfTest:
    """A trial lesson in a scratch folder; ``SelfTestRun`` of the window. Begins at once.

    Args:
        choice: What the lesson is to be made of.
        request: How it is to be held; its folder and rate are replaced.
        home: Folder of all state.
        listen: Opens the microphone; called where the choice names one.
    """

    duration_s = SELF_TEST_S

    def __init__(
        self, choice: LiveChoice, request: LessonRequest, home: Path, listen: Callable[[str], SoundPreview]
    ) -> None:
        self._choice = choice
        self._request = request
        self._home = home
        self._listen = listen
        self._cancelled = CancelToken()
        self._lesson: LiveLesson | None = None
        self._closed_s = 0.0
        self._heard_all = choice.microphone is None
        self._began_s = time.monotonic()

    @property
    def step(self) -> SelfTestStep:
        """What it is at."""
        if not self._heard_all:
            return SelfTestStep.LISTENING
        return SelfTestStep.LOOKING if self._closed_s else SelfTestStep.LOADING

    @property
    def elapsed_s(self) -> float:
        """Seconds of it that are over; time in which models are loaded does not count."""
        lesson = self._lesson
        if lesson is None:
            return min(time.monotonic() - self._began_s, self._listening_s)
        return min(self._listening_s + self._closed_s, self.duration_s)

    def picture(self) -> NDArray[np.uint8] | None:
        """Newest picture that was not given yet."""
        lesson = self._lesson
        preview = lesson.preview() if lesson is not None else None
        return preview.image if preview is not None else None

    def cancel(self) -> None:
        """End it early."""
        self._cancelled.cancel()

    def wait(self) -> SelfTestResult:
        """Run to the end, or until ``cancel``; return what it gave. Nothing of it is left on the disk.

        Raises:
            ClassroomAnalyzerError: It could not begin, or ended by this error.
        """
        if not self._choice.can_start:
            raise UsageError("there is nothing to try; go back and choose a camera or a microphone")
        estimates = self._request.grant.policy.allows_estimate
        sound = self._heard()
        self._heard_all = True
        if self._choice.picture is None:
            return SelfTestResult(None, sound, None, estimates)
        scratch = Path(tempfile.mkdtemp(prefix="classroom-analyzer-test-"))
        try:
            return self._watched(scratch, sound)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    @property
    def _listening_s(self) -> float:
        return LISTEN_S if self._choice.microphone is not None else 0.0

    def _heard(self) -> SoundVerdict | None:
        """Listen for three seconds before the lesson takes the microphone."""
        if self._choice.microphone is None:
            return None
        trial = self._listen(self._choice.microphone)
        trial.keep(LISTEN_S)
        try:
            until_s = time.monotonic() + 2 * LISTEN_S  # a sound server may take its time to begin
            while trial.kept_s < LISTEN_S and time.monotonic() < until_s and not self._cancelled.cancelled:
                trial.level_dbfs()
                time.sleep(POLL_S)
            return sound_verdict(trial.kept)
        finally:
            trial.stop()

    def _watched(self, scratch: Path, sound: SoundVerdict | None) -> SelfTestResult:
        """Hold the lesson for the rest of the time."""
        request = replace(
            live_request(self._choice, self._request), out=scratch, analysed_fps=SELF_TEST_FPS, teacher_voice=None
        )
        sources = replace(
            live_sources(replace(self._choice, chat=None, attendance=None, record=False)),
            chat_by_hand=False,
            duration_s=self.duration_s - self._listening_s,
            name="self-test",
        )
        from classroom_analyzer.app.live import start_live

        lesson = self._lesson = start_live(sources, request, self._home, self._cancelled)
        problem = ""
        while not (board := lesson.dashboard()).finished:
            self._closed_s = float(board.t_s)
            problem = _trouble(board)
            if self._cancelled.cancelled:
                lesson.stop()
            time.sleep(POLL_S)
        summary = lesson.wait()
        return SelfTestResult(
            faces=summary.seats.max,
            sound=sound,
            pictures_per_s=summary.performance.analysed_fps,
            estimates=self._request.grant.policy.allows_estimate,
            problem=problem,
        )


def _trouble(board: Dashboard) -> str:
    """What is wrong with the pictures at the moment."""
    for device in board.devices:
        if device.modality is Modality.VISION and device.state in (SourceState.LOST, SourceState.RETRY):
            return device.detail
    return ""
