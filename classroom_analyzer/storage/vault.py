"""Encrypted records of a lesson: AES-256-GCM under one data key per scope, so that erasing is deleting one row.

Scopes are ``lesson``, ``participant:P01``, ``seat:3``, ``speech`` (words of nobody known) and ``media:0`` (a segment of
the recording, whose records have a form of their own: ``media_records``). The data keys lie in the table ``keys``, each
wrapped by the key of the OS keyring or passphrase. A record is a 4-byte big-endian length, a 12-byte random nonce and
the ciphertext with its tag; scope, kind and index are authenticated with it, so that a record cannot pass for another.
AES-GCM: NIST SP 800-38D.
"""

from __future__ import annotations

import os
import sqlite3
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from classroom_analyzer.errors import LessonDamagedError, VaultLockedError
from classroom_analyzer.storage.key_source import KEY_BYTES, KeySource, WrappingKey

__all__ = ["LESSON_SCOPE", "NO_KEY_WARNING", "Vault", "media_scope", "participant_scope", "seat_scope"]

LESSON_SCOPE = "lesson"
NO_KEY_WARNING = (
    "no key to encrypt with: seat rows, chat text, spoken words, names, notes and recordings were not stored; "
    "set CLASSROOM_ANALYZER_PASSPHRASE to keep them"
)
NONCE_BYTES = 12
TAG_BYTES = 16
_LENGTH = struct.Struct(">I")
_PROOF = b"classroom-analyzer vault 1"


def participant_scope(participant: str) -> str:
    """Scope of a chat author's records."""
    return f"participant:{participant}"


def seat_scope(seat: int) -> str:
    """Scope of a seat's records."""
    return f"seat:{seat}"


def media_scope(segment: int) -> str:
    """Scope of a segment of the recording."""
    return f"media:{segment}"


