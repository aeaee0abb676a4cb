from __future__ import annotations

import json
import re

import numpy as np
import pytest

from classroom_analyzer.domain.features import WINDOWS
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.progress import CancelToken
from classroom_analyzer.errors import BadInputError, OutputNotWritableError, StoppedByUserError
from classroom_analyzer.fusion.network import FusionKind
from classroom_analyzer.training.datasets.data_set import DataSet
from classroom_analyzer.training.fusion.evaluation import (
    FIRST_CLASS_ID,
    Rivals,
    evaluate_on_data,
    evaluate_on_simulated,
)
from classroom_analyzer.training.report.page import page, write_report
from classroom_analyzer.training.simulator.classes import simulate_classes
from classroom_analyzer.training.simulator.sets import simulate_sets
from classroom_analyzer.training.simulator.worlds import HELD_OUT_WORLDS, TRAINING_WORLDS
from tests.training.fusion.fusion_bundles import untrained_bundle

MODEL = {"name": "untrained", "kind": "attention", "spec": "x", "sha256": "0" * 64, "date": None, "command": None}
SETS = ("train", "validation", "calibration", "test")
COLUMNS = ("engagement", "level", "group", "time_s", "class_mean", "class_size")
MISSING = {"weighted_average": "there is no file <b>"}


@pytest.fixture(scope="module")
def report():
    rivals = Rivals({"concatenation": untrained_bundle(FusionKind.CONCATENATION)}, MISSING)
    found = evaluate_on_simulated(untrained_bundle(), rivals, classes=4, stationary=1)
    return {"model": {**MODEL, "limits": ["it knows nothing"]}, **found}


@pytest.fixture(scope="module")
def data_set():
    sets = {n: simulate_classes(TRAINING_WORLDS[0], 6, 1, first_class_id=100 * i) for i, n in enumerate(SETS)}
    return DataSet("made up", WINDOWS, **sets, subjects={}, card={"name": "made up"})


def test_the_document_has_the_keys_that_scripts_depend_on(report):
    json.dumps(report, allow_nan=False)
    assert len(report["subsets"]) == 7
    for row in report["subsets"].values():
        assert {"macro_f1", "uar", "qwk", "ccc", "mse", "auroc_low", "ece", "n"} <= set(row)
    assert report["best_single"] in ("vision", "audio", "text")
    assert len(report["paired_ci95"]) == 2
    assert set(report["against"]) == {"index", "weighted_average", "concatenation"}
    assert set(report["worlds"]) == {"training worlds", *(w.name for w in HELD_OUT_WORLDS)}


def test_a_rival_that_is_not_there_has_no_figure_but_a_reason(report):
    assert report["against"]["weighted_average"] is None
    assert report["against_missing"] == MISSING
    assert "weighted_average" not in report["rivals"]


def test_baselines_stand_beside_fusion_on_the_same_rows(report):
    assert set(report["baselines"]) == {"majority", "prior", "constant"}
    n = {row["n"] for part in ("baselines", "subsets", "rivals") for row in report[part].values()}
    assert n == {report["data"]["complete_rows"]}


def test_one_modality_is_never_worse_than_itself_and_each_missing_one_costs_what_its_rest_lacks(report):
    for name in ("vision", "audio", "text"):
        assert report["subset_loss"][name]["macro_f1_difference"] == 0
        rest = report["drop"][name]["left"]
        drop = report["subsets"]["vision+audio+text"]["macro_f1"] - report["subsets"][rest]["macro_f1"]
        assert report["drop"][name]["macro_f1_drop"] == pytest.approx(drop)


def test_contributions_sum_to_the_estimate_minus_the_prior(report):
    assert report["shapley"]["lines"] > 0
    assert report["shapley"]["largest_gap"] < 1e-9


def test_who_knows_the_engagement_scores_best_but_not_perfectly(report):
    assert max(row["macro_f1"] for row in report["subsets"].values()) < report["ceiling"]["macro_f1"] < 1


