"""What all measurements share: where models and scratch files are, how long to measure, whether to stop."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from classroom_analyzer.app.bench.frames import LOOP_FRAMES, Picture, drawn_loop
from classroom_analyzer.domain.progress import CancelToken
from classroom_analyzer.errors import BadModelError, ModelMissingError
from classroom_analyzer.models.catalogue import PACKS
from classroom_analyzer.models.safe import sha256_of
from classroom_analyzer.models.store import ModelStore

__all__ = ["Effort", "Workbench", "pack_file"]


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured.

    Attributes:
        people: Numbers of people in the drawn pictures.
        timed_frames: Frames timed for each; 40 hold one pass of the detector at two sizes, as 10 s of lesson do.
        lesson_s: Length of the bundled lesson that is analysed and decoded; None is all of it.
        starts: Processes started for ``startup_s``.
    """

    people: tuple[int, ...] = (1, 6, 12, 30)
    timed_frames: int = 40
    lesson_s: float | None = None
    starts: int = 3

    @classmethod
    def quick(cls) -> Effort:
        """Return enough to see that everything runs; the figures mean little."""
        return cls(people=(1, 12), timed_frames=4, lesson_s=3.0, starts=1)


@dataclass(slots=True)
class Workbench:
    """Shared by the measurements of one run.

    Attributes:
        home: Folder of all state; only its models are read.
        scratch: Emptied by the caller at the end.
        models: Folder with the packs' files; None for the installed ones.
        effort: How much is measured.
        frames_per_s: Analysed frames per second of lesson.
        device: Where networks run.
        cancel: Looked at before each frame.
        notes: Grows by what could not be measured and why.
    """

    home: Path
    scratch: Path
    models: Path | None
    effort: Effort
    frames_per_s: int
    device: str
    cancel: CancelToken
    notes: list[str] = field(default_factory=list)
    _loops: dict[int, list[Picture]] = field(default_factory=dict)

    def check(self) -> None:
        """Raise ``StoppedByUserError`` when a stop was asked for."""
        self.cancel.raise_if_cancelled()

    def note(self, text: str) -> None:
        """Say once why something was not measured."""
        if text not in self.notes:
            self.notes.append(text)

    def loop(self, people: int) -> list[Picture]:
        """Pictures with so many people, drawn once."""
        if people not in self._loops:
            frames = min(LOOP_FRAMES, self.effort.timed_frames)
            self._loops[people] = drawn_loop(people, frames, self.check)
        return self._loops[people]


def pack_file(spec: str, models: Path | None, home: Path) -> Path:
    """Find the file of a pack.

    Args:
        spec: ``pack:NAME``.
        models: Folder that holds it by its catalogue name; None for the installed one.
        home: Folder of all state.

    Raises:
        ModelMissingError: It is not there.
        BadModelError: It is another file.
    """
    entry = next(pack for pack in PACKS if pack.spec == spec)
    if models is None:
        return ModelStore(home).resolve(spec, entry.role).path
    path = models / entry.file
    if not path.is_file():
        raise ModelMissingError(spec, f"give --models a folder that holds {entry.file}")
    if sha256_of(path) != entry.sha256:
        raise BadModelError(path, f"it is not the file that {spec} must be")
    return path
