"""Recordings and texts that autoencoders may be trained on: what MANIFEST.tsv marks ``train: yes``, nothing else.

Rows are split by group (a lesson, a conversation, a meeting, a person), so that the held-out error is that of groups
never seen in training.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.media import SAMPLE_RATE_HZ
from classroom_analyzer.domain.progress import CancelToken, Progress
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.perception.vision.build import build_vision
from classroom_analyzer.perception.vision.crops import face_crop
from classroom_analyzer.sources.media import MediaFile

__all__ = ["Rows", "TrainingFile", "face_rows", "sound_rows", "text_rows", "trainable_files", "training_file"]

HELD_OUT_SHARE = 0.2  # of the groups
FORUM_TEXTS = 3000  # classroom talk stays the larger part
FRAMES_PER_S = 10.0
FACE_SCORE = 0.5
SMALLEST_FACE_PX = 12.0
CLIP_SAMPLES = SAMPLE_RATE_HZ
CLIP_HOP_SAMPLES = SAMPLE_RATE_HZ // 4
QUIETEST_RMS = 1e-5  # digital silence says nothing of rooms


@dataclass(frozen=True, slots=True)
class TrainingFile:
    """One line of the manifest that may be trained on."""

    path: Path
    name: str
    source: str
    licence: str


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Training rows of one modality.

    Attributes:
        values: Crops ``(n, 64, 64, 3) uint8 BGR``, clips ``(n, 16000) float32`` or texts ``(n,) str``.
        held_out: ``(n,) bool``.
        group: ``(n,) int64`` number of the lesson, conversation, recording or person, from 0.
        sets: What they come from, for the card.
    """

    values: NDArray[np.generic]
    held_out: NDArray[np.bool_]
    group: NDArray[np.int64]
    sets: tuple[dict[str, object], ...]


def trainable_files(data: Path) -> tuple[TrainingFile, ...]:
    """Read which files may be trained on.

    Args:
        data: Folder with MANIFEST.tsv (columns path, source_repo, licence, train).

    Raises:
        BadInputError: There is no readable manifest.
    """
    path = data / "MANIFEST.tsv"
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            lines = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
        marked = [line for line in lines if line["train"] == "yes"]
        return tuple(
            TrainingFile(data / line["path"], line["path"], line["source_repo"], line["licence"]) for line in marked
        )
    except (OSError, UnicodeDecodeError, KeyError) as error:
        raise BadInputError(
            path, "it is not a manifest; give the folder whose MANIFEST.tsv says what may be trained on"
        ) from error


def training_file(data: Path, name: str) -> TrainingFile:
    """Find a file that may be trained on.

    Args:
        data: Folder with MANIFEST.tsv.
        name: File name without folder.

    Raises:
        BadInputError: It is not there, or the manifest does not mark it for training.
    """
    for file in trainable_files(data):
        if file.path.name == name:
            if not file.path.is_file():
                raise BadInputError(file.path, "it is not there; get the training data again")
            return file
    raise BadInputError(data, f"its MANIFEST.tsv does not mark {name} for training")


def sound_rows(data: Path, progress: Progress, cancel: CancelToken) -> Rows:
    """Cut overlapping seconds of sound; groups are recordings.

    Raises:
        BadInputError: No recording may be trained on, or one cannot be read.
    """
    files = [f for f in trainable_files(data) if f.path.suffix == ".flac"]
    clips: list[NDArray[np.float32]] = []
    groups: list[str] = []
    for done, file in enumerate(files):
        progress("reading sound", done, len(files))
        cancel.raise_if_cancelled()
        sound = np.concatenate([block.samples for block in MediaFile(file.path).audio()])
        for at in range(0, len(sound) - CLIP_SAMPLES + 1, CLIP_HOP_SAMPLES):
            clip = sound[at : at + CLIP_SAMPLES]
            if float(np.mean(clip**2)) > QUIETEST_RMS**2:
                clips.append(clip)
                groups.append(file.name)
    return _rows(data, "sound", np.array(clips, np.float32), groups, _sets(files))


