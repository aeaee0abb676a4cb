"""Makes the demo lesson: demo.mp4, chat.jsonl and truth.json, beside this script or in the folder given.

    python assets/demo/make_demo.py [OUT_DIR]

Needs espeak-ng for the voices. Everything else is drawn and mixed here from one seed, so the content is the same
every time: twelve invented people in a call listen to a teacher who is heard but not seen.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import wave
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.sources.drawn_class import HeadState, draw_class, invent_people

SEED = 7
SEATS = 12
SIZE = (1280, 720)
FPS = 10
DURATION_S = 120
RATE_HZ = 22_050  # what espeak-ng gives
FLOOR_DBFS = -60.0
SPEECH_DBFS = -23.0

CAMERA_OFF = (5, 30.0, 45.0)  # seat index, from, to
AWAY = (60.0, 80.0)
AWAY_SEATS = (0, 2, 3, 6, 8, 9, 11)
SILENT = (81.5, 94.5)
QUESTIONS = (94.5, 118.0)

# voice name: espeak-ng voice, words a minute, pitch
VOICES = {
    "teacher": ("en-gb", 152, 42),
    "seat 2": ("en-us+f3", 165, 62),
    "seat 8": ("en-gb+m3", 160, 50),
    "seat 11": ("en-gb-scotland+f2", 160, 58),
}

# when, who, what
SPEECH = (
    (1.0, "teacher", "Good morning everybody. Today we ask why the moon seems to change its shape."),
    (7.0, "teacher", "Half of the moon is always lit, because the sun shines on it from one side."),
    (12.6, "teacher", "What changes is how much of that bright half we can see from here."),
    (17.6, "teacher", "When the moon stands between us and the sun, we look at its dark side. That is new moon."),
    (24.6, "teacher", "About a week later we see one half of it. We call that the first quarter."),
    (31.0, "teacher", "After two weeks the earth is between the sun and the moon, and we see a full bright disc."),
    (37.8, "teacher", "Then it shrinks again, and after twenty nine and a half days it starts from the beginning."),
    (45.2, "teacher", "Many people think that the shadow of the earth makes the phases. It does not."),
    (51.2, "teacher", "The shadow of the earth touches the moon only in an eclipse, and that is rare."),
    (57.2, "teacher", "Why is there no eclipse every month?"),
    (61.0, "teacher", "The path of the moon is tilted by five degrees against the path of the earth."),
    (66.6, "teacher", "So at most full moons it passes above or below the shadow."),
    (71.2, "teacher", "The numbers are in the table on page twelve, with the dates for this whole year."),
    (76.8, "teacher", "Now take your notebook, and draw the four phases on your own."),
    (95.0, "teacher", "Thank you. Who can tell me what we see one week after full moon?"),
    (102.2, "seat 2", "One half again, but the other half than before. The last quarter."),
    (107.2, "teacher", "Exactly. And where is the sun then?"),
    (111.4, "seat 8", "To the side of us."),
    (113.2, "seat 11", "That is why we see it in the morning."),
    (115.8, "teacher", "Very good. See you on Friday."),
)  # fmt: skip

# when, who, what
CHAT = (
    (3.0, "Ada", "Good morning!"),
    (3.8, "Ben", "morning"),
    (4.6, "Chloe", "Hi all"),
    (5.5, "Dario", "hello from the train :)"),
    (10.4, "Elif", "Is it always the same half of the moon that is lit?"),
    (14.0, "Farid", "No, the moon turns, so the lit half moves around"),
    (16.2, "Greta", "Oh, so day and night on the moon too"),
    (20.5, "Hana", "Can we see the new moon at all?"),
    (23.9, "Ivo", "Only as a dark disc, I think"),
    (26.8, "Ada", "First quarter but we see a half? Why is it called a quarter?"),
    (30.2, "Jonas", "Because one quarter of the way round is done"),
    (31.5, "Farid", "My camera froze, I'll be back in a moment"),
    (34.9, "Kemal", "Full moon = sun behind us, got it"),
    (39.0, "Lea", "Is it 28 or 29.5 days?"),
    (41.3, "Ben", "29.5, she just said it"),
    (43.0, "Lea", "thanks!"),
    (46.0, "Farid", "camera works again"),
    (49.5, "Chloe", "I always thought it was the shadow of the earth"),
    (50.9, "Greta", "me too"),
    (54.4, "Hana", "How long does an eclipse last?"),
    (58.9, "Dario", "Because the orbit is tilted?"),
    (60.2, "Elif", "¿La órbita está inclinada? Sí, unos cinco grados."),
    (65.5, "Ivo", "anyone seen my lunch box lol"),
    (70.1, "Ben", "which page?"),
    (73.0, "Kemal", "brb"),
    (75.0, "Ivo", "what's for lunch today?"),
    (79.0, "Greta", "Do we draw it as seen from earth or from above?"),
    (80.8, "Ada", "From earth I think"),
    (98.0, "Jonas", "A half moon"),
    (98.9, "Hana", "half, the left side"),
    (99.6, "Elif", "last quarter"),
    (100.3, "Lea", "last quarter, half of it is bright"),
    (101.2, "Dario", "Half moon, other side than before"),
    (106.4, "Chloe", "Yes, waning means it gets smaller"),
    (109.2, "Kemal", "On the left?"),
    (109.9, "Ada", "90 degrees away from the moon"),
    (110.8, "Greta", "To the east, so it rises before the sun"),
    (114.9, "Farid", "So that's the moon I see on the way to school"),
    (116.5, "Ben", "Could we look at it together next week?"),
    (118.2, "Lea", "Thank you, bye!"),
    (118.7, "Jonas", "See you Friday"),
)  # fmt: skip

Samples = NDArray[np.float32]


@dataclass(frozen=True)
class Spoken:
    """One sentence as it lies in the sound track."""

    from_s: float
    to_s: float
    voice: str
    text: str


def speak(voice: str, text: str) -> Samples:
    """Speak one sentence, without silence around it: mono float32 at RATE_HZ, at SPEECH_DBFS."""
    name, speed, pitch = VOICES[voice]
    command = ["espeak-ng", "-v", name, "-s", str(speed), "-p", str(pitch), "-z", "--stdout", text]
    done = subprocess.run(command, check=True, capture_output=True)
    with wave.open(io.BytesIO(done.stdout)) as sound:
        if sound.getframerate() != RATE_HZ or sound.getnchannels() != 1:
            sys.exit(f"espeak-ng gave {sound.getframerate()} Hz; {RATE_HZ} Hz mono was expected.")
        # The header of piped output does not know the length: read what is there.
        samples = np.frombuffer(sound.readframes(1 << 24), np.int16).astype(np.float32) / 32768
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    samples = samples[loud[0] : loud[-1] + 1]
    return samples * (10 ** (SPEECH_DBFS / 20) / np.sqrt(np.mean(samples**2)))


def make_sound(rng: np.random.Generator) -> tuple[Samples, dict[str, Samples], list[Spoken]]:
    """Mix voices and room.

    Returns:
        The sound; loudness of each voice per video frame, 0 to 1; what was said when.
    """
    count = DURATION_S * RATE_HZ
    hiss = np.convolve(rng.standard_normal(count + 15), np.hanning(16), "valid").astype(np.float32)
    sound = hiss * (10 ** (FLOOR_DBFS / 20) / hiss.std())
    loudness = {voice: np.zeros(DURATION_S * FPS, np.float32) for voice in VOICES}
    said: list[Spoken] = []
    for start_s, voice, text in SPEECH:
        samples = speak(voice, text)
        if said and start_s < said[-1].to_s + 0.2:
            sys.exit(f"'{text}' begins at {start_s} s, before the sentence before it ends ({said[-1].to_s:.1f} s).")
        at = round(start_s * RATE_HZ)
        sound[at : at + len(samples)] += samples
        said.append(Spoken(start_s, round(start_s + len(samples) / RATE_HZ, 3), voice, text))
        step = RATE_HZ // FPS
        power = np.sqrt(np.add.reduceat(samples**2, np.arange(0, len(samples), step)) / step)
        frame = round(start_s * FPS)
        loudness[voice][frame : frame + len(power)] = np.clip(power / 0.12, 0, 1)
    return np.clip(sound, -1, 1), loudness, said


def slow_noise(rng: np.random.Generator, periods_s: tuple[float, ...]) -> NDArray[np.float64]:
    """Smooth drift per video frame, standard deviation about 1."""
    t = np.arange(DURATION_S * FPS) / FPS
    waves = [np.sin(2 * np.pi * (t / (p * rng.uniform(0.8, 1.25)) + rng.random())) for p in periods_s]
    return np.asarray(np.sum(waves, axis=0) / np.sqrt(len(periods_s) / 2))


def between(t: NDArray[np.float64], from_s: float, to_s: float, ease_s: float = 0.6) -> NDArray[np.float64]:
    """1 inside the stretch, 0 outside, easing in and out."""
    x = np.clip(np.minimum(t - from_s, to_s - t) / ease_s, 0, 1)
    return np.asarray(x * x * (3 - 2 * x))


def away_pattern(rng: np.random.Generator, t: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turning to one side and the other for a few seconds each, in degrees of yaw."""
    yaw = np.zeros_like(t)
    at, side = AWAY[0] + rng.uniform(0, 2), float(rng.choice([-1, 1]))
    while at < AWAY[1] - 2.5:
        length = rng.uniform(2.5, 4.5)
        yaw += side * rng.uniform(37, 44) * between(t, at, min(at + length, AWAY[1]))
        at += length + rng.uniform(0.0, 0.8)
        side = -side if rng.random() < 0.7 else side
    return yaw


