"""The user's settings as the window holds them: read, changed one by one, put back, exported and imported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError
from PySide6.QtCore import QObject, Signal

from classroom_analyzer.errors import BadInputError, ClassroomAnalyzerError, OutputNotWritableError
from classroom_analyzer.settings.schema import (
    FILE_NAME,
    Page,
    Settings,
    load_settings,
    parse_settings,
    save_settings,
    settings_text,
)

__all__ = ["Preferences"]

# Chosen in a dialog with its texts; neither a reset nor somebody else's file chooses them.
_ONLY_BY_DIALOG = ("policy", "place")
_LARGEST_FILE = 1_000_000  # bytes


class Preferences(QObject):
    """Settings that views read and change; every change is on the disk when ``set`` returns.

    Args:
        home: Folder of all state; None keeps the settings in memory only.

    Attributes:
        problem: Why the stored settings cannot be read and the defaults hold; empty when all is well.

    Signals:
        changed: Name of a setting that has another value now.
    """

    changed = Signal(str)

    def __init__(self, home: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home = home
        self.problem = ""
        self._settings = Settings()
        self.reload()

    @property
    def settings(self) -> Settings:
        """The values in force."""
        return self._settings

    def reload(self) -> None:
        """Read what others may have stored."""
        if self._home is None:
            return
        try:
            stored = load_settings(self._home)
        except ClassroomAnalyzerError as error:
            self.problem = str(error)
        else:
            self.problem = ""
            self._take(stored)

    def set(self, name: str, value: Any) -> None:
        """Give a setting another value.

        Raises:
            BadInputError: The value is not allowed, or the stored settings cannot be read.
            OutputNotWritableError: The settings cannot be stored.
        """
        self._store({name: value})

    def reset(self, page: Page) -> None:
        """Give all settings of a page their default values; policy and place stay.

        Raises:
            BadInputError: The stored settings cannot be read.
            OutputNotWritableError: The settings cannot be stored.
        """
        fields = Settings.model_fields
        on_page = [
            name
            for name, field in fields.items()
            if isinstance(field.json_schema_extra, dict)
            and field.json_schema_extra["page"] == page.value
            and name not in _ONLY_BY_DIALOG
        ]
        self._store({name: fields[name].get_default(call_default_factory=True) for name in on_page})

    def export_to(self, path: Path) -> None:
        """Write all settings to a TOML file; it names folders and devices of this computer.

        Raises:
            OutputNotWritableError: It cannot be written.
        """
        try:
            path.write_text(settings_text(self._settings), encoding="utf-8")
        except OSError as error:
            raise OutputNotWritableError(path, error.strerror or str(error)) from error

    def import_from(self, path: Path) -> None:
        """Take the settings of a TOML file, of this version or an older one; policy and place stay.

        Raises:
            BadInputError: It cannot be read or holds a value that is not allowed; nothing is changed then.
            OutputNotWritableError: The settings cannot be stored.
        """
        try:
            if path.stat().st_size > _LARGEST_FILE:
                raise BadInputError(path, "it is too large for a settings file; choose another file")
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise BadInputError(path, f"it cannot be read ({error}); choose another file") from error
        taken = parse_settings(path, text)
        self._store({name: getattr(taken, name) for name in Settings.model_fields if name not in _ONLY_BY_DIALOG})

    def start_afresh(self) -> None:
        """Put settings that cannot be read aside and begin with the defaults.

        Raises:
            OutputNotWritableError: The file cannot be renamed.
        """
        if self._home is None:
            return
        path = self._home / FILE_NAME
        try:
            path.replace(path.with_suffix(".damaged.toml"))
        except OSError as error:
            raise OutputNotWritableError(path, error.strerror or str(error)) from error
        self.reload()

    def _store(self, changes: dict[str, Any]) -> None:
        # Read again first: a dialog may have stored its choice meanwhile.
        stored = self._settings if self._home is None else load_settings(self._home)
        values = {name: getattr(stored, name) for name in Settings.model_fields}
        try:
            changed = Settings(**{**values, **changes})
        except ValidationError as error:
            first = error.errors()[0]
            raise BadInputError(Path(FILE_NAME), f"{first['loc'][0]}: {first['msg']}") from error
        if self._home is not None:
            save_settings(self._home, changed)
        self._take(changed)

    def _take(self, settings: Settings) -> None:
        before, self._settings = self._settings, settings
        for name in Settings.model_fields:
            if getattr(before, name) != getattr(settings, name):
                self.changed.emit(name)
