"""Train the text heads and measure the on-task head: finds MiniLM and the bundled files for the training package."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.errors import BadInputError, UsageError
from classroom_analyzer.models.store import ModelStore

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from classroom_analyzer.training.text.on_task_evaluation import Embed, TalkReport

__all__ = ["HEAD_SPEC", "evaluate_text", "train_text"]

HEAD_SPEC, BASELINE_SPEC, ENCODER_SPEC = "bundled:on-task", "bundled:on-task-baseline", "bundled:minilm"


def train_text(
    data: Path,
    out: Path,
    home: Path,
    *,
    seed: int = 0,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> tuple[dict[str, Any], ...]:
    """Train the on-task heads with their baselines, the heads for uptake and confusion, and that for questions.

    Args:
        data: Folder whose MANIFEST.tsv says what may be trained on.
        out: Folder to write to; what was finished before a stop stays there.
        home: Folder of all state.
        seed: Of folds and draws.
        progress: Told of every step.
        cancel: Stops the job.

    Returns:
        The cards of the heads.

    Raises:
        BadInputError: The data cannot be read.
        ModelMissingError: MiniLM is not on this machine.
        OutputNotWritableError: The result cannot be written.
        StoppedByUserError: ``cancel`` was set.
    """
    from classroom_analyzer.training.text.confusion import train_confusion
    from classroom_analyzer.training.text.on_task import train_on_task
    from classroom_analyzer.training.text.questions import train_question
    from classroom_analyzer.training.text.uptake import train_uptake

    embed = _minilm(home)
    jobs = (train_on_task, train_uptake, train_confusion)
    cards = [job(data, out, embed, seed=seed, progress=progress, cancel=cancel) for job in jobs]
    return (*cards, train_question(data, out, seed=seed, progress=progress, cancel=cancel))


def evaluate_text(
    table: Path,
    home: Path,
    *,
    text: str,
    label: str,
    context: str | None = None,
    group: str | None = None,
    folds: int | None = None,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> TalkReport:
    """Score the bundled head on a table that raters judged, or cross-validate inside the table.

    Args:
        table: CSV file.
        home: Folder of all state.
        text: Column of the students' words.
        label: Column of the share of raters, 0 to 1.
        context: Column of the teacher's reply; takes the head that reads both.
        group: Column that names the lesson; every row stands alone without it.
        folds: Cross-validate in so many parts and leave the bundled head out.
        progress: Reports folds.
        cancel: A stop leaves nothing.

    Raises:
        BadInputError: The table cannot be used, or shares rows with what the bundled head was trained on.
        UsageError: There are fewer lessons than folds.
        ModelMissingError: MiniLM or the head is not on this machine.
        BadModelError: A model must not be used.
        StoppedByUserError: A stop was asked for.
    """
    from classroom_analyzer.perception.text.on_task import load_on_task
    from classroom_analyzer.training.text.kernel_logistic import MAX_ROWS
    from classroom_analyzer.training.text.on_task import load_baseline
    from classroom_analyzer.training.text.on_task_evaluation import cross_validate, score
    from classroom_analyzer.training.text.talk_table import read_talk

    if folds is not None:
        rows = read_talk(table, text=text, label=label, context=context, group=group)
        lessons = int(rows.groups.max()) + 1
        if not 2 <= folds <= lessons:
            raise UsageError(f"--folds goes from 2 to the number of lessons, here {lessons}")
        if len(rows) > MAX_ROWS:
            raise BadInputError(
                table, f"cross-validation takes at most {MAX_ROWS} rows; give fewer or leave --folds out"
            )
        return cross_validate(rows, folds, _minilm(home), progress=progress, cancel=cancel)
    store = ModelStore(home)
    baseline = load_baseline(store.resolve(BASELINE_SPEC, "baseline").path, context=context is not None)
    rows = read_talk(table, text=text, label=label, context=context, group=group, salt=baseline.salt)
    shared = sum(not hashes.isdisjoint(baseline.row_hashes) for hashes in rows.hashes)
    if shared:
        raise BadInputError(
            table, f"{shared} of its rows are among those the bundled head was trained on; give other rows or --folds 5"
        )
    head = load_on_task(store.resolve(HEAD_SPEC, "on-task talk").path, context=context is not None)
    return score(rows, head, baseline.tfidf, _minilm(home))


def _minilm(home: Path) -> Embed:
    from classroom_analyzer.perception.backbones import TextBackbone
    from classroom_analyzer.perception.device import use_one_thread

    use_one_thread()
    network = TextBackbone(ModelStore(home).resolve(ENCODER_SPEC, "text encoder").path, "cpu")

    def embed(texts: Sequence[str]) -> NDArray[np.float32]:
        return network.embed(list(texts))

    return embed
