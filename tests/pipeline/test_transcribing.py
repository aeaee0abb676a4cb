"""Speech recognition never holds a live lesson up and leaves nothing of a recording out."""

from __future__ import annotations

import time
from threading import Event

import numpy as np
import pytest

from classroom_analyzer.domain.clock import to_ns, to_s
from classroom_analyzer.domain.transcript import SpeakerRole
from classroom_analyzer.perception.audio.frames import FRAME_NS
from classroom_analyzer.pipeline.transcribing import Transcribed, Transcription


class Counting:
    """Says how long what it heard is; waits for leave where it is told to."""

    def __init__(self, leave: Event | None = None) -> None:
        self._leave = leave
        self.calls = 0

    def recognise(self, samples: np.ndarray) -> str:
        if self._leave is not None:
            assert self._leave.wait(20)
        self.calls += 1
        return f"{len(samples) / 16_000:.1f} s"


class Failing:
    def recognise(self, samples: np.ndarray) -> str:
        raise RuntimeError("out of order")


def speak(transcription: Transcription, turns: int, *, start_s: float = 0.0) -> float:
    """Turns of 10.24 s with pauses of 1.28 s; returns the end."""
    mask = np.array([True] * 320 + [False] * 40)
    for k in range(turns):
        at_ns = to_ns(start_s) + k * len(mask) * FRAME_NS
        transcription.push(at_ns, np.zeros((len(mask), 512), np.float32), mask)
    return start_s + turns * len(mask) * 0.032


def covered_s(*parts: Transcribed) -> float:
    return sum(to_s(b - a) for part in parts for a, b in part.covered)


def test_a_recording_loses_nothing_and_roles_are_asked_for() -> None:
    transcription = Transcription(
        Counting(), paced=False, role_of=lambda start, end: SpeakerRole.TEACHER if start else SpeakerRole.STUDENT
    )
    end_s = speak(transcription, 20)
    first, last = transcription.take(), transcription.finish()
    assert len(last.utterances) == 1  # who spoke just now is asked a little later
    found = Transcribed(first.utterances + last.utterances, first.covered + last.covered)
    assert [u.text for u in found.utterances] == ["10.2 s"] * 20
    assert [u.role for u in found.utterances] == [SpeakerRole.STUDENT] + [SpeakerRole.TEACHER] * 19
    assert [to_s(u.start_ns) for u in found.utterances][:2] == [0, 11.52]
    assert covered_s(found) == end_s
    assert transcription.dropped_s == 0


def test_a_live_lesson_never_waits_and_drops_the_oldest_beyond_a_minute() -> None:
    leave = Event()
    transcription = Transcription(Counting(leave), paced=True)
    started = time.perf_counter()
    speak(transcription, 20)
    found = transcription.take()
    assert time.perf_counter() - started < 2
    assert found == Transcribed((), ())  # the first piece is still at the worker, nothing is known
    # One is at the worker, five wait (51 s), fourteen are gone.
    assert round(transcription.dropped_s / 10.24) == 14
    leave.set()
    rest = transcription.finish()
    assert [round(to_s(u.start_ns) / 11.52) for u in rest.utterances] == [0, 15, 16, 17, 18, 19]
    assert covered_s(rest) == round(20 * 11.52 - 14 * 10.24, 2)


@pytest.mark.parametrize("paced", [True, False])
def test_what_fails_is_counted_as_dropped_and_the_lesson_goes_on(paced: bool) -> None:
    transcription = Transcription(Failing(), paced=paced)
    speak(transcription, 2)
    found = transcription.finish()
    assert found.utterances == ()
    assert round(transcription.dropped_s, 2) == 20.48


def test_missing_sound_is_not_covered() -> None:
    transcription = Transcription(Counting(), paced=False)
    speak(transcription, 1)
    transcription.gap()
    speak(transcription, 1, start_s=100)
    assert covered_s(transcription.take(), transcription.finish()) == 2 * 11.52
