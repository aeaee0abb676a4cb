"""What the wizard and the live dialog run on: devices, trials, packs, notices and what was chosen last."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.app.choices import choices_from, live_sources, with_choices, with_live
from classroom_analyzer.app.preflight import FACES_PER_S, FaceCounter, PicturePreview, SelfTest, SoundPreview
from classroom_analyzer.app.request import LessonRequest, ModelChoice
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.policy import PolicyGrant
from classroom_analyzer.domain.progress import CancelToken, Progress
from classroom_analyzer.domain.setup import (
    Devices,
    LiveChoice,
    Notice,
    PackInfo,
    PictureChoice,
    ScreenArea,
    SetupChoices,
)
from classroom_analyzer.errors import UsageError
from classroom_analyzer.models import assets
from classroom_analyzer.models.catalogue import PACKS
from classroom_analyzer.models.install import install
from classroom_analyzer.models.store import ModelStore
from classroom_analyzer.settings.policy import check_allowed
from classroom_analyzer.settings.schema import load_settings, save_settings

__all__ = ["DesktopSetup"]

ENGLISH = "en"


class KeptSound(Protocol):
    """A trial that kept what it heard."""

    @property
    def kept(self) -> NDArray[np.float32]:
        """What was kept, ``(n,) float32`` at 16 kHz."""
        ...


class DesktopSetup:
    """Setup of the person at this machine; ``Setup`` of the window.

    Args:
        home: Folder of all state.
        windows: Lists the titles of windows that can be looked at.
    """

    def __init__(self, home: Path, windows: Callable[[], tuple[str, ...]] = tuple) -> None:
        self._home = home
        self._windows = windows

    def choices(self) -> SetupChoices:
        """Return what was chosen last."""
        return choices_from(load_settings(self._home))

    def store(self, choices: SetupChoices) -> None:
        """Keep the choices.

        Raises:
            PolicyRefusedError: The place forbids the policy.
            OutputNotWritableError: The settings cannot be written.
        """
        if choices.policy is not None:
            check_allowed(PolicyGrant(choices.policy, "stored choice", choices.place))
        save_settings(self._home, with_choices(load_settings(self._home), choices))

    def remember(self, choice: LiveChoice) -> None:
        """Keep the devices and files of a live lesson for the next one."""
        save_settings(self._home, with_live(load_settings(self._home), choice))

    def devices(self) -> Devices:
        """List what is there now; a list that cannot be made is empty, with the reason."""
        from classroom_analyzer.app.device_list import list_devices
        from classroom_analyzer.sources.devices import call_sound_help, microphone_help

        found = list_devices()
        needed = call_sound_help()
        problems = [problem for problem in found.problems if problem != needed]
        if not found.microphones and not problems:
            problems.append(f"There is no microphone; {microphone_help()}.")
        return Devices(
            cameras=tuple(camera.name for camera in found.cameras),
            microphones=tuple(dict.fromkeys(microphone.name for microphone in found.microphones)),
            call_sounds=tuple(dict.fromkeys(sound.name for sound in found.call_sounds)),
            windows=self._windows(),
            screens=tuple(
                ScreenArea(str(screen.number), (screen.x, screen.y, screen.w, screen.h)) for screen in found.screens
            ),
            problem="" if found.microphones else " ".join(problems),
            call_sound_problem="" if found.call_sounds else needed,
            camera_blocked=any(_is_blocked(camera.number) for camera in found.cameras),
        )

    def open_picture(self, choice: PictureChoice) -> PicturePreview:
        """Begin to look."""
        from classroom_analyzer.app.live_devices import LiveDevices
        from classroom_analyzer.pipeline.clock import LessonClock
        from classroom_analyzer.sources.shared_pictures import PictureChannel

        channel = PictureChannel.create(FACES_PER_S)
        devices = LiveDevices(live_sources(LiveChoice(choice)), frozenset({Modality.VISION}))
        pictures = devices.feeds(LessonClock(), channel, FACES_PER_S).pictures
        if pictures is None:
            channel.close()
            raise UsageError(f"{choice.text} is no source of pictures")
        detector = load_settings(self._home).face_detector
        return PicturePreview(pictures, channel, lambda: FaceCounter(self._home, detector))

    def open_sound(self, name: str, *, call_sound: bool = False) -> SoundPreview:
        """Begin to listen."""
        from classroom_analyzer.pipeline.clock import LessonClock
        from classroom_analyzer.sources.microphone_child import MicrophoneChild

        return SoundPreview(MicrophoneChild(name or None, LessonClock().origin_ns, call_sound=call_sound))

    def self_test(self, choices: SetupChoices) -> SelfTest:
        """Begin a trial lesson of ten seconds in a scratch folder.

        Raises:
            UsageError: No policy was chosen.
            PolicyRefusedError: The place forbids the policy.
        """
        if choices.policy is None:
            raise UsageError("nothing may be tried before you choose how far the program may go")
        grant = PolicyGrant(choices.policy, "stored choice", choices.place)
        check_allowed(grant)
        settings = load_settings(self._home)
        request = LessonRequest(
            grant=grant,
            models=ModelChoice.from_settings(settings),
            out=self.lessons_folder(),
            analysed_fps=settings.analysed_fps,
        )
        return SelfTest(choices.live, request, self._home, self.open_sound)

    def lessons_folder(self) -> Path:
        """Where lessons are kept when nobody chooses."""
        return self._home / "lessons"

    def free_bytes(self, folder: Path) -> int | None:
        """Room on the disk that the folder is or will be on."""
        there = next((path for path in (folder, *folder.parents) if path.is_dir()), None)
        try:
            return shutil.disk_usage(there).free if there is not None else None
        except OSError:
            return None

    def keeps_private(self) -> bool:
        """Whether there is a key to encrypt with."""
        from classroom_analyzer.storage.key_source import KeySource

        return KeySource.from_environment().kind_for_new_lesson() is not None

    def packs(self) -> tuple[PackInfo, ...]:
        """List models that can be installed."""
        store = ModelStore(self._home)
        return tuple(
            PackInfo(
                pack.spec,
                pack.role,
                pack.licence,
                pack.origin,
                pack.size_bytes or 0,
                urlsplit(pack.address or "").hostname or "",
                store.has(pack.spec),
            )
            for pack in PACKS
        )

    def install_pack(self, spec: str, source: Path | None, progress: Progress, cancel: CancelToken) -> None:
        """Install one, from a file or folder, or from its host when ``source`` is None.

        Raises:
            ModelMissingError: The host or the file cannot be reached.
            BadModelError: What came is not what it must be.
            StoppedByUserError: It was cancelled; nothing is left.
        """
        install(ModelStore(self._home), spec, source=source, progress=progress, cancel=cancel)

    def notice(self, audience: str, language: str) -> Notice:
        """Return a text to hand out, in English where it is not there in the language."""
        for each in (language, ENGLISH):
            path = assets.path("notices", f"{audience}.{each}.md")
            if path.is_file():
                return Notice(audience, each, path.read_text(encoding="utf-8"))
        raise UsageError(f"there is no notice for {audience}")

    def keep_voice(self, trial: KeptSound) -> Path:
        """Keep what the trial heard as the sample of the teacher's voice, encrypted.

        Raises:
            UsageError: There is no key to encrypt with.
            OutputNotWritableError: It cannot be written.
        """
        from classroom_analyzer.storage.key_source import KeySource
        from classroom_analyzer.storage.sealed_voice import SUFFIX, seal_voice

        wrapping = KeySource.from_environment().for_new_lesson()
        if wrapping is None:
            raise UsageError("the sample was not kept: there is no key to encrypt it with on this computer")
        path = self._home / "voice" / f"teacher{SUFFIX}"
        seal_voice(path, trial.kept, wrapping)
        return path


def _is_blocked(camera: int) -> bool:
    """Whether this account may not open a camera that is there; only Linux says so by the device's rights."""
    node = Path(f"/dev/video{camera}")
    return sys.platform == "linux" and node.exists() and not os.access(node, os.R_OK | os.W_OK)
