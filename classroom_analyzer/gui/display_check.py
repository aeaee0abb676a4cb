"""Sees whether a window can be shown here, in a process of its own: Qt ends the process where it cannot.

``python -m classroom_analyzer.gui.display_check`` says what it found as JSON on its last line.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from PySide6.QtGui import QFontDatabase, QGuiApplication

__all__ = ["main"]


def main() -> None:
    """Open the display, and look at its screens and fonts."""
    # OpenCV's wheel points Qt at plugins of its own build.
    os.environ.pop("QT_QPA_PLATFORM_PLUGIN_PATH", None)
    application = QGuiApplication(["display-check"])
    screens = [
        f"{screen.size().width()} x {screen.size().height()} at {screen.devicePixelRatio():.0%}"
        for screen in application.screens()
    ]
    found = [_finding("display", "ok", f"{application.platformName()}: {', '.join(screens) or 'no screen'}")]
    chinese = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    if chinese:
        found.append(_finding("chinese_fonts", "ok", "there"))
    else:
        remedy = "To read Chinese in the window install a font for it; on Debian: fonts-noto-cjk."
        found.append(_finding("chinese_fonts", "warning", "none", remedy))
    sys.stdout.write("\n" + json.dumps(found) + "\n")


def _finding(name: str, state: str, found: str, remedy: str = "") -> dict[str, Any]:
    return {"name": name, "state": state, "found": found, "remedy": remedy, "names": []}


if __name__ == "__main__":
    main()
