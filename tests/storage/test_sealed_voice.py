"""A sample of the teacher's voice lies encrypted on the disk."""

from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.app.teacher import _of_file
from classroom_analyzer.errors import BadInputError, VaultLockedError
from classroom_analyzer.storage.key_source import KeySource
from classroom_analyzer.storage.sealed_voice import open_voice, seal_voice

SAMPLES = (0.5 * np.sin(np.arange(20_000) / 7)).astype(np.float32)


@pytest.fixture
def sealed(tmp_path):
    path = tmp_path / "voice" / "teacher.voice"
    seal_voice(path, SAMPLES, KeySource("one", use_keyring=False).for_new_lesson())
    return path


def test_it_comes_back_with_its_key_and_is_not_readable_without(sealed):
    assert np.abs(open_voice(sealed, KeySource("one", use_keyring=False)) - SAMPLES).max() < 1e-4
    assert (SAMPLES * 32767).astype("<i2").tobytes()[:400] not in sealed.read_bytes()
    with pytest.raises(VaultLockedError):
        open_voice(sealed, KeySource("another", use_keyring=False))
    with pytest.raises(VaultLockedError):
        open_voice(sealed, KeySource(None, use_keyring=False))


def test_a_changed_sample_is_refused(sealed):
    data = bytearray(sealed.read_bytes())
    data[-1] ^= 1
    sealed.write_bytes(data)
    with pytest.raises(VaultLockedError):
        open_voice(sealed, KeySource("one", use_keyring=False))


@pytest.mark.parametrize("data", [b"", b"{}", b"[]\n", b'{"kind": 1, "salt": 2}\nxx', b"\xff\xfe\n"])
def test_another_file_is_told_as_such(tmp_path, data):
    path = tmp_path / "x.voice"
    path.write_bytes(data)
    with pytest.raises(BadInputError):
        open_voice(path, KeySource("one", use_keyring=False))


def test_a_lesson_reads_it_as_sound_on_one_clock(tmp_path, monkeypatch):
    monkeypatch.setenv("CLASSROOM_ANALYZER_PASSPHRASE", "one")
    path = tmp_path / "teacher.voice"
    seal_voice(path, SAMPLES, KeySource.from_environment().for_new_lesson())
    blocks = list(_of_file(path))
    assert [block.t_ns for block in blocks] == [0, 1_000_000_000]
    assert sum(len(block.samples) for block in blocks) == len(SAMPLES)
