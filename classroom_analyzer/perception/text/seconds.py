"""What one second of chat amounts to; what models say of its messages may come later."""

from __future__ import annotations

from dataclasses import dataclass

from classroom_analyzer.perception.novelty import novelty_factor

__all__ = ["ChatSecond"]


@dataclass(slots=True, eq=False)
class ChatSecond:
    """Counts of one second.

    Attributes:
        t_s: End of the second.
        connected: Whether the chat could be read.
        authors: Pseudonyms of who wrote.
        messages: Messages.
        questions: Messages that ask.
        help_requests: Messages that call for help.
        judged: Messages in English that heads have judged so far.
        on_task: Sum of their probabilities to be on task.
        confusion: Sum of their probabilities to carry the label confusion.
        novelty_n: Messages with a novelty so far.
        novelty_sum: Its sum.
    """

    t_s: int
    connected: bool
    authors: frozenset[str]
    messages: int
    questions: int
    help_requests: int
    judged: int = 0
    on_task: float = 0.0
    confusion: float = 0.0
    novelty_n: int = 0
    novelty_sum: float = 0.0

    @property
    def novelty(self) -> float | None:
        """Mean novelty; None where none is known."""
        return self.novelty_sum / self.novelty_n if self.novelty_n else None

    @property
    def quality(self) -> float:
        """0 to 1; 0 where the chat could not be read."""
        return novelty_factor(self.novelty) if self.connected else 0.0
