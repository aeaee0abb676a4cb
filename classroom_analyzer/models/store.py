"""Turns a model spec into verified files on this machine. Never touches the network; ``install`` does, when asked.

Specs: ``bundled:NAME``, ``pack:NAME``, ``hf:OWNER/NAME@REVISION``, ``dir:PATH``, ``local:NAME`` (added by the user).
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from classroom_analyzer.errors import BadModelError, ModelMissingError, UsageError
from classroom_analyzer.models import assets
from classroom_analyzer.models.backbone_folder import check_backbone_folder
from classroom_analyzer.models.catalogue import BUNDLED, PACKS, CatalogueEntry, Tier
from classroom_analyzer.models.safe import load_card, sha256_of

__all__ = ["InstalledRecord", "ModelFiles", "ModelState", "ModelStore"]

_BACKBONE = re.compile(r"hf:(?P<owner>[\w.-]+)/(?P<name>[\w.-]+)@(?P<revision>[\w.-]+)")
RECORD_NAME = "installed.json"


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A verified model.

    Attributes:
        role: What it does in the pipeline.
        spec: As it was asked for.
        path: Weight file, or folder in the Hugging Face layout.
        sha256: Of the weight file or files.
        licence: SPDX identifier; ``unknown`` for a folder of the user's.
    """

    role: str
    spec: str
    path: Path
    sha256: str
    licence: str

    @property
    def card_spec(self) -> str:
        """The spec as a card may name it: a folder of this machine by its last name only."""
        return f"dir:{self.path.resolve().name}" if self.spec.startswith("dir:") else self.spec


@dataclass(frozen=True, slots=True)
class ModelState:
    """One line of ``models list`` or ``models verify``.

    Attributes:
        spec: The model.
        tier: bundled, pack or backbone.
        role: What it does.
        licence: SPDX identifier.
        installed: Whether its files are there.
        verified: Whether they hash to what they must; None when they are not there.
        detail: What is wrong or how to install it; empty when all is well.
    """

    spec: str
    tier: str
    role: str
    licence: str
    installed: bool
    verified: bool | None
    detail: str


@dataclass(frozen=True, slots=True)
class InstalledRecord:
    """What was recorded when a backbone or a user's own bundle was installed; verified at each use.

    Attributes:
        spec: The model.
        role: What it does.
        licence: SPDX identifier or ``unknown``.
        sha256: Of the weight files.
        file: Weight file inside the model's folder, empty for a folder in the Hugging Face layout.
    """

    spec: str
    role: str
    licence: str
    sha256: str
    file: str = ""


class ModelStore:
    """The model folder of one user.

    Args:
        home: Folder of all state; models lie in its ``models/``.
    """

    def __init__(self, home: Path) -> None:
        self.folder = home / "models"

    def resolve(self, spec: str, role: str) -> ModelFiles:
        """Find and verify a model.

        Args:
            spec: The model.
            role: What the caller wants it for; goes into summary.json.

        Raises:
            UsageError: The spec has no known form.
            ModelMissingError: It is not on this machine.
            BadModelError: It is there and must not be used.
        """
        entry = _known(spec)
        if entry is not None:
            return self._resolve_known(entry, role)
        if spec.startswith("dir:"):
            folder = Path(spec.removeprefix("dir:")).expanduser()
            if not folder.is_dir():
                raise ModelMissingError(spec, "name a folder that holds config.json and model.safetensors")
            check_backbone_folder(folder)
            return ModelFiles(role, spec, folder, sha256_of(folder), "unknown")
        if _BACKBONE.fullmatch(spec) or spec.startswith("local:"):
            return self._resolve_recorded(spec, role)
        raise UsageError(
            f"{spec!r} is not a model; models are named bundled:NAME, pack:NAME, hf:OWNER/NAME@REVISION or dir:PATH"
        )

    def has(self, spec: str) -> bool:
        """Whether a known model's files are here; whether they are whole is checked by ``resolve``."""
        entry = _known(spec)
        return entry is not None and self._path_of(entry).exists()

    def list_models(self) -> tuple[ModelState, ...]:
        """Say of every known and every installed model whether it is there and whole."""
        specs = [entry.spec for entry in (*BUNDLED, *PACKS)]
        specs += [record.spec for record in self.records()]
        return tuple(self._state(spec) for spec in specs)

    def records(self) -> tuple[InstalledRecord, ...]:
        """Backbones and own bundles that were installed, in name order."""
        found = []
        for path in sorted(self.folder.glob(f"*/{RECORD_NAME}")):
            try:
                raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
                found.append(InstalledRecord(**raw))
            except (OSError, ValueError, TypeError, RecursionError) as error:
                raise BadModelError(
                    path, "its record cannot be read; delete its folder and install it again"
                ) from error
        return tuple(found)

    def record(self, record: InstalledRecord) -> None:
        """Remember what an installed model must hash to."""
        folder = self.folder_of(record.spec)
        (folder / RECORD_NAME).write_text(json.dumps(asdict(record), indent=1), encoding="utf-8")

    def folder_of(self, spec: str) -> Path:
        """Folder of an installed model inside the store."""
        return self.folder / re.sub(r"[^\w.-]+", "--", spec)

    def _resolve_known(self, entry: CatalogueEntry, role: str) -> ModelFiles:
        path = self._path_of(entry)
        if not path.exists():
            if entry.tier is Tier.PACK:
                raise ModelMissingError(entry.spec, f"install it with: classroom-analyzer models install {entry.spec}")
            raise ModelMissingError(entry.spec, "the installation is incomplete; install classroom-analyzer again")
        sha256 = sha256_of(path)
        if entry.sha256 is None:
            load_card(path)
        elif sha256 != entry.sha256:
            raise BadModelError(path, f"it is not the file that {entry.spec} must be; install it again")
        return ModelFiles(role, entry.spec, path, sha256, entry.licence)

    def _resolve_recorded(self, spec: str, role: str) -> ModelFiles:
        record = next((r for r in self.records() if r.spec == spec), None)
        if record is None:
            raise ModelMissingError(spec, f"install it with: classroom-analyzer models install {spec}")
        path = self.folder_of(spec) / record.file
        sha256 = sha256_of(path)
        if sha256 != record.sha256:
            raise BadModelError(path, "it changed since it was installed; install it again")
        return ModelFiles(role, spec, path, sha256, record.licence)

    def _path_of(self, entry: CatalogueEntry) -> Path:
        if entry.tier is Tier.PACK:
            return self.folder_of(entry.spec) / entry.file
        if entry.package is None:
            return assets.path(entry.file)
        package = find_spec(entry.package)
        if package is None or package.submodule_search_locations is None:
            raise ModelMissingError(entry.spec, f"the package {entry.package} that carries it is not installed")
        return Path(next(iter(package.submodule_search_locations))) / entry.file

    def _state(self, spec: str) -> ModelState:
        entry = _known(spec)
        record = None if entry else next(r for r in self.records() if r.spec == spec)
        role = entry.role if entry else (record.role if record else "")
        licence = entry.licence if entry else (record.licence if record else "unknown")
        tier = entry.tier.value if entry else Tier.BACKBONE.value
        try:
            self.resolve(spec, role)
        except ModelMissingError as error:
            return ModelState(spec, tier, role, licence, False, None, error.remedy)
        except BadModelError as error:
            return ModelState(spec, tier, role, licence, True, False, error.reason)
        return ModelState(spec, tier, role, licence, True, True, "")


def _known(spec: str) -> CatalogueEntry | None:
    return next((entry for entry in (*BUNDLED, *PACKS) if entry.spec == spec), None)
