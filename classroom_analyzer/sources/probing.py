"""Says up front whether a recording can be read to its end, without decoding it."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.frame import VideoFrame as AvFrame
from av.video.stream import VideoStream

from classroom_analyzer.domain.media import MAX_PIXELS, MediaInfo
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.sources.container import (
    AvError,
    MediaSource,
    open_media,
    packets_of,
    picture_tracks,
    sound_tracks,
)

__all__ = ["Probe", "probe_tracks"]

TRIAL_PACKETS = 64  # a sound track is given up when so many packets gave nothing
TRIAL_PACKETS_ALL = 50_000  # a track whose first packet lies behind that many others is believed
TAIL_S = 5.0
END_TOLERANCE_S = 1.5
END_TOLERANCE_SHARE = 0.02
ENCODER_DELAY_S = 0.1  # 1024 to 2112 samples of AAC at 16 to 48 kHz
MAX_DURATION_S = 24 * 3600.0
SAMPLE_RATES_HZ = range(1_000, 768_001)

# libav guesses the length of these from their bit rate.
GUESSED_LENGTH = frozenset({"mp3", "aac", "ac3", "eac3", "amr", "mpegvideo", "h264", "hevc", "mjpeg"})


@dataclass(frozen=True, slots=True)
class Probe:
    """What a recording holds and which of its tracks to read.

    Attributes:
        info: For everybody.
        video_index: Stream index of the picture track, None without one.
        audio_index: Stream index of the sound track, None without one.
        start_s: The zero of all tracks on the file's clock: the first picture or sound, without an encoder's delay.
    """

    info: MediaInfo
    video_index: int | None
    audio_index: int | None
    start_s: float


@dataclass(slots=True)
class _Trial:
    """The first decoded frame of one track, while it is looked for."""

    stream: VideoStream | AudioStream
    packets: int = 0
    frame: AvFrame | AudioFrame | None = None
    refused: bool = False

    @property
    def settled(self) -> bool:
        return self.frame is not None or self.refused or self.packets >= TRIAL_PACKETS


@dataclass(slots=True)
class _Ends:
    """Latest packet end of each track, seconds on the container's clock."""

    by_track: dict[int, float] = field(default_factory=dict)

    def latest(self, tracks: set[int]) -> float | None:
        return max((end for track, end in self.by_track.items() if track in tracks), default=None)


def probe_tracks(path: MediaSource, *, sound_track: int = 0, own_clock: bool = False) -> Probe:
    """Look at a recording: test-decode the start of each track and read the tail.

    Args:
        path: A media file, or a recording that is none.
        sound_track: Which of its decodable sound tracks to read, from 0.
        own_clock: Its times are those of the lesson, whose second 0 may lie before it; it declares no end.

    Returns:
        Its tracks and length. The length is that of the longest usable track, measured on its packets.

    Raises:
        BadInputError: Missing, empty, not a recording, no decodable track, too large a picture, or cut off
            before the end that it declares.
    """
    with open_media(path) as container:
        trials = _try_tracks(container, path)
        picture = next((t for t in trials if isinstance(t.frame, AvFrame)), None)
        sounds = [t for t in trials if isinstance(t.frame, AudioFrame)]
        # A sound track whose first packet comes very late is believed.
        late = [t for t in trials if isinstance(t.stream, AudioStream) and not t.settled and t.packets == 0]
        sound = next(iter([*sounds, *late][sound_track:]), None)
        if picture is None and sound is None:
            raise BadInputError(
                str(path), "no picture and no sound in it can be decoded; export it as MP4 or MKV again"
            )
        # Streams may be read only while their container is open.
        video_index = None if picture is None else picture.stream.index
        audio_index = None if sound is None else sound.stream.index
        rate, width_px, height_px = (None, 0, 0) if picture is None else _picture_facts(picture, path)
        # What libav gives for the start can lie behind the first picture; what was decoded is certain.
        start_s = 0.0 if own_clock else _start_s(picture, sound)
        declared_end_s = None if own_clock else _declared_end_s(container, start_s)
    used = {index for index in (video_index, audio_index) if index is not None}
    with open_media(path) as container:
        duration_s = _measure_s(container, path, used, start_s, declared_end_s)
    if duration_s > MAX_DURATION_S:
        raise BadInputError(str(path), "it is longer than 24 hours; cut it into lessons")
    info = MediaInfo(duration_s, width_px, height_px, rate, video_index is not None, audio_index is not None)
    return Probe(info, video_index, audio_index, start_s)


def _start_s(picture: _Trial | None, sound: _Trial | None) -> float:
    """Zero of the recording: its first picture or sound, but not the delay that a sound encoder puts before it."""
    picture_s, sound_s = (t.frame.time if t is not None and t.frame is not None else None for t in (picture, sound))
    if picture_s is None or sound_s is None:
        return next((time for time in (picture_s, sound_s) if time is not None), 0.0)
    return picture_s if abs(picture_s - sound_s) < ENCODER_DELAY_S else min(picture_s, sound_s)


