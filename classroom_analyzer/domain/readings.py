"""One measured quantity of one window, and what one second of each modality amounts to."""

from __future__ import annotations

from dataclasses import dataclass

from classroom_analyzer.domain.sound import SoundMode

__all__ = ["AudioSecond", "FineFigures", "Reading", "SeatSecond", "TextSecond", "VisionSecond"]


@dataclass(frozen=True, slots=True)
class Reading:
    """One indicator at one time: a row of indicators.parquet.

    Attributes:
        name: Indicator name of VALIDITY.md; an aspect of it follows a dot (``sound_mode.single``).
        value: None when it could not be measured, never 0 in its place.
        unit: ``share``, ``1/s``, ``dBFS``, ``/min``, ``s``, ``r``, ``count`` ...
        quality: 0 (do not use) to 1 (as good as this indicator gets); None where there is no value, whatever was given.
        n: People or samples it rests on; None where that has no meaning.
    """

    name: str
    value: float | None
    unit: str
    quality: float | None
    n: int | None = None

    def __post_init__(self) -> None:
        if self.value is None:
            object.__setattr__(self, "quality", None)


@dataclass(frozen=True, slots=True)
class FineFigures:
    """Fine facial indicators of one seat (VALIDITY.md); they need the landmark pack, None where not measurable.

    Attributes:
        ear: Eye aspect ratio, mean of the last 60 s.
        blink_rate: Blinks per minute of the last 60 s.
        perclos: Share of the last 60 s with eyes at least 80 % closed.
        gaze_target: Median angle between the gaze and its usual direction in this second, degrees.
        mouth_movement: How much the opening of the mouth changes, 1/s: who may be speaking.
    """

    ear: float | None = None
    blink_rate: float | None = None
    perclos: float | None = None
    gaze_target: float | None = None
    mouth_movement: float | None = None


@dataclass(frozen=True, slots=True)
class SeatSecond:
    """One seat during one second; a vision feature row.

    Attributes:
        seat: Seat number.
        face_presence: Share of analysed frames in which the face was seen; presence bridges gaps below 3 s.
        facing_target: Share of measurable frames with the head inside the seat's target range; None when too small
            or turned too far.
        movement: Mean movement, 1/s; None when not measurable.
        yaw_deg: Median head yaw; None when not measurable.
        pitch_deg: Median head pitch; None when not measurable.
        iod_px: Median inter-ocular distance; None when unseen.
        quality: 0 to 1, from detector score, size and novelty.
        novelty: Reconstruction error of the face encoder's autoencoder as a z-score of its training errors; None
            without an encoder.
        status: ``ok``, ``unseen``, ``too_small``, ``turned_away`` or ``excluded``.
        facing_low: ``facing_target`` if every yaw were wrong by its 80 % error, away from the target.
        facing_high: The same, towards the target.
        fine: What the landmark pack adds.
    """

    seat: int
    face_presence: float
    facing_target: float | None
    movement: float | None
    yaw_deg: float | None
    pitch_deg: float | None
    iod_px: float | None
    quality: float
    novelty: float | None
    status: str
    facing_low: float | None = None
    facing_high: float | None = None
    fine: FineFigures = FineFigures()


@dataclass(frozen=True, slots=True)
class VisionSecond:
    """What the camera gave in the second that ends at ``t_s``.

    Attributes:
        t_s: End of the second.
        frames: Frames analysed in it.
        seats_seen: Median over those frames of the seats with a detected face; None without a frame.
        seats: Rows of all seats known so far, seen or not.
        readings: Class rows over the last 10 s.
        trouble: What is wrong with the picture when nobody can be seen in it, for people to read; None otherwise.
        notices: What happened in it that people should know of, each once.
    """

    t_s: int
    frames: int
    seats_seen: float | None
    seats: tuple[SeatSecond, ...]
    readings: tuple[Reading, ...]
    trouble: str | None = None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AudioSecond:
    """What the microphone gave in the second that ends at ``t_s``.

    Attributes:
        t_s: End of the second.
        heard_share: Share of the second with samples, 0 to 1.
        speech_share: Share of the second with a voice; None without samples.
        mode: Sound mode of the last 15 s; UNKNOWN without evidence.
        loudness_dbfs: RMS level; None without samples or in digital silence.
        loudness_rel_db: Level over the lesson's adaptive noise floor; None as above.
        pitch_hz: Median pitch of voiced frames; None without a voice.
        quality: 0 to 1, from signal-to-noise ratio, clipping and novelty; 0 in digital silence.
        novelty: As for seats.
        readings: Class rows over the last 30 s.
    """

    t_s: int
    heard_share: float
    speech_share: float | None
    mode: SoundMode
    loudness_dbfs: float | None
    loudness_rel_db: float | None
    pitch_hz: float | None
    quality: float
    novelty: float | None
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class TextSecond:
    """What the chat gave in the second that ends at ``t_s``.

    Attributes:
        t_s: End of the second.
        connected: Whether the chat could be read; connected and silent is an observation.
        messages: Messages in this second.
        questions: Messages of this second that ask something.
        authors_120s: Distinct authors in the last 120 s.
        mean_words: Mean words of this second's messages; None without one.
        quality: 0 to 1.
        novelty: As for seats; None without a message or without an encoder.
        readings: Class rows over the last 120 s.
    """

    t_s: int
    connected: bool
    messages: int
    questions: int
    authors_120s: int
    mean_words: float | None
    quality: float
    novelty: float | None
    readings: tuple[Reading, ...]
