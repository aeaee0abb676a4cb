"""What the settings page knows of a setting, read from the schema; the words of its choices."""

from __future__ import annotations

import types
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le
from PySide6.QtCore import QCoreApplication

from classroom_analyzer.domain.policy import Place, Policy
from classroom_analyzer.gui.sentences import policy_name
from classroom_analyzer.settings.schema import Editor, Page, Settings

__all__ = ["FIELDS", "SettingField", "choice_name", "page_name"]

translate = QCoreApplication.translate  # under this name lupdate finds the sentences


@dataclass(frozen=True, slots=True)
class SettingField:
    """One setting.

    Attributes:
        name: In ``settings.toml``.
        page: Where it stands.
        editor: How it is edited.
        at_once: Whether a change takes effect at once; else with the next lesson.
        kind: Its type, without None.
        optional: Whether it may be None.
        choices: Values it is limited to; empty where it is not.
        least: Smallest number; None without a limit.
        most: Largest number; None without a limit.
    """

    name: str
    page: Page
    editor: Editor
    at_once: bool
    kind: Any
    optional: bool
    choices: tuple[str, ...]
    least: float | None
    most: float | None

    @property
    def title(self) -> str:
        """A few words for people."""
        return translate("settings", Settings.model_fields[self.name].title or self.name)

    @property
    def description(self) -> str:
        """One sentence for people."""
        return translate("settings", Settings.model_fields[self.name].description or "")

    @property
    def words(self) -> str:
        """Everything that a search may find it by, in this language and in English."""
        field = Settings.model_fields[self.name]
        return " ".join((self.title, self.description, self.name, field.title or "", field.description or ""))


def page_name(page: Page) -> str:
    """Name of a page."""
    return {
        Page.GENERAL: translate("setting_fields", "General"),
        Page.DEVICES: translate("setting_fields", "Devices"),
        Page.ANALYSIS: translate("setting_fields", "Analysis"),
        Page.PRIVACY: translate("setting_fields", "Privacy"),
        Page.SHORTCUTS: translate("setting_fields", "Shortcuts"),
        Page.REPORTS: translate("setting_fields", "Reports"),
        Page.ADVANCED: translate("setting_fields", "Advanced"),
    }[page]


def choice_name(field: str, value: object) -> str:
    """Words for a value out of a few; None is that nobody chose."""
    if value is None:
        return translate("setting_fields", "not chosen")
    if isinstance(value, Policy):
        return policy_name(value)
    names = {
        ("language", "system"): translate("setting_fields", "As the system"),
        ("language", "en"): "English",
        ("language", "zh_CN"): "简体中文",
        ("theme", "system"): translate("setting_fields", "As the system"),
        ("theme", "light"): translate("setting_fields", "Light"),
        ("theme", "dark"): translate("setting_fields", "Dark"),
        ("place", Place.EU_EDUCATION): translate("setting_fields", "Education in the EU or EEA"),
        ("place", Place.EDUCATION): translate("setting_fields", "Education elsewhere"),
        ("place", Place.OTHER): translate("setting_fields", "Something else"),
    }
    return names.get((field, str(value)), str(value))


def _field(name: str) -> SettingField | None:
    info = Settings.model_fields[name]
    extra = info.json_schema_extra
    if not isinstance(extra, dict):
        return None  # no choice of the user
    annotation = info.annotation
    optional = False
    if get_origin(annotation) in (Union, types.UnionType):
        kinds = [kind for kind in get_args(annotation) if kind is not type(None)]
        optional = len(kinds) < len(get_args(annotation))
        annotation = kinds[0]
    choices: tuple[str, ...] = ()
    if get_origin(annotation) is Literal:
        choices = get_args(annotation)
    elif isinstance(annotation, type) and issubclass(annotation, Enum):
        choices = tuple(annotation)
    least = next((float(m.ge) for m in info.metadata if isinstance(m, Ge)), None)  # type: ignore[arg-type]
    above = next((float(m.gt) for m in info.metadata if isinstance(m, Gt)), None)  # type: ignore[arg-type]
    most = next((float(m.le) for m in info.metadata if isinstance(m, Le)), None)  # type: ignore[arg-type]
    return SettingField(
        name, Page(str(extra["page"])), Editor(str(extra["editor"])), extra["applies"] == "at once",
        get_origin(annotation) or annotation, optional, choices, least if least is not None else above, most,
    )  # fmt: skip


FIELDS: tuple[SettingField, ...] = tuple(f for f in map(_field, Settings.model_fields) if f is not None)
