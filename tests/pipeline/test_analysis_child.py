"""The analysis in its own process: slow, crashed or hanging, the lesson goes on and says so (TRUST cases 13 and 15)."""

from __future__ import annotations

import os
import signal
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from classroom_analyzer.domain.estimates import EstimateStatus
from classroom_analyzer.domain.labels import LabelKind
from classroom_analyzer.domain.media import VideoFrame
from classroom_analyzer.domain.policy import Policy, PolicyGrant
from classroom_analyzer.domain.progress import CancelToken
from classroom_analyzer.errors import AnalysisLostError, ModelMissingError, StoppedByUserError
from classroom_analyzer.pipeline.analysis_child import AnalysisChild, AnalysisPlan
from classroom_analyzer.pipeline.clock import LessonClock
from classroom_analyzer.pipeline.feeds import LiveFeeds, PlayedPictures
from classroom_analyzer.pipeline.ledger import LessonLedger
from classroom_analyzer.pipeline.live import GONE_NOTICE, LOST_NOTICE, LiveLesson
from classroom_analyzer.pipeline.masked_pictures import MaskedPictures
from classroom_analyzer.pipeline.parts import PartsFacts
from classroom_analyzer.sources.child_process import ChildProcess, RestartBudget
from classroom_analyzer.sources.shared_pictures import PictureChannel, SharedPictures
from classroom_analyzer.storage.key_source import KeySource
from classroom_analyzer.storage.lesson_meta import LessonMeta
from classroom_analyzer.storage.lesson_reader import LessonReader
from classroom_analyzer.storage.lesson_writer import LessonWriter
from tests.pipeline.scripted_parts import ScriptedParts, refuse

RATE_HZ = 30
GREY = 128


