from __future__ import annotations

import pytest

from classroom_analyzer.app.fusion_evaluation import evaluate_fusion
from classroom_analyzer.errors import BadInputError, BadModelError, OutputNotWritableError, UsageError
from classroom_analyzer.fusion.network import FusionKind
from tests.training.fusion.fusion_bundles import save_untrained


def test_a_report_that_is_there_is_refused_before_anything_is_measured(tmp_path):
    (tmp_path / "report.html").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputNotWritableError, match="never overwritten"):
        evaluate_fusion("simulated", tmp_path, bundle="nowhere.safetensors", out=tmp_path)


def test_models_and_data_sets_that_do_not_exist_are_named(tmp_path):
    bundle = str(save_untrained(tmp_path, FusionKind.ATTENTION))
    with pytest.raises(UsageError, match="is not a model"):
        evaluate_fusion("simulated", tmp_path, bundle="fusion")
    with pytest.raises(BadInputError, match="nowhere"):
        evaluate_fusion(str(tmp_path / "nowhere"), tmp_path, bundle=bundle)


def test_data_of_other_columns_than_the_bundle_reads_are_refused(tmp_path):
    bundle = str(save_untrained(tmp_path, FusionKind.ATTENTION))
    table = tmp_path / "features.csv"
    lines = [f"c{i},{t},{i % 4},0.5" for i in range(8) for t in (10, 20)]
    table.write_text("\n".join(["group,t_s,level,vision.smile", *lines]), encoding="utf-8")
    with pytest.raises(BadModelError, match="trained on other measurements"):
        evaluate_fusion(f"csv:{table}", tmp_path, bundle=bundle)
