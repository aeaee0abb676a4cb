"""Trains the on-task heads and their baseline on the labelled classroom talk that MANIFEST.tsv allows to train on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.errors import BadModelError
from classroom_analyzer.models.safe import load_card, load_tensors
from classroom_analyzer.perception.text.on_task import CONTEXT_PREFIX, STUDENT, TEACHER, OnTaskHead
from classroom_analyzer.perception.text.words import BUCKETS
from classroom_analyzer.training.media_data import TrainingFile, training_file
from classroom_analyzer.training.text.kernel_logistic import PENALTY, fit_quadratic
from classroom_analyzer.training.text.on_task_evaluation import Embed, cross_validate
from classroom_analyzer.training.text.talk_table import TalkTable, read_talk
from classroom_analyzer.training.text.tfidf import TfidfBaseline, fit_tfidf
from classroom_analyzer.training.weight_files import write_weights

__all__ = ["BASELINE_NAME", "HEAD_NAME", "OnTaskBaseline", "load_baseline", "train_on_task"]

HEAD_NAME, BASELINE_NAME = "on-task.safetensors", "on-task-baseline.safetensors"
FILE_NAME = "uptake_train.csv"
TEXT, CONTEXT, LABEL, GROUP = "student_text", "teacher_text", "student_on_task", "obs_id"
FOLDS = 5
SALT_HEX_DIGITS = 32
ROW_HASHES = "training_rows"

LIMITS = (
    "Trained on transcribed talk of grade 4 and 5 mathematics lessons in the USA; not measured on typed chat, other "
    "subjects, ages or countries.",
    "English only; messages in other languages are left out, and what is neither is judged by what was written before.",
    "83 in 100 training rows are on task: a low value is rarer and less certain than a high one.",
    "It judges words, and raters saw only the words too: a joke can be on task and a sum can be copied.",
)


@dataclass(frozen=True, slots=True, eq=False)
class OnTaskBaseline:
    """The bundled baseline and what it and the head were trained on.

    Attributes:
        tfidf: Fitted on the texts of the head beside it.
        row_hashes: Hashes of the training rows, as ``row_hashes`` makes them.
        salt: Their salt.
    """

    tfidf: TfidfBaseline
    row_hashes: frozenset[int]
    salt: str


def train_on_task(
    data: Path,
    out: Path,
    embed: Embed,
    *,
    seed: int = 0,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> dict[str, Any]:
    """Train the head of the student's words, the head with the teacher's reply and both baselines, and write them.

    Args:
        data: Folder whose MANIFEST.tsv says what may be trained on.
        out: Folder to write to.
        embed: Gives sentence embeddings of unit length, those that analysis will use.
        seed: Of the folds on which the card's figures rest; the weights do not depend on it.
        progress: Told of every fold.
        cancel: Stops the job; nothing is written then.

    Returns:
        The head's card.

    Raises:
        BadInputError: The data cannot be read.
        OutputNotWritableError: The result cannot be written.
        StoppedByUserError: ``cancel`` was set.
    """
    file = training_file(data, FILE_NAME)
    salt = hashlib.sha256(file.path.read_bytes()).hexdigest()[:SALT_HEX_DIGITS]
    table = read_talk(file.path, text=TEXT, context=CONTEXT, label=LABEL, group=GROUP, salt=salt)
    student_only = TalkTable(table.texts, None, table.share, table.groups, table.hashes)
    vectors = {column: embed(column) for column in table.columns()}

    head: dict[str, NDArray[Any]] = {}
    baseline: dict[str, NDArray[Any]] = {}
    figures = {}
    for name, prefix, rows in (("student", "", student_only), ("with_context", CONTEXT_PREFIX, table)):
        figures[name] = cross_validate(
            rows, FOLDS, lambda texts: vectors[tuple(texts)], seed=seed, progress=progress, cancel=cancel
        ).as_dict()
        fitted = fit_quadratic([vectors[column] for column in rows.columns()], rows.share)
        head |= _head_tensors(prefix, fitted)
        baseline |= _baseline_tensors(prefix, fit_tfidf(rows.columns(), rows.share))
    baseline[ROW_HASHES] = np.array(sorted(frozenset().union(*table.hashes)), np.uint64)
    card = {
        **_card(file, table, seed),
        "name": "on-task",
        "inputs": "MiniLM sentence embedding of one utterance, 384 values of unit length; quadratic form, logistic",
        "penalty": PENALTY,
        "cross_validation": figures,
    }
    beside = {
        **_card(file, table, seed),
        "name": "on-task-baseline",
        "inputs": f"TF-IDF of words and pairs of words hashed to {BUCKETS} places, logistic",
        "salt": salt,
        "training_rows": "salted hashes of the rows, so that evaluation refuses them; no texts",
    }
    write_weights(out / HEAD_NAME, head, card)
    write_weights(out / BASELINE_NAME, baseline, beside)
    return card


def load_baseline(path: Path, *, context: bool = False) -> OnTaskBaseline:
    """Load the baseline beside the head.

    Args:
        path: ``on-task-baseline.safetensors``; its card lies beside it.
        context: The one that reads the teacher's reply too.

    Raises:
        BadModelError: Weights or card are missing, damaged or of another kind.
    """
    card, tensors = load_card(path), load_tensors(path)
    prefix = CONTEXT_PREFIX if context else ""
    try:
        idf, weight, bias = (tensors[prefix + name] for name in ("idf", "weight", "bias"))
        rows, salt = tensors[ROW_HASHES], bytes.fromhex(card["salt"]).hex()
    except (KeyError, TypeError, ValueError) as error:
        raise BadModelError(path, "it is not the baseline of an on-task head; install it again") from error
    if idf.shape != (BUCKETS,) or weight.shape != (BUCKETS,) or bias.shape != (1,):
        raise BadModelError(path, "its arrays have other shapes than those of a baseline; install it again")
    tfidf = TfidfBaseline(idf.astype(np.float64), weight.astype(np.float64), float(bias[0]))
    return OnTaskBaseline(tfidf, frozenset(int(row) for row in rows), salt)


def _head_tensors(prefix: str, head: OnTaskHead) -> dict[str, NDArray[Any]]:
    forms = {prefix + name: form.astype(np.float16) for name, form in zip((STUDENT, TEACHER), head.forms, strict=False)}
    return {**forms, f"{prefix}bias": np.array([head.bias], np.float32)}


def _baseline_tensors(prefix: str, fitted: TfidfBaseline) -> dict[str, NDArray[Any]]:
    return {
        f"{prefix}idf": fitted.idf.astype(np.float16),
        f"{prefix}weight": fitted.weight.astype(np.float16),
        f"{prefix}bias": np.array([fitted.bias], np.float32),
    }


def _card(file: TrainingFile, table: TalkTable, seed: int) -> dict[str, Any]:
    return {
        "version": "0.1.0",
        "date": datetime.now(UTC).date().isoformat(),
        "policy_needed": "engagement",
        "purpose": "share of raters who would probably call an utterance on task; class figures only",
        "out_of_scope": ["judging, ranking or grading a person", "any message that is not English", "moderation"],
        "licence": "Apache-2.0",
        "contact": "the Classroom Analyzer team",
        "training_sets": [{"source": file.source, "licence": file.licence, "files": [file.name]}],
        "attribution": "Conversational uptake data (Demszky and others, ACL 2021), MIT.",
        "rows": {"training": len(table)},
        "groups": len(np.unique(table.groups)),
        "label": "share of three raters who called the student's utterance on task; on task above one half",
        "split": f"{FOLDS}-fold by lesson for the figures; the shipped weights rest on all rows",
        "limits": list(LIMITS),
        "seed": seed,
        "command": f"classroom-analyzer train text --data DATA --out OUT --seed {seed}",
    }
