"""What cameras, microphones and chats of the lesson simulator show of the latent engagement.

Each function gives windows in the columns of ``WINDOWS``: values ``(..., steps, columns)``, valid ``(..., steps)`` and
quality ``(..., steps)``. Constants are assumptions; ``docs/simulator.md`` says which of them have a source.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter
from scipy.special import ndtr

from classroom_analyzer.domain.features import WINDOWS
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.phases import PHASES, Phase
from classroom_analyzer.training.simulator.worlds import ClassWorld

__all__ = ["ClassSecond", "Floats", "correlated_noise", "simulate_audio", "simulate_text", "simulate_vision"]

Floats = NDArray[np.float64]
Window = tuple[Floats, NDArray[np.bool_], Floats]

MIDDLE = 0.6  # engagement around which signals swing
LOOKING_DOWN_DEG = 18.0
USUAL_PITCH_S = 150.0  # a seat's usual pitch follows slowly
MODE_WINDOW_S = 15
RATE_WINDOW_S = 120


@dataclass(frozen=True, slots=True, eq=False)
class ClassSecond:
    """One lesson, second by second.

    Attributes:
        phase: ``(seconds,) int64`` true phase.
        engagement: ``(students, seconds)`` latent engagement.
    """

    phase: NDArray[np.int64]
    engagement: Floats

    @property
    def length_s(self) -> int:
        """Seconds of the lesson."""
        return len(self.phase)

    def by_phase(self, lecture: float, dialogue: float, group: float, silent: float) -> Floats:
        """Return ``(seconds,)``: a value per phase, spread over time."""
        table = {Phase.LECTURE: lecture, Phase.DIALOGUE: dialogue, Phase.GROUP_WORK: group, Phase.SILENT_WORK: silent}
        return np.array([table.get(p, 0.0) for p in PHASES])[self.phase]


def correlated_noise(shape: tuple[int, ...], time_constant_s: float, rng: np.random.Generator) -> Floats:
    """Ornstein-Uhlenbeck noise along the last axis, one step per second, mean 0, sd 1 from the start."""
    keep = np.exp(-1.0 / time_constant_s)
    drive = rng.standard_normal(shape)
    start = keep * rng.standard_normal((*shape[:-1], 1))
    noise, _ = lfilter([np.sqrt(1 - keep**2)], [1.0, -keep], drive, axis=-1, zi=start)
    return np.asarray(noise)


def _lost(shape: tuple[int, ...], share: float, stretch_s: float, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Stretches of lost signal: True for ``share`` of the time, each some ``stretch_s`` long."""
    return np.asarray(ndtr(correlated_noise(shape, stretch_s, rng)) < share)


