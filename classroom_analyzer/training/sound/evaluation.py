"""How well sound modes, lesson phases and the teacher's voice are told, on scenes with known answers.

Scenes are composed by ``mixtures`` from single voices; they go through the very analyzer that lessons use.
Intervals draw whole scenes (a lesson, its room and its voices) again, 2,000 times, 95 %.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.media import SAMPLE_RATE_HZ, AudioBlock
from classroom_analyzer.domain.phases import Phase, PhaseSpan
from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.domain.readings import AudioSecond, SeatSecond
from classroom_analyzer.domain.sound import SoundMode
from classroom_analyzer.perception.audio.analyzer import AudioAnalyzer
from classroom_analyzer.perception.audio.sound_mode import MODE_WINDOW_S
from classroom_analyzer.training.sound.mixtures import SceneMaker, Sound, Stretch, Voice

__all__ = ["ClassReport", "evaluate_modes", "evaluate_phases", "listen"]

BOOTSTRAP_DRAWS = 2000
MODE_SCENE_S = 25.0
PHASE_S = (100.0, 160.0)
SEATS = 12
# Spread of head directions in degrees: assumptions, no recording of a class is behind them.
FACING_SPREAD_DEG = {
    Phase.LECTURE: (5.0, 18.0),
    Phase.DIALOGUE: (8.0, 25.0),
    Phase.GROUP_WORK: (20.0, 50.0),
    Phase.SILENT_WORK: (5.0, 25.0),
}
MUTTER_S = (20.0, 50.0)  # between the odd words in silent work
BLOCK_SAMPLES = SAMPLE_RATE_HZ // 2
TAIL_S = 0.5

MakeAudio = Callable[[], AudioAnalyzer]


class FollowsPhases(Protocol):
    """What lessons follow their phases with."""

    def push(self, audio: AudioSecond | None, seats: Sequence[SeatSecond] | None) -> Phase:
        """Add a second."""
        ...

    def spans(self, end_s: float) -> tuple[PhaseSpan, ...]:
        """Return all phases of a lesson that ends at ``end_s``."""
        ...


@dataclass(frozen=True, slots=True)
class ClassReport:
    """Classes told against classes true, one second at a time.

    Attributes:
        seconds: ``[scene][true][told]`` counts.
        classes: Names of the true classes.
        told: Names of what can be told; the true ones first.
    """

    seconds: NDArray[np.int64]
    classes: tuple[str, ...]
    told: tuple[str, ...]

    def recall(self, seconds: NDArray[np.int64] | None = None) -> NDArray[np.float64]:
        """Share of each true class's seconds that was told right."""
        counts = (self.seconds.sum(axis=0) if seconds is None else seconds).astype(np.float64)
        return np.asarray(np.diagonal(counts) / np.maximum(counts.sum(axis=1), 1), np.float64)

    def as_dict(self) -> dict[str, Any]:
        """Balanced accuracy with its interval, recall by class, counts."""
        rng = np.random.default_rng(0)
        scenes = len(self.seconds)
        draws = [
            self.recall(self.seconds[rng.integers(0, scenes, scenes)].sum(axis=0)).mean()
            for _ in range(BOOTSTRAP_DRAWS)
        ]
        low, high = np.percentile(draws, (2.5, 97.5))
        recall = self.recall()
        return {
            "balanced_accuracy": float(recall.mean()),
            "ci95": [float(low), float(high)],
            "recall": dict(zip(self.classes, map(float, recall), strict=True)),
            "told": {
                true: dict(zip(self.told, map(int, row), strict=True))
                for true, row in zip(self.classes, self.seconds.sum(axis=0), strict=True)
            },
            "scenes": scenes,
            "seconds": int(self.seconds.sum()),
            "chance": 1 / len(self.classes),
        }


