"""Every failure a user can act on: one root, one class per decision, data in the fields.

The command line maps ``exit_code`` to the process; the window maps the class to its buttons. ``str(error)``
is one sentence that says what happened and what to do.
"""

from __future__ import annotations

from pathlib import Path

__all__ = [
    "AnalysisLostError",
    "BadInputError",
    "BadModelError",
    "ClassroomAnalyzerError",
    "DeviceUnavailableError",
    "LessonDamagedError",
    "ModelMissingError",
    "OutputNotWritableError",
    "PolicyRefusedError",
    "StoppedByUserError",
    "TrainingFailedError",
    "UsageError",
    "VaultLockedError",
]


class ClassroomAnalyzerError(Exception):
    """Root of all errors that a user can act on."""

    exit_code = 3


class UsageError(ClassroomAnalyzerError, ValueError):
    """The request contradicts itself; the user can ask again."""

    exit_code = 2


class PolicyRefusedError(UsageError):
    """The policy may not be used at this place; the user can choose another."""


class BadInputError(ClassroomAnalyzerError, ValueError):
    """A file cannot be used as what it was given for; the user can give another.

    Attributes:
        path: The file as the user named it.
        reason: What is wrong with it and what to do, one sentence.
    """

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(str(path), reason)
        self.path = str(path)
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


class LessonDamagedError(BadInputError):
    """A lesson folder cannot be read; the user can recover or delete it."""


class OutputNotWritableError(ClassroomAnalyzerError, OSError):
    """Nothing can be written where the user asked; the user can choose another folder."""

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(str(path), reason)
        self.path = str(path)
        self.reason = reason

    def __str__(self) -> str:
        return f"cannot write to {self.path} ({self.reason}); choose another folder with --out"


class ModelMissingError(ClassroomAnalyzerError, LookupError):
    """A model is needed and not installed; the user can install it.

    Attributes:
        spec: The model as it was asked for, for example ``pack:yunet``.
        remedy: What to do, one clause.
    """

    exit_code = 4

    def __init__(self, spec: str, remedy: str) -> None:
        super().__init__(spec, remedy)
        self.spec = spec
        self.remedy = remedy

    def __str__(self) -> str:
        return f"the model {self.spec} is not there; {self.remedy}"


class BadModelError(ClassroomAnalyzerError, ValueError):
    """A model file is refused before anything in it runs; the user can give another."""

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(str(path), reason)
        self.path = str(path)
        self.reason = reason

    def __str__(self) -> str:
        return f"the model file {self.path} is refused: {self.reason}"


class DeviceUnavailableError(ClassroomAnalyzerError, RuntimeError):
    """A camera or microphone cannot be opened; the user can pick another or go on without.

    Attributes:
        device: The device as the user named it.
        others: Names of devices that are there.
    """

    exit_code = 4

    def __init__(self, device: str, reason: str, others: tuple[str, ...] = ()) -> None:
        super().__init__(device, reason, others)
        self.device = device
        self.reason = reason
        self.others = others

    def __str__(self) -> str:
        choice = f"; there are: {', '.join(self.others)}" if self.others else ""
        return f"{self.device} cannot be opened ({self.reason}){choice}"


class VaultLockedError(ClassroomAnalyzerError, PermissionError):
    """Encrypted records need a key that is not at hand; the user can give the passphrase."""

    def __str__(self) -> str:
        return (
            "the encrypted part of this lesson is locked; set CLASSROOM_ANALYZER_PASSPHRASE to the passphrase "
            "it was made with, or open it on the account that made it"
        )


class AnalysisLostError(ClassroomAnalyzerError, RuntimeError):
    """The process that holds the models is gone; the user can try again."""

    exit_code = 4

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return f"the analysis cannot run: {self.reason}; try again, and run doctor if it happens again"


class StoppedByUserError(ClassroomAnalyzerError):
    """The user stopped a job; what was measured so far is kept where the message says."""

    exit_code = 5

    def __init__(self, kept: str = "") -> None:
        super().__init__(kept)
        self.kept = kept

    def __str__(self) -> str:
        return f"stopped; {self.kept}" if self.kept else "stopped; nothing was kept"


class TrainingFailedError(ClassroomAnalyzerError, ArithmeticError):
    """A training left the range of numbers; the user can look at the rows or train more slowly.

    Attributes:
        what: What is no number any more, for people.
        epoch: From 1.
        batch: Of that epoch, from 1; the last one when it was found at the end of the epoch.
        rows: The batch's training rows, from 0.
    """

    ROWS_NAMED = 8

    def __init__(self, what: str, epoch: int, batch: int, rows: tuple[int, ...]) -> None:
        super().__init__(what, epoch, batch, rows)
        self.what = what
        self.epoch = epoch
        self.batch = batch
        self.rows = rows

    def __str__(self) -> str:
        named = ", ".join(str(row) for row in self.rows[: self.ROWS_NAMED])
        more = f" and {len(self.rows) - self.ROWS_NAMED} more" if len(self.rows) > self.ROWS_NAMED else ""
        return (
            f"{self.what} is no number in epoch {self.epoch}, batch {self.batch} (rows {named}{more}); nothing was "
            "written: look at these rows for values that are no numbers, or train with a lower learning rate"
        )
