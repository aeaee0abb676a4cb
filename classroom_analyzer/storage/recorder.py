"""Records picture and sound of a live lesson, sealed, in a thread of its own; nothing here ever holds the lesson up.

What comes in is already masked. A new segment begins at the start, when the size of the pictures changes, when pictures
come to a recording of sound alone, and after a pause. Whatever goes wrong ends the recording with a reason, never the
lesson.
"""

from __future__ import annotations

import time
from collections import deque
from contextlib import suppress
from threading import Condition, Thread

from classroom_analyzer.domain.clock import NS_PER_S
from classroom_analyzer.domain.live import RecordingHealth, RecordingState
from classroom_analyzer.domain.media import SAMPLE_RATE_HZ, AudioBlock, VideoFrame
from classroom_analyzer.errors import LessonDamagedError, OutputNotWritableError, VaultLockedError
from classroom_analyzer.storage.lesson_writer import LessonWriter
from classroom_analyzer.storage.media_records import close_segment
from classroom_analyzer.storage.segment_muxer import EncodingError, SegmentMuxer, even_size

__all__ = ["NO_KEY_REASON", "MediaRecorder"]

NO_KEY_REASON = (
    "picture and sound are not recorded, because there is no key to encrypt them with; "
    "set CLASSROOM_ANALYZER_PASSPHRASE and start a new lesson"
)
MAX_RATE_HZ = 15
RATE_SLACK_NS = 5_000_000  # stamps of a camera shake by that much
WAITING_PICTURES = 4
WAITING_SOUND_S = 60.0  # of all tracks together, 4 MB
FIRST_PICTURE_S = 1.5  # sound waits that long for a first picture
PAUSE_NS = 5 * NS_PER_S  # nothing at all for so long begins a new segment
LOOK_S = 1.0
SYNC_S = 5.0
CLOSE_S = 2.0


