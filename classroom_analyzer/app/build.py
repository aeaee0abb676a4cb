"""Turns a request into analyzers: resolves specs, verifies files, loads only what the policy allows.

Under ``observe`` no autoencoder, text encoder or fusion file is resolved, hashed or opened (TRUST.md section 1).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from classroom_analyzer.app.affect import AFFECT_NOTICE, build_affect, check_study
from classroom_analyzer.app.request import LessonRequest
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.policy import Policy
from classroom_analyzer.domain.summary import ModelUsed
from classroom_analyzer.models.safe import load_card
from classroom_analyzer.models.store import ModelFiles, ModelStore
from classroom_analyzer.pipeline.parts import EngineParts
from classroom_analyzer.settings.schema import AUTO, NONE

if TYPE_CHECKING:
    from classroom_analyzer.app.teacher import Enrol
    from classroom_analyzer.fusion.estimator import Estimator
    from classroom_analyzer.fusion.local_calibration import LocalCalibrator
    from classroom_analyzer.perception.audio.analyzer import AudioAnalyzer
    from classroom_analyzer.perception.audio.enrolled import VoiceScorer
    from classroom_analyzer.perception.audio.listener import VoiceListener
    from classroom_analyzer.perception.audio.timeline import VoiceTimeline
    from classroom_analyzer.perception.audio.two_tracks import TwoTracks
    from classroom_analyzer.perception.text.analyzer import TextAnalyzer
    from classroom_analyzer.perception.text.talk import TalkAnalyzer
    from classroom_analyzer.perception.vision.affect import AffectWatch
    from classroom_analyzer.perception.vision.analyzer import VisionAnalyzer
    from classroom_analyzer.pipeline.transcribing import Transcription
    from classroom_analyzer.sources.media import Media

__all__ = ["DETECTOR_PACK", "LANDMARKS_PACK", "build_parts", "face_detector_spec"]

BUNDLED_DETECTOR = "bundled:centerface"
DETECTOR_PACK = "pack:yunet"
LANDMARKS_PACK = "pack:face_landmarker"
MINILM = "bundled:minilm"


def build_parts(
    request: LessonRequest,
    home: Path,
    available: frozenset[Modality],
    *,
    paced: bool = False,
    sound: Media | None = None,
    two_tracks: bool = False,
    transcript: bool = False,
) -> EngineParts:
    """Load what a lesson needs.

    Args:
        request: The lesson.
        home: Folder of all state.
        available: Modalities that the input has; others are not loaded.
        paced: Whether the lesson runs by the clock, so that work may have to wait; a recording is never in a hurry.
        sound: The recording's sound, from which a sample of the teacher's voice may be taken; None when it is live.
        two_tracks: Whether the call's own sound comes apart from the microphone's.
        transcript: Whether a transcript is there; nothing is recognised then.

    Raises:
        PolicyRefusedError: An affect head was asked for and the policy is not ``research``.
        UsageError: The sample of the teacher's voice, or the affect head, is not named rightly.
        BadInputError: That sample cannot be read.
        ModelMissingError: A model is not on this machine.
        BadModelError: A model must not be used.
    """
    if request.models.affect is not None:
        check_study(request.grant)
    from classroom_analyzer.perception.device import best_device, use_one_thread

    if request.models.all_small:
        use_one_thread()
    loader = _Loader(request, ModelStore(home), best_device())
    on = request.switched_on & available
    vision = loader.vision(paced) if Modality.VISION in on else None
    voice, transcription = loader.words(Modality.AUDIO in on, paced, transcript)
    listeners = [listener for listener in (voice, transcription) if listener is not None]
    audio, tracks = loader.audio(sound, two_tracks, listeners) if Modality.AUDIO in on else (None, None)
    if transcription is not None and audio is not None and audio.talkers is not None:
        transcription.role_of = audio.talkers.role_of
    estimator = loader.estimator() if request.grant.policy.allows_estimate else None
    return EngineParts(
        vision=vision,
        audio=audio,
        text=loader.text(paced) if Modality.TEXT in on else None,
        talk=loader.talk(voice) if transcript or transcription is not None else None,
        transcription=transcription,
        estimator=estimator,
        calibrator=loader.calibrator(home, estimator) if estimator is not None else None,
        models=tuple(loader.used),
        device=loader.device,
        notices=loader.notices,
        tracks=tracks,
    )


def face_detector_spec(choice: str, store: ModelStore) -> str:
    """Say which detector a choice stands for.

    Args:
        choice: A spec, or ``auto``.
        store: The user's models.
    """
    if choice != AUTO:
        return choice
    return DETECTOR_PACK if store.has(DETECTOR_PACK) else BUNDLED_DETECTOR


class _Loader:
    def __init__(self, request: LessonRequest, store: ModelStore, device: str) -> None:
        self._request = request
        self._models = request.models
        self._estimates = request.grant.policy.allows_estimate
        self._store = store
        self.device = device
        self.used: list[ModelUsed] = []
        self.notices: list[str] = []

    def vision(self, paced: bool) -> VisionAnalyzer:
        from classroom_analyzer.perception.vision.build import build_vision

        detector = self._resolve(face_detector_spec(self._models.face_detector, self._store), "face detector")
        encoder = landmarks = affect = None
        if self._estimates:
            landmarks = self._landmarks()
            from classroom_analyzer.perception.encoders import build_face_encoder

            files, autoencoder = self._encoder(self._models.face_encoder, "face encoder")
            encoder = build_face_encoder(
                files.spec, files.path, self.device, autoencoder=autoencoder, warn=self.notices.append
            )
            affect = self._affect(files)
        return build_vision(
            detector=detector.path,
            detector_kind=detector.spec.partition(":")[2],
            device=self.device,
            face_encoder=encoder,
            appearance=self._request.grant.policy.allows_appearance,
            excluded_seats=self._request.excluded_seats,
            landmarks=landmarks,
            analysed_fps=self._request.analysed_fps,
            by_load=paced,
            seat_codes=affect,
        )

    def _affect(self, face_encoder: ModelFiles) -> AffectWatch | None:
        """A study's head, only where it was asked for."""
        spec = self._models.affect
        if spec is None:
            return None
        files, watch = build_affect(spec, self._request.grant, self._store, face_encoder.sha256)
        self.used.append(ModelUsed(files.role, files.spec, files.sha256))
        self.notices.append(AFFECT_NOTICE)
        return watch

    def _landmarks(self) -> Path | None:
        """The pack's file: nobody's eyes are measured under ``observe``, so it is not asked for there."""
        spec = self._models.face_landmarks
        if spec == NONE or (spec == AUTO and not self._store.has(LANDMARKS_PACK)):
            return None
        return self._resolve(LANDMARKS_PACK if spec == AUTO else spec, "face landmarks").path

    def words(self, hears: bool, paced: bool, transcript: bool) -> tuple[VoiceTimeline | None, Transcription | None]:
        """What listens for words: when there was a voice, and what it said where a recogniser was asked for."""
        spec = self._models.transcriber
        if spec is not None and (transcript or not hears):
            why = "the transcript has the words" if transcript else "there is no sound"
            self.notices.append(f"{why}, so {spec} was not used")
            spec = None
        if not hears or (spec is None and not transcript):
            return None, None
        from classroom_analyzer.app.words import build_transcription
        from classroom_analyzer.perception.audio.timeline import VoiceTimeline

        if spec is None:
            return VoiceTimeline(), None
        return VoiceTimeline(), build_transcription(self._resolve, spec, self.device, self.notices.append, paced=paced)

    def talk(self, voice: VoiceTimeline | None) -> TalkAnalyzer:
        from classroom_analyzer.app.words import build_talk

        return build_talk(self._resolve, self.device, voice, judges=self._estimates)

    def audio(
        self, sound: Media | None, two_tracks: bool, listeners: Sequence[VoiceListener]
    ) -> tuple[AudioAnalyzer, TwoTracks | None]:
        from classroom_analyzer.perception.audio.build import build_audio, build_two_tracks

        vad = self._resolve("bundled:silero-vad", "voice activity")
        encoder = None
        if self._estimates:
            from classroom_analyzer.perception.encoders import build_sound_encoder

            files, autoencoder = self._encoder(self._models.audio_encoder, "sound encoder")
            encoder = build_sound_encoder(
                files.spec, files.path, self.device, autoencoder=autoencoder, warn=self.notices.append
            )
        if two_tracks:
            if self._request.teacher_voice is not None:
                self.notices.append("the sample of the teacher's voice was not needed: it has a track of its own")
            return build_two_tracks(vad=vad.path, device=self.device, encoder=encoder, listeners=listeners)
        teacher = self._teacher(self._request.teacher_voice, sound, vad.path)
        audio = build_audio(vad=vad.path, device=self.device, encoder=encoder, listeners=listeners, teacher=teacher)
        return audio, None

    def _teacher(self, sample: str | None, sound: Media | None, vad: Path) -> VoiceScorer | None:
        """Learn the teacher's voice; never under ``observe``."""
        if sample is None:
            return None
        if not self._estimates:
            self.notices.append("under observe no voice is compared with another, so the teacher's share stays empty")
            return None
        from classroom_analyzer.app.teacher import learn_voice

        voice = learn_voice(sample, sound, vad, self.device, self._enrolment())
        if isinstance(voice, str):
            self.notices.append(f"{voice}; the teacher's share stays empty")
            return None
        self.notices.append(
            "teacher and students were told by a sample of the teacher's voice, which can be wrong; how often it was "
            "on composed lessons: docs/results/sound.md"
        )
        return voice

    def _enrolment(self) -> Enrol:
        spec = self._models.speaker_encoder
        if spec is not None:
            from classroom_analyzer.perception.audio.enrolled import check_length
            from classroom_analyzer.perception.audio.xvectors import XVectorNetwork, XVectorVoice

            network = XVectorNetwork(self._resolve(spec, "teacher's voice").path, self.device, self.notices.append)
            self.notices.append(f"how well {spec} tells the teacher's voice from others was not measured")
            return lambda stretches, _: check_length(stretches) or XVectorVoice(network, stretches)
        from classroom_analyzer.perception.audio.enrolled import enrol
        from classroom_analyzer.perception.audio.voice_model import load_voice_background

        background = load_voice_background(self._resolve("bundled:voice-background", "teacher's voice").path)
        return lambda stretches, same: enrol(stretches, background, same_microphone=same)

    def text(self, paced: bool) -> TextAnalyzer:
        from classroom_analyzer.perception.text.build import build_text

        encoder = on_task = confusion = None
        if self._estimates:
            from classroom_analyzer.perception.encoders import build_text_encoder

            files, autoencoder = self._encoder(self._models.text_encoder, "text encoder")
            if files.spec == MINILM:
                autoencoder = self._resolve("bundled:text-autoencoder", "text autoencoder").path
                on_task = self._resolve("bundled:on-task", "on-task talk").path
                if self._request.grant.policy is Policy.RESEARCH:
                    confusion = self._resolve("bundled:confusion", "confusion").path
            else:
                self.notices.append(f"on-task talk needs the text encoder {MINILM}, so there is no figure for it")
            encoder = build_text_encoder(
                files.spec, files.path, self.device, autoencoder=autoencoder, warn=self.notices.append
            )
        return build_text(
            encoder=encoder,
            question_marks_only=not self._estimates,
            on_task=on_task,
            confusion=confusion,
            paced=paced,
        )

    def estimator(self) -> Estimator:
        from classroom_analyzer.fusion.bundle import load_bundle
        from classroom_analyzer.fusion.estimator import Estimator

        return Estimator(load_bundle(self._resolve(self._models.fusion, "fusion").path))

    def calibrator(self, home: Path, estimator: Estimator) -> LocalCalibrator | None:
        """What the marks of this class made of the bundle, as far as they may be used."""
        from classroom_analyzer.app.calibrate import local_fit

        bundle = next(model for model in self.used if model.role == "fusion")
        found = local_fit(home, self._request.class_name, bundle.sha256, estimator.bundle.calibration.tau)
        self.notices += found.notices
        if found.used is not None:
            self.used.append(found.used)
        return found.calibrator

    def _encoder(self, spec: str, role: str) -> tuple[ModelFiles, Path | None]:
        """An encoder, and the autoencoder of its features that lies beside a backbone."""
        from classroom_analyzer.perception.encoders import autoencoder_beside

        files = self._resolve(spec, role)
        if spec.startswith("bundled:"):
            return files, None
        beside = autoencoder_beside(files.path)
        if not beside.exists():
            self.notices.append(f"{role} {spec}: no autoencoder was trained for it, so novelty is unknown")
            return files, None
        card = load_card(beside)
        trained_on = card.get("encoder")
        if not isinstance(trained_on, dict) or trained_on.get("sha256") != files.sha256:
            self.notices.append(
                f"{role} {spec}: {beside.name} was trained on other weights than these, so novelty is unknown"
            )
            return files, None
        self.used.append(ModelUsed(f"{role}'s autoencoder", beside.name, str(card["sha256"])))
        return files, beside

    def _resolve(self, spec: str, role: str) -> ModelFiles:
        files = self._store.resolve(spec, role)
        used = ModelUsed(role, files.spec, files.sha256)
        if used not in self.used:  # two parts may share a network
            self.used.append(used)
        return files
