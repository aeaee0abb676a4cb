"""Pictures as they may be shown and kept: every one while nobody is masked, else only those masked by the analysis.

A picture is masked where its faces were looked up, in the analysis, and comes back as pixels: a mask of one moment on
the picture of another could miss. So while somebody is masked fewer pictures are shown, and none without its mask.
"""

from __future__ import annotations

from threading import Lock
from time import monotonic_ns

from classroom_analyzer.domain.clock import NS_PER_S
from classroom_analyzer.domain.media import VideoFrame
from classroom_analyzer.pipeline.seconds import Seen
from classroom_analyzer.sources.shared_pictures import PictureChannel, PictureReader, SharedPictures

__all__ = ["MaskedPictures"]

LEAST_GAP_NS = NS_PER_S // 20  # the recorder keeps at most 15 a second; copying others is of no use


class MaskedPictures:
    """The pictures of one lesson, for views and recorder. All calls may come from any thread.

    Args:
        channel: Of the camera; closed with these.
        shown: Where the analysis puts masked pictures; closed with these.
        masked: Seats that are masked from the beginning.
    """

    def __init__(self, channel: PictureChannel, shown: SharedPictures, masked: frozenset[int]) -> None:
        self._channel = channel
        self._shown = shown
        self._lock = Lock()
        self._masked = masked
        self._masked_from_ns: int | None = None
        self._view = (channel.preview.reader(), shown.reader())
        self._record = (channel.preview.reader(), shown.reader())
        self._recorded_ns = 0
        self._due_count = 0
        self._closed = False

    @property
    def masked(self) -> frozenset[int]:
        """Seats that are masked."""
        return self._masked

    @property
    def due_count(self) -> int:
        """Pictures that were due for analysis so far."""
        with self._lock:
            if not self._closed:
                self._due_count = self._channel.due.put_count
            return self._due_count

    def mask(self, seat: int) -> None:
        """Show nothing more until the analysis masks this seat, too."""
        with self._lock:
            self._masked |= {seat}
            self._masked_from_ns = None

    def follow(self, seen: Seen) -> None:
        """Heed what the newest analysed picture was masked with."""
        with self._lock:
            if self._masked and self._masked_from_ns is None and self._masked <= seen.excluded:
                self._masked_from_ns = seen.analysis.t_ns

    def newest(self) -> VideoFrame | None:
        """The newest picture for a view; None when there is none newer than at the last call."""
        with self._lock:
            return self._take(self._view)

    def next_to_record(self) -> VideoFrame | None:
        """The newest picture for the recording; at most 20 a second."""
        with self._lock:
            now_ns = monotonic_ns()
            if now_ns - self._recorded_ns < LEAST_GAP_NS:
                return None
            frame = self._take(self._record)
            if frame is not None:
                self._recorded_ns = now_ns
            return frame

    def close(self) -> None:
        """Let go of all pictures."""
        with self._lock:
            if not self._closed:
                self._due_count = self._channel.due.put_count
            self._closed = True
            self._channel.close()
            self._shown.close()

    def _take(self, readers: tuple[PictureReader, PictureReader]) -> VideoFrame | None:
        if self._closed:
            return None
        if not self._masked:
            return readers[0].take()
        frame = readers[1].take()
        if frame is None or self._masked_from_ns is None or frame.t_ns < self._masked_from_ns:
            return None
        return frame
