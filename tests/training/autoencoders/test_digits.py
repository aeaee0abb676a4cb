from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from classroom_analyzer.errors import BadInputError
from classroom_analyzer.training.autoencoders.digits import open_digits, read_idx_images


def idx_bytes(pictures: np.ndarray, *, magic: int = 0x803, count: int | None = None) -> bytes:
    sizes = (magic, len(pictures) if count is None else count, *pictures.shape[1:])
    return b"".join(size.to_bytes(4, "big") for size in sizes) + pictures.astype(np.uint8).tobytes()


def made_up_mnist(folder: Path, train: int = 60, held_out: int = 20) -> Path:
    """Bars of random place and width, as MNIST's files."""
    rng = np.random.default_rng(0)
    folder.mkdir(parents=True, exist_ok=True)
    for name, count in (("train-images-idx3-ubyte", train), ("t10k-images-idx3-ubyte.gz", held_out)):
        pictures = np.zeros((count, 28, 28), np.uint8)
        for picture in pictures:
            at = rng.integers(2, 20)
            picture[4:24, at : at + rng.integers(2, 6)] = 255
        content = idx_bytes(pictures)
        (folder / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return folder


def test_mnist_files_are_read_plain_and_packed_and_scaled(tmp_path: Path) -> None:
    digits = open_digits(made_up_mnist(tmp_path))
    assert digits.train.shape == (60, 784)
    assert digits.held_out.shape == (20, 784)
    assert (digits.train.min(), digits.train.max()) == (-1, 1)
    assert digits.train.reshape(60, 28, 28)[:, 4:24].max(dim=1).values.sum() > digits.train[:, :100].sum()


def test_pictures_keep_their_pixels(tmp_path: Path) -> None:
    pictures = np.random.default_rng(1).integers(0, 256, (3, 28, 28), dtype=np.uint8)
    (tmp_path / "p").write_bytes(idx_bytes(pictures))
    np.testing.assert_array_equal(read_idx_images(tmp_path / "p"), pictures)


BLANK = np.zeros((2, 28, 28), np.uint8)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no IDX file"),
        (b"\x89PNG not an idx file at all", "no IDX file"),
        (idx_bytes(BLANK, magic=0x801), "no IDX file"),
        (idx_bytes(np.zeros((2, 27, 28), np.uint8)), "2 pictures of 27 x 28"),
        (idx_bytes(BLANK, count=0), "0 pictures"),
        (idx_bytes(BLANK, count=0xFFFFFFFF), "4294967295 pictures"),
        (idx_bytes(BLANK)[:-1], "less than the 2 pictures"),
        (idx_bytes(BLANK) + b"\0", "more than the 2 pictures"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_file_that_is_not_what_it_says_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes, reason: str, packed: bool
) -> None:
    path = tmp_path / ("images.gz" if packed else "images")
    path.write_bytes(gzip.compress(content) if packed else content)
    with pytest.raises(BadInputError, match=reason) as caught:
        read_idx_images(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"no gzip", gzip.compress(idx_bytes(BLANK), mtime=0)[:-9]])
def test_a_packed_file_that_is_damaged_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "images.gz").write_bytes(content)
    with pytest.raises(BadInputError, match="get it again"):
        read_idx_images(tmp_path / "images.gz")


def test_a_folder_without_the_files_says_which_are_missing_and_what_else_can_be_done(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"train-images-idx3-ubyte.*leave out --data"):
        open_digits(tmp_path)


def test_without_files_the_small_digits_are_enlarged_and_a_fifth_is_held_out() -> None:
    digits = open_digits(None)
    assert digits.train.shape == (1438, 784)
    assert digits.held_out.shape == (359, 784)
    assert digits.train.min() >= -1
    assert digits.train.max() <= 1
    assert "scikit-learn" in digits.card["training_sets"][0]["source"]
