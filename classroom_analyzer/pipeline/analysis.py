"""The analysis of a lesson: takes frames, sound and chat lines on the lesson clock and closes one second after another.

It holds the models and writes nothing; the ledger keeps what it gives. It knows nothing of files, devices, processes or
pace, so that a recording runs it beside the ledger and a live lesson in a process of its own. One thread calls it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.chat import TEACHER, ChatMessage
from classroom_analyzer.domain.estimates import ClassEstimate, SeatEstimate
from classroom_analyzer.domain.faces import Box, FrameAnalysis
from classroom_analyzer.domain.media import AudioBlock, VideoFrame
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.phases import Phase
from classroom_analyzer.domain.readings import Reading, TextSecond, VisionSecond
from classroom_analyzer.domain.transcript import Utterance
from classroom_analyzer.fusion.windows import LessonWindows
from classroom_analyzer.pipeline.parts import EngineParts
from classroom_analyzer.pipeline.phases import PhaseTracker
from classroom_analyzer.pipeline.prompts import PromptLatency
from classroom_analyzer.pipeline.seconds import ClosedSecond, Ending, Standing
from classroom_analyzer.pipeline.transcribing import Transcribed

__all__ = ["KnownSeats", "LessonAnalysis"]


@dataclass(frozen=True, slots=True)
class KnownSeats:
    """What has to outlive an analysis that is lost within a lesson, so that seats keep their numbers.

    Attributes:
        places: Newest box and area of every seat that has a place, by number, picture pixels.
        last_number: Highest number that was given.
        most: Most seats seen in one second.
    """

    places: Mapping[int, tuple[Box, Box]]
    last_number: int
    most: int


class LessonAnalysis:
    """Analyses one lesson.

    Args:
        parts: Models and analyzers.
        class_size: N where it is known.
        chat_by_hand: Chat lines only come when a person pastes or types them. As silence then says nothing, the chat
            has no part in the estimate, and there are no figures of it before the first line.
        known: What an analysis of the same lesson that was lost knew; None for the first one.
    """

    def __init__(
        self, parts: EngineParts, *, class_size: int | None, chat_by_hand: bool = False, known: KnownSeats | None = None
    ) -> None:
        self.parts = parts
        self._given_size = class_size
        self._chat_by_hand = chat_by_hand
        self._chat_came = not chat_by_hand
        self._most_seats = known.most if known is not None else 0
        if known is not None and parts.vision is not None:
            parts.vision.resume(known.places, known.last_number)
        self._switched_on = parts.switched_on - {Modality.TEXT} if chat_by_hand else parts.switched_on
        self._windows = LessonWindows()
        self._phases = PhaseTracker()
        self._prompts = PromptLatency()
        self._heard: list[Utterance] = []

    @property
    def class_size(self) -> int | None:
        """N: as given, else the most seats seen so far, else None."""
        return self._given_size or self._most_seats or None

    def on_frame(self, frame: VideoFrame) -> FrameAnalysis | None:
        """Analyse a frame; frames come in time order."""
        return self.parts.vision.analyze(frame) if self.parts.vision is not None else None

    def masked(self, frame: VideoFrame, analysis: FrameAnalysis) -> NDArray[np.uint8]:
        """Return the frame's picture with excluded seats filled: ``(h, w, 3) uint8 BGR``."""
        return frame.image if self.parts.vision is None else self.parts.vision.masked(frame, analysis)

    def exclude_seat(self, seat: int) -> None:
        """Hide a seat and leave it out from now on."""
        if self.parts.vision is not None:
            self.parts.vision.exclude(seat)

    def places(self) -> Mapping[int, tuple[Box, Box]]:
        """Newest box and area of every seat that has a place, by number, picture pixels."""
        return self.parts.vision.places if self.parts.vision is not None else {}

    @property
    def gallery_hidden(self) -> bool:
        """Whether a call shows something else than its gallery."""
        return self.parts.vision is not None and self.parts.vision.gallery_hidden

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
        """Take a chat line."""
        if self.parts.text is not None:
            self._chat_came = True
            self.parts.text.push(message)
            if message.participant != TEACHER:
                self._prompts.answer(message.t_ns)

    def on_utterance(self, utterance: Utterance) -> None:
        """Take what was said, by start."""
        if self.parts.talk is not None and self.parts.talk.push(utterance):
            self._prompts.ask(utterance.end_ns)

    def set_chat_connected(self, connected: bool) -> None:
        """Say whether the chat can be read now; a recorded chat always can."""
        if self.parts.text is not None:
            self.parts.text.connected = connected

    def close_second(self, t_s: int) -> ClosedSecond:
        """Close the second that ends at ``t_s``: each once, in order, without a gap."""
        vision = self.parts.vision.second(t_s) if self.parts.vision is not None else None
        if vision is not None and vision.seats_seen is not None:
            self._most_seats = max(self._most_seats, round(vision.seats_seen))
        if self.parts.tracks is not None:
            self.parts.tracks.advance(t_s)
        audio = self.parts.audio.second(t_s) if self.parts.audio is not None else None
        text = None
        if self.parts.text is not None and self._chat_came:
            text = self.parts.text.second(t_s, self.class_size)
        talk = self._talk_second(t_s)
        seats = vision.seats if vision is not None and vision.frames else None
        self._windows.push(seats, audio, None if self._chat_by_hand else text)
        phase = self._phases.push(audio, seats)
        own, seat_estimates = self._estimate(t_s, phase, vision)
        estimate, seat_estimates, uncalibrated = self._calibrated(own, seat_estimates)
        measured = [part.readings for part in (vision, audio, text) if part is not None]
        readings = _merged(*measured, talk, self._latency(t_s, talk, text), uncalibrated)
        heard, self._heard = tuple(self._heard), []
        return ClosedSecond(
            t_s, vision, audio, text, phase, estimate, seat_estimates, readings, heard, self._standing()
        )

    def finish(self, duration_s: float, *, complete: bool) -> Ending:
        """Take what is left; nothing may follow.

        Args:
            duration_s: Length of the lesson.
            complete: Whether the whole input was analysed, the last, incomplete second included.
        """
        self._close_talkers()
        if self.parts.transcription is not None:
            self._take_words(self.parts.transcription.finish())
        rest = self._close_rest(duration_s) if complete else None
        if self.parts.text is not None:
            self.parts.text.drain()
        heard, self._heard = tuple(self._heard), []
        return Ending(rest, heard, self._standing())

    def __enter__(self) -> LessonAnalysis:
        return self

    def __exit__(self, *_: object) -> None:
        """Forget voices and stop workers, also where the lesson failed."""
        self._close_talkers()
        if self.parts.transcription is not None:
            self.parts.transcription.close()

    def _talk_second(self, t_s: int) -> tuple[Reading, ...]:
        if self.parts.talk is None:
            return ()
        if self.parts.transcription is not None:
            self._take_words(self.parts.transcription.take())
        return self.parts.talk.second(t_s)

    def _take_words(self, words: Transcribed) -> None:
        for utterance in words.utterances:
            self._heard.append(utterance)
            self.on_utterance(utterance)
        if self.parts.talk is not None:
            for from_ns, to_ns in words.covered:
                self.parts.talk.cover(from_ns, to_ns)

    def _latency(self, t_s: int, talk: tuple[Reading, ...], text: TextSecond | None) -> tuple[Reading, ...]:
        if text is None:
            return ()
        words = next((one for one in talk if one.name == "questions.teacher"), None)
        # A pasted line has the time of the paste, which says nothing of when it was written.
        lines = None if self._chat_by_hand else next((r for r in text.readings if r.name == "chat_rate.messages"), None)
        return (self._prompts.second(t_s, words, lines),)

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
        self, own: ClassEstimate | None, seats: tuple[SeatEstimate, ...]
    ) -> tuple[ClassEstimate | None, tuple[SeatEstimate, ...], tuple[Reading, ...]]:
        """Put the line on the scale of the class where there is a calibration; keep what the bundle itself said."""
        calibrator = self.parts.calibrator
        if own is None or calibrator is None:
            return own, seats, ()
        return calibrator.line(own), calibrator.seats(seats), calibrator.uncalibrated(own)

    def _close_talkers(self) -> None:
        if self.parts.audio is not None and self.parts.audio.talkers is not None:
            self.parts.audio.talkers.close()

    def _close_rest(self, duration_s: float) -> VisionSecond | None:
        """Close the last, incomplete second."""
        rest_s = int(duration_s) + 1
        rest = None
        if self.parts.vision is not None and duration_s > int(duration_s):
            rest = self.parts.vision.second(rest_s)
        if self.parts.text is not None:
            self.parts.text.second(rest_s, self.class_size, last=True)
        if self.parts.talk is not None:
            self.parts.talk.second(rest_s)
        return rest

    def _standing(self) -> Standing:
        parts = self.parts
        talkers = parts.audio.talkers if parts.audio is not None else None
        transcription = parts.transcription
        return Standing(
            sound=parts.audio.totals() if parts.audio is not None else None,
            voice=talkers.totals() if talkers is not None else None,
            chat=parts.text.totals() if parts.text is not None else None,
            words=parts.talk.totals() if parts.talk is not None else None,
            recognised=transcription is not None,
            dropped_speech_s=transcription.dropped_s if transcription is not None else 0.0,
            voice_heard=self._windows.voice_heard,
            notices=(*parts.notices, *(parts.text.notices if parts.text is not None else ())),
        )


def _merged(*parts: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Each name once: of several parts that give it, the first with a value."""
    merged: dict[str, Reading] = {}
    for reading in (r for part in parts for r in part):
        known = merged.get(reading.name)
        if known is None or (known.value is None and reading.value is not None):
            merged[reading.name] = reading
    return tuple(merged.values())
