from __future__ import annotations

import json
from pathlib import Path

import pytest

from classroom_analyzer.app.bench.faces import BUNDLED_TIER, PACKS_TIER
from classroom_analyzer.app.bench.figures import STAGES, BenchFigures, FacesFigure, line_fit
from classroom_analyzer.app.bench.run import BenchRequest, run_bench
from classroom_analyzer.app.bench.workbench import pack_file
from classroom_analyzer.domain.progress import CancelToken
from classroom_analyzer.errors import BadModelError, ModelMissingError, StoppedByUserError, UsageError

KEYS = {
    "machine", "device", "stages", "faces", "realtime_factor", "startup_s", "rss_mb", "live", "review", "peers",
}  # fmt: skip


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> BenchFigures:
    return run_bench(BenchRequest(quick=True), tmp_path_factory.mktemp("home"))


def test_the_document_has_the_fixed_keys(figures: BenchFigures):
    document = json.loads(json.dumps(figures.to_json(), allow_nan=False))
    assert set(document) == KEYS
    assert tuple(row["stage"] for row in document["stages"]) == STAGES
    assert all(set(row) == {"stage", "ms", "floor_ms", "ratio"} for row in document["stages"])
    assert all({"tier", "n", "fps", "ms_per_frame"} <= set(row) for row in document["faces"])
    assert document["peers"] == []
    assert document["live"] == document["review"] == {}


def test_every_stage_was_measured_and_its_ratio_is_cost_over_floor(figures: BenchFigures):
    for row in figures.stages:
        assert row.ms is not None, row
        assert row.floor_ms, row
        assert row.ratio == pytest.approx(row.ms / row.floor_ms)
    by_stage = {row.stage: row for row in figures.stages}
    for stage in ("vision", "audio", "text", "fusion"):
        assert (by_stage[stage].ratio or 0) > 1, f"the networks of {stage} are a part of it"


def test_every_drawn_face_is_seen(figures: BenchFigures):
    bundled = [row for row in figures.faces if row.tier == BUNDLED_TIER]
    assert [row.n for row in bundled] == [1, 12]
    assert all(row.seen == row.n for row in bundled)
    assert all(row.fps == pytest.approx(1000 / row.ms_per_frame) for row in bundled)


def test_the_lesson_and_the_start_were_measured(figures: BenchFigures):
    assert figures.realtime_factor is not None
    assert figures.realtime_factor > 0
    assert figures.startup_s is not None
    assert figures.rss_mb is None or figures.rss_mb > 50


def test_missing_packs_are_left_out_with_the_reason(figures: BenchFigures):
    assert all(row.tier == BUNDLED_TIER for row in figures.faces)
    assert any("packs" in note and "pack:yunet" in note for note in figures.notes)


def test_nothing_names_the_machine(figures: BenchFigures):
    import platform

    text = json.dumps(figures.to_json())
    assert platform.node() not in text
    assert str(Path.home()) not in text


def test_a_stop_is_heeded(tmp_path: Path):
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(StoppedByUserError):
        run_bench(BenchRequest(quick=True), tmp_path, cancel=cancel)


def test_models_must_be_a_folder(tmp_path: Path):
    with pytest.raises(UsageError):
        run_bench(BenchRequest(models=tmp_path / "nowhere"), tmp_path)


def test_a_pack_file_is_found_by_name_and_checked(tmp_path: Path):
    with pytest.raises(ModelMissingError):
        pack_file("pack:yunet", tmp_path, tmp_path)
    (tmp_path / "yunet_n_640_640.onnx").write_bytes(b"another file")
    with pytest.raises(BadModelError):
        pack_file("pack:yunet", tmp_path, tmp_path)


def test_the_packs_see_every_drawn_face(shared_models: Path, tmp_path: Path):
    from classroom_analyzer.app.bench.faces import measure_faces
    from classroom_analyzer.app.bench.workbench import Effort, Workbench

    bench = Workbench(tmp_path, tmp_path, shared_models, Effort.quick(), 4, "cpu", CancelToken())
    assert measure_faces(bench, PACKS_TIER, 6).seen == 6


def test_a_line_is_fitted_through_costs():
    rows = [FacesFigure(BUNDLED_TIER, n, 20.0 + 2.0 * n, 1.0, n) for n in (1, 6, 30)]
    assert line_fit(rows) == pytest.approx((20.0, 2.0, 0.0))
