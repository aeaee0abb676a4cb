"""What ``doctor`` finds is true of a machine that lacks it, and what it writes to send along names nobody."""

from __future__ import annotations

import json
import logging
import os
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from classroom_analyzer.app import redaction
from classroom_analyzer.app.checks import probe
from classroom_analyzer.app.checks.check import Check, CheckState
from classroom_analyzer.app.checks.place import check_clock, check_disk, check_folders, check_sound_server
from classroom_analyzer.app.checks.program import Needs, check_models, check_packages, check_python, check_settings
from classroom_analyzer.app.doctor import Findings, diagnostics_text, write_bundle
from classroom_analyzer.app.logs import LOG_NAME, keep_log
from classroom_analyzer.cli.main import run
from classroom_analyzer.domain.policy import Policy
from classroom_analyzer.errors import OutputNotWritableError
from classroom_analyzer.models.store import ModelState, ModelStore
from classroom_analyzer.settings.schema import Settings, save_settings

CANARIES = ("Quetzalina", "I am lost, she said", "geometry with 7b", "Quetzalina's AirPods", "hunter2")


def test_versions_that_do_not_fit_are_named_and_mended_by_installing():
    needs = Needs(SpecifierSet(">=3.11"), (Requirement("numpy>=99"), Requirement("surely-not-there>=1")))
    assert check_python(needs, "3.9.1").state is CheckState.MISSING
    assert check_python(needs, "3.12.0").state is CheckState.OK
    packages = check_packages(needs)
    assert packages.state is CheckState.MISSING
    assert "numpy is" in packages.found
    assert "surely-not-there is not installed" in packages.found
    assert packages.remedy


def test_what_the_program_needs_is_read_and_held_here():
    needs = Needs.read()
    assert needs is not None
    assert len(needs.packages) > 20
    assert check_python(needs).state is check_packages(needs).state is CheckState.OK


def test_a_damaged_bundled_model_is_missing_and_an_absent_pack_is_optional(own_home: Path, monkeypatch):
    whole, packs = check_models(own_home)
    assert whole.state is packs.state is CheckState.OK
    assert "models install pack:yunet" in packs.remedy
    damaged = ModelState("bundled:fusion", "bundled", "fusion", "Apache-2.0", True, False, "changed")
    monkeypatch.setattr(ModelStore, "list_models", lambda self: (damaged,))
    assert check_models(own_home)[0] == Check(
        "bundled_models", CheckState.MISSING, "bundled:fusion is damaged", check_models(own_home)[0].remedy
    )


def test_settings_that_cannot_be_used_are_missing_and_say_what_to_mend(own_home: Path):
    assert check_settings(own_home).state is CheckState.OK
    (own_home / "settings.toml").write_text("analysed_fps = -1\n")
    found = check_settings(own_home)
    assert found.state is CheckState.MISSING
    assert "analysed_fps" in found.remedy


@pytest.mark.parametrize(
    ("free", "state"), [(50e9, CheckState.OK), (1.9e9, CheckState.WARNING), (5e7, CheckState.MISSING)]
)
def test_a_disk_that_runs_full_is_said_by_the_room_that_is_left(own_home: Path, free: float, state: CheckState):
    assert check_disk(own_home, int(free)).state is state


def test_a_folder_that_cannot_be_written_is_missing(tmp_path: Path, own_home: Path):
    assert check_folders(own_home).state is CheckState.OK
    assert check_folders(tmp_path / "new" / "home").state is CheckState.OK
    assert not (tmp_path / "new").exists()
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert check_folders(blocked / "home").state is CheckState.MISSING
    save_settings(own_home, Settings(lessons_folder=blocked / "lessons"))
    assert "lessons folder" in check_folders(own_home).found


def test_a_data_folder_that_may_not_be_looked_into_is_a_finding_and_no_crash(tmp_path: Path, monkeypatch):
    locked, real = tmp_path / "locked" / "home", os.stat
    locked.parent.mkdir()

    def shut(path, *arguments, **options):
        if str(path).startswith(str(locked)):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *arguments, **options)

    monkeypatch.setattr(os, "stat", shut)
    monkeypatch.setattr(os.path, "exists", lambda path: not str(path).startswith(str(locked)))
    monkeypatch.setattr(os.path, "isdir", lambda path: not str(path).startswith(str(locked)))
    assert [c.state for c in check_models(locked)] == [CheckState.WARNING]
    assert check_disk(locked).state is not CheckState.MISSING
    assert "Lessons: none" in diagnostics_text(locked, findings(CheckState.OK))


def test_a_wall_clock_from_before_the_installation_is_said():
    assert check_clock().state is CheckState.OK
    assert check_clock(datetime(2001, 1, 1, tzinfo=UTC)).state is CheckState.WARNING


