from __future__ import annotations

import numpy as np

from classroom_analyzer.perception.text.encoder import TextCodes
from classroom_analyzer.perception.text.recall import RememberingEncoder


class Lengths:
    def __init__(self, *, plain: bool = False) -> None:
        self.read: list[list[str]] = []
        self._plain = plain

    def encode(self, texts: list[str]) -> TextCodes:
        self.read.append(texts)
        lengths = np.array([len(text) for text in texts], np.float32)
        if self._plain:
            return TextCodes(lengths[:, None], None)
        return TextCodes(lengths[:, None], lengths + 1, lengths[:, None] * 2)


def test_equal_texts_are_encoded_once_and_come_back_in_their_places():
    inner = Lengths()
    encoder = RememberingEncoder(inner)
    first = encoder.encode(["yes", "ok", "yes"])
    again = encoder.encode(["no", "ok", "yes!", "yes"])
    assert inner.read == [["yes", "ok"], ["no", "yes!"]]
    assert first.embedding[:, 0].tolist() == [3, 2, 3]
    assert again.embedding[:, 0].tolist() == [2, 2, 4, 3]
    assert again.novelty is not None
    assert again.novelty.tolist() == [3, 3, 5, 4]
    assert again.sentence is not None
    assert again.sentence[:, 0].tolist() == [4, 4, 8, 6]


def test_it_forgets_what_was_asked_for_longest_ago_and_never_grows():
    inner = Lengths()
    encoder = RememberingEncoder(inner, entries=2)
    encoder.encode(["a", "bb"])
    encoder.encode(["a"])
    encoder.encode(["ccc"])
    encoder.encode(["a"])
    encoder.encode(["bb"])
    assert inner.read == [["a", "bb"], ["ccc"], ["bb"]]
    many = [str(k) for k in range(50)]
    assert len(encoder.encode(many).embedding) == 50
    assert len(encoder._rows) == 2


def test_an_encoder_without_novelty_and_sentence_stays_without():
    codes = RememberingEncoder(Lengths(plain=True)).encode(["a", "\ud800"])
    assert codes.novelty is None
    assert codes.sentence is None
    assert codes.embedding.shape == (2, 1)
