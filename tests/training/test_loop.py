from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from classroom_analyzer.domain.progress import CancelToken
from classroom_analyzer.errors import BadModelError, StoppedByUserError, TrainingFailedError
from classroom_analyzer.training.checkpoint import fingerprint
from classroom_analyzer.training.loop import Fitted, LoopSettings, fit
from classroom_analyzer.training.reproducible import reproducible

SETTINGS = LoopSettings(epochs=4, batch_rows=8, learning_rate=0.01)
ROWS = 40


class Killed(Exception):
    """Stands for the end of the process."""


class Line:
    """Learns y = x w with noise and dropout; ``bad_row`` gives a loss that is no number."""

    def __init__(self, seed: int, *, held_out: list[float] | None = None, bad_row: int | None = None) -> None:
        torch.manual_seed(100 + seed)
        self.x = torch.randn(ROWS, 6)
        self.y = self.x @ torch.randn(6, 1) + 0.1 * torch.randn(ROWS, 1)
        torch.manual_seed(seed)
        self.model = nn.Sequential(nn.Linear(6, 12), nn.BatchNorm1d(12), nn.ReLU(), nn.Dropout(0.3), nn.Linear(12, 1))
        self.rows = ROWS
        self.scores = held_out
        self.bad_row = bad_row
        self.epochs = 0
        self.kill_after: int | None = None
        self.seen: list[int] = []

    def loss(self, picked: Tensor) -> Tensor:
        if self.kill_after == self.epochs:
            raise Killed
        self.seen += picked.tolist()
        loss = nn.functional.mse_loss(self.model(self.x[picked]), self.y[picked])
        return loss * math.nan if self.bad_row in picked.tolist() else loss

    def held_out(self) -> float | None:
        assert not self.model.training
        torch.rand(3)  # must not touch the training's random numbers
        self.epochs += 1
        if self.scores is not None:
            return self.scores[self.epochs - 1]
        return float(nn.functional.mse_loss(self.model(self.x), self.y))

    def show(self, writer: Any, epoch: int) -> None:
        torch.rand(5)
        writer.add_image("weights", torch.rand(3, 4, 4), epoch)


class WithoutHeldOut(Line):
    def held_out(self) -> float | None:
        self.epochs += 1
        return None


def _weights(task: Line) -> bytes:
    return b"".join(value.numpy().tobytes() for value in task.model.state_dict().values())


def _fit(task: Line, settings: LoopSettings = SETTINGS, **more: Any) -> Fitted:
    return fit(task, settings, seed=3, label="training the line", mark=fingerprint(task.x, task.y), **more)


def _killed_and_resumed(
    folder: Path, after: int, settings: LoopSettings, kind: type[Line] = Line
) -> tuple[Line, Fitted]:
    first = kind(3)
    first.kill_after = after
    with pytest.raises(Killed):
        _fit(first, settings, checkpoint=folder / "line.checkpoint")
    second = kind(3)
    second.epochs = after
    return second, _fit(second, settings, checkpoint=folder / "line.checkpoint")


@pytest.mark.parametrize(
    "settings",
    [
        SETTINGS,
        replace(SETTINGS, cosine=False, weight_decay=0.1),
        replace(SETTINGS, autocast=True),
        replace(SETTINGS, keep_best=False),
        replace(SETTINGS, epochs=40, learning_rate=0.05, patience=3),
    ],
    ids=["plain", "weight-decay", "autocast", "last-epoch", "early-stopping"],
)
@pytest.mark.parametrize("kind", [Line, WithoutHeldOut])
def test_a_run_that_was_killed_goes_on_bit_for_bit(tmp_path: Path, settings: LoopSettings, kind: type[Line]) -> None:
    straight = kind(3)
    expected = _fit(straight, settings)
    resumed, fitted = _killed_and_resumed(tmp_path, 2, settings, kind)
    assert fitted == expected
    assert _weights(resumed) == _weights(straight)
    if settings.patience is not None and kind is Line:
        assert expected.best_epoch + settings.patience == len(expected.train_losses) < settings.epochs


def test_a_run_that_was_killed_after_its_best_epoch_still_returns_to_it(tmp_path: Path) -> None:
    scores = [3.0, 1.0, 2.0, 2.5, 2.0]
    settings = replace(SETTINGS, epochs=5)
    straight = Line(3, held_out=scores)
    expected = _fit(straight, settings)
    first, second = Line(3, held_out=scores), Line(3, held_out=scores)
    first.kill_after = second.epochs = 3
    with pytest.raises(Killed):
        _fit(first, settings, checkpoint=tmp_path / "c")
    assert _fit(second, settings, checkpoint=tmp_path / "c") == expected
    assert expected.best_epoch == 2
    assert _weights(second) == _weights(straight)


