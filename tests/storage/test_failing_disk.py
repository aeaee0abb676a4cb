"""Faults 7 and 8: a full or failing disk ends the recording with a reason, never the lesson, and nothing is "saved"
that is not."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from classroom_analyzer.storage.key_source import KeySource
from classroom_analyzer.storage.lesson_reader import LessonReader
from classroom_analyzer.storage.media_reader import open_recording
from tests.storage.lessons import PASSPHRASE
from tests.storage.test_recorder import picture_times

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
KEYS = KeySource(PASSPHRASE, use_keyring=False)


@pytest.fixture(autouse=True)
def cheap_passphrase() -> None:
    """Keys are made as they are outside tests: another process makes them."""


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("there is no C compiler to build the failing disk with")
    library = tmp_path_factory.mktemp("shim") / "failing_disk.so"
    source = Path(__file__).with_name("failing_disk.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return library


def run(command: list[str], **environment: str) -> dict[str, Any]:
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def holds_all_that_was_acknowledged(said: dict[str, Any]) -> LessonReader:
    reader = LessonReader.open(Path(said["folder"]), KEYS)
    assert [marker.number for marker in reader.markers()] == said["markers"]
    assert all(marker.note for marker in reader.markers())
    assert len(reader.labels()) == len(said["labels"])
    assert reader.estimates()["t_s"].to_list() == list(range(1, said["t_s"] + 1))
    assert len(reader.seats()) == said["t_s"] * 3 * 8
    reader.audit_head()
    for segment in open_recording(Path(said["folder"]), KEYS):
        assert picture_times(segment)
        assert not segment.damaged
    return reader


@pytest.mark.fault(7)
def test_a_full_disk_ends_the_recording_keeps_the_marks_and_leaves_a_readable_lesson(tmp_path: Path):
    disk, kept = tmp_path / "disk", tmp_path / "kept.lesson"
    disk.mkdir()
    unshare = shutil.which("unshare")
    if unshare is None or os.geteuid() != 0:
        pytest.skip("a small disk can only be mounted by root")
    inner = f"mount -t tmpfs -o size=64m tmpfs '{disk}' && exec '{sys.executable}' -m tests.storage.failing_process"
    trial = subprocess.run(
        [unshare, "-m", "sh", "-c", f"mount -t tmpfs -o size=1m tmpfs '{disk}'"], capture_output=True, check=False
    )
    if trial.returncode != 0:
        pytest.skip("this machine lets nobody mount a small disk")
    said = run([unshare, "-m", "sh", "-c", f"{inner} full '{disk}' '{kept}'"])
    assert said["first"] is None  # the reserve paid
    assert said["reserve"] is True
    assert said["recording"] == "stopped"
    assert "full" in said["detail"] or "space" in said["detail"].lower()
    assert "full" in said["second"]
    assert said["after"] is None
    assert "finish" not in said
    assert len(said["markers"]) == 3  # before, with the reserve, and after; the one between was refused
    assert len(said["refused"]) == 1
    reader = holds_all_that_was_acknowledged(said)
    assert any("disk" in warning for warning in reader.summary()["warnings"])
    assert open_recording(kept, KEYS)
    assert not (kept / ".reserve").exists()


@pytest.mark.fault(8)
def test_errors_of_the_disk_are_never_reported_as_saved(shim: Path, tmp_path: Path):
    said = run(
        [sys.executable, "-m", "tests.storage.failing_process", "shim", str(tmp_path)],
        LD_PRELOAD=str(shim),
        FAULT_TRIGGER=str(tmp_path / "fail"),
        FAULT_CALL="write",
        FAULT_ERRNO=str(errno.EIO),
    )
    assert said["first"] is not None
    assert said["after"] is None
    assert said["recording"] == "stopped"
    assert len(said["refused"]) == 1
    assert len(said["markers"]) == 2
    reader = holds_all_that_was_acknowledged(said)
    assert any("could be written later" in warning for warning in reader.summary()["warnings"])


@pytest.mark.fault(8)
def test_after_a_failed_sync_nothing_is_promised_and_the_lesson_says_so(shim: Path, tmp_path: Path):
    said = run(
        [sys.executable, "-m", "tests.storage.failing_process", "shim", str(tmp_path)],
        LD_PRELOAD=str(shim),
        FAULT_TRIGGER=str(tmp_path / "fail"),
        FAULT_CALL="fsync",
        FAULT_ERRNO=str(errno.EIO),
    )
    assert len(said["refused"]) == 2  # during the fault and after it
    assert len(said["markers"]) == 1
    reader = LessonReader.open(Path(said["folder"]), KEYS)
    assert reader.meta.status == "incomplete"
    assert any("failed to keep" in warning for warning in reader.summary()["warnings"])
    assert {marker.number for marker in reader.markers()} >= set(said["markers"])


@pytest.mark.fault(8)
@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are of Unix")
def test_a_file_that_may_not_grow_is_a_disk_that_fails(tmp_path: Path):
    said = run([sys.executable, "-m", "tests.storage.failing_process", "limit", str(tmp_path)])
    assert said["first"] is not None
    assert said["after"] is None
    assert said["recording"] == "stopped"
    # A marker is small and may still fit where samples do not; it is kept or refused, never neither.
    assert len(said["markers"]) + len(said["refused"]) >= 3
    holds_all_that_was_acknowledged(said)
