"""The engine of a recording: analysis and ledger side by side in one process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from classroom_analyzer.domain.chat import ChatMessage
from classroom_analyzer.domain.faces import FrameAnalysis
from classroom_analyzer.domain.media import AudioBlock, VideoFrame
from classroom_analyzer.domain.policy import PolicyGrant
from classroom_analyzer.domain.summary import LessonSummary
from classroom_analyzer.domain.transcript import Utterance
from classroom_analyzer.pipeline.analysis import LessonAnalysis
from classroom_analyzer.pipeline.ledger import LessonLedger
from classroom_analyzer.pipeline.parts import EngineParts
from classroom_analyzer.pipeline.seconds import ClosedSecond

if TYPE_CHECKING:
    from classroom_analyzer.storage.lesson_writer import LessonWriter

__all__ = ["LessonEngine"]


class LessonEngine:
    """Analyses and keeps one lesson; one thread calls it.

    Args:
        parts: Models and analyzers.
        writer: The lesson folder; the engine owns it from now on.
        grant: Policy of the lesson.
        class_size: N where it is known.
        seed: Of everything drawn at random.
        warnings: What to tell the user about how the lesson was set up.
        chat_by_hand: See ``LessonAnalysis``.
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
        self.analysis = LessonAnalysis(parts, class_size=class_size, chat_by_hand=chat_by_hand)
        self.ledger = LessonLedger(
            writer,
            parts.facts,
            grant,
            class_size=class_size,
            seed=seed,
            warnings=warnings,
            chat_by_hand=chat_by_hand,
        )

    @property
    def parts(self) -> EngineParts:
        """What the lesson is measured with."""
        return self.analysis.parts

    @property
    def writer(self) -> LessonWriter:
        """The lesson folder."""
        return self.ledger.writer

    def on_frame(self, frame: VideoFrame) -> FrameAnalysis | None:
        """Analyse a frame; frames come in time order."""
        return self.analysis.on_frame(frame)

    def on_audio(self, block: AudioBlock) -> None:
        """Take a stretch of sound, with two tracks that of the microphone; blocks come in time order."""
        self.analysis.on_audio(block)

    def on_call_audio(self, block: AudioBlock) -> None:
        """Take a stretch of the call's own sound; blocks come in time order."""
        self.analysis.on_call_audio(block)

    def on_message(self, message: ChatMessage) -> None:
        """Take a chat line; it is on disk before it is analysed."""
        if self.parts.text is not None:
            self.ledger.add_message(message)
            self.analysis.on_message(message)

    def on_utterance(self, utterance: Utterance) -> None:
        """Take what was said, by start; it is on disk before it is analysed."""
        if self.parts.talk is not None:
            self.ledger.add_utterance(utterance)
            self.analysis.on_utterance(utterance)

    def close_second(self, t_s: int) -> ClosedSecond:
        """Close the second that ends at ``t_s``: 1, 2, 3 and so on, each once."""
        second = self.analysis.close_second(t_s)
        self.ledger.add_second(second)
        return second

    def finish(
        self,
        duration_s: float,
        *,
        complete: bool,
        processing_s: float | None,
        counters: Mapping[str, int] | None = None,
    ) -> LessonSummary:
        """Close the lesson folder; see ``LessonLedger.finish``."""
        ending = self.analysis.finish(duration_s, complete=complete)
        return self.ledger.finish(duration_s, ending, complete=complete, processing_s=processing_s, counters=counters)

    def __enter__(self) -> LessonEngine:
        self.analysis.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        """Forget voices and stop workers, also where the lesson failed."""
        self.analysis.__exit__(*error)
