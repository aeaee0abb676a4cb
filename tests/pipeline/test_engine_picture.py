"""What the engine tells people about the picture: what happened in it, and why nobody could be seen."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from classroom_analyzer.domain.policy import Policy, PolicyGrant
from classroom_analyzer.domain.readings import VisionSecond
from classroom_analyzer.perception.vision.picture import PictureTrouble
from classroom_analyzer.pipeline.engine import LessonEngine
from classroom_analyzer.pipeline.ledger import LEAST_TROUBLE_S
from classroom_analyzer.pipeline.parts import EngineParts
from classroom_analyzer.storage.lesson_writer import LessonWriter
from tests.pipeline.rows import seat, vision
from tests.storage.lessons import make_meta

MOVED = "the call re-ordered its tiles"


class ScriptedVision:
    """Closes the given seconds."""

    picture_rate_hz = 4.0

    def __init__(self, *seconds: VisionSecond) -> None:
        self._seconds = list(seconds)

    def second(self, t_s: int) -> VisionSecond:
        return self._seconds.pop(0) if self._seconds else vision(t_s, frames=0)


def run(tmp_path: Path, *seconds: VisionSecond) -> LessonEngine:
    parts = EngineParts(ScriptedVision(*seconds), None, None, None, (), "cpu", [])  # type: ignore[arg-type]
    writer = LessonWriter.create(tmp_path, "lesson", make_meta(Policy.OBSERVE), None)
    grant = PolicyGrant(Policy.OBSERVE, "command line")
    engine = LessonEngine(parts, writer, grant, class_size=4, seed=0)
    for second in seconds:
        engine.close_second(second.t_s)
    return engine


def troubled(trouble: PictureTrouble | None, *seconds: int) -> list[VisionSecond]:
    return [replace(vision(t_s), trouble=trouble) for t_s in seconds]


@pytest.mark.parametrize("trouble", list(PictureTrouble))
def test_three_seconds_in_which_nobody_could_be_seen_are_warned_of_with_the_reason(tmp_path, trouble):
    engine = run(tmp_path, *troubled(trouble, 1, 2, 3, 4))
    assert engine.ledger.warnings == (f"for 4 s nobody could be seen because the picture is {trouble}",)


def test_shorter_trouble_is_a_fade_and_no_warning(tmp_path):
    assert run(tmp_path, *troubled(PictureTrouble.BLACK, *range(1, LEAST_TROUBLE_S))).ledger.warnings == ()


def test_each_reason_is_counted_for_itself_over_the_whole_lesson(tmp_path):
    engine = run(
        tmp_path,
        *troubled(PictureTrouble.BLACK, 1, 2),
        *troubled(None, 3, 4),
        *troubled(PictureTrouble.BLACK, 5, 6),
        *troubled(PictureTrouble.PLAIN, 7, 8),
        *troubled(PictureTrouble.SIDEWAYS, 9, 10, 11),
    )
    assert engine.ledger.warnings == (
        f"for 4 s nobody could be seen because the picture is {PictureTrouble.BLACK}",
        f"for 3 s nobody could be seen because the picture is {PictureTrouble.SIDEWAYS}",
    )


def events(engine: LessonEngine, folder: Path) -> list[tuple]:
    engine.writer.commit()
    database = next(path for path in folder.rglob("*") if path.suffix in (".sqlite", ".db", ".sqlite3"))
    with closing(sqlite3.connect(database)) as opened:
        return opened.execute("SELECT t_s, kind, detail FROM events ORDER BY t_s").fetchall()


def test_a_notice_of_the_picture_is_an_event_each_time_and_a_warning_once(tmp_path):
    seconds = [vision(1, seat()), replace(vision(2, seat()), notices=(MOVED,)), vision(3, seat())]
    engine = run(tmp_path, *seconds, replace(vision(4, seat()), notices=(MOVED,)))
    assert engine.ledger.warnings == (MOVED,)
    assert [row for row in events(engine, tmp_path) if row[1] == "picture"] == [
        (2, "picture", MOVED),
        (4, "picture", MOVED),
    ]


def test_the_summary_carries_what_the_picture_was_warned_of(tmp_path):
    engine = run(tmp_path, *troubled(PictureTrouble.BLACK, 1, 2, 3))
    summary = engine.finish(3.0, complete=True, processing_s=1.0)
    assert f"for 3 s nobody could be seen because the picture is {PictureTrouble.BLACK}" in summary.warnings