class Vault:
    """Seals and opens the records of one lesson. One thread at a time.

    Args:
        connection: The lesson's database, holding the tables of the schema.
        wrapping: The key that wraps its data keys.
        lenient: Take damaged records for erased ones: for a lesson of which only a part could be saved.
    """

    def __init__(self, connection: sqlite3.Connection, wrapping: WrappingKey, *, lenient: bool = False) -> None:
        self._connection = connection
        self._lenient = lenient
        self._wrapping = AESGCM(wrapping.key)
        self._ciphers: dict[str, AESGCM] = {}

    @classmethod
    def create(cls, connection: sqlite3.Connection, source: KeySource | None) -> Vault | None:
        """Set up the vault of a new lesson; None where no key can be had, so that nothing private may be kept."""
        wrapping = source.for_new_lesson() if source is not None else None
        if wrapping is None:
            return None
        vault = cls(connection, wrapping)
        proof = vault._wrap(_PROOF, "proof")
        connection.execute("INSERT INTO vault VALUES (?, ?, ?)", (wrapping.kind, wrapping.salt, proof))
        return vault

    @classmethod
    def unlock(cls, connection: sqlite3.Connection, source: KeySource | None, *, lenient: bool = False) -> Vault | None:
        """Open the vault of a lesson; None when the lesson was made without one.

        Raises:
            VaultLockedError: No key, or another one than it was made with.
        """
        row = connection.execute("SELECT kind, salt, proof FROM vault").fetchone()
        if row is None:
            return None
        if source is None:
            raise VaultLockedError
        kind, salt, proof = row
        vault = cls(connection, source.for_lesson(kind, salt), lenient=lenient)
        try:
            vault._wrapping.decrypt(proof[:NONCE_BYTES], proof[NONCE_BYTES:], b"proof")
        except (InvalidTag, ValueError) as error:
            raise VaultLockedError from error
        return vault

    def seal(self, scope: str, kind: str, index: int, data: bytes) -> bytes:
        """Encrypt one record; the scope's key is made when it is first used.

        Args:
            scope: Whose record it is.
            kind: ``chat``, ``marker``, ``second`` ...
            index: Number of the record within scope and kind.
            data: What to hide.

        Returns:
            The record with its length in front.
        """
        nonce = os.urandom(NONCE_BYTES)
        body = nonce + self._cipher(scope, make=True).encrypt(nonce, data, _bound(scope, kind, index))
        return _LENGTH.pack(len(body)) + body

    def open(self, scope: str, kind: str, index: int, record: bytes) -> bytes | None:
        """Decrypt one record.

        Returns:
            What was sealed, or None when the scope was erased.

        Raises:
            LessonDamagedError: The record was changed, cut, or belongs to another place.
        """
        if scope not in self._ciphers and not self.holds(scope):
            return None
        try:
            return self._open(scope, kind, index, record)
        except LessonDamagedError:
            if self._lenient:
                return None
            raise

    def _open(self, scope: str, kind: str, index: int, record: bytes) -> bytes:
        if len(record) < _LENGTH.size + NONCE_BYTES + TAG_BYTES or _LENGTH.unpack_from(record)[0] != len(record) - 4:
            raise LessonDamagedError(f"{kind} record {index}", "it is cut short; restore the lesson from a copy")
        nonce, sealed = record[4 : 4 + NONCE_BYTES], record[4 + NONCE_BYTES :]
        try:
            return self._cipher(scope, make=False).decrypt(nonce, sealed, _bound(scope, kind, index))
        except InvalidTag as error:
            raise LessonDamagedError(
                f"{kind} record {index}", "it was changed after it was written; restore the lesson from a copy"
            ) from error

    def prepare(self, scope: str) -> None:
        """Make a scope's key ahead, in a transaction that is sure to be kept."""
        self._cipher(scope, make=True)

    def holds(self, scope: str) -> bool:
        """Whether the scope's key is there."""
        return self._connection.execute("SELECT 1 FROM keys WHERE scope = ?", (scope,)).fetchone() is not None

    def file_cipher(self, scope: str, *, make: bool = False) -> AESGCM | None:
        """Return the cipher of a file that numbers its records itself, so that no nonce comes twice under its key.

        Args:
            scope: Whose file it is; a file is never appended to after it was closed.
            make: Make the key; the caller's transaction has to be on the disk before the first record is.

        Returns:
            The cipher; None when the scope was erased or never made.
        """
        if not make and not self.holds(scope):
            return None
        # Not kept: were the transaction rolled back, records would be sealed with a key that is nowhere.
        cipher = self._cipher(scope, make=make)
        del self._ciphers[scope]
        return cipher

    def _cipher(self, scope: str, *, make: bool) -> AESGCM:
        if (known := self._ciphers.get(scope)) is not None:
            return known
        row = self._connection.execute("SELECT wrapped FROM keys WHERE scope = ?", (scope,)).fetchone()
        if row is not None:
            try:
                key = self._wrapping.decrypt(row[0][:NONCE_BYTES], row[0][NONCE_BYTES:], _bound(scope, "key", 0))
            except (InvalidTag, ValueError) as error:
                raise LessonDamagedError(f"key of {scope}", "it was changed; restore the lesson from a copy") from error
        elif make:
            key = os.urandom(KEY_BYTES)
            wrapped = self._wrap(key, _bound(scope, "key", 0))
            self._connection.execute("INSERT INTO keys VALUES (?, ?)", (scope, wrapped))
        else:
            raise KeyError(scope)
        self._ciphers[scope] = AESGCM(key)
        return self._ciphers[scope]

    def _wrap(self, data: bytes, bound: bytes | str) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._wrapping.encrypt(nonce, data, bound.encode() if isinstance(bound, str) else bound)


def _bound(scope: str, kind: str, index: int) -> bytes:
    """Return the associated data; the zero bytes keep the parts apart."""
    return f"{scope}\0{kind}\0{index}".encode()
