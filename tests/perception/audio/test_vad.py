from __future__ import annotations

import warnings
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch
from safetensors.numpy import save_file

from classroom_analyzer.errors import BadModelError
from classroom_analyzer.models.store import ModelStore
from classroom_analyzer.perception.audio.frames import FRAME_SAMPLES
from classroom_analyzer.perception.audio.turns import SpeechGate
from classroom_analyzer.perception.audio.vad import SileroVad


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ModelStore(tmp_path_factory.mktemp("store")).resolve("bundled:silero-vad", "voice activity").path


@pytest.fixture
def vad(weights: Path) -> SileroVad:
    return SileroVad(weights)


def _frames(samples: np.ndarray) -> np.ndarray:
    whole = len(samples) // FRAME_SAMPLES * FRAME_SAMPLES
    return samples[:whole].astype(np.float32).reshape(-1, FRAME_SAMPLES)


def _speech(probabilities: np.ndarray) -> np.ndarray:
    gate = SpeechGate()
    return np.concatenate([gate.push(probabilities), gate.settle()])


def _buzz(seconds: float) -> np.ndarray:
    """A made-up vowel: harmonics of 140 Hz under three formants, syllables at 4 Hz."""
    t = np.arange(int(seconds * 16000)) / 16000
    wave = np.zeros_like(t)
    for k in range(1, 50):
        hz = 140.0 * k
        gain = sum(np.exp(-(((hz - formant) / 120) ** 2)) for formant in (700, 1200, 2600)) + 0.02
        wave += gain * np.sin(2 * np.pi * hz * t + k)
    return 0.05 * wave * (0.55 + 0.45 * np.sin(2 * np.pi * 4 * t))


def test_cutting_into_blocks_changes_nothing(vad: SileroVad) -> None:
    frames = _frames(_buzz(3))
    whole = vad.probabilities(frames)
    vad.reset()
    parts = np.concatenate([vad.probabilities(part) for part in np.array_split(frames, 7)])
    np.testing.assert_allclose(parts, whole, atol=1e-5)


def test_with_the_torchscript_weights_the_network_gives_the_torchscript_probabilities(weights: Path) -> None:
    names = {f"conv{i + 1}.{k}": f"encoder.{i}.reparam_conv.{k}" for i in range(4) for k in ("weight", "bias")}
    names |= {f"lstm.{k}_l0": f"decoder.rnn.{k}" for k in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")}
    names |= {f"final_conv.{k}": f"decoder.decoder.2.{k}" for k in ("weight", "bias")}
    names["stft_conv.weight"] = "stft.forward_basis_buffer"
    package = find_spec("silero_vad")
    assert package is not None
    assert package.submodule_search_locations is not None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # TorchScript itself
        reference = torch.jit.load(Path(package.submodule_search_locations[0]) / "data" / "silero_vad.jit")
    state = reference.state_dict()
    ours = SileroVad(weights)
    ours._net.load_state_dict({name: state[f"_model.{theirs}"] for name, theirs in names.items()})
    frames = _frames(np.concatenate([_buzz(2), np.random.default_rng(0).normal(0, 0.01, 16000), _buzz(1)]))
    with torch.no_grad():
        expected = [float(reference(torch.from_numpy(frame), 16000)) for frame in frames]
    np.testing.assert_allclose(ours.probabilities(frames), expected, atol=1e-4)


@pytest.mark.parametrize("level", [1e-4, 1e-2, 0.3])
def test_white_noise_is_not_speech(vad: SileroVad, level: float) -> None:
    noise = np.random.default_rng(0).normal(0, level, 16000 * 20)
    assert _speech(vad.probabilities(_frames(noise))).mean() < 0.05


def test_other_weights_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.safetensors"
    save_file({"w": np.zeros(3, np.float32)}, other)
    with pytest.raises(BadModelError, match="Silero"):
        SileroVad(other)


def test_real_meetings_agree_with_their_labels(vad: SileroVad, shared_data: Path) -> None:
    audio = shared_data / "audio"
    labels = [line.split() for line in (audio / "ami_train.rttm").read_text(encoding="utf-8").splitlines()]
    hits = marked = true = 0
    for path in sorted(audio.glob("ami_trn*.flac")):
        samples, _ = soundfile.read(path, dtype="float32")
        vad.reset()
        mask = _speech(vad.probabilities(_frames(samples)))
        middle_s = (np.arange(len(mask)) + 0.5) * 0.032
        truth = np.zeros(len(mask), bool)
        for row in labels:
            if path.stem.endswith(row[1]):
                start_s = float(row[3])
                truth |= (middle_s >= start_s) & (middle_s < start_s + float(row[4]))
        hits += int((mask & truth).sum())
        marked += int(mask.sum())
        true += int(truth.sum())
    assert hits / marked > 0.95
    assert 2 * hits / (marked + true) > 0.87
