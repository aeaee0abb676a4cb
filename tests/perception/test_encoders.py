from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from classroom_analyzer.models.store import ModelStore
from classroom_analyzer.perception.audio.encoder import SoundEncoder
from classroom_analyzer.perception.encoders import build_face_encoder, build_sound_encoder, build_text_encoder
from classroom_analyzer.perception.text.encoder import TextEncoder


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ModelStore:
    return ModelStore(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def text_encoder(store: ModelStore) -> TextEncoder:
    minilm = store.resolve("bundled:minilm", "text encoder")
    autoencoder = store.resolve("bundled:text-autoencoder", "text autoencoder")
    return build_text_encoder(minilm.spec, minilm.path, "cpu", autoencoder=autoencoder.path)


@pytest.fixture(scope="module")
def sound_encoder(store: ModelStore) -> SoundEncoder:
    files = store.resolve("bundled:sound-autoencoder", "sound encoder")
    return build_sound_encoder(files.spec, files.path, "cpu")


def test_importing_the_builders_loads_no_framework() -> None:
    program = (
        "import sys, classroom_analyzer.perception.encoders, classroom_analyzer.perception.audio.build,"
        " classroom_analyzer.perception.text.build;"
        "print(*[name for name in ('torch', 'transformers', 'torchaudio', 'cv2') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_texts_of_one_meaning_lie_closer_than_others(store: ModelStore) -> None:
    minilm = store.resolve("bundled:minilm", "text encoder")
    lost, confused, cat = (
        build_text_encoder(minilm.spec, minilm.path, "cpu")
        .encode(["I am lost", "I do not understand", "The cat sat on the mat"])
        .embedding
    )
    assert lost @ confused > 0.4 > lost @ cat


def test_classroom_talk_is_less_novel_than_gibberish(text_encoder: TextEncoder) -> None:
    codes = text_encoder.encode(
        ["I think the answer is 12", "can you explain that again?", "xq zzvk 0x3f wq/77 lkjh", "%PDF-1.7 obj endobj"]
    )
    assert codes.embedding.shape == (4, 32)
    assert codes.novelty is not None
    assert codes.novelty[:2].max() < codes.novelty[2:].min()
    assert codes.novelty[:2].max() < 3


def test_speech_is_less_novel_than_a_siren(sound_encoder: SoundEncoder, shared_data: Path) -> None:
    speech, _ = soundfile.read(shared_data / "audio" / "librispeech_116-288045-0000.flac", dtype="float32")
    t = np.arange(16_000) / 16_000
    siren = np.sin(2 * np.pi * 3000 * t).astype(np.float32)
    spoken = [sound_encoder.encode(speech[at : at + 16_000]).novelty for at in range(16_000, 80_000, 16_000)]
    strange = sound_encoder.encode(siren).novelty
    assert strange is not None
    assert all(novelty is not None and novelty < strange for novelty in spoken)
    assert strange > 6


def test_faces_get_a_code_and_a_finite_novelty(store: ModelStore) -> None:
    files = store.resolve("bundled:face-autoencoder", "face encoder")
    crops = np.random.default_rng(0).integers(0, 255, (3, 64, 64, 3), dtype=np.uint8)
    codes = build_face_encoder(files.spec, files.path, "cpu").encode(crops)
    assert codes.embedding.shape == (3, 64)
    assert codes.novelty is not None
    assert (codes.novelty > 3).all()  # noise is no face
    assert np.isfinite(codes.embedding).all()
