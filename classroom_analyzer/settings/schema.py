"""The settings of one user, read from ``settings.toml`` and the environment, checked field by field.

The settings page is made from this class: each field says its page, one sentence and when a change takes effect.
"""

from __future__ import annotations

import os
import tempfile
import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from classroom_analyzer.domain.policy import GROUP_MINIMUM_EXPORT, GROUP_MINIMUM_LIVE, Place, Policy
from classroom_analyzer.errors import BadInputError, OutputNotWritableError
from classroom_analyzer.settings.migrations import FORMAT_VERSION, migrate
from classroom_analyzer.settings.toml_text import toml_text

__all__ = [
    "AUTO",
    "FORMAT_VERSION",
    "MARKER_KEYS",
    "NONE",
    "Editor",
    "Page",
    "Settings",
    "load_settings",
    "parse_settings",
    "save_settings",
    "settings_text",
]

AUTO = "auto"
NONE = "none"
FILE_NAME = "settings.toml"
MARKER_KEYS = 9  # own markers, on the keys 1 to 9


class Page(StrEnum):
    """Page of the settings on which a field stands."""

    GENERAL = "general"
    DEVICES = "devices"
    ANALYSIS = "analysis"
    PRIVACY = "privacy"
    SHORTCUTS = "shortcuts"
    REPORTS = "reports"
    ADVANCED = "advanced"


class Editor(StrEnum):
    """How a field is edited where its type does not say so."""

    BY_TYPE = "by type"
    DIALOG = "dialog"  # a dialog of its own: the choice of policy and place, with its texts
    CAMERA = "camera"
    MICROPHONE = "microphone"
    CALL_SOUND = "call sound"
    FILE = "file"
    FOLDER = "folder"
    MARKERS = "markers"
    SHORTCUTS = "shortcuts"


def _option(
    default: Any,
    page: Page,
    title: str,
    description: str,
    *,
    applies: Literal["at once", "next lesson"] = "at once",
    editor: Editor = Editor.BY_TYPE,
    gt: float | None = None,
    ge: float | None = None,
    le: float | None = None,
) -> Any:
    """Return a field of the settings page.

    Args:
        default: Value before the user chooses.
        page: Where it stands.
        title: Its name on the page, a few words.
        description: One sentence.
        applies: When a change takes effect.
        editor: How it is edited on the page.
        gt: Number that a value must be above.
        ge: Smallest number.
        le: Largest number.
    """
    extra: dict[str, Any] = {"page": page.value, "applies": applies, "editor": editor.value}
    return Field(default, title=title, description=description, json_schema_extra=extra, gt=gt, ge=ge, le=le)