class MediaRecorder:
    """The recording of one live lesson. Calls come from one thread; none of them waits for a disk or an encoder.

    Args:
        writer: The lesson; its disk is guarded from now on.
        pictures: Whether pictures are to be expected.
        sound_tracks: 0, 1 (microphone) or 2 (microphone and the call's own sound).
    """

    def __init__(self, writer: LessonWriter, *, pictures: bool, sound_tracks: int) -> None:
        self._writer = writer
        self._guard = writer.guard_disk()
        self._expects_pictures = pictures
        self._sound_tracks = sound_tracks
        self._changed = Condition()
        self._pictures: deque[VideoFrame] = deque()
        self._sounds: deque[tuple[int, AudioBlock]] = deque()
        self._sound_s = 0.0
        self._due_ns = 0
        self._dropped = 0
        self._pausing = self._closing = False
        self._detail = ""
        self._state = RecordingState.ON
        self._muxer: SegmentMuxer | None = None  # of the thread alone
        self._newest_ns = 0
        self._segment_ns = 0
        self._bytes_done = 0
        self._recorded_ns = 0
        self._thread = Thread(target=self._run, name="recorder", daemon=True)
        if not writer.keeps_private:
            self.stop(NO_KEY_REASON)
        else:
            self._thread.start()

    def add_frame(self, frame: VideoFrame) -> None:
        """Keep a masked picture; of more than 15 a second some are left out, and of those that wait the oldest."""
        with self._changed:
            if self._state is not RecordingState.ON or frame.t_ns < self._due_ns - RATE_SLACK_NS:
                return
            gap_ns = NS_PER_S // MAX_RATE_HZ
            self._due_ns = max(self._due_ns + gap_ns, frame.t_ns + gap_ns // 2)
            if len(self._pictures) >= WAITING_PICTURES:
                self._pictures.popleft()
                self._dropped += 1
            self._pictures.append(frame)
            self._changed.notify()

    def add_audio(self, block: AudioBlock, track: int = 0) -> None:
        """Keep a stretch of sound; none is dropped.

        Args:
            block: In time order within its track.
            track: 0 is the microphone, 1 the call's own sound.
        """
        with self._changed:
            if self._state is not RecordingState.ON or track >= self._sound_tracks:
                return
            self._sounds.append((track, block))
            self._sound_s += len(block.samples) / SAMPLE_RATE_HZ
            if self._sound_s > WAITING_SOUND_S:
                self._end("the recording stopped, because this computer could not keep up with it")
            self._changed.notify()

    def pause(self) -> None:
        """Close the running segment; what comes next begins another."""
        with self._changed:
            self._pausing = True
            self._changed.notify()

    def stop(self, reason: str) -> None:
        """End the recording before the lesson does.

        Args:
            reason: For people, one clause.
        """
        with self._changed:
            self._end(reason)

    @property
    def waiting(self) -> int:
        """Pictures and stretches of sound that are not written yet."""
        return len(self._pictures) + len(self._sounds)

    def health(self) -> RecordingHealth:
        """Return how recording and disk are doing."""
        with self._changed:
            rate = None
            if self._state is RecordingState.ON and self._recorded_ns > NS_PER_S:
                rate = self._bytes_done * NS_PER_S / self._recorded_ns
            state, detail, dropped = self._state, self._detail, self._dropped
        return self._guard.health(state, detail=detail, bytes_per_s=rate, dropped=dropped)

    def close(self) -> None:
        """Write what waits and close the segment, within 2 s; what a hanging disk holds up is left to recovery."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread.ident is not None:
            self._thread.join(CLOSE_S)

    def _end(self, reason: str) -> None:
        """Stop taking anything in; inside the lock."""
        if self._state is RecordingState.ON:
            self._state, self._detail = RecordingState.STOPPED, reason
            self._pictures.clear()
            self._sounds.clear()
            self._writer.warn(f"the recording ended before the lesson: {reason}" if self._newest_ns else reason)
            self._changed.notify()

    def _run(self) -> None:
        looked_s = synced_s = time.monotonic()
        try:
            while True:
                more = self._write_some()
                now_s = time.monotonic()
                if now_s - looked_s >= LOOK_S:
                    looked_s = now_s
                    if (reason := self._guard.why_no_media()) is not None:
                        self.stop(reason)
                if now_s - synced_s >= SYNC_S and self._muxer is not None:
                    self._muxer.file.sync()
                    synced_s = time.monotonic()
                if not more:
                    return
        except VaultLockedError:
            self.stop(NO_KEY_REASON)
        except OutputNotWritableError as error:
            self.stop(f"the recording cannot be written ({error.reason})")
        except EncodingError as error:
            self.stop(f"picture and sound cannot be encoded ({error})")
        except OSError as error:
            self.stop(f"the recording cannot be written ({error.strerror or error})")
        finally:
            self._let_go()
            if self._state is RecordingState.STOPPED:
                with suppress(OutputNotWritableError):  # the lesson did not wait for a disk that hung
                    self._writer.add_event(self._newest_ns // NS_PER_S, "recording stopped", self._detail)

    def _write_some(self) -> bool:
        """Take what waits and write it; False at the end."""
        with self._changed:
            if not (self._pictures or self._pausing or self._ended or self._sound_is_due()):
                self._changed.wait(LOOK_S)
            pictures, sounds = [], []
            if self._pictures or self._pausing or self._ended or self._sound_is_due():
                pictures, self._pictures = list(self._pictures), deque()
                sounds, self._sounds = list(self._sounds), deque()
                self._sound_s = 0.0
            pausing, self._pausing = self._pausing, False
            ended = self._ended
        timed: list[tuple[int, int, VideoFrame | AudioBlock]] = [
            *((frame.t_ns, -1, frame) for frame in pictures),
            *((block.t_ns, track, block) for track, block in sounds),
        ]
        size = even_size(pictures[0].image) if pictures else None
        for t_ns, track, item in sorted(timed, key=lambda one: one[0]):
            self._write_one(t_ns, track, item, size)
        if pausing or ended:
            self._close_segment()
        return not ended

    @property
    def _ended(self) -> bool:
        return self._closing or self._state is not RecordingState.ON

    def _sound_is_due(self) -> bool:
        """Whether sound can be written: not while the first picture may still come."""
        if not self._sounds:
            return False
        waits = self._expects_pictures and self._muxer is None
        return not waits or self._sound_s >= FIRST_PICTURE_S * self._sound_tracks

    def _write_one(self, t_ns: int, track: int, item: VideoFrame | AudioBlock, size: tuple[int, int] | None) -> None:
        """Write a picture or a stretch of sound; a segment that it begins has pictures of ``size``."""
        muxer = self._muxer
        if muxer is not None:
            other_size = isinstance(item, VideoFrame) and even_size(item.image) != muxer.size
            if other_size or t_ns - self._newest_ns > PAUSE_NS:
                self._close_segment()
        if self._muxer is None:
            size = even_size(item.image) if isinstance(item, VideoFrame) else size
            self._muxer = SegmentMuxer(self._writer.open_segment(), size, self._sound_tracks)
            self._segment_ns = t_ns
        done = self._muxer.file.written_bytes
        if isinstance(item, VideoFrame):
            self._muxer.add_frame(item)
        else:
            self._muxer.add_audio(item, track)
        before_ns, self._newest_ns = max(self._newest_ns, self._segment_ns), max(self._newest_ns, t_ns)
        with self._changed:
            self._bytes_done += self._muxer.file.written_bytes - done
            self._recorded_ns += self._newest_ns - before_ns

    def _close_segment(self) -> None:
        if self._muxer is not None:
            muxer, self._muxer = self._muxer, None
            muxer.finish()

    def _let_go(self) -> None:
        """After a failure: close the segment at its last whole record where the disk still takes a new name."""
        if self._muxer is not None:
            muxer, self._muxer = self._muxer, None
            try:
                muxer.abandon()
                close_segment(muxer.file.open_path)
            except (OSError, EncodingError, LessonDamagedError):  # recovery closes it
                pass
