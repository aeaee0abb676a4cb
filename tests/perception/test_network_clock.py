from __future__ import annotations

import threading
import time

import numpy as np
import pytest

from classroom_analyzer.models import assets
from classroom_analyzer.perception.network_clock import measure_networks, network_call

PAUSE_S = 0.02


def pause() -> None:
    with network_call():
        time.sleep(PAUSE_S)


def test_calls_count_inside_a_measured_block_and_not_outside():
    pause()
    with measure_networks() as measured:
        pause()
        time.sleep(PAUSE_S)
        pause()
    pause()
    assert measured.calls == 2
    assert 2 * PAUSE_S <= measured.total_s < 3 * PAUSE_S


def test_a_call_that_fails_counts_too():
    with measure_networks() as measured, pytest.raises(ValueError, match="broken"), network_call():
        raise ValueError("broken")
    assert measured.calls == 1


def test_the_inner_of_two_measured_blocks_counts():
    with measure_networks() as outer:
        with measure_networks() as inner:
            pause()
        pause()
    assert (outer.calls, inner.calls) == (1, 1)


def test_calls_of_another_thread_do_not_count():
    with measure_networks() as measured:
        thread = threading.Thread(target=pause)
        thread.start()
        thread.join()
    assert measured.calls == 0


def test_an_encoder_counts_one_call_per_batch():
    from classroom_analyzer.perception.vision.face_autoencoder import AutoencoderFaceEncoder

    encoder = AutoencoderFaceEncoder(assets.path("models", "face-autoencoder.safetensors"), "cpu")
    with measure_networks() as measured:
        encoder.encode(np.zeros((3, 64, 64, 3), np.uint8))
    assert measured.calls == 1
    assert measured.total_s > 0
