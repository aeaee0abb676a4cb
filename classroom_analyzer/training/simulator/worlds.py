"""Worlds of the lesson simulator: ranges from which each simulated class draws how its signals behave.

A world is an assumption, not a finding. Where a range leans on published work its field says so; every other range is
a guess made wide on purpose, so that a fusion model cannot rest on one exact value. ``docs/simulator.md`` lists them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

__all__ = ["HELD_OUT_WORLDS", "TRAINING_WORLDS", "ClassWorld", "WorldSetting", "draw_world"]

Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class WorldSetting:
    """Ranges of one world; every class draws each field uniformly from its range.

    Attributes:
        name: For logs, cards and tables.
        class_mean: Mean engagement of the class, 0 to 1. Observers mostly give the upper levels (Whitehill 2014).
        class_drift_sd: Slow common change (time constant 240 s).
        student_trait_sd: Lasting difference between students.
        student_state_sd: Passing deviation of one student (time constant 60 s).
        events_per_min: Sudden common changes, such as a bell, a joke or a new task.
        facing_gain: How much facing says in lecture and dialogue. Head pose gives 69 % of gaze direction
            (Stiefelhagen & Zhu 2002); gaze is only a part of what observers rate.
        note_takers: Share of students who take notes; looking down is then on task (VALIDITY section 1).
        movement_gain: Change of log movement per unit of engagement; its sign differs (Goldberg 2021: ambiguous).
        audio_gain: How much the mix of voices says. In lectures the off-task sign is chatter, in silent work too; in
            silent work silence is fine (Owens 2017 for the sound modes).
        text_gain: How much message rates follow a student's engagement.
        chat_per_min: Base messages per minute and person.
        talkativeness_sd: Log spread between students' messages; silent is not disengaged (Boeheim 2020).
        visible_share: Share of seats that the camera can see at all.
        sight_quality: Mean quality of seen seats, from size and light.
        sight_loss: Share of time a seat is covered, turned too far or off.
        sound_quality: Quality of the microphone signal.
        voice_over_floor_db: Level of one voice over the noise floor. From a microphone far off in a noisy room to a
            call with noise suppression; the test recordings lie at 17 to 40 dB.
        source_loss: Share of time that microphone or chat is lost.
        audio_absent: Probability that the class has no microphone at all.
        text_absent: Probability that the class has no chat at all.
        vision_absent: Probability that the class has no camera at all.
        phase_error: Probability that the phase given to fusion is wrong or unknown.
        lag_s: By how much sound and chat are behind the picture, from buffers and clocks of different devices.
    """

    name: str
    class_mean: Range = (0.42, 0.78)
    class_drift_sd: Range = (0.05, 0.10)
    student_trait_sd: Range = (0.08, 0.16)
    student_state_sd: Range = (0.08, 0.16)
    events_per_min: Range = (0.0, 0.4)
    facing_gain: Range = (0.5, 1.3)
    note_takers: Range = (0.1, 0.6)
    movement_gain: Range = (-1.5, 0.5)
    audio_gain: Range = (0.3, 1.3)
    text_gain: Range = (0.3, 1.3)
    chat_per_min: Range = (0.03, 0.4)
    talkativeness_sd: Range = (0.6, 1.4)
    visible_share: Range = (0.6, 1.0)
    sight_quality: Range = (0.45, 0.95)
    sight_loss: Range = (0.02, 0.25)
    sound_quality: Range = (0.45, 1.0)
    voice_over_floor_db: Range = (8.0, 40.0)
    source_loss: Range = (0.0, 0.1)
    audio_absent: Range = (0.1, 0.1)
    text_absent: Range = (0.25, 0.25)
    vision_absent: Range = (0.03, 0.03)
    phase_error: Range = (0.05, 0.35)
    lag_s: Range = (-2.0, 2.0)


@dataclass(frozen=True, slots=True)
class ClassWorld:
    """What one class drew; fields as in ``WorldSetting``, one value each, and the class size (3 to 35)."""

    class_size: int
    class_mean: float
    class_drift_sd: float
    student_trait_sd: float
    student_state_sd: float
    events_per_min: float
    facing_gain: float
    note_takers: float
    movement_gain: float
    audio_gain: float
    text_gain: float
    chat_per_min: float
    talkativeness_sd: float
    visible_share: float
    sight_quality: float
    sight_loss: float
    sound_quality: float
    voice_over_floor_db: float
    source_loss: float
    audio_absent: float
    text_absent: float
    vision_absent: float
    phase_error: float
    lag_s: float


MIN_CLASS_SIZE = 3
MAX_CLASS_SIZE = 35


def draw_world(setting: WorldSetting, rng: np.random.Generator) -> ClassWorld:
    """Draw one class of a world."""
    drawn = {f.name: float(rng.uniform(*getattr(setting, f.name))) for f in fields(setting) if f.name != "name"}
    return ClassWorld(class_size=int(rng.integers(MIN_CLASS_SIZE, MAX_CLASS_SIZE + 1)), **drawn)


_BASE = WorldSetting("base")

TRAINING_WORLDS: tuple[WorldSetting, ...] = (
    replace(_BASE, name="facing says much", facing_gain=(0.9, 1.6)),
    replace(_BASE, name="faces say little", facing_gain=(0.2, 0.7), audio_gain=(0.8, 1.6)),
    replace(_BASE, name="writing classes", note_takers=(0.5, 0.9)),
    replace(
        _BASE,
        name="poor sensors",
        sight_quality=(0.25, 0.6),
        sight_loss=(0.15, 0.45),
        sound_quality=(0.25, 0.6),
        source_loss=(0.05, 0.25),
    ),
    replace(_BASE, name="busy chats", text_gain=(0.8, 1.8), chat_per_min=(0.1, 0.9), movement_gain=(-0.5, 1.5)),
)
"""One per member of the ensemble."""

HELD_OUT_WORLDS: tuple[WorldSetting, ...] = (
    replace(_BASE, name="facing unrelated", facing_gain=(0.0, 0.0)),
    replace(_BASE, name="everybody takes notes", note_takers=(1.0, 1.0)),
    replace(_BASE, name="dead microphone", audio_absent=(1.0, 1.0), phase_error=(1.0, 1.0)),
    replace(_BASE, name="chat reversed", text_gain=(-1.3, -0.3), text_absent=(0.0, 0.0)),
    replace(_BASE, name="lag of 5 s", lag_s=(5.0, 5.0)),
)
"""For evaluation only: mechanisms that no member was trained on."""