@pytest.mark.skipif(sys.platform != "linux", reason="its sound servers are those of Linux")
def test_the_sound_server_is_found_by_its_socket(tmp_path: Path, monkeypatch):
    monkeypatch.delenv("PULSE_SERVER", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    missing = check_sound_server()
    assert missing is not None
    assert missing.state is CheckState.WARNING
    (tmp_path / "pipewire-0").touch()
    found = check_sound_server()
    assert found is not None
    assert found.state is CheckState.OK


def test_a_check_that_hangs_or_crashes_is_a_finding():
    hung = probe.run_probe("computing", limit_s=0.05)
    assert [(c.state, "no answer" in c.found) for c in hung] == [(CheckState.MISSING, True)]


def test_a_display_that_qt_cannot_open_is_a_warning_with_its_remedy(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "no-such-platform")
    (found,) = probe.run_probe("display")
    assert found.state is CheckState.WARNING
    assert "signal" in found.found or "code" in found.found
    assert found.remedy


def test_probes_tell_display_fonts_and_key(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert [c.name for c in probe.run_probe("display")] == ["display", "chinese_fonts"]
    assert probe.run_probe("key")[0].found.endswith("passphrase")
    monkeypatch.delenv("CLASSROOM_ANALYZER_PASSPHRASE")
    (without,) = probe.run_probe("key")
    assert without.state is CheckState.WARNING
    assert "CLASSROOM_ANALYZER_PASSPHRASE" in without.remedy


def findings(state: CheckState) -> Findings:
    return Findings((Check("microphones", state, "1", "Do it.", ("Quetzalina's AirPods",)),))


@pytest.mark.parametrize(("state", "code"), [("ok", 0), ("warning", 0), ("missing", 4)])
def test_exit_code_and_document_say_whether_lessons_can_be_held(monkeypatch, capsys, state: str, code: int):
    from classroom_analyzer.app import doctor

    monkeypatch.setattr(doctor, "examine", lambda home, told=None: findings(CheckState(state)))
    assert run(["doctor", "--json"], open_demo=lambda: 0, open_session=lambda session: 0) == code
    document = json.loads(capsys.readouterr().out)
    assert document["can_run"] is (code == 0)
    assert document["checks"][0]["state"] == state
    assert document["checks"][0]["names"] == ["Quetzalina's AirPods"]


def test_diagnostics_name_nobody_and_quote_nothing(tmp_path: Path, own_home: Path, monkeypatch):
    monkeypatch.setattr(redaction, "_user", lambda: "quetzalina")
    folder = tmp_path / "Quetzalina C" / "my lessons"
    lesson = folder / "geometry with 7b.lesson"
    lesson.mkdir(parents=True)
    (lesson / "lesson.json").write_text(json.dumps({"status": "complete", "title": "geometry with 7b"}))
    settings = {"policy": Policy.OBSERVE, "lessons_folder": folder, "camera": "rtsp://ana:hunter2@cam/Quetzalina",
                "class_name": "geometry with 7b", "microphone": "Quetzalina's AirPods"}  # fmt: skip
    save_settings(own_home, Settings(**settings))
    log = logging.getLogger("classroom_analyzer.test_doctor")
    keep_log(own_home)
    handler = logging.getLogger("classroom_analyzer").handlers[-1]
    try:
        log.warning("chat line of Quetzalina: I am lost, she said")
        try:
            json.loads("I am lost, she said", object_hook=Findings)
        except ValueError:
            log.exception("Quetzalina's file %s\nKeyError: Quetzalina", folder / "geometry with 7b.lesson")
    finally:
        logging.getLogger("classroom_analyzer").removeHandler(handler)
        handler.close()
    kept = own_home / "logs" / LOG_NAME
    assert "Quetzalina" in kept.read_text()
    if sys.platform != "win32":
        assert kept.stat().st_mode & 0o777 == 0o600
    target = tmp_path / "out.zip"
    found = Findings((*findings(CheckState.OK).checks, Check("x", CheckState.OK, f"it is in {folder} of QUETZALINA")))
    write_bundle(target, own_home, found)
    with zipfile.ZipFile(target) as bundle:
        told = "\n".join(bundle.read(name).decode() for name in bundle.namelist())
    for canary in (*CANARIES, *(c.lower() for c in CANARIES), str(tmp_path), str(own_home), str(Path.home()), "cam/"):
        assert canary not in told
    assert "policy=observe" in told
    assert "class_name is set" in told
    assert "Lessons: 1 complete" in told
    assert "WARNING classroom_analyzer.test_doctor" in told
    assert "JSONDecodeError" in told


def test_diagnostics_are_text_to_paste_and_an_empty_home_has_some(own_home: Path):
    text = diagnostics_text(own_home, findings(CheckState.OK))
    assert text.startswith("Classroom Analyzer ")
    assert "Lessons: none" in text
    assert "AirPods" not in text


def test_a_log_keeps_frames_and_classes_of_errors_but_no_message():
    lines = [
        "2026-11-24 17:00:01,123 ERROR classroom_analyzer.gui.application: what Ana said",
        "Traceback (most recent call last):",
        '  File "/home/ana/x/classroom_analyzer/pipeline/live.py", line 12, in _run',
        "    ana = chat['I am lost']",
        '  File "/home/ana/x/homework.py", line 3, in <module>',
        "KeyError: 'Ana'",
        "Ana",
    ]
    assert list(redaction.log_outline(lines)) == [
        "2026-11-24 17:00:01 ERROR classroom_analyzer.gui.application",
        "  classroom_analyzer/pipeline/live.py:12 _run",
        "  KeyError",
    ]


def test_a_bundle_that_cannot_be_written_says_so(tmp_path: Path, own_home: Path):
    with pytest.raises(OutputNotWritableError):
        write_bundle(tmp_path / "none" / "out.zip", own_home, findings(CheckState.OK))
