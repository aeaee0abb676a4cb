from __future__ import annotations

import json
from fractions import Fraction
from functools import partial
from pathlib import Path

import av
import numpy as np
import pytest

from classroom_analyzer.domain.faces import Box, Face, FrameAnalysis, HeadPose, SeatSighting
from classroom_analyzer.domain.progress import CancelToken, silent
from classroom_analyzer.errors import BadInputError, StoppedByUserError
from classroom_analyzer.sources.drawn_class import HeadState, draw_class, invent_people
from classroom_analyzer.sources.media import MediaFile
from classroom_analyzer.training.faces.evaluation import FaceTrial, recall_and_precision
from classroom_analyzer.training.faces.head_angles import TableReference, pose_errors
from classroom_analyzer.training.faces.picture_scale import reduced
from classroom_analyzer.training.faces.seat_places import Place, SwitchCounter
from classroom_analyzer.training.faces.truth import FaceTruth, PoseSample, read_pose_reference, read_truth
from tests.perception.vision.lessons import analyzer

FPS, SECONDS = 10, 3
TILES = [Place(Box(0, 0, 100, 100), is_tile=True), Place(Box(100, 0, 100, 100), is_tile=True)]


def yaw_at(frame: int) -> float:
    return float(20 * np.sin(2 * np.pi * frame / (FPS * SECONDS)))


@pytest.fixture(scope="module")
def turning_head(tmp_path_factory) -> MediaFile:
    """One drawn head that turns by 20 degrees to either side in 3 s."""
    path, people = tmp_path_factory.mktemp("faces") / "head.mp4", invent_people(1)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = 480, 360, "yuv420p"
        stream.codec_context.time_base = Fraction(1, FPS)
        for number in range(FPS * SECONDS):
            image = draw_class(people, [HeadState(yaw_deg=yaw_at(number))], (480, 360))
            picture = av.VideoFrame.from_ndarray(image, format="bgr24")
            picture.pts, picture.time_base = number, Fraction(1, FPS)
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    return MediaFile(path)


def trial(video: MediaFile, truth: FaceTruth, cancel: CancelToken | None = None) -> FaceTrial:
    return FaceTrial(video, truth, partial(analyzer), rate_hz=4, progress=silent, cancel=cancel or CancelToken())


def test_a_drawn_turning_head_is_counted_and_its_known_yaw_measured(turning_head):
    table = TableReference([PoseSample(n / FPS, yaw_at(n), 0.0) for n in range(FPS * SECONDS)], 1 / FPS)
    report = trial(turning_head, FaceTruth((1, 1, 1))).score(table, [16, 500]).as_dict()
    assert (report["recall"], report["precision"], report["seat_switches"]) == (1, 1, 0)
    assert report["frames"] == 12
    assert report["pose_frames"] > 15  # every frame from the one on that makes the face a seat
    assert report["yaw_error_deg"]["median"] < 8
    assert report["pitch_error_deg"]["median"] < 6
    small, impossible = report["scales"]
    assert small["iod_px"] == 16
    assert small["n"] > 15
    assert small["yaw_error_deg"]["p80"] < 15
    assert (impossible["n"], impossible["recall"]) == (0, None)  # nothing is enlarged


def test_without_a_reference_pose_figures_are_null(turning_head):
    report = trial(turning_head, FaceTruth((2, 2, 2))).score().as_dict()
    assert (report["recall"], report["precision"]) == (0.5, 1.0)
    assert report["yaw_error_deg"] is report["pitch_error_deg"] is None
    assert "scales" not in report


def test_a_face_where_none_is_counts_as_false(turning_head):
    nowhere = trial(turning_head, FaceTruth((0, 0, 0))).score()
    assert (nowhere.recall, nowhere.precision) == (None, 0.0)
    assert nowhere.false_faces_per_100_frames > 50
    stretch = trial(turning_head, FaceTruth(None, (), ((0, 3),))).score()
    assert (stretch.recall, stretch.counts.face_free, stretch.false_faces_per_100_frames) == (None, 2, 0.0)


def test_a_stop_is_obeyed(turning_head):
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(StoppedByUserError):
        trial(turning_head, FaceTruth((1, 1, 1)), cancel).score()


