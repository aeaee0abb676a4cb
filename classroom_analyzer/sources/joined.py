"""A recording in several files, each with its own place on the lesson clock; what is between them is a gap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from classroom_analyzer.domain.media import AudioBlock, MediaInfo, VideoFrame
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.sources.container import OpenableMedia
from classroom_analyzer.sources.media import MediaFile
from classroom_analyzer.sources.sound import BlockCutter

__all__ = ["JoinedMedia"]

TOO_DAMAGED = "parts of the recording that could not be read at all"


class JoinedMedia:
    """Several recordings on one clock, read as one.

    Args:
        name: For people.
        parts: In time order; one that cannot be read is left out and counted among the problems.
        sound_track: Which of their sound tracks to read, from 0; a part may lack it.

    Raises:
        BadInputError: None of the parts can be read.
    """

    def __init__(self, name: str, parts: Sequence[OpenableMedia], *, sound_track: int = 0) -> None:
        self._name = name
        self._unreadable: Counter[str] = Counter()
        self._files: list[MediaFile] = []
        reason = "there is no recording in it; record the lesson, or choose its video"
        for part in parts:
            try:
                self._files.append(MediaFile(part, sound_track=sound_track, own_clock=True))
            except BadInputError as error:
                self._unreadable[TOO_DAMAGED] += 1
                reason = error.reason
        if not self._files:
            raise BadInputError(name, reason)

    @property
    def info(self) -> MediaInfo:
        """What all parts together hold; the length counts from the lesson clock's zero."""
        infos = [file.info for file in self._files]
        largest = max(infos, key=lambda info: info.width_px * info.height_px)
        return MediaInfo(
            max(info.duration_s for info in infos),
            largest.width_px,
            largest.height_px,
            largest.mean_rate_hz,
            any(info.has_video for info in infos),
            any(info.has_audio for info in infos),
        )

    @property
    def problems(self) -> Mapping[str, int]:
        """What was skipped so far, as for one file."""
        counts = Counter(self._unreadable)
        for file in self._files:
            counts.update(file.problems)
        return dict(counts)

    def frames(self, max_rate_hz: float | None = None) -> Iterator[VideoFrame]:
        """Decode the pictures of all parts in order, with strictly rising times.

        Args:
            max_rate_hz: As for one file.
        """
        last_ns = -1
        for file in self._files:
            for frame in file.frames(max_rate_hz) if file.info.has_video else ():
                if frame.t_ns > last_ns:
                    last_ns = frame.t_ns
                    yield frame

    def audio(self, block_s: float = 0.5) -> Iterator[AudioBlock]:
        """Decode the sound of all parts in order, never overlapping.

        Args:
            block_s: As for one file.
        """
        cutter = BlockCutter(block_s)
        for file in self._files:
            for block in file.audio(block_s) if file.info.has_audio else ():
                yield from cutter.push(block.t_ns, block.samples)
        yield from cutter.flush()
