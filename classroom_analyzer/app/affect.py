"""Affect labels: what a study must have before a head is trained or opened, and how both are done (TRUST section 1)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from classroom_analyzer.domain.policy import Policy, PolicyGrant
from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.errors import PolicyRefusedError, UsageError
from classroom_analyzer.models.safe import load_card, sha256_of
from classroom_analyzer.models.store import ModelFiles, ModelStore

if TYPE_CHECKING:
    from classroom_analyzer.perception.vision.affect import AffectWatch

__all__ = ["AFFECT_NOTICE", "build_affect", "check_study", "feature_folder", "train_affect_head"]

ROLE = "affect"
ENCODER_ROLE = "face encoder"
DETECTOR = "bundled:centerface"
DATA_SET = "daisee"
AFFECT_NOTICE = (
    "affect rows repeat which labels raters of other people's faces would probably give; their scientific basis is "
    "disputed, they are often wrong and are no facts about anybody: for the approved study only"
)


def check_study(grant: PolicyGrant) -> None:
    """Refuse whatever is no approved study; that one needs its references is checked where policies are decided.

    Raises:
        PolicyRefusedError: The policy is not ``research``.
    """
    if grant.policy is not Policy.RESEARCH:
        raise PolicyRefusedError(
            "affect labels are for approved studies only: add --policy research --ethics REFERENCE --legal-basis TEXT"
        )


def build_affect(
    spec: str, grant: PolicyGrant, store: ModelStore, face_encoder_sha256: str
) -> tuple[ModelFiles, AffectWatch]:
    """Open a head that a researcher trained, for one lesson.

    Args:
        spec: ``local:NAME`` or the path of its safetensors file.
        grant: Policy of the lesson.
        store: The user's models.
        face_encoder_sha256: Of the lesson's face encoder.

    Raises:
        PolicyRefusedError: The policy is not ``research``; no file was opened.
        ModelMissingError: It is not there.
        BadModelError: It must not be used, or was trained with another face encoder.
    """
    check_study(grant)
    from classroom_analyzer.perception.vision.affect import AffectWatch, load_affect

    files = _affect_files(spec, store)
    return files, AffectWatch(load_affect(files.path, face_encoder_sha256))


def feature_folder(home: Path) -> Path:
    """Return where training keeps features of faces."""
    from classroom_analyzer.training.feature_cache import cache_folder

    return cache_folder(home)


def train_affect_head(
    data: str,
    out: Path,
    home: Path,
    grant: PolicyGrant,
    *,
    face_encoder: str,
    fine_tune: bool = False,
    use_cache: bool = True,
    resume: bool = False,
    seed: int = 0,
    log_dir: Path | None = None,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> dict[str, Any]:
    """Train a head for an approved study.

    Args:
        data: ``daisee:DIR``.
        out: Folder to write to.
        home: Folder of all state.
        grant: Policy with the study's references.
        face_encoder: ``bundled:face-autoencoder``, ``hf:`` or ``dir:``.
        fine_tune: Whether the face encoder is trained on, too.
        use_cache: Whether what was made of the clips is kept for the next run.
        resume: Go on from the checkpoints of a stopped run in ``out``.
        seed: Of everything drawn.
        log_dir: TensorBoard logs.
        progress: Told of clips and epochs.
        cancel: Stops the job.

    Returns:
        The card.

    Raises:
        PolicyRefusedError: It is no approved study; nothing was read.
        UsageError: The data is not named rightly, or the face encoder cannot be fine-tuned.
        BadInputError: The data cannot be used.
        ModelMissingError: A model is not on this machine.
        BadModelError: A model must not be used.
        OutputNotWritableError: The result cannot be written.
        StoppedByUserError: ``cancel`` was set.
    """
    check_study(grant)
    name, _, folder = data.partition(":")
    if name != DATA_SET or not folder:
        raise UsageError(f"affect heads are trained on DAiSEE: --data {DATA_SET}:DIR, not {data!r}")
    if fine_tune and face_encoder.startswith("bundled:"):
        raise UsageError("only a network named by hf: or dir: can be fine-tuned; name one with --face-encoder")
    from classroom_analyzer.perception.device import best_device
    from classroom_analyzer.training.affect.train import AffectJob, train_affect
    from classroom_analyzer.training.datasets.daisee import read_daisee

    root, store = Path(folder).expanduser(), ModelStore(home)
    job = AffectJob(
        clips=read_daisee(root),
        root=root,
        encoder=store.resolve(face_encoder, ENCODER_ROLE),
        detector=store.resolve(DETECTOR, "face detector"),
        out=out,
        device=best_device(),
        cache=feature_folder(home) if use_cache else None,
        fine_tune=fine_tune,
        study={"ethics_reference": grant.ethics_reference or "", "legal_basis": grant.legal_basis or ""},
        seed=seed,
        resume=resume,
        log_dir=log_dir,
    )
    return train_affect(job, progress=progress, cancel=cancel)


def _affect_files(spec: str, store: ModelStore) -> ModelFiles:
    if not spec.endswith(".safetensors"):
        if spec.startswith("local:"):
            return store.resolve(spec, ROLE)
        raise UsageError(f"{spec!r} is no affect model; name its .safetensors file, or local:NAME after models add")
    path = Path(spec).expanduser()
    card = load_card(path)
    return ModelFiles(ROLE, spec, path, sha256_of(path), str(card.get("licence", "unknown")))
