"""Trains the confusion head of ``research`` on forum comments and scores it on comments kept apart, TF-IDF beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.perception.text.confusion import ConfusionHead
from classroom_analyzer.training import metrics
from classroom_analyzer.training.media_data import training_file
from classroom_analyzer.training.text.kernel_logistic import PENALTY, solve_dual
from classroom_analyzer.training.text.on_task_evaluation import Embed, auroc_interval
from classroom_analyzer.training.text.tfidf import fit_tfidf, word_rows
from classroom_analyzer.training.weight_files import half, write_weights

__all__ = ["CONFUSION_NAME", "Comments", "fit_confusion", "read_comments", "train_confusion"]

CONFUSION_NAME = "confusion.safetensors"
TRAIN_NAME, TEST_NAME, LABELS_NAME = "goemotions_train.tsv", "goemotions_dev.tsv", "goemotions_labels.txt"
LABEL = "confusion"
MOST_ROWS = 5000  # all that carry the label, and drawn ones without it


@dataclass(frozen=True, slots=True, eq=False)
class Comments:
    """Comments and whether a rater gave the label: ``positive`` is ``(n,) bool``."""

    texts: tuple[str, ...]
    positive: NDArray[np.bool_]

    def picked(self, rows: NDArray[np.int64]) -> Comments:
        """Take some rows."""
        return Comments(tuple(self.texts[row] for row in rows), self.positive[rows])


def read_comments(path: Path, label: int) -> Comments:
    """Read a GoEmotions table: text, numbers of the labels with commas between them, id; tabs, no line of names.

    Args:
        path: UTF-8.
        label: Number of the label.

    Raises:
        BadInputError: It cannot be read so.
    """
    try:
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        positive = np.array([label in map(int, row[1].split(",")) for row in rows], bool)
    except (OSError, UnicodeDecodeError, ValueError, IndexError) as error:
        raise BadInputError(path, f"it is not a table of text, label numbers and id ({error})") from error
    return Comments(tuple(row[0] for row in rows), positive)


def train_confusion(
    data: Path,
    out: Path,
    embed: Embed,
    *,
    seed: int = 0,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> dict[str, Any]:
    """Train the head, score it on the comments kept apart, and write it with its card.

    Args:
        data: Folder whose MANIFEST.tsv says what may be trained on.
        out: Folder to write to.
        embed: Gives sentence embeddings of unit length, those that analysis will use.
        seed: Of the draw of comments without the label.
        progress: Told of every step.
        cancel: Looked at between steps; nothing is written then.

    Returns:
        The card.

    Raises:
        BadInputError: The data cannot be read.
        OutputNotWritableError: The result cannot be written.
        StoppedByUserError: ``cancel`` was set.
    """
    stop = cancel or CancelToken()
    train_file, test_file = training_file(data, TRAIN_NAME), training_file(data, TEST_NAME)
    label = _label_number(training_file(data, LABELS_NAME).path)
    everything, kept_apart = read_comments(train_file.path, label), read_comments(test_file.path, label)
    known = {_key(text) for text in everything.texts}
    test = kept_apart.picked(np.array([k for k, text in enumerate(kept_apart.texts) if _key(text) not in known]))
    train, log_drawn_share = _drawn(everything, np.random.default_rng(seed))

    progress("embedding comments", 0, 3)
    vectors = embed(train.texts)
    stop.raise_if_cancelled()
    progress("fitting", 1, 3)
    share = train.positive.astype(np.float64)
    head = fit_confusion(train.texts, vectors, share)
    head.bias += log_drawn_share  # only a part of the comments without the label was drawn (King & Zeng 2001)
    baseline = fit_tfidf([train.texts], share)
    stop.raise_if_cancelled()
    progress("testing", 2, 3)
    found = head.probability(test.texts, embed(test.texts)).astype(np.float64)
    figures = _figures(test, found, baseline.log_odds(test.texts))
    card: dict[str, Any] = {
        "name": "confusion",
        "version": "0.1.0",
        "date": datetime.now(UTC).date().isoformat(),
        "policy_needed": "research",
        "purpose": "share of messages that raters would probably label as confusion; class figures only, for studies",
        "out_of_scope": ["any use outside an approved study", "judging, ranking or grading a person", "moderation"],
        "inputs": "one message: MiniLM sentence embedding, 384 values (quadratic form), and hashed words; logistic",
        "licence": "Apache-2.0",
        "contact": "the Classroom Analyzer team",
        "training_sets": [
            {"source": train_file.source, "licence": train_file.licence, "files": [train_file.name, test_file.name]}
        ],
        "attribution": "GoEmotions (Demszky and others, ACL 2020), Apache-2.0.",
        "rows": {"training": len(train.texts), "with_label": int(train.positive.sum()), "of": len(everything.texts)},
        "label": "a rater of the comment gave the label confusion",
        "split": "train.tsv for the weights, dev.tsv for the figures, without comments whose text is in both",
        "test": figures,
        "penalty": PENALTY,
        "limits": [
            "Forum comments of adults, not classroom language; not measured in any class.",
            "The scientific basis is disputed: words that raters call confused are no measurement of a state of mind.",
            "English only. One comment in 32 carries the label: most messages that score high do not carry it.",
        ],
        "seed": seed,
        "command": f"classroom-analyzer train text --data DATA --out OUT --seed {seed}",
    }
    tensors: dict[str, NDArray[Any]] = {
        "form": head.form.astype(np.float16),
        "idf": head.idf.astype(np.float16),
        "weight": head.weight.astype(np.float16),
        "bias": np.array([head.bias], np.float32),
    }
    write_weights(out / CONFUSION_NAME, tensors, card)
    return card


def fit_confusion(texts: Sequence[str], vectors: NDArray[np.float32], share: NDArray[np.float64]) -> ConfusionHead:
    """Fit a head by kernel logistic regression; the kernel's parts are those of ``ConfusionHead``.

    Args:
        texts: n comments; n up to ``kernel_logistic.MAX_ROWS``.
        vectors: ``(n, d) float32`` their sentence embeddings, unit rows.
        share: ``(n,)`` targets in [0, 1].

    Returns:
        The head; its arrays hold half precision values.
    """
    x = vectors.astype(np.float64)
    words, idf = word_rows([texts])
    dual, bias = solve_dual((x @ x.T) ** 2 + (words @ words.T).toarray(), share, PENALTY)
    form, weight = (x.T * dual) @ x, np.asarray(words.T @ dual)
    return ConfusionHead(half(form), half(idf), half(weight), bias)


def _figures(test: Comments, head: NDArray[np.float64], baseline: NDArray[np.float64]) -> dict[str, Any]:
    return {
        "n": len(test.texts),
        "prevalence": float(test.positive.mean()),
        "auroc": metrics.auroc(test.positive, head),
        "auroc_ci95": auroc_interval(test.positive, head, np.arange(len(test.texts))),
        "auprc": metrics.auprc(test.positive, head),
        "mean_probability": float(head.mean()),
        "tfidf": {"auroc": metrics.auroc(test.positive, baseline), "auprc": metrics.auprc(test.positive, baseline)},
    }


def _drawn(comments: Comments, rng: np.random.Generator) -> tuple[Comments, float]:
    """Take all rows with the label and some without; also the logarithm of the share of those that was taken."""
    with_label, without = np.flatnonzero(comments.positive), np.flatnonzero(~comments.positive)
    size = min(len(without), max(MOST_ROWS - len(with_label), 1))
    rows = np.concatenate([with_label[:MOST_ROWS], rng.choice(without, size, replace=False)])
    return comments.picked(rows), float(np.log(size / len(without)))


def _label_number(path: Path) -> int:
    try:
        names: Sequence[str] = path.read_text(encoding="utf-8").split()
        return names.index(LABEL)
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise BadInputError(path, f"it does not name the label {LABEL}") from error


def _key(text: str) -> str:
    return " ".join(text.split()).lower()
