"""The whole of the vision part against lessons with known answers."""

from __future__ import annotations

import json

import pytest

from tests.perception.vision.lessons import analyzer, frames, run


@pytest.mark.parametrize(("lesson", "file", "until_s", "people"), [
    ("inperson", "lesson.mkv", 12, 4), ("gallery", "lesson.mkv", 12, 6), ("webcam", "lesson.mp4", 12, 1),
])  # fmt: skip
def test_seats_agree_with_the_faces_counted_by_eye(shared_data, lesson, file, until_s, people):
    folder = shared_data / "lessons" / lesson
    results = list(run(analyzer(), folder / file, min_gap_s=0.3, until_s=until_s))
    counts = [second.seats_seen for _, _, second in results if second is not None]
    truth = json.loads((folder / "truth.json").read_text())["faces_per_second"][:until_s]
    off = [abs(count - true) for count, true in zip(counts, truth, strict=True)]
    assert sum(o <= 1 for o in off) >= 0.9 * len(truth)
    assert sum(o == 0 for o in off) >= 0.9 * len(truth)
    assert len(results[-1][1].seats) == people


def test_a_camera_that_goes_off_and_on_again_is_the_same_seat(shared_data):
    """Gallery tile 6 is black from 20 to 35 s."""
    homes: dict[str, int] = {}
    for frame, analysis, second in run(analyzer(), shared_data / "lessons/gallery/lesson.mkv", 1.0, until_s=38):
        tile = {s.seat: (int(s.box.centre_px[0] // 427), int(s.box.centre_px[1] // 360)) for s in analysis.seats}
        for seat, place in tile.items():
            assert homes.setdefault(seat, place) == place
        if second is not None and 22e9 < frame.t_ns < 34e9:
            (row,) = [row for row in second.seats if homes[row.seat] == (2, 1)]
            assert row.status == "unseen"
    assert analysis.faces_seen == 6


def test_a_cartoon_has_no_seats(shared_data):
    *_, (_, analysis, second) = run(analyzer(), shared_data / "video/no_face.mp4")
    assert analysis.seats == ()
    assert second.seats_seen == 0.0


# Frames of the recording that hold no face, looked through in steps (the README of the recordings).
FACE_FREE = ((700, 738), (785, 845))


def test_people_seen_from_behind_are_at_most_one_face_in_a_hundred_frames(shared_data):
    path = shared_data / "video/one-by-one-person-detection.mp4"
    vision, faces, looked_at = analyzer(), 0, 0
    for frame in frames(path, 0.25, from_s=FACE_FREE[0][0] / 10, until_s=84.6):
        analysis = vision.analyze(frame)
        number = round(frame.t_ns / 1e8)
        if any(first <= number <= last for first, last in FACE_FREE):
            looked_at += 1
            faces += analysis.faces_seen
    assert looked_at > 30
    assert faces <= looked_at / 100
    assert len(analysis.seats) <= 1
