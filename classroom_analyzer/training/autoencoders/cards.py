"""What the autoencoders' cards say in words, and the augmentation of faces that they speak of."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

__all__ = ["augmented_faces", "backbone_texts", "card_texts"]

SHIFT_PX = 3
BRIGHTNESS = 0.25  # added, of a range of 2
CONTRAST = 0.25  # factor 0.75 to 1.25
BLUR_SHARE = 0.4  # of the batch's rows
FLIP_SHARE = 0.5

OUT_OF_SCOPE = ("grading", "ranking", "discipline", "appraisal", "decisions about one pupil", "recognising a person")

TEXTS: dict[str, dict[str, Any]] = {
    "face": {
        "inputs": "upright face crops, 64 x 64 pixels BGR in [-1, 1], one per seat and second",
        "code": 64,
        "augmentation": "mirrored, shifted by up to 3 pixels, brightness, contrast, blur; training rows only",
        "attribution": "Sample videos of intel-iot-devkit/sample-videos, CC BY 4.0, cut to faces.",
        "limits": [
            "Trained on the few adults of 19 short recordings; a face unlike theirs can count as novel.",
            "Untested: minors, room cameras, glasses, head coverings, skin tones, lighting.",
            "Its code is no identity and carries no validated meaning; used for novelty and for telling neighbouring "
            "seats apart inside one lesson.",
        ],
    },
    "sound": {
        "inputs": "log-mel picture of one second, 64 bands x 100 steps of 10 ms, level taken out",
        "code": 32,
        "augmentation": "none; seconds overlap by three quarters",
        "attribution": (
            "AMI Meeting Corpus (Carletta and others, 2005), licence as commonly stated: CC BY 4.0; excerpts by way "
            "of pyannote-audio (MIT, CNRS)."
        ),
        "limits": [
            "Trained on 4.5 minutes of meeting rooms with adult speakers; other rooms and microphones can count as "
            "novel.",
            "Untested: classrooms, minors, call software.",
            "Steady noise is easy to reconstruct and counts as familiar; clean read speech can count as novel (z up to "
            "5).",
        ],
        "tier": (
            "what the bundled tier hears sound with: no pretrained speech network is bundled. A wav2vec 2.0, HuBERT, "
            "WavLM or Whisper encoder takes its place with --audio-encoder; those were tested with tiny models only."
        ),
    },
    "text": {
        "inputs": "MiniLM sentence embedding of one message, 384 values of unit length times sqrt(384)",
        "code": 32,
        "augmentation": "none",
        "attribution": (
            "Conversational uptake data (Demszky and others, ACL 2021), MIT; Bridge (Wang and others, NAACL 2024), "
            "MIT; GoEmotions (Demszky and others, ACL 2020), Apache-2.0; texts only, no labels used."
        ),
        "limits": [
            "English only: other languages count as novel more often.",
            "Classroom texts are grade 4 and 5 mathematics and tutoring chats; the rest are forum comments.",
        ],
    },
}


def card_texts(modality: str) -> dict[str, Any]:
    """Return the part of a card that is the same for every training."""
    return {
        **TEXTS[modality],
        "policy_needed": "engagement",
        "purpose": "novelty of the input and a latent code; it says nothing about a person's state",
        "out_of_scope": list(OUT_OF_SCOPE),
        "licence": "Apache-2.0",
        "contact": "the Classroom Analyzer team",
    }


BACKBONE_FEATURES = {
    "face": "pooled features of a residual network, one row per face crop",
    "sound": "mean over a second of a speech network's last layer",
    "text": "mean of a language network's last layer over one message, unit length",
}


def backbone_texts(modality: str, features: int) -> dict[str, Any]:
    """Return the same for an autoencoder of a backbone's features; ``features`` is their number."""
    return {
        **{name: text for name, text in card_texts(modality).items() if name != "tier"},
        "inputs": f"{BACKBONE_FEATURES[modality]}; {features} values, each to mean 0 and spread 1 of the training rows",
        "features": features,
        "augmentation": "none",
        "purpose": "novelty of what a backbone encodes; it says nothing about a person's state",
        "limits": [
            *TEXTS[modality]["limits"],
            "How well its novelty tells strange inputs from familiar ones was not measured for this backbone.",
        ],
    }


def augmented_faces(batch: Tensor) -> Tensor:
    """Mirror, shift, brighten, change contrast, blur; each row by its own draw.

    Few people are in the data; their pictures shall vary as a room's would.

    Args:
        batch: ``(n, 3, 64, 64)`` faces in [-1, 1].

    Returns:
        The same shape and range.
    """
    n, _, height, width = batch.shape

    def draw(low: float, high: float) -> Tensor:
        return torch.rand(n, 1, 1, 1) * (high - low) + low

    batch = torch.where(draw(0, 1) < FLIP_SHARE, batch.flip(3), batch)
    batch = torch.where(draw(0, 1) < BLUR_SHARE, _blurred(batch), batch)
    batch = (batch * draw(1 - CONTRAST, 1 + CONTRAST) + draw(-BRIGHTNESS, BRIGHTNESS)).clamp(-1, 1)
    padded = torch.nn.functional.pad(batch, [SHIFT_PX] * 4, mode="replicate")
    starts = torch.randint(0, 2 * SHIFT_PX + 1, (n, 2)).tolist()
    return torch.stack([padded[i, :, y : y + height, x : x + width] for i, (y, x) in enumerate(starts)])


def _blurred(batch: Tensor) -> Tensor:
    """Mean of 3 x 3 pixels."""
    return torch.nn.functional.avg_pool2d(torch.nn.functional.pad(batch, [1] * 4, mode="replicate"), 3, stride=1)
