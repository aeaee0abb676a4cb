from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import Tensor, nn

from classroom_analyzer.perception.autoencoders import (
    Autoencoder,
    DenseAutoencoder,
    FaceAutoencoder,
    FeatureAutoencoder,
)
from classroom_analyzer.training.autoencoders.reconstruction import Reconstruction, errors_of
from classroom_analyzer.training.loop import LoopSettings, fit
from classroom_analyzer.training.reproducible import reproducible


class Same(Autoencoder):
    """Gives back what it sees."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = nn.Identity()
        self.decoder = nn.Identity()


class Book:
    def __init__(self) -> None:
        self.images: list[Tensor] = []

    def add_image(self, tag: str, image: Tensor, epoch: int) -> None:
        assert (tag, epoch) == ("reconstruction", 1)
        self.images.append(image)


def test_the_clean_row_is_the_target_of_a_noisy_one() -> None:
    torch.manual_seed(0)
    rows = torch.randn(40, 500)
    every = torch.arange(40)
    assert float(Reconstruction(Same(), rows, rows[:0]).loss(every)) == 0
    noisy = Reconstruction(Same(), rows, rows, noise_sd=0.5)
    assert float(noisy.loss(every)) == pytest.approx(0.25, rel=0.05)  # all of the noise is left in
    assert noisy.held_out() == 0  # what is looked at has no noise
    assert errors_of(noisy.model, rows, 0.5).mean() == pytest.approx(0.25, rel=0.05)


def test_trained_on_noise_it_takes_noise_away_better() -> None:
    torch.manual_seed(0)
    low_rank = torch.randn(400, 3) @ torch.randn(3, 30) / 3**0.5
    left = []
    for noise_sd in (0.0, 0.7):
        with reproducible(0):
            net = DenseAutoencoder(30, 24, 12)
            task = Reconstruction(net, low_rank[:300], low_rank[300:], noise_sd=noise_sd)
            fit(task, LoopSettings(epochs=30, batch_rows=32, learning_rate=3e-3), seed=0, label="taking noise away")
            left.append(float(errors_of(net, low_rank[300:], 0.7).mean()))
    plain, denoising = left
    assert denoising < 0.8 * plain
    assert denoising < 0.5 * 0.7**2  # leaving the noise in


def test_without_held_out_rows_there_is_no_score() -> None:
    assert Reconstruction(Same(), torch.zeros(3, 4), torch.zeros(0, 4)).held_out() is None


@torch.no_grad()
def test_pictures_show_what_was_seen_above_what_came_out_in_rgb() -> None:
    bgr = torch.full((2, 3, 64, 64), -1.0)
    bgr[:, 2] = 1.0  # red
    book: Any = Book()
    Reconstruction(Same(), bgr, bgr, picture=lambda rows: rows.flip(1)).show(book, 1)
    Reconstruction(Same(), bgr, bgr, picture=lambda rows: rows.flip(1), noise_sd=0.1).show(book, 1)
    Reconstruction(Same(), bgr, bgr).show(book, 1)
    Reconstruction(FaceAutoencoder(), bgr, bgr[:0], picture=lambda rows: rows).show(book, 1)
    assert [tuple(image.shape) for image in book.images] == [(3, 128, 128), (3, 192, 128)]
    torch.testing.assert_close(book.images[0][:, 5, 5], torch.tensor([1.0, 0.0, 0.0]))


def test_features_are_counted_by_their_own_spread() -> None:
    torch.manual_seed(0)
    rows = torch.randn(200, 24) * torch.logspace(-3, 3, 24) + 5
    net = FeatureAutoencoder.for_rows(rows)
    target = net.target(rows)
    assert target.abs().max() < 10
    torch.testing.assert_close(target[:, -1].std(), torch.tensor(1.0))
    _, again = net(rows)
    torch.testing.assert_close(net.errors(rows)[1], (again - target).pow(2).mean(dim=1))


def test_features_that_never_moved_do_not_make_every_input_new() -> None:
    rows = torch.randn(50, 12)
    rows[:, 3] = 1.0
    moved = rows.clone()
    moved[:, 3] = 1.1
    assert FeatureAutoencoder.for_rows(rows).target(moved)[:, 3].abs().max() < 2
    assert torch.isfinite(FeatureAutoencoder.for_rows(torch.ones(5, 12)).target(rows)).all()