def act(seat: int, voice_loudness: Samples | None, rng: np.random.Generator) -> list[HeadState]:
    """What one seat does in every frame. Angles move in half degrees: a resting head then costs no bits."""
    t = np.arange(DURATION_S * FPS) / FPS
    place = (seat % 4) - 1.5
    yaw = rng.uniform(-4, 4) - 1.5 * place + 3.0 * slow_noise(rng, (9, 17, 31))
    pitch = rng.uniform(-3, 4) + 2.0 * slow_noise(rng, (7, 19, 29))
    roll = 1.5 * slow_noise(rng, (11, 23))
    sway = 0.035 * slow_noise(rng, (13, 21))
    # Now and then somebody glances aside or nods.
    for at in np.arange(rng.uniform(5, 15), AWAY[0], 17.0):
        yaw += rng.uniform(-16, 16) * between(t, at, at + rng.uniform(1.5, 3))
    for at in np.arange(rng.uniform(8, 18), AWAY[0], 23.0):
        pitch += 6 * np.sin(2 * np.pi * 1.1 * (t - at)) * between(t, at, at + 1.8)
    if seat in AWAY_SEATS:
        yaw += away_pattern(rng, t)
        restless = between(t, *AWAY)
        sway += restless * 0.07 * slow_noise(rng, (2.1, 3.7))
        roll += restless * 4 * slow_noise(rng, (3.1, 5.3))
    notes = between(t, SILENT[0] + rng.uniform(0, 1.2), SILENT[1] - rng.uniform(0, 1.0), 1.0)
    yaw = yaw * (1 - 0.5 * notes)
    pitch = pitch * (1 - 0.6 * notes) + notes * (rng.uniform(19, 25) + 1.5 * slow_noise(rng, (2.5, 4.2)))
    blink = np.zeros(len(t))
    at = rng.uniform(0.5, 4)
    while at < DURATION_S - 1:
        blink[int(at * FPS)] = 1.0
        blink[int(at * FPS) + 1] = 0.5
        at += rng.uniform(2.5, 6)
    blink = np.maximum(blink, 0.5 * (notes > 0.5))  # who looks at the paper has the lids low
    mouth = np.zeros(len(t)) if voice_loudness is None else voice_loudness.astype(np.float64)
    off_seat, off_from, off_to = CAMERA_OFF
    return [
        HeadState(
            yaw_deg=round(2 * float(yaw[i])) / 2,
            pitch_deg=round(2 * float(pitch[i])) / 2,
            roll_deg=round(2 * float(roll[i])) / 2,
            mouth_open=round(5 * float(mouth[i])) / 5,
            blink=float(blink[i]),
            sway=(round(160 * float(sway[i])) / 160, 0.0),
            camera_on=not (seat == off_seat and off_from <= t[i] < off_to),
        )
        for i in range(len(t))
    ]


