"""What fusion reads: one window per modality as a short sequence of feature rows.

The engine fills these from measured seconds and the lesson simulator from simulated ones, so both speak the same
columns. A value that was not measured is NaN and its step may still be valid; a step without any evidence is invalid.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.modality import MODALITIES, Modality

__all__ = ["WINDOWS", "FeatureBatch", "WindowSpec"]


@dataclass(frozen=True, slots=True)
class WindowSpec:
    """Shape of one modality's window.

    Attributes:
        modality: Which one.
        steps: Rows in the sequence, oldest first.
        step_s: Seconds that one row covers.
        names: Columns, in order.
        units: Unit of each column.
        context: Columns that are about the class and not about the one person: they do not make a person novel.
    """

    modality: Modality
    steps: int
    step_s: int
    names: tuple[str, ...]
    units: tuple[str, ...]
    context: tuple[str, ...] = ()

    @property
    def length_s(self) -> int:
        """Window length: steps times step."""
        return self.steps * self.step_s


WINDOWS: dict[Modality, WindowSpec] = {
    # 10 s of one seat, and what all seats that are seen do in the same seconds: one look at one person says little,
    # thirty say how the class is.
    Modality.VISION: WindowSpec(
        Modality.VISION, 10, 1,
        ("face_presence", "facing_target", "movement", "pitch_down", "class_facing", "class_pitch_down", "class_seats"),
        ("share", "share", "1/s", "deg below the seat's usual pitch", "share", "deg", "seats"),
        context=("class_facing", "class_pitch_down", "class_seats"),
    ),
    # 30 s of the room.
    Modality.AUDIO: WindowSpec(
        Modality.AUDIO, 15, 2,
        ("speech_share", "single_voice", "multiple_voices", "silence", "loudness_rel"),
        ("share", "share", "share", "share", "dB over the noise floor"),
    ),
    # 120 s of chat.
    Modality.TEXT: WindowSpec(
        Modality.TEXT, 12, 10,
        ("message_rate", "question_rate", "author_share", "mean_words"),
        ("messages per minute and person", "questions per minute and person", "share of the class in 120 s", "words"),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class FeatureBatch:
    """Windows of a batch of rows (seats, or simulated students), all modalities.

    Attributes:
        values: Per modality ``(batch, steps, columns) float32``, NaN where not measured.
        valid: Per modality ``(batch, steps) bool``, False where the step holds no evidence.
        quality: Per modality ``(batch, steps) float32`` in [0, 1], 0 where invalid.
        phase: ``(batch,) int64`` index into ``PHASES``.
    """

    values: Mapping[Modality, NDArray[np.float32]]
    valid: Mapping[Modality, NDArray[np.bool_]]
    quality: Mapping[Modality, NDArray[np.float32]]
    phase: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.phase)

    @property
    def presence(self) -> NDArray[np.bool_]:
        """``(batch, 3) bool``: whether a modality has any valid step, in the order of ``MODALITIES``."""
        return np.stack([self.valid[m].any(axis=1) for m in MODALITIES], axis=1)
