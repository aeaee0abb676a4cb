"""A minute of the live run that ``make soak`` holds for ten."""

from __future__ import annotations

import sys

import pytest

from tests.rigs.pulse import skip_without_pulseaudio
from tests.soak.figures import misses
from tests.soak.run import soak


@pytest.mark.alone
@pytest.mark.timeout(300)
@pytest.mark.skipif(sys.platform != "linux", reason="the sound server and /proc are those of Linux")
def test_a_minute_of_lesson_stays_within_every_limit_of_delay_and_memory():
    skip_without_pulseaudio()
    figures = soak(60, busy=False)
    assert misses(figures) == [], figures
