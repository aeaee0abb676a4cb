"""lesson.json: what a lesson is, from its first second on."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import uuid4

from classroom_analyzer.domain.class_names import clean_class_name
from classroom_analyzer.domain.policy import Place, Policy, PolicyGrant
from classroom_analyzer.domain.summary import ModelUsed
from classroom_analyzer.errors import LessonDamagedError
from classroom_analyzer.storage.safe_files import write_text
from classroom_analyzer.storage.schema import FORMAT_VERSION

__all__ = ["META_NAME", "LessonMeta", "LessonStatus", "read_meta", "write_meta"]

META_NAME = "lesson.json"
MAX_META_BYTES = 1_000_000


class LessonStatus(StrEnum):
    """How far a lesson folder got."""

    RECORDING = "recording"
    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    RECOVERED = "recovered"


@dataclass(frozen=True, slots=True)
class LessonMeta:
    """What lesson.json holds.

    Attributes:
        title: As the teacher calls it.
        started_wall: When the lesson began, with its time zone; an annotation, never a basis for times.
        clock_origin: What second 0 is, for example ``start of the recording``.
        grant: Policy and its basis.
        software: Version of this program.
        models: Models loaded.
        seed: Of everything drawn at random.
        device: Where models ran.
        source: Stem of the recording's file name (a whole path may hold names), None for a live lesson.
        id: Random; says nothing of the lesson.
        status: How far it got.
        class_name: Name of the class that joins its lessons, as ``clean_class_name`` gives it; None without one.
    """

    title: str
    started_wall: datetime
    clock_origin: str
    grant: PolicyGrant
    software: str
    models: tuple[ModelUsed, ...]
    seed: int
    device: str
    source: str | None = None
    id: str = field(default_factory=lambda: uuid4().hex)
    status: LessonStatus = LessonStatus.RECORDING
    class_name: str | None = None


def write_meta(folder: Path, meta: LessonMeta) -> None:
    """Write lesson.json as one whole.

    Raises:
        OutputNotWritableError: It cannot be written.
    """
    grant = meta.grant
    document = {
        "format_version": FORMAT_VERSION,
        "status": str(meta.status),
        "id": meta.id,
        "title": meta.title,
        "started_wall": meta.started_wall.isoformat(),
        "clock_origin": meta.clock_origin,
        "source": Path(meta.source).name if meta.source else None,
        "policy": {
            "policy": str(grant.policy),
            "basis": grant.basis,
            "place": str(grant.place) if grant.place is not None else None,
            "ethics_reference": grant.ethics_reference,
            "legal_basis": grant.legal_basis,
        },
        "software": meta.software,
        "models": [{"role": m.role, "spec": m.spec, "sha256": m.sha256} for m in meta.models],
        "seed": meta.seed,
        "device": meta.device,
    }
    if meta.class_name is not None:
        document["class_name"] = meta.class_name
    write_text(folder / META_NAME, json.dumps(document, indent=2, ensure_ascii=False) + "\n")


def read_meta(folder: Path) -> LessonMeta:
    """Read lesson.json.

    Raises:
        LessonDamagedError: It is missing, not readable, or of a later format.
    """
    path = folder / META_NAME
    try:
        if path.stat().st_size > MAX_META_BYTES:
            raise LessonDamagedError(folder, "its lesson.json is far too large to be one")
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise LessonDamagedError(folder, "it is not a lesson folder: there is no lesson.json in it") from error
    except (OSError, ValueError) as error:
        raise LessonDamagedError(folder, "its lesson.json cannot be read; restore the lesson from a copy") from error
    if not isinstance(document, dict) or not isinstance(document.get("format_version"), int):
        raise LessonDamagedError(folder, "its lesson.json names no format version; restore the lesson from a copy")
    if document["format_version"] > FORMAT_VERSION:
        raise LessonDamagedError(
            folder,
            f"it has lesson format {document['format_version']}, this program reads up to {FORMAT_VERSION}; "
            f"open it with Classroom Analyzer {document.get('software', 'of a later version')} or later",
        )
    try:
        return _parse(document)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise LessonDamagedError(
            folder, f"its lesson.json lacks or garbles {error}; restore the lesson from a copy"
        ) from error


def _parse(document: dict[str, Any]) -> LessonMeta:
    policy = document["policy"]
    return LessonMeta(
        title=str(document["title"]),
        started_wall=datetime.fromisoformat(document["started_wall"]),
        clock_origin=str(document["clock_origin"]),
        grant=PolicyGrant(
            Policy(policy["policy"]),
            str(policy["basis"]),
            Place(policy["place"]) if policy["place"] is not None else None,
            policy["ethics_reference"],
            policy["legal_basis"],
        ),
        software=str(document["software"]),
        models=tuple(ModelUsed(str(m["role"]), str(m["spec"]), str(m["sha256"])) for m in document["models"]),
        seed=int(document["seed"]),
        device=str(document["device"]),
        source=document["source"],
        id=str(document["id"]),
        status=LessonStatus(document["status"]),
        class_name=clean_class_name(document["class_name"]) if "class_name" in document else None,
    )
