"""summary.json: the keys that scripts depend on, the same under every policy; what was not measured is null."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from pathlib import Path
from typing import Any

from classroom_analyzer.domain.modality import MODALITIES
from classroom_analyzer.domain.summary import LessonSummary
from classroom_analyzer.errors import LessonDamagedError
from classroom_analyzer.storage.safe_files import write_text

__all__ = ["SUMMARY_NAME", "read_summary", "summary_to_dict", "write_summary"]

SUMMARY_NAME = "summary.json"


def summary_to_dict(summary: LessonSummary) -> dict[str, Any]:
    """Return what summary.json holds, ready for ``json.dumps``; also what ``--json`` prints."""
    engagement = asdict(summary.engagement) if summary.engagement is not None else None
    contribution = summary.contribution or (None, None, None)
    document = {
        "lesson": summary.lesson,
        "duration_s": summary.duration_s,
        "policy": str(summary.policy),
        "coverage": asdict(summary.coverage),
        "seats": asdict(summary.seats),
        "engagement": engagement,
        "phases": [{"from_s": p.from_s, "to_s": p.to_s, "phase": str(p.phase)} for p in summary.phases],
        "talk": asdict(summary.talk),
        "chat": asdict(summary.chat),
        "contribution": {str(m): value for m, value in zip(MODALITIES, contribution, strict=True)},
        "performance": asdict(summary.performance),
        "models": [asdict(m) for m in summary.models],
        "warnings": list(summary.warnings),
    }
    clean: dict[str, Any] = _without_nan(document)
    return clean


def write_summary(folder: Path, summary: LessonSummary) -> None:
    """Write summary.json as one whole.

    Raises:
        OutputNotWritableError: It cannot be written.
    """
    text = json.dumps(summary_to_dict(summary), indent=2, ensure_ascii=False, allow_nan=False)
    write_text(folder / SUMMARY_NAME, text + "\n")


def read_summary(folder: Path) -> dict[str, Any]:
    """Read summary.json.

    Raises:
        LessonDamagedError: It is missing or not readable.
    """
    path = folder / SUMMARY_NAME
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LessonDamagedError(path, "it is missing or cannot be read; restore the lesson from a copy") from error
    if not isinstance(document, dict):
        raise LessonDamagedError(path, "it is not a summary; restore the lesson from a copy")
    return document


def _without_nan(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nan(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_nan(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