def simulate_vision(
    second: ClassSecond, world: ClassWorld, rng: np.random.Generator, ends: NDArray[np.int64], who: NDArray[np.int64]
) -> Window:
    """Seats as the camera measures them.

    Looking down has two causes: writing (more when engaged) and private business (more when not). Looking away means
    little in group work, where neighbours are the target, and little in silent work, where the desk is.

    Args:
        second: The lesson.
        world: The class.
        rng: Random numbers.
        ends: ``(times,)`` window ends, seconds.
        who: ``(times, seats)`` student index per time.

    Returns:
        Windows ``(times, seats, 10, ...)``.
    """
    students, length_s = second.engagement.shape
    shape = (students, length_s)
    swing = second.engagement - MIDDLE
    gain = world.facing_gain
    writes = (rng.random((students, 1)) < world.note_takers) * second.by_phase(0.5, 0.25, 0.3, 0.0)
    writes = writes + second.by_phase(0.0, 0.0, 0.0, 0.75)
    private = second.by_phase(0.15, 0.12, 0.1, 0.05) - 0.4 * swing * second.by_phase(1.0, 0.8, 0.5, 0.3)
    p_down = np.clip(writes * (1 + 0.8 * swing), 0, 0.95) + np.clip(private, 0, 0.5)
    down = _smooth(ndtr(correlated_noise(shape, 6.0, rng)) < p_down)
    p_away = second.by_phase(0.25, 0.3, 0.55, 0.12) - gain * swing * second.by_phase(0.9, 0.7, 0.0, 0.0)
    away = _smooth(ndtr(correlated_noise(shape, 4.0, rng)) < np.clip(p_away, 0.02, 0.95))

    seat_quality = np.clip(world.sight_quality + 0.15 * rng.standard_normal((students, 1)), 0.05, 1.0)
    quality = np.clip(seat_quality + 0.08 * rng.standard_normal(shape), 0.02, 1.0)
    error = 0.35 * (1 - quality)
    facing = (1 - away) * (1 - 0.6 * down)
    facing = np.clip(facing + error * rng.standard_normal(shape), 0, 1)
    pitch_deg = LOOKING_DOWN_DEG * down
    keep = np.exp(-1 / USUAL_PITCH_S)
    usual_deg, _ = lfilter([1 - keep], [1, -keep], pitch_deg, axis=-1, zi=keep * pitch_deg.mean(axis=-1, keepdims=True))
    pitch_down = pitch_deg - usual_deg + (2 + 8 * (1 - quality)) * rng.standard_normal(shape)
    log_movement = (
        np.log(0.35)
        + 0.5 * rng.standard_normal()
        + 0.3 * rng.standard_normal((students, 1))
        + world.movement_gain * swing
        + second.by_phase(0.0, 0.0, 0.4, -0.1)
        + 0.5 * correlated_noise(shape, 5.0, rng)
    )
    movement = np.clip(np.exp(log_movement), 0, 20)
    presence = np.clip(1 - 0.35 * down * rng.random(shape) - 0.3 * error * np.abs(rng.standard_normal(shape)), 0, 1)

    turned_away = (away > 0.7) & (rng.random(shape) < rng.uniform(0, 0.4))
    covered = _lost(shape, world.sight_loss, 20.0, rng) | (rng.random((students, 1)) > world.visible_share)
    covered |= _lost((1, length_s), 0.3 * world.source_loss, 60.0, rng)
    valid = ~(turned_away | covered | (presence < 0.15))
    columns = np.stack([presence, facing, movement, pitch_down], axis=-1)
    if rng.random() < 0.1:
        columns[..., 2] = np.nan  # a moving camera gives no movement
    columns[..., 1:][rng.random((*shape, 3)) < 0.02] = np.nan
    seen = np.where(valid[..., None], columns, np.nan)
    context = np.stack([_mean_of_known(seen[..., 1]), _mean_of_known(seen[..., 3]), valid.sum(axis=0)], axis=-1)
    columns = np.concatenate([columns, np.broadcast_to(context, (students, length_s, 3))], axis=-1)

    at = ends[:, None] + np.arange(-WINDOWS[Modality.VISION].steps, 0)  # (times, 10)
    pick = (who[:, :, None], at[:, None, :])
    return columns[pick], valid[pick], quality[pick]


def simulate_audio(second: ClassSecond, world: ClassWorld, rng: np.random.Generator, ends: NDArray[np.int64]) -> Window:
    """The room as the microphone measures it.

    In lectures silent students are normal and chatter is the off-task sign; in dialogue voices come with engagement;
    in group work voices are the task; in silent work silence is.

    Returns:
        Windows ``(times, 15, ...)``.
    """
    length_s = second.length_s
    swing = second.engagement.mean(axis=0) - MIDDLE
    gain = 5.0 * world.audio_gain
    none = second.by_phase(-1.5, 0.2, -2.0, 2.2) + gain * swing * second.by_phase(0.0, -0.8, -0.8, 1.0)
    single = second.by_phase(2.0, 1.3, -0.3, -0.8)
    many = second.by_phase(-1.5, -0.2, 1.8, -2.2) + gain * swing * second.by_phase(-1.0, 0.3, 0.3, -0.8)
    lean = np.stack([none, single, many]) + 0.4 * rng.standard_normal((3, 1))
    lean = lean + 0.8 * correlated_noise((3, length_s), 10.0, rng) + 0.5 * rng.gumbel(size=(3, length_s))
    state = lean.argmax(axis=0)  # 0 nobody, 1 one voice, 2 many

    quality = np.clip(world.sound_quality + 0.1 * correlated_noise((length_s,), 30.0, rng), 0.02, 1.0)
    voiced = (state > 0) ^ (rng.random(length_s) < 0.03 + 0.15 * (1 - quality))
    speech = np.where(voiced, rng.uniform(0.6, 1.0, length_s), rng.uniform(0.0, 0.15, length_s))
    shares = [_trailing_mean((state == s).astype(float), MODE_WINDOW_S) for s in range(3)]
    is_silent = shares[0] > 0.6
    is_many = ~is_silent & (shares[2] >= shares[1])
    modes_known = rng.random(length_s) > 0.02
    level_db = np.array([0.05, 1.0, 1.15])[state] * world.voice_over_floor_db
    loudness = np.clip(level_db + 3.0 * correlated_noise((length_s,), 3.0, rng), 0, 50)
    columns = np.stack([speech, ~is_silent & ~is_many, is_many, 1 - speech, loudness], axis=-1).astype(float)
    columns[~modes_known, 1:3] = np.nan
    valid = ~_lost((length_s,), world.source_loss, 60.0, rng)
    return _grouped(columns, valid, quality, ends, Modality.AUDIO)


