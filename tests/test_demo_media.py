"""The bundled demo lesson holds what its truth file says, for the same detectors that read any recording."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from classroom_analyzer.domain.clock import to_s
from classroom_analyzer.models import assets
from classroom_analyzer.models.store import ModelStore
from classroom_analyzer.perception.audio.frames import FRAME_S, FRAME_SAMPLES
from classroom_analyzer.perception.audio.vad import SileroVad
from classroom_analyzer.perception.opencv import cv2
from classroom_analyzer.perception.vision.centerface import CenterFaceDetector
from classroom_analyzer.sources.chat.read import read_chat
from classroom_analyzer.sources.media import MediaFile, probe

LESSON = assets.path("demo", "demo.mp4")
CHAT = assets.path("demo", "chat.jsonl")
MAX_BYTES = 5_000_000


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(assets.path("demo", "truth.json").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ModelStore:
    return ModelStore(tmp_path_factory.mktemp("models"))


def test_the_demo_is_small() -> None:
    assert sum(path.stat().st_size for path in assets.path("demo").iterdir() if path.is_file()) < MAX_BYTES


def test_it_has_picture_and_sound_of_the_stated_length(truth: dict[str, Any]) -> None:
    info = probe(LESSON)
    assert info.has_video
    assert info.has_audio
    assert [info.width_px, info.height_px] == truth["size"]
    assert info.duration_s == pytest.approx(truth["duration_s"], abs=0.2)


def test_the_index_comes_first_so_that_a_player_can_start_at_once() -> None:
    head = LESSON.read_bytes()[:200_000]
    assert 0 < head.find(b"moov") < head.find(b"mdat")


def test_the_detector_finds_every_seat_that_is_to_be_seen(store: ModelStore, truth: dict[str, Any]) -> None:
    detector = CenterFaceDetector(store.resolve("bundled:centerface", "detector").path)
    seen = []
    for frame in MediaFile(LESSON).frames(max_rate_hz=1 / 3):
        expected = truth["faces_per_second"][int(to_s(frame.t_ns))]
        # Half size, 40 px a face: the engine looks at such a picture no larger.
        image = np.asarray(cv2.resize(frame.image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
        seen.append((to_s(frame.t_ns), len(detector.detect(image)), expected))
    right = [found == expected for _, found, expected in seen]
    assert len(right) >= 38
    assert np.mean(right) >= 0.95, [row for row in seen if row[1] != row[2]]
    assert {expected for _, _, expected in seen} == {11, 12}


def test_voice_is_heard_when_somebody_speaks_and_not_in_the_silent_stretch(
    store: ModelStore, truth: dict[str, Any]
) -> None:
    vad = SileroVad(store.resolve("bundled:silero-vad", "vad").path)
    samples = np.concatenate([block.samples for block in MediaFile(LESSON).audio()])
    frames = samples[: len(samples) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)
    voiced = vad.probabilities(frames) >= 0.5
    at_s = (np.arange(len(voiced)) + 0.5) * FRAME_S
    spoken = np.zeros(len(voiced), bool)
    for turn in truth["speech"]:
        spoken |= (at_s >= turn["from_s"]) & (at_s < turn["to_s"])
    silent = (at_s >= truth["silent"]["from_s"] + 0.5) & (at_s < truth["silent"]["to_s"])
    assert voiced.mean() == pytest.approx(truth["speech_share"], abs=0.08)
    assert voiced[spoken].mean() > 0.85
    assert not voiced[silent].any()
    floor = samples[(84 * 16_000) : (93 * 16_000)]
    assert 20 * np.log10(np.sqrt(np.mean(floor**2))) == pytest.approx(-60, abs=4)


def test_twelve_authors_write_and_ask(truth: dict[str, Any]) -> None:
    chat = read_chat(CHAT, duration_s=float(truth["duration_s"]), start_clock=None)
    assert not chat.problems
    assert len(chat.messages) == truth["chat_messages"]
    assert len({message.participant for message in chat.messages}) == truth["chat_participants"] == 12
    assert sum("?" in message.text for message in chat.messages) == truth["chat_questions"] >= 8
    assert to_s(chat.messages[-1].t_ns) < truth["duration_s"]


def test_the_silent_stretch_lasts_ten_seconds_or_more_and_nobody_speaks_in_it(truth: dict[str, Any]) -> None:
    silent = truth["silent"]
    assert silent["to_s"] - silent["from_s"] >= 10
    assert all(turn["to_s"] <= silent["from_s"] or turn["from_s"] >= silent["to_s"] for turn in truth["speech"])


def test_the_note_beside_it_says_that_no_real_person_is_in_it() -> None:
    note = assets.path("demo", "README.md").read_text(encoding="utf-8")
    assert "No real person is in it" in note
    assert "Apache-2.0" in note
