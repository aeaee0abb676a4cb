"""The HTML report: one self-contained page without scripts that a teacher can read, print and keep."""

from __future__ import annotations

import shutil
import unicodedata
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from classroom_analyzer.domain.agreement import ClassAgreement
from classroom_analyzer.domain.modality import MODALITIES
from classroom_analyzer.domain.policy import POLICY_TEXTS, Policy
from classroom_analyzer.errors import BadInputError, OutputNotWritableError
from classroom_analyzer.models import assets
from classroom_analyzer.models.translations import ENGLISH
from classroom_analyzer.reports import agreement as marks
from classroom_analyzer.reports import charts, figures, speech, wording
from classroom_analyzer.reports.class_line import ClassLine, class_line
from classroom_analyzer.reports.data_dictionary import DICTIONARY_NAME, dictionary_text
from classroom_analyzer.reports.fonts import font_note
from classroom_analyzer.reports.group_rule import SMALL_GROUP_MARK, GroupRule
from classroom_analyzer.reports.manifest import MANIFEST_NAME, manifest_text
from classroom_analyzer.reports.speech import noted, say, say_domain, speaking
from classroom_analyzer.storage import audit
from classroom_analyzer.storage.lesson_meta import META_NAME
from classroom_analyzer.storage.lesson_reader import LessonReader
from classroom_analyzer.storage.safe_files import FOLDER_MODE, write_text
from classroom_analyzer.storage.summary_json import SUMMARY_NAME

__all__ = ["REPORT_NAME", "write_report"]

REPORT_NAME = "report.html"
TEMPLATE_NAME = "report.html.j2"
CONTAINS = noted(
    "figures and charts of the whole class; no rows of single people, no names, no chat text, no pictures, no sound"
)
_INPUT_NAMES = (META_NAME, SUMMARY_NAME, "indicators.parquet", "estimates.parquet")


def write_report(
    reader: LessonReader,
    out_dir: Path | None = None,
    *,
    share: bool = False,
    agreement: ClassAgreement | None = None,
    language: str = ENGLISH,
) -> Path:
    """Write report.html, manifest.json and DATA_DICTIONARY.md.

    Args:
        reader: The lesson.
        out_dir: Where to; the lesson's next ``exports/NNN`` when None. A report that is there is never overwritten.
        share: Whether the copy will leave the teacher's hands: the group minimum holds.
        agreement: Marks of the lesson beside its line; None where nothing was compared.
        language: Of the page; the data dictionary is English in any.

    Returns:
        The page.

    Raises:
        BadInputError: A copy to share was asked for and the class is, or may be, below the group minimum.
        OutputNotWritableError: Nothing can be written there, or a report is there already.
        LessonDamagedError: The lesson cannot be read.
    """
    summary = reader.summary()
    rule = GroupRule.of(summary, reader.meta.grant.policy, share=share)
    if share and rule.is_small:
        raise BadInputError(
            reader.folder,
            f"a copy to share needs a class of at least {rule.minimum} people and this one has "
            f"{rule.people if rule.people is not None else 'an unknown number'}; leave --share out for your own copy",
        )
    with speaking(language):
        page = _page(reader, summary, rule, agreement)
    # An export is plain by the user's act, so the act is logged first.
    audit.record(reader.folder, "export", format="html", share=share)
    folder, is_new = _target(reader, out_dir)
    try:
        write_text(folder / REPORT_NAME, page)
        write_text(folder / DICTIONARY_NAME, dictionary_text())
        manifest = manifest_text(
            reader.meta,
            inputs=[reader.folder / name for name in _INPUT_NAMES],
            outputs=[folder / REPORT_NAME, folder / DICTIONARY_NAME],
            settings={
                "format": "html",
                "share": share,
                "language": language,
                "group_minimum": rule.minimum,
                "marks_compared": agreement.compared if agreement is not None else 0,
            },
            contains=CONTAINS,
            audit_head=reader.audit_head(),
        )
        write_text(folder / MANIFEST_NAME, manifest)
    except BaseException:
        if is_new:  # half an export is none
            shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder / REPORT_NAME


def _target(reader: LessonReader, out_dir: Path | None) -> tuple[Path, bool]:
    if out_dir is None:
        return reader.next_export_dir(), True
    try:
        is_new = not out_dir.exists()
        out_dir.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    except OSError as error:
        raise OutputNotWritableError(out_dir, error.strerror or str(error)) from error
    if (out_dir / REPORT_NAME).exists():
        raise OutputNotWritableError(out_dir, "there is a report in it already, and reports are never overwritten")
    return out_dir, is_new


