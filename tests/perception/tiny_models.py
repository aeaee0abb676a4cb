"""Small untrained networks in the Hugging Face layout, made by the tests that need them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from transformers import (
    BertConfig,
    BertModel,
    HubertConfig,
    HubertModel,
    PreTrainedTokenizerFast,
    ResNetConfig,
    ResNetModel,
    Wav2Vec2Config,
    Wav2Vec2CTCTokenizer,
    Wav2Vec2ForCTC,
    Wav2Vec2Model,
    WavLMConfig,
    WavLMForXVector,
    WavLMModel,
    WhisperConfig,
    WhisperForConditionalGeneration,
    WhisperModel,
    XLMRobertaConfig,
    XLMRobertaModel,
)

WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "what", "page", "are", "we", "on", "i", "am", "lost", "?")


def tiny_bert(folder: Path) -> Path:
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(WORDS), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    BertModel(config).save_pretrained(folder, safe_serialization=True)
    (folder / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    return folder


def tiny_resnet(folder: Path) -> Path:
    torch.manual_seed(0)
    config = ResNetConfig(embedding_size=8, hidden_sizes=[8, 12], depths=[1, 1], layer_type="basic")
    ResNetModel(config).save_pretrained(folder, safe_serialization=True)
    return folder


def tiny_wav2vec2(folder: Path, norm: str = "group") -> Path:
    """``group`` is normalised like the base sizes, ``layer`` like the large ones."""
    return _tiny_speech(folder, Wav2Vec2Config, Wav2Vec2Model, norm)


def tiny_hubert(folder: Path, norm: str = "group") -> Path:
    return _tiny_speech(folder, HubertConfig, HubertModel, norm)


def tiny_wavlm(folder: Path, norm: str = "group") -> Path:
    return _tiny_speech(folder, WavLMConfig, WavLMModel, norm)


def _tiny_speech(folder: Path, config_class: Any, model_class: Any, norm: str) -> Path:
    torch.manual_seed(0)
    config = config_class(
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        feat_extract_norm=norm,
        do_stable_layer_norm=norm == "layer",
        conv_dim=(8, 8),
        conv_kernel=(10, 8),
        conv_stride=(5, 4),
        num_conv_pos_embeddings=16,
        num_conv_pos_embedding_groups=2,
    )
    model_class(config).save_pretrained(folder, safe_serialization=True)
    return folder


def tiny_whisper(folder: Path) -> Path:
    torch.manual_seed(0)
    config = WhisperConfig(
        vocab_size=32,
        d_model=16,
        encoder_layers=1,
        decoder_layers=1,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=16,
        decoder_ffn_dim=16,
        pad_token_id=0,
        bos_token_id=1,
        eos_token_id=2,
        decoder_start_token_id=1,
        suppress_tokens=None,
        begin_suppress_tokens=None,
    )
    WhisperModel(config).save_pretrained(folder, safe_serialization=True)
    return folder


def tiny_xvector(folder: Path) -> Path:
    torch.manual_seed(0)
    config = WavLMConfig(
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        conv_dim=(8, 8),
        conv_kernel=(20, 16),
        conv_stride=(20, 16),
        num_conv_pos_embeddings=16,
        num_conv_pos_embedding_groups=2,
        tdnn_dim=(8, 8, 16),
        tdnn_kernel=(5, 3, 1),
        tdnn_dilation=(1, 2, 1),
        xvector_output_dim=12,
    )
    WavLMForXVector(config).save_pretrained(folder, safe_serialization=True)
    return folder


LETTERS = ("<pad>", "<s>", "</s>", "<unk>", "|", "A", "B", "C", "D")


def tiny_ctc(folder: Path) -> Path:
    """A recogniser that says a letter for whatever it hears."""
    torch.manual_seed(0)
    config = Wav2Vec2Config(
        vocab_size=len(LETTERS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        conv_dim=(8, 8),
        conv_kernel=(10, 8),
        conv_stride=(5, 4),
        num_conv_pos_embeddings=16,
        num_conv_pos_embedding_groups=2,
        pad_token_id=0,
    )
    Wav2Vec2ForCTC(config).save_pretrained(folder, safe_serialization=True)
    vocabulary = folder / "vocab.json"
    vocabulary.write_text(json.dumps({letter: i for i, letter in enumerate(LETTERS)}), encoding="utf-8")
    Wav2Vec2CTCTokenizer(str(vocabulary)).save_pretrained(folder)
    return folder


def tiny_recogniser(folder: Path) -> Path:
    """A Whisper that says words in no order."""
    torch.manual_seed(0)
    words = ("<pad>", "<s>", "</s>", *(f"word{i}" for i in range(29)))
    config = WhisperConfig(
        vocab_size=len(words),
        d_model=16,
        encoder_layers=1,
        decoder_layers=1,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=16,
        decoder_ffn_dim=16,
        max_target_positions=24,
        tie_word_embeddings=False,
        pad_token_id=0,
        bos_token_id=1,
        eos_token_id=2,
        decoder_start_token_id=1,
        suppress_tokens=None,
        begin_suppress_tokens=None,
    )
    WhisperForConditionalGeneration(config).save_pretrained(folder, safe_serialization=True)
    tokenizer = Tokenizer(WordLevel({word: i for i, word in enumerate(words)}, unk_token="</s>"))
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>", bos_token="<s>", eos_token="</s>"
    ).save_pretrained(folder)
    return folder


def tiny_xlm_roberta(folder: Path) -> Path:
    """A multilingual encoder that knows single characters of any script as pieces."""
    torch.manual_seed(0)
    words = ("<s>", "<pad>", "</s>", "<unk>", "<mask>", "我", "不", "明", "白", "نعم", "what", "page", "lost")
    config = XLMRobertaConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=140, pad_token_id=1,
    )  # fmt: skip
    XLMRobertaModel(config).save_pretrained(folder, safe_serialization=True)
    pieces = Tokenizer(WordLevel({word: number for number, word in enumerate(words)}, unk_token="<unk>"))
    pieces.pre_tokenizer = Whitespace()
    PreTrainedTokenizerFast(
        tokenizer_object=pieces, unk_token="<unk>", pad_token="<pad>", bos_token="<s>", eos_token="</s>"
    ).save_pretrained(folder)
    return folder
