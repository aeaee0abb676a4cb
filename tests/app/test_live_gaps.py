"""What fails while a lesson runs is a gap in it, never a zero, and ends nothing (TRUST cases 1 and 4)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from classroom_analyzer.app.demo import demo_recording, demo_request
from classroom_analyzer.app.live import LiveSources, start_live
from classroom_analyzer.domain.live import SourceState
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.policy import Policy, PolicyGrant
from classroom_analyzer.settings.schema import Settings
from classroom_analyzer.sources.media import MediaFile
from classroom_analyzer.storage.lesson_reader import LessonReader
from tests.rigs.mjpeg import MjpegRig, wait_until
from tests.rigs.pulse import PulseRig, skip_without_pulseaudio


@pytest.mark.fault(1)
@pytest.mark.fault(4)
def test_a_stalled_camera_and_a_removed_microphone_are_gaps_and_the_lesson_goes_on(tmp_path: Path, own_home: Path):
    skip_without_pulseaudio()
    picture = next(iter(MediaFile(demo_recording().path).frames())).image
    grant = PolicyGrant(Policy.OBSERVE, "command line")
    request = replace(demo_request(Settings(), tmp_path / "out"), grant=grant)
    with PulseRig() as pulse, MjpegRig(rate_hz=10, picture=picture) as camera:
        lesson = start_live(LiveSources(camera=camera.url, microphone="", name="gaps"), request, own_home)

        def state(modality: Modality) -> SourceState:
            return {d.modality: d.state for d in lesson.dashboard().devices}[modality]

        try:
            wait_until(lambda: state(Modality.VISION) is SourceState.OK, within_s=20)
            wait_until(lambda: state(Modality.AUDIO) is SourceState.OK, within_s=20)
            wait_until(lambda: lesson.dashboard().t_s >= 2, within_s=10)
            camera.mode = "stall"
            pulse.unload_sink()
            wait_until(lambda: state(Modality.AUDIO) is not SourceState.OK, within_s=2)
            wait_until(lambda: state(Modality.VISION) in (SourceState.LOST, SourceState.RETRY), within_s=4)
            lost_s = lesson.dashboard().t_s
            wait_until(lambda: lesson.dashboard().t_s >= lost_s + 2, within_s=10)
            camera.mode = "normal"
            wait_until(lambda: state(Modality.VISION) is SourceState.OK, within_s=20)
            back_s = lesson.dashboard().t_s
            wait_until(lambda: lesson.dashboard().t_s >= back_s + 2, within_s=10)
        finally:
            lesson.stop()
            summary = lesson.wait(30)
    reader = LessonReader.open(Path(summary.lesson))
    gaps = {gap.modality: gap for gap in reader.gaps()}
    assert gaps[Modality.VISION].to_s - gaps[Modality.VISION].from_s >= 3
    assert gaps[Modality.AUDIO].to_s == summary.duration_s
    indicators = reader.indicators()
    rows = indicators.filter(indicators["name"] == "loudness")
    assert rows["value"].to_list()[-1] is None
    assert None in summary.seats.per_second
