"""The windows of a clip are those that the engine makes of the same seconds."""

from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.domain.features import WINDOWS
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.phases import Phase
from classroom_analyzer.domain.sound import SoundMode
from classroom_analyzer.pipeline.windows import LessonWindows
from classroom_analyzer.training.datasets.clip_windows import audio_windows, vision_windows, window_ends
from tests.pipeline.rows import audio, seat, vision

PITCHES = (4.0, 6.0, 5.0, 9.0, 2.0, 5.0, 7.0, 5.0, 4.0, 8.0)


def test_pictures_give_what_the_engine_makes_of_the_same_seconds() -> None:
    seconds = [
        vision(
            t_s,
            seat(1, pitch_deg=pitch, facing_target=t_s / 10, movement=None if t_s == 3 else 0.1),
            seat(2, status="unseen" if t_s > 4 else "ok", pitch_deg=None),
        )
        for t_s, pitch in enumerate(PITCHES, start=1)
    ]
    engine = LessonWindows()
    for second in seconds:
        engine.push(second.seats, None, None)
    _, batch, _ = engine.batches(None, Phase.UNKNOWN)
    ours = vision_windows(seconds, [10])
    np.testing.assert_allclose(ours.values[0], batch.values[Modality.VISION][0], atol=1e-6)
    np.testing.assert_array_equal(ours.valid[0], batch.valid[Modality.VISION][0])
    np.testing.assert_allclose(ours.quality[0], batch.quality[Modality.VISION][0], atol=1e-6)


def test_sound_gives_what_the_engine_makes_of_the_same_seconds() -> None:
    modes = (SoundMode.SINGLE, SoundMode.MULTIPLE, SoundMode.UNKNOWN)
    seconds = [
        audio(t_s, speech=t_s / 20, mode=modes[t_s % 3], quality=0.0 if t_s == 5 else 0.8) for t_s in range(1, 12)
    ]
    engine = LessonWindows()
    for second in seconds:
        engine.push(None, second, None)
    _, _, batch = engine.batches(None, Phase.UNKNOWN)
    ours = audio_windows(seconds, [11])
    np.testing.assert_allclose(ours.values[0], batch.values[Modality.AUDIO][0], atol=1e-6)
    np.testing.assert_array_equal(ours.valid[0], batch.valid[Modality.AUDIO][0])
    np.testing.assert_allclose(ours.quality[0], batch.quality[Modality.AUDIO][0], atol=1e-6)


def test_the_person_of_a_clip_is_who_is_usable_longest() -> None:
    seconds = [
        vision(t_s, seat(1, movement=0.9, status="ok" if t_s < 3 else "unseen"), seat(2)) for t_s in range(1, 11)
    ]
    movement = vision_windows(seconds, [10]).values[0, :, WINDOWS[Modality.VISION].names.index("movement")]
    assert movement == pytest.approx(0.2)


def test_a_clip_in_which_nobody_is_seen_has_no_valid_step() -> None:
    windows = vision_windows([vision(t_s) for t_s in range(1, 11)], [10])
    assert not windows.valid.any()
    assert np.isnan(windows.values).all()


@pytest.mark.parametrize(("seconds", "ends"), [(3, (3,)), (10, (10,)), (29, (10, 20))])
def test_a_window_ends_at_each_ten_seconds_or_with_a_shorter_clip(seconds: int, ends: tuple[int, ...]) -> None:
    assert window_ends(seconds) == ends
