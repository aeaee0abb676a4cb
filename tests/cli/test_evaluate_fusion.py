from __future__ import annotations

import json

from classroom_analyzer.fusion.network import FusionKind
from tests.cli.test_main import run
from tests.training.fusion.fusion_bundles import save_untrained


def test_json_is_one_document_with_all_parts_and_a_damaged_rival_is_only_a_reason(tmp_path):
    bundle = save_untrained(tmp_path, FusionKind.ATTENTION, FusionKind.CONCATENATION)
    (tmp_path / "fusion-weighted_average.safetensors").write_bytes(b"not safetensors")
    done = run("evaluate", "fusion", "--bundle", str(bundle), "--classes", "4", "--lessons", "1", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert {"subsets", "best_single", "paired_ci95", "against", "worlds", "goals", "robustness"} <= set(found)
    assert found["model"]["name"] == "untrained"
    assert found["against"]["weighted_average"] is None
    assert "fusion-weighted_average" in found["against_missing"]["weighted_average"]
    assert len(found["against"]["concatenation"]) == 2


def test_a_bundle_that_is_not_there_is_said_in_one_sentence():
    done = run("evaluate", "fusion", "--bundle", "nowhere.safetensors", "--json")
    assert done.returncode == 3
    assert done.stdout == ""
    assert "there is no such file" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
