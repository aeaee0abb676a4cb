from __future__ import annotations

import pytest

from classroom_analyzer.errors import BadInputError
from classroom_analyzer.models import assets
from classroom_analyzer.training.fusion.presets import read_preset, shipped_presets


def test_there_is_one_file_per_way_of_fusion_and_it_builds_that_way():
    assert set(shipped_presets()) == {"attention", "concatenation", "weighted_average"}
    assert all(read_preset(name).kind.value == name for name in shipped_presets())


def test_a_preset_can_be_a_file_of_ones_own(tmp_path):
    text = assets.path("fusion", "attention.toml").read_text().replace("hidden = 32", "hidden = 16")
    (tmp_path / "small.toml").write_text(text)
    assert read_preset(str(tmp_path / "small.toml")).hidden == 16


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("hidden = 32", "hidden = 30", "multiple of 4"),
        ("epochs = 25", "epochs = 0", "above 0"),
        ("epochs = 25", "epoch = 25", "just these"),
        ('kind = "attention"', 'kind = "magic"', "attention, concatenation"),
        ("dropout = 0.1", "dropout = 1.5", "from 0 to below 1"),
        ("[network]", "[network", "not a preset"),
    ],
)
def test_a_preset_that_cannot_be_used_is_refused_in_one_sentence(tmp_path, old, new, says):
    path = tmp_path / "mine.toml"
    path.write_text(assets.path("fusion", "attention.toml").read_text().replace(old, new, 1))
    with pytest.raises(BadInputError, match=says):
        read_preset(str(path))


def test_a_preset_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BadInputError, match="not a preset"):
        read_preset(str(tmp_path / "none.toml"))
