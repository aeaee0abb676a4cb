"""What ``analyze``, ``live`` and ``demo`` share: the request from the options, and the summary in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom_analyzer.cli.output import notice, print_line
from classroom_analyzer.domain.class_names import clean_class_name
from classroom_analyzer.domain.labels import CALIBRATED_BADGE
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.summary import LessonSummary

if TYPE_CHECKING:
    from classroom_analyzer.app.request import LessonRequest
    from classroom_analyzer.cli.options import LessonOptions

__all__ = ["clock", "print_summary", "request_from"]


def request_from(
    lesson: LessonOptions,
    *,
    audio: bool,
    face_encoder: str | None = None,
    audio_encoder: str | None = None,
    text_encoder: str | None = None,
    affect_model: str | None = None,
) -> LessonRequest:
    """Join the options with the stored settings.

    Raises:
        PolicyRefusedError: The place forbids the policy.
        UsageError: The class name is none.
        BadInputError: The stored settings are damaged.
    """
    from classroom_analyzer.app.request import LessonRequest, ModelChoice
    from classroom_analyzer.settings.paths import home
    from classroom_analyzer.settings.policy import decide_policy
    from classroom_analyzer.settings.schema import load_settings

    settings = load_settings(home())
    grant = decide_policy(
        settings,
        asked=lesson.policy,
        place=lesson.place,
        ethics_reference=lesson.ethics,
        legal_basis=lesson.legal_basis,
    )
    if grant.basis == "no stored choice":
        notice(
            "no policy was chosen, so this lesson is only counted (observe); "
            "choose one in the window or with --policy observe|engagement|research"
        )
    wanted = {Modality.VISION: lesson.vision, Modality.AUDIO: audio, Modality.TEXT: lesson.text}
    return LessonRequest(
        grant=grant,
        models=ModelChoice.from_settings(
            settings,
            face_encoder=face_encoder,
            audio_encoder=audio_encoder,
            text_encoder=text_encoder,
            speaker_encoder=lesson.speaker_encoder,
            transcriber=lesson.transcriber,
            affect=affect_model,
        ),
        out=lesson.out or settings.lessons_folder or home() / "lessons",
        analysed_fps=settings.analysed_fps,
        class_size=lesson.class_size,
        seed=lesson.seed,
        switched_on=frozenset(m for m, on in wanted.items() if on),
        excluded_seats=frozenset(lesson.exclude_seat or ()),
        teacher_voice=lesson.teacher_voice,
        class_name=clean_class_name(lesson.class_name) if lesson.class_name is not None else None,
    )


def print_summary(summary: LessonSummary) -> None:
    """Print the figures as a person reads them; a dash is what could not be measured."""
    print_line(f"Lesson      {summary.lesson}")
    print_line(f"Length      {clock(summary.duration_s)}, policy {summary.policy.value}")
    seats, talk, chat = summary.seats, summary.talk, summary.chat
    print_line(f"Seats       {_number(seats.mean)} seen on average, {_number(seats.max)} at most, class of "
               f"{_number(seats.expected)}")  # fmt: skip
    cover = summary.coverage
    print_line(f"Covered     picture {_share(cover.vision)}, sound {_share(cover.audio)}, chat {_share(cover.text)}")
    print_line(f"Talk        speech {_share(talk.speech_share)}, one voice {_share(talk.single_voice_share)}, "
               f"several {_share(talk.multiple_voices_share)}, nobody {_share(talk.silence_share)}")  # fmt: skip
    if talk.teacher_share is not None or talk.wait_time_median_s is not None:
        wait = "–" if talk.wait_time_median_s is None else f"{talk.wait_time_median_s:.1f} s"
        print_line(f"Speakers    teacher {_share(talk.teacher_share)} of the talk, {wait} wait after a question")
    print_line(f"Chat        {_number(chat.messages)} messages by {_number(chat.participants)} people, "
               f"{_number(chat.questions)} questions")  # fmt: skip
    if summary.engagement is not None:
        figures = summary.engagement
        band = (
            ""
            if figures.interval is None
            else f" (80 % interval {figures.interval[0]:.2f} to {figures.interval[1]:.2f})"
        )
        mean = "–" if figures.mean is None else f"{figures.mean:.2f}{band}"
        print_line(
            f"Estimate    {mean} on a scale of 0 to 1; {figures.abstained} of {figures.windows} windows abstained"
        )
        if not any(warning.startswith(CALIBRATED_BADGE) for warning in summary.warnings):
            print_line("            experimental: not validated in your class")
    speed = summary.performance
    if speed.realtime_factor is not None:
        print_line(f"Speed       {speed.realtime_factor:.2f} s of work per second of lesson on {speed.device}")
    for warning in summary.warnings:
        print_line(f"Note        {warning}")


def clock(seconds: float) -> str:
    """Minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.4g}"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"
