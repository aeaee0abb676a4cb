"""Reads what is said: questions, wait times, who talks how much, and whether the teacher takes up students' words.

It works on utterances with a role, from a transcript or from speech recognition. Nothing is said of a time whose words
are not known: below 70 % coverage of the window, and below 70 % of the speech with a role, there is no value.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.clock import to_ns, to_s
from classroom_analyzer.domain.readings import Reading
from classroom_analyzer.domain.totals import LEAST_KNOWN, TranscriptTotals
from classroom_analyzer.domain.transcript import SpeakerRole, Utterance
from classroom_analyzer.perception.audio.timeline import VoiceTimeline
from classroom_analyzer.perception.text.encoder import TextEncoder
from classroom_analyzer.perception.text.exchanges import Exchange, ExchangeFinder
from classroom_analyzer.perception.text.language import EnglishGuard
from classroom_analyzer.perception.text.question_head import QuestionHead
from classroom_analyzer.perception.text.sentences import count_questions, ends_with_question, is_punctuated
from classroom_analyzer.perception.text.spoken_time import RoleLengths
from classroom_analyzer.perception.text.waits import Wait, WaitKind, WaitTimes

__all__ = ["MINIMUM_COVERAGE", "TalkAnalyzer", "UptakeScorer"]

LATEST_WORDS_NS = to_ns(40)  # a recogniser's longest piece and its wait for roles
READING_WINDOW_S = 120
MINIMUM_COVERAGE = 0.7  # VALIDITY.md: a window needs 70 % of its time

LEAST_REPLIES = 3
TARGET_S = 3.0  # Rowe 1986: from here on answers get longer
SURE = 0.5  # probability from which a teacher's words without marks ask
FINEST_WAIT_S = 0.01  # waits of the lesson are counted in these steps, so that memory stays flat


class UptakeScorer(Protocol):
    """A head that judges replies; ``perception.text.uptake`` has one."""

    def probability(self, student: NDArray[np.float32], teacher: NDArray[np.float32], /) -> NDArray[np.float32]:
        """How likely each reply takes up the student's words.

        Args:
            student: ``(n, d) float32`` sentence embeddings of unit length.
            teacher: As many, of the replies.

        Returns:
            ``(n,) float32`` in [0, 1].
        """
        ...


@dataclass(frozen=True, slots=True)
class _Read:
    """An utterance after reading: no words."""

    start_ns: int
    end_ns: int
    role: SpeakerRole
    questions: int


class TalkAnalyzer:
    """What is said in one lesson.

    Args:
        voice: When there was a voice; None where there is no sound.
        marks_only: Whether wording is left out of the judgement what asks (the ``observe`` policy).
        encoder: Embeds exchanges; None where encoders are not allowed.
        uptake: Judges them, by that very encoder's embeddings; None where there is no head.
        question: Asked, beside the rule, of the teacher's words in English while no mark was written; None likewise.
    """

    def __init__(
        self,
        voice: VoiceTimeline | None = None,
        *,
        marks_only: bool = False,
        encoder: TextEncoder | None = None,
        uptake: UptakeScorer | None = None,
        question: QuestionHead | None = None,
    ) -> None:
        self._marks_only = marks_only
        self._encoder = encoder
        self._uptake = uptake
        self._question = question
        self._english = EnglishGuard()
        self._english_teacher = EnglishGuard()
        self._exchanges = ExchangeFinder()
        self._wait_times = WaitTimes(voice)
        self._punctuated = False
        self._read: deque[_Read] = deque()
        self._waits: deque[Wait] = deque()
        self._scores: deque[tuple[int, float]] = deque()
        self._spans: deque[tuple[int, int]] = deque()
        self._lengths = RoleLengths()
        self._covered_ns = 0
        self._utterances = 0
        self._questions = dict.fromkeys(SpeakerRole, 0)
        self._all_waits: Counter[int] = Counter()

    def cover(self, from_ns: int, to_ns: int) -> None:
        """Say that everything said in a stretch is known, or will be pushed in time; stretches come in order."""
        self._spans.append((from_ns, to_ns))

    def expect_marks(self) -> None:
        """Say that the ends of sentences are marked in what will be pushed."""
        self._punctuated = True

    def push(self, utterance: Utterance) -> bool:
        """Take what was said; utterances come by start, late ones count for the lesson only.

        Returns:
            Whether a teacher's question ended with it.
        """
        self._punctuated = self._punctuated or is_punctuated(utterance.text)
        asked = count_questions(utterance.text, marks_only=self._marks_only)
        asks_last = ends_with_question(utterance.text, marks_only=self._marks_only)
        if not asks_last and self._asks_without_mark(utterance):
            asked, asks_last = asked + 1, True
        self._read.append(_Read(utterance.start_ns, utterance.end_ns, utterance.role, asked))
        self._utterances += 1
        self._questions[utterance.role] += asked
        self._lengths.add(utterance.start_ns, utterance.end_ns, utterance.role)
        kind = None
        if utterance.role is SpeakerRole.STUDENT:
            kind = WaitKind.STUDENT
        elif utterance.role is SpeakerRole.TEACHER and asks_last:
            kind = WaitKind.QUESTION
        self._wait_times.push(utterance, kind)
        self._judge(self._exchanges.push(utterance))
        return kind is WaitKind.QUESTION

    def second(self, t_s: int) -> tuple[Reading, ...]:
        """Close the second that ends at ``t_s``; called once per second, in order.

        Returns:
            Class rows over the last 120 s, or the lesson so far while it is shorter.
        """
        now_ns, since_ns = to_ns(t_s), to_ns(max(t_s - READING_WINDOW_S, 0))
        # Words of a recogniser come late: what is not covered yet may still bring the reply.
        known_ns = min(now_ns, self._spans[-1][1]) if self._spans else now_ns
        self._judge(self._exchanges.until(max(known_ns, now_ns - LATEST_WORDS_NS)))
        for wait in self._wait_times.ended(now_ns):
            self._waits.append(wait)
            if wait.kind is WaitKind.QUESTION:
                self._all_waits[round(wait.wait_s / FINEST_WAIT_S)] += 1
        self._forget(since_ns, now_ns)
        covered_s = to_s(sum(max(min(b, now_ns) - max(a, since_ns), 0) for a, b in self._spans))
        return self._readings(since_ns, now_ns, covered_s, min(t_s, READING_WINDOW_S))

    def totals(self) -> TranscriptTotals:
        """Return what was said in the lesson so far."""
        asked = {r: n if self._can_tell_questions else None for r, n in self._questions.items()}
        waits = sorted(self._all_waits.elements())
        return TranscriptTotals(
            covered_s=to_s(self._covered_ns + sum(b - a for a, b in self._spans)),
            utterances=self._utterances,
            teacher_s=self._lengths.seconds(SpeakerRole.TEACHER),
            student_s=self._lengths.seconds(SpeakerRole.STUDENT),
            unknown_s=self._lengths.seconds(SpeakerRole.UNKNOWN),
            teacher_questions=asked[SpeakerRole.TEACHER],
            student_questions=asked[SpeakerRole.STUDENT],
            wait_time_median_s=median(waits) * FINEST_WAIT_S if waits else None,
        )

    @property
    def _can_tell_questions(self) -> bool:
        """A recogniser that writes no marks asks nothing where only marks may be looked at."""
        return self._punctuated or not self._marks_only or not self._utterances

    def _asks_without_mark(self, utterance: Utterance) -> bool:
        """Ask the head, which was trained on teachers' words in English without marks and on nothing else."""
        if self._question is None or self._punctuated or utterance.role is not SpeakerRole.TEACHER:
            return False
        if not self._english_teacher.admits([utterance.text])[0]:
            return False
        return float(self._question.probability([utterance.text])[0]) > SURE

    def _forget(self, since_ns: int, now_ns: int) -> None:
        self._read = deque(u for u in self._read if u.end_ns > since_ns)
        self._waits = deque(w for w in self._waits if w.at_ns > since_ns)
        self._scores = deque(s for s in self._scores if s[0] > since_ns)
        while self._spans and self._spans[0][1] <= since_ns:
            from_ns, to_ns_ = self._spans.popleft()
            self._covered_ns += to_ns_ - from_ns

    def _judge(self, exchanges: Iterable[Exchange]) -> None:
        """Score exchanges in English: the head was trained on no other language."""
        if self._uptake is None or self._encoder is None:
            return
        for exchange in exchanges:
            if not all(self._english.admits([exchange.student, exchange.teacher])):
                continue
            vectors = self._encoder.encode([exchange.student, exchange.teacher]).sentence
            if vectors is not None:
                self._scores.append((exchange.end_ns, float(self._uptake.probability(vectors[:1], vectors[1:])[0])))

    def _readings(self, since_ns: int, now_ns: int, covered_s: float, window_s: int) -> tuple[Reading, ...]:
        ended = [u for u in self._read if since_ns < u.end_ns <= now_ns]
        lengths = RoleLengths()
        for one in self._read:
            lengths.add(max(one.start_ns, since_ns), min(one.end_ns, now_ns), one.role)
        teacher_s, student_s = lengths.seconds(SpeakerRole.TEACHER), lengths.seconds(SpeakerRole.STUDENT)
        speech_s = teacher_s + student_s + lengths.seconds(SpeakerRole.UNKNOWN)
        known = (teacher_s + student_s) / speech_s if speech_s else 1.0
        coverage = covered_s / window_s
        told = coverage >= MINIMUM_COVERAGE and known >= LEAST_KNOWN
        quality = coverage * known

        def reading(name: str, value: float | None, unit: str, n: int | None = None) -> Reading:
            return Reading(name, value if told else None, unit, quality, n)

        def questions(role: SpeakerRole) -> Reading:
            of_role = [u for u in ended if u.role is role]
            rate = 600 * sum(u.questions for u in of_role) / covered_s if covered_s else None
            return reading(
                f"questions.{role.value}", rate if self._can_tell_questions else None, "/10 min", len(of_role)
            )

        after_question = [w.wait_s for w in self._waits if w.kind is WaitKind.QUESTION]
        after_student = [w.wait_s for w in self._waits if w.kind is WaitKind.STUDENT]
        long_waits = sum(w >= TARGET_S for w in after_question)
        scores = [p for _, p in self._scores]
        uptake = sum(scores) / len(scores) if len(scores) >= LEAST_REPLIES else None
        return (
            reading("talk_ratio", teacher_s / (teacher_s + student_s) if teacher_s + student_s else None, "share"),
            questions(SpeakerRole.TEACHER),
            questions(SpeakerRole.STUDENT),
            reading("wait_time", median(after_question) if after_question else None, "s", len(after_question)),
            reading(
                "wait_time.after_student", median(after_student) if after_student else None, "s", len(after_student)
            ),
            reading(
                "wait_time.share_3s",
                long_waits / len(after_question) if after_question else None,
                "share",
                len(after_question),
            ),
            reading("uptake", uptake, "share", len(scores)),
        )
