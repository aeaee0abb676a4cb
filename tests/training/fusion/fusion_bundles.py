"""Bundles that were never trained, in memory and as files: enough for what does not depend on what was learned."""

from __future__ import annotations

from pathlib import Path

from classroom_analyzer.fusion.bundle import FusionBundle, save_bundle
from classroom_analyzer.fusion.network import FusionKind
from tests.fusion.fusion_samples import untrained_parts


def untrained_bundle(kind: FusionKind = FusionKind.ATTENTION) -> FusionBundle:
    ensemble, calibration, gauges = untrained_parts(kind, members=1)
    return FusionBundle(kind, ensemble, calibration, gauges, {})


def save_untrained(folder: Path, *kinds: FusionKind) -> Path:
    """Write ``fusion.safetensors`` (attention) and ``fusion-KIND.safetensors``, as they lie among the assets."""
    card = {"name": "untrained", "version": "0", "notice": "never trained", "limits": ["it knows nothing"]}
    for kind in kinds:
        name = "fusion" if kind is FusionKind.ATTENTION else f"fusion-{kind.value}"
        save_bundle(folder / f"{name}.safetensors", kind, *untrained_parts(kind, members=1), card)
    return folder / "fusion.safetensors"