def test_recall_and_precision_are_sums_of_the_smaller_count():
    assert recall_and_precision([3, 5, 4], [4, 4, 4]) == (11 / 12, 11 / 12)
    assert recall_and_precision([0], [0]) == (None, None)
    assert recall_and_precision([1, 9], [1]) == (1, 1)


def seen(**middles: tuple[float, float]) -> FrameAnalysis:
    sightings = []
    for name, (x, y) in middles.items():
        box = Box(x - 10, y - 10, 20, 20)
        sightings.append(SeatSighting(int(name[1:]), box, Face(box, 0.9, np.zeros((5, 2), np.float32)), None, None))
    return FrameAnalysis(0, tuple(sightings))


@pytest.mark.parametrize("places", [TILES, [Place(Box(40, 40, 20, 20), False), Place(Box(140, 40, 20, 20), False)], []])
def test_two_seats_that_change_places_are_two_switches_and_only_once(places):
    counter = SwitchCounter(places)
    for analysis in (seen(s1=(50, 50), s2=(150, 50)), seen(s1=(55, 45), s2=(145, 55))):
        counter.add(analysis)
    assert counter.switches == 0
    for _ in range(3):
        counter.add(seen(s1=(150, 50), s2=(50, 50)))
    assert counter.switches == 2
    counter.add(seen(s1=(50, 50), s2=(150, 50)))
    assert counter.switches == 2
    counter.add(seen(s1=(150, 50), s2=(50, 50)))
    assert (counter.switches, counter.second_seats) == (4, 0)


def test_a_second_number_for_a_tile_is_counted_apart():
    counter = SwitchCounter(TILES)
    counter.add(seen(s1=(50, 50)))
    counter.add(seen(s2=(60, 50), s3=(150, 50)))
    assert (counter.switches, counter.second_seats) == (0, 1)


def test_pitch_is_compared_after_calibration_and_yaw_is_not():
    pairs = [(HeadPose(yaw + 3, pitch - 20, 0), PoseSample(0, yaw, pitch)) for yaw, pitch in ((0, 0), (9, 4), (-9, 8))]
    errors = pose_errors(pairs)
    assert errors.yaw_deg.median == errors.yaw_deg.p90 == pytest.approx(3)
    assert errors.pitch_deg.p90 == pytest.approx(0)
    assert pose_errors([]).yaw_deg.median is None


def test_pictures_are_reduced_by_area():
    image = np.random.default_rng(0).integers(0, 256, (24, 36, 3), np.uint8)
    blocks = image.reshape(8, 3, 12, 3, 3).mean(axis=(1, 3))
    assert np.abs(reduced(image, (12, 8)).astype(float) - blocks).max() <= 0.51
    assert abs(reduced(image, (7, 5)).mean() - image.mean()) < 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "not JSON"),
        ("[]", "one JSON object"),
        ("{}", "no faces_per_second"),
        ('{"faces_per_second": [1, 1]}', "2 entries"),
        ('{"faces_per_second": [1, -1, 1]}', "whole numbers"),
        ('{"faces_per_second": [1, 1, 1], "tiles": [{"box": [1, 2, 3]}]}', "tiles needs box"),
        ('{"face_free_frames": [[5, 2]]}', "first, last"),
    ],
)
def test_a_bad_truth_file_is_refused(tmp_path: Path, content, said):
    (tmp_path / "truth.json").write_text(content)
    with pytest.raises(BadInputError, match=said):
        read_truth(tmp_path / "truth.json", 3.0)


def test_a_begun_second_may_be_counted_or_not(tmp_path: Path):
    for counts in ([1, 1, 1], [1, 1, 1, 1]):
        (tmp_path / "truth.json").write_text(json.dumps({"faces_per_second": counts}))
        assert read_truth(tmp_path / "truth.json", 3.2).faces_per_second == tuple(counts)


@pytest.mark.parametrize(
    ("content", "said"),
    [("t_s,yaw_deg\n0,1\n", "columns"), ("t_s,yaw_deg,pitch_deg\n", "row"),
     ("t_s,yaw_deg,pitch_deg\n0,x,1\n", "line 2"), ("t_s,yaw_deg,pitch_deg\n0,1,1\n1,2\n", "line 3")],
)  # fmt: skip
def test_a_bad_table_of_directions_is_refused(tmp_path: Path, content, said):
    (tmp_path / "pose.csv").write_text(content)
    with pytest.raises(BadInputError, match=said):
        read_pose_reference(tmp_path / "pose.csv")