def test_the_model_holds_the_weights_of_the_best_epoch() -> None:
    two = Line(3)
    _fit(two, replace(SETTINGS, epochs=2, cosine=False))
    chosen = Line(3, held_out=[3.0, 1.0, 2.0, 1.0])
    fitted = _fit(chosen, replace(SETTINGS, cosine=False))
    assert fitted.best_epoch == 2
    assert fitted.held_out_losses == (3.0, 1.0, 2.0, 1.0)
    assert _weights(chosen) == _weights(two)
    assert not chosen.model.training


def test_nothing_is_chosen_by_held_out_rows_that_only_make_the_figures() -> None:
    watched, blind = Line(3, held_out=[1.0, 2.0, 3.0, 4.0]), WithoutHeldOut(3)
    assert _fit(watched, replace(SETTINGS, keep_best=False)).best_epoch == 4
    assert _fit(blind).best_epoch == 4
    assert _weights(watched) == _weights(blind)


def test_every_epoch_sees_every_row_once_in_another_order() -> None:
    task = Line(3)
    _fit(task)
    epochs = [task.seen[at : at + ROWS] for at in range(0, 4 * ROWS, ROWS)]
    assert all(sorted(epoch) == list(range(ROWS)) for epoch in epochs)
    assert len({tuple(epoch) for epoch in epochs}) == 4


def test_same_seed_same_weights_whatever_was_drawn_before_and_logged_beside(tmp_path: Path) -> None:
    plain, logged, other = Line(3), Line(3), Line(3)
    torch.rand(7)
    _fit(plain)
    torch.rand(11)
    _fit(logged, log_dir=tmp_path)
    fit(other, SETTINGS, seed=4, label="training the line")
    assert _weights(plain) == _weights(logged) != _weights(other)


def test_first_weights_and_training_are_one_stream_of_random_numbers() -> None:
    with reproducible(5):
        torch.rand(1)
        first = torch.rand(1)
    with reproducible(5):
        torch.rand(1)
        with reproducible(5):
            assert torch.equal(torch.rand(1), first)


def test_torchs_settings_come_back(tmp_path: Path) -> None:
    task = Line(3)
    before = torch.get_num_threads(), torch.are_deterministic_algorithms_enabled(), torch.get_rng_state()
    _fit(task)
    assert (torch.get_num_threads(), torch.are_deterministic_algorithms_enabled()) == before[:2]
    assert torch.equal(torch.get_rng_state(), before[2])


def test_a_loss_that_is_no_number_names_epoch_batch_and_rows_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(TrainingFailedError) as caught:
        _fit(Line(3, bad_row=17), checkpoint=tmp_path / "c")
    error = caught.value
    assert error.epoch == 1
    assert 17 in error.rows
    assert len(error.rows) == 8
    assert f"epoch 1, batch {error.batch} (rows " in str(error)
    assert error.exit_code == 3
    assert not list(tmp_path.iterdir())


def test_weights_that_are_no_numbers_are_found_before_they_are_kept(tmp_path: Path) -> None:
    class Steep(WithoutHeldOut):
        def loss(self, picked: Tensor) -> Tensor:
            return (super().loss(picked) * 0 + torch.sqrt(self.model[4].bias * 0)).sum()  # finite, its slope is not

    with pytest.raises(TrainingFailedError, match="a weight is no number in epoch 1"):
        _fit(Steep(3), replace(SETTINGS, batch_rows=ROWS), checkpoint=tmp_path / "c")
    assert not list(tmp_path.iterdir())


def test_a_held_out_score_that_is_no_number_stops_the_run(tmp_path: Path) -> None:
    with pytest.raises(TrainingFailedError, match="the held-out score is no number in epoch 2"):
        _fit(Line(3, held_out=[1.0, math.nan]), checkpoint=tmp_path / "c")


def test_a_stop_keeps_the_checkpoint_and_a_later_run_goes_on(tmp_path: Path) -> None:
    straight = Line(3)
    _fit(straight)
    cancel = CancelToken()

    def stop_after_two(_: str, completed: float, total: float | None) -> None:
        assert total == 4
        if completed == 2:
            cancel.cancel()

    with pytest.raises(StoppedByUserError, match=r"training the line: 2 epochs are kept; go on with --resume"):
        _fit(Line(3), checkpoint=tmp_path / "c", cancel=cancel, progress=stop_after_two)
    resumed = Line(3)
    _fit(resumed, checkpoint=tmp_path / "c")
    assert len(resumed.seen) == 2 * ROWS
    assert _weights(resumed) == _weights(straight)