def write_media(path: Path, sound: Samples, acts: list[list[HeadState]]) -> None:
    """Draw, encode and join picture and sound."""
    people = invent_people(SEATS, SEED)
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as out:
        video = out.add_stream("libx264", rate=FPS)
        video.width, video.height = SIZE
        video.pix_fmt = "yuv420p"
        video.options = {"crf": "30", "preset": "medium", "g": str(5 * FPS), "threads": "1"}
        audio = out.add_stream("aac", rate=RATE_HZ, layout="mono")
        audio.bit_rate = 48_000
        heard = 0
        for i in range(DURATION_S * FPS):
            picture = av.VideoFrame.from_ndarray(draw_class(people, [a[i] for a in acts], SIZE, "call"), "bgr24")
            picture.pts, picture.time_base = i, Fraction(1, FPS)
            out.mux(video.encode(picture))
            # Sound keeps pace with the picture, so that a player need not look far ahead.
            until = round((i + 1) * RATE_HZ / FPS)
            block = av.AudioFrame.from_ndarray(sound[None, heard:until], "fltp", "mono")
            block.sample_rate, block.pts, block.time_base = RATE_HZ, heard, Fraction(1, RATE_HZ)
            out.mux(audio.encode(block))
            heard = until
        out.mux(video.encode())
        out.mux(audio.encode())


