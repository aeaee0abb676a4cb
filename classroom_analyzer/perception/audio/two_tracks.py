"""Two tracks of an online lesson: the microphone is the teacher, the call's own sound is the students.

No voice has to be enrolled. The class figures come from both together. Where the call is played aloud the microphone
hears it too: while the call has a voice, the microphone's counts as the teacher's only when it is about as loud as the
teacher is alone.
"""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.clock import NS_PER_S
from classroom_analyzer.domain.media import SAMPLE_RATE_HZ, AudioBlock
from classroom_analyzer.domain.readings import Reading
from classroom_analyzer.domain.totals import TalkTotals
from classroom_analyzer.domain.transcript import SpeakerRole
from classroom_analyzer.perception.audio.analyzer import AudioAnalyzer, VoiceDetector
from classroom_analyzer.perception.audio.frames import FRAME_NS, FRAME_SAMPLES, FrameCutter
from classroom_analyzer.perception.audio.loudness import level_dbfs
from classroom_analyzer.perception.audio.talkers import RoleTimeline
from classroom_analyzer.perception.audio.turns import GATE_DELAY_S, SpeechGate

__all__ = ["TrackTalkers", "TwoTracks"]

ECHO_FRAMES = 10  # 0.32 s: how long after the call the microphone may still hear it
ALONE_FRAMES = 1000  # 32 s of the teacher alone tell how loud they are
LEAST_ALONE_FRAMES = 60
SOFTER_DB = 6.0  # than alone, and still the teacher
PART_NS = NS_PER_S
QUALITY = 0.95  # as good as the voice activity on each track


class TrackTalkers:
    """Roles by track; ``Talkers``.

    Args:
        microphone: Voice detector of the teacher's track.
        call: Voice detector of the students' track.
    """

    def __init__(self, microphone: VoiceDetector, call: VoiceDetector) -> None:
        self._tracks = (_TrackVoice(microphone), _TrackVoice(call))
        self._timeline = RoleTimeline(QUALITY)
        self._alone_dbfs: deque[float] = deque(maxlen=ALONE_FRAMES)
        self._since_call = ECHO_FRAMES + 1
        self._open: dict[SpeakerRole, int] = {}  # begin of the stretches going on
        self._end_ns = 0

    def push(self, t_ns: int, microphone: NDArray[np.float32], call: NDArray[np.float32]) -> None:
        """Take a stretch of both tracks, ``(n,) float32`` each, of the same time."""
        for track, samples in zip(self._tracks, (microphone, call), strict=True):
            track.push(AudioBlock(t_ns, samples))
        own, others = self._tracks
        for _ in range(min(len(own.decided), len(others.decided))):
            (start_ns, level, voice), (_, _, call_voice) = own.decided.popleft(), others.decided.popleft()
            self._step(start_ns, level, voice, call_voice)

    def role_of(self, start_ns: int, end_ns: int) -> SpeakerRole:
        """Whose voice most of a stretch of the last two minutes was."""
        return self._timeline.role_of(start_ns, end_ns)

    def readings(self, t_s: int) -> tuple[Reading, ...]:
        """``talk_ratio`` and ``pause_after_teacher`` of the 30 s that end at ``t_s``."""
        return self._timeline.readings(t_s)

    def totals(self) -> TalkTotals:
        """The lesson so far."""
        return self._timeline.totals()

    def close(self) -> None:
        """The lesson ends: count what is going on. There is no voice to forget."""
        self._set(self._end_ns, frozenset())

    def _step(self, start_ns: int, dbfs: float, voice: bool, call_voice: bool) -> None:
        self._since_call = 0 if call_voice else self._since_call + 1
        alone = self._since_call > ECHO_FRAMES
        if voice and alone:
            self._alone_dbfs.append(dbfs)
        teacher = voice and (alone or self._loud(dbfs))
        told = {SpeakerRole.TEACHER: teacher, SpeakerRole.STUDENT: call_voice}
        self._set(start_ns, frozenset(role for role, speaks in told.items() if speaks))
        self._end_ns = start_ns + FRAME_NS

    def _loud(self, dbfs: float) -> bool:
        known = len(self._alone_dbfs) >= LEAST_ALONE_FRAMES
        return known and dbfs >= float(np.median(self._alone_dbfs)) - SOFTER_DB

    def _set(self, at_ns: int, speaking: frozenset[SpeakerRole]) -> None:
        missing = self._end_ns < at_ns  # no sound in between
        for role, since_ns in list(self._open.items()):
            # A long stretch is told in parts, so that the last seconds are known while it goes on.
            if missing or role not in speaking or at_ns - since_ns >= PART_NS:
                self._timeline.add(self._open.pop(role), self._end_ns, role)
        for role in speaking:
            self._open.setdefault(role, at_ns)