def test_a_finished_run_is_not_trained_again(tmp_path: Path) -> None:
    first, again = Line(3), Line(3)
    fitted = _fit(first, checkpoint=tmp_path / "c")
    assert _fit(again, checkpoint=tmp_path / "c") == fitted
    assert not again.seen
    assert _weights(again) == _weights(first)


def test_the_checkpoint_of_another_run_is_refused_and_says_what_differs(tmp_path: Path) -> None:
    path = tmp_path / "c"
    _fit(Line(3), checkpoint=path)
    with pytest.raises(BadModelError, match=r"another run \(learning_rate differ\)"):
        _fit(Line(3), replace(SETTINGS, learning_rate=0.1), checkpoint=path)
    with pytest.raises(BadModelError, match=r"another run \(data, seed differ\)"):
        fit(Line(3), SETTINGS, seed=4, label="training the line", mark="other", checkpoint=path)


@pytest.mark.parametrize("harm", ["cut", "noise", "pickle", "foreign", "network", "infinite"])
def test_a_checkpoint_that_cannot_be_trusted_is_refused_in_one_sentence(tmp_path: Path, harm: str) -> None:
    path = tmp_path / "c"
    _fit(Line(3), checkpoint=path)
    whole = path.read_bytes()
    if harm == "cut":
        path.write_bytes(whole[:-40])
    elif harm == "noise":
        path.write_bytes(bytes(200))
    elif harm == "pickle":
        torch.save({"model": torch.zeros(1)}, path)
    elif harm == "foreign":
        save_file({"weight": torch.zeros(3)}, path)
    else:
        tensors = load_file(path)
        value = torch.zeros(5) if harm == "network" else torch.full((12, 6), math.inf)
        save_file(tensors | {"model/0.weight": value}, path)
    with pytest.raises(BadModelError) as caught:
        _fit(Line(3), checkpoint=path)
    assert "\n" not in str(caught.value)


CHILD = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_loop import Line, SETTINGS, _fit
task = Line(3)
score = task.held_out
def held_out():
    if task.epochs == 2:  # the third epoch is trained and not yet kept
        print("here", flush=True)
        sys.stdin.read()
    return score()
task.held_out = held_out
_fit(task, checkpoint=Path(sys.argv[1]))
"""


def test_a_killed_process_loses_at_most_one_epoch(tmp_path: Path) -> None:
    command = [sys.executable, "-c", CHILD, str(tmp_path / "c"), str(Path(__file__).parent)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "here\n"
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    straight, resumed = Line(3), Line(3)
    expected = _fit(straight)
    assert _fit(resumed, checkpoint=tmp_path / "c") == expected
    assert len(resumed.seen) == 2 * ROWS
    assert _weights(resumed) == _weights(straight)


def test_tensorboard_shows_losses_rate_and_pictures_once_per_epoch_also_after_a_resumed_run(tmp_path: Path) -> None:
    first = Line(3)
    first.kill_after = 2
    with pytest.raises(Killed):
        _fit(first, checkpoint=tmp_path / "c", log_dir=tmp_path / "logs")
    fitted = _fit(Line(3), checkpoint=tmp_path / "c", log_dir=tmp_path / "logs")
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    events = EventAccumulator(str(tmp_path / "logs"))
    events.Reload()
    for name, losses in (("loss/train", fitted.train_losses), ("loss/held_out", fitted.held_out_losses)):
        logged = events.Scalars(name)
        assert [event.step for event in logged] == [1, 2, 3, 4]
        assert [event.value for event in logged] == pytest.approx(losses, rel=1e-6)
    rates = [event.value for event in events.Scalars("learning_rate")]
    assert rates == sorted(rates, reverse=True)
    assert rates[-1] == pytest.approx(0, abs=1e-9)
    assert [event.step for event in events.Images("weights")] == [1, 2, 3, 4]


def test_half_precision_learns_about_the_same() -> None:
    full = _fit(Line(3), replace(SETTINGS, epochs=20))
    half = _fit(Line(3), replace(SETTINGS, epochs=20, autocast=True))
    assert half.train_losses != full.train_losses
    assert half.held_out_losses[-1] == pytest.approx(full.held_out_losses[-1], rel=0.1)
