from __future__ import annotations

import warnings
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import save_file

from classroom_analyzer.errors import BadModelError
from classroom_analyzer.models.store import ModelStore
from classroom_analyzer.perception.audio.frames import FRAME_SAMPLES
from classroom_analyzer.perception.audio.turns import SpeechGate
from classroom_analyzer.perception.audio.vad import SileroVad
from classroom_analyzer.training.sound.mixtures import Background, background


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


def _struck(hz: float, seconds: float) -> np.ndarray:
    t = np.arange(int(seconds * 16000)) / 16000
    return np.minimum(t / 0.01, 1) * np.exp(-3 * t) * sum(np.sin(2 * np.pi * hz * k * t) / k**1.5 for k in range(1, 8))


def _blown(hz: float, seconds: float) -> np.ndarray:
    t = np.arange(int(seconds * 16000)) / 16000
    ramp = np.minimum(np.minimum(t, seconds - t) / 0.05, 1)
    return ramp * sum(np.sin(2 * np.pi * hz * k * t) / k**1.5 for k in range(1, 8))


def _bowed(hz: float, seconds: float) -> np.ndarray:
    t = np.arange(int(seconds * 16000)) / 16000
    phase = 2 * np.pi * np.cumsum(hz * (1 + 0.006 * np.sin(2 * np.pi * 5.5 * t))) / 16000
    ramp = np.minimum(np.minimum(t, seconds - t) / 0.08, 1)
    return ramp * sum(np.sin(k * phase) / k for k in range(1, 12))


def _melody(instrument: Callable[[float, float], np.ndarray], seconds: int) -> np.ndarray:
    """Chords of three from one octave in C, a new one after a quarter to a whole second."""
    rng = np.random.default_rng(0)
    sound = np.zeros((seconds + 4) * 16000)
    at_s = 0.0
    while at_s < seconds:
        length_s = rng.choice([0.25, 0.5, 1.0])
        for octave in (0, -12, -5):
            note = instrument(261.6 * 2 ** ((rng.choice([0, 2, 4, 5, 7, 9, 11, 12]) + octave) / 12), 1.5 * length_s)
            start = int(at_s * 16000)
            sound[start : start + len(note)] += note
        at_s += length_s
    return sound[: seconds * 16000]


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
@pytest.mark.parametrize("kind", Background)
def test_noise_hum_and_typing_are_not_speech(vad: SileroVad, kind: Background, level: float) -> None:
    noise = background(kind, 16000 * 20, np.random.default_rng(0))
    assert _speech(vad.probabilities(_frames(level * noise / noise.std()))).mean() < 0.05


@pytest.mark.parametrize("instrument", [_struck, _blown, _bowed])
def test_music_is_not_speech(vad: SileroVad, instrument: Callable[[float, float], np.ndarray]) -> None:
    music = _melody(instrument, 30)
    assert _speech(vad.probabilities(_frames(0.1 * music / music.std()))).mean() < 0.05


def test_other_weights_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.safetensors"
    save_file({"w": np.zeros(3, np.float32)}, other)
    with pytest.raises(BadModelError, match="Silero"):
        SileroVad(other)
