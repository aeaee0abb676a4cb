"""Trains the head that finds teachers' questions where no marks are written, and scores it by lesson beside the rule.

A teacher's turn is cut at its end marks; the mark of a sentence is the label and all marks are taken off. The head
reads the last words: of a sentence alone, and of a turn up to the end of a sentence, since without marks nobody knows
where the sentence began.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.perception.text.question_head import QuestionHead, last_words
from classroom_analyzer.perception.text.questions import is_question
from classroom_analyzer.training import metrics
from classroom_analyzer.training.media_data import training_file
from classroom_analyzer.training.text.kernel_logistic import solve_dual
from classroom_analyzer.training.text.on_task_evaluation import auroc_interval, folds_by_group
from classroom_analyzer.training.text.question_evaluation import sentences_of
from classroom_analyzer.training.text.tfidf import word_rows
from classroom_analyzer.training.weight_files import half, write_weights

__all__ = ["QUESTION_NAME", "Endings", "cross_validate_questions", "fit_question", "read_endings", "train_question"]

QUESTION_NAME = "question.safetensors"
FILE_NAME = "uptake_train.csv"
FOLDS = 3
MOST_ROWS = 3600  # drawn for a fit
PENALTY = 0.1  # 0.03 and 0.3 change F1 by 0.01
DRAWS = 2000
# What a row is: a sentence alone, a turn up to a sentence inside it, a whole turn.
SENTENCE, PART, TURN = 0, 1, 2

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Endings:
    """Teachers' words without their marks, n rows.

    Attributes:
        texts: Words.
        asks: ``(n,)`` whether the last sentence of the row had a question mark.
        kinds: ``(n,)`` SENTENCE, PART or TURN; a turn of one sentence is a row of both.
        groups: ``(n,)`` number of the lesson.
    """

    texts: tuple[str, ...]
    asks: Bools
    kinds: NDArray[np.int64]
    groups: NDArray[np.int64]


def read_endings(path: Path) -> Endings:
    """Read the teachers' turns of a table with columns ``obs_id`` and ``teacher_text``; each turn counts once.

    Raises:
        BadInputError: It cannot be read so.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            turns = dict.fromkeys((row["obs_id"], row["teacher_text"]) for row in csv.DictReader(stream))
        rows = [row for lesson, text in turns for row in _of_turn(text, lesson)]
    except (OSError, UnicodeDecodeError, KeyError, TypeError, csv.Error) as error:
        raise BadInputError(path, f"it is not a table of teachers' talk ({error})") from error
    if not rows:
        raise BadInputError(path, "it holds no words of a teacher")
    texts, asks, kinds, lessons = zip(*rows, strict=True)
    return Endings(
        texts,
        np.array(asks, bool),
        np.array(kinds, np.int64),
        np.unique(lessons, return_inverse=True)[1].astype(np.int64),
    )


def _of_turn(text: str, lesson: str) -> list[tuple[str, bool, int, str]]:
    sentences = list(sentences_of(text, lesson, "teacher"))
    rows = []
    for number, sentence in enumerate(sentences):
        rows.append((sentence.text, sentence.asks, SENTENCE, lesson))
        so_far = " ".join(one.text for one in sentences[: number + 1])
        if number + 1 == len(sentences):
            rows.append((so_far, sentence.asks, TURN, lesson))
        elif number:
            rows.append((so_far, sentence.asks, PART, lesson))
    return rows


def train_question(
    data: Path, out: Path, *, seed: int = 0, progress: Progress = silent, cancel: CancelToken | None = None
) -> dict[str, Any]:
    """Train the head, cross-validate it by lesson, and write it with its card.

    Args:
        data: Folder whose MANIFEST.tsv says what may be trained on.
        out: Folder to write to.
        seed: Of draws and folds.
        progress: Told of every fold.
        cancel: Looked at before every fold; nothing is written then.

    Returns:
        The card.

    Raises:
        BadInputError: The data cannot be read.
        OutputNotWritableError: The result cannot be written.
        StoppedByUserError: ``cancel`` was set.
    """
    file = training_file(data, FILE_NAME)
    rows = read_endings(file.path)
    figures = cross_validate_questions(rows, seed=seed, progress=progress, cancel=cancel)
    drawn = _drawn(np.arange(len(rows.texts)), seed)
    head = fit_question([rows.texts[k] for k in drawn], rows.asks[drawn])
    card: dict[str, Any] = {
        "name": "question",
        "version": "0.1.0",
        "date": datetime.now(UTC).date().isoformat(),
        "policy_needed": "engagement",
        "purpose": "teachers' questions in transcripts and recognised speech without any marks; class figures only",
        "out_of_scope": [
            "students' words and chat, which the rule judges as well",
            "texts with marks",
            "judging, ranking or appraising a teacher",
            "any text that is not English",
        ],
        "inputs": "the last 12 words of an utterance, hashed, with pairs of words; logistic; beside the rule",
        "licence": "Apache-2.0",
        "contact": "the Classroom Analyzer team",
        "training_sets": [{"source": file.source, "licence": file.licence, "files": [file.name]}],
        "attribution": "Conversational uptake data (Demszky and others, ACL 2021), MIT.",
        "rows": {"training": len(drawn), "of": len(rows.texts)},
        "groups": len(np.unique(rows.groups)),
        "label": "question mark at the end of the last sentence; all marks are taken off",
        "split": f"{FOLDS}-fold by lesson for the figures; the shipped weights rest on rows drawn from all lessons",
        "cross_validation": figures,
        "penalty": PENALTY,
        "limits": [
            "Trained on what people wrote down of grade 4 and 5 mathematics lessons in the USA; not measured on "
            "recognised speech, whose mistakes lower it.",
            "English only.",
            "An utterance counts as one question at most, since without marks its sentences cannot be told apart.",
            "The turns it was measured on are replies to students; a lecture asks less often.",
        ],
        "seed": seed,
        "command": f"classroom-analyzer train text --data DATA --out OUT --seed {seed}",
    }
    tensors: dict[str, NDArray[Any]] = {
        "idf": head.idf.astype(np.float16),
        "weight": head.weight.astype(np.float16),
        "bias": np.array([head.bias], np.float32),
    }
    write_weights(out / QUESTION_NAME, tensors, card)
    return card


