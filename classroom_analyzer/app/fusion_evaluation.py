"""Measure a fusion bundle beside its baselines and rivals, and write the report of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.errors import BadModelError, ClassroomAnalyzerError
from classroom_analyzer.models import assets
from classroom_analyzer.models.store import ModelStore
from classroom_analyzer.training.report.target import check_target

if TYPE_CHECKING:
    from collections.abc import Mapping

    from classroom_analyzer.domain.features import WindowSpec
    from classroom_analyzer.domain.modality import Modality
    from classroom_analyzer.fusion.bundle import FusionBundle
    from classroom_analyzer.training.fusion.evaluation import Rivals

__all__ = ["BUNDLED", "SIMULATED", "evaluate_fusion"]

BUNDLED = "bundled:fusion"
SIMULATED = "simulated"


def evaluate_fusion(
    data: str,
    home: Path,
    *,
    bundle: str = BUNDLED,
    out: Path | None = None,
    seed: int = 0,
    classes: int = 160,
    lessons: int = 30,
    every_second: bool = False,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> dict[str, Any]:
    """Score a bundle.

    Args:
        data: ``simulated``, or a data set by its spec or folder.
        home: Folder of all state.
        bundle: Spec of a model, or a safetensors file with its card beside it. Rivals are looked for beside it, then
            among the bundled ones.
        out: Where ``report.html``, ``report.md`` and ``report.json`` go; nothing is written when None.
        seed: Of everything drawn.
        classes: Simulated test classes per training world.
        lessons: Simulated lessons without change.
        every_second: Run those second by second.
        progress: Reported to.
        cancel: A stop leaves nothing.

    Returns:
        What ``evaluate fusion --json`` prints.

    Raises:
        UsageError: The spec of a model or data set has no known form.
        BadInputError: The data set cannot be used, or does not fit the bundle.
        ModelMissingError: The bundle is not on this machine.
        BadModelError: The bundle must not be used.
        OutputNotWritableError: The report cannot be written, or there is one already.
        StoppedByUserError: A stop was asked for.
    """
    if out is not None:
        check_target(out)
    path = _path_of(bundle, home)
    from classroom_analyzer.app.noise_clips import noise_abstention
    from classroom_analyzer.domain.features import WINDOWS
    from classroom_analyzer.fusion.bundle import load_bundle
    from classroom_analyzer.perception.device import use_one_thread
    from classroom_analyzer.training.fusion import evaluation, goals
    from classroom_analyzer.training.report.page import write_report

    use_one_thread()
    if data == SIMULATED:
        chosen = load_bundle(path)
        report = evaluation.evaluate_on_simulated(
            chosen,
            _rivals(path, chosen, WINDOWS),
            seed=seed,
            classes=classes,
            every_second=every_second,
            stationary=lessons,
            progress=progress,
            cancel=cancel,
        )
        if bundle == BUNDLED:
            report["noise"] = noise_abstention(seed=seed, progress=progress, cancel=cancel)
            report["goals"] = goals.goals(report)
    else:
        from classroom_analyzer.training.datasets.open import open_data_set

        found = open_data_set(data, home, seed=seed, classes=classes, progress=progress, cancel=cancel)
        chosen = load_bundle(path, found.windows)
        report = evaluation.evaluate_on_data(
            chosen, _rivals(path, chosen, found.windows), found, seed=seed, progress=progress, cancel=cancel
        )
    card = chosen.card
    described = {name: card.get(name) for name in ("name", "version", "date", "command", "sha256", "notice")}
    report = {
        "model": {"spec": bundle, "kind": chosen.kind.value, **described, "limits": list(card.get("limits", ()))},
        **report,
    }
    if out is not None:
        write_report(report, out)
    return report


def _path_of(bundle: str, home: Path) -> Path:
    path = Path(bundle).expanduser()
    if path.suffix == ".safetensors":
        if not path.is_file():
            raise BadModelError(path, "there is no such file; name a fusion bundle, such as bundled:fusion")
        return path
    return ModelStore(home).resolve(bundle, "fusion").path


def _rivals(path: Path, ours: FusionBundle, windows: Mapping[Modality, WindowSpec]) -> Rivals:
    """Load the other ways of fusion; one that is not there or cannot be used is left out with its reason."""
    from classroom_analyzer.fusion.bundle import load_bundle
    from classroom_analyzer.training.fusion.evaluation import RIVALS, Rivals

    bundles, missing = {}, {}
    for kind in RIVALS:
        name = f"fusion-{kind}.safetensors"
        if kind == ours.kind.value:
            missing[kind] = "it is what is measured"
            continue
        places = (path.with_name(f"{path.stem}-{kind}.safetensors"), assets.path("models", name))
        file = next((p for p in places if p.is_file()), None)
        if file is None:
            missing[kind] = f"there is no {name}; train it with train fusion, which writes all ways"
            continue
        try:
            bundles[kind] = load_bundle(file, windows)
        except ClassroomAnalyzerError as error:
            missing[kind] = str(error)
    return Rivals(bundles, missing)