def simulate_text(second: ClassSecond, world: ClassWorld, rng: np.random.Generator, ends: NDArray[np.int64]) -> Window:
    """The chat; connected and silent is rate 0.

    Students differ in how much they write far more than in how engaged they are.

    Returns:
        Windows ``(times, 12, ...)``.
    """
    students, length_s = second.engagement.shape
    swing = second.engagement - MIDDLE
    talk = np.exp(world.talkativeness_sd * rng.standard_normal((students, 1)))
    per_min = world.chat_per_min * talk * second.by_phase(0.8, 1.2, 0.5, 0.3) * np.exp(3.0 * world.text_gain * swing)
    per_min = per_min + rng.uniform(0, 0.05) * np.exp(-2.0 * swing)  # small talk
    sent = rng.poisson(np.clip(per_min, 0, 8) / 60)
    messages = sent.sum(axis=0)
    questions = rng.binomial(messages, rng.uniform(0.05, 0.35))
    usual_words = rng.uniform(3.0, 8.0)
    words = usual_words * np.exp(0.5 * world.text_gain * swing.mean(axis=0) + 0.5 * rng.standard_normal(length_s))
    words = np.clip(words, 1, 25)

    spec = WINDOWS[Modality.TEXT]
    ever = np.concatenate([np.zeros((students, 1), int), np.cumsum(sent, axis=1)], axis=1)
    stops = np.maximum(ends[:, None] + spec.step_s * np.arange(1 - spec.steps, 1), 0)  # (times, 12)
    authors = (ever[:, stops] > ever[:, np.maximum(stops - RATE_WINDOW_S, 0)]).sum(axis=0)

    columns = np.stack([messages, questions, np.where(messages > 0, words, np.nan)], axis=-1).astype(float)
    connected = ~_lost((length_s,), world.source_loss, 90.0, rng)
    values, valid, quality = _grouped(columns, connected, np.ones(length_s), ends, Modality.TEXT)
    values[..., :2] *= 60 / students  # mean per second -> per minute and person
    joined = np.stack([values[..., 0], values[..., 1], authors / students, values[..., 2]], axis=-1)
    return joined, valid, quality


def _mean_of_known(values: Floats) -> Floats:
    """Mean over the students ``(students, seconds)`` of what is known of them; NaN where nothing is."""
    known = np.isfinite(values)
    count = known.sum(axis=0)
    return np.where(count > 0, np.where(known, values, 0.0).sum(axis=0) / np.maximum(count, 1), np.nan)


def _smooth(state: NDArray[np.bool_]) -> Floats:
    """Share of each second spent in a state that changes within seconds."""
    before = np.concatenate([state[:, :1], state[:, :-1]], axis=1)
    return np.asarray(0.5 * (state + before.astype(float)))


def _trailing_mean(values: Floats, length_s: int) -> Floats:
    total = np.concatenate([[0.0], np.cumsum(values)])
    stop = np.arange(1, len(values) + 1)
    start = np.maximum(stop - length_s, 0)
    return np.asarray((total[stop] - total[start]) / (stop - start))


def _grouped(
    columns: Floats, valid: NDArray[np.bool_], quality: Floats, ends: NDArray[np.int64], modality: Modality
) -> Window:
    """Mean over the valid seconds of each step; steps before the lesson began are invalid."""
    spec = WINDOWS[modality]
    at = ends[:, None] + np.arange(-spec.length_s, 0)
    inside = at >= 0
    at = np.maximum(at, 0)
    shape = (len(ends), spec.steps, spec.step_s)
    used = (valid[at] & inside).reshape(shape)
    values = columns[at].reshape(*shape, columns.shape[-1])
    known = used[..., None] & np.isfinite(values)
    count = known.sum(axis=2)
    mean = np.where(known, values, 0.0).sum(axis=2) / np.maximum(count, 1)
    mean = np.where(count > 0, mean, np.nan)
    seconds = used.sum(axis=2)
    step_quality = (quality[at].reshape(shape) * used).sum(axis=2) / np.maximum(seconds, 1)
    return mean, seconds > 0, step_quality
