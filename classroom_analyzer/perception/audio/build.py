"""Turns files and settings into an audio analyzer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from classroom_analyzer.perception.audio.analyzer import AudioAnalyzer
from classroom_analyzer.perception.audio.encoder import SoundEncoder
from classroom_analyzer.perception.audio.listener import VoiceListener

if TYPE_CHECKING:
    from classroom_analyzer.perception.audio.enrolled import VoiceScorer
    from classroom_analyzer.perception.audio.two_tracks import TwoTracks

__all__ = ["build_audio", "build_two_tracks"]


def build_audio(
    *,
    vad: Path,
    device: str,
    encoder: SoundEncoder | None,
    listeners: Sequence[VoiceListener] = (),
    teacher: VoiceScorer | None = None,
) -> AudioAnalyzer:
    """Build the analyzer of one lesson.

    Args:
        vad: Weights of Silero VAD.
        device: Torch device of the voice detector.
        encoder: Sound encoder; None under ``observe``.
        listeners: Are given all sound behind the speech gate.
        teacher: The teacher's enrolled voice; None under ``observe``.

    Raises:
        BadModelError: The weights are not those of Silero VAD.
    """
    from classroom_analyzer.perception.audio.vad import SileroVad

    detector = SileroVad(vad, device)
    if teacher is None:
        return AudioAnalyzer(detector, encoder, listeners)
    from classroom_analyzer.perception.audio.enrolled import EnrolledTalkers

    talkers = EnrolledTalkers(teacher)
    return AudioAnalyzer(detector, encoder, (*listeners, talkers), talkers)


def build_two_tracks(
    *, vad: Path, device: str, encoder: SoundEncoder | None, listeners: Sequence[VoiceListener] = ()
) -> tuple[AudioAnalyzer, TwoTracks]:
    """Build the analyzer of a lesson whose teacher and students come on tracks of their own, and what feeds it.

    Args:
        vad: Weights of Silero VAD.
        device: Torch device of the voice detectors.
        encoder: Sound encoder; None under ``observe``.
        listeners: Are given the sound of both together behind the speech gate.

    Raises:
        BadModelError: The weights are not those of Silero VAD.
    """
    from classroom_analyzer.perception.audio.two_tracks import TrackTalkers, TwoTracks
    from classroom_analyzer.perception.audio.vad import SileroVad

    talkers = TrackTalkers(SileroVad(vad, device), SileroVad(vad, device))
    audio = AudioAnalyzer(SileroVad(vad, device), encoder, listeners, talkers)
    return audio, TwoTracks(audio, talkers)
