"""A lesson in whose picture nobody can be seen says so, and why, instead of an empty result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from classroom_analyzer.app.analyze import Recording, analyze
from classroom_analyzer.app.demo import demo_request
from classroom_analyzer.domain.policy import Policy, PolicyGrant
from classroom_analyzer.settings.schema import Settings
from classroom_analyzer.sources.drawn_class import HeadState, draw_class, invent_people

SECONDS = 4


def write_still(path: Path, image: np.ndarray) -> Path:
    """A silent video of one picture."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=4)
        stream.height, stream.width = image.shape[:2]
        stream.pix_fmt, stream.codec_context.time_base = "yuv420p", Fraction(1, 1000)
        for i in range(SECONDS * 4 + 1):
            shown = av.VideoFrame.from_ndarray(image, format="bgr24")
            shown.pts, shown.time_base = 250 * i, Fraction(1, 1000)
            container.mux(stream.encode(shown))
        container.mux(stream.encode(None))
    return path


def sideways() -> np.ndarray:
    return np.ascontiguousarray(np.rot90(draw_class(invent_people(4), [HeadState()] * 4, (640, 360))))


def black() -> np.ndarray:
    return np.zeros((240, 320, 3), np.uint8)


@pytest.mark.parametrize(("make", "reason"), [(sideways, "lying on its side"), (black, "black")])
def test_the_summary_says_why_nobody_could_be_seen(
    make: Callable[[], np.ndarray], reason: str, tmp_path: Path, own_home: Path
):
    request = replace(demo_request(Settings(), tmp_path), grant=PolicyGrant(Policy.OBSERVE, "command line"))
    summary = analyze(Recording(write_still(tmp_path / "still.mkv", make())), request, own_home)
    told = [warning for warning in summary.warnings if "nobody could be seen" in warning]
    assert len(told) == 1
    assert told[0].startswith(f"for {SECONDS} s nobody could be seen because the picture is {reason}")
    assert not summary.seats.max