def truth(acts: list[list[HeadState]], said: list[Spoken]) -> dict[str, object]:
    """What is known about the lesson because we made it."""
    seats_seen = [sum(a[round((s + 0.5) * FPS)].camera_on for a in acts) for s in range(DURATION_S)]
    seat, off_from, off_to = CAMERA_OFF
    return {
        "lesson": "demo",
        "file": "demo.mp4",
        "chat": "chat.jsonl",
        "duration_s": DURATION_S,
        "fps": FPS,
        "size": list(SIZE),
        "class_size": SEATS,
        "faces_per_second": seats_seen,
        "camera_off": [{"tile": seat + 1, "from_s": off_from, "to_s": off_to}],
        "looking_away": {"tiles": [s + 1 for s in AWAY_SEATS], "from_s": AWAY[0], "to_s": AWAY[1]},
        "silent": {"from_s": SILENT[0], "to_s": SILENT[1]},
        "question_round": {"from_s": QUESTIONS[0], "to_s": QUESTIONS[1]},
        "speech": [{"from_s": s.from_s, "to_s": s.to_s, "voice": s.voice, "text": s.text} for s in said],
        "speech_share": round(sum(s.to_s - s.from_s for s in said) / DURATION_S, 3),
        "chat_messages": len(CHAT),
        "chat_participants": len({name for _, name, _ in CHAT}),
        "chat_questions": sum("?" in text for _, _, text in CHAT),
        "pose_per_second": [
            [[a[round((s + 0.5) * FPS)].yaw_deg, a[round((s + 0.5) * FPS)].pitch_deg] for a in acts]
            for s in range(DURATION_S)
        ],
    }


def lines_json(document: dict[str, object]) -> str:
    """JSON with one line for each key, and for each item of a list of lists or objects."""
    parts = []
    for key, value in document.items():
        nested = isinstance(value, list) and value and isinstance(value[0], list | dict)
        text = "[\n" + ",\n".join(f"    {json.dumps(v)}" for v in value) + "\n  ]" if nested else json.dumps(value)
        parts.append(f"  {json.dumps(key)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main() -> None:
    """Make all three files."""
    if shutil.which("espeak-ng") is None:
        sys.exit("espeak-ng is missing: install it (Debian: apt-get install espeak-ng), then run this again.")
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent
    out.mkdir(parents=True, exist_ok=True)
    sound, loudness, said = make_sound(np.random.default_rng(SEED))
    acts = [act(s, loudness.get(f"seat {s + 1}"), np.random.default_rng((SEED, s))) for s in range(SEATS)]
    chat = [json.dumps({"t": t, "name": name, "text": text}, ensure_ascii=False) for t, name, text in CHAT]
    (out / "chat.jsonl").write_text("\n".join(chat) + "\n", encoding="utf-8")
    (out / "truth.json").write_text(lines_json(truth(acts, said)), encoding="utf-8")
    write_media(out / "demo.mp4", sound, acts)


if __name__ == "__main__":
    main()
