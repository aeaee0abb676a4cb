from __future__ import annotations

import subprocess
import sys

import pytest

from classroom_analyzer.perception.vision.build import build_vision
from tests.perception.vision.lessons import centerface_path


def test_an_unknown_detector_is_refused(tmp_path):
    with pytest.raises(ValueError, match="wishful"):
        build_vision(
            detector=centerface_path(), device="cpu", face_encoder=None, appearance=False,
            excluded_seats=frozenset(), detector_kind="wishful",
        )  # fmt: skip


def test_on_the_cpu_without_an_encoder_torch_is_not_loaded():
    code = (
        "import sys; from pathlib import Path; from classroom_analyzer.perception.vision.build import build_vision;"
        "build_vision(detector=Path(sys.argv[1]), device='cpu', face_encoder=None, appearance=False,"
        "excluded_seats=frozenset()); assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, str(centerface_path())], check=True)
