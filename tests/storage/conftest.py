"""One small lesson, written the way the engine writes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from classroom_analyzer.domain.chat import ChatMessage
from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.policy import Policy
from classroom_analyzer.storage import key_source as key_source_module
from classroom_analyzer.storage.key_source import KeySource
from classroom_analyzer.storage.lesson_writer import LessonWriter
from tests.storage.lessons import CANARY, PASSPHRASE, add_second, make_meta, make_summary


@pytest.fixture(autouse=True)
def cheap_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred lessons are made here; the cost of guessing a passphrase is not what is tested."""
    monkeypatch.setattr(key_source_module, "SCRYPT_N", 2**4)


@pytest.fixture
def key_source() -> KeySource:
    return KeySource(PASSPHRASE, use_keyring=False)


@pytest.fixture
def write_lesson(tmp_path: Path, key_source: KeySource) -> Callable[..., Path]:
    def write(
        policy: Policy = Policy.ENGAGEMENT,
        source: KeySource | None = key_source,
        *,
        seconds: int = 5,
        complete: bool = True,
        name: str = "physics",
    ) -> Path:
        writer = LessonWriter.create(tmp_path / "out", name, make_meta(policy), source)
        for t_s in range(1, seconds + 1):
            add_second(writer, t_s, estimates=policy.allows_estimate)
        writer.add_message(ChatMessage(to_ns(1.5), "P01", f"is it {CANARY}?"))
        writer.add_message(ChatMessage(to_ns(2.5), "P02", "second author"))
        writer.add_marker(3, f"note on {CANARY}")
        writer.add_gap(Modality.VISION, 1.0, 2.5, "camera lost")
        writer.set_counter("frames_dropped", 4)
        return writer.finish(make_summary(writer.folder, policy), complete=complete)

    return write