def listen(audio: AudioAnalyzer, sound: Sound, cancel: CancelToken) -> list[AudioSecond]:
    """Give an analyzer a whole scene; its sound starts at 0 and is followed by half a second of silence."""
    samples = np.concatenate([sound, np.zeros(int(TAIL_S * SAMPLE_RATE_HZ))]).astype(np.float32)
    seconds: list[AudioSecond] = []
    for at in range(0, len(samples), BLOCK_SAMPLES):
        cancel.raise_if_cancelled()
        block = AudioBlock(at * 1_000_000_000 // SAMPLE_RATE_HZ, samples[at : at + BLOCK_SAMPLES])
        audio.push(block)
        while len(seconds) + 1 + TAIL_S <= block.end_ns / 1e9 and len(seconds) < len(sound) // SAMPLE_RATE_HZ:
            seconds.append(audio.second(len(seconds) + 1))
    return seconds


def evaluate_modes(
    voices: Sequence[Voice],
    make_audio: MakeAudio,
    *,
    scenes: int,
    seed: int,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> ClassReport:
    """Nobody, one at a time, many at once: each scene has all of them in one room, in drawn order.

    A second counts when the 15 s that end with it lie inside one stretch.
    """
    classes = (SoundMode.NONE, SoundMode.SINGLE, SoundMode.MULTIPLE)
    told = (*classes, SoundMode.UNKNOWN)
    counts = np.zeros((scenes, len(classes), len(told)), np.int64)
    maker = SceneMaker(voices, seed)
    rng = np.random.default_rng(seed)
    for scene in range(scenes):
        progress("sound modes", scene, scenes)
        room = maker.room()
        people = drawn(rng, len(voices), 3)
        stretches = [
            (SoundMode.NONE, maker.silence(MODE_SCENE_S, room)),
            (SoundMode.SINGLE, maker.one_voice(MODE_SCENE_S, room, people)),
            (SoundMode.SINGLE, maker.one_voice(MODE_SCENE_S, room, people, turns=True)),
            (SoundMode.MULTIPLE, maker.many_voices(MODE_SCENE_S, room)),
        ]
        order = [stretches[i] for i in rng.permutation(len(stretches))]
        seconds = listen(make_audio(), np.concatenate([s.samples for _, s in order]), cancel or CancelToken())
        for index, (mode, _) in enumerate(order):
            start_s = int(index * MODE_SCENE_S)
            for second in seconds[start_s + MODE_WINDOW_S - 1 : start_s + int(MODE_SCENE_S)]:
                counts[scene, classes.index(mode), told.index(second.mode)] += 1
    return ClassReport(counts, tuple(map(str, classes)), tuple(map(str, told)))


def evaluate_phases(
    voices: Sequence[Voice],
    make_audio: MakeAudio,
    make_tracker: Callable[[], FollowsPhases],
    *,
    lessons: int,
    seed: int,
    facing: bool,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> ClassReport:
    """Lessons of four phases in drawn order, told from sound, and from head directions where ``facing``."""
    classes = tuple(FACING_SPREAD_DEG)
    told = (*classes, Phase.UNKNOWN)
    counts = np.zeros((lessons, len(classes), len(told)), np.int64)
    maker = SceneMaker(voices, seed)
    rng = np.random.default_rng(seed)
    for lesson in range(lessons):
        progress("lesson phases", lesson, lessons)
        room = maker.room()
        people = drawn(rng, len(voices), 5)
        phases = [classes[i] for i in rng.permutation(len(classes))]
        lengths_s = [int(rng.uniform(*PHASE_S)) for _ in phases]
        parts = [_phase_sound(maker, rng, p, s, room, people) for p, s in zip(phases, lengths_s, strict=True)]
        seconds = listen(make_audio(), np.concatenate(parts), cancel or CancelToken())
        truth = [phase for phase, length in zip(phases, lengths_s, strict=True) for _ in range(length)]
        tracker = make_tracker()
        for second, phase in zip(seconds, truth, strict=True):
            tracker.push(second, _seats(rng, phase) if facing else None)
        for span in tracker.spans(len(truth)):
            for at in range(int(span.from_s), int(span.to_s)):
                counts[lesson, classes.index(truth[at]), told.index(span.phase)] += 1
    return ClassReport(counts, tuple(map(str, classes)), tuple(map(str, told)))


def drawn(rng: np.random.Generator, voices: int, people: int) -> list[int]:
    """Indices of so many different voices, or of all where there are fewer."""
    return [int(i) for i in rng.choice(voices, min(people, voices), replace=False)]


def _phase_sound(
    maker: SceneMaker,
    rng: np.random.Generator,
    phase: Phase,
    length_s: int,
    room: Mapping[str, float],
    people: Sequence[int],
) -> Sound:
    match phase:
        case Phase.LECTURE:
            return maker.one_voice(length_s, room, people).samples
        case Phase.DIALOGUE:
            return maker.one_voice(length_s, room, people, turns=True).samples
        case Phase.GROUP_WORK:
            return maker.many_voices(length_s, room).samples
        case _:
            return _silent_work(maker, rng, length_s, room, people)


def _silent_work(
    maker: SceneMaker, rng: np.random.Generator, length_s: int, room: Mapping[str, float], people: Sequence[int]
) -> Sound:
    """The room alone, and every half minute or so a few words."""
    sound = maker.silence(length_s, room).samples.copy()
    at_s = rng.uniform(*MUTTER_S)
    while at_s < length_s - 3:
        words: Stretch = maker.one_voice(2.0, room, [int(rng.choice(np.array(people)))])
        start = int(at_s * SAMPLE_RATE_HZ)
        sound[start : start + len(words.samples)] = words.samples
        at_s += rng.uniform(*MUTTER_S)
    return sound


def _seats(rng: np.random.Generator, phase: Phase) -> list[SeatSecond]:
    spread_deg = rng.uniform(*FACING_SPREAD_DEG[phase])
    return [
        SeatSecond(seat, 1.0, None, None, float(yaw), None, 20.0, 1.0, None, "ok")
        for seat, yaw in enumerate(rng.normal(0, spread_deg, SEATS), 1)
    ]
