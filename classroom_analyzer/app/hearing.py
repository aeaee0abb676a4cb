"""Measure how well the program hears, on recordings and scenes whose answers are known; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classroom_analyzer.domain.media import SAMPLE_RATE_HZ
from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.models.store import ModelStore

if TYPE_CHECKING:
    from classroom_analyzer.perception.audio.analyzer import AudioAnalyzer
    from classroom_analyzer.perception.audio.listener import VoiceListener
    from classroom_analyzer.training.sound.mixtures import Voice
    from classroom_analyzer.training.sound.rttm import SpokenStretch
    from classroom_analyzer.training.sound.speech import SpeechReport

__all__ = ["evaluate_sound", "evaluate_speech"]

SOUND_ENDINGS = (".wav", ".flac")
VOICE_ENDINGS = (*SOUND_ENDINGS, ".mp3", ".m4a", ".ogg", ".mpg", ".mp4", ".mkv")
LEAST_VOICE_S = 3.0  # of a speaker in labelled recordings
MODE_SCENES = 20  # of 100 s, for each set of voices
PHASE_LESSONS = 12  # of about nine minutes
TEACHER_LESSONS = 8  # of two minutes, for each voice that can play the teacher


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
    from classroom_analyzer.training.sound.rttm import matching_uri, read_rttm
    from classroom_analyzer.training.sound.speech import SpeechCounts, SpeechReport, score_speech

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


def evaluate_sound(
    paths: Sequence[Path],
    labels: Path,
    home: Path,
    *,
    seed: int = 0,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> dict[str, Any]:
    """Compose scenes and lessons from single voices and score sound modes, phases and the teacher's voice on them.

    Args:
        paths: Recordings or folders of them. Those that the labels name give the voices that the thresholds were chosen
            with; every other one is the voice of one person and was not used for that.
        labels: RTTM file.
        home: Folder of all state.
        seed: Of everything drawn.
        progress: Reports scenes.
        cancel: A stop leaves nothing.

    Returns:
        The document of ``evaluate sound``.

    Raises:
        BadInputError: A file cannot be used, or there are too few voices.
        ModelMissingError: The voice detector is not on this machine.
        StoppedByUserError: A stop was asked for.
    """
    from classroom_analyzer.pipeline.phases import PhaseTracker
    from classroom_analyzer.training.sound.evaluation import evaluate_modes, evaluate_phases
    from classroom_analyzer.training.sound.mixtures import MANY
    from classroom_analyzer.training.sound.rttm import read_rttm
    from classroom_analyzer.training.sound.teacher import evaluate_teacher

    labelled, unlabelled = _voices(paths, read_rttm(labels))
    if min(len(labelled), len(unlabelled)) < MANY[0]:
        raise BadInputError(
            paths[0], f"there are {len(labelled)} labelled and {len(unlabelled)} other voices; give {MANY[0]} of each"
        )
    store, cancel = ModelStore(home), cancel or CancelToken()
    run: dict[str, Any] = {"seed": seed, "progress": progress, "cancel": cancel}
    voices = [*labelled, *unlabelled]
    modes = {
        name: evaluate_modes(of, partial(_analyzer, store), scenes=MODE_SCENES, **run).as_dict()
        for name, of in (("labelled voices", labelled), ("other voices", unlabelled))
    }
    phases = {
        name: evaluate_phases(
            voices, partial(_analyzer, store), PhaseTracker, lessons=PHASE_LESSONS, facing=facing, **run
        ).as_dict()
        for name, facing in (("sound", False), ("sound and assumed facing", True))
    }
    teacher = {
        name: evaluate_teacher(
            labelled, unlabelled, partial(_analyzer, store), lessons=TEACHER_LESSONS, same_microphone=same, **run
        ).as_dict()
        for name, same in (("same microphone", True), ("another microphone", False))
    }
    lengths_s = {voice.name: round(len(voice.samples) / SAMPLE_RATE_HZ, 1) for voice in voices}
    return {"voices": lengths_s, "modes": modes, "phases": phases, "teacher": teacher}


def _voices(paths: Sequence[Path], labels: Mapping[str, Sequence[SpokenStretch]]) -> tuple[list[Voice], list[Voice]]:
    from classroom_analyzer.training.sound.rttm import matching_uri
    from classroom_analyzer.training.sound.solo_voices import labelled_voices, whole_voice

    files = [file for path in paths for file in (sorted(path.iterdir()) if path.is_dir() else [path])]
    media = [file for file in files if file.suffix.lower() in VOICE_ENDINGS]
    named = [file for file in media if matching_uri(file.stem, labels) is not None]
    others = [voice for file in media if file not in named and (voice := whole_voice(file)) is not None]
    return labelled_voices(named, labels, least_s=LEAST_VOICE_S), others


def _sound_files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(file for file in path.iterdir() if file.suffix.lower() in SOUND_ENDINGS)
    return [path]


def _analyzer(store: ModelStore, *listeners: VoiceListener) -> AudioAnalyzer:
    from classroom_analyzer.perception.audio.build import build_audio
    from classroom_analyzer.perception.device import best_device, use_one_thread

    use_one_thread()
    vad = store.resolve("bundled:silero-vad", "voice activity").path
    return build_audio(vad=vad, device=best_device(), encoder=None, listeners=listeners)