def face_rows(data: Path, detector: Path, progress: Progress, cancel: CancelToken) -> Rows:
    """Cut the faces of the seats that analysis finds ten times a second; groups are persons.

    A recording's person is what its description calls ``person P1`` and so on, else the recording itself.

    Args:
        data: Folder with MANIFEST.tsv.
        detector: Weights of CenterFace.
        progress: Told of every recording.
        cancel: Looked at for every picture.

    Raises:
        BadInputError: No recording may be trained on, or one cannot be read.
    """
    files = [f for f in trainable_files(data) if f.name.startswith("video/")]
    persons = _persons(data)
    crops: list[NDArray[np.uint8]] = []
    groups: list[str] = []
    for done, file in enumerate(files):
        progress("finding faces", done, len(files))
        vision = build_vision(
            detector=detector,
            device="cpu",
            face_encoder=None,
            appearance=False,
            excluded_seats=frozenset(),
            analysed_fps=FRAMES_PER_S,
            detections_per_s=FRAMES_PER_S,
        )
        for frame in MediaFile(file.path).frames(max_rate_hz=FRAMES_PER_S):
            cancel.raise_if_cancelled()
            analysis = vision.analyze(frame)
            for seat in analysis.seats if analysis is not None else ():
                face = seat.face
                if face is not None and face.score >= FACE_SCORE and face.box.w_px >= SMALLEST_FACE_PX:
                    crops.append(face_crop(frame.image, face))
                    groups.append(persons.get(file.name, file.name))
    return _rows(data, "faces", np.array(crops, np.uint8), groups, _sets(files))


def text_rows(data: Path) -> Rows:
    """Collect distinct texts: classroom exchanges, tutoring chats and a smaller share of forum comments.

    Raises:
        BadInputError: No text may be trained on, or one file has another shape than its name says.
    """
    readers: dict[str, Callable[[Path], Iterator[tuple[str, str]]]] = {
        "uptake_train.csv": _uptake,
        "bridge_train.json": _bridge,
        "goemotions_train.tsv": _forum,
    }
    files = [f for f in trainable_files(data) if f.path.name in readers]
    texts: dict[str, str] = {}
    for file in files:
        try:
            for group, text in readers[file.path.name](file.path):
                if text.strip() and text not in texts:
                    texts[text] = f"{file.name}:{group}"
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BadInputError(file.path, "it has another shape than its name says; get it again") from error
    return _rows(data, "texts", np.array(list(texts)), list(texts.values()), _sets(files))


def _uptake(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        for line in csv.DictReader(stream):
            yield line["obs_id"], line["student_text"]
            yield line["obs_id"], line["teacher_text"]


def _bridge(path: Path) -> Iterator[tuple[str, str]]:
    for piece in json.loads(path.read_text(encoding="utf-8")):
        for line in piece["c_h"] + piece["c_r"]:
            yield str(piece["c_id"]).partition("_")[0], line["text"]


def _forum(path: Path) -> Iterator[tuple[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    for line in lines[:: max(len(lines) // FORUM_TEXTS, 1)]:
        text, _, identity = line.split("\t")
        yield identity, text


def _persons(data: Path) -> dict[str, str]:
    """Person of each recording whose description names one as ``person P1``."""
    persons: dict[str, str] = {}
    for line in (data / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines():
        name, _, rest = line.partition("\t")
        if "person P" in rest:
            persons[name] = "P" + rest.partition("person P")[2].split()[0].strip(",.;:")
    return persons


def _sets(files: list[TrainingFile]) -> tuple[dict[str, object], ...]:
    """One entry per source and licence."""
    merged: dict[tuple[str, str], list[str]] = {}
    for file in files:
        merged.setdefault((file.source, file.licence), []).append(file.name)
    return tuple(
        {"source": source, "licence": licence, "files": sorted(names)} for (source, licence), names in merged.items()
    )


def _rows(
    data: Path, what: str, values: NDArray[np.generic], groups: list[str], sets: tuple[dict[str, object], ...]
) -> Rows:
    if len(values) < 2:
        raise BadInputError(data, f"its MANIFEST.tsv marks no {what} for training that could be read")
    names = sorted(set(groups), key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    numbers = {name: number for number, name in enumerate(names)}
    group = np.array([numbers[name] for name in groups], np.int64)
    return Rows(values, group < max(round(len(names) * HELD_OUT_SHARE), 1), group, sets)
