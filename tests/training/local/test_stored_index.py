from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from classroom_analyzer.domain.chat import ChatMessage
from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.phases import Phase
from classroom_analyzer.domain.readings import AudioSecond, Reading
from classroom_analyzer.domain.sound import SoundMode
from classroom_analyzer.fusion.index import TERMS, AdditiveIndex
from classroom_analyzer.fusion.windows import LessonWindows
from classroom_analyzer.perception.text.analyzer import TextAnalyzer
from classroom_analyzer.training.local.stored_index import STORED_TERMS, class_index

PEOPLE = 10
LENGTH_S = 200


def rows_of(readings: dict[int, list[Reading]]) -> pl.DataFrame:
    return pl.DataFrame(
        [(t, r.name, r.value) for t, listed in readings.items() for r in listed],
        schema={"t_s": pl.Int64, "name": pl.String, "value": pl.Float64},
        orient="row",
    )


def test_every_term_of_the_index_is_found_among_the_class_rows():
    assert {(term.modality, term.name) for term in TERMS} == STORED_TERMS.keys()


@pytest.mark.parametrize("phase", list(Phase))
def test_sound_and_chat_give_the_index_that_the_engines_windows_give(phase: Phase):
    rng = np.random.default_rng(0)
    text, windows = TextAnalyzer(), LessonWindows()
    stored: dict[int, list[Reading]] = {}
    heard: list[AudioSecond] = []
    messages = sorted((float(at), f"P{rng.integers(1, 9)}") for at in rng.uniform(0, LENGTH_S, 60))
    for t_s in range(1, LENGTH_S + 1):
        while messages and messages[0][0] < t_s:
            at, who = messages.pop(0)
            text.push(ChatMessage(to_ns(at), who, "so far so good"))
        share = float(rng.random())
        mode = SoundMode.MULTIPLE if rng.random() < 0.3 else SoundMode.SINGLE
        second = AudioSecond(t_s, 1.0, share, mode, -30.0, 10.0, None, 0.9, None, ())
        heard.append(second)
        chat = text.second(t_s, PEOPLE)
        windows.push(None, second, chat)
        last = heard[-30:]
        stored[t_s] = [
            *chat.readings,
            Reading("speech_share", float(np.mean([s.speech_share for s in last])), "share", 0.9),
            Reading("sound_mode.multiple", float(np.mean([s.mode is SoundMode.MULTIPLE for s in last])), "share", 0.9),
        ]
    _, _, batch = windows.batches(PEOPLE, phase)
    shown = np.array([[m is not Modality.VISION for m in MODALITIES]])
    of_windows = float(AdditiveIndex().predict(batch, shown).engagement[0, 0])
    found = class_index(rows_of(stored), dict.fromkeys(range(1, LENGTH_S + 1), str(phase)), PEOPLE, reads_chat=True)
    assert found[LENGTH_S] == pytest.approx(of_windows, abs=1e-6)


def test_faces_count_as_published_and_facing_only_where_the_phase_asks_for_it():
    rows = rows_of({5: [Reading("face_presence", 0.5, "share", 0.9), Reading("facing_target", 0.95, "share", 0.9)]})
    lecture = class_index(rows, {5: "lecture"}, PEOPLE, reads_chat=False)[5]
    work = class_index(rows, {5: "silent work"}, PEOPLE, reads_chat=False)[5]
    assert lecture == pytest.approx(0.6 + 0.20 * (0.5 - 0.9) + 0.30 * (0.95 - 0.55))
    assert work == pytest.approx(0.6 + 0.20 * (0.5 - 0.9))


def test_what_was_not_measured_or_is_no_modality_adds_nothing():
    rows = rows_of(
        {1: [Reading("speech_share", None, "share", None), Reading("chat_rate.messages", 40.0, "/min", 1.0)]}
    )
    assert class_index(rows, {}, PEOPLE, reads_chat=False) == {1: 0.6}
    assert class_index(rows, {}, None, reads_chat=True) == {1: 0.6}
