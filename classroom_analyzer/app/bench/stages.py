"""The stages besides vision: each prepares its input, then runs; only the run is timed.

Sound and recording are those of the bundled lesson; messages, seats and rows are invented.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import takewhile

from classroom_analyzer.app.bench.burst import MOST_MESSAGES, burst
from classroom_analyzer.app.bench.figures import StageFigure
from classroom_analyzer.app.bench.invented import audio_second, class_estimate, readings, seat_estimates, seat_seconds
from classroom_analyzer.app.bench.invented import text_second as invented_text
from classroom_analyzer.app.bench.workbench import Workbench
from classroom_analyzer.app.demo import DEMO_CLASS_SIZE, demo_recording
from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.media import VideoFrame
from classroom_analyzer.domain.modality import MODALITIES
from classroom_analyzer.domain.phases import Phase
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.models.store import ModelStore

__all__ = ["SIMPLE_STAGES", "Prepared", "measure_stage"]

SEATS = 30
MESSAGES_SHORT = 200
FUSION_WARM_S = 120  # until the longest window is full
FUSION_TIMED_S = 30
STORED_S = 120
SHORT_S = 8  # of fusion and storage where only a short lesson is wanted


@dataclass(frozen=True, slots=True)
class Prepared:
    """A stage whose input is ready.

    Attributes:
        run: Does the work; returns how many units.
        floor: After ``run``, prepares the bare work of the same units; None where the networks of ``run`` are the
            floor.
    """

    run: Callable[[], int]
    floor: Callable[[], Callable[[], int]] | None = None


def measure_stage(bench: Workbench, stage: str) -> StageFigure:
    """Prepare and time one stage of ``SIMPLE_STAGES``."""
    from classroom_analyzer.perception.network_clock import measure_networks

    unit, prepare = SIMPLE_STAGES[stage]
    prepared = prepare(bench)
    with measure_networks() as networks:
        ms = _ms_per_unit(prepared.run)
    if prepared.floor is None:
        return StageFigure(stage, unit, ms[0], 1000 * networks.total_s / ms[1])
    return StageFigure(stage, unit, ms[0], _ms_per_unit(prepared.floor())[0])


def _ms_per_unit(work: Callable[[], int]) -> tuple[float, int]:
    started_s = time.perf_counter()
    units = work()
    return 1000 * (time.perf_counter() - started_s) / units, units


def _lesson_s(bench: Workbench, duration_s: float) -> int:
    """Whole seconds of the bundled lesson that are measured."""
    return int(min(bench.effort.lesson_s or duration_s, duration_s))


def _decode(bench: Workbench) -> Prepared:
    from classroom_analyzer.sources.media import MediaFile

    media = MediaFile(demo_recording().path)
    end_s = _lesson_s(bench, media.info.duration_s) - 1

    def until_end(frames: Iterator[VideoFrame]) -> int:
        count = 0
        for frame in frames:
            bench.check()
            if frame.t_ns >= to_ns(end_s):
                break
            count += 1
        return count

    units = until_end(media.frames())
    if not units:
        raise BadInputError(demo_recording().path, "the bundled lesson has no picture; install it again")

    def bare() -> int:
        # All frames are decoded on the way to the one that is due at the end, only the first is converted.
        until_end(media.frames(max_rate_hz=1 / end_s))
        return units

    return Prepared(lambda: until_end(media.frames()), lambda: bare)


def _audio(bench: Workbench) -> Prepared:
    from classroom_analyzer.perception.audio.build import build_audio
    from classroom_analyzer.perception.encoders import build_sound_encoder
    from classroom_analyzer.sources.media import MediaFile

    media = MediaFile(demo_recording().path)
    seconds = _lesson_s(bench, media.info.duration_s)
    blocks = list(takewhile(lambda block: block.t_ns < to_ns(seconds), media.audio()))
    store = ModelStore(bench.home)
    encoder = store.resolve("bundled:sound-autoencoder", "sound encoder")
    audio = build_audio(
        vad=store.resolve("bundled:silero-vad", "voice activity").path,
        device=bench.device,
        encoder=build_sound_encoder(encoder.spec, encoder.path, bench.device),
    )

    def run() -> int:
        waiting = iter(blocks)
        block = next(waiting, None)
        for t_s in range(1, seconds + 1):
            bench.check()
            while block is not None and block.t_ns < to_ns(t_s):
                audio.push(block)
                block = next(waiting, None)
            audio.second(t_s)
        return seconds

    return Prepared(run)


def _text(bench: Workbench) -> Prepared:
    """A burst of messages, no two alike, with all heads that any policy may use."""
    from classroom_analyzer.perception.encoders import build_text_encoder
    from classroom_analyzer.perception.text.build import build_text

    store = ModelStore(bench.home)
    model = store.resolve("bundled:minilm", "text encoder")
    encoder = build_text_encoder(
        model.spec,
        model.path,
        bench.device,
        autoencoder=store.resolve("bundled:text-autoencoder", "text autoencoder").path,
    )
    encoder.encode(["the first call sets the network up"])
    text = build_text(
        encoder=encoder,
        question_marks_only=False,
        on_task=store.resolve("bundled:on-task", "on-task talk").path,
        confusion=store.resolve("bundled:confusion", "confusion").path,
    )
    messages = burst(MOST_MESSAGES if bench.effort.lesson_s is None else MESSAGES_SHORT)

    def run() -> int:
        for message in messages:
            text.push(message)
        for t_s in range(1, messages[-1].t_ns // to_ns(1) + 2):
            bench.check()
            text.second(t_s, DEMO_CLASS_SIZE)
        return len(messages)

    return Prepared(run)


def _fusion(bench: Workbench) -> Prepared:
    from classroom_analyzer.fusion.bundle import load_bundle
    from classroom_analyzer.fusion.estimator import Estimator
    from classroom_analyzer.fusion.windows import LessonWindows

    estimator = Estimator(load_bundle(ModelStore(bench.home).resolve("bundled:fusion", "fusion").path))
    windows, on = LessonWindows(), frozenset(MODALITIES)

    def close(t_s: int) -> int:
        bench.check()
        windows.push(seat_seconds(SEATS, t_s), audio_second(t_s), invented_text(t_s))
        seats, seat_batch, class_batch = windows.batches(SEATS, Phase.LECTURE)
        line, _ = estimator.estimate(
            t_s=t_s,
            seats=seats,
            seat_batch=seat_batch,
            class_batch=class_batch,
            class_size=SEATS,
            coverage=windows.coverage(SEATS, on),
            observed=windows.observed(SEATS, on),
            phase=Phase.LECTURE,
            switched_on=on,
        )
        return line.seats_seen

    used = [close(t_s) for t_s in range(1, FUSION_WARM_S + 1)]
    if used[-1] < SEATS:
        bench.note(f"fusion used {used[-1]} of {SEATS} invented seats")
    timed_s = FUSION_TIMED_S if bench.effort.lesson_s is None else SHORT_S
    return Prepared(lambda: len([close(FUSION_WARM_S + k) for k in range(1, timed_s + 1)]))


def _storage(bench: Workbench) -> Prepared:
    from classroom_analyzer.app.demo import demo_request
    from classroom_analyzer.settings.schema import load_settings
    from classroom_analyzer.storage.database import DATABASE_NAME, LessonDatabase, reading
    from classroom_analyzer.storage.key_source import KeySource
    from classroom_analyzer.storage.lesson_meta import LessonMeta
    from classroom_analyzer.storage.lesson_writer import LessonWriter

    grant = demo_request(load_settings(bench.scratch), bench.scratch).grant
    meta = LessonMeta("bench", datetime.now(UTC), "start of the bench", grant, "bench", (), 0, bench.device)
    writer = LessonWriter.create(bench.scratch, "bench", meta, KeySource("bench", use_keyring=False))
    seconds = STORED_S if bench.effort.lesson_s is None else SHORT_S
    rows = [(readings(t), class_estimate(t), seat_seconds(SEATS, t), seat_estimates(SEATS, t)) for t in range(seconds)]

    def run() -> int:
        for t_s, (measured, estimate, seats, judged) in enumerate(rows, 1):
            bench.check()
            writer.add_second(t_s, measured, estimate, seats, judged)
            writer.commit()
        return seconds

    def prepare_bare() -> Callable[[], int]:
        """The very same rows, encrypted already, into an empty database of the same kind."""
        with reading(writer.folder / DATABASE_NAME) as written:
            by_table = {
                table: _by_second(written.execute(f"SELECT * FROM {table}").fetchall(), column)
                for table, column in (("spool_indicators", 1), ("spool_estimates", 0), ("spool_seats", 1))
            }
        writer.discard()
        database = LessonDatabase.create(bench.scratch / "bare.db")

        def bare() -> int:
            for t_s in range(1, seconds + 1):
                with database.batch() as connection:
                    for table, found in by_table.items():
                        marks = ",".join("?" * len(found[t_s][0]))
                        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", found[t_s])
                database.commit()
            database.close()
            return seconds

        return bare

    return Prepared(run, prepare_bare)


def _by_second(rows: list[tuple[object, ...]], column: int) -> dict[object, list[tuple[object, ...]]]:
    found: dict[object, list[tuple[object, ...]]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found


SIMPLE_STAGES: dict[str, tuple[str, Callable[[Workbench], Prepared]]] = {
    "decode": ("frame of the bundled lesson", _decode),
    "audio": ("second of sound", _audio),
    "text": ("message", _text),
    "fusion": (f"second with {SEATS} seats", _fusion),
    "storage": (f"second with {SEATS} seats", _storage),
}
