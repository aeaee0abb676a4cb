"""Fault 9: a lesson whose process is killed at any moment loses nothing that was acknowledged.

Five kills in the normal run; ``CLASSROOM_ANALYZER_KILLS=50`` for more.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from classroom_analyzer.app.recovery import recover_lesson, unfinished
from classroom_analyzer.domain.recovery import RecoveryOutcome
from classroom_analyzer.storage.key_source import KeySource
from classroom_analyzer.storage.lesson_reader import LessonReader
from classroom_analyzer.storage.media_reader import open_recording
from tests.storage.lessons import PASSPHRASE
from tests.storage.test_recorder import picture_times

KILLS = int(os.environ.get("CLASSROOM_ANALYZER_KILLS", "5"))
AT_ONCE = 5
LENGTH_S = 30.0
KEYS = KeySource(PASSPHRASE, use_keyring=False)
STARTED = b"frame"


@pytest.fixture(autouse=True)
def cheap_passphrase() -> None:
    """Keys are made as they are outside tests: another process makes them."""


def start(out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.storage.lesson_process", str(out), str(LENGTH_S)]
    root = Path(__file__).parents[2]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=root)


def said(output: bytes) -> dict[str, list[float]]:
    found: dict[str, list[float]] = defaultdict(list)
    for line in output.decode().splitlines():
        word, _, number = line.partition(" ")
        found[word].append(float(number))
    return found


def check(out: Path, output: bytes) -> tuple[float, float]:
    """Hold the rules; return seconds of samples and of media lost."""
    handed = said(output)
    (offer,) = unfinished(out)
    with sqlite3.connect(f"file:{offer.path}/lesson.db?mode=ro", uri=True) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    result = recover_lesson(offer.path)
    assert result.outcome is RecoveryOutcome.RECOVERED
    assert unfinished(out) == ()
    reader = LessonReader.open(offer.path, KEYS)
    assert reader.meta.grant.policy == "engagement"
    reader.audit_head()
    assert {marker.number for marker in reader.markers()} >= set(handed["marker"])
    assert all(marker.note for marker in reader.markers())
    assert len(reader.labels()) >= len(handed["label"])
    seconds = reader.estimates()["t_s"].to_list()
    assert set(seconds) >= set(handed["kept"])
    assert len(reader.messages()) >= len(handed["kept"])
    reader.seats()
    pictures = [t_s for segment in open_recording(offer.path, KEYS) for t_s in picture_times(segment)]
    assert pictures == sorted(pictures)
    last_picture_s = pictures[-1] if pictures else 0.0
    return max(handed["second"], default=0.0) - max(seconds, default=0), handed["frame"][-1] - last_picture_s


@pytest.mark.fault(9)
@pytest.mark.timeout(900)
def test_a_killed_lesson_loses_a_second_at_most_and_nothing_acknowledged(
    tmp_path: Path, record_property: Callable[[str, object], None]
):
    moments = random.Random(9)
    losses = []
    for first in range(0, KILLS, AT_ONCE):
        running = []
        for number in range(first, min(first + AT_ONCE, KILLS)):
            out = tmp_path / str(number)
            running.append((out, start(out), moments.uniform(1.2, 4.5)))
        outputs: dict[Path, bytes] = {}
        for out, process, _ in running:  # the clock starts when the lesson does, not when Python does
            assert process.stdout is not None
            outputs[out] = b""
            while STARTED not in outputs[out]:
                piece = os.read(process.stdout.fileno(), 1 << 16)
                assert piece, process.communicate()[1].decode()
                outputs[out] += piece
        began = time.monotonic()
        for out, process, after_s in sorted(running, key=lambda one: one[2]):
            time.sleep(max(0.0, began + after_s - time.monotonic()))
            process.send_signal(signal.SIGKILL)
            rest, _ = process.communicate()
            outputs[out] += rest
        losses += [check(out, outputs[out]) for out, _, _ in running]
    samples_s, media_s = (max(loss[k] for loss in losses) for k in range(2))
    measured = f"{len(losses)} kills: at most {samples_s:.0f} s of samples and {media_s:.2f} s of media lost"
    record_property("measured", measured)
    assert len(losses) == KILLS
    assert samples_s <= 1.0
    assert media_s <= 2.0
