"""Labels that raters would give ten seconds of a face (boredom, confusion, frustration); under ``research`` only.

A face movement is no emotion (Barrett and others 2019): this repeats how crowd workers labelled adults at webcams, and
whether such labels tell a state of mind is disputed. Only figures of the class come out, from the group minimum on;
codes of faces stay in memory for ten seconds. No weights are bundled. numpy only.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.policy import GROUP_MINIMUM_LIVE, Policy
from classroom_analyzer.domain.readings import Reading, VisionSecond
from classroom_analyzer.errors import BadModelError
from classroom_analyzer.models.safe import load_card, load_tensors

__all__ = [
    "HIGH",
    "LEAST_S",
    "LEVELS",
    "PARTS",
    "SHOWN",
    "STATES",
    "STEADY",
    "WINDOW_S",
    "AffectHead",
    "AffectWatch",
    "load_affect",
    "pooled",
]

STATES = ("boredom", "engagement", "confusion", "frustration")  # as DAiSEE names them; rows of the head
SHOWN = ("boredom", "confusion", "frustration")  # the engagement estimate is another model's
WINDOW_S = 10  # a clip of DAiSEE
LEAST_S = 7  # seconds of it with a face
HIGH = 2  # levels 2 and 3 of 0 to 3
LEVELS = 4
PARTS = ("mean", "scale", "weight", "bias")
STEADY = 1e-6  # added to the variance, so that its root has a gradient everywhere


def pooled(codes: NDArray[np.float32]) -> NDArray[np.float32]:
    """Sum up a window: codes ``(t, d) float32``, one a second, to ``(2 d,)``, their mean and standard deviation."""
    return np.concatenate([codes.mean(axis=0), np.sqrt(codes.var(axis=0) + np.float32(STEADY))])


class AffectHead:
    """P(level >= k) = sigmoid(w . (x - mean) / scale + b_k) for each state, b falling with k (CORAL: Cao et al. 2020).

    Args:
        mean: ``(2 d,) float32`` of the training rows.
        scale: ``(2 d,) float32`` their spread, above 0.
        weight: ``(4, 2 d) float32``, a row for each of ``STATES``.
        bias: ``(4, 3) float32``, never rising along the second axis.
    """

    def __init__(
        self,
        mean: NDArray[np.float32],
        scale: NDArray[np.float32],
        weight: NDArray[np.float32],
        bias: NDArray[np.float32],
    ) -> None:
        self._mean, self._scale, self._weight, self._bias = mean, scale, weight, bias

    @property
    def inputs(self) -> int:
        """Values of a window, 2 d."""
        return len(self._mean)

    def logits(self, windows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Give the logits of P(level >= 1..3), ``(n, 4, 3)``, of windows ``(n, 2 d)`` as ``pooled`` makes them."""
        x = (windows.astype(np.float64) - self._mean) / self._scale
        return np.asarray((x @ self._weight.T.astype(np.float64))[..., None] + self._bias)

    def high(self, windows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Give the probability that a rater would give level 2 or 3, ``(n, 4)`` in the order of ``STATES``."""
        return np.asarray(1 / (1 + np.exp(-self.logits(windows)[..., HIGH - 1])))


def load_affect(path: Path, face_encoder_sha256: str) -> AffectHead:
    """Load a head that a researcher trained.

    Args:
        path: Safetensors; its card lies beside it.
        face_encoder_sha256: Of the lesson's face encoder; the head must have been trained on its codes.

    Raises:
        BadModelError: Weights or card are missing, damaged, of another kind, or of another face encoder.
    """
    card = load_card(path)
    tensors = load_tensors(path)
    try:
        mean, scale, weight, bias = (np.asarray(tensors[name], np.float32) for name in PARTS)
    except KeyError as error:
        raise BadModelError(
            path, f"it holds no {error.args[0]}; train it with: classroom-analyzer train affect"
        ) from error
    sizes_fit = mean.ndim == 1 and scale.shape == mean.shape and weight.shape == (len(STATES), len(mean))
    if not sizes_fit or bias.shape != (len(STATES), LEVELS - 1) or not (scale > 0).all():
        raise BadModelError(path, "its arrays are not those of an affect head; train it again")
    if card.get("states") != list(STATES) or card.get("policy_needed") != Policy.RESEARCH:
        raise BadModelError(path, "its card is not that of an affect head; train it again")
    encoder = card.get("face_encoder")
    if not isinstance(encoder, dict) or encoder.get("sha256") != face_encoder_sha256:
        named = encoder.get("spec") if isinstance(encoder, dict) else "another one"
        raise BadModelError(path, f"it was trained with another face encoder; name it with --face-encoder ({named})")
    return AffectHead(mean, scale, weight, bias)


@dataclass(frozen=True, slots=True, eq=False)
class _SeatSecond:
    """One seat's second: the code of its face, and how well it was seen."""

    code: NDArray[np.float32]
    quality: float


class AffectWatch:
    """Class rows of one lesson: the share of seats that raters would probably label high. Implements ``SeatCodes``.

    Args:
        head: Trained on codes of the lesson's face encoder.
        group_minimum: Seats with enough seconds below which there is no value.
    """

    def __init__(self, head: AffectHead, group_minimum: int = GROUP_MINIMUM_LIVE) -> None:
        self._head = head
        self._minimum = max(group_minimum, GROUP_MINIMUM_LIVE)
        self._seconds: deque[dict[int, _SeatSecond]] = deque(maxlen=WINDOW_S)

    def second(self, closed: VisionSecond, codes: Mapping[int, NDArray[np.float32]]) -> tuple[Reading, ...]:
        """Take one second.

        Args:
            closed: What the picture gave in it.
            codes: Codes ``(d,)`` of the faces encoded in it, by seat; excluded seats are never among them.

        Returns:
            ``affect.boredom``, ``affect.confusion`` and ``affect.frustration`` over the last 10 s: the mean probability
            of a high label over the seats that were seen for 7 s of them; without a value below the group minimum.
        """
        quality = {row.seat: row.quality for row in closed.seats}
        self._seconds.append({seat: _SeatSecond(code, quality.get(seat, 0.0)) for seat, code in codes.items()})
        seats = sorted(set().union(*self._seconds))
        windows = [[second[seat] for second in self._seconds if seat in second] for seat in seats]
        return self._readings([window for window in windows if len(window) >= LEAST_S])

    def _readings(self, windows: Sequence[Sequence[_SeatSecond]]) -> tuple[Reading, ...]:
        n = len(windows)
        if n < self._minimum:
            return tuple(Reading(f"affect.{state}", None, "share", None, n) for state in SHOWN)
        high = self._head.high(np.stack([pooled(np.stack([s.code for s in window])) for window in windows]))
        quality = fmean(sum(s.quality for s in window) / WINDOW_S for window in windows)
        means = high.mean(axis=0)
        return tuple(Reading(f"affect.{s}", float(means[STATES.index(s)]), "share", quality, n) for s in SHOWN)
