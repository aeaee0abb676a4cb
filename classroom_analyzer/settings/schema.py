"""The settings of one user, read from ``settings.toml`` and the environment, checked field by field."""

from __future__ import annotations

import os
import tempfile
import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from classroom_analyzer.domain.policy import GROUP_MINIMUM_EXPORT, GROUP_MINIMUM_LIVE, Place, Policy
from classroom_analyzer.errors import BadInputError, OutputNotWritableError

__all__ = ["AUTO", "FORMAT_VERSION", "NONE", "Settings", "load_settings", "save_settings"]

FORMAT_VERSION = 1
AUTO = "auto"
NONE = "none"
FILE_NAME = "settings.toml"


class Settings(BaseSettings):
    """Choices that outlive a lesson. ``None`` means that the user was never asked."""

    model_config = SettingsConfigDict(env_prefix="CLASSROOM_ANALYZER_", extra="forbid", frozen=True)

    format_version: Literal[1] = Field(1, description="Version of this file's layout.")
    policy: Policy | None = Field(None, description="How far the program may go with a lesson.")
    place: Place | None = Field(None, description="Where the program is used; decides which policies can be chosen.")
    lessons_folder: Path | None = Field(None, description="Where lessons are kept; the data folder when empty.")
    analysed_fps: float = Field(4.0, gt=0, le=30, description="Pictures analysed per second of lesson.")
    group_minimum_live: int = Field(
        GROUP_MINIMUM_LIVE, ge=GROUP_MINIMUM_LIVE, description="Fewest people that a class tile on the screen may show."
    )
    group_minimum_export: int = Field(
        GROUP_MINIMUM_EXPORT, ge=GROUP_MINIMUM_EXPORT, description="Fewest people that an exported figure may rest on."
    )
    theme: Literal["system", "light", "dark"] = Field("system", description="Colours of the window.")
    face_detector: str = Field(AUTO, description="Model that finds faces; auto is the pack where it is installed.")
    face_landmarks: str = Field(
        AUTO, description="Model of fine facial indicators; auto is the pack where it is installed, none does without."
    )
    face_encoder: str = Field("bundled:face-autoencoder", description="Model that encodes faces.")
    audio_encoder: str = Field("bundled:sound-autoencoder", description="Model that encodes sound.")
    text_encoder: str = Field("bundled:minilm", description="Model that encodes chat.")
    fusion: str = Field("bundled:fusion", description="Model that joins the modalities.")


def load_settings(home: Path) -> Settings:
    """Read the user's settings; a missing file gives the defaults.

    Raises:
        BadInputError: The file is damaged or holds a value that is not allowed; nothing is guessed in its place.
    """
    path = home / FILE_NAME
    try:
        stored: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        stored = {}
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInputError(path, f"the settings cannot be read ({error}); mend or delete the file") from error
    if stored.get("format_version", FORMAT_VERSION) > FORMAT_VERSION:
        raise BadInputError(path, "the settings were written by a newer version; update Classroom Analyzer")
    try:
        return Settings(**stored)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise BadInputError(path, f"the setting {name} is not usable ({first['msg']}); mend or delete it") from error


def save_settings(home: Path, settings: Settings) -> None:
    """Write the settings: temporary name, fsync, rename.

    Raises:
        OutputNotWritableError: The folder cannot be written.
    """
    values = settings.model_dump(mode="json", exclude_none=True)
    lines = "".join(f"{name} = {_toml(value)}\n" for name, value in values.items())
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, temporary = tempfile.mkstemp(dir=home, prefix=".settings-")
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(lines)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(home / FILE_NAME)
    except OSError as error:
        raise OutputNotWritableError(home, error.strerror or str(error)) from error


def _toml(value: str | float) -> str:
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return repr(value)
