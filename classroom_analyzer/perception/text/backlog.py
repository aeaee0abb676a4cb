"""Messages that wait for encoder and heads: oldest first, and in a live lesson never more work than fits.

A flood of messages is counted at once; what models say of them comes seconds later and still goes to the second in
which they were sent. Only where a live lesson gets more than it can ever read are messages left out, and counted.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence

from classroom_analyzer.perception.text.confusion import ConfusionHead
from classroom_analyzer.perception.text.encoder import TextEncoder
from classroom_analyzer.perception.text.language import EnglishGuard
from classroom_analyzer.perception.text.on_task import OnTaskHead
from classroom_analyzer.perception.text.seconds import ChatSecond

__all__ = ["Backlog"]

PACED_BUDGET_S = 0.25  # of each second; pictures and sound want the rest
PACED_AT_ONCE = 32  # messages between two looks at the clock
PACED_MAX_WAITING = 20_000  # beyond that the oldest are left out, which leave the readings' window first
PACED_DRAIN_S = 60.0  # a teacher who ends a lesson wants its summary
AT_ONCE = 512


class Backlog:
    """The messages of one lesson on their way through the models.

    Args:
        encoder: Gives codes; without one nothing waits.
        on_task: Judges messages in English by their sentence embedding.
        confusion: Judges them by their words too; given under ``research`` only.
        paced: Whether the lesson runs by the clock, so that work may have to wait.
        clock: Seconds of a monotonic clock.

    Attributes:
        read: Messages that went through.
        judged: Those of them in English that a head judged.
        on_task_sum: Sum of their probabilities to be on task.
        latest_s: The longest that a message waited, lesson seconds.
        left_out: Messages of a paced lesson that were never read, because too many came.
    """

    def __init__(
        self,
        encoder: TextEncoder | None,
        *,
        on_task: OnTaskHead | None = None,
        confusion: ConfusionHead | None = None,
        paced: bool = False,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.read = 0
        self.judged = 0
        self.on_task_sum = 0.0
        self.latest_s = 0
        self.left_out = 0
        self._encoder = encoder
        self._on_task = on_task
        self._confusion = confusion
        self._paced = paced
        self._clock = clock
        self._english = EnglishGuard()
        self._waiting: deque[tuple[ChatSecond, str]] = deque()

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, second: ChatSecond, texts: Sequence[str]) -> None:
        """Let the messages of a second wait."""
        if self._encoder is not None:
            self._waiting.extend((second, text) for text in texts)
        if self._paced:
            self._leave_out(len(self._waiting) - PACED_MAX_WAITING)

    def work(self, t_s: int) -> None:
        """Read what waits; in a paced lesson only for as long as a second has room for it.

        Args:
            t_s: End of the second that is being closed.
        """
        end_s = self._clock() + PACED_BUDGET_S
        while self._waiting:
            self._read_some(t_s, PACED_AT_ONCE if self._paced else AT_ONCE)
            if self._paced and self._clock() >= end_s:
                return

    def drain(self, t_s: int) -> None:
        """Read all that waits, in a paced lesson as far as a minute goes; the lesson ended at ``t_s``."""
        end_s = self._clock() + PACED_DRAIN_S
        while self._waiting:
            self._read_some(t_s, AT_ONCE)
            if self._paced and self._clock() >= end_s:
                self._leave_out(len(self._waiting))

    def _leave_out(self, oldest: int) -> None:
        for _ in range(oldest):
            self._waiting.popleft()
            self.left_out += 1

    def _read_some(self, t_s: int, most: int) -> None:
        assert self._encoder is not None
        taken = [self._waiting.popleft() for _ in range(min(most, len(self._waiting)))]
        self.latest_s = max(self.latest_s, t_s - taken[0][0].t_s)
        texts = [text for _, text in taken]
        codes = self._encoder.encode(texts)
        self.read += len(taken)
        if codes.novelty is not None:
            for (second, _), novelty in zip(taken, codes.novelty.tolist(), strict=True):
                second.novelty_n += 1
                second.novelty_sum += novelty
        if codes.sentence is None or self._on_task is None:
            return
        admitted = [k for k, english in enumerate(self._english.admits(texts)) if english]
        if not admitted:
            return
        sentences = codes.sentence[admitted]
        on_task = self._on_task.probability(sentences).tolist()
        confused = [0.0] * len(on_task)
        if self._confusion is not None:
            confused = self._confusion.probability([texts[k] for k in admitted], sentences).tolist()
        for k, p_on_task, p_confused in zip(admitted, on_task, confused, strict=True):
            second = taken[k][0]
            second.judged += 1
            second.on_task += p_on_task
            second.confusion += p_confused
        self.judged += len(admitted)
        self.on_task_sum += sum(on_task)
