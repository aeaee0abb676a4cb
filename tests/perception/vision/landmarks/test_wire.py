from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom_analyzer.perception.vision.landmarks.wire import WireError, fields, floats
from tests.perception.vision.landmarks.bundles import block, number32, varint


def test_fields_come_back_in_their_order():
    message = varint(1 << 3) + varint(300) + block(2, b"abc") + number32(3, 1.5) + varint(4 << 3 | 1) + bytes(8)
    found = list(fields(message))
    assert found[:2] == [(1, 300), (2, b"abc")]
    assert floats(found[2][1]).tolist() == [1.5]
    assert found[3] == (4, bytes(8))


@pytest.mark.parametrize(
    "message",
    [
        b"\x80",
        b"\x0a\x05abc",
        b"\x0d\x00",
        b"\x0b",
        b"\x00\x00",
        b"\x08" + b"\xff" * 11,
        b"\x0a" + b"\xff" * 9 + b"\x01",
    ],
)
def test_broken_messages_are_refused(message):
    with pytest.raises(WireError):
        list(fields(message))


@given(st.binary(max_size=64))
def test_any_bytes_are_read_or_refused(message):
    with contextlib.suppress(WireError):
        list(fields(message))


@pytest.mark.parametrize("value", [3, b"abc"])
def test_what_holds_no_floats_is_refused(value):
    with pytest.raises(WireError):
        floats(value)
