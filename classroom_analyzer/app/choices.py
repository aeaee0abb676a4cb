"""Between the settings file and what a teacher chooses in the wizard and the live dialog."""

from __future__ import annotations

from dataclasses import replace

from classroom_analyzer.app.live_sources import LiveSources
from classroom_analyzer.app.request import LessonRequest
from classroom_analyzer.domain.setup import (
    DEFAULT_KEEP_DAYS,
    KeepMedia,
    LiveChoice,
    PictureChoice,
    PictureKind,
    SetupChoices,
)
from classroom_analyzer.settings.schema import Settings

__all__ = ["choices_from", "live_request", "live_sources", "with_choices", "with_live"]


def choices_from(settings: Settings) -> SetupChoices:
    """Return what was chosen last."""
    days = settings.keep_media_days
    keep = KeepMedia.OFF if days == 0 else KeepMedia.UNTIL_CHECKED if settings.keep_until_checked else KeepMedia.DAYS
    return SetupChoices(
        language=settings.language,
        theme=settings.theme,
        place=settings.place,
        policy=settings.policy,
        live=LiveChoice(
            picture=PictureChoice.from_text(settings.camera) if settings.camera else None,
            microphone=settings.microphone,
            call_sound=settings.call_sound,
            chat=settings.chat_file,
            class_name=settings.class_name,
            class_size=settings.class_size,
            teacher_voice=settings.teacher_voice,
            screen_faces_class=settings.screen_faces_class,
        ),
        lessons_folder=settings.lessons_folder,
        keep_media=keep,
        keep_days=days or DEFAULT_KEEP_DAYS,
    )


def with_choices(settings: Settings, choices: SetupChoices) -> Settings:
    """Return the settings with all that the wizard asks."""
    days = {KeepMedia.OFF: 0, KeepMedia.UNTIL_CHECKED: DEFAULT_KEEP_DAYS, KeepMedia.DAYS: choices.keep_days}
    chosen = settings.model_copy(
        update={
            "language": choices.language,
            "theme": choices.theme,
            "place": choices.place,
            "policy": choices.policy,
            "lessons_folder": choices.lessons_folder,
            "keep_media_days": days[choices.keep_media],
            "keep_until_checked": choices.keep_media is KeepMedia.UNTIL_CHECKED,
        }
    )
    return with_live(chosen, choices.live)


def with_live(settings: Settings, live: LiveChoice) -> Settings:
    """Return the settings with the devices and files of a lesson; what belongs to that lesson alone is left out."""
    return settings.model_copy(
        update={
            "camera": live.picture.text if live.picture is not None else None,
            "microphone": live.microphone,
            "call_sound": live.call_sound,
            "chat_file": live.chat,
            "class_name": live.class_name,
            "class_size": live.class_size,
            "teacher_voice": live.teacher_voice,
            "screen_faces_class": live.screen_faces_class,
        }
    )


def live_sources(choice: LiveChoice) -> LiveSources:
    """Return where the lesson comes from."""
    picture = choice.picture
    return LiveSources(
        camera=picture.address if picture is not None and picture.kind is PictureKind.CAMERA else None,
        screen=picture.region if picture is not None and picture.kind is PictureKind.SCREEN else None,
        microphone=choice.microphone,
        call_sound=choice.call_sound,
        chat=choice.chat,
        chat_by_hand=True,
        attendance=choice.attendance,
        record=choice.record,
        window=picture.address if picture is not None and picture.kind is PictureKind.WINDOW else None,
    )


def live_request(choice: LiveChoice, request: LessonRequest) -> LessonRequest:
    """Return what is to be done with the lesson."""
    return replace(
        request,
        class_name=choice.class_name,
        class_size=choice.class_size,
        teacher_voice=str(choice.teacher_voice) if choice.teacher_voice is not None else None,
        excluded_seats=choice.excluded_seats,
        attested=choice.attested,
    )