def frames(seconds: float):
    image = np.full((48, 64, 3), GREY, np.uint8)
    return (VideoFrame(n * 1_000_000_000 // RATE_HZ, image) for n in range(round(seconds * RATE_HZ)))


class Rig:
    """A lesson of drawn pictures on an analysis that is made in another process."""

    def __init__(self, folder: Path, parts: ScriptedParts, budget: RestartBudget | None = None) -> None:
        self.channel = PictureChannel.create(10.0, max_pixels=64 * 48)
        shown = SharedPictures.create(max_pixels=64 * 48)
        plan = AnalysisPlan(parts, due=self.channel.due.handle, shown=shown.handle)
        self.analyst = AnalysisChild(plan, budget)
        self.analyst.start()
        facts = self.analyst.wait_ready(CancelToken())
        grant = PolicyGrant(Policy.ENGAGEMENT, "command line")
        meta = LessonMeta(
            title="rig",
            started_wall=datetime.now(UTC),
            clock_origin="start",
            grant=grant,
            software="test",
            models=(),
            seed=0,
            device="cpu",
            source=None,
        )
        writer = LessonWriter.create(folder, "rig", meta, KeySource.from_environment())
        facts = PartsFacts((), "cpu", facts.switched_on, estimates=True, picture_rate_hz=facts.picture_rate_hz)
        ledger = LessonLedger(writer, facts, grant, class_size=4, seed=0)
        clock = LessonClock()
        feeds = LiveFeeds(PlayedPictures(frames(60), self.channel, clock, "drawn"), self.channel)
        self.lesson = LiveLesson(
            ledger,
            self.analyst,
            feeds,
            clock,
            policy=Policy.ENGAGEMENT,
            duration_s=None,
            pictures=MaskedPictures(self.channel, shown, frozenset()),
        )

    def wait(self, condition, within_s: float = 20.0) -> None:
        give_up_s = time.monotonic() + within_s
        while not condition():
            assert time.monotonic() < give_up_s
            time.sleep(0.02)

    def end(self):
        self.lesson.stop(hurry=True)
        return self.lesson.wait(10)


@pytest.fixture
def rig(tmp_path: Path):
    with ExitStack() as stack:

        def make(parts: ScriptedParts, budget: RestartBudget | None = None) -> Rig:
            made = Rig(tmp_path / "out", parts, budget)
            stack.callback(lambda: made.lesson.stop(hurry=True))
            return made

        yield make


@pytest.mark.fault(13)
def test_a_slow_analysis_takes_the_newest_picture_and_counts_what_it_left_out(rig) -> None:
    slow = rig(ScriptedParts(takes_s=0.5))
    slow.wait(lambda: slow.lesson.dashboard().t_s >= 4)
    counters = LessonReader.open(Path(slow.end().lesson)).counters()
    assert slow.lesson.dashboard().devices[0].dropped == counters["dropped_vision"]
    assert counters["analysed_vision"] + counters["dropped_vision"] == counters["due_vision"]
    assert counters["analysed_vision"] <= 12
    assert counters["dropped_vision"] >= 20
    assert counters["captured_vision"] >= 4 * RATE_HZ


def test_an_ending_in_a_hurry_waits_for_no_analysis_that_is_busy(rig) -> None:
    busy = rig(ScriptedParts(takes_s=5.0))
    time.sleep(1.0)
    began_s = time.monotonic()
    summary = busy.end()
    assert time.monotonic() - began_s < 3.0
    assert not busy.analyst._child.alive
    assert Path(summary.lesson, "summary.json").is_file()


@pytest.mark.fault(15)
def test_a_crashed_analysis_is_begun_anew_and_its_seconds_are_a_gap(rig) -> None:
    crashed = rig(ScriptedParts(loads_s=2.5))
    crashed.wait(lambda: crashed.lesson.dashboard().t_s >= 2)
    os.kill(crashed.analyst.pid, signal.SIGSEGV)
    crashed.wait(lambda: crashed.analyst.restarts == 1 and crashed.analyst.ready)
    back_s = crashed.lesson.dashboard().t_s
    crashed.lesson.add_marker("still here")
    crashed.lesson.add_marker("a slip of the finger")
    assert crashed.lesson.undo_marker()
    crashed.wait(lambda: crashed.lesson.dashboard().t_s >= back_s + 2)
    summary = crashed.end()
    reader = LessonReader.open(Path(summary.lesson), KeySource.from_environment())
    assert LOST_NOTICE in summary.warnings
    assert [m.note for m in reader.markers()] == ["still here"]
    seen = summary.seats.per_second
    assert len(seen) == int(summary.duration_s)
    assert None in seen
    assert seen[0] == seen[-1] == 1.0
    lost = reader.estimates()["status"].to_list().count(str(EstimateStatus.SOURCE_LOST))
    assert lost >= 2  # loading alone takes 2.5 s; a second may also pass before its first picture
    # The seat keeps its number: it is found again at its place.
    assert {s.seat for s in crashed.analyst.seen.analysis.seats} == {1}


@pytest.mark.fault(15)
def test_an_analysis_that_crashes_again_and_again_is_given_up_and_the_lesson_goes_on(rig) -> None:
    fragile = rig(ScriptedParts(), RestartBudget(restarts=1))
    fragile.wait(lambda: fragile.lesson.dashboard().t_s >= 1)
    os.kill(fragile.analyst.pid, signal.SIGKILL)
    fragile.wait(lambda: fragile.analyst.ready and fragile.analyst.restarts == 1)
    os.kill(fragile.analyst.pid, signal.SIGKILL)
    fragile.wait(lambda: fragile.analyst.gone)
    taken = fragile.analyst.taken
    gone_s = fragile.lesson.dashboard().t_s
    fragile.wait(lambda: fragile.lesson.dashboard().t_s >= gone_s + 2)
    assert fragile.lesson.add_label(LabelKind.LOST, estimate_visible=False) >= gone_s
    summary = fragile.end()
    assert GONE_NOTICE in summary.warnings
    reader = LessonReader.open(Path(summary.lesson))
    assert len(reader.labels()) == 1
    counters = reader.counters()
    assert taken == counters["analysed_vision"] <= RATE_HZ * gone_s  # each picture counts once
    assert counters["dropped_vision"] == counters["due_vision"] - taken
    assert not fragile.analyst.seen.analysis.seats  # nobody is pointed at where nobody looks any more


@pytest.mark.parametrize("fault", ["hangs", "no process"])
def test_an_analysis_that_cannot_be_loaded_again_is_given_up(rig, monkeypatch, fault) -> None:
    stuck = rig(ScriptedParts(loads_s=1.5), RestartBudget(restarts=1))
    if fault == "hangs":
        monkeypatch.setattr("classroom_analyzer.pipeline.analysis_child.LOAD_WITHIN_S", 0.3)
    else:

        def refuse_to_start(_child: ChildProcess) -> None:
            raise OSError("Cannot allocate memory")

        monkeypatch.setattr(ChildProcess, "start", refuse_to_start)
    os.kill(stuck.analyst.pid, signal.SIGKILL)
    stuck.wait(lambda: stuck.analyst.gone, 5)
    assert GONE_NOTICE in stuck.end().warnings


def test_a_masked_seat_is_shown_only_as_the_analysis_masked_it_also_after_a_crash(rig) -> None:
    masked = rig(ScriptedParts())
    masked.wait(lambda: (p := masked.lesson.preview()) is not None and bool((p.image == GREY).all()))
    masked.lesson.mask_seat(1)
    asked_s = time.monotonic()
    masked.wait(lambda: (p := masked.lesson.preview()) is not None and not p.image.any())
    assert time.monotonic() - asked_s < 1.0
    os.kill(masked.analyst.pid, signal.SIGKILL)
    masked.wait(lambda: masked.analyst.ready and masked.analyst.restarts == 1)
    for _ in range(50):
        preview = masked.lesson.preview()
        assert preview is None or not preview.image.any()
        time.sleep(0.02)
    assert masked.lesson.dashboard().masked_seats == {1}
    masked.end()


def test_a_seat_that_is_masked_while_the_analysis_is_begun_anew_is_masked_in_it(rig) -> None:
    masked = rig(ScriptedParts(loads_s=1.0))
    masked.wait(lambda: masked.lesson.preview() is not None)
    os.kill(masked.analyst.pid, signal.SIGKILL)
    masked.wait(lambda: masked.analyst.restarts == 1)
    assert not masked.analyst.ready
    masked.lesson.mask_seat(1)
    masked.wait(lambda: masked.analyst.seen.analysed > 0)
    assert masked.analyst.seen.excluded == {1}
    masked.wait(lambda: (p := masked.lesson.preview()) is not None and not p.image.any())
    masked.end()


def test_a_paused_lesson_stays_paused_in_an_analysis_that_is_begun_anew(rig) -> None:
    paused = rig(ScriptedParts(loads_s=0.5))
    paused.wait(lambda: paused.analyst.analysed > 0)
    paused.lesson.pause()
    os.kill(paused.analyst.pid, signal.SIGKILL)
    paused.wait(lambda: paused.analyst.restarts == 1)
    analysed = paused.analyst.analysed
    paused.wait(lambda: paused.analyst.ready and paused.analyst.seen.taken >= 3)
    assert paused.analyst.analysed == analysed
    paused.lesson.resume()
    paused.wait(lambda: paused.analyst.analysed > analysed)
    paused.end()


def test_an_analysis_that_is_begun_anew_claims_no_mask_before_it_masked_a_picture(rig) -> None:
    masked = rig(ScriptedParts(loads_s=0.5))
    masked.wait(lambda: masked.analyst.analysed > 0)
    masked.lesson.pause()
    masked.lesson.mask_seat(1)
    os.kill(masked.analyst.pid, signal.SIGKILL)
    masked.wait(lambda: masked.analyst.restarts == 1 and masked.analyst.seen.taken >= 3)
    assert masked.analyst.seen.excluded == frozenset()
    masked.lesson.resume()
    masked.wait(lambda: masked.analyst.seen.excluded == {1})
    masked.end()


def test_a_pause_looks_at_nothing_and_is_kept_as_a_gap(rig) -> None:
    paused = rig(ScriptedParts())
    paused.wait(lambda: paused.lesson.dashboard().t_s >= 1)
    paused.lesson.pause()
    assert paused.lesson.dashboard().paused
    began_s = paused.lesson.dashboard().t_s
    assert paused.lesson.preview() is None
    paused.wait(lambda: paused.lesson.dashboard().t_s >= began_s + 3)
    paused.lesson.resume()
    paused.wait(lambda: paused.lesson.preview() is not None)
    summary = paused.end()
    reader = LessonReader.open(Path(summary.lesson))
    (gap,) = reader.gaps()
    assert gap.reason == "paused"
    assert gap.to_s - gap.from_s >= 2
    assert None in summary.seats.per_second
    assert reader.counters()["paused_vision"] > 0


def test_what_cannot_be_loaded_is_told_as_the_error_it_is() -> None:
    analyst = AnalysisChild(AnalysisPlan(refuse))
    analyst.start()
    with pytest.raises(ModelMissingError, match="install it"):
        analyst.wait_ready(CancelToken())
    analyst.stop()


def test_the_opening_can_be_stopped() -> None:
    analyst = AnalysisChild(AnalysisPlan(ScriptedParts()))
    analyst.start()
    cancel = CancelToken()
    cancel.cancel()
    began_s = time.monotonic()
    with pytest.raises(StoppedByUserError):
        analyst.wait_ready(cancel)
    analyst.stop()
    assert time.monotonic() - began_s < 3.0


def die() -> None:
    os._exit(9)


def test_a_process_that_ends_while_it_loads_is_one_sentence() -> None:
    analyst = AnalysisChild(AnalysisPlan(die))  # type: ignore[arg-type]
    analyst.start()
    with pytest.raises(AnalysisLostError, match="try again"):
        analyst.wait_ready(CancelToken())
    analyst.stop()
