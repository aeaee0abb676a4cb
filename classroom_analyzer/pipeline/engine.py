"""The engine: takes frames, sound and chat lines on the lesson clock and closes one second after another.

It knows nothing of files, devices, threads or pace; the drivers ``offline`` and ``live`` feed it. One thread calls it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.chat import TEACHER, ChatMessage
from classroom_analyzer.domain.estimates import ClassEstimate, SeatEstimate
from classroom_analyzer.domain.faces import FrameAnalysis
from classroom_analyzer.domain.media import AudioBlock, VideoFrame
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.phases import Phase
from classroom_analyzer.domain.policy import PolicyGrant
from classroom_analyzer.domain.readings import AudioSecond, Reading, TextSecond, VisionSecond
from classroom_analyzer.domain.summary import ChatFigures, LessonSummary, Performance, TalkFigures
from classroom_analyzer.domain.transcript import Utterance
from classroom_analyzer.fusion.windows import LessonWindows
from classroom_analyzer.pipeline.parts import EngineParts
from classroom_analyzer.pipeline.phases import PhaseTracker
from classroom_analyzer.pipeline.prompts import PromptLatency
from classroom_analyzer.pipeline.tally import LessonTally

if TYPE_CHECKING:
    from classroom_analyzer.pipeline.transcribing import Transcribed
    from classroom_analyzer.storage.lesson_writer import LessonWriter

__all__ = ["ClosedSecond", "LessonEngine"]

LEAST_COVERED = 0.7  # of the lesson's words must be known for its talk figures
LEAST_TROUBLE_S = 3  # a fade to black is no trouble


@dataclass(frozen=True, slots=True)
class ClosedSecond:
    """All that one second of the lesson gave.

    Attributes:
        readings: Class rows of all parts, each name once.
    """

    t_s: int
    vision: VisionSecond | None
    audio: AudioSecond | None
    text: TextSecond | None
    phase: Phase
    estimate: ClassEstimate | None
    seats: tuple[SeatEstimate, ...]
    readings: tuple[Reading, ...]


class LessonEngine:
    """Analyses one lesson.

    Args:
        parts: Models and analyzers.
        writer: The lesson folder; the engine owns it from now on.
        grant: Policy of the lesson.
        class_size: N where it is known.
        seed: Of everything drawn at random.
        warnings: What to tell the user about how the lesson was set up.
        chat_by_hand: Chat lines only come when a person pastes or types them. They are kept and counted; as silence
            then says nothing, the chat has no part in coverage and estimate, and none at all before the first line.
    """

    def __init__(
        self,
        parts: EngineParts,
        writer: LessonWriter,
        grant: PolicyGrant,
        *,
        class_size: int | None,
        seed: int,
        warnings: tuple[str, ...] = (),
        chat_by_hand: bool = False,
    ) -> None:
        self.parts = parts
        self.writer = writer
        self._grant = grant
        self._given_size = class_size
        self._warnings = list(warnings)
        self._chat_by_hand = chat_by_hand
        self._chat_came = not chat_by_hand
        self._switched_on = parts.switched_on - {Modality.TEXT} if chat_by_hand else parts.switched_on
        self._windows = LessonWindows()
        self._phases = PhaseTracker()
        self._prompts = PromptLatency()
        self._tally = LessonTally(self._switched_on, seed)
        self._troubled_s: Counter[str] = Counter()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the summary will warn of."""
        troubles = (
            f"for {seconds} s nobody could be seen because the picture is {trouble}"
            for trouble, seconds in self._troubled_s.items()
            if seconds >= LEAST_TROUBLE_S
        )
        chat = self.parts.text.notices if self.parts.text is not None else ()
        return (*self._warnings, *self.parts.notices, *chat, *troubles)

    @property
    def class_size(self) -> int | None:
        """N: as given, else the most seats seen so far, else None."""
        return self._given_size or self._tally.most_seats or None

    def warn(self, text: str) -> None:
        """Add a warning once."""
        if text not in self._warnings:
            self._warnings.append(text)

    def on_frame(self, frame: VideoFrame) -> FrameAnalysis | None:
        """Analyse a frame; frames come in time order."""
        return self.parts.vision.analyze(frame) if self.parts.vision is not None else None

    def masked(self, frame: VideoFrame, analysis: FrameAnalysis) -> NDArray[np.uint8]:
        """Return the frame's picture with excluded seats filled: ``(h, w, 3) uint8 BGR``."""
        return frame.image if self.parts.vision is None else self.parts.vision.masked(frame, analysis)

    def on_audio(self, block: AudioBlock) -> None:
        """Take a stretch of sound, with two tracks that of the microphone; blocks come in time order."""
        if self.parts.tracks is not None:
            self.parts.tracks.push_microphone(block)
        elif self.parts.audio is not None:
            self.parts.audio.push(block)

    def on_call_audio(self, block: AudioBlock) -> None:
        """Take a stretch of the call's own sound; blocks come in time order."""
        if self.parts.tracks is not None:
            self.parts.tracks.push_call(block)

    def on_message(self, message: ChatMessage) -> None:
        """Take a chat line; it is on disk before it is analysed."""
        if self.parts.text is not None:
            self._chat_came = True
            self.writer.add_message(message)
            self.parts.text.push(message)
            if message.participant != TEACHER:
                self._prompts.answer(message.t_ns)

    def on_utterance(self, utterance: Utterance) -> None:
        """Take what was said, by start; it is on disk before it is analysed."""
        if self.parts.talk is not None:
            self.writer.add_utterance(utterance)
            if self.parts.talk.push(utterance):
                self._prompts.ask(utterance.end_ns)

    def set_chat_connected(self, connected: bool) -> None:
        """Say whether the chat can be read now; a recorded chat always can."""
        if self.parts.text is not None:
            self.parts.text.connected = connected

    def close_second(self, t_s: int) -> ClosedSecond:
        """Close the second that ends at ``t_s``: 1, 2, 3 and so on, each once."""
        vision = self.parts.vision.second(t_s) if self.parts.vision is not None else None
        if self.parts.tracks is not None:
            self.parts.tracks.advance(t_s)
        audio = self.parts.audio.second(t_s) if self.parts.audio is not None else None
        text = None
        if self.parts.text is not None and self._chat_came:
            text = self.parts.text.second(t_s, self.class_size)
        talk = self._talk_second(t_s)
        seats = vision.seats if vision is not None and vision.frames else None
        self._tally.add_second(vision, audio, text)
        if vision is not None:
            self._heed(t_s, vision)
        self._windows.push(seats, audio, None if self._chat_by_hand else text)
        phase = self._phases.push(t_s, audio, seats)
        own, seat_estimates = self._estimate(t_s, phase, vision)
        estimate, seat_estimates, uncalibrated = self._calibrated(own, seat_estimates)
        parts = [part.readings for part in (vision, audio, text) if part is not None]
        readings = _merged(*parts, talk, self._latency(t_s, talk, text), uncalibrated)
        self.writer.add_second(
            t_s,
            readings,
            estimate,
            seats=seats or () if self._grant.policy.keeps_seat_rows else (),
            seat_estimates=seat_estimates,
        )
        self.writer.commit()
        return ClosedSecond(t_s, vision, audio, text, phase, estimate, seat_estimates, readings)

    def _talk_second(self, t_s: int) -> tuple[Reading, ...]:
        if self.parts.talk is None:
            return ()
        if self.parts.transcription is not None:
            self._take_words(self.parts.transcription.take())
        return self.parts.talk.second(t_s)

    def _latency(self, t_s: int, talk: tuple[Reading, ...], text: TextSecond | None) -> tuple[Reading, ...]:
        if text is None:
            return ()
        words = next((one for one in talk if one.name == "questions.teacher"), None)
        # A pasted line has the time of the paste, which says nothing of when it was written.
        lines = None if self._chat_by_hand else next((r for r in text.readings if r.name == "chat_rate.messages"), None)
        return (self._prompts.second(t_s, words, lines),)

    def _take_words(self, words: Transcribed) -> None:
        for utterance in words.utterances:
            self.on_utterance(utterance)
        if self.parts.talk is not None:
            for from_ns, to_ns in words.covered:
                self.parts.talk.cover(from_ns, to_ns)

    def _heed(self, t_s: int, vision: VisionSecond) -> None:
        """Keep what people should know of the picture: what happened in it, and why nobody can be seen."""
        for notice in vision.notices:
            self.writer.add_event(t_s, "picture", notice)
            self.warn(notice)
        if vision.trouble is not None:
            self._troubled_s[vision.trouble] += 1

    def finish(
        self,
        duration_s: float,
        *,
        complete: bool,
        processing_s: float | None,
        counters: Mapping[str, int] | None = None,
    ) -> LessonSummary:
        """Close the lesson folder.

        Args:
            duration_s: Length of the lesson.
            complete: Whether the whole input was analysed.
            processing_s: Time the analysis took; None for a live lesson, which takes as long as the lesson.
            counters: Quality counters, such as dropped frames.
        """
        self._close_talkers()
        self._finish_words()
        if complete:
            self._close_rest(duration_s)
        if self.parts.text is not None:
            self.parts.text.drain()
        for name, value in (counters or {}).items():
            self.writer.set_counter(name, value)
        summary = self._summary(duration_s, processing_s)
        self.writer.finish(summary, complete=complete)
        return summary

    def __enter__(self) -> LessonEngine:
        return self

    def __exit__(self, *_: object) -> None:
        """Forget voices and stop workers, also where the lesson failed."""
        self._close_talkers()
        if self.parts.transcription is not None:
            self.parts.transcription.close()

    def _close_talkers(self) -> None:
        if self.parts.audio is not None and self.parts.audio.talkers is not None:
            self.parts.audio.talkers.close()

    def _close_rest(self, duration_s: float) -> None:
        """Count the seats and lines of the last, incomplete second; it has no window of its own."""
        rest_s = int(duration_s) + 1
        if self.parts.vision is not None and duration_s > int(duration_s):
            self._tally.add_seats(self.parts.vision.second(rest_s))
        if self.parts.text is not None:
            self.parts.text.second(rest_s, self.class_size, last=True)
        if self.parts.talk is not None:
            self.parts.talk.second(rest_s)

    def _finish_words(self) -> None:
        """Wait for the last words and say what is missing."""
        transcription = self.parts.transcription
        if transcription is None:
            return
        self._take_words(transcription.finish())
        self.writer.set_counter("dropped_speech_s", round(transcription.dropped_s))
        if transcription.dropped_s:
            self.warn(
                f"{transcription.dropped_s:.0f} s of speech have no words, because recognition was too slow or failed"
            )

    def _talk(self, duration_s: float) -> TalkFigures:
        """Figures of the sound, joined by those of the words where enough of the lesson's are known."""
        figures = self._sound()
        said = self.parts.talk.totals() if self.parts.talk is not None else None
        if said is None or said.covered_s < LEAST_COVERED * duration_s:
            return figures
        # A recogniser has its roles from the sound, which knows them better.
        share = said.teacher_share if self.parts.transcription is None else None
        return replace(
            figures,
            teacher_share=figures.teacher_share if share is None else share,
            wait_time_median_s=said.wait_time_median_s,
        )

    def _sound(self) -> TalkFigures:
        audio = self.parts.audio
        totals = audio.totals() if audio is not None else None
        if audio is None or totals is None or not totals.heard_s:
            return TalkFigures(None, None, None, None, None, None)
        return TalkFigures(
            speech_share=totals.speech_s / totals.heard_s,
            single_voice_share=totals.single_s / totals.heard_s,
            multiple_voices_share=totals.multiple_s / totals.heard_s,
            silence_share=totals.silence_s / totals.heard_s,
            teacher_share=audio.talkers.totals().teacher_share if audio.talkers is not None else None,
            wait_time_median_s=None,  # questions are not heard as such
        )

    def _chat(self) -> ChatFigures:
        if self.parts.text is None or not self._chat_came:
            return ChatFigures(None, None, None, None)
        totals = self.parts.text.totals()
        if not totals.connected_s:
            return ChatFigures(None, None, None, None)
        return ChatFigures(totals.messages, totals.participants, totals.questions, totals.on_task_share)

    def _estimate(
        self, t_s: int, phase: Phase, vision: VisionSecond | None
    ) -> tuple[ClassEstimate | None, tuple[SeatEstimate, ...]]:
        if self.parts.estimator is None:
            return None, ()
        size = self.class_size
        seats, seat_batch, class_batch = self._windows.batches(size, phase)
        estimate, seat_estimates = self.parts.estimator.estimate(
            t_s=t_s,
            seats=seats,
            seat_batch=seat_batch,
            class_batch=class_batch,
            class_size=size,
            coverage=self._windows.coverage(size, self._switched_on),
            observed=self._windows.observed(size, self._switched_on),
            phase=phase,
            switched_on=self._switched_on,
            seat_status={s.seat: s.status for s in vision.seats} if vision is not None else {},
        )
        return estimate, seat_estimates

    def _calibrated(
        self, estimate: ClassEstimate | None, seats: tuple[SeatEstimate, ...]
    ) -> tuple[ClassEstimate | None, tuple[SeatEstimate, ...], tuple[Reading, ...]]:
        """Put the line on the scale of the class where there is a calibration; keep what the bundle itself said."""
        if estimate is None:
            return None, seats, ()
        calibrator, own = self.parts.calibrator, estimate
        if calibrator is not None:
            estimate, seats = calibrator.line(own), calibrator.seats(seats)
        self._tally.add_estimate(estimate)
        return estimate, seats, calibrator.uncalibrated(own) if calibrator is not None else ()

    def _summary(self, duration_s: float, processing_s: float | None) -> LessonSummary:
        estimates = self.parts.estimator is not None
        if self._given_size is None:
            self.warn("class size not given: the most seats seen stand for it")
        if self.parts.audio is not None and duration_s >= 1 and not self.parts.audio.totals().heard_s:
            self.warn("no sound was heard: the source gave nothing or was muted; check it with another program")
        elif estimates and self.parts.audio is not None and not self._windows.voice_heard:
            self.warn("no voice was heard, so sound has no part in the estimate")
        size = self.class_size
        seats = self._tally.seats(size)
        return LessonSummary(
            lesson=str(Path(self.writer.folder).resolve()),
            duration_s=duration_s,
            policy=self._grant.policy,
            coverage=self._tally.coverage(size),
            seats=seats,
            engagement=self._tally.engagement() if estimates else None,
            phases=self._phases.spans(duration_s),
            talk=self._talk(duration_s),
            chat=self._chat(),
            contribution=self._tally.contribution() if estimates else None,
            performance=Performance(
                realtime_factor=processing_s / duration_s if processing_s is not None and duration_s else None,
                analysed_fps=self._tally.frames / duration_s if seats.per_second and duration_s else None,
                device=self.parts.device,
            ),
            models=self.parts.models,
            warnings=self.warnings,
        )


def _merged(*parts: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Each name once: of several parts that give it, the first with a value."""
    merged: dict[str, Reading] = {}
    for reading in (r for part in parts for r in part):
        known = merged.get(reading.name)
        if known is None or (known.value is None and reading.value is not None):
            merged[reading.name] = reading
    return tuple(merged.values())
