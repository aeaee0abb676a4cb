"""Would a head tell questions without their mark better than the rule does? Measured on talk whose marks are known.

Sentences are cut at their end marks; the mark is the label and is taken off. The head reads hashed words only: sentence
embeddings added nothing to them.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.perception.text.questions import is_question
from classroom_analyzer.training.media_data import training_file
from classroom_analyzer.training.text.kernel_logistic import solve_dual
from classroom_analyzer.training.text.on_task_evaluation import folds_by_group
from classroom_analyzer.training.text.tfidf import word_rows

__all__ = ["Sentence", "compare_questions", "sentences_of"]

LESSONS_NAME, CHATS_NAME = "uptake_train.csv", "bridge_train.json"
FOLDS = 3
MOST_SENTENCES = 3600
PENALTY = 0.1
SURE = float(np.log(0.7 / 0.3))  # log-odds from which the head may add to the rule
_SENTENCE = re.compile(r"([^.?!]+)([.?!]+|$)")
_LETTER = re.compile(r"[^\W\d_]")

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without its end mark.

    Attributes:
        text: Its words.
        asks: Whether the mark was a question mark.
        group: Lesson or conversation.
        said_by: ``teachers, transcribed`` and so on.
    """

    text: str
    asks: bool
    group: str
    said_by: str


def sentences_of(text: str, group: str, said_by: str) -> Iterator[Sentence]:
    """Cut a text into sentences; those without a letter are left out."""
    for words, mark in _SENTENCE.findall(text):
        plain = words.strip(' –-,"')
        if _LETTER.search(plain):
            yield Sentence(plain, "?" in mark, group, said_by)


def compare_questions(
    data: Path, *, seed: int = 0, progress: Progress = silent, cancel: CancelToken | None = None
) -> dict[str, dict[str, Any]]:
    """Score rule, head, and the rule with what the head is sure of, by lesson and conversation.

    Args:
        data: Folder whose MANIFEST.tsv says what may be trained on.
        seed: Of the draw and the folds.
        progress: Told of every fold.
        cancel: Looked at before every fold.

    Returns:
        For each kind of speaker ``n, prevalence`` and ``rule, head, both``, each ``[precision, recall, f1]``; None
        where it has no meaning.

    Raises:
        BadInputError: The data cannot be read.
        StoppedByUserError: ``cancel`` was set.
    """
    everything = [*_lessons(training_file(data, LESSONS_NAME).path), *_chats(training_file(data, CHATS_NAME).path)]
    order = np.random.default_rng(seed).permutation(len(everything))[:MOST_SENTENCES]
    rows = [everything[k] for k in order]
    asks = np.array([row.asks for row in rows])
    groups = np.unique([row.group for row in rows], return_inverse=True)[1].astype(np.int64)
    words, _ = word_rows([[f"^ {row.text}" for row in rows]])  # the sign makes a pair with the first word
    kernel = (words @ words.T).toarray()
    fold = folds_by_group(groups, FOLDS, seed)
    log_odds = np.zeros(len(rows))
    for number in range(FOLDS):
        progress("cross-validating", number, FOLDS)
        (cancel or CancelToken()).raise_if_cancelled()
        train, held = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        assert not np.intersect1d(groups[train], groups[held]).size
        dual, bias = solve_dual(kernel[np.ix_(train, train)], asks[train].astype(np.float64), PENALTY)
        log_odds[held] = kernel[np.ix_(held, train)] @ dual + bias
    rule = np.array([is_question(row.text) for row in rows])
    found = {}
    for kind in sorted({row.said_by for row in rows}):
        of = np.array([row.said_by == kind for row in rows])
        found[kind] = {
            "n": int(of.sum()),
            "prevalence": float(asks[of].mean()),
            "rule": _scores(asks[of], rule[of]),
            "head": _scores(asks[of], log_odds[of] > 0),
            "both": _scores(asks[of], rule[of] | (log_odds[of] > SURE)),
        }
    return found


def _lessons(path: Path) -> Iterator[Sentence]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                yield from sentences_of(row["student_text"], f"lesson {row['obs_id']}", "students, transcribed")
                yield from sentences_of(row["teacher_text"], f"lesson {row['obs_id']}", "teachers, transcribed")
    except (OSError, UnicodeDecodeError, KeyError, csv.Error) as error:
        raise BadInputError(path, f"it is not a table of students' and teachers' talk ({error})") from error


def _chats(path: Path) -> Iterator[Sentence]:
    """Pieces of a conversation overlap: what it holds twice counts once."""
    try:
        pieces = json.loads(path.read_text(encoding="utf-8"))
        turns = {
            (piece["c_id"].partition("_")[0], turn["text"], turn["user"]): None
            for piece in pieces
            for turn in piece["c_h"]
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInputError(path, f"it does not hold conversations ({error})") from error
    for conversation, text, user in turns:
        yield from sentences_of(text, f"chat {conversation}", f"{user}s, typed")


def _scores(truth: Bools, said: Bools) -> list[float | None]:
    both = float((truth & said).sum())
    precision = both / said.sum() if said.any() else None
    recall = both / truth.sum() if truth.any() else None
    total = float(truth.sum() + said.sum())
    return [precision, recall, 2 * both / total if total else None]
