from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classroom_analyzer.domain.features import WINDOWS
from classroom_analyzer.domain.labels import Label, LabelKind, LabelSource
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.phases import PHASES, Phase
from classroom_analyzer.domain.readings import Reading
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.storage.labels import add_label
from classroom_analyzer.storage.lesson_writer import LessonWriter
from classroom_analyzer.training.datasets.data_set import DataSet
from classroom_analyzer.training.datasets.lessons import lesson_folders, read_lessons
from tests.storage.lessons import make_estimate, make_meta, make_summary

BLIND = Label(3, LabelKind.LEVEL, 2, False, LabelSource.PROMPTED)
READINGS = (
    Reading("face_presence", 0.9, "share", 0.8, 3),
    Reading("facing_target", 0.6, "share", 0.7, 3),
    Reading("movement", None, "1/s", None, 0),
    Reading("speech_share", 0.25, "share", 0.5),
    Reading("sound_mode.single", 0.5, "share", 0.5),
    Reading("loudness", -30.0, "dBFS", 0.5),
    Reading("chat_rate.messages", 12.0, "/min", 0.9, 24),
    Reading("chat_rate.authors", 2.0, "count", 0.9, 4),
    Reading("questions", 40.0, "/10 min", 0.9, 24),
)

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a lesson of five seconds with the labels given."""

    def one(
        name: str,
        labels: Sequence[Label] = (BLIND,),
        *,
        class_name: str | None = None,
        readings: tuple[Reading, ...] = READINGS,
    ) -> Path:
        meta = replace(make_meta(), class_name=class_name)
        writer = LessonWriter.create(tmp_path / "lessons", name, meta, None)
        for t_s in range(1, 6):
            writer.add_second(t_s, readings, make_estimate(t_s), seats=[], seat_estimates=[])
        writer.commit()
        folder = writer.finish(make_summary(writer.folder), complete=True)
        for label in labels:
            add_label(folder, label)
        return folder

    return one


def columns(data: DataSet, modality: Modality) -> dict[str, float]:
    """The newest step of the first training row."""
    values = data.train.batch.values[modality][0, -1].tolist()
    return dict(zip(WINDOWS[modality].names, values, strict=True))


def test_class_rows_become_windows_with_the_columns_of_the_engine(write: Write, tmp_path: Path) -> None:
    for i in range(4):
        write(f"lesson{i}")
    data = read_lessons(tmp_path / "lessons")
    vision, audio, text = (columns(data, m) for m in Modality)
    assert (vision["face_presence"], vision["facing_target"], vision["class_facing"]) == pytest.approx((0.9, 0.6, 0.6))
    assert vision["class_seats"] == 3
    assert (audio["speech_share"], audio["silence"], audio["single_voice"]) == pytest.approx((0.25, 0.75, 0.5))
    # Four people are expected: 12 messages and 4 questions a minute, two of the four wrote.
    assert (text["message_rate"], text["question_rate"], text["author_share"]) == pytest.approx((3.0, 1.0, 0.5))
    batch = data.train.batch
    assert (batch.values[Modality.VISION][0] == batch.values[Modality.VISION][0, :1])[:, 0].all()
    assert batch.quality[Modality.AUDIO][0] == pytest.approx(0.5)
    assert batch.phase.tolist() == [PHASES.index(Phase.LECTURE)] * len(data.train)


def test_what_is_in_no_class_row_stays_not_measured(write: Write, tmp_path: Path) -> None:
    for i in range(4):
        write(f"lesson{i}")
    data = read_lessons(tmp_path / "lessons")
    missing = {(m, name) for m in Modality for name, value in columns(data, m).items() if np.isnan(value)}
    assert missing == {
        (Modality.VISION, "movement"),
        (Modality.VISION, "pitch_down"),
        (Modality.VISION, "class_pitch_down"),
        (Modality.AUDIO, "multiple_voices"),
        (Modality.AUDIO, "loudness_rel"),
        (Modality.TEXT, "mean_words"),
    }


def test_a_modality_without_figures_is_invalid(write: Write, tmp_path: Path) -> None:
    for i in range(4):
        write(f"lesson{i}", readings=READINGS[:3])
    data = read_lessons(tmp_path / "lessons")
    assert data.train.batch.presence[0].tolist() == [True, False, False]


def test_presses_and_levels_become_levels(write: Write, tmp_path: Path) -> None:
    labels = (
        replace(BLIND, t_s=1, kind=LabelKind.WITH_ME, value=1),
        replace(BLIND, t_s=2, kind=LabelKind.LOST, value=0),
        replace(BLIND, t_s=3, value=1),
    )
    for i in range(4):
        write(f"lesson{i}", labels)
    train = read_lessons(tmp_path / "lessons").train
    assert train.level.tolist() == [3, 0, 1]
    assert train.engagement == pytest.approx([1, 0, 1 / 3])
    assert train.time_s.tolist() == [1, 2, 3]


def test_labels_given_with_the_line_in_sight_are_left_out_and_counted(write: Write, tmp_path: Path) -> None:
    for i in range(4):
        write(f"lesson{i}", (BLIND, replace(BLIND, estimate_visible=True)))
    data = read_lessons(tmp_path / "lessons")
    assert sum(len(rows) for rows in data.sets.values()) == 4
    assert data.card["left_out"] == {"given while the line could be seen": 4}


def test_lessons_of_one_class_stay_together(write: Write, tmp_path: Path) -> None:
    for i in range(8):
        write(f"lesson{i}", class_name=("7b", "7B", "8a", "9c", "9d")[i % 5])
    data = read_lessons(tmp_path / "lessons")
    assert sorted(data.subjects.values()) == ["class 7b", "class 8a", "class 9c", "class 9d"]
    assert sum(len(rows) for rows in data.sets.values()) == 8


def test_lessons_without_a_class_each_stand_alone(write: Write, tmp_path: Path) -> None:
    for i in range(5):
        write(f"lesson{i}", (BLIND, replace(BLIND, t_s=4)))
    data = read_lessons(tmp_path / "lessons")
    assert len(data.subjects) == 5
    assert [len(rows) for rows in data.sets.values()] == [4, 2, 2, 2]


def test_no_blind_label_says_how_to_label(write: Write, tmp_path: Path) -> None:
    write("lesson", (replace(BLIND, estimate_visible=True),))
    with pytest.raises(BadInputError, match=r"blind label of the whole class; 1 left out: given while .*; label"):
        read_lessons(tmp_path / "lessons")


def test_a_folder_without_lessons_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="no lesson in it"):
        read_lessons(tmp_path)


def test_one_lesson_folder_is_found_too(write: Write) -> None:
    folder = write("lesson")
    assert lesson_folders(folder) == (folder,)
    assert lesson_folders(folder.parent) == (folder,)
