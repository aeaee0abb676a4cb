"""Learn the teacher's voice for one lesson from a sample: a file, or a stretch of the recording itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.media import SAMPLE_RATE_HZ, AudioBlock
from classroom_analyzer.errors import BadInputError, UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from classroom_analyzer.perception.audio.enrolled import VoiceScorer
    from classroom_analyzer.sources.media import Media

__all__ = ["Enrol", "learn_voice"]

# Takes stretches of speech and whether the lesson has the same microphone; gives the voice or says why it has none.
Enrol = Callable[["list[NDArray[np.float32]]", bool], "VoiceScorer | str"]

STRETCH = re.compile(r"(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)")
LONGEST_SAMPLE_S = 120.0
SEALED = ".voice"  # a sample that the setup recorded


def learn_voice(given: str, recording: Media | None, vad: Path, device: str, enrol: Enrol) -> VoiceScorer | str:
    """Learn a voice.

    Args:
        given: A sound file, or ``FROM-TO`` in seconds of the recording.
        recording: Sound of the lesson; None when it is live.
        vad: Weights of the voice detector.
        device: Torch device.
        enrol: Makes the voice.

    Returns:
        The voice, or in words why it cannot be told from others.

    Raises:
        UsageError: The stretch is none, or there is no recording to take it from.
        BadInputError: The file cannot be read or has no sound.
    """
    from classroom_analyzer.perception.audio.build import build_audio
    from classroom_analyzer.perception.audio.voice_cuts import VoiceCollector

    stretch = STRETCH.fullmatch(given)
    collector = VoiceCollector()
    audio = build_audio(vad=vad, device=device, encoder=None, listeners=(collector,))
    for block in _of_file(Path(given)) if stretch is None else _of_recording(stretch, given, recording):
        audio.push(block)
    collector.gap()
    return enrol(collector.stretches(), stretch is not None)


def _of_file(path: Path) -> Iterable[AudioBlock]:
    if path.suffix == SEALED:
        return _of_sealed(path)
    from classroom_analyzer.sources.media import MediaFile

    sample = MediaFile(path)
    if not sample.info.has_audio:
        raise BadInputError(path, "there is no sound in it; give a recording of the teacher's voice")
    return takewhile(lambda block: block.t_ns < to_ns(LONGEST_SAMPLE_S), sample.audio())


def _of_sealed(path: Path) -> Iterable[AudioBlock]:
    from classroom_analyzer.storage.key_source import KeySource
    from classroom_analyzer.storage.sealed_voice import open_voice

    samples = open_voice(path, KeySource.from_environment())
    return (
        AudioBlock(to_ns(at / SAMPLE_RATE_HZ), samples[at : at + SAMPLE_RATE_HZ])
        for at in range(0, len(samples), SAMPLE_RATE_HZ)
    )


def _of_recording(stretch: re.Match[str], given: str, recording: Media | None) -> Iterable[AudioBlock]:
    start_s, end_s = float(stretch[1]), float(stretch[2])
    if recording is None:
        raise UsageError("a live lesson has no stretch to take the teacher's voice from; give a sound file")
    if not start_s < end_s <= start_s + LONGEST_SAMPLE_S:
        raise UsageError(f"{given!r} is no stretch; give the seconds in which only the teacher speaks, such as 30-55")
    until = takewhile(lambda block: block.t_ns < to_ns(end_s), recording.audio())
    return (block for block in until if block.end_ns > to_ns(start_s))
