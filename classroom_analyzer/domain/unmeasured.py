"""Why an indicator can be without a value, and what would give it one: a sentence for each name of VALIDITY.md."""

from __future__ import annotations

__all__ = ["WHAT_WOULD_FILL"]

_LANDMARKS = "the landmark pack (models install pack:face_landmarker), a policy that allows it, eyes 60 px apart"
_TEACHER = "a sample of the teacher's voice, the call's own sound apart from the microphone, or a transcript"
_ENGLISH = "five messages in English and the bundled text encoder, under engagement or research"

# Names as in indicators.parquet; a name stands for its aspects too.
WHAT_WOULD_FILL = {
    "face_presence": "a picture in which faces can be found",
    "facing_target": "faces with the eyes 10 px apart that are not turned away",
    "gaze_target": _LANDMARKS,
    "ear": _LANDMARKS,
    "blink_rate": f"{_LANDMARKS}, 15 pictures a second",
    "perclos": f"{_LANDMARKS}, 15 pictures a second",
    "movement": "a camera that stays still",
    "synchrony": "five seats that are seen",
    "hand_raise": "no body model is shipped: a marker that the teacher sets stands for it",
    "sound_mode": "a microphone that is heard",
    "loudness": "a microphone that is heard",
    "speech_share": "a microphone that is heard",
    "silence": "a microphone that is heard",
    "turns": "a microphone that is heard",
    "talk_ratio": _TEACHER,
    "wait_time": "a transcript: without words no question is known",
    "pause_after_teacher": _TEACHER,
    "uptake": "a transcript in English with the teacher's and the students' words",
    "chat_rate": "a chat that was connected for 70 % of two minutes; five minutes of it for chat_rate.z",
    "chat_rate.latency": "a connected chat, and a transcript or recogniser that has a teacher's question",
    "questions": "a chat that was connected for 70 % of two minutes, or a transcript",
    "help_requests": "a chat that was connected for 70 % of two minutes",
    "on_task_talk": f"{_ENGLISH}; language not supported otherwise",
    "chat_urgency": "no model is shipped: no labelled messages with a free licence were at hand",
    "confusion": "the policy research and five messages in English",
    "uncalibrated": "a calibration of the class (train calibration); what the model said before it",
    "affect": "the policy research, an approved study's affect head (--affect-model), five seats seen for 7 of 10 s",
    "sentiment": "no model is shipped: it is off by default, and sarcasm and other languages mislead it",
}
