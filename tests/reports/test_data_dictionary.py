from __future__ import annotations

from classroom_analyzer.domain.unmeasured import WHAT_WOULD_FILL
from classroom_analyzer.perception.text.analyzer import TextAnalyzer
from classroom_analyzer.reports.data_dictionary import dictionary_text


def test_every_indicator_of_the_chat_says_what_would_fill_it():
    names = {reading.name.partition(".")[0] for reading in TextAnalyzer().second(1, None).readings}
    assert names <= WHAT_WOULD_FILL.keys()


def test_the_dictionary_says_of_indicators_without_a_model_what_they_need():
    text = dictionary_text()
    for name in ("hand_raise", "chat_urgency", "sentiment", "on_task_talk", "wait_time", "perclos"):
        assert f"| {name} | {WHAT_WOULD_FILL[name]} |" in text
    assert "language not supported" in text