def _declared_end_s(container: InputContainer, start_s: float) -> float | None:
    """Where the file says that it ends, on its own clock; None when it does not say."""
    if container.duration is None or container.format.name in GUESSED_LENGTH:
        return None
    length_s = container.duration / 1e6
    # Matroska counts its length from zero, the others from the first picture or sound.
    return length_s if container.format.name.startswith("matroska") else start_s + length_s


def _picture_facts(trial: _Trial, path: MediaSource) -> tuple[Fraction, int, int]:
    """Mean rate, upright width and height."""
    stream, frame = trial.stream, trial.frame
    if not isinstance(stream, VideoStream) or not isinstance(frame, AvFrame):
        raise TypeError(stream)
    rate = stream.average_rate or stream.guessed_rate or stream.base_rate
    if not rate or rate < 0:
        raise BadInputError(str(path), "it declares no frame rate; export it as MP4 or MKV again")
    if frame.rotation % 180:
        return rate, frame.height, frame.width
    return rate, frame.width, frame.height


def _try_tracks(container: InputContainer, path: MediaSource) -> list[_Trial]:
    """Decode the first frame of each track."""
    tracks: list[VideoStream | AudioStream] = [*picture_tracks(container), *sound_tracks(container)]
    trials = {s.index: _Trial(s) for s in tracks}
    if not trials:
        raise BadInputError(str(path), "it holds neither picture nor sound; choose the recording of the lesson")
    for trial in trials.values():
        _check_picture_size(trial, path)
        if isinstance(trial.stream, AudioStream) and trial.stream.rate not in SAMPLE_RATES_HZ:
            trial.refused = True
    seen = 0
    for packet in packets_of(container, [t.stream for t in trials.values()], lambda: None):
        seen += 1
        trial = trials[packet.stream_index]
        if not trial.settled:
            trial.packets += packet.size > 0
            try:
                frames = packet.decode()
            except AvError:
                continue
            for frame in frames:
                if isinstance(frame, AvFrame | AudioFrame):
                    trial.frame = frame
        if seen >= TRIAL_PACKETS_ALL or all(t.settled for t in trials.values()):
            break
    else:
        for trial in trials.values():  # the file was read whole: what gave nothing has nothing
            trial.refused |= trial.frame is None
    for trial in trials.values():
        _check_picture_size(trial, path)
    return list(trials.values())


def _check_picture_size(trial: _Trial, path: MediaSource) -> None:
    if isinstance(trial.stream, VideoStream):
        picture = trial.frame if isinstance(trial.frame, AvFrame) else trial.stream.codec_context
        if picture.width * picture.height > MAX_PIXELS:
            reason = f"its pictures are too large ({picture.width} x {picture.height}); export it at 4K or smaller"
            raise BadInputError(str(path), reason)


def _measure_s(
    container: InputContainer, path: MediaSource, used: set[int], start_s: float, declared_end_s: float | None
) -> float:
    """Length by the last packets; refuse a file that ends well before the end that it declares."""
    ends = _Ends()
    if declared_end_s is None:
        ends = _read_ends(container)
    elif declared_end_s - start_s > 2 * TAIL_S:
        try:
            container.seek(int((declared_end_s - TAIL_S) * 1e6))
            ends = _read_ends(container)
        except AvError:
            ends = _Ends()
    if ends.latest(used) is None:  # nothing to seek by, or the used tracks end long before the others
        with open_media(path) as again:
            ends = _read_ends(again)
    used_end_s = ends.latest(used)
    if used_end_s is None:
        raise BadInputError(str(path), "nothing in it has a time; export it as MP4 or MKV again")
    if declared_end_s is None:
        return used_end_s - start_s
    declared_s, last_s = declared_end_s - start_s, max(ends.by_track.values()) - start_s
    if last_s < declared_s - max(END_TOLERANCE_S, END_TOLERANCE_SHARE * declared_s):
        reason = (
            f"the recording is cut off: it should last {declared_s:.0f} s and ends after {max(last_s, 0.0):.0f} s; "
            "copy it again from where it was recorded"
        )
        raise BadInputError(str(path), reason)
    return min(used_end_s - start_s, declared_s)


def _read_ends(container: InputContainer) -> _Ends:
    """Read packets, without decoding, to the end of the file."""
    ends = _Ends()
    for packet in packets_of(container, list(container.streams), lambda: None):
        if packet.pts is not None and packet.time_base is not None:
            end_s = float((packet.pts + (packet.duration or 0)) * packet.time_base)
            ends.by_track[packet.stream_index] = max(end_s, ends.by_track.get(packet.stream_index, end_s))
    return ends
