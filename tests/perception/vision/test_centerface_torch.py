from __future__ import annotations

import logging

import numpy as np
import pytest
import torch

from classroom_analyzer.errors import BadModelError
from classroom_analyzer.perception.vision.centerface import CenterFaceDetector
from classroom_analyzer.perception.vision.centerface_torch import TorchCenterFaceDetector
from tests.perception.vision.lessons import centerface_path


@pytest.fixture(scope="module")
def noise():
    return np.random.default_rng(1).integers(0, 255, (2, 101, 150, 3), dtype=np.uint8)


def test_torch_and_opencv_give_the_same_maps_picture_by_picture(noise):
    here = CenterFaceDetector(centerface_path())
    there = TorchCenterFaceDetector(centerface_path(), "cpu").maps_batch(list(noise))
    for image, maps in zip(noise, there, strict=True):
        for ours, theirs in zip(here.maps(image), maps, strict=True):
            assert ours == pytest.approx(theirs, abs=1e-2)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device here")
def test_half_precision_on_the_gpu_stays_near_the_cpu(noise):
    here = CenterFaceDetector(centerface_path()).maps(noise[0])
    there = TorchCenterFaceDetector(centerface_path(), "cuda").maps_batch([noise[0]])[0]
    assert here.heat == pytest.approx(there.heat, abs=5e-2)


def test_when_the_memory_does_not_suffice_it_goes_on_on_the_cpu_and_says_so(noise, monkeypatch, caplog):
    detector = TorchCenterFaceDetector(centerface_path(), "cpu")
    run, calls = detector._run, []

    def short_of_memory_once(pixels):
        calls.append(str(detector._device))
        if len(calls) == 1:
            raise torch.OutOfMemoryError
        return run(pixels)

    monkeypatch.setattr(detector, "_run", short_of_memory_once)
    detector._device = torch.device("meta")
    with caplog.at_level(logging.WARNING):
        detector.detect(noise[0])
    assert calls == ["meta", "cpu"]
    assert "goes on on the CPU" in caplog.text


def test_a_file_that_is_no_network_is_refused(tmp_path):
    path = tmp_path / "faces.onnx"
    path.write_bytes(b"no network")
    with pytest.raises(BadModelError):
        TorchCenterFaceDetector(path, "cpu")
