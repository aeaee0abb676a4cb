"""Makes sound scenes with known answers from recordings of single voices: nobody, one voice at a time, many at once.

Voices are cut from real recordings (meetings with speaker labels, read and dictated sentences); rooms, noises and the
mix are made here. Everything follows from the seed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.signal import fftconvolve

from classroom_analyzer.domain.media import SAMPLE_RATE_HZ

__all__ = ["Background", "SceneMaker", "Stretch", "Voice", "background", "level_to"]

Sound = NDArray[np.float64]

SPEECH_DBFS = (-36.0, -18.0)  # level of a scene's main voice, from quiet built-in microphones to headsets
SNR_DB = (12.0, 35.0)  # of that voice over the background
REVERBERATION_S = (0.25, 0.9)  # time in which a room's echo falls by 60 dB: furnished rooms to bare classrooms
DIRECT_SHARE_DB = (-3.0, 12.0)  # direct sound over echo
FURTHER_DB = (0.0, 12.0)  # by which students' direct sound is weaker than the teacher's
MANY = (4, 9)  # people who talk at once in a class that works in groups
OFFSET_DB = 5.0  # standard deviation of their levels: some sit near
PAUSE_S = (0.15, 1.2)  # between the sentences of one speaker
LONG_PAUSE_S = (1.0, 3.0)  # a teacher who lets something sink in
LONG_PAUSES = 0.15  # share of pauses that are long
TURN_S = (2.0, 8.0)  # one speaker's turn in a dialogue
FADE_SAMPLES = SAMPLE_RATE_HZ // 100


class Background(StrEnum):
    """What is heard when nobody talks."""

    WHITE = "white"
    PINK = "pink"
    HUM = "hum"
    TYPING = "typing"


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """One person's speech without long pauses.

    Attributes:
        name: Of the voice, made up or a corpus code.
        samples: ``(n,) float64`` mono at 16 kHz, of unit RMS.
    """

    name: str
    samples: Sound


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """A scene's sound and who is the speaker at each sample.

    Attributes:
        samples: ``(n,) float64``.
        speaker: ``(n,) int`` index into the voices given, -1 where nobody or more than one speaks.
    """

    samples: Sound
    speaker: NDArray[np.int64]


class SceneMaker:
    """Draws scenes.

    Args:
        voices: At least as many as ``MANY`` asks for at the low end.
        seed: Of everything drawn.
    """

    def __init__(self, voices: Sequence[Voice], seed: int) -> None:
        self._voices = list(voices)
        self._rng = np.random.default_rng(seed)

    def room(self) -> Mapping[str, float]:
        """Draw a room: level of voices, noise and echo, the same for a whole lesson."""
        uniform = self._rng.uniform
        return {
            "speech_dbfs": uniform(*SPEECH_DBFS),
            "snr_db": uniform(*SNR_DB),
            "reverberation_s": uniform(*REVERBERATION_S),
            "direct_db": uniform(*DIRECT_SHARE_DB),
            "kind": float(self._rng.integers(len(Background))),
        }

    def silence(self, seconds: float, room: Mapping[str, float]) -> Stretch:
        """Nobody talks."""
        samples = int(seconds * SAMPLE_RATE_HZ)
        return Stretch(self._noise(samples, room), np.full(samples, -1))

    def one_voice(
        self, seconds: float, room: Mapping[str, float], speakers: Sequence[int], *, turns: bool = False
    ) -> Stretch:
        """One at a time: a single speaker with pauses, or several in turn.

        Args:
            seconds: Length.
            room: As drawn by ``room``.
            speakers: Indices of the voices.
            turns: Whether they take turns; else only the first speaks.
        """
        samples = int(seconds * SAMPLE_RATE_HZ)
        dry, who = np.zeros(samples), np.full(samples, -1)
        at, order = 0, 0
        while at < samples:
            speaker = speakers[order % len(speakers)] if turns else speakers[0]
            order += int(self._rng.integers(1, max(len(speakers), 2)))
            length = int(self._rng.uniform(*TURN_S) * SAMPLE_RATE_HZ)
            piece = self._piece(speaker, min(length, samples - at))
            dry[at : at + len(piece)] = piece
            who[at : at + len(piece)] = speaker
            at += len(piece) + self._pause()
        return Stretch(self._in_room(dry, room) + self._noise(samples, room), who)

    def dialogue(
        self, seconds: float, room: Mapping[str, float], teacher: int, students: Sequence[int], teacher_turns: float
    ) -> Stretch:
        """A teacher near the microphone and students further off, in turn.

        Args:
            seconds: Length.
            room: As drawn by ``room``.
            teacher: Index of the voice.
            students: Indices of theirs.
            teacher_turns: Share of the turns that are the teacher's.
        """
        samples = int(seconds * SAMPLE_RATE_HZ)
        near, far, who = np.zeros(samples), np.zeros(samples), np.full(samples, -1)
        further_db = self._rng.uniform(*FURTHER_DB)
        at = 0
        while at < samples:
            speaker = teacher if self._rng.random() < teacher_turns else int(self._rng.choice(np.array(students)))
            piece = self._piece(speaker, min(int(self._rng.uniform(*TURN_S) * SAMPLE_RATE_HZ), samples - at))
            (near if speaker == teacher else far)[at : at + len(piece)] = piece
            who[at : at + len(piece)] = speaker
            at += len(piece) + self._pause()
        # Echo fills a room evenly: further off the direct sound is weaker and the echo is not.
        away = {**room, "direct_db": room["direct_db"] - further_db}
        sound = self._in_room(near, room) + self._in_room(far * 10 ** (-further_db / 20), away)
        return Stretch(sound + self._noise(samples, room), who)

    def many_voices(self, seconds: float, room: Mapping[str, float]) -> Stretch:
        """Several conversations at once, each voice with pauses of its own, some near and some far."""
        samples = int(seconds * SAMPLE_RATE_HZ)
        most = min(MANY[1], len(self._voices))
        people = self._rng.choice(len(self._voices), int(self._rng.integers(MANY[0], most + 1)), replace=False)
        dry = np.zeros(samples)
        for person in people:
            gain = 10 ** (self._rng.normal(-3.0, OFFSET_DB) / 20)
            at = int(self._rng.uniform(0, 1.0) * SAMPLE_RATE_HZ)
            while at < samples:
                length = int(self._rng.uniform(*TURN_S) * SAMPLE_RATE_HZ)
                piece = self._piece(int(person), min(length, samples - at))
                dry[at : at + len(piece)] += gain * piece
                at += len(piece) + self._pause()
        return Stretch(self._in_room(dry, room) + self._noise(samples, room), np.full(samples, -1))

    def voice_in_room(self, voice: Voice, room: Mapping[str, float]) -> Sound:
        """The whole of one voice, with the room's echo and noise: what an enrolment records."""
        return self._in_room(voice.samples, room) + self._noise(len(voice.samples), room)

    def _piece(self, speaker: int, samples: int) -> Sound:
        """So many samples of a voice from a random place; a short recording repeats itself."""
        whole = self._voices[speaker].samples
        start = int(self._rng.integers(len(whole)))
        piece = np.resize(np.roll(whole, -start), samples).copy()
        fade = min(FADE_SAMPLES, samples // 2)
        if fade:
            ramp = np.linspace(0, 1, fade)
            piece[:fade] *= ramp
            piece[-fade:] *= ramp[::-1]
        return piece

    def _pause(self) -> int:
        kind = LONG_PAUSE_S if self._rng.random() < LONG_PAUSES else PAUSE_S
        return int(self._rng.uniform(*kind) * SAMPLE_RATE_HZ)

    def _in_room(self, dry: Sound, room: Mapping[str, float]) -> Sound:
        """Echo after Polack's model: noise that dies away exponentially."""
        length = int(room["reverberation_s"] * SAMPLE_RATE_HZ)
        decay = np.exp(-6.9 * np.arange(length) / length)
        tail = np.random.default_rng(int(1e6 * room["reverberation_s"])).normal(0, 1, length) * decay
        tail *= 10 ** (-room["direct_db"] / 20) / np.sqrt(np.sum(tail**2))
        tail[0] += 1.0
        wet: Sound = fftconvolve(dry, tail)[: len(dry)]
        return wet * 10 ** (room["speech_dbfs"] / 20)

    def _noise(self, samples: int, room: Mapping[str, float]) -> Sound:
        kind = list(Background)[int(room["kind"])]
        return level_to(background(kind, samples, self._rng), room["speech_dbfs"] - room["snr_db"])


def background(kind: Background, samples: int, rng: np.random.Generator) -> Sound:
    """Draw noise of one kind, ``(samples,) float64``, of any level."""
    white = rng.normal(0, 1, samples)
    if kind is Background.WHITE:
        return white
    if kind is Background.TYPING:
        return _typing(samples, rng) + 0.01 * white
    spectrum = np.fft.rfft(white)
    hz = np.maximum(np.fft.rfftfreq(samples, 1 / SAMPLE_RATE_HZ), 20.0)
    pink = np.fft.irfft(spectrum / np.sqrt(hz), samples)
    pink /= pink.std()
    if kind is Background.PINK:
        return pink
    t_s = np.arange(samples) / SAMPLE_RATE_HZ
    hum: Sound = sum((np.sin(2 * np.pi * 100 * k * t_s + k) / k for k in range(1, 6)), np.zeros(samples))
    return hum + 0.3 * pink


def level_to(sound: Sound, dbfs: float) -> Sound:
    """Scale to an RMS level."""
    rms = float(np.sqrt(np.mean(sound**2))) if len(sound) else 0.0
    return sound * (10 ** (dbfs / 20) / rms) if rms else sound


def _typing(samples: int, rng: np.random.Generator) -> Sound:
    """Clicks of keys: bursts of noise, down and up."""
    sound = np.zeros(samples)
    burst = int(0.02 * SAMPLE_RATE_HZ)
    decay = np.exp(-400 * np.arange(burst) / SAMPLE_RATE_HZ)
    at = 0
    while (at := at + int((0.04 + rng.exponential(0.16)) * SAMPLE_RATE_HZ)) < samples - 2 * burst:
        for offset, gain in ((0, 1.0), (int(0.07 * SAMPLE_RATE_HZ), 0.5)):
            piece = sound[at + offset : at + offset + burst]
            piece += (rng.normal(0, 1, burst) * decay * gain * rng.uniform(0.4, 1))[: len(piece)]
    return sound
