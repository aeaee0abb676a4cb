from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from classroom_analyzer.errors import LessonDamagedError, VaultLockedError
from classroom_analyzer.storage.key_source import KeySource
from classroom_analyzer.storage.schema import SCHEMA
from classroom_analyzer.storage.vault import Vault

SOURCE = KeySource("words", use_keyring=False)


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA)
    yield connection
    connection.close()


@pytest.fixture
def vault(connection: sqlite3.Connection) -> Vault:
    vault = Vault.create(connection, SOURCE)
    assert vault is not None
    return vault


def test_what_was_sealed_opens_again_in_another_program(connection: sqlite3.Connection, vault: Vault):
    record = vault.seal("participant:P01", "chat", 1, b"hello")
    again = Vault.unlock(connection, SOURCE)
    assert again is not None
    assert again.open("participant:P01", "chat", 1, record) == b"hello"
    assert b"hello" not in record


def test_a_record_carries_its_length(vault: Vault):
    record = vault.seal("lesson", "chat", 1, b"hello")
    assert int.from_bytes(record[:4], "big") == len(record) - 4


@pytest.mark.parametrize("position", [0, 5, 17, -1])
def test_a_changed_record_is_refused(vault: Vault, position: int):
    record = bytearray(vault.seal("lesson", "chat", 1, b"hello"))
    record[position] ^= 1
    with pytest.raises(LessonDamagedError):
        vault.open("lesson", "chat", 1, bytes(record))


def test_a_cut_record_is_refused(vault: Vault):
    record = vault.seal("lesson", "chat", 1, b"hello")
    for length in range(len(record)):
        with pytest.raises(LessonDamagedError):
            vault.open("lesson", "chat", 1, record[:length])


@pytest.mark.parametrize("place", [("lesson", "chat", 2), ("lesson", "marker", 1), ("seat:3", "chat", 1)])
def test_a_record_cannot_stand_in_another_place(vault: Vault, place: tuple[str, str, int]):
    vault.seal("seat:3", "chat", 9, b"so that the scope exists")
    record = vault.seal("lesson", "chat", 1, b"hello")
    with pytest.raises(LessonDamagedError):
        vault.open(*place, record)


def test_a_wrong_passphrase_is_locked_not_damaged(connection: sqlite3.Connection, vault: Vault):
    vault.seal("lesson", "chat", 1, b"hello")
    for source in (KeySource("other", use_keyring=False), KeySource(None, use_keyring=False), None):
        with pytest.raises(VaultLockedError):
            Vault.unlock(connection, source)


def test_a_changed_key_row_is_damage(connection: sqlite3.Connection, vault: Vault):
    record = vault.seal("lesson", "chat", 1, b"hello")
    connection.execute("UPDATE keys SET wrapped = zeroblob(60)")
    again = Vault.unlock(connection, SOURCE)
    assert again is not None
    with pytest.raises(LessonDamagedError):
        again.open("lesson", "chat", 1, record)


def test_without_its_key_row_a_record_is_gone(connection: sqlite3.Connection, vault: Vault):
    gone, kept = vault.seal("seat:1", "second", 1, b"one"), vault.seal("seat:2", "second", 1, b"two")
    connection.execute("DELETE FROM keys WHERE scope = 'seat:1'")
    again = Vault.unlock(connection, SOURCE)
    assert again is not None
    assert again.open("seat:1", "second", 1, gone) is None
    assert again.open("seat:2", "second", 1, kept) == b"two"


def test_every_record_has_a_nonce_of_its_own(vault: Vault):
    assert len({vault.seal("lesson", "chat", 1, b"same")[4:16] for _ in range(50)}) == 50


def test_a_lesson_without_a_key_has_no_vault(connection: sqlite3.Connection):
    assert Vault.create(connection, None) is None
    assert Vault.unlock(connection, SOURCE) is None
