from __future__ import annotations

from pathlib import Path

import pytest

from classroom_analyzer.domain.features import WINDOWS
from classroom_analyzer.errors import BadInputError, UsageError
from classroom_analyzer.training.datasets.open import open_data_set

TABLE = "group,t_s,level,vision.x\n" + "".join(f"c{i},1,2,0.5\n" for i in range(5))


def test_simulated_classes_are_in_one_set_each_with_the_columns_of_the_engine(tmp_path: Path) -> None:
    data = open_data_set("simulated", tmp_path, classes=1)
    assert data.windows is WINDOWS
    assert all(len(rows) for rows in data.sets.values())
    assert "NOT a claim" in data.card["target"]


@pytest.mark.parametrize("name", ["features.csv", "features.txt"])
def test_a_bare_path_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(TABLE, encoding="utf-8")
    assert open_data_set(str(tmp_path / name), tmp_path).name == "csv"
    assert open_data_set(f"csv:{tmp_path / name}", tmp_path).name == "csv"


@pytest.mark.parametrize("spec", ["unknown:thing", "daisee:", ""])
def test_a_spec_of_no_known_form_lists_the_known_ones(tmp_path: Path, spec: str) -> None:
    with pytest.raises(UsageError, match="data sets are named simulated, daisee:DIR"):
        open_data_set(spec, tmp_path)


def test_a_path_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="it is not there"):
        open_data_set(str(tmp_path / "gone"), tmp_path)


def test_an_unknown_folder_names_the_known_kinds(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="DAiSEE, EngageNet or a folder of lessons"):
        open_data_set(str(tmp_path), tmp_path)


@pytest.mark.parametrize("kind", ["daisee", "engagenet"])
def test_an_absent_data_set_says_how_to_get_it(tmp_path: Path, kind: str) -> None:
    with pytest.raises(BadInputError, match="ask its authors for"):
        open_data_set(f"{kind}:{tmp_path / 'gone'}", tmp_path)
