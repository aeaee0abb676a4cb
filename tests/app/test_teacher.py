"""The teacher's voice from a sample, through a whole analysis."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from classroom_analyzer.app.analyze import Recording, analyze, open_recording, prepare_engine
from classroom_analyzer.app.demo import demo_request
from classroom_analyzer.app.request import LessonRequest
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.policy import Policy, PolicyGrant
from classroom_analyzer.domain.summary import LessonSummary
from classroom_analyzer.errors import BadInputError, UsageError
from classroom_analyzer.models import assets
from classroom_analyzer.perception.audio.enrolled import EnrolledTalkers
from classroom_analyzer.settings.schema import Settings
from tests.perception.tiny_models import tiny_xvector
from tests.rigs.opened_files import watch_opens

RATE = 16_000


def _request(out: Path, policy: Policy = Policy.ENGAGEMENT, **changes: object) -> LessonRequest:
    request = replace(demo_request(Settings(), out), grant=PolicyGrant(policy, "command line"))
    return replace(request, switched_on=frozenset({Modality.AUDIO}), **changes)  # type: ignore[arg-type]


def _read(path: Path) -> np.ndarray:
    samples, rate = soundfile.read(path, dtype="float32")
    assert rate == RATE
    return samples


@pytest.fixture
def lesson(shared_data: Path, tmp_path: Path) -> Path:
    """A woman reads the first half, a man speaks in the second; 60 s."""
    voices = [_read(shared_data / "audio" / name) for name in ("ami_trn05.flac", "ami_trn03.flac")]
    path = tmp_path / "lesson.wav"
    soundfile.write(path, np.concatenate([0.5 * v[: 30 * RATE] / np.abs(v).max() for v in voices]), RATE)
    return path


def _analyzed(lesson: Path, request: LessonRequest, home: Path, **files: Path) -> LessonSummary:
    return analyze(Recording(lesson, **files), request, home)


def test_a_stretch_of_the_recording_is_enough_to_tell_the_teachers_share(lesson: Path, tmp_path: Path, own_home: Path):
    summary = _analyzed(lesson, _request(tmp_path, teacher_voice="31-53"), own_home)
    assert summary.talk.teacher_share == pytest.approx(30 / 54, abs=0.15)
    assert any(m.spec == "bundled:voice-background" for m in summary.models)


def test_a_speaker_network_takes_the_place_of_the_bundled_comparison(lesson: Path, tmp_path: Path, own_home: Path):
    request = _request(tmp_path / "out", teacher_voice="31-53")
    spec = f"dir:{tiny_xvector(tmp_path / 'xvector')}"
    summary = _analyzed(lesson, replace(request, models=replace(request.models, speaker_encoder=spec)), own_home)
    assert summary.talk.teacher_share is not None
    assert [m.spec for m in summary.models if m.role == "teacher's voice"] == [spec]
    assert any("not measured" in text for text in summary.warnings)


def test_two_tracks_need_no_voice(lesson: Path, shared_data: Path, tmp_path: Path, own_home: Path):
    call = tmp_path / "call.wav"
    sound = np.zeros(60 * RATE, np.float32)
    read = _read(shared_data / "audio" / "librispeech_116-288045-0000.flac")[: 10 * RATE]
    sound[5 * RATE : 5 * RATE + len(read)] = 0.5 * read / np.abs(read).max()
    soundfile.write(call, sound, RATE)
    microphone = tmp_path / "microphone.wav"
    own = _read(lesson)
    own[: 30 * RATE] = np.random.default_rng(0).normal(0, 1e-4, 30 * RATE)
    soundfile.write(microphone, own, RATE)
    summary = _analyzed(microphone, _request(tmp_path / "out", Policy.OBSERVE), own_home, call_audio=call)
    assert summary.talk.teacher_share == pytest.approx(29 / 39, abs=0.1)


@pytest.fixture
def silence(tmp_path: Path) -> Path:
    path = tmp_path / "silence.wav"
    soundfile.write(path, np.random.default_rng(0).normal(0, 1e-3, 10 * RATE), RATE)
    return path


def test_a_sample_without_speech_leaves_the_share_empty_and_says_so(silence: Path, tmp_path: Path, own_home: Path):
    summary = _analyzed(silence, _request(tmp_path, teacher_voice=str(silence)), own_home)
    assert summary.talk.teacher_share is None
    assert any("0 s of speech" in text for text in summary.warnings)


@pytest.mark.alone
def test_under_observe_no_voice_is_compared(silence: Path, tmp_path: Path, own_home: Path):
    with watch_opens([assets.path("models/voice-background.safetensors")]) as opened:
        summary = _analyzed(silence, _request(tmp_path, Policy.OBSERVE, teacher_voice="0-9"), own_home)
        assert not opened.seen()
    assert summary.talk.teacher_share is None
    assert any("observe" in text for text in summary.warnings)


@pytest.mark.parametrize("given", ["9-3", "0-500"])
def test_a_stretch_that_is_none_is_wrong_usage(given: str, silence: Path, tmp_path: Path, own_home: Path):
    with pytest.raises(UsageError, match="30-55"):
        _analyzed(silence, _request(tmp_path / "out", teacher_voice=given), own_home)
    assert not (tmp_path / "out").exists()


def test_a_sample_that_is_no_sound_is_bad_input(silence: Path, tmp_path: Path, own_home: Path):
    for given in (tmp_path / "none.wav", tmp_path):
        with pytest.raises(BadInputError):
            _analyzed(silence, _request(tmp_path / "out", teacher_voice=str(given)), own_home)
    assert not (tmp_path / "out").exists()


def test_the_voice_is_forgotten_also_when_the_lesson_fails(lesson: Path, tmp_path: Path, own_home: Path):
    opened = open_recording(Recording(lesson))
    engine = prepare_engine(opened, _request(tmp_path / "out", teacher_voice="31-53"), own_home)
    audio = engine.parts.audio
    assert audio is not None
    assert isinstance(audio.talkers, EnrolledTalkers)
    voice = audio.talkers._voice
    frames = _read(lesson)[32 * RATE : 33 * RATE][: 31 * 512].reshape(31, 512)
    assert voice.score(frames) > voice.line
    with pytest.raises(ZeroDivisionError), engine:
        1 / 0  # noqa: B018
    assert voice.score(frames) < voice.line
    engine.writer.discard()
