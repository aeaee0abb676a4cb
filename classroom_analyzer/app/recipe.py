"""How the parts of a lesson are made, as a value that can be handed to another process and made there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from classroom_analyzer.app.analyze import Recording
from classroom_analyzer.app.request import LessonRequest
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.pipeline.parts import EngineParts

__all__ = ["PartsRecipe"]


@dataclass(frozen=True, slots=True)
class PartsRecipe:
    """Makes the parts of a paced lesson when it is called.

    Attributes:
        request: The lesson.
        home: Folder of all state.
        available: Modalities that the input has.
        two_tracks: Whether the call's own sound comes apart from the microphone's.
        recording: Where the lesson is a recording that is played; its sound and transcript are looked at then.
    """

    request: LessonRequest
    home: Path
    available: frozenset[Modality]
    two_tracks: bool = False
    recording: Recording | None = None

    @property
    def on(self) -> frozenset[Modality]:
        """Modalities that are measured."""
        return self.available & self.request.switched_on

    def __call__(self) -> EngineParts:
        """Load everything; see ``build_parts`` for what it raises."""
        from classroom_analyzer.app.build import build_parts

        if self.recording is None:
            return build_parts(self.request, self.home, self.available, paced=True, two_tracks=self.two_tracks)
        from classroom_analyzer.app.analyze import open_recording, recording_parts

        return recording_parts(open_recording(self.recording), self.request, self.home, paced=True)
