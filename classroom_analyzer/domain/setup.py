"""What a teacher chooses before a lesson, and what a trial of camera, microphone and machine says about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from classroom_analyzer.domain.policy import Place, Policy

__all__ = [
    "DEFAULT_KEEP_DAYS",
    "MAX_KEEP_DAYS",
    "Devices",
    "FacesSeen",
    "KeepMedia",
    "LiveChoice",
    "Notice",
    "PackInfo",
    "PictureChoice",
    "PictureKind",
    "ScreenArea",
    "SelfTestResult",
    "SelfTestStep",
    "SetupChoices",
    "SoundVerdict",
]

DEFAULT_KEEP_DAYS = 7
MAX_KEEP_DAYS = 30


class PictureKind(StrEnum):
    """Where pictures come from."""

    CAMERA = "camera"
    WINDOW = "window"
    SCREEN = "screen"


@dataclass(frozen=True, slots=True)
class PictureChoice:
    """One source of pictures.

    Attributes:
        kind: What it is.
        address: Name, number, web address or file of a camera; title of a window; ``x,y,width,height`` of a screen.
    """

    kind: PictureKind
    address: str

    @classmethod
    def from_text(cls, text: str) -> PictureChoice:
        """Read the form in which it stands in the settings: ``screen:x,y,w,h``, ``window:TITLE``, else a camera."""
        kind, found, address = text.partition(":")
        if found and kind in (PictureKind.WINDOW, PictureKind.SCREEN):
            return cls(PictureKind(kind), address)
        return cls(PictureKind.CAMERA, text)

    @property
    def text(self) -> str:
        """The form in which it stands in the settings."""
        return self.address if self.kind is PictureKind.CAMERA else f"{self.kind}:{self.address}"

    @property
    def region(self) -> tuple[int, int, int, int]:
        """The rectangle of a screen, pixels.

        Raises:
            ValueError: It is no screen, or the address is no rectangle.
        """
        if self.kind is not PictureKind.SCREEN:
            raise ValueError(f"a {self.kind} has no region")
        x, y, width, height = (int(part) for part in self.address.split(","))
        return x, y, width, height


@dataclass(frozen=True, slots=True)
class ScreenArea:
    """A screen.

    Attributes:
        name: Its number, or as people know it.
        region: ``(x, y, width, height)`` in pixels of all screens joined.
    """

    name: str
    region: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Devices:
    """What is there now, by the names that people know.

    Attributes:
        cameras: Cameras.
        microphones: Microphones.
        call_sounds: What plays the sound of a call and can be listened to.
        windows: Titles of windows that can be looked at.
        screens: Screens.
        problem: Why there is no microphone, one sentence; empty when there is one.
        call_sound_problem: What is needed to hear a call by itself, one sentence; empty when that can be done.
        camera_blocked: Whether the system keeps this program from the cameras.
        microphone_blocked: Whether the system keeps it from the microphones.
    """

    cameras: tuple[str, ...] = ()
    microphones: tuple[str, ...] = ()
    call_sounds: tuple[str, ...] = ()
    windows: tuple[str, ...] = ()
    screens: tuple[ScreenArea, ...] = ()
    problem: str = ""
    call_sound_problem: str = ""
    camera_blocked: bool = False
    microphone_blocked: bool = False


class KeepMedia(StrEnum):
    """How long video and sound of a lesson are kept, where the teacher asked for them at all."""

    OFF = "off"
    UNTIL_CHECKED = "until_checked"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class LiveChoice:
    """A live lesson as it is to be held; None leaves a source out.

    Attributes:
        picture: Where pictures come from.
        microphone: Name; ``""`` is the system's choice.
        call_sound: What carries the call's own sound.
        chat: Chat file that grows.
        attendance: Attendance file of the meeting.
        class_name: Joins the lessons of a class and finds its calibration.
        class_size: People in the class.
        record: Whether video and sound are kept.
        teacher_voice: Sample of the teacher's voice.
        screen_faces_class: Whether the class can see this computer's screen.
        calibration: Whether the line is hidden so that the teacher's marks are blind.
        excluded_seats: Seats that are masked from the start.
        attested: Whether the teacher said that those concerned were told, or agreed where the policy needs that.
    """

    picture: PictureChoice | None = None
    microphone: str | None = None
    call_sound: str | None = None
    chat: Path | None = None
    attendance: Path | None = None
    class_name: str | None = None
    class_size: int | None = None
    record: bool = False
    teacher_voice: Path | None = None
    screen_faces_class: bool = False
    calibration: bool = False
    excluded_seats: frozenset[int] = frozenset()
    attested: bool = False

    @property
    def can_start(self) -> bool:
        """Whether there is anything to observe."""
        return self.picture is not None or self.microphone is not None or self.chat is not None


@dataclass(frozen=True, slots=True)
class SetupChoices:
    """All that the wizard asks; kept in the settings when it is finished.

    Attributes:
        language: ``system`` or a locale such as ``zh_CN``.
        theme: ``system``, ``light`` or ``dark``.
        place: Where the program is used; None before it was asked.
        policy: How far it may go; None before it was asked.
        live: Devices and files that the next live lesson begins with.
        lessons_folder: Where lessons are kept; None is the data folder.
        keep_media: How long recorded video and sound are kept.
        keep_days: Days, for ``KeepMedia.DAYS``.
    """

    language: str = "system"
    theme: str = "system"
    place: Place | None = None
    policy: Policy | None = None
    live: LiveChoice = field(default_factory=LiveChoice)
    lessons_folder: Path | None = None
    keep_media: KeepMedia = KeepMedia.OFF
    keep_days: int = DEFAULT_KEEP_DAYS


@dataclass(frozen=True, slots=True)
class FacesSeen:
    """What a face detector finds in one picture.

    Attributes:
        found: Faces.
        large_enough: Those whose eyes are far enough apart for a head direction.
        width_px: Of the picture.
        height_px: Of the picture.
    """

    found: int
    large_enough: int
    width_px: int
    height_px: int


class SoundVerdict(StrEnum):
    """How the sound of a trial was."""

    NONE = "none"  # nothing arrived, or none was asked for
    SILENT = "silent"  # digital silence: muted
    QUIET = "quiet"
    GOOD = "good"
    LOUD = "loud"  # it clips


class SelfTestStep(StrEnum):
    """What a trial lesson is at."""

    LISTENING = "listening"
    LOADING = "loading"
    LOOKING = "looking"


@dataclass(frozen=True, slots=True)
class SelfTestResult:
    """What a short trial lesson gave.

    Attributes:
        faces: Most faces seen at once; None without a picture.
        sound: How the sound was; None where no microphone was chosen.
        pictures_per_s: Pictures analysed per second; None without a picture.
        estimates: Whether the policy estimates at all.
        problem: One sentence when something was wrong; empty when all went well.
    """

    faces: int | None
    sound: SoundVerdict | None
    pictures_per_s: float | None
    estimates: bool
    problem: str = ""


@dataclass(frozen=True, slots=True)
class PackInfo:
    """A model that can be installed.

    Attributes:
        spec: As it is asked for.
        role: What it does.
        licence: SPDX identifier.
        origin: Who made it.
        size_bytes: Of the download.
        host: Machine that a download asks.
        installed: Whether it is there.
    """

    spec: str
    role: str
    licence: str
    origin: str
    size_bytes: int
    host: str
    installed: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """A text to hand out before the first lesson.

    Attributes:
        audience: ``children`` or ``adults``.
        language: Locale it is written in.
        text: Markdown, written by this project.
    """

    audience: str
    language: str
    text: str
