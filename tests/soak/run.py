"""Runs and judges the soak: ``python -m tests.soak.run --seconds 600 [--busy] [--out docs/results/soak.json]``."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from classroom_analyzer.app.bench.machine import machine
from classroom_analyzer.app.demo import demo_recording
from classroom_analyzer.domain.media import SAMPLE_RATE_HZ
from classroom_analyzer.sources.media import MediaFile
from tests.rigs.pulse import PulseRig
from tests.soak.figures import BUSY_LIMITS, LIMITS, Figures, misses

START_S = 120.0  # models, camera and window before the first second


def soak(seconds: int, *, busy: bool) -> Figures:
    """Measure one run.

    Args:
        seconds: Length of the lesson.
        busy: Keep one of two cores busy beside it.
    """
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="soak-")))
        speech = _speech(folder / "speech.wav", seconds)
        pulse = stack.enter_context(PulseRig())
        camera = stack.enter_context(_started([sys.executable, "-m", "tests.soak.camera"]))
        assert camera.stdout is not None
        address = f"http://127.0.0.1:{int(camera.stdout.readline())}/camera.mjpg"
        if busy:
            stack.enter_context(_started(["taskset", "-c", "0", sys.executable, "-c", "while True: pass"]))
        task = {"camera": address, "seconds": seconds, "busy": busy, "out": str(folder / "lessons")}
        environment = {
            **os.environ,
            "CLASSROOM_ANALYZER_HOME": str(folder / "home"),
            "CLASSROOM_ANALYZER_PASSPHRASE": "soak",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        }
        player = pulse.play(speech)
        stack.callback(player.wait)
        stack.callback(player.terminate)
        done = subprocess.run(
            [sys.executable, "-m", "tests.soak.app", json.dumps(task)],
            stdout=subprocess.PIPE, text=True, timeout=seconds + START_S, env=environment, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"the measured run ended with code {done.returncode}")
        document = json.loads(done.stdout.strip().splitlines()[-1])
        del document["rss_growth_mb"]
        return Figures(**document)


def main() -> int:
    """Run, write, print; return 1 where a limit does not hold."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--busy", action="store_true")
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    figures = soak(asked.seconds, busy=asked.busy)
    if asked.out is not None:
        _write(asked.out, figures)
    print(json.dumps(figures.to_json(), indent=1))
    missed = misses(figures)
    for each in missed:
        print(f"DOES NOT HOLD  {each}", file=sys.stderr)
    return 1 if missed else 0


def _write(path: Path, figures: Figures) -> None:
    """Keep the run beside the other kind of run, and say both in words."""
    kept = json.loads(path.read_text()) if path.is_file() else {}
    kept["busy" if figures.busy else "quiet"] = {"machine": machine(), **figures.to_json()}
    path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    path.with_suffix(".md").write_text(_words(kept), encoding="utf-8")


def _words(kept: dict[str, dict[str, object]]) -> str:
    lines = [
        "# A live lesson under measurement",
        "",
        "The real window, drawn into memory; a camera that sends a drawn class of 12 over HTTP (1280 x 720,",
        "15 pictures a second) and speech at a PulseAudio microphone, each from processes of their own.",
        "`make soak` writes this page, `make soak BUSY=1` the run with a busy loop on one core.",
    ]
    for kind, headline, limits in (
        ("quiet", "On its own", LIMITS),
        ("busy", "Beside a busy loop on one of two cores", BUSY_LIMITS),
    ):
        if kind not in kept:
            continue
        run = kept[kind]
        place = run["machine"]
        assert isinstance(place, dict)
        lines += [
            "", f"## {headline}", "",
            f"{run['seconds']} s on {place['cpu']}, {place['cores']} cores, Python {place['python']}.", "",
            "| figure | measured | limit | holds |", "|---|---|---|---|",
        ]  # fmt: skip
        for limit in limits:
            value = run[limit.name]
            assert value is None or isinstance(value, int | float)
            shown = "not counted" if value is None else f"{value:.3g}"
            lines.append(f"| {limit.words} | {shown} | {limit.text} | {'yes' if limit.holds(value) else '**no**'} |")
        named = {limit.name for limit in limits}
        lines.append("")
        rest = [f"{name} {value}" for name, value in run.items() if name not in {*named, "machine", "counters", "busy"}]
        lines.append(f"Beside: {', '.join(rest)}.")
        lines.append("")
        lines.append(f"Quality table of the lesson: {run['counters']}.")
    return "\n".join(lines) + "\n"


@contextlib.contextmanager
def _started(command: list[str]) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _speech(path: Path, seconds: int) -> Path:
    """The bundled lesson's sound, over and over, for the whole run."""
    samples = np.concatenate([block.samples for block in MediaFile(demo_recording().path).audio()])
    played = (np.clip(samples, -1, 1) * 32767).astype(np.int16).tobytes()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE_HZ)
        for _ in range(round((seconds + START_S) * SAMPLE_RATE_HZ / len(samples)) + 1):
            file.writeframes(played)
    return path


if __name__ == "__main__":
    sys.exit(main())