class TwoTracks:
    """Lines up the tracks on the lesson clock and hands them on, mixed and apart.

    Args:
        audio: Analyses the mix.
        talkers: Is told of both; the analyzer's own ``talkers`` as a rule.
    """

    def __init__(self, audio: AudioAnalyzer, talkers: TrackTalkers) -> None:
        self._audio = audio
        self._talkers = talkers
        self._waiting = (_Waiting(), _Waiting())
        self._done: int | None = None  # first sample that was not handed on

    def push_microphone(self, block: AudioBlock) -> None:
        """Take a stretch of the teacher's track; blocks come in time order."""
        self._push(0, block)

    def push_call(self, block: AudioBlock) -> None:
        """Take a stretch of the students' track; blocks come in time order."""
        self._push(1, block)

    def advance(self, t_s: int) -> None:
        """Hand on what the second that ends at ``t_s`` needs; a track that has not come so far counts as silent."""
        needed = int((t_s + GATE_DELAY_S) * SAMPLE_RATE_HZ)
        self._hand_on(min(max(waiting.end for waiting in self._waiting), needed))

    def _push(self, track: int, block: AudioBlock) -> None:
        self._waiting[track].add(round(block.t_ns * SAMPLE_RATE_HZ / NS_PER_S), block.samples)
        self._hand_on(min(waiting.end for waiting in self._waiting))

    def _hand_on(self, upto: int) -> None:
        if self._done is None:
            self._done = min((waiting.start for waiting in self._waiting if waiting.end), default=0)
        if upto - self._done < FRAME_SAMPLES:
            return
        own, call = (waiting.take(self._done, upto) for waiting in self._waiting)
        t_ns = self._done * NS_PER_S // SAMPLE_RATE_HZ
        self._done = upto
        self._audio.push(AudioBlock(t_ns, own + call))
        self._talkers.push(t_ns, own, call)


class _Waiting:
    """Sound of one track that waits for the other; what is missing reads as silence."""

    def __init__(self) -> None:
        self.start = 0
        self._samples = np.empty(0, np.float32)

    @property
    def end(self) -> int:
        return self.start + len(self._samples)

    def add(self, at: int, samples: NDArray[np.float32]) -> None:
        if not len(self._samples):
            self.start = max(at, self.start)
            samples = samples[self.start - at :]
        elif at > self.end:
            self._samples = np.concatenate([self._samples, np.zeros(at - self.end, np.float32)])
        else:
            samples = samples[self.end - at :]
        self._samples = np.concatenate([self._samples, samples])

    def take(self, start: int, end: int) -> NDArray[np.float32]:
        """Samples from ``start`` to ``end``; they and all before are given up."""
        found = np.zeros(end - start, np.float32)
        first, last = max(start, self.start), min(end, self.end)
        if last > first:
            found[first - start : last - start] = self._samples[first - self.start : last - self.start]
        self._samples = self._samples[max(end - self.start, 0) :]
        self.start = max(end, self.start)
        return found


class _TrackVoice:
    """Voice activity and level of one track."""

    def __init__(self, detector: VoiceDetector) -> None:
        self.decided: deque[tuple[int, float, bool]] = deque()
        self._detector = detector
        self._cutter = FrameCutter()
        self._gate = SpeechGate()
        self._undecided: deque[tuple[int, float]] = deque()

    def push(self, block: AudioBlock) -> None:
        for run in self._cutter.push(block):
            if run.fresh:
                self._decide(self._gate.settle())
                self._detector.reset()
                self._gate = SpeechGate()
            power = np.mean(run.samples.astype(np.float64) ** 2, axis=1)
            self._undecided.extend(
                (run.start_ns + i * FRAME_NS, float(dbfs)) for i, dbfs in enumerate(level_dbfs(power))
            )
            self._decide(self._gate.push(self._detector.probabilities(run.samples)))

    def _decide(self, mask: NDArray[np.bool_]) -> None:
        for voice in mask:
            start_ns, dbfs = self._undecided.popleft()
            self.decided.append((start_ns, dbfs, bool(voice)))
