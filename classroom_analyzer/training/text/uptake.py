"""Trains the uptake head on exchanges that three raters judged, with TF-IDF and shared words as baselines beside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.perception.text.uptake import PARTS, UptakeHead
from classroom_analyzer.training import metrics
from classroom_analyzer.training.media_data import training_file
from classroom_analyzer.training.text.kernel_logistic import solve_dual
from classroom_analyzer.training.text.on_task_evaluation import Embed, auroc_interval, folds_by_group
from classroom_analyzer.training.text.talk_table import TalkTable, read_talk
from classroom_analyzer.training.text.tfidf import fit_tfidf
from classroom_analyzer.training.weight_files import half, write_weights

__all__ = ["UPTAKE_NAME", "cross_validate_uptake", "fit_uptake", "shared_words", "train_uptake"]

UPTAKE_NAME = "uptake.safetensors"
FILE_NAME = "uptake_train.csv"
HIGHEST = 2.0  # raters' steps: 0 low, 1 mid, 2 high
FOLDS = 5
# Weights of the kernels and penalty, chosen on these lessons with two other ways of dealing them out.
STUDENT_SCALE, TEACHER_SCALE, CROSS_SCALE, PRODUCT_SCALE, COSINE_SCALE = 0.25, 1.0, 1.0, 50.0, 5.0
PENALTY = 1.0
_WORD = re.compile(r"[^\W\d_]+|\d+")

Floats = NDArray[np.float64]
Vectors = NDArray[np.float32]


def train_uptake(
    data: Path,
    out: Path,
    embed: Embed,
    *,
    seed: int = 0,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> dict[str, Any]:
    """Train the head on all rows, cross-validate it by lesson, and write it with its card.

    Args:
        data: Folder whose MANIFEST.tsv says what may be trained on.
        out: Folder to write to.
        embed: Gives sentence embeddings of unit length, those that analysis will use.
        seed: Of the folds.
        progress: Told of every fold.
        cancel: Stops the job; nothing is written then.

    Returns:
        The card.

    Raises:
        BadInputError: The data cannot be read.
        OutputNotWritableError: The result cannot be written.
        StoppedByUserError: ``cancel`` was set.
    """
    file = training_file(data, FILE_NAME)
    table = read_talk(
        file.path, text="student_text", context="teacher_text", label="uptake", group="obs_id", highest=HIGHEST
    )
    student, teacher = (embed(column) for column in table.columns())
    figures = cross_validate_uptake(table, student, teacher, seed=seed, progress=progress, cancel=cancel)
    head = fit_uptake(student, teacher, table.share)
    card: dict[str, Any] = {
        "name": "uptake",
        "version": "0.1.0",
        "date": datetime.now(UTC).date().isoformat(),
        "policy_needed": "engagement",
        "purpose": "how much a teacher's reply takes up what a student said; class figures only",
        "out_of_scope": ["judging, ranking or appraising a teacher or a student", "any exchange that is not English"],
        "inputs": "MiniLM sentence embeddings of both texts, 384 values of unit length each; quadratic, logistic",
        "licence": "Apache-2.0",
        "contact": "the Classroom Analyzer team",
        "training_sets": [{"source": file.source, "licence": file.licence, "files": [file.name]}],
        "attribution": "Conversational uptake data (Demszky and others, ACL 2021), MIT.",
        "rows": {"training": len(table)},
        "groups": len(np.unique(table.groups)),
        "label": "mean step of the raters, 0 low to 2 high, halved; high above their middle step",
        "split": f"{FOLDS}-fold by lesson for the figures; the shipped weights rest on all rows",
        "cross_validation": figures,
        "penalty": PENALTY,
        "limits": [
            "Trained on transcribed exchanges of grade 4 and 5 mathematics lessons in the USA; not measured elsewhere, "
            "nor on the output of speech recognition.",
            "English only.",
            "Raters differ: all who judged an exchange agreed in one of three exchanges.",
            "Repeating a student's words counts as uptake; whether it helps is not judged.",
        ],
        "seed": seed,
        "command": f"classroom-analyzer train text --data DATA --out OUT --seed {seed}",
    }
    parts = (head.student, head.teacher, head.cross, head.product)
    tensors: dict[str, NDArray[Any]] = {name: part.astype(np.float16) for name, part in zip(PARTS, parts, strict=False)}
    write_weights(out / UPTAKE_NAME, {**tensors, "bias": np.array([head.bias], np.float32)}, card)
    return card


def fit_uptake(student: Vectors, teacher: Vectors, share: Floats) -> UptakeHead:
    """Fit a head by kernel logistic regression; the kernel's parts are those of ``UptakeHead``.

    Args:
        student: ``(n, d) float32`` unit rows; n up to ``kernel_logistic.MAX_ROWS``.
        teacher: ``(n, d) float32`` unit rows.
        share: ``(n,)`` raters' mean judgement in [0, 1].

    Returns:
        The head; its arrays hold half precision values.
    """
    s, t = student.astype(np.float64), teacher.astype(np.float64)
    product = s * t
    cosine = product.sum(axis=1)
    of_students, of_teachers = s @ s.T, t @ t.T
    kernel = STUDENT_SCALE * of_students**2 + TEACHER_SCALE * of_teachers**2 + CROSS_SCALE * of_students * of_teachers
    kernel += PRODUCT_SCALE * product @ product.T + COSINE_SCALE * np.outer(cosine, cosine)
    dual, bias = solve_dual(kernel, share, PENALTY)
    return UptakeHead(
        half(STUDENT_SCALE * (s.T * dual) @ s),
        half(TEACHER_SCALE * (t.T * dual) @ t),
        half(CROSS_SCALE * (s.T * dual) @ t),
        half(PRODUCT_SCALE * product.T @ dual + COSINE_SCALE * (cosine @ dual)),
        float(np.float32(bias)),
    )


def cross_validate_uptake(
    table: TalkTable,
    student: Vectors,
    teacher: Vectors,
    *,
    seed: int = 0,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> dict[str, Any]:
    """Score head and TF-IDF on lessons that they were not fitted to, and shared words.

    Args:
        table: Exchanges with the teacher's reply as context.
        student: ``(n, d) float32`` unit rows.
        teacher: ``(n, d) float32`` unit rows.
        seed: Of the folds.
        progress: Told of every fold.
        cancel: Looked at before every fold.

    Returns:
        ``n, groups, prevalence``, AUROC of high uptake (with an interval over lessons for the head) and Spearman's rank
        correlation with the raters' mean, for head, TF-IDF and shared words.
    """
    fold = folds_by_group(table.groups, FOLDS, seed)
    head_score, baseline = np.zeros(len(table)), np.zeros(len(table))
    columns = table.columns()
    for number in range(FOLDS):
        progress("cross-validating", number, FOLDS)
        (cancel or CancelToken()).raise_if_cancelled()
        train, held = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        assert not np.intersect1d(table.groups[train], table.groups[held]).size
        head_score[held] = fit_uptake(student[train], teacher[train], table.share[train]).probability(
            student[held], teacher[held]
        )
        fitted = fit_tfidf([[column[row] for row in train] for column in columns], table.share[train])
        baseline[held] = fitted.log_odds(*([column[row] for row in held] for column in columns))
    overlap = shared_words(*columns)
    return {
        "n": len(table),
        "groups": len(np.unique(table.groups)),
        "prevalence": float(table.on_task.mean()),
        "auroc": metrics.auroc(table.on_task, head_score),
        "auroc_ci95": auroc_interval(table.on_task, head_score, table.groups),
        "spearman": _rank_correlation(head_score, table.share),
        "tfidf": {
            "auroc": metrics.auroc(table.on_task, baseline),
            "spearman": _rank_correlation(baseline, table.share),
        },
        "shared_words": {
            "auroc": metrics.auroc(table.on_task, overlap),
            "spearman": _rank_correlation(overlap, table.share),
        },
    }


def shared_words(student: Sequence[str], teacher: Sequence[str]) -> Floats:
    """Count the distinct words and numbers that both texts of each exchange hold, ``(n,)``."""
    pairs = zip(student, teacher, strict=True)
    return np.array([len(set(_words(said)) & set(_words(reply))) for said, reply in pairs], np.float64)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _rank_correlation(a: Floats, b: Floats) -> float:
    return float(spearmanr(a, b).statistic)
