from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from classroom_analyzer.domain.progress import CancelToken
from classroom_analyzer.errors import BadInputError, BadModelError, StoppedByUserError
from classroom_analyzer.models import assets
from classroom_analyzer.models.safe import load_card
from classroom_analyzer.models.store import ModelStore
from classroom_analyzer.perception.text.on_task import load_on_task
from classroom_analyzer.training import metrics
from classroom_analyzer.training.text.kernel_logistic import fit_quadratic
from classroom_analyzer.training.text.on_task import BASELINE_NAME, HEAD_NAME, load_baseline, train_on_task
from classroom_analyzer.training.text.on_task_evaluation import (
    auroc_interval,
    cross_validate,
    folds_by_group,
    report,
    score,
)
from classroom_analyzer.training.text.talk_table import TalkTable, read_talk
from classroom_analyzer.training.text.tfidf import fit_tfidf
from tests.training.text.talk import bag_of_words, talk_rows, write_manifest, write_talk

NAMES = {"text": "student_text", "label": "student_on_task", "group": "obs_id"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Twelve lessons that may be trained on."""
    write_talk(tmp_path / "data" / "text" / "uptake_train.csv", talk_rows(12))
    return write_manifest(tmp_path / "data")


def test_training_writes_heads_that_judge_other_lessons_and_a_card(data: Path, tmp_path: Path):
    card = train_on_task(data, tmp_path / "out", bag_of_words)
    head_path, baseline_path = tmp_path / "out" / HEAD_NAME, tmp_path / "out" / BASELINE_NAME
    assert load_card(head_path) == json.loads(json.dumps(card))
    assert {"licence", "limits", "attribution", "training_sets", "command", "policy_needed", "split"} <= set(card)
    assert card["cross_validation"]["student"]["groups"] == 12
    other = read_talk(write_talk(tmp_path / "b.csv", talk_rows(4, first=50)), **NAMES, context="teacher_text")
    for table, context in ((_without_context(other), False), (other, True)):
        baseline = load_baseline(baseline_path, context=context)
        found = score(table, load_on_task(head_path, context=context), baseline.tfidf, bag_of_words)
        assert found.auroc == 1
        assert found.baseline_auroc == 1
        assert (found.n, found.groups, found.prevalence) == (24, 4, 0.5)


def test_no_text_is_kept_beside_the_weights(data: Path, tmp_path: Path):
    train_on_task(data, tmp_path / "out", bag_of_words)
    written = b"".join(path.read_bytes() for path in (tmp_path / "out").iterdir())
    assert b"denominator" not in written.lower()
    again = read_talk(data / "text" / "uptake_train.csv", **NAMES, salt=_salt(tmp_path / "out"))
    known = load_baseline(tmp_path / "out" / BASELINE_NAME).row_hashes
    assert all(hashes & known for hashes in again.hashes)
    other = read_talk(write_talk(tmp_path / "b.csv", talk_rows(4, first=50)), **NAMES, salt=_salt(tmp_path / "out"))
    assert not any(hashes & known for hashes in other.hashes)


def test_the_same_data_give_the_same_weights(data: Path, tmp_path: Path):
    first = train_on_task(data, tmp_path / "a", bag_of_words)
    assert train_on_task(data, tmp_path / "b", bag_of_words)["sha256"] == first["sha256"]


def test_only_marked_data_are_read_and_a_stop_writes_nothing(data: Path, tmp_path: Path):
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(StoppedByUserError):
        train_on_task(data, tmp_path / "out", bag_of_words, cancel=cancel)
    write_manifest(data, "no")
    with pytest.raises(BadInputError, match=r"uptake_train\.csv"):
        train_on_task(data, tmp_path / "out", bag_of_words)
    assert not (tmp_path / "out").exists()


def test_a_baseline_of_another_kind_is_refused():
    with pytest.raises(BadModelError):
        load_baseline(assets.path("models", "on-task.safetensors"))


def test_the_quadratic_form_learns_what_no_single_direction_tells():
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(400, 4))
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    on = rows[:, 0] * rows[:, 1] > 0
    head = fit_quadratic([rows[:300]], on[:300].astype(np.float64))
    found = metrics.auroc(on[300:], head.probability(rows[300:]).astype(np.float64))
    assert found is not None
    assert found > 0.95


def test_rows_of_one_kind_give_a_finite_head():
    head = fit_quadratic([np.eye(3, dtype=np.float32)], np.ones(3))
    assert np.isfinite(head.forms[0]).all()
    assert head.probability(np.eye(3, dtype=np.float32)).min() > 0.5


def test_the_baseline_knows_words_and_keeps_the_texts_of_a_row_apart():
    texts = ["red fish", "blue fish"] * 20
    share = np.array([1.0, 0.0] * 20)
    fitted = fit_tfidf([texts], share)
    red, blue, empty = fitted.log_odds(["a red one", "a blue one", ""])
    assert red > empty > blue
    beside = fit_tfidf([["fish"] * 40, texts], share)
    swapped = beside.log_odds(["red fish", "fish"], ["fish", "red fish"])
    assert swapped[1] > swapped[0]


def test_no_lesson_is_in_two_folds():
    groups = np.repeat(np.arange(10), 3)
    fold = folds_by_group(groups, 4, seed=1)
    assert all(len(set(fold[groups == g])) == 1 for g in range(10))
    assert set(fold) == {0, 1, 2, 3}


def test_the_interval_holds_the_area_and_draws_whole_lessons():
    rng = np.random.default_rng(3)
    truth = rng.random(600) < 0.7
    value = truth + rng.normal(size=600)
    area = metrics.auroc(truth, value)
    alone = auroc_interval(truth, value, np.arange(600))
    twins = auroc_interval(np.tile(truth, 4), np.tile(value, 4), np.tile(np.arange(600), 4))
    assert alone is not None
    assert area is not None
    assert alone[0] < area < alone[1]
    assert twins == pytest.approx(alone)  # copies of a lesson are no new evidence
    assert auroc_interval(np.ones(4, bool), np.arange(4.0), np.arange(4)) is None


def test_the_report_counts_at_one_half():
    table = TalkTable(("",) * 4, None, np.array([1, 1, 0, 0.0]), np.arange(4), (frozenset(),) * 4)
    found = report(table, np.array([0.9, 0.4, 0.3, 0.2]), np.zeros(4))
    assert (found.auroc, found.baseline_auroc) == (1, 0.5)
    assert found.macro_f1 == pytest.approx((2 / 3 + 0.8) / 2)


def test_cross_validation_never_trains_on_what_it_judges(tmp_path: Path):
    rows = [(f"L{k}", f"word{k} again", "", "1.0" if k % 2 else "0.0", "3") for k in range(40)]
    table = read_talk(write_talk(tmp_path / "a.csv", rows), **NAMES)
    found = cross_validate(table, 4, bag_of_words)
    assert found.auroc is not None
    assert found.auroc < 0.75  # nothing can be learned; fitted rows would score 1


@pytest.fixture(scope="module")
def judged(
    shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[TalkTable, dict[tuple[str, ...], np.ndarray]]:
    """The labelled lessons with their sentence embeddings, made once."""
    from classroom_analyzer.perception.backbones import TextBackbone
    from classroom_analyzer.perception.device import use_one_thread

    use_one_thread()
    home = tmp_path_factory.mktemp("home")
    minilm = TextBackbone(ModelStore(home).resolve("bundled:minilm", "text encoder").path, "cpu")
    table = read_talk(shared_data / "text" / "uptake_train.csv", **NAMES, context="teacher_text")
    return table, {column: minilm.embed(list(column)) for column in table.columns()}


def test_on_real_lessons_the_students_words_alone_reach_090_and_beat_tfidf(judged):
    table, vectors = judged
    found = cross_validate(_without_context(table), 5, lambda texts: vectors[tuple(texts)])
    assert (found.n, found.groups) == (1687, 619)
    assert found.auroc >= 0.905
    assert 0.80 < found.baseline_auroc < found.auroc - 0.05
    assert found.auroc_ci95[0] < found.auroc < found.auroc_ci95[1]


def test_on_real_lessons_the_teachers_reply_brings_it_to_092(judged):
    table, vectors = judged
    assert cross_validate(table, 5, lambda texts: vectors[tuple(texts)]).auroc >= 0.93


def _without_context(table: TalkTable) -> TalkTable:
    return TalkTable(table.texts, None, table.share, table.groups, table.hashes)


def _salt(folder: Path) -> str:
    return load_baseline(folder / BASELINE_NAME).salt
