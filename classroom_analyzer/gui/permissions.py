"""Whether the system lets this program use camera and microphone, and where a person switches it on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QCameraPermission, QCoreApplication, QMicrophonePermission, QObject, Qt
from PySide6.QtWidgets import QApplication

__all__ = ["Access", "ask", "remedy", "settings_address"]

translate = QCoreApplication.translate  # under this name lupdate finds the sentences


class Access(StrEnum):
    """What may be denied."""

    CAMERA = "camera"
    MICROPHONE = "microphone"


def ask(access: Access, context: QObject, answer: Callable[[bool], None]) -> None:
    """Find out whether it may be used; where the system was never asked, it asks the person now.

    Args:
        access: What.
        context: Drops the question when it is deleted.
        answer: Gets True when it may be used; may be called later.
    """
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    permission = QCameraPermission() if access is Access.CAMERA else QMicrophonePermission()
    status = application.checkPermission(permission)
    if status is Qt.PermissionStatus.Undetermined:
        application.requestPermission(
            permission, context, lambda told: answer(told.status() is Qt.PermissionStatus.Granted)
        )
    else:
        answer(status is Qt.PermissionStatus.Granted)


def remedy(access: Access, platform: str = sys.platform) -> str:
    """Say what is blocked and the exact place where it is switched on.

    Args:
        access: What.
        platform: As ``sys.platform``.
    """
    camera = access is Access.CAMERA
    if platform == "darwin":
        if camera:
            return translate(
                "permissions",
                "macOS blocks the camera. Open System Settings > Privacy & Security > Camera and switch on "
                "Classroom Analyzer, then try again.",
            )
        return translate(
            "permissions",
            "macOS blocks the microphone. Open System Settings > Privacy & Security > Microphone and switch on "
            "Classroom Analyzer, then try again.",
        )
    if platform == "win32":
        if camera:
            return translate(
                "permissions",
                "Windows blocks the camera. Open Settings > Privacy & security > Camera and switch on "
                "“Let desktop apps access your camera”, then try again.",
            )
        return translate(
            "permissions",
            "Windows blocks the microphone. Open Settings > Privacy & security > Microphone and switch on "
            "“Let desktop apps access your microphone”, then try again.",
        )
    if camera:
        return translate(
            "permissions",
            "This account may not use the camera. In a terminal, run: sudo usermod -aG video $USER, then log out and "
            "in again, and try again.",
        )
    return translate(
        "permissions",
        "This account may not use the microphone. In a terminal, run: sudo usermod -aG audio $USER, then log out and "
        "in again, and try again.",
    )


def settings_address(access: Access, platform: str = sys.platform) -> str:
    """Address that opens that place; empty where there is none.

    Args:
        access: What.
        platform: As ``sys.platform``.
    """
    camera = access is Access.CAMERA
    if platform == "darwin":
        pane = "Privacy_Camera" if camera else "Privacy_Microphone"
        return f"x-apple.systempreferences:com.apple.preference.security?{pane}"
    if platform == "win32":
        return "ms-settings:privacy-webcam" if camera else "ms-settings:privacy-microphone"
    return ""