def _page(reader: LessonReader, summary: dict[str, Any], rule: GroupRule, agreement: ClassAgreement | None) -> str:
    meta, policy = reader.meta, reader.meta.grant.policy
    line = class_line(reader.estimates(), meta.seed) if policy.allows_estimate else None
    hidden_line = _hides_line(rule, line) if line is not None else None
    tables = {
        "talk": figures.talk_figures(reader, summary, rule),
        "chat": figures.chat_figures(summary, rule, policy),
        "seen": figures.seen_figures(reader, summary, rule, policy),
        "coverage": figures.coverage_figures(summary, rule),
        "health": figures.health_figures(summary, reader.counters()),
    }
    drawn = figures.series(reader, summary, rule)
    missing = figures.folded([f for name in ("coverage", "talk", "chat", "seen") for f in tables[name] if f.missing])
    environment = Environment(
        loader=FileSystemLoader(assets.path("report")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "plain": _plain,
        "clock": wording.clock,
        "length": wording.length_text,
        "domain": say_domain,
        "modality": wording.modality_name,
    }
    return environment.get_template(TEMPLATE_NAME).render(
        t=say,
        language=speech.language().replace("_", "-"),
        font_note=font_note(),
        meta=meta,
        policy=wording.policy_name(policy),
        status=wording.status_name(meta.status),
        observe=policy is Policy.OBSERVE,
        research=policy is Policy.RESEARCH,
        policy_text=say_domain(POLICY_TEXTS[policy]),
        duration_s=summary["duration_s"],
        people=_people_text(rule),
        headline=_headline(summary, rule, line, hidden_line),
        line=line if hidden_line is None else None,
        hidden_line=hidden_line,
        line_chart=Markup(charts.draw_class_line(line)) if line and line.estimated and hidden_line is None else None,
        bin_word=wording.bin_word,
        rests_on=_rests_on(line) if line is not None and hidden_line is None else [],
        series_chart=Markup(charts.draw_series(drawn, summary["duration_s"])) if drawn else None,
        tables={name: figures.folded(rows) for name, rows in tables.items()},
        missing=missing,
        gaps=reader.gaps(),
        warnings=summary["warnings"],
        small_group=say(SMALL_GROUP_MARK) if rule.is_small and not rule.shared else None,
        shared=rule.shared,
        minimum=rule.minimum,
        badge=say(marks.badge(summary["warnings"])) if line is not None else None,
        experimental=marks.badge(summary["warnings"]) == wording.EXPERIMENTAL_BADGE,
        collecting=marks.collecting(agreement, summary["warnings"]) if line is not None else None,
        agreement=marks.agreement_figures(agreement),
        agreement_notes=marks.agreement_notes(agreement),
        nothing_compared=say(marks.NOTHING_COMPARED),
        no_consequences=say(wording.NO_CONSEQUENCES),
        limits=[say(limit) for limit in (wording.LIMITS if line is not None else wording.LIMITS[:2])],
        contains=say(CONTAINS),
        footer=say(wording.FOOTER),
    )


def _hides_line(rule: GroupRule, line: ClassLine) -> str | None:
    """A class line that rests on video is about the seats seen."""
    rests_on_video = any(m == "vision" and share for m, share in line.weights.items())
    return rule.hides_seats() if rests_on_video else rule.hides_people()


def _headline(summary: dict[str, Any], rule: GroupRule, line: ClassLine | None, hidden_line: str | None) -> str:
    if line is not None and hidden_line is None:
        return wording.headline(line, summary["duration_s"])
    length = wording.length_text(summary["duration_s"])
    speech = summary["talk"]["speech_share"]
    if speech is None or rule.hides_sound() is not None:
        return say("A lesson of {length}, as far as it could be heard, read and seen.", length=length)
    return say(
        "In this lesson of {length} a voice could be heard {share} of the time.",
        length=length,
        share=rule.share_text(speech),
    )


def _people_text(rule: GroupRule) -> str:
    if rule.people is None:
        return say("class size not known")
    # Without a class size given, it is the number of seats seen.
    if rule.binds and rule.is_small:
        return say("fewer than {minimum} people", minimum=rule.minimum)
    return say("%n people", n=rule.people)


def _rests_on(line: ClassLine) -> list[figures.Figure]:
    rows = []
    for modality in MODALITIES:
        share, name = line.weights[modality], wording.modality_name(modality)
        if share is None:
            rows.append(figures.Figure(name, figures.DASH, say("not used"), missing=True))
        else:
            rows.append(figures.Figure(name, f"{share:.0%}", share=share))
    return rows


def _plain(text: object) -> str:
    """Show control characters and direction marks instead of obeying them."""
    return "".join(
        f"[U+{ord(c):04X}]" if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c not in "\n\t" else c
        for c in str(text)
    )
