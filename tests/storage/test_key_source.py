from __future__ import annotations

import time

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from classroom_analyzer.errors import VaultLockedError
from classroom_analyzer.storage import key_source
from classroom_analyzer.storage.key_source import KeySource


class MemoryKeyring(KeyringBackend):
    priority = 1

    def __init__(self) -> None:
        self.stored: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.stored.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.stored[service, username] = password


class LockedKeyring(MemoryKeyring):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked


class HangingKeyring(MemoryKeyring):
    def get_password(self, service: str, username: str) -> str | None:
        time.sleep(0.6)
        return None


@pytest.fixture
def use_backend(request: pytest.FixtureRequest):
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


def test_a_keyring_keeps_one_key_for_all_lessons(use_backend):
    use_backend(MemoryKeyring())
    first, second = KeySource("words").for_new_lesson(), KeySource().for_new_lesson()
    assert first is not None
    assert first.kind == "keyring"
    assert second is not None
    assert first.key == second.key == KeySource().for_lesson("keyring", b"").key


def test_a_locked_keyring_gives_way_to_the_passphrase(use_backend):
    use_backend(LockedKeyring())
    key = KeySource("words").for_new_lesson()
    assert key is not None
    assert key.kind == "passphrase"


def test_a_keyring_that_hangs_is_not_waited_for(use_backend, monkeypatch: pytest.MonkeyPatch):
    use_backend(HangingKeyring())
    monkeypatch.setattr(key_source, "KEYRING_WAIT_S", 0.1)
    started = time.monotonic()
    assert KeySource().for_new_lesson() is None
    assert time.monotonic() - started < 0.5
    time.sleep(0.8)  # so that its thread is over before the next test


def test_without_keyring_and_passphrase_there_is_no_key(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("CLASSROOM_ANALYZER_PASSPHRASE")
    source = KeySource.from_environment()
    assert source.for_new_lesson() is None
    with pytest.raises(VaultLockedError):
        source.for_lesson("passphrase", b"salt")


def test_each_lesson_has_its_own_salt():
    first, second = KeySource("words").for_new_lesson(), KeySource("words").for_new_lesson()
    assert first is not None
    assert second is not None
    assert first.salt != second.salt
    assert first.key != second.key
    assert KeySource("words").for_lesson("passphrase", first.salt).key == first.key


def test_a_key_is_never_shown():
    key = KeySource("words").for_new_lesson()
    assert "words" not in repr(KeySource("words"))
    assert key is not None
    assert key.key.hex() not in repr(key)
    assert repr(key.key) not in repr(key)
