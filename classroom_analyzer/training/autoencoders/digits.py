"""Handwritten digits for the reference autoencoder: MNIST's IDX files when they are given, else scikit-learn's digits.

MNIST (LeCun, Cortes and Burges) is not part of the project and never downloaded. An IDX file is 4 bytes of magic, one
big-endian 32-bit count per dimension, then the values: https://yann.lecun.com/exdb/mnist, section "file formats".
"""

from __future__ import annotations

import gzip
import math
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from classroom_analyzer.errors import BadInputError

__all__ = ["SIDE_PX", "Digits", "open_digits", "read_idx_images"]

SIDE_PX = 28
IMAGES_MAGIC = 0x00000803  # unsigned bytes, three dimensions
HEADER_BYTES = 16
MOST_IMAGES = 1_000_000  # a header must not fill the memory
LARGEST_BYTE = 255
LARGEST_COUNT = 16  # of scikit-learn's digits
HELD_OUT_SHARE = 0.2
TRAIN_FILE, HELD_OUT_FILE = "train-images-idx3-ubyte", "t10k-images-idx3-ubyte"


@dataclass(frozen=True, slots=True, eq=False)
class Digits:
    """Pictures to train on and to judge by.

    Attributes:
        train: ``(n, 784) float32`` in [-1, 1], rows of a picture after one another, ink bright.
        held_out: ``(m, 784)`` likewise.
        card: Source, licence and how the two were split.
    """

    train: Tensor
    held_out: Tensor
    card: dict[str, Any]


def open_digits(folder: Path | None) -> Digits:
    """Read the digits.

    Args:
        folder: Holds ``train-images-idx3-ubyte`` and ``t10k-images-idx3-ubyte``, plain or with ``.gz``; None takes
            scikit-learn's 1,797 digits of 8 x 8 pixels, enlarged to 28 x 28.

    Raises:
        BadInputError: A file is missing or damaged.
    """
    if folder is None:
        return _small_digits()
    train, held_out = (_scaled(read_idx_images(_find(folder, name))) for name in (TRAIN_FILE, HELD_OUT_FILE))
    return Digits(
        train,
        held_out,
        {
            "training_sets": [{"source": "MNIST (LeCun, Cortes and Burges)", "licence": "as of the files given"}],
            "split": "the data set's own: 't10k' is held out, by other writers than 'train'",
        },
    )


def read_idx_images(path: Path) -> NDArray[np.uint8]:
    """Read pictures of 28 x 28 pixels from an IDX file.

    Args:
        path: The file; unpacked while it is read when its name ends in .gz.

    Returns:
        ``(n, 28, 28) uint8``.

    Raises:
        BadInputError: It is no such file, is cut off, or holds more than it says.
    """
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            header = stream.read(HEADER_BYTES)
            if len(header) < HEADER_BYTES or int.from_bytes(header[:4], "big") != IMAGES_MAGIC:
                raise BadInputError(path, "it is no IDX file of pictures; give MNIST's files as they are published")
            count, height, width = (int.from_bytes(header[at : at + 4], "big") for at in (4, 8, 12))
            if (height, width) != (SIDE_PX, SIDE_PX) or not 1 <= count <= MOST_IMAGES:
                raise BadInputError(
                    path, f"it says that it holds {count} pictures of {height} x {width} pixels, needed are 28 x 28"
                )
            size = math.prod((count, height, width))
            values = stream.read(size + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise BadInputError(path, "it cannot be read or unpacked; get it again") from error
    if len(values) != size:
        held = "less" if len(values) < size else "more"
        raise BadInputError(path, f"it holds {held} than the {count} pictures that it announces; get it again")
    return np.frombuffer(values, np.uint8).reshape(count, height, width)


def _find(folder: Path, name: str) -> Path:
    for path in (folder / name, folder / f"{name}.gz"):
        if path.is_file():
            return path
    raise BadInputError(
        folder, f"it has no {name} (nor {name}.gz); give the folder of MNIST's IDX files, or leave out --data"
    )


def _scaled(pictures: NDArray[np.uint8]) -> Tensor:
    flat = pictures.reshape(len(pictures), -1).astype(np.float32)
    return torch.from_numpy(flat) / (LARGEST_BYTE / 2) - 1


def _small_digits() -> Digits:
    from sklearn.datasets import load_digits

    small = torch.from_numpy(np.array(load_digits().images, np.float32)).unsqueeze(1) / (LARGEST_COUNT / 2) - 1
    enlarged = torch.nn.functional.interpolate(small, (SIDE_PX, SIDE_PX), mode="bilinear", align_corners=False)
    flat = enlarged.flatten(1)
    kept = len(flat) - round(len(flat) * HELD_OUT_SHARE)
    return Digits(
        flat[:kept],
        flat[kept:],
        {
            "training_sets": [
                {
                    "source": "scikit-learn's digits: test part of Optical Recognition of Handwritten Digits (Alpaydin "
                    "and Kaynak 1998), 8 x 8 pixels, enlarged to 28 x 28",
                    "licence": "CC BY 4.0, as stated by the UCI repository",
                }
            ],
            "split": "the last fifth of the file is held out; its 13 writers are not named, so some may be in both",
        },
    )
