"""Where the key that wraps all keys comes from: the OS keyring, else a passphrase, else nowhere."""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from classroom_analyzer.errors import VaultLockedError

__all__ = ["KEY_BYTES", "PASSPHRASE_VARIABLE", "KeySource", "WrappingKey"]

PASSPHRASE_VARIABLE = "CLASSROOM_ANALYZER_PASSPHRASE"
KEY_BYTES = 32  # AES-256
SALT_BYTES = 16
# scrypt (RFC 7914) for interactive use: 128 * N * r = 32 MiB and about 0.1 s.
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**15, 8, 1
KEYRING_SERVICE = "classroom-analyzer"
KEYRING_USER = "key-encryption-key"
KEYRING_WAIT_S = 5.0  # a keyring may open a dialog that nobody answers
_NO_KEYRING = ("keyring.backends.fail", "keyring.backends.null")


@dataclass(frozen=True, slots=True, repr=False)
class WrappingKey:
    """The key that wraps a lesson's data keys; never written to the lesson.

    Attributes:
        kind: ``keyring`` or ``passphrase``.
        salt: Of scrypt; empty for the keyring.
        key: 32 bytes.
    """

    kind: str
    salt: bytes
    key: bytes


@dataclass(frozen=True, slots=True, repr=False)
class KeySource:
    """What this program may ask for a key.

    Attributes:
        passphrase: Used where no keyring works.
        use_keyring: Whether to ask the OS keyring at all.
    """

    passphrase: str | None = None
    use_keyring: bool = True

    @classmethod
    def from_environment(cls) -> KeySource:
        """Return the keyring with the passphrase of ``CLASSROOM_ANALYZER_PASSPHRASE`` behind it."""
        return cls(os.environ.get(PASSPHRASE_VARIABLE) or None)

    def for_new_lesson(self) -> WrappingKey | None:
        """Return a key for a lesson that is being made, None where there is neither keyring nor passphrase."""
        if self.use_keyring and (key := _within(KEYRING_WAIT_S, _keyring_key_or_new)) is not None:
            return WrappingKey("keyring", b"", key)
        if self.passphrase is not None:
            salt = os.urandom(SALT_BYTES)
            return WrappingKey("passphrase", salt, _derive(self.passphrase, salt))
        return None

    def kind_for_new_lesson(self) -> str | None:
        """Say where a new lesson's key would come from, ``keyring`` or ``passphrase``, without making one."""
        if self.use_keyring and _within(KEYRING_WAIT_S, _keyring_answer) is not None:
            return "keyring"
        return "passphrase" if self.passphrase is not None else None

    def for_lesson(self, kind: str, salt: bytes) -> WrappingKey:
        """Return the key of a lesson that was made before.

        Args:
            kind: As the lesson's vault row says.
            salt: Likewise.

        Raises:
            VaultLockedError: There is no such key at hand; whether it is the right one shows in the vault.
        """
        if kind == "keyring" and self.use_keyring and (key := _within(KEYRING_WAIT_S, _keyring_key)) is not None:
            return WrappingKey(kind, salt, key)
        if kind == "passphrase" and self.passphrase is not None:
            return WrappingKey(kind, salt, _derive(self.passphrase, salt))
        raise VaultLockedError


def _derive(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=KEY_BYTES, n=SCRYPT_N, r=SCRYPT_R, p=SCRYPT_P).derive(passphrase.encode("utf-8"))


def _within(limit_s: float, ask: Callable[[], bytes | None]) -> bytes | None:
    """Ask the keyring, but wait no longer than ``limit_s``; a late answer is not used."""
    answer: list[bytes | None] = []
    asking = Thread(target=lambda: answer.append(ask()), name="keyring", daemon=True)
    asking.start()
    asking.join(limit_s)
    return answer[0] if answer else None


def _keyring_key() -> bytes | None:
    import keyring
    from keyring.errors import KeyringError

    try:
        if type(keyring.get_keyring()).__module__ in _NO_KEYRING:
            return None
        stored = keyring.get_password(KEYRING_SERVICE, KEYRING_USER)
        key = base64.b64decode(stored, validate=True) if stored else None
    # Backends raise their own errors, and those of D-Bus, beside KeyringError.
    except (KeyringError, OSError, RuntimeError, ValueError, ImportError, binascii.Error):
        return None
    return key if key is not None and len(key) == KEY_BYTES else None


def _keyring_answer() -> bytes | None:
    """Return the keyring's key, or nothing but the proof that one could be kept there."""
    import keyring
    from keyring.errors import KeyringError

    try:
        if type(keyring.get_keyring()).__module__ in _NO_KEYRING:
            return None
        if keyring.get_password(KEYRING_SERVICE, KEYRING_USER) is None:
            return b""
    except (KeyringError, OSError, RuntimeError, ValueError, ImportError):
        return None
    return _keyring_key()


def _keyring_key_or_new() -> bytes | None:
    import keyring
    from keyring.errors import KeyringError

    if (key := _keyring_key()) is not None:
        return key
    try:
        if type(keyring.get_keyring()).__module__ in _NO_KEYRING or keyring.get_password(
            KEYRING_SERVICE, KEYRING_USER
        ):  # what is stored there is not ours to overwrite
            return None
        keyring.set_password(KEYRING_SERVICE, KEYRING_USER, base64.b64encode(os.urandom(KEY_BYTES)).decode("ascii"))
    except (KeyringError, OSError, RuntimeError, ValueError, ImportError):
        return None
    # Only a key that can be read back may seal anything.
    return _keyring_key()
