"""A live lesson in a process of its own, to be killed: says on its pipe what was handed over and acknowledged."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from classroom_analyzer.domain.chat import ChatMessage
from classroom_analyzer.domain.labels import Label, LabelKind, LabelSource
from classroom_analyzer.storage.key_source import KeySource
from classroom_analyzer.storage.lesson_writer import LessonWriter
from classroom_analyzer.storage.recorder import MediaRecorder
from tests.storage.lessons import PASSPHRASE, add_second, make_meta
from tests.storage.test_recorder import picture, sound

STEP_S = 0.1


def say(word: str, number: float) -> None:
    os.write(1, f"{word} {number}\n".encode())


def main(out: Path, length_s: float) -> None:
    writer = LessonWriter.create(out, "physics", make_meta(), KeySource(PASSPHRASE, use_keyring=False))
    say("consent", 1)
    recorder = MediaRecorder(writer, pictures=True, sound_tracks=1)
    began, closed_s = time.monotonic(), 0
    for step in range(round(length_s / STEP_S)):
        t_s = step * STEP_S
        time.sleep(max(0.0, began + t_s - time.monotonic()))
        recorder.add_frame(picture(t_s, 320, 240))
        recorder.add_audio(sound(t_s % 50))
        say("frame", t_s)
        if int(t_s) > closed_s:
            closed_s = int(t_s)
            writer.add_message(ChatMessage(round(t_s * 1e9), "P01", f"line {closed_s}"))
            say("second", closed_s)
            add_second(writer, closed_s)
            say("kept", closed_s)
        if step % 3 == 0:
            say("marker", writer.add_marker(int(t_s), f"note {step}"))
        if step % 4 == 0:
            label = Label(int(t_s) + 1, LabelKind.WITH_ME, 1, False, LabelSource.PRESS)
            say("label", writer.add_label(label))


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