class Settings(BaseSettings):
    """Choices that outlive a lesson. ``None`` means that the user was never asked, or that nothing is chosen.

    Attributes:
        camera: As ``live --camera`` takes it, or ``screen:x,y,w,h`` or ``window:TITLE``.
        text_scale: Size of all text in per cent of the system's.
        keep_media_days: Days after which a kept recording is deleted; 0 keeps none.
        markers: Names of the own markers on the keys 1 to 9; missing ones are plain markers.
        shortcuts: Keys by action id where they are not the action's own, as portable key texts; empty is no key.
    """

    model_config = SettingsConfigDict(env_prefix="CLASSROOM_ANALYZER_", extra="forbid", frozen=True)

    format_version: Literal[2] = Field(default=2, description="Version of this file's layout.")

    language: Literal["system", "en", "zh_CN"] = _option(
        "system", Page.GENERAL, "Language", "Language of the window and of reports."
    )
    theme: Literal["system", "light", "dark"] = _option("system", Page.GENERAL, "Theme", "Colours of the window.")
    text_scale: int = _option(
        100, Page.GENERAL, "Text size", "Size of all text, in per cent of the system's.", ge=100, le=200
    )
    reduced_motion: bool = _option(
        False, Page.GENERAL, "Reduced motion", "Show changes at once instead of sliding or fading them in."
    )
    screen_faces_class: bool = _option(
        False, Page.GENERAL, "The screen faces the class",
        "Start lessons with the recording lamp and the notice only, because students can see this screen.",
        applies="next lesson",
    )  # fmt: skip
    nudges: bool = _option(
        False, Page.GENERAL, "Nudges",
        "Show at most one short hint about the whole class in five minutes, never about one student.",
    )  # fmt: skip
    camera: str | None = _option(
        None, Page.DEVICES, "Camera", "Camera, call window or part of the screen that lessons watch.",
        applies="next lesson", editor=Editor.CAMERA,
    )  # fmt: skip
    microphone: str | None = _option(
        None, Page.DEVICES, "Microphone", "Microphone that lessons listen to.",
        applies="next lesson", editor=Editor.MICROPHONE,
    )  # fmt: skip
    call_sound: str | None = _option(
        None, Page.DEVICES, "Sound of the call", "Loudspeaker whose sound is taken along as a track of its own.",
        applies="next lesson", editor=Editor.CALL_SOUND,
    )  # fmt: skip
    chat_file: Path | None = _option(
        None, Page.DEVICES, "Chat file", "File into which the meeting program writes its chat.",
        applies="next lesson", editor=Editor.FILE,
    )  # fmt: skip
    teacher_voice: Path | None = _option(
        None, Page.DEVICES, "Teacher's voice", "Sample of the teacher's voice, by which it is told from the class.",
        applies="next lesson", editor=Editor.FILE,
    )  # fmt: skip
    class_name: str | None = _option(
        None, Page.ANALYSIS, "Class", "Name of the class that the next lesson begins with.", applies="next lesson"
    )
    class_size: int | None = _option(
        None, Page.ANALYSIS, "Class size", "People in that class; unknown when empty.", applies="next lesson", ge=1
    )
    analysed_fps: float = _option(
        4.0, Page.ANALYSIS, "Pictures analysed", "Pictures analysed per second of lesson.",
        applies="next lesson", gt=0, le=30,
    )  # fmt: skip
    face_detector: str = _option(
        AUTO, Page.ANALYSIS, "Face detector", "Model that finds faces; auto is the pack where it is installed.",
        applies="next lesson",
    )  # fmt: skip
    face_landmarks: str = _option(
        AUTO, Page.ANALYSIS, "Face landmarks",
        "Model of fine facial indicators; auto is the pack where it is installed, none does without.",
        applies="next lesson",
    )  # fmt: skip
    place: Place | None = _option(
        None, Page.PRIVACY, "Place of use", "Where the program is used; decides which policies can be chosen.",
        applies="next lesson", editor=Editor.DIALOG,
    )  # fmt: skip
    policy: Policy | None = _option(
        None, Page.PRIVACY, "Policy", "How far the program may go with a lesson.",
        applies="next lesson", editor=Editor.DIALOG,
    )  # fmt: skip
    lessons_folder: Path | None = _option(
        None, Page.PRIVACY, "Lessons folder", "Where lessons are kept; the data folder when empty.",
        applies="next lesson", editor=Editor.FOLDER,
    )  # fmt: skip
    keep_media_days: int = _option(
        0, Page.PRIVACY, "Keep recordings",
        "Days for which picture and sound of a recorded lesson are kept at most; 0 keeps none.",
        applies="next lesson", ge=0, le=30,
    )  # fmt: skip
    keep_until_checked: bool = _option(
        False, Page.PRIVACY, "Keep until checked",
        "Delete a recording as soon as its lesson was checked, and after those days at the latest.",
        applies="next lesson",
    )  # fmt: skip
    group_minimum_live: int = _option(
        GROUP_MINIMUM_LIVE, Page.PRIVACY, "Smallest group on the screen",
        "Fewest people that a class tile on the screen may show.", ge=GROUP_MINIMUM_LIVE,
    )  # fmt: skip
    group_minimum_export: int = _option(
        GROUP_MINIMUM_EXPORT, Page.REPORTS, "Smallest group in exports",
        "Fewest people that an exported figure may rest on.", ge=GROUP_MINIMUM_EXPORT,
    )  # fmt: skip
    markers: tuple[str, ...] = _option(
        (), Page.SHORTCUTS, "Own markers", "Names of the markers that the keys 1 to 9 set.", editor=Editor.MARKERS
    )
    shortcuts: dict[str, tuple[str, ...]] = _option(
        {}, Page.SHORTCUTS, "Keys", "Keys of all actions, also those of a presentation clicker.",
        editor=Editor.SHORTCUTS,
    )  # fmt: skip
    face_encoder: str = _option(
        "bundled:face-autoencoder", Page.ADVANCED, "Face encoder", "Model that encodes faces.", applies="next lesson"
    )
    audio_encoder: str = _option(
        "bundled:sound-autoencoder", Page.ADVANCED, "Sound encoder", "Model that encodes sound.", applies="next lesson"
    )
    text_encoder: str = _option(
        "bundled:minilm", Page.ADVANCED, "Text encoder", "Model that encodes chat.", applies="next lesson"
    )
    fusion: str = _option(
        "bundled:fusion", Page.ADVANCED, "Fusion", "Model that joins the modalities.", applies="next lesson"
    )


def load_settings(home: Path) -> Settings:
    """Read the user's settings; a missing file gives the defaults.

    Raises:
        BadInputError: The file is damaged or holds a value that is not allowed; nothing is guessed in its place.
    """
    path = home / FILE_NAME
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        text = ""
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(path, f"the settings cannot be read ({error}); mend or delete the file") from error
    return parse_settings(path, text)


def parse_settings(path: Path, text: str) -> Settings:
    """Return the settings that a TOML text holds, of this version or an older one.

    Args:
        path: Where the text came from; named in errors only.
        text: The document.

    Raises:
        BadInputError: The text is damaged or holds a value that is not allowed; nothing is guessed in its place.
    """
    try:
        stored: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInputError(path, f"the settings cannot be read ({error}); mend or delete the file") from error
    version = stored.get("format_version", FORMAT_VERSION)
    if isinstance(version, int) and version > FORMAT_VERSION:
        raise BadInputError(path, "the settings were written by a newer version; update Classroom Analyzer")
    try:
        return Settings(**migrate(stored))
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise BadInputError(path, f"the setting {name} is not usable ({first['msg']}); mend or delete it") from error


def settings_text(settings: Settings) -> str:
    """Return the settings as a TOML document."""
    return toml_text(settings.model_dump(mode="json", exclude_none=True))


def save_settings(home: Path, settings: Settings) -> None:
    """Write the settings: temporary name, fsync, rename.

    Raises:
        OutputNotWritableError: The folder cannot be written.
    """
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, temporary = tempfile.mkstemp(dir=home, prefix=".settings-")
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(settings_text(settings))
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(home / FILE_NAME)
    except OSError as error:
        raise OutputNotWritableError(home, error.strerror or str(error)) from error
