"""Checks that may hang or crash inside a library: each runs in a process of its own that is ended in time.

``python -m classroom_analyzer.app.checks.probe NAME`` runs one of them and says its findings as JSON on the last line.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from classroom_analyzer.app.checks.check import Check, CheckState
from classroom_analyzer.app.checks.program import INSTALL_AGAIN, sentence
from classroom_analyzer.errors import DeviceUnavailableError

__all__ = ["PROBES", "main", "run_probe"]

LIMIT_S = 20.0
OFFLINE_SWITCHES = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")
SAID_CHARACTERS = 120


def run_probe(name: str, limit_s: float = LIMIT_S) -> tuple[Check, ...]:
    """Run one probe in a process of its own.

    Args:
        name: One of ``PROBES``.
        limit_s: How long to wait for it.

    Returns:
        Its findings; where it hangs or crashes, one that says so.
    """
    needed, remedy = PROBES[name]
    bad = CheckState.MISSING if needed else CheckState.WARNING
    module = "classroom_analyzer.gui.display_check" if name == "display" else "classroom_analyzer.app.checks.probe"
    try:
        done = subprocess.run(
            [sys.executable, "-m", module, name], capture_output=True, text=True, errors="replace", timeout=limit_s,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return (Check(name, bad, f"no answer within {limit_s:g} s", remedy),)
    except OSError as error:
        return (Check(name, bad, f"the check cannot be started ({error.strerror})", remedy),)
    try:
        findings = json.loads(done.stdout.strip().splitlines()[-1])
        return tuple(_check(each) for each in findings)
    except (IndexError, ValueError, KeyError, TypeError):
        return (Check(name, bad, _why(name, done), remedy),)


def main(name: str) -> None:
    """Run one probe in this process and say what it found."""
    sys.stdout.write("\n" + json.dumps([asdict(check) for check in _RUN[name]()]) + "\n")


def _check(fields: dict[str, Any]) -> Check:
    return Check(**{**fields, "state": CheckState(fields["state"]), "names": tuple(fields["names"])})


def _why(name: str, done: subprocess.CompletedProcess[str]) -> str:
    if name == "display" and sys.platform == "linux" and not _display_named():
        return "there is no display here"
    how = f"by signal {-done.returncode}" if done.returncode < 0 else f"with code {done.returncode}"
    return f"the check ended {how}"


def _display_named() -> bool:
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _computing() -> list[Check]:
    from classroom_analyzer.app.bench.machine import cores
    from classroom_analyzer.perception.device import best_device
    from classroom_analyzer.perception.offline_transformers import transformers

    device = best_device()
    transformers()
    lacking = [name for name in OFFLINE_SWITCHES if os.environ.get(name) != "1"]
    offline = Check("offline_switches", CheckState.OK, "model libraries are told to use no network")
    if lacking:
        offline = Check("offline_switches", CheckState.MISSING, f"not set: {', '.join(lacking)}", INSTALL_AGAIN)
    found = f"{cores()} processor cores" if device == "cpu" else f"{device}, {cores()} processor cores"
    return [Check("computing", CheckState.OK, found), offline]


def _cameras() -> list[Check]:
    from classroom_analyzer.sources.devices import camera_help, list_cameras

    cameras = list_cameras()
    if not cameras:
        remedy = "Connect a camera, or take the screen, a call window or a network camera instead."
        return [Check("cameras", CheckState.WARNING, "none found", remedy)]
    names = tuple(camera.name for camera in cameras)
    shut = [each for each in cameras if sys.platform == "linux" and not os.access(f"/dev/video{each.number}", os.R_OK)]
    if len(shut) == len(cameras):
        remedy = sentence(camera_help(shut[0].number))
        return [Check("cameras", CheckState.WARNING, f"{len(cameras)}, none may be opened", remedy, names)]
    return [Check("cameras", CheckState.OK, f"{len(cameras)}", "", names)]


def _sound() -> list[Check]:
    from classroom_analyzer.sources.devices import call_sound_help, list_call_sounds, list_microphones, microphone_help

    try:
        microphones, calls = list_microphones(), list_call_sounds()
    except DeviceUnavailableError as error:
        return [Check("sound", CheckState.WARNING, error.reason, PROBES["sound"][1])]
    names = tuple(one.name for one in microphones)
    heard = Check("microphones", CheckState.OK, f"{len(names)}", "", names)
    if not microphones:
        heard = Check("microphones", CheckState.WARNING, "none found", sentence(microphone_help()))
    elif all(one.muted for one in microphones):
        remedy = "Switch a microphone on in the system's sound settings."
        heard = Check("microphones", CheckState.WARNING, f"{len(names)}, all switched off", remedy, names)
    call = Check("call_sound", CheckState.OK, f"{len(calls)}", "", tuple(one.name for one in calls))
    if not calls:
        call = Check("call_sound", CheckState.WARNING, "cannot be recorded", call_sound_help())
    return [heard, call]


def _screen() -> list[Check]:
    from classroom_analyzer.sources.screen import ScreenRegion

    region = ScreenRegion(0, 0, 1, 1)
    try:
        region.open()
        seen = region.read()
    except DeviceUnavailableError as error:
        return [Check("screen", CheckState.WARNING, error.reason, PROBES["screen"][1])]
    finally:
        region.close()
    if seen is None:
        return [Check("screen", CheckState.WARNING, "it may not be read", PROBES["screen"][1])]
    return [Check("screen", CheckState.OK, "may be read")]


def _key() -> list[Check]:
    from classroom_analyzer.storage.key_source import KeySource

    kind = KeySource.from_environment().kind_for_new_lesson()
    if kind is None:
        return [Check("key", CheckState.WARNING, "neither a keyring nor a passphrase", PROBES["key"][1])]
    return [Check("key", CheckState.OK, f"private parts of lessons are kept, sealed by the {kind}")]


PROBES: dict[str, tuple[bool, str]] = {
    "computing": (True, INSTALL_AGAIN),
    "key": (
        False,
        "Unlock the keyring of this account, or set CLASSROOM_ANALYZER_PASSPHRASE; until then seat rows, chat text, "
        "names and recordings are not kept.",
    ),
    "cameras": (False, "Unplug the camera and plug it in again, then run doctor again."),
    "sound": (False, "Start the sound system anew; on Debian install libportaudio2 and libasound2-plugins."),
    "display": (
        False,
        "Work with the commands instead (live --headless, analyze); for the window on Linux, sign in to a desktop and "
        "install libxcb-cursor0 and libegl1.",
    ),
    "screen": (False, "On Wayland and macOS allow the recording of the screen; without a display there is none."),
}
"""Each probe's name, whether lessons need what it looks at, and the remedy where it hangs or crashes."""

_RUN: dict[str, Callable[[], list[Check]]] = {
    "computing": _computing,
    "key": _key,
    "cameras": _cameras,
    "sound": _sound,
    "screen": _screen,
}

if __name__ == "__main__":
    main(sys.argv[1])
