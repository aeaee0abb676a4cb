from __future__ import annotations

import os
import subprocess
import sys

import pytest

SHOW = "import os; print(os.environ.get('QT_QPA_PLATFORM_PLUGIN_PATH'), os.environ['OPENCV_IO_MAX_IMAGE_PIXELS'])"


@pytest.mark.parametrize("module", ["perception.vision.pose", "sources.camera", "sources.drawn_class"])
def test_whoever_imports_opencv_first_leaves_qt_alone_and_limits_pictures(module):
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("QT_", "OPENCV_"))}
    done = subprocess.run(
        [sys.executable, "-c", f"import classroom_analyzer.{module}; {SHOW}"],
        capture_output=True, check=True, env=environment, text=True,
    )  # fmt: skip
    assert done.stdout.split() == ["None", str(2**26)]
