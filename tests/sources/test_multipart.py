from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom_analyzer.sources import multipart
from classroom_analyzer.sources.multipart import PartCutter

BODIES = [b"first" * 10, b"\r\n\r\n", b"third" * 1000]


def written(bodies, *, with_length=True) -> bytes:
    data = b""
    for body in bodies:
        length = f"Content-Length: {len(body)}\r\n".encode() if with_length else b""
        data += b"--seam\r\nContent-Type: image/jpeg\r\n" + length + b"\r\n" + body + b"\r\n"
    return data + b"--seam\r\n"


def cut(data: bytes, sizes=(7, 1000, 1), boundary=b"seam") -> tuple[list[bytes], PartCutter]:
    cutter = PartCutter(boundary)
    found = []
    at = turn = 0
    while at < len(data):
        step = sizes[turn % len(sizes)]
        found += cutter.push(data[at : at + step])
        at, turn = at + step, turn + 1
    return found, cutter


@given(st.lists(st.integers(1, 3000), min_size=1))
def test_parts_come_out_whole_however_the_bytes_arrive(sizes):
    assert cut(written(BODIES), sizes)[0] == BODIES


def test_parts_without_a_length_end_at_the_next_marker():
    assert [p.strip() for p in cut(written(BODIES, with_length=False))[0]] == [b.strip() for b in BODIES]


@pytest.mark.parametrize("boundary", [b"seam", b"--seam", b'"seam"'])
def test_the_boundary_is_known_in_all_ways_in_which_cameras_name_it(boundary):
    assert cut(written(BODIES), boundary=boundary)[0] == BODIES


@pytest.mark.parametrize("length", [b"0", b"10", b"70000", b"many", b"-5", b"999999999999999999999"])
def test_a_wrong_length_costs_its_own_part_only(length):
    wrong = b"--seam\r\nContent-Length: " + length + b"\r\n\r\n" + b"w" * 500 + b"\r\n"
    assert cut(wrong + written(BODIES))[0][-3:] == BODIES


def test_parts_beyond_the_limit_are_passed_over_without_being_kept(monkeypatch):
    monkeypatch.setattr(multipart, "MAX_PART_BYTES", 10_000)
    for length in (b"Content-Length: 1000000\r\n", b""):
        large = b"--seam\r\n" + length + b"\r\n" + b"x" * 50_000
        found, cutter = cut(large + written(BODIES))
        assert found[-3:] == BODIES
        assert cutter.broken >= 1
        assert len(cutter._buffer) < 10_000


def test_what_is_no_part_is_passed_over(monkeypatch):
    found, cutter = cut(b"x" * 20_000 + b"--seam\r\n" + b"y" * 20_000 + written(BODIES))
    assert found == BODIES
    assert cutter.broken == 1


@given(st.binary(max_size=2000))
def test_any_bytes_are_survived_and_the_next_good_part_is_found(data):
    found, _ = cut(data + b"\r\n" + written(BODIES))
    assert BODIES[2] in found


def test_a_stream_of_nothing_but_seams_is_passed_over_and_the_part_after_it_is_found():
    found, cutter = cut(b"--b" * 22_000 + b"\r\n\r\nwhole--b", sizes=(1 << 16,), boundary=b"b")
    assert found == [b"whole"]
    assert cutter.broken
