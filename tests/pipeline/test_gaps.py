"""A stretch without a source is a gap from its last data until it is back, or until the lesson ends."""

from __future__ import annotations

from classroom_analyzer.domain.live import DeviceHealth, SourceState
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.pipeline.gaps import Gap, GapBook


def camera(state: SourceState, detail: str = "") -> tuple[DeviceHealth, ...]:
    return (DeviceHealth(Modality.VISION, "webcam", state, 0, detail),)


def test_a_gap_ends_when_the_source_is_back_and_not_when_its_first_data_come() -> None:
    book = GapBook()
    assert book.follow(10.0, camera(SourceState.LOST, "unplugged"))[0] == []
    assert book.follow(12.0, camera(SourceState.RETRY, "no such camera"))[0] == []
    assert book.follow(13.0, camera(SourceState.STALE))[0] == []
    assert book.follow(14.0, camera(SourceState.OK))[0] == [Gap(Modality.VISION, 7.0, 14.0, "unplugged")]
    assert book.close(20.0) == []


def test_a_source_that_was_given_up_is_a_gap_until_the_end() -> None:
    book = GapBook()
    book.follow(10.0, camera(SourceState.RETRY, "its process ended"))
    assert book.follow(12.0, camera(SourceState.OFF, "switched off"))[0] == []
    assert book.follow(50.0, camera(SourceState.OFF, "switched off"))[0] == []
    assert book.close(60.0) == [Gap(Modality.VISION, 7.0, 60.0, "its process ended")]
