"""Clips to windows: the program's own picture and sound analysis over each clip, kept on disk so that it is done once.

Only figures are kept, no pictures and no sound. A clip's file in the cache is named by the hash of the clip, of all
that decides the result and of the program's version, so that nothing stale is ever read; a job that was stopped goes
on where it was.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from classroom_analyzer import __version__
from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.features import WINDOWS
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.progress import CancelToken, Progress
from classroom_analyzer.domain.readings import AudioSecond, VisionSecond
from classroom_analyzer.errors import BadInputError, BadModelError
from classroom_analyzer.fusion.threads import one_thread
from classroom_analyzer.models.safe import sha256_of
from classroom_analyzer.models.store import ModelStore
from classroom_analyzer.perception.audio.build import build_audio
from classroom_analyzer.perception.vision.build import build_vision
from classroom_analyzer.sources.media import MediaFile
from classroom_analyzer.training.datasets.clip_cache import MEASURED, load_windows, save_windows
from classroom_analyzer.training.datasets.clip_windows import ClipSeconds, clip_windows, window_ends
from classroom_analyzer.training.datasets.clips import ClipList
from classroom_analyzer.training.datasets.data_set import Gathered, number_subjects
from classroom_analyzer.training.datasets.windows import Sequences, batch_of
from classroom_analyzer.training.labelled_rows import LabelledRows

__all__ = ["ClipReader", "gather_clips"]

ANALYSED_PER_S = 4.0  # pictures, as in a lesson
SOUND_AHEAD_S = 0.5  # whether a frame is speech shows up to 0.3 s later
MAX_CLIP_S = 600
LEVELS = 4


@dataclass(frozen=True, slots=True, eq=False)
class ClipReader:
    """Measures clips with the bundled models.

    Attributes:
        detector: CenterFace.
        vad: Silero VAD.
        cache: Folder of what was measured.
    """

    detector: Path
    vad: Path
    cache: Path

    @classmethod
    def in_home(cls, home: Path) -> ClipReader:
        """Use the bundled models and the cache of a home folder.

        Raises:
            ModelMissingError: The installation is incomplete.
            BadModelError: A model must not be used.
        """
        store = ModelStore(home)
        detector = store.resolve("bundled:centerface", "face detector").path
        return cls(detector, store.resolve("bundled:silero-vad", "voice activity").path, home / "cache" / "clips")

    def settings(self) -> str:
        """Hash of all that decides what is measured, the program's version included."""
        decided = {
            "version": __version__,
            "columns": {m.value: [WINDOWS[m].names, WINDOWS[m].steps, WINDOWS[m].step_s] for m in MEASURED},
            "analysed_per_s": ANALYSED_PER_S,
            "models": [sha256_of(self.detector), sha256_of(self.vad)],
        }
        return hashlib.sha256(json.dumps(decided, sort_keys=True).encode()).hexdigest()

    def windows(self, clip: Path, settings: str) -> dict[Modality, Sequences]:
        """Return the windows of a clip, from the cache where they are.

        Raises:
            BadInputError: The clip cannot be read, has no picture, or is longer than ten minutes.
            OutputNotWritableError: The cache cannot be written.
        """
        content = _sha256(clip)
        kept = self.cache / f"{hashlib.sha256(f'{content} {settings}'.encode()).hexdigest()}.safetensors"
        found = load_windows(kept)
        if found is None:
            found = self._measure(clip)
            save_windows(kept, found)
        return found

    def _measure(self, clip: Path) -> dict[Modality, Sequences]:
        media = MediaFile(clip)
        if not media.info.has_video:
            raise BadInputError(clip, "it has no picture")
        seconds = round(media.info.duration_s)
        if not 1 <= seconds <= MAX_CLIP_S:
            raise BadInputError(clip, f"it lasts {media.info.duration_s:.1f} s; a clip has 1 to {MAX_CLIP_S}")
        with one_thread():  # small networks on short clips: more threads only wait for each other
            measured = self._seconds(media, seconds)
        return clip_windows(measured, window_ends(seconds))

    def _seconds(self, media: MediaFile, seconds: int) -> ClipSeconds:
        vision = build_vision(
            detector=self.detector,
            device="cpu",
            face_encoder=None,
            appearance=False,
            excluded_seats=frozenset(),
            analysed_fps=ANALYSED_PER_S,
        )
        seen: list[VisionSecond] = []
        for frame in media.frames(max_rate_hz=ANALYSED_PER_S):
            while len(seen) < seconds and frame.t_ns >= to_ns(len(seen) + 1):
                seen.append(vision.second(len(seen) + 1))
            vision.analyze(frame)
        seen += [vision.second(t_s) for t_s in range(len(seen) + 1, seconds + 1)]
        if not media.info.has_audio:
            return ClipSeconds(tuple(seen), ())
        audio = build_audio(vad=self.vad, device="cpu", encoder=None)
        heard: list[AudioSecond] = []
        for block in media.audio():
            while len(heard) < seconds and block.t_ns >= to_ns(len(heard) + 1 + SOUND_AHEAD_S):
                heard.append(audio.second(len(heard) + 1))
            audio.push(block)
        heard += [audio.second(t_s) for t_s in range(len(heard) + 1, seconds + 1)]
        return ClipSeconds(tuple(seen), tuple(heard))


def gather_clips(
    root: Path, listed: ClipList, reader: ClipReader, progress: Progress, cancel: CancelToken
) -> tuple[Gathered, dict[str, int]]:
    """Measure all clips of a list; the label is the clip's ``engagement``.

    Args:
        root: The data set, for errors.
        listed: Its clips.
        reader: Measures them.
        progress: Reports clips.
        cancel: Looked at before each clip; what was measured so far stays in the cache.

    Returns:
        The rows, and how many clips and lines were left out, by reason.

    Raises:
        BadInputError: Not one clip can be read.
        StoppedByUserError: A stop was asked for.
    """
    left_out = Counter(listed.left_out)
    settings = reader.settings()
    parts: list[dict[Modality, Sequences]] = []
    levels: list[int] = []
    subjects: list[str] = []
    splits: list[str] = []
    for done, clip in enumerate(listed.clips):
        progress("measuring clips", done, len(listed.clips))
        cancel.raise_if_cancelled(f"{done} of {len(listed.clips)} clips are kept; the next run goes on from there")
        try:
            windows = reader.windows(clip.path, settings)
        except BadInputError:
            left_out["cannot be read"] += 1
            continue
        rows = len(windows[Modality.VISION].valid)
        parts.append(windows)
        levels += [clip.labels["engagement"]] * rows
        subjects += [clip.subject] * rows
        splits += [clip.split] * rows
    if not parts:
        raise BadInputError(root, "not one of its clips can be read; get them again")
    names, group = number_subjects(subjects)
    level = np.array(levels, np.int64)
    labelled = LabelledRows(
        batch=batch_of(len(level), WINDOWS, {m: _joined([part[m] for part in parts]) for m in MEASURED}),
        engagement=level / (LEVELS - 1),
        level=level,
        group=group,
        time_s=np.arange(len(level), dtype=np.int64),  # nobody is seen together with anybody
    )
    return Gathered(labelled, names, tuple(splits)), dict(left_out)


def _sha256(clip: Path) -> str:
    try:
        return sha256_of(clip)
    except BadModelError as error:
        raise BadInputError(clip, error.reason) from error


def _joined(parts: list[Sequences]) -> Sequences:
    return Sequences(
        np.concatenate([part.values for part in parts]),
        np.concatenate([part.valid for part in parts]),
        np.concatenate([part.quality for part in parts]),
    )
