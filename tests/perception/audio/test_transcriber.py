"""Recognisers in the Hugging Face layout, tiny and untrained: they load, run and refuse what does not fit."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from classroom_analyzer.errors import BadModelError
from classroom_analyzer.perception.audio.transcriber import CtcRecogniser, WhisperRecogniser, load_recogniser
from tests.perception.tiny_models import LETTERS, tiny_bert, tiny_ctc, tiny_recogniser, tiny_wav2vec2

SOUND = (0.1 * np.sin(np.arange(16_000) / 20)).astype(np.float32)


@pytest.fixture(scope="module")
def ctc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_ctc(tmp_path_factory.mktemp("ctc"))


@pytest.fixture(scope="module")
def whisper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_recogniser(tmp_path_factory.mktemp("whisper"))


def test_whisper_hears_words_in_up_to_30_s(whisper: Path) -> None:
    recogniser = load_recogniser(whisper, "cpu")
    assert isinstance(recogniser, WhisperRecogniser)
    words = recogniser.recognise(SOUND)
    assert words
    assert all(word.startswith("word") for word in words.split())
    assert recogniser.recognise(SOUND) == words
    recogniser.recognise(np.zeros(28 * 16_000, np.float32))


def test_ctc_joins_the_letters_of_neighbouring_steps(ctc: Path, tmp_path: Path) -> None:
    recogniser = load_recogniser(ctc, "cpu")
    assert isinstance(recogniser, CtcRecogniser)
    assert set(recogniser.recognise(SOUND)) <= set("ABCD ")
    recogniser.recognise(SOUND[:100])
    # One that always says A says it once, and one that says nothing is silent.
    for letter, words in (("A", "A"), ("<pad>", ""), ("|", "")):
        folder = tmp_path / letter.strip("<>|").join("xx")
        folder.mkdir()
        for file in ctc.iterdir():
            (folder / file.name).write_bytes(file.read_bytes())
        weights = load_file(folder / "model.safetensors")
        weights["lm_head.weight"] = torch.zeros_like(weights["lm_head.weight"])
        weights["lm_head.bias"] = torch.eye(len(LETTERS))[LETTERS.index(letter)]
        save_file(weights, folder / "model.safetensors", {"format": "pt"})
        assert load_recogniser(folder, "cpu").recognise(SOUND) == words


def test_a_checkpoint_without_the_mask_of_training_is_whole(ctc: Path, tmp_path: Path) -> None:
    for file in ctc.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    weights = load_file(tmp_path / "model.safetensors")
    weights.pop("wav2vec2.masked_spec_embed")
    save_file(weights, tmp_path / "model.safetensors", {"format": "pt"})
    load_recogniser(tmp_path, "cpu")


def test_what_cannot_recognise_speech_is_refused(tmp_path: Path) -> None:
    bert, bare, half = tmp_path / "bert", tmp_path / "bare", tmp_path / "half"
    with pytest.raises(BadModelError, match="'bert' network"):
        load_recogniser(tiny_bert(bert), "cpu")
    with pytest.raises(BadModelError, match="incomplete"):
        load_recogniser(tiny_wav2vec2(bare), "cpu")  # no head
    (tiny_ctc(half) / "vocab.json").unlink()
    (half / "tokenizer_config.json").unlink()
    with pytest.raises(BadModelError, match="tokenizer"):
        load_recogniser(half, "cpu")


def test_another_sampling_rate_is_refused(tmp_path: Path) -> None:
    (tiny_ctc(tmp_path) / "preprocessor_config.json").write_text(json.dumps({"sampling_rate": 8000}), encoding="utf-8")
    with pytest.raises(BadModelError, match="16 kHz"):
        load_recogniser(tmp_path, "cpu")
