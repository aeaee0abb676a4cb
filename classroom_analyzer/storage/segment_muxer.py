"""Makes one segment of the raw recording: MPEG-4 pictures and FLAC sound in Matroska, on the lesson clock.

Of the encoders that come with PyAV, MPEG-4 (part 2, fixed quantiser) took 8 to 10 ms a picture of 1280x720 on one core
at 1.2 Mbit/s, VP9 24 to 27 ms at 1.2, SVT-AV1 20 to 28 ms at 0.9, x264 ultrafast 9 to 12 ms at 3, all within 1 dB. Only
x264 needs the GPL. Sound is lossless at 16 bits.
"""

from __future__ import annotations

from fractions import Fraction
from typing import cast

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.packet import Packet
from av.stream import Stream
from av.video.frame import PictureType
from av.video.frame import VideoFrame as AvFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from classroom_analyzer.domain.clock import NS_PER_S
from classroom_analyzer.domain.media import SAMPLE_RATE_HZ, AudioBlock, VideoFrame
from classroom_analyzer.storage.media_records import RecordFile

__all__ = ["EncodingError", "SegmentMuxer", "even_size"]

EncodingError = av.error.FFmpegError

MUXER_OPTIONS = {
    "cluster_time_limit": "1000",
    "flush_packets": "1",
    # A silent track must not hold the others back: what is held is lost when the program is killed.
    "max_interleave_delta": "400000",
}
PICTURE_OPTIONS = {"qmin": "4", "qmax": "4"}
KEY_FRAME_NS = NS_PER_S
NS_PER_MS = 1_000_000
MILLISECOND = Fraction(1, 1000)
SOUND_FRAME = 2048  # samples: 0.128 s
SOUND_GAP_NS = 40_000_000  # as readers take it: a smaller step is a rounded or drifting clock
_INT16 = 32768


def even_size(image: NDArray[np.uint8]) -> tuple[int, int]:
    """Width and height as they are recorded: colour is kept for every second pixel."""
    return image.shape[1] & ~1, image.shape[0] & ~1


class SegmentMuxer:
    """One segment, from its first picture or sound to ``finish``. One thread.

    Args:
        file: Where it goes; owned from now on.
        size: Width and height of the pictures; None without any.
        sound_tracks: How many sound tracks, each 16 kHz mono.

    Raises:
        OutputNotWritableError: The disk is full or fails.
    """

    def __init__(self, file: RecordFile, size: tuple[int, int] | None, sound_tracks: int) -> None:
        self.file = file
        self.size = size
        self._container = av.open(file, "w", format="matroska", options=MUXER_OPTIONS)
        self._pictures = _PictureTrack(self._container.add_stream("mpeg4"), size) if size is not None else None
        self._sounds = [
            _SoundTrack(self._container.add_stream("flac", rate=SAMPLE_RATE_HZ)) for _ in range(sound_tracks)
        ]
        # Both encoders are opened before the header is written, so that no track waits for the other.
        self._container.start_encoding()

    def add_frame(self, frame: VideoFrame) -> None:
        """Encode a picture of ``size``; one that is not later than the last by a millisecond is left out.

        Raises:
            OutputNotWritableError: The disk is full or fails.
        """
        if self._pictures is not None:
            for packet in self._pictures.encode(frame):
                self._container.mux(packet)
        self.file.seal()

    def add_audio(self, block: AudioBlock, track: int) -> None:
        """Encode sound; what lies before the end of earlier sound of its track is cut.

        Raises:
            OutputNotWritableError: The disk is full or fails.
        """
        for packet in self._sounds[track].encode(block):
            self._container.mux(packet)
        self.file.seal()

    def finish(self) -> None:
        """Write what is left and close the segment.

        Raises:
            OutputNotWritableError: The disk is full or fails; the segment keeps its whole records.
        """
        for sound in self._sounds:
            for packet in sound.flush():
                self._container.mux(packet)
        self._container.close()
        self.file.finish()

    def abandon(self) -> None:
        """Let go without writing more than is on the disk."""
        self._container.close()
        self.file.abandon()


