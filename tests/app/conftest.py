"""The first seconds of the bundled lesson, copied without decoding: real input that is quick to analyse."""

from __future__ import annotations

from dataclasses import dataclass

import av
import pytest

from classroom_analyzer.app.analyze import Recording
from classroom_analyzer.app.demo import demo_recording

SHORT_S = 12


@dataclass(frozen=True)
class ShortLesson:
    recording: Recording
    duration_s: float


@pytest.fixture(scope="session")
def short_lesson(tmp_path_factory: pytest.TempPathFactory) -> ShortLesson:
    source = demo_recording()
    path = tmp_path_factory.mktemp("short") / "short.mkv"
    with av.open(str(source.path)) as given, av.open(str(path), "w") as cut:
        streams = {s.index: cut.add_stream_from_template(s) for s in given.streams if s.type in ("video", "audio")}
        for packet in given.demux([s for s in given.streams if s.index in streams]):
            if packet.dts is not None and float(packet.pts * packet.time_base) < SHORT_S:
                packet.stream = streams[packet.stream_index]
                cut.mux(packet)
    return ShortLesson(Recording(path, chat=source.chat), SHORT_S)
