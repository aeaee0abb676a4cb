"""How well an enrolled teacher's voice is told from others, on composed dialogues whose speakers are known.

Each voice that is long enough plays the teacher once: three fifths of it are the enrolment, the rest is heard in the
lesson among the other voices. The background is trained without that voice. Enrolment and lesson share a room, as when
a teacher enrols by the microphone that will be used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.clock import NS_PER_S
from classroom_analyzer.domain.media import SAMPLE_RATE_HZ
from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.domain.transcript import SpeakerRole
from classroom_analyzer.perception.audio.analyzer import AudioAnalyzer
from classroom_analyzer.perception.audio.enrolled import EnrolledTalkers, enrol
from classroom_analyzer.perception.audio.listener import VoiceListener
from classroom_analyzer.perception.audio.voice_cuts import ENROLMENT_S, VoiceCollector
from classroom_analyzer.training.sound.evaluation import listen
from classroom_analyzer.training.sound.mixtures import SceneMaker, Voice
from classroom_analyzer.training.sound.voice_background import fit_background

__all__ = ["TeacherReport", "evaluate_teacher"]

ENROLLED_SHARE = 0.6
LEAST_TEACHER_S = 20.0
LESSON_S = 120.0  # roles are kept for two minutes
STEP_SAMPLES = SAMPLE_RATE_HZ // 10
STUDENTS = 4
TEACHER_TURNS = (0.35, 0.85)  # share of the turns in a lesson that are the teacher's


@dataclass(frozen=True, slots=True)
class TeacherReport:
    """Lessons with a known teacher.

    Attributes:
        true_share: Of the talk that is the teacher's, per lesson.
        told_share: As told; NaN where it was not.
        recall: Share of the teacher's voice that was told to be theirs, over all lessons, of what was given a role.
        false_alarm: Share of the students' voice that was told to be the teacher's, likewise.
        refused: Enrolments that were refused.
        teachers: How many voices played the teacher.
    """

    true_share: tuple[float, ...]
    told_share: tuple[float, ...]
    recall: float
    false_alarm: float
    refused: int
    teachers: int

    def as_dict(self) -> dict[str, Any]:
        """The document's part on the teacher's voice; ``constant`` is the error of always saying the mean share."""
        true, told = np.array(self.true_share), np.array(self.told_share)
        known = np.isfinite(told)
        error = np.abs(told - true)[known]
        return {
            "lessons": len(true),
            "teachers": self.teachers,
            "refused": self.refused,
            "share_error": {
                "median": float(np.median(error)) if error.size else None,
                "p90": float(np.percentile(error, 90)) if error.size else None,
                "mean_signed": float((told - true)[known].mean()) if error.size else None,
                "constant_median": float(np.median(np.abs(true - true.mean()))) if true.size else None,
            },
            "teacher_recall": self.recall,
            "students_taken_for_teacher": self.false_alarm,
        }


def evaluate_teacher(
    voices: Sequence[Voice],
    students: Sequence[Voice],
    make_audio: Callable[[VoiceListener], AudioAnalyzer],
    *,
    lessons: int,
    seed: int,
    same_microphone: bool,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> TeacherReport:
    """Compose lessons and compare.

    Args:
        voices: Voices that may play the teacher and train the background.
        students: Further voices, students only.
        make_audio: Gives an analyzer with this listener.
        lessons: Per teacher.
        seed: Of everything drawn.
        same_microphone: Whether near and far may count.
        progress: Reports lessons.
        cancel: Looked at all the time.
    """
    cancel = cancel or CancelToken()
    teachers = [v for v in voices if len(v.samples) >= LEAST_TEACHER_S * SAMPLE_RATE_HZ]
    true, told = [], []
    counts = np.zeros((2, 2), np.int64)  # [true][told], teacher first
    refused = 0
    for index, teacher in enumerate(teachers):
        others = [v for v in voices if v is not teacher]
        background = fit_background(others, seed, cancel)
        cut = int(min(ENROLLED_SHARE * len(teacher.samples), ENROLMENT_S * 1.2 * SAMPLE_RATE_HZ))
        enrolment = Voice(teacher.name, teacher.samples[:cut])
        heard = Voice(teacher.name, teacher.samples[cut:])
        class_voices = [*others, *students]
        for lesson in range(lessons):
            progress("teacher's voice", index * lessons + lesson, len(teachers) * lessons)
            maker = SceneMaker([heard, *class_voices], seed + 100 * index + lesson)
            rng = np.random.default_rng(seed + 100 * index + lesson)
            room = maker.room()
            collected = VoiceCollector()
            listen(make_audio(collected), maker.voice_in_room(enrolment, room), cancel)
            collected.gap()
            voice = enrol(collected.stretches(), background, same_microphone=same_microphone)
            if isinstance(voice, str):
                refused += 1
                continue
            talkers = EnrolledTalkers(voice)
            share = rng.uniform(*TEACHER_TURNS)
            people = 1 + rng.choice(len(class_voices), min(STUDENTS, len(class_voices)), replace=False)
            scene = maker.dialogue(LESSON_S, room, 0, [int(p) for p in people], share)
            listen(make_audio(talkers), scene.samples, cancel)
            talkers.close()
            true.append(float((scene.speaker == 0).sum() / (scene.speaker >= 0).sum()))
            share_told = talkers.totals().teacher_share
            told.append(np.nan if share_told is None else share_told)
            counts += _counts(scene.speaker, talkers)
    recall, false_alarm = counts[:, 0] / np.maximum(counts.sum(axis=1), 1)
    return TeacherReport(tuple(true), tuple(told), float(recall), float(false_alarm), refused, len(teachers))


def _counts(speaker: NDArray[np.int64], talkers: EnrolledTalkers) -> NDArray[np.int64]:
    """Tenths of a second in which somebody speaks and a role was told: ``(2, 2)`` true by told, teacher first."""
    counts = np.zeros((2, 2), np.int64)
    roles = (SpeakerRole.TEACHER, SpeakerRole.STUDENT)
    for at in range(0, len(speaker) - STEP_SAMPLES, STEP_SAMPLES):
        who = speaker[at + STEP_SAMPLES // 2]
        start_ns = at * NS_PER_S // SAMPLE_RATE_HZ
        role = talkers.role_of(start_ns, start_ns + NS_PER_S // 10)
        if who >= 0 and role in roles:
            counts[int(who != 0), roles.index(role)] += 1
    return counts
