from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.domain.features import WINDOWS
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.sound import SoundMode
from classroom_analyzer.training.datasets.clip_windows import ClipSeconds, clip_windows, window_ends
from tests.pipeline.rows import audio, seat, vision

NAMES = WINDOWS[Modality.VISION].names


def test_a_clip_gives_a_row_per_end_with_the_steps_of_its_own_ten_seconds() -> None:
    seconds = tuple(vision(t_s, seat(1, facing_target=t_s / 20)) for t_s in range(1, 21))
    windows = clip_windows(ClipSeconds(seconds, ()), window_ends(20))[Modality.VISION]
    facing = windows.values[:, :, NAMES.index("facing_target")]
    np.testing.assert_allclose(facing, np.arange(1, 21).reshape(2, 10) / 20, atol=1e-6)
    assert windows.valid.all()


def test_the_person_of_a_clip_is_who_is_usable_longest() -> None:
    seconds = tuple(
        vision(t_s, seat(1, movement=0.9, status="ok" if t_s < 3 else "unseen"), seat(2)) for t_s in range(1, 11)
    )
    windows = clip_windows(ClipSeconds(seconds, ()), (10,))[Modality.VISION]
    assert windows.values[0, :, NAMES.index("movement")] == pytest.approx(0.2)


def test_a_clip_in_which_nobody_is_seen_has_no_valid_step() -> None:
    windows = clip_windows(ClipSeconds(tuple(vision(t_s) for t_s in range(1, 11)), ()), (10,))
    assert not windows[Modality.VISION].valid.any()
    assert np.isnan(windows[Modality.VISION].values).all()
    assert not windows[Modality.AUDIO].valid.any()


@pytest.mark.parametrize("voice", [True, False])
def test_sound_of_a_clip_counts_only_with_a_voice_in_it(voice: bool) -> None:
    seen = tuple(vision(t_s, seat(1)) for t_s in range(1, 11))
    speech, mode = (1.0, SoundMode.SINGLE) if voice else (0.0, SoundMode.NONE)
    heard = tuple(audio(t_s, speech=speech, mode=mode) for t_s in range(1, 11))
    assert clip_windows(ClipSeconds(seen, heard), (10,))[Modality.AUDIO].valid.any() == voice


@pytest.mark.parametrize(("seconds", "ends"), [(3, (3,)), (10, (10,)), (29, (10, 20))])
def test_a_window_ends_at_each_ten_seconds_or_with_a_shorter_clip(seconds: int, ends: tuple[int, ...]) -> None:
    assert window_ends(seconds) == ends
