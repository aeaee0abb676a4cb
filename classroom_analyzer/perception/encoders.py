"""Turns a resolved model spec into the encoder of a modality, whichever tier it comes from.

Nothing heavy loads before a builder is called; under ``observe`` none is.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from classroom_analyzer.perception.audio.encoder import SoundEncoder
from classroom_analyzer.perception.text.encoder import TextEncoder
from classroom_analyzer.perception.vision.encoder import FaceEncoder

__all__ = ["autoencoder_beside", "build_face_encoder", "build_sound_encoder", "build_text_encoder"]

BUNDLED_FACE = "bundled:face-autoencoder"
BUNDLED_SOUND = "bundled:sound-autoencoder"
BUNDLED_TEXT = "bundled:minilm"


def autoencoder_beside(backbone: Path) -> Path:
    """Name the file in which the autoencoder of a backbone's features lies: beside its folder, its card beside it."""
    folder = backbone.resolve()
    return folder.with_name(f"{folder.name}.autoencoder.safetensors")


def build_face_encoder(
    spec: str,
    path: Path,
    device: str,
    *,
    autoencoder: Path | None = None,
    warn: Callable[[str], None] | None = None,
) -> FaceEncoder:
    """Build a face encoder.

    Args:
        spec: As the model was asked for; ``bundled:face-autoencoder`` or a backbone.
        path: Its weight file or folder.
        device: Torch device.
        autoencoder: Weights of an autoencoder of the backbone's features; without it novelty is unknown.
        warn: Told in one sentence when the network has to move to the CPU.

    Raises:
        BadModelError: The model must not be used.
    """
    if spec == BUNDLED_FACE:
        from classroom_analyzer.perception.vision.face_autoencoder import AutoencoderFaceEncoder

        return AutoencoderFaceEncoder(path, device)
    from classroom_analyzer.perception.face_backbone import FaceBackbone

    faces = FaceBackbone(path, device, warn)
    if autoencoder is None:
        return faces
    from classroom_analyzer.perception.autoencoders import load_feature_autoencoder
    from classroom_analyzer.perception.feature_novelty import FaceNovelty

    return FaceNovelty(faces, load_feature_autoencoder(autoencoder, device))


def build_sound_encoder(
    spec: str,
    path: Path,
    device: str,
    *,
    autoencoder: Path | None = None,
    warn: Callable[[str], None] | None = None,
) -> SoundEncoder:
    """Build a sound encoder; arguments and errors as for ``build_face_encoder``."""
    if spec == BUNDLED_SOUND:
        from classroom_analyzer.perception.audio.sound_autoencoder import AutoencoderSoundEncoder

        return AutoencoderSoundEncoder(path, device)
    from classroom_analyzer.perception.sound_backbone import SoundBackbone

    sounds = SoundBackbone(path, device, warn)
    if autoencoder is None:
        return sounds
    from classroom_analyzer.perception.autoencoders import load_feature_autoencoder
    from classroom_analyzer.perception.feature_novelty import SoundNovelty

    return SoundNovelty(sounds, load_feature_autoencoder(autoencoder, device))


def build_text_encoder(
    spec: str,
    path: Path,
    device: str,
    *,
    autoencoder: Path | None = None,
    warn: Callable[[str], None] | None = None,
) -> TextEncoder:
    """Build a text encoder.

    Args:
        spec: ``bundled:minilm`` or a backbone; both are of the BERT family and load alike.
        path: Folder in the Hugging Face layout.
        device: Torch device.
        autoencoder: Weights of the bundled text autoencoder with MiniLM, else as for ``build_face_encoder``.
        warn: As for ``build_face_encoder``.

    Raises:
        BadModelError: The model must not be used.
    """
    from classroom_analyzer.perception.autoencoders import (
        DenseAutoencoder,
        load_autoencoder,
        load_feature_autoencoder,
    )
    from classroom_analyzer.perception.backbones import TextBackbone

    if autoencoder is None:
        return TextBackbone(path, device, None, warn)
    if spec == BUNDLED_TEXT:
        return TextBackbone(path, device, load_autoencoder(autoencoder, DenseAutoencoder(), device), warn)
    from classroom_analyzer.perception.feature_novelty import TextNovelty

    return TextNovelty(TextBackbone(path, device, None, warn), load_feature_autoencoder(autoencoder, device))
