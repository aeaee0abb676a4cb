"""Opens media containers safely: known file formats only, local files only, no library error passes through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.stream import Disposition, Stream
from av.video.stream import VideoStream

from classroom_analyzer.domain.media import MAX_PIXELS
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.sources.files import check_is_file

__all__ = [
    "AvError",
    "MediaSource",
    "OpenableMedia",
    "open_media",
    "packets_of",
    "picture_tracks",
    "sound_tracks",
]

AvError = av.error.FFmpegError

MAX_FAILURES_IN_A_ROW = 20  # reading after that many errors would never end

# Formats with their own clock. Left out on purpose: playlists (they open other files and addresses), single
# pictures, and text, which libav can render as a picture.
FORMATS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpeg,mpegts,gif,flv,asf,ogg,wav,w64,aiff,caf,flac,mp3,aac,"
    "mpegvideo,h264,hevc,mjpeg,ac3,eac3,amr,au,wv,ape,mxf,nut"
)
OPEN_OPTIONS = {"format_whitelist": FORMATS, "protocol_whitelist": "file"}


class OpenableMedia(Protocol):
    """A Matroska recording that is no plain file, such as a segment of the vault; ``str`` of it is for people."""

    def open(self) -> BinaryIO:
        """Return its bytes, seekable, from the start; each call reads for itself."""
        ...


MediaSource = Path | OpenableMedia


@contextmanager
def open_media(source: MediaSource) -> Iterator[InputContainer]:
    """Open a container and close it at the end.

    Raises:
        BadInputError: libav does not know the content as a recording.
    """
    if isinstance(source, Path):
        check_is_file(source)
    try:
        if isinstance(source, Path):
            container = av.open(str(source.absolute()), "r", options=OPEN_OPTIONS)
        else:
            container = av.open(source.open(), "r", format="matroska")
    except (AvError, ValueError, OverflowError) as error:
        reason = (
            "this is not a recording that can be read, or its end is missing; "
            "play it in a media player, then copy or export it again"
        )
        raise BadInputError(str(source), reason) from error
    with container:
        for stream in container.streams.video:
            stream.codec_context.options = {"max_pixels": str(MAX_PIXELS)}
        yield container


def picture_tracks(container: InputContainer) -> list[VideoStream]:
    """Picture tracks that move: cover art of a sound file is none."""
    return [
        s
        for s in container.streams.video
        if s.codec_context is not None and not s.disposition & Disposition.attached_pic
    ]


def sound_tracks(container: InputContainer) -> list[AudioStream]:
    """Sound tracks that libav has a decoder for."""
    return [s for s in container.streams.audio if s.codec_context is not None]


def packets_of(
    container: InputContainer, streams: Sequence[Stream], on_damage: Callable[[], None]
) -> Iterator[Packet[Stream]]:
    """Read packets to the end of the file, going on behind damaged places.

    Args:
        container: Open container, read from its present position.
        streams: Tracks to read.
        on_damage: Called for each place that could not be read.

    Yields:
        Packets in file order, then one empty packet a track that flushes its decoder.
    """
    failures = 0
    while failures < MAX_FAILURES_IN_A_ROW:
        try:
            for packet in container.demux(*streams):
                failures = 0
                yield packet
        except AvError:
            failures += 1
            on_damage()
        else:
            return
