"""What the loop learns of an autoencoder: to give its input back, or the clean input when it saw a noisy one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from classroom_analyzer.perception.autoencoders import Autoencoder

__all__ = ["Reconstruction", "errors_of"]

PICTURES = 8  # reconstructions shown in TensorBoard
EVALUATION_ROWS = 512


class Reconstruction:
    """min ||x - g(f(x + noise))||^2. Implements ``loop.Task``.

    Denoising is that of Vincent and others (2008): noise on what goes in, none on what shall come out.

    Args:
        net: Fresh network.
        train: ``(n, ...) float32`` training rows in the network's input shape.
        held_out: ``(m, ...)`` rows that are only looked at; may be empty.
        augment: Changes a batch of training rows before it is seen.
        noise_sd: Standard deviation of normal noise on the input, in the unit of the rows; 0 draws none.
        picture: Turns rows into pictures ``(k, channels, height, width)``, RGB or grey, any range; None: no pictures.
    """

    def __init__(
        self,
        net: Autoencoder,
        train: Tensor,
        held_out: Tensor,
        *,
        augment: Callable[[Tensor], Tensor] | None = None,
        noise_sd: float = 0.0,
        picture: Callable[[Tensor], Tensor] | None = None,
    ) -> None:
        self.model = net
        self.rows = len(train)
        self._train = train
        self._held_out = held_out
        self._augment = augment
        self._noise_sd = noise_sd
        self._picture = picture

    def loss(self, picked: Tensor) -> Tensor:
        """Mean squared error of a batch."""
        clean = self._train[picked]
        if self._augment is not None:
            clean = self._augment(clean)
        _, again = self.model(_noisy(clean, self._noise_sd))
        return torch.nn.functional.mse_loss(again, self.model.target(clean))

    def held_out(self) -> float | None:
        """Mean error of the held-out rows without noise; None without any."""
        return float(errors_of(self.model, self._held_out).mean()) if len(self._held_out) else None

    def show(self, writer: Any, epoch: int) -> None:
        """Show held-out rows above and their reconstructions below; in between what was seen, when it was noisy."""
        rows = self._held_out[:PICTURES]
        if self._picture is None or not len(rows):
            return
        seen = _noisy(rows, self._noise_sd)
        shown = [rows, seen] if self._noise_sd else [rows]
        pictures = self._picture(torch.cat([*shown, self.model(seen)[1]]))
        low, high = pictures.min(), pictures.max()
        writer.add_image("reconstruction", _table((pictures - low) / (high - low), len(rows)), epoch)


@torch.no_grad()
def errors_of(net: Autoencoder, rows: Tensor, noise_sd: float = 0.0) -> Tensor:
    """Reconstruction error of each row, ``(n,)``.

    Args:
        net: In evaluation mode.
        rows: ``(n, ...)`` in its input shape, n >= 1.
        noise_sd: Noise on what goes in; the error is against the row without it.
    """
    if not noise_sd:
        return torch.cat([net.errors(part)[1] for part in torch.split(rows, EVALUATION_ROWS)])
    pairs = [(net(_noisy(part, noise_sd))[1], net.target(part)) for part in torch.split(rows, EVALUATION_ROWS)]
    return torch.cat([(again - target).pow(2).flatten(1).mean(dim=1) for again, target in pairs])


def _noisy(rows: Tensor, noise_sd: float) -> Tensor:
    return rows + noise_sd * torch.randn_like(rows) if noise_sd else rows


def _table(pictures: Tensor, columns: int) -> Tensor:
    """``(rows * columns, channels, h, w)`` to one picture ``(channels, rows * h, columns * w)``."""
    _, channels, height, width = pictures.shape
    table = pictures.reshape(-1, columns, channels, height, width).permute(2, 0, 3, 1, 4)
    return table.reshape(channels, -1, columns * width)
