"""A lesson on a disk that fails for a while; prints what was acknowledged and what was said, as JSON."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from pathlib import Path

from classroom_analyzer.domain.labels import Label, LabelKind, LabelSource
from classroom_analyzer.errors import OutputNotWritableError
from classroom_analyzer.storage import disk_guard
from classroom_analyzer.storage.key_source import KeySource
from classroom_analyzer.storage.lesson_writer import LessonWriter
from classroom_analyzer.storage.recorder import MediaRecorder
from tests.storage.lessons import PASSPHRASE, add_second, make_meta, make_summary
from tests.storage.test_recorder import picture, sound

FILE_LIMIT_BYTES = 250_000


class Fault:
    """One way in which a disk fails: ``full``, ``shim`` (the preloaded library) or ``limit`` (RLIMIT_FSIZE)."""

    def __init__(self, kind: str, out: Path) -> None:
        self._kind = kind
        self._filler = out / "filler"

    def begin(self) -> None:
        if self._kind == "full":
            with self._filler.open("ab", buffering=0) as file:
                for size in (1 << 20, 1 << 12, 1):
                    try:
                        while True:
                            file.write(bytes(size))
                    except OSError:
                        continue
        elif self._kind == "shim":
            Path(os.environ["FAULT_TRIGGER"]).touch()
        else:
            self._limit(FILE_LIMIT_BYTES)

    def end(self) -> None:
        if self._kind == "full":
            self._filler.unlink()
        elif self._kind == "shim":
            Path(os.environ["FAULT_TRIGGER"]).unlink()
        else:
            self._limit(-1)

    def _limit(self, size: int) -> None:
        import resource
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


class Lesson:
    def __init__(self, out: Path) -> None:
        disk_guard.MEDIA_STOP_BYTES = 3_000_000  # the disk of this test is a small one
        self.writer = LessonWriter.create(out, "physics", make_meta(), KeySource(PASSPHRASE, use_keyring=False))
        self.recorder = MediaRecorder(self.writer, pictures=True, sound_tracks=1)
        self.t_s = 0
        self.markers: list[int] = []
        self.labels: list[int] = []
        self.refused: list[str] = []

    def go_on(self, seconds: int) -> str | None:
        for _ in range(seconds):
            self.t_s += 1
            for step in range(10):
                self.recorder.add_frame(picture(self.t_s + step / 10, 160, 120))
                self.recorder.add_audio(sound(self.t_s + step / 10))
                time.sleep(0.005)
            add_second(self.writer, self.t_s)
        return self.writer.trouble

    def mark(self) -> None:
        try:
            self.markers.append(self.writer.add_marker(self.t_s, f"note {self.t_s}"))
            label = Label(self.t_s, LabelKind.WITH_ME, 1, False, LabelSource.PRESS)
            self.labels.append(self.writer.add_label(label))
        except OutputNotWritableError as error:
            self.refused.append(error.reason)


def main(kind: str, out: Path, keep: Path | None) -> None:
    fault, lesson, said = Fault(kind, out), Lesson(out), {}
    lesson.go_on(3)
    lesson.mark()
    fault.begin()
    said["first"] = lesson.go_on(15 if kind == "limit" else 5)
    lesson.mark()
    if kind == "full":  # the reserve has paid so far; now that is gone too
        time.sleep(1.2)
        said["reserve"] = lesson.writer.guard_disk().full
        fault.begin()
        said["second"] = lesson.go_on(15)
        lesson.mark()
    fault.end()
    said["after"] = lesson.go_on(3)
    lesson.mark()
    lesson.recorder.close()
    health = lesson.recorder.health()
    said |= {"recording": health.state, "detail": health.detail}
    summary = make_summary(lesson.writer.folder, duration_s=float(lesson.t_s))
    try:
        folder = lesson.writer.finish(summary, complete=True)
    except OutputNotWritableError as error:
        said["finish"], folder = error.reason, lesson.writer.folder
    if keep is not None:
        shutil.copytree(folder, keep)
        folder = keep
    said |= {"folder": str(folder), "t_s": lesson.t_s, "markers": lesson.markers, "labels": lesson.labels}
    print(json.dumps({**said, "refused": lesson.refused}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None)
