"""Measure how well the program hears, on recordings and scenes whose answers are known; nothing is written."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.models.store import ModelStore

if TYPE_CHECKING:
    from classroom_analyzer.perception.audio.analyzer import AudioAnalyzer
    from classroom_analyzer.perception.audio.listener import VoiceListener
    from classroom_analyzer.training.speech_evaluation import SpeechReport

__all__ = ["evaluate_speech"]

SOUND_ENDINGS = (".wav", ".flac")


def evaluate_speech(
    path: Path, labels: Path, home: Path, *, progress: Progress = silent, cancel: CancelToken | None = None
) -> SpeechReport:
    """Score voice activity against speaker labels.

    Args:
        path: A recording, or a folder of wav and flac files; a file counts when its stem is a URI of the labels or ends
            in ``_URI``.
        labels: RTTM file.
        home: Folder of all state.
        progress: Reports recordings.
        cancel: A stop leaves nothing.

    Raises:
        BadInputError: A file cannot be used, or none fits the labels.
        ModelMissingError: The voice detector is not on this machine.
        StoppedByUserError: A stop was asked for.
    """
    from classroom_analyzer.sources.media import MediaFile
    from classroom_analyzer.training.rttm import matching_uri, read_rttm
    from classroom_analyzer.training.speech_evaluation import SpeechCounts, SpeechReport, score_speech

    stretches = read_rttm(labels)
    files = _sound_files(path)
    labelled = [(file, uri) for file in files if (uri := matching_uri(file.stem, stretches)) is not None]
    if not labelled:
        raise BadInputError(path, f"no sound in it is named after a recording of {labels.name}; check both names")
    counts: dict[str, SpeechCounts] = {}
    make_audio = partial(_analyzer, ModelStore(home))
    for done, (file, uri) in enumerate(labelled):
        progress("listening", done, len(labelled))
        media = MediaFile(file)
        if not media.info.has_audio:
            raise BadInputError(file, "there is no sound in it; give a sound file")
        counts[file.name] = score_speech(media.audio(), stretches[uri], make_audio, cancel or CancelToken())
    progress("listening", len(labelled), len(labelled))
    return SpeechReport(sum(counts.values(), SpeechCounts()), counts)


def _sound_files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(file for file in path.iterdir() if file.suffix.lower() in SOUND_ENDINGS)
    return [path]


def _analyzer(store: ModelStore, listener: VoiceListener) -> AudioAnalyzer:
    from classroom_analyzer.perception.audio.build import build_audio
    from classroom_analyzer.perception.device import best_device, use_one_thread

    use_one_thread()
    vad = store.resolve("bundled:silero-vad", "voice activity").path
    return build_audio(vad=vad, device=best_device(), encoder=None, listeners=(listener,))