def fit_question(texts: Sequence[str], asks: Bools) -> QuestionHead:
    """Fit a head by kernel logistic regression on the words that ``last_words`` leaves.

    Args:
        texts: n utterances; n up to ``kernel_logistic.MAX_ROWS``.
        asks: ``(n,)`` whether each ends with a question.

    Returns:
        The head; its arrays hold half precision values.
    """
    words, idf = word_rows([[last_words(text) for text in texts]])
    dual, bias = solve_dual((words @ words.T).toarray(), asks.astype(np.float64), PENALTY)
    return QuestionHead(half(idf), half(np.asarray(words.T @ dual)), float(np.float32(bias)))


def cross_validate_questions(
    rows: Endings, *, seed: int = 0, progress: Progress = silent, cancel: CancelToken | None = None
) -> dict[str, dict[str, Any]]:
    """Score rule and head, as analysis uses them together, on lessons that the head was not fitted to.

    Args:
        rows: Sentences and turns.
        seed: Of draws and folds.
        progress: Told of every fold.
        cancel: Looked at before every fold.

    Returns:
        For ``sentences`` and ``turns``: ``n, groups, prevalence``, ``auroc, auroc_ci95`` of the head, and for ``both``
        (rule or head), ``rule`` and ``majority`` the keys ``precision, recall, f1, f1_ci95, accuracy, accuracy_ci95``.
    """
    fold = folds_by_group(rows.groups, FOLDS, seed)
    found = np.zeros(len(rows.texts))
    for number in range(FOLDS):
        progress("cross-validating", number, FOLDS)
        (cancel or CancelToken()).raise_if_cancelled()
        train, held = _drawn(np.flatnonzero(fold != number), seed), np.flatnonzero(fold == number)
        assert not np.intersect1d(rows.groups[train], rows.groups[held]).size
        head = fit_question([rows.texts[k] for k in train], rows.asks[train])
        found[held] = head.probability([rows.texts[k] for k in held])
    rule = np.array([is_question(text) for text in rows.texts])
    figures: dict[str, dict[str, Any]] = {}
    for name, kind in (("sentences", SENTENCE), ("turns", TURN)):
        of = rows.kinds == kind
        asks, groups = rows.asks[of], rows.groups[of]
        majority = np.full(len(asks), asks.mean() > 0.5)
        ways = {"both": rule[of] | (found[of] > 0.5), "rule": rule[of], "majority": majority}
        figures[name] = {
            "n": len(asks),
            "groups": len(np.unique(groups)),
            "prevalence": float(asks.mean()),
            "auroc": metrics.auroc(asks, found[of]),
            "auroc_ci95": auroc_interval(asks, found[of], groups),
            **{way: _scores(asks, said, groups) for way, said in ways.items()},
        }
    return figures


def _drawn(rows: NDArray[np.int64], seed: int) -> NDArray[np.int64]:
    return np.sort(np.random.default_rng(seed).permutation(rows)[:MOST_ROWS])


def _scores(asks: Bools, said: Bools, groups: NDArray[np.int64]) -> dict[str, Any]:
    """Scores with percentile 95 % intervals over draws of whole lessons."""
    lesson = np.unique(groups, return_inverse=True)[1]
    kinds = np.stack([asks & said, ~asks & said, asks & ~said, ~asks & ~said], axis=1).astype(np.float64)
    by_lesson = np.stack([np.bincount(lesson, kinds[:, k]) for k in range(4)], axis=1)
    n = len(by_lesson)
    times = np.random.default_rng(0).multinomial(n, np.full(n, 1 / n), size=DRAWS).astype(np.float64)
    precision, recall, f1, accuracy = (_number(score[0]) for score in _rates(by_lesson.sum(axis=0)[None]))
    _, _, f1_draws, accuracy_draws = _rates(times @ by_lesson)
    return {
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "f1_ci95": _interval(f1_draws),
        "accuracy": accuracy,
        "accuracy_ci95": _interval(accuracy_draws),
    }


def _rates(counts: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Precision, recall, F1, accuracy of rows of hits, false alarms, misses, rejections; NaN where there is none."""
    hits, alarms, misses, rest = counts.T
    with np.errstate(invalid="ignore"):
        return (
            hits / (hits + alarms),
            hits / (hits + misses),
            2 * hits / (2 * hits + alarms + misses),
            (hits + rest) / counts.sum(axis=1),
        )


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _interval(draws: Floats) -> list[float] | None:
    known = draws[~np.isnan(draws)]
    return np.quantile(known, [0.025, 0.975]).tolist() if known.size else None