def test_no_class_of_any_training_is_scored():
    for seed in (0, 1):
        sets = simulate_sets(4, seed)
        every = (*sets.train, *sets.validation, sets.calibration, sets.lines, sets.test)
        assert max(int(rows.group.max()) for rows in every) < FIRST_CLASS_ID


def test_a_stop_is_heard():
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(StoppedByUserError):
        evaluate_on_simulated(untrained_bundle(), Rivals({}, {}), classes=4, stationary=1, cancel=cancel)


def test_a_data_set_is_scored_on_its_test_subjects_with_baselines_of_its_training(data_set):
    found = evaluate_on_data(untrained_bundle(), Rivals({}, {}), data_set)
    assert found["data"]["groups"] <= 6
    assert found["data"]["few_groups"]
    assert found["baselines"]["constant"]["ci95"]["mse"] is not None
    assert found["worlds"] == {}
    assert "stationary" not in found
    assert "goals" not in found


def test_a_data_set_without_a_modality_is_scored_on_what_it_has(data_set):
    seen_only = {}
    for name, rows in data_set.sets.items():
        batch = rows.batch
        for m in (Modality.AUDIO, Modality.TEXT):
            batch = type(batch)(
                {**batch.values, m: np.full_like(batch.values[m], np.nan)},
                {**batch.valid, m: np.zeros_like(batch.valid[m])},
                {**batch.quality, m: np.zeros_like(batch.quality[m])},
                batch.phase,
            )
        seen_only[name] = type(rows)(batch, *(getattr(rows, f) for f in COLUMNS))
    only_seen = DataSet("x", WINDOWS, **seen_only, subjects={}, card={})
    found = evaluate_on_data(untrained_bundle(), Rivals({}, {}), only_seen)
    assert set(found["subsets"]) == {"vision"}
    assert found["best_single"] == "vision"
    assert "robustness" not in found
    assert len(found["against"]["index"]) == 2
    text = page({"model": {**MODEL, "limits": []}, **found})  # the page leaves out what was not measured
    assert text.count("<svg") == 3
    assert "simulated" not in text


def test_columns_that_the_bundle_does_not_read_are_refused(data_set):
    strange = {**WINDOWS, Modality.TEXT: WINDOWS[Modality.AUDIO]}
    other = DataSet("strange", strange, **data_set.sets, subjects={}, card={})
    with pytest.raises(BadInputError, match="its columns for text"):
        evaluate_on_data(untrained_bundle(), Rivals({}, {}), other)


def test_the_page_is_self_contained_and_says_first_that_it_is_simulated(report, tmp_path):
    path = write_report(report, tmp_path / "new")
    text = path.read_text(encoding="utf-8")
    assert "default-src 'none'" in text
    assert not re.search(r"<script|<link|<img|@import|src=|url\((?!#)", text)
    assert text.index("simulated: not validated on real classes") < text.index("<h2>")
    assert "there is no file &lt;b&gt;" in text
    assert text.count("<svg") == 7
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    # Majority, constant and single modalities always stand in one table with fusion.
    table = next(t for t in re.findall(r"<table>.*?</table>", text, re.DOTALL) if "attention fusion" in t)
    for label in ("always the majority", "prior, at random", "training mean", "vision", "additive index"):
        assert f'<th scope="row">{label}</th>' in table
    tables = (tmp_path / "new" / "report.md").read_text(encoding="utf-8")
    assert "nothing here says how well the model judges a real class" in tables
    assert "| always the majority |" in tables
    for line in tables.splitlines():
        assert not line.startswith("|") or line.endswith("|")
    written = json.loads((tmp_path / "new" / "report.json").read_text(encoding="utf-8"))
    assert written == json.loads(json.dumps(report))


def test_a_report_is_never_overwritten(report, tmp_path):
    (tmp_path / "report.json").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputNotWritableError, match="never overwritten"):
        write_report(report, tmp_path)
    assert (tmp_path / "report.json").read_text(encoding="utf-8") == "mine"
