"""Chats in any language run end to end; where a model was not trained for one, the lesson says so and gives null."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from classroom_analyzer.app.build import build_parts
from classroom_analyzer.app.demo import demo_request
from classroom_analyzer.domain.chat import ChatMessage
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.policy import Policy, PolicyGrant
from classroom_analyzer.domain.summary import LessonSummary
from classroom_analyzer.pipeline.engine import LessonEngine
from classroom_analyzer.pipeline.parts import EngineParts
from classroom_analyzer.settings.schema import Settings
from tests.perception.tiny_models import tiny_xlm_roberta
from tests.pipeline.test_live import make_engine

CHATS = {
    "chinese": ["我不明白这道题", "答案是十二吗？", "老师，请再讲一遍", "好的", "谢谢老师", "一半是四"],
    "arabic": ["لا أفهم هذا السؤال", "هل الجواب اثنا عشر؟", "شكرا", "نعم", "من فضلك أعد الشرح", "أربعة"],
    "emoji": ["👍", "😂😂😂", "🙂", "👩‍🏫❤️", "🎉", "🤷🏽‍♀️"],
    "signs": ["...", "\u200b\u202e", "\ud800", "12", "-", "?" * 5000],
}
ENGLISH = ["i think it is four", "what page are we on", "half of eight is four", "can you help me", "the answer is two",
           "because both sides are equal"]  # fmt: skip


def text_parts(home: Path, out: Path, policy: Policy = Policy.ENGAGEMENT, **models: str) -> EngineParts:
    request = demo_request(Settings(), out)
    request = replace(request, grant=PolicyGrant(policy, "command line"), models=replace(request.models, **models))
    parts = build_parts(request, home, frozenset({Modality.TEXT}))
    return replace(parts, estimator=None)


def run(engine: LessonEngine, parts: EngineParts, texts: list[str], seconds: int = 8) -> LessonSummary:
    engine.analysis.parts = parts
    for number, text in enumerate(texts):
        engine.on_message(ChatMessage(number * 10**9, f"P{number:02d}", text))
    for t_s in range(1, seconds + 1):
        engine.close_second(t_s)
    return engine.finish(seconds, complete=True, processing_s=1.0)


@pytest.fixture(scope="module")
def minilm(tmp_path_factory: pytest.TempPathFactory) -> EngineParts:
    return text_parts(tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("out"))


def fresh(parts: EngineParts) -> EngineParts:
    """The same networks, a new lesson."""
    from classroom_analyzer.perception.text.analyzer import TextAnalyzer

    assert parts.text is not None
    backlog = parts.text._backlog
    return replace(parts, text=TextAnalyzer(backlog._encoder, on_task=backlog._on_task), notices=[])


@pytest.mark.parametrize("language", CHATS)
def test_a_chat_that_is_not_english_is_counted_and_the_summary_says_why_on_task_talk_is_null(
    language: str, minilm: EngineParts, tmp_path: Path
):
    summary = run(make_engine(tmp_path), fresh(minilm), CHATS[language])
    assert (summary.chat.messages, summary.chat.participants) == (6, 6)
    assert summary.chat.on_task_share is None
    assert any("language not supported" in warning for warning in summary.warnings)


def test_a_chat_in_english_has_a_share_and_no_warning_even_among_other_languages(minilm: EngineParts, tmp_path: Path):
    mixed = [text for pair in zip(ENGLISH, CHATS["chinese"], strict=True) for text in pair]
    summary = run(make_engine(tmp_path), fresh(minilm), mixed, seconds=13)
    assert summary.chat.messages == 12
    assert summary.chat.on_task_share is not None
    assert 0 < summary.chat.on_task_share <= 1
    assert not any("language" in warning for warning in summary.warnings)


def test_four_messages_are_too_few_to_speak_of_a_language(minilm: EngineParts, tmp_path: Path):
    summary = run(make_engine(tmp_path), fresh(minilm), CHATS["chinese"][:4])
    assert summary.chat.on_task_share is None
    assert not any("language" in warning for warning in summary.warnings)


def test_a_multilingual_encoder_runs_and_leaves_on_task_talk_null(own_home: Path, tmp_path: Path):
    folder = tiny_xlm_roberta(tmp_path / "multilingual")
    parts = text_parts(own_home, tmp_path / "out", text_encoder=f"dir:{folder}")
    summary = run(make_engine(tmp_path), parts, [*CHATS["chinese"], *CHATS["arabic"], *ENGLISH], seconds=19)
    assert summary.chat.messages == 18
    assert summary.chat.on_task_share is None
    assert any("on-task talk needs the text encoder bundled:minilm" in warning for warning in summary.warnings)


@pytest.mark.parametrize(("policy", "there"), [(Policy.ENGAGEMENT, False), (Policy.RESEARCH, True)])
def test_confusion_is_a_row_under_research_only(policy: Policy, there: bool, own_home: Path, tmp_path: Path):
    parts = text_parts(own_home, tmp_path / "out", policy)
    assert parts.text is not None
    assert any(model.role == "confusion" for model in parts.models) is there
    for number, text in enumerate(["i am so confused, what does this mean"] * 3 + ENGLISH):
        parts.text.push(ChatMessage(number * 10**9, "P01", text))
    readings = [parts.text.second(t_s, 20).readings for t_s in range(1, 100)][-1]
    rows = {reading.name: reading for reading in readings}
    assert ("confusion" in rows) is there
    if there:
        assert rows["confusion"].n == 9
        assert rows["confusion"].value is not None
        assert 0.05 < rows["confusion"].value < 0.9
