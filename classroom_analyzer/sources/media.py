"""Recordings: pictures and sound of one file on one clock, with the file's own times.

A file with sound only (FLAC, WAV, MP3 ...) is read by the same class: one decoder for all sound keeps one set of
rules for time, holes and damage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

import numpy as np
from av.audio.frame import AudioFrame
from av.container import InputContainer
from av.stream import Stream
from av.video.frame import VideoFrame as AvFrame
from numpy.typing import NDArray

from classroom_analyzer.domain.clock import NS_PER_S, to_ns
from classroom_analyzer.domain.media import MAX_PIXELS, AudioBlock, MediaInfo, VideoFrame
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.sources.container import AvError, MediaSource, open_media, packets_of
from classroom_analyzer.sources.probing import Probe, probe_tracks
from classroom_analyzer.sources.sound import BlockCutter, Resampler

__all__ = ["Media", "MediaFile", "probe"]

# A time further behind the end of the file than this is damage.
PAST_END_S = 5.0

CONTAINER_ROUNDING_NS = 1_000_000  # containers round times to 1 ms

UNREADABLE = "places that could not be read"
UNDECODABLE = "packets that could not be decoded"
OUT_OF_ORDER = "pictures whose time did not rise"
PAST_END = "times behind the end of the file"
TOO_LARGE = "pictures that were too large"
NOT_FINITE = "sound samples that were not numbers"


def probe(path: Path | str) -> MediaInfo:
    """Look at a recording without decoding it.

    Raises:
        BadInputError: It cannot be analysed; the reason says what to do.
    """
    return probe_tracks(Path(path)).info


class Media(Protocol):
    """Pictures and sound on one clock, in one file or several: what ``MediaFile`` says of each holds."""

    @property
    def info(self) -> MediaInfo: ...  # noqa: D102

    @property
    def problems(self) -> Mapping[str, int]: ...  # noqa: D102

    def frames(self, max_rate_hz: float | None = None) -> Iterator[VideoFrame]: ...  # noqa: D102

    def audio(self, block_s: float = 0.5) -> Iterator[AudioBlock]: ...  # noqa: D102


class MediaFile:
    """One recording. Each iterator opens the file for itself, so pictures and sound may be read side by side.

    Args:
        path: A media file, or a recording that is none.
        sound_track: Which of its sound tracks to read, from 0.
        own_clock: Its times are those of the lesson, whose second 0 may lie before it.

    Raises:
        BadInputError: From the constructor, when the file cannot be analysed.
    """

    def __init__(self, path: MediaSource | str, *, sound_track: int = 0, own_clock: bool = False) -> None:
        self._path: MediaSource = Path(path) if isinstance(path, str) else path
        self._probe: Probe = probe_tracks(self._path, sound_track=sound_track, own_clock=own_clock)
        self._problems: Counter[str] = Counter()

    @property
    def info(self) -> MediaInfo:
        """What the file holds."""
        return self._probe.info

    @property
    def problems(self) -> Mapping[str, int]:
        """What was skipped so far: a plural noun phrase for people and how often, empty when all is well."""
        return dict(self._problems)

    def frames(self, max_rate_hz: float | None = None) -> Iterator[VideoFrame]:
        """Decode the pictures.

        Args:
            max_rate_hz: Give the pictures that are due at this mean rate; the others are decoded and not converted.
                None gives all.

        Returns:
            Frames with strictly rising times, upright, from the container's first instant (both tracks share it).

        Raises:
            BadInputError: The file has no picture.
        """
        if self._probe.video_index is None:
            raise BadInputError(
                str(self._path), "it has no picture; choose a video or leave the picture out (--no-vision)"
            )
        return self._frames(self._probe.video_index, max_rate_hz)

    def audio(self, block_s: float = 0.5) -> Iterator[AudioBlock]:
        """Decode the sound.

        Args:
            block_s: Length of a block; a hole in the track and its end give a shorter one.

        Returns:
            Blocks of 16 kHz mono in rising, never overlapping order. A hole shows as a jump of the start time.

        Raises:
            BadInputError: The file has no sound.
        """
        if self._probe.audio_index is None:
            raise BadInputError(
                str(self._path), "it has no sound; give a sound file with --audio or leave it out (--no-audio)"
            )
        return self._audio(self._probe.audio_index, block_s)

    def _frames(self, index: int, max_rate_hz: float | None) -> Iterator[VideoFrame]:
        gap_ns = 0 if max_rate_hz is None else round(NS_PER_S / max_rate_hz)
        last_seen_ns = None
        due_ns = 0
        with open_media(self._path) as container:
            stream = container.streams[index]
            stream.codec_context.thread_type = "AUTO"
            for t_s, frame in self._decoded(container, stream):
                if not isinstance(frame, AvFrame) or t_s is None:
                    continue
                t_ns = max(0, to_ns(t_s))
                if last_seen_ns is not None and t_ns <= last_seen_ns:
                    self._problems[OUT_OF_ORDER] += 1
                    continue
                last_seen_ns = t_ns
                if t_ns < due_ns - CONTAINER_ROUNDING_NS:
                    continue
                if frame.width * frame.height > MAX_PIXELS:
                    self._problems[TOO_LARGE] += 1
                    continue
                due_ns += gap_ns
                if due_ns <= t_ns:  # a slow or paused picture: due times start over
                    due_ns = t_ns + gap_ns
                yield VideoFrame(t_ns, _upright_bgr(frame))

    def _audio(self, index: int, block_s: float) -> Iterator[AudioBlock]:
        resampler = Resampler()
        cutter = BlockCutter(block_s)
        with open_media(self._path) as container:
            for t_s, frame in self._decoded(container, container.streams[index]):
                if isinstance(frame, AudioFrame) and frame.samples:
                    for t_ns, samples in resampler.push(frame, t_s):
                        yield from cutter.push(t_ns, samples)
            for t_ns, samples in resampler.flush():
                yield from cutter.push(t_ns, samples)
            yield from cutter.flush()
        if resampler.not_finite:
            self._problems[NOT_FINITE] += resampler.not_finite

    def _decoded(
        self, container: InputContainer, stream: Stream
    ) -> Iterator[tuple[float | None, AvFrame | AudioFrame]]:
        """Decoded frames of one track with their time in seconds; damage is counted and skipped."""
        start_s = self._probe.start_s
        latest_s = self.info.duration_s + PAST_END_S

        def damaged() -> None:
            self._problems[UNREADABLE] += 1

        for packet in packets_of(container, [stream], damaged):
            try:
                frames = packet.decode()
            except AvError:
                self._problems[UNDECODABLE] += 1
                continue
            for frame in frames:
                if not isinstance(frame, AvFrame | AudioFrame):
                    continue
                t_s = None if frame.time is None else frame.time - start_s
                if t_s is not None and t_s > latest_s:
                    self._problems[PAST_END] += 1
                    continue
                yield t_s, frame


def _upright_bgr(frame: AvFrame) -> NDArray[np.uint8]:
    """Picture as ``(height, width, 3) uint8 BGR``, turned as the camera was held."""
    image = frame.to_ndarray(format="bgr24").astype(np.uint8, copy=False)
    quarter_turns = round(frame.rotation / 90) % 4  # counter-clockwise, like numpy's
    return np.ascontiguousarray(np.rot90(image, quarter_turns)) if quarter_turns else image
