"""Fixtures for all tests: the shared test inputs when they are there, and a home folder of the test's own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

SHARED = Path(__file__).resolve().parents[2] / "shared"

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# How long an example takes is the machine's business.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the state of the person who runs it."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("CLASSROOM_ANALYZER_HOME", str(home))
    monkeypatch.setenv("CLASSROOM_ANALYZER_PASSPHRASE", "correct horse battery staple")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    return home


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real recordings, never part of the project."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip("the shared test recordings are not on this machine")
    return folder


@pytest.fixture(scope="session")
def shared_models() -> Path:
    """Real weights of the packs, never part of the project."""
    folder = SHARED / "models"
    if not folder.is_dir():
        pytest.skip("the shared pack weights are not on this machine")
    return folder
