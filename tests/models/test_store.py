from __future__ import annotations

import json
import shutil
import socket
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from classroom_analyzer.errors import BadModelError, ModelMissingError, UsageError
from classroom_analyzer.models.catalogue import BUNDLED
from classroom_analyzer.models.install import add, install
from classroom_analyzer.models.safe import load_card, load_tensors, sha256_of
from classroom_analyzer.models.store import ModelStore


def make_backbone(folder: Path) -> Path:
    folder.mkdir()
    (folder / "config.json").write_text('{"model_type": "bert"}')
    save_file({"w": np.ones(3, np.float32)}, folder / "model.safetensors")
    return folder


def test_all_bundled_models_are_there_and_whole(tmp_path: Path):
    states = {s.spec: s for s in ModelStore(tmp_path).list_models()}
    bundled = [s for s in states.values() if s.tier == "bundled"]
    assert len(bundled) == len(BUNDLED)
    assert all(s.verified for s in bundled), [s for s in bundled if not s.verified]
    assert not states["pack:yunet"].installed


def test_a_pack_that_is_not_there_names_the_command(tmp_path: Path):
    with pytest.raises(ModelMissingError, match="models install pack:yunet") as caught:
        ModelStore(tmp_path).resolve("pack:yunet", "face detector")
    assert caught.value.exit_code == 4


def test_a_pack_is_installed_from_a_file_and_verified(tmp_path: Path, shared_models: Path):
    files = install(ModelStore(tmp_path), "pack:yunet", source=shared_models)
    assert files.path.is_file()
    files.path.write_bytes(b"x" + files.path.read_bytes()[1:])
    with pytest.raises(BadModelError, match="install it again"):
        ModelStore(tmp_path).resolve("pack:yunet", "face detector")


def test_another_file_is_refused_as_a_pack_and_leaves_nothing(tmp_path: Path):
    wrong = tmp_path / "yunet.onnx"
    wrong.write_bytes(b"not a network")
    store = ModelStore(tmp_path / "home")
    with pytest.raises(BadModelError):
        install(store, "pack:yunet", source=wrong)
    assert list(store.folder.iterdir()) == []


def test_an_offline_machine_gets_one_clear_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def no_network(*_arguments: object, **_options: object) -> None:
        raise OSError("Network is unreachable")

    monkeypatch.setattr(socket, "create_connection", no_network)
    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    for spec in ("pack:yunet", "hf:owner/name@main"):
        with pytest.raises(ModelMissingError, match="--from"):
            install(ModelStore(tmp_path), spec)
    assert not any(p.is_dir() and not p.name.startswith(".") for p in ModelStore(tmp_path).folder.iterdir())


def test_a_folder_of_the_users_is_a_backbone(tmp_path: Path):
    folder = make_backbone(tmp_path / "tiny")
    files = ModelStore(tmp_path).resolve(f"dir:{folder}", "text encoder")
    assert files.path == folder
    assert files.sha256 == sha256_of(folder)


def test_pickled_weights_are_refused_by_content_not_by_loading(tmp_path: Path):
    folder = make_backbone(tmp_path / "tiny")
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(BadModelError, match="pickled"):
        ModelStore(tmp_path).resolve(f"dir:{folder}", "text encoder")


def test_an_installed_backbone_is_verified_at_each_use(tmp_path: Path):
    store = ModelStore(tmp_path / "home")
    files = install(store, "hf:owner/tiny@abc123", source=make_backbone(tmp_path / "tiny"), role="text encoder")
    assert store.resolve("hf:owner/tiny@abc123", "text encoder").sha256 == files.sha256
    save_file({"w": np.zeros(3, np.float32)}, files.path / "model.safetensors")
    with pytest.raises(BadModelError, match="changed since"):
        store.resolve("hf:owner/tiny@abc123", "text encoder")


def test_what_is_no_spec_is_wrong_usage(tmp_path: Path):
    with pytest.raises(UsageError, match="bundled:NAME"):
        ModelStore(tmp_path).resolve("resnet", "face encoder")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x80\x04\x95pickle",
        (2**63).to_bytes(8, "little") + b"{}",
        (200).to_bytes(8, "little") + b'{"w":',
        (8).to_bytes(8, "little") + b"{not it}",
    ],
    ids=["empty", "pickle", "huge header", "cut off", "no json"],
)
def test_what_is_not_safetensors_is_refused(tmp_path: Path, content: bytes):
    path = tmp_path / "weights.safetensors"
    path.write_bytes(content)
    with pytest.raises(BadModelError):
        load_tensors(path)


def test_a_card_must_speak_of_this_very_file(tmp_path: Path):
    path = tmp_path / "fusion.safetensors"
    save_file({"w": np.ones(3, np.float32)}, path)
    with pytest.raises(BadModelError, match="card"):
        load_card(path)
    path.with_suffix(".json").write_text(json.dumps({"name": "x", "sha256": "0" * 64}))
    with pytest.raises(BadModelError, match="not the file"):
        load_card(path)
    path.with_suffix(".json").write_text(json.dumps({"name": "x", "sha256": sha256_of(path)}))
    assert load_card(path)["name"] == "x"


def test_an_own_bundle_is_added_under_its_name(tmp_path: Path):
    path = tmp_path / "mine.safetensors"
    save_file({"w": np.ones(3, np.float32)}, path)
    path.with_suffix(".json").write_text(json.dumps({"name": "mine", "sha256": sha256_of(path)}))
    store = ModelStore(tmp_path / "home")
    assert add(store, "mine", path).spec == "local:mine"
    shutil.rmtree(tmp_path / "home")
    with pytest.raises(ModelMissingError):
        store.resolve("local:mine", "fusion")
