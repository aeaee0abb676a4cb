"""One file per way of fusion that says how its networks are built and trained; the shipped ones lie in the assets."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from classroom_analyzer.errors import BadInputError
from classroom_analyzer.fusion.attention import HEADS
from classroom_analyzer.fusion.network import FusionKind
from classroom_analyzer.models import assets

__all__ = ["FusionPreset", "Recipe", "read_preset", "shipped_presets"]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a fusion network is trained.

    Attributes:
        epochs: At most.
        patience: Stop after so many epochs without a better validation loss.
        batch_rows: Rows per step.
        learning_rate: Of AdamW, falling to zero along a half cosine.
        weight_decay: Of AdamW.
        modality_dropout: Probability that a present modality is hidden from a row; never all of them (VALIDITY
            section 4).
        phase_dropout: Share of the rows whose phase counts as unknown, as it can be in a lesson.
    """

    epochs: int
    patience: int
    batch_rows: int
    learning_rate: float
    weight_decay: float
    modality_dropout: float
    phase_dropout: float


@dataclass(frozen=True, slots=True)
class FusionPreset:
    """How the members of an ensemble are built and trained.

    Attributes:
        kind: How they join modalities.
        hidden: Width of a token; a multiple of the attention's heads.
        dropout: Share of token entries dropped in training.
        recipe: How they are trained.
    """

    kind: FusionKind
    hidden: int
    dropout: float
    recipe: Recipe


def shipped_presets() -> tuple[str, ...]:
    """Return the names of the shipped presets."""
    return tuple(kind.value for kind in FusionKind)


def read_preset(name: str) -> FusionPreset:
    """Read a preset.

    Args:
        name: A shipped one, or the path of a TOML file of the same shape.

    Raises:
        BadInputError: There is no such file, or something in it is missing, unknown or out of range.
    """
    path = assets.path("fusion", f"{name}.toml") if name in shipped_presets() else Path(name)
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInputError(
            path, f"it is not a preset; give a TOML file or one of {', '.join(shipped_presets())}"
        ) from error
    network, training = document.get("network"), document.get("training")
    names = {field.name for field in fields(Recipe)}
    if not isinstance(network, dict) or not isinstance(training, dict) or set(training) != names:
        raise BadInputError(path, f"it needs [network] and in [training] just these: {', '.join(sorted(names))}")
    try:
        preset = FusionPreset(
            FusionKind(network["kind"]), int(network["hidden"]), float(network["dropout"]), _recipe(training)
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadInputError(
            path, f"[network] needs a kind ({', '.join(shipped_presets())}), and everything else there is a number"
        ) from error
    _check(path, preset)
    return preset


def _recipe(training: dict[str, Any]) -> Recipe:
    return Recipe(
        epochs=int(training["epochs"]),
        patience=int(training["patience"]),
        batch_rows=int(training["batch_rows"]),
        learning_rate=float(training["learning_rate"]),
        weight_decay=float(training["weight_decay"]),
        modality_dropout=float(training["modality_dropout"]),
        phase_dropout=float(training["phase_dropout"]),
    )


def _check(path: Path, preset: FusionPreset) -> None:
    recipe = preset.recipe
    if preset.hidden < HEADS or preset.hidden % HEADS:
        raise BadInputError(path, f"hidden is {preset.hidden}; give a multiple of {HEADS}")
    if min(recipe.epochs, recipe.patience, recipe.batch_rows) < 1 or not recipe.learning_rate > 0:
        raise BadInputError(path, "epochs, patience, batch_rows and learning_rate must be above 0")
    shares = (preset.dropout, recipe.modality_dropout, recipe.phase_dropout)
    if not all(0 <= share < 1 for share in shares) or not recipe.weight_decay >= 0:
        raise BadInputError(path, "dropouts must lie from 0 to below 1, weight_decay must not be negative")
