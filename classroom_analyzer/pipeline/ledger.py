"""The ledger of a lesson: writes what the analysis gives, adds it up and closes the lesson folder.

It loads no model, so that the process of a window stays light, and it outlives an analysis that has to begin anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from classroom_analyzer.domain.chat import TEACHER, ChatMessage
from classroom_analyzer.domain.estimates import ClassEstimate, EstimateStatus
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.phases import Phase
from classroom_analyzer.domain.policy import PolicyGrant
from classroom_analyzer.domain.readings import VisionSecond
from classroom_analyzer.domain.summary import ChatFigures, LessonSummary, Performance, TalkFigures
from classroom_analyzer.domain.transcript import Utterance
from classroom_analyzer.pipeline.parts import PartsFacts
from classroom_analyzer.pipeline.phases import PhaseTracker
from classroom_analyzer.pipeline.seconds import ClosedSecond, Ending, Standing, joined
from classroom_analyzer.pipeline.tally import LessonTally

if TYPE_CHECKING:
    from classroom_analyzer.storage.lesson_writer import LessonWriter

__all__ = ["LEAST_TROUBLE_S", "LessonLedger"]

LEAST_COVERED = 0.7  # of the lesson's words must be known for its talk figures
LEAST_TROUBLE_S = 3  # a fade to black is no trouble


class LessonLedger:
    """Keeps one lesson. One thread calls it.

    Args:
        writer: The lesson folder; the ledger owns it from now on.
        facts: What the lesson is measured with.
        grant: Policy of the lesson.
        class_size: N where it is known.
        seed: Of everything drawn at random.
        warnings: What to tell the user about how the lesson was set up.
        chat_by_hand: Chat lines only come when a person pastes or types them; they have no part in the coverage.
    """

    def __init__(
        self,
        writer: LessonWriter,
        facts: PartsFacts,
        grant: PolicyGrant,
        *,
        class_size: int | None,
        seed: int,
        warnings: tuple[str, ...] = (),
        chat_by_hand: bool = False,
    ) -> None:
        self.writer = writer
        self.facts = facts
        self._grant = grant
        self._given_size = class_size
        self._warnings = list(warnings)
        self._chat_came = not chat_by_hand
        switched_on = facts.switched_on - {Modality.TEXT} if chat_by_hand else facts.switched_on
        self._phases = PhaseTracker()
        self._tally = LessonTally(switched_on, seed)
        self._troubled_s: Counter[str] = Counter()
        self._authors: set[str] = set()
        self._before = Standing()
        self._standing = Standing()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the summary will warn of."""
        troubles = (
            f"for {seconds} s nobody could be seen because the picture is {trouble}"
            for trouble, seconds in self._troubled_s.items()
            if seconds >= LEAST_TROUBLE_S
        )
        disk = (self.writer.trouble,) if self.writer.trouble is not None else ()
        return (*self._warnings, *self._standing.notices, *troubles, *disk)

    @property
    def class_size(self) -> int | None:
        """N: as given, else the most seats seen so far, else None."""
        return self._given_size or self._tally.most_seats or None

    @property
    def most_seats(self) -> int:
        """Most seats seen in one second so far."""
        return self._tally.most_seats

    def warn(self, text: str) -> None:
        """Add a warning once."""
        if text not in self._warnings:
            self._warnings.append(text)

    def add_message(self, message: ChatMessage) -> None:
        """Keep a chat line; it is on disk before it is analysed."""
        self._chat_came = True
        self.writer.add_message(message)
        if message.participant != TEACHER:
            self._authors.add(message.participant)

    def add_utterance(self, utterance: Utterance) -> None:
        """Keep what was said."""
        self.writer.add_utterance(utterance)

    def add_second(self, second: ClosedSecond) -> None:
        """Keep a closed second: 1, 2, 3 and so on, each once."""
        self._standing = joined(self._before, second.standing)
        self._keep(second)

    def add_lost_second(self, t_s: int) -> ClosedSecond:
        """Keep a second that nobody analysed: a gap, never a guess.

        Returns:
            The second as views may show it.
        """
        estimate = None
        if self.facts.estimates:
            estimate = ClassEstimate(
                t_s, None, None, None, None, 0.0, (None, None, None), Phase.UNKNOWN, EstimateStatus.SOURCE_LOST, 0,
                self.class_size,
            )  # fmt: skip
        lost = ClosedSecond(t_s, None, None, None, Phase.UNKNOWN, estimate, (), ())
        self._keep(lost)
        return lost

    def begin_anew(self) -> None:
        """From now on an analysis reports that knows nothing of the lesson so far."""
        self._before = self._standing

    def finish(
        self,
        duration_s: float,
        ending: Ending | None,
        *,
        complete: bool,
        processing_s: float | None,
        counters: Mapping[str, int] | None = None,
    ) -> LessonSummary:
        """Close the lesson folder.

        Args:
            duration_s: Length of the lesson.
            ending: What the analysis had left; None where it is gone.
            complete: Whether the whole input was analysed.
            processing_s: Time the analysis took; None for a live lesson, which takes as long as the lesson.
            counters: Quality counters, such as dropped frames.
        """
        if ending is not None:
            self._standing = joined(self._before, ending.standing)
            self._add_words(ending.utterances)
            if ending.rest is not None:
                self._tally.add_seats(ending.rest)
        if self._standing.recognised:
            self.writer.set_counter("dropped_speech_s", round(self._standing.dropped_speech_s))
        if self._standing.dropped_speech_s:
            self.warn(
                f"{self._standing.dropped_speech_s:.0f} s of speech have no words, because recognition was too slow "
                "or failed"
            )
        for name, value in (counters or {}).items():
            self.writer.set_counter(name, value)
        summary = self._summary(duration_s, processing_s)
        self.writer.finish(summary, complete=complete)
        return summary

    def _keep(self, second: ClosedSecond) -> None:
        vision = second.vision
        seats = vision.seats if vision is not None and vision.frames else None
        self._tally.add_second(vision, second.audio, second.text)
        self._phases.push(second.audio, seats)
        if vision is not None:
            self._heed(second.t_s, vision)
        if second.estimate is not None:
            self._tally.add_estimate(second.estimate)
        self._add_words(second.utterances)
        self.writer.add_second(
            second.t_s,
            second.readings,
            second.estimate,
            seats=seats or () if self._grant.policy.keeps_seat_rows else (),
            seat_estimates=second.seats,
        )
        self.writer.commit()

    def _add_words(self, utterances: Iterable[Utterance]) -> None:
        for utterance in utterances:
            self.writer.add_utterance(utterance)

    def _heed(self, t_s: int, vision: VisionSecond) -> None:
        """Keep what people should know of the picture: what happened in it, and why nobody can be seen."""
        for notice in vision.notices:
            self.writer.add_event(t_s, "picture", notice)
            self.warn(notice)
        if vision.trouble is not None:
            self._troubled_s[vision.trouble] += 1

    def _talk(self, duration_s: float) -> TalkFigures:
        """Figures of the sound, joined by those of the words where enough of the lesson's are known."""
        figures = self._sound()
        said = self._standing.words
        if said is None or said.covered_s < LEAST_COVERED * duration_s:
            return figures
        # A recogniser has its roles from the sound, which knows them better.
        share = said.teacher_share if not self._standing.recognised else None
        return replace(
            figures,
            teacher_share=figures.teacher_share if share is None else share,
            wait_time_median_s=said.wait_time_median_s,
        )

    def _sound(self) -> TalkFigures:
        totals, voice = self._standing.sound, self._standing.voice
        if totals is None or not totals.heard_s:
            return TalkFigures(None, None, None, None, None, None)
        return TalkFigures(
            speech_share=totals.speech_s / totals.heard_s,
            single_voice_share=totals.single_s / totals.heard_s,
            multiple_voices_share=totals.multiple_s / totals.heard_s,
            silence_share=totals.silence_s / totals.heard_s,
            teacher_share=voice.teacher_share if voice is not None else None,
            wait_time_median_s=None,  # questions are not heard as such
        )

    def _chat(self) -> ChatFigures:
        totals = self._standing.chat
        if totals is None or not self._chat_came or not totals.connected_s:
            return ChatFigures(None, None, None, None)
        participants = max(totals.participants, len(self._authors))
        return ChatFigures(totals.messages, participants, totals.questions, totals.on_task_share)

    def _summary(self, duration_s: float, processing_s: float | None) -> LessonSummary:
        estimates = self.facts.estimates
        if self._given_size is None:
            self.warn("class size not given: the most seats seen stand for it")
        sound = self._standing.sound
        if sound is not None and duration_s >= 1 and not sound.heard_s:
            self.warn("no sound was heard: the source gave nothing or was muted; check it with another program")
        elif estimates and sound is not None and not self._standing.voice_heard:
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
                device=self.facts.device,
            ),
            models=self.facts.models,
            warnings=self.warnings,
        )
