"""manifest.json: what an export was made of, by which program, with which settings."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from classroom_analyzer import __version__
from classroom_analyzer.storage.audit import AuditHead
from classroom_analyzer.storage.lesson_meta import LessonMeta
from classroom_analyzer.storage.schema import FORMAT_VERSION

__all__ = ["MANIFEST_NAME", "manifest_text"]

MANIFEST_NAME = "manifest.json"
_LIBRARIES = ("matplotlib", "jinja2", "polars")


def manifest_text(
    meta: LessonMeta,
    *,
    inputs: Iterable[Path],
    outputs: Iterable[Path],
    settings: Mapping[str, str | int | bool | None],
    contains: str,
    audit_head: AuditHead,
) -> str:
    """Return the manifest as JSON.

    Args:
        meta: The lesson.
        inputs: Files of the lesson that were read.
        outputs: Files of this export, the manifest excepted.
        settings: How the export was made.
        contains: What is in it about whom.
        audit_head: End of the lesson's audit log, this export's entry included; shows a cut log later.
    """
    document = {
        "made_wall": datetime.now(UTC).isoformat(timespec="seconds"),
        "lesson": {"id": meta.id, "status": str(meta.status), "format_version": FORMAT_VERSION},
        "policy": {"policy": str(meta.grant.policy), "basis": meta.grant.basis},
        "ethics_reference": meta.grant.ethics_reference,
        "contains": contains,
        "settings": dict(settings),
        "inputs": {path.name: _sha256(path) for path in inputs},
        "outputs": {path.name: _sha256(path) for path in outputs},
        "versions": {
            "classroom-analyzer": __version__,
            "python": platform.python_version(),
            **{name: version(name) for name in _LIBRARIES},
        },
        "analysed_by": meta.software,
        "models": [{"role": m.role, "spec": m.spec, "sha256": m.sha256} for m in meta.models],
        "audit": {"count": audit_head.count, "hash": audit_head.hash},
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
