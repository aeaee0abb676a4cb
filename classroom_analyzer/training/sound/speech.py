"""Scores voice activity against speaker labels, 10 ms at a time, the union of the speakers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.clock import to_s
from classroom_analyzer.domain.media import SAMPLE_RATE_HZ, AudioBlock
from classroom_analyzer.domain.progress import CancelToken
from classroom_analyzer.perception.audio.analyzer import AudioAnalyzer
from classroom_analyzer.perception.audio.frames import FRAME_S
from classroom_analyzer.perception.audio.listener import VoiceListener
from classroom_analyzer.training.sound.rttm import LABEL_FRAME_S, SpokenStretch, frames_of

__all__ = ["SpeechCounts", "SpeechReport", "VoiceMask", "score_speech"]

TAIL_SAMPLES = SAMPLE_RATE_HZ // 2  # of silence behind the end, so that the gate decides on all frames


@dataclass(frozen=True, slots=True)
class SpeechCounts:
    """10 ms frames of one recording or of several together."""

    frames: int = 0
    hits: int = 0
    marked: int = 0
    true: int = 0

    def __add__(self, other: SpeechCounts) -> SpeechCounts:
        return SpeechCounts(
            self.frames + other.frames, self.hits + other.hits, self.marked + other.marked, self.true + other.true
        )


@dataclass(frozen=True, slots=True)
class SpeechReport:
    """Voice activity against labels.

    Attributes:
        counts: All recordings together.
        by_recording: The same by name.
    """

    counts: SpeechCounts
    by_recording: Mapping[str, SpeechCounts]

    @property
    def hours(self) -> float:
        """Length of all recordings."""
        return self.counts.frames * LABEL_FRAME_S / 3600

    @property
    def precision(self) -> float | None:
        """Share of the marked frames in which somebody speaks; None when nothing was marked."""
        return self.counts.hits / self.counts.marked if self.counts.marked else None

    @property
    def recall(self) -> float | None:
        """Share of the frames with speech that were marked; None when nobody speaks."""
        return self.counts.hits / self.counts.true if self.counts.true else None

    @property
    def f1(self) -> float | None:
        """2 hits / (marked + true); None when both are 0."""
        both = self.counts.marked + self.counts.true
        return 2 * self.counts.hits / both if both else None

    def as_dict(self) -> dict[str, float | None]:
        """The document of ``evaluate speech``."""
        return {"hours": self.hours, "precision": self.precision, "recall": self.recall, "f1": self.f1}


class VoiceMask:
    """A ``VoiceListener`` that remembers where speech was."""

    def __init__(self) -> None:
        self._parts: list[tuple[float, NDArray[np.bool_]]] = []

    def push(self, start_ns: int, frames: NDArray[np.float32], voiced: NDArray[np.bool_]) -> None:
        """Take a stretch."""
        self._parts.append((to_s(start_ns), voiced))

    def gap(self) -> None:
        """Times are absolute, so a gap needs nothing."""

    def at(self, times_s: NDArray[np.floating[Any]]) -> NDArray[np.bool_]:
        """Whether there was speech at these times."""
        speech = np.zeros(len(times_s), bool)
        for start_s, voiced in self._parts:
            index = np.floor((times_s - start_s) / FRAME_S).astype(np.int64)
            inside = (index >= 0) & (index < len(voiced))
            speech[inside] |= voiced[index[inside]]
        return speech


def score_speech(
    blocks: Iterable[AudioBlock],
    stretches: Sequence[SpokenStretch],
    make_audio: Callable[[VoiceListener], AudioAnalyzer],
    cancel: CancelToken,
) -> SpeechCounts:
    """Listen to one recording and count.

    Args:
        blocks: Its sound in time order from 0 on.
        stretches: Who speaks when.
        make_audio: Gives an analyzer with this listener: the one that lessons use.
        cancel: Looked at before every block.

    Raises:
        StoppedByUserError: A stop was asked for.
    """
    mask = VoiceMask()
    audio = make_audio(mask)
    end_ns = 0
    for block in blocks:
        cancel.raise_if_cancelled()
        audio.push(block)
        end_ns = block.end_ns
    audio.push(AudioBlock(end_ns, np.zeros(TAIL_SAMPLES, np.float32)))
    duration_s = to_s(end_ns)
    frames = round(duration_s / LABEL_FRAME_S)
    speaks = frames_of(stretches, duration_s)
    true = np.any(list(speaks.values()), axis=0) if speaks else np.zeros(frames, bool)
    marked = mask.at((np.arange(frames) + 0.5) * LABEL_FRAME_S)
    return SpeechCounts(frames, int((marked & true).sum()), int(marked.sum()), int(true.sum()))
