"""The fusion bundle: networks, their calibration and the rules of abstention in one safetensors file with a card."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.special import expit

from classroom_analyzer.domain.features import WINDOWS, FeatureBatch, WindowSpec
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.errors import BadModelError
from classroom_analyzer.fusion.attention import HEADS
from classroom_analyzer.fusion.encoders import Scaling
from classroom_analyzer.fusion.network import Ensemble, FusionKind, FusionNetwork
from classroom_analyzer.fusion.novelty import NoveltyGauge
from classroom_analyzer.fusion.protocol import LEVELS, FusionModel, level_probabilities
from classroom_analyzer.fusion.rows import SUBSETS, subset_index
from classroom_analyzer.models.safe import card_path, load_card, load_tensors, sha256_of

__all__ = ["BUNDLE_VERSION", "Calibrated", "Calibration", "FusionBundle", "load_bundle", "named_level", "save_bundle"]

BUNDLE_VERSION = 2
MAX_MEMBERS = 20
MOST_HIDDEN = 1024
SMALLEST_P = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """What calibration classes taught about a model.

    Attributes:
        temperatures: ``(8,)`` by subset index; logits are divided by them (Guo et al. 2017).
        prior_levels: ``(4,)`` P(level) without any evidence.
        class_variance: ``(8,)`` variance of the error that a whole class shares, by subset; for the empty subset the
            variance of class means around the prior.
        seat_variance: ``(8,)`` variance of the error of one seat around its class's; for the empty subset that of
            students around their class's mean.
        band_scale: The standard deviation of the class line is multiplied by this, so that the 80 % interval held
            80 % of the calibration lines.
        tau: The class line abstains when neither "low" (levels 0-1) nor "not low" is this probable. Observers agree
            on that far better than on four levels (Whitehill et al. 2014: kappa .96 against .56).
        seat_tau: The same for a seat.
        level_strengths: ``(8,)`` by subset index: the level named for a row is the one with the largest
            P(level) / prior^strength. 0 names the most probable level, which with unbalanced levels is nearly always
            the commonest one; 1 balances them (logit adjustment: Menon et al. 2021). Probabilities stay as they are.
    """

    temperatures: NDArray[np.float64]
    prior_levels: NDArray[np.float64]
    class_variance: NDArray[np.float64]
    seat_variance: NDArray[np.float64]
    band_scale: float
    tau: float
    seat_tau: float
    level_strengths: NDArray[np.float64]

    @property
    def prior(self) -> float:
        """Engagement without any evidence: expected level / 3."""
        return float(self.prior_levels @ np.arange(LEVELS)) / (LEVELS - 1)

    @property
    def between_seat_variance(self) -> float:
        """Variance of students around the mean of their class."""
        return float(self.seat_variance[0])


@dataclass(frozen=True, slots=True, eq=False)
class Calibrated:
    """Calibrated estimates of a batch.

    Attributes:
        engagement: ``(members, ..., batch)`` expected level / 3 of each member, in [0, 1].
        probabilities: ``(..., batch, 4)`` P(level 0..3), mean of the members.
        level: ``(..., batch) int64``, the level named for the row (``Calibration.level_strengths``).
    """

    engagement: NDArray[np.float64]
    probabilities: NDArray[np.float64]
    level: NDArray[np.int64]

    @property
    def mean(self) -> NDArray[np.float64]:
        """``(..., batch)``: mean of the members."""
        return np.asarray(self.engagement.mean(axis=0))


def calibrate_logits(logits: NDArray[np.float64], subsets: NDArray[np.int64], calibration: Calibration) -> Calibrated:
    """Apply temperatures and the prior to cumulative logits ``(members, ..., 3)``, given the subset of each row."""
    cumulative = expit(logits / calibration.temperatures[subsets][None, ..., None])
    nothing = subsets == 0
    cumulative[:, nothing] = np.cumsum(calibration.prior_levels[::-1])[-2::-1]
    probabilities = level_probabilities(cumulative).mean(axis=0)
    level = named_level(probabilities, calibration.prior_levels, calibration.level_strengths[subsets])
    return Calibrated(np.asarray(cumulative.mean(axis=-1)), np.asarray(probabilities), level)


def named_level(
    probabilities: NDArray[np.float64], prior: NDArray[np.float64], strength: NDArray[np.float64] | float
) -> NDArray[np.int64]:
    """Return the level with the largest P(level) / prior^strength.

    Args:
        probabilities: ``(..., 4)``.
        prior: ``(4,)``.
        strength: ``(...)`` or one for all.
    """
    chance = np.log(np.maximum(prior, SMALLEST_P))
    lean = np.log(np.maximum(probabilities, SMALLEST_P)) - np.asarray(strength)[..., None] * chance
    return np.asarray(lean.argmax(axis=-1), np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class FusionBundle:
    """A calibrated fusion model.

    Attributes:
        kind: How it joins modalities.
        model: The ensemble.
        calibration: Of this model.
        gauges: What counts as out of distribution, per modality.
        card: Model card (VALIDITY section 8).
        windows: What the columns that it reads are; another set of columns than ``WINDOWS`` is research's.
    """

    kind: FusionKind
    model: FusionModel
    calibration: Calibration
    gauges: Mapping[Modality, NoveltyGauge]
    card: Mapping[str, Any]
    windows: Mapping[Modality, WindowSpec] = field(default_factory=lambda: WINDOWS)

    def estimate(self, batch: FeatureBatch, presence: NDArray[np.bool_]) -> Calibrated:
        """Estimate all rows, each from the modalities it is shown; a row without evidence gets the prior.

        Args:
            batch: Windows.
            presence: ``(..., batch, 3) bool``, one or several masks.
        """
        logits = self.model.predict(batch, presence).cumulative_logits
        return calibrate_logits(logits, subset_index(presence & batch.presence), self.calibration)


def columns(windows: Mapping[Modality, WindowSpec]) -> dict[str, list[str]]:
    """Return the columns of windows, for the card."""
    return {m.value: list(windows[m].names) for m in MODALITIES}


def save_bundle(
    path: Path,
    kind: FusionKind,
    ensemble: Ensemble,
    calibration: Calibration,
    gauges: Mapping[Modality, NoveltyGauge],
    card: Mapping[str, Any],
) -> None:
    """Write ``NAME.safetensors`` and ``NAME.json`` beside it; both appear whole or not at all.

    Args:
        path: Weight file to write.
        kind: How the members join modalities.
        ensemble: The members.
        calibration: Of the ensemble.
        gauges: One per modality.
        card: The rest of the card; what describes the file itself is added.
    """
    from safetensors.numpy import save

    tensors: dict[str, NDArray[Any]] = {
        f"member{i}.{name}": value.detach().cpu().numpy()
        for i, network in enumerate(ensemble.networks)
        for name, value in network.state_dict().items()
    }
    tensors |= {
        "calibration.temperatures": calibration.temperatures,
        "calibration.prior_levels": calibration.prior_levels,
        "calibration.class_variance": calibration.class_variance,
        "calibration.seat_variance": calibration.seat_variance,
        "calibration.level_strengths": calibration.level_strengths,
        "calibration.line": np.array([calibration.band_scale, calibration.tau, calibration.seat_tau]),
    }
    for m in MODALITIES:
        tensors |= {
            f"scaling.{m}.mean": ensemble.scaling.mean[m],
            f"scaling.{m}.sd": ensemble.scaling.sd[m],
            f"novelty.{m}.centre": gauges[m].centre,
            f"novelty.{m}.sd": gauges[m].sd,
            f"novelty.{m}.precision": gauges[m].precision,
            f"novelty.{m}.limit": np.array([gauges[m].limit]),
        }
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    partial.write_bytes(save({name: np.ascontiguousarray(value) for name, value in tensors.items()}))
    described = {
        "bundle_version": BUNDLE_VERSION,
        "kind": kind.value,
        "members": len(ensemble.networks),
        "hidden": ensemble.networks[0].dim,
        "columns": columns(ensemble.windows),
        "sha256": sha256_of(partial),
        **card,
    }
    partial_card = card_path(path).with_name(card_path(path).name + ".partial")
    partial_card.write_text(json.dumps(described, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    partial.replace(path)
    partial_card.replace(card_path(path))


def load_bundle(path: Path, windows: Mapping[Modality, WindowSpec] = WINDOWS) -> FusionBundle:
    """Read a bundle.

    Args:
        path: The safetensors file; its card lies beside it.
        windows: What the columns of the data are that it is wanted for.

    Raises:
        BadModelError: The card is missing or speaks of another file, version, kind or set of columns, or a tensor is
            missing, superfluous or of the wrong shape.
    """
    card = load_card(path)
    if card.get("bundle_version") != BUNDLE_VERSION:
        raise BadModelError(path, f"it is not a fusion bundle of version {BUNDLE_VERSION}; install a fitting one")
    if card.get("columns") != columns(windows):
        raise BadModelError(path, "it was trained on other measurements than these; train it again on them")
    kinds = {kind.value: kind for kind in FusionKind}
    kind, members, hidden = kinds.get(str(card.get("kind"))), card.get("members"), card.get("hidden")
    if kind is None:
        raise BadModelError(path, f"its kind is {card.get('kind')!r}; there are: {', '.join(kinds)}")
    if not isinstance(members, int) or not 1 <= members <= MAX_MEMBERS:
        raise BadModelError(path, f"its card names {members!r} members; 1 to {MAX_MEMBERS} can be used")
    if not isinstance(hidden, int) or not 0 < hidden <= MOST_HIDDEN or hidden % HEADS:
        raise BadModelError(path, f"its card names {hidden!r} hidden units, no multiple of {HEADS} up to {MOST_HIDDEN}")
    tensors = _Tensors(path, load_tensors(path))
    networks = [tensors.network(f"member{i}.", FusionNetwork(kind, hidden, windows=windows)) for i in range(members)]
    widths = {m: len(windows[m].names) for m in MODALITIES}
    scaling = Scaling(
        {m: tensors.take(f"scaling.{m}.mean", (widths[m],)) for m in MODALITIES},
        {m: tensors.spread(f"scaling.{m}.sd", widths[m]) for m in MODALITIES},
    )
    gauges = {m: tensors.gauge(m, widths[m]) for m in MODALITIES}
    band_scale, tau, seat_tau = tensors.take("calibration.line", (3,)).tolist()
    calibration = Calibration(
        tensors.take("calibration.temperatures", (SUBSETS,)),
        tensors.take("calibration.prior_levels", (LEVELS,)),
        tensors.take("calibration.class_variance", (SUBSETS,)),
        tensors.take("calibration.seat_variance", (SUBSETS,)),
        band_scale,
        tau,
        seat_tau,
        tensors.take("calibration.level_strengths", (SUBSETS,)),
    )
    tensors.check_all_taken()
    positive = (*calibration.temperatures, *calibration.class_variance, *calibration.seat_variance, band_scale)
    prior = calibration.prior_levels
    if min(positive) <= 0 or min(prior) < 0 or not np.isclose(prior.sum(), 1):
        raise BadModelError(path, "its calibration is not usable; train it again")
    return FusionBundle(kind, Ensemble(networks, scaling, windows), calibration, gauges, card, windows)


class _Tensors:
    """The arrays of a bundle file, each taken once with its shape checked."""

    def __init__(self, path: Path, arrays: dict[str, NDArray[Any]]) -> None:
        self._path = path
        self._arrays = arrays

    def take(self, name: str, shape: tuple[int, ...]) -> NDArray[np.float64]:
        array = self._arrays.pop(name, None)
        if array is None or array.shape != shape:
            found = "missing" if array is None else f"of shape {array.shape}"
            raise BadModelError(self._path, f"{name} is {found} where {shape} is needed; install it again")
        if not np.issubdtype(array.dtype, np.floating):
            raise BadModelError(self._path, f"{name} is of type {array.dtype}, which no weights are; install it again")
        return array.astype(np.float64)

    def spread(self, name: str, size: int) -> NDArray[np.float64]:
        """Take what values are divided by."""
        array = self.take(name, (size,))
        if not (array > 0).all():
            raise BadModelError(self._path, f"{name} is not above 0 everywhere; train it again")
        return array

    def network(self, prefix: str, network: FusionNetwork) -> FusionNetwork:
        wanted = network.state_dict()
        state = {name: self.take(prefix + name, tuple(value.shape)) for name, value in wanted.items()}
        network.load_state_dict({name: torch.from_numpy(a).to(wanted[name].dtype) for name, a in state.items()})
        return network

    def gauge(self, modality: Modality, size: int) -> NoveltyGauge:
        return NoveltyGauge(
            modality,
            self.take(f"novelty.{modality}.centre", (size,)),
            self.spread(f"novelty.{modality}.sd", size),
            self.take(f"novelty.{modality}.precision", (size, size)),
            float(self.take(f"novelty.{modality}.limit", (1,))[0]),
        )

    def check_all_taken(self) -> None:
        if self._arrays:
            raise BadModelError(self._path, f"it holds {next(iter(self._arrays))}, which no fusion bundle has")
