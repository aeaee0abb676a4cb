"""Voice or no voice, every 32 ms: the Silero VAD network in torch, streaming.

The structure follows the published weights (Silero Team, MIT licence, 16 kHz): a learned short-time Fourier transform,
four convolutions, one LSTM cell, one output. The convolutions of all frames of a block run as one batch; only the LSTM
goes frame by frame. Given the weights of the package's TorchScript file, this network gives that file's probabilities
to within 2e-6 (a test checks it). Importing the package ``silero_vad`` is avoided: that changes torch's thread count.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from classroom_analyzer.errors import BadModelError
from classroom_analyzer.models.safe import load_tensors
from classroom_analyzer.perception.audio.frames import FRAME_SAMPLES
from classroom_analyzer.perception.network_clock import network_call

__all__ = ["SileroNet", "SileroVad"]

CONTEXT_SAMPLES = 64  # end of the previous frame, seen again
PAD_SAMPLES = 64  # mirrored at the end of the frame
FFT_SAMPLES = 256
FFT_HOP_SAMPLES = 128
BINS = FFT_SAMPLES // 2 + 1  # 129
HIDDEN = 128


class SileroNet(nn.Module):
    """The network; parameter names are those of the weight file, but for the LSTM."""

    def __init__(self) -> None:
        super().__init__()
        self.stft_conv = nn.Conv1d(1, 2 * BINS, FFT_SAMPLES, stride=FFT_HOP_SAMPLES, bias=False)
        self.conv1 = nn.Conv1d(BINS, 128, 3, padding=1)
        self.conv2 = nn.Conv1d(128, 64, 3, stride=2, padding=1)
        self.conv3 = nn.Conv1d(64, 64, 3, stride=2, padding=1)
        self.conv4 = nn.Conv1d(64, HIDDEN, 3, padding=1)
        self.lstm = nn.LSTM(HIDDEN, HIDDEN, batch_first=True)
        self.final_conv = nn.Conv1d(HIDDEN, 1, 1)

    def forward(self, frames: Tensor, state: tuple[Tensor, Tensor]) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """Score consecutive frames.

        Args:
            frames: ``(n, 576) float32``: 64 samples of context, 512 of the frame.
            state: Hidden and cell state of the LSTM, each ``(1, 1, 128)``.

        Returns:
            Probability of voice ``(n,)`` and the next state.
        """
        padded = nn.functional.pad(frames.unsqueeze(1), (0, PAD_SAMPLES), mode="reflect")
        spectrum = self.stft_conv(padded)
        x = torch.sqrt(spectrum[:, :BINS] ** 2 + spectrum[:, BINS:] ** 2)
        for conv in (self.conv1, self.conv2, self.conv3, self.conv4):
            x = torch.relu(conv(x))
        hidden, state = self.lstm(x.squeeze(-1).unsqueeze(0), state)
        logits = self.final_conv(torch.relu(hidden).transpose(1, 2))
        return torch.sigmoid(logits).flatten(), state


class SileroVad:
    """Streaming voice detector.

    Args:
        path: ``silero_vad_16k.safetensors`` of the package silero-vad.
        device: Torch device.

    Raises:
        BadModelError: The file holds something else.
    """

    def __init__(self, path: Path, device: str = "cpu") -> None:
        self._device = torch.device(device)
        tensors = {_own_name(k): torch.from_numpy(np.array(v, np.float32)) for k, v in load_tensors(path).items()}
        net = SileroNet()
        try:
            net.load_state_dict(tensors)
        except RuntimeError as error:
            raise BadModelError(path, "its layers are not those of Silero VAD; install it again") from error
        self._net = net.eval().to(self._device)
        self.reset()

    def reset(self) -> None:
        """Forget what came before; call it after a gap."""
        zeros = torch.zeros(1, 1, HIDDEN, device=self._device)
        self._state = (zeros, zeros)
        self._context = np.zeros(CONTEXT_SAMPLES, np.float32)

    @torch.inference_mode()
    def probabilities(self, frames: NDArray[np.float32]) -> NDArray[np.float32]:
        """Score the frames that follow those of the last call.

        Args:
            frames: ``(n, 512) float32``, n >= 1, 16 kHz, full scale is [-1, 1].

        Returns:
            ``(n,) float32`` probability of voice.
        """
        flat = np.concatenate([self._context, frames.ravel()])
        windows = np.lib.stride_tricks.sliding_window_view(flat, CONTEXT_SAMPLES + FRAME_SAMPLES)[::FRAME_SAMPLES]
        self._context = flat[-CONTEXT_SAMPLES:]
        batch = torch.from_numpy(windows.copy()).to(self._device)
        with network_call():
            voice, self._state = self._net(batch, self._state)
        return np.asarray(voice.cpu().numpy(), np.float32)


def _own_name(name: str) -> str:
    """``lstm_cell.weight_ih`` of a single cell is ``lstm.weight_ih_l0`` of a layer."""
    return f"{name.replace('lstm_cell', 'lstm')}_l0" if name.startswith("lstm_cell.") else name