class _PictureTrack:
    def __init__(self, stream: object, size: tuple[int, int]) -> None:
        self._stream = cast(VideoStream, stream)
        self._width, self._height = self._stream.width, self._stream.height = size
        self._stream.pix_fmt = "yuv420p"
        self._stream.time_base = MILLISECOND
        context = self._stream.codec_context
        context.time_base = MILLISECOND
        context.options = PICTURE_OPTIONS
        context.thread_count = 1
        context.gop_size = 600  # key frames are asked for by time
        context.open(strict=False)
        self._first_ms: int | None = None
        self._last_ms = -1
        self._key_due_ns = 0

    def encode(self, frame: VideoFrame) -> list[Packet[Stream]]:
        t_ms = frame.t_ns // NS_PER_MS
        if t_ms <= self._last_ms:
            return []
        self._last_ms = t_ms
        self._first_ms = t_ms if self._first_ms is None else self._first_ms
        image = np.ascontiguousarray(frame.image[: self._height, : self._width])
        picture = AvFrame.from_ndarray(image, format="bgr24").reformat(format="yuv420p")
        # The encoder counts from its own start: it writes whole seconds as single bits.
        picture.pts, picture.time_base = t_ms - self._first_ms, MILLISECOND
        if frame.t_ns >= self._key_due_ns:
            picture.pict_type = PictureType.I
            self._key_due_ns = frame.t_ns + KEY_FRAME_NS
        packets = self._stream.encode(picture)
        for packet in packets:
            packet.pts = packet.dts = (packet.pts or 0) + self._first_ms
        return list(packets)


class _SoundTrack:
    """Cuts blocks into frames of one length, each stamped with the time of its first sample."""

    def __init__(self, stream: object) -> None:
        self._stream = cast(AudioStream, stream)
        context = self._stream.codec_context
        context.layout = "mono"
        context.format = "s16"
        context.time_base = Fraction(1, SAMPLE_RATE_HZ)
        context.options = {"frame_size": str(SOUND_FRAME)}
        context.open(strict=False)
        self._length = context.frame_size
        self._held = np.zeros(0, np.int16)
        self._held_ns = 0
        self._end_ns: int | None = None
        self._last_ms = -1

    def encode(self, block: AudioBlock) -> list[Packet[Stream]]:
        samples, t_ns = _to_int16(block.samples), block.t_ns
        packets: list[Packet[Stream]] = []
        if self._end_ns is not None:
            if t_ns - self._end_ns > SOUND_GAP_NS:
                packets += self._fill(t_ns)
            elif self._end_ns - t_ns > SOUND_GAP_NS:
                early = round((self._end_ns - t_ns) * SAMPLE_RATE_HZ / NS_PER_S)
                samples, t_ns = samples[early:], self._end_ns
        if not len(samples):
            return packets
        if not len(self._held):
            self._held_ns = t_ns
        self._held = np.concatenate([self._held, samples])
        self._end_ns = t_ns + round(len(samples) * NS_PER_S / SAMPLE_RATE_HZ)
        while len(self._held) >= self._length:
            packets += self._one(self._held[: self._length])
            self._held = self._held[self._length :]
            # From the newest block's time backwards, so that a drifting clock is followed.
            self._held_ns = self._end_ns - round(len(self._held) * NS_PER_S / SAMPLE_RATE_HZ)
        return packets

    def flush(self) -> list[Packet[Stream]]:
        """Give the last, shorter frame and what the encoder holds."""
        packets = self._one(self._held) if len(self._held) else []
        self._held = self._held[:0]
        return packets + list(self._stream.encode(None))

    def _fill(self, next_ns: int) -> list[Packet[Stream]]:
        """End the held frame with silence before a gap: a frame that is shorter may only be the last."""
        if not len(self._held):
            return []
        lacking = self._length - len(self._held)
        room = round((next_ns - (self._end_ns or 0)) * SAMPLE_RATE_HZ / NS_PER_S)
        self._held = np.concatenate([self._held, np.zeros(min(lacking, room), np.int16)])
        if room < lacking:  # the gap is shorter than a frame: it is silence inside it
            return []
        packets = self._one(self._held)
        self._held = self._held[:0]
        return packets

    def _one(self, samples: NDArray[np.int16]) -> list[Packet[Stream]]:
        t_ms = max(self._held_ns // NS_PER_MS, self._last_ms + 1)
        self._last_ms = t_ms
        frame = AudioFrame.from_ndarray(samples[np.newaxis, :], format="s16", layout="mono")
        frame.sample_rate = SAMPLE_RATE_HZ
        frame.pts, frame.time_base = t_ms * (SAMPLE_RATE_HZ // 1000), Fraction(1, SAMPLE_RATE_HZ)
        return list(self._stream.encode(frame))


def _to_int16(samples: NDArray[np.float32]) -> NDArray[np.int16]:
    whole: NDArray[np.float32] = np.clip(np.rint(samples * np.float32(_INT16)), -_INT16, _INT16 - 1)
    return whole.astype(np.int16)
