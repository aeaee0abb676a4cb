from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.domain.estimates import Coverage
from classroom_analyzer.domain.features import WINDOWS
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.phases import PHASES, Phase
from classroom_analyzer.domain.sound import SoundMode
from classroom_analyzer.fusion.windows import LessonWindows
from tests.pipeline.rows import audio, seat, text

ALL = frozenset(MODALITIES)


def test_a_second_lands_in_the_newest_step_and_the_rest_stays_invalid():
    windows = LessonWindows()
    windows.push([seat()], audio(1), text(1, messages=2, authors=2))
    seats, batch, class_batch = windows.batches(4, Phase.UNKNOWN)
    assert seats == (1,)
    assert batch.valid[Modality.VISION].tolist() == [[False] * 9 + [True]]
    assert batch.valid[Modality.AUDIO].tolist() == [[False] * 14 + [True]]
    assert batch.valid[Modality.TEXT].tolist() == [[False] * 11 + [True]]
    assert np.isnan(batch.values[Modality.VISION][0, :9]).all()
    np.testing.assert_allclose(batch.values[Modality.VISION][0, 9], [1.0, 0.75, 0.2, 0.0, 0.75, 0.0, 1.0], atol=1e-6)
    assert not class_batch.valid[Modality.VISION].any()


def test_steps_average_their_own_seconds():
    windows = LessonWindows()
    for t_s in range(1, 31):
        windows.push(None, audio(t_s, speech=1.0 if t_s <= 2 else 0.0, mode=SoundMode.SINGLE), None)
    _, _, batch = windows.batches(None, Phase.LECTURE)
    speech = batch.values[Modality.AUDIO][0, :, WINDOWS[Modality.AUDIO].names.index("speech_share")]
    assert speech.tolist() == [1.0] + [0.0] * 14
    assert batch.phase.tolist() == [PHASES.index(Phase.LECTURE)]


def test_chat_rates_are_per_minute_and_person():
    windows = LessonWindows()
    for t_s in range(1, 11):
        windows.push(None, None, text(t_s, messages=1, authors=2))
    _, _, batch = windows.batches(5, Phase.UNKNOWN)
    rate, questions, authors, words = batch.values[Modality.TEXT][0, -1]
    assert rate == pytest.approx(10 / (10 / 60) / 5)
    assert (questions, authors, words) == (0.0, pytest.approx(0.4), 4.0)


def test_a_connected_silent_chat_is_an_observation_and_a_missing_one_is_not():
    silent, missing = LessonWindows(), LessonWindows()
    silent.push(None, None, text(1))
    missing.push(None, None, text(1, connected=False))
    assert silent.batches(5, Phase.UNKNOWN)[2].values[Modality.TEXT][0, -1, 0] == 0.0
    assert not missing.batches(5, Phase.UNKNOWN)[2].valid[Modality.TEXT].any()


@pytest.mark.parametrize("status", ["unseen", "too_small", "turned_away", "excluded"])
def test_a_seat_that_is_not_really_seen_is_missing_data(status: str):
    windows = LessonWindows()
    windows.push([seat(1), seat(2, status=status)], None, None)
    assert windows.batches(2, Phase.UNKNOWN)[0] == (1,)


def test_coverage_counts_the_whole_window_from_the_first_second_on():
    windows = LessonWindows()
    windows.push([seat(1), seat(2)], audio(1), text(1))
    assert windows.coverage(4, ALL) == Coverage(2 / 40, 1 / 30, 1 / 120)


def test_coverage_is_none_where_switched_off_and_falls_when_a_seat_goes_dark():
    windows = LessonWindows()
    for _ in range(10):
        windows.push([seat(n) for n in range(1, 7)], None, None)
    on = frozenset({Modality.VISION})
    assert windows.coverage(6, on) == Coverage(1.0, None, None)
    for _ in range(10):
        windows.push([seat(n) for n in range(1, 6)], None, None)
    assert windows.coverage(6, on) == Coverage(pytest.approx(5 / 6), None, None)


def test_digital_silence_is_not_heard():
    windows = LessonWindows()
    windows.push(None, audio(1, quality=0.0), None)
    assert windows.coverage(1, frozenset({Modality.AUDIO})).audio == 0.0
    assert not windows.batches(1, Phase.UNKNOWN)[2].valid[Modality.AUDIO].any()


def test_pitch_is_measured_against_the_seats_own_usual():
    windows = LessonWindows()
    for pitch_deg in [10.0] * 20 + [25.0]:
        windows.push([seat(pitch_deg=pitch_deg)], None, None)
    down = windows.batches(1, Phase.UNKNOWN)[1].values[Modality.VISION][0, :, 3]
    assert down[-1] == pytest.approx(15.0)
    assert down[-2] == pytest.approx(0.0)


def test_memory_stays_flat_in_lesson_length():
    windows = LessonWindows()
    for t_s in range(1, 2000):
        windows.push([seat()], audio(t_s), text(t_s))
    assert len(windows._audio) == 30
    assert len(windows._text) == 120
    assert len(windows._seats[1].seconds) == 10


def test_a_dark_seat_lowers_what_was_observed_even_while_the_chat_window_still_fills():
    windows = LessonWindows()
    for t_s in range(1, 21):
        windows.push([seat(n) for n in range(1, 7)], audio(t_s), text(t_s))
    assert windows.observed(6, ALL) == pytest.approx(1.0)
    for t_s in range(21, 31):
        windows.push([seat(n) for n in range(1, 6)], audio(t_s), text(t_s))
    assert windows.observed(6, ALL) == pytest.approx((5 / 6 + 1 + 1) / 3)


def test_the_first_seconds_are_little_observed():
    windows = LessonWindows()
    windows.push([seat()], audio(1), text(1))
    assert windows.observed(1, ALL) == pytest.approx(0.1)


def test_sound_is_no_evidence_until_a_voice_was_heard_and_silence_counts_from_then_on():
    windows = LessonWindows()
    for t_s in range(1, 31):
        windows.push(None, audio(t_s, speech=0.0, mode=SoundMode.NONE), None)
    _, _, noise = windows.batches(None, Phase.UNKNOWN)
    assert not noise.valid[Modality.AUDIO].any()
    assert windows.coverage(None, frozenset({Modality.AUDIO})).audio == 0
    windows.push(None, audio(31, speech=1.0, mode=SoundMode.SINGLE), None)
    for t_s in range(32, 70):
        windows.push(None, audio(t_s, speech=0.0, mode=SoundMode.NONE), None)
    _, _, silence = windows.batches(None, Phase.UNKNOWN)
    assert silence.valid[Modality.AUDIO].all()
    assert windows.coverage(None, frozenset({Modality.AUDIO})).audio == 1


def test_a_seats_window_holds_what_all_seats_do():
    windows = LessonWindows()
    windows.push([seat(1, facing_target=1.0), seat(2, facing_target=0.0)], None, None)
    windows.push([seat(1, facing_target=1.0)], None, None)
    _, batch, _ = windows.batches(2, Phase.LECTURE)
    names = WINDOWS[Modality.VISION].names
    context = batch.values[Modality.VISION][0][-2:, [names.index("class_facing"), names.index("class_seats")]]
    assert context.tolist() == [[0.5, 2.0], [1.0, 1.0]]
