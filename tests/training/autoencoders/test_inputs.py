from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from classroom_analyzer.domain.progress import CancelToken, silent
from classroom_analyzer.errors import StoppedByUserError
from classroom_analyzer.models.store import ModelStore
from classroom_analyzer.perception.autoencoders import FeatureAutoencoder
from classroom_analyzer.perception.face_backbone import FaceBackbone
from classroom_analyzer.training.autoencoders import inputs
from classroom_analyzer.training.autoencoders.inputs import AutoencoderKind, backbone_inputs, bundled_inputs
from classroom_analyzer.training.autoencoders.reconstruction import Reconstruction
from tests.perception.tiny_models import tiny_bert, tiny_resnet, tiny_wav2vec2

RNG = np.random.default_rng(0)


def test_faces_are_shown_in_tensorboard_in_their_colours(tmp_path: Path) -> None:
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from torch.utils.tensorboard import SummaryWriter

    red = np.zeros((4, 64, 64, 3), np.uint8)
    red[..., 2] = 255  # BGR
    given = bundled_inputs(AutoencoderKind.FACE, red, tmp_path)
    assert given.values.shape == (4, 3, 64, 64)
    assert given.augment is not None
    assert given.picture is not None
    assert given.picture(given.values)[0, :, 0, 0].tolist() == [1, -1, -1]
    task = Reconstruction(given.network(given.values), given.values, given.values, picture=given.picture)
    with SummaryWriter(str(tmp_path)) as writer, torch.no_grad():
        task.show(writer, 1)
    events = EventAccumulator(str(tmp_path))
    events.Reload()
    shown = events.Images("reconstruction")[0]
    assert (shown.width, shown.height) == (4 * 64, 2 * 64)


def test_rows_behind_a_backbone_are_its_features(tmp_path: Path) -> None:
    folder = tiny_resnet(tmp_path / "resnet")
    crops = RNG.integers(0, 255, (70, 64, 64, 3), dtype=np.uint8)
    seen: list[float] = []
    given = backbone_inputs(
        AutoencoderKind.FACE,
        crops,
        ModelStore(tmp_path).resolve(f"dir:{folder}", "face encoder"),
        lambda _, completed, total: seen.append(completed),
        CancelToken(),
    )
    np.testing.assert_allclose(given.values, FaceBackbone(folder, "cpu").encode(crops).embedding, atol=1e-5)
    assert seen == [64, 70]
    assert given.texts["features"] == 12
    assert isinstance(given.network(given.values), FeatureAutoencoder)


def test_encoding_by_a_backbone_can_be_stopped(tmp_path: Path) -> None:
    files = ModelStore(tmp_path).resolve(f"dir:{tiny_wav2vec2(tmp_path / 'w')}", "sound encoder")
    clips = RNG.standard_normal((2, 16_000)).astype(np.float32)
    assert backbone_inputs(AutoencoderKind.SOUND, clips, files, silent, CancelToken()).values.shape == (2, 16)
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(StoppedByUserError):
        backbone_inputs(AutoencoderKind.SOUND, clips, files, silent, cancel)


@pytest.mark.parametrize("kind", [AutoencoderKind.SOUND, AutoencoderKind.TEXT])
def test_features_of_a_backbone_are_computed_once_where_a_cache_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: AutoencoderKind
) -> None:
    if kind is AutoencoderKind.SOUND:
        folder, rows = tiny_wav2vec2(tmp_path / "w"), RNG.standard_normal((70, 800)).astype(np.float32)
    else:
        folder, rows = tiny_bert(tmp_path / "b"), np.array(["i am lost", "what page ?"] * 150)
    files, cache = ModelStore(tmp_path).resolve(f"dir:{folder}", "encoder"), tmp_path / "cache"
    first = backbone_inputs(kind, rows, files, silent, CancelToken(), cache).values
    plain = backbone_inputs(kind, rows, files, silent, CancelToken()).values
    assert torch.equal(first, plain)
    assert len(list(cache.rglob("*.safetensors"))) == 2  # blocks
    never = pytest.fail  # called with rows it fails
    monkeypatch.setattr(inputs, "_features", lambda *_: never)
    assert torch.equal(backbone_inputs(kind, rows, files, silent, CancelToken(), cache).values, first)
