"""A sample of the teacher's voice on disk: one encrypted file, because a voice is kept in the clear nowhere."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

import numpy as np
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from numpy.typing import NDArray

from classroom_analyzer.errors import BadInputError, OutputNotWritableError, VaultLockedError
from classroom_analyzer.storage.key_source import KeySource, WrappingKey

__all__ = ["SUFFIX", "open_voice", "seal_voice"]

SUFFIX = ".voice"
NONCE_BYTES = 12
_BOUND = b"classroom-analyzer voice 1"
_FULL_SCALE = 32767


def seal_voice(path: Path, samples: NDArray[np.float32], wrapping: WrappingKey) -> None:
    """Write a sample: one line of JSON that names the key, then nonce and AES-256-GCM of 16-bit samples.

    Args:
        path: File to write or replace.
        samples: ``(n,) float32`` in [-1, 1], 16 kHz.
        wrapping: The key to encrypt with.

    Raises:
        OutputNotWritableError: The folder cannot be written.
    """
    nonce = os.urandom(NONCE_BYTES)
    sound = (np.clip(samples, -1, 1) * _FULL_SCALE).astype("<i2").tobytes()
    head = json.dumps({"kind": wrapping.kind, "salt": wrapping.salt.hex()}).encode() + b"\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".voice-")
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(head + nonce + AESGCM(wrapping.key).encrypt(nonce, sound, _BOUND + head))
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        raise OutputNotWritableError(path, error.strerror or str(error)) from error


def open_voice(path: Path, source: KeySource) -> NDArray[np.float32]:
    """Read a sample.

    Returns:
        ``(n,) float32`` in [-1, 1], 16 kHz.

    Raises:
        BadInputError: It is no such file, or was changed.
        VaultLockedError: The key is another one or not at hand.
    """
    try:
        head, newline, body = path.read_bytes().partition(b"\n")
        named = json.loads(head)
        wrapping = source.for_lesson(str(named["kind"]), bytes.fromhex(named["salt"]))
    except VaultLockedError:  # an OSError too
        raise
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInputError(path, "it is no sample of a voice; record one anew in the setup") from error
    try:
        sound = AESGCM(wrapping.key).decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], _BOUND + head + newline)
    except (InvalidTag, ValueError) as error:
        raise VaultLockedError from error
    return np.frombuffer(sound, "<i2").astype(np.float32) / np.float32(_FULL_SCALE)
