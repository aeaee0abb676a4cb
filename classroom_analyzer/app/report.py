"""Write the report of a lesson folder."""

from __future__ import annotations

from pathlib import Path

__all__ = ["write_report"]


def write_report(lesson: Path, out: Path | None = None, *, share: bool = False) -> Path:
    """Write the HTML report, in the language of the settings.

    Args:
        lesson: Lesson folder.
        out: Where to; the lesson's next ``exports/NNN`` when None.
        share: A copy for others; refused below the group minimum.

    Returns:
        The page.

    Raises:
        BadInputError: The settings cannot be read.
        LessonDamagedError: The folder is not a readable lesson.
        OutputNotWritableError: The report cannot be written.
    """
    from classroom_analyzer.app.calibrate import lesson_agreement
    from classroom_analyzer.models.translations import resolve_language
    from classroom_analyzer.reports.html import write_report as write
    from classroom_analyzer.settings.paths import home
    from classroom_analyzer.settings.schema import load_settings
    from classroom_analyzer.storage.key_source import KeySource
    from classroom_analyzer.storage.lesson_reader import LessonReader

    reader = LessonReader.open(lesson, KeySource.from_environment())
    compared = lesson_agreement(lesson) if reader.meta.grant.policy.allows_estimate else None
    language = resolve_language(load_settings(home()).language)
    return write(reader, out, share=share, agreement=compared, language=language)
